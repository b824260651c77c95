#include <string.h>

#include "base/mem.h"
#include "gen.h"
#include "store/ticket.h"

static enum rc
warn_reverted(struct gen *g, const struct claim *c, struct err *err)
{
	char key[TICKET_KEY_MAX];
	struct oid oid = { .len = 0 };
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < c->n && rc == RC_OK; i++)
		if (c->v[i].fate == FATE_REVERTED && oid_is_none(&oid))
			rc = gen_oid_of(g, c->v[i].by, &oid, err);
	ticket_key_format(&c->key, key);
	notes_warn(g->n, NOTES_WARN_REVERTED, key, &oid,
	    "%s was reverted and is not listed", key);
	return rc;
}

static bool
is_planned_elsewhere(const struct gen *g, const struct ticket *t)
{
	return t->releases.n > 0 && g->p.release >= 0 && !g->p.upgrade &&
	    !strv_has(&t->releases, g->t.releases.v[g->p.release].version);
}

static void
warn_doubts(struct gen *g, const struct ticket *t, const struct claim *c)
{
	char key[TICKET_KEY_MAX];

	ticket_key_format(&t->key, key);
	if (c != NULL && c->partial)
		notes_warn(g->n, NOTES_WARN_PARTIAL_REVERT, key, NULL,
		    "a part of %s was reverted", key);
	if (is_planned_elsewhere(g, t))
		notes_warn(g->n, NOTES_WARN_ELSEWHERE, key, NULL,
		    "%s is in this build but planned for %s", key,
		    t->releases.v[0]);
	if (strcmp(t->type, "feature") == 0 && t->note == NULL &&
	    (t->description == NULL || t->description[0] == '\0'))
		notes_warn(g->n, NOTES_WARN_EMPTY_NOTE, key, NULL,
		    "%s is a feature without a note", key);
}

/* Upgrade notes: taken back in between.  Whoever had it must know. */
static enum rc
list_lost(struct gen *g, const struct claim *c, struct err *err)
{
	struct ticket t = { 0 };
	bool has = false;
	enum rc rc = RC_OK;

	if (c->ticket == 0 || (c->reverted == 0 && !c->undone))
		return RC_OK;
	rc = store_ticket_get(g->app->store, c->ticket, TICKET_FULL, &t, err);
	if (rc == RC_OK)
		rc = gen_reader_has(g, &t, &has, err);
	if (rc == RC_OK && has && !t.deleted && !t.no_note)
		rc = gen_add_entry(g, SECTION_REVERTED, &t, NULL, err);
	ticket_release(&t);
	return rc != RC_OK || has ? rc : warn_reverted(g, c, err);
}

/* One ticket that the commits of the range claim. */
static enum rc
list_claim(struct gen *g, const struct claim *c, struct err *err)
{
	struct ticket t = { 0 };
	char key[TICKET_KEY_MAX];
	bool has;
	enum rc rc;

	ticket_key_format(&c->key, key);
	if (!claim_holds(c) && g->p.upgrade)
		return list_lost(g, c, err);
	if (!claim_holds(c))
		return c->reverted > 0 || c->undone ? warn_reverted(g, c, err)
						    : RC_OK;
	if (c->ticket == 0)
		return gen_warn_unknown(g, c, err);
	rc = store_ticket_get(g->app->store, c->ticket, TICKET_FULL, &t, err);
	if (rc != RC_OK || t.deleted)
		goto out;
	if (t.no_note) {
		gen_skip(g, &t);
		goto out;
	}
	if (t.category != CATEGORY_DONE && is_planned_elsewhere(g, &t)) {
		notes_warn(g->n, NOTES_WARN_ELSEWHERE, key, NULL,
		    "%s is claimed by a commit but planned for %s, and still "
		    "%s",
		    key, t.releases.v[0], t.status);
		goto out;
	}
	if (t.category != CATEGORY_DONE) {
		notes_warn(g->n, NOTES_WARN_OPEN_CLAIMED, key, NULL,
		    "%s is claimed by a commit but still %s", key, t.status);
		goto out;
	}
	if (gen_built_nothing(&t)) {
		notes_warn(g->n, NOTES_WARN_ELSEWHERE, key, NULL,
		    "%s is claimed by a commit but resolved as %s", key,
		    t.resolution);
		goto out;
	}
	if ((rc = gen_reader_has(g, &t, &has, err)) != RC_OK || has)
		goto out;
	warn_doubts(g, &t, c);
	rc = gen_add_entry(g, notes_section_of(t.type), &t, c, err);
out:
	ticket_release(&t);
	return rc;
}

enum rc
gen_list_claims(struct gen *g, struct err *err)
{
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < g->claims.n && rc == RC_OK; i++) {
		if (i % 64 == 0)
			rc = gen_go_on(g, "making the notes", i, g->claims.n,
			    err);
		if (rc == RC_OK)
			rc = list_claim(g, &g->claims.v[i], err);
	}
	return rc;
}

