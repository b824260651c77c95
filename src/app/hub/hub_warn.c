/* What is doubtful about a release, the rule of each, and what mends it. */
#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "base/date.h"
#include "base/mem.h"
#include "hub_priv.h"

static const struct rule {
	const char *code, *text;
	enum hub_fix fixes[HUB_FIXES];
} rules[HUB_KIND_N] = {
	[HUB_NO_COMMIT] = { "no-commit", "what is done has a commit",
	    { HUB_FIX_REOPEN, HUB_FIX_NO_NOTE, HUB_FIX_OPEN } },
	[HUB_NOT_IN_BRANCH] = { "not-in-branch",
	    "what is done in this release has its commits in it",
	    { HUB_FIX_MOVE, HUB_FIX_REOPEN, HUB_FIX_OPEN } },
	[HUB_REVERTED] = { "reverted", "what was reverted is open again",
	    { HUB_FIX_REOPEN, HUB_FIX_DIFF, HUB_FIX_OPEN } },
	[HUB_TAKEN_BACK] = { "taken-back",
	    "what shipped earlier was not taken out",
	    { HUB_FIX_DIFF, HUB_FIX_OPEN } },
	[HUB_PARTIAL_REVERT] = { "partial-revert", "no part of it was reverted",
	    { HUB_FIX_OPEN, HUB_FIX_REOPEN } },
	[HUB_OPEN_CLAIMED] = { "open-claimed",
	    "what has its commits here is done",
	    { HUB_FIX_CLOSE, HUB_FIX_OPEN } },
	[HUB_ELSEWHERE] = { "elsewhere",
	    "what it ships is what was planned for it",
	    { HUB_FIX_ADD, HUB_FIX_OPEN } },
	[HUB_REFUSED] = { "refused",
	    "what has its commits here was not refused",
	    { HUB_FIX_ACCEPT, HUB_FIX_OPEN } },
	[HUB_UNKNOWN_KEY] = { "unknown-key", "a key in a message is a ticket's",
	    { HUB_FIX_DIFF } },
	[HUB_SUGGESTED] = { "suggested", "a commit names its ticket",
	    { HUB_FIX_LINK, HUB_FIX_DIFF, HUB_FIX_OPEN } },
	[HUB_UNLINKED] = { "unlinked", "a commit carries work for a ticket",
	    { HUB_FIX_UNLINKED } },
	[HUB_BLOCKED] = { "blocked", "nothing open stands in its way",
	    { HUB_FIX_MOVE, HUB_FIX_OPEN } },
	[HUB_BLOCKER] = { "blocker", "what is most urgent is done",
	    { HUB_FIX_MOVE, HUB_FIX_CLOSE, HUB_FIX_OPEN } },
	[HUB_STILL_OPEN] = { "still-open",
	    "a release that is out has nothing open",
	    { HUB_FIX_MOVE, HUB_FIX_CLOSE, HUB_FIX_OPEN } },
	[HUB_EMPTY_NOTE] = { "empty-note", "a feature says what is new",
	    { HUB_FIX_NOTE, HUB_FIX_NO_NOTE, HUB_FIX_OPEN } },
	[HUB_LATE] = { "late", "its day has not passed", { HUB_FIX_STATE } },
	[HUB_FOREIGN_ROOT] = { "foreign-root", "history has one root",
	    { HUB_FIX_NONE } },
	[HUB_SHALLOW] = { "shallow", "history is complete", { HUB_FIX_NONE } },
	[HUB_NO_BUILD] = { "no-build", "a release has a build",
	    { HUB_FIX_NONE } },
	[HUB_NO_PREVIOUS] = { "no-previous", "there is a release before it",
	    { HUB_FIX_NONE } },
};

struct hub_warning *
hub_warn(struct hub *hub, enum hub_kind kind, const char *key, char *text)
{
	struct hub_warning *w;

	hub->warnings = mem_grow(hub->warnings, &hub->cap_warnings,
	    hub->n_warnings + 1, sizeof(*hub->warnings));
	w = &hub->warnings[hub->n_warnings++];
	*w = (struct hub_warning){ .kind = (int)kind,
		.code = rules[kind].code,
		.rule = rules[kind].text,
		.text = text };
	memcpy(w->fixes, rules[kind].fixes, sizeof(w->fixes));
	memcpy(w->key, key, strlen(key) + 1);
	if (w->fixes[0] == HUB_FIX_MOVE && hub->later.n > 0)
		w->to = mem_strdup(hub->later.v[0]);
	return w;
}

/* ---- what the tracker alone knows ---- */

