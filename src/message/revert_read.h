/* The parts of reading a revert: its subject, its body, the ids in both. */
#ifndef NOTES_MESSAGE_REVERT_READ_H
#define NOTES_MESSAGE_REVERT_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "lines.h"
#include "message/revert.h"

struct revert_reader {
	const char *s;
	struct lines lines;
	struct revert *out;
	size_t verbs;
	bool partial;
	bool named; /* an id was given */
	bool typed; /* "revert: x" */
};

/* "partially", "hunk", "except" and the like. */
bool revert_is_partial(const char *word, size_t len);

/* Reads "commit a, b (subject) and c." between at and hi into ids; returns
 * where it ends. */
size_t revert_ids(struct revert_reader *rd, size_t at, size_t hi,
    struct strv *ids);

/* "Revert \"x\"", "revert: x" and the like: kind, subject and ids. */
void revert_subject(struct revert_reader *rd);

/*
 * In a squash, "* Revert ..." tells what happened on the branch; the commit
 * as a whole reverts nothing.
 */
void revert_body(struct revert_reader *rd, bool subject_reverts);

#endif
