#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/release.h"
#include "app/ticket.h"
#include "app/transfer.h"
#include "app/app_priv.h"
#include "base/date.h"
#include "base/json.h"
#include "base/mem.h"
#include "csv.h"
#include "message/version.h"
#include "store/release.h"
#include "store/ticket.h"

struct exporter {
	struct app *app;
	FILE *out;
	enum csv_guard guard;
	struct buf line;
	size_t n;
	enum rc rc;
	struct err *err;
};

static bool
flush(struct exporter *x)
{
	if (fwrite(x->line.ptr, 1, x->line.len, x->out) != x->line.len)
		x->rc = err_errno(x->err, errno, "cannot write the export");
	buf_clear(&x->line);
	return x->rc == RC_OK;
}

/* ---- CSV ---- */

static const struct {
	const char *name;
	enum ticket_field field; /* TF_N: key or a time */
} csv_columns[] = {
	{ "key", TF_N },
	{ "type", TF_TYPE },
	{ "status", TF_STATUS },
	{ "priority", TF_PRIORITY },
	{ "summary", TF_SUMMARY },
	{ "assignee", TF_ASSIGNEE },
	{ "reporter", TF_REPORTER },
	{ "component", TF_COMPONENT },
	{ "labels", TF_LABEL },
	{ "release", TF_RELEASE },
	{ "resolution", TF_RESOLUTION },
	{ "created", TF_N },
	{ "updated", TF_N },
	{ "resolved", TF_N },
	{ "note", TF_NOTE },
	{ "description", TF_DESCRIPTION },
};

#define CSV_COLUMNS (sizeof csv_columns / sizeof csv_columns[0])

static void
put_other(struct buf *out, const struct ticket *t, const char *name)
{
	char key[TICKET_KEY_MAX], when[21];
	int64_t at;

	if (strcmp(name, "key") == 0) {
		ticket_key_format(&t->key, key);
		buf_puts(out, key);
		return;
	}
	at = strcmp(name, "created") == 0  ? t->created
	    : strcmp(name, "updated") == 0 ? t->updated
					   : t->resolved;
	if (at == DATE_NONE)
		return;
	date_format_iso(at, when);
	buf_puts(out, when);
}

static bool
csv_ticket(const struct ticket *t, void *arg)
{
	struct exporter *x = arg;
	struct buf cell = BUF_INIT;
	size_t i;

	for (i = 0; i < CSV_COLUMNS; i++) {
		buf_clear(&cell);
		if (i > 0)
			buf_putc(&x->line, ',');
		if (csv_columns[i].field == TF_N)
			put_other(&cell, t, csv_columns[i].name);
		else
			ticket_field_text(t, csv_columns[i].field, &cell);
		csv_put(&x->line, buf_str(&cell), x->guard);
	}
	buf_puts(&x->line, "\r\n");
	buf_release(&cell);
	return flush(x);
}

static void
csv_header(struct exporter *x)
{
	size_t i;

	for (i = 0; i < CSV_COLUMNS; i++)
		buf_printf(&x->line, "%s%s", i == 0 ? "" : ",",
		    csv_columns[i].name);
	buf_puts(&x->line, "\r\n");
	flush(x);
}

/* ---- JSON ---- */

static void
put_text(json_t *o, const char *name, const char *value)
{
	if (value != NULL && value[0] != '\0')
		json_put(o, name, json_text(value));
}

static void
put_time(json_t *o, const char *name, int64_t t)
{
	if (t != DATE_NONE)
		json_put(o, name, json_time(t));
}

static void
put_words(json_t *o, const char *name, const struct strv *words)
{
	struct strv sorted = STRV_INIT;

	if (words->n == 0)
		return;
	strv_copy(&sorted, words);
	strv_sort(&sorted);
	json_put(o, name, json_texts(&sorted));
	strv_release(&sorted);
}

static enum rc
put_comments(struct exporter *x, json_t *o, int64_t ticket)
{
	struct comment_list list = { 0 };
	json_t *all = json_array(), *c;
	enum rc rc = store_comments(x->app->store, ticket, &list, x->err);
	size_t i;

	for (i = 0; rc == RC_OK && i < list.n; i++) {
		c = json_object();
		json_put(c, "id", json_text(list.v[i].ulid.s));
		put_text(c, "author", list.v[i].author);
		put_time(c, "created", list.v[i].created);
		put_text(c, "commit", list.v[i].origin);
		put_text(c, "text", list.v[i].text);
		json_push(all, c);
	}
	comment_list_release(&list);
	if (json_array_size(all) > 0)
		json_put(o, "comments", all);
	else
		json_decref(all);
	return rc;
}

static bool
is_before(const struct ticket_key *key, const char *other)
{
	struct ticket_key k;
	int c;

	if (!ticket_key_parse(other, strlen(other), &k))
		return false;
	c = strcmp(key->prefix, k.prefix);
	return c != 0 ? c < 0 : key->number < k.number;
}

/* Only the side that was told: the other one follows from it.  Where both
 * sides are alike it is the smaller key's. */
