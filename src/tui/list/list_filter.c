/* The ticket list: what it shows. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "list_view.h"
#include "model/filter.h"
#include "tui/filter_complete.h"

static struct list_view *
self(struct view *v)
{
	return (struct list_view *)v;
}

/* What is shown leaves an unfinished end out: then it says what is missing. */
static void
say_matches(struct ui *ui, const struct list_view *v, const char *text)
{
	struct buf unfinished = BUF_INIT;
	struct filter *f = NULL;
	struct err err = ERR_INIT;
	char n[24];

	list_view_count_text(v, n);
	if (app_filter(ui->app, text, false, &f, &err) != RC_OK)
		ui_warn(ui, "%s so far; %s", n, err.msg);
	else if (filter_unfinished(ui, text, &unfinished))
		ui_warn(ui, "%s so far: %s", n, buf_str(&unfinished));
	else
		ui_say(ui, "%s match", n);
	buf_release(&unfinished);
	filter_free(f);
}

static void
filter_changed(struct ui *ui, struct view *base, const char *text)
{
	struct list_view *v = self(base);
	struct err err = ERR_INIT;

	enum rc rc;

	mem_replace(&v->wrong, NULL);
	ui->typing = true;
	rc = list_view_filter(ui, v, text, true, &err);
	ui->typing = false;
	ui->unread = rc == RC_STOPPED;
	if (ui->unread)
		return;
	if (rc != RC_OK)
		mem_replace(&v->wrong, err.msg);
	if (v->wrong != NULL)
		ui_warn(ui, "%s", v->wrong);
	else
		say_matches(ui, v, text);
}

static void
filter_done(struct ui *ui, struct view *base, const char *text)
{
	struct list_view *v = self(base);
	struct err err = ERR_INIT;
	char *whole = filter_finish(ui, text);

	/* What is shown stands for what was typed so far. */
	if (whole == NULL)
		return;
	mem_replace(&v->wrong, NULL);
	if (list_view_filter(ui, v, whole, false, &err) == RC_OK) {
		mem_replace(&ui->filter, whole);
	} else {
		ui_fail(ui, &err);
		v->fetched = false;
		base->stale = true;
	}
	free(whole);
}

static void
filter_cancelled(struct ui *ui, struct view *base)
{
	struct list_view *v = self(base);

	(void)ui;
	mem_replace(&v->wrong, NULL);
	v->fetched = false;
	base->stale = true;
}

void
list_filter_run(struct ui *ui, struct view *base, const char *arg)
{
	struct list_view *v = self(base);
	char *text = NULL;
	struct ui_ask ask = { .label = "filter: ",
		.history = HISTORY_FILTER,
		.done = filter_done,
		.changed = filter_changed,
		.cancelled = filter_cancelled,
		.complete = filter_complete };

	if (arg != NULL) {
		filter_done(ui, base, arg);
		return;
	}
	if (*v->filter != '\0')
		text = mem_printf("%s ", v->filter);
	ask.text = text;
	ui_ask(ui, &ask);
	free(text);
}

/* Never leaves: takes away the last thing that was put on the list. */
void
list_clear_run(struct ui *ui, struct view *base, const char *arg)
{
	struct list_view *v = self(base);

	(void)arg;
	if (v->anchor != 0) {
		v->anchor = 0;
	} else if (v->n_marks > 0) {
		v->n_marks = 0;
	} else if (ui->search != NULL) {
		mem_replace(&ui->search, NULL);
	} else if (ui->filter != NULL && *ui->filter != '\0') {
		mem_replace(&ui->filter, "");
		base->stale = true;
	}
}
