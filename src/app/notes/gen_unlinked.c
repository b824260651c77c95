/* Commits that name no ticket. */
#include <string.h>

#include "base/mem.h"
#include "gen.h"
#include "store/ticket.h"
#include "app/truth/suggest.h"

/* Commits between two looks at whether a user wants it to end. */
#define STEP 64

enum rc
gen_go_on(const struct gen *g, const char *what, size_t done, size_t of,
    struct err *err)
{
	app_tell(g->app, what, (int64_t)done, (int64_t)of);
	return app_stopped(g->app) ? err_set(err, RC_STOPPED, "stopped")
				   : RC_OK;
}

/* Work that stands in this range, whoever it is for. */
bool
gen_is_work(const struct gen *g, uint32_t id)
{
	const unsigned flags = g->t.flags[id];

	return !(flags & HISTORY_MERGE) && !(g->r.in[id] & IN_FOREIGN) &&
	    g->r.dead_by[id] == 0 &&
	    !((flags & HISTORY_REVERT) && truth_takes_back(&g->t, id));
}

static bool
linked_visit(const struct history_link *l, void *arg)
{
	bool *linked = arg;

	/* A key that no ticket has is no ticket. */
	*linked = l->role >= LINK_CLAIMS && l->ticket != 0;
	return !*linked;
}

enum rc
gen_is_linked(struct gen *g, uint32_t id, bool *linked, struct err *err)
{
	enum rc rc;

	*linked = false;
	rc = store_history_links(g->app->store, id, NULL, linked_visit, linked,
	    err);
	return rc == RC_STOPPED ? RC_OK : rc;
}

const char *
gen_suggested_how(const struct suggestion *s)
{
	return s->typo ? "has its title and a key close to it"
	    : s->along ? "of another ticket has its title"
		       : "has its title";
}

enum rc
gen_suggest(struct gen *g, uint32_t id, struct gen_row *row, bool *linked,
    struct suggestion *out, struct err *err)
{
	const unsigned flags = g->t.flags[id];
	enum rc rc;

	*out = (struct suggestion){ .found = false };
	*linked = false;
	if ((rc = gen_row_load(g, id, row, err)) != RC_OK ||
	    gen_reader_has_subject(g, row->subject) ||
	    (rc = gen_is_linked(g, id, linked, err)) != RC_OK)
		return rc;
	/* Who said that it needs none said that it is no ticket's, too. */
	if (!*linked && (flags & HISTORY_NO_TICKET))
		return RC_OK;
	if (!*linked)
		return suggester_find(g->suggester, id,
		    (flags & HISTORY_TYPO) != 0, row->subject, out, err);
	suggester_along(g->suggester, row->subject, out);
	return RC_OK;
}

/* Lists a ticket that was found by its title, with its doubt. */
static enum rc
list_suggested(struct gen *g, uint32_t commit, const struct suggestion *s,
    bool *open, struct err *err)
{
	struct claim c = { .n = 0 };
	struct ticket t = { 0 };
	char key[TICKET_KEY_MAX];
	struct oid oid = { .len = 0 };
	bool has;
	enum rc rc;

	*open = false;
	if (gen_find_claim(g, &s->key) != NULL)
		return RC_OK;
	rc = store_ticket_find(g->app->store, &s->key, TICKET_FULL, &t, err);
	*open = rc == RC_OK && t.category != CATEGORY_DONE && !t.deleted;
	if (rc != RC_OK || t.category != CATEGORY_DONE || t.no_note ||
	    t.deleted || gen_built_nothing(&t) ||
	    (rc = gen_reader_has(g, &t, &has, err)) != RC_OK || has)
		goto out;
	ticket_key_format(&s->key, key);
	if ((rc = gen_oid_of(g, commit, &oid, err)) != RC_OK)
		goto out;
	notes_warn(g->n, NOTES_WARN_SUGGESTED, key, &oid,
	    "%s is listed because a commit %s", key, gen_suggested_how(s));
	c.key = s->key;
	c.v = mem_grow(c.v, &c.cap, 1, sizeof *c.v);
	c.v[c.n++] = (struct evidence){ .commit = commit, .fate = FATE_COUNTS };
	rc = gen_add_entry(g, notes_section_of(t.type), &t, &c, err);
	/* A second commit with the same title adds nothing. */
	g->claims.v = mem_grow(g->claims.v, &g->claims.cap, g->claims.n + 1,
	    sizeof *g->claims.v);
	g->claims.v[g->claims.n++] = c;
	c = (struct claim){ .n = 0 };
out:
	claim_release(&c);
	ticket_release(&t);
	return rc;
}

static void
add_unlinked(struct gen *g, const struct gen_row *row,
    const struct suggestion *s)
{
	struct notes *n = g->n;
	struct notes_unlinked *u;

	n->unlinked = mem_grow(n->unlinked, &n->cap_unlinked, n->n_unlinked + 1,
	    sizeof *n->unlinked);
	u = &n->unlinked[n->n_unlinked++];
	*u = (struct notes_unlinked){ .commit = row->oid,
		.subject = mem_strdup(row->subject) };
	if (s->found)
		ticket_key_format(&s->key, u->suggest);
}

