#include "import.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "app/changes.h"
#include "store/release.h"
#include "store/ticket.h"

#define WARNINGS_MAX 20

void
import_row_release(struct import_row *row)
{
	change_list_release(&row->changes);
	*row = (struct import_row){ .line = 0 };
}

void
import_result_release(struct import_result *r)
{
	strv_release(&r->ignored);
	strv_release(&r->warnings);
	*r = (struct import_result){ 0 };
}

static void
put_time(struct event *ev, const char *name, int64_t t)
{
	char text[32];

	if (t == DATE_NONE)
		return;
	snprintf(text, sizeof text, "%" PRId64, t);
	event_put(ev, name, text);
}

static bool
says(const struct import_row *row, enum ticket_field f)
{
	size_t i;

	for (i = 0; i < row->changes.n; i++)
		if (row->changes.v[i].field == f)
			return true;
	return false;
}

static void
fill_in(const struct importing *im, struct import_row *row)
{
	const struct status *first = workflow_first(&im->app->workflow,
	    CATEGORY_TODO);

	if (!says(row, TF_TYPE))
		change_push(&row->changes, CHANGE_SET, TF_TYPE, "task");
	if (!says(row, TF_STATUS) && first != NULL)
		change_push(&row->changes, CHANGE_SET, TF_STATUS, first->name);
	if (!says(row, TF_PRIORITY))
		change_push(&row->changes, CHANGE_SET, TF_PRIORITY, "medium");
}

/*
 * What was done before it came here was not done now: where the file does not
 * say when, the last change is the nearest that is known.
 */
static int64_t
resolved_of(const struct import_row *row, const struct event *ev)
{
	const char *category = event_get(ev, "category");

	if (row->resolved != DATE_NONE || category == NULL ||
	    strcmp(category, category_name(CATEGORY_DONE)) != 0)
		return row->resolved;
	return row->updated;
}

static enum rc
row_make(struct importing *im, struct import_row *row, struct err *err)
{
	const struct ticket nothing = { .due = DATE_NONE };
	char key[TICKET_KEY_MAX];
	struct event ev;
	enum rc rc;
	size_t i, k;

	fill_in(im, row);
	ticket_key_format(&row->key, key);
	app_event_init(im->app, &ev, EVENT_TICKET, NULL, im->group, NULL);
	event_put(&ev, "key", key);
	rc = changes_put(im->app, &ev, &nothing, &row->changes, err);
	if (rc != RC_OK) {
		event_release(&ev);
		return rc;
	}
	for (i = 0; i < row->changes.n; i++) {
		const struct change *c = &row->changes.v[i];
		struct strv words = STRV_INIT;

		if (ticket_fields[c->field].kind != FIELD_SET)
			continue;
		changes_split(c->value, &words);
		for (k = 0; k < words.n; k++)
			event_put(&ev, ticket_fields[c->field].name,
			    words.v[k]);
		strv_release(&words);
	}
	put_time(&ev, "created", row->created);
	put_time(&ev, "updated", row->updated);
	put_time(&ev, "resolved", resolved_of(row, &ev));
	if ((rc = app_event_append(im->app, &ev, &im->group, err)) == RC_OK) {
		im->result->created++;
		import_keys_mark(&im->keys, &row->key, IMPORT_MADE);
	}
	return rc;
}

static enum rc
twice(const struct ticket_key *key, struct err *err)
{
	char text[TICKET_KEY_MAX];

	ticket_key_format(key, text);
	return err_set(err, RC_INVALID,
	    "%s stands in it twice, with different values (take one out)",
	    text);
}

static const char *
summary_of(const struct import_row *row)
{
	return change_value(&row->changes, TF_SUMMARY);
}

/*
 * Two people who each made a ticket gave them one key: a ticket's making has
 * one time, in every export.  The one that is here stays.
 */
static bool
is_another(struct importing *im, const struct import_row *row,
    const struct ticket *t)
{
	char key[TICKET_KEY_MAX];

	if (!row->exact || row->created == DATE_NONE ||
	    row->created == t->created)
		return false;
	ticket_key_format(&row->key, key);
	import_warn(im,
	    mem_printf("%s is another ticket here (\"%s\"): that of the file "
		       "(\"%s\") was left out; give one of them another key",
		key, t->summary, summary_of(row)));
	import_keys_mark(&im->keys, &row->key, IMPORT_OTHER);
	im->result->unchanged++;
	return true;
}