static bool
is_own_side(const struct ticket_key *key, const struct relation *r)
{
	int at = named_find(relations, relations_n, r->name);

	if (at < 0 || strcmp(relations[at].name, r->name) != 0)
		return false;
	return strcmp(relation_inverse((size_t)at), r->name) != 0 ||
	    is_before(key, r->key);
}

static enum rc
put_relations(struct exporter *x, json_t *o, const struct ticket *t)
{
	struct relation_list list = { 0 };
	json_t *all = json_array(), *r;
	enum rc rc = store_relations(x->app->store, t->id, &list, x->err);
	struct strv said = STRV_INIT;
	size_t i;

	for (i = 0; rc == RC_OK && i < list.n; i++) {
		char *words = mem_printf("%s %s", list.v[i].name,
		    list.v[i].key);

		if (is_own_side(&t->key, &list.v[i]) &&
		    !strv_has(&said, words)) {
			r = json_object();
			json_put(r, "name", json_text(list.v[i].name));
			json_put(r, "key", json_text(list.v[i].key));
			json_push(all, r);
		}
		strv_take(&said, words);
	}
	strv_release(&said);
	relation_list_release(&list);
	if (json_array_size(all) > 0)
		json_put(o, "relations", all);
	else
		json_decref(all);
	return rc;
}

static enum rc
put_links(struct exporter *x, json_t *o, int64_t ticket)
{
	struct strv linked, unlinked;
	enum rc rc = store_links_by_hand(x->app->store, ticket, &linked,
	    &unlinked, x->err);

	put_words(o, "links", &linked);
	put_words(o, "unlinked", &unlinked);
	strv_release(&linked);
	strv_release(&unlinked);
	return rc;
}

/* A ticket that was deleted is not in the file, so nothing may lead to it. */
static void
forget_deleted_parent(struct exporter *x, struct ticket *t)
{
	struct ticket above = { 0 };
	struct ticket_key key;

	if (t->parent == NULL ||
	    !ticket_key_parse(t->parent, strlen(t->parent), &key))
		return;
	if (store_ticket_find(x->app->store, &key, TICKET_ROW, &above, NULL) !=
		RC_OK ||
	    above.deleted)
		mem_replace(&t->parent, NULL);
	ticket_release(&above);
}

static json_t *
ticket_json(const struct ticket *t)
{
	char key[TICKET_KEY_MAX];
	json_t *o = json_object();

	ticket_key_format(&t->key, key);
	json_put(o, "key", json_text(key));
	put_text(o, "type", t->type);
	put_text(o, "status", t->status);
	put_text(o, "resolution", t->resolution);
	put_text(o, "priority", t->priority);
	put_text(o, "summary", t->summary);
	put_text(o, "assignee", t->assignee);
	put_text(o, "reporter", t->reporter);
	put_text(o, "component", t->component);
	put_text(o, "parent", t->parent);
	put_text(o, "rank", t->rank);
	put_words(o, "labels", &t->labels);
	put_words(o, "releases", &t->releases);
	put_words(o, "found_in", &t->found_in);
	put_time(o, "due", t->due);
	if (t->estimate != 0)
		json_put(o, "estimate", json_integer(t->estimate));
	if (t->spent != 0)
		json_put(o, "spent", json_integer(t->spent));
	if (t->no_note)
		json_put(o, "no_note", json_true());
	put_time(o, "created", t->created);
	put_time(o, "updated", t->updated);
	put_time(o, "resolved", t->resolved);
	put_text(o, "note", t->note);
	put_text(o, "description", t->description);
	return o;
}

/* Two blanks before every line but the first, which the list puts there. */
static void
put_indented(struct buf *out, const json_t *value)
{
	struct buf text = BUF_INIT;
	size_t i;

	json_dump(value, JSON_PRETTY, &text);
	while (text.len > 0 && text.ptr[text.len - 1] == '\n')
		buf_truncate(&text, text.len - 1);
	for (i = 0; i < text.len; i++) {
		buf_putc(out, text.ptr[i]);
		if (text.ptr[i] == '\n')
			buf_puts(out, "    ");
	}
	buf_release(&text);
}

static void
put_item(struct exporter *x, json_t *o)
{
	buf_puts(&x->line, x->n++ == 0 ? "\n    " : ",\n    ");
	put_indented(&x->line, o);
	json_decref(o);
}

/* Comments and relations need statements of their own, so tickets are held a
 * page at a time. */
#define PAGE 200

static enum rc
json_tickets(struct exporter *x, const struct filter *f)
{
	struct ticket_query q = { .filter = f,
		.sort = { .key = { { SORT_KEY, false } }, .n = 1 },
		.limit = PAGE,
		.detail = TICKET_FULL };
	struct ticket_list page = { 0 };
	bool more = true;
	enum rc rc = RC_OK;
	json_t *o;
	size_t i;

	while (more && rc == RC_OK) {
		rc = store_ticket_page(x->app->store, &q, &page, x->err);
		for (i = 0; rc == RC_OK && i < page.n; i++) {
			forget_deleted_parent(x, &page.v[i]);
			o = ticket_json(&page.v[i]);
			rc = put_relations(x, o, &page.v[i]);
			if (rc == RC_OK)
				rc = put_links(x, o, page.v[i].id);
			if (rc == RC_OK)
				rc = put_comments(x, o, page.v[i].id);
			put_item(x, o);
			q.after = page.v[i].id;
			if (rc == RC_OK && !flush(x))
				rc = x->rc;
		}
		more = page.more && page.n > 0;
		ticket_list_release(&page);
	}
	return rc;
}

