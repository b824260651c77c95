#include "message/reference.h"

#include <stdlib.h>

#include "base/mem.h"
#include "branch.h"
#include "key.h"
#include "keyword.h"
#include "lead.h"
#include "lines.h"
#include "message/command.h"
#include "text.h"

/* Subjects of merges are read this far for the names of branches. */
#define MERGE_SUBJECT_MAX 1024

static const char *const why_texts[WHY_N] = {
	[WHY_LEADS_SUBJECT] = "the key leads the subject",
	[WHY_BRACKET] = "the key stands in brackets in the subject",
	[WHY_SCOPE] = "the key is the scope of a conventional commit",
	[WHY_TRAILER] = "a trailer names the key",
	[WHY_KEYWORD] = "a keyword stands before the key",
	[WHY_KEYWORD_TRAILER] = "a trailer closes the key",
	[WHY_BODY_LINE] = "a line of the body begins with the key",
	[WHY_BRANCH] = "the merged branch is named after the key",
	[WHY_COMMAND] = "a smart command names the key",
	[WHY_REVERT] = "the key stands in what is reverted",
	[WHY_NEGATED] = "the words before the key say not, or not yet",
	[WHY_QUOTED] = "the key stands in a quotation",
	[WHY_CODE] = "the key stands in code",
	[WHY_TEXT] = "the key stands in running text",
};

const char *
reference_why_text(enum reference_why why)
{
	return (unsigned)why < WHY_N ? why_texts[why] : "";
}

struct verdict {
	enum link_role role;
	enum reference_why why;
};

struct reader {
	const char *s;
	const struct grammar *g;
	struct lines lines;
	struct key_hits hits;
	struct verdict *verdicts; /* one a hit */
	enum place *places;       /* one a hit */
	size_t next;              /* first hit behind the lines read */
	size_t judged;            /* first hit behind the lists read */
	size_t paragraph;         /* where it begins */
	bool merge;
	bool revert_goes_on; /* its quotation spans lines */
	bool enumeration;    /* "These fail:" stands above */
	bool claimed_above;  /* the line above began with a key */
	bool keyed;          /* the subject leads with a key */
	bool sentence_above; /* the line above ends one */
	bool hidden;         /* inside of <!-- and --> */
	struct reference_list *out;
};

static void
judge(struct reader *rd, size_t i, enum link_role role, enum reference_why why)
{
	rd->verdicts[i] = (struct verdict){ role, why };
}

static void
judge_all(struct reader *rd, size_t a, size_t b, enum reference_why why)
{
	for (size_t i = a; i < b; i++)
		judge(rd, i, LINK_MENTIONS, why);
}

static bool
open_verdict(const struct reader *rd, size_t i)
{
	return rd->verdicts[i].why == WHY_TEXT;
}

/* Keys inside "..." or `...` on this line are only talked about. */
static void
find_quoted(struct reader *rd, const struct line *ln, size_t a, size_t b)
{
	static const struct {
		char c;
		enum reference_why why;
	} marks[] = { { '"', WHY_QUOTED }, { '`', WHY_CODE } };

	for (size_t m = 0; m < sizeof(marks) / sizeof(marks[0]); m++) {
		const char *last = memrchr(rd->s + ln->text, marks[m].c,
		    ln->end - ln->text);
		size_t at = ln->text;
		bool inside = false;

		if (last == NULL)
			continue;
		for (size_t i = a; i < b; i++) {
			for (; at < rd->hits.v[i].off; at++)
				if (rd->s[at] == marks[m].c)
					inside = !inside;
			if (inside && rd->s + at < last && open_verdict(rd, i))
				judge(rd, i, LINK_MENTIONS, marks[m].why);
		}
	}
}

/* "[A-1] x", some lines of it, and "[A-2] y" right below their full stop. */
static bool
goes_on(const struct reader *rd, const struct line *ln)
{
	return rd->keyed && rd->sentence_above && rd->s[ln->text] == '[';
}

/* What HTML hides, as in the template of a pull request. */
static void
find_hidden(struct reader *rd, const struct line *ln, size_t a, size_t b)
{
	const char *s = rd->s;
	size_t at = ln->text, i = a;

	for (; at < ln->end; at++) {
		for (; i < b && rd->hits.v[i].off <= at; i++)
			if (rd->hidden && open_verdict(rd, i))
				judge(rd, i, LINK_MENTIONS, WHY_CODE);
		if (!rd->hidden && ln->end - at >= 4 &&
		    memcmp(s + at, "<!--", 4) == 0)
			rd->hidden = true;
		else if (rd->hidden && ln->end - at >= 3 &&
		    memcmp(s + at, "-->", 3) == 0)
			rd->hidden = false;
	}
}

