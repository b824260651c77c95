/* What no commit of the mainline says any more lapses. */
#include "effect.h"

#include <stdlib.h>
#include <string.h>

#include "app/app_priv.h"
#include "base/date.h"
#include "store/history.h"

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
	return effect_change(a, hex, c->ticket, CHANGE_REMOVE, TF_SPENT, span,
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

enum rc
effects_lapse(struct app *a, struct orphans *o, struct err *err)
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
