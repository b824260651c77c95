/* A filter's tree as a condition on "ticket t". */
#ifndef NOTES_STORE_FILTER_SQL_H
#define NOTES_STORE_FILTER_SQL_H

#include <stdbool.h>

#include "model/filter.h"
#include "store/file/sql.h"

enum filter_sense { FILTER_AS_IS, FILTER_NEGATED };

/* Appends the condition; it is never NULL. */
enum rc	filter_sql(struct store *st, const struct filter *f,
	    enum filter_sense sense, struct sql *out, struct err *err);

/* " = ?", " IN (?,...)", or a range for "begins with". */
void	filter_sql_compare(const struct filter *f, const char *column,
	    struct sql *out);
/* The condition of a key term on columns prefix and number of alias. */
void	filter_sql_key(const struct filter *f, const char *alias,
	    struct sql *out);
/* The ULID of the ticket of which a key is. */
void	filter_sql_parent(const struct filter *f, const char *column,
	    struct sql *out);

/*
 * Appends the FTS5 query of a TEXT or summary MATCH term; nothing when there
 * is no word in it.
 */
enum rc	filter_sql_match(struct store *st, const struct filter *f,
	    struct buf *out, struct err *err);

/* What holds the values of a set: "label" for FF_LABEL; NULL if it is none. */
const char *filter_sql_set_table(enum filter_field field);
/* The column of a plain field, "assignee"; NULL if it has none. */
const char *filter_sql_column(enum filter_field field);

/* True if the tree asks for deleted tickets anywhere. */
bool	filter_wants_deleted(const struct filter *f);

/* The time before which a day that is due lies behind. */
int64_t	filter_overdue_before(void);

#endif
