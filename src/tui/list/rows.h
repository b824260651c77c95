/* A selection in so many rows, and the part of them that shows. */
#ifndef NOTES_TUI_ROWS_H
#define NOTES_TUI_ROWS_H

#include <stddef.h>

#include "tui/view.h"

struct rows {
	size_t n, sel, top;
	size_t page; /* on the screen, at least 1 */
};

/* There are n rows now, and page of them show; the selection stays on one. */
void rows_set(struct rows *r, size_t n, int page);
void rows_select(struct rows *r, size_t i);
void rows_move(struct rows *r, enum motion m);

#endif
