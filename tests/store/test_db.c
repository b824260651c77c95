#include "fixture.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/fs.h"
#include "store/ticket.h"

static void
refused(const char *path, enum store_mode mode, enum rc want, const char *word)
{
	struct err err = ERR_INIT;
	struct store *st = NULL;

	assert_int_equal(store_open(path, mode, &st, &err), want);
	assert_null(st);
	if (strstr(err.msg, word) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", err.msg, word);
}

static void
write_file(const char *path, const void *data, size_t len)
{
	struct err err = ERR_INIT;

	assert_int_equal(fs_write(path, data, len, 0600, &err), RC_OK);
}

/* SQL by a program that knows nothing of notes. */
static void
foreign_sql(const char *path, const char *sql)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	sqlite3_close(db);
}

static void
test_makes_a_private_file(void **state)
{
	struct fixture f;
	struct stat sb;
	struct store *again = NULL;
	char *sub, *path;

	(void)state;
	fixture_open(&f);
	assert_int_equal(stat(f.path, &sb), 0);
	assert_int_equal(sb.st_mode & 0777, 0600);
	assert_true(store_replica(f.st) != 0);
	assert_true(ulid_valid(store_tracker(f.st)->s));
	assert_int_equal(store_create(f.path, &again, &f.err), RC_EXISTS);
	assert_int_equal(store_warnings(f.st)->n, 0);
	sub = mem_printf("%s/a/b", f.dir);
	path = mem_printf("%s/notes.db", sub);
	assert_int_equal(store_create(path, &again, &f.err), RC_OK);
	assert_int_equal(stat(sub, &sb), 0);
	assert_int_equal(sb.st_mode & 0777, 0700);
	store_close(again);
	free(sub);
	free(path);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_refuses_what_is_not_ours(void **state)
{
	struct fixture f;
	struct buf before = BUF_INIT, after = BUF_INIT;
	char *p, *target;

	(void)state;
	fixture_open(&f);
	p = mem_printf("%s/other", f.dir);
	refused(p, STORE_WRITE, RC_NOT_FOUND, "notes init");
	write_file(p, "", 0);
	refused(p, STORE_WRITE, RC_CORRUPT, "empty");
	write_file(p,
	    "just some text, longer than a header of SQLite is "
	    "by all means, and then some more of it to be sure",
	    98);
	refused(p, STORE_READ, RC_CORRUPT, "not a SQLite file");
	unlink(p);
	foreign_sql(p,
	    "PRAGMA journal_mode = WAL; CREATE TABLE t (x);"
	    "INSERT INTO t VALUES (1); PRAGMA application_id = 7");
	assert_int_equal(fs_read(p, 0, &before, &f.err), RC_OK);
	refused(p, STORE_WRITE, RC_CORRUPT, "another program");
	assert_int_equal(fs_read(p, 0, &after, &f.err), RC_OK);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.ptr, after.ptr, before.len);
	buf_release(&before);
	buf_release(&after);
	unlink(p);
	assert_int_equal(mkdir(p, 0700), 0);
	refused(p, STORE_WRITE, RC_CORRUPT, "folder");
	rmdir(p);
	assert_int_equal(mkfifo(p, 0600), 0);
	refused(p, STORE_WRITE, RC_CORRUPT, "not a plain file");
	unlink(p);
	assert_int_equal(symlink(f.path, p), 0);
	refused(p, STORE_WRITE, RC_CORRUPT, "symbolic link");
	unlink(p);
	target = mem_printf("%s", f.path);
	assert_int_equal(link(target, p), 0);
	refused(p, STORE_READ, RC_CORRUPT, "hard link");
	refused(target, STORE_READ, RC_CORRUPT, "hard link");
	unlink(p);
	refused("", STORE_READ, RC_INVALID, "no name");
	refused("/", STORE_READ, RC_INVALID, "no name");
	free(target);
	free(p);
	fixture_close(&f);
}

