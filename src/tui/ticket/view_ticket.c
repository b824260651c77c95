#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/list/list_view.h"
#include "ticket_screen.h"
#include "tui/mouse.h"
#include "tui/verbs/verbs.h"

/* Rows above the text: three of the ticket, a rule, the sections; where there
 * is no room, fewer of the ticket, and no rule. */
static int
head_rows(int rows)
{
	return rows < 4 ? 2 : rows < 8 ? 3 : 5;
}

static struct ticket_screen *
self(struct view *v)
{
	return (struct ticket_screen *)v;
}

static enum rc
ticket_open(struct ui *ui, struct view *base, const void *arg, struct err *err)
{
	struct ticket_screen *v = self(base);
	enum rc rc;

	v->key = *(const struct ticket_key *)arg;
	rc = app_ticket_view(ui->app, &v->key, &v->tv, err);
	v->loaded = rc == RC_OK;
	return rc;
}

static void
ticket_close(struct view *base)
{
	struct ticket_screen *v = self(base);

	ticket_view_release(&v->tv);
	for (size_t i = 0; i < TAB_N; i++)
		pager_release(&v->pager[i]);
}

static int
text_width(const struct view *v)
{
	/* Long lines are hard to read. */
	int cols = v->cols - 2;

	return cols > 100 ? 100 : cols;
}

static enum rc
fill(struct ui *ui, struct ticket_screen *v, struct err *err)
{
	struct pager *p = &v->pager[v->tab];
	enum rc rc;

	pager_set_rows(p, (size_t)(v->base.rows - head_rows(v->base.rows)));
	if (v->filled[v->tab])
		return RC_OK;
	rc = detail_lines(p, ui->app, &v->tv, v->tab, text_width(&v->base),
	    ui->now, err);
	v->filled[v->tab] = rc == RC_OK;
	pager_scroll(p, 0);
	return rc;
}

static enum rc
ticket_load(struct ui *ui, struct view *base, struct err *err)
{
	struct ticket_screen *v = self(base);
	struct ticket_view tv = { 0 };
	enum rc rc;

	rc = app_ticket_view(ui->app, &v->key, &tv, err);
	if (rc != RC_OK)
		return rc;
	ticket_view_release(&v->tv);
	v->tv = tv;
	if (v->commit >= tv.links.n)
		v->commit = 0;
	if (v->comment >= tv.comments.n)
		v->comment = tv.comments.n > 0 ? tv.comments.n - 1 : 0;
	memset(v->filled, 0, sizeof(v->filled));
	return fill(ui, v, err);
}

/* Is the screen under it at this ticket, and not only where ":NOTE-12" was
 * typed? */
static bool
at_place(const struct ui *ui, const struct ticket_screen *v)
{
	const struct view *below = ui_below(ui);
	const struct ticket_key *key = below == NULL || below->class->at == NULL
	    ? NULL
	    : below->class->at(below);

	return key != NULL && ticket_key_equal(key, &v->key);
}

static void
place_text(const struct ui *ui, const struct ticket_screen *v, char out[64])
{
	const struct view *below = ui_below(ui);
	const struct list_view *l = (const struct list_view *)below;

	out[0] = '\0';
	if (!at_place(ui, v) || below->class != &view_list || l->list.base < 0)
		return;
	snprintf(out, 64, "%lld/%lld%s  J/K next/prev",
	    (long long)l->list.base + (long long)l->list.sel + 1,
	    (long long)(l->count > UI_COUNT_CAP ? UI_COUNT_CAP : l->count),
	    l->count > UI_COUNT_CAP ? "+" : "");
}

static size_t
tab_count(const struct ticket_screen *v, enum detail_tab tab)
{
	switch (tab) {
	case TAB_COMMENTS:
		return v->tv.comments.n;
	case TAB_COMMITS:
		return v->tv.links.n;
	default:
		return 0;
	}
}

