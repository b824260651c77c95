#include "fixture.h"

#include <sys/stat.h>
#include <time.h>

#include "vcs/config.h"

static void
load(struct fixture *f, const char *cache, struct config *c)
{
	config_release(c);
	if (vcs_config_load(f->v, cache, c, &f->err) != RC_OK)
		fail_msg("%s", f->err.msg);
}

static void
expect(const struct config *c, const char *name, const char *value)
{
	const char *got = config_get(c, name);

	if (value == NULL)
		assert_null(got);
	else if (got == NULL)
		fail_msg("%s is not set", name);
	else
		assert_string_equal(got, value);
}

static void
test_levels(void **state)
{
	struct fixture *f = *state;
	struct config c = { 0 };
	struct strv all = STRV_INIT;

	fx_sh(f,
	    "git init -q\n"
	    "git config --global tracker.prefix USER\n"
	    "git config --global tracker.user only\n"
	    "git config --global --add tracker.prefix USER2\n");
	fx_open(f, "repo", VCS_WAY_ANY);
	load(f, NULL, &c);
	expect(&c, "tracker.prefix", "USER2");
	fx_write(f, "repo/.notesconfig",
	    "[tracker]\n\tprefix = TREE\n\thash\n\tTags = v{version}\n");
	load(f, NULL, &c);
	expect(&c, "tracker.prefix", "TREE");
	expect(&c, "tracker.user", "only");
	expect(&c, "TRACKER.TAGS", "v{version}");
	assert_true(config_get_bool(&c, "tracker.hash", false));
	assert_true(config_get_bool(&c, "tracker.none", true));
	fx_sh(f,
	    "git config tracker.prefix REPO\n"
	    "git config --add tracker.prefix REPO2");
	load(f, NULL, &c);
	expect(&c, "tracker.prefix", "REPO2");
	config_get_all(&c, "tracker.prefix", &all);
	assert_int_equal(all.n, 2);
	assert_string_equal(all.v[0], "REPO");
	setenv("GIT_CONFIG_COUNT", "1", 1);
	setenv("GIT_CONFIG_KEY_0", "tracker.prefix", 1);
	setenv("GIT_CONFIG_VALUE_0", "ENV", 1);
	load(f, NULL, &c);
	expect(&c, "tracker.prefix", "ENV");
	unsetenv("GIT_CONFIG_COUNT");
	strv_release(&all);
	config_release(&c);
}

static void
test_bools(void **state)
{
	struct fixture *f = *state;
	struct config c = { 0 };

	fx_sh(f,
	    "git init -q; cat >>.git/config <<'EOF'\n"
	    "[tracker]\na = yes\nb = off\nc = 1\nd = 0\ne\nf =\n"
	    "g = TRUE\nh = no\n"
	    "EOF\n");
	fx_open(f, "repo", VCS_WAY_ANY);
	load(f, NULL, &c);
	assert_true(config_get_bool(&c, "tracker.a", false));
	assert_false(config_get_bool(&c, "tracker.b", true));
	assert_true(config_get_bool(&c, "tracker.c", false));
	assert_false(config_get_bool(&c, "tracker.d", true));
	assert_true(config_get_bool(&c, "tracker.e", false));
	assert_false(config_get_bool(&c, "tracker.f", true));
	assert_true(config_get_bool(&c, "tracker.g", false));
	assert_false(config_get_bool(&c, "tracker.h", true));
	config_release(&c);
}

static void
test_tree_is_not_trusted(void **state)
{
	struct fixture *f = *state;
	struct config c = { 0 };

	fx_sh(f,
	    "git init -q; git config core.pager mine\n"
	    "git config alias.config '!touch ../pwned'\n"
	    "printf '[tracker]\\nprefix = BAD\\n' >inc");
	fx_write(f, "repo/.notesconfig",
	    "[tracker]\n\teditor = touch ../pwned\n\tpager = x\n"
	    "\tbrowser = x\n\tSubmitCommand = x\n\tok = fine\n"
	    "[tracker \"x\"]\n\teditor = x\n\tlabel = y\n"
	    "[core]\n\tpager = evil\n\thooksPath = evil\n"
	    "[user]\n\tname = evil\n"
	    "[include]\n\tpath = inc\n");
	fx_open(f, "repo", VCS_WAY_ANY);
	load(f, NULL, &c);
	expect(&c, "tracker.ok", "fine");
	expect(&c, "tracker.x.label", "y");
	expect(&c, "tracker.X.label", NULL);
	expect(&c, "tracker.editor", NULL);
	expect(&c, "tracker.pager", NULL);
	expect(&c, "tracker.browser", NULL);
	expect(&c, "tracker.submitcommand", NULL);
	expect(&c, "tracker.x.editor", NULL);
	expect(&c, "tracker.prefix", NULL);
	expect(&c, "core.pager", "mine");
	expect(&c, "core.hookspath", NULL);
	expect(&c, "user.name", NULL);
	expect(&c, "alias.config", NULL);
	assert_false(fs_exists(fx_path(f, "pwned")));
	config_release(&c);
}

