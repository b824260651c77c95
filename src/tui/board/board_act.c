/* What can be done on the board. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "board.h"
#include "tui/keys/keys.h"
#include "model/filter.h"
#include "tui/filter_complete.h"
#include "tui/saved.h"
#include "tui/verbs/verbs.h"

static struct board_view *
self(struct view *v)
{
	return (struct board_view *)v;
}

static const struct ticket *
card_of(const struct view *v)
{
	return board_card((const struct board_view *)v);
}

static const char *
why_card(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return card_of(base) == NULL ? "no card here" : NULL;
}

static const char *
why_carry(const struct ui *ui, const struct view *base)
{
	const char *why = why_card(ui, base);

	if (why == NULL && app_is_readonly(ui->app))
		why = "the tracker is read-only";
	return why;
}

static void
open_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	ui_push(ui, &view_ticket, &card_of(base)->key);
}

static void
go(struct board_view *v, int by)
{
	if (by < 0 && v->sel > 0)
		v->sel--;
	if (by > 0 && v->sel + 1 < v->n)
		v->sel++;
	board_settle(v);
}

static void
left_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)ui;
	(void)arg;
	go(self(base), -1);
}

static void
right_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)ui;
	(void)arg;
	go(self(base), 1);
}

/* Beyond a limit it goes all the same, and somebody is told. */
static void
warn_limit(struct ui *ui, const struct board_view *v, size_t to,
    const char *key)
{
	char undo[KEYS_TELL_MAX];

	if (v->wip[to] <= 0 || v->held[to] < v->wip[to])
		return;
	keys_tell(ui, &v->base, "undo", undo);
	ui_warn(ui, "%s: %s %lld/%lld, over the WIP limit   (%s takes it back)",
	    key, app_workflow(ui->app)->status[to].name,
	    (long long)v->held[to] + 1, (long long)v->wip[to], undo);
}

static void
carry(struct ui *ui, struct board_view *v, int by)
{
	const struct workflow *wf = app_workflow(ui->app);
	size_t to = by < 0 ? v->sel - 1 : v->sel + 1;
	char key[TICKET_KEY_MAX];

	if ((by < 0 && v->sel == 0) || to >= v->n) {
		ui_warn(ui, "no column further that way");
		return;
	}
	ticket_key_format(&board_card(v)->key, key);
	mem_replace(&v->follow, key);
	verbs_status(ui, &v->base, wf->status[to].name);
	if (ui->tone == UI_INFO)
		warn_limit(ui, v, to, key);
}

static void
carry_left_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	carry(ui, self(base), -1);
}

static void
carry_right_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	carry(ui, self(base), 1);
}

/* One place up or down, in the column's own order. */
static void
rank(struct ui *ui, struct board_view *v, int by)
{
	const struct list *l = &board_column(v)->list;
	size_t to = by < 0 ? l->sel - 1 : l->sel + 1;
	char key[TICKET_KEY_MAX], other[TICKET_KEY_MAX];
	struct err err = ERR_INIT;

	if ((by < 0 && l->sel == 0) || to >= l->n) {
		ui_warn(ui,
		    by < 0 ? "it is the first one" : "it is the last one");
		return;
	}
	ticket_key_format(&l->v[l->sel].key, key);
	ticket_key_format(&l->v[to].key, other);
	mem_replace(&v->follow, key);
	if (app_ticket_rank(ui->app, &l->v[l->sel].key,
		by < 0 ? RANK_BEFORE : RANK_AFTER, &l->v[to].key,
		&err) == RC_OK)
		ui_did(ui, "%s: %s %s", key, by < 0 ? "before" : "after",
		    other);
	else
		ui_fail(ui, &err);
	ui_stale(ui);
}

static void
rank_up_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	rank(ui, self(base), -1);
}

static void
rank_down_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	rank(ui, self(base), 1);
}

