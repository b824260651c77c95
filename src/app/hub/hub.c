#include <stdlib.h>
#include <string.h>

#include "app/generate.h"
#include "app/release.h"
#include "app/ticket.h"
#include "base/mem.h"
#include "hub_priv.h"

static void
drop_warnings(struct hub *hub, size_t from)
{
	for (size_t i = from; i < hub->n_warnings; i++) {
		free(hub->warnings[i].text);
		free(hub->warnings[i].to);
	}
	hub->n_warnings = from;
}

void
hub_release(struct hub *hub)
{
	release_release(&hub->release);
	free(hub->previous);
	free(hub->next);
	ticket_list_release(&hub->tickets);
	strv_release(&hub->later);
	drop_warnings(hub, 0);
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

	return c != 0 ? c : ticket_key_compare(&a->key, &b->key);
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

/* The newer ones that work can still go into. */
static void
find_later(const struct release_list *l, size_t i, struct strv *out)
{
	while (i-- > 0)
		if (l->v[i].state == RELEASE_PLANNED)
			strv_push(out, l->v[i].version);
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
	find_later(&list, i, &hub->later);
	if ((rc = load_planned(a, hub, err)) == RC_OK)
		rc = hub_warn_tracker(a, hub, err);
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

/* Counted as those that were planned: what is shown is what is counted. */
static void
take_shipped(struct hub *hub, struct ticket_list *more)
{
	for (size_t i = 0; i < more->n; i++) {
		hub->tickets.v = mem_grow(hub->tickets.v, &hub->tickets.cap,
		    hub->tickets.n + 1, sizeof(*hub->tickets.v));
		hub->tickets.v[hub->tickets.n++] = more->v[i];
		tally(hub, &more->v[i]);
	}
	hub->unplanned = (int64_t)more->n;
	/* They are hub's now. */
	more->n = 0;
	sort_tickets(hub);
}

enum rc
app_hub_history(struct app *a, struct hub *hub, struct err *err)
{
	const struct generate_options o = { .version = hub->release.version };
	struct ticket_list more = { 0 };
	struct strv planned = STRV_INIT;
	size_t before = hub->n_warnings;
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
	/* Beyond what is shown, nobody can tell who was planned. */
	if ((!hub->tickets.more &&
		(rc = add_shipped(a, &planned, &n, &more, err)) != RC_OK) ||
	    (rc = hub_flow(a, hub, err)) != RC_OK ||
	    (rc = hub_warn_history(a, hub, &n, err)) != RC_OK)
		goto out;
	take_shipped(hub, &more);
	hub->n_commits = n.n_commits;
	hub->n_entries = notes_count(&n);
	hub->n_unlinked = n.n_unlinked;
	hub->told = true;
out:
	if (rc != RC_OK)
		drop_warnings(hub, before);
	ticket_list_release(&more);
	strv_release(&planned);
	notes_release(&n);
	return rc;
}
