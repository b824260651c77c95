/* What surrounds every view: title, rule, message line, key bar. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "tui/keys/keys.h"
#include "ui.h"

static const char *const tabs[] = { "1 List", "2 Board", "3 Releases",
	"4 Notes", "5 Metrics" };

#define TABS_N (sizeof(tabs) / sizeof(tabs[0]))

/* Of those that are not on, only the key is told where room is short. */
enum tabs_form { TABS_FULL, TABS_KEYS, TABS_ON, TABS_FORMS };

/* The text of a tab in a form, with a blank at both ends; "" for none. */
static void
tab_text(size_t i, size_t on, enum tabs_form form, char out[16])
{
	out[0] = '\0';
	if (form == TABS_FULL || i == on)
		snprintf(out, 16, " %s ", tabs[i]);
	else if (form == TABS_KEYS)
		snprintf(out, 16, " %c ", tabs[i][0]);
}

static int
tabs_width(size_t on, enum tabs_form form)
{
	char text[16];
	int width = 0;

	for (size_t i = 0; i < TABS_N; i++) {
		tab_text(i, on, form, text);
		width += (int)strlen(text);
	}
	return width;
}

/* The fullest form that fits into cols, TABS_FORMS when none does. */
static enum tabs_form
tabs_fit(size_t on, int cols)
{
	enum tabs_form form = TABS_FULL;

	while (form < TABS_FORMS && tabs_width(on, form) > cols)
		form = (enum tabs_form)(form + 1);
	return form;
}

static int
draw_tabs(const struct area *a, int x, size_t on, enum tabs_form form)
{
	char text[16];
	int used;

	for (size_t i = 0; form < TABS_FORMS && i < TABS_N; i++) {
		tab_text(i, on, form, text);
		used = area_text(a, 0, x, a->cols - x, text,
		    i == on ? ROLE_BAR_ON : ROLE_BAR);
		area_hit(a, 0, x, used, HIT_TAB + (unsigned)i);
		x += used;
	}
	return x;
}

static size_t
tab_of(const char *name)
{
	size_t i = 0;

	while (i < TABS_N && strcmp(tabs[i], name) != 0)
		i++;
	return i;
}

void
ui_tabs(const struct ui *ui, const struct area *a, const char *tab)
{
	size_t on = tab_of(tab);
	char *me = mem_printf("me:%s%s", app_me(ui->app),
	    app_is_readonly(ui->app) ? " (read-only)" : "");
	int x = 1;

	area_fill(a, 0, 0, a->cols, ' ', ROLE_BAR);
	x += area_text(a, 0, x, 16, app_prefix(ui->app), ROLE_BAR) + 1;
	x = draw_tabs(a, x, on, tabs_fit(on, a->cols - x));
	if (x + 2 < a->cols - 1 - (int)utf8_width(me, strlen(me)))
		area_right(a, 0, x, a->cols - x - 1, me, ROLE_BAR);
	free(me);
}

void
ui_title(const struct ui *ui, const struct area *a, const char *left,
    const char *right)
{
	int x = (int)utf8_width(left, strlen(left)) + 3;
	size_t on = right == NULL ? TABS_N : tab_of(right);
	enum tabs_form form = on == TABS_N ? TABS_FORMS
					   : tabs_fit(on, a->cols - x);

	(void)ui;
	area_fill(a, 0, 0, a->cols, ' ', ROLE_BAR);
	area_text(a, 0, 1, a->cols - 2, left, ROLE_BAR);
	if (form < TABS_FORMS)
		draw_tabs(a, a->cols - tabs_width(on, form), on, form);
	else if (right != NULL && on == TABS_N &&
	    x + (int)strlen(right) + 2 <= a->cols)
		area_printf(a, 0, a->cols - (int)strlen(right) - 2,
		    (int)strlen(right) + 2, ROLE_BAR_ON, " %s ", right);
}

/* What was typed and is no action yet, and how it may go on. */
static void
pending_text(const struct ui *ui, const struct view *v, struct buf *out)
{
	char down[KEYS_TELL_MAX], undo[KEYS_TELL_MAX], line[KEYS_TELL_MAX];

	buf_printf(out, "%s%s ...", ui->digits, ui->pending);
	keys_tell(ui, v, "down", down);
	keys_tell(ui, v, "undo", undo);
	keys_tell(ui, v, "bottom", line);
	if (ui->pending[0] != '\0')
		keys_going_on(ui, v, ui->pending, out);
	else
		buf_printf(out, "  times: %s %s  line: %s", down, undo, line);
	buf_puts(out, "  Esc ends");
}

