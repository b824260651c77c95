#include "lead.h"

#include "keyword.h"
#include "text.h"

/* A bracket that is longer than this holds no keys. */
#define BRACKET_MAX      200
#define BRACKET_SKIP_MAX 40

static const char types[] =
    "feat feature fix docs doc style refactor perf "
    "test tests build ci chore revert deps security improvement improve "
    "bugfix hotfix change release wip draft ";
static const char fillers[] = "and refs ref re issue issues ticket tickets "
			      "bug jira pr github ";
static const char nouns[] =
    "issue ticket bug jira task story backport "
    "backports backported backporting cherry-pick backport-of ";
static const char revert_verbs[] =
    "revert reverts reverted reverting "
    "rollback rollbacks unrevert reapply reapplies reapplied reapplying "
    "re-apply re-applies reland re-land backout undo undoes undid ";
static const char roll[] = "roll rolls rolled rolling ";
static const char back[] = "back backs backed backing ";
static const char bare_verbs[] =
    "is isn't was wasn't are aren't were has "
    "hasn't had doesn't didn't should seems needs broke breaks caused causes "
    "will would can could might may must still ";

static size_t
dash_word_end(const char *s, size_t at, size_t end)
{
	while (at < end && (text_word(s[at]) || s[at] == '\'' || s[at] == '-'))
		at++;
	return at;
}

/* "type(scope)!: " at at: its end, and where the scope stands; else at. */
static size_t
conventional(const char *s, size_t at, size_t end, size_t *scope,
    size_t *scope_end, bool *revert)
{
	size_t i = at, stop;

	while (i < end && (text_alpha(s[i]) || s[i] == '-'))
		i++;
	if (i == at || i == end)
		return at;
	stop = i;
	*scope = *scope_end = i;
	if (s[i] == '(') {
		const size_t max = end - i > BRACKET_MAX ? BRACKET_MAX
							 : end - i;
		const char *p = memchr(s + i, ')', max);

		if (p == NULL)
			return at;
		*scope = i + 1;
		*scope_end = (size_t)(p - s);
		i = *scope_end + 1;
	} else if ((s[i] != ':' && s[i] != '!') ||
	    !text_in(s + at, stop - at, types)) {
		return at;
	}
	if (i < end && s[i] == '!')
		i++;
	if (i >= end || s[i] != ':' || (i + 1 < end && !text_blank(s[i + 1])))
		return at;
	*revert = text_is(s + at, stop - at, "revert");
	return text_skip_blanks(s, i + 1, end);
}

size_t
lead_revert_verb(const char *s, size_t at, size_t end)
{
	size_t i = at, stop;

	/* Nearly every subject goes through here: look at a letter first. */
	if (at >= end || strchr("rubpmti", text_lower(s[at])) == NULL)
		return at;
	for (int words = 0; words < 4; words++) {
		stop = dash_word_end(s, i, end);
		if (text_in(s + i, stop - i, revert_verbs))
			return stop;
		if (text_in(s + i, stop - i, roll) ||
		    text_in(s + i, stop - i, back)) {
			const bool out = text_in(s + i, stop - i, back);
			const size_t w = text_skip_blanks(s, stop, end);

			stop = dash_word_end(s, w, end);
			if (text_is(s + w, stop - w, out ? "out" : "back"))
				return stop;
			return at;
		}
		if (!text_in(s + i, stop - i,
			"partially partly partial this "
			"manually temporarily is a "))
			return at;
		i = text_skip_blanks(s, stop, end);
	}
	return at;
}

/* "fixup! ", "Merged PR 12: ", "Pull request #12: ". */
static size_t
skip_tool_prefix(const char *s, size_t at, size_t end)
{
	static const char *const fixed[] = { "fixup! ", "squash! ", "amend! ",
		"wip: ", "draft: ", "wip " };
	static const char *const counted[] = { "merged pr ", "pull request #",
		"merge pull request #" };

	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (text_starts(s + at, end - at, fixed[i]))
			return text_skip_blanks(s, at + strlen(fixed[i]), end);
	for (size_t i = 0; i < sizeof(counted) / sizeof(counted[0]); i++) {
		size_t p = at + strlen(counted[i]);

		if (!text_starts(s + at, end - at, counted[i]))
			continue;
		while (p < end && text_digit(s[p]))
			p++;
		if (p < end && s[p] == ':')
			return text_skip_blanks(s, p + 1, end);
	}
	return at;
}

/* Keys found while reading; i is the next one that was not passed. */
struct cursor {
	const struct key_hit *hits;
	size_t n, i;
};

static const struct key_hit *
hit_at(struct cursor *c, size_t at)
{
	while (c->i < c->n && c->hits[c->i].off < at)
		c->i++;
	if (c->i < c->n && !c->hits[c->i].weak && !c->hits[c->i].url &&
	    (c->hits[c->i].off == at || c->hits[c->i].outer == at))
		return &c->hits[c->i];
	return NULL;
}

