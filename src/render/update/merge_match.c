#include <string.h>

#include "base/mem.h"
#include "merge_priv.h"

static size_t *
no_items(size_t n)
{
	size_t *const v = mem_alloc((n + 1) * sizeof(*v));

	for (size_t i = 0; i < n; i++)
		v[i] = ITEM_NONE;
	return v;
}

/* Half of the first line is as before: edited, not another one. */
static bool
is_similar(const char *a, const char *b)
{
	const char *const s = a + strspn(a, "-*+ ");
	const char *const t = b + strspn(b, "-*+ ");
	const size_t na = strcspn(s, "\n"), nb = strcspn(t, "\n");
	const size_t least = na < nb ? na : nb, most = na < nb ? nb : na;
	size_t head = 0, tail = 0;

	while (head < least && s[head] == t[head])
		head++;
	while (tail < least - head && s[na - 1 - tail] == t[nb - 1 - tail])
		tail++;
	return least > 0 && (head + tail) * 2 >= least &&
	    (head + tail) * 4 >= most;
}

static bool
can_be(const struct item *a, const struct item *b)
{
	if (a->kind != b->kind || a->level != b->level)
		return false;
	if (a->kind == ITEM_HEADING)
		return true;
	return (a->key[0] == '\0' || b->key[0] == '\0') &&
	    is_similar(a->norm, b->norm);
}

/* Items without a name of their own are known by their neighbours. */
static void
match_neighbours(const struct items *a, const struct items *b, size_t *ab,
    size_t *ba, int step)
{
	for (size_t n = 0; n < a->n; n++) {
		const size_t i = step > 0 ? n : a->n - 1 - n;
		const size_t near = i - (size_t)step;
		size_t k;

		if (ab[i] != ITEM_NONE || near >= a->n || ab[near] == ITEM_NONE)
			continue;
		k = ab[near] + (size_t)step;
		if (k >= b->n || ba[k] != ITEM_NONE ||
		    !can_be(&a->v[i], &b->v[k]))
			continue;
		/* A heading is known by what stands below it. */
		if (a->v[i].kind == ITEM_HEADING && step > 0)
			continue;
		ab[i] = k;
		ba[k] = i;
	}
}

void
merge_match(const struct items *a, const struct items *b, size_t **ab,
    size_t **ba)
{
	*ab = no_items(a->n);
	*ba = no_items(b->n);
	for (size_t i = 0; i < a->n; i++) {
		const size_t k = items_find(b, a->v[i].id);

		if (k == ITEM_NONE || a->v[i].kind != b->v[k].kind)
			continue;
		(*ab)[i] = k;
		(*ba)[k] = i;
	}
	match_neighbours(a, b, *ab, *ba, 1);
	match_neighbours(a, b, *ab, *ba, -1);
}
