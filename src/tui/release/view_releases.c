/* Releases with their state, dates and how many of their tickets are done. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/generate.h"
#include "app/release.h"
#include "app/ticket.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/filter.h"
#include "tui/mouse.h"
#include "tui/verbs/verbs.h"

#define HEAD     2
#define WIDE_BAR 72 /* columns from which progress has a bar */

struct tally {
	bool known;
	int64_t done, total; /* UI_COUNT_CAP + 1: more */
	/* Nothing was planned for it: what its notes list. */
	bool told;
	size_t listed;
};

struct releases_view {
	struct view base;
	struct release_list list;
	struct tally *tally; /* list.n of them */
	size_t sel, top;
};

static struct releases_view *
self(struct view *v)
{
	return (struct releases_view *)v;
}

static void
releases_close(struct view *base)
{
	struct releases_view *v = self(base);

	release_list_release(&v->list);
	free(v->tally);
}

static enum rc
count(struct ui *ui, const char *version, const char *more, int64_t *n,
    struct err *err)
{
	char *text = verbs_release_filter(version, more);
	struct filter *f = NULL;
	enum rc rc = app_filter(ui->app, text, false, &f, err);

	if (rc == RC_OK)
		rc = app_ticket_count(ui->app, f, UI_COUNT_CAP + 1, n, err);
	filter_free(f);
	free(text);
	return rc;
}

/* Only rows that show are counted. */
static enum rc
tally(struct ui *ui, struct releases_view *v, struct err *err)
{
	size_t end = v->top + (size_t)v->base.rows;
	enum rc rc;

	for (size_t i = v->top; i < v->list.n && i < end; i++) {
		struct tally *t = &v->tally[i];
		const char *version = v->list.v[i].version;

		if (t->known)
			continue;
		if ((rc = count(ui, version, "", &t->total, err)) != RC_OK ||
		    (rc = count(ui, version, " is:done", &t->done, err)) !=
			RC_OK)
			return rc;
		t->known = true;
	}
	return RC_OK;
}

/* A row of the screen whose notes are to be counted, or list.n. */
static size_t
untold(const struct releases_view *v)
{
	size_t end = v->top + (size_t)v->base.rows;

	for (size_t i = v->top; i < v->list.n && i < end; i++)
		if (v->tally[i].known && v->tally[i].total == 0 &&
		    !v->tally[i].told && v->list.v[i].state != RELEASE_DROPPED)
			return i;
	return v->list.n;
}

/* One release: what it shipped, from history. */
static bool
releases_work(struct ui *ui, struct view *base)
{
	struct releases_view *v = (struct releases_view *)base;
	size_t i = untold(v);
	struct generate_options o = { .version = NULL };
	struct notes n;
	struct err err = ERR_INIT;
	enum rc rc;

	if (i == v->list.n)
		return false;
	o.version = v->list.v[i].version;
	notes_init(&n);
	rc = app_generate(ui->app, &o, &n, &err);
	/* It may read history, and that is a change of our own. */
	ui->version = app_data_version(ui->app);
	v->tally[i].told = true;
	v->tally[i].listed = rc == RC_OK ? notes_count(&n) : 0;
	notes_release(&n);
	if (rc == RC_STOPPED)
		ui_warn(ui, "stopped: not all releases are counted");
	return rc != RC_STOPPED && untold(v) < v->list.n;
}

static void
settle(struct releases_view *v)
{
	size_t rows = v->base.rows > HEAD ? (size_t)(v->base.rows - HEAD) : 1;

	if (v->list.n == 0)
		v->sel = v->top = 0;
	else if (v->sel >= v->list.n)
		v->sel = v->list.n - 1;
	if (v->sel < v->top)
		v->top = v->sel;
	if (v->sel >= v->top + rows)
		v->top = v->sel - rows + 1;
}

static enum rc
releases_load(struct ui *ui, struct view *base, struct err *err)
{
	struct releases_view *v = self(base);
	struct release_list got = { 0 };
	char *at = v->list.n == 0 ? NULL
				  : mem_strdup(v->list.v[v->sel].version);
	enum rc rc = app_releases(ui->app, &got, err);

	if (rc != RC_OK)
		goto out;
	release_list_release(&v->list);
	free(v->tally);
	v->list = got;
	v->tally = mem_calloc(got.n == 0 ? 1 : got.n, sizeof(*v->tally));
	for (size_t i = 0; at != NULL && i < got.n; i++)
		if (strcmp(got.v[i].version, at) == 0)
			v->sel = i;
	settle(v);
	rc = tally(ui, v, err);
	base->more = rc == RC_OK;
out:
	free(at);
	return rc;
}

static enum role
state_role(enum release_state s)
{
	return s == RELEASE_PLANNED ? ROLE_DOING
	    : s == RELEASE_RELEASED ? ROLE_DONE
				    : ROLE_DIM;
}

/* The date that counts, and which it is. */
static int64_t
release_date(const struct release *r, const char **what)
{
	*what = "";
	if (r->released != DATE_NONE)
		return r->released;
	*what = "due ";
	return r->target;
}

