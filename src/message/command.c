#include "message/command.h"

#include <stdlib.h>

#include "base/mem.h"
#include "key.h"
#include "lead.h"
#include "lines.h"
#include "text.h"

/* Commands of one message; more are dropped. */
#define COMMANDS_MAX 256
/* A day of 8 hours, a week of 5 days, as date_parse_span() has them. */
#define HOUR     INT64_C(3600)
#define SPAN_MAX (INT64_C(100000) * HOUR)

static const struct {
	const char *name;
	enum command_kind kind;
	const char *text; /* of a status, as the command line's */
} words[] = {
	{ "comment", COMMAND_COMMENT, NULL },
	{ "time", COMMAND_TIME, NULL },
	{ "assign", COMMAND_ASSIGN, NULL },
	{ "label", COMMAND_LABEL, NULL },
	{ "release", COMMAND_RELEASE, NULL },
	{ "close", COMMAND_STATUS, "close" },
	{ "closes", COMMAND_STATUS, "close" },
	{ "closed", COMMAND_STATUS, "close" },
	{ "resolve", COMMAND_STATUS, "close" },
	{ "resolves", COMMAND_STATUS, "close" },
	{ "resolved", COMMAND_STATUS, "close" },
	{ "fix", COMMAND_STATUS, "close" },
	{ "fixes", COMMAND_STATUS, "close" },
	{ "fixed", COMMAND_STATUS, "close" },
	{ "reopen", COMMAND_STATUS, "reopen" },
	{ "start", COMMAND_STATUS, "start" },
	{ "review", COMMAND_STATUS, "review" },
};

struct word {
	enum command_kind kind;
	const char *text; /* of a status; borrowed */
	size_t text_len;
	size_t at, end; /* from '#' to behind the name */
};

struct parser {
	const char *s;
	const struct grammar *g;
	const struct key_hit *keys; /* that the commands are for */
	size_t n_keys;
	struct command_list *out;
};

static bool
find_status(const struct grammar *g, const char *name, size_t n,
    struct word *out)
{
	const char *p = g->statuses;

	while (p != NULL && *p != '\0') {
		const char *end = strchrnul(p, ' ');
		size_t k = 0;

		while (k < n && p + k < end &&
		    text_lower(name[k]) == text_lower(p[k]))
			k++;
		if (n > 0 && k == n && p + k == end) {
			out->kind = COMMAND_STATUS;
			out->text = p;
			out->text_len = n;
			return true;
		}
		p = *end == ' ' ? end + 1 : end;
	}
	return false;
}

/* The command word at or behind at; false when there is none up to end. */
static bool
next_word(const struct parser *ps, size_t at, size_t end, struct word *out)
{
	const char *s = ps->s;

	for (; at < end; at++) {
		size_t i = at + 1;

		if (s[at] != '#' || (at > 0 && !text_blank(s[at - 1])))
			continue;
		while (i < end && (text_word(s[i]) || s[i] == '-'))
			i++;
		out->at = at;
		out->end = i;
		/* A project's own status goes before the words built in. */
		if (find_status(ps->g, s + at + 1, i - at - 1, out))
			return true;
		for (size_t w = 0; w < sizeof(words) / sizeof(words[0]); w++)
			if (text_is(s + at + 1, i - at - 1, words[w].name)) {
				out->kind = words[w].kind;
				out->text = words[w].text;
				out->text_len = out->text != NULL
				    ? strlen(out->text)
				    : 0;
				return true;
			}
	}
	return false;
}

static void
push(struct parser *ps, const struct word *w, const char *text, size_t n,
    int64_t seconds)
{
	for (size_t i = 0; i < ps->n_keys; i++) {
		struct command c = { .kind = w->kind,
			.seconds = seconds,
			.offset = w->at };

		if (ps->out->n >= COMMANDS_MAX)
			return;
		key_meant(&ps->keys[i], ps->g, &c.key);
		c.text = mem_strndup(text, n);
		ps->out->v = mem_grow(ps->out->v, &ps->out->cap, ps->out->n + 1,
		    sizeof(*ps->out->v));
		ps->out->v[ps->out->n++] = c;
	}
}

static int64_t
unit_seconds(char c)
{
	switch (text_lower(c)) {
	case 'w':
		return 40 * HOUR;
	case 'd':
		return 8 * HOUR;
	case 'h':
		return HOUR;
	case 'm':
		return 60;
	default:
		return 0;
	}
}

/* "1w 2d 4h 30m", "1h30m", "1.5h"; returns where it ends. */
static size_t
parse_span(const char *s, size_t at, size_t end, int64_t *seconds)
{
	size_t good = at;

	*seconds = 0;
	for (size_t i = text_skip_blanks(s, at, end); i < end;
	     i = text_skip_blanks(s, i, end)) {
		int64_t whole = 0, tenths = 0, unit;
		const size_t first = i;

		for (; i < end && text_digit(s[i]) && whole < 1000000; i++)
			whole = whole * 10 + (s[i] - '0');
		if (i == first)
			break;
		if (i + 1 < end && s[i] == '.' && text_digit(s[i + 1])) {
			tenths = s[i + 1] - '0';
			for (i += 2; i < end && text_digit(s[i]); i++)
				continue;
		}
		unit = i < end ? unit_seconds(s[i]) : 0;
		if (unit == 0 || (i + 1 < end && text_alpha(s[i + 1])))
			break;
		*seconds += whole * unit + tenths * unit / 10;
		if (*seconds > SPAN_MAX)
			*seconds = SPAN_MAX;
		good = ++i;
	}
	return good;
}

