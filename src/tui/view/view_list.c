#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "list_view.h"
#include "model/filter.h"
#include "tui/verbs.h"

#define HEAD      3    /* rows above the tickets */
#define MARKS_MAX 1000 /* of "mark all" */

static struct list_view *
self(struct view *v)
{
	return (struct list_view *)v;
}

static enum rc
list_open(struct ui *ui, struct view *base, const void *arg, struct err *err)
{
	(void)err;
	self(base)->filter = mem_strdup("");
	if (arg == NULL)
		return RC_OK;
	self(base)->nested = true;
	self(base)->outer = mem_strdup(ui->filter);
	mem_replace(&ui->filter, arg);
	return RC_OK;
}

static void
list_leave(struct ui *ui, struct view *base)
{
	if (self(base)->nested)
		mem_replace(&ui->filter, self(base)->outer);
}

static void
list_close(struct view *base)
{
	struct list_view *v = self(base);

	list_release(&v->list);
	ticket_view_release(&v->shown);
	pager_release(&v->pane);
	free(v->filter);
	free(v->outer);
	free(v->wrong);
	free(v->marks);
}

/* The pane follows the selection. */
static enum rc
load_pane(struct ui *ui, struct list_view *v, bool again, struct err *err)
{
	const struct ticket *t = list_selected(&v->list);
	int cols = list_view_pane(v->base.cols);
	enum rc rc;

	if (cols == 0 || t == NULL) {
		v->shown_id = 0;
		return RC_OK;
	}
	if (t->id == v->shown_id && !again)
		return RC_OK;
	ticket_view_release(&v->shown);
	v->shown = (struct ticket_view){ 0 };
	v->shown_id = 0;
	rc = app_ticket_view(ui->app, &t->key, &v->shown, err);
	if (rc != RC_OK)
		return rc;
	if (t->id != v->shown_id)
		v->pane.top = 0;
	v->shown_id = t->id;
	return detail_lines(&v->pane, ui->app, &v->shown, TAB_DESCRIPTION,
	    cols - 4, ui->now, err);
}

static enum rc
count(struct ui *ui, struct list_view *v, struct err *err)
{
	const struct list *l = &v->list;
	enum rc rc;

	rc = app_ticket_count(ui->app, NULL, UI_COUNT_CAP + 1, &v->total, err);
	if (rc != RC_OK)
		return rc;
	if (!l->before && !l->after) {
		v->count = (int64_t)l->n;
		return RC_OK;
	}
	if (l->filter == NULL) {
		v->count = v->total;
		return RC_OK;
	}
	return app_ticket_count(ui->app, l->filter, UI_COUNT_CAP + 1, &v->count,
	    err);
}

/* Makes text the filter; on an error the rows stay and *err says why. */
static enum rc
apply(struct ui *ui, struct list_view *v, const char *text, bool live,
    struct err *err)
{
	struct filter *f = NULL;
	const struct ticket *t;
	enum rc rc;

	rc = app_filter(ui->app, text, live, &f, err);
	if (rc != RC_OK)
		return rc;
	list_set_filter(&v->list, f);
	mem_replace(&v->filter, text);
	rc = list_first(&v->list, ui->app, err);
	if (rc == RC_OK)
		rc = count(ui, v, err);
	t = list_selected(&v->list);
	if (rc == RC_OK)
		rc = load_pane(ui, v, t != NULL, err);
	v->fetched = rc == RC_OK;
	return rc;
}

/* Selects what a change made; where the filter hides it, nothing moves. */
static enum rc
follow(struct ui *ui, struct list_view *v, struct err *err)
{
	struct list *l = &v->list;
	const struct ticket *was = list_selected(l);
	int64_t id = was == NULL ? 0 : was->id;
	struct ticket t = { 0 };
	enum rc rc = RC_OK;

	if (ui->go_to.number == 0 ||
	    app_ticket_get(ui->app, &ui->go_to, &t, NULL) != RC_OK)
		return RC_OK;
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].id == t.id) {
			l->sel = i;
			list_set_rows(l, l->rows);
			goto out;
		}
	if ((rc = list_goto(l, ui->app, t.id, err)) != RC_OK)
		goto out;
	was = list_selected(l);
	if (was != NULL && was->id == t.id)
		goto out;
	if (id != 0)
		rc = list_goto(l, ui->app, id, err);
	ui_hidden(ui);
