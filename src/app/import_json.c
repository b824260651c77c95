#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "base/mem.h"
#include "changes.h"
#include "import.h"
#include "store/release.h"
#include "store/ticket.h"

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
	/* Settled once every ticket is there. */
	{ "key", TF_N },
	{ "parent", TF_N },
	{ "relations", TF_N },
	{ "comments", TF_N },
	{ "created", TF_N },
	{ "updated", TF_N },
	{ "resolved", TF_N },
	/* What "notes list --json" adds. */
	{ "category", TF_N },
	{ "commits", TF_N },
};

static char *
array_text(const json_t *a)
{
	struct buf out = BUF_INIT;
	size_t i;

	for (i = 0; i < json_array_size(a); i++) {
		const char *s = json_string_value(json_array_get(a, i));

		if (s != NULL)
			buf_printf(&out, "%s%s", out.len > 0 ? "," : "", s);
	}
	return buf_detach(&out);
}

/* The value as it would be typed; NULL when it is none. */
static char *
member_text(const struct member *m, const json_t *value)
{
	char span[32];

	if (json_is_array(value))
		return array_text(value);
	if (json_is_true(value))
		return mem_strdup("1");
	if (json_is_integer(value)) {
		if (ticket_fields[m->field].kind != FIELD_SPAN)
			return NULL;
		date_format_span(json_integer_value(value), span);
		return mem_strdup(span);
	}
	if (json_is_string(value) && m->field == TF_DUE)
		return mem_strndup(json_string_value(value), 10);
	return mem_strdup(json_string_value(value));
}

static enum rc
take_member(struct importing *im, struct import_row *row, const char *name,
    const json_t *value, struct err *err)
{
	struct change *c;
	char *text;
	enum rc rc;
	size_t i;

	for (i = 0; i < sizeof members / sizeof members[0]; i++)
		if (strcmp(members[i].name, name) == 0)
			break;
	if (i == sizeof members / sizeof members[0]) {
		if (!strv_has(&im->result->ignored, name))
			strv_push(&im->result->ignored, name);
		return RC_OK;
	}
	if (members[i].field == TF_N)
		return RC_OK;
	text = member_text(&members[i], value);
	if (text == NULL || text[0] == '\0') {
		free(text);
		return RC_OK;
	}
	change_push(&row->changes, CHANGE_SET, members[i].field, text);
	free(text);
	c = &row->changes.v[row->changes.n - 1];
	rc = change_check(c, &im->app->workflow, 0, err);
	if (rc == RC_OK && (c->field == TF_RELEASE || c->field == TF_FOUND_IN))
		rc = import_releases(im, c->value, err);
	return rc;
}

static int64_t
time_of(const json_t *o, const char *name)
{
	const char *text = json_get_text(o, name);
	int64_t t;

	if (text == NULL || date_parse(text, true, 0, &t, NULL) != RC_OK)
		return DATE_NONE;
	return t;
}

static enum rc
take_ticket(struct importing *im, const json_t *o, struct err *err)
{
	struct import_row row = { .created = time_of(o, "created"),
		.updated = time_of(o, "updated"),
		.resolved = time_of(o, "resolved") };
	const char *key = json_get_text(o, "key"), *name;
	const json_t *value;
	enum rc rc = RC_OK;

	if (key == NULL || !ticket_key_parse(key, strlen(key), &row.key))
		return err_set(err, RC_INVALID,
		    "ticket %" PRId64 " has no key (\"key\": \"NOTE-12\")",
		    im->done + 1);
	if (!strv_has(&im->app->prefixes, row.key.prefix))
		return err_set(err, RC_INVALID,
		    "%s: its prefix is not one of this tracker (add it with: "
		    "notes config prefix)",
		    key);
	json_object_foreach((json_t *)(uintptr_t)o, name, value)
	{
		rc = take_member(im, &row, name, value, err);
		if (rc != RC_OK)
			break;
	}
	if (rc == RC_OK)
		rc = import_row_put(im, &row, err);
	if (rc != RC_OK)
		err_prefix(err, "%s", key);
	import_row_release(&row);
	return rc;
}

