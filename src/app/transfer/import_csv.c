#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "csv.h"
#include "import.h"

enum kind { COL_KEY, COL_FIELD, COL_CREATED, COL_UPDATED, COL_RESOLVED };

/* The columns that CLI.md names, and a few other words for them. */
static const struct column {
	const char *name;
	enum kind kind;
	enum ticket_field field;
} columns[] = {
	{ "key", COL_KEY, TF_N },
	{ "type", COL_FIELD, TF_TYPE },
	{ "summary", COL_FIELD, TF_SUMMARY },
	{ "title", COL_FIELD, TF_SUMMARY },
	{ "status", COL_FIELD, TF_STATUS },
	{ "priority", COL_FIELD, TF_PRIORITY },
	{ "assignee", COL_FIELD, TF_ASSIGNEE },
	{ "reporter", COL_FIELD, TF_REPORTER },
	{ "component", COL_FIELD, TF_COMPONENT },
	{ "labels", COL_FIELD, TF_LABEL },
	{ "label", COL_FIELD, TF_LABEL },
	{ "description", COL_FIELD, TF_DESCRIPTION },
	{ "note", COL_FIELD, TF_NOTE },
	{ "release", COL_FIELD, TF_RELEASE },
	{ "releases", COL_FIELD, TF_RELEASE },
	{ "resolution", COL_FIELD, TF_RESOLUTION },
	{ "created", COL_CREATED, TF_N },
	{ "updated", COL_UPDATED, TF_N },
	{ "resolved", COL_RESOLVED, TF_N },
};

#define COLUMNS_MAX 64

/* Of a first line that is told in a message. */
#define FOUND_MAX   8
#define FOUND_WIDTH 24

struct header {
	const struct column *col[COLUMNS_MAX]; /* NULL: left out */
	size_t n;
};

/* By its name, blanks around it or not. */
static const struct column *
find_column(const char *name)
{
	size_t i, len;

	name += strspn(name, " \t");
	len = strlen(name);
	while (len > 0 && (name[len - 1] == ' ' || name[len - 1] == '\t'))
		len--;
	for (i = 0; i < sizeof columns / sizeof columns[0]; i++)
		if (strncasecmp(columns[i].name, name, len) == 0 &&
		    columns[i].name[len] == '\0')
			return &columns[i];
	return NULL;
}

static bool
has_column(const struct header *h, enum kind kind, enum ticket_field field)
{
	size_t i;

	for (i = 0; i < h->n; i++)
		if (h->col[i] != NULL && h->col[i]->kind == kind &&
		    h->col[i]->field == field)
			return true;
	return false;
}

/* Names that the first line has, for somebody who must change it. */
static enum rc
lacks_columns(const struct csv *c, struct err *err)
{
	struct buf found = BUF_INIT;
	size_t i;

	for (i = 0; i < c->n && i < FOUND_MAX; i++) {
		const char *name = csv_field(c, i);

		buf_puts(&found, i == 0 ? "" : ", ");
		utf8_clean(&found, name,
		    utf8_fit(name, strlen(name), FOUND_WIDTH, NULL),
		    UTF8_ONE_LINE);
	}
	err_set(err, RC_INVALID,
	    "the first line must name the columns key, type and summary "
	    "(found: %s%s)",
	    buf_str(&found), c->n > FOUND_MAX ? ", ..." : "");
	buf_release(&found);
	return RC_INVALID;
}

static enum rc
read_header(struct importing *im, struct csv *c, struct header *h,
    struct err *err)
{
	bool more;
	enum rc rc = csv_read(c, &more, err);
	size_t i;