/* The open ticket that stands in the way, "" if it has gone meanwhile. */
static enum rc
find_blocker(struct app *a, const struct ticket *t, char out[TICKET_KEY_MAX],
    struct err *err)
{
	struct ticket_view view = { .ticket.id = 0 };
	enum rc rc = app_ticket_view(a, &t->key, &view, err);

	out[0] = '\0';
	for (size_t i = 0; rc == RC_OK && i < view.relations.n; i++) {
		const struct relation *r = &view.relations.v[i];

		if (strcmp(r->name, "blocked by") == 0 &&
		    r->category != CATEGORY_DONE && out[0] == '\0')
			memcpy(out, r->key, sizeof(r->key));
	}
	ticket_view_release(&view);
	return rc;
}

static enum rc
warn_blocked(struct app *a, struct hub *hub, const struct ticket *t,
    struct err *err)
{
	char key[TICKET_KEY_MAX], by[TICKET_KEY_MAX];
	enum rc rc;

	ticket_key_format(&t->key, key);
	if ((rc = find_blocker(a, t, by, err)) != RC_OK)
		return rc;
	hub_warn(hub, HUB_BLOCKED, key,
	    by[0] == '\0'
		? mem_printf("%s is blocked by an open ticket", key)
		: mem_printf("%s is blocked by %s, which is open", key, by));
	return RC_OK;
}

/* Open tickets of the release for which right holds as well. */
static enum rc
page_of(struct app *a, const struct hub *hub, struct filter *right,
    struct ticket_list *out, struct err *err)
{
	struct filter f = { .op = FILTER_FIELD,
		.field = FF_RELEASE,
		.cmp = FILTER_EQ };
	struct filter open = { .op = FILTER_IS, .is = IS_OPEN };
	struct filter both = { .op = FILTER_AND, .left = &f, .right = &open };
	const struct filter all = { .op = FILTER_AND,
		.left = &both,
		.right = right };
	const struct ticket_query q = {
		.filter = right == NULL ? &both : &all,
		.limit = HUB_WARNINGS_MAX,
		.sort = { .key = { { SORT_KEY, false } }, .n = 1 },
	};
	enum rc rc;

	strv_push(&f.values, hub->release.version);
	rc = app_ticket_page(a, &q, out, err);
	strv_release(&f.values);
	return rc;
}

static enum rc
blocked_ones(struct app *a, struct hub *hub, struct err *err)
{
	struct filter blocked = { .op = FILTER_IS, .is = IS_BLOCKED };
	struct ticket_list got = { 0 };
	enum rc rc = page_of(a, hub, &blocked, &got, err);

	for (size_t i = 0; rc == RC_OK && i < got.n; i++)
		rc = warn_blocked(a, hub, &got.v[i], err);
	ticket_list_release(&got);
	return rc;
}

/* What is left: everything once it is out, until then the most urgent. */
static enum rc
open_ones(struct app *a, struct hub *hub, struct err *err)
{
	struct filter urgent = { .op = FILTER_FIELD,
		.field = FF_PRIORITY,
		.cmp = FILTER_EQ };
	bool out = hub->release.state == RELEASE_RELEASED;
	struct ticket_list got = { 0 };
	char key[TICKET_KEY_MAX];
	enum rc rc;

	strv_push(&urgent.values, priorities[0].name);
	rc = page_of(a, hub, out ? NULL : &urgent, &got, err);
	for (size_t i = 0; rc == RC_OK && i < got.n; i++) {
		ticket_key_format(&got.v[i].key, key);
		hub_warn(hub, out ? HUB_STILL_OPEN : HUB_BLOCKER, key,
		    out ? mem_printf("%s is still open, though this version "
				     "is out",
			      key)
			: mem_printf("%s is of %s priority and %s", key,
			      priorities[0].name, got.v[i].status));
	}
	ticket_list_release(&got);
	strv_release(&urgent.values);
	return rc;
}

enum rc
hub_warn_tracker(struct app *a, struct hub *hub, struct err *err)
{
	const struct release *r = &hub->release;
	char day[11];
	enum rc rc;

	if (r->state == RELEASE_DROPPED || r->state == RELEASE_YANKED)
		return RC_OK;
	if ((rc = blocked_ones(a, hub, err)) != RC_OK ||
	    (rc = open_ones(a, hub, err)) != RC_OK)
		return rc;
	if (r->state == RELEASE_PLANNED && r->target != DATE_NONE &&
	    r->target / 86400 < date_local_day(date_now())) {
		date_format_day(r->target, day);
		hub_warn(hub, HUB_LATE, "",
		    mem_printf("it was due on %s", day));
	}
	return RC_OK;
}
