/* A popup: choose one of some lines; many are narrowed by typing. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "tui/ui.h"

/* From so many lines on letters narrow; below, they jump. */
#define MANY 12

struct menu_view {
	struct view base;
	char *title;
	struct strv items;
	size_t *shown; /* items that match what is typed, n of them */
	size_t n;
	struct buf typed;
	size_t sel, top; /* of shown */
	size_t current;  /* of items; items.n: none */
	bool toggles;
	void (*chosen)(struct ui *ui, struct view *v, const char *item);
	struct ui_targets for_these; /* when it was opened */
};

static struct menu_view *
self(struct view *v)
{
	return (struct menu_view *)v;
}

/* Shows what holds the typed text; the selected line stays if it does. */
static void
narrow(struct menu_view *v)
{
	struct buf want = BUF_INIT, have = BUF_INIT;
	size_t at = v->sel < v->n ? v->shown[v->sel] : v->current;

	utf8_fold(&want, buf_str(&v->typed), v->typed.len);
	v->n = v->sel = v->top = 0;
	for (size_t i = 0; i < v->items.n; i++) {
		buf_clear(&have);
		utf8_fold(&have, v->items.v[i], strlen(v->items.v[i]));
		if (strstr(buf_str(&have), buf_str(&want)) == NULL)
			continue;
		if (i == at)
			v->sel = v->n;
		v->shown[v->n++] = i;
	}
	buf_release(&want);
	buf_release(&have);
}

static enum rc
menu_open(struct ui *ui, struct view *base, const void *arg, struct err *err)
{
	struct menu_view *v = self(base);
	const struct ui_menu *m = arg;

	(void)err;
	if (ui->depth > 0)
		ui_hold(ui, ui_top(ui), &v->for_these);
	if (m->about != NULL)
		v->for_these.about = mem_strdup(m->about);
	v->title = mem_strdup(m->title);
	strv_copy(&v->items, m->items);
	v->current = v->items.n;
	v->chosen = m->chosen;
	v->toggles = m->toggles;
	for (size_t i = 0; i < v->items.n; i++)
		if (m->current != NULL &&
		    strcmp(v->items.v[i], m->current) == 0)
			v->current = i;
	v->shown = mem_calloc(v->items.n + 1, sizeof(*v->shown));
	narrow(v);
	return RC_OK;
}

void
ui_menu(struct ui *ui, const struct ui_menu *m)
{
	if (m->items->n == 0)
		ui_warn(ui, "%s: nothing to choose from", m->title);
	else
		ui_push(ui, &view_menu, m);
}

static void
menu_close(struct view *base)
{
	struct menu_view *v = self(base);

	free(v->title);
	ui_targets_release(&v->for_these);
	free(v->shown);
	buf_release(&v->typed);
	strv_release(&v->items);
}

static size_t
room(const struct view *v)
{
	return v->rows > 4 ? (size_t)v->rows - 3 : 1;
}

static void
settle(struct menu_view *v)
{
	size_t rows = room(&v->base);

	if (v->sel < v->top)
		v->top = v->sel;
	if (v->sel >= v->top + rows)
		v->top = v->sel - rows + 1;
}

static enum rc
menu_load(struct ui *ui, struct view *base, struct err *err)
{
	(void)ui;
	(void)err;
	settle(self(base));
	return RC_OK;
}

static struct area
box(const struct menu_view *v, const struct area *a)
{
	size_t width = utf8_width(v->title, strlen(v->title)) + 4;
	size_t rows = v->items.n < room(&v->base) ? v->items.n : room(&v->base);

	for (size_t i = 0; i < v->items.n; i++) {
		size_t w = utf8_width(v->items.v[i], strlen(v->items.v[i]));

		width = w + 6 > width ? w + 6 : width;
	}
	/* What is typed stands in the lower border. */
	if (v->items.n > MANY && width < 28)
		width = 28;
	if ((int)width > a->cols - 4)
		width = (size_t)(a->cols - 4);
	return area_sub(a, (a->rows - (int)rows - 2) / 2,
	    (a->cols - (int)width - 2) / 2, (int)rows + 2, (int)width + 2);
}

static void
frame(const struct area *b)
{
	int right = b->cols - 1, bottom = b->rows - 1;

	area_glyph(b, 0, 0, b->cols, GLYPH_ACROSS, ROLE_POPUP);
	area_glyph(b, bottom, 0, b->cols, GLYPH_ACROSS, ROLE_POPUP);
	for (int y = 1; y < bottom; y++) {
		area_glyph(b, y, 0, 1, GLYPH_DOWN, ROLE_POPUP);
		area_glyph(b, y, right, 1, GLYPH_DOWN, ROLE_POPUP);
	}
	area_glyph(b, 0, 0, 1, GLYPH_TOP_LEFT, ROLE_POPUP);
	area_glyph(b, 0, right, 1, GLYPH_TOP_RIGHT, ROLE_POPUP);
	area_glyph(b, bottom, 0, 1, GLYPH_BOTTOM_LEFT, ROLE_POPUP);
	area_glyph(b, bottom, right, 1, GLYPH_BOTTOM_RIGHT, ROLE_POPUP);
}

