#include "term_signal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int end_signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
static const int event_signals[] = { SIGWINCH, SIGTSTP, SIGCONT };
static const int crash_signals[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT };

#define END_N   (sizeof(end_signals) / sizeof(end_signals[0]))
#define EVENT_N (sizeof(event_signals) / sizeof(event_signals[0]))
#define CRASH_N (sizeof(crash_signals) / sizeof(crash_signals[0]))
#define ALL_N   (END_N + EVENT_N + CRASH_N)

/* Handlers reach nothing but what is static: this is all of it. */
static struct {
	int fd, pipe[2];
	struct termios found;
	struct sigaction kept[ALL_N];
	char restore[512];
	size_t restore_len;
	volatile sig_atomic_t armed; /* the terminal is ours to give back */
	volatile sig_atomic_t ending;
	volatile sig_atomic_t paused;
} sig;

void
signals_emergency(void)
{
	const char *s = sig.restore;
	size_t left = sig.restore_len;
	ssize_t n;

	if (!sig.armed)
		return;
	sig.armed = 0;
	while (left > 0) {
		n = write(sig.fd, s, left);
		if (n <= 0 && errno != EINTR)
			break;
		if (n > 0) {
			s += n;
			left -= (size_t)n;
		}
	}
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
	wake(number);
	errno = e;
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

enum rc
signals_start(int fd, int *wake_fd, struct err *err)
{
	if (tcgetattr(fd, &sig.found) != 0)
		return err_errno(err, errno,
		    "cannot read the terminal's settings");
	if (pipe2(sig.pipe, O_CLOEXEC | O_NONBLOCK) != 0)
		return err_errno(err, errno, "cannot make a pipe");
	sig.fd = fd;
	sig.restore_len = 0;
	sig.ending = 0;
	sig.paused = 0;
	catch (end_signals, END_N, on_end, 0);
	catch (event_signals, EVENT_N, on_event, END_N);
	catch (crash_signals, CRASH_N, on_crash, END_N + EVENT_N);
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

void
signals_end(void)
{
	if (sig.armed)
		tcsetattr(sig.fd, TCSADRAIN, &sig.found);
	sig.armed = 0;
	uncatch(end_signals, END_N, 0);
	uncatch(event_signals, EVENT_N, END_N);
	uncatch(crash_signals, CRASH_N, END_N + EVENT_N);
	close(sig.pipe[0]);
	close(sig.pipe[1]);
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
	tcsetattr(sig.fd, TCSADRAIN, &raw);
}

void
signals_give_back(void)
{
	tcsetattr(sig.fd, TCSADRAIN, &sig.found);
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
