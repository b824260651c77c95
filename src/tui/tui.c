#include "tui/tui.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/app.h"
#include "base/date.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "tui/term/terminal.h"
#include "ui.h"

/* How often other processes' changes are looked for. */
#define IDLE_MS 1000

/* Keys that came together are answered together, but not without end. */
#define BATCH 64

struct session {
	struct ui ui;
	struct term *term;
};

static void
host_show(void *arg, const struct canvas *c)
{
	term_show(((struct session *)arg)->term, c);
}

static void
host_redraw(void *arg)
{
	term_repaint(((struct session *)arg)->term);
}

static bool
host_stop(void *arg)
{
	return term_stop_wanted(((struct session *)arg)->term);
}

static bool
host_copy(void *arg, const char *text)
{
	return term_copy(((struct session *)arg)->term, text);
}

static void
resize(struct session *s)
{
	int rows, cols;

	term_size(s->term, &rows, &cols);
	if (rows != s->ui.canvas.rows || cols != s->ui.canvas.cols)
		ui_resize(&s->ui, rows, cols);
}

static void
host_suspend(void *arg)
{
	struct session *s = arg;

	term_suspend(s->term);
	resize(s);
}

/* In git's order. */
static const char *
editor(const struct app *a)
{
	const char *const names[] = { getenv("GIT_EDITOR"),
		app_git_config(a, "core.editor"), getenv("VISUAL"),
		getenv("EDITOR") };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i] != NULL && *names[i] != '\0')
			return names[i];
	return "vi";
}

static enum rc
host_edit(void *arg, const char *path, struct err *err)
{
	struct session *s = arg;
	const char *program = editor(s->ui.app);
	/* As git does: the editor's words may hold options. */
	char *command = mem_printf("%s \"$@\"", program);
	const char *const argv[] = { "sh", "-c", command, program, path, NULL };
	int status = 0;
	enum rc rc;

	term_leave(s->term);
	rc = fs_run_tty(argv, NULL, NULL, &status, err);
	term_enter(s->term);
	/* The window may have changed its size meanwhile. */
	resize(s);
	if (rc == RC_OK && status != 0)
		rc = err_set(err, RC_FAIL, "%s ended with status %d", program,
		    status);
	free(command);
	return rc;
}

static void
loop(struct session *s)
{
	struct input_event ev;
	enum term_wait w;
	int64_t looked = date_clock_ms();
	int n = 0, before;

	while (!s->ui.quit) {
		if (n == 0) {
			ui_draw(&s->ui);
			term_show(s->term, &s->ui.canvas);
		}
		before = n;
		w = term_wait(s->term,
		    n > 0 || ui_working(&s->ui) ? 0 : IDLE_MS, &ev);
		if (w == TERM_END)
			break;
		n = w == TERM_EVENT && n < BATCH ? n + 1 : 0;
		switch (w) {
		case TERM_EVENT:
			if (term_told(s->term, &ev))
				ui_resize(&s->ui, s->ui.canvas.rows,
				    s->ui.canvas.cols);
			ui_event(&s->ui, &ev);
			break;
		case TERM_IDLE:
			/* The end of a batch of keys is no leisure. */
			if (before == 0 && ui_working(&s->ui))
				ui_work(&s->ui);
			else if (date_clock_ms() - looked >= IDLE_MS) {
				ui_idle(&s->ui);
				looked = date_clock_ms();
			}
			break;
		case TERM_RESIZED:
			resize(s);
			break;
		case TERM_SUSPEND:
			host_suspend(s);
			break;
		case TERM_CONTINUED:
			term_enter(s->term);
			resize(s);
			break;
		default:
			break;
		}
	}
}