/* An older file goes over what was done here since; that is told. */
static void
tell_older(struct importing *im, const struct import_row *row,
    const struct ticket *t)
{
	char key[TICKET_KEY_MAX];

	if (!row->exact || row->updated == DATE_NONE ||
	    t->updated <= row->updated)
		return;
	ticket_key_format(&row->key, key);
	import_warn(im,
	    mem_printf("%s was changed here after the file was written, and "
		       "is as in the file now (notes undo takes the import "
		       "back)",
		key));
}

enum rc
import_row_put(struct importing *im, struct import_row *row, struct err *err)
{
	struct ticket t = { 0 };
	struct err quiet = ERR_INIT;
	bool changed, first = import_keys_add(&im->keys, &row->key);
	enum rc rc;

	if (row->exact && row->resolved != DATE_NONE &&
	    !says(row, TF_RESOLUTION))
		change_push(&row->changes, CHANGE_SET, TF_RESOLUTION, NULL);
	/* An empty tracker has none, unless of a prefix that is no more. */
	if (im->fresh && first) {
		rc = row_make(im, row, err);
		if (rc != RC_EXISTS)
			return rc;
		err_clear(err);
	}
	rc = store_ticket_find(im->app->store, &row->key, TICKET_ROW, &t,
	    &quiet);
	if (rc == RC_NOT_FOUND)
		return row_make(im, row, err);
	if (rc != RC_OK) {
		if (err != NULL)
			*err = quiet;
		return rc;
	}
	if (is_another(im, row, &t)) {
		ticket_release(&t);
		return RC_OK;
	}
	rc = app_changes_apply(im->app, t.id, &row->changes, NULL, &im->group,
	    &changed, err);
	/* Else a second import would set it back and forth again. */
	if (rc == RC_OK && changed && !first)
		rc = twice(&row->key, err);
	if (changed) {
		tell_older(im, row, &t);
		import_keys_mark(&im->keys, &row->key, IMPORT_CHANGED);
		im->result->updated++;
	} else {
		im->result->unchanged++;
	}
	ticket_release(&t);
	return rc;
}

void
import_warn(struct importing *im, char *text)
{
	if (im->result->warnings.n < WARNINGS_MAX)
		strv_take(&im->result->warnings,
		    utf8_clean_dup(text, UTF8_ONE_LINE));
	free(text);
}

/* Other trackers have labels of several words. */
static void
join_words(char *labels)
{
	for (; *labels != '\0'; labels++)
		if (*labels == ' ')
			*labels = '-';
}

static enum rc
check_labels(const char *list, struct err *err)
{
	struct strv words = STRV_INIT;
	enum rc rc = RC_OK;
	size_t i;

	changes_split(list, &words);
	for (i = 0; i < words.n && rc == RC_OK; i++)
		rc = changes_check_label(words.v[i], err);
	strv_release(&words);
	return rc;
}

static struct import_memo *
memo_of(struct importing *im, enum ticket_field field, const char *value)
{
	uint32_t h = UINT32_C(2166136261) ^ (uint32_t)field;

	for (; *value != '\0'; value++)
		h = (h ^ (unsigned char)*value) * UINT32_C(16777619);
	return &im->memo[(h ^ h >> 16) % IMPORT_MEMOS];
}

static void
memo_release(struct importing *im)
{
	size_t i;

	for (i = 0; i < IMPORT_MEMOS; i++) {
		free(im->memo[i].raw);
		free(im->memo[i].value);
	}
}

static enum rc
check_value(struct importing *im, struct change *c, struct err *err)
{
	enum rc rc = change_check(c, &im->app->workflow, 0, err);

	if (rc != RC_OK || c->value == NULL)
		return rc;
	if (c->field == TF_LABEL) {
		join_words(c->value);
		return check_labels(c->value, err);
	}
	if (c->field == TF_RELEASE || c->field == TF_FOUND_IN)
		return import_releases(im, c->value, err);
	return RC_OK;
}

enum rc
import_value(struct importing *im, struct import_row *row,
    enum ticket_field field, const char *value, struct err *err)
{
	enum field_kind kind = ticket_fields[field].kind;
	struct import_memo *m = NULL;
	struct change *c;
	enum rc rc;

	if (kind != FIELD_TEXT && kind != FIELD_BODY)
		m = memo_of(im, field, value);
	if (m != NULL && m->raw != NULL && m->field == field &&
	    strcmp(m->raw, value) == 0) {
		change_push(&row->changes, CHANGE_SET, field, m->value);
		return RC_OK;
	}
	change_push(&row->changes, CHANGE_SET, field, value);
	c = &row->changes.v[row->changes.n - 1];
	if ((rc = check_value(im, c, err)) == RC_OK && m != NULL) {
		m->field = field;
		mem_replace(&m->raw, value);
		mem_replace(&m->value, c->value);
	}
	return rc;
}

