#include "model/release.h"

#include <stdlib.h>

#include "base/mem.h"

const char *
release_state_name(enum release_state s)
{
	static const char *const names[] = {
		[RELEASE_PLANNED] = "planned",
		[RELEASE_RELEASED] = "released",
		[RELEASE_YANKED] = "yanked",
		[RELEASE_DROPPED] = "dropped",
	};

	return names[s];
}

const char *
build_result_name(enum build_result r)
{
	static const char *const names[] = {
		[BUILD_UNKNOWN] = "unknown",
		[BUILD_PASSED] = "passed",
		[BUILD_FAILED] = "failed",
	};

	return names[r];
}

void
release_release(struct release *r)
{
	free(r->version);
	free(r->title);
	free(r->description);
	free(r->tag);
	free(r->previous);
	free(r->reason);
	free(r->owner);
	*r = (struct release){ 0 };
}

/* dst is overwritten, not released. */
void
release_copy(struct release *dst, const struct release *src)
{
	*dst = *src;
	dst->version = mem_strdup(src->version);
	dst->title = mem_strdup(src->title);
	dst->description = mem_strdup(src->description);
	dst->tag = mem_strdup(src->tag);
	dst->previous = mem_strdup(src->previous);
	dst->reason = mem_strdup(src->reason);
	dst->owner = mem_strdup(src->owner);
}

void
release_list_release(struct release_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		release_release(&l->v[i]);
	free(l->v);
	*l = (struct release_list){ 0 };
}

void
build_release(struct build *b)
{
	free(b->version);
	free(b->number);
	free(b->ci);
	free(b->url);
	*b = (struct build){ 0 };
}

void
build_list_release(struct build_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		build_release(&l->v[i]);
	free(l->v);
	*l = (struct build_list){ 0 };
}
