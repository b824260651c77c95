#include "app/generate.h"

#include <stdlib.h>
#include <string.h>

#include "app/scan.h"
#include "app/ticket.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "message/reference.h"
#include "app/notes/gen.h"
#include "store/ticket.h"
#include "truth.h"

struct telling {
	struct app *app;
	struct generate_options o;
	struct gen g; /* as generate has it: version by version */
	struct ticket ticket;
	char key[TICKET_KEY_MAX];
	bool related; /* other tickets, or what it was found in, may list it */
	struct buf *out;
};

struct line {
	struct buf *out;
	const struct evidence *e;
};

static bool
commit_visit(const struct history_commit *c, void *arg)
{
	struct line *l = arg;
	char hex[OID_HEX_MAX + 1], day[11];

	oid_to_short(&c->oid, 9, hex);
	date_format_day(c->time, day);
	buf_printf(l->out, "  %s %s ", hex, day);
	utf8_clean(l->out, c->subject, strlen(c->subject), UTF8_ONE_LINE);
	buf_putc(l->out, '\n');
	return true;
}

static enum rc
put_short(struct telling *x, uint32_t id, struct err *err)
{
	struct buf one = BUF_INIT;
	struct line l = { .out = &one };
	enum rc rc = store_history_commits(x->app->store, &id, 1, commit_visit,
	    &l, err);

	if (one.len > 11)
		buf_add(x->out, one.ptr + 2, 9);
	buf_release(&one);
	return rc;
}

static enum rc
tell_evidence(struct telling *x, const struct evidence *e, struct err *err)
{
	static const char *const fates[] = {
		[FATE_COUNTS] = "counts",
		[FATE_MENTION] = "does not count: only a mention",
		[FATE_REVERTED] = "does not count: reverted by ",
		[FATE_IS_REVERT] =
		    "does not count: it takes the ticket's own work back",
		[FATE_FOREIGN] =
		    "does not count: of a merged history that has its own root",
		[FATE_ASIDE] =
		    "does not count: documentation or tests of what shipped",
		[FATE_BEFORE] = "does not count: shipped earlier",
		[FATE_ELSEWHERE] = "does not count: not in this history",
	};
	struct line l = { .out = x->out, .e = e };
	const char *version;
	enum rc rc;
	int at;

	if (e->commit == 0) {
		buf_puts(x->out, "  a commit that was not scanned\n");
		return RC_OK;
	}
	rc = store_history_commits(x->app->store, &e->commit, 1, commit_visit,
	    &l, err);
	if (rc != RC_OK)
		return rc;
	buf_printf(x->out, "    %s", link_role_name(e->role));
	if (e->role != LINK_MANUAL && e->why >= 0 && e->why < WHY_N)
		buf_printf(x->out, " (%s)",
		    reference_why_text((enum reference_why)e->why));
	buf_printf(x->out, "; %s", fates[e->fate]);
	if (e->fate == FATE_REVERTED)
		rc = put_short(x, e->by, err);
	at = truth_release_row(&x->g.t, x->g.t.first[e->commit]);
	version = at < 0 ? NULL : x->g.t.releases.v[at].version;
	if (version != NULL &&
	    (e->fate == FATE_BEFORE || e->fate == FATE_ELSEWHERE))
		buf_printf(x->out, " (first in %s)", version);
	buf_putc(x->out, '\n');
	return rc;
}

static bool
has_release(const struct ticket *t, const char *version)
{
	return version != NULL && strv_has(&t->releases, version);
}

static bool
has_work(const struct claim *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (c->v[i].role >= LINK_CLAIMS)
			return true;
	return false;
}

/* The listed ticket that settles this one, as gen_related.c lists it; "" when
 * there is none. */
static enum rc
find_settler(struct telling *x, struct buf *out, struct err *err)
{
	struct relation_list list = { 0 };
	struct ticket_key key;
	enum rc rc = store_relations(x->app->store, x->ticket.id, &list, err);
	size_t i;

	for (i = 0; i < list.n && rc == RC_OK && out->len == 0; i++)
		if ((strcmp(list.v[i].name, "duplicates") == 0 ||
			strcmp(list.v[i].name, "fixed-by") == 0) &&
		    ticket_key_parse(list.v[i].key, strlen(list.v[i].key),
			&key) &&
		    gen_is_listed(&x->g, &key))
			buf_printf(out, "%s %s",
			    list.v[i].name[0] == 'd' ? "it duplicates"
						     : "it is fixed by",
			    list.v[i].key);
	relation_list_release(&list);
	return rc;
}

/* What of this range has the ticket's title. */
struct titled {
	uint32_t commit; /* 0: nothing */
	const char *how;
};

/* The first commit that generate lists the ticket for because of its subject.
 */
