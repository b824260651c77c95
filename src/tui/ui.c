#include "ui.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "history.h"

static void
progress(void *arg, const char *what, int64_t done, int64_t total)
{
	struct ui *ui = arg;
	int64_t now = date_clock_ms();
	char *text;

	/* Short work stays silent, and the screen is not flooded. */
	if (ui->host.show == NULL || now - ui->shown_ms < 100)
		return;
	ui->shown_ms = now;
	text = total > 0
	    ? mem_printf("%s: %lld of %lld (Esc stops)", what, (long long)done,
		  (long long)total)
	    : mem_printf("%s: %lld (Esc stops)", what, (long long)done);
	ui_busy(ui, text);
	free(text);
}

/* Longer than the store waits for another process. */
#define PATIENCE_MS 60000

static bool
stop(void *arg)
{
	struct ui *ui = arg;
	int64_t now = date_clock_ms();

	if (ui->until_ms != 0 && now >= ui->until_ms)
		ui->late = true;
	if (ui->late ||
	    (ui->typing && ui->host.waiting != NULL &&
		ui->host.waiting(ui->host.arg)))
		return true;
	if (now - ui->begun_ms < UI_LONG_MS)
		return false;
	return ui->host.stop != NULL && ui->host.stop(ui->host.arg);
}

void
ui_set_app(struct ui *ui, struct app *app)
{
	struct strv problems = STRV_INIT;

	ui->app = app;
	if (app == NULL)
		return;
	app_on_progress(app, progress, ui);
	app_on_stop(app, stop, ui);
	app_on_wait(app, ui_waiting, ui);
	ui->version = app_data_version(app);
	history_load(ui->history, app_dir(app));
	ui_keys(ui, &problems);
	if (problems.n > 1)
		ui_warn_too(ui, "%s (%zu more: notes config --check)",
		    problems.v[0], problems.n - 1);
	else if (problems.n == 1)
		ui_warn_too(ui, "%s", problems.v[0]);
	strv_release(&problems);
}

void
ui_init(struct ui *ui, struct app *app, const struct ui_host *host)
{
	*ui = (struct ui){ 0 };
	if (host != NULL)
		ui->host = *host;
	ui_resize(ui, 24, 80);
	ui->now = date_now();
	ui->patience_ms = PATIENCE_MS;
	ui_set_app(ui, app);
}

static void
close_view(struct view *v)
{
	if (v->class->release != NULL)
		v->class->release(v);
	free(v);
}

void
ui_release(struct ui *ui)
{
	while (ui->depth > 0)
		close_view(ui->views[--ui->depth]);
	for (size_t i = 0; i < HISTORY_N; i++)
		strv_release(&ui->history[i]);
	keymap_release(&ui->keymap);
	prompt_release(&ui->prompt);
	ui_targets_release(&ui->asked);
	canvas_release(&ui->canvas);
	free(ui->message);
	strv_release(&ui->later);
	free(ui->kept);
	free(ui->search);
	free(ui->again_text);
	free(ui->filter);
	free(ui->columns);
	*ui = (struct ui){ 0 };
}

void
ui_resize(struct ui *ui, int rows, int cols)
{
	canvas_resize(&ui->canvas, rows, cols);
	ui_stale(ui);
}

struct view *
ui_top(const struct ui *ui)
{
	return ui->depth == 0 ? NULL : ui->views[ui->depth - 1];
}

struct view *
ui_below(const struct ui *ui)
{
	return ui->depth < 2 ? NULL : ui->views[ui->depth - 2];
}

bool
ui_push(struct ui *ui, const struct view_class *class, const void *arg)
{
	struct err err = ERR_INIT;
	struct view *v;

	if (ui->depth == UI_DEPTH) {
		ui_warn(ui, "too many screens on each other: q goes back");
		return false;
	}
	v = mem_calloc(1, class->size);
	v->class = class;
	v->stale = true;
	if (class->open != NULL && class->open(ui, v, arg, &err) != RC_OK) {
		close_view(v);
		ui_fail(ui, &err);
		return false;
	}
	ui->views[ui->depth++] = v;
	return true;
}

