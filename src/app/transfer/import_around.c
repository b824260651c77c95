/* What hangs on tickets, once all are there: comments, relations, parents. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "app/changes.h"
#include "import_json.h"
#include "store/ticket.h"

#define AUTHOR_MAX 256 /* bytes */

/* A ticket around which something is to be put. */
struct around {
	struct importing *im;
	struct ticket ticket;
	struct comment_list comments; /* that it has already */
	struct relation_list relations;
	struct strv linked, unlinked; /* by hand, ids in hex */
	int64_t time;                 /* of what happens to it */
	bool known;                   /* it was there before */
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
	rc = import_json_append(at->im, &ev, err);
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
	return import_json_append(at->im, &ev, err);
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

	if ((rc = import_json_time(c, "created", &time, err)) != RC_OK)
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
	rc = import_json_append(at->im, &ev, &quiet);
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
append_link(struct around *at, enum event_kind kind, bool unlink,
    const char *hex, struct err *err)
{
	struct event ev;

	app_event_init(at->im->app, &ev, kind, &at->ticket.ulid, at->im->group,
	    NULL);
	ev.time = at->time;
	event_put(&ev, unlink ? "unlink" : "link", hex);
	return import_json_append(at->im, &ev, err);
}

/*
 * A commit that was linked, or unlinked, by hand; it need not be here yet.  Of
 * what "notes show --json" tells of a link, those made by hand are taken.
 */
static enum rc
take_link(struct around *at, const json_t *link, bool unlink, struct err *err)
{
	const struct strv *have = unlink ? &at->unlinked : &at->linked;
	const struct strv *other = unlink ? &at->linked : &at->unlinked;
	const char *hex = json_string_value(link), *role;
	char id[OID_HEX_MAX + 1];
	struct oid oid;
	enum rc rc = RC_OK;

	if (json_is_object(link)) {
		role = json_get_text(link, "role");
		if (role == NULL || strcmp(role, "manual") != 0)
			return RC_OK;
		hex = json_get_text(link, "commit");
	}
	if (hex == NULL || !oid_from_hex(&oid, hex, strlen(hex)))
		return err_set(err, RC_INVALID, "\"%.80s\" is no commit's id",
		    hex == NULL ? "" : hex);
	oid_to_hex(&oid, id);
	if (strv_has(have, id))
		return RC_OK;
	if (strv_has(other, id))
		rc = append_link(at, EVENT_REMOVE, !unlink, id, err);
	return rc == RC_OK ? append_link(at, EVENT_ADD, unlink, id, err) : rc;
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
		rc = import_json_append(im, &ev, err);
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
		RC_OK ||
	    (rc = store_links_by_hand(st, at->ticket.id, &at->linked,
		 &at->unlinked, err)) != RC_OK)
		return rc;
	/* What is part of making a ticket does not count as a change of it. */
	at->known = !import_keys_is(&at->im->keys, &k, IMPORT_MADE);
	at->time = at->known ? DATE_NONE : at->ticket.updated;
	return RC_OK;
}

static enum rc
check_lists(const json_t *o, struct err *err)
{
	static const char *const names[] = { "relations", "comments", "links",
		"unlinked" };
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		const json_t *list = json_object_get(o, names[i]);

		if (list != NULL && !json_is_array(list) && !json_is_null(list))
			return err_set(err, RC_INVALID, "\"%s\" is no list",
			    names[i]);
	}
	return RC_OK;
}

/* A ticket whose fields stood as the file has them was changed all the same. */
static void
count_change(struct around *at, int64_t appended)
{
	struct importing *im = at->im;
	const struct ticket_key *key = &at->ticket.key;

	if (!at->known || im->appended == appended ||
	    import_keys_is(&im->keys, key, IMPORT_CHANGED))
		return;
	im->result->unchanged--;
	im->result->updated++;
	import_keys_mark(&im->keys, key, IMPORT_CHANGED);
}

static bool
is_left_out(struct importing *im, const char *key)
{
	struct ticket_key k;

	return ticket_key_parse(key, strlen(key), &k) &&
	    import_keys_is(&im->keys, &k, IMPORT_OTHER);
}

enum rc
import_json_around(struct importing *im, const json_t *o, struct err *err)
{
	const json_t *rel = json_object_get(o, "relations");
	const json_t *com = json_object_get(o, "comments");
	const json_t *links = json_object_get(o, "links");
	const json_t *unlinked = json_object_get(o, "unlinked");
	const char *key = json_get_text(o, "key");
	const char *parent = json_get_text(o, "parent");
	struct around at = { .im = im };
	const int64_t appended = im->appended;
	enum rc rc;
	size_t i;

	if ((rel == NULL && com == NULL && parent == NULL && links == NULL &&
		unlinked == NULL) ||
	    is_left_out(im, key))
		return RC_OK;
	if ((rc = check_lists(o, err)) == RC_OK)
		rc = around_open(&at, key, err);
	if (rc == RC_OK && parent != NULL && parent[0] != '\0')
		rc = take_parent(&at, parent, err);
	for (i = 0; rc == RC_OK && i < json_array_size(rel); i++)
		rc = take_relation(&at, json_array_get(rel, i), err);
	for (i = 0; rc == RC_OK && i < json_array_size(com); i++)
		rc = take_comment(&at, json_array_get(com, i), err);
	for (i = 0; rc == RC_OK && i < json_array_size(links); i++)
		rc = take_link(&at, json_array_get(links, i), false, err);
	for (i = 0; rc == RC_OK && i < json_array_size(unlinked); i++)
		rc = take_link(&at, json_array_get(unlinked, i), true, err);
	if (rc == RC_OK)
		count_change(&at, appended);
	else
		err_prefix(err, "%s", key);
	comment_list_release(&at.comments);
	relation_list_release(&at.relations);
	strv_release(&at.linked);
	strv_release(&at.unlinked);
	ticket_release(&at.ticket);
	return rc;
}
