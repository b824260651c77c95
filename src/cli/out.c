#include "out.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/utf8.h"
#include "pager.h"

/* Written once this much has gathered. */
#define OUT_CHUNK 65536

static const char *const sgr[STYLE_N] = {
	[STYLE_HEAD] = "1",
	[STYLE_KEY] = "33",
	[STYLE_DIM] = "2",
	[STYLE_STRONG] = "1",
	[STYLE_TODO] = "34",
	[STYLE_DOING] = "35",
	[STYLE_DONE] = "32",
	[STYLE_WARN] = "31",
	[STYLE_CODE] = "36",
};

static size_t
env_number(const char *name)
{
	const char *s = getenv(name);
	size_t n = 0;

	if (s == NULL)
		return 0;
	for (; *s >= '0' && *s <= '9' && n < 100000; s++)
		n = n * 10 + (size_t)(*s - '0');
	return *s == '\0' ? n : 0;
}

static bool
env_set(const char *name)
{
	const char *s = getenv(name);

	return s != NULL && *s != '\0';
}

/* https://no-color.org, https://bixense.com/clicolors */
static bool
wants_colour(const struct out *o, enum out_colour colour)
{
	const char *term = getenv("TERM");
	const char *force = getenv("CLICOLOR_FORCE");

	if (colour != COLOUR_AUTO)
		return colour == COLOUR_ALWAYS;
	if (o->plain || env_set("NO_COLOR"))
		return false;
	if (force != NULL && *force != '\0' && strcmp(force, "0") != 0)
		return true;
	return o->tty && term != NULL && strcmp(term, "dumb") != 0;
}

void
out_init(struct out *o, enum out_colour colour)
{
	struct winsize ws;

	o->pager_fd = -1;
	o->tty = isatty(STDOUT_FILENO) && !o->plain;
	o->colour = o->form == OUT_TEXT && wants_colour(o, colour);
	if (!o->tty)
		return;
	o->width = env_number("COLUMNS");
	o->height = env_number("LINES");
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0) {
		if (o->width == 0)
			o->width = ws.ws_col;
		if (o->height == 0)
			o->height = ws.ws_row;
	}
	if (o->width == 0)
		o->width = 80;
	if (o->height == 0)
		o->height = 24;
}

void
out_raw(struct out *o, const char *s, size_t len)
{
	buf_add(&o->buf, s, len);
	if (o->buf.len >= OUT_CHUNK)
		out_drain(o);
}

void
out_text(struct out *o, enum out_style style, const char *s)
{
	bool styled = o->colour && sgr[style] != NULL;

	if (styled)
		buf_printf(&o->buf, "\033[%sm", sgr[style]);
	if (s != NULL)
		utf8_clean(&o->buf, s, strlen(s), UTF8_ONE_LINE);
	if (styled)
		buf_puts(&o->buf, "\033[m");
}

void
out_lines(struct out *o, const char *s, size_t len)
{
	utf8_clean(&o->buf, s, len, UTF8_MULTI_LINE);
	if (len > 0 && s[len - 1] != '\n')
		buf_putc(&o->buf, '\n');
	if (o->buf.len >= OUT_CHUNK)
		out_drain(o);
}

void
out_printf(struct out *o, enum out_style style, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	out_text(o, style, buf_str(&text));
	buf_release(&text);
}

void
out_newline(struct out *o)
{
	buf_putc(&o->buf, '\n');
	if (o->buf.len >= OUT_CHUNK)
		out_drain(o);
}

void
out_say(struct out *o, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	if (o->form != OUT_TEXT || o->quiet)
		return;
	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	out_text(o, STYLE_NONE, buf_str(&text));
	out_newline(o);
	buf_release(&text);
}

void
out_field(struct out *o, const char *s)
{
	if (o->in_record)
		buf_putc(&o->buf, '\t');
	o->in_record = true;
	if (s != NULL)
		utf8_clean(&o->buf, s, strlen(s), UTF8_ONE_LINE);
}

void
out_number(struct out *o, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)n);
	out_field(o, text);
}

