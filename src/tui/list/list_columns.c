/* Tickets in columns. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "list_view.h"
#include "model/workflow.h"

#define GUTTER      3 /* selection, urgency, mark */
#define SUMMARY_MIN 22

static const enum app_column built_in[] = { COLUMN_PRIORITY, COLUMN_TYPE,
	COLUMN_KEY, COLUMN_SUMMARY, COLUMN_ASSIGNEE, COLUMN_STATUS,
	COLUMN_COMMITS };

const char list_built_in[] =
    "priority,type,key,summary,assignee,status,commits";

/* In no sort: SORT_N.  Those without a field have their own text. */
static const struct {
	const char *title;
	int width;
	int goes; /* the larger ones go first, 0 never */
	enum sort_field sort;
	enum ticket_field field;
	enum role role;
} kinds[COLUMN_N] = {
	[COLUMN_PRIORITY] = { "PRIORITY", 8, 4, SORT_PRIORITY, TF_PRIORITY,
	    ROLE_LABEL },
	[COLUMN_TYPE] = { "T", 4, 0, SORT_TYPE, TF_N, ROLE_LABEL },
	[COLUMN_KEY] = { "KEY", 7, 0, SORT_KEY, TF_N, ROLE_TICKET },
	[COLUMN_SUMMARY] = { "SUMMARY", 0, 0, SORT_SUMMARY, TF_N, ROLE_TEXT },
	[COLUMN_ASSIGNEE] = { "ASSIGNEE", 9, 1, SORT_ASSIGNEE, TF_ASSIGNEE,
	    ROLE_LABEL },
	[COLUMN_STATUS] = { "STATUS", 11, 0, SORT_STATUS, TF_N, ROLE_TEXT },
	[COLUMN_COMMITS] = { "COMMITS", 10, 9, SORT_N, TF_N, ROLE_DIM },
	[COLUMN_REPORTER] = { "REPORTER", 9, 5, SORT_N, TF_REPORTER,
	    ROLE_LABEL },
	[COLUMN_COMPONENT] = { "COMPONENT", 10, 4, SORT_N, TF_COMPONENT,
	    ROLE_LABEL },
	[COLUMN_LABELS] = { "LABELS", 14, 4, SORT_N, TF_LABEL, ROLE_LABEL },
	[COLUMN_RELEASES] = { "RELEASES", 8, 2, SORT_N, TF_RELEASE,
	    ROLE_LABEL },
	[COLUMN_FOUND_IN] = { "FOUND IN", 8, 5, SORT_N, TF_FOUND_IN,
	    ROLE_LABEL },
	[COLUMN_RESOLUTION] = { "RESOLUTION", 10, 3, SORT_N, TF_RESOLUTION,
	    ROLE_LABEL },
	[COLUMN_DUE] = { "DUE", 10, 2, SORT_DUE, TF_N, ROLE_LABEL },
	[COLUMN_ESTIMATE] = { "EST", 6, 6, SORT_N, TF_ESTIMATE, ROLE_LABEL },
	[COLUMN_CREATED] = { "CREATED", 10, 6, SORT_CREATED, TF_N, ROLE_DIM },
	[COLUMN_UPDATED] = { "UPDATED", 10, 3, SORT_UPDATED, TF_N, ROLE_DIM },
	[COLUMN_COMMENTS] = { "TALK", 4, 8, SORT_N, TF_N, ROLE_DIM },
};

static int
longest_key(const struct list *l)
{
	char key[TICKET_KEY_MAX];
	size_t longest = 7, n;

	for (size_t i = l->top; i < l->n && i < l->top + l->rows; i++) {
		ticket_key_format(&l->v[i].key, key);
		n = strlen(key);
		longest = n > longest ? n : longest;
	}
	return longest > 14 ? 14 : (int)longest;
}

static bool
in_gutter(const struct list_column *c)
{
	return c->id == COLUMN_PRIORITY && c->x == 1;
}

/* Gives the columns their places; returns what is left for SUMMARY, which
 * needs nothing itself. */
static int
place(struct list_columns *c, int cols)
{
	int x = GUTTER;

	for (size_t i = 0; i < c->n; i++) {
		if (i == 0 && c->v[i].id == COLUMN_PRIORITY) {
			c->v[i].x = 1;
			c->v[i].width = 1;
			continue;
		}
		c->v[i].x = x;
		x += c->v[i].width + 1;
	}
	return cols - x;
}

struct list_column *
list_column_find(struct list_columns *c, enum app_column id)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].id == id)
			return &c->v[i];
	return NULL;
}

/* Takes the column away that says least; false when all must stay. */
static bool
drop_one(struct list_columns *c)
{
	size_t worst = 0;
	int most = 0;

	for (size_t i = 0; i < c->n; i++) {
		int goes = in_gutter(&c->v[i]) ? 0 : kinds[c->v[i].id].goes;

		if (goes == 0 || goes < most)
			continue;
		most = goes;
		worst = i;
	}
	if (most == 0)
		return false;
	c->n--;
	memmove(&c->v[worst], &c->v[worst + 1],
	    (c->n - worst) * sizeof(c->v[0]));
	return true;
}

