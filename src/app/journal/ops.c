#include <stdlib.h>
#include <string.h>

#include "app/journal.h"
#include "app/app_priv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "store/ticket.h"
#include "tell.h"

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

/* Rows first: telling them needs statements of its own. */
struct op_rows {
	struct store_op *v;
	size_t n, cap;
};

static bool
gather(const struct store_op *op, void *arg)
{
	struct op_rows *rows = arg;

	rows->v = mem_grow(rows->v, &rows->cap, rows->n + 1, sizeof(*rows->v));
	rows->v[rows->n++] = *op;
	return true;
}

static enum rc
tell_op(struct app *a, const struct store_op *op, struct op_line *out,
    struct err *err)
{
	struct buf text = BUF_INIT, key = BUF_INIT;
	struct event ev = EVENT_INIT;
	enum rc rc = store_journal_get(a->store, op->event, &ev, err);

	if (rc != RC_OK)
		return rc;
	journal_subject(a, &ev, &key);
	/* Undoing a change that nobody left anything of is a mark. */
	if (ev.n_values == 0)
		buf_puts(&text, "undo: all of it had been changed");
	else
		journal_tell(a, &ev, &text);
	*out = (struct op_line){ .n = op->n,
		.time = ev.time != DATE_NONE ? ev.time
					     : event_clock_ms(ev.h) / 1000,
		.actor = utf8_clean_dup(ev.actor == NULL ? "" : ev.actor,
		    UTF8_ONE_LINE),
		.key = buf_detach(&key),
		.text = buf_detach(&text),
		.more = op->last - op->n,
		.commit = mem_strdup(ev.commit),
		.undoes = op->undoes,
		.redoes = op->redoes,
		.undone = op->undone };
	event_release(&ev);
	return RC_OK;
}

enum rc
app_ops(struct app *a, const struct ticket_key *key, int64_t from,
    enum ops_way way, size_t limit, struct op_list *out, struct err *err)
{
	struct ticket t = { 0 };
	struct op_rows rows = { 0 };
	struct op_line line;
	enum rc rc = RC_OK;

	*out = (struct op_list){ 0 };
	if (key != NULL &&
	    (rc = store_ticket_find(a->store, key, TICKET_ROW, &t, err)) !=
		RC_OK)
		return rc;
	rc = store_ops(a->store, key == NULL ? NULL : &t.ulid, from,
	    way == OPS_OLDER ? OP_OLDER : OP_NEWER, limit, gather, &rows, err);
	for (size_t i = 0; i < rows.n && rc == RC_OK; i++) {
		if ((rc = tell_op(a, &rows.v[i], &line, err)) != RC_OK)
			break;
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		out->v[out->n++] = line;
	}
	if (rc != RC_OK)
		op_list_release(out);
	free(rows.v);
	ticket_release(&t);
	return rc;
}

enum rc
app_op_changes(struct app *a, int64_t n, size_t limit, struct strv *out,
    struct err *err)
{
	struct store_op op;
	enum rc rc = store_op_find(a->store, n, &op, err);

	for (int64_t i = n; rc == RC_OK && i <= op.last && out->n < limit;
	     i++) {
		struct buf line = BUF_INIT;
		struct event ev = EVENT_INIT;

		rc = store_journal_get(a->store, i, &ev, err);
		if (rc == RC_OK && ev.n_values > 0) {
			journal_subject(a, &ev, &line);
			if (line.len > 0)
				buf_puts(&line, ": ");
			journal_tell(a, &ev, &line);
			strv_push(out, buf_str(&line));
		}
		buf_release(&line);
		event_release(&ev);
	}
	return rc;
}
