/*
 * A made-up app for tests of the terminal UI: a handful of tickets, English
 * and Korean, none, or many, in memory.  Filters are parsed by the model's
 * parser and matched here.
 */
#ifndef NOTES_TESTS_FAKE_APP_H
#define NOTES_TESTS_FAKE_APP_H

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/demo.h"
#include "app/generate.h"
#include "app/release.h"
#include "app/scan.h"
#include "app/ticket.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/workflow.h"

#define FAKE_NOW INT64_C(1791201600) /* 2026-10-05T12:00:00Z */

enum fake_world { FAKE_ENGLISH, FAKE_KOREAN, FAKE_EMPTY, FAKE_MANY };

struct fake_undo {
	size_t ticket;
	enum ticket_field field;
	char *before, *after;
};

struct app {
	enum fake_world world;
	struct workflow wf;
	struct ticket *v;
	size_t n, cap;
	int64_t version;
	struct fake_undo undo[64];
	size_t n_undo, n_redo;
	struct comment_list comments; /* of the first ticket */
	bool readonly;
	enum rc generate_rc; /* what app_generate() is to return */
	char *dir;
	size_t pages;   /* app_ticket_page() calls */
	size_t largest; /* rows of the largest page */
};

struct fake_row {
	const char *type, *status, *priority, *assignee, *summary, *labels,
	    *release;
	int commits, comments;
};

static const struct fake_row fake_english[] = {
	{ "bug", "in-progress", "highest", "dev-1",
	    "Wide characters push the table's columns out of line",
	    "unicode,tui", "1.2", 3, 2 },
	{ "feature", "open", "high", "dev-3",
	    "Release notes preview (release notes as they will be published)",
	    "", "1.2", 0, 0 },
	{ "task", "done", "medium", "dev-2",
	    "Docs: add a settings example and a theme page", "docs", "1.1", 1,
	    0 },
	{ "bug", "in-review", "highest", "sam",
	    "Crash when the terminal is resized while a menu is open", "tui",
	    "1.2", 1, 1 },
	{ "improvement", "open", "low", NULL, "Compose Hangul jamo (NFD)", "",
	    "", 0, 0 },
	{ "security", "open", "highest", "dev-1",
	    "Escape sequences in titles: \033[31mred\033[0m \xE2\x80\xAEtxet",
	    "security", "1.2", 0, 0 },
};

static const struct fake_row fake_korean[] = {
	{ "bug", "in-progress", "highest", "김개발",
	    "한글 폭 계산 오류로 표가 어긋남",
	    "유니코드,tui", "1.2", 3, 2 },
	{ "feature", "open", "high", "이배포",
	    "릴리스 노트 미리보기: 게시될 모습 그대로 "
	    "화면에서 확인한다", "",
	    "1.2", 0, 0 },
	{ "task", "done", "medium", "박운영", "문서: 설정 예시 "
	"추가", "문서",
	    "1.1", 1, 0 },
	{ "bug", "in-review", "highest", "김개발",
	    "메뉴가 열린 채로 창 크기를 바꾸면 죽음",
	    "tui", "1.2", 1, 1 },
	{ "improvement", "open", "low", NULL, "자모로 풀린 "
	"한글(NFD) 합성", "",
	    "", 0, 0 },
	{ "security", "open", "highest", "이배포",
	    "제목의 제어 문자 \033[31m빨강\033[0m "
	    "\xE2\x80\xAE숨김", "보안",
	    "1.2", 0, 0 },
};

static const char fake_text_en[] =
    "## What happens\n"
    "The STATUS column is one cell off whenever a summary holds wide\n"
    "characters.\n\n"
    "* cut with `strlen()`\n* seen in tmux and xterm\n\n"
    "> Expected: a wide character is never cut in half.\n\n"
    "1. notes list --plain\n2. look at the last column\n";

static const char fake_text_ko[] =
    "## 현상\n표의 STATUS 열이 한 칸씩 밀린다.\n\n"
    "* `strlen()` 으로 자르고 있음\n* tmux, xterm 에서 재현\n\n"
    "> 기대: 두 칸 글자는 절대 반으로 잘리지 않는다\n\n"
    "1. notes list --plain\n2. 마지막 열을 본다\n";

