#include "list_cache.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct list_cache {
	struct list_columns columns;
	int cols;
	unsigned fetched; /* of the list then */
	size_t n;         /* rows on the screen: row i is kept at i % n */
	struct kept {
		int64_t id; /* 0: none */
		bool marked;
	} * row;
	struct cell *cells; /* n times cols */
};

struct list_cache *
list_cache_new(void)
{
	return mem_calloc(1, sizeof(struct list_cache));
}

static void
forget(struct list_cache *k)
{
	free(k->row);
	free(k->cells);
	*k = (struct list_cache){ 0 };
}

void
list_cache_free(struct list_cache *k)
{
	if (k == NULL)
		return;
	forget(k);
	free(k);
}

static bool
same_columns(const struct list_columns *a, const struct list_columns *b)
{
	return a->n == b->n && memcmp(a->v, b->v, a->n * sizeof(a->v[0])) == 0;
}

void
list_cache_begin(struct list_cache *k, const struct list *l, int cols,
    const struct list_columns *c)
{
	if (k->cols == cols && k->n == l->rows && k->fetched == l->fetched &&
	    same_columns(&k->columns, c))
		return;
	forget(k);
	k->columns = *c;
	k->cols = cols;
	k->fetched = l->fetched;
	k->n = l->rows;
	k->row = mem_calloc(k->n, sizeof(*k->row));
	k->cells = mem_calloc(k->n * (size_t)cols, sizeof(*k->cells));
}

void
list_cache_draw(struct list_cache *k, const struct area *a, int y,
    const struct list *l, size_t i, bool marked)
{
	const struct ticket *t = &l->v[i];
	struct kept *row = &k->row[i % k->n];
	struct cell *cells = &k->cells[i % k->n * (size_t)k->cols];

	if (row->id == t->id && row->marked == marked) {
		area_put_row(a, y, cells);
		return;
	}
	list_draw_row(a, y, &k->columns, t, false, marked);
	area_take_row(a, y, cells);
	*row = (struct kept){ .id = t->id, .marked = marked };
}
