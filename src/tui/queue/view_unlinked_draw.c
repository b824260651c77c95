#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "unlinked_view.h"

/* Widths; 0: not shown. */
struct columns {
	int id, age, author, subject, like, key, summary;
};

#define NARROW 60 /* no room for the ticket's title */

static struct columns
columns(const struct unlinked_view *v, int cols)
{
	struct columns c = { .id = 8, .key = 10 };
	int room;

	for (size_t i = 0; i < v->list.n; i++)
		if ((int)strlen(v->list.v[i].suggest) + 1 > c.key)
			c.key = (int)strlen(v->list.v[i].suggest) + 1;
	if (v->which == UNLINKED_DISMISSED)
		c.key = 0;
	room = cols - 3 - c.id - (c.key > 0 ? c.key + 1 : 0);
	if (cols >= UI_WIDE) {
		c.age = 4;
		c.author = 16;
		room -= c.age + c.author + 2;
	}
	if (cols >= NARROW && c.key > 0) {
		c.like = 4;
		room -= c.like + 1;
		c.summary = room * 2 / 5;
		room -= c.summary + 1;
	}
	c.subject = room > 0 ? room : 0;
	return c;
}

static int
put(const struct area *a, int y, int x, int cols, const char *text,
    enum role role)
{
	if (cols <= 0)
		return x;
	area_text(a, y, x, cols < a->cols - x ? cols : a->cols - x, text, role);
	return x + cols + 1;
}

static void
draw_header(const struct area *a, int y, const struct columns *c)
{
	int x = 2;

	area_fill(a, y, 0, a->cols, ' ', ROLE_HEADER);
	x = put(a, y, x, c->id, "COMMIT", ROLE_HEADER);
	x = put(a, y, x, c->age, "AGE", ROLE_HEADER);
	x = put(a, y, x, c->author, "AUTHOR", ROLE_HEADER);
	x = put(a, y, x, c->subject, "SUBJECT", ROLE_HEADER);
	x = put(a, y, x, c->like, "LIKE", ROLE_HEADER);
	x = put(a, y, x, c->key, "SUGGESTED", ROLE_HEADER);
	put(a, y, x, c->summary, "ITS TITLE", ROLE_HEADER);
}

/* "Name <mail>" as the name. */
static char *
name_of(const char *author)
{
	const char *end;

	if (author == NULL)
		return mem_strdup("");
	end = strchrnul(author, '<');
	while (end > author && end[-1] == ' ')
		end--;
	return mem_strndup(author, (size_t)(end - author));
}

static void
draw_row(const struct ui *ui, const struct unlinked_view *v, size_t i,
    const struct area *a, int y, const struct columns *c)
{
	const struct unlinked *u = &v->list.v[i];
	char id[OID_HEX_MAX + 1], ago[16], like[16] = "",
					   key[TICKET_KEY_MAX + 1];
	char *name = name_of(u->author);
	int x = 2;

	oid_to_short(&u->commit, 8, id);
	date_format_ago(u->time, ui->now, ago);
	ago[strcspn(ago, " ")] = '\0';
	if (u->suggest[0] != '\0')
		snprintf(like, sizeof(like), "%3d%%", u->likeness / 10);
	snprintf(key, sizeof(key), "%s%s", u->suggest,
	    u->suggest[0] == '\0' || u->sure ? "" : "?");
	if (i == v->rows.sel)
		area_text(a, y, 0, 1, ">", ROLE_KEY);
	if (v->marked[i])
		area_text(a, y, 1, 1, "*", ROLE_MARK);
	x = put(a, y, x, c->id, id, ROLE_TAG);
	x = put(a, y, x, c->age, ago, ROLE_DIM);
	x = put(a, y, x, c->author, name, ROLE_DIM);
	/* Where nothing is suggested, all the room is the subject's. */
	if (u->suggest[0] == '\0')
		put(a, y, x, a->cols - x, u->subject, ROLE_TEXT);
	else
		x = put(a, y, x, c->subject, u->subject, ROLE_TEXT);
	if (u->suggest[0] != '\0') {
		x = put(a, y, x, c->like, like, u->sure ? ROLE_DONE : ROLE_DIM);
		x = put(a, y, x, c->key, key, ROLE_TICKET);
		put(a, y, x, c->summary, u->summary == NULL ? "" : u->summary,
		    u->sure ? ROLE_TEXT : ROLE_DIM);
	}
	if (i == v->rows.sel) {
		area_flag(a, y, 0, a->cols, CELL_SELECTED);
		area_cursor(a, y, 0);
	}
	free(name);
}

static void
draw_nothing(const struct unlinked_view *v, const struct area *a)
{
	const char *text = "every commit has a ticket";

	if (v->wrong != NULL)
		text = v->wrong;
	else if (v->which == UNLINKED_DISMISSED)
		text = "no commit was dismissed (D goes back)";
	area_text(a, UNLINKED_HEAD + 1, 2, a->cols - 3, text,
	    v->wrong != NULL ? ROLE_WARN : ROLE_DIM);
	area_cursor(a, UNLINKED_HEAD, 0);
}

void
unlinked_view_draw(const struct ui *ui, const struct view *base,
    const struct area *a)
{
	const struct unlinked_view *v = (const struct unlinked_view *)base;
	const struct columns c = columns(v, a->cols);
	size_t suggested = 0;
	struct buf left = BUF_INIT;

	for (size_t i = 0; i < v->list.n; i++)
		suggested += v->list.v[i].suggest[0] != '\0';
	buf_printf(&left, "%s %s   ",
	    v->which == UNLINKED_DISMISSED ? "Dismissed:"
		: a->cols < NARROW         ? "Queue:"
					   : "Without a ticket:",
	    v->version == NULL ? "Unreleased" : v->version);
	buf_printf(&left, "%zu commit%s", v->list.n, v->list.n == 1 ? "" : "s");
	if (suggested > 0 && a->cols >= NARROW)
		buf_printf(&left, ", %zu with a suggestion", suggested);
	ui_title(ui, a, buf_str(&left), "U Queue");
	buf_release(&left);
	draw_header(a, 1, &c);
	for (int y = UNLINKED_HEAD; y < a->rows; y++) {
		size_t i = v->rows.top + (size_t)(y - UNLINKED_HEAD);

		if (i >= v->list.n)
			break;
		draw_row(ui, v, i, a, y, &c);
	}
	if (v->list.n == 0)
		draw_nothing(v, a);
}