/* "- [ ] fix A-1": a box that nobody ticked. */
static bool
is_unticked(const struct reader *rd, const struct line *ln)
{
	const size_t at = line_skip_bullet(rd->s, ln->text, ln->end);

	return at > ln->text && ln->end - at >= 3 &&
	    memcmp(rd->s + at, "[ ]", 3) == 0;
}

/*
 * A line of prose that happens to begin with a key is none of a squash's: it
 * needs a bullet or a paragraph of its own, and no list announced above it.
 */
static bool
body_line_claims(const struct reader *rd, const struct line *ln,
    const struct lead *lead, enum place place)
{
	const char next = lead->end < ln->end ? rd->s[lead->end] : ' ';

	/* "[A-1](url)" and "[A-1]: url" are links. */
	if (next == '(' ||
	    text_starts(rd->s + lead->end, ln->end - lead->end, "http"))
		return false;
	if (ln->squashed && ln->first)
		return place != PLACE_NONE;
	if (rd->enumeration)
		return false;
	if (lead->bullet)
		return place != PLACE_NONE;
	return (ln->first || rd->claimed_above || goes_on(rd, ln)) &&
	    (place == PLACE_LEADS || place == PLACE_SCOPE);
}

static void
judge_places(struct reader *rd, const struct line *ln, const struct lead *lead,
    size_t a, size_t b)
{
	bool claimed = false;

	for (size_t i = a; i < b; i++) {
		const enum place p = rd->places[i];

		if (p == PLACE_NONE || !open_verdict(rd, i) ||
		    (rd->hits.v[i].weak && p != PLACE_SCOPE))
			continue;
		/* "issue 12" begins many a line of prose. */
		if (!ln->subject && rd->hits.v[i].outer < rd->hits.v[i].off)
			continue;
		if (ln->subject)
			judge(rd, i, LINK_CLAIMS,
			    p == PLACE_SCOPE         ? WHY_SCOPE
				: p == PLACE_BRACKET ? WHY_BRACKET
						     : WHY_LEADS_SUBJECT);
		else if (body_line_claims(rd, ln, lead, p))
			judge(rd, i, LINK_CLAIMS, WHY_BODY_LINE);
		claimed = claimed || rd->verdicts[i].role == LINK_CLAIMS;
		rd->keyed = rd->keyed || (ln->subject && p == PLACE_LEADS);
	}
	rd->claimed_above = claimed;
}

static const struct verdict keyword_verdicts[] = {
	[KEYWORD_NONE] = { LINK_MENTIONS, WHY_TEXT },
	[KEYWORD_CLOSES] = { LINK_CLOSES, WHY_KEYWORD },
	[KEYWORD_CLOSES_LABEL] = { LINK_CLOSES, WHY_KEYWORD_TRAILER },
	[KEYWORD_CLAIMS] = { LINK_CLAIMS, WHY_KEYWORD },
	[KEYWORD_CLAIMS_LABEL] = { LINK_CLAIMS, WHY_TRAILER },
	[KEYWORD_NEGATED] = { LINK_MENTIONS, WHY_NEGATED },
};

static const struct line *
line_of(const struct reader *rd, const struct line *from, size_t off)
{
	const struct line *end = rd->lines.v + rd->lines.n;

	while (from + 1 < end && from->end < off)
		from++;
	return from;
}

/* The list that hit a begins may go on in the next lines. */
static size_t
list_end(const struct reader *rd, const struct line *ln, size_t a)
{
	size_t i = a + 1;
	bool wraps;

	for (; i < rd->hits.n; i++) {
		if (!keyword_list_gap(rd->s, rd->hits.v[i - 1].end,
			rd->hits.v[i].outer, &wraps))
			break;
		if (wraps) {
			ln = line_of(rd, ln, rd->hits.v[i].off);
			if (ln->kind != LINE_TEXT)
				break;
		}
	}
	return i;
}

/*
 * Hits of one list share what the words around it say.  A list that began on
 * the line above was judged there.
 */
