#include <string.h>

#include "app/app.h"
#include "base/utf8.h"
#include "notes_view.h"

static void
draw_row(const struct notes_view *v, size_t i, const struct area *a, int y)
{
	const struct notes_row *r = &v->entries[i];
	const struct notes_entry *e = r->entry;
	const bool on = i == v->rows.sel;
	const char *state = r->skipped            ? "skip"
	    : e->note != NULL && *e->note != '\0' ? "note"
						  : "";
	int x = 2;

	if (on)
		area_text(a, y, 0, 1, ">", ROLE_KEY);
	area_text(a, y, x, 10, e->key, r->skipped ? ROLE_DIM : ROLE_TICKET);
	x += 11;
	area_text(a, y, x, 4, state, r->skipped ? ROLE_WARN : ROLE_DONE);
	x += 5;
	if (a->cols >= 60) {
		area_text(a, y, x, 12, r->section, ROLE_DIM);
		x += 13;
	}
	area_text(a, y, x, a->cols - x, e->summary,
	    r->skipped ? ROLE_DIM : ROLE_TEXT);
	if (on)
		area_flag(a, y, 0, a->cols, CELL_SELECTED);
	if (on && notes_view_in_entries(v))
		area_cursor(a, y, 0);
}

static void
draw_entries(const struct notes_view *v, const struct area *a)
{
	area_fill(a, 1, 0, a->cols, ' ', ROLE_HEADER);
	area_text(a, 1, 2, a->cols - 2,
	    a->cols >= 60 ? "KEY        NOTE SECTION      SUMMARY"
			  : "KEY        NOTE SUMMARY",
	    ROLE_HEADER);
	for (int y = NOTES_HEAD; y < a->rows; y++) {
		size_t i = v->rows.top + (size_t)(y - NOTES_HEAD);

		if (i >= v->rows.n)
			break;
		draw_row(v, i, a, y);
	}
	if (v->rows.n == 0)
		area_text(a, NOTES_HEAD + 1, 2, a->cols - 3, "no entries",
		    ROLE_DIM);
}

/* "Notes 1.2   md en default   from 1.1..HEAD (41 commits)" */
static void
title(const struct ui *ui, const struct notes_view *v, struct buf *out)
{
	const struct notes *n = &v->notes;
	const char *lang = v->lang, *style = v->style;

	if (lang == NULL)
		lang = app_config(ui->app, "lang");
	if (style == NULL)
		style = app_config(ui->app, "style");
	buf_printf(out, "Notes %s   %s %s %s",
	    v->made                  ? n->version
		: v->version != NULL ? v->version
				     : "Unreleased",
	    v->format == NULL ? "md" : v->format, lang == NULL ? "en" : lang,
	    style == NULL ? "default" : style);
	if (v->made)
		buf_printf(out, "   from %s..%s (%zu commit%s)",
		    n->previous == NULL ? "the beginning" : n->previous,
		    n->state == RELEASE_PLANNED ? "HEAD" : n->version,
		    n->n_commits, n->n_commits == 1 ? "" : "s");
}

void
notes_view_draw(const struct ui *ui, const struct view *base,
    const struct area *a)
{
	const struct notes_view *v = (const struct notes_view *)base;
	const int split = notes_view_split(v, a->cols);
	const int from = split > 0 ? split + 1 : 0;
	struct area list = area_sub(a, 0, 0, a->rows, split);
	struct area body = area_sub(a, NOTES_HEAD, from + 1,
	    a->rows - NOTES_HEAD, a->cols - from - 2);
	struct buf left = BUF_INIT;

	area_fill(a, 1, 0, a->cols, '-', ROLE_RULE);
	if (!notes_view_in_entries(v))
		area_cursor(a, NOTES_HEAD, from);
	if (split > 0)
		draw_entries(v, &list);
	if (split > 0 && split < a->cols)
		for (int y = 1; y < a->rows; y++)
			area_text(a, y, split, 1, "|", ROLE_RULE);
	if (split < a->cols)
		pager_draw(&v->pager, &body);
	if (v->wrong != NULL)
		area_text(split < a->cols ? &body : a,
		    split < a->cols ? 1 : NOTES_HEAD + 2, 1, a->cols - 2,
		    v->wrong, ROLE_WARN);
	title(ui, v, &left);
	ui_title(ui, a, buf_str(&left), "4 Notes");
	buf_release(&left);
}
