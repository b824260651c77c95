#include "suggest.h"

#include <stdlib.h>
#include <string.h>

#include "app/app_priv.h"
#include "base/mem.h"
#include "message/title.h"
#include "store/history.h"
#include "store/ticket.h"

/*
 * Likeness is in thousandths.  A title that stands in a subject nearly word for
 * word lists the ticket; less than that only suggests it.  Two words are no
 * title: "fix build" is like too much; nor are two that are shared, but for
 * long ones: ArrayIndexOutOfBoundsException stands for many.
 */
#define LIKENESS_SURE    800
#define LIKENESS_ALONG   650
#define LIKENESS_SUGGEST 500
#define LIKENESS_TYPO    400
#define WORDS_MIN        3
#define LETTERS_MIN      20

#define CANDIDATES_MAX 20000

struct candidate {
	struct ticket_key key;
	enum category category;
	struct strv words;
	size_t weight; /* bytes of all words */
	size_t shared; /* of those that the subject at hand has, too */
	size_t n_shared;
};

/* Which candidate has a word: sorted by word, so that a subject meets only the
 * titles that it shares a word with. */
struct posting {
	const char *word; /* borrowed from the candidate */
	uint32_t candidate;
};

struct suggester {
	struct app *app;
	struct candidate *v;
	size_t n, cap;
	struct posting *postings;
	size_t n_postings;
	uint32_t *met; /* candidates with shared > 0 */
	size_t n_met;
};

static bool
candidate_visit(const struct ticket *t, void *arg)
{
	struct suggester *s = arg;
	struct candidate *c;

	s->v = mem_grow(s->v, &s->cap, s->n + 1, sizeof *s->v);
	c = &s->v[s->n++];
	*c = (struct candidate){ .key = t->key, .category = t->category };
	title_words(t->summary, strlen(t->summary), &c->words);
	return true;
}

static int
by_word(const void *x, const void *y)
{
	const struct posting *a = x, *b = y;
	int c = strcmp(a->word, b->word);

	if (c != 0)
		return c;
	return (a->candidate > b->candidate) - (a->candidate < b->candidate);
}

static void
make_postings(struct suggester *s)
{
	size_t i, k, n = 0;

	for (i = 0; i < s->n; i++)
		n += s->v[i].words.n;
	s->postings = mem_calloc(n + 1, sizeof *s->postings);
	s->met = mem_calloc(s->n + 1, sizeof *s->met);
	for (i = 0; i < s->n; i++) {
		for (k = 0; k < s->v[i].words.n; k++) {
			s->v[i].weight += strlen(s->v[i].words.v[k]);
			s->postings[s->n_postings++] =
			    (struct posting){ s->v[i].words.v[k], (uint32_t)i };
		}
	}
	qsort(s->postings, s->n_postings, sizeof *s->postings, by_word);
}

enum rc
suggester_open(struct app *a, struct suggester **out, struct err *err)
{
	struct filter has = { .op = FILTER_HAS, .has = HAS_COMMITS };
	struct filter without = { .op = FILTER_NOT, .left = &has };
	struct ticket_query q = { .filter = &without, .limit = CANDIDATES_MAX };
	struct suggester *s = mem_calloc(1, sizeof *s);
	enum rc rc;

	s->app = a;
	rc = store_ticket_each(a->store, &q, candidate_visit, s, err);
	if (rc != RC_OK) {
		suggester_close(s);
		s = NULL;
	} else {
		make_postings(s);
	}
	*out = s;
	return rc;
}

void
suggester_close(struct suggester *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < s->n; i++)
		strv_release(&s->v[i].words);
	free(s->v);
	free(s->postings);
	free(s->met);
	free(s);
}

struct near_miss {
	struct suggester *s;
	const struct strv *words;
	struct suggestion *best;
};

static bool
near_miss_visit(const char *text, const struct ticket_key *meant, void *arg)
{
	struct near_miss *m = arg;
	struct ticket t = { 0 };
	struct strv words = STRV_INIT;
	int likeness;

	(void)text;
	if (store_ticket_find(m->s->app->store, meant, TICKET_ROW, &t, NULL) ==
	    RC_OK) {
		title_words(t.summary, strlen(t.summary), &words);
		likeness = title_likeness(m->words, &words);
		if (!m->best->found || likeness > m->best->likeness)
			*m->best = (struct suggestion){ .found = true,
				.typo = true,
				.sure = likeness >= LIKENESS_TYPO,
				.key = *meant,
				.likeness = likeness };
	}
	strv_release(&words);
	ticket_release(&t);
	return true;
}

/* Counts what each title shares with one word of the subject. */
static void
meet(struct suggester *s, const char *word, size_t len)
{
	size_t low = 0, high = s->n_postings, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(s->postings[mid].word, word) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < s->n_postings && strcmp(s->postings[low].word, word) == 0;
	     low++) {
		struct candidate *c = &s->v[s->postings[low].candidate];

		if (c->shared == 0)
			s->met[s->n_met++] = s->postings[low].candidate;
		c->shared += len;
		c->n_shared++;
	}
}

/* title_likeness() of every title at once; of equals, the first one wins. */
static void
best_title(struct suggester *s, const struct strv *words, int sure,
    struct suggestion *out)
{
	size_t i, weight = 0;
	uint32_t best = UINT32_MAX;
	int likeness;

	for (i = 0; i < words->n; i++) {
		size_t len = strlen(words->v[i]);

		weight += len;
		meet(s, words->v[i], len);
	}
	for (i = 0; i < s->n_met; i++) {
		struct candidate *c = &s->v[s->met[i]];
		const bool telling = c->n_shared >= WORDS_MIN ||
		    c->shared >= LETTERS_MIN;

		likeness = (int)(2000 * c->shared / (weight + c->weight));
		c->shared = c->n_shared = 0;
		if (likeness < LIKENESS_SUGGEST || likeness < out->likeness ||
		    (likeness == out->likeness && s->met[i] > best) ||
		    !title_numbers_agree(words, &c->words))
			continue;
		best = s->met[i];
		*out = (struct suggestion){ .found = true,
			.key = c->key,
			.likeness = likeness,
			.sure = likeness >= sure && telling &&
			    c->words.n >= WORDS_MIN };
	}
	s->n_met = 0;
}

enum rc
suggester_find(struct suggester *s, uint32_t commit, bool typo,
    const char *subject, struct suggestion *out, struct err *err)
{
	struct strv words = STRV_INIT;
	struct near_miss m = { .s = s, .words = &words, .best = out };
	enum rc rc = RC_OK;

	*out = (struct suggestion){ .found = false };
	title_words(subject, strlen(subject), &words);
	if (typo)
		rc = store_history_typos(s->app->store, commit, near_miss_visit,
		    &m, err);
	if (rc == RC_OK && !out->found && words.n > 0)
		best_title(s, &words, LIKENESS_SURE, out);
	strv_release(&words);
	return rc;
}

void
suggester_along(struct suggester *s, const char *subject,
    struct suggestion *out)
{
	struct strv words = STRV_INIT;

	*out = (struct suggestion){ .found = false };
	title_words(subject, strlen(subject), &words);
	if (words.n > 0)
		best_title(s, &words, LIKENESS_ALONG, out);
	out->along = true;
	strv_release(&words);
}
