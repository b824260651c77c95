/* SQL that is put together, with its values: values are always bound. */
#ifndef NOTES_STORE_SQL_H
#define NOTES_STORE_SQL_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct store;

struct sql {
	struct buf	 text;
	struct sql_value {
		char	*text;		/* owned; NULL: a number */
		int64_t	 number;
	}	*v;
	size_t		 n, cap;
};

/* Appends SQL, which must not hold text of others. */
void	sql_puts(struct sql *s, const char *text);
/* Appends "?" and the value that is bound to it; text is copied. */
void	sql_text(struct sql *s, const char *value);
void	sql_int(struct sql *s, int64_t value);
/* Appends all of another. */
void	sql_append(struct sql *s, const struct sql *other);
void	sql_release(struct sql *s);

/* Prepares and binds; s must stay until db_finish(). */
enum rc	sql_prepare(struct store *st, const struct sql *s, sqlite3_stmt **out,
	    struct err *err);

#endif
