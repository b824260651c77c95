/*
 * A look at pack indexes before libgit2 gets them: 1.5 follows whatever offset
 * stands in one, and crashes on one that lies (gitformat-pack(5)).
 */
#ifndef NOTES_VCS_PACKS_H
#define NOTES_VCS_PACKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* False when an index below objects/pack points out of its pack. */
bool	packs_check(const char *objects, size_t oid_len);

/* The same for the bytes of one index; pack_size is its pack's. */
bool	packs_check_index(const uint8_t *p, size_t len, uint64_t pack_size,
	    size_t oid_len);

#endif