static void
tab_text(const struct ticket_screen *v, size_t i, char out[48])
{
	const bool on = i == v->tab;
	size_t n = tab_count(v, (enum detail_tab)i);

	if (n > 0)
		snprintf(out, 48, "%s%s %zu%s", on ? "[" : " ",
		    detail_tab_names[i], n, on ? "]" : " ");
	else
		snprintf(out, 48, "%s%s%s", on ? "[" : " ", detail_tab_names[i],
		    on ? "]" : " ");
}

/* From the first one on from which the one that is on has room. */
static void
draw_tabs(const struct ticket_screen *v, const struct area *a, int y)
{
	char text[48];
	size_t first = v->tab;
	int x = 1, used = 1;

	for (size_t i = v->tab + 1; i-- > 0; first = i) {
		tab_text(v, i, text);
		used += (int)strlen(text) + 1;
		if (used > a->cols + 1)
			break;
	}
	for (size_t i = first; i < TAB_N; i++) {
		tab_text(v, i, text);
		if (x + (int)strlen(text) > a->cols)
			break;
		area_text(a, y, x, a->cols - x, text,
		    i == v->tab ? ROLE_BAR_ON : ROLE_LABEL);
		area_hit(a, y, x, (int)strlen(text), HIT_PART + (unsigned)i);
		x += (int)strlen(text) + 1;
	}
	area_text(a, y, x + 2, a->cols - x - 2, "Tab", ROLE_KEY);
}

/* The tag of the selected lines; -1: nothing is selected in this section. */
static long
selected(const struct ticket_screen *v)
{
	if (v->tab == TAB_COMMITS && v->tv.links.n > 0)
		return (long)v->commit;
	return v->tab == TAB_COMMENTS && v->tv.comments.n > 0 ? (long)v->comment
							      : -1;
}

static void
draw_selected(const struct ticket_screen *v, const struct area *a)
{
	const struct pager *p = &v->pager[v->tab];
	const int head = head_rows(a->rows);
	bool first = true;

	for (int y = head; y < a->rows; y++) {
		size_t i = p->top + (size_t)(y - head);

		if (i >= p->n)
			break;
		if (p->v[i].tag != selected(v))
			continue;
		/* A commit is two lines; a comment may be many. */
		if (v->tab == TAB_COMMITS || first)
			area_flag(a, y, 0, a->cols, CELL_SELECTED);
		if (first) {
			area_text(a, y, 0, 1, ">", ROLE_KEY);
			area_cursor(a, y, 0);
		} else if (v->tab == TAB_COMMENTS) {
			area_text(a, y, 0, 1, "|", ROLE_KEY);
		}
		first = false;
	}
}

static void
ticket_draw(const struct ui *ui, const struct view *base, const struct area *a)
{
	const struct ticket_screen *v = (const struct ticket_screen *)base;
	const int head = head_rows(a->rows);
	struct area body = area_sub(a, head, 1, a->rows - head, a->cols - 2);
	struct area about = area_sub(a, 0, 0, head - 1, a->cols);
	char place[64];

	place_text(ui, v, place);
	detail_head(&about, &v->tv.ticket, ui->now, place);
	area_fill(&about, 3, 0, a->cols, '-', ROLE_RULE);
	draw_tabs(v, a, head - 1);
	pager_draw(&v->pager[v->tab], &body);
	area_cursor(a, head, 0);
	if (selected(v) >= 0)
		draw_selected(v, a);
}

