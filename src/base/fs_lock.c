#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* <signal.h> has the field, but not in every glibc the name. */
#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

/*
 * The wait is a blocking flock, since only those that sleep in it are queued;
 * a timer has to break it off.  The timer must disturb nobody: alarm() and
 * setitimer() belong to the caller (a hook has its own alarm), so it is a POSIX
 * timer whose signal goes to this thread alone, a real-time signal that nothing
 * else here uses.  Its handler does nothing and is left in place: taking it
 * away would let a second thread's signal kill the process.  The timer repeats,
 * in case that it fires between the check of the clock and the call.
 */
#define TOLD_MS 50 /* between two calls of give_up() */

struct alarm {
	timer_t timer;
	sigset_t mask; /* to put back */
	bool on;
};

static int
alarm_signal(void)
{
	return SIGRTMIN + 3;
}

static void
on_alarm(int sig)
{
	(void)sig;
}

static int64_t
clock_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static int
alarm_start(struct alarm *a, int ms, int every_ms)
{
	struct sigaction act = { .sa_handler = on_alarm };
	struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID };
	struct itimerspec when = { .it_interval = {
				       .tv_nsec = (long)every_ms * 1000000 } };
	sigset_t set;

	event.sigev_signo = alarm_signal();
	event.sigev_notify_thread_id = gettid();
	sigemptyset(&act.sa_mask);
	if (sigaction(alarm_signal(), &act, NULL) != 0)
		return -1;
	if (timer_create(CLOCK_MONOTONIC, &event, &a->timer) != 0)
		return -1;
	sigemptyset(&set);
	sigaddset(&set, alarm_signal());
	pthread_sigmask(SIG_UNBLOCK, &set, &a->mask);
	a->on = true;
	when.it_value.tv_sec = ms / 1000;
	when.it_value.tv_nsec = (long)(ms % 1000) * 1000000;
	return timer_settime(a->timer, 0, &when, NULL);
}

static void
alarm_stop(struct alarm *a)
{
	if (!a->on)
		return;
	timer_delete(a->timer);
	pthread_sigmask(SIG_SETMASK, &a->mask, NULL);
}

/*
 * Before the lock stands a turnstile: a lock on the first byte of the file,
 * held only while waiting for the lock itself.  Without it, a process that
 * unlocks and locks again at once beats those that have yet to wake up, for
 * hundreds of milliseconds on end.  A file system without it does without.
 */
static int
turnstile(int fd, int cmd, short type)
{
	struct flock gate = { .l_type = type, .l_len = 1 };

	return fcntl(fd, cmd, &gate);
}

/* The pid that the holder wrote, 0 when there is none to be read. */
static long
read_holder(int fd)
{
	char text[32];
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);
	char *end;
	long pid;

	if (n <= 0)
		return 0;
	text[n] = '\0';
	pid = strtol(text, &end, 10);
	return end != text && *end == '\n' && pid > 0 ? pid : 0;
}

/* Was the wait broken off, or is its time over?  errno says why. */
static bool
is_over(int fd, const struct fs_wait *wait, int64_t begun, int wait_ms)
{
	int64_t waited = (clock_ns() - begun) / 1000000;

	errno = EWOULDBLOCK;
	if (waited >= wait_ms)
		return true;
	errno = ECANCELED;
	return wait != NULL &&
	    wait->give_up(wait->arg, read_holder(fd), (int)waited);
}

/* Blocks until fd is locked or the time is over; -1 with errno. */
static int
wait_for(int fd, int wait_ms, const struct fs_wait *wait)
{
	struct alarm alarm = { .on = false };
	int64_t begun = clock_ns();
	bool passed = false;
	int rc, saved;

	rc = wait == NULL ? alarm_start(&alarm, wait_ms, 5)
			  : alarm_start(&alarm, TOLD_MS, TOLD_MS);
	while (rc == 0) {
		if (!passed)
			passed = turnstile(fd, F_OFD_SETLKW, F_WRLCK) == 0 ||
			    errno != EINTR;
		if (passed && flock(fd, LOCK_EX) == 0)
			break;
		if (errno == EINTR && !is_over(fd, wait, begun, wait_ms))
			continue;
		rc = -1;
	}
	saved = errno;
	turnstile(fd, F_OFD_SETLK, F_UNLCK);
	alarm_stop(&alarm);
	errno = saved;
	return rc;
}

/* As wait_for(), but first without a timer: mostly nobody is there. */
static int
take(int fd, int wait_ms, const struct fs_wait *wait)
{
	int rc;

	if (wait_ms <= 0)
		return flock(fd, LOCK_EX | LOCK_NB);
	if (turnstile(fd, F_OFD_SETLK, F_WRLCK) != 0)
		return wait_for(fd, wait_ms, wait);
	rc = flock(fd, LOCK_EX | LOCK_NB);
	if (rc != 0 && errno == EWOULDBLOCK)
		return wait_for(fd, wait_ms, wait);
	turnstile(fd, F_OFD_SETLK, F_UNLCK);
	return rc;
}

static enum rc
busy(int fd, const char *path, struct err *err)
{
	long pid = read_holder(fd);

	/* Who it is stands first: a line may be too short for the path. */
	if (pid == 0)
		return err_set(err, RC_BUSY,
		    "locked by another process (try again): %s", path);
	return err_set(err, RC_BUSY,
	    "locked by process %ld (try again, or see: ps %ld): %s", pid, pid,
	    path);
}

static enum rc
not_taken(int fd, const char *path, struct err *err)
{
	if (errno == EWOULDBLOCK)
		return busy(fd, path, err);
	if (errno == ECANCELED)
		return err_set(err, RC_STOPPED, "no longer waiting for %s",
		    path);
	return err_errno(err, errno, "cannot lock %s", path);
}

static void
write_holder(int fd)
{
	char text[32];
	int n = snprintf(text, sizeof(text), "%10ld\n", (long)getpid());

	/* It only helps a message: a full disk must not deny the lock. */
	if (pwrite(fd, text, (size_t)n, 0) != n)
		return;
}

static int
open_lock(const char *path, struct err *err)
{
	struct stat st;
	int fd = open(path,
	    O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);

	if (fd < 0) {
		enum rc code = errno == EACCES || errno == EROFS ||
			errno == EPERM
		    ? RC_READONLY
		    : RC_IO;

		err_errno(err, errno, "cannot open %s", path);
		if (err != NULL)
			err->code = code;
		return -(int)code;
	}
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	close(fd);
	return -(int)err_set(err, RC_IO,
	    "%s is not a regular file, and is left as it is", path);
}

enum rc
fs_lock(const char *path, int wait_ms, int *fd, struct err *err)
{
	return fs_lock_told(path, wait_ms, NULL, fd, err);
}

enum rc
fs_lock_told(const char *path, int wait_ms, const struct fs_wait *wait, int *fd,
    struct err *err)
{
	int got = open_lock(path, err);
	enum rc rc;

	*fd = -1;
	if (got < 0)
		return (enum rc)(-got);
	if (take(got, wait_ms, wait) != 0) {
		rc = not_taken(got, path, err);
		close(got);
		return rc;
	}
	write_holder(got);
	*fd = got;
	return RC_OK;
}

void
fs_unlock(int *fd)
{
	if (*fd < 0)
		return;
	close(*fd);
	*fd = -1;
}
