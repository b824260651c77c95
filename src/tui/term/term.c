#include "terminal.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "term_info.h"
#include "term_signal.h"

#include <curses.h>

/* An ESC that nothing follows within this is the key. */
#define ESC_MS 25

struct term {
	SCREEN *screen;
	int wake; /* readable when a signal came */
	struct canvas shown;
	bool repaint;
	bool mouse;
	bool wide; /* the locale is UTF-8 */
	bool fixed_tone;
	enum theme_depth depth;
	enum theme_tone tone;
	attr_t attr[ROLE_N][2]; /* 1: selected */
	short pair[ROLE_N][2];
	struct input input;
	bool gone; /* the terminal went away */
};

/* Bracketed paste; clicks and wheel with coordinates of any size. */
static const char modes_on[] = "\033[?2004h";
static const char mouse_on[] = "\033[?1000h\033[?1006h";
static const char modes_off[] = "\033[?1006l\033[?1000l\033[?2004l";
static const char ask_background[] = "\033]11;?\033\\";

static void
send(const char *s, size_t len)
{
	ssize_t n;

	while (len > 0) {
		n = write(STDOUT_FILENO, s, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		s += n;
		len -= (size_t)n;
	}
}

static attr_t
curses_attr(unsigned attr)
{
	return ((attr & LOOK_BOLD) != 0 ? A_BOLD : 0) |
	    ((attr & LOOK_DIM) != 0 ? A_DIM : 0) |
	    ((attr & LOOK_UNDERLINE) != 0 ? A_UNDERLINE : 0) |
	    ((attr & LOOK_REVERSE) != 0 ? A_REVERSE : 0) |
	    ((attr & LOOK_ITALIC) != 0 ? A_ITALIC : 0);
}

static void
make_looks(struct term *t)
{
	short next = 1;

	for (size_t r = 0; r < ROLE_N; r++) {
		for (unsigned s = 0; s < 2; s++) {
			struct look l = theme_look(t->depth, t->tone,
			    (enum role)r, s);

			t->attr[r][s] = curses_attr(l.attr);
			t->pair[r][s] = 0;
			if ((l.fg < 0 && l.bg < 0) || next >= COLOR_PAIRS)
				continue;
			init_pair(next, (short)l.fg, (short)l.bg);
			t->pair[r][s] = next++;
		}
	}
}

static void
begin(struct term *t)
{
	raw();
	noecho();
	nonl();
	idlok(stdscr, TRUE);
	send(modes_on, sizeof(modes_on) - 1);
	if (t->mouse)
		send(mouse_on, sizeof(mouse_on) - 1);
}

static void
find_tone(struct term *t, const struct term_options *o, const char *type)
{
	static const char *const answering[] = { "xterm", "tmux", "screen",
		"rxvt", "foot", "alacritty", "st-", "kitty", "wezterm" };

	t->tone = theme_tone(getenv("COLORFGBG"));
	if (o->theme != NULL) {
		t->fixed_tone = true;
		t->tone = strcmp(o->theme, "light") == 0 ? TONE_LIGHT
							 : TONE_DARK;
		return;
	}
	for (size_t i = 0; i < sizeof(answering) / sizeof(answering[0]); i++)
		if (strncmp(type, answering[i], strlen(answering[i])) == 0) {
			send(ask_background, sizeof(ask_background) - 1);
			return;
		}
}

enum rc
term_open(const struct term_options *o, struct term **out,
    struct strv *warnings, struct err *err)
{
	struct buf restore = BUF_INIT;
	struct term *t;
	const char *type;
	enum rc rc;
	int wake;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(err, RC_FAIL,
		    "no terminal here (see: notes list, --plain)");
	if ((rc = term_info_choose(&type, warnings, err)) != RC_OK)
		return rc;
	/* Signals first: curses leaves those alone that are caught. */
	if ((rc = signals_start(STDIN_FILENO, &wake, err)) != RC_OK)
		return rc;
	t = mem_calloc(1, sizeof(*t));
	t->wake = wake;
	t->mouse = o->mouse;
	t->wide = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	t->repaint = true;
	t->screen = newterm(type, stdout, stdin);
	if (t->screen == NULL) {
		signals_end();
		free(t);
		return err_set(err, RC_FAIL, "cannot use terminal \"%s\"",
		    type);
	}
	term_info_restore(&restore);
	buf_puts(&restore, modes_off);
	signals_restore_with(buf_str(&restore), restore.len);
	buf_release(&restore);
	if (has_colors() && start_color() == OK && use_default_colors() == OK)
		t->depth = theme_depth(COLORS, getenv("NO_COLOR"));
	begin(t);
	find_tone(t, o, type);
	make_looks(t);
	*out = t;
	return RC_OK;
}

void
term_close(struct term *t)
{
	send(modes_off, sizeof(modes_off) - 1);
	curs_set(1);
	if (!t->gone)
		endwin();
	signals_end();
	delscreen(t->screen);
	canvas_release(&t->shown);
	input_release(&t->input);
	free(t);
}

void
term_emergency(void *unused)
{
	(void)unused;
	signals_emergency();
}

void
term_size(const struct term *t, int *rows, int *cols)
{
	struct winsize ws;

	(void)t;
	*rows = LINES;
	*cols = COLS;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_row > 0 &&
	    ws.ws_col > 0) {
		*rows = ws.ws_row;
		*cols = ws.ws_col;
	}
}

