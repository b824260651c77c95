/* Shared by the files of paint. */
#ifndef NOTES_TUI_PAINT_PRIV_H
#define NOTES_TUI_PAINT_PRIV_H

#include "paint.h"

/* A terminfo string with its parameters; valid until the next call. */
const char *paint_parm(const char *s, int a, int b);
/* Makes role's look, selected or not, the one that is set. */
void	paint_set(struct paint *p, struct buf *out, unsigned role,
	    unsigned selected);
/* Moves the cursor. */
void	paint_move(struct paint *p, struct buf *out, int y, int x);
/* Where part of the screen only moved up or down, has the terminal do it. */
void	paint_scroll(struct paint *p, const struct canvas *c, struct buf *out);
/* Sets a look without a background, for blanks. */
void	paint_plain(struct paint *p, struct buf *out);

#endif
