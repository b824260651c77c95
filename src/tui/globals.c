/* Actions that hold on every screen. */
#include <stdlib.h>
#include <string.h>

#include "app/journal.h"
#include "app/scan.h"
#include "app/ticket.h"
#include "base/mem.h"
#include "command.h"
#include "tui/keys/keys.h"
#include "ui.h"

/* Steps of a motion in a row, at most, where a screen has no way of its own. */
#define STEPS_MAX 10000

static void
move(struct ui *ui, struct view *v, enum motion m)
{
	bool to_line = m == MOVE_FIRST || m == MOVE_LAST;
	int64_t n = ui->count < STEPS_MAX ? ui->count : STEPS_MAX;

	if (ui->count > 0 && v->class->jump != NULL) {
		v->class->jump(ui, v, m, ui->count);
		return;
	}
	v->class->move(ui, v, n > 0 && to_line ? MOVE_FIRST : m);
	for (int64_t i = 1; i < n; i++)
		v->class->move(ui, v, to_line ? MOVE_DOWN : m);
}

#define MOTION(fn, motion) \
	static void fn(struct ui *ui, struct view *v, const char *arg) \
	{ \
		(void)arg; \
		move(ui, v, motion); \
	}

MOTION(go_down, MOVE_DOWN)
MOTION(go_up, MOVE_UP)
MOTION(go_page_down, MOVE_PAGE_DOWN)
MOTION(go_page_up, MOVE_PAGE_UP)
MOTION(go_half_down, MOVE_HALF_DOWN)
MOTION(go_half_up, MOVE_HALF_UP)
MOTION(go_first, MOVE_FIRST)
MOTION(go_last, MOVE_LAST)

static const char *
why_move(const struct ui *ui, const struct view *v)
{
	(void)ui;
	return v->class->move == NULL ? "nothing to move in" : NULL;
}

static const char *
why_app(const struct ui *ui, const struct view *v)
{
	(void)v;
	return ui->app == NULL ? "there is no tracker yet" : NULL;
}

static const char *
why_find(const struct ui *ui, const struct view *v)
{
	(void)ui;
	return v->class->find == NULL ? "nothing to search in" : NULL;
}

static const char *
why_again(const struct ui *ui, const struct view *v)
{
	if (v->class->find == NULL)
		return "nothing to search in";
	return ui->search == NULL ? "no search yet (/ begins one)" : NULL;
}

#define SCREEN(fn, class) \
	static void fn(struct ui *ui, struct view *v, const char *arg) \
	{ \
		(void)v; \
		(void)arg; \
		ui_switch(ui, class); \
	}

SCREEN(screen_list, &view_list)
SCREEN(screen_board, &view_board)
SCREEN(screen_releases, &view_releases)
SCREEN(screen_notes, &view_notes)
SCREEN(screen_metrics, &view_metrics)
SCREEN(screen_unlinked, &view_unlinked)
SCREEN(screen_journal, &view_journal)

static void
find_done(struct ui *ui, struct view *v, const char *text)
{
	if (*text == '\0')
		return;
	mem_replace(&ui->search, text);
	v->class->find(ui, v, text, 1);
}

static void
find_run(struct ui *ui, struct view *v, const char *arg)
{
	const struct ui_ask ask = { .label = "/",
		.history = HISTORY_FIND,
		.done = find_done };

	if (arg != NULL)
		find_done(ui, v, arg);
	else
		ui_ask(ui, &ask);
}

static void
find_next(struct ui *ui, struct view *v, const char *arg)
{
	(void)arg;
	v->class->find(ui, v, ui->search, 1);
}

static void
find_previous(struct ui *ui, struct view *v, const char *arg)
{
	(void)arg;
	v->class->find(ui, v, ui->search, -1);
}

typedef enum rc (*journal_fn)(struct app *, size_t, struct strv *,
    struct err *);