static json_t *
release_json(const struct release *r)
{
	char hex[OID_HEX_MAX + 1];
	json_t *o = json_object();

	json_put(o, "version", json_text(r->version));
	json_put(o, "state", json_text(release_state_name(r->state)));
	put_text(o, "title", r->title);
	put_text(o, "tag", r->tag);
	if (!oid_is_none(&r->commit)) {
		oid_to_hex(&r->commit, hex);
		put_text(o, "commit", hex);
	}
	put_time(o, "start", r->start);
	put_time(o, "target", r->target);
	put_time(o, "released", r->released);
	put_text(o, "previous", r->previous);
	put_text(o, "reason", r->reason);
	put_text(o, "owner", r->owner);
	put_text(o, "description", r->description);
	return o;
}

static json_t *
build_json(const struct build *b)
{
	char hex[OID_HEX_MAX + 1];
	json_t *o = json_object();

	json_put(o, "release", json_text(b->version));
	json_put(o, "number", json_text(b->number));
	if (!oid_is_none(&b->commit)) {
		oid_to_hex(&b->commit, hex);
		put_text(o, "commit", hex);
	}
	put_time(o, "time", b->time);
	json_put(o, "result", json_text(build_result_name(b->result)));
	put_text(o, "ci", b->ci);
	put_text(o, "url", b->url);
	return o;
}

static enum rc
json_releases(struct exporter *x)
{
	struct release_list list = { 0 };
	enum rc rc = app_releases(x->app, &list, x->err);
	size_t i;

	for (i = 0; rc == RC_OK && i < list.n; i++)
		put_item(x, release_json(&list.v[i]));
	release_list_release(&list);
	return rc;
}

/* Builds of one second have no order by time alone. */
static int
build_order(const void *x, const void *y)
{
	const struct build *a = x, *b = y;
	int c = strcmp(a->version, b->version);

	if (a->time != b->time)
		return a->time < b->time ? -1 : 1;
	return c != 0 ? c : version_compare(a->number, b->number);
}

static enum rc
json_builds(struct exporter *x)
{
	struct build_list list = { 0 };
	enum rc rc = store_builds(x->app->store, NULL, &list, x->err);
	size_t i;

	if (rc == RC_OK && list.n > 0)
		qsort(list.v, list.n, sizeof *list.v, build_order);
	for (i = 0; rc == RC_OK && i < list.n; i++)
		put_item(x, build_json(&list.v[i]));
	build_list_release(&list);
	return rc;
}

static void
open_list(struct exporter *x, const char *name, bool first)
{
	buf_printf(&x->line, "%s\n  \"%s\": [", first ? "{" : ",", name);
	x->n = 0;
}

static void
close_list(struct exporter *x)
{
	buf_puts(&x->line, x->n == 0 ? "]" : "\n  ]");
}

static enum rc
export_json(struct exporter *x, const struct filter *f)
{
	enum rc rc;

	open_list(x, "tickets", true);
	if ((rc = json_tickets(x, f)) != RC_OK)
		return rc;
	close_list(x);
	/* A part of the tickets is a list to share, not the whole tracker. */
	if (f == NULL) {
		open_list(x, "releases", false);
		if ((rc = json_releases(x)) != RC_OK)
			return rc;
		close_list(x);
		open_list(x, "builds", false);
		if ((rc = json_builds(x)) != RC_OK)
			return rc;
		close_list(x);
	}
	buf_puts(&x->line, "\n}\n");
	return flush(x) ? RC_OK : x->rc;
}

static enum rc
export_csv(struct exporter *x, const struct filter *f)
{
	struct ticket_query q = { .filter = f,
		.sort = { .key = { { SORT_KEY, false } }, .n = 1 },
		.detail = TICKET_FULL };
	enum rc rc;

	csv_header(x);
	rc = store_ticket_each(x->app->store, &q, csv_ticket, x, x->err);
	return x->rc != RC_OK ? x->rc : rc;
}

enum rc
app_export(struct app *a, enum export_format format, const struct filter *f,
    bool raw, FILE *out, struct err *err)
{
	struct exporter x = { .app = a,
		.out = out,
		.guard = raw ? CSV_RAW : CSV_GUARDED,
		.err = err };
	enum rc rc;

	if ((rc = store_read_begin(a->store, err)) != RC_OK)
		return rc;
	rc = format == EXPORT_CSV ? export_csv(&x, f) : export_json(&x, f);
	store_read_end(a->store);
	buf_release(&x.line);
	if (rc == RC_OK && fflush(out) != 0)
		rc = err_errno(err, errno, "cannot write the export");
	return rc;
}
