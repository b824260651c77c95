#include "detail.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/date.h"
#include "base/mem.h"
#include "model/workflow.h"

const char *const detail_tab_names[TAB_N] = { "Description", "Comments",
	"History", "Commits" };

enum role
detail_status_role(enum category c)
{
	static const enum role roles[] = { [CATEGORY_TODO] = ROLE_TODO,
		[CATEGORY_DOING] = ROLE_DOING,
		[CATEGORY_DONE] = ROLE_DONE };

	return roles[c];
}

const char *
detail_priority_mark(const char *priority)
{
	int i = priority == NULL
	    ? -1
	    : named_find(priorities, priorities_n, priority);

	return i < 0 ? " " : priorities[i].mark;
}

static void
markdown(struct pager *p, const char *text, int width, int indent)
{
	struct md_lines md = { 0 };

	app_markdown(text, strlen(text), (size_t)(width - indent), &md);
	pager_markdown(p, &md, indent);
	md_lines_release(&md);
}

static void
field(struct pager *p, const char *name, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	pager_line(p, -1);
	pager_printf(p, ROLE_DIM, "%-12s ", name);
	pager_span(p, ROLE_TEXT, value);
}

static void
fields(struct pager *p, const struct ticket *t)
{
	static const enum ticket_field shown[] = { TF_RESOLUTION, TF_REPORTER,
		TF_COMPONENT, TF_PARENT, TF_DUE, TF_ESTIMATE, TF_SPENT,
		TF_FOUND_IN };
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		buf_clear(&text);
		ticket_field_text(t, shown[i], &text);
		field(p, ticket_fields[shown[i]].name, buf_str(&text));
	}
	buf_release(&text);
}

static void
relations_lines(struct pager *p, const struct relation_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct relation *r = &l->v[i];

		pager_line(p, -1);
		pager_printf(p, ROLE_DIM, "%-12s ", r->name);
		pager_printf(p, ROLE_TICKET, "%s ", r->key);
		pager_printf(p, detail_status_role(r->category), "%s  ",
		    r->status == NULL ? "" : r->status);
		pager_span(p, ROLE_TEXT, r->summary);
	}
}

static void
description(struct pager *p, const struct ticket_view *tv, int width)
{
	const struct ticket *t = &tv->ticket;
	size_t before;

	if (t->description != NULL && *t->description != '\0')
		markdown(p, t->description, width, 0);
	else
		pager_text(p, ROLE_DIM, "no description (e writes one)");
	if (t->note != NULL && *t->note != '\0') {
		pager_line(p, -1);
		pager_text(p, ROLE_HEADING, "Release note");
		markdown(p, t->note, width, 0);
	} else if (t->no_note) {
		pager_line(p, -1);
		pager_text(p, ROLE_DIM, "not in the release notes (no-note)");
	}
	pager_line(p, -1);
	before = p->n;
	relations_lines(p, &tv->relations);
	fields(p, t);
	if (p->n == before)
		p->n--;
}

static void
comments(struct pager *p, const struct ticket_view *tv, int width, int64_t now)
{
	char ago[16];

	if (tv->comments.n == 0)
		pager_text(p, ROLE_DIM, "no comments (c adds one)");
	for (size_t i = 0; i < tv->comments.n; i++) {
		const struct comment *c = &tv->comments.v[i];

		size_t from;

		if (i > 0)
			pager_line(p, -1);
		pager_line(p, (long)i);
		from = p->n;
		pager_span(p, ROLE_STRONG, c->author);
		date_format_ago(c->created, now, ago);
		pager_printf(p, ROLE_DIM, "  %s%s%s%.7s", ago,
		    c->edited == DATE_NONE ? "" : ", edited",
		    c->origin == NULL ? "" : ", from commit ",
		    c->origin == NULL ? "" : c->origin);
		markdown(p, c->text, width, 2);
		for (; from < p->n; from++)
			p->v[from].tag = (long)i;
	}
}

/* Not on the mainline is not lost: it may be another line's release. */
static const char *
link_state(const struct link *l)
{
	if (l->reverted_by != NULL)
		return "reverted";
	if (!l->alive && l->merged)
		return "undone";
	if (l->merged)
		return "merged";
	return l->first_release != NULL ? "released" : "pending";
}

static enum role
link_role(const struct link *l)
{
	if (l->reverted_by != NULL || (!l->alive && l->merged))
		return ROLE_WARN;
	return l->merged || l->first_release != NULL ? ROLE_DONE : ROLE_DOING;
}

