/* The sums that scan reports, kept until the journal grows. */
#include "scan_priv.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static bool
last_visit(const struct event *ev, void *arg)
{
	*(int64_t *)arg = ev->n;
	return false;
}

/* The newest event: keys are known or not by what the journal says. */
static enum rc
last_event(struct app *a, int64_t *n, struct err *err)
{
	enum rc rc;

	*n = 0;
	rc = store_journal_each(a->store, NULL, 0, last_visit, n, err);
	return rc == RC_STOPPED ? RC_OK : rc;
}

static enum rc
count(struct app *a, struct scan_result *out, struct err *err)
{
	struct history_totals t;
	enum rc rc = store_history_totals(a->store, &t, err);

	if (rc != RC_OK)
		return rc;
	out->commits = t.commits;
	out->links = t.links;
	out->effects = t.effects;
	out->unknown_keys = t.unknown_keys;
	return RC_OK;
}

/* Counting walks whole tables, so the sums are kept until the journal grows. */
enum rc
scan_totals_keep(struct app *a, struct err *err)
{
	struct scan_result r = { 0 };
	char text[128];
	int64_t n;
	enum rc rc;

	/* A hook has no time to count a long history. */
	if (a->mode == APP_HOOK)
		return store_local_set(a->store, "scan.totals", "", err);
	if ((rc = count(a, &r, err)) != RC_OK ||
	    (rc = last_event(a, &n, err)) != RC_OK)
		return rc;
	snprintf(text, sizeof text,
	    "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, n,
	    r.commits, r.links, r.effects, r.unknown_keys);
	return store_local_set(a->store, "scan.totals", text, err);
}

enum rc
scan_totals(struct app *a, struct scan_result *out, struct err *err)
{
	int64_t n, at = -1, v[4];
	char *text = NULL;
	enum rc rc;

	if ((rc = last_event(a, &n, err)) != RC_OK ||
	    (rc = store_local_get(a->store, "scan.totals", &text, err)) !=
		RC_OK)
		return rc;
	if (text == NULL ||
	    sscanf(text,
		"%" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64, &at,
		&v[0], &v[1], &v[2], &v[3]) != 5 ||
	    at != n) {
		free(text);
		return count(a, out, err);
	}
	free(text);
	out->commits = v[0];
	out->links = v[1];
	out->effects = v[2];
	out->unknown_keys = v[3];
	return RC_OK;
}

struct naming {
	bool (*fn)(const char *key, int64_t commits, void *arg);
	void *arg;
};

static bool
name_visit(const struct ticket_key *key, int64_t commits, void *arg)
{
	const struct naming *n = arg;
	char text[TICKET_KEY_MAX];

	ticket_key_format(key, text);
	return n->fn(text, commits, n->arg);
}

enum rc
app_unknown_keys(struct app *a,
    bool (*fn)(const char *key, int64_t commits, void *arg), void *arg,
    struct err *err)
{
	struct naming n = { fn, arg };

	return store_history_unknown(a->store, name_visit, &n, err);
}
