#include "scan_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "message/reference.h"

static enum rc
write_commit(struct app *a, struct scan_batch *b, struct scan_commit *sc,
    uint32_t **parents, size_t *cap, struct err *err)
{
	struct history_commit hc = { 0 };
	uint32_t id;
	enum rc rc;
	size_t i;

	*parents = mem_grow(*parents, cap, sc->n_parents + 1, sizeof **parents);
	for (i = 0; i < sc->n_parents; i++) {
		rc = scan_find_oid(a, b, &b->parents[sc->parent + i], &id, err);
		if (rc != RC_OK)
			return rc;
		if (id == 0) {
			sc->flags |= HISTORY_BOUNDARY;
			continue;
		}
		(*parents)[hc.n_parents++] = id;
	}
	hc.id = sc->id;
	hc.oid = sc->oid;
	hc.parents = *parents;
	hc.time = sc->time;
	hc.flags = sc->flags;
	hc.release = sc->release;
	hc.author = b->text.ptr + sc->author;
	hc.subject = b->text.ptr + sc->subject;
	return store_history_add(a->store, &hc, err);
}

/*
 * Commits first, by number; then links sorted by key, as their table is: rows
 * that come in order are appended, not searched for.
 */
static enum rc
write_commits(struct app *a, struct scan_batch *b, int64_t *written,
    struct err *err)
{
	uint32_t next, known, *parents = NULL;
	struct scan_commit *sc;
	enum rc rc = RC_OK;
	size_t i, cap = 0;

	if ((rc = store_history_max(a->store, &next, NULL, err)) != RC_OK)
		return rc;
	for (i = 0; i < b->n && rc == RC_OK; i++) {
		sc = &b->v[b->order[i]];
		known = 0;
		if (!b->fresh)
			rc = store_history_find(a->store, &sc->oid, &known,
			    err);
		if (rc != RC_OK)
			break;
		if (known != 0) {
			sc->id = known;
			sc->n_refs = 0;
			continue;
		}
		sc->id = ++next;
		rc = write_commit(a, b, sc, &parents, &cap, err);
		(*written)++;
		if ((i & 4095) == 0)
			app_tell(a, "storing", (int64_t)i, (int64_t)b->n);
	}
	free(parents);
	return rc;
}

/* A reapply names the subject of what was reverted; it undoes the revert. */
static enum rc
find_reapplied(struct app *a, struct scan_batch *b, uint32_t before,
    const char *subject, uint32_t *id, struct err *err)
{
	static const char lead[] = "Revert \"";
	/* Revert "Revert "x"" names the revert itself, Reapply "x" what it
	 * took back. */
	char *revert = strncmp(subject, lead, sizeof lead - 1) == 0
	    ? mem_strdup(subject)
	    : mem_printf("%s%s\"", lead, subject);
	enum rc rc = scan_find_subject(a, b, before, revert, id, err);

	free(revert);
	return rc;
}

/* Nothing but keys: "A-1", "[A-1] and A-3". */
static bool
only_keys(const char *s, const struct reference_list *l)
{
	static const char between[] = " ,;&+[]()\"'";
	const size_t len = strlen(s);
	size_t i, at = 0, to;

	for (i = 0; i <= l->n; i++) {
		to = i < l->n ? l->v[i].offset : len;
		while (at < to) {
			if (strchr(between, s[at]) != NULL)
				at++;
			else if (to - at >= 4 && memcmp(s + at, "and ", 4) == 0)
				at += 4;
			else
				return false;
		}
		if (i < l->n)
			at = l->v[i].offset + l->v[i].len;
	}
	return l->n > 0;
}

/* "Revert A-1" takes back all that was done for it. */
static enum rc
tie_keys(struct app *a, struct scan_batch *b, uint32_t id, const char *subject,
    enum history_tie kind, size_t *found, struct err *err)
{
	struct reference_list list;
	uint32_t *ids = NULL;
	size_t i, k, n = 0;
	enum rc rc = RC_OK;

	reference_parse(subject, strlen(subject), &b->grammar, &list);
	for (i = 0; only_keys(subject, &list) && i < list.n && rc == RC_OK;
	     i++) {
		rc = scan_find_key(a, b, id, &list.v[i].key, &ids, &n, err);
		for (k = 0; k < n && rc == RC_OK; k++) {
			(*found)++;
			rc = store_history_tie(a->store, id, ids[k], kind, err);
		}
		free(ids);
		ids = NULL;
	}
	reference_list_release(&list);
	return rc;
}

static enum rc
write_revert(struct app *a, struct scan_batch *b, const struct scan_revert *sr,
    struct err *err)
{
	static const enum history_tie kinds[] = {
		[REVERT_WHOLE] = TIE_REVERTS,
		[REVERT_PARTIAL] = TIE_REVERTS_PART,
		[REVERT_REAPPLY] = TIE_REAPPLIES,
	};
	const struct revert *rv = &sr->revert;
	uint32_t id = b->v[sr->commit].id, target;
	size_t i, found = 0;
	enum rc rc = RC_OK;

