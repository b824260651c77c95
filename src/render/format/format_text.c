/* Plain text at 72 columns, double-width text counted as two. */
#include "format.h"

#include "lines.h"

#define TEXT_COLUMNS 72

static enum rc
text_write(const struct render_job *job, struct buf *out, struct err *err)
{
	struct md_lines lines = { 0 };

	(void)err;
	lines_render(job->doc, TEXT_COLUMNS, LINES_TEXT, &lines);
	lines_plain(&lines, out);
	md_lines_release(&lines);
	return RC_OK;
}

const struct format format_text = {
	.name = "text",
	.from_doc = true,
	.write = text_write,
};
