#include "lines.h"

#include <stdlib.h>

#include "base/mem.h"
#include "message/grammar.h"
#include "text.h"

/* git commit --cleanup=scissors and --verbose cut the message here. */
static const char scissors[] = "# ------------------------ >8 --------";

static size_t
line_end(const char *s, size_t at, size_t end)
{
	const char *nl = at < end ? memchr(s + at, '\n', end - at) : NULL;

	return nl != NULL ? (size_t)(nl - s) : end;
}

static size_t
cut_scissors(const char *s, size_t len)
{
	size_t at = 0;

	while (at < len) {
		const char *p = memmem(s + at, len - at, scissors,
		    sizeof(scissors) - 1);

		if (p == NULL)
			return len;
		if (p == s || p[-1] == '\n')
			return (size_t)(p - s);
		at = (size_t)(p - s) + 1;
	}
	return len;
}

void
message_extent(const char *message, size_t len, struct extent *out)
{
	const size_t half = GRAMMAR_MESSAGE_MAX / 2;
	size_t cut;

	if (len <= GRAMMAR_MESSAGE_MAX) {
		out->head_end = cut_scissors(message, len);
		out->tail = out->tail_end = out->head_end;
		return;
	}
	cut = half;
	while (cut > 0 && message[cut - 1] != '\n')
		cut--;
	/* One line as long as that has no end to cut at. */
	if (cut == 0)
		cut = half;
	out->head_end = cut;
	out->tail = line_end(message, len - half, len);
	out->tail_end = len;
}

static bool
is_fence(const char *s, size_t len)
{
	return len >= 3 &&
	    (memcmp(s, "```", 3) == 0 || memcmp(s, "~~~", 3) == 0);
}

static bool
is_commit_line(const char *s, size_t len)
{
	size_t n = 0;

	if (!text_starts(s, len, "commit "))
		return false;
	while (7 + n < len && text_hex(s[7 + n]))
		n++;
	return n >= 7 && 7 + n == len;
}

struct splitter {
	const char *s;
	struct lines *out;
	bool subject_seen;
	bool squash;   /* "Squashed commit of the following:" */
	char fence;    /* its character, or NUL */
	bool no_close; /* no fence below closes anything */
	size_t limit;  /* of this part of the message */
};

/*
 * A fence that nothing closes is not one: people forget, and the trailers
 * below it would be lost.
 */
static bool
fence_closes(struct splitter *sp, size_t from, char c)
{
	if (sp->no_close)
		return false;
	for (size_t at = from; at < sp->limit;) {
		const size_t end = line_end(sp->s, at, sp->limit);
		const size_t t = text_skip_blanks(sp->s, at, end);

		if (is_fence(sp->s + t, end - t) && sp->s[t] == c)
			return true;
		at = end + 1;
	}
	sp->no_close = true;
	return false;
}

/* The width of the indentation, a tab as four. */
static size_t
indentation(const char *s, size_t at, size_t end, size_t *text)
{
	size_t width = 0;

	for (; at < end && (s[at] == ' ' || s[at] == '\t'); at++)
		width += s[at] == '\t' ? 4 : 1;
	*text = at;
	return width;
}

static enum line_kind
classify_text(struct splitter *sp, struct line *ln, size_t width)
{
	const struct line *prev = sp->out->n > 0 ? &sp->out->v[sp->out->n - 1]
						 : NULL;
	const char *t = sp->s + ln->text;
	const size_t n = ln->end - ln->text;

	if (is_fence(t, n)) {
		if (fence_closes(sp, ln->end + 1, *t))
			sp->fence = *t;
		return LINE_SKIP;
	}
	if (*t == '>')
		return LINE_QUOTE;
	if (text_starts(t, n, "git-svn-id:") ||
	    (sp->s[ln->start] == '#' && n > 1 && t[1] == '\t'))
		return LINE_SKIP;
	if (!sp->subject_seen || width < 4)
		return LINE_TEXT;
	if (sp->squash) {
		ln->squashed = true;
		return LINE_TEXT;
	}
	/* Indented text that goes on a paragraph is no code (CommonMark). */
	if (prev != NULL && prev->kind == LINE_TEXT && !prev->subject)
		return LINE_TEXT;
	return LINE_CODE;
}

static void
add_line(struct splitter *sp, size_t start, size_t end)
{
	const struct line *prev = sp->out->n > 0 ? &sp->out->v[sp->out->n - 1]
						 : NULL;
	struct line ln = { .start = start, .end = end };
	size_t width;

	if (ln.end > ln.start && sp->s[ln.end - 1] == '\r')
		ln.end--;
	width = indentation(sp->s, ln.start, ln.end, &ln.text);
	if (sp->fence != '\0') {
		ln.kind = LINE_CODE;
		if (is_fence(sp->s + ln.text, ln.end - ln.text) &&
		    sp->s[ln.text] == sp->fence) {
			ln.kind = LINE_SKIP;
			sp->fence = '\0';
		}
	} else if (ln.text == ln.end) {
		ln.kind = LINE_BLANK;
	} else {
		ln.kind = classify_text(sp, &ln, width);
	}
	ln.first = prev == NULL || prev->kind != LINE_TEXT;
	if (ln.kind == LINE_TEXT && !sp->subject_seen)
		ln.subject = ln.first = true;
	if (ln.kind != LINE_BLANK)
		sp->subject_seen = true;
	if (text_starts(sp->s + ln.text, ln.end - ln.text,
		"squashed commit of the following:"))
		sp->squash = true;
	else if (sp->squash && ln.kind == LINE_TEXT && !ln.squashed &&
	    is_commit_line(sp->s + ln.text, ln.end - ln.text))
		ln.kind = LINE_SKIP;
	sp->out->v = mem_grow(sp->out->v, &sp->out->cap, sp->out->n + 1,
	    sizeof(*sp->out->v));
	sp->out->v[sp->out->n++] = ln;
}

static void
split_part(struct splitter *sp, size_t at, size_t end)
{
	sp->limit = end;
	sp->no_close = false;
	sp->fence = '\0';
	while (at < end) {
		const size_t stop = line_end(sp->s, at, end);

		add_line(sp, at, stop);
		at = stop + 1;
	}
}

void
lines_split(const char *message, size_t len, struct lines *out)
{
	struct splitter sp = { .s = message, .out = out };
	struct extent ex;

	*out = (struct lines){ 0 };
	message_extent(message, len, &ex);
	split_part(&sp, 0, ex.head_end);
	if (ex.tail < ex.tail_end)
		split_part(&sp, ex.tail, ex.tail_end);
}

void
lines_release(struct lines *l)
{
	free(l->v);
	*l = (struct lines){ 0 };
}

void
lines_subject(const char *message, size_t len, size_t *start, size_t *end)
{
	size_t at = text_skip_blanks(message, 0, len);

	*start = at;
	*end = line_end(message, at, len);
	while (*end > *start && text_blank(message[*end - 1]))
		(*end)--;
}

size_t
line_skip_bullet(const char *message, size_t at, size_t end)
{
	if (end - at >= 2 && strchr("*-+o", message[at]) != NULL &&
	    message[at] != '\0' && text_blank(message[at + 1]))
		return text_skip_blanks(message, at + 1, end);
	if (end - at >= 4 && memcmp(message + at, "\xe2\x80\xa2", 3) == 0)
		return text_skip_blanks(message, at + 3, end);
	return at;
}
