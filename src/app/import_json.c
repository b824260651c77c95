#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "changes.h"
#include "import.h"
#include "store/release.h"
#include "store/ticket.h"

#define SECONDS_MAX INT64_C(1000000000000)
#define AUTHOR_MAX  256 /* bytes */

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

static enum rc
take_time(const json_t *o, const char *name, int64_t *out, struct err *err)
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

static enum rc
take_times(struct import_row *row, const json_t *o, struct err *err)
{
	enum rc rc;

	if ((rc = take_time(o, "created", &row->created, err)) != RC_OK ||
	    (rc = take_time(o, "updated", &row->updated, err)) != RC_OK)
		return rc;
	return take_time(o, "resolved", &row->resolved, err);
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
	if (!strv_has(&im->app->prefixes, row.key.prefix))
		return err_set(err, RC_INVALID,
		    "%s: its prefix is not one of this tracker (add it with: "
		    "notes config prefix)",
		    key);
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

/* ---- what hangs on tickets, once all are there ---- */

/* A ticket around which something is to be put. */
struct around {
	struct importing *im;
	struct ticket ticket;
	struct comment_list comments; /* that it has already */
	struct relation_list relations;
	int64_t time; /* of what happens to it */
	bool known;   /* it was there before */
};

/* The other end of a relation; *found is false when the file left it out. */
static enum rc
find_other(struct around *at, const char *what, const char *key,
    struct ticket *out, bool *found, struct err *err)
{
	char own[TICKET_KEY_MAX];
	struct ticket_key k;
	struct err quiet = ERR_INIT;
	enum rc rc;

	*found = false;
	if (key == NULL || !ticket_key_parse(key, strlen(key), &k))
		return err_set(err, RC_INVALID, "%s: \"%.60s\" is no key", what,
		    key == NULL ? "" : key);
	rc = store_ticket_find(at->im->app->store, &k, TICKET_ROW, out, &quiet);
	*found = rc == RC_OK;
	if (rc == RC_NOT_FOUND) {
		ticket_key_format(&at->ticket.key, own);
		import_warn(at->im,
		    mem_printf("%s: %s %s is left out: there is no such ticket",
			own, what, key));
		return RC_OK;
	}
	if (rc != RC_OK && err != NULL)
		*err = quiet;
	return rc;
}

/* A change that changes nothing leaves n at 0. */
static enum rc
append_if_new(struct importing *im, struct event *ev, struct err *err)
{
	enum rc rc = store_append(im->app->store, ev, err);

	if (rc == RC_OK && im->group == 0 && ev->n != 0)
		im->group = ev->n;
	event_release(ev);
	return rc;
}

/* Also where it was told from the other side, of a kind that is its own. */
static bool
stands(const struct around *at, const char *name, const struct ticket_key *key)
{
	char text[TICKET_KEY_MAX];
	size_t i;

	ticket_key_format(key, text);
	for (i = 0; i < at->relations.n; i++)
		if (strcmp(at->relations.v[i].name, name) == 0 &&
		    strcmp(at->relations.v[i].key, text) == 0)
			return true;
	return false;
}

static enum rc
take_relation(struct around *at, const json_t *r, struct err *err)
{
	const char *name = json_get_text(r, "name");
	int i = name == NULL ? -1 : named_find(relations, relations_n, name);
	struct ticket other = { 0 };
	struct event ev;
	bool found;
	enum rc rc;

	if (i < 0)
		return err_set(err, RC_INVALID, "no relation \"%.60s\"",
		    name == NULL ? "" : name);
	rc = find_other(at, relations[i].name, json_get_text(r, "key"), &other,
	    &found, err);
	if (rc != RC_OK || !found ||
	    stands(at, relations[i].name, &other.key)) {
		ticket_release(&other);
		return rc;
	}
	app_event_init(at->im->app, &ev, EVENT_ADD, &at->ticket.ulid,
	    at->im->group, NULL);
	ev.time = at->time;
	event_put(&ev, relations[i].name, other.ulid.s);
	rc = append_if_new(at->im, &ev, err);
	ticket_release(&other);
	return rc;
}

static const struct comment *
find_comment(const struct comment_list *list, const char *id)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (strcmp(list->v[i].ulid.s, id) == 0)
			return &list->v[i];
	return NULL;
}

/* One that has no id is known by what it says. */
static bool
was_said(const struct comment_list *list, const char *text)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (strcmp(list->v[i].text, text) == 0)
			return true;
	return false;
}

static size_t
text_len(const json_t *c)
{
	const char *text = json_get_text(c, "text");

	return text == NULL ? 0 : strlen(text);
}

