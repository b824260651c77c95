/* A rich made-up release: hostile text, Korean, every kind of entry. */
#ifndef TEST_RENDER_SAMPLE_H
#define TEST_RENDER_SAMPLE_H

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "model/notes.h"

static inline struct oid
sample_oid(unsigned seed)
{
	struct oid o = { .len = 20 };

	for (unsigned i = 0; i < 20; i++)
		o.id[i] = (uint8_t)(seed * 37 + i * 11);
	return o;
}

static inline struct notes_entry *
sample_entry(struct notes_section *s, const char *key, const char *type,
    const char *summary, const char *note)
{
	struct notes_entry *const e = notes_entry_add(s);

	snprintf(e->key, sizeof(e->key), "%s", key);
	e->type = mem_strdup(type);
	e->summary = mem_strdup(summary);
	e->note = mem_strdup(note);
	e->commits = mem_calloc(1, sizeof(*e->commits));
	e->commits[0] = sample_oid((unsigned)s->n + (unsigned)s->id * 16);
	e->n_commits = 1;
	return e;
}

static inline void
sample_sections(struct notes_section *s)
{
	struct notes_entry *e;

	e = sample_entry(&s[SECTION_FEATURES], "MNG-10", "feature",
	    "Preview of the notes in the terminal", NULL);
	e->description = mem_strdup(
	    "Shows the *rendered* notes.\n"
	    "See https://example.org/docs?a=1&b=2.\n\nSecond paragraph.");
	e = sample_entry(&s[SECTION_FEATURES], "MNG-11", "feature",
	    "세션을 넘는 실행 취소",
	    "`u`로 **실행 취소**합니다.\n\n"
	    "# 제목\n\n- 하나\n  - 둘\n- 셋\n\n```sh\nnotes undo\n  # "
	    "들여쓰기\n"
	    "```\n\n> 인용 <script>alert(1)</script>\n");
	strv_push(&e->also_in, "3.5.5");
	strv_push(&e->also_in, "3.8.9");
	e = sample_entry(&s[SECTION_IMPROVEMENTS], "MNG-12", "improvement",
	    "Use List<String> and snake_case_name; C++ is #1", NULL);
	e->breaking = true;
	sample_entry(&s[SECTION_IMPROVEMENTS], "MNG-13", "improvement",
	    "<script>alert('x')</script> [link](javascript:alert(1)) @admin "
	    "mail a@b.example :tada: ~~gone~~ | cell | https://evil.example",
	    NULL);
	sample_entry(&s[SECTION_FIXES], "MNG-1", "bug",
	    "1. not a list\n# not a heading\r\n- not an item", NULL);
	sample_entry(&s[SECTION_FIXES], "MNG-2", "bug",
	    "*p = &x; `code` \\path\\to &amp; ====", NULL);
	sample_entry(&s[SECTION_FIXES], "MNG-3", "bug",
	    "escape \033[31mred\033[0m, override \xE2\x80\xAE"
	    "abc, bad \xFF",
	    NULL);
	sample_entry(&s[SECTION_FIXES], "MNG-41", "bug",
	    "한글 폭 계산 오류로 표가 어긋나던 문제가 "
	    "있어 두 칸 글자를 반으로 "
	    "자르지 않도록 고쳤습니다",
	    NULL);
	sample_entry(&s[SECTION_FIXES], "", "bug", "a commit without a ticket",
	    NULL);
	sample_entry(&s[SECTION_SECURITY], "MNG-20", "security",
	    "Refuse a planted trigger",
	    "A database with a planted trigger is refused "
	    "([advisory](https://example.org/a_(1)), "
	    "[bad](javascript:x)).");
	sample_entry(&s[SECTION_DEPENDENCIES], "MNG-30", "dependency",
	    "Update @babel/core to 7.26.0", NULL);
	sample_entry(&s[SECTION_TASKS], "MNG-31", "task",
	    ".TH in a manual \"quoted\" 'line'", NULL);
	e = sample_entry(&s[SECTION_KNOWN_ISSUES], "MNG-50", "bug",
	    "Crash when the terminal is resized", NULL);
	e->resolved_in = mem_strdup("3.6.2");
	sample_entry(&s[SECTION_REVERTED], "MNG-60", "feature",
	    "Parallel resolution", NULL);
}

static inline void
sample_notes(struct notes *n)
{
	notes_init(n);
	n->version = mem_strdup("3.6.1");
	n->title = mem_strdup("봄 *spring*");
	n->description = mem_strdup("A release with **care**.");
	n->date = INT64_C(1554336000);
	n->build = mem_strdup("57");
	n->previous = mem_strdup("3.6.0");
	n->state = RELEASE_RELEASED;
	n->from = sample_oid(200);
	n->to = sample_oid(201);
	n->n_commits = 56;
	sample_sections(n->sections);
	notes_warn(n, NOTES_WARN_REVERTED, "MNG-60", &n->to, "reverted by %s",
	    "abc");
	notes_warn(n, NOTES_WARN_NO_COMMIT, "MNG-50", NULL, "no commit");
	n->unlinked = mem_calloc(1, sizeof(*n->unlinked));
	n->n_unlinked = n->cap_unlinked = 1;
	n->unlinked[0].commit = sample_oid(9);
	n->unlinked[0].subject = mem_strdup("Fix typo");
	snprintf(n->unlinked[0].suggest, TICKET_KEY_MAX, "MNG-3");
	strv_push(&n->contributors, "Alice *A* <a@example.org>");
	strv_push(&n->contributors, "홍길동");
	strv_push(&n->new_contributors, "홍길동");
}

static inline void
sample_builds(struct notes *n)
{
	n->n_builds = 2;
	n->builds = mem_calloc(2, sizeof(*n->builds));
	for (size_t i = 0; i < 2; i++) {
		struct notes_build *const b = &n->builds[i];

		b->number = mem_strdup(i == 0 ? "56" : "57");
		b->commit = sample_oid(100 + (unsigned)i);
		b->time = INT64_C(1554249600) + (int64_t)i * 86400;
		for (int k = 0; k < SECTION_N; k++)
			b->sections[k].id = (enum notes_section_id)k;
	}
	sample_entry(&n->builds[0].sections[SECTION_FIXES], "MNG-1", "bug",
	    "1. not a list", NULL);
	sample_entry(&n->builds[1].sections[SECTION_FEATURES], "MNG-11",
	    "feature", "세션을 넘는 실행 취소", NULL);
}

#endif
