/*
 * A reader of git's configuration syntax, for the few keys that decide how a
 * repository is read (git-config(1), "Syntax").  No includes: git takes those
 * keys from the file alone.
 */
#ifndef NOTES_VCS_GITCONF_H
#define NOTES_VCS_GITCONF_H

#include <stdbool.h>
#include <stddef.h>

/* name is "section.key" or "section.Sub.key", lower-case but for Sub. */
typedef void (*gitconf_fn)(const char *name, const char *value, void *arg);

/*
 * Calls fn for every entry; a key without "=" has the value "true".  Returns
 * false when a line is no configuration (what came before has been told).
 */
bool	gitconf_parse(const char *text, size_t len, gitconf_fn fn, void *arg);

/* The same; *line is that of the entry while fn is told of it, from 1. */
bool	gitconf_parse_lines(const char *text, size_t len, gitconf_fn fn,
	    void *arg, long *line);

/* git's booleans: true yes on 1, and any other number but 0. */
bool	gitconf_bool(const char *value);

#endif
