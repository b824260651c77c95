#include "tui/tui.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/app.h"
#include "app/demo.h"
#include "base/date.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "tui/term/terminal.h"
#include "draft.h"
#include "tui_priv.h"
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
host_waiting(void *arg)
{
	return term_waiting(((struct session *)arg)->term);
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

/* No signal has ended us yet. */
static bool
is_wanted(void *arg)
{
	return term_signal(arg) == 0;
}

/* Nothing but words, the first of them a program: without a shell in between
 * signals reach it. */
static bool
is_program(const char *words)
{
	return strpbrk(words, "=;&|<>(){}$`\"'\\\n") == NULL &&
	    strncmp(words, "exec ", 5) != 0 &&
	    strncmp(words, "command ", 8) != 0;
}

static enum rc
host_edit(void *arg, const char *path, struct err *err)
{
	struct session *s = arg;
	const char *program = editor(s->ui.app);
	/* As git does: the editor's words may hold options. */
	char *command = mem_printf("%s%s \"$@\"",
	    is_program(program) ? "exec " : "", program);
	const char *const argv[] = { "sh", "-c", command, program, path, NULL };
	int status = 0;
	enum rc rc;

	term_leave(s->term);
	rc = fs_run_tty_while(argv, is_wanted, s->term, &status, err);
	term_enter(s->term);
	/* The window may have changed its size meanwhile. */
	resize(s);
	if (rc == RC_OK && status != 0)
		rc = err_set(err, RC_FAIL, "%s ended with status %d", program,
		    status);
	free(command);
	return rc;
}

/*
 * An error stays until a key that was pressed in its sight.  Those that were
 * typed while what failed took its time were meant for another screen.
 */
static void
show(struct session *s)
{
	struct ui *ui = &s->ui;

	ui->begun_ms = date_clock_ms();
	ui_load(ui);
	if (ui->unseen && ui->blind)
		ui_dropped(ui, term_forget(s->term));
	ui_draw(ui);
	term_show(s->term, &ui->canvas);
}

static void
loop(struct session *s)
{
	struct input_event ev;
	enum term_wait w;
	int64_t looked = date_clock_ms();
	int n = 0, before;

	while (!s->ui.quit) {
		if (s->ui.unseen && s->ui.blind)
			n = 0;
		if (n == 0)
			show(s);
		/* Also for somebody who types without a pause. */
		if (n == 0 && date_clock_ms() - looked >= IDLE_MS) {
			ui_idle(&s->ui);
			looked = date_clock_ms();
			show(s);
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
void
tui_want_utf8(void)
{
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

void
tui_complain(const struct err *err)
{
	char *text = utf8_clean_dup(err->msg, UTF8_ONE_LINE);

	fprintf(stderr, "notes: %s\n", text);
	free(text);
}

/* Does the environment name a locale, and one that is not UTF-8? */
static bool
locale_is_old(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *value;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		value = getenv(names[i]);
		if (value != NULL && *value != '\0')
			return strcasestr(value, "UTF-8") == NULL &&
			    strcasestr(value, "UTF8") == NULL;
	}
	return false;
}

static enum rc
open_app(const struct app_options *o, struct app **a, struct err *err)
{
	enum rc rc = app_open(o, a, err);

	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* As git reads them; what is neither counts as not said. */
static bool
says(const struct app *a, const char *name, bool what)
{
	static const char *const words[2][4] = { { "false", "no", "off", "0" },
		{ "true", "yes", "on", "1" } };
	const char *value = a == NULL ? NULL : app_config(a, name);

	for (size_t i = 0; value != NULL && i < 4; i++)
		if (strcasecmp(value, words[what][i]) == 0)
			return true;
	return false;
}

static struct term_options
look_options(const struct app *a, const struct tui_look *look)
{
	static const enum term_colour colours[] = {
		[TUI_COLOUR_AUTO] = TERM_COLOUR_AUTO,
		[TUI_COLOUR_ALWAYS] = TERM_COLOUR_ALWAYS,
		[TUI_COLOUR_NEVER] = TERM_COLOUR_NEVER,
	};

	return (struct term_options){
		.mouse = !look->no_mouse && !says(a, "mouse", false),
		.ascii = look->ascii || says(a, "ascii", true) ||
		    locale_is_old(),
		.colour = colours[look->colour],
		.links = says(a, "links", true) ? TERM_LINKS_ON
		    : says(a, "links", false)   ? TERM_LINKS_OFF
						: TERM_LINKS_AUTO,
		.theme = a == NULL ? NULL : app_config(a, "theme"),
		.ambiguous = a == NULL ? NULL : app_config(a, "ambiguous"),
	};
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
	draft_offer(ui);
	for (size_t i = 0; met != NULL && i < met->n; i++)
		ui_warn_too(ui, "%s", met->v[i]);
	for (size_t i = 0; i < warnings->n; i++)
		ui_warn_too(ui, "%s", warnings->v[i]);
}

int
tui_run(const struct app_options *given, const struct tui_look *look)
{
	struct app_options o = *given;
	struct session s = { 0 };
	const struct ui_host host = { .arg = &s,
		.edit = host_edit,
		.suspend = host_suspend,
		.copy = host_copy,
		.show = host_show,
		.redraw = host_redraw,
		.stop = host_stop,
		.waiting = host_waiting };
	struct term_options to;
	struct strv warnings = STRV_INIT;
	struct app *a = NULL;
	struct err err = ERR_INIT;
	char *demo = NULL;
	int status = 1, number = 0;

	tui_want_utf8();
	/* A file that can't be written is opened for reading. */
	o.mode = APP_WRITE;
	o.forgiving = true;
	if (open_app(&o, &a, &err) != RC_OK) {
		tui_complain(&err);
		return 1;
	}
	to = look_options(a, look);
	mem_on_fatal(term_emergency, NULL);
	if (term_open(&to, &s.term, &warnings, &err) != RC_OK) {
		tui_complain(&err);
		goto out;
	}
	ui_init(&s.ui, a, &host);
	s.ui.options = &o;
	resize(&s);
	first_screen(&s.ui, a, &warnings, err.msg);
	loop(&s);
	number = term_signal(s.term);
	if (number != 0)
		draft_keep_typed(&s.ui);
	term_close(s.term);
	/* The first screen may have made it. */
	a = s.ui.app;
	demo = s.ui.demo;
	ui_release(&s.ui);
	status = number == 0 ? 0 : 128 + number;
out:
	mem_on_fatal(NULL, NULL);
	if (a != NULL)
		app_close(a);
	app_demo_end(demo);
	strv_release(&warnings);
	return status;
}
