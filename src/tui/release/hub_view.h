/*
 * The release hub's state (view_hub.c), its drawing (view_hub_draw.c and
 * view_hub_pace.c) and its actions (view_hub_act.c).
 */
#ifndef NOTES_TUI_HUB_VIEW_H
#define NOTES_TUI_HUB_VIEW_H

#include "app/hub.h"
#include "tui/list/list_view.h"
#include "tui/ui.h"

/* What stands below the counters; the order is that of "w". */
enum hub_show {
	HUB_ALL,
	HUB_WARNINGS,
	HUB_DONE,
	HUB_DOING,
	HUB_TODO,
	HUB_BURNUP,
	HUB_SHOW_N
};

struct hub_view {
	struct view base;
	char *version;
	struct hub hub;
	bool loaded;
	int64_t seen; /* app_data_version() of what hub holds */
	char *wrong; /* why history could not be read, or NULL */
	enum hub_show show;
	/* Of hub.tickets: what is known of their commits, or NULL. */
	struct hub_commits {
		bool known;
		struct hub_development d;
	} *development;
	size_t *shown; /* of hub.tickets, n of them */
	size_t n;
	/* One selection goes through the warnings and then the tickets. */
	size_t sel;
	size_t warnings_top, top;
};

/* Rows of the parts, from 0, for the view's room. */
struct hub_layout {
	bool compact; /* without blank rows and rules */
	bool tiny;    /* and without dates, progress and heads */
	int warnings_y, warnings;
	int tickets_y, tickets; /* the first one is at tickets_y + heads */
	int heads;              /* rows of the tickets' header, 0 or 1 */
};

struct hub_layout hub_view_layout(const struct hub_view *v);
/* Warnings that the selection can go to. */
size_t hub_view_warnings(const struct hub_view *v);
/* What is selected; one of both is NULL, or both are. */
const struct hub_warning *hub_view_warning(const struct hub_view *v);
const struct ticket *hub_view_ticket(const struct hub_view *v);
/* The ticket that is selected, or that the selected warning is about. */
bool hub_view_key(const struct hub_view *v, struct ticket_key *out);
/* What is known of commits goes; before hub.tickets do. */
void hub_view_forget(struct hub_view *v);
/* Picks the tickets to show; keeps the selection on the screen. */
void hub_view_choose(struct hub_view *v);
void hub_view_settle(struct hub_view *v);
/* Columns of the pane with burn-up and forecast, on wide screens; else 0. */
int hub_view_pane(int cols);
/* Forecast and burn-up from row y on; in the pane; the forecast as a line. */
void hub_draw_pace(const struct ui *ui, const struct hub *h,
    const struct area *a, int y);
void hub_draw_pane(const struct ui *ui, const struct hub_view *v,
    const struct area *a, int width);
void hub_draw_forecast(const struct ui *ui, const struct hub *h,
    const struct area *a, int y);
/* What the actions share: mending (view_hub_fix.c), a commit, a state. */
void hub_view_fix(struct ui *ui, struct view *base, const char *arg);
const char *hub_view_why_fix(const struct ui *ui, const struct view *base);
void hub_view_open(struct ui *ui, struct view *base, const char *arg);
void hub_view_diff(struct ui *ui, struct view *base, const char *arg);
void hub_view_state(struct ui *ui, struct view *base, const char *arg);
extern const struct action hub_view_actions[];
void hub_view_draw(const struct ui *ui, const struct view *base,
    const struct area *a);

#endif
