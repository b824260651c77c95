/* Which version a heading of a changelog is about. */
#ifndef NOTES_RENDER_HEADING_H
#define NOTES_RENDER_HEADING_H

#include <stdbool.h>
#include <stddef.h>

enum heading_kind {
	HEADING_OTHER,
	HEADING_VERSION, /* of some version */
	HEADING_WANTED,  /* of the version asked for */
	HEADING_UNRELEASED
};

/*
 * Looks at a heading's source text (one line, without its '#'s).  It is a
 * version's when the version comes behind at most six words that do not compare
 * ("Apache Maven 3.6.1", "[v3.6.1](url) - 2019-04-04", but not "Upgrading from
 * 3.5" and not "3.5 compatibility").  want may be NULL; "Unreleased" is wanted
 * in any language.  version, unless NULL, gets the version as it stands there,
 * "" when the heading is of none or that is too long.
 */
#define HEADING_VERSION_MAX 64
enum heading_kind heading_kind(const char *text, size_t len, const char *want,
    char version[HEADING_VERSION_MAX]);

/* True for "3.6.1", "v2", "1.0.0-rc.1+5". */
bool heading_is_version(const char *s, size_t len);

#endif
