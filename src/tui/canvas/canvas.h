/*
 * The screen in memory.  Views draw here and nowhere else; the terminal gets
 * the cells that changed.  A cell holds one grapheme; a double-width one owns
 * the cell at its right, and is never cut in half: what is written over one of
 * its cells blanks the other.  All text goes through utf8_clean().
 */
#ifndef NOTES_TUI_CANVAS_H
#define NOTES_TUI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "glyph.h"
#include "theme.h"

/* Bytes of a grapheme: a base and four marks, which utf8_clean() leaves; the
 * rest of a longer one is cut. */
#define CELL_TEXT 20

enum cell_flag {
	CELL_SELECTED = 1,
	CELL_LINK = 2,       /* of a web address */
	CELL_LINK_START = 4, /* its first cell */
	CELL_LINK_END = 8    /* its last one */
};

/* What a click on a cell is for, whatever view it is in. */
enum cell_hit {
	HIT_NONE,
	HIT_FILTER,       /* the filter, as the screen shows it */
	HIT_TAB = 0x20,   /* a screen's tab, and its number from 0 */
	HIT_PART = 0x40,  /* a section of the screen, and its number */
	HIT_COLUMN = 0x80 /* a column's head, and its enum sort_field */
};

#define HIT_KIND   0xE0 /* bits of the kind; the others are the number */
#define HIT_NUMBER 0x1F

struct cell {
	char text[CELL_TEXT]; /* not NUL-terminated, zeroed behind */
	uint8_t len;          /* bytes */
	uint8_t width;        /* 1, 2; 0: right half of the one before */
	uint8_t glyph;        /* enum glyph; text is its ASCII form */
	uint8_t role;         /* enum role */
	uint8_t flags;        /* enum cell_flag */
	uint8_t hit;          /* enum cell_hit */
};

struct canvas {
	int rows, cols;
	struct cell *cells; /* owned, rows * cols */
	bool cursor;        /* shown at cursor_y, cursor_x */
	int cursor_y, cursor_x;
};

/* Makes it so large, at least 1x1, and clears it. */
void canvas_resize(struct canvas *c, int rows, int cols);
void canvas_clear(struct canvas *c);
void canvas_release(struct canvas *c);
const struct cell *canvas_at(const struct canvas *c, int y, int x);

/* The screen as lines, without blanks at their ends. */
void canvas_lines(const struct canvas *c, struct buf *out);
/* The letter of each cell's role, '>' where it is selected. */
void canvas_roles(const struct canvas *c, struct buf *out);
/* A part of a canvas.  Drawing is relative to it and clipped by it. */
struct area {
	struct canvas *canvas;
	int y, x, rows, cols;
};

struct area canvas_area(struct canvas *c);
struct area area_sub(const struct area *a, int y, int x, int rows, int cols);

/*
 * Writes text from x on, into at most cols columns; what does not fit is cut
 * and GLYPH_CUT says so.  Returns the columns used.  What is written in
 * ROLE_RULE is line drawing: '-' and '|' join where they meet.
 */
int area_text(const struct area *a, int y, int x, int cols, const char *text,
    enum role role);
/* The same, and blanks up to cols columns. */
void area_pad(const struct area *a, int y, int x, int cols, const char *text,
    enum role role);
/* At the right end of the columns x to x + cols. */
void area_right(const struct area *a, int y, int x, int cols, const char *text,
    enum role role);
int area_printf(const struct area *a, int y, int x, int cols, enum role role,
    const char *fmt, ...) __attribute__((format(printf, 6, 7)));
void area_fill(const struct area *a, int y, int x, int cols, char ch,
    enum role role);
/* The same with a glyph. */
void area_glyph(const struct area *a, int y, int x, int cols, enum glyph glyph,
    enum role role);
void area_flag(const struct area *a, int y, int x, int cols,
    enum cell_flag flag);
/* What a click there is for, until something else is drawn over it. */
void area_hit(const struct area *a, int y, int x, int cols, unsigned hit);
/* Copies the cells of row y, which is as wide as the area, out and back in. */
void area_take_row(const struct area *a, int y, struct cell *out);
void area_put_row(const struct area *a, int y, const struct cell *cells);
void area_cursor(const struct area *a, int y, int x);

#endif
