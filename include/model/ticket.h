/* A ticket, its fields as a table, and changes to them. */
#ifndef NOTES_MODEL_TICKET_H
#define NOTES_MODEL_TICKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/strv.h"
#include "base/ulid.h"
#include "model/commit.h"
#include "model/workflow.h"

#define TICKET_SUMMARY_MAX 1024		/* bytes */
#define TICKET_TEXT_MAX	   65536	/* bytes: description, note, comment */
#define TICKET_KEY_MAX	   48		/* bytes, NUL included */
#define TICKET_PREFIX_MAX  32		/* bytes, NUL included */
#define TICKET_NUMBER_MAX  UINT32_C(999999999)

/* The human key: "NOTE-12".  Prefixes are [A-Z][A-Z0-9_]*, kept upper-case. */
struct ticket_key {
	char		prefix[TICKET_PREFIX_MAX];
	/* 1 to TICKET_NUMBER_MAX; 0 is no key */
	uint32_t	number;
};

/* Parses a whole "note-12" (no other bytes around it); false if it is none. */
bool	ticket_key_parse(const char *s, size_t len, struct ticket_key *out);
void	ticket_key_format(const struct ticket_key *key,
	    char out[TICKET_KEY_MAX]);
bool	ticket_key_equal(const struct ticket_key *a,
	    const struct ticket_key *b);
/* By prefix, then number; of texts, what is no key comes last, bytewise. */
int	ticket_key_compare(const struct ticket_key *a,
	    const struct ticket_key *b);
int	ticket_key_compare_text(const char *a, const char *b);
bool	ticket_prefix_valid(const char *prefix);

/*
 * The fields that a user can set, once for everyone: command line, editor
 * form, filter, columns, import, journal.  TEXT is one line, BODY Markdown,
 * SET a list of words.
 */
enum field_kind {
	FIELD_TEXT, FIELD_BODY, FIELD_TYPE, FIELD_STATUS, FIELD_PRIORITY,
	FIELD_RESOLUTION, FIELD_PERSON, FIELD_WORD, FIELD_DATE, FIELD_SPAN,
	FIELD_TICKET, FIELD_SET, FIELD_FLAG
};

#define TICKET_FIELDS(X)						\
	X(TYPE,		"type",		FIELD_TYPE)			\
	X(STATUS,	"status",	FIELD_STATUS)			\
	X(RESOLUTION,	"resolution",	FIELD_RESOLUTION)		\
	X(PRIORITY,	"priority",	FIELD_PRIORITY)			\
	X(SUMMARY,	"summary",	FIELD_TEXT)			\
	X(DESCRIPTION,	"description",	FIELD_BODY)			\
	X(NOTE,		"note",		FIELD_BODY)			\
	X(NO_NOTE,	"no-note",	FIELD_FLAG)			\
	X(ASSIGNEE,	"assignee",	FIELD_PERSON)			\
	X(REPORTER,	"reporter",	FIELD_PERSON)			\
	X(COMPONENT,	"component",	FIELD_WORD)			\
	X(PARENT,	"parent",	FIELD_TICKET)			\
	X(DUE,		"due",		FIELD_DATE)			\
	X(ESTIMATE,	"estimate",	FIELD_SPAN)			\
	X(SPENT,	"spent",	FIELD_SPAN)			\
	X(RANK,		"rank",		FIELD_WORD)			\
	X(DELETED,	"deleted",	FIELD_FLAG)			\
	X(LABEL,	"label",	FIELD_SET)			\
	X(RELEASE,	"release",	FIELD_SET)			\
	X(FOUND_IN,	"found-in",	FIELD_SET)

enum ticket_field {
#define X(id, name, kind) TF_##id,
	TICKET_FIELDS(X)
#undef X
	TF_N
};

struct field_def {
	const char	*name;		/* as typed, shown and journaled */
	enum field_kind	 kind;
};

extern const struct field_def ticket_fields[TF_N];

/* TF_N when there is none; "labels", "releases", "note-text" are aliases. */
enum ticket_field ticket_field_find(const char *name);

struct ticket {
	int64_t		 id;		/* row number, of this database only */
	struct ulid	 ulid;
	struct ticket_key key;
	char		*type, *status, *resolution, *priority;
	enum category	 category;
	char		*summary, *description, *note;
	char		*assignee, *reporter, *component;
	char		*parent;	/* key, or NULL */
	char		*rank;
	int64_t		 due;		/* seconds, or DATE_NONE */
	int64_t		 estimate, spent;	/* seconds, 0 for none */
	int64_t		 created, updated, resolved;	/* or DATE_NONE */
	bool		 no_note, deleted;
	int64_t		 n_comments, n_commits;
	struct strv	 labels, releases, found_in;
};

void	ticket_release(struct ticket *t);
void	ticket_copy(struct ticket *dst, const struct ticket *src);
/* The field's value as text into out, "" for none; sets joined by ",". */
void	ticket_field_text(const struct ticket *t, enum ticket_field f,
	    struct buf *out);

struct comment {
	struct ulid	 ulid;
	char		*author;
	char		*text;		/* Markdown */
	int64_t		 created, edited;	/* edited: DATE_NONE if never */
	char		*origin;	/* hex id of the commit, or NULL */
};

struct comment_list {
	struct comment	*v;
	size_t		 n, cap;
};

void	comment_list_release(struct comment_list *l);

/* A relation as one side sees it. */
struct relation {
	char	*name;			/* "blocks", "blocked by" */
	char	 key[TICKET_KEY_MAX];	/* the other ticket */
	char	*summary, *status;
	enum category category;
};

struct relation_list {
	struct relation	*v;
	size_t		 n, cap;
};

void	relation_list_release(struct relation_list *l);

enum change_op { CHANGE_SET, CHANGE_ADD, CHANGE_REMOVE };

/* One change that a user asks for; the value is checked by change_check(). */
struct change {
	enum change_op	  op;
	enum ticket_field field;
	char		 *value;	/* owned; NULL or "" unsets */
};

struct change_list {
	struct change	*v;
	size_t		 n, cap;
};

/* Copies value. */
void	change_push(struct change_list *l, enum change_op op,
	    enum ticket_field field, const char *value);
void	change_list_release(struct change_list *l);
/* The first value that the list gives the field; "" for none. */
const char *change_value(const struct change_list *l, enum ticket_field field);

/*
 * "status=done", "label+=x", "+x", "-x", "due=friday" as one change.
 * RC_INVALID names the field or the form.
 */
enum rc	change_parse(const char *text, struct change_list *l, struct err *err);

/*
 * Checks and normalises the value in place, to what the journal holds: "Bug" to
 * "bug", "friday" to YYYY-MM-DD, "2h" to seconds in decimal, a flag to "1" (or
 * NULL for no), a set to words separated by ",", text to NFC without
 * surrounding blanks; an unset value to NULL.  RC_INVALID says what is allowed.
 * Values of TICKET must be whole keys here, and like those of PERSON ("me") are
 * the app's to resolve before.
 */
enum rc	change_check(struct change *c, const struct workflow *wf, int64_t now,
	    struct err *err);

#endif
