/*
 * What commits do to tickets once they are on the mainline: keywords close,
 * commands say the rest.
 */
#include "effect.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_priv.h"
#include "base/mem.h"
#include "message/command.h"
#include "message/reference.h"
#include "store/history.h"
#include "store/ticket.h"

enum rc
effect_change(struct app *a, const char *origin, int64_t ticket,
    enum change_op op, enum ticket_field field, const char *value,
    int64_t *group, struct err *err)
{
	struct change_list list = { 0 };
	struct err quiet = ERR_INIT;
	bool changed;
	enum rc rc = RC_OK;

	change_push(&list, op, field, value);
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
	return effect_change(a, who->hex, t->id, CHANGE_ADD, TF_SPENT, span,
	    group, err);
}

static enum rc
apply_close(struct app *a, const struct actor *who, const struct ticket *t,
    int64_t *group, struct err *err)
{
	const struct status *done = workflow_first(&a->workflow, CATEGORY_DONE);

	if (t->category == CATEGORY_DONE || done == NULL)
		return RC_OK;
	return effect_change(a, who->hex, t->id, CHANGE_SET, TF_STATUS,
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
		return effect_change(a, who->hex, t->id, CHANGE_SET,
		    TF_ASSIGNEE, c->text, group, err);
	case COMMAND_LABEL:
		return effect_change(a, who->hex, t->id, CHANGE_ADD, TF_LABEL,
		    c->text, group, err);
	case COMMAND_RELEASE:
		return effect_change(a, who->hex, t->id, CHANGE_ADD, TF_RELEASE,
		    c->text, group, err);
	case COMMAND_STATUS:
		return effect_change(a, who->hex, t->id, CHANGE_SET, TF_STATUS,
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
		rc = effects_lapse(a, &o, err);
	orphans_release(&o);
	return rc;
}