static struct ticket *
fake_add(struct app *a)
{
	a->v = mem_grow(a->v, &a->cap, a->n + 1, sizeof(*a->v));
	memset(&a->v[a->n], 0, sizeof(*a->v));
	return &a->v[a->n++];
}

static void
fake_set(struct strv *sv, const char *words)
{
	char *copy = mem_strdup(words), *s = copy, *word;

	strv_release(sv);
	while ((word = strsep(&s, ",")) != NULL)
		if (*word != '\0')
			strv_push(sv, word);
	free(copy);
}

static void
fake_fill(struct app *a, const struct fake_row *r, size_t i)
{
	struct ticket *t = fake_add(a);

	t->id = (int64_t)i + 1;
	ticket_key_parse("NOTE-1", 6, &t->key);
	t->key.number = 41 + (uint32_t)i;
	t->type = mem_strdup(r->type);
	t->status = mem_strdup(r->status);
	t->category = workflow_find(&a->wf, r->status)->category;
	t->priority = mem_strdup(r->priority);
	t->summary = mem_strdup(r->summary);
	t->assignee = mem_strdup(r->assignee);
	t->reporter = mem_strdup("sam");
	if (i == 0)
		t->description = mem_strdup(a->world == FAKE_KOREAN
			? fake_text_ko
			: fake_text_en);
	if (i == 0)
		t->note = mem_strdup(a->world == FAKE_KOREAN
			? "두 칸 글자가 **반으로 잘리지** "
			"않습니다."
			: "Wide characters are **never** cut in half.");
	fake_set(&t->labels, r->labels);
	fake_set(&t->releases, r->release);
	t->due = t->resolved = DATE_NONE;
	t->created = FAKE_NOW - 86400 * 30;
	t->updated = FAKE_NOW - 7200 * ((int64_t)i + 1);
	t->n_commits = r->commits;
	t->n_comments = r->comments;
}

static struct app *
fake_open(enum fake_world world)
{
	struct app *a = mem_calloc(1, sizeof(*a));
	const struct fake_row *rows = world == FAKE_KOREAN ? fake_korean
							   : fake_english;
	size_t n = sizeof(fake_english) / sizeof(fake_english[0]);

	a->world = world;
	a->version = 1;
	workflow_default(&a->wf);
	if (world == FAKE_EMPTY)
		n = 0;
	if (world == FAKE_MANY)
		n = 5000;
	for (size_t i = 0; i < n; i++)
		fake_fill(a, &rows[i % 6], i);
	return a;
}

static void
fake_close(struct app *a)
{
	for (size_t i = 0; i < a->n; i++)
		ticket_release(&a->v[i]);
	free(a->v);
	for (size_t i = 0; i < 64; i++) {
		free(a->undo[i].before);
		free(a->undo[i].after);
	}
	comment_list_release(&a->comments);
	free(a->dir);
	free(a);
}

/* ---- app.h */

void
app_close(struct app *a)
{
	fake_close(a);
}

const char *
app_dir(const struct app *a)
{
	return a->dir;
}

bool
app_is_readonly(const struct app *a)
{
	return a->readonly;
}

const struct workflow *
app_workflow(const struct app *a)
{
	return &a->wf;
}

const char *
app_prefix(const struct app *a)
{
	(void)a;
	return "NOTE";
}

const char *
app_me(const struct app *a)
{
	return a->world == FAKE_KOREAN ? "김개발" : "dev-1";
}

const char *
app_config(const struct app *a, const char *name)
{
	(void)a;
	(void)name;
	return NULL;
}

const char *
app_git_config(const struct app *a, const char *name)
{
	(void)a;
	(void)name;
	return NULL;
}

enum rc
app_filter(const struct app *a, const char *text, bool live,
    struct filter **out, struct err *err)
{
	const struct filter_context ctx = { .workflow = &a->wf,
		.me = app_me(a),
		.prefix = "NOTE",
		.now = FAKE_NOW,
		.live = live };

	return filter_parse(text, &ctx, out, err);
}

