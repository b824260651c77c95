/* The hub's burn-up and forecast. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "hub_view.h"

#define CHART_ROWS 14 /* at most */
#define CHART_ROOM 12 /* with fewer rows, the chart comes first */

int
hub_view_pane(int cols)
{
	int pane = cols - 80;

	if (cols < UI_WIDE)
		return 0;
	return pane < HUB_POINTS + 10 ? pane : HUB_POINTS + 10;
}

/* A line of the chart, its cells in the roles of what they count. */
static void
draw_chart_line(const struct area *a, int y, const char *line)
{
	for (int x = 1; *line != '\0' && x < a->cols; line++, x++) {
		const char cell[] = { *line, '\0' };

		area_text(a, y, x, 1, cell,
		    *line == HUB_CHART_DONE       ? ROLE_DONE
			: *line == HUB_CHART_OPEN ? ROLE_DOING
						  : ROLE_DIM);
	}
}

/* In two rows where it is too long for one. */
static int
draw_days(const struct area *a, int y, const char *text)
{
	const char *gap = strstr(text, ", ");
	char *first;

	if (gap == NULL || (int)strlen(text) < a->cols) {
		area_text(a, y, 1, a->cols - 1, text, ROLE_TEXT);
		return y + 1;
	}
	first = mem_strndup(text, (size_t)(gap - text) + 1);
	area_text(a, y, 1, a->cols - 1, first, ROLE_TEXT);
	area_text(a, y + 1, 1, a->cols - 1, gap + 2, ROLE_TEXT);
	free(first);
	return y + 2;
}

static int
draw_words(const struct ui *ui, const struct hub *h, const struct area *a,
    int y, bool brief)
{
	struct buf text = BUF_INIT;

	hub_say_forecast(h, ui->now, &text);
	if (text.len > 0) {
		if (!brief)
			area_text(a, y++, 1, a->cols - 1, "Forecast",
			    ROLE_HEADING);
		y = draw_days(a, y, buf_str(&text));
		buf_clear(&text);
		hub_say_sample(h, &text);
		if (!brief)
			area_text(a, y++, 1, a->cols - 1, buf_str(&text),
			    ROLE_DIM);
		y += !brief;
	}
	buf_release(&text);
	return y;
}

void
hub_draw_pace(const struct ui *ui, const struct hub *h, const struct area *a,
    int y)
{
	struct buf text = BUF_INIT;
	int rows;

	y = draw_words(ui, h, a, y, a->rows - y < CHART_ROOM);
	rows = a->rows - y - 3;
	rows = rows > CHART_ROWS ? CHART_ROWS : rows;
	for (int i = 0; rows > 0 && i < HUB_CHART_LINES(rows); i++) {
		buf_clear(&text);
		hub_chart_line(h, rows, a->cols - 2, i, &text);
		if (i == 0)
			area_text(a, y, 1, a->cols - 1, buf_str(&text),
			    ROLE_HEADING);
		else
			draw_chart_line(a, y + i, buf_str(&text));
	}
	if (!h->told)
		area_text(a, y, 1, a->cols - 1, "(no history)", ROLE_DIM);
	buf_release(&text);
}

void
hub_draw_pane(const struct ui *ui, const struct hub_view *v,
    const struct area *a, int width)
{
	struct area pane = area_sub(a, 1, a->cols - width, a->rows - 1, width);

	for (int y = 0; y < pane.rows; y++)
		area_text(&pane, y, 0, 1, "|", ROLE_RULE);
	pane = area_sub(&pane, 0, 1, pane.rows, width - 1);
	hub_draw_pace(ui, &v->hub, &pane, 0);
}

void
hub_draw_forecast(const struct ui *ui, const struct hub *h,
    const struct area *a, int y)
{
	struct buf text = BUF_INIT;

	hub_say_forecast(h, ui->now, &text);
	if (text.len > 0)
		area_printf(a, y, 1, a->cols - 2, ROLE_DIM, "forecast: %s",
		    buf_str(&text));
	buf_release(&text);
}
