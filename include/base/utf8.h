/*
 * UTF-8: decoding, normal form, columns, and the one function that makes text
 * of others fit for a terminal (utf8_clean).  Columns are what glibc's
 * wcwidth() says in the current locale, because ncurses measures with it;
 * utf8_width() falls back to its own judgement of East Asian wide ranges where
 * the locale is not UTF-8.
 */
#ifndef NOTES_BASE_UTF8_H
#define NOTES_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define UTF8_BAD UINT32_C(0xFFFFFFFF)

/*
 * Decodes one code point of s (len bytes) strictly: no overlong forms, no
 * surrogates, at most U+10FFFF.  Returns the bytes consumed (1 for a bad byte,
 * with *cp = UTF8_BAD; 0 when len is 0).
 */
size_t	utf8_decode(const char *s, size_t len, uint32_t *cp);

/* Writes cp as 1 to 4 bytes to out; returns how many. */
size_t	utf8_put(uint32_t cp, char out[4]);

bool	utf8_valid(const char *s, size_t len);

/* Appends s with U+FFFD for each bad byte. */
void	utf8_repair(struct buf *out, const char *s, size_t len);

/* Columns of one code point: 0, 1 or 2; unprintable ones count as 1. */
int	utf8_cp_width(uint32_t cp);

/*
 * How many columns characters of ambiguous width have (Unicode annex 11), 1 at
 * first.  As setlocale() does, it holds for the whole process: a program has
 * one terminal.
 */
void	utf8_set_ambiguous(int columns);

/*
 * The length in bytes of the grapheme cluster (Unicode annex 29) that s begins
 * with, and its columns (0 to 2) through *width, which may be NULL.  A cluster
 * ends before a second code point that takes columns of its own, as in flags
 * and joined emoji: neither ncurses nor a grid of cells can hold two.  So the
 * columns of a text are the sum over its clusters and over its code points.
 */
size_t	utf8_grapheme(const char *s, size_t len, int *width);

/* Columns of a whole string. */
size_t	utf8_width(const char *s, size_t len);

/*
 * The longest prefix of s, in bytes, of whole graphemes that fits into cols
 * columns; its columns through *used, which may be NULL.
 */
size_t	utf8_fit(const char *s, size_t len, size_t cols, size_t *used);

/*
 * Appends s, which went through utf8_clean(), cut or padded with spaces to
 * exactly cols columns.
 * Cut text ends in '~'; a double-width character that would be cut in half
 * becomes a space.
 */
void	utf8_cell(struct buf *out, const char *s, size_t cols);

enum utf8_lines {
	UTF8_ONE_LINE,		/* newline and tab are shown, too: ^J ^I */
	UTF8_MULTI_LINE		/* newline stays, tab stays */
};

/*
 * The one door for text of others.  Appends s made fit for a terminal: bad
 * UTF-8 as U+FFFD, C0 and DEL as ^X, C1 and invisible or direction-changing
 * code points as <U+XXXX>, at most 4 combining marks in a row (U+FFFD stands
 * for the rest of the row), joiners only between bases that use them.  The list
 * is in docs/SAFETY.md (U+00AD, 061C, 115F-1160, 180E, 200B-200F, 2028-202E,
 * 2060-206F, 3164, FEFF, FFF0-FFFB, E0000-E0FFF); added to it are U+FFA0,
 * 1BCA0-1BCA3, 1D173-1D17A and the noncharacters.  Idempotent.
 */
void	utf8_clean(struct buf *out, const char *s, size_t len,
	    enum utf8_lines lines);

/* Is cp on that list, C0, DEL and C1 included? */
bool	utf8_hidden(uint32_t cp);

/* Copy of s through utf8_clean(); the caller frees it. */
char	*utf8_clean_dup(const char *s, enum utf8_lines lines);

/*
 * Appends the NFC form of s; bad bytes become U+FFFD.  Fast for ASCII and for
 * text that is in NFC already.
 */
void	utf8_nfc(struct buf *out, const char *s, size_t len);

/* Appends s case-folded (NFC, simple folding): for comparing, never to show. */
void	utf8_fold(struct buf *out, const char *s, size_t len);

#endif
