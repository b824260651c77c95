#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "import.h"

/* A slot holds the prefix's place from 1 on, the number and, in the lowest
 * bits, what this import did to the ticket; 0 is free. */
#define DONE_BITS 3
#define DONE_MASK UINT64_C(7)

static uint64_t
slot_value(struct import_keys *k, const struct ticket_key *key)
{
	size_t i;

	for (i = 0; i < k->prefixes.n; i++)
		if (strcmp(k->prefixes.v[i], key->prefix) == 0)
			break;
	if (i == k->prefixes.n)
		strv_push(&k->prefixes, key->prefix);
	return (uint64_t)(i + 1) << (32 + DONE_BITS) |
	    (uint64_t)key->number << DONE_BITS;
}

/* Numbers mostly come in order, so neighbours are kept apart. */
static size_t
slot_find(const struct import_keys *k, uint64_t value)
{
	size_t i = (size_t)((value * UINT64_C(0x9E3779B97F4A7C15)) >> 20) &
	    (k->size - 1);

	while (k->slots[i] != 0 &&
	    (k->slots[i] | DONE_MASK) != (value | DONE_MASK))
		i = (i + 1) & (k->size - 1);
	return i;
}

static void
grow(struct import_keys *k)
{
	struct import_keys old = *k;
	size_t i;

	k->size = old.size == 0 ? 1024 : old.size * 2;
	k->slots = mem_calloc(k->size, sizeof *k->slots);
	for (i = 0; i < old.size; i++)
		if (old.slots[i] != 0)
			k->slots[slot_find(k, old.slots[i])] = old.slots[i];
	free(old.slots);
}

bool
import_keys_add(struct import_keys *k, const struct ticket_key *key)
{
	uint64_t value = slot_value(k, key);
	size_t i;

	if (k->n * 2 >= k->size)
		grow(k);
	i = slot_find(k, value);
	if (k->slots[i] != 0)
		return false;
	k->slots[i] = value;
	k->n++;
	return true;
}

void
import_keys_mark(struct import_keys *k, const struct ticket_key *key,
    enum import_done done)
{
	k->slots[slot_find(k, slot_value(k, key))] |= (uint64_t)done;
}

bool
import_keys_is(struct import_keys *k, const struct ticket_key *key,
    enum import_done done)
{
	return k->size > 0 &&
	    (k->slots[slot_find(k, slot_value(k, key))] & done) != 0;
}

void
import_keys_release(struct import_keys *k)
{
	free(k->slots);
	strv_release(&k->prefixes);
	*k = (struct import_keys){ .n = 0 };
}

enum rc
import_check_prefix(const struct importing *im, const struct ticket_key *key,
    struct err *err)
{
	const struct strv *have = &im->app->prefixes;
	struct buf all = BUF_INIT;
	size_t i;

	if (strv_has(have, key->prefix))
		return RC_OK;
	for (i = 0; i < have->n; i++)
		buf_printf(&all, "%s ", have->v[i]);
	err_set(err, RC_INVALID,
	    "the prefix %s is not one of this tracker (add it with: notes "
	    "config prefix \"%s%s\")",
	    key->prefix, buf_str(&all), key->prefix);
	buf_release(&all);
	return RC_INVALID;
}
