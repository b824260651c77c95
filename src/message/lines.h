/*
 * A message as lines, each told apart as text, quote or code.  The subject is
 * the first line that is not blank.
 */
#ifndef NOTES_MESSAGE_LINES_H
#define NOTES_MESSAGE_LINES_H

#include <stdbool.h>
#include <stddef.h>

enum line_kind {
	LINE_TEXT,
	LINE_BLANK,
	LINE_QUOTE, /* begins with '>' */
	LINE_CODE,  /* fenced, or indented by four or a tab */
	LINE_SKIP   /* git-svn-id:, a fence, a conflicting path */
};

struct line {
	size_t start, end; /* in the message, without the newline */
	size_t text;       /* behind indentation */
	enum line_kind kind;
	bool subject;
	bool first;    /* begins a paragraph */
	bool squashed; /* stands in "git merge --squash" text */
};

struct lines {
	struct line *v;
	size_t n, cap;
};

/*
 * What of a message is read: all of it up to git's scissors line; of one that
 * is longer than GRAMMAR_MESSAGE_MAX, head and tail, in whole lines.  The
 * tail is empty (lo == hi) unless it was cut.
 */
struct extent {
	size_t head_end;
	size_t tail, tail_end;
};

void message_extent(const char *message, size_t len, struct extent *out);

void lines_split(const char *message, size_t len, struct lines *out);
void lines_release(struct lines *l);

/* The subject as message_extent() and lines_split() see it: its first line. */
void lines_subject(const char *message, size_t len, size_t *start, size_t *end);

/* Behind one list bullet and the blanks after it: "* ", "- ", "o ". */
size_t line_skip_bullet(const char *message, size_t at, size_t end);

#endif