static void
test_folder_may_be_a_link(void **state)
{
	struct fixture f;
	struct store *st = NULL;
	char *link_dir, *path;

	(void)state;
	fixture_open(&f);
	link_dir = mem_printf("%s/link", f.dir);
	path = mem_printf("%s/notes.db", link_dir);
	assert_int_equal(symlink(f.dir, link_dir), 0);
	assert_int_equal(store_open(path, STORE_WRITE, &st, &f.err), RC_OK);
	assert_string_equal(store_path(st), f.path);
	store_close(st);
	free(link_dir);
	free(path);
	fixture_close(&f);
}

static void
test_refuses_what_was_planted(void **state)
{
	static const char *const plants[][2] = {
		{ "CREATE TRIGGER t AFTER INSERT ON journal BEGIN "
		  "DELETE FROM local; END",
		    "DROP TRIGGER t" },
		{ "CREATE VIEW v AS SELECT 1", "DROP VIEW v" },
		{ "CREATE VIRTUAL TABLE w USING fts5(x)", "DROP TABLE w" },
	};
	struct fixture f;

	(void)state;
	fixture_open(&f);
	for (size_t i = 0; i < 3; i++) {
		store_close(f.st);
		f.st = NULL;
		foreign_sql(f.path, plants[i][0]);
		refused(f.path, STORE_WRITE, RC_CORRUPT, "did not make");
		refused(f.path, STORE_READ, RC_CORRUPT, "did not make");
		foreign_sql(f.path, plants[i][1]);
		fixture_reopen(&f);
	}
	fixture_close(&f);
}

/* What is planted but harmless to open is still told by fsck. */
static void
test_check_compares_the_schema(void **state)
{
	struct fixture f;
	struct strv findings = STRV_INIT;

	(void)state;
	fixture_open(&f);
	foreign_sql(f.path, "CREATE INDEX extra ON ticket (note)");
	fixture_reopen(&f);
	assert_int_equal(store_check(f.st, &findings, &f.err), RC_OK);
	assert_int_equal(findings.n, 1);
	strv_release(&findings);
	fixture_close(&f);
}

static void
test_check_finds_wrong_counts(void **state)
{
	struct fixture f;
	struct strv findings = STRV_INIT;
	bool changed;

	(void)state;
	fixture_open(&f);
	make(&f, NULL, EVENT_TICKET, "key", "N-1", "summary", "s", NULL);
	foreign_sql(f.path,
	    "UPDATE counter SET n = n + 1 WHERE kind = 'type';"
	    "UPDATE ticket SET n_comments = 4, status = 'x'");
	fixture_reopen(&f);
	assert_int_equal(store_check(f.st, &findings, &f.err), RC_OK);
	assert_int_equal(findings.n, 4);
	strv_release(&findings);
	assert_int_equal(store_rebuild(f.st, NULL, NULL, &changed, &f.err),
	    RC_OK);
	assert_true(changed);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_newer(void **state)
{
	struct fixture f;
	struct store *st = NULL;

	(void)state;
	fixture_open(&f);
	foreign_sql(f.path, "PRAGMA user_version = 9999");
	refused(f.path, STORE_WRITE, RC_NEWER, "newer notes");
	refused(f.path, STORE_HOOK, RC_NEWER, "newer notes");
	assert_int_equal(store_open(f.path, STORE_READ, &st, &f.err), RC_OK);
	assert_true(store_is_readonly(st));
	assert_int_equal(store_begin(st, &f.err), RC_NEWER);
	store_close(st);
	fixture_close(&f);
}

static void
test_read_mode_does_not_write(void **state)
{
	struct fixture f;
	struct store *st = NULL;

	(void)state;
	fixture_open(&f);
	assert_int_equal(store_open(f.path, STORE_READ, &st, &f.err), RC_OK);
	assert_int_equal(store_begin(st, &f.err), RC_READONLY);
	assert_int_equal(store_local_set(st, "a", "b", &f.err), RC_READONLY);
	store_close(st);
	fixture_close(&f);
}

/* As an ordinary user: root may write everything. */
static int
in_child(int (*fn)(const char *path), const char *path)
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		if (geteuid() == 0 && (setgid(65534) || setuid(65534)))
			_exit(99);
		_exit(fn(path));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int
child_readonly(const char *path)
{
	struct err err = ERR_INIT;
	struct store *st = NULL;
	struct ticket_key key = { "N", 1 };
	struct ticket t = { 0 };

	if (store_open(path, STORE_WRITE, &st, &err) != RC_OK)
		return 1;
	if (!store_is_readonly(st) || store_begin(st, &err) != RC_READONLY)
		return 2;
	if (store_ticket_find(st, &key, TICKET_ROW, &t, &err) != RC_OK)
		return 3;
	ticket_release(&t);
	store_close(st);
	return 0;
}

static void
test_readonly_file(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f);
	make(&f, NULL, EVENT_TICKET, "key", "N-1", "summary", "s", NULL);
	store_close(f.st);
	f.st = NULL;
	assert_int_equal(chmod(f.path, 0444), 0);
	assert_int_equal(chmod(f.dir, 0555), 0);
	assert_int_equal(in_child(child_readonly, f.path), 0);
	assert_int_equal(chmod(f.dir, 0755), 0);
	fixture_close(&f);
}

