/*
 * What every unit test includes: cmocka with the headers it wants, and a
 * folder of one's own below $TMPDIR or /tmp.
 */
#ifndef NOTES_TESTS_UNIT_H
#define NOTES_TESTS_UNIT_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Makes a folder; the caller passes it to unit_rmdir(). */
static inline char *
unit_mkdir(void)
{
	const char *base = getenv("TMPDIR");
	char *path = NULL;

	if (asprintf(&path, "%s/notes-unit-XXXXXX",
		base == NULL ? "/tmp" : base) < 0 ||
	    mkdtemp(path) == NULL)
		abort();
	return path;
}

static inline int
unit_remove(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

/* Removes the folder with everything in it and frees the path. */
static inline void
unit_rmdir(char *path)
{
	nftw(path, unit_remove, 16, FTW_DEPTH | FTW_PHYS);
	free(path);
}

#endif
