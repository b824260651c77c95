#include "app/generate.h"

#include <stdlib.h>
#include <string.h>

#include "app/release.h"
#include "app/scan.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "plan.h"
#include "store/release.h"
#include "store/ticket.h"
#include "suggest.h"
#include "truth.h"

struct gen {
	struct app *app;
	const struct generate_options *o;
	struct truth t;
	struct plan p;
	struct range r;
	struct claims claims;
	struct notes *n;
};

struct commit_row {
	struct oid oid;
	int64_t time;
	char *author, *subject;
};

static bool
row_visit(const struct history_commit *c, void *arg)
{
	struct commit_row *row = arg;

	row->oid = c->oid;
	row->time = c->time;
	free(row->author);
	free(row->subject);
	row->author = mem_strdup(c->author);
	row->subject = mem_strdup(c->subject);
	return true;
}

static enum rc
row_load(struct gen *g, uint32_t id, struct commit_row *row, struct err *err)
{
	return store_history_commits(g->app->store, &id, 1, row_visit, row,
	    err);
}

static void
row_release(struct commit_row *row)
{
	free(row->author);
	free(row->subject);
}

static void
person_push(struct strv *people, const char *author)
{
	const char *mail = strstr(author, " <");
	size_t len = mail == NULL ? strlen(author) : (size_t)(mail - author);
	char *name = mem_strndup(author, len);

	if (len > 0 && !strv_has(people, name))
		strv_push(people, name);
	free(name);
}

/* Commits of an entry, newest first by time: numbers depend on when they were
 * scanned, times do not. */
struct dated {
	struct oid oid;
	int64_t time;
};

static int
newest_first(const void *x, const void *y)
{
	const struct dated *a = x, *b = y;

	if (a->time != b->time)
		return a->time > b->time ? -1 : 1;
	return oid_compare(&a->oid, &b->oid);
}

static enum rc
entry_commits(struct gen *g, const struct claim *c, struct notes_entry *e,
    struct err *err)
{
	struct dated *v = mem_calloc(c->n + 1, sizeof *v);
	struct commit_row row = { .time = 0 };
	enum rc rc = RC_OK;
	size_t i, n = 0;

	for (i = 0; i < c->n && rc == RC_OK; i++) {
		if (c->v[i].fate != FATE_COUNTS)
			continue;
		rc = row_load(g, c->v[i].commit, &row, err);
		v[n++] = (struct dated){ row.oid, row.time };
		if (row.author != NULL)
			person_push(&e->authors, row.author);
		e->breaking |= (g->t.flags[c->v[i].commit] &
				   HISTORY_BREAKING) != 0;
	}
	qsort(v, n, sizeof *v, newest_first);
	e->commits = mem_calloc(n + 1, sizeof *e->commits);
	for (i = 0; i < n; i++)
		e->commits[e->n_commits++] = v[i].oid;
	strv_sort(&e->authors);
	row_release(&row);
	free(v);
	return rc;
}

struct elsewhere {
	struct gen *g;
	struct strv *out;
};

/* Releases of other lines that have a commit of the ticket. */
static bool
elsewhere_visit(const struct history_link *l, void *arg)
{
	struct elsewhere *x = arg;
	int at;

	if (l->role < LINK_CLAIMS || l->commit == 0 || x->g->r.reach[l->commit])
		return true;
	at = truth_release_row(&x->g->t, x->g->t.first[l->commit]);
	if (at < 0 || at == x->g->p.release)
		return true;
	/* A release that has all of this range tells nothing of another line. */
	if (x->g->r.to != 0 &&
	    graph_is_ancestor(&x->g->t.graph, x->g->r.to, x->g->t.tips[at]))
		return true;
	if (!strv_has(x->out, x->g->t.releases.v[at].version))
		strv_push(x->out, x->g->t.releases.v[at].version);
	return true;
}

static void
entry_fill(struct notes_entry *e, const struct ticket *t)
{
	ticket_key_format(&t->key, e->key);
	e->type = mem_strdup(t->type);
	e->summary = mem_strdup(t->summary);
	e->note = t->note != NULL && t->note[0] != '\0' ? mem_strdup(t->note)
							: NULL;
	e->description = mem_strdup(t->description);
	e->resolution = mem_strdup(t->resolution);
	strv_copy(&e->labels, &t->labels);
	e->breaking |= strv_has(&t->labels, "breaking");
}

