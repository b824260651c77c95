/* One ticket as lines: for its own screen and for the pane beside the list. */
#ifndef NOTES_TUI_DETAIL_H
#define NOTES_TUI_DETAIL_H

#include <stdint.h>

#include "app/ticket.h"
#include "tui/view/pager.h"

struct app;

enum detail_tab {
	TAB_DESCRIPTION,
	TAB_COMMENTS,
	TAB_HISTORY,
	TAB_COMMITS,
	TAB_N
};

extern const char *const detail_tab_names[TAB_N];

/* Fills p (cleared first) for a width in columns.  Only TAB_HISTORY asks the
 * app. */
enum rc detail_lines(struct pager *p, struct app *a,
    const struct ticket_view *tv, enum detail_tab tab, int width, int64_t now,
    struct err *err);

/* The first two or three lines of a ticket: key, type, status; summary; who,
 * releases, labels.  Returns how many rows it took. */
int detail_head(const struct area *a, const struct ticket *t, int64_t now,
    const char *right);

enum role detail_status_role(enum category c);
/* One column. */
const char *detail_priority_mark(const char *priority);

#endif
