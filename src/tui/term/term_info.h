/* What terminfo knows of the terminal (term.c). */
#ifndef NOTES_TUI_TERM_INFO_H
#define NOTES_TUI_TERM_INFO_H

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"

/*
 * The name to open the terminal of standard output with: TERM, or the likeliest
 * relative when it has no entry (a warning says so).  RC_FAIL when it cannot
 * place the cursor.
 */
enum rc	term_info_choose(const char **type, struct strv *warnings,
	    struct err *err);
/* Appends what brings back the screen that was there, once curses has it. */
void	term_info_restore(struct buf *out);

#endif
