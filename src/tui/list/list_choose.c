/* The ticket list: which columns it has. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "list_view.h"

#define KEEP     "keep this choice in all repositories"
#define BUILT_IN "as it was built"

static struct list_view *
self(struct view *v)
{
	return (struct list_view *)v;
}

void
list_view_columns(const struct ui *ui, struct list_view *v)
{
	const char *text = ui->columns;

	if (text == NULL)
		text = app_config(ui->app, "columns");
	v->n_columns = 0;
	/* What is wrong with it "config --check" says. */
	if (text != NULL &&
	    app_columns_parse(text, v->columns, &v->n_columns, NULL) != RC_OK)
		v->n_columns = 0;
}

static void
columns_apply(struct ui *ui, struct view *base, const char *text)
{
	struct list_view *v = self(base);
	struct err err = ERR_INIT;
	size_t n;

	if (strcmp(text, "default") == 0)
		mem_replace(&ui->columns, list_built_in);
	else if (app_columns_parse(text, v->columns, &n, &err) != RC_OK)
		ui_fail(ui, &err);
	else
		mem_replace(&ui->columns, text);
	list_view_columns(ui, v);
}

static void
keep(struct ui *ui, const char *text)
{
	struct buf where = BUF_INIT;
	struct err err = ERR_INIT;

	if (app_config_set_mine(ui->app, "columns", text, &where, &err) !=
	    RC_OK)
		ui_fail(ui, &err);
	else
		ui_say(ui, "columns: kept in %s", buf_str(&where));
	mem_replace(&ui->columns, NULL);
	buf_release(&where);
}

static void
put_name(struct buf *out, const char *name)
{
	buf_printf(out, "%s%s", out->len == 0 ? "" : ",", name);
}

static size_t
column_of(const char *name)
{
	size_t i = 0;

	while (i < COLUMN_N && strcmp(app_column_names[i], name) != 0)
		i++;
	return i;
}

/* The names, joined, without one of them, or with it in its usual place. */
static char *
toggled(const struct list_columns *shown, const char *name)
{
	struct buf text = BUF_INIT;
	size_t id = column_of(name);
	bool done = false;

	for (size_t i = 0; i < shown->n; i++)
		done = done || shown->v[i].id == id;
	for (size_t i = 0; i < shown->n; i++) {
		if (!done && shown->v[i].id > id) {
			put_name(&text, name);
			done = true;
		}
		if (shown->v[i].id != id)
			put_name(&text, app_column_names[shown->v[i].id]);
	}
	if (!done)
		put_name(&text, name);
	return buf_detach(&text);
}

/* Every column that is wanted, however little room there is. */
static struct list_columns
all_columns(const struct list_view *v)
{
	return list_columns(&v->list, v->columns, v->n_columns, 1000);
}

static void columns_menu(struct ui *ui, struct view *base, const char *at);

static void
columns_chosen(struct ui *ui, struct view *base, const char *item)
{
	struct list_columns shown = all_columns(self(base));
	char *text;

	if (strcmp(item, BUILT_IN) == 0) {
		mem_replace(&ui->columns, list_built_in);
		list_view_columns(ui, self(base));
		return;
	}
	if (strcmp(item, KEEP) == 0) {
		keep(ui, ui->columns);
		list_view_columns(ui, self(base));
		return;
	}
	text = toggled(&shown, item + 4);
	columns_apply(ui, base, text);
	free(text);
	columns_menu(ui, base, item + 4);
}

static void
columns_menu(struct ui *ui, struct view *base, const char *at)
{
	struct list_columns shown = all_columns(self(base));
	struct strv items = STRV_INIT;
	struct ui_menu menu = { .title = "columns",
		.items = &items,
		.toggles = true,
		.chosen = columns_chosen };
	bool on[COLUMN_N] = { false };

	for (size_t i = 0; i < shown.n; i++) {
		on[shown.v[i].id] = true;
		strv_take(&items,
		    mem_printf("[x] %s", app_column_names[shown.v[i].id]));
	}
	for (size_t i = 0; i < COLUMN_N; i++)
		if (!on[i])
			strv_take(&items,
			    mem_printf("[ ] %s", app_column_names[i]));
	if (ui->columns != NULL)
		strv_push(&items, KEEP);
	strv_push(&items, BUILT_IN);
	for (size_t i = 0; at != NULL && i < items.n; i++)
		if (items.v[i][0] == '[' && strcmp(items.v[i] + 4, at) == 0)
			menu.current = items.v[i];
	ui_menu(ui, &menu);
	strv_release(&items);
}

void
list_columns_run(struct ui *ui, struct view *base, const char *arg)
{
	if (arg != NULL)
		columns_apply(ui, base, arg);
	else
		columns_menu(ui, base, NULL);
}