static enum rc
find_titled(struct telling *x, struct titled *out, struct err *err)
{
	struct gen *g = &x->g;
	struct gen_row row = { .time = 0 };
	struct suggestion s;
	enum rc rc = RC_OK;
	bool linked;
	size_t i;

	for (i = 0; i < g->r.n && rc == RC_OK && out->commit == 0; i++) {
		if (!gen_is_work(g, g->r.ids[i]))
			continue;
		rc = gen_suggest(g, g->r.ids[i], &row, &linked, &s, err);
		if (rc == RC_OK && s.sure &&
		    ticket_key_equal(&s.key, &x->ticket.key))
			*out = (struct titled){ g->r.ids[i],
				gen_suggested_how(&s) };
	}
	gen_row_release(&row);
	return rc;
}

/* Why it is listed: generate has the last word on whether it is. */
static void
tell_why_in(struct telling *x, const struct claim *c, const char *name,
    enum notes_section_id section, const char *settled,
    const struct titled *titled)
{
	buf_printf(x->out, "%s is in %s", x->key, name);
	if (section == SECTION_REVERTED)
		buf_puts(x->out,
		    " as reverted: an earlier release has its work, and it was "
		    "taken back\n");
	else if (section == SECTION_KNOWN_ISSUES)
		buf_puts(x->out, " as a known issue: it was found in it\n");
	else if (claim_holds(c))
		buf_printf(x->out,
		    ": %zu commit%s of the range carr%s work for it\n",
		    c->counts, c->counts == 1 ? "" : "s",
		    c->counts == 1 ? "ies" : "y");
	else if (titled->commit != 0)
		buf_printf(x->out, ": a commit %s\n", titled->how);
	else if (settled[0] != '\0')
		buf_printf(x->out, ": %s, which is\n", settled);
	else if (has_work(c))
		buf_puts(x->out, ": done with this fix release by hand\n");
	else
		buf_puts(x->out,
		    ": done with this fix release by hand, without a commit\n");
}

static bool
is_away(const struct claim *c)
{
	size_t i, away = 0;

	for (i = 0; i < c->n; i++) {
		if (c->v[i].fate == FATE_BEFORE)
			return false;
		away += c->v[i].fate == FATE_ELSEWHERE &&
		    c->v[i].role >= LINK_CLAIMS;
	}
	return away > 0;
}

/* The first reason that decides, in the words of the rule. */
static void
tell_why_not(struct telling *x, const struct claim *c, const char *version,
    const char *name)
{
	const struct ticket *t = &x->ticket;

	buf_printf(x->out, "%s is not in %s: ", x->key, name);
	if (t->deleted)
		buf_puts(x->out, "it is deleted\n");
	else if (t->no_note)
		buf_puts(x->out, "it is marked \"no note\"\n");
	else if (c->undone || (c->counts == 0 && c->reverted > 0))
		buf_puts(x->out, "its work was reverted\n");
	else if (c->counts == 0 && !has_release(t, version))
		buf_puts(x->out,
		    "no commit of the range carries work for it, and it does "
		    "not have this fix release\n");
	else if (t->category != CATEGORY_DONE)
		buf_printf(x->out, "it is still %s\n", t->status);
	else if (gen_built_nothing(t))
		buf_printf(x->out, "it is resolved as %s\n", t->resolution);
	else if (c->counts == 0 && is_away(c))
		buf_puts(x->out,
		    "it has this fix release, but its commits are not in this "
		    "build\n");
	else
		buf_puts(x->out, "its work is not in this build\n");
}

static enum rc
tell_commits(struct telling *x, const struct claim *c,
    const struct titled *titled, bool detail, struct err *err)
{
	struct line l = { .out = x->out };
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < c->n && rc == RC_OK; i++)
		if (detail || c->v[i].fate == FATE_COUNTS ||
		    c->v[i].fate == FATE_REVERTED)
			rc = tell_evidence(x, &c->v[i], err);
	if (titled->commit != 0 && rc == RC_OK) {
		rc = store_history_commits(x->app->store, &titled->commit, 1,
		    commit_visit, &l, err);
		buf_puts(x->out, "    has the ticket's title; counts\n");
	} else if (detail && c->n == 0) {
		buf_puts(x->out, "  no commit names it\n");
	}
	return rc;
}

/* Whether the notes of a version can have a word of the ticket: made only then.
 */
static enum rc
can_tell(struct telling *x, const char *version, bool *can, struct err *err)
{
	struct gen *g = &x->g;
	struct claim c = { .n = 0 };
	enum rc rc;
	size_t i;

	*can = has_release(&x->ticket, version);
	if ((rc = range_plan_make(&g->t, g->o, &g->p, err)) != RC_OK ||
	    (rc = range_open(&g->t, g->p.from, g->p.to, &g->r, err)) != RC_OK ||
	    (rc = claim_load(&g->t, &g->r, &x->ticket.key, &c, err)) != RC_OK)
		goto out;
	for (i = 0; i < c.n && !*can; i++)
		*can = c.v[i].fate == FATE_COUNTS ||
		    (c.v[i].fate == FATE_REVERTED &&
			(g->r.in[c.v[i].by] & IN_RANGE));
	/* By its title, by what settles it, or as a known issue. */
	*can = *can || !has_work(&c) || x->related;
out:
	claim_release(&c);
	gen_clear(g);
	return rc;
}

