#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "linediff.h"
#include "merge_priv.h"

bool
merge_same(const struct item *a, const struct item *b)
{
	return strcmp(a->norm, b->norm) == 0;
}

static void
put_lines(const char *s, size_t len, const char *eol, struct buf *out)
{
	while (len > 0 && s[len - 1] == '\n')
		len--;
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\n')
			buf_puts(out, eol);
		else
			buf_putc(out, s[i]);
	}
}

/* Text with the file's line ends, less the mark of an older conflict and what
 * the tracker put below it; was is that, or NULL. */
static void
put_text(const char *norm, const char *was, const char *eol, struct buf *out)
{
	const size_t mark = items_mark(norm);
	const size_t len = mark == ITEM_NONE ? 0 : strcspn(norm + mark, "\n");
	const char *rest;

	/* Somebody may have written behind the comment. */
	if (len < 3 || memcmp(norm + mark + len - 3, "-->", 3) != 0) {
		put_lines(norm, strlen(norm), eol, out);
		return;
	}
	put_lines(norm, mark, eol, out);
	rest = norm + mark + len;
	if (*rest == '\0' || (was != NULL && strcmp(rest + 1, was) == 0))
		return;
	buf_puts(out, eol);
	put_lines(rest + 1, strlen(rest + 1), eol, out);
}

/* In a comment nothing may look like its end. */
static void
put_comment(const char *s, struct buf *out)
{
	for (; *s != '\0' && *s != '\n'; s++)
		if (*s != '>' && !(*s == '-' && s[1] == '-'))
			buf_putc(out, *s);
}

static void
put_mark(const struct item *it, struct buf *out)
{
	buf_puts(out, it->kind == ITEM_ENTRY ? "  " : "");
	buf_puts(out, ITEMS_MARK);
	if (it->key[0] != '\0')
		buf_printf(out, " %s", it->key);
}

void
merge_tell(struct merge *m, const struct item *it, const char *what)
{
	char *const line = it->key[0] != '\0'
	    ? mem_printf("%s: %s", it->key, what)
	    : mem_printf("\"%.*s\": %s", (int)strcspn(it->norm, "\n"), it->norm,
		  what);

	strv_take(m->conflicts, line);
}

/* What an older conflict about the same left behind it: the tracker's text of
 * then, unless people wrote in it, or the comment below a heading. */
static bool
is_older(const struct item *it, const struct item *next, const struct item *was)
{
	if (it->kind == ITEM_HEADING)
		return next->kind == ITEM_TEXT && items_mark(next->norm) == 0;
	return it->key[0] != '\0' && strcmp(next->key, it->key) == 0 &&
	    items_mark(it->norm) != ITEM_NONE && was != NULL &&
	    merge_same(next, was);
}

/* An older conflict is replaced, not added to. */
static void
drop_older(struct merge *m, struct merge_node *n, const struct item *was)
{
	struct merge_node *const next = n->next;
	size_t t;

	if (next == NULL || !is_older(n->it, next->it, was))
		return;
	for (t = 0; t < m->theirs.n && m->tn[t] != next; t++)
		continue;
	if (t == m->theirs.n || m->tb[t] != ITEM_NONE)
		return;
	m->tn[t] = NULL;
	merge_node_drop(next);
}

void
merge_conflict(struct merge *m, struct merge_node *n, const struct item *was,
    const struct item *ours)
{
	const struct item *const it = n->it;
	struct buf b = BUF_INIT;

	drop_older(m, n, was);
	put_text(it->norm, was == NULL ? NULL : was->norm, m->eol, &b);
	buf_puts(&b, m->eol);
	put_mark(it->key[0] != '\0' || ours == NULL ? it : ours, &b);
	if (ours == NULL) {
		buf_puts(&b,
		    ": edited here, but the tracker lists it no longer; "
		    "delete it, or this line -->");
	} else if (it->kind == ITEM_HEADING) {
		buf_puts(&b, ": the heading was edited here; the tracker has ");
		put_comment(ours->norm, &b);
		buf_puts(&b, " -->");
	} else {
		buf_puts(&b,
		    ": above as edited here, below as in the tracker; "
		    "keep one and delete this line -->");
		buf_puts(&b, m->eol);
		put_lines(ours->norm, strlen(ours->norm), m->eol, &b);
	}
	merge_node_set_text(n, buf_detach(&b));
	merge_tell(m, it,
	    ours == NULL ? "edited in the file, but no longer in the notes"
			 : "edited in the file and changed in the tracker");
}

/* True when lines that differ are not the same ones. */
static bool
merge_lines(struct merge *m, struct merge_node *n, const struct item *b,
    const struct item *t, const struct item *o)
{
	struct linediff_text lb = { 0 }, lt = { 0 }, lo = { 0 };
	struct buf out = BUF_INIT;
	bool clean;

	linediff_split(b->norm, strlen(b->norm), &lb);
	linediff_split(t->norm, strlen(t->norm), &lt);
	linediff_split(o->norm, strlen(o->norm), &lo);
	clean = linediff_merge(&lb, &lt, &lo, m->eol, &out);
	if (clean) {
		buf_truncate(&out,
		    out.len < strlen(m->eol) ? 0 : out.len - strlen(m->eol));
		merge_node_set_text(n, buf_detach(&out));
	}
	buf_release(&out);
	linediff_release(&lo);
	linediff_release(&lt);
	linediff_release(&lb);
	return clean;
}

void
merge_item(struct merge *m, struct merge_node *n, const struct item *b,
    const struct item *o)
{
	const struct item *const t = n->it;

	if (merge_same(o, b) || merge_same(o, t))
		return;
	if (merge_same(t, b)) {
		merge_node_set_text(n, mem_strndup(o->raw, o->len));
		return;
	}
	if (merge_lines(m, n, b, t, o))
		return;
	if (t->kind == ITEM_LINK)
		merge_tell(m, t,
		    "edited in the file and changed in the tracker");
	else
		merge_conflict(m, n, b, o);
}