static enum rc
make_release(struct importing *im, const char *version, struct err *err)
{
	struct event ev;
	enum rc rc;

	if ((rc = app_version_check(version, err)) != RC_OK)
		return rc;
	app_event_init(im->app, &ev, EVENT_RELEASE, NULL, im->group, NULL);
	event_put(&ev, "version", version);
	event_put(&ev, "state", release_state_name(RELEASE_PLANNED));
	strv_push(&im->releases, version);
	return app_event_append(im->app, &ev, &im->group, err);
}

enum rc
import_releases(struct importing *im, const char *list, struct err *err)
{
	struct strv words = STRV_INIT;
	enum rc rc = RC_OK;
	size_t i;

	changes_split(list, &words);
	for (i = 0; i < words.n && rc == RC_OK; i++)
		if (!strv_has(&im->releases, words.v[i]))
			rc = make_release(im, words.v[i], err);
	strv_release(&words);
	return rc;
}

static enum rc
load_releases(struct importing *im, struct err *err)
{
	struct release_list list = { 0 };
	enum rc rc = store_releases(im->app->store, &list, err);
	size_t i;

	for (i = 0; rc == RC_OK && i < list.n; i++)
		strv_push(&im->releases, list.v[i].version);
	release_list_release(&list);
	return rc;
}

static enum rc
is_fresh(struct importing *im, struct err *err)
{
	int64_t n;
	uint32_t number = 0;
	enum rc rc;
	size_t i;

	rc = store_ticket_count(im->app->store, NULL, 1, &n, err);
	im->fresh = rc == RC_OK && n == 0;
	/* Deleted tickets are not counted, but their numbers are taken. */
	for (i = 0; rc == RC_OK && i < im->app->prefixes.n; i++) {
		rc = store_ticket_highest(im->app->store,
		    im->app->prefixes.v[i], &number, err);
		im->fresh = im->fresh && number == 0;
	}
	return rc;
}

enum shape { SHAPE_CSV, SHAPE_JSON, SHAPE_NONE };

static enum shape
shape_of(const char *path, const char *format, const struct buf *text)
{
	const char *dot = strrchr(path, '.');
	size_t i = 0;

	if (format != NULL)
		return strcmp(format, "csv") == 0 ? SHAPE_CSV
		    : strcmp(format, "json") == 0 ? SHAPE_JSON
						  : SHAPE_NONE;
	if (dot != NULL && strcasecmp(dot, ".csv") == 0)
		return SHAPE_CSV;
	if (dot != NULL && strcasecmp(dot, ".json") == 0)
		return SHAPE_JSON;
	while (i < text->len && strchr(" \t\r\n", text->ptr[i]) != NULL)
		i++;
	return i < text->len && (text->ptr[i] == '{' || text->ptr[i] == '[')
	    ? SHAPE_JSON
	    : SHAPE_CSV;
}

static enum rc
import_all(struct importing *im, enum shape shape, const struct buf *text,
    struct err *err)
{
	struct store *st = im->app->store;
	enum rc rc;

	if ((rc = load_releases(im, err)) != RC_OK ||
	    (rc = is_fresh(im, err)) != RC_OK ||
	    (rc = store_bulk_begin(st, err)) != RC_OK)
		return rc;
	rc = shape == SHAPE_CSV
	    ? import_csv(im, buf_str(text), text->len, err)
	    : import_json(im, buf_str(text), text->len, err);
	return rc == RC_OK ? store_bulk_end(st, err) : rc;
}

enum rc
app_import(struct app *a, const char *path, const char *format,
    struct import_result *out, struct err *err)
{
	struct importing im = { .app = a, .result = out };
	struct buf text = BUF_INIT;
	enum shape shape;
	enum rc rc;

	*out = (struct import_result){ 0 };
	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = fs_read(path, 0, &text, err)) != RC_OK)
		goto out;
	shape = shape_of(path, format, &text);
	if (shape == SHAPE_NONE) {
		rc = err_set(err, RC_USAGE,
		    "no format %s to import (there are: csv, json)", format);
		goto out;
	}
	if ((rc = store_begin(a->store, err)) != RC_OK)
		goto out;
	if ((rc = import_all(&im, shape, &text, err)) == RC_OK &&
	    (rc = scan_forget_releases(a, err)) == RC_OK)
		rc = store_commit(a->store, err);
	else
		store_rollback(a->store);
	if (rc != RC_OK && strcmp(path, "-") != 0)
		err_prefix(err, "%s", path);
out:
	if (rc != RC_OK)
		import_result_release(out);
	strv_release(&im.releases);
	import_keys_release(&im.keys);
	memo_release(&im);
	buf_release(&text);
	return rc;
}
