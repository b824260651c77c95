#include "unit.h"

#include <fcntl.h>
#include <signal.h>

#include "base/fs.h"
#include "base/mem.h"

static struct buf out, errout;
static struct err err;
static int status;

static int
reset(void **state)
{
	(void)state;
	buf_release(&out);
	buf_release(&errout);
	err_clear(&err);
	status = -1;
	return 0;
}

static enum rc
sh(const char *script, const char *const env[], const char *in, size_t in_len)
{
	const char *const argv[] = { "sh", "-c", script, NULL };

	buf_clear(&out);
	buf_clear(&errout);
	return fs_run(argv, NULL, env, in, in_len, &out, &errout, &status,
	    &err);
}

static void
test_streams_and_status(void **state)
{
	(void)state;
	assert_int_equal(sh("cat; echo oops >&2; exit 7", NULL, "한글\0x", 8),
	    RC_OK);
	assert_int_equal(status, 7);
	assert_int_equal(out.len, 8);
	assert_memory_equal(out.ptr, "한글\0x", 8);
	assert_string_equal(buf_str(&errout), "oops\n");
	assert_int_equal(sh("kill -TERM $$", NULL, NULL, 0), RC_OK);
	assert_int_equal(status, 128 + SIGTERM);
	/* Without input there is an empty one. */
	assert_int_equal(sh("cat", NULL, NULL, 0), RC_OK);
	assert_int_equal(sh("cat", NULL, "", 0), RC_OK);
	assert_int_equal(out.len, 0);
	assert_int_equal(status, 0);
}

static void
test_no_shell(void **state)
{
	const char *const argv[] = { "printf", "%s|", "$(id)", "-rf", "a b",
		"'", NULL };

	(void)state;
	assert_int_equal(fs_run(argv, NULL, NULL, NULL, 0, &out, NULL, &status,
			     &err),
	    RC_OK);
	assert_string_equal(buf_str(&out), "$(id)|-rf|a b|'|");
	buf_release(&out);
	assert_int_equal(fs_run(argv, NULL, NULL, NULL, 0, NULL, NULL, &status,
			     &err),
	    RC_OK);
	assert_int_equal(status, 0);
}

static void
test_environment(void **state)
{
	const char *const env[] = { "NOTES_T1=한 글", "NOTES_T2", "NOTES_T=x",
		NULL };

	(void)state;
	setenv("NOTES_T1", "old", 1);
	setenv("NOTES_T2", "old", 1);
	setenv("NOTES_T22", "kept", 1);
	assert_int_equal(sh("echo \"$NOTES_T1,${NOTES_T2-unset},$NOTES_T22,"
			    "$NOTES_T\"",
			     env, NULL, 0),
	    RC_OK);
	assert_string_equal(buf_str(&out), "한 글,unset,kept,x\n");
	assert_string_equal(getenv("NOTES_T1"), "old");
}

static void
test_folder(void **state)
{
	const char *const argv[] = { "pwd", NULL };
	char *dir = unit_mkdir(), *real = fs_real(dir);

	(void)state;
	assert_int_equal(fs_run(argv, dir, NULL, NULL, 0, &out, NULL, &status,
			     &err),
	    RC_OK);
	buf_truncate(&out, out.len - 1);
	assert_string_equal(buf_str(&out), real);
	assert_int_equal(fs_run(argv, "/no/such/folder", NULL, NULL, 0, &out,
			     NULL, &status, &err),
	    RC_IO);
	assert_non_null(strstr(err.msg, "/no/such/folder"));
	free(real);
	unit_rmdir(dir);
}

static void
test_no_such_program(void **state)
{
	const char *const argv[] = { "notes-no-such-program", NULL };

	(void)state;
	assert_int_equal(fs_run(argv, NULL, NULL, "x", 1, &out, &errout,
			     &status, &err),
	    RC_IO);
	assert_non_null(strstr(err.msg, "notes-no-such-program"));
	assert_int_equal(fs_run_tty(argv, NULL, NULL, &status, &err), RC_IO);
}

