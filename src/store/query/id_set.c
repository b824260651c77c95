#include "id_set.h"

#include <stdlib.h>

#include "base/mem.h"

static bool
put(int64_t *slots, size_t cap, int64_t id)
{
	size_t i =
	    (size_t)(((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15)) >> 32) % cap;

	while (slots[i] != 0 && slots[i] != id)
		i = (i + 1) % cap;
	if (slots[i] == id)
		return false;
	slots[i] = id;
	return true;
}

static void
grow(struct id_set *s)
{
	const size_t cap = s->cap == 0 ? 64 : 2 * s->cap;
	int64_t *slots = mem_calloc(cap, sizeof(*slots));

	for (size_t i = 0; i < s->cap; i++)
		if (s->slots[i] != 0)
			put(slots, cap, s->slots[i]);
	free(s->slots);
	s->slots = slots;
	s->cap = cap;
}

bool
id_set_add(struct id_set *s, int64_t id)
{
	if (2 * s->n >= s->cap)
		grow(s);
	if (!put(s->slots, s->cap, id))
		return false;
	s->n++;
	return true;
}

void
id_set_release(struct id_set *s)
{
	free(s->slots);
	*s = (struct id_set){ NULL, 0, 0 };
}
