#include "paint_priv.h"

/* The last ones: they make macros of common words. */
#include <curses.h>
#include <term.h>

const char *
paint_parm(const char *s, int a, int b)
{
	const char *done = tparm(s, (long)a, (long)b, 0L, 0L, 0L, 0L, 0L, 0L,
	    0L);

	return done == NULL ? "" : done;
}
