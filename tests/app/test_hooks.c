/* What hooks do with messages, what they leave in the spool, and on disk. */
#include "tracker.h"

#include "app/scan.h"
#include "base/date.h"
#include "store/history.h"

#include "app/hook/hook_message.h"
#include "app/hook/spool.h"

/* ---- commit-msg ---- */

static void
check(struct tracker *t, const char *text, const char *said, bool refuse,
    int line)
{
	struct strv lines = STRV_INIT;
	struct buf all = BUF_INIT;
	bool refused = false;
	size_t i;

	OK(t,
	    hook_message_check(t->a, text, strlen(text), &lines, &refused,
		&t->err));
	for (i = 0; i < lines.n; i++)
		buf_printf(&all, "%s%s", i > 0 ? "|" : "", lines.v[i]);
	if (strcmp(buf_str(&all), said) != 0)
		fail_msg("line %d: \"%s\", not \"%s\"", line, buf_str(&all),
		    said);
	if (refused != refuse)
		fail_msg("line %d: refused: %d", line, refused);
	buf_release(&all);
	strv_release(&lines);
}
#define CHECK(t, text, said, refuse) \
	check((t), (text), (said), (refuse), __LINE__)

#define UNKNOWN "no ticket NOTE-9 (see: notes list)"
#define MEANT   "NOET-1 is no key here: did you mean NOTE-1?"
#define NO_KEY \
	"refused, no ticket is named: begin with [NOTE-1] or the " \
	"like (tracker.refuse; git commit --no-verify passes it)"
#define UNKNOWN_KEY \
	"refused for an unknown key (tracker.refuse; git commit " \
	"--no-verify passes it)"

static void
test_check(void **state)
{
	struct tracker *t = *state;

	tr_init_repo(t, ":");
	tr_new(t, "summary=x", NULL);
	CHECK(t, "[NOTE-1] 제목\n\n본문\n", "", false);
	CHECK(t, "no key\n", "", false);
	CHECK(t, "", "", false);
	CHECK(t, "[NOTE-9] x\n", UNKNOWN, false);
	CHECK(t, "[NOET-1] x\n", MEANT, false);
	CHECK(t, "UTF-8 and SHA-1 are no keys\n", "", false);
	/* Comments and what is below the scissors are no part of it. */
	CHECK(t,
	    "x\n# NOTE-9\n# ------------------------ >8 "
	    "------------------------\nNOTE-9: diff\n",
	    "", false);
	OK(t, app_config_set(t->a, "refuse", "no-key", &t->err));
	CHECK(t, "[NOTE-1] x\n", "", false);
	CHECK(t, "x\n", NO_KEY, true);
	CHECK(t, "x\n\nas in NOTE-1\n", NO_KEY, true);
	OK(t, app_config_set(t->a, "refuse", "unknown-key", &t->err));
	CHECK(t, "x\n", "", false);
	CHECK(t, "[NOTE-9] x\n", UNKNOWN "|" UNKNOWN_KEY, true);
	CHECK(t, "[NOET-1] x\n", MEANT "|" UNKNOWN_KEY, true);
	OK(t, app_config_set(t->a, "refuse", "unknown-key, no-key", &t->err));
	CHECK(t, "x\n", NO_KEY, true);
	CHECK(t, "[NOTE-9] x\n", UNKNOWN "|" UNKNOWN_KEY, true);
	/* What git writes itself is not refused for want of a key. */
	CHECK(t, "Merge branch 'side'\n", "", false);
	CHECK(t, "fixup! x\n", "", false);
}

static void
strip(struct tracker *t, const char *text, const char *want)
{
	struct buf out = BUF_INIT;

	hook_message_strip(t->a, text, strlen(text), &out);
	assert_string_equal(buf_str(&out), want);
	buf_release(&out);
}

static void
test_strip(void **state)
{
	struct tracker *t = *state;

	tr_init_repo(t, ":");
	strip(t, "a\n# b\n #c\n\nd", "a\n #c\n\nd");
	strip(t, "", "");
	strip(t, "#", "");
	strip(t, "a\n# ------------------------ >8 ----\nb", "a\n");
	strip(t, "a\n; b\n", "a\n; b\n");
	OK(t, app_config_set(t->a, "me", "x", &t->err));
	tr_sh(t, "git -C repo config core.commentChar ';'");
	tr_close(t);
	{
		struct app_options o = { .dir = t->repo, .mode = APP_WRITE };

		OK(t, app_open(&o, &t->a, &t->err));
	}
	strip(t, "a\n; b\n# c\n", "a\n# c\n");
}

/* ---- prepare-commit-msg ---- */

static void
prepare(struct tracker *t, const char *text, const char *want, int line)
{
	struct buf out = BUF_INIT;
	bool put = hook_message_prepare(t->a, text, strlen(text), &out);

	if (put != (want != NULL) || (put && strcmp(buf_str(&out), want) != 0))
		fail_msg("line %d: %d \"%s\"", line, put, buf_str(&out));
	buf_release(&out);
}
#define PREPARE(t, text, want) prepare((t), (text), (want), __LINE__)