/* What generate says of it, and why. */
static enum rc
tell_version(struct telling *x, const char *version, bool detail,
    struct err *err)
{
	const char *name = version == NULL ? "the unreleased notes" : version;
	struct gen *g = &x->g;
	struct claim c = { .n = 0 };
	struct titled titled = { .commit = 0 };
	struct buf settled = BUF_INIT;
	struct notes doc;
	enum notes_section_id section;
	bool can = true;
	enum rc rc = RC_OK;

	x->o.version = version;
	if (!detail && (rc = can_tell(x, version, &can, err)) != RC_OK)
		return rc;
	if (!can)
		return RC_OK;
	notes_init(&doc);
	g->n = &doc;
	if ((rc = gen_make(g, err)) != RC_OK ||
	    (rc = claim_load(&g->t, &g->r, &x->ticket.key, &c, err)) != RC_OK)
		goto out;
	section = gen_section(g, &x->ticket.key);
	if (section < SECTION_KNOWN_ISSUES && !claim_holds(&c) &&
	    ((rc = find_titled(x, &titled, err)) != RC_OK ||
		(rc = find_settler(x, &settled, err)) != RC_OK))
		goto out;
	if (!detail && section == SECTION_N && c.counts == 0 &&
	    c.reverted == 0 && !has_release(&x->ticket, version))
		goto out;
	if (section != SECTION_N)
		tell_why_in(x, &c, name, section, buf_str(&settled), &titled);
	else
		tell_why_not(x, &c, version, name);
	if (detail)
		buf_printf(x->out, "  range: %s..%s, %zu commit%s\n",
		    g->p.previous < 0 ? "the beginning"
				      : g->t.releases.v[g->p.previous].version,
		    version == NULL ? "HEAD" : version, g->r.n,
		    g->r.n == 1 ? "" : "s");
	rc = tell_commits(x, &c, &titled, detail, err);
out:
	buf_release(&settled);
	claim_release(&c);
	gen_clear(g);
	notes_release(&doc);
	return rc;
}

/* Ties that list a ticket whatever its own commits say. */
static enum rc
find_related(struct telling *x, struct err *err)
{
	struct relation_list list = { 0 };
	enum rc rc = store_relations(x->app->store, x->ticket.id, &list, err);

	x->related = list.n > 0 || strv_has(&x->ticket.labels, "known-issue");
	relation_list_release(&list);
	return rc;
}

/* Only releases that can have it: those that first held one of its commits, and
 * those that it names. */
static enum rc
tell_all(struct telling *x, struct err *err)
{
	size_t before = x->out->len, i;
	struct err quiet = ERR_INIT;
	enum rc rc = RC_OK;

	for (i = 0; i < x->g.t.releases.n && rc == RC_OK; i++) {
		const struct release *r = &x->g.t.releases.v[i];

		if (r->state == RELEASE_DROPPED ||
		    (x->g.t.tips[i] == 0 &&
			!has_release(&x->ticket, r->version)))
			continue;
		rc = tell_version(x, r->version, false, err);
	}
	/* What is unreleased; a repository without commits has nothing. */
	if (rc == RC_OK)
		(void)tell_version(x, NULL, false, &quiet);
	if (rc == RC_OK && x->out->len == before)
		buf_printf(x->out,
		    "%s is in no notes: no commit carries work "
		    "for it, and it has no fix release\n",
		    x->key);
	return rc;
}

enum rc
app_explain(struct app *a, const char *key, const char *version,
    struct buf *out, struct err *err)
{
	struct telling x = { .app = a, .g = { .app = a }, .out = out };
	struct scan_result scanned = { 0 };
	struct ticket_key k;
	enum rc rc = RC_OK;

	if (a->vcs != NULL && !a->readonly)
		rc = app_scan(a, false, &scanned, err);
	scan_result_release(&scanned);
	if (rc != RC_OK || (rc = app_key(a, key, &k, err)) != RC_OK)
		return rc;
	ticket_key_format(&k, x.key);
	x.g.o = &x.o;
	if ((rc = store_read_begin(a->store, err)) != RC_OK)
		return rc;
	if ((rc = truth_open(a, &x.g.t, err)) == RC_OK &&
	    (rc = store_ticket_find(a->store, &k, TICKET_FULL, &x.ticket,
		 err)) == RC_OK &&
	    (rc = find_related(&x, err)) == RC_OK)
		rc = version == NULL ? tell_all(&x, err)
				     : tell_version(&x, version, true, err);
	store_read_end(a->store);
	ticket_release(&x.ticket);
	suggester_close(x.g.suggester);
	truth_close(&x.g.t);
	return rc;
}
