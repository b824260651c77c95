/* What the parts of the filter parser share. */
#ifndef NOTES_MODEL_FILTER_NODE_H
#define NOTES_MODEL_FILTER_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/filter.h"

struct filter *filter_node(enum filter_op op);
/* value NULL: the field is empty. */
struct filter *filter_leaf(enum filter_field field, enum filter_cmp cmp,
	    const char *value);
/* These take what they are given; NULL stands for "nothing said". */
struct filter *filter_not(struct filter *a);
struct filter *filter_join(enum filter_op op, struct filter *a,
	    struct filter *b);

/* Parentheses, "not" and saved filters in each other. */
#define NESTING_MAX 16

struct parser {
	const char	*text;
	size_t		 pos;		/* byte */
	const struct filter_context *ctx;
	int		 depth;
	int		 groups;	/* open parentheses */
	int		 terms;
	struct err	*err;
	/* Of a saved filter: its name, and what it stands in. */
	const char	*saved;
	const struct parser *outer;
};

/* One value behind "field:", as typed. */
struct filter_value {
	char		*text;		/* owned */
	bool		 quoted;
	bool		 open;		/* live input may go on here */
	size_t		 at;		/* byte */
};

/* Sets the message, with the column of byte at in front. */
enum rc	parser_fail(const struct parser *p, size_t at, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

bool	parser_is_blank(char c);
void	parser_skip_blanks(struct parser *p);
bool	parser_at_end(const struct parser *p);
/* True if the keyword stands here, as a word of its own. */
bool	parser_looking_at(const struct parser *p, const char *word);
/*
 * The end of an unquoted word: a blank, a byte of stop, or a ")" that the word
 * did not open itself ("strlen()" is one word).
 */
size_t	parser_word_end(const struct parser *p, const char *stop);
/* The text between quotes, \" and \\ in it; the opening one is at pos.  *open:
 * live input that goes on. */
enum rc	parser_quoted(struct parser *p, struct buf *out, bool *open);

/* The term at pos; *out stays NULL for one that is not finished. */
enum rc	parser_term(struct parser *p, struct filter **out);

/* Reads the whole text; *out is NULL where it says nothing. */
enum rc	parser_run(struct parser *p, struct filter **out);
/*
 * "@name", whose word begins at byte at: the filter that is saved under it.
 * open: live input may go on here, so a name that there is not says nothing.
 */
enum rc	filter_saved_node(struct parser *p, const char *name, size_t at,
	    bool open, struct filter **out);

/*
 * The node of one value; *out stays NULL for one that is not finished.
 * cmp is as typed, FILTER_MATCH for ":".
 */
enum rc	filter_value_node(const struct parser *p, enum filter_field field,
	    enum filter_cmp cmp, const struct filter_value *v,
	    struct filter **out);
/* The field is whoever asks. */
enum rc	filter_me_node(const struct parser *p, enum filter_field field,
	    size_t at, struct filter **out);
/* The same for times and spans of work. */
enum rc	filter_time_node(const struct parser *p, enum filter_field field,
	    enum filter_cmp cmp, const struct filter_value *v,
	    struct filter **out);

#endif
