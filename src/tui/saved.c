#include "saved.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define SAVE_ITEM   "save what is shown now as ..."
#define FORGET_ITEM "forget one ..."
#define NAME_COLS   16

static bool
has_filter(const struct ui *ui)
{
	return ui->filter != NULL && *ui->filter != '\0';
}

const char *
saved_why_save(const struct ui *ui, const struct view *v)
{
	(void)v;
	return has_filter(ui) ? NULL
			      : "there is no filter to save (f sets one)";
}

/* What was saved in a file that others share is theirs. */
const char *
saved_why_forget(const struct ui *ui, const struct view *v)
{
	struct saved_filter_list l;
	size_t own = 0;

	(void)v;
	app_filters(ui->app, &l);
	for (size_t i = 0; i < l.n; i++)
		own += l.v[i].own;
	saved_filter_list_release(&l);
	return own > 0 ? NULL : "no filter was saved here";
}

/* name is without "@". */
static void
pick(struct ui *ui, const char *name)
{
	char *text = mem_printf("@%s", name);
	struct filter *f = NULL;
	struct err err = ERR_INIT;

	if (app_filter(ui->app, text, false, &f, &err) != RC_OK) {
		ui_fail(ui, &err);
	} else {
		mem_replace(&ui->filter, text);
		ui_stale(ui);
	}
	filter_free(f);
	free(text);
}

/* What is saved under the name, so that it can be told when it goes; the
 * caller frees it. */
static char *
text_of(const struct ui *ui, const char *name)
{
	struct saved_filter_list l;
	char *text = NULL;

	app_filters(ui->app, &l);
	for (size_t i = 0; i < l.n && text == NULL; i++)
		if (strcmp(l.v[i].name, name) == 0)
			text = mem_strdup(l.v[i].text);
	saved_filter_list_release(&l);
	return text;
}

static void
save_done(struct ui *ui, struct view *v, const char *name)
{
	struct err err = ERR_INIT;
	char *was;

	(void)v;
	name += *name == '@';
	if (*name == '\0')
		return;
	was = text_of(ui, name);
	if (app_filter_save(ui->app, name, ui->filter, &err) != RC_OK) {
		ui_fail(ui, &err);
	} else if (was != NULL && strcmp(was, ui->filter) != 0) {
		pick(ui, name);
		ui_say(ui, "saved: @%s   (it was: %s)", name, was);
	} else {
		pick(ui, name);
		ui_say(ui, "saved: @%s in any filter", name);
	}
	free(was);
}

void
saved_save_run(struct ui *ui, struct view *v, const char *arg)
{
	char *label = mem_printf("name for \"%s\": ", ui->filter);
	const struct ui_ask ask = { .label = label,
		.history = HISTORY_NONE,
		.done = save_done };

	if (arg != NULL)
		save_done(ui, v, arg);
	else
		ui_ask(ui, &ask);
	free(label);
}

/* The name in a menu's "@name   text". */
static char *
item_name(const char *item)
{
	return mem_strndup(item + 1, strcspn(item, " ") - 1);
}

static void
forget(struct ui *ui, struct view *v, const char *item)
{
	struct err err = ERR_INIT;
	char *name = *item == '@' ? item_name(item) : mem_strdup(item);
	char *shown = mem_printf("@%s", name);
	char *was = text_of(ui, name);

	(void)v;
	if (app_filter_forget(ui->app, name, &err) != RC_OK) {
		ui_fail(ui, &err);
	} else {
		if (has_filter(ui) && strcmp(ui->filter, shown) == 0)
			mem_replace(&ui->filter, "");
		ui_stale(ui);
		ui_say(ui, "forgotten: %s   (it was: %s)", shown,
		    was == NULL ? "" : was);
	}
	free(was);
	free(shown);
	free(name);
}

/* "@name   text" with the texts below each other. */
static void
put_items(const struct ui *ui, bool own_only, struct strv *items,
    const char **current)
{
	struct saved_filter_list l;

	app_filters(ui->app, &l);
	for (size_t i = 0; i < l.n; i++) {
		const struct saved_filter *f = &l.v[i];
		size_t cols = utf8_width(f->name, strlen(f->name));
		struct buf text = BUF_INIT;

		if (own_only && !f->own)
			continue;
		buf_printf(&text, "@%s ", f->name);
		buf_fill(&text, ' ', cols < NAME_COLS ? NAME_COLS - cols : 1);
		buf_puts(&text, f->text);
		strv_take(items, buf_detach(&text));
		if (has_filter(ui) && ui->filter[0] == '@' &&
		    strcmp(ui->filter + 1, f->name) == 0)
			*current = items->v[items->n - 1];
	}
	saved_filter_list_release(&l);
}

void
saved_forget_run(struct ui *ui, struct view *v, const char *arg)
{
	struct strv items = STRV_INIT;
	struct ui_menu menu = { .title = "forget which filter?",
		.items = &items,
		.chosen = forget };

	if (arg != NULL) {
		forget(ui, v, arg);
		return;
	}
	put_items(ui, true, &items, &menu.current);
	ui_menu(ui, &menu);
	strv_release(&items);
}

static void
picked(struct ui *ui, struct view *v, const char *item)
{
	char *name;

	if (strcmp(item, SAVE_ITEM) == 0) {
		saved_save_run(ui, v, NULL);
		return;
	}
	if (strcmp(item, FORGET_ITEM) == 0) {
		saved_forget_run(ui, v, NULL);
		return;
	}
	name = item_name(item);
	pick(ui, name);
	free(name);
}

void
saved_pick_run(struct ui *ui, struct view *v, const char *arg)
{
	struct strv items = STRV_INIT;
	struct ui_menu menu = { .title = "saved filters",
		.items = &items,
		.chosen = picked };

	if (arg != NULL) {
		pick(ui, arg + (*arg == '@'));
		return;
	}
	put_items(ui, false, &items, &menu.current);
	if (saved_why_save(ui, v) == NULL)
		strv_push(&items, SAVE_ITEM);
	if (saved_why_forget(ui, v) == NULL)
		strv_push(&items, FORGET_ITEM);
	if (items.n == 0)
		ui_warn(ui,
		    "no filter is saved yet: f filters, then this saves it");
	else
		ui_menu(ui, &menu);
	strv_release(&items);
}
