#include <fcntl.h>
#include "unit.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "base/fs.h"

static char *dir, *lock;

static int
setup(void **state)
{
	(void)state;
	dir = unit_mkdir();
	lock = fs_join(dir, "notes.lock");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(lock);
	unit_rmdir(dir);
	return 0;
}

/* A child that holds the lock until a byte comes through *go. */
static pid_t
holder(int *go)
{
	int ready[2], stop[2], fd;
	char c = 'x';
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(stop), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(stop[1]);
		if (fs_lock(lock, 0, &fd, NULL) != RC_OK ||
		    write(ready[1], &c, 1) != 1)
			_exit(1);
		if (read(stop[0], &c, 1) < 0)
			_exit(1);
		_exit(0);
	}
	close(ready[1]);
	close(stop[0]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	*go = stop[1];
	return pid;
}

static void
test_lock_and_unlock(void **state)
{
	struct err err = ERR_INIT;
	struct stat st;
	int a, b;

	(void)state;
	umask(0);
	assert_int_equal(fs_lock(lock, 0, &a, &err), RC_OK);
	assert_int_equal(stat(lock, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(fs_lock(lock, 0, &b, &err), RC_BUSY);
	assert_int_equal(b, -1);
	fs_unlock(&b);
	fs_unlock(&a);
	assert_int_equal(a, -1);
	assert_int_equal(fs_lock(lock, 100, &a, &err), RC_OK);
	fs_unlock(&a);
}

static void
test_busy_names_the_holder(void **state)
{
	struct err err = ERR_INIT;
	char pid_text[32];
	int go, fd, status;
	pid_t pid = holder(&go);

	(void)state;
	snprintf(pid_text, sizeof(pid_text), "process %ld ", (long)pid);
	for (int wait = 0; wait <= 20; wait += 20) {
		assert_int_equal(fs_lock(lock, wait, &fd, &err), RC_BUSY);
		assert_non_null(strstr(err.msg, pid_text));
		assert_non_null(strstr(err.msg, lock));
	}
	close(go);
	waitpid(pid, &status, 0);
	assert_int_equal(fs_lock(lock, 0, &fd, &err), RC_OK);
	fs_unlock(&fd);
}

struct told {
	long pid;
	int calls, last_ms;
};

static bool
third_time(void *arg, long pid, int waited_ms)
{
	struct told *t = arg;

	t->pid = pid;
	assert_true(waited_ms >= t->last_ms);
	t->last_ms = waited_ms;
	return ++t->calls == 3;
}

static void
test_a_wait_is_told_and_ended(void **state)
{
	struct err err = ERR_INIT;
	struct told told = { 0 };
	const struct fs_wait wait = { third_time, &told };
	int go, fd;
	pid_t pid = holder(&go);

	(void)state;
	assert_int_equal(fs_lock_told(lock, 60000, &wait, &fd, &err),
	    RC_STOPPED);
	assert_int_equal(fd, -1);
	assert_int_equal(told.calls, 3);
	assert_int_equal(told.pid, pid);
	assert_true(told.last_ms >= 100 && told.last_ms < 30000);
	/* Nobody stands in the turnstile still. */
	close(go);
	waitpid(pid, NULL, 0);
	assert_int_equal(fs_lock(lock, 0, &fd, &err), RC_OK);
	fs_unlock(&fd);
	assert_int_equal(fs_lock_told(lock, 100, &wait, &fd, &err), RC_OK);
	assert_int_equal(told.calls, 3);
	fs_unlock(&fd);
}

static void
test_the_kernel_names_the_holder(void **state)
{
	struct stat st;
	char *name, c = 'x';
	int ready[2], stop[2];
	pid_t pid;

	(void)state;
	assert_int_equal(fs_write(lock, "", 0, 0600, NULL), RC_OK);
	assert_int_equal(stat(lock, &st), 0);
	assert_int_equal(fs_lock_holder(st.st_dev, st.st_ino), 0);
	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(stop), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct flock whole = { .l_type = F_WRLCK };
		int fd = open(lock, O_RDWR | O_CLOEXEC);

		close(stop[1]);
		if (fcntl(fd, F_SETLK, &whole) != 0 ||
		    write(ready[1], &c, 1) != 1 || read(stop[0], &c, 1) < 0)
			_exit(1);
		_exit(0);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	/* File systems with numbers of their own are not told apart. */
	if (fs_lock_holder(st.st_dev, st.st_ino) != 0)
		assert_int_equal(fs_lock_holder(st.st_dev, st.st_ino), pid);
	name = fs_process_name(pid);
	assert_string_equal(name, "test_fs_lock");
	free(name);
	assert_null(fs_process_name(0));
	close(stop[1]);
	waitpid(pid, NULL, 0);
	assert_int_equal(fs_lock_holder(st.st_dev, st.st_ino), 0);
	close(ready[0]);
	close(ready[1]);
	close(stop[0]);
}

static void
test_killed_holder_frees_it(void **state)
{
	int go, fd;
	pid_t pid = holder(&go);

	(void)state;
	kill(pid, SIGKILL);
	assert_int_equal(fs_lock(lock, 5000, &fd, NULL), RC_OK);
	fs_unlock(&fd);
	waitpid(pid, NULL, 0);
	close(go);
}

static void
test_a_waiter_gets_it(void **state)
{
	int go, fd;
	pid_t pid = holder(&go), freer;

	(void)state;
	/* Frees it while we are waiting, or before: both must do. */
	freer = fork();
	assert_true(freer >= 0);
	if (freer == 0)
		_exit(write(go, "x", 1) != 1);
	close(go);
	assert_int_equal(fs_lock(lock, 5000, &fd, NULL), RC_OK);
	fs_unlock(&fd);
	waitpid(pid, NULL, 0);
	waitpid(freer, NULL, 0);
}

static volatile sig_atomic_t alarms;

static void
count(int sig)
{
	(void)sig;
	alarms++;
}

/* The caller's timer, handler and mask are as they were. */
static void
test_wait_disturbs_no_timer(void **state)
{
	struct sigaction act = { .sa_handler = count }, now;
	struct itimerval timer = { .it_value = { .tv_sec = 1000 } }, left;
	sigset_t before, after;
	int go, fd;
	pid_t pid = holder(&go);

	(void)state;
	sigemptyset(&act.sa_mask);
	sigaction(SIGALRM, &act, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
	sigprocmask(SIG_SETMASK, NULL, &before);
	assert_int_equal(fs_lock(lock, 10, &fd, NULL), RC_BUSY);
	sigprocmask(SIG_SETMASK, NULL, &after);
	getitimer(ITIMER_REAL, &left);
	assert_true(left.it_value.tv_sec > 900);
	sigaction(SIGALRM, NULL, &now);
	assert_ptr_equal(now.sa_handler, count);
	for (int sig = 1; sig < 65; sig++)
		assert_int_equal(sigismember(&before, sig),
		    sigismember(&after, sig));
	/* Nor does the caller's alarm end the wait too early. */
	timer.it_value = (struct timeval){ .tv_usec = 1000 };
	setitimer(ITIMER_REAL, &timer, NULL);
	assert_int_equal(fs_lock(lock, 50, &fd, NULL), RC_BUSY);
	assert_int_equal(alarms, 1);
	signal(SIGALRM, SIG_DFL);
	close(go);
	waitpid(pid, NULL, 0);
}

static void
test_odd_files(void **state)
{
	struct err err = ERR_INIT;
	char *odd = fs_join(dir, "odd");
	int fd;

	(void)state;
	assert_int_equal(symlink("elsewhere", odd), 0);
	assert_int_equal(fs_lock(odd, 0, &fd, &err), RC_IO);
	assert_false(fs_exists(odd));
	unlink(odd);
	assert_int_equal(mkfifo(odd, 0600), 0);
	assert_int_equal(fs_lock(odd, 0, &fd, &err), RC_IO);
	unlink(odd);
	assert_int_equal(fs_lock(dir, 0, &fd, &err), RC_IO);
	/* What stands in the file is no pid: no pid is made up. */
	assert_int_equal(fs_write(lock, "rm -rf /\n", 9, 0600, NULL), RC_OK);
	assert_int_equal(fs_lock(lock, 0, &fd, &err), RC_OK);
	assert_int_equal(truncate(lock, 0), 0);
	assert_int_equal(fs_lock(lock, 0, &(int){ 0 }, &err), RC_BUSY);
	assert_non_null(strstr(err.msg, "another process"));
	fs_unlock(&fd);
	free(odd);
}

/* Run as an ordinary user, since root may write anywhere. */
static void
test_read_only_is_told_apart(void **state)
{
	struct err err = ERR_INIT;
	int fd, status;
	pid_t pid;

	(void)state;
	assert_int_equal(fs_write(lock, "", 0, 0444, NULL), RC_OK);
	assert_int_equal(chmod(dir, 0755), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(100);
		_exit((int)fs_lock(lock, 0, &fd, &err));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), RC_READONLY);
}

/* Two that take it again at once must both get it, turn by turn. */
static void
test_nobody_starves(void **state)
{
	enum { TURNS = 300 };
	int fd, status, before = 0, longest = 0, row = 0;
	pid_t other;
	FILE *f;
	char who;

	(void)state;
	other = fork();
	assert_true(other >= 0);
	for (int i = 0; i < TURNS; i++) {
		char me = other == 0 ? 'c' : 'p';
		char *log = fs_join(dir, "log");

		if (fs_lock(lock, 10000, &fd, NULL) != RC_OK)
			_exit(1);
		f = fopen(log, "a");
		fputc(me, f);
		fclose(f);
		fs_unlock(&fd);
		free(log);
	}
	if (other == 0)
		_exit(0);
	waitpid(other, &status, 0);
	assert_int_equal(status, 0);
	assert_int_equal(chdir(dir), 0);
	f = fopen("log", "r");
	for (int i = 0; i < 2 * TURNS; i++) {
		assert_int_equal(fread(&who, 1, 1, f), 1);
		row = who == before ? row + 1 : 1;
		before = who;
		if (row > longest)
			longest = row;
	}
	assert_int_equal(fgetc(f), EOF);
	fclose(f);
	assert_int_equal(chdir("/"), 0);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_lock_and_unlock),
		T(test_busy_names_the_holder),
		T(test_a_wait_is_told_and_ended),
		T(test_the_kernel_names_the_holder),
		T(test_killed_holder_frees_it),
		T(test_a_waiter_gets_it),
		T(test_wait_disturbs_no_timer),
		T(test_odd_files),
		T(test_read_only_is_told_apart),
		T(test_nobody_starves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
