#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "import_json.h"

#define SECONDS_MAX INT64_C(1000000000000)

/* Members of a ticket that are fields by another name or form. */
static const struct member {
	const char *name;
	enum ticket_field field;
} members[] = {
	{ "type", TF_TYPE },
	{ "status", TF_STATUS },
	{ "resolution", TF_RESOLUTION },
	{ "priority", TF_PRIORITY },
	{ "summary", TF_SUMMARY },
	{ "assignee", TF_ASSIGNEE },
	{ "reporter", TF_REPORTER },
	{ "component", TF_COMPONENT },
	{ "labels", TF_LABEL },
	{ "releases", TF_RELEASE },
	{ "found_in", TF_FOUND_IN },
	{ "note", TF_NOTE },
	{ "description", TF_DESCRIPTION },
	{ "due", TF_DUE },
	{ "estimate", TF_ESTIMATE },
	{ "spent", TF_SPENT },
	{ "no_note", TF_NO_NOTE },
	{ "rank", TF_RANK },
	/* Settled once every ticket is there. */
	{ "key", TF_N },
	{ "parent", TF_N },
	{ "relations", TF_N },
	{ "comments", TF_N },
	{ "links", TF_N },
	{ "unlinked", TF_N },
	{ "created", TF_N },
	{ "updated", TF_N },
	{ "resolved", TF_N },
	/* What "notes list --json" adds. */
	{ "category", TF_N },
	{ "commits", TF_N },
};

/* NULL when there is something else than texts in it. */
static char *
array_text(const json_t *a)
{
	struct buf out = BUF_INIT;
	size_t i;

	for (i = 0; i < json_array_size(a); i++) {
		const char *s = json_string_value(json_array_get(a, i));

		if (s == NULL) {
			buf_release(&out);
			return NULL;
		}
		buf_printf(&out, "%s%s", out.len > 0 ? "," : "", s);
	}
	return buf_detach(&out);
}

/* The value as it would be typed, "" for none; NULL when it is of no use. */
static char *
member_text(const struct member *m, const json_t *value)
{
	enum field_kind kind = ticket_fields[m->field].kind;

	if (json_is_null(value))
		return mem_strdup("");
	if (json_is_array(value) && kind == FIELD_SET)
		return array_text(value);
	if (json_is_boolean(value) && kind == FIELD_FLAG)
		return mem_strdup(json_is_true(value) ? "1" : "0");
	/* Days are written as times, as all times are. */
	if (json_is_string(value) && kind == FIELD_DATE)
		return mem_strndup(json_string_value(value), 10);
	return json_is_string(value) ? mem_strdup(json_string_value(value))
				     : NULL;
}

/* Spans are whole seconds, which no span as typed can tell. */
static enum rc
take_seconds(struct import_row *row, enum ticket_field field,
    const json_t *value, struct err *err)
{
	char text[32];

	if (json_integer_value(value) < 0 ||
	    json_integer_value(value) > SECONDS_MAX)
		return err_set(err, RC_INVALID,
		    "%s is not a number of seconds that can be",
		    ticket_fields[field].name);
	snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT,
	    json_integer_value(value));
	change_push(&row->changes, CHANGE_SET, field, text);
	return RC_OK;
}

static enum rc
take_member(struct importing *im, struct import_row *row, const char *name,
    const json_t *value, struct err *err)
{
	const struct member *m = NULL;
	enum rc rc = RC_OK;
	char *text;
	size_t i;

	for (i = 0; m == NULL && i < sizeof members / sizeof members[0]; i++)
		if (strcmp(members[i].name, name) == 0)
			m = &members[i];
	if (m == NULL) {
		text = utf8_clean_dup(name, UTF8_ONE_LINE);
		if (strv_has(&im->result->ignored, text))
			free(text);
		else
			strv_take(&im->result->ignored, text);
		return RC_OK;
	}
	if (m->field == TF_N)
		return RC_OK;
	if (json_is_integer(value) &&
	    ticket_fields[m->field].kind == FIELD_SPAN)
		return take_seconds(row, m->field, value, err);
	if ((text = member_text(m, value)) == NULL)
		return err_set(err, RC_INVALID,
		    "\"%s\" is of the wrong kind (text, or a list of texts)",
		    name);
	if (text[0] != '\0')
		rc = import_value(im, row, m->field, text, err);
	free(text);
	return rc;
}

