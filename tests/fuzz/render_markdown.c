/* Markdown of others on the screen: every line clean and within the width. */
#include <assert.h>
#include <locale.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "render/markdown.h"

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	setlocale(LC_CTYPE, "C.UTF-8");
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t width = size > 0 ? 10 + data[0] % 90 : 10;
	struct md_lines lines = { 0 };

	if (size == 0)
		return 0;
	markdown_lines((const char *)data + 1, size - 1, width, &lines);
	for (size_t i = 0; i < lines.n; i++) {
		size_t cols = 0;

		for (size_t k = 0; k < lines.v[i].n; k++) {
			const char *const s = lines.v[i].runs[k].text;
			struct buf clean = BUF_INIT;

			cols += utf8_width(s, strlen(s));
			utf8_clean(&clean, s, strlen(s), UTF8_ONE_LINE);
			assert(strcmp(buf_str(&clean), s) == 0);
			buf_release(&clean);
		}
		assert(cols <= width);
	}
	md_lines_release(&lines);
	return 0;
}
