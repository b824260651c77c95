#include "items.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "linediff.h"

struct reader {
	struct linediff_text lines;
	const char *text;
	size_t len;
	const struct items *a, *b;
};

static size_t
indent(const struct linediff_line *l)
{
	size_t n = 0;

	while (n < l->len && l->s[n] == ' ')
		n++;
	return n < l->len && l->s[n] == '\t' ? n + 4 : n;
}

static bool
is_blank(const struct linediff_line *l)
{
	for (size_t i = 0; i < l->len; i++)
		if (l->s[i] != ' ' && l->s[i] != '\t' && l->s[i] != '\r')
			return false;
	return true;
}

static bool
begins(const struct linediff_line *l, const char *s)
{
	const size_t at = indent(l);
	const size_t n = strlen(s);

	return at <= 3 && l->len >= at + n && memcmp(l->s + at, s, n) == 0;
}

/* Length of the run of c at the beginning. */
static size_t
run(const struct linediff_line *l, char c)
{
	const size_t at = indent(l);
	size_t n = 0;

	while (at <= 3 && at + n < l->len && l->s[at + n] == c)
		n++;
	return n;
}

static int
heading_level(const struct linediff_line *l)
{
	const size_t n = run(l, '#');
	const size_t end = indent(l) + n;

	if (n < 1 || n > 6)
		return 0;
	return end == l->len || l->s[end] == ' ' || l->s[end] == '\t' ? (int)n
								      : 0;
}

/* Nothing but c, and blanks behind it. */
static bool
is_underline(const struct linediff_line *l, char c)
{
	size_t i = indent(l) + run(l, c);

	if (run(l, c) == 0)
		return false;
	for (; i < l->len; i++)
		if (l->s[i] != ' ')
			return false;
	return true;
}

/* Bytes of "- " or "12. " in front of an entry, blanks counted; 0: none. */
static size_t
bullet(const struct linediff_line *l)
{
	const size_t at = indent(l);
	size_t i = at;

	if (at > 3 || at == l->len)
		return 0;
	if (strchr("-*+", l->s[i]) != NULL) {
		i++;
	} else {
		while (i < l->len && i < at + 9 && l->s[i] >= '0' &&
		    l->s[i] <= '9')
			i++;
		if (i == at || i == l->len || strchr(".)", l->s[i]) == NULL)
			return 0;
		i++;
	}
	return i < l->len && l->s[i] == ' ' ? i + 1 : 0;
}

static bool
is_fence(const struct linediff_line *l)
{
	return run(l, '`') >= 3 || run(l, '~') >= 3;
}

/* "[MNG-1]: address" */
static size_t
link_label(const struct linediff_line *l)
{
	const char *close;

	if (l->len == 0 || l->s[0] != '[')
		return 0;
	close = memchr(l->s, ']', l->len);
	if (close == NULL || close + 1 >= l->s + l->len || close[1] != ':')
		return 0;
	return (size_t)(close - l->s) + 1;
}

static size_t
fence_end(const struct reader *r, size_t i)
{
	const char c = run(&r->lines.v[i], '`') >= 3 ? '`' : '~';
	const size_t n = run(&r->lines.v[i], c);

	for (i++; i < r->lines.n; i++)
		if (run(&r->lines.v[i], c) >= n &&
		    is_underline(&r->lines.v[i], c))
			return i + 1;
	return i;
}

static size_t
comment_end(const struct reader *r, size_t i)
{
	for (; i < r->lines.n; i++)
		if (memmem(r->lines.v[i].s, r->lines.v[i].len, "-->", 3) !=
		    NULL)
			return i + 1;
	return i;
}

static bool
begins_block(const struct linediff_line *l)
{
	return heading_level(l) > 0 || bullet(l) > 0 || is_fence(l) ||
	    link_label(l) > 0 || begins(l, "<!--");
}

/* Behind an entry: what is indented, also below blank lines. */
static size_t
entry_end(const struct reader *r, size_t i)
{
	const struct linediff_text *const t = &r->lines;

	for (i++; i < t->n; i++) {
		size_t k = i;

		while (k < t->n && is_blank(&t->v[k]))
			k++;
		if (k == t->n)
			return i;
		if (indent(&t->v[k]) >= 2)
			i = k;
		else if (k > i || begins_block(&t->v[k]))
			return i;
	}
	return i;
}