struct list_columns
list_columns(const struct list *l, const enum app_column *wanted, size_t n,
    int cols)
{
	struct list_columns c = { .n = 0 };
	struct list_column *summary, *status;
	int left, least;

	if (wanted == NULL || n == 0) {
		wanted = built_in;
		n = sizeof(built_in) / sizeof(built_in[0]);
	}
	for (; c.n < n; c.n++)
		c.v[c.n] = (struct list_column){ .id = wanted[c.n],
			.width = wanted[c.n] == COLUMN_KEY
			    ? longest_key(l)
			    : kinds[wanted[c.n]].width };
	least = list_column_find(&c, COLUMN_SUMMARY) == NULL ? -1 : SUMMARY_MIN;
	while ((left = place(&c, cols)) < least && drop_one(&c))
		;
	status = list_column_find(&c, COLUMN_STATUS);
	if (left < least / 2 && status != NULL) {
		status->width = 4;
		left = place(&c, cols);
	}
	if ((summary = list_column_find(&c, COLUMN_SUMMARY)) != NULL)
		summary->width = left < 4 ? 4 : left;
	place(&c, cols);
	return c;
}

static const char *
sort_mark(const struct sort *sort, enum sort_field field)
{
	if (sort->n == 0 || field == SORT_N || sort->key[0].field != field)
		return "";
	return sort->key[0].descending ? "^" : "v";
}

void
list_draw_header(const struct area *a, int y, const struct list_columns *c,
    const struct sort *sort)
{
	area_fill(a, y, 0, a->cols, ' ', ROLE_HEADER);
	for (size_t i = 0; i < c->n; i++) {
		const enum sort_field field = kinds[c->v[i].id].sort;
		const char *mark = sort_mark(sort, field);

		if (in_gutter(&c->v[i]))
			area_printf(a, y, 1, 2, ROLE_HEADER, "P%s", mark);
		else
			area_printf(a, y, c->v[i].x, c->v[i].width, ROLE_HEADER,
			    "%s%s%s", kinds[c->v[i].id].title,
			    *mark == '\0' ? "" : " ", mark);
		if (field == SORT_N)
			continue;
		if (in_gutter(&c->v[i]))
			area_hit(a, y, 1, 2, HIT_COLUMN + field);
		else
			area_hit(a, y, c->v[i].x, c->v[i].width,
			    HIT_COLUMN + field);
	}
}

static const char *
abbreviation(const char *type)
{
	const struct ticket_type *t = ticket_type_find(type == NULL ? ""
								    : type);

	return t == NULL ? type : t->abbrev;
}

static void
day_text(int64_t t, struct buf *out)
{
	char day[11];

	if (t == DATE_NONE)
		return;
	date_format_day(t, day);
	buf_puts(out, day);
}

static void
number_text(int64_t n, const char *what, struct buf *out)
{
	if (n > 0)
		buf_printf(out, "%lld%s%s", (long long)n, what,
		    *what == '\0' || n == 1 ? "" : "s");
}

static void
cell_text(const struct ticket *t, enum app_column id, struct buf *out)
{
	char key[TICKET_KEY_MAX];
	const char *text = NULL;

	switch (id) {
	case COLUMN_KEY:
		ticket_key_format(&t->key, key);
		text = key;
		break;
	case COLUMN_TYPE:
		text = abbreviation(t->type);
		break;
	case COLUMN_SUMMARY:
		text = t->summary;
		break;
	case COLUMN_STATUS:
		text = t->status;
		break;
	case COLUMN_DUE:
		day_text(t->due, out);
		break;
	case COLUMN_CREATED:
		day_text(t->created, out);
		break;
	case COLUMN_UPDATED:
		day_text(t->updated, out);
		break;
	case COLUMN_COMMITS:
		number_text(t->n_commits, " commit", out);
		break;
	case COLUMN_COMMENTS:
		number_text(t->n_comments, "", out);
		break;
	default:
		ticket_field_text(t, kinds[id].field, out);
		break;
	}
	if (text != NULL)
		buf_puts(out, text);
}

void
list_draw_row(const struct area *a, int y, const struct list_columns *c,
    const struct ticket *t, bool selected, bool marked)
{
	const char *mark = detail_priority_mark(t->priority);
	struct buf text = BUF_INIT;

	area_fill(a, y, 0, a->cols, ' ', ROLE_TEXT);
	area_text(a, y, 0, 1, selected ? ">" : " ", ROLE_KEY);
	area_text(a, y, 2, 1, marked ? "*" : " ", ROLE_MARK);
	for (size_t i = 0; i < c->n; i++) {
		const struct list_column *col = &c->v[i];

		if (in_gutter(col)) {
			area_text(a, y, 1, 1, mark,
			    *mark == '!' ? ROLE_URGENT : ROLE_DIM);
			continue;
		}
		buf_clear(&text);
		cell_text(t, col->id, &text);
		area_text(a, y, col->x, col->width, buf_str(&text),
		    col->id == COLUMN_STATUS ? detail_status_role(t->category)
					     : kinds[col->id].role);
	}
	buf_release(&text);
	if (!selected)
		return;
	area_flag(a, y, 0, a->cols, CELL_SELECTED);
	area_cursor(a, y, 0);
}