static enum rc
add_entry(struct gen *g, enum notes_section_id section, const struct ticket *t,
    const struct claim *c, struct err *err)
{
	struct notes_entry *e = notes_entry_add(&g->n->sections[section]);
	struct elsewhere x = { .g = g, .out = &e->also_in };
	enum rc rc;

	entry_fill(e, t);
	if (c == NULL)
		return RC_OK;
	rc = entry_commits(g, c, e, err);
	if (rc == RC_OK)
		rc = store_history_links(g->app->store, 0, &t->key,
		    elsewhere_visit, &x, err);
	return rc;
}

/* A resolution under which nothing was built. */
static bool
built_nothing(const struct ticket *t)
{
	static const char *const words[] = { "wontfix", "duplicate", "invalid",
		"worksforme" };
	size_t i;

	for (i = 0; i < sizeof words / sizeof words[0]; i++)
		if (t->resolution != NULL &&
		    strcmp(t->resolution, words[i]) == 0)
			return true;
	return false;
}

static enum rc
oid_of(struct gen *g, uint32_t id, struct oid *out, struct err *err)
{
	struct commit_row row = { .time = 0 };
	enum rc rc = RC_OK;

	if (id != 0)
		rc = row_load(g, id, &row, err);
	*out = row.oid;
	row_release(&row);
	return rc;
}

static enum rc
warn_reverted(struct gen *g, const struct claim *c, struct err *err)
{
	char key[TICKET_KEY_MAX];
	struct oid oid = { .len = 0 };
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < c->n && rc == RC_OK; i++)
		if (c->v[i].fate == FATE_REVERTED && oid_is_none(&oid))
			rc = oid_of(g, c->v[i].by, &oid, err);
	ticket_key_format(&c->key, key);
	notes_warn(g->n, NOTES_WARN_REVERTED, key, &oid,
	    "%s was reverted and is not listed", key);
	return rc;
}

static void
warn_doubts(struct gen *g, const struct ticket *t, const struct claim *c)
{
	char key[TICKET_KEY_MAX];

	ticket_key_format(&t->key, key);
	if (c != NULL && c->partial)
		notes_warn(g->n, NOTES_WARN_PARTIAL_REVERT, key, NULL,
		    "a part of %s was reverted", key);
	if (t->releases.n > 0 && g->p.release >= 0 &&
	    !strv_has(&t->releases, g->t.releases.v[g->p.release].version))
		notes_warn(g->n, NOTES_WARN_ELSEWHERE, key, NULL,
		    "%s is in this build but planned for %s", key,
		    t->releases.v[0]);
	if (strcmp(t->type, "feature") == 0 && t->note == NULL &&
	    (t->description == NULL || t->description[0] == '\0'))
		notes_warn(g->n, NOTES_WARN_EMPTY_NOTE, key, NULL,
		    "%s is a feature without a note", key);
}

/* One ticket that the commits of the range claim. */
static enum rc
list_claim(struct gen *g, const struct claim *c, struct err *err)
{
	struct ticket t = { 0 };
	char key[TICKET_KEY_MAX];
	struct oid oid = { .len = 0 };
	enum rc rc;

	ticket_key_format(&c->key, key);
	if (!claim_holds(c))
		return c->reverted > 0 || c->undone ? warn_reverted(g, c, err)
						    : RC_OK;
	if (c->ticket == 0) {
		if ((rc = oid_of(g, c->v[0].commit, &oid, err)) != RC_OK)
			return rc;
		notes_warn(g->n, NOTES_WARN_UNKNOWN_KEY, key, &oid,
		    "%s is claimed by a commit, but there is no such ticket",
		    key);
		return RC_OK;
	}
	rc = store_ticket_get(g->app->store, c->ticket, TICKET_FULL, &t, err);
	if (rc != RC_OK || t.deleted || t.no_note)
		goto out;
	if (t.category != CATEGORY_DONE) {
		notes_warn(g->n, NOTES_WARN_OPEN_CLAIMED, key, NULL,
		    "%s is claimed by a commit but still %s", key, t.status);
		goto out;
	}
	if (built_nothing(&t)) {
		notes_warn(g->n, NOTES_WARN_ELSEWHERE, key, NULL,
		    "%s is claimed by a commit but resolved as %s", key,
		    t.resolution);
		goto out;
	}
	warn_doubts(g, &t, c);
	rc = add_entry(g, notes_section_of(t.type), &t, c, err);
out:
	ticket_release(&t);
	return rc;
}

