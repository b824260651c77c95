/*
 * Line drawing, bars and the mark of cut text: one table of what terminals
 * show, and what stands for it in ASCII.  Cells hold the ASCII form, which is
 * what screens printed as text and tests see; the terminal gets the other one
 * where it has it in one column.
 */
#ifndef NOTES_TUI_GLYPH_H
#define NOTES_TUI_GLYPH_H

#define GLYPHS(X)							\
	X(CUT, "~", "\u2026")						\
	X(ACROSS, "-", "\u2500") X(DOWN, "|", "\u2502")			\
	X(TEE_DOWN, "-", "\u252C") X(TEE_UP, "-", "\u2534")		\
	X(CROSS, "-", "\u253C")						\
	X(TOP_LEFT, "+", "\u250C") X(TOP_RIGHT, "+", "\u2510")		\
	X(BOTTOM_LEFT, "+", "\u2514") X(BOTTOM_RIGHT, "+", "\u2518")	\
	X(BAR_FULL, "#", "\u2588") X(BAR_HALF, "=", "\u2593")		\
	X(BAR_EMPTY, ".", "\u2591")

enum glyph {
	GLYPH_NONE,
#define X(id, ascii, text) GLYPH_##id,
	GLYPHS(X)
#undef X
	    GLYPH_N
};

/* One character of ASCII. */
char glyph_ascii(enum glyph g);
/* UTF-8. */
const char *glyph_text(enum glyph g);

#endif
