/*
 * Rows of cells in columns.  On a terminal they are fitted to its width: one
 * column shrinks, then others go, from the right.  Elsewhere nothing is cut.
 */
#ifndef NOTES_CLI_TABLE_H
#define NOTES_CLI_TABLE_H

#include "out.h"

#define TABLE_COLUMNS_MAX 24

struct cell {
	char		*text;		/* clean, one line */
	enum out_style	 style;
};

struct table {
	const char	*titles[TABLE_COLUMNS_MAX];
	size_t		 widths[TABLE_COLUMNS_MAX];	/* columns; grow only */
	size_t		 n;		/* columns */
	size_t		 shrinks;	/* the one that shrinks */
	bool		 drop_empty;	/* leave out columns without a word */
	bool		 titled;	/* titles without a terminal, too */
	bool		 printed;	/* the titles were */
	struct cell	*cells;		/* row by row */
	size_t		 n_cells, cap_cells;
};

void	table_column(struct table *t, const char *title);
/* The next cell of the row; the text is cleaned. */
void	table_cell(struct table *t, enum out_style style, const char *text);
void	table_number(struct table *t, int64_t n);
/* Prints the rows so far and forgets them; titles once, on a terminal. */
void	table_print(struct table *t, struct out *o);
void	table_release(struct table *t);

#endif
