/*
 * Help is a palette: every action of every screen, those of the screen below
 * first, with its keys; typing narrows, Enter runs, at its own screen.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "help_rank.h"
#include "help_rebind.h"
#include "help_signs.h"
#include "screens.h"
#include "tui/keys/keys.h"

/* Rows above the actions: title, what is typed, rule; where there is no room,
 * only what is typed. */
static int
head_rows(int rows)
{
	return rows < 5 ? 1 : 3;
}

struct help_item {
	const struct action *action;    /* NULL: a heading */
	const struct view_class *class; /* whose it is; NULL: everywhere */
	const char *heading;            /* or how the keys were changed */
	/* whose it is; NULL: of the screen below, or of all */
	const struct screen_entry *screen;
	int rank, group_rank; /* how well it fits, and the best of its group */
	size_t group, at;     /* places before they were ranked */
};

struct help_view {
	struct view base;
	struct prompt typed;
	struct help_item *items;
	size_t n, cap, sel, top, found;
	struct strv changed;         /* "s -> S (.notesconfig:12)" */
	const struct action *rebind; /* whose key comes next, or NULL */
	/* the key that it would take from another, if it comes once more */
	struct key taking;
};

static struct help_view *
self(struct view *v)
{
	return (struct help_view *)v;
}

static void
push(struct help_view *v, const struct action *a,
    const struct view_class *class, const char *heading,
    const struct screen_entry *screen)
{
	v->items = mem_grow(v->items, &v->cap, v->n + 1, sizeof(*v->items));
	v->items[v->n++] = (struct help_item){ .action = a,
		.class = class,
		.heading = heading,
		.screen = screen };
}

/* Tables that several screens share are shown once. */
static bool
is_listed(const struct help_view *v, const struct action *a)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->items[i].action == a && v->items[i].heading == NULL)
			return true;
	return false;
}

static void
add_tables(const struct ui *ui, struct help_view *v,
    const struct view_class *class, const char *title,
    const struct screen_entry *screen, const char *folded)
{
	const size_t mark = v->n;

	push(v, NULL, NULL, title, NULL);
	for (size_t i = 0; i < (class == NULL ? 1 : VIEW_TABLES); i++) {
		const struct action *a = class == NULL ? actions_global
						       : class->actions[i];

		for (; a != NULL && a->name != NULL; a++) {
			int rank = help_rank(ui, class, a, title, folded);

			if (rank < 0 || is_listed(v, a))
				continue;
			push(v, a, class, NULL, screen);
			v->items[v->n - 1].rank = rank;
			v->found++;
		}
	}
	if (v->n == mark + 1)
		v->n = mark;
}

static int
by_rank(const void *left, const void *right)
{
	const struct help_item *a = left, *b = right;

	if (a->group_rank != b->group_rank)
		return a->group_rank - b->group_rank;
	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	if (a->rank != b->rank)
		return a->rank - b->rank;
	return a->at < b->at ? -1 : 1;
}

/* What fits best first; headings stay with what is theirs. */
static void
rank(struct help_view *v)
{
	for (size_t i = 0, n; i < v->n; i += n) {
		int best = HELP_RANK_WORST;

		for (n = 1; i + n < v->n && v->items[i + n].action != NULL; n++)
			if (v->items[i + n].rank < best)
				best = v->items[i + n].rank;
		v->items[i].rank = -1;
		for (size_t k = i; k < i + n; k++) {
			v->items[k].group_rank = best;
			v->items[k].group = i;
			v->items[k].at = k;
		}
	}
	if (v->n > 0)
		qsort(v->items, v->n, sizeof(*v->items), by_rank);
}

static void
step(struct help_view *v, int by)
{
	size_t i = v->sel;

	do {
		if ((by < 0 && i == 0) || (by > 0 && i + 1 >= v->n))
			return;
		i = by < 0 ? i - 1 : i + 1;
	} while (v->items[i].action == NULL);
	v->sel = i;
}

static void
settle(struct help_view *v)
{
	size_t rows = (size_t)(v->base.rows - head_rows(v->base.rows));

	if (v->sel >= v->top + rows)
		v->top = v->sel - rows + 1;
	if (v->sel < v->top)
		v->top = v->sel;
	/* The heading belongs to its first line. */
	if (v->top > 0 && v->top == v->sel &&
	    v->items[v->top - 1].action == NULL)
		v->top--;
}

