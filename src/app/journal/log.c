/* The journal in words. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "app/app_priv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "store/ticket.h"
#include "tell.h"

struct teller {
	struct app *app;
	bool (*fn)(const struct log_line *l, void *arg);
	void *arg;
	struct strv undone; /* operations, as text, that were undone */
	struct strv redone; /* and of which the undo was taken back */
};

/*
 * Newest first: a redo comes before the undo that it took back, and that before
 * what was undone.  The events of one operation tell the same.
 */
static void
note_undone(struct teller *t, const struct event *ev)
{
	int64_t meant = ev->undoes != 0 ? ev->undoes : ev->redoes;
	struct strv *in = ev->undoes != 0 ? &t->undone : &t->redone;
	char *target;
	size_t i;

	if (meant == 0 || ev->n != ev->group)
		return;
	target = mem_printf("%" PRId64, meant);
	for (i = 0; ev->undoes != 0 && i < t->redone.n; i++) {
		if (strcmp(t->redone.v[i], target) == 0) {
			strv_remove(&t->redone, i);
			free(target);
			return;
		}
	}
	strv_take(in, target);
}

static bool
tell(const struct event *ev, void *arg)
{
	struct teller *t = arg;
	struct buf text = BUF_INIT, key = BUF_INIT;
	char *actor, *op;
	struct log_line l;
	bool more;

	op = mem_printf("%" PRId64, ev->group);
	note_undone(t, ev);
	journal_tell(t->app, ev, &text);
	journal_subject(t->app, ev, &key);
	actor = utf8_clean_dup(ev->actor == NULL ? "" : ev->actor,
	    UTF8_ONE_LINE);
	l = (struct log_line){ .n = ev->n,
		.op = ev->group,
		.time = ev->time != DATE_NONE ? ev->time
					      : event_clock_ms(ev->h) / 1000,
		.actor = actor,
		.key = buf_str(&key),
		.text = buf_str(&text),
		.commit = ev->commit,
		.undone = strv_has(&t->undone, op) };
	more = t->fn(&l, t->arg);
	free(op);
	free(actor);
	buf_release(&text);
	buf_release(&key);
	return more;
}

/* Reading what stands around an event needs statements of its own, so events
 * are gathered a page at a time. */
#define LOG_PAGE 200

struct page {
	struct event v[LOG_PAGE];
	size_t n;
};

static bool
gather(const struct event *ev, void *arg)
{
	struct page *p = arg;
	struct event *copy = &p->v[p->n++];
	size_t i;

	*copy = *ev;
	copy->actor = mem_strdup(ev->actor);
	copy->kind_name = mem_strdup(ev->kind_name);
	copy->commit = mem_strdup(ev->commit);
	copy->values = NULL;
	copy->n_values = copy->cap_values = 0;
	for (i = 0; i < ev->n_values; i++) {
		event_put(copy, ev->values[i].field, ev->values[i].value);
		copy->values[i].before = mem_strdup(ev->values[i].before);
	}
	return p->n < LOG_PAGE;
}

static enum rc
log_object(struct app *a, const struct ulid *object, int64_t before,
    struct teller *t, struct err *err)
{
	struct page *p = mem_calloc(1, sizeof *p);
	bool more = true;
	enum rc rc = RC_OK;
	size_t i;

	while (more && rc == RC_OK) {
		p->n = 0;
		rc = store_journal_each(a->store, object, before, gather, p,
		    err);
		if (rc == RC_STOPPED)
			rc = RC_OK;
		more = p->n == LOG_PAGE;
		for (i = 0; i < p->n; i++) {
			before = p->v[i].n;
			if (rc == RC_OK && !tell(&p->v[i], t)) {
				rc = RC_STOPPED;
			}
			event_release(&p->v[i]);
		}
	}
	free(p);
	return rc == RC_STOPPED ? RC_OK : rc;
}

enum rc
app_log(struct app *a, const struct ticket_key *key, int64_t before,
    bool (*fn)(const struct log_line *l, void *arg), void *arg, struct err *err)
{
	struct teller t = { .app = a, .fn = fn, .arg = arg };
	struct ticket ticket = { 0 };
	enum rc rc = RC_OK;

	if (key != NULL)
		rc = store_ticket_find(a->store, key, TICKET_ROW, &ticket, err);
	if (rc == RC_OK)
		rc = log_object(a, key == NULL ? NULL : &ticket.ulid, before,
		    &t, err);
	ticket_release(&ticket);
	strv_release(&t.undone);
	strv_release(&t.redone);
	return rc;
}
