/* How work flows, in figures that each say what they count. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "metrics_view.h"
#include "tui/mouse.h"

static struct metrics_view *
self(struct view *v)
{
	return (struct metrics_view *)v;
}

const struct metrics_line *
metrics_view_at(const struct metrics_view *v)
{
	return v->rows.n == 0 ? NULL : &v->v[v->rows.sel];
}

static enum rc
metrics_open(struct ui *ui, struct view *base, const void *arg, struct err *err)
{
	(void)ui;
	(void)arg;
	(void)err;
	metrics_init(&self(base)->m, METRICS_AUTO);
	return RC_OK;
}

static void
metrics_close(struct view *base)
{
	struct metrics_view *v = self(base);

	metrics_release(&v->m);
	free(v->v);
	free(v->wrong);
}

static void
add(struct metrics_view *v, size_t *n, enum metrics_part part,
    enum metrics_kind kind, size_t row)
{
	v->v = mem_grow(v->v, &v->cap, *n + 1, sizeof(*v->v));
	v->v[(*n)++] = (struct metrics_line){ part, kind, row };
}

/* The lines of all parts; what is selected stays so. */
static void
lay_out(struct metrics_view *v)
{
	struct metrics_line was = { METRICS_FLOW, METRICS_HEAD, 0 };
	size_t n = 0, sel = 0;

	if (v->rows.n > 0)
		was = *metrics_view_at(v);
	for (int p = 0; p < METRICS_PARTS; p++) {
		enum metrics_part part = (enum metrics_part)p;
		size_t rows = metrics_rows(&v->m, part);

		add(v, &n, part, METRICS_HEAD, 0);
		for (size_t i = 0; i < rows; i++)
			add(v, &n, part, METRICS_ROW, i);
		if (rows == 0)
			add(v, &n, part, METRICS_NONE, 0);
	}
	for (size_t i = 0; i < n; i++)
		if (v->v[i].part == was.part && v->v[i].row <= was.row &&
		    (v->v[i].kind == was.kind || v->v[i].kind == METRICS_HEAD))
			sel = i;
	rows_set(&v->rows, n, v->base.rows - 1);
	rows_select(&v->rows, sel);
}

void
metrics_view_begin(struct metrics_view *v)
{
	/* The figures stand until the new ones are there. */
	v->m.step = v->wanted;
	v->m.left = 0;
	v->m.now = date_now();
	v->next = 0;
	v->base.more = true;
	mem_replace(&v->wrong, NULL);
}

static enum rc
metrics_load(struct ui *ui, struct view *base, struct err *err)
{
	struct metrics_view *v = self(base);
	int64_t version = app_data_version(ui->app);

	(void)err;
	if (v->seen != version || v->rows.n == 0)
		metrics_view_begin(v);
	v->seen = version;
	lay_out(v);
	return RC_OK;
}

/* One part at a time, so that keys are answered in between. */
static bool
metrics_work(struct ui *ui, struct view *base)
{
	struct metrics_view *v = self(base);
	struct err err = ERR_INIT;
	struct buf what = BUF_INIT;
	bool done, ours;
	enum rc rc;

	if (v->next >= METRICS_PARTS)
		return false;
	/* The last part may read history: a change of our own. */
	ours = v->next == METRICS_RELEASES &&
	    v->seen == app_data_version(ui->app);
	metrics_title(&v->m, (enum metrics_part)v->next, &what);
	buf_puts(&what, " (Esc stops)");
	ui_busy(ui, buf_str(&what));
	buf_release(&what);
	rc = app_metrics_slice(ui->app, (enum metrics_part)v->next, &v->m,
	    &done, &err);
	v->next += done || rc != RC_OK;
	if (ours)
		ui->version = v->seen = app_data_version(ui->app);
	lay_out(v);
	if (rc == RC_OK)
		return v->next < METRICS_PARTS;
	mem_replace(&v->wrong,
	    rc == RC_STOPPED ? "stopped: not everything is counted" : err.msg);
	ui_warn(ui, "%s   (R counts again)", v->wrong);
	v->next = rc == RC_STOPPED ? METRICS_PARTS : v->next;
	return v->next < METRICS_PARTS;
}

static void
metrics_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct metrics_view *v = (const struct metrics_view *)base;
	const struct metrics_line *at = metrics_view_at(v);
	const char *name;

	(void)ui;
	if (v->wrong != NULL) {
		buf_puts(out, v->wrong);
		return;
	}
	if (at == NULL)
		return;
	if (at->kind != METRICS_ROW) {
		metrics_title(&v->m, at->part, out);
		buf_puts(out, "   Enter tells the rule");
		return;
	}
	metrics_label(&v->m, at->part, at->row, out);
	buf_puts(out, "   ");
	if (at->part == METRICS_FLOW &&
	    v->m.flow.period[at->row].came_done > 0) {
		metrics_mark(&v->m, at->row, out);
		buf_puts(out, "   ");
	}
	if (!metrics_filter(&v->m, at->part, at->row, 0, &name, out))
		buf_puts(out, "Enter opens it");
}

static void
metrics_move(struct ui *ui, struct view *base, enum motion m)
{
	(void)ui;
	rows_move(&self(base)->rows, m);
}

static void
metrics_click(struct ui *ui, struct view *base, int y, int x)
{
	struct metrics_view *v = self(base);
	size_t i = v->rows.top + (size_t)(y - 1);

	if (y >= 1 && i < v->rows.n &&
	    x < base->cols - metrics_view_pane(base->cols) &&
	    !mouse_again(ui, base, i == v->rows.sel))
		rows_select(&v->rows, i);
}

static void
metrics_find(struct ui *ui, struct view *base, const char *text, int step)
{
	struct metrics_view *v = self(base);
	struct buf want = BUF_INIT, label = BUF_INIT, have = BUF_INIT;
	size_t n = v->rows.n;
	bool found = false;

	utf8_fold(&want, text, strlen(text));
	for (size_t i = 1; i <= n && !found; i++) {
		size_t at = (v->rows.sel + (step > 0 ? i : n - i)) % n;
		const struct metrics_line *l = &v->v[at];

		buf_clear(&label);
		buf_clear(&have);
		if (l->kind == METRICS_ROW)
			metrics_label(&v->m, l->part, l->row, &label);
		else
			metrics_title(&v->m, l->part, &label);
		utf8_fold(&have, buf_str(&label), label.len);
		found = strstr(buf_str(&have), buf_str(&want)) != NULL;
		if (found)
			rows_select(&v->rows, at);
	}
	if (!found)
		ui_warn(ui, "no match for \"%s\"", text);
	buf_release(&want);
	buf_release(&label);
	buf_release(&have);
}

static size_t
metrics_targets(const struct view *base, struct ticket_key **out)
{
	const struct ticket *t =
	    metrics_view_ticket((const struct metrics_view *)base);

	*out = NULL;
	if (t == NULL)
		return 0;
	*out = mem_dup(&t->key, sizeof(t->key));
	return 1;
}

const struct view_class view_metrics = {
	.name = "metrics",
	.size = sizeof(struct metrics_view),
	.actions = { metrics_view_actions },
	.open = metrics_open,
	.load = metrics_load,
	.draw = metrics_view_draw,
	.move = metrics_move,
	.click = metrics_click,
	.find = metrics_find,
	.status = metrics_status,
	.targets = metrics_targets,
	.work = metrics_work,
	.release = metrics_close,
};
