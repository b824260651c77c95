/*
 * Trailers as git-interpret-trailers(1) finds them: the last paragraph of
 * "Token: value" lines, folded values joined, comment lines ignored.
 */
#ifndef NOTES_MESSAGE_TRAILER_H
#define NOTES_MESSAGE_TRAILER_H

#include <stddef.h>

struct trailer {
	const char	*token;		/* borrowed from the message */
	size_t		 token_len;
	char		*value;		/* owned: folded lines are joined */
	size_t		 offset;	/* of the value in the message */
	size_t		 end;		/* behind the trailer's last line */
};

struct trailer_list {
	struct trailer	*v;
	size_t		 n, cap;
	/* where the block begins; len if none */
	size_t		 start;
};

void	trailer_parse(const char *message, size_t len,
	    struct trailer_list *out);
void	trailer_list_release(struct trailer_list *l);
/* The first value of token (ASCII case-insensitive), or NULL; borrowed. */
const char *trailer_get(const struct trailer_list *l, const char *token);

#endif