static void
keys_or_none(struct buf *out, const char *keys)
{
	buf_puts(out, *keys == '\0' ? "no key" : keys);
}

/* A line between actions, which the view keeps. */
static void
push_line(struct help_view *v, char *line)
{
	strv_take(&v->changed, line);
	push(v, NULL, NULL, line, NULL);
}

/* What of configuration has no effect, and why. */
static void
add_failed(const struct ui *ui, struct help_view *v)
{
	const struct strv *failed = &ui->keymap.failed;

	if (failed->n > 0)
		push(v, NULL, NULL, "Not as you wanted", NULL);
	for (size_t i = 0; i < failed->n; i++)
		push_line(v, mem_printf("  %s", failed->v[i]));
}

/* What configuration changed on this screen: "s -> S (.notesconfig:12)". */
static void
add_changed(const struct ui *ui, struct help_view *v,
    const struct view_class *class)
{
	strv_release(&v->changed);
	for (size_t i = 0; i < ui->keymap.n; i++) {
		const struct keymap_entry *e = &ui->keymap.v[i];
		struct buf text = BUF_INIT;

		if (e->where == NULL ||
		    (e->class != NULL && e->class != class) ||
		    strcmp(e->action->keys, buf_str(&e->keys)) == 0)
			continue;
		keys_or_none(&text, e->action->keys);
		buf_puts(&text, " -> ");
		keys_or_none(&text, buf_str(&e->keys));
		buf_printf(&text, " (%s)", e->where);
		strv_take(&v->changed, buf_detach(&text));
		if (v->changed.n == 1)
			push(v, NULL, NULL, "Changed by you", NULL);
		push(v, e->action, e->class, v->changed.v[v->changed.n - 1],
		    NULL);
	}
}

static void
add_signs(struct help_view *v)
{
	struct strv lines = STRV_INIT;

	push(v, NULL, NULL, "Signs of priorities and types", NULL);
	help_signs(v->base.cols > 2 ? (size_t)v->base.cols - 2 : 1, &lines);
	for (size_t i = 0; i < lines.n; i++)
		push_line(v, mem_strdup(lines.v[i]));
	strv_release(&lines);
}

static enum rc
help_load(struct ui *ui, struct view *base, struct err *err)
{
	struct help_view *v = self(base);
	const struct view *below = ui_below(ui);
	struct buf fold = BUF_INIT;

	(void)err;
	utf8_fold(&fold, prompt_text(&v->typed), v->typed.text.len);
	v->n = v->found = v->sel = v->top = 0;
	if (v->typed.text.len == 0)
		add_changed(ui, v, below->class);
	if (v->typed.text.len == 0)
		add_failed(ui, v);
	add_tables(ui, v, below->class, "This screen", NULL, buf_str(&fold));
	if (v->typed.text.len == 0 && help_has_signs(below->class))
		add_signs(v);
	add_tables(ui, v, NULL, "Everywhere", NULL, buf_str(&fold));
	for (size_t i = 0; ui->app != NULL && screen_entries[i].class != NULL;
	     i++)
		if (screen_entries[i].class != below->class)
			add_tables(ui, v, screen_entries[i].class,
			    screen_entries[i].title, &screen_entries[i],
			    buf_str(&fold));
	if (v->typed.text.len > 0)
		rank(v);
	if (v->n > 0)
		step(v, 1);
	settle(v);
	buf_release(&fold);
	return RC_OK;
}

static enum rc
help_open(struct ui *ui, struct view *base, const void *arg, struct err *err)
{
	(void)ui;
	(void)arg;
	(void)err;
	prompt_init(&self(base)->typed, "> ", "", NULL);
	return RC_OK;
}

static void
help_close(struct view *base)
{
	struct help_view *v = self(base);

	prompt_release(&v->typed);
	strv_release(&v->changed);
	free(v->items);
}

/* What a row is about: what the action does, or how its keys were changed. */
static const char *
about(const struct help_item *item)
{
	return item->heading != NULL ? item->heading : item->action->help;
}

/* Why it can't act where the help was opened; those of other screens say so
 * when one is there. */
