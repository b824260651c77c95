#include "app/hub.h"

#include <stdlib.h>
#include <string.h>

#include "app/generate.h"
#include "app/release.h"
#include "app/ticket.h"
#include "base/date.h"
#include "base/mem.h"

/* Warnings of one kind that are worth a line each. */
#define WARNINGS_MAX 50

struct rule {
	const char *text;
	enum hub_fix fix;
};

static const struct rule rules[NOTES_WARN_N] = {
	[NOTES_WARN_NO_COMMIT] = { "what is done has a commit", HUB_FIX_OPEN },
	[NOTES_WARN_OPEN_CLAIMED] = { "what has its commits here is done",
	    HUB_FIX_STATUS },
	[NOTES_WARN_REVERTED] = { "what was reverted is open again",
	    HUB_FIX_STATUS },
	[NOTES_WARN_PARTIAL_REVERT] = { "no part of it was reverted",
	    HUB_FIX_OPEN },
	[NOTES_WARN_UNKNOWN_KEY] = { "a key in a message is a ticket's",
	    HUB_FIX_DIFF },
	[NOTES_WARN_UNLINKED] = { "a commit carries work for a ticket",
	    HUB_FIX_UNLINKED },
	[NOTES_WARN_EMPTY_NOTE] = { "a feature says what is new",
	    HUB_FIX_NOTE },
	[NOTES_WARN_FOREIGN_ROOT] = { "history has one root", HUB_FIX_NONE },
	[NOTES_WARN_SHALLOW] = { "history is complete", HUB_FIX_NONE },
	[NOTES_WARN_ELSEWHERE] = { "what it ships is what was planned for it",
	    HUB_FIX_RELEASE },
	[NOTES_WARN_NO_BUILD] = { "a release has a build", HUB_FIX_NONE },
	[NOTES_WARN_SUGGESTED] = { "a commit names its ticket", HUB_FIX_OPEN },
	[NOTES_WARN_NO_PREVIOUS] = { "there is a release before it",
	    HUB_FIX_NONE },
};

static struct hub_warning *
warn(struct hub *hub, const char *code, const char *rule, enum hub_fix fix,
    char *text)
{
	struct hub_warning *w;

	hub->warnings = mem_grow(hub->warnings, &hub->cap_warnings,
	    hub->n_warnings + 1, sizeof(*hub->warnings));
	w = &hub->warnings[hub->n_warnings++];
	*w = (struct hub_warning){ .code = code,
		.rule = rule,
		.fix = fix,
		.text = text };
	return w;
}

static void
warn_ticket(struct hub *hub, const char *code, const char *rule,
    enum hub_fix fix, const struct ticket *t, const char *what)
{
	char key[TICKET_KEY_MAX];
	struct hub_warning *w;

	ticket_key_format(&t->key, key);
	w = warn(hub, code, rule, fix, mem_printf("%s %s", key, what));
	memcpy(w->key, key, sizeof(key));
}

void
hub_release(struct hub *hub)
{
	release_release(&hub->release);
	free(hub->previous);
	free(hub->next);
	ticket_list_release(&hub->tickets);
	for (size_t i = 0; i < hub->n_warnings; i++)
		free(hub->warnings[i].text);
	free(hub->warnings);
	*hub = (struct hub){ .told = false };
}

static int
compare(const void *x, const void *y)
{
	static const int order[] = { [CATEGORY_DOING] = 0,
		[CATEGORY_TODO] = 1,
		[CATEGORY_DONE] = 2 };
	const struct ticket *a = x, *b = y;
	int c = order[a->category] - order[b->category];

	if (c == 0)
		c = strcmp(a->key.prefix, b->key.prefix);
	return c != 0
	    ? c
	    : (a->key.number > b->key.number) - (a->key.number < b->key.number);
}

static void
sort_tickets(struct hub *hub)
{
	if (hub->tickets.n > 1)
		qsort(hub->tickets.v, hub->tickets.n, sizeof(*hub->tickets.v),
		    compare);
}

static void
tally(struct hub *hub, const struct ticket *t)
{
	switch (t->category) {
	case CATEGORY_DOING:
		hub->doing++;
		break;
	case CATEGORY_DONE:
		hub->done++;
		break;
	default:
		hub->todo++;
		break;
	}
}

