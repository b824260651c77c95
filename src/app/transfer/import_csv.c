#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "csv.h"
#include "import.h"

enum kind { COL_KEY, COL_FIELD, COL_CREATED, COL_UPDATED, COL_RESOLVED };

/* Columns by our own names, and by those of other trackers' exports. */
static const struct column {
	const char *name;
	enum kind kind;
	enum ticket_field field;
} columns[] = {
	{ "key", COL_KEY, TF_N },
	{ "issue key", COL_KEY, TF_N },
	{ "type", COL_FIELD, TF_TYPE },
	{ "issue type", COL_FIELD, TF_TYPE },
	{ "summary", COL_FIELD, TF_SUMMARY },
	{ "title", COL_FIELD, TF_SUMMARY },
	{ "status", COL_FIELD, TF_STATUS },
	{ "priority", COL_FIELD, TF_PRIORITY },
	{ "assignee", COL_FIELD, TF_ASSIGNEE },
	{ "reporter", COL_FIELD, TF_REPORTER },
	{ "component", COL_FIELD, TF_COMPONENT },
	{ "components", COL_FIELD, TF_COMPONENT },
	{ "component/s", COL_FIELD, TF_COMPONENT },
	{ "labels", COL_FIELD, TF_LABEL },
	{ "label", COL_FIELD, TF_LABEL },
	{ "description", COL_FIELD, TF_DESCRIPTION },
	{ "note", COL_FIELD, TF_NOTE },
	{ "release", COL_FIELD, TF_RELEASE },
	{ "releases", COL_FIELD, TF_RELEASE },
	{ "fix version", COL_FIELD, TF_RELEASE },
	{ "fix versions", COL_FIELD, TF_RELEASE },
	{ "fix version/s", COL_FIELD, TF_RELEASE },
	{ "found-in", COL_FIELD, TF_FOUND_IN },
	{ "affects version", COL_FIELD, TF_FOUND_IN },
	{ "affects versions", COL_FIELD, TF_FOUND_IN },
	{ "affects version/s", COL_FIELD, TF_FOUND_IN },
	{ "due", COL_FIELD, TF_DUE },
	{ "due date", COL_FIELD, TF_DUE },
	{ "resolution", COL_FIELD, TF_RESOLUTION },
	{ "created", COL_CREATED, TF_N },
	{ "updated", COL_UPDATED, TF_N },
	{ "resolved", COL_RESOLVED, TF_N },
};

#define COLUMNS_MAX 1024 /* exports have hundreds */

/* Of a first line that is told in a message. */
#define FOUND_MAX   8
#define FOUND_WIDTH 24

struct header {
	const struct column *col[COLUMNS_MAX]; /* NULL: left out */
	bool again[COLUMNS_MAX];               /* one more of a set */
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
is_set(const struct column *col)
{
	return col->kind == COL_FIELD &&
	    ticket_fields[col->field].kind == FIELD_SET;
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

static void
ignore(struct importing *im, const char *name)
{
	char *clean = utf8_clean_dup(name, UTF8_ONE_LINE);

	if (strv_has(&im->result->ignored, clean))
		free(clean);
	else
		strv_take(&im->result->ignored, clean);
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

		if (col != NULL && !is_set(col) &&
		    has_column(h, col->kind, col->field)) {
			/* A ticket has one; others' exports repeat it. */
			if (col->field != TF_COMPONENT)
				return err_set(err, RC_INVALID,
				    "the first line names \"%s\" twice",
				    col->name);
			col = NULL;
		}
		h->again[h->n] = col != NULL &&
		    has_column(h, col->kind, col->field);
		h->col[h->n++] = col;
		if (col == NULL)
			ignore(im, name);
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
	return import_date(value, out, err);
}

static enum rc
take_due(struct importing *im, struct import_row *row, const char *value,
    struct err *err)
{
	char day[11];
	int64_t due;
	enum rc rc = import_date(value, &due, err);

	if (rc != RC_OK)
		return rc;
	date_format_day(due, day);
	return import_value(im, row, TF_DUE, day, err);
}

/* All columns of one set, at the first of them.  Lists come with commas or
 * semicolons. */
static enum rc
take_set(struct importing *im, struct import_row *row, const struct csv *c,
    const struct header *h, size_t at, struct err *err)
{
	const enum ticket_field field = h->col[at]->field;
	struct buf list = BUF_INIT;
	enum rc rc = RC_OK;
	size_t i;

	for (i = at; i < h->n; i++) {
		const char *value = csv_unguard(csv_field(c, i));

		if (h->col[i] == NULL || h->col[i]->kind != COL_FIELD ||
		    h->col[i]->field != field || value[0] == '\0')
			continue;
		buf_puts(&list, list.len == 0 ? "" : ",");
		buf_puts(&list, value);
	}
	for (i = 0; i < list.len; i++)
		if (list.ptr[i] == ';')
			list.ptr[i] = ',';
	if (list.len > 0)
		rc = import_value(im, row, field, buf_str(&list), err);
	buf_release(&list);
	return rc;
}

static enum rc
take_field(struct importing *im, struct import_row *row,
    enum ticket_field field, const char *value, struct err *err)
{
	/* An empty cell says nothing, and so does this word. */
	if (value[0] == '\0' ||
	    (field == TF_RESOLUTION && strcasecmp(value, "unresolved") == 0))
		return RC_OK;
	if (field == TF_DUE)
		return take_due(im, row, value, err);
	return import_value(im, row, field, value, err);
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
	for (i = 0; i < h->n && rc == RC_OK; i++) {
		if (h->col[i] == NULL || h->again[i])
			continue;
		rc = is_set(h->col[i])
		    ? take_set(im, &row, c, h, i, err)
		    : take_cell(im, &row, h->col[i], csv_field(c, i), err);
	}
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
