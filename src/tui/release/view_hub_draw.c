#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "hub_view.h"
#include "tui/keys/keys.h"

#define SUMMARY_WIDE  50 /* from here on DEVELOPMENT is told in full */
#define DEVELOPMENT   30
#define SUMMARY_LEAST 20
#define COMPACT_ROWS  15 /* with fewer, every row is needed */
#define TINY_ROWS     7  /* with fewer, only the counters stand above */

#define FIX_COLS 36 /* from here on a warning's fix has room */

static const char development[] = "DEVELOPMENT";

size_t
hub_view_warnings(const struct hub_view *v)
{
	return v->show == HUB_ALL || v->show == HUB_WARNINGS ? v->hub.n_warnings
							     : 0;
}

/* Rows that the tickets leave to the warnings, which begin at y. */
static int
spare_rows(const struct hub_view *v, int y, bool compact)
{
	int head = compact ? 1 : 2, n = v->n > 0 ? (int)v->n : 1;

	return v->n < (size_t)v->base.rows ? v->base.rows - y - head - n : 0;
}

/* What is selected has all the room, warnings or tickets. */
static struct hub_layout
tiny_layout(const struct hub_view *v)
{
	struct hub_layout l = { .compact = true, .tiny = true };
	int n = (int)hub_view_warnings(v);

	l.warnings_y = l.tickets_y = 2;
	if (v->show == HUB_WARNINGS || v->sel < (size_t)n)
		l.warnings = n < v->base.rows - 2 ? n : v->base.rows - 2;
	else
		l.tickets = v->base.rows - 2;
	return l;
}

struct hub_layout
hub_view_layout(const struct hub_view *v)
{
	struct hub_layout l = { .compact = v->base.rows < COMPACT_ROWS,
		.heads = 1 };
	int rows = v->base.rows, y = l.compact ? 4 : 6, most;
	int n = (int)hub_view_warnings(v);
	int spare = spare_rows(v, y, l.compact);

	if (rows < TINY_ROWS)
		return tiny_layout(v);
	most = v->show == HUB_WARNINGS ? rows - y
	    : spare > rows / 5         ? spare
				       : rows / 5;
	l.warnings_y = y;
	l.warnings = n < most ? n : most;
	if (l.warnings < 1 && n > 0)
		l.warnings = 1;
	y += l.warnings;
	if (l.warnings > 0 && !l.compact)
		y++;
	l.tickets_y = y;
	l.tickets = v->show != HUB_WARNINGS && rows > y + 1 ? rows - y - 1 : 0;
	return l;
}

/* "prev 1.1 ([)": what is beside it, and the key that goes there. */
static void
put_neighbour(const struct ui *ui, const struct hub_view *v,
    const struct area *a, const char *which, const char *version,
    const char *action, struct buf *out)
{
	char key[KEYS_TELL_MAX];

	if (version == NULL || a->cols < 60)
		return;
	keys_tell(ui, &v->base, action, key);
	buf_printf(out, "   %s %s (%s)", which, version, key);
}

static void
draw_title(const struct ui *ui, const struct hub_view *v, const struct area *a)
{
	const struct hub *h = &v->hub;
	struct buf left = BUF_INIT;

	buf_printf(&left, "Release %s", v->version);
	if (h->release.title != NULL && *h->release.title != '\0')
		buf_printf(&left, " \"%s\"", h->release.title);
	buf_printf(&left, "   %s", release_state_name(h->release.state));
	put_neighbour(ui, v, a, "prev", h->previous, "previous-release", &left);
	put_neighbour(ui, v, a, "next", h->next, "next-release", &left);
	ui_title(ui, a, buf_str(&left), "3 Releases");
	buf_release(&left);
}

static void
draw_dates(const struct ui *ui, const struct hub *h, const struct area *a)
{
	const struct release *r = &h->release;
	struct buf text = BUF_INIT;
	int64_t days;
	bool late = hub_days_left(h, ui->now, &days) && days < 0;

	hub_say_dates(h, ui->now, &text);
	if (r->owner != NULL)
		buf_printf(&text, "   owner %s", r->owner);
	if (r->tag != NULL)
		buf_printf(&text, "   tag %s", r->tag);
	if (r->reason != NULL)
		buf_printf(&text, "   %s", r->reason);
	area_text(a, 1, 1, a->cols - 2, buf_str(&text),
	    late ? ROLE_WARN : ROLE_TEXT);
	buf_release(&text);
}