	for (i = 0; i < rv->picked.n && rc == RC_OK; i++) {
		rc = scan_find_hex(a, b, rv->picked.v[i], &target, err);
		if (rc == RC_OK && target != 0 && target != id)
			rc = store_history_tie(a->store, id, target, TIE_PICKED,
			    err);
	}
	if (rc == RC_OK && sr->step.down) {
		rc = scan_find_step(a, b, id, &sr->step, &target, err);
		if (rc == RC_OK && target != 0)
			rc = store_history_tie(a->store, id, target,
			    TIE_REVERTS, err);
	}
	if (rc != RC_OK || rv->kind == REVERT_NONE)
		return rc;
	for (i = 0; i < rv->ids.n && rc == RC_OK; i++) {
		rc = scan_find_hex(a, b, rv->ids.v[i], &target, err);
		if (rc != RC_OK || target == 0 || target == id)
			continue;
		found++;
		rc = store_history_tie(a->store, id, target, kinds[rv->kind],
		    err);
	}
	if (rc != RC_OK || found > 0)
		return rc;
	target = 0;
	if (rv->subject != NULL && rv->kind == REVERT_REAPPLY)
		rc = find_reapplied(a, b, id, rv->subject, &target, err);
	else if (rv->subject != NULL)
		rc = scan_find_subject(a, b, id, rv->subject, &target, err);
	if (rc != RC_OK)
		return rc;
	if (target == 0 && rv->subject != NULL && rv->kind != REVERT_REAPPLY) {
		rc = tie_keys(a, b, id, rv->subject, kinds[rv->kind], &found,
		    err);
		if (rc != RC_OK || found > 0)
			return rc;
	}
	return store_history_tie(a->store, id, target, kinds[rv->kind], err);
}

static enum rc
write_around(struct app *a, struct scan_batch *b, struct err *err)
{
	char written[TICKET_KEY_MAX];
	enum rc rc = RC_OK;
	uint32_t id;
	size_t i;

	for (i = 0; i < b->n_reverts && rc == RC_OK; i++)
		rc = write_revert(a, b, &b->reverts[i], err);
	for (i = 0; i < b->n_typos && rc == RC_OK; i++) {
		id = b->v[b->typos[i].commit].id;
		ticket_key_format(&b->typos[i].written, written);
		rc = store_history_typo(a->store, id, written,
		    &b->typos[i].meant, err);
	}
	for (i = 0; i < b->n_coauthors && rc == RC_OK; i++) {
		id = b->v[b->coauthors[i].commit].id;
		rc = store_history_coauthor(a->store, id,
		    b->text.ptr + b->coauthors[i].person, err);
	}
	return rc;
}

struct link_order {
	struct scan_batch *b;
	uint32_t ref, commit; /* index of the reference, number */
};

static int
by_key(const void *x, const void *y)
{
	const struct link_order *p = x, *q = y;
	const struct ticket_key *j = &p->b->refs[p->ref].key;
	const struct ticket_key *k = &q->b->refs[q->ref].key;
	int c = ticket_key_compare(j, k);

	if (c != 0)
		return c;
	return (p->commit > q->commit) - (p->commit < q->commit);
}

static enum rc
write_all_links(struct app *a, struct scan_batch *b, struct err *err)
{
	struct link_order *order = mem_calloc(b->n_refs + 1, sizeof *order);
	const struct scan_ref *r;
	enum rc rc = RC_OK;
	size_t i, k, n = 0;

	for (i = 0; i < b->n; i++)
		for (k = 0; k < b->v[i].n_refs; k++)
			order[n++] = (struct link_order){ b,
				b->v[i].ref + (uint32_t)k, b->v[i].id };
	qsort(order, n, sizeof *order, by_key);
	for (i = 0; i < n && rc == RC_OK; i++) {
		r = &b->refs[order[i].ref];
		rc = store_history_link(a->store, order[i].commit, &r->key,
		    r->role, r->why, err);
	}
	free(order);
	return rc;
}

enum rc
scan_write(struct app *a, struct scan_batch *b, int64_t *written,
    struct err *err)
{
	enum rc rc;

	*written = 0;
	if (b->fresh && (rc = store_history_clear(a->store, err)) != RC_OK)
		return rc;
	if ((rc = write_commits(a, b, written, err)) != RC_OK ||
	    (rc = write_all_links(a, b, err)) != RC_OK ||
	    (rc = write_around(a, b, err)) != RC_OK)
		return rc;
	return b->fresh ? store_history_index(a->store, err) : RC_OK;
}
