#include <stdlib.h>
#include <string.h>

#include "app/generate.h"
#include "app/app_priv.h"
#include "base/fs.h"
#include "base/mem.h"
#include "render/render.h"

#define FILE_MAX (64u << 20) /* of a changelog */

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void
push_key(struct strv *keys, const struct ticket_key *key)
{
	char text[TICKET_KEY_MAX];

	ticket_key_format(key, text);
	strv_push(keys, text);
}

/* "NOTE-12" at s, with a prefix of the tracker; its length or 0. */
static size_t
key_at(const struct app *a, const char *s, size_t len, struct ticket_key *key)
{
	size_t i = 0, end;

	while (i < len && i < TICKET_PREFIX_MAX && is_word(s[i]))
		i++;
	if (i == 0 || i + 1 >= len || s[i] != '-' || !is_digit(s[i + 1]))
		return 0;
	for (end = i + 1; end < len && is_digit(s[end]);)
		end++;
	if (end < len && is_word(s[end]))
		return 0;
	if (!ticket_key_parse(s, end, key) ||
	    !strv_has(&a->prefixes, key->prefix))
		return 0;
	return end;
}

/* "#12" as a ticket of the first prefix, where the project says so. */
static size_t
hash_at(const struct app *a, const char *s, size_t len, struct ticket_key *key)
{
	struct buf text = BUF_INIT;
	size_t end = 1;
	bool ok;

	if (!a->hash || a->prefixes.n == 0 || *s != '#')
		return 0;
	while (end < len && is_digit(s[end]))
		end++;
	buf_printf(&text, "%s-%.*s", a->prefixes.v[0], (int)(end - 1), s + 1);
	ok = end > 1 && end < 16 && (end == len || !is_word(s[end])) &&
	    ticket_key_parse(buf_str(&text), text.len, key);
	buf_release(&text);
	return ok ? end : 0;
}

static void
find_keys(const struct app *a, const char *s, size_t len, struct strv *keys)
{
	struct ticket_key key;
	size_t i = 0, n;

	while (i < len) {
		n = hash_at(a, s + i, len - i, &key);
		if (n == 0)
			n = key_at(a, s + i, len - i, &key);
		if (n > 0)
			push_key(keys, &key);
		/* Past the word: "XNOTE-12" is no key of NOTE. */
		for (i += n; n == 0 && i < len && is_word(s[i]);)
			i++;
		if (n == 0)
			i++;
	}
}

static int
by_key(const void *x, const void *y)
{
	const char *const *a = x, *const *b = y;

	return ticket_key_compare_text(*a, *b);
}

/* Sorted, each once. */
static void
settle(struct strv *keys)
{
	size_t i, n = 0;

	if (keys->n > 0)
		qsort(keys->v, keys->n, sizeof *keys->v, by_key);
	for (i = 0; i < keys->n; i++) {
		if (n > 0 && strcmp(keys->v[n - 1], keys->v[i]) == 0)
			free(keys->v[i]);
		else
			keys->v[n++] = keys->v[i];
	}
	keys->n = n;
}

static void
listed_keys(const struct notes *n, struct strv *listed, struct strv *aside)
{
	size_t s, k;

	for (s = 0; s < SECTION_N; s++)
		for (k = 0; k < n->sections[s].n; k++)
			if (n->sections[s].entries[k].key[0] != '\0')
				strv_push(s == SECTION_REVERTED ||
					    s == SECTION_KNOWN_ISSUES
					? aside
					: listed,
				    n->sections[s].entries[k].key);
	settle(listed);
	settle(aside);
}

/* Both lists are sorted. */
static void
compare(const struct strv *listed, const struct strv *published,
    const struct strv *aside, struct audit *out)
{
	size_t i = 0, k = 0;
	int c;

	while (i < listed->n || k < published->n) {
		if (i == listed->n)
			c = 1;
		else if (k == published->n)
			c = -1;
		else
			c = by_key(&listed->v[i], &published->v[k]);
		if (c > 0 && strv_has(aside, published->v[k])) {
			k++;
			continue;
		}
		out->listed += c <= 0;
		out->published += c >= 0;
		out->both += c == 0;
		if (c < 0)
			strv_push(&out->only_listed, listed->v[i]);
		else if (c > 0)
			strv_push(&out->only_published, published->v[k]);
		i += c <= 0;
		k += c >= 0;
	}
}

enum rc
app_audit(struct app *a, const char *version, const char *file,
    struct audit *out, struct err *err)
{
	struct generate_options o = { .version = version };
	struct strv listed = STRV_INIT, published = STRV_INIT;
	struct strv aside = STRV_INIT;
	struct buf text = BUF_INIT;
	size_t start = 0, end;
	struct notes n;
	enum rc rc;

	*out = (struct audit){ 0 };
	notes_init(&n);
	if ((rc = fs_read(file, FILE_MAX, &text, err)) != RC_OK ||
	    (rc = app_generate(a, &o, &n, err)) != RC_OK)
		goto out;
	end = text.len;
	out->section = render_section(buf_str(&text), text.len, version, &start,
	    &end);
	if (!out->section) {
		start = 0;
		end = text.len;
	}
	listed_keys(&n, &listed, &aside);
	find_keys(a, buf_str(&text) + start, end - start, &published);
	settle(&published);
	compare(&listed, &published, &aside, out);
out:
	strv_release(&listed);
	strv_release(&published);
	strv_release(&aside);
	buf_release(&text);
	notes_release(&n);
	return rc;
}

void
audit_release(struct audit *a)
{
	strv_release(&a->only_listed);
	strv_release(&a->only_published);
	*a = (struct audit){ 0 };
}
