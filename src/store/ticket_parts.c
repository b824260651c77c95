#include "store/ticket.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/file/db.h"

enum rc
store_comments(struct store *st, int64_t ticket, struct comment_list *out,
    struct err *err)
{
	static const char sql[] =
	    "SELECT ulid, author, text, created, edited, origin FROM comment "
	    "WHERE ticket = ?1 AND hidden = 0 ORDER BY created, id";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	*out = (struct comment_list){ 0 };
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, ticket);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		struct comment *c;

		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		c = &out->v[out->n++];
		*c = (struct comment){
			.author = db_text_dup(stmt, 1),
			.text = db_text_dup(stmt, 2),
			.created = db_time(stmt, 3),
			.edited = db_time(stmt, 4),
			.origin = db_text_dup(stmt, 5),
		};
		db_ulid(stmt, 0, &c->ulid);
	}
	db_finish(st, stmt);
	if (rc != RC_OK)
		comment_list_release(out);
	return rc;
}

enum rc
store_links_by_hand(struct store *st, int64_t ticket, struct strv *linked,
    struct strv *unlinked, struct err *err)
{
	static const char sql[] =
	    "SELECT name, value FROM link_manual WHERE ticket = ?1 "
	    "ORDER BY value";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	*linked = *unlinked = (struct strv)STRV_INIT;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, ticket);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row)
		strv_take(strcmp(db_text(stmt, 0), "link") == 0 ? linked
								: unlinked,
		    db_text_dup(stmt, 1));
	db_finish(st, stmt);
	return rc;
}

enum rc
store_commits_by_hand(struct store *st, struct strv *out, struct err *err)
{
	static const char sql[] = "SELECT value FROM link_manual UNION "
				  "SELECT lower(hex(oid)) FROM no_ticket";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	*out = (struct strv)STRV_INIT;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row)
		strv_take(out, db_text_dup(stmt, 0));
	db_finish(st, stmt);
	return rc;
}

/* What the other side calls a relation. */
static const char *
inverse_name(const char *name)
{
	for (size_t i = 0; i < relations_n; i++)
		if (strcmp(relations[i].name, name) == 0)
			return relation_inverse(i);
	return name;
}

/* "relates" may have been said from both sides. */
static bool
is_told(const struct relation_list *l, const char *name, const char *key)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i].name, name) == 0 &&
		    strcmp(l->v[i].key, key) == 0)
			return true;
	return false;
}

static void
add_relation(sqlite3_stmt *stmt, struct relation_list *out)
{
	bool inverse = db_int(stmt, 1) != 0;
	const char *name = db_text(stmt, 0), *key = db_text(stmt, 2);
	struct relation *r;

	if (inverse)
		name = inverse_name(name);
	if (key == NULL || strlen(key) >= TICKET_KEY_MAX ||
	    is_told(out, name, key))
		return;
	out->v = mem_grow(out->v, &out->cap, out->n + 1, sizeof(*out->v));
	r = &out->v[out->n++];
	*r = (struct relation){
		.name = mem_strdup(name),
		.summary = db_text_dup(stmt, 3),
		.status = db_text_dup(stmt, 4),
		.category = (enum category)db_int(stmt, 5),
	};
	memcpy(r->key, key, strlen(key) + 1);
}

enum rc
store_relations(struct store *st, int64_t ticket, struct relation_list *out,
    struct err *err)
{
	static const char sql[] =
	    "SELECT r.name, 0 AS side, p.name || '-' || t.number, t.summary, "
	    "t.status, t.category, p.name AS prefix, t.number AS number "
	    "FROM relation r JOIN ticket t ON t.ulid = r.value "
	    "JOIN prefix p ON p.id = t.prefix "
	    "WHERE r.ticket = ?1 AND t.deleted = 0 "
	    "UNION ALL "
	    "SELECT r.name, 1, p.name || '-' || t.number, t.summary, "
	    "t.status, t.category, p.name, t.number "
	    "FROM relation r JOIN ticket t ON t.id = r.ticket "
	    "JOIN prefix p ON p.id = t.prefix "
	    "WHERE r.value = (SELECT ulid FROM ticket WHERE id = ?1) "
	    "AND t.deleted = 0 "
	    "ORDER BY 1, side, prefix, number";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	*out = (struct relation_list){ 0 };
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, ticket);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row)
		add_relation(stmt, out);
	db_finish(st, stmt);
	if (rc != RC_OK)
		relation_list_release(out);
	return rc;
}