static const enum role roles[] = { [UI_INFO] = ROLE_INFO,
	[UI_WARNING] = ROLE_WARN,
	[UI_ERROR] = ROLE_ERROR };

size_t
ui_row_len(const char *text, int cols)
{
	size_t len = utf8_fit(text, strlen(text), cols > 0 ? (size_t)cols : 1,
	    NULL);

	/* A wide letter is wider than a single column. */
	if (len == 0)
		return strlen(text);
	if (text[len] == '\0')
		return len;
	for (size_t i = len; i > len / 2; i--)
		if (text[i] == ' ')
			return i;
	return len;
}

int
ui_wrap(const struct area *a, int y, int x, const char *text, enum role role)
{
	int cols = a->cols > x + 10 ? a->cols - x - 1 : 10;

	while (*text != '\0') {
		size_t len = ui_row_len(text, cols);
		char *line = mem_strndup(text, len);

		area_text(a, y++, x, cols, line, role);
		free(line);
		text += len;
		text += strspn(text, " ");
	}
	return y;
}

/* Rows that a message may have: it goes with the next key.  What stands there
 * all the time takes no more than the rule above. */
#define MESSAGE_ROWS 3
#define STATUS_ROWS  2

/* In one row, or in more that end at row y where it is too long for one; the
 * last is cut. */
static void
draw_rows(const struct area *a, int y, const char *text, int most,
    enum role role)
{
	const char *row[MESSAGE_ROWS] = { text };
	int cols = a->cols - 2, n = 1;

	while (n < most && cols > 0) {
		const char *next = row[n - 1] + ui_row_len(row[n - 1], cols);

		next += strspn(next, " ");
		if (*next == '\0')
			break;
		row[n++] = next;
	}
	for (int i = 0; i < n; i++) {
		int at = y - n + 1 + i;
		char *line = i + 1 < n
		    ? mem_strndup(row[i], ui_row_len(row[i], cols))
		    : mem_strdup(row[i]);

		area_fill(a, at, 0, a->cols, ' ',
		    role == ROLE_ERROR ? ROLE_ERROR : ROLE_TEXT);
		area_text(a, at, 1, a->cols - 1, line, role);
		free(line);
	}
}

static void
draw_message(const struct ui *ui, const struct view *v, const struct area *a,
    int y)
{
	struct buf status = BUF_INIT;
	bool roomy = a->rows >= 10;

	if (ui->asking) {
		prompt_draw(&ui->prompt, a, y);
	} else if (ui->message != NULL) {
		draw_rows(a, y, ui->message, roomy ? MESSAGE_ROWS : 1,
		    roles[ui->tone]);
	} else if (ui->pending[0] != '\0' || ui->digits[0] != '\0') {
		pending_text(ui, v, &status);
		draw_rows(a, y, buf_str(&status), roomy ? STATUS_ROWS : 1,
		    ROLE_PROMPT);
	} else if (v->class->status != NULL) {
		v->class->status(ui, v, &status);
		draw_rows(a, y, buf_str(&status),
		    roomy && ui->demo == NULL ? STATUS_ROWS : 1, ROLE_DIM);
	}
	buf_release(&status);
}

static void
draw_prompt_keys(const struct ui *ui, const struct area *a, int y)
{
	static const char *const keys[][2] = {
		{ "Enter", "done" },
		{ "Esc", "cancel" },
		{ "Tab", "complete" },
		{ "Up", "earlier" },
		{ "Ctrl-U", "empty" },
		{ "Ctrl-W", "word" },
	};
	int x = 1;

	/* While candidates are gone through, what is typed is unfinished. */
	if (ui->message != NULL &&
	    (ui->tone == UI_ERROR || ui->prompt.candidates.n == 0)) {
		if (ui->tone == UI_ERROR)
			area_fill(a, y, 0, a->cols, ' ', ROLE_ERROR);
		area_text(a, y, 1, a->cols - 2, ui->message, roles[ui->tone]);
		return;
	}
	if (prompt_draw_candidates(&ui->prompt, a, y))
		return;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		int need = (int)(strlen(keys[i][0]) + strlen(keys[i][1])) + 1;

		if (x + need >= a->cols)
			break;
		area_text(a, y, x, need, keys[i][0], ROLE_KEY);
		area_text(a, y, x + (int)strlen(keys[i][0]) + 1, need,
		    keys[i][1], ROLE_LABEL);
		x += need + 2;
	}
}

