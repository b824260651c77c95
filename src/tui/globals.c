/* Actions that hold on every screen. */
#include <stdlib.h>
#include <string.h>

#include "app/scan.h"
#include "app/ticket.h"
#include "base/mem.h"
#include "keys.h"
#include "ui.h"

#define MOTION(fn, motion) \
	static void fn(struct ui *ui, struct view *v, const char *arg) \
	{ \
		(void)arg; \
		v->class->move(ui, v, motion); \
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
journal_step(struct ui *ui, journal_fn fn, const char *what, const char *other)
{
	struct strv said = STRV_INIT;
	struct err err = ERR_INIT;

	if (fn(ui->app, 1, &said, &err) != RC_OK) {
		ui_fail(ui, &err);
	} else if (said.n == 0) {
		ui_warn(ui, "nothing to %s", what);
	} else if (said.n == 1) {
		ui_say(ui, "%s: %s   (%s)", what, said.v[0], other);
	} else {
		ui_say(ui, "%s: %s, and %zu more   (%s)", what, said.v[0],
		    said.n - 1, other);
	}
	ui_stale(ui);
	if (said.n > 0)
		go_to_named(ui, said.v[0]);
	strv_release(&said);
}

static void
undo_run(struct ui *ui, struct view *v, const char *arg)
{
	(void)v;
	(void)arg;
	journal_step(ui, app_undo, "undo", "Ctrl-R does it again");
}

static void
redo_run(struct ui *ui, struct view *v, const char *arg)
{
	(void)v;
	(void)arg;
	journal_step(ui, app_redo, "redo", "u takes it back");
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

/* Not an action: a ticket's key as typed? */
static void
open_key(struct ui *ui, const char *typed)
{
	struct ticket_key key;
	struct err err = ERR_INIT;

	if (ui->app != NULL && app_key(ui->app, typed, &key, &err) == RC_OK) {
		ui_push(ui, &view_ticket, &key);
		return;
	}
	if (err.code != RC_NOT_FOUND)
		ui_warn(ui, "no action or ticket \"%s\" (? lists the actions)",
		    typed);
	else
		ui_fail(ui, &err);
}

static void
command_done(struct ui *ui, struct view *v, const char *text)
{
	const struct action *a;
	size_t len;

	text += strspn(text, " :");
	len = strcspn(text, " ");
	if (len == 0)
		return;
	a = keys_by_name(v, text, len);
	if (a == NULL) {
		open_key(ui, text);
		return;
	}
	text += len;
	text += strspn(text, " ");
	ui_run(ui, a, *text == '\0' ? NULL : text);
}

static void
command_complete(struct ui *ui, struct view *v, const struct prompt *p,
    size_t *start, struct strv *out)
{
	const char *text = prompt_text(p);
	const struct action *a;

	(void)ui;
	*start = prompt_word(p, " ");
	if (*start > 0)
		return;
	for (size_t i = 0; i <= VIEW_TABLES; i++) {
		a = i < VIEW_TABLES ? v->class->actions[i] : actions_global;
		for (; a != NULL && a->name != NULL; a++)
			if (strncmp(a->name, text, p->at) == 0)
				strv_push(out, a->name);
	}
}

static void
command_run(struct ui *ui, struct view *v, const char *arg)
{
	const struct ui_ask ask = { .label = ":",
		.history = HISTORY_COMMAND,
		.done = command_done,
		.complete = command_complete };

	(void)v;
	(void)arg;
	ui_ask(ui, &ask);
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
	(void)v;
	(void)arg;
	ui_stale(ui);
	ui_say(ui, "read again");
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

const struct action actions_global[] = { { "list", "1", NULL, "the ticket list",
					     screen_list, why_app },
	{ "board", "2", NULL, "the board, a column for each status",
	    screen_board, why_app },
	{ "releases", "3", NULL, "releases and how far they are",
	    screen_releases, why_app },
	{ "notes", "4", NULL, "the release notes to be published", screen_notes,
	    why_app },
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
