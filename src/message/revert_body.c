/* What a body says of reverts and of picks, sentence by sentence. */
#include "revert_read.h"

#include <string.h>

#include "text.h"

/* Verbs that are looked at in one message. */
#define VERBS_MAX 512
/* Bytes of the sentence behind a verb. */
#define SENTENCE_MAX 2048

/* May stand between the start of a sentence and its verb. */
static const char openers[] =
    "this commit change patch it also and fixed by "
    "fix is a an partial partially partly manually completely temporarily "
    "full please let's lets so i'm we we're am therefore ";

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
read_rest(struct revert_reader *rd, size_t at, size_t hi)
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
begins_sentence(struct revert_reader *rd, size_t lo, const struct line *ln,
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
read_body_line(struct revert_reader *rd, size_t lo, const struct line *ln,
    size_t hi)
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
		end = revert_ids(rd, verb_end, stop, &rd->out->ids);
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
read_picked(struct revert_reader *rd, const struct line *ln)
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
		revert_ids(rd, at + strlen(forms[i]), ln->end,
		    &rd->out->picked);
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

void
revert_body(struct revert_reader *rd, bool subject_reverts)
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
			(void)revert_ids(rd, ln->text + 5, ln->end,
			    &rd->out->ids);
		if (ln->subject || ln->squashed || (item && !subject_reverts))
			continue;
		read_body_line(rd, paragraph, ln, paragraph_end(&rd->lines, i));
	}
}
