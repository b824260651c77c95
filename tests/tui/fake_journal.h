/* Its journal, and taking back. */
#ifndef NOTES_TESTS_FAKE_JOURNAL_H
#define NOTES_TESTS_FAKE_JOURNAL_H

#include "fake_change.h"

enum rc
app_log(struct app *a, const struct ticket_key *key, int64_t before,
    bool (*fn)(const struct log_line *l, void *arg), void *arg, struct err *err)
{
	struct log_line l = { .n = 3,
		.op = 3,
		.time = FAKE_NOW - 3600,
		.actor = "sam",
		.key = "NOTE-41",
		.text = "sam set status to in-progress" };

	(void)a;
	(void)key;
	(void)before;
	(void)err;
	if (!fn(&l, arg))
		return RC_OK;
	l.text = "dev-1 set priority to highest";
	l.undone = true;
	l.time -= 86400;
	fn(&l, arg);
	l.text = "sam made it";
	l.undone = false;
	l.commit = "abcdef0123456789abcdef0123456789abcdef01";
	l.time -= 86400 * 30;
	fn(&l, arg);
	return RC_OK;
}

enum rc
app_undo(struct app *a, size_t n, struct strv *said, struct err *err)
{
	struct fake_undo *u;

	(void)n;
	(void)err;
	if (a->n_undo == 0)
		return RC_OK;
	u = &a->undo[--a->n_undo % 64];
	a->n_redo++;
	a->version++;
	fake_apply(a, &a->v[u->ticket], u->field, u->before);
	strv_take(said,
	    mem_printf("NOTE-%u %s is %s again", a->v[u->ticket].key.number,
		ticket_fields[u->field].name, u->before));
	return RC_OK;
}

enum rc
app_redo(struct app *a, size_t n, struct strv *said, struct err *err)
{
	struct fake_undo *u;

	(void)n;
	(void)err;
	if (a->n_redo == 0)
		return RC_OK;
	a->n_redo--;
	a->version++;
	u = &a->undo[a->n_undo++ % 64];
	fake_apply(a, &a->v[u->ticket], u->field, u->after);
	strv_take(said,
	    mem_printf("NOTE-%u %s is %s", a->v[u->ticket].key.number,
		ticket_fields[u->field].name, u->after));
	return RC_OK;
}

#endif
