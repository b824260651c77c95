/* What a first run offers: a plan that writes nothing, and made-up data. */
#include "unit.h"

#include "app/app.h"
#include "app/demo.h"
#include "app/release.h"
#include "app/transfer.h"
#include "base/fs.h"
#include "base/mem.h"

static void
test_demo(void **state)
{
	struct err err = ERR_INIT;
	struct release_list releases = { 0 };
	struct app *a = NULL;
	struct buf text = BUF_INIT;
	char *dir = NULL, *again;
	FILE *f = tmpfile();
	int c, commits = 0;

	(void)state;
	/* The caller's repository is none of its business. */
	setenv("GIT_DIR", "/nowhere", 1);
	setenv("NOTES_DB", "/nowhere/notes.db", 1);
	if (app_demo(&dir, &a, &err) != RC_OK)
		fail_msg("%s", err.msg);
	assert_true(fs_is_dir(dir));
	assert_non_null(strstr(app_db_path(a), dir));
	assert_int_equal(app_releases(a, &releases, &err), RC_OK);
	assert_int_equal(releases.n, 2);
	assert_string_equal(releases.v[0].version, "1.1");
	assert_int_equal(releases.v[0].state, RELEASE_PLANNED);
	assert_int_equal(releases.v[1].state, RELEASE_RELEASED);
	release_list_release(&releases);
	assert_int_equal(app_export(a, EXPORT_JSON, NULL, false, f, &err),
	    RC_OK);
	rewind(f);
	while ((c = getc(f)) != EOF)
		buf_putc(&text, (char)c);
	fclose(f);
	assert_non_null(strstr(buf_str(&text), "TEA-13"));
	assert_non_null(strstr(buf_str(&text), "한글 이름의 차가"));
	for (const char *s = buf_str(&text); (s = strstr(s, "made up")) != NULL;
	     s++)
		commits++;
	assert_true(commits >= 13);
	buf_release(&text);
	app_close(a);
	again = mem_strdup(dir);
	app_demo_end(dir);
	assert_false(fs_exists(again));
	free(again);
	app_demo_end(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_demo),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
