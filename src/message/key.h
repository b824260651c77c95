/*
 * Where keys stand in a text, before anybody asks what they mean there.
 */
#ifndef NOTES_MESSAGE_KEY_H
#define NOTES_MESSAGE_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "message/grammar.h"
#include "model/ticket.h"

/* Occurrences that are looked at in one message. */
#define KEY_OCCURRENCES_MAX 4096

struct key_hit {
	size_t off, end; /* "A-1", "#12", "12" of "issue 12" */
	size_t outer;    /* where the phrase begins: a URL, the
					   word "issue" */
	uint32_t number;
	uint16_t prefix; /* index in grammar.prefixes */
	bool typo;       /* prefix is the likely one */
	bool hash;       /* #12, GH-12, issue 12 */
	bool url;        /* the last part of a URL */
	bool weak;       /* part of a path, a file's or branch's
					   name, "A-1's": only ever a mention */
};

struct key_hits {
	struct key_hit *v;
	size_t n, cap;
};

/* Appends the hits of s[lo, hi) in order; hi may cut a word. */
void key_scan(const char *s, size_t lo, size_t hi, const struct grammar *g,
    struct key_hits *out);
void key_hits_release(struct key_hits *h);

/* The key that was written; for a typo, with the prefix as written. */
void key_written(const char *s, const struct key_hit *h,
    const struct grammar *g, struct ticket_key *out);
/* The key that was meant. */
void key_meant(const struct key_hit *h, const struct grammar *g,
    struct ticket_key *out);

#endif
