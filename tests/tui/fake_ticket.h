/* Reading its tickets: filters are parsed by the model's parser. */
#ifndef NOTES_TESTS_FAKE_TICKET_H
#define NOTES_TESTS_FAKE_TICKET_H

#include "fake_world.h"

static bool
fake_contains(const char *s, const char *word)
{
	return s != NULL && strcasestr(s, word) != NULL;
}

static bool
fake_field(const struct ticket *t, const struct filter *f)
{
	static const struct {
		enum filter_field from;
		enum ticket_field to;
	} map[] = { { FF_TYPE, TF_TYPE }, { FF_STATUS, TF_STATUS },
		{ FF_ASSIGNEE, TF_ASSIGNEE }, { FF_LABEL, TF_LABEL },
		{ FF_RELEASE, TF_RELEASE }, { FF_PRIORITY, TF_PRIORITY },
		{ FF_PARENT, TF_PARENT } };
	struct buf text = BUF_INIT;
	bool yes = false;

	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (map[i].from == f->field)
			ticket_field_text(t, map[i].to, &text);
	for (size_t i = 0; i < f->values.n; i++)
		yes = yes || fake_contains(buf_str(&text), f->values.v[i]);
	yes = yes || (f->values.n == 0 && text.len == 0);
	buf_release(&text);
	return yes;
}

static bool
fake_match(const struct ticket *t, const struct filter *f)
{
	if (f == NULL)
		return !t->deleted;
	switch (f->op) {
	case FILTER_AND:
		return fake_match(t, f->left) && fake_match(t, f->right);
	case FILTER_OR:
		return fake_match(t, f->left) || fake_match(t, f->right);
	case FILTER_NOT:
		return !fake_match(t, f->left);
	case FILTER_FIELD:
		return !t->deleted && fake_field(t, f);
	case FILTER_IS:
		if (f->is == IS_BLOCKED)
			return t->key.number == 42;
		return f->is == IS_DONE ? t->category == CATEGORY_DONE
					: t->category != CATEGORY_DONE;
	case FILTER_TEXT:
		return !t->deleted && fake_contains(t->summary, f->text);
	default:
		return !t->deleted;
	}
}

static const char *
fake_sort_text(const struct ticket *t, enum sort_field f)
{
	switch (f) {
	case SORT_STATUS:
		return t->status;
	case SORT_SUMMARY:
		return t->summary;
	case SORT_ASSIGNEE:
		return t->assignee == NULL ? "" : t->assignee;
	case SORT_TYPE:
		return t->type;
	default:
		return "";
	}
}

/* The older first, until somebody ranks one. */
static void
fake_rank(const struct ticket *t, struct buf *out)
{
	if (t->rank != NULL)
		buf_puts(out, t->rank);
	else
		buf_printf(out, "%05lld", (long long)t->id);
}

static int
fake_by_rank(const struct ticket *a, const struct ticket *b)
{
	struct buf x = BUF_INIT, y = BUF_INIT;
	int c;

	fake_rank(a, &x);
	fake_rank(b, &y);
	c = strcmp(buf_str(&x), buf_str(&y));
	buf_release(&x);
	buf_release(&y);
	return c;
}

static int
fake_compare(const void *x, const void *y, void *arg)
{
	const struct ticket *const *a = x, *const *b = y;
	const struct sort *sort = arg;
	int c = 0;

	for (size_t i = 0; i < sort->n && c == 0; i++) {
		c = sort->key[i].field == SORT_RANK
		    ? fake_by_rank(*a, *b)
		    : strcmp(fake_sort_text(*a, sort->key[i].field),
			  fake_sort_text(*b, sort->key[i].field));
		c = sort->key[i].descending ? -c : c;
	}
	return c != 0 ? c : ((*a)->id > (*b)->id) - ((*a)->id < (*b)->id);
}

/* Work that is slow: true once it was stopped. */
static bool
fake_stopped(struct app *a, bool slow)
{
	if (a->stop == NULL)
		return false;
	if (!slow)
		return a->stop(a->stop_arg);
	while (!a->stop(a->stop_arg))
		usleep(500);
	return true;
}

enum rc
app_ticket_page(struct app *a, const struct ticket_query *q,
    struct ticket_list *out, struct err *err)
{
	const struct ticket **v;
	struct sort sort = q->sort;
	size_t n = 0, at = 0, from, to;

	*out = (struct ticket_list){ 0 };
	if (fake_stopped(a, a->slow_page))
		return err_set(err, RC_STOPPED, "interrupted");
	v = mem_calloc(a->n + 1, sizeof(*v));
	/* The ticket to start behind takes part in sorting, match or not. */
	for (size_t i = 0; i < a->n; i++)
		if (fake_match(&a->v[i], q->filter) || a->v[i].id == q->after)
			v[n++] = &a->v[i];
	qsort_r(v, n, sizeof(*v), fake_compare, &sort);
	while (at < n && v[at]->id != q->after)
		at++;
	if (q->backwards) {
		to = q->after == 0 ? n : at + (q->from ? 1 : 0);
		to = to > q->skip ? to - q->skip : 0;
		from = q->limit != 0 && to > q->limit ? to - q->limit : 0;
		out->more = from > 0;
	} else {
		from = q->after == 0 ? 0 : at + (q->from ? 0 : 1);
		from = from + q->skip < n ? from + q->skip : n;
		to = q->limit != 0 && from + q->limit < n ? from + q->limit : n;
		out->more = to < n;
	}
	for (size_t i = from; i < to; i++) {
		if (!fake_match(v[i], q->filter))
			continue;
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		ticket_copy(&out->v[out->n++], v[i]);
	}
	a->pages++;
	if (out->n > a->largest)
		a->largest = out->n;
	free(v);
	return RC_OK;
}

