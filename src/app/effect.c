/*
 * What commits do to tickets once they are on the mainline.  The ledger makes
 * each effect happen once: an action is named by what it does, so that a
 * rewritten commit that says the same takes over the effect of the old one,
 * and one that no longer says it lets the effect lapse.
 */
#include "scan_priv.h"

#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "base/mem.h"
#include "message/command.h"
#include "message/reference.h"
#include "store/history.h"
#include "store/ticket.h"

/* A ledger row that was taken by a commit which is gone. */
struct orphan {
	struct oid commit, heir;
	int64_t ticket, event;
	char *action;
	bool inherited;
};

struct orphans {
	struct orphan *v;
	size_t n, cap;
};

struct actor { /* one commit that acts */
	struct oid oid;
	char hex[OID_HEX_MAX + 1];
	const char *message;
	size_t len;
};

static bool
orphan_visit(const struct ledger_row *row, void *arg)
{
	struct orphans *o = arg;

	o->v = mem_grow(o->v, &o->cap, o->n + 1, sizeof *o->v);
	o->v[o->n++] = (struct orphan){ .commit = row->commit,
		.heir = row->commit,
		.ticket = row->ticket,
		.event = row->event,
		.action = mem_strdup(row->action) };
	return true;
}

static void
orphans_release(struct orphans *o)
{
	size_t i;

	for (i = 0; i < o->n; i++)
		free(o->v[i].action);
	free(o->v);
	o->v = NULL;
	o->n = o->cap = 0;
}

/* All rows whose commit is no longer part of the history. */
static enum rc
orphans_load(struct app *a, struct orphans *o, struct err *err)
{
	enum rc rc;
	uint32_t id;
	size_t i, kept = 0;

	rc = store_ledger_each(a->store, NULL, orphan_visit, o, err);
	for (i = 0; i < o->n; i++) {
		id = 0;
		if (rc == RC_OK)
			rc = store_history_find(a->store, &o->v[i].commit, &id,
			    err);
		if (rc == RC_OK && id == 0)
			rc = store_rewrite_resolve(a->store, &o->v[i].commit,
			    &o->v[i].heir, err);
		if (rc != RC_OK || id != 0)
			free(o->v[i].action);
		else
			o->v[kept++] = o->v[i];
	}
	o->n = kept;
	return rc;
}

/* The orphan that says the same; the one whose heir this commit is first. */
static struct orphan *
orphans_match(struct orphans *o, const struct oid *commit, int64_t ticket,
    const char *action)
{
	struct orphan *any = NULL;
	size_t i;

	for (i = 0; i < o->n; i++) {
		struct orphan *c = &o->v[i];

		if (c->inherited || c->ticket != ticket ||
		    strcmp(c->action, action) != 0)
			continue;
		if (oid_equal(&c->heir, commit))
			return c;
		if (any == NULL)
			any = c;
	}
	return any;
}

struct taken {
	int64_t ticket;
	const char *action;
	bool found;
};

static bool
taken_visit(const struct ledger_row *row, void *arg)
{
	struct taken *t = arg;

	t->found = row->ticket == t->ticket &&
	    strcmp(row->action, t->action) == 0;
	return !t->found;
}

/*
 * Takes (commit, ticket, action) unless that was done before; *fresh tells
 * whether the effect is still to happen.
 */
static enum rc
ledger_claim(struct app *a, struct orphans *o, const struct actor *who,
    int64_t ticket, const char *action, bool *fresh, struct err *err)
{
	struct taken t = { .ticket = ticket, .action = action };
	struct orphan *old;
	enum rc rc;

	*fresh = false;
	rc = store_ledger_each(a->store, &who->oid, taken_visit, &t, err);
	if (rc != RC_OK || t.found)
		return rc;
	old = orphans_match(o, &who->oid, ticket, action);
	if (old == NULL) {
		*fresh = true;
		return RC_OK;
	}
	old->inherited = true;
	rc = store_ledger_drop(a->store, &old->commit, ticket, action, err);
	if (rc != RC_OK)
		return rc;
	return store_ledger_take(a->store, &who->oid, ticket, action,
	    old->event, err);
}

