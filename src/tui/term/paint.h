/*
 * From the canvas to the terminal's bytes: sends the cells that changed, with
 * the fewest bytes that the terminal's entry allows.  Pure: it appends to a
 * buffer, and knows of terminals what struct paint_caps says.
 *
 * Where it is not certain how many columns a terminal gives a character
 * (pictographs, marks), it places the cursor anew behind it, so that neither a
 * row nor the next frame can slip.
 */
#ifndef NOTES_TUI_PAINT_H
#define NOTES_TUI_PAINT_H

#include <stdbool.h>

#include "base/buf.h"
#include "tui/canvas/canvas.h"
#include "tui/canvas/theme.h"

/* Terminfo strings, NULL: it can't.  Owned by who fills them in. */
#define PAINT_CAPS(X)							\
	X(cup) X(clear) X(el) X(ech) X(rep) X(csr) X(indn) X(rin)	\
	X(ind) X(ri) X(civis) X(cnorm) X(sgr0) X(bold) X(dim) X(smul)	\
	X(rev) X(sitm) X(setaf) X(setab) X(op)

struct paint_caps {
#define X(name) char *name;
	PAINT_CAPS(X)
#undef X
	bool bce;  /* erasing takes the background that is set */
	bool wrap; /* the last cell of the screen would scroll it */
	bool ansi; /* places the cursor as ECMA-48 says */
	bool sgr;  /* takes single attributes back, as ECMA-48 says */
};

enum paint_text {
	PAINT_UTF8, /* text and glyphs */
	PAINT_ASCII_LINES, /* text as it is, lines in ASCII */
	PAINT_ASCII /* '?' for what is not ASCII */
};

#define PAINT_PARM_MAX 20 /* bytes of "38;2;255;255;255" */

struct paint {
	const struct paint_caps *caps;
	enum paint_text text;
	bool links; /* the terminal opens addresses (OSC 8) */
	bool all;   /* nothing is known of what is shown */
	/* The rest is private. */
	struct canvas shown;
	char *look[ROLE_N][2]; /* what sets it; 1: selected */
	bool plain[ROLE_N][2]; /* its blanks have no background of their own */
	bool erases[ROLE_N][2]; /* erasing while it is set makes its blanks */
	int y, x;              /* the cursor, -1: not known */
	struct look looks[ROLE_N][2];
	/* What sets its colours, as parameters of one sequence; "": can't. */
	char fg[ROLE_N][2][PAINT_PARM_MAX], bg[ROLE_N][2][PAINT_PARM_MAX];
	const char *now;       /* the look that is set; NULL: not known */
	struct look now_look;
	bool now_plain, linked;
	int cursor; /* shown: 1, hidden: 0, not known: -1 */
};

void paint_init(struct paint *p, const struct paint_caps *caps);
void paint_release(struct paint *p);
/* Makes the bytes of all looks. */
void paint_looks(struct paint *p, enum theme_depth depth, enum theme_tone tone);
/* Appends what turns the screen that was painted last into c. */
void paint_frame(struct paint *p, const struct canvas *c, struct buf *out);

#endif
