/*
 * What commits do to tickets once they are on the mainline.  The ledger makes
 * each effect happen once: an action is named by what it does, and a commit
 * that stands for another one (amended, rebased, picked) takes over what that
 * one did.  What no commit of the mainline says any more lapses.
 */
#include "scan_priv.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_priv.h"
#include "base/mem.h"
#include "message/command.h"
#include "message/reference.h"
#include "store/history.h"
#include "store/ticket.h"

/* A ledger row whose commit is not on the mainline any more. */
struct orphan {
	struct oid commit;
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
	struct strv *warnings;
};

static bool
orphan_visit(const struct ledger_row *row, void *arg)
{
	struct orphans *o = arg;

	o->v = mem_grow(o->v, &o->cap, o->n + 1, sizeof *o->v);
	o->v[o->n++] = (struct orphan){ .commit = row->commit,
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

struct landed {
	struct oid oid;
	int64_t time;
	unsigned flags;
	int64_t release;
};

static bool
landed_visit(const struct history_commit *c, void *arg)
{
	struct landed *l = arg;

	*l = (struct landed){ c->oid, c->time, c->flags, c->release };
	return true;
}

/*
 * True through *on while a commit counts as landed.  One that a release has
 * stays so when its branch is deleted; and where no branch has the mainline's
 * name, checking out another one moves nothing.
 */
static enum rc
is_landed(struct app *a, const struct oid *oid, bool by_head, bool *on,
    struct err *err)
{
	struct landed l = { .time = 0 };
	uint32_t id;
	enum rc rc;

	*on = false;
	if ((rc = store_history_find(a->store, oid, &id, err)) != RC_OK ||
	    id == 0)
		return rc;
	rc = store_history_commits(a->store, &id, 1, landed_visit, &l, err);
	*on = by_head || l.release != 0 || (l.flags & HISTORY_MAINLINE) != 0;
	return rc;
}

static enum rc
orphans_load(struct app *a, bool by_head, struct orphans *o, struct err *err)
{
	size_t i, kept = 0;
	enum rc rc;
	bool on;

	rc = store_ledger_each(a->store, NULL, orphan_visit, o, err);
	for (i = 0; i < o->n; i++) {
		on = false;
		if (rc == RC_OK)
			rc = is_landed(a, &o->v[i].commit, by_head, &on, err);
		if (rc != RC_OK || on)
			free(o->v[i].action);
		else
			o->v[kept++] = o->v[i];
	}
	o->n = kept;
	return rc;
}

/* ---- which commits stand for each other ---- */

static bool
same_bytes(const char *a, size_t a_len, const char *b, size_t b_len)
{
	return a_len == b_len && memcmp(a, b, a_len) == 0;
}

/*
 * git keeps author and time of writing through amend, rebase and cherry-pick;
 * the first two of them may come without a word from a hook.  An amended
 * message keeps the parents, a moved commit its subject.
 */
static bool
same_work(const struct commit *a, const struct commit *b)
{
	const char *s, *t;
	size_t n, m;

	if (a->author_time != b->author_time ||
	    !same_bytes(a->author, a->author_len, b->author, b->author_len))
		return false;
	if (a->n_parents > 0 && a->n_parents == b->n_parents &&
	    oid_equal(&a->parents[0], &b->parents[0]))
		return true;
	commit_subject(a->message, a->message_len, &s, &n);
	commit_subject(b->message, b->message_len, &t, &m);
	return same_bytes(s, n, t, m);
}

bool
scan_same_work(struct app *a, const struct oid *x, const struct oid *y)
{
	struct vcs_commit_mem mx = { 0 }, my = { 0 };
	struct err quiet = ERR_INIT;
	struct commit cx, cy;
	bool same;

	/* What git has thrown away already cannot be compared. */
	same = vcs_commit_read(a->vcs, x, &mx, &cx, &quiet) == RC_OK &&
	    vcs_commit_read(a->vcs, y, &my, &cy, &quiet) == RC_OK &&
	    same_work(&cx, &cy);
	vcs_commit_mem_release(&mx);
	vcs_commit_mem_release(&my);
	return same;
}

static enum rc
stands_for(struct app *a, const struct oid *x, const struct oid *y, bool *same,
    struct err *err)
{
	struct oid end_x, end_y;
	enum rc rc;

	*same = false;
	if ((rc = store_rewrite_resolve(a->store, x, &end_x, err)) != RC_OK ||
	    (rc = store_rewrite_resolve(a->store, y, &end_y, err)) != RC_OK)
		return rc;
	*same = oid_equal(&end_x, &end_y);
	if (!*same)
		rc = store_history_picked(a->store, x, y, same, err);
	if (rc == RC_OK && !*same)
		*same = scan_same_work(a, x, y);
	return rc;
}

/* The orphan that says the same, whoever took it. */
static struct orphan *
orphans_match(struct orphans *o, int64_t ticket, const char *action)
{
	size_t i;

	for (i = 0; i < o->n; i++)
		if (!o->v[i].inherited && o->v[i].ticket == ticket &&
		    strcmp(o->v[i].action, action) == 0)
			return &o->v[i];
	return NULL;
}

static void
orphans_inherit(struct orphans *o, const struct orphan *row)
{
	size_t i;

	for (i = 0; i < o->n; i++)
		if (oid_equal(&o->v[i].commit, &row->commit) &&
		    o->v[i].ticket == row->ticket &&
		    strcmp(o->v[i].action, row->action) == 0)
			o->v[i].inherited = true;
}

/*
 * Takes (commit, ticket, action) unless that was done before; *fresh tells
 * whether the effect is still to happen.
 */
static enum rc
ledger_claim(struct app *a, struct orphans *o, const struct actor *who,
    int64_t ticket, const char *action, bool *fresh, struct err *err)
{
	struct orphans rows = { 0 };
	struct orphan *old = NULL;
	bool same = false;
	enum rc rc;
	size_t i;

	*fresh = false;
	rc = store_ledger_of(a->store, ticket, action, orphan_visit, &rows,
	    err);
	for (i = 0; i < rows.n && rc == RC_OK; i++)
		if (oid_equal(&rows.v[i].commit, &who->oid))
			goto out;
	for (i = 0; i < rows.n && rc == RC_OK && !same; i++) {
		rc = stands_for(a, &rows.v[i].commit, &who->oid, &same, err);
		if (rc == RC_OK && same)
			old = &rows.v[i];
	}
	if (rc == RC_OK && old == NULL)
		old = orphans_match(o, ticket, action);
	*fresh = rc == RC_OK && old == NULL;
	if (rc == RC_OK && old != NULL) {
		orphans_inherit(o, old);
		rc = store_ledger_take(a->store, &who->oid, ticket, action,
		    old->event, err);
	}
out:
	orphans_release(&rows);
	return rc;
}

/* ---- effects ---- */

static enum rc
apply_change(struct app *a, const char *origin, int64_t ticket,
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
		rc = app_changes_apply(a, ticket, &list, origin, group,
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
	date_format_span(seconds, span);
	return apply_change(a, who->hex, t->id, CHANGE_ADD, TF_SPENT, span,
	    group, err);
}

static enum rc
apply_close(struct app *a, const struct actor *who, const struct ticket *t,
    int64_t *group, struct err *err)
{
	const struct status *done = workflow_first(&a->workflow, CATEGORY_DONE);

	if (t->category == CATEGORY_DONE || done == NULL)
		return RC_OK;
	return apply_change(a, who->hex, t->id, CHANGE_SET, TF_STATUS,
	    done->name, group, err);
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
		return apply_change(a, who->hex, t->id, CHANGE_SET, TF_ASSIGNEE,
		    c->text, group, err);
	case COMMAND_LABEL:
		return apply_change(a, who->hex, t->id, CHANGE_ADD, TF_LABEL,
		    c->text, group, err);
	case COMMAND_RELEASE:
		return apply_change(a, who->hex, t->id, CHANGE_ADD, TF_RELEASE,
		    c->text, group, err);
	case COMMAND_STATUS:
		return apply_change(a, who->hex, t->id, CHANGE_SET, TF_STATUS,
		    status_meant(a, c->text), group, err);
	}
	return RC_OK;
}

/* The name of an effect: two that differ must not be taken for one. */
static char *
action_name(const struct command *c)
{
	static const char *const names[] = {
		[COMMAND_COMMENT] = "comment",
		[COMMAND_TIME] = "time",
		[COMMAND_ASSIGN] = "assign",
		[COMMAND_LABEL] = "label",
		[COMMAND_RELEASE] = "release",
		[COMMAND_STATUS] = "status",
	};
	const char *text;

	if (c == NULL)
		return mem_strdup("close");
	text = c->text == NULL ? "" : c->text;
	if (c->kind != COMMAND_TIME)
		return mem_printf("%s:%s", names[c->kind], text);
	return mem_printf("time:%" PRId64 "%s%s", c->seconds,
	    text[0] == '\0' ? "" : ":", text);
}

/* A release that is not there: said, and not taken for done. */
static bool
waits(struct app *a, const struct actor *who, const struct ticket_key *key,
    const struct command *c)
{
	struct change_list list = { 0 };
	struct err why = ERR_INIT;
	char text[TICKET_KEY_MAX];
	bool no = false;

	if (c == NULL || c->kind != COMMAND_RELEASE)
		return false;
	change_push(&list, CHANGE_ADD, TF_RELEASE, c->text);
	no = app_changes_resolve(a, &list, &why) != RC_OK;
	change_list_release(&list);
	if (no) {
		ticket_key_format(key, text);
		strv_take(who->warnings,
		    mem_printf("%.12s says #release %.64s, which there is not "
			       "(run: notes release add %.64s; notes edit %s "
			       "release+=%.64s)",
			who->hex, c->text, c->text, text, c->text));
	}
	return no;
}

/* One effect; command NULL is a close. */
static enum rc
effect_one(struct app *a, struct orphans *o, const struct actor *who,
    const struct ticket_key *key, const struct command *command,
    struct err *err)
{
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
	if (waits(a, who, key, command)) {
		ticket_release(&t);
		return RC_OK;
	}
	action = action_name(command);
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

/* The message, from the batch or else from history; older ones never act. */
static enum rc
act(struct app *a, const struct scan_batch *b, struct orphans *o, uint32_t id,
    struct strv *warnings, struct err *err)
{
	struct vcs_commit_mem mem = { 0 };
	struct landed l = { 0 };
	struct actor who = { .warnings = warnings };
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

/* ---- what is said no more ---- */

/* The seconds of "time:7200:note", 0 when it is no such action. */
static int64_t
action_seconds(const char *action)
{
	static const char lead[] = "time:";

	return strncmp(action, lead, sizeof lead - 1) != 0
	    ? 0
	    : strtoll(action + sizeof lead - 1, NULL, 10);
}

/* Sums have no value from before to go back to: others have added since. */
static enum rc
take_time_back(struct app *a, const struct orphan *c, const char *hex,
    struct err *err)
{
	char span[32];
	int64_t group = 0;
	bool stands;
	enum rc rc;

	rc = store_ledger_stands(a->store, c->event, &stands, err);
	if (rc != RC_OK || !stands)
		return rc;
	date_format_span(action_seconds(c->action), span);
	return apply_change(a, hex, c->ticket, CHANGE_REMOVE, TF_SPENT, span,
	    &group, err);
}

static enum rc
take_back(struct app *a, const struct orphan *c, struct err *err)
{
	struct strv skipped = STRV_INIT;
	char hex[OID_HEX_MAX + 1];
	enum rc rc = RC_OK;

	if (c->event == 0)
		return RC_OK;
	oid_to_hex(&c->commit, hex);
	/* What was undone by hand, or changed since, stays as it is. */
	rc = action_seconds(c->action) > 0
	    ? take_time_back(a, c, hex, err)
	    : store_undo_op(a->store, c->event, a->actor, hex, &skipped, err);
	if (rc == RC_NOT_FOUND) {
		err_clear(err);
		rc = RC_OK;
	}
	strv_release(&skipped);
	return rc;
}

static bool
is_orphan(const struct orphans *o, const struct oid *commit)
{
	size_t i;

	for (i = 0; i < o->n; i++)
		if (oid_equal(&o->v[i].commit, commit))
			return true;
	return false;
}

/*
 * Whether another commit of the mainline carries the effect.  One that came
 * when there was nothing left to do (event 0) carries it from now on.
 */
static enum rc
is_carried(struct app *a, const struct orphans *o, const struct orphan *c,
    bool *carried, struct err *err)
{
	struct orphans rows = { 0 };
	const struct orphan *idle = NULL;
	enum rc rc;
	size_t i;

	*carried = false;
	rc = store_ledger_of(a->store, c->ticket, c->action, orphan_visit,
	    &rows, err);
	for (i = 0; i < rows.n && rc == RC_OK && !*carried; i++) {
		if (is_orphan(o, &rows.v[i].commit))
			continue;
		*carried = rows.v[i].event == c->event;
		if (rows.v[i].event == 0)
			idle = &rows.v[i];
	}
	if (rc == RC_OK && !*carried && idle != NULL) {
		*carried = true;
		rc = store_ledger_drop(a->store, &idle->commit, c->ticket,
		    c->action, err);
		if (rc == RC_OK)
			rc = store_ledger_take(a->store, &idle->commit,
			    c->ticket, c->action, c->event, err);
	}
	orphans_release(&rows);
	return rc;
}

static enum rc
lapse(struct app *a, struct orphans *o, struct err *err)
{
	enum rc rc = RC_OK;
	size_t i, k;
	bool carried;

	for (i = 0; i < o->n && rc == RC_OK; i++) {
		struct orphan *c = &o->v[i];

		rc = is_carried(a, o, c, &carried, err);
		/* Several that are gone carried one effect. */
		for (k = 0; k < i && !carried; k++)
			carried = o->v[k].event == c->event &&
			    o->v[k].ticket == c->ticket &&
			    strcmp(o->v[k].action, c->action) == 0;
		if (rc == RC_OK && !carried)
			rc = take_back(a, c, err);
		if (rc == RC_OK)
			rc = store_ledger_drop(a->store, &c->commit, c->ticket,
			    c->action, err);
	}
	return rc;
}

enum rc
scan_effects(struct app *a, const struct scan_batch *b,
    const struct scan_reach *r, struct strv *warnings, struct err *err)
{
	struct orphans o = { 0 };
	enum rc rc = RC_OK;
	size_t i;

	if (r->removed != 0 || r->left != 0)
		rc = orphans_load(a, r->by_head, &o, err);
	if (rc == RC_OK && r->n_landed > 0)
		qsort(r->landed, r->n_landed, sizeof *r->landed, by_number);
	for (i = 0; i < r->n_landed && rc == RC_OK; i++)
		rc = act(a, b, &o, r->landed[i], warnings, err);
	if (rc == RC_OK)
		rc = lapse(a, &o, err);
	orphans_release(&o);
	return rc;
}