static enum rc
apply_change(struct app *a, const struct actor *who, const struct ticket *t,
    enum change_op op, enum ticket_field field, const char *value,
    int64_t *group, struct err *err)
{
	struct change_list list = { 0 };
	struct err quiet = ERR_INIT;
	bool changed;
	enum rc rc = RC_OK;

	change_push(&list, op, field, value);
	/* A value that its field does not take is no reason to fail a scan. */
	if (app_changes_resolve(a, &list, &quiet) == RC_OK)
		rc = app_changes_apply(a, t->id, &list, who->hex, group,
		    &changed, err);
	change_list_release(&list);
	return rc;
}

static enum rc
apply_time(struct app *a, const struct actor *who, const struct ticket *t,
    int64_t seconds, int64_t *group, struct err *err)
{
	char span[32];

	if (seconds <= 0 || t->spent > INT64_MAX / 2 - seconds)
		return RC_OK;
	date_format_span(t->spent + seconds, span);
	return apply_change(a, who, t, CHANGE_SET, TF_SPENT, span, group, err);
}

static enum rc
apply_close(struct app *a, const struct actor *who, const struct ticket *t,
    int64_t *group, struct err *err)
{
	const struct status *done = workflow_first(&a->workflow, CATEGORY_DONE);

	if (t->category == CATEGORY_DONE || done == NULL)
		return RC_OK;
	return apply_change(a, who, t, CHANGE_SET, TF_STATUS, done->name, group,
	    err);
}

/* Verbs stand for the first status of their category, as on the command
 * line. */
static const char *
status_meant(const struct app *a, const char *text)
{
	static const struct {
		const char *verb;
		enum category category;
	} verbs[] = {
		{ "close", CATEGORY_DONE },
		{ "reopen", CATEGORY_TODO },
		{ "start", CATEGORY_DOING },
	};
	const struct status *s = NULL;

	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
		if (strcmp(verbs[i].verb, text) == 0)
			s = workflow_first(&a->workflow, verbs[i].category);
	if (strcmp(text, "review") == 0)
		s = workflow_find(&a->workflow, "in-review");
	return s == NULL ? text : s->name;
}

static enum rc
apply_command(struct app *a, const struct actor *who, const struct ticket *t,
    const struct command *c, int64_t *group, struct err *err)
{
	switch (c->kind) {
	case COMMAND_COMMENT:
		return app_comment_append(a, &t->ulid, c->text, who->hex, group,
		    err);
	case COMMAND_TIME:
		return apply_time(a, who, t, c->seconds, group, err);
	case COMMAND_ASSIGN:
		return apply_change(a, who, t, CHANGE_SET, TF_ASSIGNEE, c->text,
		    group, err);
	case COMMAND_LABEL:
		return apply_change(a, who, t, CHANGE_ADD, TF_LABEL, c->text,
		    group, err);
	case COMMAND_RELEASE:
		return apply_change(a, who, t, CHANGE_ADD, TF_RELEASE, c->text,
		    group, err);
	case COMMAND_STATUS:
		return apply_change(a, who, t, CHANGE_SET, TF_STATUS,
		    status_meant(a, c->text), group, err);
	}
	return RC_OK;
}

/* One effect; command NULL is a close. */
static enum rc
effect_one(struct app *a, struct orphans *o, const struct actor *who,
    const struct ticket_key *key, const struct command *command,
    struct err *err)
{
	static const char *const names[] = {
		[COMMAND_COMMENT] = "comment",
		[COMMAND_TIME] = "time",
		[COMMAND_ASSIGN] = "assign",
		[COMMAND_LABEL] = "label",
		[COMMAND_RELEASE] = "release",
		[COMMAND_STATUS] = "status",
	};
	struct ticket t = { 0 };
	struct err quiet = ERR_INIT;
	char *action = NULL;
	int64_t group = 0;
	bool fresh;
	enum rc rc;

	/* No such ticket: scan reports the key, nothing to do here. */
	if (store_ticket_find(a->store, key, TICKET_ROW, &t, &quiet) != RC_OK ||
	    t.deleted) {
		ticket_release(&t);
		return RC_OK;
	}
	action = command == NULL
	    ? mem_strdup("close")
	    : mem_printf("%s:%s", names[command->kind],
		  command->text == NULL ? "" : command->text);
	rc = ledger_claim(a, o, who, t.id, action, &fresh, err);
	if (rc != RC_OK || !fresh)
		goto out;
	rc = command == NULL ? apply_close(a, who, &t, &group, err)
			     : apply_command(a, who, &t, command, &group, err);
	if (rc == RC_OK)
		rc = store_ledger_take(a->store, &who->oid, t.id, action, group,
		    err);
out:
	free(action);
	ticket_release(&t);
	return rc;
}