out:
	ticket_release(&t);
	return rc;
}

static enum rc
list_load(struct ui *ui, struct view *base, struct err *err)
{
	struct list_view *v = self(base);
	const char *want = ui->filter == NULL ? "" : ui->filter;
	enum rc rc;

	list_set_rows(&v->list,
	    base->rows > HEAD ? (size_t)(base->rows - HEAD) : 1);
	if (!v->fetched || (strcmp(want, v->filter) != 0 && !ui->asking))
		rc = apply(ui, v, want, false, err);
	else if ((rc = list_refresh(&v->list, ui->app, err)) == RC_OK)
		rc = count(ui, v, err);
	if (rc == RC_OK)
		rc = follow(ui, v, err);
	return rc == RC_OK ? load_pane(ui, v, true, err) : rc;
}

static void
list_step(struct ui *ui, struct view *base, enum motion m)
{
	struct list_view *v = self(base);
	struct list *l = &v->list;
	struct err err = ERR_INIT;
	long page = (long)l->rows;
	const long steps[] = { [MOVE_DOWN] = 1,
		[MOVE_UP] = -1,
		[MOVE_PAGE_DOWN] = page,
		[MOVE_PAGE_UP] = -page,
		[MOVE_HALF_DOWN] = (page + 1) / 2,
		[MOVE_HALF_UP] = -(page + 1) / 2 };
	enum rc rc;

	if (m == MOVE_FIRST)
		rc = list_first(l, ui->app, &err);
	else if (m == MOVE_LAST)
		rc = list_last(l, ui->app, &err);
	else
		rc = list_move(l, ui->app, steps[m], &err);
	if (rc == RC_OK)
		rc = load_pane(ui, v, false, &err);
	if (rc != RC_OK)
		ui_fail(ui, &err);
}

static void
list_click(struct ui *ui, struct view *base, int y, int x)
{
	struct list_view *v = self(base);
	struct err err = ERR_INIT;
	size_t i;

	if (y < HEAD || y >= base->rows ||
	    x >= base->cols - list_view_pane(base->cols))
		return;
	i = v->list.top + (size_t)(y - HEAD);
	if (i >= v->list.n)
		return;
	/* A click on the selected row opens it. */
	if (i == v->list.sel) {
		ui_push(ui, &view_ticket, &v->list.v[i].key);
		return;
	}
	v->list.sel = i;
	if (load_pane(ui, v, false, &err) != RC_OK)
		ui_fail(ui, &err);
}

/* text as a filter of its own, quoted, together with what is shown. */
static char *
find_filter(const struct list_view *v, const char *text)
{
	struct buf b = BUF_INIT;

	if (*v->filter != '\0')
		buf_printf(&b, "(%s) ", v->filter);
	buf_putc(&b, '"');
	for (; *text != '\0'; text++)
		if (*text != '"' && *text != '\\')
			buf_putc(&b, *text);
	buf_putc(&b, '"');
	return buf_detach(&b);
}

/* n is free again then; text may be the search itself. */
static void
no_match(struct ui *ui, const char *text)
{
	ui_warn(ui, "no match for \"%s\"", text);
	mem_replace(&ui->search, NULL);
}

