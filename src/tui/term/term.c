#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "term_priv.h"
#include "term_signal.h"

/* Bracketed paste; clicks and wheel with coordinates of any size. */
static const char modes_on[] = "\033[?2004h";
static const char mouse_on[] = "\033[?1000h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1000l";
static const char modes_off[] = "\033[?2004l";

bool
term_send(struct term *t, const char *s, size_t len)
{
	/* One that takes nothing must not keep us from ending. */
	if (t->gone || signals_write(s, len, 0))
		return !t->gone;
	t->gone = signals_ending() == 0;
	return false;
}

/* Everything that undoes what begin() did. */
static void
restoring(const struct term *t, struct buf *out)
{
	const struct term_info *i = &t->info;

	if (t->mouse)
		buf_puts(out, mouse_off);
	buf_puts(out, modes_off);
	if (i->caps.ansi)
		buf_puts(out, "\033[r");
	buf_puts(out, i->caps.sgr0 == NULL ? "" : i->caps.sgr0);
	buf_puts(out, i->caps.cnorm == NULL ? "" : i->caps.cnorm);
	/* One without a second screen goes on below; setting the margins put
	 * the cursor at the top. */
	if (i->rmcup != NULL)
		buf_puts(out, i->rmcup);
	else
		buf_puts(out, i->caps.ansi ? "\033[999;1H\r\n" : "\r\n");
}

static void
begin(struct term *t)
{
	struct buf out = BUF_INIT;

	signals_raw();
	buf_puts(&out, t->info.smcup == NULL ? "" : t->info.smcup);
	buf_puts(&out, modes_on);
	if (t->mouse)
		buf_puts(&out, mouse_on);
	term_send(t, buf_str(&out), out.len);
	buf_release(&out);
	term_repaint(t);
}

static enum theme_depth
depth_of(const struct term_info *i, enum term_colour colour)
{
	if (colour == TERM_COLOUR_NEVER)
		return DEPTH_NONE;
	return theme_depth(i->colours,
	    colour == TERM_COLOUR_ALWAYS ? NULL : getenv("NO_COLOR"));
}

/*
 * Terminals that open addresses, as they tell by their environment.  Others
 * have been seen to show the sequence, so silence means no.
 */
static bool
opens_links(enum term_links wanted)
{
	static const char *const names[] = { "WT_SESSION", "KITTY_WINDOW_ID",
		"KONSOLE_VERSION", "ALACRITTY_WINDOW_ID", "WEZTERM_PANE",
		"GHOSTTY_RESOURCES_DIR" };
	const char *vte = getenv("VTE_VERSION");
	const char *program = getenv("TERM_PROGRAM");

	if (wanted != TERM_LINKS_AUTO)
		return wanted == TERM_LINKS_ON;
	/* What is between may not pass them on, and keeps the environment. */
	if (getenv("TMUX") != NULL || getenv("STY") != NULL)
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (getenv(names[i]) != NULL)
			return true;
	/* 0.50.2 crashed on some. */
	if (vte != NULL && atoi(vte) >= 5100)
		return true;
	return program != NULL &&
	    (strcmp(program, "iTerm.app") == 0 ||
		strcmp(program, "WezTerm") == 0 ||
		strcmp(program, "vscode") == 0 ||
		strcmp(program, "ghostty") == 0);
}

enum rc
term_open(const struct term_options *o, struct term **out,
    struct strv *warnings, struct err *err)
{
	struct buf restore = BUF_INIT;
	struct term_info info;
	struct term *t;
	enum rc rc;
	int wake;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(err, RC_FAIL,
		    "no terminal here (see: notes list, --plain)");
	if ((rc = term_info_read(&info, warnings, err)) != RC_OK)
		return rc;
	if ((rc = signals_start(STDIN_FILENO, &wake, err)) != RC_OK) {
		term_info_release(&info);
		return rc;
	}
	t = mem_calloc(1, sizeof(*t));
	t->info = info;
	t->wake = wake;
	t->mouse = o->mouse;
	t->depth = depth_of(&info, o->colour);
	paint_init(&t->paint, &t->info.caps);
	t->paint.links = opens_links(o->links);
	restoring(t, &restore);
	signals_restore_with(buf_str(&restore), restore.len);
	buf_release(&restore);
	begin(t);
	term_ask(t, o);
	*out = t;
	return RC_OK;
}

static void
end(struct term *t)
{
	struct buf out = BUF_INIT;

	restoring(t, &out);
	if (!t->gone)
		signals_write(buf_str(&out), out.len, LAST_MS);
	buf_release(&out);
}

void
term_close(struct term *t)
{
	end(t);
	signals_end();
	paint_release(&t->paint);
	buf_release(&t->out);
	input_release(&t->input);
	term_info_release(&t->info);
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

	*rows = t->info.rows > 0 ? t->info.rows : 24;
	*cols = t->info.cols > 0 ? t->info.cols : 80;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_row > 0 &&
	    ws.ws_col > 0) {
		*rows = ws.ws_row;
		*cols = ws.ws_col;
	}
}

void
term_repaint(struct term *t)
{
	t->paint.all = true;
}

void
term_show(struct term *t, const struct canvas *c)
{
	buf_clear(&t->out);
	paint_frame(&t->paint, c, &t->out);
	term_send(t, buf_str(&t->out), t->out.len);
}

void
term_leave(struct term *t)
{
	end(t);
	signals_give_back();
	signals_pause(true);
}

void
term_enter(struct term *t)
{
	signals_pause(false);
	begin(t);
}

void
term_suspend(struct term *t)
{
	term_leave(t);
	signals_pause(false);
	signals_stop();
	term_enter(t);
}