int64_t
app_data_version(struct app *a)
{
	return a->version;
}

void
app_on_stop(struct app *a, bool (*stop)(void *arg), void *arg)
{
	(void)a;
	(void)stop;
	(void)arg;
}

void
app_on_progress(struct app *a,
    void (*progress)(void *arg, const char *what, int64_t done, int64_t total),
    void *arg)
{
	(void)a;
	(void)progress;
	(void)arg;
}

const struct strv *
app_warnings(const struct app *a)
{
	static const struct strv none = STRV_INIT;

	(void)a;
	return &none;
}

static void
fake_run(struct md_lines *out, enum md_style style, const char *text,
    size_t len)
{
	struct md_line *line;

	line = &out->v[out->n - 1];
	line->runs = mem_grow(line->runs, &line->cap, line->n + 1,
	    sizeof(*line->runs));
	line->runs[line->n++] = (struct md_run){ style,
		mem_strndup(text, len) };
}

/* Enough of Markdown to see roles: headings, bullets, quotes, code. */
void
app_markdown(const char *text, size_t len, size_t width, struct md_lines *out)
{
	const char *end = text + len, *eol;

	*out = (struct md_lines){ 0 };
	for (; text < end; text = eol + 1) {
		size_t n;

		eol = memchr(text, '\n', (size_t)(end - text));
		if (eol == NULL)
			eol = end;
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		out->v[out->n++] = (struct md_line){ 0 };
		n = utf8_fit(text, (size_t)(eol - text), width, NULL);
		if (n > 0)
			fake_run(out,
			    *text == '#'       ? MD_HEADING
				: *text == '>' ? MD_QUOTE
				: *text == '`' ? MD_CODE_BLOCK
					       : MD_TEXT,
			    text, n);
	}
}

enum rc
app_open(const struct app_options *o, struct app **out, struct err *err)
{
	(void)o;
	*out = NULL;
#ifdef FAKE_WORLD
	*out = fake_open(FAKE_WORLD);
	return RC_OK;
#endif
	return err_set(err, RC_NOT_FOUND, "no tracker here (see: notes init)");
}

enum rc
app_init(const struct app_options *o, const struct app_init *init,
    struct app **out, struct app_init_result *result, struct err *err)
{
	(void)o;
	(void)err;
	*out = fake_open(FAKE_EMPTY);
	result->prefix = mem_strdup(init->prefix == NULL ? "NOTE"
							 : init->prefix);
	result->releases = 2;
	return RC_OK;
}

enum rc
app_init_plan(const struct app_options *o, const struct app_init *init,
    struct app_init_result *result, struct err *err)
{
	(void)o;
	(void)err;
	*result = (struct app_init_result){ .db = mem_strdup(
						".git/tracker/notes.db"),
		.prefix = mem_strdup(
		    init->prefix == NULL ? "NOTE" : init->prefix),
		.mainline = mem_strdup("main"),
		.tags = mem_strdup("v{version}"),
		.releases = 12 };
	return RC_OK;
}

enum rc
app_demo(char **dir, struct app **out, struct err *err)
{
	(void)err;
	*dir = mem_strdup("/tmp/notes-demo");
	*out = fake_open(FAKE_ENGLISH);
	return RC_OK;
}

void
app_demo_end(char *dir)
{
	free(dir);
}

void
app_init_result_release(struct app_init_result *r)
{
	free(r->db);
	free(r->prefix);
	free(r->mainline);
	free(r->tags);
	*r = (struct app_init_result){ 0 };
}

__attribute__((weak)) void
md_lines_release(struct md_lines *l)
{
	for (size_t i = 0; i < l->n; i++) {
		for (size_t k = 0; k < l->v[i].n; k++)
			free(l->v[i].runs[k].text);
		free(l->v[i].runs);
	}
	free(l->v);
	*l = (struct md_lines){ 0 };
}

/* ---- ticket.h */

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
		{ FF_RELEASE, TF_RELEASE }, { FF_PRIORITY, TF_PRIORITY } };
	struct buf text = BUF_INIT;
	bool yes = false;

	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (map[i].from == f->field)
			ticket_field_text(t, map[i].to, &text);
	for (size_t i = 0; i < f->values.n; i++)
		yes = yes || fake_contains(buf_str(&text), f->values.v[i]);
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