static void
test_world_writable_warns(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f);
	assert_int_equal(chmod(f.path, 0666), 0);
	fixture_reopen(&f);
	assert_int_equal(store_warnings(f.st)->n, 1);
	fixture_close(&f);
}

static void
test_replaced(void **state)
{
	struct fixture f;
	char *away;

	(void)state;
	fixture_open(&f);
	away = mem_printf("%s/away", f.dir);
	assert_false(store_was_replaced(f.st));
	assert_int_equal(rename(f.path, away), 0);
	assert_true(store_was_replaced(f.st));
	write_file(f.path, "x", 1);
	assert_true(store_was_replaced(f.st));
	free(away);
	fixture_close(&f);
}

static void
test_data_version(void **state)
{
	struct fixture f;
	struct store *other = NULL;
	int64_t v;

	(void)state;
	fixture_open(&f);
	assert_int_equal(store_open(f.path, STORE_WRITE, &other, &f.err),
	    RC_OK);
	v = store_data_version(f.st);
	assert_true(store_data_version(f.st) == v);
	assert_int_equal(store_local_set(other, "a", "b", &f.err), RC_OK);
	assert_true(store_data_version(f.st) != v);
	v = store_data_version(f.st);
	assert_int_equal(store_local_set(f.st, "a", "c", &f.err), RC_OK);
	assert_true(store_data_version(f.st) != v);
	store_close(other);
	fixture_close(&f);
}

static void
test_nesting(void **state)
{
	struct fixture f;
	char *v = NULL;

	(void)state;
	fixture_open(&f);
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	assert_int_equal(store_local_set(f.st, "a", "1", &f.err), RC_OK);
	assert_int_equal(store_commit(f.st, &f.err), RC_OK);
	store_rollback(f.st);
	store_local_get(f.st, "a", &v, &f.err);
	assert_null(v);
	/* A rollback inside takes all of it along. */
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	assert_int_equal(store_local_set(f.st, "a", "1", &f.err), RC_OK);
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	store_rollback(f.st);
	assert_int_equal(store_begin(f.st, &f.err), RC_CONFLICT);
	assert_int_equal(store_commit(f.st, &f.err), RC_CONFLICT);
	store_local_get(f.st, "a", &v, &f.err);
	assert_null(v);
	assert_int_equal(store_local_set(f.st, "a", "2", &f.err), RC_OK);
	store_local_get(f.st, "a", &v, &f.err);
	assert_string_equal(v, "2");
	free(v);
	assert_int_equal(store_local_set(f.st, "a", NULL, &f.err), RC_OK);
	store_local_get(f.st, "a", &v, &f.err);
	assert_null(v);
	fixture_close(&f);
}