static void
judge_keywords(struct reader *rd, const struct line *ln, size_t a, size_t b)
{
	for (size_t i = a > rd->judged ? a : rd->judged, j; i < b; i = j) {
		const struct line *last_line;
		enum keyword k;
		size_t n;

		j = i + 1;
		if (!open_verdict(rd, i) || rd->hits.v[i].weak)
			continue;
		rd->judged = j = list_end(rd, ln, i);
		last_line = line_of(rd, ln, rd->hits.v[j - 1].off);
		k = keyword_judge(rd->s, rd->paragraph, ln, last_line->end,
		    &rd->hits.v[i], j - i);
		if (k == KEYWORD_NONE)
			continue;
		n = j;
		if (n > i + 1 && k == KEYWORD_CLOSES &&
		    keyword_drops_last(rd->s, last_line->end,
			&rd->hits.v[n - 1]))
			n--;
		for (size_t x = i; x < n; x++)
			if (open_verdict(rd, x) && !rd->hits.v[x].weak)
				rd->verdicts[x] = keyword_verdicts[k];
	}
}

/* Merges name a branch, and the branch a ticket. */
static void add_branches(struct reader *rd, const struct line *ln);

static void
read_subject(struct reader *rd, const struct line *ln, struct lead *lead,
    size_t a, size_t b)
{
	rd->merge = branch_is_merge(rd->s + ln->text, ln->end - ln->text);
	if (rd->merge)
		add_branches(rd, ln);
	else if (!lead->revert && a < b)
		lead_brackets(rd->s, ln, lead->end, rd->hits.v + a, b - a,
		    rd->places + a);
}

static void
read_text(struct reader *rd, const struct line *ln, size_t a, size_t b)
{
	struct lead lead = { 0 };

	if (a < b)
		lead_find(rd->s, ln, rd->hits.v + a, b - a, rd->places + a,
		    &lead);
	if (ln->subject)
		read_subject(rd, ln, &lead, a, b);
	if (lead.revert || rd->revert_goes_on) {
		for (size_t i = a; i < b; i++)
			if (rd->hits.v[i].off >= lead.end || rd->revert_goes_on)
				judge(rd, i, LINK_MENTIONS, WHY_REVERT);
	}
	find_quoted(rd, ln, a, b);
	if (is_unticked(rd, ln))
		judge_all(rd, a, b, WHY_NEGATED);
	if (!(ln->subject && rd->merge))
		judge_keywords(rd, ln, a, b);
	judge_places(rd, ln, &lead, a, b);
}

/* The quotation of a subject that was wrapped ends with its paragraph. */
static void
note_revert(struct reader *rd, const struct line *ln)
{
	size_t quotes = 0;
	bool type;

	const size_t at = lead_skip(rd->s, ln->text, ln->end, &type);
	const size_t verb = lead_revert_verb(rd->s, at, ln->end);

	if (verb + 1 >= ln->end || verb == at || rd->s[verb + 1] != '"')
		return;
	for (size_t i = verb; i < ln->end; i++)
		quotes += rd->s[i] == '"';
	rd->revert_goes_on = quotes % 2 == 1;
}

static bool
announces(const struct reader *rd, const struct line *ln)
{
	static const char *const words[] = { "squash", "commit", "change",
		"fix", "includ", "merge", "ticket", "issue", "clos", "resol",
		"done" };
	const size_t len = ln->end - ln->text;

	if (rd->s[ln->end - 1] != ':')
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (text_find(rd->s + ln->text, len, words[i]) < len)
			return false;
	return true;
}

static void
read_line(struct reader *rd, const struct line *ln)
{
	const size_t a = rd->next;
	size_t b = a;

	while (b < rd->hits.n && rd->hits.v[b].off < ln->end)
		b++;
	rd->next = b;
	if (ln->first || ln->kind != LINE_TEXT)
		rd->paragraph = ln->text;
	if (ln->kind == LINE_BLANK) {
		rd->revert_goes_on = false;
		return;
	}
	if (ln->kind == LINE_QUOTE || ln->kind == LINE_CODE) {
		judge_all(rd, a, b,
		    ln->kind == LINE_QUOTE ? WHY_QUOTED : WHY_CODE);
	} else if (ln->kind == LINE_SKIP) {
		judge_all(rd, a, b, WHY_N);
	} else if (a < b || ln->subject) {
		find_hidden(rd, ln, a, b);
		read_text(rd, ln, a, b);
	} else {
		find_hidden(rd, ln, a, b);
		rd->claimed_above = false;
	}
	if (ln->subject && ln->kind == LINE_TEXT)
		note_revert(rd, ln);
	rd->sentence_above = rd->s[ln->end - 1] == '.';
	if (ln->kind == LINE_TEXT &&
	    line_skip_bullet(rd->s, ln->text, ln->end) == ln->text &&
	    !ln->subject && rd->s[ln->text] != ' ')
		rd->enumeration = announces(rd, ln) ||
		    (rd->enumeration && !ln->first);
}

