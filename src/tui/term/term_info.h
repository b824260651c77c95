/* What terminfo knows of the terminal (term.c). */
#ifndef NOTES_TUI_TERM_INFO_H
#define NOTES_TUI_TERM_INFO_H

#include "base/err.h"
#include "base/strv.h"
#include "paint.h"

struct term_info {
	const char *type; /* TERM, or what it was taken for */
	int colours, rows, cols; /* 0: not known */
	struct paint_caps caps;
	char *smcup, *rmcup; /* or NULL */
};

/*
 * Reads the entry of TERM, or that of its likeliest relative when it has none
 * (a warning says so).  RC_FAIL when it cannot place the cursor.
 */
enum rc	term_info_read(struct term_info *out, struct strv *warnings,
	    struct err *err);
void	term_info_release(struct term_info *i);

#endif