static enum rc
check_comment(const json_t *c, char **text, struct err *err)
{
	const char *id = json_get_text(c, "id");
	const char *author = json_get_text(c, "author");
	const char *commit = json_get_text(c, "commit");
	struct change tidy = { .op = CHANGE_SET, .field = TF_DESCRIPTION };
	struct oid oid;
	enum rc rc;

	if (id != NULL && !ulid_valid(id))
		return err_set(err, RC_INVALID,
		    "\"%.60s\" is no id of a comment", id);
	if (author != NULL && strlen(author) > AUTHOR_MAX)
		return err_set(err, RC_INVALID,
		    "the author of a comment is longer than %d bytes",
		    AUTHOR_MAX);
	if (commit != NULL && !oid_from_hex(&oid, commit, strlen(commit)))
		return err_set(err, RC_INVALID, "\"%.80s\" is no commit's id",
		    commit);
	if (text_len(c) > TICKET_TEXT_MAX)
		return err_set(err, RC_INVALID,
		    "a comment is too long: %zu bytes (at most %d)",
		    text_len(c), TICKET_TEXT_MAX);
	tidy.value = mem_strdup(json_get_text(c, "text"));
	if ((rc = change_check(&tidy, NULL, 0, err)) == RC_OK &&
	    tidy.value == NULL)
		rc = err_set(err, RC_INVALID, "a comment is empty");
	if (rc == RC_OK)
		*text = tidy.value;
	else
		free(tidy.value);
	return rc;
}

static enum rc
edit_comment(struct around *at, const struct comment *c, const char *text,
    struct err *err)
{
	struct event ev;

	app_event_init(at->im->app, &ev, EVENT_SET, &c->ulid, at->im->group,
	    NULL);
	event_put(&ev, "text", text);
	return append_if_new(at->im, &ev, err);
}

static enum rc
make_comment(struct around *at, const json_t *c, const char *text,
    struct err *err)
{
	const char *id = json_get_text(c, "id");
	const char *author = json_get_text(c, "author");
	struct err quiet = ERR_INIT;
	struct ulid ulid;
	struct event ev;
	int64_t time;
	enum rc rc;

	if ((rc = take_time(c, "created", &time, err)) != RC_OK)
		return rc;
	if (id != NULL)
		memcpy(ulid.s, id, ULID_LEN + 1);
	app_event_init(at->im->app, &ev, EVENT_COMMENT,
	    id == NULL ? NULL : &ulid, at->im->group,
	    json_get_text(c, "commit"));
	if (author != NULL)
		mem_replace(&ev.actor, author);
	ev.time = time;
	event_put(&ev, "ticket", at->ticket.ulid.s);
	event_put(&ev, "text", text);
	rc = append_if_new(at->im, &ev, &quiet);
	/* Hidden since: it stays so. */
	if (rc == RC_EXISTS && at->known)
		return RC_OK;
	if (rc != RC_OK && err != NULL)
		*err = quiet;
	return rc;
}

static enum rc
take_comment(struct around *at, const json_t *c, struct err *err)
{
	const char *id = json_get_text(c, "id");
	const struct comment *have;
	char *text = NULL;
	enum rc rc;

	if ((rc = check_comment(c, &text, err)) != RC_OK)
		return rc;
	have = id == NULL ? NULL : find_comment(&at->comments, id);
	if (have != NULL)
		rc = edit_comment(at, have, text, err);
	else if (id != NULL || !was_said(&at->comments, text))
		rc = make_comment(at, c, text, err);
	free(text);
	return rc;
}

static enum rc
take_parent(struct around *at, const char *parent, struct err *err)
{
	struct importing *im = at->im;
	struct change_list list = { 0 };
	struct ticket above = { 0 };
	struct event ev;
	bool found;
	enum rc rc;

	rc = find_other(at, "parent", parent, &above, &found, err);
	ticket_release(&above);
	if (rc != RC_OK || !found)
		return rc;
	change_push(&list, CHANGE_SET, TF_PARENT, parent);
	app_event_init(im->app, &ev, EVENT_SET, &at->ticket.ulid, im->group,
	    NULL);
	ev.time = at->time;
	rc = changes_put(im->app, &ev, &at->ticket, &list, err);
	if (rc == RC_OK)
		rc = append_if_new(im, &ev, err);
	else
		event_release(&ev);
	change_list_release(&list);
	return rc;
}

static enum rc
around_open(struct around *at, const char *key, struct err *err)
{
	struct store *st = at->im->app->store;
	struct ticket_key k;
	enum rc rc;

	if (!ticket_key_parse(key, strlen(key), &k))
		return err_set(err, RC_INVALID, "no key");
	if ((rc = store_ticket_find(st, &k, TICKET_ROW, &at->ticket, err)) !=
		RC_OK ||
	    (rc = store_comments(st, at->ticket.id, &at->comments, err)) !=
		RC_OK ||
	    (rc = store_relations(st, at->ticket.id, &at->relations, err)) !=
		RC_OK)
		return rc;
	/* What is part of making a ticket does not count as a change of it. */
	at->known = !import_keys_is_made(&at->im->keys, &k);
	at->time = at->known ? DATE_NONE : at->ticket.updated;
	return RC_OK;
}

