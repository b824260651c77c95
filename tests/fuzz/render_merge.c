/*
 * Base, file and new notes, separated by form feeds: the merge ends, leaves
 * all around the section alone, takes the new notes as they are where nobody
 * edited, and changes nothing the second time.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/strv.h"
#include "render/render.h"

static char *
part(const char **s, const char *end)
{
	const char *const stop = memchr(*s, '\f', (size_t)(end - *s));
	const char *const last = stop == NULL ? end : stop;
	char *const text = mem_strndup(*s, (size_t)(last - *s));

	*s = stop == NULL ? end : stop + 1;
	return text;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *)data;
	const char *const end = s + size;
	char *const base = part(&s, end), *const ours = part(&s, end);
	const char *const file = s;
	const size_t len = (size_t)(end - s);
	struct buf out = BUF_INIT, again = BUF_INIT;
	struct strv conflicts = STRV_INIT, keys = STRV_INIT, marks = STRV_INIT;
	struct err err = ERR_INIT;
	static const struct render_place place = { .version = "1.2" };
	size_t start = 0, stop = 0;
	bool found;

	assert(render_merge(file, len, &place, ours,
		   size % 2 == 0 ? base : NULL, &out, &found, &conflicts,
		   &err) == RC_OK);
	/* It may be there by another name, too. */
	if (found && render_section(file, len, "1.2", &start, &stop)) {
		assert(out.len >= start + (len - stop));
		assert(start == 0 || memcmp(out.ptr, file, start) == 0);
		assert(len == stop ||
		    memcmp(out.ptr + out.len - (len - stop), file + stop,
			len - stop) == 0);
	}
	if (found) {
		assert(render_merge(file, len, &place, ours, ours, &again,
			   &found, &conflicts, &err) == RC_OK);
		/* Base may have found what ours does not. */
		assert(!found ||
		    (again.len == len &&
			(len == 0 || memcmp(again.ptr, file, len) == 0)));
	}
	render_section_keys(file, len, &keys, &marks);
	buf_clear(&again);
	render_diff(base, ours, "a", "b", &again);
	strv_release(&marks);
	strv_release(&keys);
	strv_release(&conflicts);
	buf_release(&again);
	buf_release(&out);
	free(ours);
	free(base);
	return 0;
}