/* More than a pipe holds, in all three directions at once. */
static void
test_megabytes_without_deadlock(void **state)
{
	struct buf in = BUF_INIT;

	(void)state;
	buf_fill(&in, 'x', 3000000);
	assert_int_equal(sh("tee /dev/stderr", NULL, in.ptr, in.len), RC_OK);
	assert_int_equal(status, 0);
	assert_int_equal(out.len, in.len);
	assert_int_equal(errout.len, in.len);
	assert_memory_equal(out.ptr, in.ptr, in.len);
	/* Says all of it before it reads. */
	assert_int_equal(sh("head -c 1000000 /dev/zero; head -c 1000000 "
			    "/dev/zero >&2; cat",
			     NULL, in.ptr, in.len),
	    RC_OK);
	assert_int_equal(out.len, 4000000);
	assert_int_equal(errout.len, 1000000);
	buf_release(&in);
}

static volatile sig_atomic_t pipes;

static void
count(int sig)
{
	(void)sig;
	pipes++;
}

static void
test_a_child_that_does_not_read(void **state)
{
	struct buf in = BUF_INIT;

	(void)state;
	buf_fill(&in, 'x', 1000000);
	signal(SIGPIPE, count);
	assert_int_equal(sh("exec 0<&-; echo done", NULL, in.ptr, in.len),
	    RC_OK);
	assert_string_equal(buf_str(&out), "done\n");
	assert_int_equal(pipes, 0);
	/* And ours is back: the signal arrives once more. */
	raise(SIGPIPE);
	assert_int_equal(pipes, 1);
	signal(SIGPIPE, SIG_IGN);
	/* What we ignore, the child does not. */
	assert_int_equal(sh("kill -PIPE $$; echo alive", NULL, NULL, 0), RC_OK);
	assert_int_equal(status, 128 + SIGPIPE);
	signal(SIGPIPE, SIG_DFL);
	buf_release(&in);
}

/* One that stays behind with our pipes open does not hold us. */
static void
test_background_is_not_waited_for(void **state)
{
	(void)state;
	assert_int_equal(sh("sleep 300 & echo $!", NULL, NULL, 0), RC_OK);
	assert_int_equal(status, 0);
	assert_true(atol(buf_str(&out)) > 1);
	assert_int_equal(kill((pid_t)atol(buf_str(&out)), SIGKILL), 0);
}

/* Open descriptors: all of them, or those that a program inherits. */
static size_t
descriptors(bool inherited)
{
	size_t n = 0;

	for (int fd = 0; fd < 1024; fd++) {
		int flags = fcntl(fd, F_GETFD);

		if (flags >= 0)
			n += !inherited || (flags & FD_CLOEXEC) == 0;
	}
	return n;
}

static void
test_no_descriptor_leaks(void **state)
{
	const char *const argv[] = { "ls", "/proc/self/fd", NULL };
	size_t before = descriptors(false), lines = 0;

	(void)state;
	for (int i = 0; i < 20; i++)
		assert_int_equal(sh("exit 0", NULL, "x", 1), RC_OK);
	buf_clear(&out);
	assert_int_equal(fs_run(argv, NULL, NULL, "x", 1, &out, &errout,
			     &status, &err),
	    RC_OK);
	for (size_t i = 0; i < out.len; i++)
		lines += out.ptr[i] == '\n';
	/* And the folder that ls reads. */
	assert_int_equal(lines, descriptors(true) + 1);
	assert_int_equal(descriptors(false), before);
}

/* Standard streams of our own may be closed: pipes then get their numbers. */
static void
test_closed_standard_streams(void **state)
{
	int kept = dup(0);
	enum rc rc;

	(void)state;
	close(0);
	rc = sh("cat; echo e >&2", NULL, "in", 2);
	dup2(kept, 0);
	close(kept);
	assert_int_equal(rc, RC_OK);
	assert_string_equal(buf_str(&out), "in");
	assert_string_equal(buf_str(&errout), "e\n");
}

static void
test_tty_inherits(void **state)
{
	const char *const argv[] = { "sh", "-c", "exit $NOTES_T", NULL };
	const char *const env[] = { "NOTES_T=9", NULL };

	(void)state;
	assert_int_equal(fs_run_tty(argv, "/", env, &status, &err), RC_OK);
	assert_int_equal(status, 9);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, reset, reset)
	const struct CMUnitTest tests[] = {
		T(test_streams_and_status),
		T(test_no_shell),
		T(test_environment),
		T(test_folder),
		T(test_no_such_program),
		T(test_megabytes_without_deadlock),
		T(test_a_child_that_does_not_read),
		T(test_background_is_not_waited_for),
		T(test_no_descriptor_leaks),
		T(test_closed_standard_streams),
		T(test_tty_inherits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