static enum rc
count(struct app *a, const struct filter *release, enum filter_is is,
    int64_t *n, struct err *err)
{
	struct filter left = *release;
	struct filter right = { .op = FILTER_IS, .is = is };
	const struct filter both = { .op = FILTER_AND,
		.left = &left,
		.right = &right };

	return app_ticket_count(a, &both, 0, n, err);
}

static enum rc
load_planned(struct app *a, struct hub *hub, struct err *err)
{
	struct filter f = { .op = FILTER_FIELD,
		.field = FF_RELEASE,
		.cmp = FILTER_EQ };
	const struct ticket_query q = { .filter = &f,
		.limit = HUB_TICKETS_MAX };
	enum rc rc;

	strv_push(&f.values, hub->release.version);
	rc = app_ticket_page(a, &q, &hub->tickets, err);
	for (size_t i = 0; rc == RC_OK && i < hub->tickets.n; i++)
		tally(hub, &hub->tickets.v[i]);
	if (rc == RC_OK && hub->tickets.more &&
	    (rc = count(a, &f, IS_TODO, &hub->todo, err)) == RC_OK &&
	    (rc = count(a, &f, IS_DOING, &hub->doing, err)) == RC_OK)
		rc = count(a, &f, IS_DONE, &hub->done, err);
	sort_tickets(hub);
	strv_release(&f.values);
	return rc;
}

/* Dropped ones were never there. */
static char *
neighbour(const struct release_list *l, size_t i, int step)
{
	for (size_t k = i + (size_t)step; k < l->n; k += (size_t)step)
		if (l->v[k].state != RELEASE_DROPPED)
			return mem_strdup(l->v[k].version);
	return NULL;
}

/* What the tracker knows without the notes. */
static enum rc
own_warnings(struct app *a, struct hub *hub, struct err *err)
{
	const struct release *r = &hub->release;
	struct filter f = { .op = FILTER_FIELD,
		.field = FF_RELEASE,
		.cmp = FILTER_EQ };
	struct filter blocked = { .op = FILTER_IS, .is = IS_BLOCKED };
	const struct filter both = { .op = FILTER_AND,
		.left = &f,
		.right = &blocked };
	const struct ticket_query q = { .filter = &both,
		.limit = WARNINGS_MAX };
	struct ticket_list got = { 0 };
	size_t open = 0;
	char day[11];
	enum rc rc;

	strv_push(&f.values, r->version);
	rc = app_ticket_page(a, &q, &got, err);
	for (size_t i = 0; i < got.n; i++)
		warn_ticket(hub, "blocked", "nothing open stands in its way",
		    HUB_FIX_OPEN, &got.v[i], "is blocked by an open ticket");
	for (size_t i = 0; r->state == RELEASE_RELEASED && i < hub->tickets.n;
	     i++)
		if (hub->tickets.v[i].category != CATEGORY_DONE &&
		    open++ < WARNINGS_MAX)
			warn_ticket(hub, "still-open",
			    "a release that is out has nothing open",
			    HUB_FIX_RELEASE, &hub->tickets.v[i],
			    "is still open, though this version is out");
	if (r->state == RELEASE_PLANNED && r->target != DATE_NONE &&
	    r->target + 86400 <= date_now()) {
		date_format_day(r->target, day);
		warn(hub, "late", "its day has not passed", HUB_FIX_NONE,
		    mem_printf("it was due on %s", day));
	}
	ticket_list_release(&got);
	strv_release(&f.values);
	return rc;
}

enum rc
app_hub(struct app *a, const char *version, struct hub *hub, struct err *err)
{
	struct release_list list = { 0 };
	size_t i = 0;
	enum rc rc;

	if ((rc = app_releases(a, &list, err)) != RC_OK)
		return rc;
	while (i < list.n && strcmp(list.v[i].version, version) != 0)
		i++;
	if (i == list.n) {
		rc = err_set(err, RC_NOT_FOUND,
		    "no release %s (see: notes release list)", version);
		goto out;
	}
	release_copy(&hub->release, &list.v[i]);
	/* Newest first: the next one stands before it. */
	hub->next = neighbour(&list, i, -1);
	hub->previous = neighbour(&list, i, 1);
	if ((rc = load_planned(a, hub, err)) == RC_OK)
		rc = own_warnings(a, hub, err);
out:
	release_list_release(&list);
	return rc;
}

