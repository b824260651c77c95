/* Dates and spans that people type. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_strndup((const char *)data, size);
	char iso[21], ago[16], span[32];
	int64_t now = INT64_C(1716986096), t, back;
	struct err err = ERR_INIT;

	if (date_parse(text, size % 2 == 0, now, &t, &err) == RC_OK) {
		assert(t >= DATE_MIN && t <= DATE_MAX);
		date_format_ago(t, now, ago);
		date_format_iso(t, iso);
		assert(date_parse(iso, false, now, &back, &err) == RC_OK);
		assert(back == t);
	}
	if (date_parse_span(text, &t, &err) == RC_OK) {
		assert(t >= 0);
		date_format_span(t, span);
		assert(date_parse_span(span, &back, &err) == RC_OK);
		assert(back == t / 60 * 60);
	}
	free(text);
	return 0;
}
