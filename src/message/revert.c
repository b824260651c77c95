#include "message/revert.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "lead.h"
#include "lines.h"
#include "message/grammar.h"
#include "text.h"

#define ID_MIN  7
#define ID_MAX  64
#define IDS_MAX 256
/* Verbs that are looked at in one message. */
#define VERBS_MAX 512
/* Bytes of a subject, and of the sentence behind a verb. */
#define SUBJECT_MAX  4096
#define SENTENCE_MAX 2048

static const char reapplies[] = "reapply reapplies reapplied reapplying "
				"re-apply re-applies reland re-land unrevert ";
/* May stand between the verb and the ids. */
static const char between[] =
    "the commit commits changeset changesets "
    "changes change in from of made by introduced revision rev sha sha1 "
    "merge patch patches partially partly part parts portion portions some "
    "most this that previous fix a an back my following two three both "
    "accidental hunk hunks and ";
static const char partial_words[] =
    "partial partially partly part parts "
    "portion portions hunk hunks except sans half ";
/* May stand between the start of a sentence and its verb. */
static const char openers[] =
    "this commit change patch it also and fixed by "
    "fix is a an partial partially partly manually completely temporarily "
    "full please let's lets so i'm we we're am therefore ";

struct reader {
	const char *s;
	struct lines lines;
	struct revert *out;
	size_t verbs;
	bool partial;
	bool named; /* an id was given */
	bool typed; /* "revert: x" */
};

/* The id at at (its end through *end), or false. */
static bool
id_at(const char *s, size_t at, size_t hi, bool commit, size_t *end)
{
	bool digit = false, letter = false;
	size_t i = at;

	for (; i < hi && text_hex(s[i]); i++) {
		digit = digit || text_digit(s[i]);
		letter = letter || !text_digit(s[i]);
	}
	if (i - at < ID_MIN || i - at > ID_MAX || (i < hi && text_word(s[i])))
		return false;
	/* "defaced" is a word and 20090315 a day, but for "commit" before. */
	if ((!digit || !letter) && !commit && i - at < 40)
		return false;
	*end = i;
	return true;
}

static void
push_id(struct strv *ids, const char *s, size_t at, size_t end)
{
	char hex[ID_MAX + 1];

	for (size_t i = at; i < end; i++)
		hex[i - at] = text_lower(s[i]);
	hex[end - at] = '\0';
	if (ids->n < IDS_MAX && !strv_has(ids, hex))
		strv_push(ids, hex);
}

/* Behind "(subject, date)" or "("subject")", as git log --format=reference. */
static size_t
skip_group(const char *s, size_t at, size_t hi)
{
	const size_t open = text_skip_blanks(s, at, hi);
	size_t depth = 0;

	if (open == hi || s[open] != '(')
		return at;
	for (size_t i = open; i < hi; i++) {
		depth += s[i] == '(';
		if (s[i] == ')' && --depth == 0)
			return i + 1;
	}
	return at;
}

/* A URL that ends in a commit's id: where the id is, or at. */
static size_t
url_id(const char *s, size_t at, size_t hi)
{
	size_t end = at, slash = at;

	if (!text_starts(s + at, hi - at, "http"))
		return at;
	for (; end < hi && !text_blank(s[end]); end++)
		if (s[end] == '/')
			slash = end + 1;
	return slash > at + 7 &&
		text_find(s + at, end - at, "/commit") < end - at
	    ? slash
	    : at;
}

/* Reads "commit a, b (subject) and c." into ids; returns where it ends. */
static size_t
read_ids(struct reader *rd, size_t at, size_t hi, struct strv *ids)
{
	const char *s = rd->s;
	bool commit = false;

	while (at < hi) {
		size_t end, word;

		if (text_blank(s[at]) ||
		    (s[at] != '\0' &&
			strchr(",;&:\"'`#([^./\\", s[at]) != NULL &&
			!(s[at] == '.' && at + 1 < hi &&
			    text_blank(s[at + 1])))) {
			at++;
			continue;
		}
		at = url_id(s, at, hi);
		if (id_at(s, at, hi, commit, &end)) {
			push_id(ids, s, at, end);
			rd->named = true;
			at = skip_group(s, end, hi);
			commit = true;
			continue;
		}
		word = at;
		while (word < hi &&
		    (text_word(s[word]) || s[word] == '\'' || s[word] == '-'))
			word++;
		if (word == at ||
		    (!text_in(s + at, word - at, between) &&
			!text_in(s + at, word - at, partial_words)))
			return at;
		commit = commit || text_starts(s + at, word - at, "commit") ||
		    text_starts(s + at, word - at, "rev");
		if (text_in(s + at, word - at, partial_words))
			rd->partial = true;
		at = word;
	}
	return at;
}