static int
compare_keys(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* Tickets that the notes list though they were not planned for it. */
static enum rc
add_shipped(struct app *a, const struct strv *planned, const struct notes *n,
    struct ticket_list *out, struct err *err)
{
	for (size_t s = 0; s < SECTION_KNOWN_ISSUES; s++) {
		for (size_t i = 0; i < n->sections[s].n; i++) {
			const char *key = n->sections[s].entries[i].key;
			struct ticket t = { 0 };
			struct ticket_key k;
			enum rc rc;

			if (!ticket_key_parse(key, strlen(key), &k) ||
			    (planned->n > 0 &&
				bsearch(&key, planned->v, planned->n,
				    sizeof(*planned->v), compare_keys) != NULL))
				continue;
			if ((rc = app_ticket_get(a, &k, &t, err)) != RC_OK)
				return rc;
			out->v = mem_grow(out->v, &out->cap, out->n + 1,
			    sizeof(*out->v));
			out->v[out->n++] = t;
		}
	}
	return RC_OK;
}

static void
take_warnings(struct hub *hub, const struct notes *n)
{
	size_t seen[NOTES_WARN_N] = { 0 };
	bool unlinked = false;

	for (size_t i = 0; i < n->n_warnings; i++) {
		const struct notes_warning *from = &n->warnings[i];
		const struct rule *r = &rules[from->code];
		struct hub_warning *w;

		unlinked = unlinked || from->code == NOTES_WARN_UNLINKED;
		if (seen[from->code]++ >= WARNINGS_MAX)
			continue;
		w = warn(hub, notes_warning_names[from->code],
		    r->text == NULL ? "" : r->text, r->fix,
		    strstr(from->text, from->key) == NULL
			? mem_printf("%s: %s", from->key, from->text)
			: mem_strdup(from->text));
		memcpy(w->key, from->key, sizeof(w->key));
		w->commit = from->commit;
	}
	if (!unlinked && n->n_unlinked > 0)
		warn(hub, notes_warning_names[NOTES_WARN_UNLINKED],
		    rules[NOTES_WARN_UNLINKED].text,
		    rules[NOTES_WARN_UNLINKED].fix,
		    mem_printf("commits without a ticket: %zu", n->n_unlinked));
	for (size_t c = 0; c < NOTES_WARN_N; c++)
		if (seen[c] > WARNINGS_MAX)
			warn(hub, notes_warning_names[c], rules[c].text,
			    HUB_FIX_NONE,
			    mem_printf("%zu more of this kind: %s",
				seen[c] - WARNINGS_MAX,
				notes_warning_names[c]));
}

enum rc
app_hub_history(struct app *a, struct hub *hub, struct err *err)
{
	const struct generate_options o = { .version = hub->release.version };
	struct ticket_list more = { 0 };
	struct strv planned = STRV_INIT;
	struct notes n;
	char key[TICKET_KEY_MAX];
	enum rc rc;

	notes_init(&n);
	if ((rc = app_generate(a, &o, &n, err)) != RC_OK)
		goto out;
	for (size_t i = 0; i < hub->tickets.n; i++) {
		ticket_key_format(&hub->tickets.v[i].key, key);
		strv_push(&planned, key);
	}
	if (planned.n > 1)
		qsort(planned.v, planned.n, sizeof(*planned.v), compare_keys);
	if ((rc = add_shipped(a, &planned, &n, &more, err)) != RC_OK)
		goto out;
	for (size_t i = 0; i < more.n; i++) {
		hub->tickets.v = mem_grow(hub->tickets.v, &hub->tickets.cap,
		    hub->tickets.n + 1, sizeof(*hub->tickets.v));
		hub->tickets.v[hub->tickets.n++] = more.v[i];
		tally(hub, &more.v[i]);
	}
	/* They are hub's now. */
	more.n = 0;
	sort_tickets(hub);
	take_warnings(hub, &n);
	hub->n_commits = n.n_commits;
	hub->n_entries = notes_count(&n);
	hub->n_unlinked = n.n_unlinked;
	hub->told = true;
out:
	ticket_list_release(&more);
	strv_release(&planned);
	notes_release(&n);
	return rc;
}