static struct claim *
find_claim(struct gen *g, const struct ticket_key *key)
{
	size_t i;

	for (i = 0; i < g->claims.n; i++)
		if (ticket_key_equal(&g->claims.v[i].key, key))
			return &g->claims.v[i];
	return NULL;
}

struct by_hand {
	struct gen *g;
	struct err *err;
	enum rc rc;
};

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
	struct claim *listed = find_claim(g, &t->key);
	size_t i, before = 0, away = 0;

	if (t->no_note || t->category != CATEGORY_DONE || built_nothing(t) ||
	    (listed != NULL &&
		(claim_holds(listed) || listed->undone ||
		    listed->reverted > 0)))
		return true;
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
		if (before == 0)
			notes_warn(g->n, NOTES_WARN_NO_COMMIT, key, NULL,
			    "%s is done in this release without a commit", key);
		b->rc = add_entry(g, notes_section_of(t->type), t, NULL,
		    b->err);
	}
	claim_release(&c);
	return b->rc == RC_OK;
}

static enum rc
list_by_hand(struct gen *g, struct err *err)
{
	struct by_hand b = { .g = g, .err = err, .rc = RC_OK };
	struct filter f = { .op = FILTER_FIELD,
		.field = FF_RELEASE,
		.cmp = FILTER_EQ };
	struct ticket_query q = { .filter = &f, .detail = TICKET_FULL };
	enum rc rc;

	if (g->p.release < 0 || g->p.since_build)
		return RC_OK;
	strv_push(&f.values, g->t.releases.v[g->p.release].version);
	rc = store_ticket_each(g->app->store, &q, by_hand_visit, &b, err);
	strv_release(&f.values);
	return rc != RC_OK && rc != RC_STOPPED ? rc : b.rc;
}

/* ---- work of earlier releases that this one took back ---- */

struct shipped {
	struct gen *g;
	uint32_t by;
	enum rc rc;
	struct err *err;
};

static bool
shipped_visit(const struct history_link *l, void *arg)
{
	struct shipped *s = arg;
	struct gen *g = s->g;
	struct claim c = { .n = 0 };
	struct ticket t = { 0 };
	char key[TICKET_KEY_MAX];
	struct oid oid = { .len = 0 };
	size_t i, alive = 0;

	if (l->role < LINK_CLAIMS || l->ticket == 0)
		return true;
	ticket_key_format(&l->key, key);
	for (i = 0; i < g->n->sections[SECTION_REVERTED].n; i++)
		if (strcmp(g->n->sections[SECTION_REVERTED].entries[i].key,
			key) == 0)
			return true;
	s->rc = claim_load(&g->t, &g->r, &l->key, &c, s->err);
	for (i = 0; i < c.n; i++)
		alive += c.v[i].fate == FATE_BEFORE ||
		    c.v[i].fate == FATE_COUNTS;
	if (s->rc == RC_OK && alive == 0)
		s->rc = store_ticket_get(g->app->store, l->ticket, TICKET_FULL,
		    &t, s->err);
	if (s->rc == RC_OK && alive == 0 && !t.deleted) {
		s->rc = oid_of(g, s->by, &oid, s->err);
		notes_warn(g->n, NOTES_WARN_REVERTED, key, &oid,
		    "%s shipped earlier and was reverted", key);
		if (s->rc == RC_OK && !t.no_note)
			s->rc = add_entry(g, SECTION_REVERTED, &t, NULL,
			    s->err);
	}
	ticket_release(&t);
	claim_release(&c);
	return s->rc == RC_OK;
}