/* "This reverts merge request !12", "pull request #12". */
static bool
names_request(const char *s, size_t at, size_t hi)
{
	at = text_skip_blanks(s, at, hi);
	return text_starts(s + at, hi - at, "merge request ") ||
	    text_starts(s + at, hi - at, "pull request ") ||
	    text_starts(s + at, hi - at, "pr #");
}

static size_t
sentence_end(const char *s, size_t at, size_t hi)
{
	if (hi - at > SENTENCE_MAX)
		hi = at + SENTENCE_MAX;
	for (; at + 1 < hi; at++)
		if ((s[at] == '.' && text_blank(s[at + 1])) ||
		    (s[at] == '\n' && s[at + 1] == '\n'))
			return at;
	return hi;
}

/* What the rest of a sentence adds: of a merge, all but a part. */
static void
read_rest(struct reader *rd, size_t at, size_t hi)
{
	for (size_t end; at < hi; at = end) {
		at = text_skip_blanks(rd->s, at, hi);
		end = text_word_end(rd->s, at, hi);
		if (end == at) {
			end = at + 1;
			continue;
		}
		if (text_is(rd->s + at, end - at, "except") ||
		    text_is(rd->s + at, end - at, "partially") ||
		    text_is(rd->s + at, end - at, "partly") ||
		    text_is(rd->s + at, end - at, "sans"))
			rd->partial = true;
		if (text_is(rd->s + at, end - at, "reversing") &&
		    text_find(rd->s + at, hi - at, "changes made to") < hi - at)
			rd->out->of_merge = true;
	}
}

/*
 * True if the verb at verb begins its sentence, but for words such as "This":
 * "verified by reverting 1234567" tells of something else.
 */
static bool
begins_sentence(struct reader *rd, size_t lo, const struct line *ln,
    size_t verb)
{
	const char *s = rd->s;
	size_t at = verb;

	for (;;) {
		size_t end = at, start;

		while (end > lo && text_blank(s[end - 1]))
			end--;
		if (end <= lo || strchr(".!?:;([", s[end - 1]) != NULL)
			return true;
		/* A capital, or an item, at the start of a line. */
		if (at == ln->text && s[at] >= 'A' && s[at] <= 'Z')
			return true;
		if (at > ln->text &&
		    line_skip_bullet(s, ln->text, ln->end) == at)
			return true;
		start = end;
		while (start > lo &&
		    (text_word(s[start - 1]) || s[start - 1] == '\''))
			start--;
		if (start == end || !text_in(s + start, end - start, openers))
			return false;
		if (text_starts(s + start, end - start, "partial") ||
		    text_is(s + start, end - start, "partly"))
			rd->partial = true;
		at = start;
	}
}

/* All the verbs of one line of the body. */
static void
read_body_line(struct reader *rd, size_t lo, const struct line *ln, size_t hi)
{
	const char *s = rd->s;
	size_t at = ln->text;

	for (;;) {
		const size_t hit = at +
		    text_find(s + at, ln->end - at, "revert");
		const bool was = rd->partial;
		size_t verb_end, stop, end, n = rd->out->ids.n;

		if (hit >= ln->end || rd->verbs++ >= VERBS_MAX)
			return;
		verb_end = text_word_end(s, hit, ln->end);
		at = verb_end;
		if ((hit > 0 &&
			(text_word(s[hit - 1]) || s[hit - 1] == '-' ||
			    s[hit - 1] == '"')) ||
		    !text_in(s + hit, verb_end - hit,
			"revert reverts reverted reverting ") ||
		    !begins_sentence(rd, lo, ln, hit)) {
			rd->partial = was;
			continue;
		}
		stop = sentence_end(s, verb_end, hi);
		end = read_ids(rd, verb_end, stop, &rd->out->ids);
		if (rd->out->ids.n == n && !names_request(s, verb_end, stop)) {
			rd->partial = was;
			continue;
		}
		rd->named = true;
		read_rest(rd, end, stop);
	}
}

/* "(cherry picked from commit X)", "cherry-picked from X". */
static void
read_picked(struct reader *rd, const struct line *ln)
{
	static const char *const forms[] = { "cherry picked from",
		"cherry-picked from", "cherry-pick from", "cherry-pick of",
		"cherry-pick:", "cherry-pick " };
	const char *s = rd->s;

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		const size_t at = ln->text +
		    text_find(s + ln->text, ln->end - ln->text, forms[i]);
		const bool named = rd->named, partial = rd->partial;

		if (at >= ln->end)
			continue;
		read_ids(rd, at + strlen(forms[i]), ln->end, &rd->out->picked);
		rd->named = named;
		rd->partial = partial;
		return;
	}
}

