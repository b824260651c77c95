/* Screens as text: for pipes, for tests, and for who hears them. */
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/commit.h"
#include "app/release.h"
#include "app/ticket.h"
#include "base/buf.h"
#include "base/mem.h"
#include "tui/tui.h"
#include "tui/view/screens.h"
#include "tui_priv.h"
#include "ui.h"

enum takes {
	TAKES_NOTHING,
	TAKES_KEY,
	TAKES_MAYBE_RELEASE, /* none: what is planned next */
	TAKES_MAYBE_VERSION, /* none: what is unreleased */
	TAKES_COMMIT
};

static const char *const wants[] = { [TAKES_NOTHING] = "",
	[TAKES_KEY] = " KEY",
	[TAKES_MAYBE_RELEASE] = " [VERSION]",
	[TAKES_MAYBE_VERSION] = " [VERSION]",
	[TAKES_COMMIT] = " REV" };

/* A screen is drawn higher until all of it is there, up to the last. */
static const int heights[] = { 200, 2000, 10000 };

#define HEIGHTS_N (sizeof(heights) / sizeof(heights[0]))
#define FRAME     3 /* rows below the screen's own */
#define GAP       8

static const struct screen {
	const char *name;
	const struct view_class *class;
	enum takes takes;
} screens[] = { { "tickets", &view_list, TAKES_NOTHING },
	{ "ticket", &view_ticket, TAKES_KEY },
	{ "board", &view_board, TAKES_NOTHING },
	{ "releases", &view_releases, TAKES_NOTHING },
	{ "release", &view_hub, TAKES_MAYBE_RELEASE },
	{ "hub", &view_hub, TAKES_MAYBE_RELEASE },
	{ "notes", &view_notes, TAKES_MAYBE_VERSION },
	{ "revisions", &view_revisions, TAKES_MAYBE_RELEASE },
	{ "metrics", &view_metrics, TAKES_NOTHING },
	{ "queue", &view_unlinked, TAKES_MAYBE_VERSION },
	{ "journal", &view_journal, TAKES_NOTHING },
	{ "diff", &view_diff, TAKES_COMMIT },
	{ "keys", &view_help, TAKES_NOTHING },
	{ "first", &view_first, TAKES_NOTHING } };

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

void
tui_screen_names(struct strv *names)
{
	for (size_t i = 0; i < SCREENS_N; i++)
		strv_push(names, screens[i].name);
}

const char *
tui_screen_takes(const char *name)
{
	const struct screen *s = find_screen(name);

	return s == NULL || s->takes == TAKES_NOTHING ? ""
						      : wants[s->takes] + 1;
}

static enum rc
check_words(const struct screen *s, const char *const *words, size_t n,
    struct err *err)
{
	struct buf names = BUF_INIT;
	bool must;

	if (s == NULL) {
		for (size_t i = 0; i < SCREENS_N; i++)
			buf_printf(&names, "%s%s", i == 0 ? "" : ", ",
			    screens[i].name);
		err_set(err, RC_USAGE, "no screen \"%s\" (there are: %s)",
		    words[0], buf_str(&names));
		buf_release(&names);
		return RC_USAGE;
	}
	must = s->takes == TAKES_KEY || s->takes == TAKES_COMMIT;
	if (n <= (s->takes == TAKES_NOTHING ? 1 : 2) && (!must || n == 2))
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

/* Nothing but the rules between columns, or nothing at all. */
static bool
is_empty(const char *line, const char *end)
{
	return line + strspn(line, " |") >= end;
}

static void
print(const struct canvas *c, bool whole, FILE *out)
{
	struct buf text = BUF_INIT;
	const char *line, *end;
	bool empty = false;

	canvas_lines(c, &text);
	for (line = buf_str(&text); *line != '\0'; line = end + 1) {
		end = strchrnul(line, '\n');
		/* A screen that is higher than it need be is cut to size. */
		if (!whole || !empty || !is_empty(line, end))
			fwrite(line, 1, (size_t)(end - line) + 1, out);
		empty = is_empty(line, end);
	}
	buf_release(&text);
}

static enum rc
take_commit(struct ui *ui, const struct screen *s, const char *rev,
    struct err *err)
{
	struct oid commit;
	enum rc rc = app_commit_find(ui->app, rev, &commit, err);

	if (rc == RC_OK)
		ui_push(ui, s->class, &commit);
	return rc;
}

static enum rc
take_ticket(struct ui *ui, const struct screen *s, const char *word,
    struct err *err)
{
	struct ticket_key key;
	enum rc rc = app_key(ui->app, word, &key, err);

	if (rc == RC_OK)
		ui_push(ui, s->class, &key);
	return rc;
}

static enum rc
take_release(struct ui *ui, const struct screen *s, const char *word,
    struct err *err)
{
	struct release known = { 0 };
	char *version = word == NULL ? screens_version(ui) : mem_strdup(word);
	enum rc rc = RC_OK;

