#include "base/strv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
strv_take(struct strv *sv, char *s)
{
	sv->v = mem_grow(sv->v, &sv->cap, sv->n + 1, sizeof(*sv->v));
	sv->v[sv->n++] = s;
}

void
strv_push(struct strv *sv, const char *s)
{
	strv_take(sv, mem_strdup(s));
}

void
strv_push_len(struct strv *sv, const char *s, size_t n)
{
	strv_take(sv, mem_strndup(s, n));
}

bool
strv_has(const struct strv *sv, const char *s)
{
	for (size_t i = 0; i < sv->n; i++)
		if (strcmp(sv->v[i], s) == 0)
			return true;
	return false;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
strv_sort(struct strv *sv)
{
	if (sv->n > 1)
		qsort(sv->v, sv->n, sizeof(*sv->v), compare);
}

void
strv_remove(struct strv *sv, size_t i)
{
	free(sv->v[i]);
	sv->n--;
	memmove(sv->v + i, sv->v + i + 1, (sv->n - i) * sizeof(*sv->v));
}

void
strv_copy(struct strv *dst, const struct strv *src)
{
	struct strv copy = STRV_INIT;

	for (size_t i = 0; i < src->n; i++)
		strv_push(&copy, src->v[i]);
	strv_release(dst);
	*dst = copy;
}

void
strv_release(struct strv *sv)
{
	for (size_t i = 0; i < sv->n; i++)
		free(sv->v[i]);
	free(sv->v);
	*sv = (struct strv)STRV_INIT;
}