/* ---- what hangs on tickets, once all are there ---- */

static enum rc
find(struct importing *im, const char *key, struct ticket *out, struct err *err)
{
	struct ticket_key k;

	if (key == NULL || !ticket_key_parse(key, strlen(key), &k))
		return err_set(err, RC_INVALID, "\"%.60s\" is no key", key);
	return store_ticket_find(im->app->store, &k, TICKET_ROW, out, err);
}

static enum rc
take_relation(struct importing *im, const struct ticket *t, const json_t *r,
    struct err *err)
{
	const char *name = json_get_text(r, "name");
	int at = name == NULL ? -1 : named_find(relations, relations_n, name);
	struct ticket other = { 0 };
	struct event ev;
	enum rc rc;

	if (at < 0)
		return err_set(err, RC_INVALID, "no relation \"%s\"",
		    name == NULL ? "" : name);
	rc = find(im, json_get_text(r, "key"), &other, err);
	if (rc != RC_OK)
		return rc;
	app_event_init(im->app, &ev, EVENT_ADD, &t->ulid, im->group, NULL);
	event_put(&ev, relations[at].name, other.ulid.s);
	rc = app_event_append(im->app, &ev, &im->group, err);
	ticket_release(&other);
	return rc;
}

static bool
has_comment(const struct comment_list *list, const char *id)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (strcmp(list->v[i].ulid.s, id) == 0)
			return true;
	return false;
}

static enum rc
take_comment(struct importing *im, const struct ticket *t,
    const struct comment_list *have, const json_t *c, struct err *err)
{
	const char *id = json_get_text(c, "id");
	const char *text = json_get_text(c, "text");
	const char *author = json_get_text(c, "author");
	struct ulid ulid;
	struct event ev;

	if (text == NULL || text[0] == '\0' || strlen(text) > TICKET_TEXT_MAX)
		return err_set(err, RC_INVALID,
		    "a comment is empty or longer than %d bytes",
		    TICKET_TEXT_MAX);
	if (id != NULL && (!ulid_valid(id) || has_comment(have, id)))
		return RC_OK;
	if (id != NULL)
		memcpy(ulid.s, id, ULID_LEN + 1);
	app_event_init(im->app, &ev, EVENT_COMMENT, id == NULL ? NULL : &ulid,
	    im->group, json_get_text(c, "commit"));
	if (author != NULL)
		mem_replace(&ev.actor, author);
	ev.time = time_of(c, "created");
	event_put(&ev, "ticket", t->ulid.s);
	event_put(&ev, "text", text);
	return app_event_append(im->app, &ev, &im->group, err);
}

static enum rc
take_parent(struct importing *im, const struct ticket *t, const char *parent,
    struct err *err)
{
	struct change_list list = { 0 };
	bool changed;
	enum rc rc;

	change_push(&list, CHANGE_SET, TF_PARENT, parent);
	rc = app_changes_apply(im->app, t->id, &list, NULL, &im->group,
	    &changed, err);
	change_list_release(&list);
	return rc;
}

static enum rc
take_around(struct importing *im, const json_t *o, struct err *err)
{
	const json_t *rel = json_object_get(o, "relations");
	const json_t *com = json_object_get(o, "comments");
	const char *key = json_get_text(o, "key");
	const char *parent = json_get_text(o, "parent");
	struct comment_list have = { 0 };
	struct ticket t = { 0 };
	enum rc rc;
	size_t i;

	if (rel == NULL && com == NULL && parent == NULL)
		return RC_OK;
	if ((rc = find(im, key, &t, err)) != RC_OK ||
	    (rc = store_comments(im->app->store, t.id, &have, err)) != RC_OK)
		goto out;
	if (parent != NULL)
		rc = take_parent(im, &t, parent, err);
	for (i = 0; rc == RC_OK && i < json_array_size(rel); i++)
		rc = take_relation(im, &t, json_array_get(rel, i), err);
	for (i = 0; rc == RC_OK && i < json_array_size(com); i++)
		rc = take_comment(im, &t, &have, json_array_get(com, i), err);
out:
	if (rc != RC_OK)
		err_prefix(err, "%s", key);
	comment_list_release(&have);
	ticket_release(&t);
	return rc;
}