struct claim *
gen_find_claim(struct gen *g, const struct ticket_key *key)
{
	size_t i;

	for (i = 0; i < g->claims.n; i++)
		if (ticket_key_equal(&g->claims.v[i].key, key))
			return &g->claims.v[i];
	return NULL;
}

enum notes_section_id
gen_section(const struct gen *g, const struct ticket_key *key)
{
	char text[TICKET_KEY_MAX];
	size_t s, i;

	ticket_key_format(key, text);
	for (s = 0; s < SECTION_N; s++)
		for (i = 0; i < g->n->sections[s].n; i++)
			if (strcmp(g->n->sections[s].entries[i].key, text) == 0)
				return (enum notes_section_id)s;
	return SECTION_N;
}

bool
gen_is_listed(const struct gen *g, const struct ticket_key *key)
{
	return gen_section(g, key) < SECTION_KNOWN_ISSUES;
}

struct by_hand {
	struct gen *g;
	struct err *err;
	enum rc rc;
};

/* Its work is that of a listed ticket that it duplicates or is fixed by. */
static enum rc
settled_by_listed(struct gen *g, const struct ticket *t, bool *settled,
    struct err *err)
{
	struct relation_list list = { 0 };
	struct ticket_key key;
	enum rc rc = store_relations(g->app->store, t->id, &list, err);
	size_t i;

	*settled = false;
	for (i = 0; i < list.n && rc == RC_OK && !*settled; i++)
		*settled = (strcmp(list.v[i].name, "duplicates") == 0 ||
			       strcmp(list.v[i].name, "fixed-by") == 0) &&
		    ticket_key_parse(list.v[i].key, strlen(list.v[i].key),
			&key) &&
		    gen_is_listed(g, &key);
	relation_list_release(&list);
	return rc;
}

/*
 * Done with this fix release by hand.  What its commits say comes first: work
 * that is not in this build cannot be in its notes.
 */
static bool
by_hand_visit(const struct ticket *t, void *arg)
{
	struct by_hand *b = arg;
	struct gen *g = b->g;
	char key[TICKET_KEY_MAX];
	struct claim c = { .n = 0 };
	struct claim *listed = gen_find_claim(g, &t->key);
	size_t i, before = 0, away = 0;
	bool has = false, settled = false;

	if (t->no_note && (listed == NULL || !claim_holds(listed)))
		gen_skip(g, t);
	if (t->no_note || t->category != CATEGORY_DONE ||
	    gen_built_nothing(t) ||
	    (listed != NULL &&
		(claim_holds(listed) || listed->undone ||
		    listed->reverted > 0)) ||
	    gen_section(g, &t->key) != SECTION_N)
		return true;
	b->rc = gen_reader_has(g, t, &has, b->err);
	if (b->rc != RC_OK || has)
		return b->rc == RC_OK;
	ticket_key_format(&t->key, key);
	b->rc = claim_load(&g->t, &g->r, &t->key, &c, b->err);
	for (i = 0; i < c.n; i++) {
		before += c.v[i].fate == FATE_BEFORE;
		away += c.v[i].fate == FATE_ELSEWHERE &&
		    c.v[i].role >= LINK_CLAIMS;
	}
	if (b->rc == RC_OK && before == 0 && away > 0) {
		notes_warn(g->n, NOTES_WARN_ELSEWHERE, key, NULL,
		    "%s is planned for this release, but its commits are not "
		    "in it",
		    key);
	} else if (b->rc == RC_OK) {
		b->rc = settled_by_listed(g, t, &settled, b->err);
		if (before == 0 && !settled)
			notes_warn(g->n, NOTES_WARN_NO_COMMIT, key, NULL,
			    "%s is done in this release without a commit", key);
		if (b->rc == RC_OK)
			b->rc = gen_add_entry(g, notes_section_of(t->type), t,
			    NULL, b->err);
	}
	claim_release(&c);
	return b->rc == RC_OK;
}

/* A release on the way to this one that the reader does not have. */
static bool
between(const struct gen *g, size_t i)
{
	return (int)i != g->p.release && g->t.tips[i] != 0 &&
	    g->t.releases.v[i].state != RELEASE_DROPPED &&
	    g->r.reach[g->t.tips[i]] != 0 && g->had.reach[g->t.tips[i]] == 0;
}

enum rc
gen_list_by_hand(struct gen *g, struct err *err)
{
	struct by_hand b = { .g = g, .err = err, .rc = RC_OK };
	struct filter f = { .op = FILTER_FIELD,
		.field = FF_RELEASE,
		.cmp = FILTER_EQ };
	struct ticket_query q = { .filter = &f, .detail = TICKET_FULL };
	enum rc rc;
	size_t i;

	if (g->p.release < 0 || g->p.since_build)
		return RC_OK;
	strv_push(&f.values, g->t.releases.v[g->p.release].version);
	for (i = 0; i < g->t.releases.n && g->p.upgrade; i++)
		if (between(g, i))
			strv_push(&f.values, g->t.releases.v[i].version);
	rc = store_ticket_each(g->app->store, &q, by_hand_visit, &b, err);
	strv_release(&f.values);
	return rc != RC_OK && rc != RC_STOPPED ? rc : b.rc;
}