static enum rc
list_reverted(struct gen *g, struct err *err)
{
	struct shipped s = { .g = g, .err = err, .rc = RC_OK };
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < g->t.n_ties && rc == RC_OK; i++) {
		const struct history_tie_row *tie = &g->t.ties[i];

		if (tie->kind != TIE_REVERTS || tie->target == 0 ||
		    !(g->r.in[tie->commit] & IN_RANGE) ||
		    g->r.dead_by[tie->commit] != 0 ||
		    !g->r.reach[tie->target] ||
		    (g->r.in[tie->target] & IN_RANGE))
			continue;
		s.by = tie->commit;
		rc = store_history_links(g->app->store, tie->target, NULL,
		    shipped_visit, &s, err);
		if (rc == RC_OK || rc == RC_STOPPED)
			rc = s.rc;
	}
	return rc;
}

/* ---- commits that name no ticket ---- */

/* Work that stands in this range, whoever it is for. */
static bool
is_work(const struct gen *g, uint32_t id)
{
	return !(g->t.flags[id] & (HISTORY_MERGE | HISTORY_REVERT)) &&
	    !(g->r.in[id] & IN_FOREIGN) && g->r.dead_by[id] == 0;
}

/* Lists a ticket that was found by its title, with its doubt. */
static enum rc
list_suggested(struct gen *g, uint32_t commit, const struct suggestion *s,
    struct err *err)
{
	struct claim c = { .n = 0 };
	struct ticket t = { 0 };
	char key[TICKET_KEY_MAX];
	struct oid oid = { .len = 0 };
	enum rc rc;