void
out_end(struct out *o)
{
	o->in_record = false;
	buf_putc(&o->buf, o->zero ? '\0' : '\n');
	if (o->buf.len >= OUT_CHUNK)
		out_drain(o);
}

void
out_json(struct out *o, json_t *value)
{
	json_dump(value, o->tty ? JSON_PRETTY : JSON_LINE, &o->buf);
	json_decref(value);
	out_newline(o);
}

void
out_json_open(struct out *o)
{
	buf_putc(&o->buf, '[');
	o->in_record = false;
}

void
out_json_item(struct out *o, json_t *value)
{
	buf_puts(&o->buf, o->in_record ? ",\n " : "");
	o->in_record = true;
	json_dump(value, JSON_LINE, &o->buf);
	json_decref(value);
	if (o->buf.len >= OUT_CHUNK)
		out_drain(o);
}

void
out_json_close(struct out *o)
{
	buf_puts(&o->buf, "]\n");
	o->in_record = false;
}

/* Does what has gathered take more rows than the screen has? */
static bool
overflows(const struct out *o)
{
	size_t rows = 0, line = 0;

	for (size_t i = 0; i < o->buf.len; i++) {
		line++;
		if (o->buf.ptr[i] != '\n')
			continue;
		/* Bytes, not columns: too many rows are rather paged. */
		rows += 1 + (line - 1) / (o->width == 0 ? 80 : 4 * o->width);
		line = 0;
		if (rows >= o->height)
			return true;
	}
	return false;
}

static void
write_all(struct out *o, int fd, const char *s, size_t len)
{
	while (len > 0 && !o->gone && o->error == 0) {
		ssize_t n = write(fd, s, len);

		if (n >= 0) {
			s += n;
			len -= (size_t)n;
		} else if (errno == EPIPE) {
			o->gone = true;
		} else if (errno == EAGAIN) {
			struct pollfd p = { .fd = fd, .events = POLLOUT };

			poll(&p, 1, -1);
		} else if (errno != EINTR) {
			o->error = errno;
		}
	}
}

void
out_drain(struct out *o)
{
	if (o->buf.len == 0)
		return;
	if (!o->started && o->tty && o->form == OUT_TEXT && o->pager != NULL &&
	    overflows(o))
		o->pager_fd = pager_start(o->pager, &o->pager_pid);
	o->started = true;
	write_all(o, o->pager_fd >= 0 ? o->pager_fd : STDOUT_FILENO, o->buf.ptr,
	    o->buf.len);
	buf_clear(&o->buf);
}

bool
out_gone(const struct out *o)
{
	return o->gone || o->error != 0;
}

void
out_discard(struct out *o)
{
	buf_clear(&o->buf);
}

enum rc
out_finish(struct out *o, struct err *err)
{
	out_drain(o);
	if (o->pager_fd >= 0) {
		close(o->pager_fd);
		o->pager_fd = -1;
		pager_wait(o->pager_pid);
	}
	/* Some file systems say only now that the disk is full. */
	if (o->started && o->error == 0 && !o->tty &&
	    close(dup(STDOUT_FILENO)) != 0 && errno != EBADF)
		o->error = errno;
	if (o->error != 0)
		return err_errno(err, o->error, "cannot write the output");
	return RC_OK;
}

void
out_release(struct out *o)
{
	buf_release(&o->buf);
}

static void
say(const char *before, const char *msg)
{
	struct buf line = BUF_INIT;

	buf_puts(&line, before);
	utf8_clean(&line, msg, strlen(msg), UTF8_ONE_LINE);
	buf_putc(&line, '\n');
	/* Nobody is left to tell when this fails. */
	if (write(STDERR_FILENO, line.ptr, line.len) < 0)
		errno = 0;
	buf_release(&line);
}

void
say_line(const char *line)
{
	say("", line);
}

void
say_error(const char *msg)
{
	say("notes: ", msg);
}

void
say_warning(const char *msg)
{
	say("notes: warning: ", msg);
}
