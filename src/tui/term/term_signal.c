#include "term_signal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* Seconds until it ends, whatever keeps it (a library, a disk). */
#define NET_S 2

static const int end_signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
static const int event_signals[] = { SIGWINCH, SIGTSTP, SIGCONT };
static const int crash_signals[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT };
static const int late_signals[] = { SIGALRM };

#define END_N   (sizeof(end_signals) / sizeof(end_signals[0]))
#define EVENT_N (sizeof(event_signals) / sizeof(event_signals[0]))
#define CRASH_N (sizeof(crash_signals) / sizeof(crash_signals[0]))
#define LATE_N  (sizeof(late_signals) / sizeof(late_signals[0]))
#define ALL_N   (END_N + EVENT_N + CRASH_N + LATE_N)

/* Handlers reach nothing but what is static: this is all of it. */
static struct {
	int fd, pipe[2];
	int out; /* does not block, where that can be had */
	struct termios found;
	struct sigaction kept[ALL_N];
	char restore[512];
	size_t restore_len;
	volatile sig_atomic_t armed; /* the terminal is ours to give back */
	volatile sig_atomic_t ending;
	volatile sig_atomic_t paused;
} sig;

static int64_t
clock_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Safe in a handler. */
static bool
write_all(const char *s, size_t len, bool ending, int last_ms)
{
	struct pollfd p = { .fd = sig.out, .events = POLLOUT };
	int64_t end = 0;
	ssize_t n;

	while (len > 0) {
		/* A signal that comes right before is seen soon after. */
		n = poll(&p, 1, 50) > 0 ? write(sig.out, s, len) : 0;
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		s += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
		if (len == 0 || (!ending && sig.ending == 0))
			continue;
		if (end == 0)
			end = clock_ms() + last_ms;
		if (clock_ms() >= end)
			return false;
	}
	return true;
}

bool
signals_write(const char *s, size_t len, int last_ms)
{
	return write_all(s, len, false, last_ms);
}

void
signals_emergency(void)
{
	if (!sig.armed)
		return;
	sig.armed = 0;
	write_all(sig.restore, sig.restore_len, true, LAST_MS);
	tcsetattr(sig.fd, TCSANOW, &sig.found);
}

static void
wake(int number)
{
	unsigned char byte = (unsigned char)number;
	ssize_t n;

	/* A full pipe wakes as well. */
	n = write(sig.pipe[1], &byte, 1);
	(void)n;
}

static void
on_event(int number)
{
	int e = errno;

	wake(number);
	errno = e;
}

static void
on_end(int number)
{
	int e = errno;

	if (sig.paused && (number == SIGINT || number == SIGQUIT))
		return;
	if (sig.ending != 0) {
		signals_emergency();
		_exit(128 + number);
	}
	sig.ending = number;
	/* What another program on the terminal does is not for us to end. */
	if (!sig.paused)
		alarm(NET_S);
	wake(number);
	errno = e;
}

static void
on_late(int number)
{
	(void)number;
	signals_emergency();
	_exit(128 + sig.ending);
}

static void
on_crash(int number)
{
	signals_emergency();
	for (size_t i = 0; i < CRASH_N; i++)
		sigaction(crash_signals[i], &sig.kept[END_N + EVENT_N + i],
		    NULL);
	raise(number);
}

static void catch (const int *numbers, size_t n, void (*handler)(int),
    size_t keep_at)
{
	struct sigaction sa = { .sa_handler = handler };

	sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < n; i++) {
		sigaction(numbers[i], NULL, &sig.kept[keep_at + i]);
		/* What nohup or a parent made us ignore stays ignored. */
		if (sig.kept[keep_at + i].sa_handler == SIG_IGN &&
		    handler == on_end)
			continue;
		sigaction(numbers[i], &sa, NULL);
	}
}

/* A description of our own, so that it can be told not to block. */
static int
open_output(void)
{
	const char *name = ttyname(STDOUT_FILENO);
	int out = name == NULL
	    ? -1
	    : open(name, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	return out < 0 ? STDOUT_FILENO : out;
}

enum rc
signals_start(int fd, int *wake_fd, struct err *err)
{
	if (tcgetattr(fd, &sig.found) != 0)
		return err_errno(err, errno,
		    "cannot read the terminal's settings");
	if (pipe2(sig.pipe, O_CLOEXEC | O_NONBLOCK) != 0)
		return err_errno(err, errno, "cannot make a pipe");
	sig.fd = fd;
	sig.out = open_output();
	sig.restore_len = 0;
	sig.ending = 0;
	sig.paused = 0;
	catch (end_signals, END_N, on_end, 0);
	catch (event_signals, EVENT_N, on_event, END_N);
	catch (crash_signals, CRASH_N, on_crash, END_N + EVENT_N);
	catch (late_signals, LATE_N, on_late, END_N + EVENT_N + CRASH_N);
	sig.armed = 1;
	*wake_fd = sig.pipe[0];
	return RC_OK;
}

void
signals_restore_with(const char *restore, size_t len)
{
	sig.restore_len = 0;
	if (len > sizeof(sig.restore))
		return;
	memcpy(sig.restore, restore, len);
	sig.restore_len = len;
}

static void
uncatch(const int *numbers, size_t n, size_t kept_at)
{
	for (size_t i = 0; i < n; i++)
		sigaction(numbers[i], &sig.kept[kept_at + i], NULL);
}

/* After what was written, unless that is not taken or there is no time. */
static void
set(const struct termios *settings)
{
	if (sig.ending != 0 || tcsetattr(sig.fd, TCSADRAIN, settings) != 0)
		tcsetattr(sig.fd, TCSANOW, settings);
}

void
signals_end(void)
{
	if (sig.armed)
		set(&sig.found);
	sig.armed = 0;
	alarm(0);
	uncatch(late_signals, LATE_N, END_N + EVENT_N + CRASH_N);
	uncatch(end_signals, END_N, 0);
	uncatch(event_signals, EVENT_N, END_N);
	uncatch(crash_signals, CRASH_N, END_N + EVENT_N);
	close(sig.pipe[0]);
	close(sig.pipe[1]);
	if (sig.out != STDOUT_FILENO)
		close(sig.out);
}

int
signals_next(void)
{
	unsigned char byte;

	if (read(sig.pipe[0], &byte, 1) != 1)
		return 0;
	return byte;
}

int
signals_ending(void)
{
	return sig.ending;
}

void
signals_pause(bool pause)
{
	sig.paused = pause;
}

void
signals_raw(void)
{
	struct termios raw = sig.found;

	cfmakeraw(&raw);
	/* A read waits for the first byte, and no longer. */
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	set(&raw);
}

void
signals_give_back(void)
{
	set(&sig.found);
}

void
signals_stop(void)
{
	struct sigaction plain = { .sa_handler = SIG_DFL }, ours;
	sigset_t set, kept;

	sigemptyset(&plain.sa_mask);
	sigaction(SIGTSTP, &plain, &ours);
	sigemptyset(&set);
	sigaddset(&set, SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &set, &kept);
	/* The whole job stops, as if the terminal had sent it. */
	kill(0, SIGTSTP);
	sigprocmask(SIG_SETMASK, &kept, NULL);
	sigaction(SIGTSTP, &ours, NULL);
}
