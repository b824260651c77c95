/* What the board shows: lanes, and of each a page for every column. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "board.h"
#include "model/filter.h"

const char *const board_by_names[BY_N] = { "none", "assignee", "type",
	"priority", "parent" };

static struct board_view *
self(struct view *v)
{
	return (struct board_view *)v;
}

static void
lane_release(struct lane *l)
{
	for (size_t i = 0; i < STATUS_MAX; i++)
		list_release(&l->column[i].list);
	free(l->value);
	free(l->title);
}

void
board_release(struct view *base)
{
	struct board_view *v = self(base);

	for (size_t i = 0; i < v->n_lanes; i++)
		lane_release(&v->lane[i]);
	free(v->lane);
	free(v->filter);
	free(v->follow);
}

/* As a value of the filter language: quoted. */
static void
put_quoted(struct buf *out, const char *value)
{
	buf_putc(out, '"');
	for (; *value != '\0'; value++) {
		if (*value == '"' || *value == '\\')
			buf_putc(out, '\\');
		buf_putc(out, *value);
	}
	buf_putc(out, '"');
}

/* The filter of one column of a lane; the caller frees it. */
static char *
filter_text(const struct board_view *v, const struct lane *l,
    const struct status *s)
{
	struct buf text = BUF_INIT;

	if (v->filter != NULL && *v->filter != '\0')
		buf_printf(&text, "(%s) ", v->filter);
	buf_printf(&text, "status:%s", s->name);
	if (v->shown_by != BY_NONE) {
		buf_printf(&text, " %s:", board_by_names[v->shown_by]);
		if (*l->value == '\0')
			buf_puts(&text, "none");
		else
			put_quoted(&text, l->value);
	}
	return buf_detach(&text);
}

static enum rc
fetch_column(struct ui *ui, const struct board_view *v, struct lane *l,
    struct column *c, const struct status *s, struct err *err)
{
	char *text;
	struct filter *f = NULL;
	enum rc rc;

	list_set_rows(&c->list, board_cards(v, l));
	if (l->fetched) {
		rc = list_refresh(&c->list, ui->app, err);
	} else {
		text = filter_text(v, l, s);
		rc = app_filter(ui->app, text, false, &f, err);
		free(text);
		if (rc != RC_OK)
			return rc;
		list_set_filter(&c->list, f);
		c->list.sort = (struct sort){ .n = 1 };
		c->list.sort.key[0].field = SORT_RANK;
		rc = list_first(&c->list, ui->app, err);
	}
	if (rc != RC_OK)
		return rc;
	c->count = (int64_t)c->list.n;
	if (c->list.before || c->list.after)
		rc = app_ticket_count(ui->app, c->list.filter, UI_COUNT_CAP + 1,
		    &c->count, err);
	return rc;
}

enum rc
board_fetch(struct ui *ui, struct board_view *v, struct lane *l,
    struct err *err)
{
	const struct workflow *wf = app_workflow(ui->app);
	enum rc rc = RC_OK;

	if (l->fresh)
		return RC_OK;
	for (size_t i = 0; i < v->n && rc == RC_OK; i++)
		rc = fetch_column(ui, v, l, &l->column[i], &wf->status[i], err);
	l->fetched = l->fetched || rc == RC_OK;
	l->fresh = rc == RC_OK;
	return rc;
}

/* The first lane on the screen that is not fresh, or NULL. */
static struct lane *
due(const struct board_view *v)
{
	int rows = v->base.rows - board_head(v);

	for (size_t i = v->top; i < v->n_lanes && rows > 0; i++) {
		if (!v->lane[i].fresh)
			return &v->lane[i];
		rows -= board_lane_rows(v, &v->lane[i]);
	}
	return NULL;
}

bool
board_work(struct ui *ui, struct view *base)
{
	struct board_view *v = self(base);
	struct lane *l = due(v);
	struct err err = ERR_INIT;
	enum rc rc = RC_OK;

	if (l != NULL)
		rc = board_fetch(ui, v, l, &err);
	/* For a key: there is time again after it. */
	if (rc == RC_STOPPED)
		return true;
	if (rc != RC_OK) {
		ui_fail(ui, &err);
		return false;
	}
	board_settle(v);
	return due(v) != NULL;
}

static void
add_lane(struct board_view *v, const char *value, const char *title)
{
	v->lane = mem_grow(v->lane, &v->cap_lanes, v->n_lanes + 1,
	    sizeof(*v->lane));
	v->lane[v->n_lanes++] = (struct lane){ .value = mem_strdup(value),
		.title = mem_strdup(title) };
}

/* Is what stands there still what should? */
static bool
same_lanes(const struct board_view *v, const struct strv *values)
{
	if (v->n_lanes != values->n)
		return false;
	for (size_t i = 0; i < values->n; i++)
		if (strcmp(v->lane[i].value, values->v[i]) != 0)
			return false;
	return true;
}

