/* Scans that meet: what one reads while another one writes. */
#include "tracker.h"

#include "app/scan.h"

/* More than a thousand commits: reading tells of its progress in between. */
static const char many[] =
    "cd repo\n"
    "n=$(date +%s)\n"
    "{ i=0; while test $i -lt 1100; do i=$((i + 1))\n"
    "echo 'commit refs/heads/main'\n"
    "echo \"committer A <a@x> $((n + i)) +0000\"\n"
    "echo 'data 2'; echo w; test $i -gt 1 || test -z \"$from\" || "
    "echo \"from $from\"\n"
    "done; } | git fast-import --quiet\n";

static void
commit_closing(struct tracker *t, const char *key, int later)
{
	char *script = mem_printf("cd repo\n"
				  "d=\"$(($(date +%%s) + %d)) +0000\"\n"
				  "t=$(git rev-parse HEAD^{tree})\n"
				  "c=$(printf 'Fixes %s\\n' | "
				  "GIT_AUTHOR_DATE=$d GIT_COMMITTER_DATE=$d "
				  "git commit-tree $t -p HEAD)\n"
				  "git update-ref refs/heads/main $c\n",
	    later, key);

	tr_sh(t, script);
	free(script);
}

struct between {
	struct tracker *t;
	int left; /* how often somebody comes in between */
	int n;
};

/* Another process: a commit with its hook. */
static void
come_between(void *arg, const char *what, int64_t done, int64_t total)
{
	struct app_options o = { .mode = APP_WRITE };
	struct scan_result r = { 0 };
	struct between *b = arg;
	struct app *other;

	(void)done;
	(void)total;
	if (strcmp(what, "reading history") != 0 || b->left == 0)
		return;
	b->left--;
	b->n++;
	o.dir = b->t->repo;
	commit_closing(b->t, b->n == 1 ? "NOTE-1" : "NOTE-2", 5000 + b->n);
	OK(b->t, app_open(&o, &other, &b->t->err));
	OK(b->t, app_scan(other, false, &r, &b->t->err));
	scan_result_release(&r);
	app_close(other);
}

static void
full_scan_with(void **state, int times)
{
	struct tracker *t = *state;
	struct between b = { .t = t, .left = times };
	struct scan_result r = { 0 };

	tr_init_repo(t, many);
	tr_new(t, "type=bug", "summary=one", NULL);
	tr_new(t, "type=bug", "summary=two", NULL);
	OK(t, app_scan(t->a, false, &r, &t->err));
	scan_result_release(&r);
	app_on_progress(t->a, come_between, &b);
	OK(t, app_scan(t->a, true, &r, &t->err));
	assert_int_equal(b.n, times);
	assert_int_equal(r.commits, 1100 + times);
	scan_result_release(&r);
	assert_string_equal(tr_field(t, "NOTE-1", TF_STATUS), "done");
	OK(t, app_scan(t->a, false, &r, &t->err));
	scan_result_release(&r);
	assert_string_equal(tr_field(t, "NOTE-1", TF_STATUS), "done");
	if (times > 1)
		assert_string_equal(tr_field(t, "NOTE-2", TF_STATUS), "done");
	tr_fsck(t);
}

static void
test_once(void **state)
{
	full_scan_with(state, 1);
}

/* Somebody comes in between every time: the last one takes the lock first. */
static void
test_always(void **state)
{
	full_scan_with(state, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TR_TEST(test_once),
		TR_TEST(test_always),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