/* The store finds: no row is read that does not match. */
static void
list_find(struct ui *ui, struct view *base, const char *text, int step)
{
	struct list_view *v = self(base);
	const struct ticket *t = list_selected(&v->list);
	struct ticket_list got = { 0 };
	struct ticket_query q = { .sort = v->list.sort,
		.limit = 1,
		.after = t == NULL ? 0 : t->id,
		.backwards = step < 0 };
	struct filter *f = NULL;
	struct err err = ERR_INIT;
	char *both = find_filter(v, text);
	bool round = false;
	enum rc rc;

	rc = app_filter(ui->app, both, true, &f, &err);
	q.filter = f;
	if (rc == RC_OK)
		rc = app_ticket_page(ui->app, &q, &got, &err);
	if (rc == RC_OK && got.n == 0) {
		round = true;
		q.after = 0;
		rc = app_ticket_page(ui->app, &q, &got, &err);
	}
	if (rc == RC_OK && got.n > 0)
		rc = list_goto(&v->list, ui->app, got.v[0].id, &err);
	if (rc == RC_OK && got.n > 0)
		rc = load_pane(ui, v, false, &err);
	if (rc != RC_OK)
		ui_fail(ui, &err);
	else if (got.n == 0)
		no_match(ui, text);
	else
		ui_say(ui, "%s%s   n next, N previous, Esc ends", text,
		    round ? " (round the end)" : "");
	ticket_list_release(&got);
	filter_free(f);
	free(both);
}

static void
list_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct list_view *v = (const struct list_view *)base;

	if (v->anchor != 0)
		buf_puts(out, "v again marks the rows from here, Esc ends");
	else if (v->n_marks > 0)
		buf_printf(out,
		    "%zu marked   (s @ r p # x act on marks; Esc clears)",
		    v->n_marks);
	else if (ui->search != NULL)
		buf_printf(out, "/%s   n next, N previous, Esc ends",
		    ui->search);
	else if (v->list.n > 0 && v->list.base >= 0)
		buf_printf(out, "%lld",
		    (long long)v->list.base + (long long)v->list.sel + 1);
	if (v->list.n > 0 && v->list.base >= 0 && v->n_marks == 0 &&
	    v->anchor == 0 && ui->search == NULL)
		buf_printf(out, " of %lld%s",
		    (long long)(v->count > UI_COUNT_CAP ? UI_COUNT_CAP
							: v->count),
		    v->count > UI_COUNT_CAP ? "+" : "");
}

static size_t
list_targets(const struct view *base, struct ticket_key **out)
{
	const struct list_view *v = (const struct list_view *)base;
	const struct ticket *t = list_selected(&v->list);
	size_t n = v->n_marks > 0 ? v->n_marks : t != NULL ? 1 : 0;

	*out = mem_calloc(n == 0 ? 1 : n, sizeof(**out));
	for (size_t i = 0; i < v->n_marks; i++)
		(*out)[i] = v->marks[i].key;
	if (v->n_marks == 0 && t != NULL)
		(*out)[0] = t->key;
	return n;
}

static const struct ticket_key *
list_at(const struct view *base)
{
	const struct ticket *t =
	    list_selected(&((const struct list_view *)base)->list);

	return t == NULL ? NULL : &t->key;
}

static void
unmark(struct list_view *v, int64_t id)
{
	for (size_t i = 0; i < v->n_marks; i++)
		if (v->marks[i].id == id)
			v->marks[i] = v->marks[--v->n_marks];
}

static void
mark(struct list_view *v, const struct ticket *t)
{
	if (list_view_marked(v, t->id))
		return;
	v->marks = mem_grow(v->marks, &v->cap_marks, v->n_marks + 1,
	    sizeof(*v->marks));
	v->marks[v->n_marks++] = (struct mark){ t->id, t->key };
}

static const char *
why_row(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return ((const struct list_view *)base)->list.n == 0 ? "no ticket here"
							     : NULL;
}

static void
open_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	ui_push(ui, &view_ticket, &list_selected(&self(base)->list)->key);
}

static void
mark_run(struct ui *ui, struct view *base, const char *arg)
{
	struct list_view *v = self(base);
	const struct ticket *t = list_selected(&v->list);

	(void)arg;
	if (list_view_marked(v, t->id))
		unmark(v, t->id);
	else
		mark(v, t);
	list_step(ui, base, MOVE_DOWN);
}