/* Commits are gone through one by one: d shows the selected one's diff. */
static void
commit_move(struct ticket_screen *v, enum motion m)
{
	struct pager *p = &v->pager[TAB_COMMITS];
	size_t n = v->tv.links.n, page = p->rows / 2 + (p->rows < 2);

	if (n == 0)
		return;
	if (m == MOVE_FIRST || m == MOVE_LAST)
		v->commit = m == MOVE_FIRST ? 0 : n - 1;
	else if (m == MOVE_DOWN || m == MOVE_UP)
		page = 1;
	if (m == MOVE_DOWN || m == MOVE_PAGE_DOWN || m == MOVE_HALF_DOWN)
		v->commit = v->commit + page < n ? v->commit + page : n - 1;
	else if (m == MOVE_UP || m == MOVE_PAGE_UP || m == MOVE_HALF_UP)
		v->commit = v->commit > page ? v->commit - page : 0;
	/* Two lines each. */
	if (v->commit * 2 < p->top)
		pager_to(p, v->commit * 2);
	else if (v->commit * 2 + 2 > p->top + p->rows)
		pager_to(p, v->commit * 2 + 2 - p->rows);
}

/* Comments are gone through one by one; a long one scrolls first. */
static void
comment_move(struct ticket_screen *v, enum motion m)
{
	struct pager *p = &v->pager[TAB_COMMENTS];
	const size_t n = v->tv.comments.n;
	size_t from = 0, to;

	if (n == 0)
		return;
	while (from < p->n && p->v[from].tag != (long)v->comment)
		from++;
	for (to = from; to < p->n && p->v[to].tag == (long)v->comment;)
		to++;
	if (m == MOVE_DOWN && to > p->top + p->rows) {
		pager_scroll(p, 1);
		return;
	}
	if (m == MOVE_UP && from < p->top) {
		pager_scroll(p, -1);
		return;
	}
	if (m == MOVE_FIRST || m == MOVE_LAST)
		v->comment = m == MOVE_FIRST ? 0 : n - 1;
	else if (m == MOVE_DOWN || m == MOVE_PAGE_DOWN || m == MOVE_HALF_DOWN)
		v->comment += v->comment + 1 < n;
	else
		v->comment -= v->comment > 0;
	for (from = 0; from < p->n && p->v[from].tag != (long)v->comment;)
		from++;
	for (to = from; to < p->n && p->v[to].tag == (long)v->comment;)
		to++;
	if (to > p->top + p->rows)
		pager_to(p, to - p->rows);
	if (from < p->top)
		pager_to(p, from);
	/* Of one that is taller than the screen, where one came from. */
	if (to - from > p->rows)
		pager_to(p, m == MOVE_UP ? to - p->rows : from);
}

static void
ticket_move(struct ui *ui, struct view *base, enum motion m)
{
	struct ticket_screen *v = self(base);

	(void)ui;
	if (v->tab == TAB_COMMITS)
		commit_move(v, m);
	else if (v->tab == TAB_COMMENTS)
		comment_move(v, m);
	else
		pager_move(&v->pager[v->tab], m);
}

static void
turn(struct ui *ui, struct ticket_screen *v, unsigned step)
{
	struct err err = ERR_INIT;

	v->tab = (enum detail_tab)((v->tab + step) % TAB_N);
	if (fill(ui, v, &err) != RC_OK)
		ui_fail(ui, &err);
}

/* A click on one of the lines that are gone through selects it. */
static void
ticket_click(struct ui *ui, struct view *base, int y, int x)
{
	struct ticket_screen *v = self(base);
	const struct pager *p = &v->pager[v->tab];
	const int head = head_rows(base->rows);
	size_t i = p->top + (size_t)(y - head);

	unsigned hit = canvas_at(&ui->canvas, y, x)->hit;

	if ((hit & HIT_KIND) == HIT_PART)
		turn(ui, v, (hit & HIT_NUMBER) + TAB_N - v->tab);
	if (y < head || i >= p->n || p->v[i].tag < 0)
		return;
	if (v->tab == TAB_COMMENTS)
		v->comment = (size_t)p->v[i].tag;
	else if (v->tab == TAB_COMMITS &&
	    !mouse_again(ui, base, p->v[i].tag == selected(v)))
		v->commit = (size_t)p->v[i].tag;
}

static void
ticket_find(struct ui *ui, struct view *base, const char *text, int step)
{
	struct ticket_screen *v = self(base);

	if (!pager_find(&v->pager[v->tab], text, step))
		ui_warn(ui, "no match for \"%s\" in this section", text);
}