enum rc
app_ticket_count(struct app *a, const struct filter *f, int64_t cap, int64_t *n,
    struct err *err)
{
	*n = 0;
	if (f != NULL && fake_stopped(a, a->slow_count))
		return err_set(err, RC_STOPPED, "interrupted");
	for (size_t i = 0; i < a->n && (cap == 0 || *n < cap); i++)
		*n += fake_match(&a->v[i], f);
	return RC_OK;
}

static struct ticket *
fake_find(struct app *a, const struct ticket_key *key)
{
	for (size_t i = 0; i < a->n; i++)
		if (ticket_key_equal(&a->v[i].key, key))
			return &a->v[i];
	return NULL;
}

enum rc
app_key(struct app *a, const char *typed, struct ticket_key *out,
    struct err *err)
{
	if (!ticket_key_parse(typed, strlen(typed), out))
		return err_set(err, RC_INVALID, "%s is no key", typed);
	return fake_find(a, out) != NULL
	    ? RC_OK
	    : err_set(err, RC_NOT_FOUND, "no ticket %s (see: notes list)",
		  typed);
}

enum rc
app_ticket_get(struct app *a, const struct ticket_key *key, struct ticket *out,
    struct err *err)
{
	const struct ticket *t = fake_find(a, key);

	if (t == NULL)
		return err_set(err, RC_NOT_FOUND, "no such ticket");
	ticket_copy(out, t);
	return RC_OK;
}

static void
fake_comment(struct comment_list *l, const char *who, const char *text,
    int64_t when)
{
	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = (struct comment){ .author = mem_strdup(who),
		.text = mem_strdup(text),
		.created = when,
		.edited = DATE_NONE };
}

static void
fake_link(struct link_list *l, const char *id, const char *subject, bool merged,
    const char *reverted)
{
	struct link link = { .role = LINK_CLAIMS,
		.alive = true,
		.merged = merged,
		.time = FAKE_NOW - 90000 };

	link.commit.len = 20;
	memset(link.commit.id, *id, 20);
	link.subject = mem_strdup(subject);
	link.author = mem_strdup("dev-1");
	link.reverted_by = mem_strdup(reverted);
	link.first_release = mem_strdup(merged ? "1.1" : NULL);
	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = link;
}

enum rc
app_ticket_view(struct app *a, const struct ticket_key *key,
    struct ticket_view *out, struct err *err)
{
	bool ko = a->world == FAKE_KOREAN;
	enum rc rc;

	*out = (struct ticket_view){ 0 };
	if ((rc = app_ticket_get(a, key, &out->ticket, err)) != RC_OK)
		return rc;
	if (key->number != 41)
		return RC_OK;
	if (!a->comment_hidden)
		fake_comment(&out->comments, app_me(a),
		    a->comment_text != NULL ? a->comment_text
			: ko ? "tmux 3.3 에서도 "
			       "*같은* 현상"
			     : "The *same* in tmux 3.3.",
		    FAKE_NOW - 86400);
	fake_comment(&out->comments, "sam",
	    ko ? "고쳐지는 중\n둘째 줄" : "Being fixed.\nSecond line.",
	    FAKE_NOW - 3600);
	for (size_t i = 0; i < a->comments.n; i++)
		fake_comment(&out->comments, a->comments.v[i].author,
		    a->comments.v[i].text, FAKE_NOW);
	fake_link(&out->links, "\xab",
	    ko ? "NOTE-41: 폭을 잰다" : "NOTE-41: measure columns",
	    true, NULL);
	fake_link(&out->links, "\x1c",
	    ko ? "NOTE-41: 되돌린 시도" : "NOTE-41: a try that was "
	    "reverted",
	    false, "0123456789abcdef0123456789abcdef01234567");
	out->relations.v = mem_calloc(1, sizeof(*out->relations.v));
	out->relations.n = out->relations.cap = 1;
	out->relations.v[0] = (struct relation){ .name = mem_strdup("blocks"),
		.key = "NOTE-43",
		.summary = mem_strdup(a->v[2].summary),
		.status = mem_strdup("done"),
		.category = CATEGORY_DONE };
	return RC_OK;
}

void
ticket_view_release(struct ticket_view *v)
{
	ticket_release(&v->ticket);
	comment_list_release(&v->comments);
	relation_list_release(&v->relations);
	link_list_release(&v->links);
	*v = (struct ticket_view){ 0 };
}

bool
app_comment_is_mine(const struct app *a, const struct comment *c)
{
	return strcmp(c->author, app_me(a)) == 0;
}

enum rc
app_comment_edit(struct app *a, const struct comment *c, const char *text,
    struct err *err)
{
	(void)c;
	(void)err;
	mem_replace(&a->comment_text, text);
	a->version++;
	return RC_OK;
}

enum rc
app_comment_hide(struct app *a, const struct comment *c, struct err *err)
{
	(void)c;
	(void)err;
	a->comment_hidden = true;
	a->version++;
	return RC_OK;
}

#endif
