/* Import and export. */
#ifndef NOTES_APP_TRANSFER_H
#define NOTES_APP_TRANSFER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/strv.h"
#include "model/filter.h"

struct app;

struct import_result {
	int64_t		created, updated, unchanged;
	struct strv	ignored;	/* unknown columns */
	struct strv	warnings;	/* clean lines, at most 20 */
};

/*
 * Reads tickets from a file ("-": standard input); format NULL: by the file's
 * name and first bytes.  CSV is RFC 4180 with a header; JSON is what export
 * writes.  All or nothing: an error names line and column and nothing is
 * changed.  Doing it twice changes nothing the second time.
 */
enum rc	app_import(struct app *a, const char *path, const char *format,
	    struct import_result *out, struct err *err);
void	import_result_release(struct import_result *r);

enum export_format { EXPORT_CSV, EXPORT_JSON };

/*
 * Writes all tickets that match (NULL: all), by key.  CSV guards cells that a
 * spreadsheet would run (= + - @ TAB CR get a leading ') unless raw. JSON holds
 * comments, relations, releases and builds as well, in an order that is stable,
 * so that the file is fit for version control.
 */
enum rc	app_export(struct app *a, enum export_format format,
	    const struct filter *f, bool raw, FILE *out, struct err *err);

#endif
