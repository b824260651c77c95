/* Screens as text: for pipes, for tests, and for who hears them. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "app/app.h"
#include "app/ticket.h"
#include "base/buf.h"
#include "tui/tui.h"
#include "tui_priv.h"
#include "ui.h"

enum takes { TAKES_NOTHING, TAKES_KEY, TAKES_VERSION, TAKES_MAYBE_VERSION };

/* Lists are cut at the screen's end, as they may be endless; texts are not. */
enum extent { SCREENFUL, WHOLE };

#define WHOLE_ROWS 1000

static const struct screen {
	const char *name;
	const struct view_class *class;
	enum takes takes;
	enum extent extent;
} screens[] = { { "list", &view_list, TAKES_NOTHING, SCREENFUL },
	{ "ticket", &view_ticket, TAKES_KEY, WHOLE },
	{ "board", &view_board, TAKES_NOTHING, SCREENFUL },
	{ "releases", &view_releases, TAKES_NOTHING, SCREENFUL },
	{ "hub", &view_hub, TAKES_VERSION, WHOLE },
	{ "notes", &view_notes, TAKES_MAYBE_VERSION, WHOLE },
	{ "queue", &view_unlinked, TAKES_MAYBE_VERSION, SCREENFUL },
	{ "journal", &view_journal, TAKES_NOTHING, SCREENFUL },
	{ "keys", &view_help, TAKES_NOTHING, WHOLE } };

#define SCREENS_N (sizeof(screens) / sizeof(screens[0]))

static const struct screen *
find_screen(const char *name)
{
	for (size_t i = 0; i < SCREENS_N; i++)
		if (strcmp(screens[i].name, name) == 0)
			return &screens[i];
	return NULL;
}

bool
tui_is_screen(const char *name)
{
	return find_screen(name) != NULL;
}

static enum rc
check_words(const struct screen *s, const char *const *words, size_t n,
    struct err *err)
{
	static const char *const wants[] = { [TAKES_NOTHING] = "",
		[TAKES_KEY] = " KEY",
		[TAKES_VERSION] = " VERSION",
		[TAKES_MAYBE_VERSION] = " [VERSION]" };
	struct buf names = BUF_INIT;

	if (s == NULL) {
		for (size_t i = 0; i < SCREENS_N; i++)
			buf_printf(&names, "%s%s", i == 0 ? "" : ", ",
			    screens[i].name);
		err_set(err, RC_USAGE, "no screen \"%s\" (there are: %s)",
		    words[0], buf_str(&names));
		buf_release(&names);
		return RC_USAGE;
	}
	if ((s->takes == TAKES_NOTHING && n <= 1) ||
	    (s->takes == TAKES_MAYBE_VERSION && n >= 1 && n <= 2) ||
	    ((s->takes == TAKES_KEY || s->takes == TAKES_VERSION) && n == 2))
		return RC_OK;
	return err_set(err, RC_USAGE, "usage: notes --plain %s%s", s->name,
	    wants[s->takes]);
}

static int
size_of(const char *name, int fallback)
{
	const char *value = getenv(name);
	int n = value == NULL ? 0 : atoi(value);

	return n > 0 && n <= 1000 ? n : fallback;
}

static void
take_size(struct ui *ui, enum extent extent, FILE *out)
{
	struct winsize ws = { .ws_row = 24, .ws_col = 80 };

	if (ioctl(fileno(out), TIOCGWINSZ, &ws) != 0 || ws.ws_col == 0)
		ws = (struct winsize){ .ws_row = 24, .ws_col = 80 };
	ui_resize(ui,
	    size_of("LINES", extent == WHOLE ? WHOLE_ROWS : ws.ws_row),
	    size_of("COLUMNS", ws.ws_col));
}

/* Without the empty rows that a high screen has. */
static void
print(const struct canvas *c, FILE *out)
{
	struct buf text = BUF_INIT;
	const char *line, *end;
	bool empty = false;

	canvas_lines(c, &text);
	for (line = buf_str(&text); *line != '\0'; line = end + 1) {
		end = strchrnul(line, '\n');
		if (c->rows < WHOLE_ROWS || end > line || !empty)
			fwrite(line, 1, (size_t)(end - line) + 1, out);
		empty = end == line;
	}
	buf_release(&text);
}

/* Opens it as the keys would: what lies below says what it is for. */
static enum rc
open_screen(struct ui *ui, const struct screen *s, const char *what,
    struct err *err)
{
	struct ticket_key key;
	enum rc rc;
	bool ok;

	if (s->takes == TAKES_KEY) {
		if ((rc = app_key(ui->app, what, &key, err)) != RC_OK)
			return rc;
		ok = ui_push(ui, s->class, &key);
	} else {
		/* The keys are those of the list. */
		if (s->class == &view_help && ui_push(ui, &view_list, NULL))
			ui_draw(ui);
		ok = ui_push(ui, s->class, what);
	}
	if (ok)
		ui_draw(ui);
	while (ui_working(ui))
		ui_work(ui);
	if (ok)
		ui_draw(ui);
	if (ui->message != NULL && ui->tone == UI_ERROR)
		return err_set(err, RC_FAIL, "%s", ui->message);
	return RC_OK;
}

int
tui_plain(const struct app_options *given, const char *const *words, size_t n,
    FILE *out)
{
	struct app_options o = *given;
	const struct screen *s = n == 0 ? &screens[0] : find_screen(words[0]);
	struct app *a = NULL;
	struct err err = ERR_INIT;
	struct ui ui;
	enum rc rc;

	tui_want_utf8();
	if (check_words(s, words, n, &err) != RC_OK) {
		tui_complain(&err);
		return 2;
	}
	/* The notes read what is new in history, as everywhere. */
	o.mode = APP_WRITE;
	if (app_open(&o, &a, &err) != RC_OK) {
		tui_complain(&err);
		return 1;
	}
	ui_init(&ui, a, NULL);
	take_size(&ui, s->extent, out);
	rc = open_screen(&ui, s, n > 1 ? words[1] : NULL, &err);
	if (rc == RC_OK) {
		print(&ui.canvas, out);
	} else {
		tui_complain(&err);
	}
	ui_release(&ui);
	app_close(a);
	return rc == RC_OK ? 0 : 1;
}
