/*
 * Lines of styled runs: Markdown made ready for a screen (render/markdown.h).
 */
#ifndef NOTES_MODEL_STYLED_H
#define NOTES_MODEL_STYLED_H

#include <stddef.h>

enum md_style {
	MD_TEXT, MD_HEADING, MD_STRONG, MD_EMPH, MD_CODE, MD_CODE_BLOCK,
	MD_QUOTE, MD_LINK, MD_BULLET, MD_RULE, MD_DIM,
	MD_STYLE_N
};

struct md_run {
	enum md_style	 style;
	char		*text;		/* clean UTF-8, one line; owned */
};

struct md_line {
	struct md_run	*runs;
	size_t		 n, cap;
};

struct md_lines {
	struct md_line	*v;
	size_t		 n, cap;
};

void	md_lines_release(struct md_lines *l);

#endif
