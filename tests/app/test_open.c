/* Making and opening trackers: in repositories of every form and without. */
#include "tracker.h"

static enum rc
init_at(struct tracker *t, const char *dir, const struct app_init *init,
    struct app_init_result *r)
{
	struct app_options o = { .dir = tr_path(t, dir), .mode = APP_WRITE };

	tr_close(t);
	return app_init(&o, init, &t->a, r, &t->err);
}

static enum rc
open_at(struct tracker *t, const char *dir)
{
	struct app_options o = { .dir = tr_path(t, dir), .mode = APP_WRITE };

	tr_close(t);
	return app_open(&o, &t->a, &t->err);
}

static void
test_guesses(void **state)
{
	struct tracker *t = *state;
	struct app_init init = { .prefix = NULL };
	struct app_init_result r;

	tr_sh(t,
	    "git init -q -b trunk my-tool; cd my-tool\n"
	    "git commit -q --allow-empty -m 1; git tag rel-1.0; git tag "
	    "rel-1.1");
	OK(t, init_at(t, "my-tool", &init, &r));
	assert_string_equal(r.prefix, "MYTOOL");
	assert_string_equal(r.mainline, "trunk");
	assert_string_equal(r.tags, "rel-{version}");
	assert_int_equal(r.releases, 2);
	assert_string_equal(r.db, tr_path(t, "my-tool/.git/tracker/notes.db"));
	app_init_result_release(&r);
	assert_string_equal(app_prefix(t->a), "MYTOOL");
	assert_string_equal(app_project(t->a), "my-tool");
	assert_string_equal(app_me(t->a), "ann");
	assert_string_equal(app_config(t->a, "mainline"), "trunk");
	FAILS(t, init_at(t, "my-tool", &init, &r), RC_EXISTS,
	    "there is a tracker already");
	OK(t, open_at(t, "my-tool"));
	assert_int_equal(tr_new(t, "summary=x", NULL).number, 1);
	tr_sh(t, "cd my-tool; git status --porcelain");
	assert_string_equal(buf_str(&t->out), "");
	tr_sh(t,
	    "stat -c %a my-tool/.git/tracker "
	    "my-tool/.git/tracker/notes.db");
	assert_string_equal(buf_str(&t->out), "700\n600\n");
}

/* No commit yet, no tag, a folder with a Korean name. */
static void
test_unborn(void **state)
{
	struct tracker *t = *state;
	struct app_init init = { .prefix = NULL };
	struct app_init_result r;

	tr_sh(t, "git init -q 한국어");
	OK(t, init_at(t, "한국어", &init, &r));
	assert_string_equal(r.prefix, "NOTE");
	assert_string_equal(r.mainline, "main");
	assert_string_equal(r.tags, "v{version}");
	app_init_result_release(&r);
	assert_string_equal(app_project(t->a), "한국어");
}

static void
test_bare(void **state)
{
	struct tracker *t = *state;
	struct app_init init = { .prefix = "NOTE" };
	struct app_init_result r;

	tr_sh(t, "git init -q --bare some.git");
	OK(t, init_at(t, "some.git", &init, &r));
	assert_string_equal(r.db, tr_path(t, "some.git/tracker/notes.db"));
	app_init_result_release(&r);
	assert_string_equal(app_project(t->a), "some");
	tr_new(t, "summary=제목", NULL);
	OK(t, open_at(t, "some.git"));
	assert_string_equal(tr_field(t, "NOTE-1", TF_SUMMARY), "제목");
	assert_string_equal(app_repo_path(t->a), tr_path(t, "some.git"));
}

/* Worktrees and folders below share the one tracker. */
static void
test_worktree(void **state)
{
	struct tracker *t = *state;
	char *db;

	tr_init_repo(t,
	    "cd repo; git commit -q --allow-empty -m 1; mkdir -p a/b\n"
	    "git worktree add -q ../other");
	tr_new(t, "summary=x", NULL);
	db = mem_strdup(app_db_path(t->a));
	OK(t, open_at(t, "other"));
	assert_string_equal(app_db_path(t->a), db);
	assert_string_equal(app_repo_path(t->a), tr_path(t, "other"));
	assert_string_equal(tr_field(t, "NOTE-1", TF_SUMMARY), "x");
	OK(t, open_at(t, "repo/a/b"));
	assert_string_equal(app_db_path(t->a), db);
	free(db);
}