static const char *
why_not(const struct ui *ui, const struct help_item *item)
{
	const struct action *e = item->action;

	return e == NULL || e->why == NULL || item->screen != NULL
	    ? NULL
	    : e->why(ui, ui_below(ui));
}

static void
draw_item(const struct ui *ui, const struct help_view *v, size_t i,
    const struct area *a, int y)
{
	const struct action *e = v->items[i].action;
	const char *why;
	int keys = a->cols >= 60 ? 16 : 10, x = 1;

	if (e == NULL) {
		area_text(a, y, x, a->cols - x, v->items[i].heading,
		    ROLE_HEADING);
		return;
	}
	why = why_not(ui, &v->items[i]);
	area_text(a, y, 0, 1, i == v->sel ? ">" : " ", ROLE_KEY);
	area_text(a, y, 2, keys - 1,
	    keymap_keys(&ui->keymap,
		v->items[i].class != NULL ? v->items[i].class
					  : ui_below(ui)->class,
		e),
	    why == NULL ? ROLE_KEY : ROLE_DIM);
	x = 2 + keys;
	if (a->cols >= 60) {
		area_text(a, y, x, 15, e->name, ROLE_DIM);
		x += 16;
	}
	x += area_text(a, y, x, a->cols - x, about(&v->items[i]),
	    why == NULL ? ROLE_TEXT : ROLE_DIM);
	if (why != NULL)
		area_printf(a, y, x + 1, a->cols - x - 1, ROLE_DIM,
		    "- not now: %s", why);
	if (i == v->sel)
		area_flag(a, y, 0, a->cols, CELL_SELECTED);
}

static void
help_draw(const struct ui *ui, const struct view *base, const struct area *a)
{
	const struct help_view *v = (const struct help_view *)base;

	const int head = head_rows(a->rows);

	if (head > 1) {
		ui_title(ui, a,
		    "Help: type to search keys and actions, Enter runs", "?");
		area_fill(a, head - 1, 0, a->cols, '-', ROLE_RULE);
	}
	prompt_draw(&v->typed, a, head > 1);
	for (int y = head; y < a->rows; y++) {
		size_t i = v->top + (size_t)(y - head);

		if (i >= v->n)
			break;
		draw_item(ui, v, i, a, y);
	}
	if (v->n == 0)
		area_text(a, head, 2, a->cols - 2, "nothing found", ROLE_DIM);
}

static void
help_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct help_view *v = (const struct help_view *)base;
	const char *why = v->sel < v->n ? why_not(ui, &v->items[v->sel]) : NULL;

	if (v->rebind != NULL)
		buf_printf(out,
		    "press the new key of \"%s\"   Delete as it was built, "
		    "Esc leaves it",
		    v->rebind->name);
	else if (why != NULL) /* its row may have cut that */
		buf_printf(out, "%s, not now: %s",
		    v->items[v->sel].action->name, why);
	else
		buf_printf(out, "%zu action%s", v->found,
		    v->found == 1 ? "" : "s");
}

static void
help_move(struct ui *ui, struct view *base, enum motion m)
{
	struct help_view *v = self(base);
	int rows = base->rows - head_rows(base->rows);
	int by = m == MOVE_UP || m == MOVE_PAGE_UP ? -1 : 1;

	(void)ui;
	if (m == MOVE_UP || m == MOVE_DOWN)
		rows = 1;
	while (rows-- > 0)
		step(v, by);
	settle(v);
}

static void
help_click(struct ui *ui, struct view *base, int y, int x)
{
	struct help_view *v = self(base);
	const int head = head_rows(base->rows);
	size_t i = v->top + (size_t)(y - head);

	(void)ui;
	(void)x;
	if (y >= head && i < v->n && v->items[i].action != NULL)
		v->sel = i;
}

/* Says the key, so that the next time it is enough. */
static void
teach(struct ui *ui, const char *key, const struct screen_entry *screen)
{
	char *text;

	if (key[0] == '\0' || ui->quit || ui->tone == UI_ERROR)
		return;
	text = mem_printf("%s%skey: %s%s%s%s",
	    ui->message == NULL ? "" : ui->message,
	    ui->message == NULL ? "" : "   (", key,
	    screen == NULL ? "" : ", screen: ",
	    screen == NULL ? "" : screen->title,
	    ui->message == NULL ? "" : ")");
	if (ui->message != NULL && ui->tone == UI_WARNING)
		ui_warn(ui, "%s", text);
	else
		ui_say(ui, "%s", text);
	free(text);
}

