/*
 * The files of schema/, embedded at build time in the order of their numbers
 * (tests/embed.sh writes the definitions).
 */
#ifndef NOTES_STORE_SCHEMA_H
#define NOTES_STORE_SCHEMA_H

#include <stddef.h>

struct schema_file {
	const char *name;          /* "0001_journal.sql" */
	const unsigned char *data; /* len bytes, no NUL behind */
	size_t len;
};

extern const struct schema_file schema_files[];
extern const size_t schema_files_n;

#endif