static void
draw_bar(const struct hub *h, const struct area *a)
{
	int64_t total = h->done + h->doing + h->todo;
	int cols = a->cols - 28 < 44 ? a->cols - 28 : 44, x = 1;
	struct buf text = BUF_INIT;
	int done, doing;

	if (total == 0) {
		area_text(a, 2, 1, a->cols - 2,
		    "no tickets: r in a list puts some into it", ROLE_DIM);
		return;
	}
	if (cols > 4) {
		done = (int)(h->done * cols / total);
		doing = (int)((h->done + h->doing) * cols / total) - done;
		area_text(a, 2, x, 1, "[", ROLE_DIM);
		area_glyph(a, 2, x + 1, cols, GLYPH_BAR_EMPTY, ROLE_DIM);
		area_glyph(a, 2, x + 1, done, GLYPH_BAR_FULL, ROLE_DONE);
		area_glyph(a, 2, x + 1 + done, doing, GLYPH_BAR_HALF,
		    ROLE_DOING);
		area_text(a, 2, x + 1 + cols, 1, "]", ROLE_DIM);
		x += cols + 4;
	}
	hub_say_progress(h, &text);
	area_text(a, 2, x, a->cols - x, buf_str(&text), ROLE_TEXT);
	buf_release(&text);
}

struct counter {
	enum hub_show show;
	int64_t n;
	const char *name, *brief;
	enum role role;
};

static int
draw_counter(const struct area *a, int y, int x, const struct counter *c,
    bool on)
{
	const char *name = a->cols >= 60 ? c->name : c->brief;
	char text[48];

	snprintf(text, sizeof(text), "%s%lld %s%s", on ? "[" : " ",
	    (long long)c->n, name, on ? "]" : " ");
	return x +
	    area_text(a, y, x, a->cols - x, text, on ? ROLE_BAR_ON : c->role) +
	    (a->cols >= 60 ? 2 : 0);
}

static void
draw_counters(const struct hub_view *v, const struct area *a, int y)
{
	const struct hub *h = &v->hub;
	const struct counter counters[] = {
		{ HUB_WARNINGS, (int64_t)h->n_warnings,
		    h->n_warnings == 1 ? "warning" : "warnings", "warn",
		    h->n_warnings > 0 ? ROLE_WARN : ROLE_DIM },
		{ HUB_DONE, h->done, "done", "done", ROLE_DONE },
		{ HUB_DOING, h->doing, "in progress", "doing", ROLE_DOING },
		{ HUB_TODO, h->todo, "to do", "todo", ROLE_TODO },
		{ HUB_ALL, h->done + h->doing + h->todo, "total", "all",
		    ROLE_LABEL },
	};
	struct buf unplanned = BUF_INIT;
	int x = 1;

	area_text(a, y, x, 1, h->n_warnings > 0 ? "!" : " ", ROLE_WARN);
	x++;
	for (size_t i = 0; i < sizeof(counters) / sizeof(counters[0]); i++)
		x = draw_counter(a, y, x, &counters[i],
		    v->show == counters[i].show && v->show != HUB_ALL);
	hub_say_unplanned(h, &unplanned);
	if (unplanned.len > 0 && x + 1 + (int)unplanned.len < a->cols)
		x += 1 +
		    area_text(a, y, x + 1, a->cols - x - 2, buf_str(&unplanned),
			ROLE_DIM);
	buf_release(&unplanned);
	if (v->base.more)
		area_text(a, y, x + 1, a->cols - x - 1, "...", ROLE_DIM);
	else if (!h->told)
		area_text(a, y, x + 1, a->cols - x - 1, "(no history)",
		    ROLE_WARN);
}