static void
draw_progress(const struct area *a, int y, int x, int cols,
    const struct tally *t)
{
	int64_t total = t->total == 0 ? 1 : t->total;
	int full = (int)(t->done * (cols - 2) / total);

	if (t->total == 0 || cols < 4)
		return;
	area_text(a, y, x, 1, "[", ROLE_DIM);
	area_glyph(a, y, x + 1, cols - 2, GLYPH_BAR_EMPTY, ROLE_DIM);
	area_glyph(a, y, x + 1, full, GLYPH_BAR_FULL, ROLE_DONE);
	area_text(a, y, x + cols - 1, 1, "]", ROLE_DIM);
}

static void
draw_row(const struct releases_view *v, size_t i, const struct area *a, int y)
{
	const struct release *r = &v->list.v[i];
	const struct tally *t = &v->tally[i];
	char day[11] = "", counts[48] = "";
	const char *what;
	int64_t date = release_date(r, &what);
	int x = 2, version = a->cols >= 60 ? 16 : 10;

	if (date != DATE_NONE)
		date_format_day(date, day);
	if (t->known && t->total > UI_COUNT_CAP)
		snprintf(counts, sizeof(counts), "%d+ tickets", UI_COUNT_CAP);
	else if (t->known && t->total > 0)
		snprintf(counts, sizeof(counts), "%lld/%lld done",
		    (long long)t->done, (long long)t->total);
	else if (t->told && t->listed > 0)
		snprintf(counts, sizeof(counts), "%zu in notes", t->listed);
	area_text(a, y, 0, 1, i == v->sel ? ">" : " ", ROLE_KEY);
	area_text(a, y, x, version, r->version, ROLE_TICKET);
	x += version + 1;
	area_text(a, y, x, 8, release_state_name(r->state),
	    state_role(r->state));
	x += 9;
	if (*day != '\0')
		area_printf(a, y, x, 14, ROLE_TEXT, "%s%s", what, day);
	x += a->cols >= 60 ? 15 : 12;
	if (a->cols >= WIDE_BAR) {
		draw_progress(a, y, x, 12, t);
		x += 13;
	}
	if (a->cols >= 60) {
		area_text(a, y, x, 13, counts, ROLE_TEXT);
		x += 14;
		area_text(a, y, x, a->cols - x, r->title, ROLE_LABEL);
	}
	if (i == v->sel) {
		area_flag(a, y, 0, a->cols, CELL_SELECTED);
		area_cursor(a, y, 0);
	}
}

static void
releases_draw(const struct ui *ui, const struct view *base,
    const struct area *a)
{
	const struct releases_view *v = (const struct releases_view *)base;
	char *left = mem_printf("%s  %zu releases", app_prefix(ui->app),
	    v->list.n);

	ui_title(ui, a, left, "3 Releases");
	free(left);
	area_fill(a, 1, 0, a->cols, ' ', ROLE_HEADER);
	area_text(a, 1, 2, a->cols - 2,
	    a->cols >= WIDE_BAR ? "VERSION          STATE    DATE           "
				  "PROGRESS     TICKETS       TITLE"
		: a->cols >= 60 ? "VERSION          STATE    DATE           "
				  "TICKETS       TITLE"
				: "VERSION    STATE    DATE",
	    ROLE_HEADER);
	for (int y = HEAD; y < a->rows; y++) {
		size_t i = v->top + (size_t)(y - HEAD);

		if (i >= v->list.n)
			break;
		draw_row(v, i, a, y);
	}
	if (v->list.n == 0)
		area_text(a, HEAD + 1, 2, a->cols - 3,
		    "no releases yet: n makes one, I takes them from tags",
		    ROLE_DIM);
}

static void
releases_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct releases_view *v = (const struct releases_view *)base;
	const struct release *r;

	(void)ui;
	if (v->list.n == 0)
		return;
	r = &v->list.v[v->sel];
	buf_puts(out, r->version);
	if (r->tag != NULL)
		buf_printf(out, "   tag %s", r->tag);
	if (r->previous != NULL)
		buf_printf(out, "   after %s", r->previous);
	if (r->reason != NULL)
		buf_printf(out, "   %s", r->reason);
}

static void
releases_move(struct ui *ui, struct view *base, enum motion m)
{
	struct releases_view *v = self(base);
	struct err err = ERR_INIT;
	long page = base->rows > HEAD ? base->rows - HEAD : 1, at;
	const long steps[] = { [MOVE_DOWN] = 1,
		[MOVE_UP] = -1,
		[MOVE_PAGE_DOWN] = page,
		[MOVE_PAGE_UP] = -page,
		[MOVE_HALF_DOWN] = (page + 1) / 2,
		[MOVE_HALF_UP] = -(page + 1) / 2 };

	if (m == MOVE_FIRST)
		at = 0;
	else if (m == MOVE_LAST)
		at = (long)v->list.n - 1;
	else
		at = (long)v->sel + steps[m];
	v->sel = at < 0 ? 0 : (size_t)at;
	settle(v);
	if (tally(ui, v, &err) != RC_OK)
		ui_fail(ui, &err);
	base->more = true;
}

