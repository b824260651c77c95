/*
 * The shell script that stands in for a hook, and telling it from others.  It
 * starts no process of its own beside a kept hook: it becomes notes.
 */
#ifndef NOTES_VCS_HOOK_STUB_H
#define NOTES_VCS_HOOK_STUB_H

#include <stddef.h>

#include "base/buf.h"

/* A hook that was there before: its name and this. */
#define HOOK_KEPT ".notes-kept"

void	hook_stub_build(const char *name, const char *program,
	    struct buf *out);

enum hook_text {
	HOOK_TEXT_FOREIGN,	/* not ours */
	HOOK_TEXT_CHANGED,	/* was ours; somebody has edited it */
	HOOK_TEXT_OLD,		/* ours, of another version */
	HOOK_TEXT_OURS
};

/* text is NUL-terminated, too. */
enum hook_text hook_stub_tell(const char *name, const char *text, size_t len);
/* The program that one of our stubs names, or NULL; the caller frees it. */
char	*hook_stub_program(const char *text);

#endif