static void
test_prepare(void **state)
{
	struct tracker *t = *state;

	tr_init_repo(t, "cd repo; git commit -q --allow-empty -m 1");
	tr_new(t, "summary=x", NULL);
	PREPARE(t, "제목\n", NULL);
	tr_sh(t, "cd repo; git switch -q -c feature/note-1-한국어");
	PREPARE(t, "제목\n", "[NOTE-1] 제목\n");
	PREPARE(t, "\n# comment NOTE-9\n", "[NOTE-1] \n# comment NOTE-9\n");
	PREPARE(t, "[NOTE-1] x\n", NULL);
	PREPARE(t, "x\n\nRefs: NOTE-2\n", NULL);
	PREPARE(t, "fixup! x\n", NULL);
	PREPARE(t, "squash! x\n", NULL);
	PREPARE(t, "amend! x\n", NULL);
	PREPARE(t, "fixup!", "[NOTE-1] fixup!");
	OK(t, app_config_set(t->a, "subject", "{key}: ", &t->err));
	PREPARE(t, "x\n", "NOTE-1: x\n");
	tr_sh(t, "cd repo; git switch -q -c NOTE-9");
	PREPARE(t, "x\n", NULL);
	tr_sh(t, "cd repo; git switch -q --detach");
	PREPARE(t, "x\n", NULL);
}

/* ---- the spool ---- */

#define A40 "1111111111111111111111111111111111111111"
#define B40 "2222222222222222222222222222222222222222"

static void
spool(struct tracker *t, const char *name, const char *data)
{
	char *path = NULL;

	OK(t,
	    spool_write(app_dir(t->a), name, data, strlen(data), &path,
		&t->err));
	assert_true(fs_exists(path));
	free(path);
}

static void
test_spool(void **state)
{
	struct tracker *t = *state;

	tr_init_repo(t, "cd repo; git commit -q --allow-empty -m 1");
	OK(t, app_spool_drain(t->a, &t->err));
	spool(t, "post-rewrite", A40 " " B40 "\n");
	spool(t, "post-rewrite", "nonsense\n\n \n" A40 "\n" A40 " x\n");
	spool(t, "post-rewrite", "");
	spool(t, "post-commit", "");
	spool(t, "unknown", "\xFF");
	tr_sh(t, "echo other >repo/.git/tracker/spool/README");
	tr_sh(t, "stat -c %a repo/.git/tracker/spool");
	assert_string_equal(buf_str(&t->out), "700\n");
	OK(t, app_spool_drain(t->a, &t->err));
	tr_sh(t, "ls repo/.git/tracker/spool");
	assert_string_equal(buf_str(&t->out), "README\n");
	tr_fsck(t);
}

/* A command that may write drains what hooks left. */
static void
test_spool_at_open(void **state)
{
	struct tracker *t = *state;
	struct app_options o = { .dir = t->repo, .mode = APP_WRITE };

	tr_init_repo(t, "cd repo; git commit -q --allow-empty -m 1");
	tr_new(t, "summary=x", NULL);
	tr_sh(t, "cd repo; git commit -q --allow-empty -m 'Fixes NOTE-1'");
	spool(t, "post-commit", "");
	tr_close(t);
	OK(t, app_open(&o, &t->a, &t->err));
	assert_int_equal(app_warnings(t->a)->n, 0);
	tr_sh(t, "ls repo/.git/tracker/spool");
	assert_string_equal(buf_str(&t->out), "");
}

/* Only lines of two ids count, and a last one without its end. */
static void
test_rewrites(void **state)
{
	static const char text[] = A40 " " B40 " extra\n" B40 " " A40;
	struct tracker *t = *state;
	size_t cut;

	tr_init_repo(t, ":");
	for (cut = 0; cut < sizeof text; cut++) {
		char *copy = mem_dup(text, cut + 1);

		OK(t, store_begin(t->a->store, &t->err));
		OK(t, spool_rewrites(t->a, copy, cut, &t->err));
		store_rollback(t->a->store);
		free(copy);
	}
}

/* ---- on disk ---- */

static const char *
state_of(struct tracker *t, const char *name)
{
	struct hook_lines l;
	const char *found = "";
	size_t i;

	OK(t, app_hook_status(t->a, &l, &t->err));
	buf_clear(&t->out);
	for (i = 0; i < l.n; i++)
		if (strcmp(l.v[i].name, name) == 0)
			buf_puts(&t->out, l.v[i].state);
	found = buf_str(&t->out);
	hook_lines_release(&l);
	return found;
}

static void
test_on_disk(void **state)
{
	struct tracker *t = *state;
	struct buf advice = BUF_INIT;
	size_t removed;

	tr_init(t, "one");
	FAILS(t, app_hook_install(t->a, "/bin/sh", &advice, &t->err),
	    RC_NOT_FOUND, "no git repository");
	FAILS(t, app_hook_uninstall(t->a, &removed, &t->err), RC_NOT_FOUND,
	    "no git repository");
	tr_init_repo(t,
	    "cd repo; mkdir -p .git/hooks\n"
	    "printf '#!/bin/sh\\nexit 0\\n' >.git/hooks/post-commit\n"
	    "chmod 755 .git/hooks/post-commit");
	assert_string_equal(state_of(t, "commit-msg"), "not installed");
	assert_string_equal(state_of(t, "post-commit"), "yours only");
	OK(t, app_hook_install(t->a, "/bin/sh", &advice, &t->err));
	OK(t, app_hook_install(t->a, "/bin/sh", &advice, &t->err));
	assert_string_equal(state_of(t, "commit-msg"), "installed");
	assert_string_equal(state_of(t, "post-commit"),
	    "installed, runs yours first");
	OK(t, app_hook_uninstall(t->a, &removed, &t->err));
	assert_true(removed > 3);
	assert_string_equal(state_of(t, "commit-msg"), "not installed");
	tr_sh(t, "cat repo/.git/hooks/post-commit");
	assert_string_equal(buf_str(&t->out), "#!/bin/sh\nexit 0\n");
	buf_release(&advice);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TR_TEST(test_check),
		TR_TEST(test_strip),
		TR_TEST(test_prepare),
		TR_TEST(test_spool),
		TR_TEST(test_spool_at_open),
		TR_TEST(test_rewrites),
		TR_TEST(test_on_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