/* Without LANG a UTF-8 terminal is the likelier one. */
static void
want_utf8(void)
{
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

static void
complain(const struct err *err)
{
	char *text = utf8_clean_dup(err->msg, UTF8_ONE_LINE);

	fprintf(stderr, "notes: %s\n", text);
	free(text);
}

static enum rc
open_app(const struct app_options *o, struct app **a, struct err *err)
{
	enum rc rc = app_open(o, a, err);

	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static bool
is_off(const struct app *a, const char *name)
{
	const char *value = a == NULL ? NULL : app_config(a, name);

	return value != NULL &&
	    (strcmp(value, "false") == 0 || strcmp(value, "no") == 0 ||
		strcmp(value, "off") == 0 || strcmp(value, "0") == 0);
}

static void
first_screen(struct ui *ui, struct app *a, const struct strv *warnings,
    const char *why)
{
	const struct strv *met = a == NULL ? NULL : app_warnings(a);

	if (a == NULL)
		ui_push(ui, &view_first, why);
	else
		ui_push(ui, &view_list, NULL);
	if (met != NULL && met->n > 0)
		ui_warn(ui, "%s", met->v[0]);
	else if (warnings->n > 0)
		ui_warn(ui, "%s", warnings->v[0]);
}

int
tui_run(const struct app_options *given)
{
	struct app_options o = *given;
	struct session s = { 0 };
	const struct ui_host host = { .arg = &s,
		.edit = host_edit,
		.suspend = host_suspend,
		.copy = host_copy,
		.show = host_show,
		.redraw = host_redraw,
		.stop = host_stop };
	struct term_options to = { .mouse = true };
	struct strv warnings = STRV_INIT;
	struct app *a = NULL;
	struct err err = ERR_INIT;
	int status = 1, number = 0;

	want_utf8();
	/* A file that can't be written is opened for reading. */
	o.mode = APP_WRITE;
	if (open_app(&o, &a, &err) != RC_OK) {
		complain(&err);
		return 1;
	}
	to.mouse = !is_off(a, "mouse");
	to.theme = a == NULL ? NULL : app_config(a, "theme");
	mem_on_fatal(term_emergency, NULL);
	if (term_open(&to, &s.term, &warnings, &err) != RC_OK) {
		complain(&err);
		goto out;
	}
	ui_init(&s.ui, a, &host);
	s.ui.options = &o;
	resize(&s);
	first_screen(&s.ui, a, &warnings, err.msg);
	loop(&s);
	number = term_signal(s.term);
	term_close(s.term);
	/* The first screen may have made it. */
	a = s.ui.app;
	ui_release(&s.ui);
	status = number == 0 ? 0 : 128 + number;
out:
	mem_on_fatal(NULL, NULL);
	if (a != NULL)
		app_close(a);
	strv_release(&warnings);
	return status;
}

static int
size_of(const char *name, int fallback)
{
	const char *value = getenv(name);
	int n = value == NULL ? 0 : atoi(value);

	return n > 0 && n <= 1000 ? n : fallback;
}

static const struct view_class *
screen_class(const char *name)
{
	static const struct view_class *const classes[] = { &view_list,
		&view_board, &view_releases, &view_notes };

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (name == NULL || strcmp(classes[i]->name, name) == 0)
			return classes[i];
	return NULL;
}

int
tui_plain(const struct app_options *given, const char *screen, FILE *out)
{
	struct app_options o = *given;
	const struct view_class *class = screen_class(screen);
	struct winsize ws = { .ws_row = 24, .ws_col = 80 };
	struct buf text = BUF_INIT;
	struct app *a = NULL;
	struct err err = ERR_INIT;
	struct ui ui;
	int status = 1;

	want_utf8();
	if (class == NULL) {
		err_set(&err, RC_USAGE,
		    "no screen \"%s\" (list, board, "
		    "releases, notes)",
		    screen);
		complain(&err);
		return 2;
	}
	/* The notes read what is new in history, as everywhere. */
	o.mode = APP_WRITE;
	if (app_open(&o, &a, &err) != RC_OK) {
		complain(&err);
		return 1;
	}
	if (ioctl(fileno(out), TIOCGWINSZ, &ws) != 0 || ws.ws_col == 0)
		ws = (struct winsize){ .ws_row = 24, .ws_col = 80 };
	ui_init(&ui, a, NULL);
	ui_resize(&ui, size_of("LINES", ws.ws_row),
	    size_of("COLUMNS", ws.ws_col));
	if (ui_push(&ui, class, NULL))
		ui_draw(&ui);
	if (ui_working(&ui)) {
		while (ui_working(&ui))
			ui_work(&ui);
		ui_draw(&ui);
	}
	if (ui.message != NULL && ui.tone == UI_ERROR) {
		err_set(&err, RC_FAIL, "%s", ui.message);
		complain(&err);
	} else {
		canvas_lines(&ui.canvas, &text);
		fwrite(buf_str(&text), 1, text.len, out);
		status = 0;
	}
	buf_release(&text);
	ui_release(&ui);
	app_close(a);
	return status;
}
