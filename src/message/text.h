/*
 * Small helpers for ASCII in bytes of unknown encoding.  They never look at
 * the locale; every byte above 127 counts as "not a word", so that a key that
 * Korean text touches ("NOTE-12를") still ends where its digits end.
 */
#ifndef NOTES_MESSAGE_TEXT_H
#define NOTES_MESSAGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static inline bool
text_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
text_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
text_alnum(char c)
{
	return text_alpha(c) || text_digit(c);
}

static inline bool
text_word(char c)
{
	return text_alnum(c) || c == '_';
}

static inline bool
text_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline char
text_lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static inline char
text_upper(char c)
{
	return (char)(c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c);
}

static inline bool
text_hex(char c)
{
	return text_digit(c) || (c >= 'a' && c <= 'f') ||
	    (c >= 'A' && c <= 'F');
}

/* True if s begins with the lower-case ASCII word, whatever its case. */
bool text_starts(const char *s, size_t len, const char *word);
/* As text_starts(), and the whole of s. */
bool text_is(const char *s, size_t len, const char *word);

/*
 * True if the word is one of a list of lower-case words, each followed by one
 * space: "a an the ".
 */
bool text_in(const char *s, size_t len, const char *list);

/* Case-insensitive search; needle is lower-case.  len when it is not there. */
size_t text_find(const char *s, size_t len, const char *needle);

/* s from at on, without blanks; returns the new offset. */
size_t text_skip_blanks(const char *s, size_t at, size_t end);

/* The end of the run of word bytes (apostrophes included) at at. */
size_t text_word_end(const char *s, size_t at, size_t end);

#endif