static void
range_run(struct ui *ui, struct view *base, const char *arg)
{
	struct list_view *v = self(base);
	const struct list *l = &v->list;
	size_t i = 0, from, to;

	(void)arg;
	(void)ui;
	if (v->anchor == 0) {
		v->anchor = list_selected(l)->id;
		return;
	}
	while (i < l->n && l->v[i].id != v->anchor)
		i++;
	v->anchor = 0;
	if (i == l->n)
		i = l->sel;
	from = i < l->sel ? i : l->sel;
	to = i < l->sel ? l->sel : i;
	for (i = from; i <= to; i++)
		mark(v, &l->v[i]);
}

static void
mark_all_run(struct ui *ui, struct view *base, const char *arg)
{
	struct list_view *v = self(base);
	const struct ticket_query q = { .filter = v->list.filter,
		.sort = v->list.sort,
		.limit = MARKS_MAX };
	struct ticket_list got = { 0 };
	struct err err = ERR_INIT;

	(void)arg;
	if (app_ticket_page(ui->app, &q, &got, &err) != RC_OK)
		ui_fail(ui, &err);
	v->n_marks = 0;
	for (size_t i = 0; i < got.n; i++)
		mark(v, &got.v[i]);
	if (got.more)
		ui_warn(ui, "marked the first %d", MARKS_MAX);
	ticket_list_release(&got);
}

/* Never leaves: takes away the last thing that was put on the list. */
static void
clear_run(struct ui *ui, struct view *base, const char *arg)
{
	struct list_view *v = self(base);

	(void)arg;
	if (v->anchor != 0) {
		v->anchor = 0;
	} else if (v->n_marks > 0) {
		v->n_marks = 0;
	} else if (ui->search != NULL) {
		mem_replace(&ui->search, NULL);
	} else if (ui->filter != NULL && *ui->filter != '\0') {
		mem_replace(&ui->filter, "");
		base->stale = true;
	}
}

static void
filter_changed(struct ui *ui, struct view *base, const char *text)
{
	struct list_view *v = self(base);
	struct err err = ERR_INIT;

	mem_replace(&v->wrong, NULL);
	if (apply(ui, v, text, true, &err) != RC_OK)
		mem_replace(&v->wrong, err.msg);
	if (v->wrong != NULL)
		ui_warn(ui, "%s", v->wrong);
	else
		ui_say(ui, "%lld%s match",
		    (long long)(v->count > UI_COUNT_CAP ? UI_COUNT_CAP
							: v->count),
		    v->count > UI_COUNT_CAP ? "+" : "");
}

static void
filter_done(struct ui *ui, struct view *base, const char *text)
{
	struct list_view *v = self(base);
	struct err err = ERR_INIT;

	mem_replace(&v->wrong, NULL);
	if (apply(ui, v, text, false, &err) == RC_OK) {
		mem_replace(&ui->filter, text);
		return;
	}
	ui_fail(ui, &err);
	v->fetched = false;
	base->stale = true;
}

static void
filter_cancelled(struct ui *ui, struct view *base)
{
	struct list_view *v = self(base);

	(void)ui;
	mem_replace(&v->wrong, NULL);
	v->fetched = false;
	base->stale = true;
}

/* Completes names of fields, then their values. */
static void
filter_complete(struct ui *ui, struct view *base, const struct prompt *p,
    size_t *start, struct strv *out)
{
	size_t word = prompt_word(p, " (!");
	const char *text = prompt_text(p) + word;
	size_t len, name;
	char *field, *value;

	(void)base;
	/* "-x" is not x; other dashes belong to the word. */
	word += *text == '-';
	text += *text == '-';
	len = p->at > word ? p->at - word : 0;
	name = strcspn(text, ":=<>");
	*start = word;
	if (name >= len) {
		for (size_t i = 0; i < FF_N; i++)
			if (strncmp(filter_field_names[i], text, len) == 0)
				strv_take(out,
				    mem_printf("%s:", filter_field_names[i]));
		if (strncmp("is:", text, len) == 0)
			strv_push(out, "is:");
		if (strncmp("has:", text, len) == 0)
			strv_push(out, "has:");
		return;
	}
	*start = prompt_word(p, " (!:=<>,");
	field = mem_strndup(text, name);
	value = mem_strndup(prompt_text(p) + *start, p->at - *start);
	if (strcmp(field, "is") == 0) {
		for (size_t i = 0; i < IS_N; i++)
			if (strncmp(filter_is_names[i], value, strlen(value)) ==
			    0)
				strv_push(out, filter_is_names[i]);
	} else if (strcmp(field, "has") == 0 || strcmp(field, "no") == 0) {
		for (size_t i = 0; i < HAS_N; i++)
			if (strncmp(filter_has_names[i], value,
				strlen(value)) == 0)
				strv_push(out, filter_has_names[i]);
	} else {
		app_values(ui->app, field, value, 50, out, NULL);
	}
	free(field);
	free(value);
}

