/* The journal's state (view_journal.c) and its drawing (view_journal_draw.c).
 */
#ifndef NOTES_TUI_JOURNAL_VIEW_H
#define NOTES_TUI_JOURNAL_VIEW_H

#include "ops.h"
#include "tui/view/pager.h"
#include "tui/ui.h"

#define JOURNAL_HEAD 2

/* What the next press of the same key, or Enter, does. */
enum armed { ARMED_NOT, ARMED_UNDO, ARMED_REDO, ARMED_ONE };

struct journal_view {
	struct view base;
	struct ops ops;
	enum armed armed;
	struct undo_preview preview; /* of what is armed */
	struct pager pane;           /* the selected operation's changes */
};

/* Columns of the list; on wide screens the others are the pane's. */
int journal_view_cols(int cols);
/* "kim" of an address; the caller frees it. */
char *journal_view_person(const char *actor);
void journal_view_draw(const struct ui *ui, const struct view *base,
    const struct area *a);

#endif