static int
fake_compare(const void *x, const void *y, void *arg)
{
	const struct ticket *const *a = x, *const *b = y;
	const struct sort *sort = arg;
	int c = 0;

	for (size_t i = 0; i < sort->n && c == 0; i++) {
		c = strcmp(fake_sort_text(*a, sort->key[i].field),
		    fake_sort_text(*b, sort->key[i].field));
		c = sort->key[i].descending ? -c : c;
	}
	return c != 0 ? c : ((*a)->id > (*b)->id) - ((*a)->id < (*b)->id);
}

enum rc
app_ticket_page(struct app *a, const struct ticket_query *q,
    struct ticket_list *out, struct err *err)
{
	const struct ticket **v = mem_calloc(a->n + 1, sizeof(*v));
	struct sort sort = q->sort;
	size_t n = 0, at = 0, from, to;

	(void)err;
	*out = (struct ticket_list){ 0 };
	/* The ticket to start behind takes part in sorting, match or not. */
	for (size_t i = 0; i < a->n; i++)
		if (fake_match(&a->v[i], q->filter) || a->v[i].id == q->after)
			v[n++] = &a->v[i];
	qsort_r(v, n, sizeof(*v), fake_compare, &sort);
	while (at < n && v[at]->id != q->after)
		at++;
	if (q->backwards) {
		to = q->after == 0 ? n : at + (q->from ? 1 : 0);
		from = q->limit != 0 && to > q->limit ? to - q->limit : 0;
		out->more = from > 0;
	} else {
		from = q->after == 0 ? 0 : at + (q->from ? 0 : 1);
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
	(void)err;
	*n = 0;
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
	fake_comment(&out->comments, app_me(a),
	    ko ? "tmux 3.3 에서도 *같은* 현상" : "The *same* in "
	    "tmux 3.3.",
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

static void
fake_apply(struct app *a, struct ticket *t, enum ticket_field f,
    const char *value)
{
	switch (f) {
	case TF_STATUS:
		mem_replace(&t->status, value);
		t->category = workflow_find(&a->wf, value)->category;
		break;
	case TF_ASSIGNEE:
		mem_replace(&t->assignee, *value == '\0' ? NULL : value);
		break;
	case TF_PRIORITY:
		mem_replace(&t->priority, value);
		break;
	case TF_TYPE:
		mem_replace(&t->type, value);
		break;
	case TF_SUMMARY:
		mem_replace(&t->summary, value);
		break;
	case TF_NOTE:
		mem_replace(&t->note, value);
		break;
	case TF_DESCRIPTION:
		mem_replace(&t->description, value);
		break;
	case TF_DELETED:
		t->deleted = strcmp(value, "yes") == 0 ||
		    strcmp(value, "1") == 0;
		break;
	case TF_LABEL:
		strv_push(&t->labels, value);
		break;
	case TF_RELEASE:
		strv_push(&t->releases, value);
		break;
	default:
		break;
	}
}

enum rc
app_ticket_change(struct app *a, const struct ticket_key *keys, size_t n,
    struct change_list *changes, size_t *changed, struct err *err)
{
	*changed = 0;
	for (size_t i = 0; i < n; i++) {
		struct ticket *t = fake_find(a, &keys[i]);

		for (size_t k = 0; t != NULL && k < changes->n; k++) {
			struct change *c = &changes->v[k];
			struct buf before = BUF_INIT;
			struct fake_undo *u = &a->undo[a->n_undo % 64];

			if (change_check(c, &a->wf, FAKE_NOW, err) != RC_OK)
				return err->code;
			ticket_field_text(t, c->field, &before);
			free(u->before);
			free(u->after);
			u->ticket = (size_t)(t - a->v);
			u->field = c->field;
			u->before = buf_detach(&before);
			u->after = mem_strdup(c->value);
			a->n_undo++;
			a->n_redo = 0;
			fake_apply(a, t, c->field,
			    c->value == NULL ? "" : c->value);
			(*changed)++;
		}
	}
	a->version++;
	return RC_OK;
}

enum rc
app_ticket_status(struct app *a, const struct ticket_key *keys, size_t n,
    const char *status, const char *resolution, size_t *changed,
    struct err *err)
{
	struct change_list l = { 0 };
	enum rc rc;

	(void)resolution;
	change_push(&l, CHANGE_SET, TF_STATUS, status);
	rc = app_ticket_change(a, keys, n, &l, changed, err);
	change_list_release(&l);
	return rc;
}

enum rc
app_ticket_new(struct app *a, struct change_list *changes,
    struct ticket_key *key, struct err *err)
{
	static const struct fake_row plain = { "task", "open", "medium", NULL,
		"", "", "", 0, 0 };

	fake_fill(a, &plain, a->n);
	for (size_t i = 0; i < changes->n; i++)
		if (change_check(&changes->v[i], &a->wf, FAKE_NOW, err) ==
		    RC_OK)
			fake_apply(a, &a->v[a->n - 1], changes->v[i].field,
			    changes->v[i].value);
	*key = a->v[a->n - 1].key;
	a->version++;
	return RC_OK;
}

enum rc
app_ticket_comment(struct app *a, const struct ticket_key *key,
    const char *text, struct err *err)
{
	(void)key;
	(void)err;
	fake_comment(&a->comments, app_me(a), text, FAKE_NOW);
	a->version++;
	return RC_OK;
}

enum rc
app_ticket_form(struct app *a, const struct ticket_key *key, struct buf *out,
    struct err *err)
{
	const struct ticket *t = key == NULL ? NULL : fake_find(a, key);

	(void)err;
	buf_printf(out, "summary: %s\n", t == NULL ? "" : t->summary);
	if (t != NULL)
		buf_printf(out, "status: %s\n", t->status);
	return RC_OK;
}

static enum rc
fake_form_line(const char *line, struct change_list *out, struct err *err)
{
	if (strncmp(line, "summary: ", 9) == 0)
		change_push(out, CHANGE_SET, TF_SUMMARY, line + 9);
	else if (strncmp(line, "status: ", 8) == 0)
		change_push(out, CHANGE_SET, TF_STATUS, line + 8);
	else
		return err_set(err, RC_INVALID, "no field \"%s\"", line);
	return RC_OK;
}

/* Lines of text that are not lines of before. */
static enum rc
fake_form(const char *before, const char *text, size_t len,
    struct change_list *out, struct err *err)
{
	char *copy = mem_strndup(text, len), *s = copy, *line;
	enum rc rc = RC_OK;

	while (rc == RC_OK && (line = strsep(&s, "\n")) != NULL)
		if (*line != '\0' && strstr(before, line) == NULL)
			rc = fake_form_line(line, out, err);
	free(copy);
	return rc;
}

enum rc
app_ticket_form_parse(struct app *a, const struct ticket_key *key,
    const char *text, size_t len, struct change_list *out, struct err *err)
{
	(void)a;
	(void)key;
	return fake_form("", text, len, out, err);
}

enum rc
app_ticket_form_diff(struct app *a, const struct ticket_key *key,
    const char *before, size_t before_len, const char *after, size_t after_len,
    struct change_list *out, struct err *err)
{
	char *copy = mem_strndup(before, before_len);
	enum rc rc = fake_form(copy, after, after_len, out, err);

	(void)a;
	(void)key;
	free(copy);
	return rc;
}

enum rc
app_log(struct app *a, const struct ticket_key *key, int64_t before,
    bool (*fn)(const struct log_line *l, void *arg), void *arg, struct err *err)
{
	struct log_line l = { .n = 3,
		.op = 3,
		.time = FAKE_NOW - 3600,
		.actor = "sam",
		.key = "NOTE-41",
		.text = "sam set status to in-progress" };

	(void)a;
	(void)key;
	(void)before;
	(void)err;
	if (!fn(&l, arg))
		return RC_OK;
	l.text = "dev-1 set priority to highest";
	l.undone = true;
	l.time -= 86400;
	fn(&l, arg);
	l.text = "sam made it";
	l.undone = false;
	l.commit = "abcdef0123456789abcdef0123456789abcdef01";
	l.time -= 86400 * 30;
	fn(&l, arg);
	return RC_OK;
}

enum rc
app_undo(struct app *a, size_t n, struct strv *said, struct err *err)
{
	struct fake_undo *u;

	(void)n;
	(void)err;
	if (a->n_undo == 0)
		return RC_OK;
	u = &a->undo[--a->n_undo % 64];
	a->n_redo++;
	a->version++;
	fake_apply(a, &a->v[u->ticket], u->field, u->before);
	strv_take(said,
	    mem_printf("NOTE-%u %s is %s again", a->v[u->ticket].key.number,
		ticket_fields[u->field].name, u->before));
	return RC_OK;
}

enum rc
app_redo(struct app *a, size_t n, struct strv *said, struct err *err)
{
	struct fake_undo *u;

	(void)n;
	(void)err;
	if (a->n_redo == 0)
		return RC_OK;
	a->n_redo--;
	a->version++;
	u = &a->undo[a->n_undo++ % 64];
	fake_apply(a, &a->v[u->ticket], u->field, u->after);
	strv_take(said,
	    mem_printf("NOTE-%u %s is %s", a->v[u->ticket].key.number,
		ticket_fields[u->field].name, u->after));
	return RC_OK;
}

enum rc
app_values(struct app *a, const char *field, const char *start, size_t max,
    struct strv *out, struct err *err)
{
	static const char *const people[] = { "dev-1", "dev-2", "dev-3",
		"sam" };

	(void)max;
	(void)err;
	if (strcmp(field, "status") == 0)
		for (size_t i = 0; i < a->wf.n; i++)
			if (strncmp(a->wf.status[i].name, start,
				strlen(start)) == 0)
				strv_push(out, a->wf.status[i].name);
	if (strcmp(field, "assignee") == 0)
		for (size_t i = 0; i < 4; i++)
			if (strncmp(people[i], start, strlen(start)) == 0)
				strv_push(out, people[i]);
	return RC_OK;
}

/* ---- release.h */

static void
fake_release(struct release_list *l, const char *version,
    enum release_state state, const char *title, int64_t target,
    int64_t released)
{
	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = (struct release){ .version = mem_strdup(version),
		.state = state,
		.title = mem_strdup(title),
		.start = DATE_NONE,
		.target = target,
		.released = released };
}

enum rc
app_releases(struct app *a, struct release_list *out, struct err *err)
{
	bool ko = a->world == FAKE_KOREAN;

	(void)err;
	*out = (struct release_list){ 0 };
	if (a->world == FAKE_EMPTY)
		return RC_OK;
	fake_release(out, "1.2", RELEASE_PLANNED, ko ? "봄" : "Spring",
	    FAKE_NOW + 86400 * 12, DATE_NONE);
	fake_release(out, "1.1", RELEASE_RELEASED, NULL, DATE_NONE,
	    FAKE_NOW - 86400 * 20);
	fake_release(out, "1.0.1", RELEASE_YANKED, NULL, DATE_NONE,
	    FAKE_NOW - 86400 * 90);
	fake_release(out, "1.0", RELEASE_RELEASED, ko ? "첫 판" :
	"First light",
	    DATE_NONE, FAKE_NOW - 86400 * 100);
	return RC_OK;
}

enum rc
app_release_add(struct app *a, const char *version,
    const struct release_change *c, struct err *err)
{
	(void)a;
	(void)c;
	return err_set(err, RC_EXISTS, "there is a release %s", version);
}

enum rc
app_release_state(struct app *a, const char *const versions[], size_t n,
    enum release_state state, const struct release_change *c, struct err *err)
{
	(void)a;
	(void)versions;
	(void)n;
	(void)state;
	(void)c;
	(void)err;
	return RC_OK;
}

enum rc
app_release_import_tags(struct app *a, int64_t *added, struct err *err)
{
	(void)a;
	(void)err;
	*added = 2;
	return RC_OK;
}

/* ---- generate.h, scan.h */

enum rc
app_commit_diff(struct app *a, const struct oid *commit, size_t max_bytes,
    struct buf *out, struct err *err)
{
	char hex[OID_HEX_MAX + 1];

	(void)max_bytes;
	if (a->world == FAKE_EMPTY)
		return err_set(err, RC_NOT_FOUND, "no git repository here");
	oid_to_hex(commit, hex);
	buf_printf(out,
	    " src/%c.c | 4 +-\n\ndiff --git a/src/x.c b/src/x.c\n"
	    "index 1..2 100644\n--- a/src/x.c\n+++ b/src/x.c\n"
	    "@@ -1,3 +1,3 @@ cut\n int\tn;\n-n = strlen(s);\n"
	    "+n = columns(s); /* 한글 \033[31m */\n--- n;\n"
	    "diff --git a/y b/y\n",
	    hex[0]);
	return RC_OK;
}

enum rc
app_generate(struct app *a, const struct generate_options *o, struct notes *out,
    struct err *err)
{
	struct notes_entry *e;

	if (a->generate_rc != RC_OK)
		return err_set(err, a->generate_rc, "stopped");
	if (a->world == FAKE_EMPTY)
		return err_set(err, RC_NOT_FOUND,
		    "no commits yet (see: git log)");
	out->version = mem_strdup(o->version == NULL ? "Unreleased"
						     : o->version);
	out->previous = mem_strdup("1.1");
	out->n_commits = 41;
	for (size_t i = 0; i < 2; i++) {
		e = notes_entry_add(&out->sections[i == 0 ? SECTION_FIXES
							  : SECTION_FEATURES]);
		ticket_key_format(&a->v[i].key, e->key);
		e->summary = mem_strdup(a->v[i].summary);
		e->type = mem_strdup(a->v[i].type);
	}
	if (strcmp(out->version, "1.2") != 0)
		return RC_OK;
	/* Shipped, but not planned for this one. */
	e = notes_entry_add(&out->sections[SECTION_TASKS]);
	ticket_key_format(&a->v[2].key, e->key);
	e->summary = mem_strdup(a->v[2].summary);
	e->type = mem_strdup(a->v[2].type);
	out->unlinked = mem_calloc(1, sizeof(*out->unlinked));
	out->n_unlinked = out->cap_unlinked = 1;
	out->unlinked[0].subject = mem_strdup("Tidy up");
	out->unlinked[0].commit.len = 20;
	notes_warn(out, NOTES_WARN_EMPTY_NOTE, "NOTE-44", NULL,
	    "note is empty");
	return RC_OK;
}

enum rc
app_render(struct app *a, const struct notes *n, const struct app_render *r,
    struct buf *out, struct err *err)
{
	bool ko = r->lang != NULL && strcmp(r->lang, "ko") == 0;

	(void)err;
	buf_printf(out,
	    "# %s (2026-10-15)\n\n## %s\n\n- %s (NOTE-42)\n\n"
	    "## %s\n\n- %s (NOTE-41)\n",
	    n->version, ko ? "새 기능" : "Added", a->v[1].summary,
	    ko ? "고친 것" : "Fixed", a->v[0].summary);
	return RC_OK;
}

const char *const *
app_formats(void)
{
	static const char *const names[] = { "md", "html", "text", "man",
		"json", NULL };

	return names;
}

const char *const *
app_langs(void)
{
	static const char *const names[] = { "en", "ko", NULL };

	return names;
}

void
app_styles(struct strv *names, struct strv *help)
{
	strv_push(names, "default");
	strv_push(help, "");
	strv_push(names, "keepachangelog");
	strv_push(help, "");
}

enum rc
app_update_file(struct app *a, const struct notes *n,
    const struct app_render *r, const char *path, bool *changed,
    struct err *err)
{
	(void)a;
	(void)n;
	(void)r;
	(void)path;
	(void)err;
	*changed = true;
	return RC_OK;
}

enum rc
app_scan(struct app *a, bool full, struct scan_result *out, struct err *err)
{
	(void)a;
	(void)full;
	(void)err;
	out->new_commits = 3;
	out->links = 12;
	return RC_OK;
}

void
scan_result_release(struct scan_result *r)
{
	strv_release(&r->warnings);
}

#endif