static void
trim(const char *s, size_t *at, size_t *end)
{
	*at = text_skip_blanks(s, *at, *end);
	while (*end > *at && text_blank(s[*end - 1]))
		(*end)--;
}

/* One word, or several that commas part (labels). */
static void
push_words(struct parser *ps, const struct word *w, size_t at, size_t end,
    bool list)
{
	const char *s = ps->s;

	do {
		size_t stop;

		at = text_skip_blanks(s, at, end);
		if (w->kind == COMMAND_ASSIGN && at < end && s[at] == '@')
			at++;
		for (stop = at; stop < end && !text_blank(s[stop]) &&
		     !(list && s[stop] == ',');
		     stop++)
			continue;
		if (stop > at)
			push(ps, w, s + at, stop - at, 0);
		at = text_skip_blanks(s, stop, end);
	} while (list && at < end && s[at++] == ',');
}

static void
read_command(struct parser *ps, const struct word *w, size_t at, size_t end)
{
	int64_t seconds = 0;

	trim(ps->s, &at, &end);
	switch (w->kind) {
	case COMMAND_COMMENT:
		if (at < end)
			push(ps, w, ps->s + at, end - at, 0);
		break;
	case COMMAND_TIME:
		at = parse_span(ps->s, at, end, &seconds);
		trim(ps->s, &at, &end);
		if (seconds > 0)
			push(ps, w, ps->s + at, end - at, seconds);
		break;
	case COMMAND_ASSIGN:
	case COMMAND_RELEASE:
		push_words(ps, w, at, end, false);
		break;
	case COMMAND_LABEL:
		push_words(ps, w, at, end, true);
		break;
	case COMMAND_STATUS:
		push(ps, w, w->text, w->text_len, 0);
		break;
	}
}

/*
 * The keys that the commands of a line are for: those that head the line, or
 * those right before the first command.  Text in between is allowed behind
 * keys that head the line, as in "A-1 fix the leak #time 2h".
 */
static bool
find_keys(struct parser *ps, const struct line *ln, struct key_hits *hits,
    size_t first)
{
	enum place *places = mem_calloc(hits->n, sizeof(*places));
	struct lead lead;
	size_t n = 0;

	lead_find(ps->s, ln, hits->v, hits->n, places, &lead);
	for (size_t i = 0; i < hits->n; i++)
		if (!lead.revert && hits->v[i].off < first &&
		    (places[i] == PLACE_LEADS ||
			places[i] == PLACE_LEADS_BARE ||
			places[i] == PLACE_SCOPE))
			hits->v[n++] = hits->v[i];
	if (n == 0 && !lead.revert) {
		size_t at = first;

		for (size_t i = hits->n; i-- > 0;) {
			while (at > ln->text &&
			    strchr(" \t,])&;", ps->s[at - 1]) != NULL &&
			    ps->s[at - 1] != '\0')
				at--;
			if (hits->v[i].off >= first)
				continue;
			if (hits->v[i].end != at || hits->v[i].weak ||
			    hits->v[i].url)
				break;
			at = hits->v[i].outer;
			while (at > ln->text &&
			    strchr("[(", ps->s[at - 1]) != NULL &&
			    ps->s[at - 1] != '\0')
				at--;
			hits->v[n++] = hits->v[i];
		}
	}
	free(places);
	ps->keys = hits->v;
	/* A near miss of a prefix gets no command. */
	ps->n_keys = 0;
	for (size_t i = 0; i < n; i++)
		if (!hits->v[i].typo && i < GRAMMAR_KEYS_MAX)
			hits->v[ps->n_keys++] = hits->v[i];
	return ps->n_keys > 0;
}

/* "write `A-1 #close`" tells of a command and gives none. */
static bool
is_quoted(const char *s, const struct line *ln, size_t at)
{
	size_t quotes = 0, ticks = 0;

	for (size_t i = ln->text; i < at; i++) {
		quotes += s[i] == '"';
		ticks += s[i] == '`';
	}
	return quotes % 2 == 1 || ticks % 2 == 1;
}

static void
read_line(struct parser *ps, const struct line *ln)
{
	struct key_hits hits = { 0 };
	struct word w, next;

	if (!next_word(ps, ln->text, ln->end, &w) || is_quoted(ps->s, ln, w.at))
		return;
	key_scan(ps->s, ln->text, w.at, ps->g, &hits);
	if (hits.n == 0 || !find_keys(ps, ln, &hits, w.at))
		goto out;
	for (;;) {
		const bool more = next_word(ps, w.end, ln->end, &next);

		read_command(ps, &w, w.end, more ? next.at : ln->end);
		if (!more)
			break;
		w = next;
	}
out:
	key_hits_release(&hits);
}

/* True if a '#' with a letter behind it stands anywhere. */
static bool
worth_reading(const char *s, size_t len)
{
	const char *p = s, *const end = s + len;

	while (p < end && (p = memchr(p, '#', (size_t)(end - p))) != NULL) {
		if (++p < end && (text_alpha(*p) || ((unsigned char)*p & 0x80)))
			return true;
	}
	return false;
}

void
command_parse(const char *message, size_t len, const struct grammar *g,
    struct command_list *out)
{
	struct parser ps = { .s = message, .g = g, .out = out };
	struct lines lines;

	*out = (struct command_list){ 0 };
	if (g->prefixes.n == 0 || !worth_reading(message, len))
		return;
	lines_split(message, len, &lines);
	for (size_t i = 0; i < lines.n && out->n < COMMANDS_MAX; i++)
		if (lines.v[i].kind == LINE_TEXT)
			read_line(&ps, &lines.v[i]);
	lines_release(&lines);
}

void
command_list_release(struct command_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i].text);
	free(l->v);
	*l = (struct command_list){ 0 };
}
