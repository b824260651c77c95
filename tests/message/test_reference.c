#include "message.h"

struct row {
	const char *message;
	const char *want; /* as test_references() writes it */
};

static size_t failures;

static void
check_rows(const struct row *rows, size_t n, bool hash)
{
	failures = 0;
	for (size_t i = 0; i < n; i++) {
		char *got = test_references(rows[i].message,
		    strlen(rows[i].message), hash);

		if (strcmp(got, rows[i].want) != 0) {
			print_error("message: %s\n  want %s\n  got  %s\n",
			    rows[i].message, rows[i].want, got);
			failures++;
		}
		free(got);
	}
	assert_int_equal(failures, 0);
}

#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]), false)
#define CHECK_HASH(rows) \
	check_rows(rows, sizeof(rows) / sizeof((rows)[0]), true)

static void
test_leads(void **state)
{
	static const struct row rows[] = {
		{ "[NOTE-1] x", "NOTE-1:claims" },
		{ "NOTE-1: x", "NOTE-1:claims" },
		{ "NOTE-1 - x", "NOTE-1:claims" },
		{ "NOTE-1 x", "NOTE-1:claims" },
		{ "NOTE-1", "NOTE-1:claims" },
		{ "(NOTE-1) x", "NOTE-1:claims" },
		{ "{NOTE-1} x", "NOTE-1:claims" },
		{ "|NOTE-1] added x", "NOTE-1:claims" },
		{ "[NOTE-1: x is not y]", "NOTE-1:claims" },
		{ "[NOTE-1 - x", "NOTE-1:claims" },
		{ "[ NOTE-1] x", "NOTE-1:claims" },
		{ "[note-1] x", "NOTE-1:claims" },
		{ "\n\n  [NOTE-1] x", "NOTE-1:claims" },
		{ "* [NOTE-1] x", "NOTE-1:claims" },
		{ "o NOTE-1: x", "NOTE-1:claims" },
		{ "[NOTE-1][A-2] x", "NOTE-1:claims A-2:claims" },
		{ "[NOTE-1] [A-2] x", "NOTE-1:claims A-2:claims" },
		{ "[NOTE-1, A-2] x", "NOTE-1:claims A-2:claims" },
		{ "[NOTE-1, 2,3] x",
		    "NOTE-1:claims NOTE-2:claims NOTE-3:claims" },
		{ "NOTE-1, A-2 and A-3: x",
		    "NOTE-1:claims A-2:claims A-3:claims" },
		{ "NOTE-1/A-2 x", "NOTE-1:claims A-2:claims" },
		{ "NOTE-1 & A-2 - x", "NOTE-1:claims A-2:claims" },
		{ "NOTE-1: this, A-2: that", "NOTE-1:claims A-2:claims" },
		{ "[3.9.x] [NOTE-1] x", "NOTE-1:claims" },
		{ "[Backport 4.0.x][NOTE-1] x", "NOTE-1:claims" },
		{ "fixup! [NOTE-1] x", "NOTE-1:claims" },
		{ "Merged PR 77: NOTE-1 x", "NOTE-1:claims" },
		{ "Merged PR 77 NOTE-1 x", "NOTE-1:mentions" },
		{ "Backport NOTE-1 to 3.9", "NOTE-1:claims" },
		{ "Issue NOTE-1: x", "NOTE-1:claims" },
		{ "fix(ui): NOTE-1 x", "NOTE-1:claims" },
		/* Not a heading. */
		{ "NOTE-1 is not the cause", "NOTE-1:mentions" },
		{ "NOTE-1-like trouble", "NOTE-1:mentions" },
		{ "x for NOTE-1", "NOTE-1:mentions" },
		{ "Test for [x] NOTE-1", "NOTE-1:mentions" },
		{ "NOTE-1's test", "NOTE-1:mentions" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_brackets(void **state)
{
	static const struct row rows[] = {
		{ "x (NOTE-1)", "NOTE-1:claims" },
		{ "x [NOTE-1] y", "NOTE-1:claims" },
		{ "x (NOTE-1, A-2)", "NOTE-1:claims A-2:claims" },
		{ "x (NOTE-1, PR #7)", "NOTE-1:claims" },
		{ "x (refs NOTE-1)", "NOTE-1:claims" },
		{ "x (NOTE-1) (#12)", "NOTE-1:claims" },
		{ "x (see NOTE-1)", "NOTE-1:mentions" },
		{ "x (broken by NOTE-1)", "NOTE-1:mentions" },
		{ "x\n\ny (NOTE-1)", "NOTE-1:mentions" },
		{ "[x] y [NOTE-1", "NOTE-1:mentions" },
		{ "feat(NOTE-1): x", "NOTE-1:claims" },
		{ "feat(ui/NOTE-1)!: x", "NOTE-1:claims" },
		{ "fix(core, NOTE-1, A-2): x", "NOTE-1:claims A-2:claims" },
		{ "parser(NOTE-1): x", "NOTE-1:claims" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_closes(void **state)
{
	static const char *const words[] = { "close", "closes", "closed",
		"closing", "fix", "fixes", "fixed", "fixing", "resolve",
		"resolves", "resolved", "resolving", "implement", "implements",
		"implemented", "implementing" };
	static const char *const forms[] = { "%s NOTE-1", "%s: NOTE-1",
		"x\n\n%s NOTE-1.", "x\n\n%s: NOTE-1\n", "x\n\n%s [NOTE-1]",
		"x; %s NOTE-1", "x\n\n* %s NOTE-1: y", "x (%s NOTE-1)",
		"x\n\nThis also %s issue NOTE-1\nand more" };

	(void)state;
	for (size_t w = 0; w < sizeof(words) / sizeof(words[0]); w++)
		for (size_t f = 0; f < sizeof(forms) / sizeof(forms[0]); f++)
			for (int up = 0; up < 2; up++) {
				struct buf b = BUF_INIT;
				char word[16], *got, *at;

				snprintf(word, sizeof(word), "%s", words[w]);
				if (up)
					word[0] -= 'a' - 'A';
				at = strstr(forms[f], "%s");
				buf_add(&b, forms[f], (size_t)(at - forms[f]));
				buf_puts(&b, word);
				buf_puts(&b, at + 2);
				got = test_references(buf_str(&b), b.len,
				    false);
				if (strcmp(got, "NOTE-1:closes") != 0)
					fail_msg("%s: %s", buf_str(&b), got);
				free(got);
				buf_release(&b);
			}
}

static void
test_close_lists(void **state)
{
	static const struct row rows[] = {
		{ "Fixes A-1, A-2 and A-3",
		    "A-1:closes A-2:closes A-3:closes" },
		{ "x\n\nFixes A-1, A-2, and A-3.",
		    "A-1:closes A-2:closes A-3:closes" },
		{ "Fixes A-1 A-2; A-3 & A-4",
		    "A-1:closes A-2:closes A-3:closes A-4:closes" },
		{ "Fixes A-1 / A-2", "A-1:closes A-2:closes" },
		{ "Fixes [A-1] [A-2]", "A-1:closes A-2:closes" },
		{ "x\n\nFixes A-1,\nA-2", "A-1:closes A-2:closes" },
		{ "x\n\nFixes: A-1,\n A-2", "A-1:closes A-2:closes" },
		{ "Fixes A-1 and fixes A-2", "A-1:closes A-2:closes" },
		{ "Fixes A-1, not A-2", "A-1:closes A-2:mentions" },
		{ "Fixes A-1 and mentions A-2", "A-1:closes A-2:mentions" },
		{ "Fixes A-1 (A-2)", "A-1:closes A-2:claims" },
		{ "Fixes A-1, A-2 remains open", "A-1:closes A-2:mentions" },
		{ "Fixes A-1 caused by A-2", "A-1:closes A-2:mentions" },
		{ "Fix A-1 by undoing A-2", "A-1:closes A-2:mentions" },
		{ "[A-1] x\n\nFixes A-2", "A-1:claims A-2:closes" },
		{ "Fixes: https://x.org/browse/A-1", "A-1:closes" },
		{ "x\n\nFixes https://x.org/browse/A-1, A-2",
		    "A-1:closes A-2:closes" },
		{ "x fixes: A-1", "A-1:closes" },
		{ "fix: A-1", "A-1:closes" },
		{ "A-1 fixes A-1", "A-1:closes" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_not_closes(void **state)
{
	static const struct row rows[] = {
		{ "This does not fix A-1", "A-1:mentions" },
		{ "doesn't close A-1", "A-1:mentions" },
		{ "not fixed: A-1", "A-1:mentions" },
		{ "won't fix A-1", "A-1:mentions" },
		{ "x\n\nThis doesn\xe2\x80\x99t fix A-1", "A-1:mentions" },
		{ "x\n\n- [ ] fix A-1\n- [x] fix A-2",
		    "A-1:mentions A-2:closes" },
		{ "x\n\n- [ ] A-1: do it\n", "A-1:mentions" },
		{ "x\n\nTODO: fix A-1", "A-1:mentions" },
		{ "x\n\nFixes A-1?", "A-1:mentions" },
		{ "x\n\nFixes A-1 in a later commit", "A-1:mentions" },
		{ "x\n\nFixes A-1 in the next release", "A-1:mentions" },
		{ "x\n\nFixes A-1 in the parser", "A-1:closes" },
		{ "x\n\n<!-- Fixes A-1 --> fixes A-2",
		    "A-1:mentions A-2:closes" },
		{ "x\n\n<!--\nwrite: Fixes A-1\n-->\n\nFixes A-2",
		    "A-1:mentions A-2:closes" },
		{ "x\n\nThis does not really fix A-1", "A-1:mentions" },
		{ "x\n\nThis does not, however, fix A-1", "A-1:mentions" },
		{ "x\n\nThis does not\nfix A-1", "A-1:mentions" },
		{ "never fixes A-1", "A-1:mentions" },
		{ "x without fixing A-1", "A-1:mentions" },
		{ "x instead of fixing A-1", "A-1:mentions" },
		{ "Cannot resolve A-1", "A-1:mentions" },
		{ "no longer fixes A-1", "A-1:mentions" },
		{ "x\n\nif this fixes A-1 we are done", "A-1:mentions" },
		{ "x\n\nwe will fix A-1 later", "A-1:mentions" },
		{ "x\n\nneeds more work to fix A-1", "A-1:mentions" },
		{ "x\n\nMore is needed to fix A-1", "A-1:mentions" },
		{ "prefix A-1", "A-1:mentions" },
		{ "hotfix A-1", "A-1:mentions" },
		{ "bug-fix A-1", "A-1:mentions" },
		{ "suffixes A-1", "A-1:mentions" },
		{ "the fix A-1 made", "A-1:mentions" },
		{ "x, which fixed A-1", "A-1:mentions" },
		{ "x\n\ncommit 1234abc fixed A-1 badly", "A-1:mentions" },
		{ "x\n\nThis was fixed A-1 ago", "A-1:mentions" },
		{ "Fix A-1 test", "A-1:mentions" },
		{ "Fix A-1 IT on JDK 16", "A-1:mentions" },
		{ "Fix A-1-related crash", "A-1:mentions" },
		{ "Fix A-1's test", "A-1:mentions" },
		{ "Fix crash of A-1", "A-1:mentions" },
		{ "Fixes: 1234abcd5678 (\"A-1: x\")", "A-1:mentions" },
		{ "x\n\nFixes: 1234abcd5678 (\"A-1: x\")", "A-1:mentions" },
		{ "x\n\n> Fixes A-1", "A-1:mentions" },
		{ "x\n\n```\nFixes A-1\n```\n", "A-1:mentions" },
		{ "x\n\n~~~sh\nFixes A-1\n~~~\n", "A-1:mentions" },
		{ "x\n\n    Fixes A-1\n", "A-1:mentions" },
		{ "x\n\n\tFixes A-1\n", "A-1:mentions" },
		{ "say `fixes A-1` there", "A-1:mentions" },
		{ "say \"fixes A-1\" there", "A-1:mentions" },
		{ "undo what fixed A-1", "A-1:mentions" },
		/* Work, but not the end of it. */
		{ "partially fixes A-1", "A-1:claims" },
		{ "Fixes A-1 partly", "A-1:claims" },
		{ "x\n\nThis should fix A-1", "A-1:claims" },
		{ "Try to fix A-1", "A-1:claims" },
		{ "Change y to fix A-1", "A-1:claims" },
		{ "First step towards fixing A-1", "A-1:claims" },
		/* No negation after all. */
		{ "x\n\nThis not only fixes A-1 but y", "A-1:closes" },
		{ "x does not build, but fixes A-1", "A-1:closes" },
		{ "x is not y. Fixes A-1", "A-1:closes" },
		{ "x\n\nThis is not y\nFixes A-1", "A-1:closes" },
		{ "x\n\n* not y\n* fixes A-1", "A-1:closes" },
		{ "x\n\nthis is not\n\nfixes A-1", "A-1:closes" },
		{ "x\n\n```\nFixes A-1\n", "A-1:closes" },
		{ "x\n\ntext\n    fixes A-1\n", "A-1:closes" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_trailers(void **state)
{
	static const struct row rows[] = {
		{ "x\n\nRefs: A-1\n", "A-1:claims" },
		{ "x\n\nTicket: A-1\n", "A-1:claims" },
		{ "x\n\nIssue: A-1\n", "A-1:claims" },
		{ "x\n\nIssue id: A-1\n", "A-1:claims" },
		{ "x\n\nJira: A-1, A-2\n", "A-1:claims A-2:claims" },
		{ "x\n\nPR: A-1\nSubmitted by: y\n", "A-1:claims" },
		{ "x\n\nRefs: A-1,\n A-2\n", "A-1:claims A-2:claims" },
		{ "x\n\nRefs: A-1\nSigned-off-by: y <y@z>\n", "A-1:claims" },
		{ "x\n\nCloses-Bug: A-1\n", "A-1:closes" },
		{ "x\n\nPartial-Bug: A-1\n", "A-1:claims" },
		{ "x\n\nSee-also: A-1\n", "A-1:mentions" },
		{ "x\n\nRelated-to: A-1\n", "A-1:mentions" },
		{ "x\n\nRefs: the A-1 thing\n", "A-1:mentions" },
		{ "x\r\n\r\nRefs: A-1\r\nFixes: A-2\r\n",
		    "A-1:claims A-2:closes" },
		{ "x\n\ngit-svn-id: https://y/A-1@2 z\n", "-" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_bodies(void **state)
{
	static const struct row rows[] = {
		{ "x (#3)\n\n* [A-1] y\n\n* [A-2] z\n",
		    "A-1:claims A-2:claims" },
		{ "x\n\n* A-1: y\n* A-2 z\n", "A-1:claims A-2:claims" },
		{ "[A-1] x\n[A-2] y\n o why it\n   is so.\n[A-3] z\n",
		    "A-1:claims A-2:claims A-3:claims" },
		{ "[A-1] x\n\nwhat became of\n[A-2] is open",
		    "A-1:claims A-2:mentions" },
		{ "x\n\nIt is so.\n[A-2] has more", "A-2:mentions" },
		{ "x\n\n- A-1 y\n", "A-1:claims" },
		{ "x\n\n* feat(A-1): y\n", "A-1:claims" },
		{ "x\n\nA-1: y\nA-2: z\n", "A-1:claims A-2:claims" },
		{ "x\n\n[A-1] y\n[A-2] z\n", "A-1:claims A-2:claims" },
		{ "Squashed commit of the following:\n\ncommit 1234567890\n"
		  "Author: y <y@z>\n\n    A-1 y\n\n    see A-2\n",
		    "A-1:claims A-2:mentions" },
		/* Prose. */
		{ "x\n\nthe fix landed in\nA-1: y\n", "A-1:mentions" },
		{ "x\n\nas told by\nA-1.\n", "A-1:mentions" },
		{ "x\n\nA-1 is y\n", "A-1:mentions" },
		{ "x\n\n[A-1](https://y/A-1) z\n", "A-1:mentions" },
		{ "x\n\n[A-1]: https://y/A-1\n", "A-1:mentions" },
		{ "x\n\nhttps://y/browse/A-1\n", "A-1:mentions" },
		{ "x\n\nThese still fail:\n\n- A-1: y\n- A-2: z\n",
		    "A-1:mentions A-2:mentions" },
		{ "x\n\nChanges:\n\n- A-1: y\n", "A-1:claims" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_merges(void **state)
{
	static const struct row rows[] = {
		{ "Merge branch 'A-1'", "A-1:claims" },
		{ "Merge branch 'feature/a-1-x' into main", "A-1:claims" },
		{ "Merge branch 'main' into A-1", "A-1:mentions" },
		{ "Merge branch 'main' into 'A-1-x'", "A-1:mentions" },
		{ "Merge remote-tracking branch 'origin/A-1'", "A-1:claims" },
		{ "Merge branches 'A-1' and 'A-2'", "A-1:claims A-2:claims" },
		{ "Merge pull request #3 from y/A-1_z", "A-1:claims" },
		{ "Merge pull request #3 in P/r from feature/A-1-x to main",
		    "A-1:claims" },
		{ "Merged in bugfix/A-1-x (pull request #3)", "A-1:claims" },
		{ "Merge branch 'A-1' of https://y.org/z", "A-1:claims" },
		{ "Merge branch 'revert-3-A-1'", "A-1:mentions" },
		{ "Merge branch 'x'\n\nCloses A-1", "A-1:closes" },
		{ "Merge tag 'v1.2'", "-" },
		{ "Merge branch 'A-1", "A-1:mentions" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_reverts(void **state)
{
	static const struct row rows[] = {
		{ "Revert \"[A-1] x\"", "A-1:mentions" },
		{ "Revert \"x (A-1)\" (#3)", "A-1:mentions" },
		{ "Revert \"fixes A-1\"", "A-1:mentions" },
		{ "[A-1] Revert \"[A-2] x\"", "A-1:claims A-2:mentions" },
		{ "[A-1] Revert A-2 and A-3",
		    "A-1:claims A-2:mentions A-3:mentions" },
		{ "Revert A-1", "A-1:mentions" },
		{ "Revert [A-1] x", "A-1:mentions" },
		{ "revert: A-1 x", "A-1:mentions" },
		{ "revert(ui): feat(A-1): x", "A-1:mentions" },
		{ "Partially revert A-1", "A-1:mentions" },
		{ "Back out A-1", "A-1:mentions" },
		{ "Rollback A-1", "A-1:mentions" },
		{ "Reapply \"[A-1] x\"", "A-1:mentions" },
		{ "Revert \"Revert \"[A-1] x\"\"", "A-1:mentions" },
		{ "Revert \"A-1 x\nfixes A-2\"", "A-1:mentions A-2:mentions" },
		{ "Revert \"A-1 x\n[A-2] y\"", "A-1:mentions A-2:mentions" },
		{ "Revert \"x\"\n\nFixes: A-1\n", "A-1:closes" },
		{ "x\n\n* Revert \"[A-1] y\"\n* [A-2] z\n",
		    "A-1:mentions A-2:claims" },
		{ "x\n\nThis reverts commit 1234567, which fixed A-1.",
		    "A-1:mentions" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_korean(void **state)
{
	static const struct row rows[] = {
		{ "[NOTE-12] 한글 제목", "NOTE-12:claims" },
		{ "NOTE-12: 한글 제목", "NOTE-12:claims" },
		{ "NOTE-12 한글 제목", "NOTE-12:claims" },
		{ "NOTE-12를 고침", "NOTE-12:closes" },
		{ "NOTE-12 해결", "NOTE-12:closes" },
		{ "NOTE-12 닫음", "NOTE-12:closes" },
		{ "로그인 오류 고침\n\n해결: NOTE-12, NOTE-13\n",
		    "NOTE-12:closes NOTE-13:closes" },
		{ "x\n\nNOTE-12, NOTE-13 해결함.",
		    "NOTE-12:closes NOTE-13:closes" },
		{ "NOTE-12와 NOTE-13을 고쳤습니다",
		    "NOTE-12:closes NOTE-13:closes" },
		{ "x\n\n이슈: NOTE-12\n", "NOTE-12:claims" },
		{ "오류 수정(NOTE-12)", "NOTE-12:claims" },
		{ "참고NOTE-12참고", "NOTE-12:mentions" },
		{ "x\n\nNOTE-12 해결 방법을 찾는 중", "NOTE-12:mentions" },
		{ "x\n\nNOTE-12 해결 안 됨", "NOTE-12:mentions" },
		{ "x\n\nNOTE-12는 해결되지 않음", "NOTE-12:mentions" },
		{ "x\n\nNOTE-12 미해결", "NOTE-12:mentions" },
		{ "x\n\nNOTE-12 수정", "NOTE-12:mentions" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_edges(void **state)
{
	static const struct row rows[] = {
		{ "", "-" },
		{ "\n\n\n", "-" },
		{ "NOTE-", "-" },
		{ "NOTE-0 x", "-" },
		{ "NOTE-012 x", "-" },
		{ "NOTE-999999999 x", "NOTE-999999999:claims" },
		{ "NOTE-1000000000 x", "-" },
		{ "NOTE-99999999999999999999 x", "-" },
		{ "NOTE-1a x", "-" },
		{ "NOTE-1_x", "-" },
		{ "XXNOTE-1 x", "-" },
		{ "X-A-1 x", "-" },
		{ "A-1-2 x", "-" },
		{ "A-1.2 x", "-" },
		{ "see A-1.", "A-1:mentions" },
		{ "A--1 x", "-" },
		{ "x B-1 y", "-" },
		{ "x src/a-1/y", "-" },
		{ "x A-1 y A-1", "A-1:mentions" },
		{ "x A-1\n\nFixes A-1", "A-1:closes" },
		{ "x A-1\n# ------------------------ >8 "
		  "------------------------\nFixes A-2",
		    "A-1:mentions" },
		{ "x #1 y", "-" },
		{ "GH-1 x", "-" },
		{ "issue 1 x", "-" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_typos(void **state)
{
	static const struct row rows[] = {
		{ "[MGN-1] x", "MGN-1?:claims" },
		{ "[MNG-1] x", "MNG-1:claims" },
		{ "[NOTEE-1] x", "NOTEE-1?:claims" },
		{ "[NTOE-1] x", "NTOE-1?:claims" },
		{ "[NOTES-1] x", "NOTES-1?:claims" },
		{ "Fixes NOET-1", "NOET-1?:closes" },
		{ "[MN-1] x", "-" },
		{ "[AB-1] x", "-" },
		{ "UTF-8, SHA-256, ISO-8859, RFC-1, CVE-1, JDK-1, PNG-8", "-" },
		{ "NODE-18 x", "-" },
		{ "[mgn-1] x", "-" },
		{ "https://x/MGN-1", "-" },
	};
	struct grammar g = test_grammar(false);
	struct reference_list l;

	(void)state;
	CHECK(rows);
	reference_parse("[MGN-6383] x", 12, &g, &l);
	assert_int_equal(l.n, 1);
	assert_string_equal(l.v[0].key.prefix, "MGN");
	assert_string_equal(l.v[0].meant.prefix, "MNG");
	assert_int_equal(l.v[0].meant.number, 6383);
	reference_list_release(&l);
	strv_release(&g.prefixes);
}

static void
test_hash(void **state)
{
	static const struct row rows[] = {
		{ "#12 x", "NOTE-12:claims" },
		{ "[#12] x", "NOTE-12:claims" },
		{ "GH-12: x", "NOTE-12:claims" },
		{ "x (#12)", "NOTE-12:claims" },
		{ "x (#12) (#13)", "NOTE-12:claims NOTE-13:claims" },
		{ "x (#12) y", "NOTE-12:mentions" },
		{ "x fix (#12)", "NOTE-12:claims" },
		{ "Fixes #12, #13 and NOTE-14",
		    "NOTE-12:closes NOTE-13:closes NOTE-14:closes" },
		{ "fixes issue #12", "NOTE-12:closes" },
		{ "x. Fixes GitHub issue 1406", "NOTE-1406:closes" },
		{ "x, GitHub issue 1234 from y", "NOTE-1234:mentions" },
		{ "x, issues 12 and 13.", "NOTE-12:mentions NOTE-13:mentions" },
		{ "x\n\nGitHub\nissue 12.", "NOTE-12:mentions" },
		{ "x\n\nissue\n12. y", "NOTE-12:mentions" },
		{ "Merge pull request #12 from y/z", "NOTE-12:mentions" },
		{ "x\n\nPR: #12", "NOTE-12:mentions" },
		{ "y/z#12 &#12; C#12 #012 #12a", "-" },
		{ "Merge branch '12-fix-x'", "NOTE-12:claims" },
	};

	(void)state;
	CHECK_HASH(rows);
}

static void
test_commands(void **state)
{
	static const struct row rows[] = {
		{ "A-1 #close", "A-1:closes" },
		{ "x\n\nsee A-1 #time 1h", "A-1:claims" },
		{ "x\n\nA-1 #comment y", "A-1:claims" },
		{ "x\n\nA-1 #nothing", "A-1:mentions" },
	};

	(void)state;
	CHECK(rows);
}

static void
test_why(void **state)
{
	static const struct {
		const char *message;
		enum reference_why why;
		size_t offset;
	} rows[] = {
		{ "[A-1] x", WHY_LEADS_SUBJECT, 1 },
		{ "[3.9] [A-1] x", WHY_LEADS_SUBJECT, 7 },
		{ "x (A-1)", WHY_BRACKET, 3 },
		{ "feat(A-1): x", WHY_SCOPE, 5 },
		{ "x\n\nRefs: A-1", WHY_TRAILER, 9 },
		{ "fixes A-1", WHY_KEYWORD, 6 },
		{ "x\n\nFixes: A-1", WHY_KEYWORD_TRAILER, 10 },
		{ "x\n\n* A-1: y", WHY_BODY_LINE, 5 },
		{ "Merge branch 'A-1'", WHY_BRANCH, 14 },
		{ "x A-1 #close", WHY_COMMAND, 2 },
		{ "Revert \"A-1\"", WHY_REVERT, 8 },
		{ "Revert A-1", WHY_REVERT, 7 },
		{ "does not fix A-1", WHY_NEGATED, 13 },
		{ "x\n\n> A-1", WHY_QUOTED, 5 },
		{ "x\n\n    A-1", WHY_CODE, 7 },
		{ "x A-1", WHY_TEXT, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct grammar g = test_grammar(false);
		struct reference_list l;

		reference_parse(rows[i].message, strlen(rows[i].message), &g,
		    &l);
		assert_int_equal(l.n, 1);
		assert_int_equal(l.v[0].why, rows[i].why);
		assert_int_equal(l.v[0].offset, rows[i].offset);
		assert_int_equal(l.v[0].len, 3);
		reference_list_release(&l);
		strv_release(&g.prefixes);
	}
	for (int w = 0; w < WHY_N; w++)
		assert_true(strlen(reference_why_text((enum reference_why)w)) >
		    10);
	assert_string_equal(reference_why_text(WHY_N), "");
}

static void
test_limits(void **state)
{
	struct grammar g = test_grammar(false);
	struct reference_list l;
	struct buf b = BUF_INIT;

	(void)state;
	for (int i = 1; i <= 200; i++)
		buf_printf(&b, "A-%d ", i);
	reference_parse(b.ptr, b.len, &g, &l);
	assert_int_equal(l.n, GRAMMAR_KEYS_MAX);
	assert_int_equal(l.v[GRAMMAR_KEYS_MAX - 1].key.number,
	    GRAMMAR_KEYS_MAX);
	reference_list_release(&l);

	/* Head and tail of a huge message, and nothing between. */
	buf_clear(&b);
	buf_puts(&b, "[A-1] x\n\n");
	while (b.len < GRAMMAR_MESSAGE_MAX)
		buf_puts(&b, "padding without end\n");
	buf_puts(&b, "\nfixes A-2\n\n");
	while (b.len < 3 * (size_t)GRAMMAR_MESSAGE_MAX)
		buf_puts(&b, "padding without end\n");
	buf_puts(&b, "\nRefs: A-3\n");
	reference_parse(b.ptr, b.len, &g, &l);
	assert_int_equal(l.n, 2);
	assert_int_equal(l.v[0].key.number, 1);
	assert_int_equal(l.v[1].key.number, 3);
	assert_int_equal(l.v[1].role, LINK_CLAIMS);
	assert_memory_equal(b.ptr + l.v[1].offset, "A-3", 3);
	reference_list_release(&l);
	buf_release(&b);
	strv_release(&g.prefixes);
}

static void
test_no_prefix(void **state)
{
	struct grammar g = { .hash = true };
	struct reference_list l;

	(void)state;
	reference_parse("A-1 #1", 6, &g, &l);
	assert_int_equal(l.n, 0);
	reference_list_release(&l);
}

static void
test_branches(void **state)
{
	static const struct {
		const char *name;
		bool hash;
		const char *prefix;
		uint32_t number;
	} rows[] = {
		{ "NOTE-12", false, "NOTE", 12 },
		{ "note-12", false, "NOTE", 12 },
		{ "feature/NOTE-12-short-title", false, "NOTE", 12 },
		{ "feature/NOTE-12_short", false, "NOTE", 12 },
		{ "note_12", false, "NOTE", 12 },
		{ "me/x-a-3", false, "A", 3 },
		{ "한글-A-3-제목", false, "A", 3 },
		{ "12-title", true, "NOTE", 12 },
		{ "feature/12-title", true, "NOTE", 12 },
		{ "issue-12", true, "NOTE", 12 },
		{ "issues/12", true, "NOTE", 12 },
		{ "gh-12", true, "NOTE", 12 },
		{ "fix/#12", true, "NOTE", 12 },
		{ "main", true, NULL, 0 },
		{ "12-title", false, NULL, 0 },
		{ "2024-01-fix", true, NULL, 0 },
		{ "3.9.x", true, NULL, 0 },
		{ "release/12", true, NULL, 0 },
		{ "denote-12", false, NULL, 0 },
		{ "note-12x", false, NULL, 0 },
		{ "note-2.27", false, NULL, 0 },
		{ "note-0", false, NULL, 0 },
		{ "note-1000000000", false, NULL, 0 },
		{ "", true, NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct grammar g = test_grammar(rows[i].hash);
		struct ticket_key key;
		const bool ok = reference_from_branch(rows[i].name, &g, &key);

		if (ok != (rows[i].prefix != NULL))
			fail_msg("%s", rows[i].name);
		if (ok) {
			assert_string_equal(key.prefix, rows[i].prefix);
			assert_int_equal(key.number, rows[i].number);
		}
		strv_release(&g.prefixes);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_leads),
		cmocka_unit_test(test_brackets),
		cmocka_unit_test(test_closes),
		cmocka_unit_test(test_close_lists),
		cmocka_unit_test(test_not_closes),
		cmocka_unit_test(test_trailers),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_merges),
		cmocka_unit_test(test_reverts),
		cmocka_unit_test(test_korean),
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_typos),
		cmocka_unit_test(test_hash),
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_why),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_no_prefix),
		cmocka_unit_test(test_branches),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