static void
set_lanes(struct ui *ui, struct view *base, const char *name)
{
	for (int by = 0; by < BY_N; by++) {
		if (strcmp(board_by_names[by], name) != 0)
			continue;
		self(base)->by = (enum board_by)by;
		base->stale = true;
		return;
	}
	ui_warn(ui,
	    "no swimlanes by %s (none, assignee, type, priority, "
	    "parent)",
	    name);
}

static void
lanes_run(struct ui *ui, struct view *base, const char *arg)
{
	struct strv items = STRV_INIT;
	const struct ui_menu menu = { .title = "swimlanes by",
		.items = &items,
		.current = board_by_names[self(base)->by],
		.chosen = set_lanes };

	if (arg != NULL) {
		set_lanes(ui, base, arg);
		return;
	}
	for (int by = 0; by < BY_N; by++)
		strv_push(&items, board_by_names[by]);
	ui_menu(ui, &menu);
	strv_release(&items);
}

static const char *
why_lane(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return ((const struct board_view *)base)->shown_by == BY_NONE
	    ? "no swimlanes (z makes some)"
	    : NULL;
}

static void
lane_run(struct ui *ui, struct view *base, int step)
{
	struct board_view *v = self(base);

	if (!board_next_lane(ui, v, step))
		ui_warn(ui, "no swimlane further that way");
	board_settle(v);
	base->more = true;
}

static void
lane_next_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	lane_run(ui, base, 1);
}

static void
lane_previous_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	lane_run(ui, base, -1);
}

static void
filter_done(struct ui *ui, struct view *base, const char *text)
{
	struct filter *f = NULL;
	struct err err = ERR_INIT;
	char *whole = filter_finish(ui, text);

	(void)base;
	if (whole == NULL)
		return;
	if (app_filter(ui->app, whole, false, &f, &err) == RC_OK) {
		mem_replace(&ui->filter, whole);
		ui_stale(ui);
	} else {
		ui_fail(ui, &err);
	}
	filter_free(f);
	free(whole);
}

static void
filter_run(struct ui *ui, struct view *base, const char *arg)
{
	const struct ui_ask ask = { .label = "filter: ",
		.text = ui->filter,
		.history = HISTORY_FILTER,
		.done = filter_done,
		.complete = filter_complete };

	if (arg != NULL)
		filter_done(ui, base, arg);
	else
		ui_ask(ui, &ask);
}

/* Esc never leaves; it takes the filter away. */
static void
clear_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	mem_replace(&ui->filter, "");
	base->stale = true;
}

const struct action board_actions[] = {
	{ "open", "Enter", "open", "open the ticket", open_run, why_card },
	{ "column-left", "h Left", "column", "the column at the left", left_run,
	    NULL },
	{ "column-right", "l Right", NULL, "the column at the right", right_run,
	    NULL },
	{ "move-left", "H", NULL, "move the card to the left", carry_left_run,
	    why_carry },
	{ "move-right", "L", "move", "move the card to the right",
	    carry_right_run, why_carry },
	{ "rank-up", "K", NULL, "put the card one place up", rank_up_run,
	    why_carry },
	{ "rank-down", "J", "rank", "put the card one place down",
	    rank_down_run, why_carry },
	{ "swimlane", "z", "lanes",
	    "swimlanes by assignee, type, priority or parent", lanes_run,
	    NULL },
	{ "lane-next", "Tab", NULL, "the next swimlane", lane_next_run,
	    why_lane },
	{ "lane-previous", "S-Tab", NULL, "the swimlane before",
	    lane_previous_run, why_lane },
	{ "filter", "f", "filter", "show only what matches", filter_run, NULL },
	{ "saved", "F", NULL, "saved filters: pick, save, forget one",
	    saved_pick_run, NULL },
	{ "save-filter", "", NULL, "save the filter under a name",
	    saved_save_run, saved_why_save },
	{ "forget-filter", "", NULL, "forget a saved filter", saved_forget_run,
	    saved_why_forget },
	{ "clear", "Esc", NULL, "take the filter away", clear_run, NULL }, { 0 }
};
