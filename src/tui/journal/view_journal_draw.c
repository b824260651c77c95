#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "journal_view.h"

int
journal_view_cols(int cols)
{
	return cols >= UI_WIDE ? cols * 3 / 5 : cols;
}

char *
journal_view_person(const char *actor)
{
	return mem_strndup(actor, strcspn(actor, "@"));
}

/* What the words do not say, the weightier things first, as far as there is
 * room. */
static char *
tail_of(const struct op_line *l, int room)
{
	struct buf text = BUF_INIT;

	if (l->undone)
		buf_puts(&text, "  undone");
	if (l->commit != NULL && room >= 18 + (int)text.len)
		buf_printf(&text, "  commit %.8s", l->commit);
	if (l->more > 0 && room >= 8 + (int)text.len)
		buf_printf(&text, "  +%lld", (long long)l->more);
	return buf_detach(&text);
}

static void
draw_row(const struct ui *ui, const struct journal_view *v, size_t i,
    const struct area *a, int y)
{
	const struct op_line *l = &v->ops.l.v[i];
	const bool wide = a->cols >= 60;
	const int who = wide ? 10 : 0, key = 10;
	char *name = journal_view_person(l->actor), *tail, ago[16];
	int x = 2, room;

	date_format_ago(l->time, ui->now, ago);
	if (i == v->ops.sel)
		area_text(a, y, 0, 1, ">", ROLE_KEY);
	area_text(a, y, x, 9, ago, ROLE_DIM);
	x += 10;
	if (who > 0) {
		area_text(a, y, x, who, name, ROLE_DIM);
		x += who + 1;
	}
	area_text(a, y, x, key, l->key, ROLE_TICKET);
	x += key + 1;
	tail = tail_of(l, (a->cols - x) * 2 / 3);
	room = (int)strlen(tail);
	area_text(a, y, x, a->cols - x - room, l->text,
	    l->undone ? ROLE_DIM : ROLE_TEXT);
	area_text(a, y, a->cols - room, room, tail, ROLE_TAG);
	if (i == v->ops.sel) {
		area_flag(a, y, 0, a->cols, CELL_SELECTED);
		area_cursor(a, y, 0);
	}
	free(tail);
	free(name);
}

static void
draw_list(const struct ui *ui, const struct journal_view *v,
    const struct area *a)
{
	area_fill(a, 1, 0, a->cols, ' ', ROLE_HEADER);
	area_text(a, 1, 2, a->cols - 2,
	    a->cols >= 60 ? "WHEN      WHO        KEY        WHAT"
			  : "WHEN      KEY        WHAT",
	    ROLE_HEADER);
	for (int y = JOURNAL_HEAD; y < a->rows; y++) {
		size_t i = v->ops.top + (size_t)(y - JOURNAL_HEAD);

		if (i >= v->ops.l.n)
			break;
		draw_row(ui, v, i, a, y);
	}
	if (v->ops.l.n == 0) {
		area_text(a, JOURNAL_HEAD + 1, 2, a->cols - 3,
		    "nothing was done yet", ROLE_DIM);
		area_cursor(a, JOURNAL_HEAD, 0);
	}
}

void
journal_view_draw(const struct ui *ui, const struct view *base,
    const struct area *a)
{
	const struct journal_view *v = (const struct journal_view *)base;
	struct area list = area_sub(a, 0, 0, a->rows,
	    journal_view_cols(a->cols));
	struct area pane = area_sub(a, JOURNAL_HEAD, list.cols + 2,
	    a->rows - JOURNAL_HEAD, a->cols - list.cols - 3);
	char key[TICKET_KEY_MAX] = "all operations", *left;

	if (v->ops.key.number != 0)
		ticket_key_format(&v->ops.key, key);
	left = mem_printf("Journal: %s", key);
	draw_list(ui, v, &list);
	if (list.cols < a->cols) {
		for (int y = 1; y < a->rows; y++)
			area_text(a, y, list.cols, 1, "|", ROLE_RULE);
		area_fill(a, 1, list.cols + 1, a->cols - list.cols - 1, '-',
		    ROLE_RULE);
		pager_draw(&v->pane, &pane);
	}
	ui_title(ui, a, left, "H Journal");
	free(left);
}
