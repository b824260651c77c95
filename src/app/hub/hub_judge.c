/* What the notes doubt, judged again by what the tickets say now. */
#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "base/mem.h"
#include "hub_priv.h"

static const enum hub_kind kinds[NOTES_WARN_N] = {
	[NOTES_WARN_NO_COMMIT] = HUB_NO_COMMIT,
	[NOTES_WARN_OPEN_CLAIMED] = HUB_OPEN_CLAIMED,
	[NOTES_WARN_REVERTED] = HUB_REVERTED,
	[NOTES_WARN_PARTIAL_REVERT] = HUB_PARTIAL_REVERT,
	[NOTES_WARN_UNKNOWN_KEY] = HUB_UNKNOWN_KEY,
	[NOTES_WARN_UNLINKED] = HUB_UNLINKED,
	[NOTES_WARN_EMPTY_NOTE] = HUB_EMPTY_NOTE,
	[NOTES_WARN_FOREIGN_ROOT] = HUB_FOREIGN_ROOT,
	[NOTES_WARN_SHALLOW] = HUB_SHALLOW,
	[NOTES_WARN_ELSEWHERE] = HUB_ELSEWHERE,
	[NOTES_WARN_NO_BUILD] = HUB_NO_BUILD,
	[NOTES_WARN_SUGGESTED] = HUB_SUGGESTED,
	[NOTES_WARN_NO_PREVIOUS] = HUB_NO_PREVIOUS,
};

static bool
is_revert(const struct link_list *l, const struct link *of)
{
	char hex[OID_HEX_MAX + 1];

	oid_to_hex(&of->commit, hex);
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].reverted_by != NULL &&
		    strcmp(l->v[i].reverted_by, hex) == 0)
			return true;
	return false;
}

/* Work for the ticket that stands, in this release's history or another's; a
 * released one rather than any. */
static const struct link *
standing(const struct ticket_view *v)
{
	const struct link *best = NULL;

	for (size_t i = 0; i < v->links.n; i++) {
		const struct link *l = &v->links.v[i];

		if (l->role < LINK_CLAIMS || l->reverted_by != NULL ||
		    is_revert(&v->links, l))
			continue;
		if (best == NULL ||
		    (best->first_release == NULL && l->first_release != NULL))
			best = l;
	}
	return best;
}

/* The kind that a warning of the notes is here; HUB_KIND_N: none, its rule holds.
 * *at is where the ticket's work is instead, or NULL. */
static enum hub_kind
judge(const struct hub *hub, const struct notes_warning *from,
    const struct ticket_view *v, const struct link **at)
{
	bool planned = strv_has(&v->ticket.releases, hub->release.version);
	bool done = v->ticket.category == CATEGORY_DONE;

	*at = NULL;
	switch (from->code) {
	case NOTES_WARN_REVERTED:
		if (!done)
			return HUB_KIND_N;
		*at = standing(v);
		if (*at == NULL)
			return HUB_REVERTED;
		if (planned)
			return HUB_NOT_IN_BRANCH;
		/* It stands elsewhere, but who has this release lost it. */
		return from->shipped ? HUB_TAKEN_BACK : HUB_KIND_N;
	case NOTES_WARN_ELSEWHERE:
		if (v->ticket.resolution != NULL &&
		    strcmp(v->ticket.resolution, "fixed") != 0 &&
		    strcmp(v->ticket.resolution, "done") != 0)
			return HUB_REFUSED;
		if (!planned)
			return HUB_ELSEWHERE;
		*at = standing(v);
		return HUB_NOT_IN_BRANCH;
	default:
		return kinds[from->code];
	}
}

static void
move_to(struct hub_warning *w, const struct hub *hub, const struct link *at)
{
	const char *to = at->first_release;

	if (to != NULL && strcmp(to, hub->release.version) != 0)
		mem_replace(&w->to, to);
}

/* The caller frees it. */
static char *
words(const struct notes_warning *from, enum hub_kind kind)
{
	if (kind == HUB_NOT_IN_BRANCH)
		return mem_printf("%s is planned for this release, but its "
				  "commits are not in it",
		    from->key);
	return strstr(from->text, from->key) == NULL
	    ? mem_printf("%s: %s", from->key, from->text)
	    : mem_strdup(from->text);
}

