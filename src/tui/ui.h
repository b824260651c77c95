/*
 * The state of the terminal UI between two keys, without a terminal: a stack
 * of views, a message, a prompt.  tests drive it with keys and look at the
 * canvas; tui.c does the same with a terminal.
 */
#ifndef NOTES_TUI_UI_H
#define NOTES_TUI_UI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/app.h"
#include "base/strv.h"
#include "tui/term/input.h"
#include "tui/keys/keymap.h"
#include "prompt.h"
#include "view.h"

#define UI_DEPTH     16 /* views on each other */
#define UI_ROWS_MIN  5
#define UI_COLS_MIN  30
#define UI_WIDE      120  /* columns from which a second pane opens */
#define UI_COUNT_CAP 1000 /* counts beyond are "1000+" */

/* Work of this length a user may want to end; before it, Esc is a key. */
#define UI_LONG_MS 150

#define UI_DIGITS 7 /* of a count */

/* What needs a terminal; members may be NULL. */
struct ui_host {
	void *arg;
	enum rc (*edit)(void *arg, const char *path, struct err *err);
	void (*suspend)(void *arg);
	/* False when it may not have arrived. */
	bool (*copy)(void *arg, const char *text);
	void (*show)(void *arg, const struct canvas *c);
	void (*redraw)(void *arg);
	bool (*stop)(void *arg);
	/* Has more been typed already? */
	bool (*waiting)(void *arg);
};

enum ui_history {
	HISTORY_NONE,
	HISTORY_FILTER,
	HISTORY_FIND,
	HISTORY_COMMAND,
	HISTORY_TEXT,
	HISTORY_N
};

enum ui_tone { UI_INFO, UI_WARNING, UI_ERROR };

/* The tickets that a question or a menu is about, as it began. */
struct ui_targets {
	struct ticket_key *v; /* owned */
	size_t n;
	char *about; /* what else, as a menu's about has it; or NULL */
};

/* A question in the message line. */
struct ui_ask {
	const char *label;
	const char *text; /* to begin with, or NULL */
	enum ui_history history;
	const char *field; /* values of it complete, or NULL */
	void (*done)(struct ui *ui, struct view *v, const char *text);
	void (*changed)(struct ui *ui, struct view *v, const char *text);
	void (*cancelled)(struct ui *ui, struct view *v);
	/* Candidates for the word at the cursor; its start through *start. */
	void (*complete)(struct ui *ui, struct view *v, const struct prompt *p,
	    size_t *start, struct strv *out);
};

struct ui {
	struct app *app; /* NULL before there is a tracker */
	const struct app_options *options;
	struct ui_host host;
	struct canvas canvas;
	struct view *views[UI_DEPTH];
	size_t depth;
	char *message; /* or NULL */
	struct strv later; /* warnings that wait until it was seen */
	enum ui_tone tone;
	bool asking;
	char *kept; /* what of the answer is on disk already, or NULL */
	struct prompt prompt;
	struct ui_ask ask;
	bool refused;                  /* the answer that is given */
	struct ui_targets asked;       /* what ask is about */
	const struct ui_targets *held; /* while an answer is given, or NULL */
	struct strv history[HISTORY_N];
	struct keymap keymap;           /* what configuration changed */
	char pending[2 * KEY_NAME_MAX]; /* of a sequence */
	char digits[UI_DIGITS + 1];     /* of a count that is typed */
	/* Somebody else's operation that undo has named, and takes back when
	 * asked once more; 0: none. */
	int64_t undo_named;
	int64_t count; /* what an action is to do so often; 0: none given */
	/* The last change, for ".": what made it, of which text; or NULL. */
	void (*again)(struct ui *ui, struct view *v, const char *text);
	char *again_text;
	char *search;  /* last "/", or NULL */
	char *columns; /* of lists, as chosen; NULL: as configured */
	char *filter;  /* of list and board, as typed; or NULL */
	/* What screens select when they load next, number 0: nothing; a new
	 * ticket is told of when a filter hides it. */
	struct ticket_key go_to;
	bool go_to_new;
	int64_t version; /* app_data_version() of what is shown */
	int64_t now;
	char *demo; /* the folder of made-up data, or NULL; owned */
	bool quit;
	int64_t begun_ms; /* when the work on a key began */
	int64_t until_ms; /* when a count is left as it is, 0: never */
	bool late;        /* it was */
	/* What is typed is being looked at, until more is typed; then it is
	 * unread, and looked at before the next frame. */
	bool typing, unread;
	int64_t shown_ms; /* when progress was shown last */
	bool unseen;      /* an error stands there that was not drawn yet */
	bool guarded;     /* and other keys have come since */
	bool blind;       /* it came late: keys may have been typed before */
	/* Locks that other processes hold (waiting.c). */
	int patience_ms; /* so long they are waited for */
	bool told;       /* that it waits */
	bool gave_up;    /* a wait was broken off, by a key or for its length */
	bool behind;     /* so what is shown may be old */
	bool gone;       /* the tracker is not at its place */
};