/* The first ticket that a line names is where the change is to be seen. */
static void
go_to_named(struct ui *ui, const char *line)
{
	static const char ends[] = " :,()";
	struct ticket_key key;
	size_t len;

	for (; *line != '\0'; line += len) {
		line += strspn(line, ends);
		len = strcspn(line, ends);
		if (!ticket_key_parse(line, len, &key))
			continue;
		ui_go_to(ui, &key, false);
		return;
	}
}

static void
journal_step(struct ui *ui, struct view *v, journal_fn fn, const char *what,
    const char *other)
{
	struct strv said = STRV_INIT;
	struct err err = ERR_INIT;
	char key[KEYS_TELL_MAX];
	bool undone = fn == app_undo;

	keys_tell(ui, v, undone ? "redo" : "undo", key);
	if (fn(ui->app, ui->count > 0 ? (size_t)ui->count : 1, &said, &err) !=
	    RC_OK) {
		ui_fail(ui, &err);
	} else if (said.n == 0) {
		ui_warn(ui, "nothing to %s", what);
	} else if (said.n == 1) {
		ui_say(ui, "%s   (%s %s)", said.v[0], key, other);
	} else {
		ui_say(ui, "%s, and %zu more   (%s %s)", said.v[0], said.n - 1,
		    key, other);
	}
	ui_stale(ui);
	if (said.n > 0)
		go_to_named(ui, said.v[0]);
	strv_release(&said);
}

/* "u takes it back" was said of one's own change: what somebody else did
 * meanwhile is named before it goes. */
static bool
is_named(struct ui *ui, struct view *v)
{
	struct undo_preview p;
	char again[KEYS_TELL_MAX], journal[KEYS_TELL_MAX];
	bool named = true;

	if (ui->count > 1 || app_undo_preview(ui->app, 0, &p, NULL) != RC_OK)
		return true;
	if (!app_is_me(ui->app, p.actor) && ui->undo_named != p.op) {
		keys_tell(ui, v, "undo", again);
		keys_tell(ui, v, "journal", journal);
		ui_warn(ui,
		    "the last change is %s's: %s%s%s   (%s again takes that "
		    "back, %s has yours)",
		    p.actor, p.key, *p.key == '\0' ? "" : " ", p.text, again,
		    journal);
		ui->undo_named = p.op;
		named = false;
	}
	undo_preview_release(&p);
	return named;
}

static void
undo_run(struct ui *ui, struct view *v, const char *arg)
{
	(void)arg;
	if (!is_named(ui, v))
		return;
	ui->undo_named = 0;
	journal_step(ui, v, app_undo, "undo", "does it again");
}

static void
redo_run(struct ui *ui, struct view *v, const char *arg)
{
	(void)arg;
	journal_step(ui, v, app_redo, "redo", "takes it back");
}

static void
scan_run(struct ui *ui, struct view *v, const char *arg)
{
	struct scan_result r = { 0 };
	struct err err = ERR_INIT;

	(void)v;
	(void)arg;
	ui_busy(ui, "reading history (Esc stops)");
	if (app_scan(ui->app, false, &r, &err) == RC_OK)
		ui_say(ui, "scan: %lld new commits, %lld links in all",
		    (long long)r.new_commits, (long long)r.links);
	else
		ui_fail(ui, &err);
	scan_result_release(&r);
	ui_stale(ui);
}

static void
help_run(struct ui *ui, struct view *v, const char *arg)
{
	(void)v;
	(void)arg;
	ui_push(ui, &view_help, NULL);
}

static void
back_run(struct ui *ui, struct view *v, const char *arg)
{
	(void)v;
	(void)arg;
	ui_pop(ui);
}

static void
quit_run(struct ui *ui, struct view *v, const char *arg)
{
	(void)v;
	(void)arg;
	ui->quit = true;
}

