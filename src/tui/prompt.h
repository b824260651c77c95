/*
 * One line of typing, with the keys that readline has by default.  Pure: it
 * knows nothing of what the line is for; completion candidates are handed in.
 */
#ifndef NOTES_TUI_PROMPT_H
#define NOTES_TUI_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/strv.h"
#include "tui/canvas/canvas.h"
#include "tui/term/key.h"

#define PROMPT_TEXT_MAX 4096 /* bytes; more is not taken */

struct prompt {
	char *label; /* owned */
	struct buf text;
	size_t at;                  /* cursor: bytes, between graphemes */
	char *killed;               /* for Ctrl-Y */
	const struct strv *history; /* borrowed, oldest first; may be NULL */
	size_t past;                /* entry shown; history->n: the own line */
	char *own;                  /* the line as it was before history */
	struct strv candidates;     /* whole words for what is at word */
	size_t candidate;           /* candidates.n: none chosen yet */
	size_t word, word_end;      /* bytes that a candidate replaces */
};

enum prompt_result {
	PROMPT_SAME, /* nothing, or only the cursor */
	PROMPT_CHANGED,
	PROMPT_DONE,
	PROMPT_CANCELLED,
	PROMPT_COMPLETE /* candidates are wanted */
};

void prompt_init(struct prompt *p, const char *label, const char *text,
    const struct strv *history);
void prompt_release(struct prompt *p);
const char *prompt_text(const struct prompt *p);
enum prompt_result prompt_key(struct prompt *p, const struct key *k);
/* Puts text at the cursor; line ends become blanks, control bytes go. */
void prompt_insert(struct prompt *p, const char *text, size_t len);

/* The word at the cursor, from the last of the separators on. */
size_t prompt_word(const struct prompt *p, const char *separators);
/*
 * Takes the candidates for the bytes from start to the cursor (words is empty
 * afterwards).  A single one is put in at once; of several, what they have in
 * common, and the next Tab goes through them.
 */
void prompt_complete(struct prompt *p, size_t start, struct strv *words);

/* Draws into row y, scrolled so that the cursor shows, and places it. */
void prompt_draw(const struct prompt *p, const struct area *a, int y);
/* Draws the candidates into row y; false when there are none. */
bool prompt_draw_candidates(const struct prompt *p, const struct area *a,
    int y);

#endif
