/* Taking operations back, and what that would do. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/journal.h"
#include "app/ticket.h"
#include "app/app_priv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "tell.h"

/* "NOTE-12: set status to done (was open)", and how many more there are. */
static void
describe(struct app *a, int64_t op, struct buf *out)
{
	struct event ev = EVENT_INIT, next = EVENT_INIT;
	const size_t start = out->len;
	int64_t n, more = 0;

	if (store_journal_get(a->store, op, &ev, NULL) != RC_OK)
		return;
	journal_subject(a, &ev, out);
	if (out->len > start)
		buf_puts(out, ": ");
	journal_tell(a, &ev, out);
	for (n = op + 1; more < 1000; n++) {
		event_release(&next);
		if (store_journal_get(a->store, n, &next, NULL) != RC_OK ||
		    next.group != op)
			break;
		more++;
	}
	if (more > 0)
		buf_printf(out, " (and %" PRId64 "%s more change%s)", more,
		    more == 1000 ? "+" : "", more == 1 ? "" : "s");
	event_release(&next);
	event_release(&ev);
}

typedef enum rc (*undo_fn)(struct store *st, const char *actor, int64_t *op,
    struct strv *skipped, struct err *err);

static enum rc
take(struct app *a, undo_fn fn, const char *verb, size_t n, struct strv *said,
    struct err *err)
{
	struct strv skipped = STRV_INIT;
	struct buf line = BUF_INIT;
	enum rc rc;
	int64_t op;
	size_t i, k;

	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		return rc;
	for (i = 0; i < n; i++) {
		if ((rc = fn(a->store, a->actor, &op, &skipped, err)) != RC_OK)
			break;
		buf_printf(&line, "%s: ", verb);
		describe(a, op, &line);
		strv_take(said, buf_detach(&line));
		for (k = 0; k < skipped.n; k++)
			strv_take(said,
			    mem_printf("left as it is: %s", skipped.v[k]));
		strv_release(&skipped);
	}
	/* "undo 5" with three operations undoes three. */
	if (rc == RC_NOT_FOUND && i > 0)
		rc = RC_OK;
	strv_release(&skipped);
	if (rc == RC_OK)
		rc = scan_forget_releases(a, err);
	if (rc == RC_OK)
		return store_commit(a->store, err);
	store_rollback(a->store);
	strv_release(said);
	return rc;
}

enum rc
app_undo(struct app *a, size_t n, struct strv *said, struct err *err)
{
	return take(a, store_undo, "undone", n, said, err);
}

enum rc
app_redo(struct app *a, size_t n, struct strv *said, struct err *err)
{
	return take(a, store_redo, "done again", n, said, err);
}

/* ---- one operation, and previews ---- */

enum rc
app_undo_op(struct app *a, int64_t op, struct strv *said, struct err *err)
{
	struct strv skipped = STRV_INIT;
	struct buf line = BUF_INIT;
	enum rc rc;
	size_t i;

	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		return rc;
	rc = store_undo_op(a->store, op, a->actor, NULL, &skipped, err);
	if (rc == RC_OK)
		rc = scan_forget_releases(a, err);
	if (rc == RC_OK) {
		buf_puts(&line, "undone: ");
		describe(a, op, &line);
		strv_push(said, buf_str(&line));
		for (i = 0; i < skipped.n; i++)
			strv_take(said,
			    mem_printf("left as it is: %s", skipped.v[i]));
		rc = store_commit(a->store, err);
	} else {
		store_rollback(a->store);
	}
	buf_release(&line);
	strv_release(&skipped);
	return rc;
}

static bool
first_visit(const struct event *ev, void *arg)
{
	*(bool *)arg = ev->n_values == 0;
	return false;
}

/* Does it, sees what stays as it is, and takes it back at once. */
static enum rc
try(struct app *a, int64_t op, struct undo_preview *out, struct err *err)
{
	enum rc rc = store_begin(a->store, err);

	if (rc != RC_OK)
		return rc;
	rc = store_undo_op(a->store, op, a->actor, NULL, &out->stays, err);
	if (rc == RC_OK)
		rc = store_journal_each(a->store, NULL, 0, first_visit,
		    &out->nothing, err);
	store_rollback(a->store);
	return rc;
}

/* The first event of a group that says something, and how many there are. */
static enum rc
preview_group(struct app *a, int64_t group, int64_t last,
    struct undo_preview *out, struct err *err)
{
	struct buf text = BUF_INIT, key = BUF_INIT;
	struct event ev = EVENT_INIT;
	enum rc rc;

	if ((rc = store_journal_get(a->store, group, &ev, err)) != RC_OK)
		return rc;
	journal_subject(a, &ev, &key);
	journal_tell_back(a, &ev, &text);
	if (last > group)
		buf_printf(&text, " (and %" PRId64 " more change%s)",
		    last - group, last - group == 1 ? "" : "s");
	out->time = ev.time != DATE_NONE ? ev.time
					 : event_clock_ms(ev.h) / 1000;
	out->actor = utf8_clean_dup(ev.actor == NULL ? "" : ev.actor,
	    UTF8_ONE_LINE);
	out->commit = mem_strdup(ev.commit);
	out->key = buf_detach(&key);
	out->text = buf_detach(&text);
	event_release(&ev);
	return RC_OK;
}

/* Trying an import of a million would take as long as undoing it. */
#define TRIED_MAX 500

static const char *
why_not(const struct store_op *op)
{
	if (op->undoes != 0)
		return "it took something back itself (Ctrl-R does that again)";
	if (op->redoes != 0)
		return "it did something again: take that one back";
	return op->undone ? "it is taken back already" : NULL;
}

enum rc
app_undo_preview(struct app *a, int64_t op, struct undo_preview *out,
    struct err *err)
{
	struct store_op found;
	enum rc rc = app_require_write(a, err);

	*out = (struct undo_preview){ .op = op };
	if (rc == RC_OK && op == 0)
		rc = store_undo_peek(a->store, &out->op, err);
	if (rc != RC_OK ||
	    (rc = store_op_find(a->store, out->op, &found, err)) != RC_OK)
		return rc;
	if (why_not(&found) != NULL)
		return err_set(err, RC_CONFLICT, "%s", why_not(&found));
	rc = preview_group(a, found.live, found.live_last, out, err);
	if (rc == RC_OK && found.live_last - found.live < TRIED_MAX)
		rc = try(a, out->op, out, err);
	if (rc == RC_OK && out->nothing)
		rc = err_set(err, RC_CONFLICT,
		    "all that it did was changed since: %s",
		    out->stays.n > 0 ? out->stays.v[0] : "nothing is left");
	if (rc != RC_OK)
		undo_preview_release(out);
	return rc;
}

enum rc
app_redo_preview(struct app *a, struct undo_preview *out, struct err *err)
{
	struct store_op undo;
	int64_t n;
	enum rc rc = app_require_write(a, err);

	*out = (struct undo_preview){ .op = 0 };
	if (rc != RC_OK ||
	    (rc = store_redo_peek(a->store, &out->op, &n, err)) != RC_OK ||
	    (rc = store_op_find(a->store, n, &undo, err)) != RC_OK)
		return rc;
	return preview_group(a, undo.n, undo.last, out, err);
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