static enum rc
make_lanes(struct ui *ui, struct board_view *v, bool again, struct err *err)
{
	static const enum ticket_field fields[BY_N] = {
		[BY_ASSIGNEE] = TF_ASSIGNEE,
		[BY_TYPE] = TF_TYPE,
		[BY_PRIORITY] = TF_PRIORITY,
		[BY_PARENT] = TF_PARENT,
	};
	struct strv values = STRV_INIT, titles = STRV_INIT;
	enum rc rc = RC_OK;

	if (v->by == BY_NONE) {
		strv_push(&values, "");
		strv_push(&titles, "");
	} else {
		rc = app_lanes(ui->app, fields[v->by], BOARD_LANES_MAX, &values,
		    &titles, err);
	}
	if (rc == RC_OK && (again || !same_lanes(v, &values))) {
		for (size_t i = 0; i < v->n_lanes; i++)
			lane_release(&v->lane[i]);
		v->n_lanes = v->at = v->top = 0;
		v->shown_by = v->by;
		for (size_t i = 0; i < values.n; i++)
			add_lane(v, values.v[i], titles.v[i]);
	}
	strv_release(&values);
	strv_release(&titles);
	return rc;
}

/* A limit is of the whole status, whatever the filter shows of it. */
static enum rc
load_limits(struct ui *ui, struct board_view *v, struct err *err)
{
	const struct workflow *wf = app_workflow(ui->app);
	struct filter f = { .op = FILTER_FIELD,
		.field = FF_STATUS,
		.cmp = FILTER_EQ };
	enum rc rc = RC_OK;

	for (size_t i = 0; i < v->n && rc == RC_OK; i++) {
		char *name = mem_printf("wip.%s", wf->status[i].name);
		const char *limit = app_config(ui->app, name);

		v->wip[i] = limit == NULL ? 0 : strtoll(limit, NULL, 10);
		free(name);
		if (v->wip[i] <= 0)
			continue;
		strv_push(&f.values, wf->status[i].name);
		rc = app_ticket_count(ui->app, &f, 0, &v->held[i], err);
		strv_release(&f.values);
	}
	return rc;
}

/* With lanes, how many there are of each status in all of them. */
static enum rc
count_all(struct ui *ui, struct board_view *v, struct err *err)
{
	const struct workflow *wf = app_workflow(ui->app);
	enum rc rc = RC_OK;

	for (size_t i = 0; i < v->n && rc == RC_OK; i++) {
		struct buf text = BUF_INIT;
		struct filter *f = NULL;

		if (*v->filter != '\0')
			buf_printf(&text, "(%s) ", v->filter);
		buf_printf(&text, "status:%s", wf->status[i].name);
		rc = app_filter(ui->app, buf_str(&text), false, &f, err);
		if (rc == RC_OK)
			rc = app_ticket_count(ui->app, f, UI_COUNT_CAP + 1,
			    &v->all[i], err);
		filter_free(f);
		buf_release(&text);
	}
	return rc;
}

/* A card that moved stays the selected one; a new one becomes it. */
static void
follow(struct ui *ui, struct board_view *v)
{
	char key[TICKET_KEY_MAX];
	bool found = v->follow != NULL;

	if (v->follow == NULL && ui->go_to.number != 0) {
		ticket_key_format(&ui->go_to, key);
		v->follow = mem_strdup(key);
	}
	for (size_t i = 0; v->follow != NULL && i < v->n; i++) {
		struct list *l = &v->lane[v->at].column[i].list;

		for (size_t k = 0; k < l->n; k++) {
			ticket_key_format(&l->v[k].key, key);
			if (strcmp(key, v->follow) != 0)
				continue;
			v->sel = i;
			l->sel = k;
			found = true;
			list_set_rows(l, l->rows);
		}
	}
	if (v->follow != NULL && !found)
		ui_hidden(ui);
	mem_replace(&v->follow, NULL);
}

enum rc
board_load(struct ui *ui, struct view *base, struct err *err)
{
	struct board_view *v = self(base);
	const char *want = ui->filter == NULL ? "" : ui->filter;
	bool again = v->filter == NULL || strcmp(v->filter, want) != 0 ||
	    v->by != v->shown_by || v->n_lanes == 0;
	enum rc rc;

	mem_replace(&v->filter, want);
	v->n = app_workflow(ui->app)->n;
	if ((rc = make_lanes(ui, v, again, err)) != RC_OK ||
	    (rc = load_limits(ui, v, err)) != RC_OK)
		return rc;
	if (v->shown_by != BY_NONE && (rc = count_all(ui, v, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < v->n_lanes; i++)
		v->lane[i].fresh = false;
	if (v->at >= v->n_lanes)
		v->at = v->n_lanes - 1;
	/* A lane of many is new: it may take its time, with keys in between. */
	if ((v->shown_by == BY_NONE || v->lane[v->at].fetched) &&
	    (rc = board_fetch(ui, v, &v->lane[v->at], err)) != RC_OK)
		return rc;
	follow(ui, v);
	board_settle(v);
	base->more = due(v) != NULL;
	return RC_OK;
}
