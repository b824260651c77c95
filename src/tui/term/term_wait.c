/* What comes from the terminal, and from signals. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "term_priv.h"
#include "term_signal.h"

/* An ESC that nothing follows within this is the key. */
#define ESC_MS 25

bool
term_take_bytes(struct term *t)
{
	char bytes[4096];
	ssize_t n = read(STDIN_FILENO, bytes, sizeof(bytes));

	if (n > 0) {
		input_feed(&t->input, bytes, (size_t)n);
		return true;
	}
	return n < 0 && (errno == EINTR || errno == EAGAIN);
}

static enum term_wait
take_signal(struct term *t)
{
	int number = signals_next();

	(void)t;
	switch (number) {
	case SIGWINCH:
		return TERM_RESIZED;
	case SIGTSTP:
		return TERM_SUSPEND;
	case SIGCONT:
		return TERM_CONTINUED;
	default:
		return signals_ending() != 0 ? TERM_END : TERM_EVENT;
	}
}

enum term_wait
term_wait(struct term *t, int timeout_ms, struct input_event *out)
{
	struct pollfd p[2] = { { .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = t->wake, .events = POLLIN } };
	enum term_wait w;
	bool part;
	int n;

	for (;;) {
		if (signals_ending() != 0 || t->gone)
			return TERM_END;
		if (t->early_at < t->early_n) {
			*out = t->early[t->early_at++];
			return TERM_EVENT;
		}
		if (input_next(&t->input, false, out))
			return TERM_EVENT;
		part = input_pending(&t->input);
		n = poll(p, 2, part ? ESC_MS : timeout_ms);
		if (n < 0 && errno != EINTR)
			return TERM_END;
		if (n == 0 && !part)
			return TERM_IDLE;
		if (n == 0 && input_next(&t->input, true, out))
			return TERM_EVENT;
		if (n <= 0)
			continue;
		if (p[1].revents != 0 && (w = take_signal(t)) != TERM_EVENT)
			return w;
		if (p[0].revents != 0 && !term_take_bytes(t)) {
			t->gone = true;
			return TERM_END;
		}
	}
}

int
term_signal(const struct term *t)
{
	int number = signals_ending();

	return number == 0 && t->gone ? SIGHUP : number;
}

/* Takes what has come in; false when the terminal is gone, or we are to end. */
static bool
take_all(struct term *t)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

	if (signals_ending() != 0)
		return false;
	while (!t->gone && poll(&p, 1, 0) > 0 && p.revents != 0)
		t->gone = !term_take_bytes(t);
	return !t->gone;
}

size_t
term_forget(struct term *t)
{
	struct input_event ev;
	size_t n = 0;

	(void)take_all(t);
	/* What the terminal says of itself is no typing. */
	while (input_next(&t->input, false, &ev)) {
		n += ev.type == IN_KEY || ev.type == IN_PASTE;
		term_told(t, &ev);
	}
	return n;
}

bool
term_waiting(struct term *t)
{
	return !take_all(t) || t->input.bytes.len > t->input.at ||
	    t->early_at < t->early_n;
}

bool
term_stop_wanted(struct term *t)
{
	const char *s;
	size_t len;

	if (!take_all(t))
		return true;
	s = buf_str(&t->input.bytes) + t->input.at;
	len = t->input.bytes.len - t->input.at;
	if (len == 0 || t->input.pasting ||
	    (memchr(s, 3, len) == NULL && s[len - 1] != '\033'))
		return false;
	input_release(&t->input);
	return true;
}
