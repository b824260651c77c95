/* What a subject says: which change is taken back, or put back. */
#include "revert_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "lead.h"
#include "text.h"

#define SUBJECT_MAX 4096 /* bytes */

static const char reapplies[] = "reapply reapplies reapplied reapplying "
				"re-apply re-applies reland re-land unrevert ";

static bool
is_quote(const char *s, size_t len, size_t *n)
{
	*n = len > 0 && (*s == '"' || *s == '\'' || *s == '`') ? 1
	    : len > 2 &&
		(memcmp(s, "\xe2\x80\x9c", 3) == 0 ||
		    memcmp(s, "\xe2\x80\x98", 3) == 0)
	    ? 3
	    : 0;
	return *n > 0;
}

/* The end of the quotation that begins before s: its last closing quote. */
static size_t
quote_end(const char *s, size_t len, char open, size_t width)
{
	for (size_t i = len; i-- > 0;) {
		if (width == 1 && s[i] == open)
			return i;
		if (width == 3 && i + 3 <= len &&
		    memcmp(s + i,
			open == '\'' ? "\xe2\x80\x99" : "\xe2\x80\x9d", 3) == 0)
			return i;
	}
	return len;
}

/* What stands behind the verb, without quotes, full stop and "(#12)". */
static char *
subject_text(const char *s, size_t at, size_t end, bool *quoted)
{
	size_t width;

	at = text_skip_blanks(s, at, end);
	if (at < end && s[at] == ':')
		at = text_skip_blanks(s, at + 1, end);
	*quoted = is_quote(s + at, end - at, &width);
	if (*quoted) {
		const char open = width == 1                 ? s[at]
		    : memcmp(s + at, "\xe2\x80\x98", 3) == 0 ? '\''
							     : '"';

		at += width;
		end = at + quote_end(s + at, end - at, open, width);
	}
	while (end > at &&
	    (text_blank(s[end - 1]) || (!*quoted && s[end - 1] == '.')))
		end--;
	return end > at ? mem_strndup(s + at, end - at) : NULL;
}

/* "revert to the old way", "back out from failing" name no change. */
static bool
goes_to_a_state(const char *s, size_t at, size_t end)
{
	static const char states[] = "to from using back-to behaviour ";
	size_t stop;

	at = text_skip_blanks(s, at, end);
	stop = text_word_end(s, at, end);
	if (text_is(s + at, stop - at, "back")) {
		at = text_skip_blanks(s, stop, end);
		stop = text_word_end(s, at, end);
	}
	return text_in(s + at, stop - at, states);
}

/* Words such as "part of" close behind the verb, or "partially" before it. */
static bool
says_partial(const char *s, size_t from, size_t verb_end, size_t end)
{
	size_t at = verb_end;

	for (int i = 0; i < 4 && at < end; i++) {
		size_t stop;

		at = text_skip_blanks(s, at, end);
		stop = text_word_end(s, at, end);
		if (revert_is_partial(s + at, stop - at))
			return true;
		if (stop == at)
			break;
		at = stop;
	}
	return text_starts(s + from, verb_end - from, "part");
}

/* The first paragraph, its line ends as spaces, as git makes a subject. */
static void
join_subject(struct revert_reader *rd, struct buf *out)
{
	bool begun = false;

	for (size_t i = 0; i < rd->lines.n && out->len < SUBJECT_MAX; i++) {
		const struct line *ln = &rd->lines.v[i];

		if (ln->subject)
			begun = true;
		else if (begun && ln->kind != LINE_TEXT)
			break;
		if (!begun)
			continue;
		if (out->len > 0)
			buf_putc(out, ' ');
		buf_add(out, rd->s + ln->text, ln->end - ln->text);
	}
	if (out->len > SUBJECT_MAX)
		buf_truncate(out, SUBJECT_MAX);
}

/* Quotations may span the lines of the subject; other text may not. */
static size_t
first_line(const struct revert_reader *rd)
{
	for (size_t i = 0; i < rd->lines.n; i++)
		if (rd->lines.v[i].subject)
			return rd->lines.v[i].end - rd->lines.v[i].text;
	return 0;
}

static void
set_subject(struct revert_reader *rd, const char *s, size_t first, size_t len,
    size_t from, size_t verb_end)
{
	struct revert *out = rd->out;
	const size_t verb = verb_end - from;
	bool quoted, reapply = false;
	size_t word = verb_end;

	while (word > from && (text_word(s[word - 1]) || s[word - 1] == '-'))
		word--;
	reapply = text_in(s + word, verb_end - word, reapplies);
	out->subject = subject_text(s, verb_end, len, &quoted);
	if (!quoted) {
		free(out->subject);
		out->subject = subject_text(s, verb_end, first, &quoted);
	}
	if (out->subject == NULL)
		return;
	if (!quoted && goes_to_a_state(s, verb_end, first)) {
		free(out->subject);
		out->subject = NULL;
		return;
	}
	if (verb > 0 && !quoted)
		rd->partial = says_partial(s, from, verb_end, first);
	/*
	 * "Reapply commit X" repeats X, as picking it does; "Reapply the
	 * layout on resize" and "Undo the hack" are changes of their own.
	 */
	if (reapply && !quoted)
		(void)revert_ids(rd, verb_end, first, &out->picked);
	if (!quoted &&
	    ((reapply && out->picked.n == 0 &&
		 text_find(s, first, "revert") == first) ||
		text_starts(s + word, verb_end - word, "und"))) {
		free(out->subject);
		out->subject = NULL;
		return;
	}
	out->kind = reapply ? REVERT_REAPPLY : REVERT_WHOLE;
	if (!reapply && !quoted &&
	    text_starts(out->subject, strlen(out->subject), "the revert of "))
		out->kind = REVERT_REAPPLY;
}

void
revert_subject(struct revert_reader *rd)
{
	struct buf b = BUF_INIT;
	const char *inner;
	size_t at, end, inner_len, first;
	bool type;

	join_subject(rd, &b);
	if (b.len == 0)
		goto out;
	first = first_line(rd);
	if (first > b.len)
		first = b.len;
	at = lead_skip(b.ptr, 0, b.len, &type);
	rd->typed = type;
	if (type) {
		/* "revert: feat: x", "revert: revert x". */
		end = lead_revert_verb(b.ptr, at, b.len);
		set_subject(rd, b.ptr, first, b.len, at, end);
	} else {
		end = lead_revert_verb(b.ptr, at, b.len);
		if (end == at)
			goto out;
		set_subject(rd, b.ptr, first, b.len, at, end);
		if (end < first && rd->out->kind != REVERT_REAPPLY)
			(void)revert_ids(rd, end, first, &rd->out->ids);
	}
	/* An even number of wraps puts the change back. */
	if (rd->out->kind != REVERT_NONE &&
	    revert_depth(b.ptr + at, b.len - at, &inner, &inner_len) >= 2)
		rd->out->kind = revert_depth(b.ptr + at, b.len - at, &inner,
				    &inner_len) %
			    2 ==
			0
		    ? REVERT_REAPPLY
		    : REVERT_WHOLE;
out:
	buf_release(&b);
}
