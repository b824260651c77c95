#include "fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/fs.h"
#include "store/ticket.h"

/*
 * Several writers on one file, killed at any moment.  Each child opens for
 * itself (no connection lives through a fork) and tells through a pipe what
 * store_commit() has acknowledged; all of that must be there in the end.
 */
struct ack {
	char prefix;
	uint32_t number;
};

static enum rc
add_ticket(struct store *st, char prefix, uint32_t number, struct err *err)
{
	char key[24];

	snprintf(key, sizeof(key), "%c-%u", prefix, (unsigned)number);
	return fixture_put(st, NULL, NULL, NULL, EVENT_TICKET, NULL, err, "key",
	    key, "summary", "문장 a sentence of a writer", "label", "one",
	    "description", "text\n\ntext", NULL);
}

static void
writer(const char *path, char prefix, uint32_t first, uint32_t count, int acks)
{
	struct err err = ERR_INIT;
	struct store *st = NULL;

	if (store_open(path, STORE_WRITE, &st, &err) != RC_OK) {
		fprintf(stderr, "%s\n", err.msg);
		_exit(2);
	}
	for (uint32_t i = 0; i < count; i++) {
		const struct ack ack = { prefix, first + i };

		if (add_ticket(st, prefix, first + i, &err) != RC_OK) {
			fprintf(stderr, "%s\n", err.msg);
			_exit(3);
		}
		if (acks >= 0 &&
		    write(acks, &ack, sizeof(ack)) != (ssize_t)sizeof(ack))
			_exit(4);
	}
	store_close(st);
	_exit(0);
}

static void
test_several_writers(void **state)
{
	struct fixture f;
	pid_t pid[4];
	int status;
	uint32_t next;

	(void)state;
	fixture_open(&f);
	store_close(f.st);
	f.st = NULL;
	for (int i = 0; i < 4; i++) {
		pid[i] = fork();
		assert_true(pid[i] >= 0);
		if (pid[i] == 0)
			writer(f.path, (char)('A' + i), 1, 40, -1);
	}
	for (int i = 0; i < 4; i++) {
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_int_equal(status, 0);
	}
	fixture_reopen(&f);
	for (int i = 0; i < 4; i++) {
		const char prefix[2] = { (char)('A' + i), '\0' };

		assert_int_equal(store_ticket_next(f.st, prefix, &next, &f.err),
		    RC_OK);
		assert_int_equal(next, 41);
	}
	fixture_sound(&f);
	fixture_close(&f);
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Starts writers, kills them after so many acknowledgements, and adds these
 * to acked. */
static size_t
kill_round(const char *path, uint32_t *seed, uint32_t first, struct ack *acked)
{
	const size_t limit = 3 + next_random(seed) % 12;
	size_t n = 0;
	int fds[2], status;
	pid_t pid[3];

	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	for (int i = 0; i < 3; i++) {
		pid[i] = fork();
		assert_true(pid[i] >= 0);
		if (pid[i] == 0)
			writer(path, (char)('A' + i), first, 100, fds[1]);
	}
	close(fds[1]);
	while (n < limit &&
	    read(fds[0], &acked[n], sizeof(*acked)) == sizeof(*acked))
		n++;
	/* A moment that differs from round to round. */
	for (volatile uint32_t spin = next_random(seed) % 400000; spin > 0;
	     spin--)
		continue;
	for (int i = 0; i < 3; i++)
		kill(pid[i], SIGKILL);
	for (int i = 0; i < 3; i++)
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
	while (read(fds[0], &acked[n], sizeof(*acked)) == sizeof(*acked))
		n++;
	close(fds[0]);
	return n;
}

static void
test_kill_at_any_moment(void **state)
{
	struct fixture f;
	struct ack *acked = mem_calloc(400, sizeof(*acked));
	uint32_t seed = 20260301;

	(void)state;
	fixture_open(&f);
	store_close(f.st);
	f.st = NULL;
	for (uint32_t round = 0; round < 25; round++) {
		const size_t n = kill_round(f.path, &seed, 1 + round * 100,
		    acked);

		fixture_reopen(&f);
		for (size_t i = 0; i < n; i++) {
			struct ticket_key key = { { acked[i].prefix, '\0' },
				acked[i].number };

			assert_true(store_ticket_exists(f.st, &key));
		}
		store_close(f.st);
		f.st = NULL;
	}
	free(acked);
	fixture_reopen(&f);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
copy_file(const char *from, const char *to)
{
	struct buf b = BUF_INIT;
	struct err err = ERR_INIT;

	assert_int_equal(fs_read(from, 0, &b, &err), RC_OK);
	assert_int_equal(fs_write(to, buf_str(&b), b.len, 0600, &err), RC_OK);
	buf_release(&b);
}

/* A big change, copied away with its journal while it is under way. */
static void
copier(const char *path, const char *to)
{
	struct err err = ERR_INIT;
	struct store *st = NULL;
	char *from_journal = mem_printf("%s-journal", path);
	char *to_journal = mem_printf("%s-journal", to);

	if (store_open(path, STORE_WRITE, &st, &err) != RC_OK ||
	    store_begin(st, &err) != RC_OK)
		_exit(2);
	for (uint32_t i = 2; i < 6000; i++)
		if (add_ticket(st, 'N', i, &err) != RC_OK)
			_exit(3);
	/* The cache has run over: the file holds half of it.  Copying closes
	 * the file, which is allowed as nothing is read after it. */
	copy_file(path, to);
	copy_file(from_journal, to_journal);
	_exit(0);
}

static void
test_hot_journal(void **state)
{
	struct fixture f;
	struct store *st = NULL;
	struct stat sb;
	char *to, *journal;
	uint32_t next;
	int status;
	pid_t pid;

	(void)state;
	fixture_open(&f);
	put(&f, EVENT_TICKET, NULL, "key", "N-1", "summary", "s", NULL);
	store_close(f.st);
	f.st = NULL;
	to = mem_printf("%s/copy.db", f.dir);
	journal = mem_printf("%s-journal", to);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		copier(f.path, to);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(stat(journal, &sb), 0);
	assert_true(sb.st_size > 0);
	if (store_open(to, STORE_READ, &st, &f.err) != RC_OK)
		fail_msg("%s", f.err.msg);
	assert_int_equal(store_ticket_next(st, "N", &next, &f.err), RC_OK);
	assert_int_equal(next, 2);
	store_close(st);
	free(f.path);
	f.path = to;
	fixture_reopen(&f);
	fixture_sound(&f);
	free(journal);
	fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_several_writers),
		cmocka_unit_test(test_kill_at_any_moment),
		cmocka_unit_test(test_hot_journal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
