/*
 * Who a message means: commits by id, by the beginning of an id, by subject.
 * What a batch holds is looked up in tables that are made when first asked
 * for, as most batches revert nothing.
 */
#include "scan_priv.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "message/conventional.h"

enum rc
scan_find_oid(struct app *a, struct scan_batch *b, const struct oid *oid,
    uint32_t *id, struct err *err)
{
	uint32_t at;

	*id = 0;
	if (oid_map_get(&b->index, oid, &at)) {
		*id = b->v[at].id;
		if (*id != 0)
			return RC_OK;
	}
	/* Emptied tables hold nothing else, and have no index to ask. */
	return b->fresh ? RC_OK : store_history_find(a->store, oid, id, err);
}

/* ---- by subject ---- */

/* The subject without the keys and brackets that lead it. */
static const char *
skip_lead(const char *s)
{
	struct ticket_key key;
	const char *p = s, *end;

	for (;;) {
		while (*p == ' ' || *p == '[' || *p == '(')
			p++;
		end = p + strcspn(p, " ])(:,");
		if (end == p || !ticket_key_parse(p, (size_t)(end - p), &key))
			return p;
		for (p = end; *p != '\0' && strchr(" ]):,-", *p) != NULL; p++)
			;
	}
}

/* A subject in the parts by which a revert names it. */
struct parts {
	const char *lead, *text, *core;
	size_t lead_len; /* keys */
	size_t type_len; /* of "type(scope): " */
	size_t core_len; /* without that and "(#12)" at the end */
};

static size_t
without_numbers(const char *s, size_t len)
{
	size_t at, n = len;

	for (;;) {
		while (n > 0 && s[n - 1] == ' ')
			n--;
		if (n < 4 || s[n - 1] != ')')
			return n;
		for (at = n - 1; at > 0 && isdigit((unsigned char)s[at - 1]);)
			at--;
		if (at == n - 1 || at < 2 || s[at - 1] != '#' ||
		    s[at - 2] != '(')
			return n;
		n = at - 2;
	}
}

static struct parts
split(const char *subject)
{
	struct parts p = { .lead = subject, .text = skip_lead(subject) };
	struct conventional c;

	p.lead_len = (size_t)(p.text - subject);
	p.core = p.text;
	p.core_len = strlen(p.text);
	if (conventional_parse(p.core, p.core_len, &c)) {
		p.core = c.description;
		p.core_len = c.description_len;
	}
	p.type_len = (size_t)(p.core - p.text);
	p.core_len = without_numbers(p.core, p.core_len);
	return p;
}

enum likeness { OTHER, CORE, TEXT, EXACT };

static bool
same_part(const char *a, size_t a_len, const char *b, size_t b_len)
{
	return a_len == b_len && strncasecmp(a, b, a_len) == 0;
}

/* How sure it is that want names subject: another key or another type, where
 * both have one, is another commit. */
static enum likeness
subject_matches(const char *subject, const char *want)
{
	const struct parts a = split(subject), b = split(want);

	if (a.core_len == 0 ||
	    !same_part(a.core, a.core_len, b.core, b.core_len))
		return OTHER;
	if (strcasecmp(subject, want) == 0)
		return EXACT;
	if ((a.lead_len > 0 && b.lead_len > 0 &&
		!same_part(a.lead, a.lead_len, b.lead, b.lead_len)) ||
	    (b.type_len > 0 &&
		!same_part(a.text, a.type_len, b.text, b.type_len)))
		return OTHER;
	return strcasecmp(a.text, b.text) == 0 ? TEXT : CORE;
}

/* Equal for subjects that match. */
static uint32_t
subject_hash(const char *s)
{
	const struct parts p = split(s);
	uint32_t h = 2166136261u;
	size_t i;

	for (i = 0; i < p.core_len; i++)
		h = (h ^ (uint32_t)tolower((unsigned char)p.core[i])) *
		    16777619u;
	return h;
}