static void
commits(struct pager *p, const struct ticket_view *tv, int64_t now)
{
	char ago[16], id[OID_HEX_MAX + 1];

	if (tv->links.n == 0)
		pager_text(p, ROLE_DIM,
		    "no commits name this ticket (S reads history)");
	for (size_t i = 0; i < tv->links.n; i++) {
		const struct link *l = &tv->links.v[i];

		oid_to_short(&l->commit, 8, id);
		date_format_ago(l->time, now, ago);
		pager_line(p, (long)i);
		pager_printf(p, ROLE_TICKET, "%s ", id);
		pager_printf(p, ROLE_TAG, "%-8s ", link_role_name(l->role));
		pager_printf(p, link_role(l), "%-8s ", link_state(l));
		pager_span(p, ROLE_TEXT, l->subject);
		pager_line(p, (long)i);
		pager_printf(p, ROLE_DIM, "         %s, %s", ago,
		    l->author == NULL ? "?" : l->author);
		if (l->first_release != NULL)
			pager_printf(p, ROLE_DIM, ", first in %s",
			    l->first_release);
		if (l->reverted_by != NULL)
			pager_printf(p, ROLE_WARN, ", reverted by %.8s",
			    l->reverted_by);
	}
}

struct history {
	struct pager *p;
	int64_t now;
	size_t n;
};

#define HISTORY_LINES 500

static bool
history_line(const struct log_line *l, void *arg)
{
	struct history *h = arg;
	char ago[16];

	date_format_ago(l->time, h->now, ago);
	pager_line(h->p, -1);
	pager_printf(h->p, ROLE_DIM, "%-10s ", ago);
	pager_span(h->p, l->undone ? ROLE_DIM : ROLE_TEXT, l->text);
	if (l->commit != NULL)
		pager_printf(h->p, ROLE_TICKET, "  by commit %.8s", l->commit);
	if (l->undone)
		pager_span(h->p, ROLE_DIM, "  (undone)");
	return ++h->n < HISTORY_LINES;
}

enum rc
detail_lines(struct pager *p, struct app *a, const struct ticket_view *tv,
    enum detail_tab tab, int width, int64_t now, struct err *err)
{
	struct history h = { p, now, 0 };

	pager_clear(p);
	if (width < 10)
		width = 10;
	switch (tab) {
	case TAB_COMMENTS:
		comments(p, tv, width, now);
		return RC_OK;
	case TAB_COMMITS:
		commits(p, tv, now);
		return RC_OK;
	case TAB_HISTORY:
		return app_log(a, &tv->ticket.key, 0, history_line, &h, err);
	default:
		description(p, tv, width);
		return RC_OK;
	}
}

static int
words(const struct area *a, int y, int x, enum role role, const char *mark,
    const struct strv *sv)
{
	for (size_t i = 0; i < sv->n; i++) {
		char *word = mem_printf("%s%s", mark, sv->v[i]);

		x += area_text(a, y, x, a->cols - x, word, role) + 1;
		free(word);
	}
	return x + 1;
}

int
detail_head(const struct area *a, const struct ticket *t, int64_t now,
    const char *right)
{
	char key[TICKET_KEY_MAX], ago[16];
	int x = 1, room = a->cols - 1;

	ticket_key_format(&t->key, key);
	if (right != NULL && (int)strlen(right) + 40 < a->cols)
		room -= (int)strlen(right) + 1;
	area_fill(a, 0, 0, a->cols, ' ', ROLE_BAR);
	x += area_text(a, 0, x, room - x, key, ROLE_BAR_ON) + 2;
	x += area_text(a, 0, x, room - x, t->type, ROLE_BAR) + 2;
	x += area_printf(a, 0, x, room - x, ROLE_BAR, "%s %s",
		 detail_priority_mark(t->priority),
		 t->priority == NULL ? "" : t->priority) +
	    2;
	x += area_text(a, 0, x, room - x, t->status, ROLE_BAR) + 1;
	if (t->resolution != NULL && *t->resolution != '\0')
		area_printf(a, 0, x, room - x, ROLE_BAR, "(%s)", t->resolution);
	if (room < a->cols - 1)
		area_right(a, 0, room, a->cols - 1 - room, right, ROLE_BAR);
	area_text(a, 1, 1, a->cols - 2, t->summary, ROLE_STRONG);
	x = 1 +
	    area_text(a, 2, 1, a->cols - 2,
		t->assignee == NULL ? "nobody" : t->assignee,
		t->assignee == NULL ? ROLE_DIM : ROLE_TEXT) +
	    2;
	x = words(a, 2, x, ROLE_TICKET, "release ", &t->releases);
	x = words(a, 2, x, ROLE_TAG, "#", &t->labels);
	date_format_ago(t->updated, now, ago);
	area_printf(a, 2, x, a->cols - x, ROLE_DIM, "updated %s", ago);
	return 3;
}
