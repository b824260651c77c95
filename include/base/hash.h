/*
 * FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/): for telling
 * texts apart and for hash tables, never against an adversary.
 */
#ifndef NOTES_BASE_HASH_H
#define NOTES_BASE_HASH_H

#include <stdint.h>

#define HASH_INIT UINT64_C(0xcbf29ce484222325)

/* The hash of what h has seen so far (HASH_INIT: nothing), then of s. */
uint64_t hash_text(uint64_t h, const char *s);

#endif