static enum rc
take_warning(struct app *a, struct hub *hub, const struct notes_warning *from,
    size_t seen[HUB_KIND_N], struct err *err)
{
	struct ticket_view v = { .ticket.id = 0 };
	const struct link *at = NULL;
	enum hub_kind kind = kinds[from->code];
	struct hub_warning *w;
	struct ticket_key key;
	enum rc rc = RC_OK;

	if ((from->code == NOTES_WARN_REVERTED ||
		from->code == NOTES_WARN_ELSEWHERE) &&
	    ticket_key_parse(from->key, strlen(from->key), &key)) {
		rc = app_ticket_view(a, &key, &v, err);
		if (rc == RC_OK)
			kind = judge(hub, from, &v, &at);
		/* A key that no ticket has can't be open again. */
		else if (rc == RC_NOT_FOUND)
			kind = HUB_KIND_N;
	}
	if (rc == RC_NOT_FOUND)
		rc = RC_OK;
	if (rc == RC_OK && kind != HUB_KIND_N &&
	    seen[kind]++ < HUB_WARNINGS_MAX) {
		w = hub_warn(hub, kind, from->key, words(from, kind));
		w->commit = from->commit;
		if (kind == HUB_NOT_IN_BRANCH && at != NULL)
			move_to(w, hub, at);
	}
	ticket_view_release(&v);
	return rc;
}

static int
compare(const void *x, const void *y)
{
	const struct hub_warning *a = x, *b = y;
	int c = a->kind - b->kind;

	if (c == 0)
		c = ticket_key_compare_text(a->key, b->key);
	if (c == 0)
		c = oid_compare(&a->commit, &b->commit);
	/* The same state prints the same bytes, whatever qsort() does. */
	return c != 0 ? c : strcmp(a->text, b->text);
}

/* What was too much of one kind to be told one by one. */
static void
warn_of_more(struct hub *hub, enum hub_kind kind, size_t n)
{
	struct hub_warning *w = hub_warn(hub, kind, "", NULL);

	w->text = mem_printf("%zu more of this kind: %s", n, w->code);
	if (w->fixes[0] != HUB_FIX_UNLINKED)
		memset(w->fixes, 0, sizeof(w->fixes));
}

enum rc
hub_warn_history(struct app *a, struct hub *hub, const struct notes *n,
    struct err *err)
{
	char *numbers = notes_unknown_numbers(n);
	size_t seen[HUB_KIND_N] = { 0 };
	bool unlinked = false, told = numbers != NULL;
	enum rc rc = RC_OK;

	if (told)
		memset(hub_warn(hub, HUB_UNKNOWN_KEY, "", numbers)->fixes, 0,
		    sizeof(hub->warnings->fixes));
	for (size_t i = 0; i < n->n_warnings && rc == RC_OK; i++) {
		if (told && n->warnings[i].number)
			continue;
		unlinked |= n->warnings[i].code == NOTES_WARN_UNLINKED;
		rc = take_warning(a, hub, &n->warnings[i], seen, err);
	}
	if (!unlinked && n->n_unlinked > 0)
		hub_warn(hub, HUB_UNLINKED, "",
		    mem_printf("%zu commit%s without a ticket", n->n_unlinked,
			n->n_unlinked == 1 ? "" : "s"));
	for (size_t k = 0; k < HUB_KIND_N; k++)
		if (seen[k] > HUB_WARNINGS_MAX)
			warn_of_more(hub, (enum hub_kind)k,
			    seen[k] - HUB_WARNINGS_MAX);
	if (hub->n_warnings > 1)
		qsort(hub->warnings, hub->n_warnings, sizeof(*hub->warnings),
		    compare);
	return rc;
}

enum rc
app_hub_development(struct app *a, const struct ticket_key *key,
    struct hub_development *out, struct err *err)
{
	struct ticket_view v = { .ticket.id = 0 };
	enum rc rc = app_ticket_view(a, key, &v, err);

	*out = (struct hub_development){ .merged = 0 };
	for (size_t i = 0; rc == RC_OK && i < v.links.n; i++) {
		const struct link *l = &v.links.v[i];

		if (l->role < LINK_CLAIMS || is_revert(&v.links, l))
			continue;
		if (l->reverted_by != NULL)
			out->reverted++;
		else if (l->merged)
			out->merged++;
		else
			out->pending++;
	}
	ticket_view_release(&v);
	return rc;
}
