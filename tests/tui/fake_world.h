/*
 * A made-up tracker for tests of the terminal UI: a handful of tickets, English
 * and Korean, none, or many, in memory.
 */
#ifndef NOTES_TESTS_FAKE_WORLD_H
#define NOTES_TESTS_FAKE_WORLD_H

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
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

enum fake_commit_state { FAKE_FREE, FAKE_LINKED, FAKE_DISMISSED };

struct app {
	enum fake_world world;
	struct workflow wf;
	struct ticket *v;
	size_t n, cap;
	int64_t version;
	struct fake_undo undo[64];
	size_t n_undo, n_redo;
	struct comment_list comments; /* of the first ticket */
	enum fake_commit_state commit[8]; /* without a ticket */
	uint32_t linked_to;               /* ticket, by hand */
	char *comment_text; /* of the first one, once it is changed */
	bool comment_hidden;
	size_t written, generated;        /* how often */
	int64_t undone_op;                /* alone */
	bool readonly;
	bool gone; /* the file */
	bool later; /* 1.3 and 2.0 are planned, too */
	bool no_spring;     /* 1.2 is not there (any more) */
	char state_of[16]; /* whose state was set last */
	/* While locked_ms > 0 the next change waits so long for a lock. */
	int locked_ms;
	bool (*give_up)(void *arg, long pid, int waited_ms);
	void *give_up_arg;
	bool stranger; /* did what undo would take back */
	char owner[32]; /* of 1.2, once it was set */
	enum rc generate_rc; /* what app_generate() is to return */
	char *dir;
	bool empty_commit; /* the commits change nothing */
	size_t pages;   /* app_ticket_page() calls */
	size_t largest; /* rows of the largest page */
	bool (*stop)(void *arg);
	void *stop_arg;
	bool slow_page, slow_count; /* they last until they are stopped */
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
	if (i == 2 || i == 4)
		t->parent = mem_strdup("NOTE-42");
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
	free(a->comment_text);
	free(a);
}

#endif
