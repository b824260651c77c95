/* The journal by operations: what one undo takes back each. */
#ifndef NOTES_APP_JOURNAL_H
#define NOTES_APP_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strv.h"
#include "model/ticket.h"

struct app;

/* All texts are clean and of one line. */
struct op_line {
	int64_t	 n;		/* the operation's number */
	int64_t	 time;		/* seconds */
	char	*actor;		/* e-mail address or name */
	char	*key;		/* "NOTE-12", a version, or "" */
	char	*text;		/* its first change: "set status to done" */
	int64_t	 more;		/* further ones */
	char	*commit;	/* that made it, hex, or NULL */
	int64_t	 undoes, redoes;	/* the operation meant, or 0 */
	bool	 undone;
};

struct op_list {
	struct op_line	*v;
	size_t		 n, cap;
};

void	op_line_release(struct op_line *l);
void	op_list_release(struct op_list *l);

enum ops_way { OPS_OLDER, OPS_NEWER };

/*
 * At most limit operations before number from (0: the newest ones), newest
 * first, or behind it, oldest first; of a ticket, or of all (key NULL).  Reads
 * by number: as quick at the far end as at the near one.
 */
enum rc	app_ops(struct app *a, const struct ticket_key *key, int64_t from,
	    enum ops_way way, size_t limit, struct op_list *out,
	    struct err *err);
/* At most limit changes of one operation, each as a line. */
enum rc	app_op_changes(struct app *a, int64_t n, size_t limit,
	    struct strv *out, struct err *err);

/* What taking back, or doing again, is going to do. */
struct undo_preview {
	int64_t	 op;
	char	*key;		/* "NOTE-12", a version, or "" */
	char	*text;		/* "status done -> open (and 2 more changes)" */
	char	*actor;		/* of what is turned back */
	int64_t	 time;		/* likewise */
	char	*commit;	/* likewise, or NULL */
	/* values that somebody changed since: they stay */
	struct strv stays;
	bool	 nothing;	/* there is nothing but those */
};

/* Is the actor of an operation whoever asks? */
bool	app_is_me(const struct app *a, const char *actor);

/*
 * Of operation op, or of the next app_undo() (0).  RC_NOT_FOUND when there is
 * none, RC_CONFLICT says why it can't be taken back.
 */
enum rc	app_undo_preview(struct app *a, int64_t op, struct undo_preview *out,
	    struct err *err);
/* Of the next app_redo(). */
enum rc	app_redo_preview(struct app *a, struct undo_preview *out,
	    struct err *err);
void	undo_preview_release(struct undo_preview *p);

/* Takes back exactly that operation; said as app_undo()'s. */
enum rc	app_undo_op(struct app *a, int64_t op, struct strv *said,
	    struct err *err);

#endif