static void
filter_run(struct ui *ui, struct view *base, const char *arg)
{
	struct list_view *v = self(base);
	char *text = NULL;
	struct ui_ask ask = { .label = "filter: ",
		.history = HISTORY_FILTER,
		.done = filter_done,
		.changed = filter_changed,
		.cancelled = filter_cancelled,
		.complete = filter_complete };

	if (arg != NULL) {
		filter_done(ui, base, arg);
		return;
	}
	if (*v->filter != '\0')
		text = mem_printf("%s ", v->filter);
	ask.text = text;
	ui_ask(ui, &ask);
	free(text);
}

static void
sort_apply(struct ui *ui, struct view *base, const char *text)
{
	struct list_view *v = self(base);
	struct sort sort = { .n = 0 };
	struct err err = ERR_INIT;

	if (strcmp(text, "newest") != 0 &&
	    sort_parse(text, &sort, &err) != RC_OK) {
		ui_fail(ui, &err);
		return;
	}
	/* The same field again turns it round. */
	if (sort.n == 1 && v->list.sort.n == 1 &&
	    sort.key[0].field == v->list.sort.key[0].field)
		sort.key[0].descending = !v->list.sort.key[0].descending;
	v->list.sort = sort;
	if (list_first(&v->list, ui->app, &err) != RC_OK ||
	    load_pane(ui, v, false, &err) != RC_OK)
		ui_fail(ui, &err);
}

static void
sort_run(struct ui *ui, struct view *base, const char *arg)
{
	struct list_view *v = self(base);
	struct strv items = STRV_INIT;
	const struct ui_menu menu = { .title = "sort by (again: turn round)",
		.items = &items,
		.chosen = sort_apply,
		.current = v->list.sort.n == 0
		    ? "newest"
		    : sort_field_names[v->list.sort.key[0].field] };

	if (arg != NULL) {
		sort_apply(ui, base, arg);
		return;
	}
	strv_push(&items, "newest");
	for (size_t i = 0; i < SORT_N; i++)
		strv_push(&items, sort_field_names[i]);
	ui_menu(ui, &menu);
	strv_release(&items);
}

static const struct action actions[] = { { "open", "Enter l Right", "open",
					     "open the ticket", open_run,
					     why_row },
	{ "filter", "f", "filter", "show only what matches", filter_run, NULL },
	{ "mark", "Space", "mark", "mark, for actions on several", mark_run,
	    why_row },
	{ "range", "v", NULL, "mark a range: v at both ends", range_run,
	    why_row },
	{ "mark-all", "*", NULL, "mark all that match", mark_all_run, why_row },
	{ "sort", "o", NULL, "sort by another column", sort_run, NULL },
	{ "clear", "Esc", NULL, "clear marks, then search, then filter",
	    clear_run, NULL },
	{ 0 } };

const struct view_class view_list = {
	.name = "list",
	.size = sizeof(struct list_view),
	.actions = { actions, verbs_ticket, verbs_new },
	.open = list_open,
	.load = list_load,
	.draw = list_view_draw,
	.move = list_step,
	.click = list_click,
	.find = list_find,
	.status = list_status,
	.targets = list_targets,
	.at = list_at,
	.leave = list_leave,
	.release = list_close,
};