void
ui_pop(struct ui *ui)
{
	bool overlay;

	if (ui->depth <= 1) {
		ui->quit = true;
		return;
	}
	/* A popup changes nothing by itself. */
	overlay = ui_top(ui)->class->overlay;
	if (ui_top(ui)->class->leave != NULL)
		ui_top(ui)->class->leave(ui, ui_top(ui));
	close_view(ui->views[--ui->depth]);
	if (!overlay)
		ui->views[ui->depth - 1]->stale = true;
}

void
ui_drop_below(struct ui *ui)
{
	struct view *top = ui_top(ui);

	for (size_t i = 0; i + 1 < ui->depth; i++)
		close_view(ui->views[i]);
	ui->views[0] = top;
	ui->depth = top == NULL ? 0 : 1;
}

void
ui_switch(struct ui *ui, const struct view_class *class)
{
	for (size_t i = 0; i < ui->depth; i++) {
		if (ui->views[i]->class != class)
			continue;
		while (ui->depth > i + 1)
			ui_pop(ui);
		return;
	}
	ui_push(ui, class, NULL);
}

void
ui_stale(struct ui *ui)
{
	for (size_t i = 0; i < ui->depth; i++)
		ui->views[i]->stale = true;
}

void
ui_go_to(struct ui *ui, const struct ticket_key *key, bool is_new)
{
	ui->go_to = *key;
	ui->go_to_new = is_new;
	ui_stale(ui);
}

size_t
ui_targets(const struct ui *ui, const struct view *v, struct ticket_key **out)
{
	*out = NULL;
	if (ui->held == NULL)
		return v->class->targets == NULL ? 0
						 : v->class->targets(v, out);
	if (ui->held->n == 0)
		return 0;
	*out = mem_calloc(ui->held->n, sizeof(**out));
	memcpy(*out, ui->held->v, ui->held->n * sizeof(**out));
	return ui->held->n;
}

void
ui_hold(const struct ui *ui, const struct view *v, struct ui_targets *out)
{
	out->n = ui_targets(ui, v, &out->v);
}

void
ui_targets_release(struct ui_targets *t)
{
	free(t->v);
	free(t->about);
	*t = (struct ui_targets){ 0 };
}

const char *
ui_about(const struct ui *ui)
{
	return ui->held == NULL ? NULL : ui->held->about;
}

void
ui_answer(struct ui *ui, const struct ui_targets *held,
    void (*fn)(struct ui *ui, struct view *v, const char *text),
    const char *text)
{
	const struct ui_targets *outer = ui->held;

	ui->held = held;
	fn(ui, ui_top(ui), text);
	ui->held = outer;
}

void
ui_hidden(struct ui *ui)
{
	char key[TICKET_KEY_MAX];

	if (!ui->go_to_new)
		return;
	ticket_key_format(&ui->go_to, key);
	ui_warn(ui, "%s is new, but the filter hides it (Esc shows all)", key);
}

bool
ui_working(const struct ui *ui)
{
	const struct view *v = ui_top(ui);

	return v != NULL && v->more && !v->stale && !ui->asking &&
	    !ui->behind && !ui_too_small(ui);
}

void
ui_work(struct ui *ui)
{
	struct view *v = ui_top(ui);

	if (v == NULL || v->class->work == NULL)
		return;
	ui->begun_ms = date_clock_ms();
	ui->told = false;
	v->more = v->class->work(ui, v);
}

void
ui_idle(struct ui *ui)
{
	int64_t version;

	ui->begun_ms = date_clock_ms();
	ui->now = date_now();
	if (ui->app == NULL)
		return;
	history_keep(ui);
	/* Nobody has asked for it: nobody waits for it. */
	ui->patience_ms = 0;
	ui_still_there(ui, false);
	version = app_data_version(ui->app);
	ui->patience_ms = PATIENCE_MS;
	/* -1: it can't be told now. */
	if (version < 0 || (version == ui->version && !ui->behind))
		return;
	ui->version = version;
	if (ui->behind && ui->message != NULL && ui->tone == UI_WARNING)
		mem_replace(&ui->message, NULL);
	ui->behind = false;
	ui_stale(ui);
}