static void
menu_draw(const struct ui *ui, const struct view *base, const struct area *a)
{
	const struct menu_view *v = (const struct menu_view *)base;
	struct area b = box(v, a);

	(void)ui;
	for (int y = 0; y < b.rows; y++)
		area_fill(&b, y, 0, b.cols, ' ', ROLE_POPUP);
	frame(&b);
	area_printf(&b, 0, 2, b.cols - 4, ROLE_POPUP, " %s ", v->title);
	if (v->typed.len > 0)
		area_printf(&b, b.rows - 1, 2, b.cols - 4, ROLE_POPUP,
		    " %s (%zu of %zu) ", buf_str(&v->typed), v->n, v->items.n);
	for (int y = 1; y < b.rows - 1; y++) {
		size_t i = v->top + (size_t)y - 1, item;

		if (i >= v->n)
			break;
		item = v->shown[i];
		area_text(&b, y, 1, 1, i == v->sel ? ">" : " ", ROLE_POPUP);
		area_text(&b, y, 2, 1, item == v->current ? "*" : " ",
		    ROLE_POPUP);
		area_text(&b, y, 4, b.cols - 5, v->items.v[item], ROLE_POPUP);
		if (i != v->sel)
			continue;
		area_flag(&b, y, 1, b.cols - 2, CELL_SELECTED);
		area_cursor(&b, y, 1);
	}
}

static void
menu_move(struct ui *ui, struct view *base, enum motion m)
{
	struct menu_view *v = self(base);
	size_t n = v->n;

	(void)ui;
	if (n == 0)
		return;
	switch (m) {
	case MOVE_DOWN:
		v->sel = (v->sel + 1) % n;
		break;
	case MOVE_UP:
		v->sel = (v->sel + n - 1) % n;
		break;
	case MOVE_FIRST:
	case MOVE_PAGE_UP:
	case MOVE_HALF_UP:
		v->sel = 0;
		break;
	default:
		v->sel = n - 1;
		break;
	}
	settle(v);
}

static void
choose(struct ui *ui, struct menu_view *v)
{
	void (*chosen)(struct ui *, struct view *, const char *) = v->chosen;
	struct ui_targets held;
	char *item;

	if (v->n == 0) {
		ui_warn(ui, "nothing matches \"%s\" (Backspace, or Esc)",
		    buf_str(&v->typed));
		return;
	}
	item = mem_strdup(v->items.v[v->shown[v->sel]]);
	held = v->for_these;
	v->for_these = (struct ui_targets){ 0 };
	ui_pop(ui);
	ui_answer(ui, &held, chosen, item);
	ui_targets_release(&held);
	free(item);
}

static void
menu_click(struct ui *ui, struct view *base, int y, int x)
{
	struct menu_view *v = self(base);
	struct area a = area_sub(&(struct area){ &ui->canvas, 0, 0,
				     ui->canvas.rows, ui->canvas.cols },
	    0, 0, base->rows, base->cols);
	struct area b = box(v, &a);
	size_t i;

	if (y <= b.y || y >= b.y + b.rows - 1 || x <= b.x ||
	    x >= b.x + b.cols - 1) {
		ui_pop(ui);
		return;
	}
	i = v->top + (size_t)(y - b.y - 1);
	v->sel = i < v->n ? i : v->sel;
	choose(ui, v);
}

/* Narrows by a key; until something is typed, keys that move do so. */
static bool
type_key(struct menu_view *v, const struct key *k)
{
	char text[5];
	size_t len;

	if (k->code == TK_BACKSPACE && v->typed.len > 0) {
		len = v->typed.len;
		while (--len > 0 &&
		    ((unsigned char)v->typed.ptr[len] & 0xC0) == 0x80)
			;
		buf_truncate(&v->typed, len);
	} else if (k->code == TK_ESC && v->typed.len > 0) {
		buf_clear(&v->typed);
	} else if (k->mods == 0 && k->code >= ' ' && k->code < TK_BASE &&
	    (v->typed.len > 0 || k->code >= 128 ||
		strchr(" jkgqG?", (int)k->code) == NULL)) {
		len = key_encode(k->code, text);
		buf_add(&v->typed, text, len);
	} else {
		return false;
	}
	narrow(v);
	settle(v);
	return true;
}

/* A letter goes to the next line that begins with it. */
static bool
menu_key(struct ui *ui, struct view *base, const struct key *k)
{
	struct menu_view *v = self(base);
	size_t n = v->n;

	(void)ui;
	if (v->items.n > MANY)
		return type_key(v, k);
	if (k->mods != 0 || k->code >= 128 || strchr("jkq?G", (int)k->code) ||
	    k->code <= ' ')
		return false;
	for (size_t i = 1; i <= n; i++) {
		size_t at = (v->sel + i) % n;

		if (v->items.v[at][0] != (char)k->code)
			continue;
		v->sel = at;
		settle(v);
		return true;
	}
	return false;
}

static void
choose_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	choose(ui, self(base));
}

static void
close_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)base;
	(void)arg;
	ui_pop(ui);
}

static void
menu_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct menu_view *v = (const struct menu_view *)base;

	(void)ui;
	if (v->items.n > MANY && v->typed.len == 0)
		buf_printf(out, "%zu lines: type to narrow them", v->n);
}

static bool
toggles(const struct view *base)
{
	return ((const struct menu_view *)base)->toggles;
}

static const char *
why_choose(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return toggles(base) ? "its lines go on and off" : NULL;
}

static const char *
why_toggle(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return toggles(base) ? NULL : "one line is chosen";
}

static const struct action actions[] = { { "choose", "Enter", "choose",
					     "take the selected line",
					     choose_run, why_choose },
	{ "toggle", "Enter", "toggle", "put it in, or take it out", choose_run,
	    why_toggle },
	{ "close", "Esc q Ctrl-C", "close", "close, changing nothing",
	    close_run, NULL },
	{ 0 } };

const struct view_class view_menu = {
	.name = "menu",
	.size = sizeof(struct menu_view),
	.overlay = true,
	.typing = true,
	.modal = true,
	.actions = { actions },
	.open = menu_open,
	.load = menu_load,
	.draw = menu_draw,
	.key = menu_key,
	.move = menu_move,
	.click = menu_click,
	.status = menu_status,
	.release = menu_close,
};
