#include "ops.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define PAGE 200
#define KEPT 1000 /* at most; twice the tallest screen and more */

void
ops_release(struct ops *o)
{
	op_list_release(&o->l);
	*o = (struct ops){ .rows = 1 };
}

const struct op_line *
ops_at(const struct ops *o)
{
	return o->sel < o->l.n ? &o->l.v[o->sel] : NULL;
}

static void
settle(struct ops *o)
{
	size_t rows = o->rows == 0 ? 1 : o->rows;

	if (o->sel >= o->l.n)
		o->sel = o->l.n == 0 ? 0 : o->l.n - 1;
	if (o->sel >= o->top + rows)
		o->top = o->sel - rows + 1;
	if (o->sel < o->top)
		o->top = o->sel;
	if (o->top + rows > o->l.n)
		o->top = o->l.n > rows ? o->l.n - rows : 0;
}

void
ops_set_rows(struct ops *o, size_t rows)
{
	o->rows = rows == 0 ? 1 : rows;
	settle(o);
}

static enum rc
fetch(const struct ops *o, struct app *a, int64_t from, enum ops_way way,
    struct op_list *out, bool *more, struct err *err)
{
	enum rc rc = app_ops(a, o->key.number == 0 ? NULL : &o->key, from, way,
	    PAGE + 1, out, err);

	/* One more than asked for tells whether there are others. */
	*more = rc == RC_OK && out->n > PAGE;
	if (*more)
		op_line_release(&out->v[--out->n]);
	return rc;
}

static void
reverse(struct op_list *l)
{
	for (size_t i = 0; i < l->n / 2; i++) {
		const struct op_line line = l->v[i];

		l->v[i] = l->v[l->n - 1 - i];
		l->v[l->n - 1 - i] = line;
	}
}

/* Puts more behind the last; it is empty afterwards. */
static void
append(struct op_list *to, struct op_list *from)
{
	to->v = mem_grow(to->v, &to->cap, to->n + from->n, sizeof(*to->v));
	if (from->n > 0)
		memcpy(&to->v[to->n], from->v, from->n * sizeof(*from->v));
	to->n += from->n;
	from->n = 0;
	op_list_release(from);
}

static enum rc
older(struct ops *o, struct app *a, struct err *err)
{
	struct op_list got = { 0 };
	size_t gone;
	enum rc rc = fetch(o, a, o->l.v[o->l.n - 1].n, OPS_OLDER, &got,
	    &o->older, err);

	if (rc != RC_OK)
		return rc;
	append(&o->l, &got);
	if (o->l.n <= KEPT)
		return RC_OK;
	/* The selection is near the old end. */
	gone = o->l.n - KEPT < o->top ? o->l.n - KEPT : o->top;
	for (size_t i = 0; i < gone; i++)
		op_line_release(&o->l.v[i]);
	memmove(o->l.v, o->l.v + gone, (o->l.n - gone) * sizeof(*o->l.v));
	o->l.n -= gone;
	o->sel -= gone;
	o->top -= gone;
	o->newer = o->newer || gone > 0;
	return RC_OK;
}

static enum rc
newer(struct ops *o, struct app *a, struct err *err)
{
	struct op_list got = { 0 };
	size_t n;
	enum rc rc = fetch(o, a, o->l.v[0].n, OPS_NEWER, &got, &o->newer, err);

	if (rc != RC_OK)
		return rc;
	n = got.n;
	reverse(&got);
	append(&got, &o->l);
	o->l = got;
	o->sel += n;
	o->top += n;
	while (o->l.n > KEPT && o->l.n > o->sel + 2 * PAGE) {
		op_line_release(&o->l.v[--o->l.n]);
		o->older = true;
	}
	return RC_OK;
}

static enum rc
ends(struct ops *o, struct app *a, enum ops_way way, struct err *err)
{
	struct op_list got = { 0 };
	bool more;
	enum rc rc = fetch(o, a, 0, way, &got, &more, err);

	if (rc != RC_OK)
		return rc;
	op_list_release(&o->l);
	if (way == OPS_NEWER)
		reverse(&got);
	o->l = got;
	o->newer = way == OPS_NEWER && more;
	o->older = way == OPS_OLDER && more;
	o->sel = way == OPS_NEWER && got.n > 0 ? got.n - 1 : 0;
	o->top = 0;
	settle(o);
	return RC_OK;
}