static enum rc
check_lists(const json_t *o, struct err *err)
{
	static const char *const names[] = { "relations", "comments" };
	size_t i;

	for (i = 0; i < 2; i++) {
		const json_t *list = json_object_get(o, names[i]);

		if (list != NULL && !json_is_array(list) && !json_is_null(list))
			return err_set(err, RC_INVALID, "\"%s\" is no list",
			    names[i]);
	}
	return RC_OK;
}

static enum rc
take_around(struct importing *im, const json_t *o, struct err *err)
{
	const json_t *rel = json_object_get(o, "relations");
	const json_t *com = json_object_get(o, "comments");
	const char *key = json_get_text(o, "key");
	const char *parent = json_get_text(o, "parent");
	struct around at = { .im = im };
	enum rc rc;
	size_t i;

	if (rel == NULL && com == NULL && parent == NULL)
		return RC_OK;
	if ((rc = check_lists(o, err)) == RC_OK)
		rc = around_open(&at, key, err);
	if (rc == RC_OK && parent != NULL && parent[0] != '\0')
		rc = take_parent(&at, parent, err);
	for (i = 0; rc == RC_OK && i < json_array_size(rel); i++)
		rc = take_relation(&at, json_array_get(rel, i), err);
	for (i = 0; rc == RC_OK && i < json_array_size(com); i++)
		rc = take_comment(&at, json_array_get(com, i), err);
	if (rc != RC_OK)
		err_prefix(err, "%s", key);
	comment_list_release(&at.comments);
	relation_list_release(&at.relations);
	ticket_release(&at.ticket);
	return rc;
}

/* ---- releases and builds ---- */

/* Texts and, with an '@', times of an object as values of an event. */
static enum rc
put_members(struct event *ev, const json_t *o, const char *const names[],
    struct err *err)
{
	char text[32];
	enum rc rc;
	int64_t t;
	size_t i;

	for (i = 0; names[i] != NULL; i++) {
		bool time = names[i][0] == '@';
		const char *name = names[i] + time;
		const json_t *value = json_object_get(o, name);

		if (value == NULL || json_is_null(value))
			continue;
		if (!json_is_string(value))
			return err_set(err, RC_INVALID, "\"%s\" is not text",
			    name);
		if (!time) {
			event_put(ev, name, json_string_value(value));
			continue;
		}
		if ((rc = take_time(o, name, &t, err)) != RC_OK)
			return rc;
		snprintf(text, sizeof text, "%" PRId64, t);
		event_put(ev, name, text);
	}
	return RC_OK;
}

static enum rc
append_members(struct importing *im, struct event *ev, const json_t *o,
    const char *const names[], struct err *err)
{
	enum rc rc = put_members(ev, o, names, err);

	if (rc == RC_OK)
		return append_if_new(im, ev, err);
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
	if ((rc = app_version_check(version, err)) != RC_OK)
		return rc;
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
	rc = append_members(im, &ev, o, names, err);
	if (rc != RC_OK)
		err_prefix(err, "release %s", version);
	return rc;
}

static enum rc
find_build(struct importing *im, const char *version, const char *number,
    struct ulid *out, bool *known, struct err *err)
{
	struct build_list list = { 0 };
	enum rc rc = store_builds(im->app->store, version, &list, err);
	size_t i;

	*known = false;
	for (i = 0; rc == RC_OK && i < list.n; i++)
		if (strcmp(list.v[i].number, number) == 0) {
			*known = true;
			*out = list.v[i].ulid;
		}
	build_list_release(&list);
	return rc;
}

static enum rc
take_build(struct importing *im, const json_t *o, struct err *err)
{
	static const char *const names[] = { "commit", "@time", "result", "ci",
		"url", NULL };
	const char *version = json_get_text(o, "release");
	const char *number = json_get_text(o, "number");
	struct ulid ulid;
	struct event ev;
	bool known;
	enum rc rc;

	if (version == NULL || number == NULL)
		return err_set(err, RC_INVALID,
		    "a build has no \"release\" or no \"number\"");
	rc = import_releases(im, version, err);
	if (rc == RC_OK)
		rc = find_build(im, version, number, &ulid, &known, err);
	if (rc != RC_OK)
		return rc;
	app_event_init(im->app, &ev, known ? EVENT_SET : EVENT_BUILD,
	    known ? &ulid : NULL, im->group, NULL);
	if (!known) {
		event_put(&ev, "release", version);
		event_put(&ev, "number", number);
	}
	rc = append_members(im, &ev, o, names, err);
	if (rc != RC_OK)
		err_prefix(err, "build %.60s of %s", number, version);
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
