/* Notes of a version as they were written before: shown, and compared. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/publish.h"
#include "base/date.h"
#include "base/mem.h"
#include "tui/view/pager.h"
#include "tui/list/rows.h"
#include "tui/mouse.h"
#include "tui/ui.h"

#define HEAD 2

struct revisions_view {
	struct view base;
	char *version;
	struct revision_list list; /* newest first */
	struct rows rows;
	int64_t marked; /* to compare with, or 0: the one before */
	bool compare;   /* instead of the text */
	struct pager pager;
};

static struct revisions_view *
self(struct view *v)
{
	return (struct revisions_view *)v;
}

static const struct revision *
at(const struct revisions_view *v)
{
	return v->rows.sel < v->list.n ? &v->list.v[v->rows.sel] : NULL;
}

static enum rc
revisions_open(struct ui *ui, struct view *base, const void *arg,
    struct err *err)
{
	(void)ui;
	(void)err;
	self(base)->version = mem_strdup(arg);
	return RC_OK;
}

static void
revisions_close(struct view *base)
{
	struct revisions_view *v = self(base);

	revision_list_release(&v->list);
	pager_release(&v->pager);
	free(v->version);
}

/* Rows of the list; below, behind a rule, stands the text. */
static int
list_rows(const struct revisions_view *v, int rows)
{
	int room = (rows - HEAD) / 3;

	if (room < 1)
		room = 1;
	return (int)v->list.n < room ? (int)v->list.n : room;
}

static void
put_diff(struct pager *p, const char *s)
{
	const char *end;

	if (*s == '\0')
		pager_text(p, ROLE_DIM, "both are the same");
	for (; *s != '\0'; s = *end == '\0' ? end : end + 1) {
		char *line;

		end = strchrnul(s, '\n');
		line = mem_strndup(s, (size_t)(end - s));
		pager_text(p,
		    *s == '+'       ? ROLE_ADDED
			: *s == '-' ? ROLE_REMOVED
			: *s == '@' ? ROLE_TAG
				    : ROLE_TEXT,
		    line);
		free(line);
	}
}

static int64_t
base_of(const struct revisions_view *v)
{
	const struct revision *r = at(v);

	return v->marked != 0 && v->marked != r->n ? v->marked : r->n - 1;
}

static enum rc
fill(struct ui *ui, struct revisions_view *v, struct err *err)
{
	const struct revision *r = at(v);
	struct revision whole = { 0 };
	struct buf diff = BUF_INIT;
	enum rc rc = RC_OK;

	pager_clear(&v->pager);
	v->pager.top = 0;
	pager_set_rows(&v->pager,
	    (size_t)(v->base.rows > HEAD + 2
		    ? v->base.rows - HEAD - 1 - list_rows(v, v->base.rows)
		    : 1));
	if (r == NULL)
		return rc;
	if (v->compare && base_of(v) > 0) {
		rc = app_revision_compare(ui->app, v->version, base_of(v), r->n,
		    &diff, err);
		if (rc == RC_OK)
			put_diff(&v->pager, buf_str(&diff));
	} else if ((rc = app_revision(ui->app, v->version, r->n, &whole,
			err)) == RC_OK) {
		if (v->compare)
			pager_text(&v->pager, ROLE_DIM,
			    "the first one: there is none before");
		pager_plain(&v->pager, whole.text == NULL ? "" : whole.text);
	}
	buf_release(&diff);
	revision_release(&whole);
	return rc;
}

static enum rc
revisions_load(struct ui *ui, struct view *base, struct err *err)
{
	struct revisions_view *v = self(base);
	const struct revision *r = at(v);
	const int64_t n = r == NULL ? 0 : r->n;
	struct revision_list got = { 0 };
	enum rc rc = app_revisions(ui->app, v->version, &got, err);

	if (rc != RC_OK)
		return rc;
	revision_list_release(&v->list);
	v->list = got;
	for (size_t i = 0; i < got.n / 2; i++) {
		const struct revision one = got.v[i];

		got.v[i] = got.v[got.n - 1 - i];
		got.v[got.n - 1 - i] = one;
	}
	for (size_t i = 0; i < got.n; i++)
		if (got.v[i].n == n)
			v->rows.sel = i;
	rows_set(&v->rows, got.n, list_rows(v, base->rows));
	return fill(ui, v, err);
}

static void
draw_row(const struct ui *ui, const struct revisions_view *v, size_t i,
    const struct area *a, int y)
{
	const struct revision *r = &v->list.v[i];
	char ago[16];
	int x = 2;

	date_format_ago(r->made, ui->now, ago);
	if (i == v->rows.sel)
		area_text(a, y, 0, 1, ">", ROLE_KEY);
	if (r->n == v->marked)
		area_text(a, y, 1, 1, "*", ROLE_MARK);
	x += area_printf(a, y, x, 8, ROLE_TICKET, "%4lld", (long long)r->n) + 2;
	area_text(a, y, x, 10, ago, ROLE_DIM);
	x += 11;
	x += area_text(a, y, x, a->cols - x, r->file, ROLE_TEXT) + 2;
	area_printf(a, y, x, a->cols - x, ROLE_DIM, "%s %s %s%s", r->style,
	    r->format, r->lang, r->by_build ? " by build" : "");
	if (i == v->rows.sel) {
		area_flag(a, y, 0, a->cols, CELL_SELECTED);
		area_cursor(a, y, 0);
	}
}