enum rc
ops_refresh(struct ops *o, struct app *a, struct err *err)
{
	const struct op_line *at = ops_at(o);
	const size_t row = o->sel - o->top;
	struct op_list after = { 0 };
	int64_t n;
	enum rc rc;

	if (at == NULL || (o->sel == 0 && !o->newer))
		return ends(o, a, OPS_OLDER, err);
	n = at->n;
	if ((rc = fetch(o, a, n + 1, OPS_OLDER, &after, &o->older, err)) !=
	    RC_OK)
		return rc;
	op_list_release(&o->l);
	o->l = after;
	o->sel = o->top = 0;
	if (o->l.n > 0)
		rc = newer(o, a, err);
	o->top = o->sel > row ? o->sel - row : 0;
	settle(o);
	return rc;
}

/* Goes by so many, as far as there are operations. */
static enum rc
go(struct ops *o, struct app *a, long by, struct err *err)
{
	size_t n = (size_t)(by < 0 ? -by : by);
	enum rc rc = RC_OK;

	for (; n > 0 && rc == RC_OK; n--) {
		if (by > 0 && o->sel + 1 >= o->l.n && o->older)
			rc = older(o, a, err);
		else if (by < 0 && o->sel == 0 && o->newer && o->l.n > 0)
			rc = newer(o, a, err);
		if (by > 0 && o->sel + 1 < o->l.n)
			o->sel++;
		else if (by < 0 && o->sel > 0)
			o->sel--;
	}
	/* A screenful beyond the selection is there before it is shown. */
	if (rc == RC_OK && o->l.n > 0 && o->older && o->sel + o->rows >= o->l.n)
		rc = older(o, a, err);
	if (rc == RC_OK && o->l.n > 0 && o->newer && o->sel < o->rows)
		rc = newer(o, a, err);
	settle(o);
	return rc;
}

enum rc
ops_move(struct ops *o, struct app *a, enum motion m, struct err *err)
{
	const long page = (long)(o->rows == 0 ? 1 : o->rows);
	const long steps[] = { [MOVE_DOWN] = 1,
		[MOVE_UP] = -1,
		[MOVE_PAGE_DOWN] = page,
		[MOVE_PAGE_UP] = -page,
		[MOVE_HALF_DOWN] = (page + 1) / 2,
		[MOVE_HALF_UP] = -(page + 1) / 2 };

	if (m == MOVE_FIRST)
		return ends(o, a, OPS_OLDER, err);
	if (m == MOVE_LAST)
		return ends(o, a, OPS_NEWER, err);
	return go(o, a, steps[m], err);
}

static bool
has(const struct op_line *l, const char *folded)
{
	struct buf text = BUF_INIT, fold = BUF_INIT;
	bool yes;

	buf_printf(&text, "%s %s %s %s", l->key, l->text, l->actor,
	    l->commit == NULL ? "" : l->commit);
	utf8_fold(&fold, buf_str(&text), text.len);
	yes = strstr(buf_str(&fold), folded) != NULL;
	buf_release(&fold);
	buf_release(&text);
	return yes;
}

enum rc
ops_find(struct ops *o, struct app *a, const char *folded, int step,
    bool *found, struct err *err)
{
	const struct op_line *from = ops_at(o), *at = NULL;
	int64_t start = from == NULL ? 0 : from->n, last = start;
	enum rc rc = RC_OK;

	*found = false;
	for (size_t i = 0; i < OPS_FIND_MAX && rc == RC_OK; i++) {
		rc = go(o, a, step, err);
		at = ops_at(o);
		if (at == NULL || at->n == last)
			break;
		last = at->n;
		if ((*found = has(at, folded)))
			return rc;
	}
	/* Back to where it began, whatever was let go meanwhile. */
	if (rc == RC_OK && at != NULL && at->n != start) {
		struct op_list got = { 0 };
		bool more;

		rc = fetch(o, a, start + 1, OPS_OLDER, &got, &more, err);
		if (rc == RC_OK) {
			op_list_release(&o->l);
			o->l = got;
			o->older = more;
			o->newer = true;
			o->sel = o->top = 0;
			rc = ops_refresh(o, a, err);
		}
	}
	return rc;
}
