#include "list.h"

#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "base/mem.h"
#include "model/filter.h"

#define PAGE_MIN   64
#define PAGES_KEPT 6

static size_t
page(const struct list *l)
{
	if (l->brief)
		return l->rows;
	return l->rows * 2 > PAGE_MIN ? l->rows * 2 : PAGE_MIN;
}

static void
drop(struct list *l, size_t from, size_t count)
{
	for (size_t i = from; i < from + count; i++)
		ticket_release(&l->v[i]);
	memmove(l->v + from, l->v + from + count,
	    (l->n - from - count) * sizeof(*l->v));
	l->n -= count;
}

static void
clear(struct list *l)
{
	for (size_t i = 0; i < l->n; i++)
		ticket_release(&l->v[i]);
	l->fetched++;
	l->n = l->top = l->sel = 0;
	l->before = l->after = false;
	l->base = 0;
}

void
list_release(struct list *l)
{
	clear(l);
	free(l->v);
	filter_free(l->filter);
	*l = (struct list){ 0 };
}

void
list_set_filter(struct list *l, struct filter *filter)
{
	clear(l);
	filter_free(l->filter);
	l->filter = filter;
}

/* Keeps the selection on the screen, and the screen full. */
static void
settle(struct list *l)
{
	size_t rows = l->rows == 0 ? 1 : l->rows;

	if (l->n == 0) {
		l->top = l->sel = 0;
		return;
	}
	if (l->sel >= l->n)
		l->sel = l->n - 1;
	if (l->sel < l->top)
		l->top = l->sel;
	if (l->sel >= l->top + rows)
		l->top = l->sel - rows + 1;
	if (l->top + rows > l->n)
		l->top = l->n > rows ? l->n - rows : 0;
}

void
list_set_rows(struct list *l, size_t rows)
{
	l->rows = rows == 0 ? 1 : rows;
	settle(l);
}

static enum rc
fetch(const struct list *l, struct app *a, int64_t after, bool backwards,
    bool from, struct ticket_list *out, struct err *err)
{
	const struct ticket_query q = { .filter = l->filter,
		.sort = l->sort,
		.limit = page(l),
		.after = after,
		.backwards = backwards,
		.from = from,
		.detail = TICKET_ROW };

	return app_ticket_page(a, &q, out, err);
}

/* Moves the rows of got into the window at place at; got is empty then. */
static void
insert(struct list *l, size_t at, struct ticket_list *got)
{
	if (got->n > 0) {
		l->v = mem_grow(l->v, &l->cap, l->n + got->n, sizeof(*l->v));
		memmove(l->v + at + got->n, l->v + at,
		    (l->n - at) * sizeof(*l->v));
		memcpy(l->v + at, got->v, got->n * sizeof(*l->v));
		l->n += got->n;
	}
	got->n = 0;
	ticket_list_release(got);
}

static enum rc
more_after(struct list *l, struct app *a, struct err *err)
{
	struct ticket_list got = { 0 };
	size_t keep = page(l) * PAGES_KEPT, extra;
	enum rc rc;

	rc = fetch(l, a, l->v[l->n - 1].id, false, false, &got, err);
	if (rc != RC_OK)
		return rc;
	l->after = got.more;
	insert(l, l->n, &got);
	if (l->n <= keep)
		return RC_OK;
	extra = l->n - keep;
	if (extra > l->top)
		extra = l->top;
	drop(l, 0, extra);
	l->top -= extra;
	l->sel -= extra;
	l->before = l->before || extra > 0;
	if (l->base >= 0)
		l->base += (int64_t)extra;
	return RC_OK;
}

static enum rc
more_before(struct list *l, struct app *a, struct err *err)
{
	struct ticket_list got = { 0 };
	size_t keep = page(l) * PAGES_KEPT, n;
	enum rc rc;

	rc = fetch(l, a, l->v[0].id, true, false, &got, err);
	if (rc != RC_OK)
		return rc;
	l->before = got.more;
	n = got.n;
	insert(l, 0, &got);
	l->top += n;
	l->sel += n;
	if (!l->before)
		l->base = 0;
	else if (l->base >= 0)
		l->base -= (int64_t)n;
	if (l->base < 0)
		l->base = l->before ? -1 : 0;
	if (l->n > keep && l->n - keep > 0 && l->sel + l->rows < keep) {
		drop(l, keep, l->n - keep);
		l->after = true;
	}
	return RC_OK;
}

enum rc
list_first(struct list *l, struct app *a, struct err *err)
{
	struct ticket_list got = { 0 };
	enum rc rc = fetch(l, a, 0, false, false, &got, err);

	if (rc != RC_OK)
		return rc;
	clear(l);
	l->after = got.more;
	insert(l, 0, &got);
	return RC_OK;
}

enum rc
list_last(struct list *l, struct app *a, struct err *err)
{
	struct ticket_list got = { 0 };
	enum rc rc;

	if (l->n > 0 && !l->after) {
		l->sel = l->n - 1;
		settle(l);
		return RC_OK;
	}
	rc = fetch(l, a, 0, true, false, &got, err);
	if (rc != RC_OK)
		return rc;
	clear(l);
	l->before = got.more;
	l->base = l->before ? -1 : 0;
	insert(l, 0, &got);
	l->sel = l->n == 0 ? 0 : l->n - 1;
	settle(l);
	return RC_OK;
}