static void
ticket_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct ticket_screen *v = (const struct ticket_screen *)base;

	(void)ui;
	pager_status(&v->pager[v->tab], out);
}

static size_t
ticket_targets(const struct view *base, struct ticket_key **out)
{
	*out = mem_dup(&((const struct ticket_screen *)base)->key,
	    sizeof(**out));
	return 1;
}

static void
tab_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	turn(ui, self(base), 1);
}

static void
back_tab_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	turn(ui, self(base), TAB_N - 1);
}

static const char *
why_neighbour(const struct ui *ui, const struct view *base)
{
	return at_place(ui, (const struct ticket_screen *)base)
	    ? NULL
	    : "it was not opened from a list";
}

static void
neighbour(struct ui *ui, struct ticket_screen *v, enum motion m)
{
	struct view *below = ui_below(ui);
	const struct ticket_key *key;

	below->class->move(ui, below, m);
	key = below->class->at(below);
	if (key == NULL)
		return;
	if (ticket_key_equal(key, &v->key))
		ui_warn(ui, m == MOVE_DOWN ? "the last one" : "the first one");
	v->key = *key;
	v->commit = v->comment = 0;
	for (size_t i = 0; i < TAB_N; i++)
		v->pager[i].top = 0;
	v->base.stale = true;
}

static void
next_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	neighbour(ui, self(base), MOVE_DOWN);
}

static void
previous_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	neighbour(ui, self(base), MOVE_UP);
}

static const char *
why_diff(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return ((const struct ticket_screen *)base)->tv.links.n == 0
	    ? "no commits name this ticket (S reads history)"
	    : NULL;
}

static void
diff_run(struct ui *ui, struct view *base, const char *arg)
{
	struct ticket_screen *v = self(base);

	(void)arg;
	ui_push(ui, &view_diff, &v->tv.links.v[v->commit].commit);
}

static const char *
why_commit(const struct ui *ui, const struct view *base)
{
	return ((const struct ticket_screen *)base)->tab != TAB_COMMITS
	    ? "Enter opens a commit (Tab goes to them)"
	    : why_diff(ui, base);
}

static void
journal_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	ui_push(ui, &view_journal, &self(base)->key);
}

/* Esc never leaves; it ends a search. */
static void
clear_run(struct ui *ui, struct view *base, const char *arg)
{
	struct ticket_screen *v = self(base);

	(void)arg;
	mem_replace(&ui->search, NULL);
	for (size_t i = 0; i < TAB_N; i++)
		mem_replace(&v->pager[i].search, NULL);
}

static const struct action actions[] = { { "section", "Tab l Right", "section",
					     "the next section", tab_run,
					     NULL },
	{ "section-back", "S-Tab h Left", NULL, "the section before",
	    back_tab_run, NULL },
	{ "diff", "d", "diff", "the diff of the selected commit", diff_run,
	    why_diff },
	{ "open", "Enter", NULL, "the same, among the commits", diff_run,
	    why_commit },
	{ "next", "J", "next", "the next ticket of the list", next_run,
	    why_neighbour },
	{ "previous", "K", NULL, "the ticket before in the list", previous_run,
	    why_neighbour },
	{ "journal", "H", NULL, "its operations, and taking one back",
	    journal_run, NULL },
	{ "clear", "Esc", NULL, "end the search", clear_run, NULL }, { 0 } };

const struct view_class view_ticket = {
	.name = "ticket",
	.size = sizeof(struct ticket_screen),
	.actions = { actions, ticket_verbs, verbs_ticket },
	.open = ticket_open,
	.load = ticket_load,
	.draw = ticket_draw,
	.move = ticket_move,
	.click = ticket_click,
	.find = ticket_find,
	.status = ticket_status,
	.targets = ticket_targets,
	.release = ticket_close,
};