/* ---- releases and builds ---- */

/* Texts and times of an object as values of an event. */
static void
put_members(struct event *ev, const json_t *o, const char *const names[])
{
	char text[32];
	size_t i;

	for (i = 0; names[i] != NULL; i++) {
		bool time = names[i][0] == '@';
		const char *name = names[i] + time;
		const char *value = json_get_text(o, name);
		int64_t t;

		if (value == NULL)
			continue;
		if (!time) {
			event_put(ev, name, value);
			continue;
		}
		if ((t = time_of(o, name)) == DATE_NONE)
			continue;
		snprintf(text, sizeof text, "%" PRId64, t);
		event_put(ev, name, text);
	}
}

static enum rc
append_if_new(struct importing *im, struct event *ev, struct err *err)
{
	enum rc rc = store_append(im->app->store, ev, err);

	if (rc == RC_OK && im->group == 0 && ev->n != 0)
		im->group = ev->n;
	event_release(ev);
	return rc;
}

static enum rc
take_release(struct importing *im, const json_t *o, struct err *err)
{
	static const char *const names[] = { "state", "title", "tag", "commit",
		"@start", "@target", "@released", "previous", "reason",
		"description", NULL };
	const char *version = json_get_text(o, "version");
	struct release r = { 0 };
	struct event ev;
	enum rc rc;

	if (version == NULL)
		return err_set(err, RC_INVALID, "a release has no \"version\"");
	if (!strv_has(&im->releases, version)) {
		app_event_init(im->app, &ev, EVENT_RELEASE, NULL, im->group,
		    NULL);
		event_put(&ev, "version", version);
		strv_push(&im->releases, version);
	} else {
		rc = store_release_find(im->app->store, version, &r, err);
		if (rc != RC_OK)
			return rc;
		app_event_init(im->app, &ev, EVENT_SET, &r.ulid, im->group,
		    NULL);
		release_release(&r);
	}
	put_members(&ev, o, names);
	return append_if_new(im, &ev, err);
}

static enum rc
take_build(struct importing *im, const json_t *o, struct err *err)
{
	static const char *const names[] = { "release", "number", "commit",
		"@time", "result", "ci", "url", NULL };
	const char *version = json_get_text(o, "release");
	const char *number = json_get_text(o, "number");
	struct build_list list = { 0 };
	bool known = false;
	struct event ev;
	enum rc rc;
	size_t i;

	if (version == NULL || number == NULL)
		return err_set(err, RC_INVALID,
		    "a build has no \"release\" or no \"number\"");
	rc = store_builds(im->app->store, version, &list, err);
	for (i = 0; rc == RC_OK && i < list.n; i++)
		known |= strcmp(list.v[i].number, number) == 0;
	build_list_release(&list);
	if (rc != RC_OK || known)
		return rc;
	app_event_init(im->app, &ev, EVENT_BUILD, NULL, im->group, NULL);
	put_members(&ev, o, names);
	return append_if_new(im, &ev, err);
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
	if ((rc = each(im, json_object_get(root, "releases"), take_release,
		 err)) != RC_OK)
		goto out;
	for (i = 0; rc == RC_OK && i < json_array_size(tickets); i++) {
		rc = take_ticket(im, json_array_get(tickets, i), err);
		if ((++im->done & 1023) == 0)
			app_tell(im->app, "importing", im->done,
			    (int64_t)json_array_size(tickets));
	}
	if (rc == RC_OK)
		rc = each(im, tickets, take_around, err);
	if (rc == RC_OK)
		rc = each(im, json_object_get(root, "builds"), take_build, err);
out:
	json_decref(root);
	return rc;
}