/* At most 13 columns. */
static const char *
fix_text(const struct hub_warning *w)
{
	const enum hub_fix fix = w->fixes[0];

	static const char *const texts[] = { [HUB_FIX_NONE] = "",
		[HUB_FIX_CLOSE] = "F: close",
		[HUB_FIX_REOPEN] = "F: reopen",
		[HUB_FIX_ACCEPT] = "F: was fixed",
		[HUB_FIX_ADD] = "F: put here",
		[HUB_FIX_MOVE] = "F: move",
		[HUB_FIX_NO_NOTE] = "F: no note",
		[HUB_FIX_LINK] = "F: link",
		[HUB_FIX_NOTE] = "e: write it",
		[HUB_FIX_OPEN] = "F: open",
		[HUB_FIX_DIFF] = "d: diff",
		[HUB_FIX_UNLINKED] = "F: queue",
		[HUB_FIX_STATE] = "X: publish" };

	/* Where no later release is planned there is nowhere to move it to. */
	return fix == HUB_FIX_MOVE && w->to == NULL ? "F: take out"
						    : texts[fix];
}

static void
select_row(const struct area *a, int y)
{
	area_text(a, y, 0, 1, ">", ROLE_KEY);
	area_flag(a, y, 0, a->cols, CELL_SELECTED);
	area_cursor(a, y, 0);
}

static void
draw_warnings(const struct hub_view *v, const struct area *a,
    const struct hub_layout *l)
{
	for (int i = 0; i < l->warnings; i++) {
		size_t at = v->warnings_top + (size_t)i;
		const struct hub_warning *w = &v->hub.warnings[at];
		const char *fix;
		int y = l->warnings_y + i, room = a->cols - 4;

		if (at >= v->hub.n_warnings)
			break;
		fix = fix_text(w);
		if (a->cols >= FIX_COLS)
			room -= 13;
		area_text(a, y, 1, 1, "W", ROLE_WARN);
		area_text(a, y, 3, room, w->text, ROLE_TEXT);
		if (a->cols >= FIX_COLS)
			area_text(a, y, a->cols - 13, 13, fix, ROLE_KEY);
		if (at == v->sel)
			select_row(a, y);
	}
}

/* Instead of a number of commits, what became of them. */
static void
draw_development(const struct hub_view *v, const struct area *a, int y,
    const struct list_column *c, size_t ticket)
{
	struct buf text = BUF_INIT;

	if (v->development == NULL || !v->development[ticket].known ||
	    c == NULL)
		return;
	hub_say_development(&v->development[ticket].d, c->width < DEVELOPMENT,
	    &text);
	area_pad(a, y, c->x, c->width, buf_str(&text), ROLE_DIM);
	buf_release(&text);
}

/* Room for DEVELOPMENT, the last column, at the cost of SUMMARY: for its name
 * at least, and where SUMMARY is wide for all of its words. */
static struct list_column *
development_column(struct list_columns *c)
{
	struct list_column *commits = list_column_find(c, COLUMN_COMMITS);
	struct list_column *summary = list_column_find(c, COLUMN_SUMMARY);
	int more;

	if (commits == NULL || summary == NULL)
		return commits;
	more = (summary->width > SUMMARY_WIDE ? DEVELOPMENT
					      : (int)strlen(development)) -
	    commits->width;
	if (more <= 0 || summary->width <= SUMMARY_LEAST)
		return commits;
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].x > summary->x)
			c->v[i].x -= more;
	summary->width -= more;
	commits->width += more;
	return commits;
}

/* ASSIGNEE only where somebody is assigned. */
static struct list_columns
columns_of(const struct hub_view *v, const struct list *all, int cols)
{
	static const enum app_column wanted[] = { COLUMN_PRIORITY, COLUMN_TYPE,
		COLUMN_KEY, COLUMN_SUMMARY, COLUMN_STATUS, COLUMN_COMMITS };

	for (size_t i = 0; i < v->n; i++)
		if (all->v[v->shown[i]].assignee != NULL)
			return list_columns(all, NULL, 0, cols);
	return list_columns(all, wanted, sizeof(wanted) / sizeof(wanted[0]),
	    cols);
}

