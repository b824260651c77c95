/* Its journal, and taking back. */
#ifndef NOTES_TESTS_FAKE_JOURNAL_H
#define NOTES_TESTS_FAKE_JOURNAL_H

#include "app/journal.h"
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

	(void)err;
	for (; n > 0 && a->n_undo > 0; n--) {
		u = &a->undo[--a->n_undo % 64];
		a->n_redo++;
		a->version++;
		fake_apply(a, &a->v[u->ticket], u->field, u->before);
		strv_take(said,
		    mem_printf("undone: NOTE-%u %s is %s again",
			a->v[u->ticket].key.number,
			ticket_fields[u->field].name, u->before));
	}
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
	    mem_printf("done again: NOTE-%u %s is %s",
		a->v[u->ticket].key.number, ticket_fields[u->field].name,
		u->after));
	return RC_OK;
}

/* ---- by operations ---- */

void
op_line_release(struct op_line *l)
{
	free(l->actor);
	free(l->key);
	free(l->text);
	free(l->commit);
	*l = (struct op_line){ .n = 0 };
}

void
op_list_release(struct op_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		op_line_release(&l->v[i]);
	free(l->v);
	*l = (struct op_list){ 0 };
}

/* Those on the tickets, from n_undo down, above ones that were there. */
static int64_t
fake_ops_n(const struct app *a)
{
	return (a->world == FAKE_EMPTY       ? 0
		   : a->world == FAKE_MANY ? 3000
					   : 4) +
	    (int64_t)(a->n_undo + a->n_redo);
}

static void
fake_op(const struct app *a, int64_t n, struct op_line *l)
{
	const bool ko = a->world == FAKE_KOREAN;
	const int64_t old = fake_ops_n(a) - (int64_t)(a->n_undo + a->n_redo);
	const struct fake_undo *u;

	*l = (struct op_line){ .n = n, .time = FAKE_NOW - 60 };
	if (n > old) {
		u = &a->undo[(size_t)(n - old - 1) % 64];
		l->actor = mem_strdup(app_me(a));
		l->key = mem_printf("NOTE-%u", a->v[u->ticket].key.number);
		l->text = mem_printf("set %s to %s (was %s)",
		    ticket_fields[u->field].name, u->after, u->before);
		l->undone = (size_t)(n - old) > a->n_undo;
		return;
	}
	l->time = FAKE_NOW - 3600 * (old - n + 1);
	l->actor = mem_strdup(ko ? "김개발@x" : "sam@x");
	l->key = mem_strdup(n % 4 == 3 ? "1.2" : "NOTE-41");
	switch (n % 4) {
	case 1:
		l->text = mem_strdup(ko
			? "created: 한글 폭 계산 "
			  "오류로 표가 어긋남"
			: "created: Wide characters push the "
			  "table's columns out of line");
		break;
	case 2:
		l->text = mem_strdup("set status to done (was open)");
		l->more = 1;
		l->commit = mem_strdup("abababababababababababababababababab"
				       "abab");
		break;
	case 3:
		l->text = mem_strdup(ko ? "added the release: 1.2 봄"
					: "added the release: 1.2");
		break;
	default:
		l->text = mem_strdup("undo: set status to in-progress (was "
				     "done)");
		l->undoes = n - 2;
		break;
	}
	l->undone = n % 4 == 2;
}

enum rc
app_ops(struct app *a, const struct ticket_key *key, int64_t from,
    enum ops_way way, size_t limit, struct op_list *out, struct err *err)
{
	const int64_t max = fake_ops_n(a), step = way == OPS_OLDER ? -1 : 1;
	int64_t n = way == OPS_OLDER && (from == 0 || from > max) ? max + 1
								  : from;
	struct op_line l;
	struct ticket_key at;

	(void)err;
	*out = (struct op_list){ 0 };
	for (n += step; n >= 1 && n <= max && out->n < limit; n += step) {
		fake_op(a, n, &l);
		if (key != NULL &&
		    (!ticket_key_parse(l.key, strlen(l.key), &at) ||
			!ticket_key_equal(&at, key))) {
			op_line_release(&l);
			continue;
		}
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		out->v[out->n++] = l;
	}
	a->pages++;
	if (out->n > a->largest)
		a->largest = out->n;
	return RC_OK;
}

enum rc
app_op_changes(struct app *a, int64_t n, size_t limit, struct strv *out,
    struct err *err)
{
	struct op_line l;

	(void)limit;
	(void)err;
	fake_op(a, n, &l);
	strv_take(out, mem_printf("%s: %s", l.key, l.text));
	if (l.more > 0)
		strv_take(out, mem_printf("%s: added label tui", l.key));
	op_line_release(&l);
	return RC_OK;
}

void
undo_preview_release(struct undo_preview *p)
{
	free(p->key);
	free(p->text);
	free(p->actor);
	free(p->commit);
	strv_release(&p->stays);
	*p = (struct undo_preview){ .op = 0 };
}

bool
app_is_me(const struct app *a, const char *actor)
{
	return strcmp(actor, app_me(a)) == 0;
}

static void
fake_preview(const struct app *a, int64_t n, struct undo_preview *out)
{
	struct op_line l;

	fake_op(a, n, &l);
	*out = (struct undo_preview){ .op = n,
		.time = l.time,
		.actor = mem_strdup(a->stranger ? "dana" : l.actor),
		.key = mem_strdup(l.key),
		.text = mem_printf("back from \"%s\"", l.text) };
	op_line_release(&l);
}

enum rc
app_undo_preview(struct app *a, int64_t op, struct undo_preview *out,
    struct err *err)
{
	const int64_t max = fake_ops_n(a) - (int64_t)a->n_redo;

	*out = (struct undo_preview){ .op = 0 };
	if (op == 0 && a->n_undo == 0)
		return err_set(err, RC_NOT_FOUND, "nothing to undo");
	op = op == 0 ? max : op;
	if (op % 4 == 0 && op <= 4)
		return err_set(err, RC_CONFLICT,
		    "it took something back itself");
	fake_preview(a, op, out);
	if (op <= 4)
		strv_push(&out->stays, "NOTE-41 status");
	return RC_OK;
}

enum rc
app_redo_preview(struct app *a, struct undo_preview *out, struct err *err)
{
	*out = (struct undo_preview){ .op = 0 };
	if (a->n_redo == 0)
		return err_set(err, RC_NOT_FOUND, "nothing to redo");
	fake_preview(a, fake_ops_n(a) - (int64_t)a->n_redo + 1, out);
	return RC_OK;
}

enum rc
app_undo_op(struct app *a, int64_t op, struct strv *said, struct err *err)
{
	a->undone_op = op;
	return app_undo(a, 1, said, err);
}

#endif