static void
test_errors(void **state)
{
	struct fixture *f = *state;
	struct config c = { 0 };

	fx_sh(f, "git init -q");
	fx_open(f, "repo", VCS_WAY_ANY);
	fx_write(f, "repo/.notesconfig", "[tracker]\n\tx = 1\n\t[oops\n");
	assert_int_equal(vcs_config_load(f->v, NULL, &c, &f->err), RC_OK);
	assert_non_null(strstr(c.broken, ".notesconfig:3:"));
	assert_null(config_get(&c, "tracker.x"));
	config_release(&c);
	fx_sh(f, "rm .notesconfig; ln -s /etc/passwd .notesconfig");
	assert_int_equal(vcs_config_load(f->v, NULL, &c, &f->err), RC_OK);
	assert_non_null(strstr(c.broken, "not a regular file"));
	config_release(&c);
	fx_sh(f, "rm .notesconfig; mkfifo .notesconfig");
	assert_int_equal(vcs_config_load(f->v, NULL, &c, &f->err), RC_OK);
	assert_non_null(strstr(c.broken, "not a regular file"));
	config_release(&c);
	fx_sh(f, "rm .notesconfig; echo '[x' >>.git/config");
	assert_int_equal(vcs_config_load(f->v, NULL, &c, &f->err), RC_GIT);
	assert_non_null(strstr(f->err.msg, "bad config line"));
	assert_int_equal(c.n, 0);
}

static void
test_without_repository(void **state)
{
	struct fixture *f = *state;
	struct config c = { 0 };

	fx_sh(f,
	    "git config --global user.name Me\n"
	    "git config --global tracker.theme dark");
	assert_int_equal(vcs_config_load(NULL, NULL, &c, &f->err), RC_OK);
	expect(&c, "user.name", "Me");
	expect(&c, "tracker.theme", "dark");
	config_release(&c);
}

static void
test_set(void **state)
{
	struct fixture *f = *state;
	struct config c = { 0 };

	fx_sh(f,
	    "git init -q; git config tracker.prefix A\n"
	    "git config --add tracker.prefix B");
	fx_open(f, "repo", VCS_WAY_ANY);
	assert_int_equal(vcs_config_set(f->v, CONFIG_REPOSITORY,
			     "tracker.prefix", "-x y\n한", &f->err),
	    RC_OK);
	load(f, NULL, &c);
	expect(&c, "tracker.prefix", "-x y\n한");
	assert_int_equal(vcs_config_set(f->v, CONFIG_REPOSITORY,
			     "tracker.prefix", NULL, &f->err),
	    RC_OK);
	assert_int_equal(vcs_config_set(f->v, CONFIG_REPOSITORY,
			     "tracker.prefix", NULL, &f->err),
	    RC_OK);
	load(f, NULL, &c);
	expect(&c, "tracker.prefix", NULL);
	assert_int_equal(vcs_config_set(f->v, CONFIG_REPOSITORY, "nodot", "x",
			     &f->err),
	    RC_INVALID);
	assert_int_equal(vcs_config_set(f->v, CONFIG_REPOSITORY, "a.b c", "x",
			     &f->err),
	    RC_GIT);
	config_release(&c);
}

