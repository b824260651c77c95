/* Any file: a section put into it is found again, the rest keeps its bytes. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "render/render.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char section[] = "# 1.2.0\n\n- new\n";
	const char *const file = (const char *)data;
	struct buf out = BUF_INIT, again = BUF_INIT;
	struct err err = ERR_INIT;
	size_t start = 0, end = 0, start2, end2;
	bool found;
	static const struct render_place place = { .version = "1.2.0" };
	const bool there = render_section(file, size, "1.2.0", &start, &end);

	assert(!there || (start <= end && end <= size));
	assert(render_update(file, size, &place, section, &out, &found, &err) ==
	    RC_OK);
	assert(found == there);
	if (there) {
		assert(memcmp(out.ptr, file, start) == 0);
		assert(out.len >= size - end);
		assert(memcmp(out.ptr + out.len - (size - end), file + end,
			   size - end) == 0);
	} else {
		assert(out.len > size);
	}
	if (render_section(out.ptr, out.len, "1.2.0", &start2, &end2)) {
		assert(render_update(out.ptr, out.len, &place, section, &again,
			   &found, &err) == RC_OK);
		assert(found);
	}
	buf_release(&again);
	buf_release(&out);
	return 0;
}
