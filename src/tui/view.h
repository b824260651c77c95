/*
 * A screen is a table of functions and a state that begins with struct view.
 * draw is pure: it reads ui and view and writes cells.  What a screen can do
 * stands in tables of actions; key bar, help, palette and ":" come from them.
 */
#ifndef NOTES_TUI_VIEW_H
#define NOTES_TUI_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "tui/canvas/canvas.h"
#include "tui/term/key.h"
#include "model/ticket.h"

struct ui;
struct view;

struct action {
	const char *name;  /* for ":" and help: "status" */
	const char *keys;  /* "j Down", sequences as "gg"; may be "" */
	const char *label; /* in the key bar, or NULL */
	const char *help;  /* "set the status" */
	/* arg: what stands behind the name after ":", or NULL. */
	void (*run)(struct ui *ui, struct view *v, const char *arg);
	/* Why it can't act now, or NULL when it can; may be NULL. */
	const char *(*why)(const struct ui *ui, const struct view *v);
};

enum motion {
	MOVE_DOWN,
	MOVE_UP,
	MOVE_PAGE_DOWN,
	MOVE_PAGE_UP,
	MOVE_HALF_DOWN,
	MOVE_HALF_UP,
	MOVE_FIRST,
	MOVE_LAST
};

#define VIEW_TABLES 3

struct view_class {
	const char *name; /* "list" */
	size_t size;      /* of the state */
	bool overlay;     /* drawn over the view below */
	bool typing;      /* keys are text: no others in the bar */
	bool modal;       /* of the actions for all screens, few hold */
	const struct action *actions[VIEW_TABLES]; /* by a NULL name ended */
	/* All but draw may be NULL. */
	enum rc (*open)(struct ui *ui, struct view *v, const void *arg,
	    struct err *err);
	/* Fetches what draw needs for v->rows and v->cols. */
	enum rc (*load)(struct ui *ui, struct view *v, struct err *err);
	void (*draw)(const struct ui *ui, const struct view *v,
	    const struct area *a);
	/* A key before all tables; true when it was taken. */
	bool (*key)(struct ui *ui, struct view *v, const struct key *k);
	void (*paste)(struct ui *ui, struct view *v, const char *text,
	    size_t len);
	void (*move)(struct ui *ui, struct view *v, enum motion m);
	/* The same, n times at once, or with MOVE_FIRST and MOVE_LAST to line
	 * n; n is at least 1.  NULL: move is called so often. */
	void (*jump)(struct ui *ui, struct view *v, enum motion m, int64_t n);
	void (*click)(struct ui *ui, struct view *v, int y, int x);
	/* A line on where the wheel turns over something that move does not
	 * move; false: move is to be called. */
	bool (*wheel)(struct ui *ui, struct view *v, int y, int x, int step);
	/* Next or previous place with text; NULL: the last text again. */
	void (*find)(struct ui *ui, struct view *v, const char *text, int step);
	/* What stands in the message line when there is no message. */
	void (*status)(const struct ui *ui, const struct view *v,
	    struct buf *out);
	/* Keys of the tickets that actions are for; the caller frees *out. */
	size_t (*targets)(const struct view *v, struct ticket_key **out);
	/* Slow things, a slice of them, once what load fetched is shown and
	 * no key waits; false when nothing is left. */
	bool (*work)(struct ui *ui, struct view *v);
	/* The selected ticket, or NULL. */
	const struct ticket_key *(*at)(const struct view *v);
	/* Before the user goes back from it. */
	void (*leave)(struct ui *ui, struct view *v);
	void (*release)(struct view *v);
};

struct view {
	const struct view_class *class;
	int rows, cols; /* room that draw gets */
	bool stale;     /* load is due */
	bool more;      /* work is due */
};

/* The screens. */
extern const struct view_class view_list, view_ticket, view_board,
    view_releases, view_hub, view_notes, view_diff, view_help, view_menu,
    view_first, view_unlinked, view_journal, view_revisions, view_metrics;

#endif