/* One line; what is needed comes first, the rest where there is room for it. */
static void
too_small(const struct ui *ui, const struct area *a)
{
	char text[4][64];
	size_t i = 0;

	snprintf(text[0], sizeof(text[0]),
	    "needs %dx%d, this is %dx%d, q goes back", UI_COLS_MIN, UI_ROWS_MIN,
	    ui->canvas.cols, ui->canvas.rows);
	snprintf(text[1], sizeof(text[1]), "needs %dx%d, q goes back",
	    UI_COLS_MIN, UI_ROWS_MIN);
	snprintf(text[2], sizeof(text[2]), "needs %dx%d", UI_COLS_MIN,
	    UI_ROWS_MIN);
	snprintf(text[3], sizeof(text[3]), "%dx%d", UI_COLS_MIN, UI_ROWS_MIN);
	while (i < 3 && (int)strlen(text[i]) > a->cols)
		i++;
	area_text(a, 0, 0, a->cols, text[i], ROLE_WARN);
}

/* Rows that a view gets of so many. */
static int
view_rows(int rows)
{
	return rows < 10 ? rows - 2 : rows - 3;
}

static void
load(struct ui *ui, struct view *v, int rows, int cols)
{
	struct err err = ERR_INIT;

	if (v->rows == rows && v->cols == cols && !v->stale)
		return;
	v->rows = rows;
	v->cols = cols;
	v->stale = false;
	if (v->class->load == NULL)
		return;
	if (v->class->load(ui, v, &err) != RC_OK && !ui_behind(ui, &err))
		ui_fail(ui, &err);
}

/* The lowest view that shows: overlays let those below through. */
static size_t
lowest(const struct ui *ui)
{
	size_t i = ui->depth - 1;

	while (i > 0 && ui->views[i]->class->overlay)
		i--;
	return i;
}

static void
draw_all(struct ui *ui)
{
	struct area all = canvas_area(&ui->canvas), part;
	const struct view *top = ui_top(ui);
	int rows = view_rows(all.rows);

	canvas_clear(&ui->canvas);
	part = area_sub(&all, 0, 0, rows, all.cols);
	for (size_t i = lowest(ui); i < ui->depth; i++)
		ui->views[i]->class->draw(ui, ui->views[i], &part);
	if (rows < all.rows - 2)
		area_fill(&all, rows, 0, all.cols, '-', ROLE_RULE);
	if (ui->demo != NULL)
		area_text(&all, rows < all.rows - 2 ? rows : 0, 2, all.cols - 4,
		    " made-up data, gone when you leave ", ROLE_MATCH);
	draw_message(ui, top, &all, all.rows - 2);
	if (ui->asking)
		draw_prompt_keys(ui, &all, all.rows - 1);
	else
		keys_bar(ui, top, &all, all.rows - 1);
}

/* For reading, a lock of somebody else's is not waited for as for writing:
 * what was read before is better than nothing, and it is tried again. */
#define LOAD_PATIENCE_MS 1000

void
ui_load(struct ui *ui)
{
	const int patience = ui->patience_ms;
	const bool behind = ui->behind;
	size_t depth;
	int rows = view_rows(ui->canvas.rows);

	if (ui->depth == 0 || ui_too_small(ui))
		return;
	ui->patience_ms = behind ? 0 : LOAD_PATIENCE_MS;
	ui->told = ui->gave_up = false;
	/* Loading may push or pop a view. */
	do {
		depth = ui->depth;
		for (size_t i = lowest(ui); i < ui->depth; i++)
			load(ui, ui->views[i], rows, ui->canvas.cols);
	} while (ui->depth != depth);
	ui->patience_ms = patience;
	ui->go_to = (struct ticket_key){ .number = 0 };
}

void
ui_draw(struct ui *ui)
{
	struct area all = canvas_area(&ui->canvas);

	if (ui->depth == 0)
		return;
	ui->begun_ms = date_clock_ms();
	if (ui_too_small(ui)) {
		canvas_clear(&ui->canvas);
		too_small(ui, &all);
		return;
	}
	if (ui->asking && ui->unread)
		ui->ask.changed(ui, ui_top(ui), prompt_text(&ui->prompt));
	ui_load(ui);
	if (ui->message == NULL && ui->later.n > 0 && !ui->asking) {
		ui_warn(ui, "%s", ui->later.v[0]);
		strv_remove(&ui->later, 0);
	}
	draw_all(ui);
	ui->unseen = ui->guarded = false;
}

void
ui_busy(struct ui *ui, const char *what)
{
	struct area all = canvas_area(&ui->canvas);

	if (ui->host.show == NULL || all.rows < UI_ROWS_MIN)
		return;
	area_fill(&all, all.rows - 2, 0, all.cols, ' ', ROLE_TEXT);
	area_text(&all, all.rows - 2, 1, all.cols - 1, what, ROLE_INFO);
	ui->host.show(ui->host.arg, &ui->canvas);
}
