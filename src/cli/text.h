/* Text that a command takes: words, a file, standard input, the editor. */
#ifndef NOTES_CLI_TEXT_H
#define NOTES_CLI_TEXT_H

#include "cmd.h"

/* The words joined by spaces. */
void	text_join(struct buf *out, const struct words *w, size_t from);

/* Appends the file ("-": standard input), up to the longest text allowed. */
enum rc	text_file(const char *path, struct buf *out, struct err *err);

/* A text being edited in a file of the tracker's folder. */
struct draft {
	char	*path;			/* NULL: none */
	struct buf given;		/* what the editor was given */
};

/*
 * Writes text to a new draft, runs the user's editor on it, and reads it
 * back into text.  name ("NOTE-12", "new") goes into the file's name.  When
 * the editor fails, the draft stays and the message says where.
 */
enum rc	text_draft_edit(struct cli *c, const char *name, struct draft *d,
	    struct buf *text, struct err *err);
/* Adds to the message where the draft is and how to go on: "notes edit NOTE-12
 * --form"; drops it when it is as the editor was given it.  Returns err's
 * code. */
enum rc	draft_keep(struct draft *d, const char *again, struct err *err);
/* Done with: removes it.  Harmless when there is none. */
void	draft_drop(struct draft *d);
/* Frees what is held; the file stays. */
void	draft_release(struct draft *d);
/* Removes the file (NULL: none) that a text came from, if it is a draft of the
 * tracker's own. */
void	draft_used(const struct cli *c, const char *path);

#endif