static void
test_none(void **state)
{
	struct tracker *t = *state;
	struct app_init init = { .prefix = "NOTE" };
	struct app_init_result r;
	struct app_options o = { .dir = t->root, .repo = "/nonexistent" };

	FAILS(t, open_at(t, "."), RC_NOT_FOUND, "no git repository here");
	FAILS(t, init_at(t, ".", &init, &r), RC_NOT_FOUND, "");
	tr_sh(t, "git init -q repo");
	FAILS(t, open_at(t, "repo"), RC_NOT_FOUND, "notes init");
	FAILS(t, tr_open(t, "none", APP_WRITE), RC_NOT_FOUND, "no tracker at ");
	FAILS(t, app_open(&o, &t->a, &t->err), RC_IO, "/nonexistent");
	assert_null(t->a);
	tr_sh(t, "test ! -e none");
}

static void
test_bad_init(void **state)
{
	static const char *const bad[] = { "", "1A", "A-B", "note!", "한",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };
	struct tracker *t = *state;
	struct app_init init;
	struct app_init_result r;
	size_t i;

	tr_sh(t, "git init -q repo");
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		init = (struct app_init){ .prefix = bad[i] };
		FAILS(t, init_at(t, "repo", &init, &r), RC_INVALID, "prefix");
	}
	init = (struct app_init){ .prefix = "NOTE", .tags = "no pattern" };
	FAILS(t, init_at(t, "repo", &init, &r), RC_INVALID, "");
	tr_sh(t,
	    "test ! -e repo/.git/tracker/notes.db; "
	    "! git -C repo config --get-regexp '^tracker[.]'");
	init = (struct app_init){ .prefix = "note, doc" };
	OK(t, init_at(t, "repo", &init, &r));
	assert_string_equal(r.prefix, "NOTE, DOC");
	app_init_result_release(&r);
	assert_string_equal(app_prefix(t->a), "NOTE");
	assert_int_equal(t->a->prefixes.n, 2);
}

static void
test_without_repository(void **state)
{
	struct tracker *t = *state;
	struct app_init init = { .prefix = "note, doc" };
	struct app_init_result r;
	struct app_options o = { .dir = t->root, .mode = APP_WRITE };

	tr_init(t, "one");
	assert_string_equal(app_prefix(t->a), "NOTE");
	assert_null(app_repo_path(t->a));
	assert_string_equal(app_project(t->a), "one");
	OK(t, tr_open(t, "one", APP_WRITE));
	assert_string_equal(app_prefix(t->a), "NOTE");
	FAILS(t, app_config_set(t->a, "hash", "true", &t->err), RC_NOT_FOUND,
	    "no git repository");
	tr_close(t);
	/* The environment names it, too; paths are taken from here. */
	setenv("NOTES_DB", tr_path(t, "env/notes.db"), 1);
	OK(t, app_init(&o, &init, &t->a, &r, &t->err));
	app_init_result_release(&r);
	assert_string_equal(app_db_path(t->a), tr_path(t, "env/notes.db"));
	assert_int_equal(t->a->prefixes.n, 2);
	assert_true(strv_has(&t->a->prefixes, "DOC"));
	unsetenv("NOTES_DB");
}

static void
test_not_ours(void **state)
{
	struct tracker *t = *state;

	tr_sh(t, "mkdir bad; echo 'not a database' >bad/notes.db");
	FAILS(t, tr_open(t, "bad", APP_WRITE), RC_CORRUPT, "");
	tr_sh(t, "cat bad/notes.db");
	assert_string_equal(buf_str(&t->out), "not a database\n");
	tr_sh(t, "mkdir link; ln -s ../bad/notes.db link/notes.db");
	FAILS(t, tr_open(t, "link", APP_WRITE), RC_CORRUPT, "");
	assert_null(t->a);
}