/* A key that stands more than once keeps its strongest role. */
static void
add(struct reader *rd, const struct reference *r)
{
	struct reference_list *out = rd->out;

	for (size_t i = 0; i < out->n; i++) {
		struct reference *have = &out->v[i];

		if (have->typo != r->typo ||
		    have->key.number != r->key.number ||
		    strcmp(have->key.prefix, r->key.prefix) != 0)
			continue;
		if (r->role > have->role)
			*have = *r;
		return;
	}
	if (out->n >= GRAMMAR_KEYS_MAX)
		return;
	out->v = mem_grow(out->v, &out->cap, out->n + 1, sizeof(*out->v));
	out->v[out->n++] = *r;
}

static void
add_branches(struct reader *rd, const struct line *ln)
{
	size_t at = ln->text, end = ln->end, name, len;

	if (end - at > MERGE_SUBJECT_MAX)
		end = at + MERGE_SUBJECT_MAX;
	while (branch_merged(rd->s, &at, end, &name, &len)) {
		struct reference r = { .role = LINK_CLAIMS, .why = WHY_BRANCH };
		size_t off;

		if (!branch_key(rd->s + name, len, rd->g, &r.key, &off, &r.len))
			continue;
		r.offset = name + off;
		/* A forge names the branch of a revert "revert-12-NOTE-1". */
		if (text_find(rd->s + name, len, "revert") < len) {
			r.role = LINK_MENTIONS;
			r.why = WHY_REVERT;
		}
		add(rd, &r);
	}
}

static void
add_hits(struct reader *rd)
{
	for (size_t i = 0; i < rd->hits.n; i++) {
		const struct key_hit *h = &rd->hits.v[i];
		struct reference r = { .role = rd->verdicts[i].role,
			.why = rd->verdicts[i].why,
			.offset = h->off,
			.len = h->end - h->off,
			.typo = h->typo };

		if (r.why >= WHY_N)
			continue;
		key_written(rd->s, h, rd->g, &r.key);
		if (h->typo)
			key_meant(h, rd->g, &r.meant);
		add(rd, &r);
	}
}

static void
add_commands(struct reader *rd, const char *message, size_t len)
{
	struct command_list l;

	command_parse(message, len, rd->g, &l);
	for (size_t i = 0; i < l.n; i++)
		for (size_t k = 0; k < rd->out->n; k++) {
			struct reference *r = &rd->out->v[k];
			const bool closes = l.v[i].kind == COMMAND_STATUS &&
			    strcmp(l.v[i].text, "close") == 0;
			const enum link_role role = closes ? LINK_CLOSES
							   : LINK_CLAIMS;

			if (r->typo ||
			    !ticket_key_equal(&r->key, &l.v[i].key) ||
			    r->role >= role)
				continue;
			r->role = role;
			r->why = WHY_COMMAND;
		}
	command_list_release(&l);
}

/* Cheap: most messages name no key, and only merges hide one in a branch. */
static bool
worth_reading(struct reader *rd, const char *message, size_t len)
{
	struct extent ex;
	size_t start, end;

	message_extent(message, len, &ex);
	key_scan(message, 0, ex.head_end, rd->g, &rd->hits);
	if (ex.tail < ex.tail_end)
		key_scan(message, ex.tail, ex.tail_end, rd->g, &rd->hits);
	if (rd->hits.n > 0)
		return true;
	lines_subject(message, len, &start, &end);
	return branch_is_merge(message + start, end - start);
}

void
reference_parse(const char *message, size_t len, const struct grammar *g,
    struct reference_list *out)
{
	struct reader rd = { .s = message, .g = g, .out = out };

	*out = (struct reference_list){ 0 };
	if (g->prefixes.n == 0 || !worth_reading(&rd, message, len))
		goto out;
	lines_split(message, len, &rd.lines);
	rd.verdicts = mem_calloc(rd.hits.n + 1, sizeof(*rd.verdicts));
	rd.places = mem_calloc(rd.hits.n + 1, sizeof(*rd.places));
	for (size_t i = 0; i < rd.hits.n; i++)
		rd.verdicts[i].why = WHY_TEXT;
	for (size_t i = 0; i < rd.lines.n; i++)
		read_line(&rd, &rd.lines.v[i]);
	add_hits(&rd);
	if (out->n > 0 && memchr(message, '#', len) != NULL)
		add_commands(&rd, message, len);
out:
	free(rd.verdicts);
	free(rd.places);
	lines_release(&rd.lines);
	key_hits_release(&rd.hits);
}

void
reference_list_release(struct reference_list *l)
{
	free(l->v);
	*l = (struct reference_list){ 0 };
}