/* Reads the block at line i into it and returns the line behind it. */
static size_t
block_end(const struct reader *r, size_t i, struct item *it)
{
	const struct linediff_text *const t = &r->lines;
	const struct linediff_line *const l = &t->v[i];

	it->kind = ITEM_TEXT;
	if ((it->level = heading_level(l)) > 0) {
		it->kind = ITEM_HEADING;
		return i + 1;
	}
	if (is_fence(l))
		return fence_end(r, i);
	if (begins(l, "<!--"))
		return comment_end(r, i);
	if (link_label(l) > 0) {
		it->kind = ITEM_LINK;
		return i + 1;
	}
	if (bullet(l) > 0) {
		it->kind = ITEM_ENTRY;
		return entry_end(r, i);
	}
	for (i++; i < t->n && !is_blank(&t->v[i]); i++) {
		if (is_underline(&t->v[i], '=') ||
		    is_underline(&t->v[i], '-')) {
			it->kind = ITEM_HEADING;
			it->level = is_underline(&t->v[i], '=') ? 1 : 2;
			return i + 1;
		}
		/* A paragraph that was in conflict holds a comment. */
		if (begins_block(&t->v[i]) && !begins(&t->v[i], "<!--"))
			break;
	}
	return i;
}

static bool
is_word(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* The key at s, "" in out when there is none; returns its length. */
static size_t
read_key(const char *s, size_t len, char out[TICKET_KEY_MAX])
{
	struct ticket_key key;
	size_t n = 0;

	out[0] = '\0';
	while (n < len && is_word(s[n]))
		n++;
	if (n > 0 && s[0] >= 'A' && s[0] <= 'Z' && n < TICKET_KEY_MAX &&
	    ticket_key_parse(s, n, &key))
		ticket_key_format(&key, out);
	return n;
}

static void
find_key(const struct reader *r, const struct linediff_line *l,
    char out[TICKET_KEY_MAX])
{
	const bool all = r->a == NULL && r->b == NULL;
	size_t i = bullet(l);
	char key[TICKET_KEY_MAX];
	bool first = true;

	out[0] = '\0';
	while (i < l->len && strchr("*[_ ", l->s[i]) != NULL)
		i++;
	if (all && i < l->len && l->s[i] == '`')
		return;
	while (i < l->len) {
		size_t n = read_key(l->s + i, l->len - i, key);

		if (key[0] != '\0' &&
		    (all || items_have_key(r->a, key) ||
			items_have_key(r->b, key))) {
			memcpy(out, key, sizeof(key));
			if (first)
				return;
		}
		first = false;
		i += n;
		while (i < l->len && !is_word(l->s[i]))
			i++;
	}
}

static char *
make_norm(const struct item *it)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < it->len; i++) {
		if (it->raw[i] == '\0')
			buf_puts(&b, "\xEF\xBF\xBD");
		else if (it->raw[i] != '\r' || i + 1 == it->len ||
		    it->raw[i + 1] != '\n')
			buf_putc(&b, it->raw[i]);
	}
	return buf_detach(&b);
}

static char *
heading_id(const struct items *l, const struct item *it)
{
	const char *s = it->norm + strspn(it->norm, " #");
	const char *parent = it->under == ITEM_NONE ? "" : l->v[it->under].id;

	/* The version's own heading, whatever it says. */
	if (l->n == 0)
		return mem_strdup("v");
	if (strlen(parent) > 512)
		parent = "";
	return mem_printf("h:%s/%.*s", parent, (int)strcspn(s, "\n"), s);
}

static void
name_item(const struct reader *r, const struct items *l, struct item *it,
    const struct linediff_line *first)
{
	switch (it->kind) {
	case ITEM_HEADING:
		it->id = heading_id(l, it);
		return;
	case ITEM_ENTRY:
		find_key(r, first, it->key);
		it->id = it->key[0] != '\0' ? mem_printf("k:%s", it->key)
					    : mem_printf("e:%s", it->norm);
		return;
	case ITEM_LINK:
		it->id = mem_printf("l:%.*s", (int)link_label(first), first->s);
		return;
	case ITEM_TEXT:
		it->id = mem_printf("t:%s", it->norm);
		return;
	}
}