static void
run_selected(struct ui *ui, struct help_view *v)
{
	const struct screen_entry *screen;
	const struct action *a;
	char key[KEY_NAME_MAX];

	if (v->n == 0)
		return;
	a = v->items[v->sel].action;
	screen = v->items[v->sel].screen;
	ui_pop(ui);
	ui->tone = UI_INFO;
	if (screen != NULL) {
		if (!screen->reach(ui))
			return;
		/* The action is for what is there. */
		ui_load(ui);
	}
	keys_first(ui, ui_top(ui), a, key);
	ui_run(ui, a, NULL);
	teach(ui, key, screen);
}

static void
rebind_begin(struct ui *ui, struct help_view *v)
{
	if (v->n == 0 || v->items[v->sel].action == NULL)
		return;
	if (ui->app == NULL || !help_can_rebind(v->items[v->sel].class))
		ui_warn(ui, "the keys of this screen are fixed");
	else
		v->rebind = v->items[v->sel].action;
	v->taking = (struct key){ 0 };
}

static void
rebind_key(struct ui *ui, struct help_view *v, const struct key *k)
{
	const struct help_item *item = &v->items[v->sel];
	const bool again = k->code == v->taking.code &&
	    k->mods == v->taking.mods;

	/* Nobody loses a key unasked. */
	if (k->code != TK_ESC && !again &&
	    help_is_taken(ui, item->class, item->action, k)) {
		v->taking = *k;
		return;
	}
	v->rebind = NULL;
	if (k->code != TK_ESC)
		help_rebind(ui, item->class, item->action, k);
	v->base.stale = true;
}

/* Everything printable is for the search; only these are keys. */
static bool
help_key(struct ui *ui, struct view *base, const struct key *k)
{
	static const struct {
		uint32_t code;
		enum motion motion;
	} moves[] = { { TK_UP, MOVE_UP }, { TK_DOWN, MOVE_DOWN },
		{ TK_PGUP, MOVE_PAGE_UP }, { TK_PGDN, MOVE_PAGE_DOWN } };
	struct help_view *v = self(base);

	if (v->rebind != NULL) {
		rebind_key(ui, v, k);
		return true;
	}
	if ((k->mods & MOD_CTRL) != 0 && k->code == 'e') {
		rebind_begin(ui, v);
		return true;
	}
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		if (moves[i].code != k->code)
			continue;
		help_move(ui, base, moves[i].motion);
		return true;
	}
	if (k->code == TK_ENTER) {
		run_selected(ui, v);
		return true;
	}
	if (k->code == TK_ESC || (k->code == TK_F1) ||
	    ((k->mods & MOD_CTRL) != 0 && k->code == 'c')) {
		ui_pop(ui);
		return true;
	}
	if ((k->mods & MOD_CTRL) != 0 && strchr("zl", (int)k->code) != NULL)
		return false;
	if (prompt_key(&v->typed, k) == PROMPT_CHANGED)
		base->stale = true;
	return true;
}

static void
help_paste(struct ui *ui, struct view *base, const char *text, size_t len)
{
	(void)ui;
	prompt_insert(&self(base)->typed, text, len);
	base->stale = true;
}

static void
nothing(struct ui *ui, struct view *base, const char *arg)
{
	(void)ui;
	(void)base;
	(void)arg;
}

/* For the key bar; help_key() takes them. */
static const struct action actions[] = { { "run", "Enter", "run",
					     "run the action", nothing, NULL },
	{ "select", "Up", "select", "go through the actions", nothing, NULL },
	{ "rebind", "Ctrl-E", "rebind", "give the action another key", nothing,
	    NULL },
	{ "close", "Esc", "close", "close", nothing, NULL }, { 0 } };

const struct view_class view_help = {
	.name = "help",
	.size = sizeof(struct help_view),
	.typing = true,
	.actions = { actions },
	.open = help_open,
	.load = help_load,
	.draw = help_draw,
	.key = help_key,
	.paste = help_paste,
	.move = help_move,
	.click = help_click,
	.status = help_status,
	.release = help_close,
};