/* Marks the keys in s[a, b) if there is little else; returns how many. */
static size_t
mark_keys(const char *s, size_t a, size_t b, struct cursor *c,
    enum place *place, enum place value)
{
	struct cursor probe = *c;
	size_t found = 0;

	for (int pass = 0; pass < 2; pass++) {
		struct cursor *cur = pass == 0 ? &probe : c;

		for (size_t i = a; i < b;) {
			const struct key_hit *h = hit_at(cur, i);
			size_t stop;

			if (h != NULL && h->end <= b) {
				i = h->end;
				if (pass == 1)
					place[cur->i] = value;
				found += pass == 0;
			} else if (text_blank(s[i]) ||
			    (s[i] != '\0' &&
				strchr(",;&/+#:-|!", s[i]) != NULL)) {
				i++;
			} else if ((stop = keyword_conjunction(s + i, b - i)) >
			    0) {
				i += stop;
			} else {
				stop = text_word_end(s, i, b);
				/* A pull request's number beside the key. */
				if (i > a && s[i - 1] == '#' &&
				    text_digit(s[i]))
					i = stop;
				else if (text_in(s + i, stop - i, fillers))
					i = stop;
				else
					return 0;
			}
		}
		if (found == 0)
			return 0;
	}
	return found;
}

static size_t
bracket_close(const char *s, size_t at, size_t end)
{
	static const char open[] = "[({", close[] = "])}";
	const char *o = s[at] != '\0' ? strchr(open, s[at]) : NULL;
	const char *p;

	if (o == NULL)
		return at;
	if (end - at > BRACKET_MAX)
		end = at + BRACKET_MAX;
	p = memchr(s + at, close[o - open], end - at);
	return p != NULL ? (size_t)(p - s) : at;
}

static size_t
skip_noun(const char *s, size_t at, size_t end)
{
	size_t stop = dash_word_end(s, at, end), i;

	if (at == end || strchr("itbjsc", text_lower(s[at])) == NULL ||
	    !text_in(s + at, stop - at, nouns))
		return at;
	i = text_skip_blanks(s, stop, end);
	if (text_starts(s + i, end - i, "of ") ||
	    text_starts(s + i, end - i, "for "))
		i = text_skip_blanks(s, i + 3, end);
	if (i < end && (s[i] == ':' || s[i] == '#'))
		i = text_skip_blanks(s, i + (s[i] == ':'), end);
	return i;
}

/* Between two of several keys in a row, or behind the last. */
static size_t
skip_separators(const char *s, size_t at, size_t end, bool *strong)
{
	for (;;) {
		const size_t ko = keyword_conjunction(s + at, end - at);

		if (at >= end)
			return at;
		if (ko > 0) {
			at += ko;
		} else if (text_starts(s + at, end - at, "and ")) {
			at += 4;
		} else if (s[at] != '\0' &&
		    strchr(" \t,;&/+:-.|\r", s[at]) != NULL) {
			*strong = *strong || s[at] == ':' || s[at] == '-';
			at++;
		} else {
			return at;
		}
	}
}

/* What ends a bare key that heads a line: "A-1: x", "A-1 - x", "A-1 x". */
static enum place
bare_place(const char *s, size_t end, const struct key_hit *h, bool strong,
    size_t next)
{
	const size_t stop = text_word_end(s, next, end);

	if (next >= end || strong)
		return PLACE_LEADS;
	if (h->end < end && s[h->end] != ' ' && s[h->end] != '\t' &&
	    !((unsigned char)s[h->end] & 0x80) && s[h->end] != ']' &&
	    s[h->end] != ',' && s[h->end] != '.' && s[h->end] != ';')
		return PLACE_NONE;
	return text_in(s + next, stop - next, bare_verbs) ? PLACE_NONE
							  : PLACE_LEADS_BARE;
}

/*
 * "A-1: this, A-2: that": several headings in one line.  A key in the middle
 * counts if it begins a clause and a colon follows it.
 */
static void
read_more_heads(const char *s, size_t at, size_t end, struct cursor *c,
    enum place *place)
{
	for (; c->i < c->n; c->i++) {
		const struct key_hit *h = &c->hits[c->i];

		if (place[c->i] == PLACE_NONE && !h->weak && !h->url &&
		    h->off > at + 2 && s[h->off - 1] == ' ' &&
		    strchr(",.;", s[h->off - 2]) != NULL && h->end + 1 < end &&
		    s[h->end] == ':' && s[h->end + 1] == ' ')
			place[c->i] = PLACE_LEADS;
	}
}

/* Reads "[x] [A-1] A-2, (A-3)" from at on; returns where it stops. */
static size_t
read_heads(const char *s, size_t at, size_t end, struct cursor *c,
    enum place *place)
{
	const size_t base = c->i;
	bool any = false, bracketed = false, strong = false;