static void
reload_run(struct ui *ui, struct view *v, const char *arg)
{
	struct strv problems = STRV_INIT;
	struct err err = ERR_INIT;

	(void)v;
	(void)arg;
	if (ui->app != NULL && !ui_still_there(ui, true))
		return;
	ui_stale(ui);
	if (ui->app != NULL && app_config_reload(ui->app, &err) != RC_OK) {
		ui_fail(ui, &err);
		return;
	}
	ui_keys(ui, &problems);
	if (problems.n > 0)
		ui_warn(ui, "%s", problems.v[0]);
	else if (ui->message == NULL)
		ui_say(ui, "read again");
	strv_release(&problems);
}

static void
redraw_run(struct ui *ui, struct view *v, const char *arg)
{
	(void)v;
	(void)arg;
	if (ui->host.redraw != NULL)
		ui->host.redraw(ui->host.arg);
}

static void
suspend_run(struct ui *ui, struct view *v, const char *arg)
{
	(void)v;
	(void)arg;
	if (ui->host.suspend != NULL)
		ui->host.suspend(ui->host.arg);
	ui_stale(ui);
}

/* Moving, and what only concerns the terminal or the program. */
bool
globals_modal(const struct action *a)
{
	return a->why == why_move || a->run == redraw_run ||
	    a->run == suspend_run || a->run == quit_run || a->run == help_run;
}

const struct action actions_global[] = { { "list", "1", NULL, "the ticket list",
					     screen_list, why_app },
	{ "board", "2", NULL, "the board, a column for each status",
	    screen_board, why_app },
	{ "releases", "3", NULL, "releases and how far they are",
	    screen_releases, why_app },
	{ "notes", "4", NULL, "the release notes to be published", screen_notes,
	    why_app },
	{ "metrics", "5", NULL, "how work flows: created, closed, how long",
	    screen_metrics, why_app },
	{ "unlinked", "U", NULL, "commits without a ticket", screen_unlinked,
	    why_app },
	{ "journal", "H", NULL, "what was done, and taking it back",
	    screen_journal, why_app },
	{ "down", "j Down Ctrl-N", NULL, "one down", go_down, why_move },
	{ "up", "k Up Ctrl-P", NULL, "one up", go_up, why_move },
	{ "page-down", "PgDn Ctrl-F", NULL, "a page down", go_page_down,
	    why_move },
	{ "page-up", "PgUp Ctrl-B", NULL, "a page up", go_page_up, why_move },
	{ "half-down", "Ctrl-D", NULL, "half a page down", go_half_down,
	    why_move },
	{ "half-up", "Ctrl-U", NULL, "half a page up", go_half_up, why_move },
	{ "top", "gg Home", NULL, "to the top", go_first, why_move },
	{ "bottom", "G End", NULL, "to the bottom", go_last, why_move },
	{ "find", "/", NULL, "search in this screen", find_run, why_find },
	{ "find-next", "n", NULL, "the next match", find_next, why_again },
	{ "find-previous", "N", NULL, "the match before", find_previous,
	    why_again },
	{ "undo", "u", NULL, "take the last change back", undo_run, why_app },
	{ "redo", "Ctrl-R", NULL, "do again what was undone", redo_run,
	    why_app },
	{ "scan", "S", NULL, "read what is new in git's history", scan_run,
	    why_app },
	{ "reload", "R F5", NULL, "read everything again", reload_run, NULL },
	{ "redraw", "Ctrl-L", NULL, "draw the screen again", redraw_run, NULL },
	{ "command", ":", "cmd", "run an action by its name, or open a key",
	    command_run, NULL },
	{ "suspend", "Ctrl-Z", NULL, "to the shell; fg comes back", suspend_run,
	    NULL },
	{ "quit", "Q", NULL, "leave at once", quit_run, NULL },
	{ "help", "? F1", "help", "all keys and actions", help_run, NULL },
	{ "back", "q", "back", "go back; at the bottom, leave", back_run,
	    NULL },
	{ 0 } };