	if (version == NULL)
		rc = err_set(err, RC_FAIL,
		    "no releases yet (see: notes release add)");
	else if (word != NULL)
		rc = app_release_get(ui->app, word, &known, err);
	if (rc == RC_OK)
		ui_push(ui, s->class, version);
	release_release(&known);
	free(version);
	return rc;
}

/* Opens it as the keys would: what lies below says what it is for. */
static enum rc
open_screen(struct ui *ui, const struct screen *s, const char *what,
    struct err *err)
{
	struct release known = { 0 };
	enum rc rc = RC_OK;

	switch (s->takes) {
	case TAKES_KEY:
		return take_ticket(ui, s, what, err);
	case TAKES_COMMIT:
		return take_commit(ui, s, what, err);
	case TAKES_MAYBE_RELEASE:
		return take_release(ui, s, what, err);
	case TAKES_MAYBE_VERSION:
		if (what != NULL)
			rc = app_release_get(ui->app, what, &known, err);
		release_release(&known);
		break;
	case TAKES_NOTHING:
		break;
	}
	if (rc != RC_OK)
		return rc;
	/* The keys are those of the list. */
	if (s->class == &view_help && ui_push(ui, &view_list, NULL))
		ui_draw(ui);
	ui_push(ui, s->class, what);
	return RC_OK;
}

static void
draw(struct ui *ui)
{
	ui_draw(ui);
	while (ui_working(ui))
		ui_work(ui);
	ui_draw(ui);
}

/* Does it reach down to its last rows?  Cards have gaps between them. */
static bool
is_full(const struct canvas *c)
{
	struct buf text = BUF_INIT;
	const char *line, *end;
	bool full = false;

	canvas_lines(c, &text);
	line = buf_str(&text);
	for (int y = 0; y < c->rows - FRAME; y++, line = end + 1) {
		end = strchrnul(line, '\n');
		if (y >= c->rows - FRAME - GAP)
			full = full || !is_empty(line, end);
	}
	buf_release(&text);
	return full;
}

/* All rows of it, or as many as LINES says. */
static enum rc
draw_whole(struct ui *ui, int lines, struct err *err)
{
	int cols = size_of("COLUMNS", 80);

	ui_resize(ui, lines, cols);
	draw(ui);
	if (lines == heights[0])
		for (size_t i = 1; i < HEIGHTS_N && is_full(&ui->canvas); i++) {
			ui_resize(ui, heights[i], cols);
			draw(ui);
		}
	if (ui->message != NULL && ui->tone == UI_ERROR)
		return err_set(err, RC_FAIL, "%s", ui->message);
	return RC_OK;
}

/* Where there is no tracker, one screen is all there is. */
static enum rc
open_first(struct ui *ui, const char *why, struct err *err)
{
	if (ui->app != NULL)
		return err_set(err, RC_FAIL,
		    "there is a tracker here: the first screen is for where "
		    "there is none");
	ui_push(ui, &view_first, why);
	return RC_OK;
}

int
tui_plain(const struct app_options *given, const char *const *words, size_t n,
    FILE *out)
{
	struct app_options o = *given;
	const struct screen *s = n == 0 ? &screens[0] : find_screen(words[0]);
	int lines = size_of("LINES", heights[0]);
	struct app *a = NULL;
	struct err err = ERR_INIT, why = ERR_INIT;
	struct ui ui;
	enum rc rc;

	tui_want_utf8();
	if (check_words(s, words, n, &err) != RC_OK) {
		tui_complain(&err);
		return 2;
	}
	/* The notes read what is new in history, as everywhere. */
	o.mode = APP_WRITE;
	rc = app_open(&o, &a, &why);
	if (rc != RC_OK && (rc != RC_NOT_FOUND || s->class != &view_first)) {
		tui_complain(&why);
		return 1;
	}
	ui_init(&ui, a, NULL);
	ui.options = &o;
	ui_resize(&ui, lines, size_of("COLUMNS", 80));
	rc = s->class == &view_first
	    ? open_first(&ui, why.msg, &err)
	    : open_screen(&ui, s, n > 1 ? words[1] : NULL, &err);
	if (rc == RC_OK)
		rc = draw_whole(&ui, lines, &err);
	if (rc == RC_OK)
		print(&ui.canvas, lines == heights[0], out);
	else
		tui_complain(&err);
	if (rc == RC_OK && lines == heights[0] && is_full(&ui.canvas))
		fprintf(stderr,
		    "notes: there is more than these %d rows "
		    "(see: notes list)\n",
		    ui.canvas.rows);
	ui_release(&ui);
	if (a != NULL)
		app_close(a);
	return rc == RC_OK ? 0 : 1;
}