static void
test_busy_names_the_holder(void **state)
{
	struct fixture f;
	struct store *hook = NULL;
	char pid[24];

	(void)state;
	fixture_open(&f);
	assert_int_equal(store_open(f.path, STORE_HOOK, &hook, &f.err), RC_OK);
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	assert_int_equal(store_begin(hook, &f.err), RC_BUSY);
	snprintf(pid, sizeof(pid), "%ld", (long)getpid());
	assert_non_null(strstr(f.err.msg, pid));
	store_rollback(f.st);
	assert_int_equal(store_begin(hook, &f.err), RC_OK);
	store_rollback(hook);
	store_close(hook);
	fixture_close(&f);
}

/* What is written into a file without a name would be lost. */
static void
test_writes_nowhere_else(void **state)
{
	struct fixture f;
	char *away;

	(void)state;
	fixture_open(&f);
	away = mem_printf("%s.away", f.path);
	assert_int_equal(rename(f.path, away), 0);
	assert_int_equal(store_begin(f.st, &f.err), RC_NOT_FOUND);
	assert_non_null(strstr(f.err.msg, "nothing was written: gone"));
	assert_int_equal(fs_write(f.path, "x", 1, 0600, &f.err), RC_OK);
	assert_int_equal(store_begin(f.st, &f.err), RC_CONFLICT);
	assert_int_equal(rename(away, f.path), 0);
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	store_rollback(f.st);
	free(away);
	fixture_close(&f);
}

static bool
enough(void *arg, long pid, int waited_ms)
{
	(void)pid;
	++*(int *)arg;
	return waited_ms >= 50;
}

