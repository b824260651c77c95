/* The ticket list's state (view_list.c) and its drawing (view_list_draw.c). */
#ifndef NOTES_TUI_LIST_VIEW_H
#define NOTES_TUI_LIST_VIEW_H

#include "app/ticket.h"
#include "detail.h"
#include "list.h"
#include "tui/ui.h"

struct mark {
	int64_t id;
	struct ticket_key key;
};

struct list_view {
	struct view base;
	struct list list;
	bool fetched;         /* list holds what the filter gives */
	char *filter;         /* applied, as typed; "" for all */
	/* Opened with a filter of its own: the one to go back to. */
	bool nested;
	char *outer;
	char *wrong;          /* why what is typed is no filter yet */
	int64_t count, total; /* UI_COUNT_CAP + 1: more than that */
	struct mark *marks;
	size_t n_marks, cap_marks;
	int64_t anchor; /* id at which "v" began, or 0 */
	/* The pane at the right, on wide screens. */
	struct ticket_view shown;
	struct pager pane;
	int64_t shown_id; /* 0: none */
};

/* Columns of the list, of the pane; 0: no pane. */
int list_view_pane(int cols);
bool list_view_marked(const struct list_view *v, int64_t id);
void list_view_draw(const struct ui *ui, const struct view *base,
    const struct area *a);

/*
 * The columns that a width has room for: SUMMARY shrinks first, then
 * DEVELOPMENT and ASSIGNEE go, then the others shrink.
 */
struct list_columns {
	int key, summary, assignee, status, development; /* widths */
};
struct list_columns list_columns(const struct list *l, int cols);
/* Column titles into row y, and one ticket into row y. */
void list_draw_header(const struct area *a, int y, const struct list_columns *c,
    const struct sort *sort);
/* The first column of COMMITS. */
int list_commits_at(const struct list_columns *c);
void list_draw_row(const struct area *a, int y, const struct list_columns *c,
    const struct ticket *t, bool selected, bool marked);

#endif
