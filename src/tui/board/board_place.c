/* What of the board is on the screen, and where. */
#include "board.h"

#define COLUMN_MIN 18
#define LANE_CARDS 3 /* at most, where there are several lanes */

struct column *
board_column(const struct board_view *v)
{
	return &v->lane[v->at].column[v->sel];
}

const struct ticket *
board_card(const struct board_view *v)
{
	return v->n_lanes == 0 ? NULL : list_selected(&board_column(v)->list);
}

int
board_head(const struct board_view *v)
{
	if (v->base.rows >= 6)
		return 3;
	return v->base.rows > 3 || v->shown_by == BY_NONE ? 2 : 1;
}

size_t
board_cards(const struct board_view *v, const struct lane *l)
{
	int rows = v->base.rows - board_head(v), n = rows / BOARD_CARD;

	if (v->shown_by != BY_NONE) {
		n = (rows / 2 - 1) / BOARD_CARD;
		n = n > LANE_CARDS ? LANE_CARDS : n;
	}
	return (n < 1 ? 1 : (size_t)n) + l->extra;
}

size_t
board_columns(const struct board_view *v, int cols)
{
	size_t n = (size_t)cols / COLUMN_MIN;

	n = n == 0 ? 1 : n;
	return n < v->n ? n : v->n;
}

bool
board_lane_empty(const struct board_view *v, const struct lane *l)
{
	if (!l->fetched || v->shown_by == BY_NONE)
		return false;
	for (size_t i = 0; i < v->n; i++)
		if (l->column[i].list.n > 0)
			return false;
	return true;
}

/* Cards of the lane's longest column. */
static size_t
longest(const struct board_view *v, const struct lane *l)
{
	size_t most = 1;

	for (size_t i = 0; i < v->n; i++)
		if (l->column[i].list.n > most)
			most = l->column[i].list.n;
	return most;
}

int
board_lane_rows(const struct board_view *v, const struct lane *l)
{
	size_t most, cards = board_cards(v, l);

	if (v->shown_by == BY_NONE)
		return v->base.rows - board_head(v);
	if (board_lane_empty(v, l))
		return 0;
	most = longest(v, l);
	return 1 + (int)(most < cards ? most : cards) * BOARD_CARD;
}

/* Rows from the first lane on the screen to the end of the one selected. */
static int
rows_to_selected(const struct board_view *v)
{
	int rows = 0;

	for (size_t i = v->top; i <= v->at; i++)
		rows += board_lane_rows(v, &v->lane[i]);
	return rows;
}

/* Lanes without a card are not stood in. */
static void
leave_empty(struct board_view *v)
{
	size_t at = v->at;

	while (at < v->n_lanes && board_lane_empty(v, &v->lane[at]))
		at++;
	if (at == v->n_lanes)
		for (at = v->at; at > 0 && board_lane_empty(v, &v->lane[at]);)
			at--;
	v->at = at;
}

/* A card more to each lane that has one, as long as there are rows. */
static void
share(struct board_view *v)
{
	int spare = v->base.rows - board_head(v);
	bool given = v->shown_by != BY_NONE;

	for (size_t i = v->top; i < v->n_lanes; i++)
		spare -= board_lane_rows(v, &v->lane[i]);
	while (given) {
		given = false;
		for (size_t i = v->top; i < v->n_lanes; i++) {
			struct lane *l = &v->lane[i];

			if (spare < BOARD_CARD || board_lane_empty(v, l) ||
			    longest(v, l) <= board_cards(v, l))
				continue;
			l->extra++;
			spare -= BOARD_CARD;
			given = true;
		}
	}
	for (size_t i = 0; i < v->n_lanes; i++)
		for (size_t k = 0; k < v->n && v->lane[i].fetched; k++)
			list_set_rows(&v->lane[i].column[k].list,
			    board_cards(v, &v->lane[i]));
}

void
board_settle(struct board_view *v)
{
	size_t shown = board_columns(v, v->base.cols);

	if (v->sel >= v->n)
		v->sel = v->n - 1;
	if (v->sel < v->left)
		v->left = v->sel;
	if (v->sel >= v->left + shown)
		v->left = v->sel - shown + 1;
	if (v->left + shown > v->n)
		v->left = v->n - shown;
	if (v->at >= v->n_lanes)
		v->at = v->n_lanes - 1;
	leave_empty(v);
	for (size_t i = 0; i < v->n_lanes; i++)
		v->lane[i].extra = 0;
	if (v->top > v->at)
		v->top = v->at;
	while (v->top < v->at &&
	    rows_to_selected(v) > v->base.rows - board_head(v))
		v->top++;
	share(v);
}
