#include "store/ticket.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/file/db.h"
#include "store/history.h"

/* Reverts of reverts of reverts ...: further than anyone has gone. */
#define REVERTS_MAX 64

struct tie {
	int64_t rev;
	int kind;
};

struct tie_list {
	struct tie *v;
	size_t n, cap;
};

/* Merged commits that revert or reapply rev, the latest first. */
static enum rc
read_ties(struct store *st, int64_t rev, struct tie_list *out, struct err *err)
{
	/* A tie to a commit that came later would be no revert, and could
	 * make a circle. */
	static const char sql[] =
	    "SELECT tie.rev, tie.kind FROM tie JOIN history h ON h.id = "
	    "tie.rev "
	    "WHERE tie.target = ?1 AND tie.rev > ?1 AND tie.kind IN (1, 3) "
	    "AND h.flags & 2 ORDER BY tie.rev DESC";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, rev);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		out->v[out->n++] = (struct tie){
			.rev = db_int(stmt, 0),
			.kind = (int)db_int(stmt, 1),
		};
	}
	db_finish(st, stmt);
	return rc;
}

/*
 * The commit by which rev is reverted in the end, 0 if it is not: the last
 * word on it by a commit that was not reverted itself.
 */
static enum rc
revert_of(struct store *st, int64_t rev, int depth, int64_t *by,
    struct err *err)
{
	struct tie_list ties = { 0 };
	enum rc rc = RC_OK;

	*by = 0;
	if (depth < REVERTS_MAX)
		rc = read_ties(st, rev, &ties, err);
	for (size_t i = 0; rc == RC_OK && i < ties.n; i++) {
		int64_t undone;

		rc = revert_of(st, ties.v[i].rev, depth + 1, &undone, err);
		if (rc != RC_OK || undone != 0)
			continue;
		if (ties.v[i].kind == TIE_REVERTS)
			*by = ties.v[i].rev;
		break;
	}
	free(ties.v);
	return rc;
}

static enum rc
oid_of(struct store *st, int64_t rev, char **hex, struct err *err)
{
	static const char sql[] = "SELECT oid FROM history WHERE id = ?1";
	char text[OID_HEX_MAX + 1];
	sqlite3_stmt *stmt = NULL;
	struct oid oid;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, rev);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row) {
		db_oid(stmt, 0, &oid);
		oid_to_hex(&oid, text);
		*hex = mem_strdup(text);
	}
	db_finish(st, stmt);
	return rc;
}

/* What history knows of a link's commit; rev is its number. */
static enum rc
judge(struct store *st, struct link *l, int64_t rev, struct err *err)
{
	int64_t by;
	enum rc rc = revert_of(st, rev, 0, &by, err);

	if (rc != RC_OK)
		return rc;
	l->alive = l->merged && by == 0;
	return by == 0 ? RC_OK : oid_of(st, by, &l->reverted_by, err);
}

/* A link while it is gathered. */
struct found {
	int64_t rev; /* 0: not in history */
	enum link_role role;
	struct oid oid;
	bool gone; /* taken away by hand */
};

struct found_list {
	struct found *v;
	size_t n, cap;
};

static struct found *
found_add(struct found_list *l, int64_t rev, enum link_role role)
{
	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n] = (struct found){ .rev = rev, .role = role };
	return &l->v[l->n++];
}

static enum rc
find_derived(struct store *st, int64_t ticket, struct found_list *out,
    struct err *err)
{
	static const char sql[] =
	    "SELECT l.rev, l.role FROM ticket t JOIN link l "
	    "ON l.prefix = t.prefix AND l.number = t.number WHERE t.id = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, ticket);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row)
		found_add(out, db_int(stmt, 0),
		    (enum link_role)db_int(stmt, 1));
	db_finish(st, stmt);
	return rc;
}

