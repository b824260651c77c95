/* Verbs on tickets.  KEY arguments are as typed: "NOTE-12", "12", "#12". */
#ifndef NOTES_APP_TICKET_H
#define NOTES_APP_TICKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strv.h"
#include "model/event.h"
#include "model/link.h"
#include "model/query.h"
#include "model/ticket.h"

struct app;

/* A key as typed to a whole key.  RC_INVALID, or RC_NOT_FOUND with "did you
 * mean" when there is no such ticket. */
enum rc	app_key(struct app *a, const char *typed, struct ticket_key *out,
	    struct err *err);

/*
 * Makes a ticket; changes set its fields (at least type and summary).  The key
 * is through *key.
 */
enum rc	app_ticket_new(struct app *a, struct change_list *changes,
	    struct ticket_key *key, struct err *err);
/*
 * The same with the key that is typed, for what commits name already.
 * RC_EXISTS when a ticket has it, RC_INVALID for a prefix that the tracker
 * does not have.
 */
enum rc	app_ticket_new_as(struct app *a, const char *typed,
	    struct change_list *changes, struct ticket_key *key,
	    struct err *err);

enum rc	app_ticket_get(struct app *a, const struct ticket_key *key,
	    struct ticket *out, struct err *err);
enum rc	app_ticket_page(struct app *a, const struct ticket_query *q,
	    struct ticket_list *out, struct err *err);
enum rc	app_ticket_each(struct app *a, const struct ticket_query *q,
	    bool (*fn)(const struct ticket *t, void *arg), void *arg,
	    struct err *err);
enum rc	app_ticket_count(struct app *a, const struct filter *f, int64_t cap,
	    int64_t *n, struct err *err);
enum rc	app_ticket_counts(struct app *a, struct ticket_count_list *out,
	    struct err *err);

/* One ticket with everything around it. */
struct ticket_view {
	struct ticket		ticket;
	struct comment_list	comments;
	struct relation_list	relations;
	struct link_list	links;
};
enum rc	app_ticket_view(struct app *a, const struct ticket_key *key,
	    struct ticket_view *out, struct err *err);
void	ticket_view_release(struct ticket_view *v);

/*
 * Applies changes to keys (n of them) as one operation that one undo takes
 * back.  Values are checked and resolved ("me", parent keys, release
 * versions, closing sets a resolution).  *changed counts tickets that really
 * changed.
 */
enum rc	app_ticket_change(struct app *a, const struct ticket_key *keys,
	    size_t n, struct change_list *changes, size_t *changed,
	    struct err *err);

/* Shorthand: status by name; resolution NULL for the default one. */
enum rc	app_ticket_status(struct app *a, const struct ticket_key *keys,
	    size_t n, const char *status, const char *resolution,
	    size_t *changed, struct err *err);

/*
 * Puts a ticket right before or behind another of the same status, in the
 * manual order of the board and of "--sort rank" (model/rank.h): one event, of
 * one ticket.  RC_INVALID when their statuses differ.
 */
enum rank_side { RANK_BEFORE, RANK_AFTER };
enum rc	app_ticket_rank(struct app *a, const struct ticket_key *key,
	    enum rank_side side, const struct ticket_key *other,
	    struct err *err);

enum rc	app_ticket_comment(struct app *a, const struct ticket_key *key,
	    const char *text, struct err *err);
/* Comments that are there: who wrote one can change it, or put it away.
 * RC_INVALID for somebody else's. */
bool	app_comment_is_mine(const struct app *a, const struct comment *c);
enum rc	app_comment_edit(struct app *a, const struct comment *c,
	    const char *text, struct err *err);
enum rc	app_comment_hide(struct app *a, const struct comment *c,
	    struct err *err);
/* name is one of relations[]; remove takes it away again. */
enum rc	app_ticket_relate(struct app *a, const struct ticket_key *from,
	    const char *name, const struct ticket_key *to, bool remove,
	    struct err *err);
/* Links by hand; rev is what git takes. */
enum rc	app_ticket_link(struct app *a, const struct ticket_key *key,
	    const char *rev, bool remove, struct err *err);
/* Appends which commit that is, for people: "1a2b3c4d5e6f subject". */
enum rc	app_commit_name(struct app *a, const char *rev, struct buf *out,
	    struct err *err);

/*
 * The ticket as a form for the editor ("type: bug" lines, then Markdown), and
 * the changes that an edited form asks for.  key NULL: an empty form for a new
 * one.  RC_INVALID names the line.
 */
enum rc	app_ticket_form(struct app *a, const struct ticket_key *key,
	    struct buf *out, struct err *err);
enum rc	app_ticket_form_parse(struct app *a, const struct ticket_key *key,
	    const char *text, size_t len, struct change_list *out,
	    struct err *err);

/*
 * The changes between a form as it was handed out and as it was edited: what
 * somebody else changed in the meantime stays.
 */
enum rc	app_ticket_form_diff(struct app *a, const struct ticket_key *key,
	    const char *before, size_t before_len, const char *after,
	    size_t after_len, struct change_list *out, struct err *err);

/* What a form, as it was handed out, says of each field: for
 * app_ticket_change_since(). */
enum rc	app_ticket_form_values(struct app *a, const char *form, size_t len,
	    struct change_list *out, struct err *err);
/*
 * As app_ticket_change() of one ticket, for changes that were made in an editor
 * to the values was.  What others gave the same fields since is overwritten,
 * and stays in the journal: replaced gets a clean line for each, as
 * "ann's summary "x"".
 */
enum rc	app_ticket_change_since(struct app *a, const struct ticket_key *key,
	    const struct change_list *was, struct change_list *changes,
	    size_t *changed, struct strv *replaced, struct err *err);

/* History of one ticket (key) or all (NULL), newest first.  line is a clean
 * sentence: "dev-1 set status to done". */
struct log_line {
	int64_t		 n;		/* event number */
	/* operation: same for what one undo takes */
	int64_t		 op;
	int64_t		 time;		/* seconds */
	const char	*actor;
	const char	*key;		/* "NOTE-12", a version, or "" */
	const char	*text;		/* what happened, one line */
	const char	*commit;	/* origin, hex, or NULL */
	bool		 undone;
};
enum rc	app_log(struct app *a, const struct ticket_key *key,
	    int64_t before, bool (*fn)(const struct log_line *l, void *arg),
	    void *arg, struct err *err);

/* Takes back, or does again, n operations; said gets a line for each, and for
 * each value that was left because somebody changed it since. */
enum rc	app_undo(struct app *a, size_t n, struct strv *said, struct err *err);
enum rc	app_redo(struct app *a, size_t n, struct strv *said, struct err *err);

/*
 * The swimlanes that a board can have by a field (assignee, type, priority,
 * parent): values for a filter, "" for tickets without one, and titles; at most
 * max.  There may be no ticket in one.
 */
enum rc	app_lanes(struct app *a, enum ticket_field by, size_t max,
	    struct strv *values, struct strv *titles, struct err *err);

/* For completion: values of a field that begin with start. */
enum rc	app_values(struct app *a, const char *field, const char *start,
	    size_t max, struct strv *out, struct err *err);

#endif