	if (rc != RC_OK)
		return rc;
	if (!more)
		return err_set(err, RC_INVALID,
		    "the file is empty (its first line must name the columns: "
		    "key,type,summary)");
	if (c->n > COLUMNS_MAX)
		return err_set(err, RC_INVALID,
		    "%zu columns are too many (at most %d)", c->n, COLUMNS_MAX);
	for (i = 0; i < c->n; i++) {
		const char *name = csv_field(c, i);
		const struct column *col = find_column(name);

		if (col != NULL && has_column(h, col->kind, col->field))
			return err_set(err, RC_INVALID,
			    "the first line names \"%s\" twice", col->name);
		h->col[h->n++] = col;
		if (col == NULL)
			strv_take(&im->result->ignored,
			    utf8_clean_dup(name, UTF8_ONE_LINE));
	}
	if (has_column(h, COL_KEY, TF_N) && has_column(h, COL_FIELD, TF_TYPE) &&
	    has_column(h, COL_FIELD, TF_SUMMARY))
		return RC_OK;
	return lacks_columns(c, err);
}

static enum rc
take_time(int64_t *out, const char *value, struct err *err)
{
	if (value[0] == '\0')
		return RC_OK;
	return date_parse(value, true, date_now(), out, err);
}

/* Lists come with commas or semicolons. */
static char *
list_value(const char *value)
{
	char *copy = mem_strdup(value), *p;

	for (p = copy; *p != '\0'; p++)
		if (*p == ';')
			*p = ',';
	return copy;
}

static enum rc
take_field(struct importing *im, struct import_row *row,
    enum ticket_field field, const char *value, struct err *err)
{
	char *list;
	enum rc rc;

	/* An empty cell says nothing. */
	if (value[0] == '\0')
		return RC_OK;
	if (ticket_fields[field].kind != FIELD_SET)
		return import_value(im, row, field, value, err);
	list = list_value(value);
	rc = import_value(im, row, field, list, err);
	free(list);
	return rc;
}

static enum rc
take_cell(struct importing *im, struct import_row *row,
    const struct column *col, const char *cell, struct err *err)
{
	const char *value = csv_unguard(cell);

	switch (col->kind) {
	case COL_KEY:
		if (!ticket_key_parse(value, strlen(value), &row->key))
			return err_set(err, RC_INVALID,
			    "\"%.60s\" is no key (write NOTE-12)", value);
		return import_check_prefix(im, &row->key, err);
	case COL_FIELD:
		return take_field(im, row, col->field, value, err);
	case COL_CREATED:
		return take_time(&row->created, value, err);
	case COL_UPDATED:
		return take_time(&row->updated, value, err);
	case COL_RESOLVED:
		return take_time(&row->resolved, value, err);
	}
	return RC_OK;
}

static enum rc
take_record(struct importing *im, const struct csv *c, const struct header *h,
    struct err *err)
{
	struct import_row row = { .line = c->record_line,
		.created = DATE_NONE,
		.updated = DATE_NONE,
		.resolved = DATE_NONE };
	enum rc rc = RC_OK;
	size_t i;

	if (c->n > h->n)
		rc = err_set(err, RC_INVALID,
		    "%zu fields, but the first line names %zu", c->n, h->n);
	for (i = 0; i < h->n && rc == RC_OK; i++)
		if (h->col[i] != NULL)
			rc = take_cell(im, &row, h->col[i], csv_field(c, i),
			    err);
	if (rc == RC_OK)
		rc = import_row_put(im, &row, err);
	if (rc != RC_OK)
		err_prefix(err, "line %zu", c->record_line);
	import_row_release(&row);
	return rc;
}

enum rc
import_csv(struct importing *im, const char *text, size_t len, struct err *err)
{
	struct header h = { .n = 0 };
	struct csv c;
	bool more = true;
	enum rc rc;

	csv_init(&c, text, len);
	rc = read_header(im, &c, &h, err);
	while (rc == RC_OK) {
		rc = csv_read(&c, &more, err);
		if (rc != RC_OK || !more)
			break;
		rc = take_record(im, &c, &h, err);
		if ((++im->done & 1023) == 0) {
			app_tell(im->app, "importing", (int64_t)(c.p - text),
			    (int64_t)len);
			if (app_stopped(im->app))
				rc = err_set(err, RC_STOPPED,
				    "import stopped: nothing was changed");
		}
	}
	csv_release(&c);
	return rc;
}