static size_t
find_parent(const struct items *l, const struct item *it)
{
	size_t i = l->n;

	while (i > 0) {
		const struct item *const h = &l->v[--i];

		if (h->kind == ITEM_HEADING &&
		    (it->kind != ITEM_HEADING || h->level < it->level))
			return i;
	}
	return ITEM_NONE;
}

static int
by_id(const void *x, const void *y, void *arg)
{
	const size_t a = *(const size_t *)x, b = *(const size_t *)y;
	const struct items *const l = arg;
	const int c = strcmp(l->v[a].id, l->v[b].id);

	return c != 0 ? c : (a > b) - (a < b);
}

static void
sort_ids(struct items *l)
{
	l->by_id = mem_alloc((l->n + 1) * sizeof(*l->by_id));
	for (size_t i = 0; i < l->n; i++)
		l->by_id[i] = i;
	qsort_r(l->by_id, l->n, sizeof(*l->by_id), by_id, l);
}

/* The second of a kind is not the first. */
static void
tell_apart(struct items *l)
{
	size_t again = 0;
	char **const ids = mem_calloc(l->n + 1, sizeof(*ids));

	sort_ids(l);
	for (size_t i = 1; i < l->n; i++) {
		const struct item *const it = &l->v[l->by_id[i]];

		again = strcmp(l->v[l->by_id[i - 1]].id, it->id) == 0
		    ? again + 1
		    : 0;
		if (again > 0)
			ids[l->by_id[i]] = mem_printf("%s\001%zu", it->id,
			    again);
	}
	for (size_t i = 0; i < l->n; i++) {
		if (ids[i] == NULL)
			continue;
		free(l->v[i].id);
		l->v[i].id = ids[i];
	}
	free(ids);
	free(l->by_id);
	sort_ids(l);
}

void
items_read(const char *text, size_t len, const struct items *a,
    const struct items *b, struct items *out)
{
	struct reader r = { .text = text, .len = len, .a = a, .b = b };
	size_t i = 0;

	linediff_split(text, len, &r.lines);
	while (i < r.lines.n) {
		struct item it = { .raw = r.lines.v[i].s };
		const size_t end = block_end(&r, i, &it);
		const struct linediff_line *const last = &r.lines.v[end - 1];
		const struct linediff_line *const first = &r.lines.v[i];

		it.len = (size_t)(last->s + last->len - it.raw);
		it.gap = last->s + last->len;
		for (i = end; i < r.lines.n && is_blank(&r.lines.v[i]);)
			i++;
		it.gap_len =
		    (size_t)((i < r.lines.n ? r.lines.v[i].s : text + len) -
			it.gap);
		it.norm = make_norm(&it);
		it.under = find_parent(out, &it);
		name_item(&r, out, &it, first);
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		out->v[out->n++] = it;
	}
	tell_apart(out);
	linediff_release(&r.lines);
}

void
items_release(struct items *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].norm);
		free(l->v[i].id);
	}
	free(l->v);
	free(l->by_id);
	*l = (struct items){ 0 };
}

size_t
items_find(const struct items *l, const char *id)
{
	size_t low = 0, high = l->n;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;
		const int c = strcmp(l->v[l->by_id[mid]].id, id);

		if (c == 0)
			return l->by_id[mid];
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return ITEM_NONE;
}

bool
items_have_key(const struct items *l, const char *key)
{
	char id[TICKET_KEY_MAX + 2];

	snprintf(id, sizeof(id), "k:%s", key);
	return l != NULL && items_find(l, id) != ITEM_NONE;
}

size_t
items_mark(const char *text)
{
	const char *s = text;

	while (s != NULL) {
		const char *const line = s + strspn(s, " ");

		if (strncmp(line, ITEMS_MARK, strlen(ITEMS_MARK)) == 0)
			return (size_t)(s - text);
		s = strchr(s, '\n');
		s = s == NULL ? NULL : s + 1;
	}
	return ITEM_NONE;
}