/* Both locks: the writers' own, and one of SQLite's that keeps readers out. */
static void
test_a_wait_is_broken_off(void **state)
{
	struct fixture f;
	struct store *other = NULL;
	sqlite3 *db = NULL;
	int calls = 0;
	char *v = NULL;

	(void)state;
	fixture_open(&f);
	assert_int_equal(store_open(f.path, STORE_WRITE, &other, &f.err),
	    RC_OK);
	store_on_wait(other, enough, &calls);
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	assert_int_equal(store_begin(other, &f.err), RC_STOPPED);
	assert_non_null(strstr(f.err.msg, "nothing was written"));
	assert_true(calls > 0);
	store_rollback(f.st);
	calls = 0;
	assert_int_equal(sqlite3_open(f.path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(store_local_get(other, "a", &v, &f.err), RC_STOPPED);
	assert_true(calls > 1);
	calls = 0;
	assert_int_equal(store_begin(other, &f.err), RC_STOPPED);
	assert_non_null(strstr(f.err.msg, "nothing was written"));
	assert_true(calls > 1);
	sqlite3_close(db);
	/* Nothing is left of it. */
	assert_int_equal(store_begin(other, &f.err), RC_OK);
	assert_int_equal(store_local_set(other, "a", "1", &f.err), RC_OK);
	assert_int_equal(store_commit(other, &f.err), RC_OK);
	store_close(other);
	fixture_close(&f);
}

static bool
stop_at_once(void *arg)
{
	++*(int *)arg;
	return true;
}

static void
test_stops_on_request(void **state)
{
	struct fixture f;
	int calls = 0;
	struct strv findings = STRV_INIT;

	(void)state;
	fixture_open(&f);
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	for (int i = 1; i <= 500; i++) {
		char key[16];

		snprintf(key, sizeof(key), "N-%d", i);
		make(&f, NULL, EVENT_TICKET, "key", key, "summary", "s", NULL);
	}
	assert_int_equal(store_commit(f.st, &f.err), RC_OK);
	store_on_progress(f.st, stop_at_once, &calls);
	assert_int_equal(store_check(f.st, &findings, &f.err), RC_STOPPED);
	assert_true(calls > 0);
	/* A write goes through. */
	make(&f, NULL, EVENT_TICKET, "key", "N-501", "summary", "s", NULL);
	store_on_progress(f.st, NULL, NULL);
	strv_release(&findings);
	fixture_sound(&f);
	fixture_close(&f);
}

/* No room: nothing of the change stays, and the file is sound. */
static void
test_disk_full(void **state)
{
	struct fixture f;
	struct rlimit old, small;
	struct event ev = EVENT_INIT;
	struct stat sb;
	char *text = mem_calloc(1, 60001);
	enum rc rc = RC_OK;
	uint32_t next;

	(void)state;
	memset(text, 'x', 60000);
	fixture_open(&f);
	make(&f, NULL, EVENT_TICKET, "key", "N-1", "summary", "s", NULL);
	assert_int_equal(stat(f.path, &sb), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = (rlim_t)sb.st_size + 100000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (int i = 2; i < 100 && rc == RC_OK; i++) {
		char key[16];

		snprintf(key, sizeof(key), "N-%d", i);
		rc = fixture_put(f.st, NULL, NULL, NULL, EVENT_TICKET, NULL,
		    &f.err, "key", key, "summary", "s", "description", text,
		    NULL);
	}
	assert_int_equal(rc, RC_IO);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	event_release(&ev);
	free(text);
	assert_int_equal(store_ticket_next(f.st, "N", &next, &f.err), RC_OK);
	make(&f, NULL, EVENT_TICKET, "key", "N-999", "summary", "after", NULL);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_damage_is_told(void **state)
{
	struct fixture f;
	struct strv findings = STRV_INIT;
	struct stat sb;
	char *into;
	int64_t events = 0;
	enum rc rc;
	int fd;

	(void)state;
	fixture_open(&f);
	for (int i = 1; i <= 200; i++) {
		char key[16];

		snprintf(key, sizeof(key), "N-%d", i);
		make(&f, NULL, EVENT_TICKET, "key", key, "summary",
		    "a summary of some length, so that pages fill up", NULL);
	}
	store_close(f.st);
	f.st = NULL;
	assert_int_equal(stat(f.path, &sb), 0);
	fd = open(f.path, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	for (off_t at = sb.st_size / 2; at < sb.st_size / 2 + 8192; at += 64)
		assert_int_equal(pwrite(fd, "garbage!", 8, at), 8);
	close(fd);
	rc = store_open(f.path, STORE_WRITE, &f.st, &f.err);
	if (rc == RC_OK) {
		assert_int_equal(store_check(f.st, &findings, &f.err), RC_OK);
		assert_true(findings.n > 0);
		strv_release(&findings);
	} else {
		assert_int_equal(rc, RC_CORRUPT);
	}
	store_close(f.st);
	into = mem_printf("%s/saved.db", f.dir);
	rc = store_recover(f.path, into, &events, &f.err);
	if (rc != RC_OK)
		fail_msg("%s", f.err.msg);
	if (events <= 100)
		fail_msg("only %d events", (int)events);
	free(f.path);
	f.path = into;
	f.st = NULL;
	fixture_reopen(&f);
	fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_makes_a_private_file),
		cmocka_unit_test(test_refuses_what_is_not_ours),
		cmocka_unit_test(test_folder_may_be_a_link),
		cmocka_unit_test(test_refuses_what_was_planted),
		cmocka_unit_test(test_check_compares_the_schema),
		cmocka_unit_test(test_check_finds_wrong_counts),
		cmocka_unit_test(test_newer),
		cmocka_unit_test(test_read_mode_does_not_write),
		cmocka_unit_test(test_readonly_file),
		cmocka_unit_test(test_world_writable_warns),
		cmocka_unit_test(test_replaced),
		cmocka_unit_test(test_data_version),
		cmocka_unit_test(test_nesting),
		cmocka_unit_test(test_busy_names_the_holder),
		cmocka_unit_test(test_a_wait_is_broken_off),
		cmocka_unit_test(test_writes_nowhere_else),
		cmocka_unit_test(test_stops_on_request),
		cmocka_unit_test(test_disk_full),
		cmocka_unit_test(test_damage_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