void
term_repaint(struct term *t)
{
	t->repaint = true;
}

void
term_set_tone(struct term *t, enum theme_tone tone)
{
	if (t->fixed_tone || tone == t->tone)
		return;
	t->tone = tone;
	make_looks(t);
	term_repaint(t);
}

static void
put_cell(struct term *t, int y, int x, const struct cell *cell)
{
	unsigned selected = (cell->flags & CELL_SELECTED) != 0;
	wchar_t text[CCHARW_MAX + 1];
	size_t n = 0, used;
	uint32_t cp;
	cchar_t cc;

	for (size_t i = 0; i < cell->len && n < CCHARW_MAX; i += used) {
		used = utf8_decode(cell->text + i, cell->len - i, &cp);
		if (!t->wide && cp > 0x7E)
			cp = '?';
		text[n++] = (wchar_t)cp;
	}
	text[n] = L'\0';
	if (!t->wide && n > 1)
		text[1] = L'\0';
	setcchar(&cc, text, t->attr[cell->role][selected],
	    t->pair[cell->role][selected], NULL);
	mvadd_wch(y, x, &cc);
}

static bool
same(const struct cell *a, const struct cell *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static void
show_row(struct term *t, const struct canvas *c, int y, bool all)
{
	const struct cell *now = canvas_at(c, y, 0);
	struct cell *before = &t->shown.cells[(size_t)y * (size_t)c->cols];
	size_t size = (size_t)c->cols * sizeof(*now);

	if (!all && memcmp(now, before, size) == 0)
		return;
	for (int x = 0; x < c->cols; x++)
		if (now[x].width > 0 && (all || !same(&now[x], &before[x])))
			put_cell(t, y, x, &now[x]);
	memcpy(before, now, size);
}

void
term_show(struct term *t, const struct canvas *c)
{
	bool all = t->repaint || t->shown.rows != c->rows ||
	    t->shown.cols != c->cols;

	if (t->gone)
		return;
	if (all) {
		if (LINES != c->rows || COLS != c->cols)
			resizeterm(c->rows, c->cols);
		canvas_resize(&t->shown, c->rows, c->cols);
		clearok(curscr, TRUE);
		erase();
	}
	for (int y = 0; y < c->rows; y++)
		show_row(t, c, y, all);
	t->repaint = false;
	curs_set(c->cursor ? 1 : 0);
	move(c->cursor ? c->cursor_y : c->rows - 1,
	    c->cursor ? c->cursor_x : c->cols - 1);
	refresh();
}

/* Reads what is there; false when the terminal is gone. */
static bool
take_bytes(struct term *t)
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
		if (signals_ending() != 0)
			return TERM_END;
		if (input_next(&t->input, false, out))
			return TERM_EVENT;
		part = input_pending(&t->input) && !t->input.pasting;
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
		if (p[0].revents != 0 && !take_bytes(t)) {
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

bool
term_stop_wanted(struct term *t)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	const char *s;
	size_t len;

	if (signals_ending() != 0)
		return true;
	while (poll(&p, 1, 0) > 0 && p.revents != 0) {
		if (!take_bytes(t)) {
			t->gone = true;
			return true;
		}
	}
	s = buf_str(&t->input.bytes) + t->input.at;
	len = t->input.bytes.len - t->input.at;
	if (len == 0 || t->input.pasting ||
	    (memchr(s, 3, len) == NULL && s[len - 1] != '\033'))
		return false;
	input_release(&t->input);
	return true;
}

void
term_leave(struct term *t)
{
	(void)t;
	send(modes_off, sizeof(modes_off) - 1);
	curs_set(1);
	endwin();
	signals_give_back();
	signals_pause(true);
}

void
term_enter(struct term *t)
{
	signals_pause(false);
	begin(t);
	term_repaint(t);
}

void
term_suspend(struct term *t)
{
	term_leave(t);
	signals_pause(false);
	signals_stop();
	term_enter(t);
}

/* RFC 4648 */
static void
base64(struct buf *out, const unsigned char *s, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < len; i += 3) {
		unsigned v = (unsigned)s[i] << 16;

		v |= i + 1 < len ? (unsigned)s[i + 1] << 8 : 0;
		v |= i + 2 < len ? (unsigned)s[i + 2] : 0;
		buf_putc(out, digits[v >> 18]);
		buf_putc(out, digits[v >> 12 & 63]);
		buf_putc(out, i + 1 < len ? digits[v >> 6 & 63] : '=');
		buf_putc(out, i + 2 < len ? digits[v & 63] : '=');
	}
}

void
term_copy(struct term *t, const char *text)
{
	struct buf b = BUF_INIT;

	(void)t;
	buf_puts(&b, "\033]52;c;");
	base64(&b, (const unsigned char *)text, strlen(text));
	buf_puts(&b, "\a");
	send(buf_str(&b), b.len);
	buf_release(&b);
}
