#include "model/commit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

bool
oid_equal(const struct oid *a, const struct oid *b)
{
	uint64_t x, y;

	/* Ids are hashes: eight bytes tell nearly all of them apart. */
	memcpy(&x, a->id, sizeof(x));
	memcpy(&y, b->id, sizeof(y));
	return x == y && a->len == b->len && memcmp(a->id, b->id, a->len) == 0;
}

int
oid_compare(const struct oid *a, const struct oid *b)
{
	size_t n = a->len < b->len ? a->len : b->len;
	int c = memcmp(a->id, b->id, n);

	return c != 0 ? c : (a->len > b->len) - (a->len < b->len);
}

bool
oid_is_none(const struct oid *o)
{
	return o->len == 0;
}

void
oid_to_short(const struct oid *o, size_t n, char out[OID_HEX_MAX + 1])
{
	static const char digits[] = "0123456789abcdef";
	size_t len = 2 * (size_t)o->len;

	if (n > len)
		n = len;
	for (size_t i = 0; i < n; i++)
		out[i] = digits[o->id[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15];
	out[n] = '\0';
}

void
oid_to_hex(const struct oid *o, char out[OID_HEX_MAX + 1])
{
	oid_to_short(o, OID_HEX_MAX, out);
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
oid_from_hex(struct oid *out, const char *hex, size_t len)
{
	struct oid o = { 0 };

	if (len != 40 && len != 64)
		return false;
	for (size_t i = 0; i < len; i++) {
		int digit = hex_digit(hex[i]);

		if (digit < 0)
			return false;
		o.id[i / 2] = (uint8_t)(o.id[i / 2] << 4 | digit);
	}
	o.len = (uint8_t)(len / 2);
	*out = o;
	return true;
}

static bool
is_blank_line(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] != ' ' && s[i] != '\t' && s[i] != '\r')
			return false;
	return true;
}

/*
 * Borrowed from the message, so line ends within the paragraph stay as they
 * are; whoever shows it makes spaces of them.
 */
void
commit_subject(const char *message, size_t len, const char **subject,
    size_t *subject_len)
{
	size_t begin = 0, end = 0, at = 0;
	bool inside = false;

	while (at < len) {
		const char *nl = memchr(message + at, '\n', len - at);
		size_t stop = nl != NULL ? (size_t)(nl - message) : len;

		if (!is_blank_line(message + at, stop - at)) {
			if (!inside)
				begin = at;
			inside = true;
			end = stop;
		} else if (inside) {
			break;
		}
		at = stop + 1;
	}
	while (begin < end && is_blank_line(message + begin, 1))
		begin++;
	while (end > begin && is_blank_line(message + end - 1, 1))
		end--;
	*subject = message + begin;
	*subject_len = end - begin;
}

/* Object ids are hashes: any of their bytes will do. */
static size_t
map_slot(const struct oid_map *m, const struct oid *oid)
{
	uint64_t h;
	size_t i;

	memcpy(&h, oid->id, sizeof(h));
	h *= UINT64_C(0x9E3779B97F4A7C15);
	i = (size_t)(h >> 20) & (m->cap - 1);
	while (m->slots[i].oid.len != 0 && !oid_equal(&m->slots[i].oid, oid))
		i = (i + 1) & (m->cap - 1);
	return i;
}

static void
map_grow(struct oid_map *m)
{
	struct oid_map bigger = { .n = m->n, .cap = m->cap * 2 };

	if (bigger.cap == 0)
		bigger.cap = 64;
	bigger.slots = mem_calloc(bigger.cap, sizeof(*bigger.slots));
	for (size_t i = 0; i < m->cap; i++)
		if (m->slots[i].oid.len != 0)
			bigger.slots[map_slot(&bigger, &m->slots[i].oid)] =
			    m->slots[i];
	free(m->slots);
	*m = bigger;
}

bool
oid_map_add(struct oid_map *m, const struct oid *oid, uint32_t value)
{
	size_t i;

	if (oid_is_none(oid))
		return false;
	if (m->n + m->n / 2 >= m->cap)
		map_grow(m);
	i = map_slot(m, oid);
	if (m->slots[i].oid.len != 0)
		return false;
	m->slots[i].oid = *oid;
	m->slots[i].value = value;
	m->n++;
	return true;
}

bool
oid_map_get(const struct oid_map *m, const struct oid *oid, uint32_t *value)
{
	size_t i;

	if (m->n == 0 || oid_is_none(oid))
		return false;
	i = map_slot(m, oid);
	if (m->slots[i].oid.len == 0)
		return false;
	if (value != NULL)
		*value = m->slots[i].value;
	return true;
}

void
oid_map_release(struct oid_map *m)
{
	free(m->slots);
	*m = (struct oid_map){ 0 };
}
