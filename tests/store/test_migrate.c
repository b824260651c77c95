#include "fixture.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "store/file/db.h"
#include "store/file/migrate.h"
#include "store/file/schema.h"
#include "base/fs.h"

/* Files of schema/ that an older database is without. */
#define AGED 3

/*
 * An older database: the newest one without what the last files made, its
 * number set back.  Private headers are included, as there is no
 * older release to take one from.
 */
static void
age(struct fixture *f)
{
	char sql[256];
	sqlite3 *db = NULL;

	store_close(f->st);
	f->st = NULL;
	snprintf(sql, sizeof(sql),
	    "ALTER TABLE release DROP COLUMN owner;"
	    "DROP INDEX ticket_open; DROP INDEX ticket_doing;"
	    "DROP INDEX ticket_deleted_time; DROP INDEX ticket_deleted;"
	    "PRAGMA user_version = %d",
	    (int)migrate_newest() - AGED);
	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static char *
copy_path(struct fixture *f)
{
	return mem_printf("%s.v%d", f->path, (int)migrate_newest() - AGED);
}

static void
test_brings_up_to_date(void **state)
{
	struct fixture f;
	struct stat sb;
	char *copy;

	(void)state;
	fixture_open(&f);
	copy = copy_path(&f);
	age(&f);
	assert_false(fs_exists(copy));
	fixture_reopen(&f);
	assert_int_equal(stat(copy, &sb), 0);
	assert_int_equal(sb.st_mode & 0777, 0600);
	make(&f, NULL, EVENT_TICKET, "key", "N-1", "summary", "s", NULL);
	fixture_sound(&f);
	free(copy);
	fixture_close(&f);
}

static void
test_only_a_writer_migrates(void **state)
{
	struct fixture f;
	char *copy;

	(void)state;
	fixture_open(&f);
	copy = copy_path(&f);
	age(&f);
	assert_int_equal(store_open(f.path, STORE_HOOK, &f.st, &f.err),
	    RC_BUSY);
	assert_int_equal(store_open(f.path, STORE_READ, &f.st, &f.err),
	    RC_READONLY);
	assert_false(fs_exists(copy));
	free(copy);
	fixture_close(&f);
}

/* A migration that fails leaves the old database and its number. */
static void
test_failure_changes_nothing(void **state)
{
	struct fixture f;
	struct err err = ERR_INIT;
	sqlite3 *db = NULL;
	int64_t version = 0;
	char *copy;

	(void)state;
	fixture_open(&f);
	copy = copy_path(&f);
	age(&f);
	assert_int_equal(sqlite3_open(f.path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
			     "CREATE INDEX ticket_deleted ON ticket (id)", NULL,
			     NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	assert_true(store_open(f.path, STORE_WRITE, &f.st, &err) != RC_OK);
	assert_non_null(strstr(err.msg, "up to date"));
	assert_int_equal(sqlite3_open(f.path, &db), SQLITE_OK);
	/* The first index did not come in without the last. */
	assert_int_equal(sqlite3_exec(db, "DROP INDEX ticket_deleted", NULL,
			     NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	fixture_reopen(&f);
	assert_int_equal(migrate_version(f.st, &version, &err), RC_OK);
	assert_int_equal(version, migrate_newest());
	fixture_sound(&f);
	free(copy);
	fixture_close(&f);
}

static void
test_strips_comments(void **state)
{
	static const char text[] =
	    "-- head\nCREATE TABLE t ( -- note\n\ta TEXT DEFAULT '--',\n"
	    "\tb  TEXT DEFAULT '  '\n);\n-- end";
	const struct schema_file file = { "0001_x.sql",
		(const unsigned char *)text, sizeof(text) - 1 };
	struct buf out = BUF_INIT;

	(void)state;
	migrate_strip(&file, &out);
	assert_string_equal(buf_str(&out),
	    "CREATE TABLE t ( a TEXT DEFAULT '--', b TEXT DEFAULT '  ' ); \n");
	buf_release(&out);
}

static void
test_numbers_grow(void **state)
{
	(void)state;
	assert_true(schema_files_n > 0);
	for (size_t i = 0; i < schema_files_n; i++)
		assert_int_equal(strtol(schema_files[i].name, NULL, 10),
		    (long)i + 1);
	assert_int_equal(migrate_newest(), (long)schema_files_n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_brings_up_to_date),
		cmocka_unit_test(test_only_a_writer_migrates),
		cmocka_unit_test(test_failure_changes_nothing),
		cmocka_unit_test(test_strips_comments),
		cmocka_unit_test(test_numbers_grow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