static void
revisions_draw(const struct ui *ui, const struct view *base,
    const struct area *a)
{
	const struct revisions_view *v = (const struct revisions_view *)base;
	const struct revision *r = at(v);
	const int list = list_rows(v, a->rows), rule = HEAD + list;
	struct area body = area_sub(a, rule + 1, 1, a->rows - rule - 1,
	    a->cols - 2);
	char *left = mem_printf("Revisions of the notes %s   %zu", v->version,
	    v->list.n);

	ui_title(ui, a, left, "4 Notes");
	free(left);
	area_fill(a, 1, 0, a->cols, ' ', ROLE_HEADER);
	area_text(a, 1, 2, a->cols - 2, "   N  WHEN       FILE", ROLE_HEADER);
	for (int y = HEAD; y < rule; y++)
		if (v->rows.top + (size_t)(y - HEAD) < v->list.n)
			draw_row(ui, v, v->rows.top + (size_t)(y - HEAD), a, y);
	if (r == NULL) {
		area_text(a, HEAD + 1, 2, a->cols - 3,
		    "nothing was written yet (W writes the notes into a file)",
		    ROLE_DIM);
		area_cursor(a, HEAD, 0);
		return;
	}
	area_fill(a, rule, 0, a->cols, '-', ROLE_RULE);
	if (v->compare && base_of(v) > 0)
		area_printf(a, rule, 2, a->cols - 4, ROLE_HEADING,
		    " %lld to %lld ", (long long)base_of(v), (long long)r->n);
	pager_draw(&v->pager, &body);
}

static void
revisions_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct revisions_view *v = (const struct revisions_view *)base;

	(void)ui;
	pager_status(&v->pager, out);
	if (v->marked != 0)
		buf_printf(out, "   compared with %lld (Space: another)",
		    (long long)v->marked);
}

static void
refill(struct ui *ui, struct revisions_view *v)
{
	struct err err = ERR_INIT;

	if (fill(ui, v, &err) != RC_OK)
		ui_fail(ui, &err);
}

/* Lines go through the revisions, pages through the text. */
static void
revisions_move(struct ui *ui, struct view *base, enum motion m)
{
	struct revisions_view *v = self(base);

	if (m != MOVE_DOWN && m != MOVE_UP && m != MOVE_FIRST &&
	    m != MOVE_LAST) {
		pager_move(&v->pager, m);
		return;
	}
	rows_move(&v->rows, m);
	refill(ui, v);
}

static void
revisions_click(struct ui *ui, struct view *base, int y, int x)
{
	struct revisions_view *v = self(base);
	size_t i = v->rows.top + (size_t)(y - HEAD);

	(void)x;
	if (y < HEAD || y >= HEAD + list_rows(v, base->rows) ||
	    i >= v->list.n || mouse_again(ui, base, i == v->rows.sel))
		return;
	rows_select(&v->rows, i);
	refill(ui, v);
}

/* Below the list it is the text that scrolls. */
static bool
revisions_wheel(struct ui *ui, struct view *base, int y, int x, int step)
{
	struct revisions_view *v = self(base);

	(void)ui;
	(void)x;
	if (y < HEAD + list_rows(v, base->rows))
		return false;
	pager_scroll(&v->pager, step > 0 ? 1 : -1);
	return true;
}

static void
revisions_find(struct ui *ui, struct view *base, const char *text, int step)
{
	if (!pager_find(&self(base)->pager, text, step))
		ui_warn(ui, "no match for \"%s\"",
		    text == NULL ? ui->search : text);
}

static const char *
why_row(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return at((const struct revisions_view *)base) == NULL
	    ? "nothing was written yet"
	    : NULL;
}

static void
compare_run(struct ui *ui, struct view *base, const char *arg)
{
	struct revisions_view *v = self(base);

	(void)arg;
	v->compare = !v->compare;
	refill(ui, v);
}

static void
mark_run(struct ui *ui, struct view *base, const char *arg)
{
	struct revisions_view *v = self(base);
	const struct revision *r = at(v);

	(void)arg;
	v->marked = r == NULL || v->marked == r->n ? 0 : r->n;
	refill(ui, v);
}

static void
copy_run(struct ui *ui, struct view *base, const char *arg)
{
	struct revisions_view *v = self(base);
	const struct revision *r = at(v);
	struct revision whole = { 0 };
	struct err err = ERR_INIT;

	(void)arg;
	if (r == NULL)
		return;
	if (app_revision(ui->app, v->version, r->n, &whole, &err) != RC_OK) {
		ui_fail(ui, &err);
		return;
	}
	if (ui->host.copy != NULL)
		ui->host.copy(ui->host.arg, whole.text);
	ui_say(ui, "copied: revision %lld, %zu bytes", (long long)r->n, r->len);
	revision_release(&whole);
}

static void
clear_run(struct ui *ui, struct view *base, const char *arg)
{
	struct revisions_view *v = self(base);

	(void)arg;
	v->marked = 0;
	mem_replace(&ui->search, NULL);
	mem_replace(&v->pager.search, NULL);
	refill(ui, v);
}

static const struct action actions[] = {
	{ "compare", "d Enter Tab", "compare",
	    "with the one before or marked, or its text", compare_run,
	    why_row },
	{ "mark", "Space", "mark", "mark it to compare others with", mark_run,
	    why_row },
	{ "copy", "y", "copy", "copy its text to the clipboard", copy_run,
	    why_row },
	{ "clear", "Esc", NULL, "clear the mark and the search", clear_run,
	    NULL },
	{ 0 }
};

const struct view_class view_revisions = {
	.name = "revisions",
	.size = sizeof(struct revisions_view),
	.actions = { actions },
	.open = revisions_open,
	.load = revisions_load,
	.draw = revisions_draw,
	.move = revisions_move,
	.click = revisions_click,
	.wheel = revisions_wheel,
	.find = revisions_find,
	.status = revisions_status,
	.release = revisions_close,
};
