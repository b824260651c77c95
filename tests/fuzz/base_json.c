/* JSON from files: what was read is written so that it reads the same. */
#include <assert.h>
#include <stdint.h>

#include "base/json.h"
#include "base/utf8.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf line = BUF_INIT, clean = BUF_INIT;
	json_t *value, *back;

	if (json_parse((const char *)data, size, &value, NULL) != RC_OK)
		return 0;
	json_dump(value, JSON_LINE, &line);
	utf8_clean(&clean, line.ptr, line.len, UTF8_ONE_LINE);
	assert(json_parse(line.ptr, line.len, &back, NULL) == RC_OK);
	assert(json_equal(value, back));
	json_decref(back);
	json_decref(value);
	buf_release(&line);
	buf_release(&clean);
	return 0;
}