static void
releases_click(struct ui *ui, struct view *base, int y, int x)
{
	struct releases_view *v = self(base);
	size_t i = v->top + (size_t)(y - HEAD);

	(void)x;
	if (y >= HEAD && i < v->list.n && !mouse_again(ui, base, i == v->sel))
		v->sel = i;
}

static void
releases_find(struct ui *ui, struct view *base, const char *text, int step)
{
	struct releases_view *v = self(base);
	size_t n = v->list.n;

	for (size_t i = 1; i <= n; i++) {
		size_t at = (v->sel + (step > 0 ? i : n - i)) % n;
		const struct release *r = &v->list.v[at];

		if (strstr(r->version, text) == NULL &&
		    (r->title == NULL || strstr(r->title, text) == NULL))
			continue;
		v->sel = at;
		releases_move(ui, base, MOVE_DOWN);
		v->sel = at;
		settle(v);
		return;
	}
	ui_warn(ui, "no match for \"%s\"", text);
}

static const char *
why_row(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return ((const struct releases_view *)base)->list.n == 0
	    ? "no release here"
	    : NULL;
}

static const char *
why_new(const struct ui *ui, const struct view *base)
{
	(void)base;
	if (app_is_readonly(ui->app))
		return "the tracker is read-only";
	return ui->search != NULL ? "n finds while there is a search (a adds)"
				  : NULL;
}

static const char *
why_write(const struct ui *ui, const struct view *base)
{
	const char *why = why_row(ui, base);

	if (why == NULL && app_is_readonly(ui->app))
		why = "the tracker is read-only";
	return why;
}

static const char *
why_add(const struct ui *ui, const struct view *base)
{
	(void)base;
	return app_is_readonly(ui->app) ? "the tracker is read-only" : NULL;
}

static const char *
selected(const struct releases_view *v)
{
	return v->list.v[v->sel].version;
}

static void
open_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	ui_push(ui, &view_hub, selected(self(base)));
}

static void
tickets_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	verbs_release_tickets(ui, selected(self(base)));
}

static void
notes_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	ui_push(ui, &view_notes, selected(self(base)));
}

static void
add(struct ui *ui, struct view *base, const char *version)
{
	const struct release_change none = { 0 };
	struct err err = ERR_INIT;

	(void)base;
	if (*version == '\0')
		return;
	if (app_release_add(ui->app, version, &none, &err) == RC_OK)
		ui_did(ui, "release %s is planned", version);
	else
		ui_fail(ui, &err);
	ui_stale(ui);
}

static void
add_run(struct ui *ui, struct view *base, const char *arg)
{
	const struct ui_ask ask = { .label = "new release: ", .done = add };

	if (arg != NULL)
		add(ui, base, arg);
	else
		ui_ask(ui, &ask);
}

static void
set_state(struct ui *ui, struct view *base, const char *name)
{
	const char *asked = ui_about(ui);

	/* What is selected may be another one by now. */
	verbs_release_state(ui, asked == NULL ? selected(self(base)) : asked,
	    name);
}

static void
state_run(struct ui *ui, struct view *base, const char *arg)
{
	const struct releases_view *v = self(base);

	if (arg != NULL)
		set_state(ui, base, arg);
	else
		verbs_release_menu(ui, &v->list.v[v->sel], set_state);
}

static void
import_run(struct ui *ui, struct view *base, const char *arg)
{
	struct err err = ERR_INIT;
	int64_t added = 0;

	(void)base;
	(void)arg;
	if (app_release_import_tags(ui->app, &added, &err) == RC_OK)
		ui_say(ui, "%lld new releases from tags", (long long)added);
	else
		ui_fail(ui, &err);
	ui_stale(ui);
}

/* Esc never leaves; it ends a search. */
static void
clear_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)base;
	(void)arg;
	mem_replace(&ui->search, NULL);
}

static const struct action actions[] = { { "open", "Enter l Right", "open",
					     "how far it is, and what is wrong",
					     open_run, why_row },
	{ "tickets", "L", "tickets", "its tickets in a list", tickets_run,
	    why_row },
	{ "notes-of", "4 Tab", "notes", "its release notes", notes_run,
	    why_row },
	{ "state", "s X", "state", "planned, released, yanked or dropped",
	    state_run, why_write },
	{ "new", "n", "new", "plan a release", add_run, why_new },
	{ "add", "a", NULL, "the same, also while n finds", add_run, why_add },
	{ "import-tags", "I", "tags", "make releases from git's tags",
	    import_run, why_add },
	{ "clear", "Esc", NULL, "end the search", clear_run, NULL }, { 0 } };

const struct view_class view_releases = {
	.name = "releases",
	.size = sizeof(struct releases_view),
	.actions = { actions },
	.load = releases_load,
	.draw = releases_draw,
	.move = releases_move,
	.click = releases_click,
	.find = releases_find,
	.work = releases_work,
	.status = releases_status,
	.release = releases_close,
};
