/* The board and the release hub of the made-up tracker. */
#ifndef NOTES_TESTS_FAKE_BOARD_H
#define NOTES_TESTS_FAKE_BOARD_H

#include "app/hub.h"
#include "model/rank.h"

#include "fake_change.h"
#include "fake_ticket.h"
#include "fake_world.h"

/* Next to the other, whatever stands between it and the next one. */
enum rc
app_ticket_rank(struct app *a, const struct ticket_key *key,
    enum rank_side side, const struct ticket_key *other, struct err *err)
{
	struct ticket *t = fake_find(a, key), *o = fake_find(a, other);
	const struct ticket *near = NULL;
	struct buf x = BUF_INIT, y = BUF_INIT, rank = BUF_INIT;
	struct fake_undo *u = &a->undo[a->n_undo++ % 64];

	(void)err;
	for (size_t i = 0; i < a->n; i++) {
		const struct ticket *k = &a->v[i];
		int c = fake_by_rank(k, o) * (side == RANK_BEFORE ? -1 : 1);

		if (k == t || strcmp(k->status, o->status) != 0 || c <= 0)
			continue;
		if (near == NULL ||
		    fake_by_rank(k, near) * (side == RANK_BEFORE ? -1 : 1) < 0)
			near = k;
	}
	fake_rank(o, &x);
	if (near != NULL)
		fake_rank(near, &y);
	if (side == RANK_BEFORE)
		rank_between(near == NULL ? NULL : buf_str(&y), buf_str(&x),
		    &rank);
	else
		rank_between(buf_str(&x), near == NULL ? NULL : buf_str(&y),
		    &rank);
	free(u->before);
	free(u->after);
	*u = (struct fake_undo){ (size_t)(t - a->v), TF_RANK,
		mem_strdup(t->rank), mem_strdup(buf_str(&rank)) };
	a->n_redo = 0;
	mem_replace(&t->rank, buf_str(&rank));
	a->version++;
	buf_release(&x);
	buf_release(&y);
	buf_release(&rank);
	return RC_OK;
}

enum rc
app_lanes(struct app *a, enum ticket_field by, size_t max, struct strv *values,
    struct strv *titles, struct err *err)
{
	(void)max;
	(void)err;
	for (size_t i = 0; by == TF_TYPE && i < ticket_types_n; i++)
		strv_push(values, ticket_types[i].name);
	for (size_t i = 0; by == TF_PRIORITY && i < priorities_n; i++)
		strv_push(values, priorities[i].name);
	for (size_t i = 0; by == TF_ASSIGNEE && i < a->n && i < 6; i++)
		if (a->v[i].assignee != NULL &&
		    !strv_has(values, a->v[i].assignee))
			strv_push(values, a->v[i].assignee);
	if (by == TF_PARENT && a->n > 2)
		strv_push(values, "NOTE-42");
	strv_copy(titles, values);
	if (by == TF_ASSIGNEE || by == TF_PARENT) {
		strv_push(values, "");
		strv_push(titles, "");
	}
	return RC_OK;
}

/* ---- hub.h: two months in which every other day closes a ticket or two */

enum rc
app_closings(struct app *a, int64_t since, int64_t max,
    bool (*fn)(int64_t when, void *arg), void *arg, struct err *err)
{
	(void)since;
	(void)max;
	(void)err;
	for (int64_t day = 1; a->world != FAKE_EMPTY && day < 60; day += 2) {
		fn(FAKE_NOW - day * 86400, arg);
		if (day % 3 == 0)
			fn(FAKE_NOW - day * 86400 - 60, arg);
	}
	return RC_OK;
}

/* Tickets of 1.2 came one by one; two of three are done a week later. */
enum rc
app_scope(struct app *a, const char *version, int64_t max,
    bool (*fn)(const struct scope_row *row, void *arg), void *arg,
    struct err *err)
{
	(void)max;
	(void)err;
	for (int64_t i = 0; strcmp(version, "1.2") == 0 &&
	     a->world != FAKE_EMPTY && i < 24;
	     i++) {
		struct scope_row row = {
			.added = FAKE_NOW - (48 - 2 * i) * 86400,
			.done = i % 3 != 0 && i < 20,
			.resolved = DATE_NONE,
		};

		if (row.done)
			row.resolved = row.added + 7 * 86400;
		fn(&row, arg);
	}
	return RC_OK;
}

enum rc
app_ticket_link(struct app *a, const struct ticket_key *key, const char *rev,
    bool remove, struct err *err)
{
	(void)a;
	(void)key;
	(void)rev;
	(void)remove;
	return err_set(err, RC_NOT_FOUND, "no repository here");
}

#endif