/* The end of the paragraph that line i stands in. */
static size_t
paragraph_end(const struct lines *l, size_t i)
{
	size_t last = i;

	while (last + 1 < l->n && last < i + 16 &&
	    l->v[last + 1].kind == LINE_TEXT)
		last++;
	return l->v[last].end;
}

/*
 * In a squash, "* Revert ..." tells what happened on the branch; the commit
 * as a whole reverts nothing.
 */
static void
read_body(struct reader *rd, bool subject_reverts)
{
	size_t paragraph = 0;
	bool item = false;

	for (size_t i = 0; i < rd->lines.n; i++) {
		const struct line *ln = &rd->lines.v[i];

		if (ln->kind != LINE_TEXT)
			continue;
		if (ln->first)
			paragraph = ln->text;
		if (ln->first && rd->s[ln->start] == '*')
			item = true;
		if (text_starts(rd->s + ln->text, ln->end - ln->text, "---"))
			item = false;
		read_picked(rd, ln);
		/* As the Conventional Commits name what "revert:" reverts. */
		if (rd->typed && !ln->subject &&
		    text_starts(rd->s + ln->text, ln->end - ln->text, "refs:"))
			(void)read_ids(rd, ln->text + 5, ln->end,
			    &rd->out->ids);
		if (ln->subject || ln->squashed || (item && !subject_reverts))
			continue;
		read_body_line(rd, paragraph, ln, paragraph_end(&rd->lines, i));
	}
}

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
		if (text_in(s + at, stop - at, partial_words))
			return true;
		if (stop == at)
			break;
		at = stop;
	}
	return text_starts(s + from, verb_end - from, "part");
}

/* The first paragraph, its line ends as spaces, as git makes a subject. */
static void
join_subject(struct reader *rd, struct buf *out)
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
first_line(const struct reader *rd)
{
	for (size_t i = 0; i < rd->lines.n; i++)
		if (rd->lines.v[i].subject)
			return rd->lines.v[i].end - rd->lines.v[i].text;
	return 0;
}

static void
set_subject(struct reader *rd, const char *s, size_t first, size_t len,
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
		(void)read_ids(rd, verb_end, first, &out->picked);
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

static void
read_subject(struct reader *rd)
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
			(void)read_ids(rd, end, first, &rd->out->ids);
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

/* Most messages say none of this. */
static bool
worth_reading(const char *s, size_t len)
{
	size_t start, end;
	bool type;

	if (memmem(s, len, "evert", 5) != NULL ||
	    memmem(s, len, "herry", 5) != NULL)
		return true;
	lines_subject(s, len, &start, &end);
	start = lead_skip(s, start, end, &type);
	return type || lead_revert_verb(s, start, end) > start;
}

void
revert_parse(const char *message, size_t len, struct revert *out)
{
	struct reader rd = { .s = message, .out = out };

	*out = (struct revert){ 0 };
	if (!worth_reading(message, len))
		return;
	lines_split(message, len, &rd.lines);
	read_subject(&rd);
	read_body(&rd, out->kind != REVERT_NONE);
	if (out->kind == REVERT_NONE && rd.named)
		out->kind = REVERT_WHOLE;
	if (out->kind == REVERT_WHOLE && rd.partial)
		out->kind = REVERT_PARTIAL;
	lines_release(&rd.lines);
}

void
revert_release(struct revert *r)
{
	strv_release(&r->ids);
	strv_release(&r->picked);
	free(r->subject);
	*r = (struct revert){ 0 };
}

unsigned
revert_depth(const char *subject, size_t len, const char **inner,
    size_t *inner_len)
{
	static const struct {
		const char *text;
		unsigned depth;
	} wraps[] = { { "revert \"", 1 }, { "reapply \"", 2 },
		{ "reland \"", 2 } };
	unsigned depth = 0;

	while (len > 0 && text_blank(subject[len - 1]))
		len--;
	for (size_t i = 0; i < sizeof(wraps) / sizeof(wraps[0]);) {
		const size_t n = strlen(wraps[i].text);
		const char *close;

		if (!text_starts(subject, len, wraps[i].text) ||
		    (close = memrchr(subject + n, '"', len - n)) == NULL) {
			i++;
			continue;
		}
		depth += wraps[i].depth;
		subject += n;
		len = (size_t)(close - subject);
		i = 0;
	}
	*inner = subject;
	*inner_len = len;
	return depth;
}