/* One commit: a ticket by its title, or one more without a ticket. */
static enum rc
suggest_one(struct gen *g, uint32_t id, struct gen_row *row, struct err *err)
{
	bool linked = false, taken = false, open = true;
	struct suggestion s;
	enum rc rc;

	if ((rc = gen_suggest(g, id, row, &linked, &s, err)) != RC_OK ||
	    gen_reader_has_subject(g, row->subject))
		return rc;
	/* Of a ticket that is still open, the commit is without one so far. */
	if (s.sure)
		rc = list_suggested(g, id, &s, &open, err);
	if (rc != RC_OK || linked || !open)
		return rc;
	if (g->conventional)
		rc = gen_list_conventional(g, id, row, &taken, err);
	if (rc == RC_OK && !taken && !(g->t.flags[id] & HISTORY_NO_TICKET))
		add_unlinked(g, row, &s);
	return rc;
}

struct typo {
	struct gen *g;
	uint32_t commit;
	bool linked; /* by hand, so somebody knows */
	enum rc rc;
	struct err *err;
};

/* Was the ticket that is meant listed because of it? */
static bool
is_settled(const struct gen *g, const char *key, const struct oid *commit)
{
	size_t i;

	for (i = 0; i < g->n->n_warnings; i++)
		if (g->n->warnings[i].code == NOTES_WARN_SUGGESTED &&
		    strcmp(g->n->warnings[i].key, key) == 0 &&
		    oid_equal(&g->n->warnings[i].commit, commit))
			return true;
	return false;
}

static bool
typo_visit(const char *text, const struct ticket_key *meant, void *arg)
{
	struct typo *t = arg;
	char key[TICKET_KEY_MAX];
	char hex[OID_HEX_MAX + 1];
	struct oid oid = { .len = 0 };

	ticket_key_format(meant, key);
	if (t->linked)
		return false;
	t->rc = gen_oid_of(t->g, t->commit, &oid, t->err);
	oid_to_short(&oid, 10, hex);
	if (t->rc == RC_OK && !is_settled(t->g, key, &oid))
		notes_warn(t->g->n, NOTES_WARN_UNKNOWN_KEY, text, &oid,
		    "%s in %s is no ticket: did you mean %s?", text, hex, key);
	return t->rc == RC_OK;
}

static bool
by_hand_visit(const struct history_link *l, void *arg)
{
	bool *by_hand = arg;

	*by_hand = l->role == LINK_MANUAL;
	return !*by_hand;
}

enum rc
gen_warn_typos(struct gen *g, struct err *err)
{
	struct typo t = { .g = g, .err = err, .rc = RC_OK };
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < g->r.n && rc == RC_OK; i++) {
		t.commit = g->r.ids[i];
		if (!(g->t.flags[t.commit] & HISTORY_TYPO) ||
		    (g->t.flags[t.commit] & HISTORY_NO_TICKET) ||
		    (g->r.in[t.commit] & IN_FOREIGN))
			continue;
		t.linked = false;
		rc = store_history_links(g->app->store, t.commit, NULL,
		    by_hand_visit, &t.linked, err);
		if (rc == RC_STOPPED)
			rc = RC_OK;
		if (rc != RC_OK)
			break;
		rc = store_history_typos(g->app->store, t.commit, typo_visit,
		    &t, err);
		if (rc == RC_OK || rc == RC_STOPPED)
			rc = t.rc;
	}
	return rc;
}

enum rc
gen_list_unlinked(struct gen *g, struct err *err)
{
	struct gen_row row = { .time = 0 };
	enum rc rc;
	uint32_t id;
	size_t i;

	if (g->suggester == NULL &&
	    (rc = suggester_open(g->app, &g->suggester, err)) != RC_OK)
		return rc;
	for (i = 0; i < g->r.n && rc == RC_OK; i++) {
		if (i % STEP == 0 &&
		    (rc = gen_go_on(g, "looking for tickets", i, g->r.n,
			 err)) != RC_OK)
			break;
		if (gen_is_work(g, g->r.ids[i]))
			rc = suggest_one(g, g->r.ids[i], &row, err);
	}
	/* Put back in this range, though it was made before. */
	for (id = 1; id <= g->t.graph.n && rc == RC_OK; id++)
		if (range_is_reborn(&g->r, id) && gen_is_work(g, id))
			rc = suggest_one(g, id, &row, err);
	if (rc == RC_OK && g->conventional)
		rc = gen_list_conventional_reverted(g, err);
	if (rc == RC_OK && g->n->n_unlinked > 0)
		notes_warn(g->n, NOTES_WARN_UNLINKED, "", NULL,
		    "%zu commit%s without a ticket", g->n->n_unlinked,
		    g->n->n_unlinked == 1 ? "" : "s");
	gen_row_release(&row);
	return rc;
}
