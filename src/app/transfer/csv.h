/*
 * CSV as RFC 4180 has it, read from memory: quoted fields with doubled quotes
 * and line ends in them, CRLF or LF, a byte order mark, a missing last line
 * end.  Refuses a quote in the middle of a bare field, text behind a closing
 * quote, NUL bytes and invalid UTF-8, each by line and column.
 */
#ifndef NOTES_APP_CSV_H
#define NOTES_APP_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct csv {
	const char	*p, *end;
	const char	*text_start, *line_start;
	size_t		 line;		/* from 1; of the next record */
	size_t		 record_line;	/* of the record that was read */
	struct buf	 text;		/* the record's fields, NUL-ended */
	size_t		*at;		/* offsets of fields in text */
	size_t		 n, cap;
};

void	csv_init(struct csv *c, const char *text, size_t len);
void	csv_release(struct csv *c);

/* Reads one record; *more is false at the end.  Empty lines are passed over. */
enum rc	csv_read(struct csv *c, bool *more, struct err *err);
/* Field i of the record, "" when there are fewer; borrowed until the next. */
const char *csv_field(const struct csv *c, size_t i);

enum csv_guard {
	CSV_RAW,
	CSV_GUARDED		/* ' before what a spreadsheet would run */
};

/* Appends one field, quoted where it must be. */
void	csv_put(struct buf *out, const char *value, enum csv_guard guard);
/* The value without the guard that csv_put() set. */
const char *csv_unguard(const char *value);

#endif
