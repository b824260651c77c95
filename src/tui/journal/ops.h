/*
 * A window over the journal's operations, newest first, however many there
 * are: they come in pages by number as the selection nears an end, and those
 * far away are let go.  Nothing here draws.
 */
#ifndef NOTES_TUI_OPS_H
#define NOTES_TUI_OPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/journal.h"
#include "tui/view.h"

struct app;

struct ops {
	struct op_list l;
	size_t sel, top;
	size_t rows;         /* on the screen, at least 1 */
	bool newer, older;   /* there are some beyond the ends */
	struct ticket_key key; /* number 0: of all */
};

void ops_release(struct ops *o);
/* Fetches again around the selection, which stays on its operation; at the
 * newest end it stays there. */
enum rc ops_refresh(struct ops *o, struct app *a, struct err *err);
void ops_set_rows(struct ops *o, size_t rows);
enum rc ops_move(struct ops *o, struct app *a, enum motion m, struct err *err);
/* Selects the next one whose words hold folded text, or the one before (step
 * -1), as far as the window's pages reach in OPS_FIND_MAX; false if none. */
#define OPS_FIND_MAX 20000
enum rc ops_find(struct ops *o, struct app *a, const char *folded, int step,
    bool *found, struct err *err);
/* The selected one, or NULL; borrowed. */
const struct op_line *ops_at(const struct ops *o);

#endif