enum rc
list_move(struct list *l, struct app *a, long delta, struct err *err)
{
	size_t want = delta < 0 ? (size_t)-delta : (size_t)delta, step;
	enum rc rc;

	if (l->n == 0)
		return RC_OK;
	while (want > 0) {
		step = delta < 0 ? l->sel : l->n - 1 - l->sel;
		if (step > want)
			step = want;
		l->sel = delta < 0 ? l->sel - step : l->sel + step;
		want -= step;
		settle(l);
		if (delta > 0 && l->after && l->sel + l->rows >= l->n) {
			if ((rc = more_after(l, a, err)) != RC_OK)
				return rc;
		} else if (delta < 0 && l->before && l->sel < l->rows) {
			if ((rc = more_before(l, a, err)) != RC_OK)
				return rc;
		} else if (step == 0) {
			break;
		}
	}
	settle(l);
	return RC_OK;
}

enum rc
list_goto(struct list *l, struct app *a, int64_t id, struct err *err)
{
	struct ticket_list after = { 0 }, before = { 0 };
	size_t row = l->sel - l->top, n;
	enum rc rc;

	if ((rc = fetch(l, a, id, false, true, &after, err)) != RC_OK)
		return rc;
	if ((rc = fetch(l, a, id, true, false, &before, err)) != RC_OK) {
		ticket_list_release(&after);
		return rc;
	}
	clear(l);
	l->after = after.more;
	l->before = before.more;
	l->base = before.more ? -1 : 0;
	n = before.n;
	insert(l, 0, &before);
	insert(l, n, &after);
	l->sel = n;
	l->top = n > row ? n - row : 0;
	settle(l);
	return RC_OK;
}

/* Goes to the row that stands n behind (or before) the ticket, or that stands
 * in place n where id is 0; to an end where that is too far. */
static enum rc
pass(struct list *l, struct app *a, int64_t id, int64_t n, bool backwards,
    struct err *err)
{
	const struct ticket_query q = { .filter = l->filter,
		.sort = l->sort,
		.limit = 1,
		.skip = (size_t)n,
		.after = id,
		.from = id != 0,
		.backwards = backwards,
		.detail = TICKET_ROW };
	int64_t at = id == 0 ? n
	    : l->base < 0    ? -1
			     : l->base + (int64_t)l->sel + (backwards ? -n : n);
	struct ticket_list got = { 0 };
	enum rc rc = app_ticket_page(a, &q, &got, err);

	if (rc == RC_OK && got.n == 0)
		rc = backwards ? list_first(l, a, err) : list_last(l, a, err);
	else if (rc == RC_OK &&
	    (rc = list_goto(l, a, got.v[0].id, err)) == RC_OK && l->base < 0 &&
	    at >= (int64_t)l->sel)
		l->base = at - (int64_t)l->sel;
	ticket_list_release(&got);
	return rc;
}

enum rc
list_jump_by(struct list *l, struct app *a, int64_t delta, struct err *err)
{
	int64_t n = delta < 0 ? -delta : delta;

	if (l->n == 0)
		return RC_OK;
	/* Nearby, pages are read as the selection passes through them. */
	if (n <= (int64_t)page(l))
		return list_move(l, a, (long)delta, err);
	return pass(l, a, l->v[l->sel].id, n, delta < 0, err);
}

enum rc
list_line(struct list *l, struct app *a, int64_t n, struct err *err)
{
	if (l->n == 0)
		return RC_OK;
	if (l->base < 0 || n - 1 < l->base || n - 1 >= l->base + (int64_t)l->n)
		return pass(l, a, 0, n - 1, false, err);
	l->sel = (size_t)(n - 1 - l->base);
	settle(l);
	return list_move(l, a, 0, err);
}

/* The place of a ticket in the window, or l->n. */
static size_t
find(const struct list *l, int64_t id)
{
	size_t i = 0;

	while (i < l->n && l->v[i].id != id)
		i++;
	return i;
}

enum rc
list_refresh(struct list *l, struct app *a, struct err *err)
{
	int64_t id, top_id, base = l->base;
	size_t sel = l->sel, top = l->top, at;
	bool at_start = !l->before && l->sel < page(l);
	enum rc rc;

	if (l->n == 0)
		return list_first(l, a, err);
	id = l->v[sel].id;
	top_id = l->v[top].id;
	if (at_start) {
		rc = list_first(l, a, err);
	} else {
		l->sel = l->top;
		rc = list_goto(l, a, top_id, err);
		if (rc == RC_OK && l->base < 0 && base >= 0)
			l->base = base + (int64_t)top - (int64_t)l->top;
		sel = l->top + (sel - top);
	}
	if (rc != RC_OK)
		return rc;
	at = find(l, id);
	l->sel = at < l->n ? at : sel;
	if (at_start) {
		/* New rows above push the screen only if it is not at its top. */
		at = find(l, top_id);
		l->top = top == 0 || at >= l->n ? top : at;
	}
	settle(l);
	return RC_OK;
}

const struct ticket *
list_selected(const struct list *l)
{
	return l->n == 0 ? NULL : &l->v[l->sel];
}