static enum rc
find_rev(struct store *st, const struct oid *oid, int64_t *rev, struct err *err)
{
	static const char sql[] = "SELECT id FROM history WHERE oid = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*rev = 0;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_oid(stmt, 1, oid);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*rev = db_int(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

/* The commit itself while history has it, else what it was rewritten to. */
static enum rc
find_current(struct store *st, struct oid *oid, int64_t *rev, struct err *err)
{
	struct oid now;
	enum rc rc;

	if ((rc = find_rev(st, oid, rev, err)) != RC_OK || *rev != 0 ||
	    (rc = store_rewrite_resolve(st, oid, &now, err)) != RC_OK)
		return rc;
	*oid = now;
	return find_rev(st, oid, rev, err);
}

static struct found *
find_found(struct found_list *l, int64_t rev, const struct oid *oid)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].rev == rev &&
		    (rev != 0 || oid_equal(&l->v[i].oid, oid)))
			return &l->v[i];
	return NULL;
}

static void
apply_hand(struct found_list *l, int64_t rev, const struct oid *oid,
    bool unlink)
{
	struct found *f = find_found(l, rev, oid);

	if (f == NULL && !unlink) {
		f = found_add(l, rev, LINK_MANUAL);
		f->oid = *oid;
	}
	if (f == NULL)
		return;
	f->gone = unlink;
	f->role = LINK_MANUAL;
}

/* In the order of their events: two may mean one commit, rewritten between. */
static enum rc
find_by_hand(struct store *st, int64_t ticket, struct found_list *out,
    struct err *err)
{
	static const char sql[] =
	    "SELECT name = 'unlink', value FROM link_manual "
	    "WHERE ticket = ?1 ORDER BY event, name DESC, value";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, ticket);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		const char *hex = db_text(stmt, 1);
		struct oid oid;
		int64_t rev;

		if (!oid_from_hex(&oid, hex, strlen(hex)))
			continue;
		if ((rc = find_current(st, &oid, &rev, err)) != RC_OK)
			break;
		apply_hand(out, rev, &oid, db_int(stmt, 0) != 0);
	}
	db_finish(st, stmt);
	return rc;
}

static enum rc
read_commit(struct store *st, const struct found *f, struct link *l,
    struct err *err)
{
	static const char sql[] =
	    "SELECT h.oid, h.flags, h.subject, p.name, h.time, r.version "
	    "FROM history h LEFT JOIN person p ON p.id = h.author "
	    "LEFT JOIN release r ON r.id = h.release AND h.release > 0 "
	    "WHERE h.id = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*l = (struct link){
		.commit = f->oid,
		.role = f->role,
		.time = DATE_NONE,
	};
	if (f->rev == 0)
		return RC_OK;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, f->rev);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row) {
		db_oid(stmt, 0, &l->commit);
		l->merged = (db_int(stmt, 1) & HISTORY_MAINLINE) != 0;
		l->subject = db_text_dup(stmt, 2);
		l->author = db_text_dup(stmt, 3);
		l->time = db_time(stmt, 4);
		l->first_release = db_text_dup(stmt, 5);
	}
	db_finish(st, stmt);
	return rc == RC_OK ? judge(st, l, f->rev, err) : rc;
}

/* Newest first; what is not in history has no time and comes last. */
static int
link_compare(const void *va, const void *vb)
{
	const struct link *a = va, *b = vb;

	if (a->time != b->time)
		return a->time < b->time ? 1 : -1;
	return oid_compare(&a->commit, &b->commit);
}

enum rc
store_links(struct store *st, int64_t ticket, struct link_list *out,
    struct err *err)
{
	struct found_list found = { 0 };
	enum rc rc;

	*out = (struct link_list){ 0 };
	rc = find_derived(st, ticket, &found, err);
	if (rc == RC_OK)
		rc = find_by_hand(st, ticket, &found, err);
	for (size_t i = 0; rc == RC_OK && i < found.n; i++) {
		if (found.v[i].gone)
			continue;
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		rc = read_commit(st, &found.v[i], &out->v[out->n++], err);
	}
	free(found.v);
	if (rc != RC_OK)
		link_list_release(out);
	else if (out->n > 1)
		qsort(out->v, out->n, sizeof(*out->v), link_compare);
	return rc;
}
