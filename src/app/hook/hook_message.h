/* What the message hooks do with a commit message. */
#ifndef NOTES_APP_HOOK_MESSAGE_H
#define NOTES_APP_HOOK_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"

struct app;

/*
 * Warns of keys that no ticket has; *refuse is set when tracker.refuse asks
 * for it ("unknown-key", "no-key", or both).
 */
enum rc	hook_message_check(struct app *a, const char *text, size_t len,
	    struct strv *say, bool *refuse, struct err *err);

/*
 * Puts the key of the branch before a message that names none, in the form of
 * tracker.subject ("[{key}] "); false when nothing is to be changed.
 */
bool	hook_message_prepare(struct app *a, const char *text, size_t len,
	    struct buf *out);

/* Nothing was written beside what hook_message_prepare() put there: the editor
 * was closed to give the commit up. */
bool	hook_message_is_lead(struct app *a, const char *text, size_t len);

/* The message without comment lines and what stands below the scissors. */
void	hook_message_strip(const struct app *a, const char *text, size_t len,
	    struct buf *out);

#endif
