#include "scan_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "message/reference.h"
#include "message/trailer.h"

static size_t
batch_text(struct scan_batch *b, const char *s, size_t len)
{
	size_t at = b->text.len;

	utf8_nfc(&b->text, s, len);
	buf_add(&b->text, "", 1);
	return at;
}

/* A line that begins with a blank or a bullet is a list, not the subject. */
static bool
begins_list(const char *line, const char *end)
{
	return line < end &&
	    (*line == ' ' || *line == '\t' || *line == '*' || *line == '-' ||
		(*line == 'o' && line + 1 < end && line[1] == ' '));
}

/*
 * The first paragraph on one line, as git shows it, but without the list that
 * people put right under the first line.
 */
static size_t
batch_subject(struct scan_batch *b, const char *s, size_t len)
{
	const char *end = s + len, *eol;
	struct buf one = BUF_INIT;
	size_t at;

	while (s < end) {
		eol = memchr(s, '\n', (size_t)(end - s));
		if (eol == NULL)
			eol = end;
		if (one.len > 0 && begins_list(s, end))
			break;
		if (one.len > 0)
			buf_putc(&one, ' ');
		buf_add(&one, s, (size_t)(eol - s));
		while (one.len > 0 &&
		    (one.ptr[one.len - 1] == ' ' ||
			one.ptr[one.len - 1] == '\r'))
			buf_truncate(&one, one.len - 1);
		s = eol < end ? eol + 1 : end;
	}
	at = batch_text(b, buf_str(&one), one.len);
	buf_release(&one);
	return at;
}

static void
batch_parents(struct scan_batch *b, struct scan_commit *sc,
    const struct commit *c)
{
	size_t i;

	sc->parent = (uint32_t)b->n_parents;
	sc->n_parents = (uint32_t)c->n_parents;
	b->parents = mem_grow(b->parents, &b->cap_parents,
	    b->n_parents + c->n_parents + 1, sizeof *b->parents);
	for (i = 0; i < c->n_parents; i++)
		b->parents[b->n_parents++] = c->parents[i];
	if (c->n_parents > 1)
		sc->flags |= HISTORY_MERGE;
	if (c->boundary)
		sc->flags |= HISTORY_BOUNDARY;
}

static void
batch_reference(struct scan_batch *b, struct scan_commit *sc, uint32_t commit,
    const struct reference *r)
{
	if (r->typo) {
		b->typos = mem_grow(b->typos, &b->cap_typos, b->n_typos + 1,
		    sizeof *b->typos);
		b->typos[b->n_typos++] = (struct scan_typo){ .commit = commit,
			.written = r->key,
			.meant = r->meant };
		sc->flags |= HISTORY_TYPO;
		return;
	}
	b->refs = mem_grow(b->refs, &b->cap_refs, b->n_refs + 1,
	    sizeof *b->refs);
	b->refs[b->n_refs++] = (struct scan_ref){ .key = r->key,
		.role = r->role,
		.why = (int)r->why };
	sc->n_refs++;
	if (r->role >= LINK_CLAIMS)
		sc->flags |= HISTORY_LINKED;
}

static void
batch_references(struct scan_batch *b, struct scan_commit *sc, uint32_t commit,
    const struct commit *c)
{
	struct reference_list list = { 0 };
	size_t i;

	sc->ref = (uint32_t)b->n_refs;
	reference_parse(c->message, c->message_len, &b->grammar, &list);
	for (i = 0; i < list.n; i++)
		batch_reference(b, sc, commit, &list.v[i]);
	reference_list_release(&list);
}

static void
batch_revert(struct scan_batch *b, struct scan_commit *sc, uint32_t commit,
    const struct commit *c)
{
	struct revert rv = { 0 };

	struct subject_step step = { .name = STRV_INIT };
	const char *subject;
	size_t len;

	commit_subject(c->message, c->message_len, &subject, &len);
	if ((sc->flags & HISTORY_LINKED) && subject_is_aside(subject, len))
		sc->flags |= HISTORY_ASIDE;
	revert_parse(c->message, c->message_len, &rv);
	if (rv.kind == REVERT_NONE &&
	    memmem(subject, len, "owngrade", 8) != NULL &&
	    subject_step_parse(subject, len, &step) && !step.down)
		subject_step_release(&step);
	if (rv.kind == REVERT_NONE && rv.picked.n == 0 && !step.down) {
		revert_release(&rv);
		return;
	}
	if (rv.kind != REVERT_NONE)
		sc->flags |= HISTORY_REVERT;
	b->reverts = mem_grow(b->reverts, &b->cap_reverts, b->n_reverts + 1,
	    sizeof *b->reverts);
	b->reverts[b->n_reverts++] = (struct scan_revert){ .commit = commit,
		.revert = rv,
		.step = step };
}

static bool
is_coauthor(const struct trailer *t)
{
	static const char token[] = "Co-authored-by";

	return t->token_len == sizeof token - 1 &&
	    strncasecmp(t->token, token, t->token_len) == 0;
}

/* Footers stand at the end; a long body need not be searched for them. */
#define FOOTERS_MAX 1024

