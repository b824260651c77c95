/* How much two sections have in common. */
#ifndef NOTES_RENDER_NEAREST_H
#define NOTES_RENDER_NEAREST_H

#include <stddef.h>

struct nearest {
	size_t	both;		/* lines that both have */
	size_t	only_base, only_file;
};

/*
 * Compares lines whatever their order; blank ones and headings do not count, as
 * their level and words are the file's.
 */
struct nearest nearest_compare(const char *base, const char *file, size_t len);

#endif