/* For people: on which line of which file a value stands. */
static void
test_lines(void **state)
{
	static const struct {
		const char *name, *end;
		long line;
	} want[] = {
		{ "tracker.key.list.status", "/user", 2 },
		{ "tracker.key.list.status", "/.notesconfig", 4 },
		{ "tracker.filter.command", "/.notesconfig", 7 },
		{ "tracker.key.list.status", "/.notesconfig", 9 },
		{ "tracker.key.everywhere.command", "/.notesconfig", 11 },
	};
	struct fixture *f = *state;
	struct config c = { 0 };
	size_t n = 0;

	fx_sh(f,
	    "git init -q; cat >../user <<'EOF'\n"
	    "[tracker \"key.list\"]\n\tstatus = x\n"
	    "EOF\n"
	    "git config --global include.path \"$(cd ..; pwd)/user\"");
	fx_open(f, "repo", VCS_WAY_ANY);
	fx_write(f, "repo/.notesconfig",
	    "# ours\n[tracker]\n[tracker \"key.list\"]\n"
	    "\tStatus = \"a\" \\\n\tb ; c\n[tracker \"filter\"]\n"
	    "\tcommand = is:open\n[tracker \"key.list\"]\n\tstatus = S\n"
	    "[tracker \"key.everywhere\"] \n command\n");
	load(f, NULL, &c);
	config_find_lines(&c, "tracker.");
	for (size_t i = 0; i < c.n; i++) {
		const struct config_entry *e = &c.v[i];

		if (strncmp(e->name, "tracker.", 8) != 0)
			continue;
		assert_true(n < sizeof(want) / sizeof(want[0]));
		assert_string_equal(e->name, want[n].name);
		assert_non_null(strstr(e->origin, want[n].end));
		assert_int_equal(e->line, want[n].line);
		n++;
	}
	assert_int_equal(n, sizeof(want) / sizeof(want[0]));
	config_release(&c);
}

/* ---- the cache ---- */

/* Old enough that a change could not hide in the stamps. */
static void
age_files(struct fixture *f)
{
	fx_sh(f, "find .. -type f -exec touch -d '2020-01-01' {} +");
}

static bool
is_cached(struct fixture *f)
{
	return fs_exists(fx_path(f, "cache"));
}

/* Loads with the cache; without git in PATH it can come from there only. */
static void
expect_cached(struct fixture *f, bool cached, const char *value)
{
	struct config c = { 0 };
	char *path = mem_strdup(getenv("PATH"));
	char *cache = mem_strdup(fx_path(f, "cache"));

	setenv("PATH", f->root, 1);
	if (cached)
		load(f, cache, &c);
	else
		assert_int_not_equal(vcs_config_load(f->v, cache, &c, &f->err),
		    RC_OK);
	setenv("PATH", path, 1);
	load(f, cache, &c);
	expect(&c, "tracker.prefix", value);
	config_release(&c);
	free(path);
	free(cache);
}

static void
test_cache(void **state)
{
	struct fixture *f = *state;
	struct config c = { 0 };

	fx_sh(f, "git init -q; git config tracker.prefix ONE");
	fx_open(f, "repo", VCS_WAY_ANY);
	age_files(f);
	load(f, fx_path(f, "cache"), &c);
	config_release(&c);
	assert_true(is_cached(f));
	expect_cached(f, true, "ONE");
	/* A value of the same length, a moment later. */
	fx_sh(f, "git config tracker.prefix TWO");
	expect_cached(f, false, "TWO");
	age_files(f);
	fx_sh(f, "rm -f ../cache");
	load(f, fx_path(f, "cache"), &c);
	config_release(&c);
	expect_cached(f, true, "TWO");
	/* Files that come into being. */
	fx_write(f, "repo/.notesconfig", "[tracker]\nprefix = TREE\n");
	expect_cached(f, false, "TWO");
	fx_sh(f,
	    "rm .notesconfig; mkdir -p ../.config/git\n"
	    "printf '[tracker]\\nx = y\\n' >../.config/git/config");
	expect_cached(f, false, "TWO");
	/* The environment is part of it. */
	fx_sh(f, "rm ../.config/git/config");
	age_files(f);
	fx_sh(f, "rm -f ../cache");
	load(f, fx_path(f, "cache"), &c);
	config_release(&c);
	expect_cached(f, true, "TWO");
	setenv("GIT_CONFIG_COUNT", "0", 1);
	expect_cached(f, false, "TWO");
	unsetenv("GIT_CONFIG_COUNT");
}

