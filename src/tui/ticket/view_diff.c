/* The diff of one commit. */
#include <stdlib.h>
#include <string.h>

#include "app/scan.h"
#include "base/mem.h"
#include "tui/view/pager.h"
#include "tui/ui.h"

#define HEAD     2
#define DIFF_MAX (512 * 1024) /* bytes; what is longer is cut, and says so */

struct diff_view {
	struct view base;
	struct oid commit;
	struct pager pager;
	bool read;
};

static struct diff_view *
self(struct view *v)
{
	return (struct diff_view *)v;
}

static enum rc
diff_open(struct ui *ui, struct view *base, const void *arg, struct err *err)
{
	(void)ui;
	(void)err;
	self(base)->commit = *(const struct oid *)arg;
	return RC_OK;
}

static void
diff_close(struct view *base)
{
	pager_release(&self(base)->pager);
}

static enum role
line_role(const char *line, bool in_hunk)
{
	static const struct {
		const char *start;
		enum role role;
	} heads[] = { { "diff --git ", ROLE_HEADING }, { "@@", ROLE_TAG },
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

static void
fill(struct pager *p, const char *text)
{
	bool in_hunk = false;

	while (*text != '\0') {
		const char *end = strchrnul(text, '\n');
		char *line = expand(text, (size_t)(end - text));

		if (strncmp(line, "diff --git ", 11) == 0)
			in_hunk = false;
		else if (strncmp(line, "@@", 2) == 0)
			in_hunk = true;
		pager_text(p, line_role(line, in_hunk), line);
		free(line);
		text = *end == '\0' ? end : end + 1;
	}
	if (p->n == 0)
		pager_text(p, ROLE_DIM, "this commit changes nothing");
}

/* A commit never changes: it is read once. */
static enum rc
diff_load(struct ui *ui, struct view *base, struct err *err)
{
	struct diff_view *v = self(base);
	struct buf text = BUF_INIT;
	enum rc rc = RC_OK;

	if (!v->read) {
		rc = app_commit_diff(ui->app, &v->commit, DIFF_MAX, &text, err);
		if (rc == RC_OK)
			fill(&v->pager, buf_str(&text));
		else
			pager_text(&v->pager, ROLE_WARN, err->msg);
		v->read = true;
	}
	pager_set_rows(&v->pager,
	    base->rows > HEAD ? (size_t)(base->rows - HEAD) : 1);
	buf_release(&text);
	return rc;
}

static void
diff_draw(const struct ui *ui, const struct view *base, const struct area *a)
{
	const struct diff_view *v = (const struct diff_view *)base;
	struct area body = area_sub(a, HEAD, 1, a->rows - HEAD, a->cols - 2);
	char hex[OID_HEX_MAX + 1];
	char *left;

	oid_to_short(&v->commit, 12, hex);
	left = mem_printf("Commit %s", hex);
	ui_title(ui, a, left, "diff");
	free(left);
	area_fill(a, 1, 0, a->cols, '-', ROLE_RULE);
	pager_draw(&v->pager, &body);
	area_cursor(a, HEAD, 0);
}

static void
diff_move(struct ui *ui, struct view *base, enum motion m)
{
	(void)ui;
	pager_move(&self(base)->pager, m);
}

static void
diff_find(struct ui *ui, struct view *base, const char *text, int step)
{
	if (!pager_find(&self(base)->pager, text, step))
		ui_warn(ui, "no match for \"%s\"", text);
}

static void
diff_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	(void)ui;
	pager_status(&((const struct diff_view *)base)->pager, out);
}

/* The next or previous file. */
static void
file(struct ui *ui, struct pager *p, int step)
{
	size_t i = p->top;

	while (step > 0 ? ++i < p->n : i-- > 0) {
		if (p->v[i].n == 0 || p->v[i].v[0].role != ROLE_HEADING)
			continue;
		pager_to(p, i);
		return;
	}
	ui_warn(ui, step > 0 ? "the last file" : "the first file");
}

static void
next_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	file(ui, &self(base)->pager, 1);
}

static void
previous_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	file(ui, &self(base)->pager, -1);
}

/* Esc never leaves; it ends a search. */
static void
clear_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	mem_replace(&ui->search, NULL);
	mem_replace(&self(base)->pager.search, NULL);
}

static const struct action actions[] = { { "next-file", "]", "next file",
					     "the next file", next_run, NULL },
	{ "previous-file", "[", NULL, "the file before", previous_run, NULL },
	{ "clear", "Esc", NULL, "end the search", clear_run, NULL }, { 0 } };

const struct view_class view_diff = {
	.name = "diff",
	.size = sizeof(struct diff_view),
	.actions = { actions },
	.open = diff_open,
	.load = diff_load,
	.draw = diff_draw,
	.move = diff_move,
	.find = diff_find,
	.status = diff_status,
	.release = diff_close,
};