static void
batch_trailers(struct scan_batch *b, struct scan_commit *sc, uint32_t commit,
    const struct commit *c)
{
	size_t tail = c->message_len < FOOTERS_MAX ? c->message_len
						   : FOOTERS_MAX;
	const char *end = c->message + c->message_len - tail;
	struct trailer_list list = { 0 };
	const char *bang, *eol;
	size_t i;

	eol = memchr(c->message, '\n', c->message_len);
	if (eol == NULL)
		eol = c->message + c->message_len;
	bang = memchr(c->message, '!', (size_t)(eol - c->message));
	if ((bang != NULL && eol - bang > 2 && bang[1] == ':' &&
		memchr(c->message, ' ', (size_t)(bang - c->message)) == NULL) ||
	    memmem(end, tail, "\nBREAKING", 9) != NULL)
		sc->flags |= HISTORY_BREAKING;
	if (memmem(end, tail, "uthored-", 8) == NULL)
		return;
	trailer_parse(c->message, c->message_len, &list);
	for (i = 0; i < list.n; i++) {
		if (!is_coauthor(&list.v[i]))
			continue;
		b->coauthors = mem_grow(b->coauthors, &b->cap_coauthors,
		    b->n_coauthors + 1, sizeof *b->coauthors);
		b->coauthors[b->n_coauthors++] =
		    (struct scan_coauthor){ .commit = commit,
			    .person = batch_text(b, list.v[i].value,
				strlen(list.v[i].value)) };
	}
	trailer_list_release(&list);
}

/* Only a commit that is younger than the tracker can act on a ticket. */
static void
batch_message(struct scan_batch *b, struct scan_commit *sc,
    const struct commit *c)
{
	sc->time = c->commit_time;
	sc->acts = c->author_time < c->commit_time ? c->author_time
						   : c->commit_time;
	if (sc->n_refs == 0 || sc->acts < b->app->created)
		return;
	sc->message = b->text.len;
	sc->message_len = c->message_len;
	buf_add(&b->text, c->message, c->message_len);
	buf_add(&b->text, "", 1);
}

bool
scan_batch_commit(const struct commit *c, void *arg)
{
	struct scan_batch *b = arg;
	struct scan_commit sc = { .oid = c->id };
	uint32_t at = (uint32_t)b->n;
	const char *subject;
	size_t len;

	if (!oid_map_add(&b->index, &c->id, at))
		return true;
	batch_parents(b, &sc, c);
	batch_references(b, &sc, at, c);
	batch_revert(b, &sc, at, c);
	batch_trailers(b, &sc, at, c);
	batch_message(b, &sc, c);
	commit_subject(c->message, c->message_len, &subject, &len);
	sc.author = batch_text(b, c->author, c->author_len);
	sc.subject = memchr(subject, '\n', len) == NULL
	    ? batch_text(b, subject, len)
	    : batch_subject(b, subject, len);
	b->v = mem_grow(b->v, &b->cap, b->n + 1, sizeof *b->v);
	b->v[b->n++] = sc;
	if ((b->n & 1023) == 0) {
		app_tell(b->app, "reading history", (int64_t)b->n, 0);
		if (app_stopped(b->app))
			return false;
	}
	return true;
}

void
scan_batch_release(struct scan_batch *b)
{
	size_t i;

	for (i = 0; i < b->n_reverts; i++) {
		revert_release(&b->reverts[i].revert);
		subject_step_release(&b->reverts[i].step);
	}
	free(b->reverts);
	free(b->v);
	oid_map_release(&b->index);
	free(b->parents);
	free(b->refs);
	free(b->typos);
	free(b->coauthors);
	free(b->order);
	free(b->subjects);
	free(b->by_oid);
	graph_release(&b->graph);
	buf_release(&b->text);
	*b = (struct scan_batch){ 0 };
}

/* Sorted by themselves: following an index to its commit misses the cache. */
struct seed {
	int64_t time;
	uint64_t id; /* the first bytes: ties are broken the same everywhere */
	uint32_t index;
};

static int
by_time(const void *x, const void *y)
{
	const struct seed *a = x, *b = y;

	if (a->time != b->time)
		return a->time < b->time ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

static struct seed *
seeds_by_time(const struct scan_batch *b)
{
	struct seed *v = mem_calloc(b->n + 1, sizeof *v);
	size_t i, k;

	for (i = 0; i < b->n; i++) {
		v[i].time = b->v[i].time;
		v[i].index = (uint32_t)i;
		for (k = 0; k < sizeof v[i].id; k++)
			v[i].id = v[i].id << 8 | b->v[i].oid.id[k];
	}
	qsort(v, b->n, sizeof *v, by_time);
	return v;
}

enum { NEW = 0, OPEN, PLACED };

/*
 * Depth first with an explicit stack, beginning with the oldest: numbers then
 * follow time wherever ancestry lets them, and clocks that run backwards do no
 * harm.
 */
void
scan_batch_sort(struct scan_batch *b)
{
	struct seed *seed = seeds_by_time(b);
	uint32_t *stack = NULL, at, p;
	uint8_t *state = mem_calloc(b->n + 1, 1);
	size_t i, k, top, placed = 0, cap = 0;
	bool waits;

	b->order = mem_calloc(b->n + 1, sizeof *b->order);
	for (i = 0; i < b->n; i++) {
		if (state[seed[i].index] != NEW)
			continue;
		top = 0;
		stack = mem_grow(stack, &cap, 1, sizeof *stack);
		stack[top++] = seed[i].index;
		while (top > 0) {
			at = stack[top - 1];
			state[at] = state[at] == NEW ? OPEN : state[at];
			waits = false;
			for (k = 0; k < b->v[at].n_parents; k++) {
				if (!oid_map_get(&b->index,
					&b->parents[b->v[at].parent + k], &p) ||
				    state[p] != NEW)
					continue;
				stack = mem_grow(stack, &cap, top + 1,
				    sizeof *stack);
				stack[top++] = p;
				waits = true;
			}
			if (waits)
				continue;
			top--;
			if (state[at] == OPEN) {
				state[at] = PLACED;
				b->order[placed++] = at;
			}
		}
	}
	free(stack);
	free(seed);
	free(state);
}