static enum rc
effects_of(struct app *a, struct orphans *o, const struct actor *who,
    const struct grammar *g, struct err *err)
{
	struct reference_list refs = { 0 };
	struct command_list commands = { 0 };
	enum rc rc = RC_OK;
	size_t i;

	reference_parse(who->message, who->len, g, &refs);
	for (i = 0; i < refs.n && rc == RC_OK; i++)
		if (refs.v[i].role == LINK_CLOSES && !refs.v[i].typo)
			rc = effect_one(a, o, who, &refs.v[i].key, NULL, err);
	reference_list_release(&refs);
	command_parse(who->message, who->len, g, &commands);
	for (i = 0; i < commands.n && rc == RC_OK; i++)
		rc = effect_one(a, o, who, &commands.v[i].key, &commands.v[i],
		    err);
	command_list_release(&commands);
	return rc;
}

struct landed {
	struct oid oid;
	int64_t time;
};

static bool
landed_visit(const struct history_commit *c, void *arg)
{
	struct landed *l = arg;

	l->oid = c->oid;
	l->time = c->time;
	return true;
}

/* The message, from the batch or else from history; older ones never act. */
static enum rc
act(struct app *a, const struct scan_batch *b, struct orphans *o, uint32_t id,
    struct err *err)
{
	struct vcs_commit_mem mem = { 0 };
	struct landed l = { 0 };
	struct actor who = { .len = 0 };
	struct commit c;
	uint32_t at;
	enum rc rc;

	rc = store_history_commits(a->store, &id, 1, landed_visit, &l, err);
	if (rc != RC_OK || l.time < a->created || oid_is_none(&l.oid))
		return rc;
	who.oid = l.oid;
	oid_to_hex(&l.oid, who.hex);
	if (oid_map_get(&b->index, &l.oid, &at)) {
		if (b->v[at].message_len == 0)
			return RC_OK;
		who.message = b->text.ptr + b->v[at].message;
		who.len = b->v[at].message_len;
		return effects_of(a, o, &who, &b->grammar, err);
	}
	if ((rc = vcs_commit_read(a->vcs, &l.oid, &mem, &c, err)) != RC_OK)
		return rc;
	if (c.author_time >= a->created) {
		who.message = c.message;
		who.len = c.message_len;
		rc = effects_of(a, o, &who, &b->grammar, err);
	}
	vcs_commit_mem_release(&mem);
	return rc;
}

static int
by_number(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

static enum rc
lapse(struct app *a, struct orphans *o, struct err *err)
{
	struct strv skipped = STRV_INIT;
	char hex[OID_HEX_MAX + 1];
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < o->n && rc == RC_OK; i++) {
		struct orphan *c = &o->v[i];

		if (c->inherited)
			continue;
		oid_to_hex(&c->commit, hex);
		/* What was undone by hand, or changed since, stays as it is. */
		if (c->event != 0)
			rc = store_undo_op(a->store, c->event, a->actor, hex,
			    &skipped, err);
		if (rc == RC_NOT_FOUND)
			rc = RC_OK;
		if (rc == RC_OK)
			rc = store_ledger_drop(a->store, &c->commit, c->ticket,
			    c->action, err);
	}
	strv_release(&skipped);
	return rc;
}

enum rc
scan_effects(struct app *a, const struct scan_batch *b,
    const struct scan_reach *r, struct err *err)
{
	struct orphans o = { 0 };
	enum rc rc = RC_OK;
	size_t i;

	if (r->n_landed == 0 && r->removed == 0)
		return RC_OK;
	if ((rc = orphans_load(a, &o, err)) != RC_OK)
		goto out;
	if (r->n_landed > 0)
		qsort(r->landed, r->n_landed, sizeof *r->landed, by_number);
	for (i = 0; i < r->n_landed && rc == RC_OK; i++)
		rc = act(a, b, &o, r->landed[i], err);
	if (rc == RC_OK)
		rc = lapse(a, &o, err);
out:
	orphans_release(&o);
	return rc;
}