enum rc
import_json_time(const json_t *o, const char *name, int64_t *out,
    struct err *err)
{
	const json_t *value = json_object_get(o, name);
	enum rc rc;

	*out = DATE_NONE;
	if (value == NULL || json_is_null(value))
		return RC_OK;
	if (!json_is_string(value))
		return err_set(err, RC_INVALID, "\"%s\" is not a time", name);
	rc = date_parse(json_string_value(value), true, 0, out, err);
	if (rc != RC_OK)
		err_prefix(err, "%s", name);
	return rc;
}

enum rc
import_json_append(struct importing *im, struct event *ev, struct err *err)
{
	enum rc rc = store_append(im->app->store, ev, err);

	if (rc == RC_OK && im->group == 0 && ev->n != 0)
		im->group = ev->n;
	im->appended += rc == RC_OK && ev->n != 0;
	event_release(ev);
	return rc;
}

static enum rc
take_times(struct import_row *row, const json_t *o, struct err *err)
{
	enum rc rc;

	if ((rc = import_json_time(o, "created", &row->created, err)) !=
		RC_OK ||
	    (rc = import_json_time(o, "updated", &row->updated, err)) != RC_OK)
		return rc;
	return import_json_time(o, "resolved", &row->resolved, err);
}

static enum rc
take_ticket(struct importing *im, const json_t *o, struct err *err)
{
	struct import_row row = { .exact = im->exact };
	const char *key = json_get_text(o, "key"), *name;
	const json_t *value;
	enum rc rc;

	if (key == NULL || !ticket_key_parse(key, strlen(key), &row.key))
		return err_set(err, RC_INVALID,
		    "ticket %" PRId64 " has no key (\"key\": \"NOTE-12\")",
		    im->done + 1);
	if ((rc = import_check_prefix(im, &row.key, err)) != RC_OK)
		return err_prefix(err, "%s", key);
	rc = take_times(&row, o, err);
	json_object_foreach((json_t *)(uintptr_t)o, name, value)
	{
		if (rc != RC_OK)
			break;
		rc = take_member(im, &row, name, value, err);
	}
	if (rc == RC_OK)
		rc = import_row_put(im, &row, err);
	if (rc != RC_OK)
		err_prefix(err, "%s", key);
	import_row_release(&row);
	return rc;
}

static enum rc
each(struct importing *im, const json_t *list,
    enum rc (*take)(struct importing *im, const json_t *o, struct err *err),
    struct err *err)
{
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; rc == RC_OK && i < json_array_size(list); i++)
		rc = take(im, json_array_get(list, i), err);
	return rc;
}

enum rc
import_json(struct importing *im, const char *text, size_t len, struct err *err)
{
	json_t *root = NULL;
	const json_t *tickets;
	enum rc rc;
	size_t i;

	if ((rc = json_parse(text, len, &root, err)) != RC_OK)
		return rc;
	/* An array alone is what "notes list --json" prints. */
	tickets = json_is_array(root) ? root : json_object_get(root, "tickets");
	if (!json_is_array(tickets)) {
		rc = err_set(err, RC_INVALID,
		    "no tickets in it (an array, or an object with "
		    "\"tickets\")");
		goto out;
	}
	im->exact = json_is_object(root);
	if ((rc = each(im, json_object_get(root, "releases"),
		 import_json_release, err)) != RC_OK)
		goto out;
	for (i = 0; rc == RC_OK && i < json_array_size(tickets); i++) {
		rc = take_ticket(im, json_array_get(tickets, i), err);
		if ((++im->done & 1023) == 0)
			app_tell(im->app, "importing", im->done,
			    (int64_t)json_array_size(tickets));
	}
	if (rc == RC_OK)
		rc = each(im, tickets, import_json_around, err);
	if (rc == RC_OK)
		rc = each(im, json_object_get(root, "builds"),
		    import_json_build, err);
out:
	json_decref(root);
	return rc;
}
