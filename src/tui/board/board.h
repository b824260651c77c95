/*
 * The board's state and what its files share: view_board.c (moving),
 * board_act.c (what else keys do), board_load.c (lanes and pages),
 * board_place.c (what is on the screen), board_draw.c.
 */
#ifndef NOTES_TUI_BOARD_H
#define NOTES_TUI_BOARD_H

#include "app/ticket.h"
#include "tui/list/list.h"
#include "model/workflow.h"
#include "tui/ui.h"

#define BOARD_CARD 3 /* rows of a card */
#define BOARD_LANES_MAX 200

/* What swimlanes are made of. */
enum board_by { BY_NONE, BY_ASSIGNEE, BY_TYPE, BY_PRIORITY, BY_PARENT, BY_N };

extern const char *const board_by_names[BY_N];

struct column {
	struct list list;
	int64_t count; /* of what matches; UI_COUNT_CAP + 1: more */
};

/* One row of columns.  Without swimlanes there is one, without a title. */
struct lane {
	char *value; /* "" is none */
	char *title;
	struct column column[STATUS_MAX];
	size_t extra; /* rows of cards beyond board_cards(), if there is room */
	bool fetched; /* once */
	bool fresh;   /* since the last change */
};

struct board_view {
	struct view base;
	enum board_by by, shown_by;
	struct lane *lane; /* owned, n_lanes of them, at least one */
	size_t n_lanes, cap_lanes;
	size_t at, top;   /* lane that is selected, first on the screen */
	size_t n;         /* columns */
	size_t sel, left; /* column: selected, first on the screen */
	int64_t all[STATUS_MAX]; /* of what matches, in all lanes */
	/* By column: the limit (0: none), and what stands there in all. */
	int64_t wip[STATUS_MAX], held[STATUS_MAX];
	char *filter; /* of what is loaded */
	char *follow; /* key to select after loading, or NULL */
};

/* The selected lane's selected column. */
struct column *board_column(const struct board_view *v);
const struct ticket *board_card(const struct board_view *v);

/* Rows above the cards: title, rule, names of columns, as there is room. */
int board_head(const struct board_view *v);
/* How many columns a width shows; rows of cards in a lane, at most. */
size_t board_columns(const struct board_view *v, int cols);
size_t board_cards(const struct board_view *v, const struct lane *l);
/* Rows of a lane on the screen, its heading included; 0: nothing is in it. */
int board_lane_rows(const struct board_view *v, const struct lane *l);
bool board_lane_empty(const struct board_view *v, const struct lane *l);
/* Brings the selection onto the screen. */
void board_settle(struct board_view *v);

enum rc board_load(struct ui *ui, struct view *base, struct err *err);
/* One lane that is on the screen and not fresh; false when there is none. */
bool board_work(struct ui *ui, struct view *base);
/* Fetches the lane unless it is fresh. */
enum rc board_fetch(struct ui *ui, struct board_view *v, struct lane *l,
    struct err *err);
void board_release(struct view *base);
/* Goes to the next lane that has a card, or is not known to have none; false
 * when there is none that way. */
bool board_next_lane(struct ui *ui, struct board_view *v, int step);

extern const struct action board_actions[];

void board_draw(const struct ui *ui, const struct view *base,
    const struct area *a);
/* "in-progress 3/3 (WIP limit)", for the column that is selected. */
void board_say_limit(const struct ui *ui, const struct board_view *v,
    struct buf *out);

#endif