/* ---- settings ---- */

static void
test_settings(void **state)
{
	static const struct {
		const char *name, *value, *words;
	} bad[] = {
		{ "colour", "x", "no setting colour" },
		{ "prefix", "a-b", "is no prefix" },
		{ "prefix", "", "cannot be empty" },
		{ "hash", "maybe", "neither true nor false" },
		{ "lang", "de", "no language de" },
		{ "url", "https://x/", "no {key}" },
		{ "subject", "x", "no {key}" },
		{ "refuse", "everything", "nothing to refuse" },
		{ "status", "blocked", "" },
		{ "status", "blocked:never", "" },
		{ "tags", "v", "" },
		{ "wip.STATUS", "3", "name the status" },
		{ "wip.open", "few", "a limit is a number" },
		{ "wip.", "3", "no setting wip." },
		{ "wip.a b", "3", "name the status" },
	};
	struct tracker *t = *state;
	const struct app_setting *s;
	size_t i;

	tr_init_repo(t, ":");
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		FAILS(t,
		    app_config_set(t->a, bad[i].name, bad[i].value, &t->err),
		    RC_INVALID, bad[i].words);
	for (s = app_settings; s->name != NULL; s++)
		OK(t, app_config_check(s->name, NULL, &t->err));
	OK(t, app_config_set(t->a, "prefix", "NOTE DOC", &t->err));
	assert_int_equal(t->a->prefixes.n, 2);
	OK(t, app_config_set(t->a, "Status", "blocked:doing", &t->err));
	assert_non_null(workflow_find(app_workflow(t->a), "blocked"));
	OK(t, app_config_set(t->a, "wip.in-progress", "3", &t->err));
	assert_string_equal(app_config(t->a, "wip.in-progress"), "3");
	OK(t, app_config_set(t->a, "me", "개발자", &t->err));
	assert_string_equal(app_me(t->a), "개발자");
	assert_non_null(strstr(app_config_origin(t->a, "me"), "config"));
	OK(t, app_config_set(t->a, "me", NULL, &t->err));
	assert_string_equal(app_me(t->a), "ann");
	assert_string_equal(app_config_origin(t->a, "me"), "default");
	assert_string_equal(app_git_config(t->a, "user.name"), "Ann");
	/* What somebody wrote there by hand does no harm. */
	tr_sh(t, "git -C repo config --add tracker.status nonsense");
	OK(t, open_at(t, "repo"));
	assert_int_equal(app_warnings(t->a)->n, 1);
	assert_non_null(strstr(app_warnings(t->a)->v[0], "tracker.status: "));
	assert_non_null(workflow_find(app_workflow(t->a), "blocked"));
	tr_new(t, "summary=x", "status=blocked", NULL);
	tr_fsck(t);
}

/* What a team shares in the tree; the repository's own settings win. */
static void
test_shared_settings(void **state)
{
	struct tracker *t = *state;

	tr_init_repo(t, ":");
	tr_sh(t,
	    "printf '[tracker]\\n\\tlang = ko\\n\\tprefix = SHARED\\n' "
	    ">repo/.notesconfig");
	OK(t, open_at(t, "repo"));
	assert_string_equal(app_config(t->a, "lang"), "ko");
	tr_sh(t, "git -C repo config tracker.lang en");
	OK(t, open_at(t, "repo"));
	assert_string_equal(app_config(t->a, "lang"), "en");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TR_TEST(test_guesses),
		TR_TEST(test_unborn),
		TR_TEST(test_bare),
		TR_TEST(test_worktree),
		TR_TEST(test_none),
		TR_TEST(test_bad_init),
		TR_TEST(test_without_repository),
		TR_TEST(test_not_ours),
		TR_TEST(test_settings),
		TR_TEST(test_shared_settings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