	if (find_claim(g, &s->key) != NULL)
		return RC_OK;
	rc = store_ticket_find(g->app->store, &s->key, TICKET_FULL, &t, err);
	if (rc != RC_OK || t.category != CATEGORY_DONE || t.no_note ||
	    t.deleted || built_nothing(&t))
		goto out;
	ticket_key_format(&s->key, key);
	if ((rc = oid_of(g, commit, &oid, err)) != RC_OK)
		goto out;
	notes_warn(g->n, NOTES_WARN_SUGGESTED, key, &oid,
	    "%s is listed because a commit %s", key,
	    s->typo        ? "has its title and a key close to it"
		: s->along ? "of another ticket has its title"
			   : "has its title");
	c.key = s->key;
	c.v = mem_grow(c.v, &c.cap, 1, sizeof *c.v);
	c.v[c.n++] = (struct evidence){ .commit = commit, .fate = FATE_COUNTS };
	rc = add_entry(g, notes_section_of(t.type), &t, &c, err);
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
add_unlinked(struct gen *g, const struct commit_row *row,
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
suggest_one(struct gen *g, struct suggester *sg, uint32_t id,
    struct commit_row *row, struct err *err)
{
	unsigned flags = g->t.flags[id];
	struct suggestion s;
	enum rc rc;

	if ((rc = row_load(g, id, row, err)) != RC_OK)
		return rc;
	if (flags & HISTORY_LINKED) {
		suggester_along(sg, row->subject, &s);
		return s.sure ? list_suggested(g, id, &s, err) : RC_OK;
	}
	rc = suggester_find(sg, id, (flags & HISTORY_TYPO) != 0, row->subject,
	    &s, err);
	if (rc != RC_OK)
		return rc;
	if (s.sure)
		return list_suggested(g, id, &s, err);
	add_unlinked(g, row, &s);
	return RC_OK;
}

static enum rc
list_unlinked(struct gen *g, struct err *err)
{
	struct suggester *sg = NULL;
	struct commit_row row = { .time = 0 };
	enum rc rc;
	size_t i;

	if ((rc = suggester_open(g->app, &sg, err)) != RC_OK)
		return rc;
	for (i = 0; i < g->r.n && rc == RC_OK; i++)
		if (is_work(g, g->r.ids[i]))
			rc = suggest_one(g, sg, g->r.ids[i], &row, err);
	if (rc == RC_OK && g->n->n_unlinked > 0)
		notes_warn(g->n, NOTES_WARN_UNLINKED, "", NULL,
		    "%zu commit%s without a ticket", g->n->n_unlinked,
		    g->n->n_unlinked == 1 ? "" : "s");
	row_release(&row);
	suggester_close(sg);
	return rc;
}

/* ---- who ---- */

static enum rc
list_people(struct gen *g, struct err *err)
{
	struct commit_row row = { .time = 0 };
	struct strv more = STRV_INIT;
	enum rc rc = RC_OK;
	size_t i, k;

	for (i = 0; i < g->r.n && rc == RC_OK; i++) {
		uint32_t id = g->r.ids[i];

		if (g->r.in[id] & IN_FOREIGN)
			continue;
		if ((rc = row_load(g, id, &row, err)) != RC_OK ||
		    (rc = store_history_coauthors(g->app->store, id, &more,
			 err)) != RC_OK)
			break;
		person_push(&g->n->contributors, row.author);
		for (k = 0; k < more.n; k++)
			person_push(&g->n->contributors, more.v[k]);
		strv_release(&more);
	}
	strv_sort(&g->n->contributors);
	strv_release(&more);
	row_release(&row);
	return rc;
}

/* ---- the head of the document ---- */

static enum rc
commit_time(struct gen *g, uint32_t id, int64_t *time, struct err *err)
{
	struct commit_row row = { .time = DATE_NONE };
	enum rc rc = row_load(g, id, &row, err);

	*time = row.time;
	row_release(&row);
	return rc;
}

/*
 * The day of the release; before there is one, SOURCE_DATE_EPOCH if it is set,
 * else the day of the last commit: never that of the run, so that the same
 * state gives the same bytes.
 */
static enum rc
head_date(struct gen *g, struct err *err)
{
	const struct release *r = g->p.release < 0
	    ? NULL
	    : &g->t.releases.v[g->p.release];

	if (g->p.build >= 0) {
		g->n->date = g->p.builds.v[g->p.build].time;
		return RC_OK;
	}
	if (r == NULL)
		return RC_OK;
	g->n->date = r->released;
	if (g->n->date == DATE_NONE && getenv("SOURCE_DATE_EPOCH") != NULL)
		g->n->date = date_now();
	if (g->n->date == DATE_NONE && g->p.to != 0)
		return commit_time(g, g->p.to, &g->n->date, err);
	return RC_OK;
}

/* The build asked for; else the newest one of the release's own commit; else
 * what the CI says that builds this very commit now. */
static void
head_build(struct gen *g)
{
	struct ci_env ci;
	size_t i;

	if (g->p.build >= 0) {
		g->n->build = mem_strdup(g->p.builds.v[g->p.build].number);
		return;
	}
	for (i = g->p.builds.n; i-- > 0 && g->n->build == NULL;)
		if (g->p.builds.v[i].result != BUILD_FAILED &&
		    oid_equal(&g->p.builds.v[i].commit, &g->p.to_oid))
			g->n->build = mem_strdup(g->p.builds.v[i].number);
	app_ci_env(&ci);
	if (g->n->build == NULL && g->p.release >= 0 && ci.number != NULL &&
	    ci.commit != NULL) {
		struct oid oid;

		if (oid_from_hex(&oid, ci.commit, strlen(ci.commit)) &&
		    oid_equal(&oid, &g->p.to_oid))
			g->n->build = utf8_clean_dup(ci.number, UTF8_ONE_LINE);
	}
}

static enum rc
make_head(struct gen *g, struct err *err)
{
	const struct release *r;
	char hex[OID_HEX_MAX + 1];

	g->n->date = DATE_NONE;
	if (g->p.release >= 0) {
		r = &g->t.releases.v[g->p.release];
		g->n->version = mem_strdup(r->version);
		g->n->title = mem_strdup(r->title);
		g->n->description = mem_strdup(r->description);
		g->n->reason = mem_strdup(r->reason);
		g->n->state = r->state;
	} else {
		g->n->version = mem_strdup("Unreleased");
	}
	if (g->p.previous >= 0)
		g->n->previous =
		    mem_strdup(g->t.releases.v[g->p.previous].version);
	g->n->from = g->p.from_oid;
	g->n->to = g->p.to_oid;
	g->n->n_commits = g->r.n - g->r.n_foreign;
	head_build(g);
	if (g->r.n_foreign > 0) {
		struct oid oid = { .len = 0 };
		enum rc rc = oid_of(g, g->r.foreign_merge, &oid, err);

		if (rc != RC_OK)
			return rc;
		oid_to_short(&oid, 12, hex);
		notes_warn(g->n, NOTES_WARN_FOREIGN_ROOT, "", &oid,
		    "%zu commits of a history with a root of its own, merged "
		    "by %s, are left out",
		    g->r.n_foreign, hex);
	}
	if (g->p.from == 0 && g->p.to != 0)
		notes_warn(g->n, NOTES_WARN_NO_PREVIOUS, "", NULL,
		    "no published release before this one: from the very "
		    "beginning");
	return head_date(g, err);
}

/* ---- by build ---- */

/* Moves each entry to the first build that has one of its commits. */
static enum rc
entry_build(struct gen *g, struct notes_entry *e, const uint32_t *tips,
    struct err *err)
{
	uint32_t newest = 0, id;
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < e->n_commits && rc == RC_OK; i++) {
		rc = store_history_find(g->app->store, &e->commits[i], &id,
		    err);
		if (id > newest)
			newest = id;
	}
	for (i = 0; rc == RC_OK && i < g->p.builds.n && newest != 0; i++) {
		if (tips[i] == 0 ||
		    !graph_is_ancestor(&g->t.graph, newest, tips[i]))
			continue;
		e->build = mem_strdup(g->p.builds.v[i].number);
		break;
	}
	return rc;
}

static enum rc
make_builds(struct gen *g, struct err *err)
{
	uint32_t *tips = mem_calloc(g->p.builds.n + 1, sizeof *tips);
	struct notes *n = g->n;
	enum rc rc = RC_OK;
	size_t i, s, k;

	n->builds = mem_calloc(g->p.builds.n + 1, sizeof *n->builds);
	for (i = 0; i < g->p.builds.n && rc == RC_OK; i++) {
		const struct build *b = &g->p.builds.v[i];

		n->builds[i] =
		    (struct notes_build){ .number = mem_strdup(b->number),
			    .commit = b->commit,
			    .time = b->time };
		for (s = 0; s < SECTION_N; s++)
			n->builds[i].sections[s].id = (enum notes_section_id)s;
		n->n_builds++;
		if (!oid_is_none(&b->commit))
			rc = store_history_find(g->app->store, &b->commit,
			    &tips[i], err);
	}
	for (s = 0; s < SECTION_N && rc == RC_OK; s++)
		for (k = 0; k < n->sections[s].n && rc == RC_OK; k++)
			rc = entry_build(g, &n->sections[s].entries[k], tips,
			    err);
	if (rc == RC_OK && g->p.builds.n == 0)
		notes_warn(n, NOTES_WARN_NO_BUILD, "", NULL,
		    "no build of this release is recorded (run: notes build "
		    "add)");
	free(tips);
	return rc;
}

static enum rc
make(struct gen *g, struct err *err)
{
	enum rc rc;
	size_t i;

	if ((rc = truth_open(g->app, &g->t, err)) != RC_OK ||
	    (rc = range_plan_make(&g->t, g->o, &g->p, err)) != RC_OK ||
	    (rc = range_open(&g->t, g->p.from, g->p.to, &g->r, err)) != RC_OK ||
	    (rc = make_head(g, err)) != RC_OK ||
	    (rc = claims_load(&g->t, &g->r, &g->claims, err)) != RC_OK)
		return rc;
	for (i = 0; i < g->claims.n && rc == RC_OK; i++)
		rc = list_claim(g, &g->claims.v[i], err);
	if (rc != RC_OK || (rc = list_by_hand(g, err)) != RC_OK ||
	    (rc = list_reverted(g, err)) != RC_OK ||
	    (rc = list_unlinked(g, err)) != RC_OK ||
	    (rc = list_people(g, err)) != RC_OK)
		return rc;
	notes_sort(g->n);
	return g->o->by_build ? make_builds(g, err) : RC_OK;
}

enum rc
app_generate(struct app *a, const struct generate_options *o, struct notes *out,
    struct err *err)
{
	struct gen g = { .app = a, .o = o, .n = out };
	struct scan_result scanned = { 0 };
	enum rc rc = RC_OK;

	notes_init(out);
	/* Reading only: the notes are of what was scanned before. */
	if (a->vcs != NULL && !a->readonly)
		rc = app_scan(a, false, &scanned, err);
	scan_result_release(&scanned);
	if (rc == RC_OK && (rc = store_read_begin(a->store, err)) == RC_OK) {
		rc = make(&g, err);
		store_read_end(a->store);
	}
	claims_release(&g.claims);
	range_close(&g.r);
	range_plan_release(&g.p);
	truth_close(&g.t);
	if (rc != RC_OK)
		notes_release(out);
	return rc;
}