static int
by_subject(const void *x, const void *y)
{
	const struct scan_subject *a = x, *b = y;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

static void
make_subjects(struct scan_batch *b)
{
	size_t i;

	b->subjects = mem_calloc(b->n + 1, sizeof *b->subjects);
	for (i = 0; i < b->n; i++)
		b->subjects[i] = (struct scan_subject){
			.hash = subject_hash(b->text.ptr + b->v[i].subject),
			.id = b->v[i].id,
			.index = (uint32_t)i
		};
	qsort(b->subjects, b->n, sizeof *b->subjects, by_subject);
}

/* The first entry that is not before hash. */
static size_t
lower_bound(const struct scan_batch *b, uint32_t hash)
{
	size_t low = 0, high = b->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (b->subjects[mid].hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Commits that bear the subject; numbers only grow from parent to child, so an
 * ancestor has a smaller one. */
struct subject_search {
	const char *want;
	uint32_t before;
	struct found {
		uint32_t id;
		int64_t time;
		struct oid oid;
		enum likeness likeness;
	} * v;
	size_t n, cap;
};

static bool
subject_visit(const struct history_commit *c, void *arg)
{
	struct subject_search *s = arg;
	enum likeness likeness;

	if (c->id >= s->before ||
	    (likeness = subject_matches(c->subject, s->want)) == OTHER)
		return true;
	s->v = mem_grow(s->v, &s->cap, s->n + 1, sizeof *s->v);
	s->v[s->n++] = (struct found){ c->id, c->time, c->oid, likeness };
	return true;
}

static void
subject_in_batch(struct scan_batch *b, struct subject_search *s)
{
	uint32_t hash = subject_hash(s->want);
	size_t i;

	if (b->subjects == NULL)
		make_subjects(b);
	for (i = lower_bound(b, hash); i < b->n && b->subjects[i].hash == hash;
	     i++) {
		const struct scan_commit *sc = &b->v[b->subjects[i].index];
		const struct history_commit c = { .id = sc->id,
			.oid = sc->oid,
			.time = sc->time,
			.subject = b->text.ptr + sc->subject };

		if (sc->id != 0)
			subject_visit(&c, s);
	}
}

/* The surest, then the newest by time: numbers depend on when commits were
 * scanned. */
static bool
is_better(const struct found *a, const struct found *b)
{
	if (a->likeness != b->likeness)
		return a->likeness > b->likeness;
	if (a->time != b->time)
		return a->time > b->time;
	return oid_compare(&a->oid, &b->oid) > 0;
}

static enum rc
load_graph(struct app *a, struct scan_batch *b, struct err *err)
{
	if (b->graph.n != 0)
		return RC_OK;
	return store_history_graph(a->store, &b->graph, NULL, NULL, NULL, err);
}

/* A revert takes back what is in its own history, not on another branch. */
static enum rc
newest_ancestor(struct app *a, struct scan_batch *b,
    const struct subject_search *s, uint32_t *id, struct err *err)
{
	const struct found *best = NULL;
	enum rc rc;
	size_t i;

	if (s->n == 0)
		return RC_OK;
	if ((rc = load_graph(a, b, err)) != RC_OK)
		return rc;
	for (i = 0; i < s->n; i++)
		if ((best == NULL || is_better(&s->v[i], best)) &&
		    graph_is_ancestor(&b->graph, s->v[i].id, s->before))
			best = &s->v[i];
	if (best != NULL)
		*id = best->id;
	return RC_OK;
}

enum rc
scan_find_subject(struct app *a, struct scan_batch *b, uint32_t before,
    const char *want, uint32_t *id, struct err *err)
{
	struct subject_search s = { .want = want, .before = before };
	enum rc rc = RC_OK;

	*id = 0;
	if (split(want).core_len == 0)
		return RC_OK;
	subject_in_batch(b, &s);
	rc = newest_ancestor(a, b, &s, id, err);
	if (rc == RC_OK && *id == 0 && !b->fresh) {
		rc = store_history_commits(a->store, NULL, 0, subject_visit, &s,
		    err);
		if (rc == RC_OK)
			rc = newest_ancestor(a, b, &s, id, err);
	}
	free(s.v);
	return rc;
}

/* ---- by key ---- */

static bool
key_visit(const struct history_link *l, void *arg)
{
	struct subject_search *f = arg;

	if (l->role < LINK_CLAIMS || l->commit == 0 || l->commit >= f->before)
		return true;
	f->v = mem_grow(f->v, &f->cap, f->n + 1, sizeof *f->v);
	f->v[f->n++] = (struct found){ .id = l->commit };
	return true;
}

static void
key_in_batch(const struct scan_batch *b, const struct ticket_key *key,
    struct subject_search *f)
{
	size_t i, k;

	for (i = 0; i < b->n; i++) {
		const struct scan_commit *sc = &b->v[i];

		for (k = 0; sc->id != 0 && k < sc->n_refs; k++) {
			const struct scan_ref *r = &b->refs[sc->ref + k];
			const struct history_link l = { .commit = sc->id,
				.role = r->role };

			if (ticket_key_equal(&r->key, key))
				key_visit(&l, f);
		}
	}
}

enum rc
scan_find_key(struct app *a, struct scan_batch *b, uint32_t before,
    const struct ticket_key *key, uint32_t **ids, size_t *n, struct err *err)
{
	struct subject_search f = { .before = before };
	enum rc rc = RC_OK;
	size_t i;

	*ids = NULL;
	*n = 0;
	key_in_batch(b, key, &f);
	if (!b->fresh)
		rc = store_history_links(a->store, 0, key, key_visit, &f, err);
	if (rc == RC_OK && f.n > 0)
		rc = load_graph(a, b, err);
	if (rc == RC_OK)
		*ids = mem_calloc(f.n + 1, sizeof **ids);
	for (i = 0; i < f.n && rc == RC_OK; i++)
		if (graph_is_ancestor(&b->graph, f.v[i].id, before))
			(*ids)[(*n)++] = f.v[i].id;
	free(f.v);
	return rc;
}

/* ---- by what a downgrade takes back ---- */

struct step_search {
	const struct subject_step *down;
	struct subject_search found;
};

static bool
step_visit(const struct history_commit *c, void *arg)
{
	struct step_search *s = arg;
	struct subject_search *f = &s->found;
	struct subject_step up;

	if (c->id >= f->before || strstr(c->subject, s->down->from) == NULL ||
	    !subject_step_parse(c->subject, strlen(c->subject), &up))
		return true;
	if (subject_step_undoes(s->down, &up)) {
		f->v = mem_grow(f->v, &f->cap, f->n + 1, sizeof *f->v);
		f->v[f->n++] = (struct found){ c->id, c->time, c->oid, EXACT };
	}
	subject_step_release(&up);
	return true;
}

enum rc
scan_find_step(struct app *a, struct scan_batch *b, uint32_t before,
    const struct subject_step *down, uint32_t *id, struct err *err)
{
	struct step_search s = { .down = down, .found = { .before = before } };
	enum rc rc = RC_OK;
	size_t i;

	*id = 0;
	if (down->from == NULL)
		return RC_OK;
	for (i = 0; i < b->n; i++) {
		const struct scan_commit *sc = &b->v[i];
		const struct history_commit c = { .id = sc->id,
			.oid = sc->oid,
			.time = sc->time,
			.subject = b->text.ptr + sc->subject };

		if (sc->id != 0)
			step_visit(&c, &s);
	}
	if (!b->fresh)
		rc = store_history_commits(a->store, NULL, 0, step_visit, &s,
		    err);
	if (rc == RC_OK)
		rc = newest_ancestor(a, b, &s.found, id, err);
	free(s.found.v);
	return rc;
}

/* ---- by the beginning of an id ---- */

static int
by_oid(const void *x, const void *y, void *arg)
{
	const struct scan_commit *v = arg;

	return oid_compare(&v[*(const uint32_t *)x].oid,
	    &v[*(const uint32_t *)y].oid);
}

static void
make_oids(struct scan_batch *b)
{
	size_t i;

	b->by_oid = mem_calloc(b->n + 1, sizeof *b->by_oid);
	for (i = 0; i < b->n; i++)
		b->by_oid[i] = (uint32_t)i;
	qsort_r(b->by_oid, b->n, sizeof *b->by_oid, by_oid, b->v);
}

static int
compare_prefix(const struct oid *oid, const char *hex, size_t len)
{
	char full[OID_HEX_MAX + 1];

	oid_to_hex(oid, full);
	return strncmp(full, hex, len);
}

/* The one commit of the batch whose id begins so; 0 for none or several. */
static uint32_t
batch_prefix(struct scan_batch *b, const char *hex)
{
	size_t low = 0, high = b->n, mid, len = strlen(hex);

	if (b->by_oid == NULL)
		make_oids(b);
	while (low < high) {
		mid = low + (high - low) / 2;
		if (compare_prefix(&b->v[b->by_oid[mid]].oid, hex, len) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == b->n ||
	    compare_prefix(&b->v[b->by_oid[low]].oid, hex, len) != 0 ||
	    (low + 1 < b->n &&
		compare_prefix(&b->v[b->by_oid[low + 1]].oid, hex, len) == 0))
		return 0;
	return b->v[b->by_oid[low]].id;
}

enum rc
scan_find_hex(struct app *a, struct scan_batch *b, const char *hex,
    uint32_t *id, struct err *err)
{
	struct oid oid;
	struct err quiet = ERR_INIT;

	if (oid_from_hex(&oid, hex, strlen(hex)))
		return scan_find_oid(a, b, &oid, id, err);
	*id = batch_prefix(b, hex);
	/* Ambiguous or unknown prefixes name nobody; that is no failure. */
	if (*id == 0 && !b->fresh &&
	    store_history_find_prefix(a->store, hex, id, &quiet) != RC_OK)
		*id = 0;
	return RC_OK;
}
