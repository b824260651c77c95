/* The ticket list's state (view_list.c) and its drawing (view_list_draw.c). */
#ifndef NOTES_TUI_LIST_VIEW_H
#define NOTES_TUI_LIST_VIEW_H

#include "app/config.h"
#include "app/ticket.h"
#include "tui/ticket/detail.h"
#include "list.h"
#include "tui/ui.h"

struct mark {
	int64_t id;
	struct ticket_key key;
};

struct list_cache;

struct list_view {
	struct view base;
	struct list list;
	struct list_cache *drawn;
	bool fetched;         /* list holds what the filter gives */
	char *filter;         /* applied, as typed; "" for all */
	/* Opened with a filter of its own: the one to go back to. */
	bool nested;
	char *outer;
	char *wrong;          /* why what is typed is no filter yet */
	int64_t count, total; /* UI_COUNT_CAP + 1: more than that */
	bool at_least;        /* count was left at that many */
	struct mark *marks;
	size_t n_marks, cap_marks;
	int64_t anchor; /* id at which "v" began, or 0 */
	/* The pane at the right, on wide screens. */
	struct ticket_view shown;
	struct pager pane;
	int64_t shown_id; /* 0: none */
	/* Those that were chosen; n_columns 0: those that are built in. */
	enum app_column columns[COLUMN_N];
	size_t n_columns;
};

/* ---- view_list.c */

/* Makes text the filter; on an error the rows stay and *err says why. */
enum rc list_view_filter(struct ui *ui, struct list_view *v, const char *text,
    bool live, struct err *err);
/* Fetches what the pane shows, when the selection is another one. */
enum rc list_view_pane_load(struct ui *ui, struct list_view *v, bool again,
    struct err *err);

/* "12", "1000+". */
void list_view_count_text(const struct list_view *v, char out[24]);

/* ---- actions, each kind in a file */

const char *list_why_row(const struct ui *ui, const struct view *v);
void list_mark_run(struct ui *ui, struct view *v, const char *arg);
void list_range_run(struct ui *ui, struct view *v, const char *arg);
void list_mark_all_run(struct ui *ui, struct view *v, const char *arg);
void list_filter_run(struct ui *ui, struct view *v, const char *arg);
void list_clear_run(struct ui *ui, struct view *v, const char *arg);
void list_sort_run(struct ui *ui, struct view *v, const char *arg);
void list_reverse_run(struct ui *ui, struct view *v, const char *arg);
/* Which columns were chosen, here or in configuration. */
void list_view_columns(const struct ui *ui, struct list_view *v);
void list_columns_run(struct ui *ui, struct view *v, const char *arg);
void list_find(struct ui *ui, struct view *v, const char *text, int step);

/* ---- view_list_draw.c */

/* Rows above the tickets: tabs, filter, and heads where there is room. */
int list_view_head(int rows);
/* Columns of the list, of the pane; 0: no pane. */
int list_view_pane(int cols);
bool list_view_marked(const struct list_view *v, int64_t id);
/* Rows of the range that "v" began; false: none, or it began out of reach. */
bool list_view_range(const struct list_view *v, size_t *from, size_t *to);
void list_view_draw(const struct ui *ui, const struct view *base,
    const struct area *a);

/* ---- list_columns.c, also for other lists of tickets */

/*
 * The columns that a width has room for: SUMMARY shrinks first, then those
 * that say least go, then STATUS shrinks.
 */
struct list_columns {
	struct list_column {
		enum app_column id;
		int x, width;
	} v[COLUMN_N];
	size_t n;
};

/* Their names, as tracker.columns has them. */
extern const char list_built_in[];

/* wanted NULL: those that are built in. */
struct list_columns list_columns(const struct list *l,
    const enum app_column *wanted, size_t n, int cols);
/* Column titles into row y, and one ticket into row y. */
void list_draw_header(const struct area *a, int y, const struct list_columns *c,
    const struct sort *sort);
/* The one of that kind, or NULL. */
struct list_column *list_column_find(struct list_columns *c,
    enum app_column id);
void list_draw_row(const struct area *a, int y, const struct list_columns *c,
    const struct ticket *t, bool selected, bool marked);

#endif