	while (at < end) {
		const size_t close = bracket_close(s, at, end);
		const struct key_hit *h;

		if (close > at) {
			if (mark_keys(s, at + 1, close, c, place, PLACE_LEADS) >
			    0)
				any = bracketed = true;
			else if (any || s[at] != '[' ||
			    hit_at(c, at + 1) != NULL ||
			    close - at > BRACKET_SKIP_MAX)
				goto open;
			at = skip_separators(s, close + 1, end, &strong);
			continue;
		}
	open:
		/* "[A-1 - text" and "[A-1: text]" head the line as well. */
		if (!any && s[at] == '[' && hit_at(c, at + 1) != NULL)
			at++;
		if ((h = hit_at(c, at)) == NULL || bracketed)
			break;
		place[c->i] = PLACE_LEADS_BARE;
		any = true;
		at = h->end;
		if (at < end && s[at] == ']')
			at++;
		strong = false;
		at = skip_separators(s, at, end, &strong);
		if (hit_at(c, at) == NULL) {
			const enum place p = bare_place(s, end, h, strong, at);

			for (size_t i = base;
			     i < c->n && c->hits[i].off <= h->off; i++)
				if (place[i] == PLACE_LEADS_BARE)
					place[i] = p;
			break;
		}
	}
	return at;
}

void
lead_find(const char *s, const struct line *ln, const struct key_hit *hits,
    size_t n, enum place *place, struct lead *out)
{
	struct cursor c = { hits, n, 0 };
	size_t at = line_skip_bullet(s, ln->text, ln->end), scope, scope_end;
	size_t next;

	*out = (struct lead){ .bullet = at > ln->text };
	at = skip_tool_prefix(s, at, ln->end);
	next = conventional(s, at, ln->end, &scope, &scope_end, &out->revert);
	if (next > at) {
		/* Any key in the scope: "feat(ui/A-1)", "fix(A-1, core)". */
		for (size_t i = 0; i < n; i++)
			if (hits[i].off >= scope && hits[i].end <= scope_end)
				place[i] = PLACE_SCOPE;
		at = next;
	}
	if (ln->subject)
		at = skip_noun(s, at, ln->end);
	if (at < ln->end && s[at] == '|')
		at++;
	if (!out->revert)
		at = read_heads(s, at, ln->end, &c, place);
	out->end = at;
	if (c.i > 0 && place[0] == PLACE_LEADS && ln->subject)
		read_more_heads(s, at, ln->end, &c, place);
	if (lead_revert_verb(s, at, ln->end) > at)
		out->revert = true;
}

/* Where the brackets at the end of the subject begin: " (#12) (#13)". */
static size_t
last_brackets(const char *s, size_t at, size_t end)
{
	size_t run = at;

	while (at < end) {
		const size_t close = bracket_close(s, at, end);

		if (close > at)
			at = close + 1;
		else if (text_blank(s[at]) || s[at] == '.')
			at++;
		else
			run = ++at;
	}
	return run;
}

void
lead_brackets(const char *s, const struct line *ln, size_t at,
    const struct key_hit *hits, size_t n, enum place *place)
{
	const size_t tail = last_brackets(s, at, ln->end);
	struct cursor c = { hits, n, 0 };

	for (; at < ln->end; at++) {
		const size_t close = bracket_close(s, at, ln->end);

		if (close == at)
			continue;
		(void)hit_at(&c, at);
		/* "(#12)" is a number like any other but at the end. */
		if (c.i < n && hits[c.i].end <= close &&
		    (!hits[c.i].hash || at >= tail))
			mark_keys(s, at + 1, close, &c, place, PLACE_BRACKET);
	}
}

/* "A-1", whatever the prefix. */
static size_t
any_key(const char *s, size_t at, size_t end)
{
	size_t i = at, digits;

	while (i < end && text_word(s[i]))
		i++;
	if (i == at || i == end || s[i] != '-' || !text_alpha(s[at]))
		return at;
	digits = ++i;
	while (i < end && text_digit(s[i]))
		i++;
	return i > digits && (i == end || !text_word(s[i])) ? i : at;
}

size_t
lead_skip(const char *s, size_t at, size_t end, bool *type_revert)
{
	size_t scope, scope_end, next;
	bool strong;

	*type_revert = false;
	at = line_skip_bullet(s, at, end);
	at = skip_tool_prefix(s, at, end);
	for (;;) {
		const size_t close = at < end ? bracket_close(s, at, end) : at;

		if (close > at)
			next = close + 1;
		else
			next = any_key(s, at, end);
		if (next == at)
			break;
		strong = false;
		at = skip_separators(s, next, end, &strong);
	}
	return conventional(s, at, end, &scope, &scope_end, type_revert);
}