static void
test_cache_fresh(void **state)
{
	struct fixture *f = *state;
	struct config c = { 0 };

	fx_sh(f, "git init -q; touch -d '+1 hour' .git/config");
	fx_open(f, "repo", VCS_WAY_ANY);
	load(f, fx_path(f, "cache"), &c);
	assert_false(is_cached(f));
	config_release(&c);
}

static void
test_cache_damaged(void **state)
{
	struct fixture *f = *state;
	struct config c = { 0 };
	char *cache = mem_strdup(fx_path(f, "cache"));

	fx_sh(f, "git init -q; git config tracker.prefix ONE");
	fx_open(f, "repo", VCS_WAY_ANY);
	age_files(f);
	load(f, cache, &c);
	fx_sh(f, "cp ../cache ../whole; wc -c <../cache");
	for (int n = atoi(buf_str(&f->out)) - 1; n >= 0; n -= 7) {
		char script[128];

		snprintf(script, sizeof(script),
		    "head -c %d ../whole >../cache", n);
		fx_sh(f, script);
		load(f, cache, &c);
		expect(&c, "tracker.prefix", "ONE");
	}
	config_release(&c);
	free(cache);
}

static void
test_cache_includes(void **state)
{
	struct fixture *f = *state;
	struct config c = { 0 };

	fx_sh(f,
	    "git init -q; git commit -q --allow-empty -m x\n"
	    "git config include.path ../../inc\n"
	    "git config --global includeIf.gitdir:**/repo/.path later\n"
	    "git config includeIf.onbranch:side.path side\n"
	    "printf '[tracker]\\nprefix = INC\\n' >../inc\n"
	    "printf '[tracker]\\nprefix = SIDE\\n' >.git/side");
	fx_open(f, "repo", VCS_WAY_ANY);
	age_files(f);
	load(f, fx_path(f, "cache"), &c);
	config_release(&c);
	expect_cached(f, true, "INC");
	fx_sh(f, "git switch -q -c side");
	expect_cached(f, false, "SIDE");
	fx_sh(f, "git switch -q main");
	age_files(f);
	fx_sh(f, "rm -f ../cache");
	load(f, fx_path(f, "cache"), &c);
	config_release(&c);
	expect_cached(f, true, "INC");
	fx_write(f, "inc", "[tracker]\nprefix = NEW\n");
	expect_cached(f, false, "NEW");
	/* An included file that was not there. */
	age_files(f);
	fx_sh(f, "rm -f ../cache");
	load(f, fx_path(f, "cache"), &c);
	config_release(&c);
	fx_write(f, "later", "[tracker]\ny = z\n");
	expect_cached(f, false, "NEW");
}

/* ---- identity ---- */

static void
identity(const char *name, const char *email, const char *want)
{
	struct config c = { 0 };
	char *got;

	setenv("GIT_COMMITTER_NAME", name, 1);
	setenv("GIT_COMMITTER_EMAIL", email, 1);
	got = vcs_identity(&c);
	assert_string_equal(got, want);
	free(got);
}

static void
test_identity(void **state)
{
	struct fixture *f = *state;
	struct config c = { 0 };
	char *got;

	unsetenv("EMAIL");
	setenv("LOGNAME", "somebody", 1);
	identity("김철수", "kim@example.kr", "김철수 <kim@example.kr>");
	identity(" \"A\" <b>\n ", "a@b>\nc", "A\" b <a@bc>");
	identity("", "", "somebody");
	identity("...", "x@y", "unknown <x@y>");
	unsetenv("GIT_COMMITTER_NAME");
	unsetenv("GIT_COMMITTER_EMAIL");
	fx_sh(f,
	    "git init -q; git config user.name Me\n"
	    "git config user.email me@x");
	fx_open(f, "repo", VCS_WAY_ANY);
	load(f, NULL, &c);
	got = vcs_identity(&c);
	assert_string_equal(got, "Me <me@x>");
	free(got);
	config_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FX_TEST(test_levels),
		FX_TEST(test_bools),
		FX_TEST(test_tree_is_not_trusted),
		FX_TEST(test_errors),
		FX_TEST(test_without_repository),
		FX_TEST(test_set),
		FX_TEST(test_lines),
		FX_TEST(test_cache),
		FX_TEST(test_cache_fresh),
		FX_TEST(test_cache_damaged),
		FX_TEST(test_cache_includes),
		FX_TEST(test_identity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
