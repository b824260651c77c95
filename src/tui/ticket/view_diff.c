/* One commit: what it says, and its diff. */
#include <stdlib.h>
#include <string.h>

#include "app/commit.h"
#include "base/mem.h"
#include "tui/view/pager.h"
#include "tui/ui.h"
#include "diff_lines.h"

#define HEAD     2
#define DIFF_MAX (512 * 1024) /* bytes; what is longer is cut, and says so */

struct diff_view {
	struct view base;
	struct oid commit;
	struct commit_about about;
	struct buf diff;
	char *wrong; /* why there is none, or NULL */
	struct pager pager;
	bool read;
	int cols; /* that the pager's lines are laid out for */
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
	struct diff_view *v = self(base);

	commit_about_release(&v->about);
	buf_release(&v->diff);
	free(v->wrong);
	pager_release(&v->pager);
}

static void
fill(struct diff_view *v, int cols, int64_t now)
{
	pager_clear(&v->pager);
	if (v->about.message != NULL)
		diff_fill_about(&v->pager, &v->about, cols, now);
	if (v->wrong != NULL)
		pager_text(&v->pager, ROLE_WARN, v->wrong);
	else
		diff_fill(&v->pager, buf_str(&v->diff));
}

/* A commit never changes: it is read once. */
static enum rc
diff_load(struct ui *ui, struct view *base, struct err *err)
{
	struct diff_view *v = self(base);
	enum rc rc = RC_OK;

	if (!v->read) {
		rc = app_commit_about(ui->app, &v->commit, &v->about, err);
		if (rc == RC_OK)
			rc = app_commit_diff(ui->app, &v->commit, DIFF_MAX,
			    &v->diff, err);
		if (rc != RC_OK)
			mem_replace(&v->wrong, err->msg);
	}
	if (!v->read || v->cols != base->cols)
		fill(v, base->cols - 2, ui->now);
	v->read = true;
	v->cols = base->cols;
	pager_set_rows(&v->pager,
	    base->rows > HEAD ? (size_t)(base->rows - HEAD) : 1);
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
