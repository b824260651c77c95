/*
 * git's own rules: interpret-trailers(1), and trailer.c of git 2.39.  The
 * block is the last paragraph; each line of it must be a trailer, except that
 * one with a line that git or a forge wrote may have a quarter of trailers.
 */
#include "message/trailer.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "lines.h"
#include "text.h"

static const char *const git_prefixes[] = { "signed-off-by: ",
	"(cherry picked from commit " };

static size_t
line_end(const char *s, size_t at, size_t end)
{
	const char *nl = at < end ? memchr(s + at, '\n', end - at) : NULL;

	return nl != NULL ? (size_t)(nl - s) : end;
}

static bool
is_blank_line(const char *s, size_t at, size_t stop)
{
	return text_skip_blanks(s, at, stop) == stop;
}

/* The length of the token of a trailer line, its separator at *sep; else 0. */
static size_t
token_len(const char *s, size_t at, size_t stop, size_t *sep)
{
	size_t i = at;

	while (i < stop && (text_alnum(s[i]) || s[i] == '-'))
		i++;
	*sep = i;
	while (*sep < stop && (s[*sep] == ' ' || s[*sep] == '\t'))
		(*sep)++;
	if (i == at || *sep == stop || s[*sep] != ':')
		return 0;
	return i - at;
}

static bool
by_git(const char *s, size_t len)
{
	for (size_t i = 0; i < sizeof(git_prefixes) / sizeof(git_prefixes[0]);
	     i++)
		if (text_starts(s, len, git_prefixes[i]))
			return true;
	return false;
}

/* True if s[at, end) is a block of trailers. */
static bool
is_block(const char *s, size_t at, size_t end)
{
	size_t trailers = 0, others = 0, sep;
	bool git = false;

	while (at < end) {
		const size_t stop = line_end(s, at, end);

		if (s[at] == '#') {
			at = stop + 1;
			continue;
		}
		if (by_git(s + at, stop - at)) {
			git = true;
			trailers++;
		} else if (token_len(s, at, stop, &sep) > 0) {
			trailers++;
		} else if (!text_blank(s[at]) || trailers + others == 0) {
			others++;
		}
		at = stop + 1;
	}
	if (trailers == 0)
		return false;
	return others == 0 || (git && trailers * 3 >= others);
}

/* Comments and blank lines that git leaves below the trailers. */
static size_t
trim_end(const char *s, size_t start, size_t end)
{
	while (end > start) {
		size_t at = end;

		if (s[at - 1] == '\n')
			at--;
		while (at > start && s[at - 1] != '\n')
			at--;
		if (s[at] != '#' && !is_blank_line(s, at, end))
			break;
		end = at;
	}
	return end;
}

/* Behind the first paragraph, which is never trailers. */
static size_t
body_start(const char *s, size_t end)
{
	size_t at = text_skip_blanks(s, 0, end);

	while (at < end) {
		const size_t stop = line_end(s, at, end);

		if (is_blank_line(s, at, stop))
			return at;
		at = stop + 1;
	}
	return end;
}

static size_t
block_start(const char *s, size_t from, size_t end)
{
	size_t at = end;

	while (at > from) {
		size_t begin = at - 1;

		while (begin > from && s[begin - 1] != '\n')
			begin--;
		if (is_blank_line(s, begin, at))
			return at;
		at = begin;
	}
	return at;
}

static void
add_value(struct buf *b, const char *s, size_t at, size_t stop)
{
	at = text_skip_blanks(s, at, stop);
	while (stop > at && text_blank(s[stop - 1]))
		stop--;
	if (b->len > 0 && stop > at)
		buf_putc(b, ' ');
	buf_add(b, s + at, stop - at);
}

static size_t
read_trailer(const char *s, size_t at, size_t end, struct trailer_list *out)
{
	struct trailer t = { .token = s + at };
	struct buf value = BUF_INIT;
	size_t stop = line_end(s, at, end), sep;

	t.token_len = token_len(s, at, stop, &sep);
	if (t.token_len == 0)
		return stop + 1;
	add_value(&value, s, sep + 1, stop);
	t.offset = text_skip_blanks(s, sep + 1, stop);
	for (at = stop + 1; at < end && (s[at] == ' ' || s[at] == '\t');
	     at = stop + 1) {
		stop = line_end(s, at, end);
		add_value(&value, s, at, stop);
	}
	t.end = stop < end ? stop + 1 : end;
	t.value = buf_detach(&value);
	out->v = mem_grow(out->v, &out->cap, out->n + 1, sizeof(*out->v));
	out->v[out->n++] = t;
	return stop + 1;
}

void
trailer_parse(const char *message, size_t len, struct trailer_list *out)
{
	struct extent ex;
	size_t from, start, end;

	*out = (struct trailer_list){ .start = len };
	message_extent(message, len, &ex);
	from = ex.tail < ex.tail_end ? ex.tail
				     : body_start(message, ex.head_end);
	end = trim_end(message, from, ex.tail_end);
	start = block_start(message, from, end);
	if (start == from && ex.tail == ex.tail_end)
		return;
	if (!is_block(message, start, end))
		return;
	out->start = start;
	for (size_t at = start; at < end;)
		at = message[at] == '#' ? line_end(message, at, end) + 1
					: read_trailer(message, at, end, out);
}

void
trailer_list_release(struct trailer_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i].value);
	free(l->v);
	*l = (struct trailer_list){ 0 };
}

const char *
trailer_get(const struct trailer_list *l, const char *token)
{
	const size_t n = strlen(token);

	for (size_t i = 0; i < l->n; i++) {
		size_t k = 0;

		if (l->v[i].token_len != n)
			continue;
		while (k < n &&
		    text_lower(l->v[i].token[k]) == text_lower(token[k]))
			k++;
		if (k == n)
			return l->v[i].value;
	}
	return NULL;
}
