/* The ticket list: its order. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "list_view.h"
#include "model/filter.h"

static struct list_view *
self(struct view *v)
{
	return (struct list_view *)v;
}

static void
sort_by(struct ui *ui, struct list_view *v, const struct sort *sort)
{
	struct err err = ERR_INIT;

	v->list.sort = *sort;
	if (list_first(&v->list, ui->app, &err) != RC_OK ||
	    list_view_pane_load(ui, v, false, &err) != RC_OK)
		ui_fail(ui, &err);
}

static void
sort_apply(struct ui *ui, struct view *base, const char *text)
{
	struct list_view *v = self(base);
	struct sort sort = { .n = 0 };
	struct err err = ERR_INIT;

	if (strcmp(text, "newest") != 0 &&
	    sort_parse(text, &sort, &err) != RC_OK) {
		ui_fail(ui, &err);
		return;
	}
	/* The same field again turns it round. */
	if (sort.n == 1 && v->list.sort.n == 1 &&
	    sort.key[0].field == v->list.sort.key[0].field)
		sort.key[0].descending = !v->list.sort.key[0].descending;
	sort_by(ui, v, &sort);
}

/* Newest first, turned round, is by the time they were made. */
void
list_reverse_run(struct ui *ui, struct view *base, const char *arg)
{
	struct list_view *v = self(base);
	struct sort sort = v->list.sort;

	(void)arg;
	if (sort.n == 0)
		sort = (struct sort){ .n = 1, .key[0].field = SORT_CREATED };
	else if (sort.n == 1 && sort.key[0].field == SORT_CREATED &&
	    !sort.key[0].descending)
		sort.n = 0;
	for (size_t i = 0; v->list.sort.n > 0 && i < sort.n; i++)
		sort.key[i].descending = !sort.key[i].descending;
	sort_by(ui, v, &sort);
}

void
list_sort_run(struct ui *ui, struct view *base, const char *arg)
{
	struct list_view *v = self(base);
	struct strv items = STRV_INIT;
	const struct ui_menu menu = { .title = "sort by (again: turn round)",
		.items = &items,
		.chosen = sort_apply,
		.current = v->list.sort.n == 0
		    ? "newest"
		    : sort_field_names[v->list.sort.key[0].field] };

	if (arg != NULL) {
		sort_apply(ui, base, arg);
		return;
	}
	strv_push(&items, "newest");
	for (size_t i = 0; i < SORT_N; i++)
		strv_push(&items, sort_field_names[i]);
	ui_menu(ui, &menu);
	strv_release(&items);
}