void ui_init(struct ui *ui, struct app *app, const struct ui_host *host);
/* Gives the app, once there is one. */
void ui_set_app(struct ui *ui, struct app *app);
void ui_release(struct ui *ui);
void ui_resize(struct ui *ui, int rows, int cols);

/* Below 30x5 one line says so, and only q is a key. */
bool ui_too_small(const struct ui *ui);

/* Everything that can come in. */
void ui_event(struct ui *ui, const struct input_event *ev);
void ui_key(struct ui *ui, const struct key *k);
void ui_paste(struct ui *ui, const char *text, size_t len);
/* Has the screen slow work left, and a slice of it. */
bool ui_working(const struct ui *ui);
void ui_work(struct ui *ui);
/* Nothing came for a second: what did other processes change? */
void ui_idle(struct ui *ui);

/* Fetches what stale screens show.  Keys come after it: they are for what is
 * there, also where several came together. */
void ui_load(struct ui *ui);
/* Loads what is stale, then draws everything into ui->canvas. */
void ui_draw(struct ui *ui);
/* Screens that load next select this ticket. */
void ui_go_to(struct ui *ui, const struct ticket_key *key, bool is_new);
/* Where ui->go_to is hidden from a screen that could show it. */
void ui_hidden(struct ui *ui);

struct view *ui_top(const struct ui *ui);
/* The view under the top one, or NULL. */
struct view *ui_below(const struct ui *ui);
/* Opens a view on the others; arg is for its open. */
bool ui_push(struct ui *ui, const struct view_class *class, const void *arg);
/* Goes back; the last one ends the program. */
void ui_pop(struct ui *ui);
/* Takes away what is under the top one, which is then the bottom. */
void ui_drop_below(struct ui *ui);
/* Goes to the screen: back to it when it is open, else opens it. */
void ui_switch(struct ui *ui, const struct view_class *class);
/* All views load again. */
void ui_stale(struct ui *ui);
void ui_run(struct ui *ui, const struct action *a, const char *arg);
/* Reads the keys of configuration; problems gets what is wrong with them. */
void ui_keys(struct ui *ui, struct strv *problems);

void ui_say(struct ui *ui, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* The same for a change: also says which key takes it back. */
void ui_did(struct ui *ui, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void ui_warn(struct ui *ui, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* A warning that takes no other's place: it is shown after a key. */
void ui_warn_too(struct ui *ui, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Also keeps the question open whose answer led to it. */
void ui_fail(struct ui *ui, const struct err *err);
/* Warns, and keeps the question open that this is the answer to. */
void ui_refuse(struct ui *ui, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Is the tracker at its place still, or again?  Says so when that changed, and
 * always when asked; false: it is gone. */
bool ui_still_there(struct ui *ui, bool asked);
/* The terminal has shown an error, and n keys that were typed before went. */
void ui_dropped(struct ui *ui, size_t n);
/* Tells of a lock that is waited for; true: no longer. */
bool ui_waiting(void *arg, long pid, int waited_ms);
/* Could a screen not be read for a lock?  Says so, and goes on by itself. */
bool ui_behind(struct ui *ui, const struct err *err);
/* Shows what is under way, now. */
void ui_busy(struct ui *ui, const char *what);

void ui_ask(struct ui *ui, const struct ui_ask *ask);
/* What an action is for: while an answer is given, the tickets that were asked
 * about, whatever is selected meanwhile.  The caller frees *out. */
size_t ui_targets(const struct ui *ui, const struct view *v,
    struct ticket_key **out);
void ui_hold(const struct ui *ui, const struct view *v, struct ui_targets *out);
void ui_targets_release(struct ui_targets *t);
/* While a line is chosen: its menu's about, else NULL. */
const char *ui_about(const struct ui *ui);
/* Hands text to the view on top, for the tickets that are held. */
void ui_answer(struct ui *ui, const struct ui_targets *held,
    void (*fn)(struct ui *ui, struct view *v, const char *text),
    const char *text);
/* A popup of lines to choose from; chosen gets the line's text. */
struct ui_menu {
	const char *title;
	const struct strv *items; /* copied */
	const char *current;      /* or NULL */
	const char *about;        /* what it is for, which may go; or NULL */
	bool toggles;             /* what is chosen goes on and off */
	void (*chosen)(struct ui *ui, struct view *v, const char *item);
};
void ui_menu(struct ui *ui, const struct ui_menu *m);

/* Bytes of text that fill a row of so many columns, up to the end of a word;
 * at least one letter, unless text is empty. */
size_t ui_row_len(const char *text, int cols);
/* Writes text from column x on in as many rows from y on as its words need; the
 * row after. */
int ui_wrap(const struct area *a, int y, int x, const char *text,
    enum role role);
/* A bar in the first row: the tracker, the screens that keys 1 to 5 go to, the
 * one that is on ("1 List") told apart, and who is asking. */
void ui_tabs(const struct ui *ui, const struct area *a, const char *tab);
/* The same for a screen with words of its own at the left: "2 Board", with the
 * other tabs as room allows, or any other name ("diff"), or NULL. */
void ui_title(const struct ui *ui, const struct area *a, const char *left,
    const char *right);

#endif