static void
draw_tickets(const struct hub_view *v, const struct area *a,
    const struct hub_layout *l)
{
	const struct list all = { .v = v->hub.tickets.v,
		.n = v->hub.tickets.n,
		.rows = v->hub.tickets.n };
	struct list_columns c = columns_of(v, &all, a->cols);
	const struct list_column *commits = development_column(&c);
	const struct sort none = { .n = 0 };
	const int first = l->tickets_y + l->heads;
	size_t n = hub_view_warnings(v);

	if (l->tickets <= 0)
		return;
	if (l->heads > 0)
		list_draw_header(a, l->tickets_y, &c, &none);
	if (commits != NULL && l->heads > 0)
		area_text(a, l->tickets_y, commits->x, commits->width,
		    development, ROLE_HEADER);
	for (int i = 0; i < l->tickets; i++) {
		size_t at = v->top + (size_t)i;

		if (at >= v->n)
			break;
		list_draw_row(a, first + i, &c, &v->hub.tickets.v[v->shown[at]],
		    n + at == v->sel, false);
		draw_development(v, a, first + i, commits, v->shown[at]);
		if (n + at == v->sel)
			area_flag(a, first + i, 0, a->cols, CELL_SELECTED);
	}
	if (v->n == 0)
		area_text(a, first, 2, a->cols - 3,
		    v->show == HUB_ALL ? "no tickets in this release"
				       : "none (Esc shows all)",
		    ROLE_DIM);
}

/* Between warnings and tickets: how many warnings are not there. */
static void
draw_more(const struct ui *ui, const struct hub_view *v, const struct area *a,
    int y, int hidden)
{
	char key[KEYS_TELL_MAX];

	area_fill(a, y, 0, a->cols, '-', ROLE_RULE);
	if (hidden <= 0)
		return;
	keys_tell(ui, &v->base, "show", key);
	area_printf(a, y, 2, a->cols - 4, ROLE_WARN, " %d more (%s) ", hidden,
	    key);
}

/* The same without a rule: at the right end of a row that has room. */
static void
draw_place(const struct ui *ui, const struct hub_view *v, const struct area *a,
    const struct hub_layout *l)
{
	const size_t n = hub_view_warnings(v);
	const size_t end = v->warnings_top + (size_t)l->warnings;
	char key[KEYS_TELL_MAX], *text;

	keys_tell(ui, &v->base, "show", key);
	text = l->warnings == 1
	    ? mem_printf(" warning %zu of %zu (%s)", end, n, key)
	    : mem_printf(" warnings %zu-%zu of %zu (%s)", v->warnings_top + 1,
		  end, n, key);
	area_text(a, l->tickets_y, a->cols - (int)strlen(text), a->cols, text,
	    ROLE_WARN);
	free(text);
}

static void
draw_below(const struct ui *ui, const struct hub_view *v, const struct area *a,
    const struct hub_layout *l)
{
	draw_warnings(v, a, l);
	if (!l->compact && l->warnings > 0 && l->tickets > 0)
		draw_more(ui, v, a, l->tickets_y - 1,
		    (int)hub_view_warnings(v) - l->warnings);
	if (v->show == HUB_WARNINGS && v->hub.n_warnings == 0)
		area_text(a, l->warnings_y, 2, a->cols - 3,
		    "no warnings (Esc shows all)", ROLE_DIM);
	draw_tickets(v, a, l);
	if (l->compact && l->warnings > 0 && l->tickets > 0 && l->heads > 0 &&
	    hub_view_warnings(v) > (size_t)l->warnings)
		draw_place(ui, v, a, l);
}

void
hub_view_draw(const struct ui *ui, const struct view *base,
    const struct area *whole)
{
	const struct hub_view *v = (const struct hub_view *)base;
	const struct hub_layout l = hub_view_layout(v);
	int pane = hub_view_pane(whole->cols);
	struct area left = area_sub(whole, 0, 0, whole->rows,
	    whole->cols - pane);
	const struct area *a = &left;

	area_cursor(a, l.tickets_y, 0);
	draw_title(ui, v, whole);
	if (!v->loaded)
		return;
	if (!l.tiny) {
		draw_dates(ui, &v->hub, a);
		draw_bar(&v->hub, a);
	}
	if (!l.compact && pane == 0 && v->show != HUB_BURNUP)
		hub_draw_forecast(ui, &v->hub, a, 3);
	draw_counters(v, a, l.tiny ? 1 : l.compact ? 3 : 4);
	if (!l.compact)
		area_fill(a, 5, 0, a->cols, '-', ROLE_RULE);
	if (v->show == HUB_BURNUP)
		hub_draw_pace(ui, &v->hub, a, l.warnings_y);
	else
		draw_below(ui, v, a, &l);
	if (pane > 0)
		hub_draw_pane(ui, v, whole, pane);
}
