#include "diff_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "tui/ui.h"

static enum role
line_role(const char *line, bool in_hunk)
{
	static const struct {
		const char *start;
		enum role role;
	} heads[] = { { "diff --", ROLE_HEADING }, { "@@", ROLE_TAG },
		{ "index ", ROLE_DIM }, { "--- ", ROLE_STRONG },
		{ "+++ ", ROLE_STRONG } };

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if ((i < 2 || !in_hunk) &&
		    strncmp(line, heads[i].start, strlen(heads[i].start)) == 0)
			return heads[i].role;
	if (in_hunk && *line == '+')
		return ROLE_ADDED;
	return in_hunk && *line == '-' ? ROLE_REMOVED : ROLE_TEXT;
}

/* Tabs as blanks up to the next eighth column of the text. */
static char *
expand(const char *line, size_t len)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < len; i++) {
		if (line[i] == '\t')
			buf_fill(&out, ' ', 8 - (out.len + 7) % 8);
		else
			buf_putc(&out, line[i]);
	}
	return buf_detach(&out);
}

/* ---- above the diff */

#define LABEL 10 /* columns */

/* In as many lines as it needs, the first behind a label. */
static void
fact(struct pager *p, int cols, const char *label, const char *text,
    enum role role)
{
	int room = cols > LABEL + 10 ? cols - LABEL : 10;

	while (*text != '\0') {
		size_t len = ui_row_len(text, room);
		char *row = mem_strndup(text, len);

		pager_line(p, -1);
		pager_printf(p, ROLE_DIM, "%-*s", LABEL, label);
		pager_span(p, role, row);
		free(row);
		text += len;
		text += strspn(text, " ");
		label = "";
	}
}

static void
fact_time(struct pager *p, int cols, const char *label, int64_t time,
    int64_t now)
{
	char iso[21], ago[16], text[64];

	date_format_iso(time, iso);
	date_format_ago(time, now, ago);
	snprintf(text, sizeof(text), "%.10s %.8s UTC (%s)", iso, iso + 11, ago);
	fact(p, cols, label, text, ROLE_TEXT);
}

static void
fact_list(struct pager *p, int cols, const char *label,
    const struct strv *words, enum role role)
{
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < words->n; i++)
		buf_printf(&text, "%s%s", i == 0 ? "" : ", ", words->v[i]);
	fact(p, cols, label, buf_str(&text), role);
	buf_release(&text);
}

/* A line of the message, wrapped; what goes on stands under its beginning. */
static void
message_line(struct pager *p, int cols, const char *line, enum role role)
{
	const size_t shift = strspn(line, " ");
	int room = cols - 4 - (int)shift;

	if (line[shift] == '\0')
		pager_text(p, role, "");
	for (line += shift; *line != '\0'; line += strspn(line, " ")) {
		size_t len = ui_row_len(line, room > 10 ? room : 10);
		char *row = mem_strndup(line, len);

		pager_line(p, -1);
		pager_printf(p, role, "%*s%s", room > 10 ? 4 + (int)shift : 4,
		    "", row);
		free(row);
		line += len;
	}
}

static void
message(struct pager *p, int cols, const char *text)
{
	enum role role = ROLE_STRONG;

	pager_text(p, ROLE_TEXT, "");
	if (*text == '\0')
		pager_text(p, ROLE_DIM, "    (no message)");
	while (*text != '\0') {
		const char *end = strchrnul(text, '\n');
		char *line = expand(text, (size_t)(end - text));

		/* The first paragraph is the subject. */
		if (line[strspn(line, " ")] == '\0')
			role = ROLE_TEXT;
		message_line(p, cols, line, role);
		free(line);
		text = *end == '\0' ? end : end + 1;
	}
	pager_text(p, ROLE_TEXT, "");
}

void
diff_fill_about(struct pager *p, const struct commit_about *c, int cols,
    int64_t now)
{
	char hex[OID_HEX_MAX + 1];

	oid_to_hex(&c->id, hex);
	fact(p, cols, "commit", hex, ROLE_KEY);
	fact(p, cols, "author", c->author, ROLE_TEXT);
	fact_time(p, cols, "date", c->authored, now);
	if (c->committed != c->authored)
		fact_time(p, cols, "committed", c->committed, now);
	fact_list(p, cols, "refs", &c->refs, ROLE_TAG);
	if (c->release != NULL)
		fact(p, cols, "first in", c->release, ROLE_TEXT);
	fact_list(p, cols, "tickets", &c->tickets, ROLE_KEY);
	message(p, cols, c->message);
}

/* ---- the diff */

/* The number before a word in git's " 2 files changed, 10 insertions(+)". */
static long
number_before(const char *line, size_t len, const char *word)
{
	const char *at = memmem(line, len, word, strlen(word));

	while (at != NULL && at > line && at[-1] >= '0' && at[-1] <= '9')
		at--;
	return at == NULL ? 0 : strtol(at, NULL, 10);
}

/* git's summary of the files, which stands behind them, or NULL. */
static const char *
find_totals(const char *text)
{
	static const char *const words[] = { " file changed",
		" files changed" };
	const char *end;

	for (; *text != '\0'; text = *end == '\0' ? end : end + 1) {
		const char *rest = text + strspn(text, " ");

		end = strchrnul(text, '\n');
		if (strncmp(text, "diff --", 7) == 0)
			return NULL;
		/* A file's line has a bar behind its name. */
		rest += strspn(rest, "0123456789");
		for (size_t i = 0; i < 2 && rest > text + 1; i++)
			if (strncmp(rest, words[i], strlen(words[i])) == 0)
				return text;
	}
	return NULL;
}

static void
fill_totals(struct pager *p, const char *line)
{
	size_t len = strcspn(line, "\n");
	long files = strtol(line, NULL, 10);

	pager_line(p, -1);
	pager_printf(p, ROLE_STRONG, "%ld file%s changed, ", files,
	    files == 1 ? "" : "s");
	pager_printf(p, ROLE_ADDED, "+%ld",
	    number_before(line, len, " insertion"));
	pager_span(p, ROLE_TEXT, " ");
	pager_printf(p, ROLE_REMOVED, "-%ld",
	    number_before(line, len, " deletion"));
}

void
diff_fill(struct pager *p, const char *text)
{
	const char *totals = find_totals(text);
	bool in_hunk = false;

	if (*text == '\0')
		pager_text(p, ROLE_DIM, "this commit changes nothing");
	if (totals != NULL)
		fill_totals(p, totals);
	while (*text != '\0') {
		const char *end = strchrnul(text, '\n');
		char *line = expand(text, (size_t)(end - text));

		if (strncmp(line, "diff --", 7) == 0)
			in_hunk = false;
		else if (strncmp(line, "@@", 2) == 0)
			in_hunk = true;
		if (text != totals)
			pager_text(p, line_role(line, in_hunk), line);
		free(line);
		text = *end == '\0' ? end : end + 1;
	}
}
