#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define GAP        2  /* columns between two cells */
#define SHRINK_MIN 10 /* before other columns go */

void
table_column(struct table *t, const char *title)
{
	if (t->n < TABLE_COLUMNS_MAX)
		t->titles[t->n++] = title;
}

void
table_cell(struct table *t, enum out_style style, const char *text)
{
	t->cells = mem_grow(t->cells, &t->cap_cells, t->n_cells + 1,
	    sizeof(*t->cells));
	t->cells[t->n_cells++] = (struct cell){
		.text = utf8_clean_dup(text == NULL ? "" : text, UTF8_ONE_LINE),
		.style = style,
	};
}

void
table_number(struct table *t, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)n);
	table_cell(t, STYLE_NONE, text);
}

static void
measure(struct table *t)
{
	for (size_t i = 0; i < t->n_cells; i++) {
		const char *s = t->cells[i].text;
		size_t width = utf8_width(s, strlen(s));

		if (width > t->widths[i % t->n])
			t->widths[i % t->n] = width;
	}
}

static size_t
total_width(const size_t w[], size_t n)
{
	size_t total = 0;

	for (size_t i = 0; i < n; i++)
		if (w[i] > 0)
			total += w[i] + (total > 0 ? GAP : 0);
	return total;
}

/* Takes columns off w[at] until the row fits, but leaves at least min. */
static void
shrink(size_t w[], size_t n, size_t at, size_t min, size_t limit)
{
	size_t total = total_width(w, n);

	if (total <= limit || w[at] <= min)
		return;
	w[at] = w[at] - min > total - limit ? w[at] - (total - limit) : min;
}

/* Widths for a line of limit columns; 0 for a column that is left out. */
static void
fit(const struct table *t, size_t limit, size_t w[])
{
	size_t wanted;

	for (size_t i = 0; i < t->n; i++) {
		size_t title = strlen(t->titles[i]);

		w[i] = t->widths[i];
		if (w[i] < title && (w[i] > 0 || !t->drop_empty))
			w[i] = title;
	}
	wanted = w[t->shrinks];
	shrink(w, t->n, t->shrinks, SHRINK_MIN, limit);
	for (size_t i = t->n; i-- > 1 && total_width(w, t->n) > limit;)
		if (i != t->shrinks)
			w[i] = 0;
	/* There may be room again. */
	if (total_width(w, t->n) < limit) {
		w[t->shrinks] += limit - total_width(w, t->n);
		if (w[t->shrinks] > wanted)
			w[t->shrinks] = wanted;
	}
	shrink(w, t->n, t->shrinks, 1, limit);
	shrink(w, t->n, 0, 1, limit);
}

static void
natural(const struct table *t, size_t w[])
{
	for (size_t i = 0; i < t->n; i++) {
		size_t title = t->titled ? strlen(t->titles[i]) : 0;

		w[i] = t->widths[i] == 0 && !t->drop_empty ? 1 : t->widths[i];
		w[i] = w[i] > 0 && w[i] < title ? title : w[i];
	}
}

static void
print_row(const struct table *t, const size_t w[], const struct cell *row,
    struct out *o)
{
	struct buf cell = BUF_INIT;
	size_t last = 0, gap = 0;

	/* Nothing is padded that ends the line. */
	for (size_t i = 0; i < t->n; i++)
		if (w[i] > 0 && row[i].text[0] != '\0')
			last = i;
	for (size_t i = 0; i <= last; i++) {
		const char *s = row[i].text;
		size_t width = utf8_width(s, strlen(s));

		if (w[i] == 0)
			continue;
		for (; gap > 0; gap--)
			out_raw(o, " ", 1);
		buf_clear(&cell);
		if (width > w[i]) {
			utf8_cell(&cell, s, w[i]);
			width = w[i];
		} else {
			buf_puts(&cell, s);
		}
		out_text(o, row[i].style, buf_str(&cell));
		gap = w[i] - width + GAP;
	}
	out_newline(o);
	buf_release(&cell);
}

static void
print_titles(struct table *t, const size_t w[], struct out *o)
{
	struct cell row[TABLE_COLUMNS_MAX];

	if (t->printed || (!o->tty && !t->titled))
		return;
	for (size_t i = 0; i < t->n; i++) {
		row[i].text = utf8_clean_dup(t->titles[i], UTF8_ONE_LINE);
		row[i].style = STYLE_HEAD;
	}
	print_row(t, w, row, o);
	for (size_t i = 0; i < t->n; i++)
		free(row[i].text);
	t->printed = true;
}

void
table_print(struct table *t, struct out *o)
{
	size_t w[TABLE_COLUMNS_MAX] = { 0 };

	if (t->n_cells > 0) {
		measure(t);
		if (o->tty && o->width > 0)
			fit(t, o->width, w);
		else
			natural(t, w);
		print_titles(t, w, o);
		for (size_t i = 0; i + t->n <= t->n_cells; i += t->n)
			print_row(t, w, &t->cells[i], o);
	}
	for (size_t i = 0; i < t->n_cells; i++)
		free(t->cells[i].text);
	t->n_cells = 0;
}

void
table_release(struct table *t)
{
	for (size_t i = 0; i < t->n_cells; i++)
		free(t->cells[i].text);
	free(t->cells);
	*t = (struct table){ 0 };
}
