/* Text of others: what utf8_clean() lets through, and that all else ends. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

static void
check_clean(const char *s, size_t len, enum utf8_lines lines)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	uint32_t cp;
	size_t n;

	utf8_clean(&a, s, len, lines);
	utf8_clean(&b, a.ptr, a.len, lines);
	assert(a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0);
	for (size_t i = 0; i < a.len; i += n) {
		n = utf8_decode(a.ptr + i, a.len - i, &cp);
		assert(cp != UTF8_BAD);
		if (lines == UTF8_MULTI_LINE && (cp == '\n' || cp == '\t'))
			continue;
		assert(!utf8_hidden(cp) || cp == 0x200C || cp == 0x200D);
	}
	buf_release(&a);
	buf_release(&b);
}

static void
check_nfc(const char *s, size_t len)
{
	struct buf fixed = BUF_INIT, nfc = BUF_INIT, again = BUF_INIT;
	utf8proc_uint8_t *want = NULL;
	utf8proc_ssize_t n;

	utf8_repair(&fixed, s, len);
	assert(utf8_valid(fixed.ptr, fixed.len));
	utf8_nfc(&nfc, s, len);
	n = utf8proc_map((const utf8proc_uint8_t *)fixed.ptr,
	    (utf8proc_ssize_t)fixed.len, &want,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	assert(n >= 0 && nfc.len == (size_t)n);
	assert(memcmp(nfc.ptr, want, nfc.len) == 0);
	utf8_nfc(&again, nfc.ptr, nfc.len);
	assert(again.len == nfc.len);
	buf_clear(&again);
	utf8_fold(&again, s, len);
	assert(utf8_valid(again.ptr, again.len));
	free(want);
	buf_release(&fixed);
	buf_release(&nfc);
	buf_release(&again);
}

static void
check_columns(const char *s, size_t len)
{
	struct buf text = BUF_INIT, cell = BUF_INIT;
	size_t used, width, cols = len % 20;

	utf8_clean(&text, s, len, UTF8_ONE_LINE);
	width = utf8_width(text.ptr, text.len);
	assert(utf8_fit(text.ptr, text.len, width, &used) == text.len);
	assert(used == width);
	utf8_cell(&cell, buf_str(&text), cols);
	assert(utf8_width(buf_str(&cell), cell.len) == cols);
	buf_release(&text);
	buf_release(&cell);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *)data;

	check_clean(s, size, UTF8_ONE_LINE);
	check_clean(s, size, UTF8_MULTI_LINE);
	check_nfc(s, size);
	check_columns(s, size);
	return 0;
}
