/*
 * The filter language of lists:
 *
 *   status:open type:bug assignee:me release:1.2 label:x -label:y
 *   updated:<7d due:<=friday "two words" text is:open has:commits no:note
 *   a or b, a and b, not a, ( )
 *
 * Words side by side are "and"; "or" binds weaker; "-x", "!x" and "not x"
 * negate.  field:a,b is either.  field!=a is -field:a, and = < <= > >= stand
 * with or without the colon.  Parsing and explaining is pure; the store turns
 * a tree into SQL.
 *
 * @name stands for the filter that is saved under that name, in parentheses.
 *
 * Values: "none" or "" is without one, "*" with any, "3.6.*" begins with;
 * quotes hold blanks, commas and parentheses, \" a quote. status, type,
 * priority, resolution take their other names, too; priority:>=high is high and
 * more urgent. key:12..20 is a range. summary:word looks for a word in the
 * summary, summary="..." for exactly that. NOTE-12 and #12 alone are that
 * ticket, where the prefix is the tracker's own.
 *
 * Times: a day (2024-05-31, today, friday), a month or a year (2024-05, 2024),
 * an ISO time, a range with days at both ends in it (2024-01-01..today), or a
 * span.  updated:<7d is less than 7 days ago, updated:>7d longer ago,
 * updated:7d within the last 7 days; due:<=friday is up to the end of Friday,
 * due:<7d in less than 7 days (or overdue), due:7d within the next 7 days.
 * Weekdays lie ahead for due and behind for the others.
 */
#ifndef NOTES_MODEL_FILTER_H
#define NOTES_MODEL_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"
#include "model/workflow.h"

enum filter_op {
	FILTER_ALL,		/* matches everything (an empty filter) */
	FILTER_AND, FILTER_OR, FILTER_NOT,
	FILTER_FIELD,		/* field cmp one of values */
	FILTER_IS,		/* is:done, is:overdue, ... */
	FILTER_HAS,		/* has:commits; "no:x" is NOT of it */
	FILTER_TEXT		/* words, side by side, in summary, description
				   or comments */
};

enum filter_cmp {
	FILTER_EQ, FILTER_LT, FILTER_LE, FILTER_GT, FILTER_GE, FILTER_MATCH
};

#define FILTER_FIELDS(X)						\
	X(KEY, "key") X(TYPE, "type") X(STATUS, "status")		\
	X(CATEGORY, "category") X(RESOLUTION, "resolution")		\
	X(PRIORITY, "priority") X(SUMMARY, "summary")			\
	X(ASSIGNEE, "assignee") X(REPORTER, "reporter")			\
	X(COMPONENT, "component") X(LABEL, "label")			\
	X(RELEASE, "release") X(FOUND_IN, "found-in")			\
	X(PARENT, "parent") X(CREATED, "created") X(UPDATED, "updated")	\
	X(RESOLVED, "resolved") X(DUE, "due") X(ESTIMATE, "estimate")

enum filter_field {
#define X(id, name) FF_##id,
	FILTER_FIELDS(X)
#undef X
	FF_N
};

#define FILTER_IS_WORDS(X)						\
	X(OPEN, "open") X(DONE, "done") X(DOING, "doing")		\
	X(TODO, "todo") X(OVERDUE, "overdue") X(BLOCKED, "blocked")	\
	X(MINE, "mine") X(DELETED, "deleted") X(UNRELEASED, "unreleased")

enum filter_is {
#define X(id, name) IS_##id,
	FILTER_IS_WORDS(X)
#undef X
	IS_N
};

#define FILTER_HAS_WORDS(X)						\
	X(COMMITS, "commits") X(NOTE, "note") X(RELEASE, "release")	\
	X(ASSIGNEE, "assignee") X(LABEL, "label") X(DUE, "due")		\
	X(COMMENTS, "comments") X(DESCRIPTION, "description")		\
	X(PARENT, "parent") X(ESTIMATE, "estimate")			\
	X(COMPONENT, "component") X(RESOLUTION, "resolution")

enum filter_has {
#define X(id, name) HAS_##id,
	FILTER_HAS_WORDS(X)
#undef X
	HAS_N
};

extern const char *const filter_field_names[FF_N];
extern const char *const filter_is_names[IS_N];
extern const char *const filter_has_names[HAS_N];

struct filter {
	enum filter_op	 op;
	struct filter	*left, *right;	/* AND, OR; NOT has left only */
	enum filter_field field;
	enum filter_cmp	 cmp;
	struct strv	 values;	/* normalised; times as decimal seconds;
					   none: the field is empty */
	enum filter_is	 is;
	enum filter_has	 has;
	char		*text;		/* TEXT: NFC, as typed */
	bool		 whole;		/* TEXT: quoted, so no word goes on */
	/* TEXT and MATCH: the last word may go on (live input); FIELD:
	 * begins with */
	bool		 prefix;
};

/* What the parser must know to check and normalise values. */
struct filter_context {
	const struct workflow *workflow;
	const char	*me;		/* for "me"; may be NULL */
	const char	*prefix;	/* for key:12; may be NULL */
	int64_t		 now;
	/* as typed so far: an unfinished end is fine */
	bool		 live;
	/* The text of "@name", or NULL and the names that there are, joined by
	 * ", ", in names.  NULL: "@name" is text to look for. */
	const char	*(*saved)(const void *arg, const char *name,
			    struct buf *names);
	const void	*saved_arg;
};

/*
 * Parses the words joined by spaces.  RC_INVALID says what is wrong, where
 * (column, in characters) and what is allowed.  *out is freed with
 * filter_free().  Nesting is limited to 16, terms and values to 64 together.
 * Live input: what is not finished at the very end (an open quote or
 * parenthesis, "status:", "status:op", "due:<", "a or") says nothing yet.
 */
enum rc	filter_parse(const char *text, const struct filter_context *ctx,
	    struct filter **out, struct err *err);
void	filter_free(struct filter *f);

/* The tree in words, for "notes list --explain" and tests. */
void	filter_explain(const struct filter *f, struct buf *out);

/* Sorting: "status,-updated". */
enum sort_field {
	SORT_KEY, SORT_TYPE, SORT_STATUS, SORT_PRIORITY, SORT_SUMMARY,
	SORT_ASSIGNEE, SORT_CREATED, SORT_UPDATED, SORT_RESOLVED, SORT_DUE,
	SORT_RANK, SORT_N
};

extern const char *const sort_field_names[SORT_N];

#define SORT_KEYS_MAX 4

struct sort {
	struct sort_key {
		enum sort_field	field;
		bool		descending;
	}	key[SORT_KEYS_MAX];
	size_t	n;
};

enum rc	sort_parse(const char *text, struct sort *out, struct err *err);
void	sort_format(const struct sort *s, struct buf *out);

#endif
