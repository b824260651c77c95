#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/file/db.h"
#include "history_state.h"
#include "store/history.h"

static int
compare_pending(const void *pa, const void *pb)
{
	const struct history_pending *a = pa, *b = pb;

	if (a->prefix != b->prefix)
		return a->prefix < b->prefix ? -1 : 1;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	if (a->rev != b->rev)
		return a->rev < b->rev ? -1 : 1;
	/* The strongest first: it is the one that is kept. */
	return (int)b->role - (int)a->role;
}

static enum rc
put_link(struct store *st, const struct history_pending *l, struct err *err)
{
	static const char sql[] =
	    "INSERT INTO link (prefix, number, rev, role, why) "
	    "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE "
	    "SET role = excluded.role, why = excluded.why "
	    "WHERE excluded.role > role";
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, l->prefix);
	db_bind_int(stmt, 2, l->number);
	db_bind_int(stmt, 3, l->rev);
	db_bind_int(stmt, 4, l->role);
	db_bind_int(stmt, 5, l->why);
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	return rc;
}

enum rc
history_flush_links(struct store *st, struct err *err)
{
	struct history_state *h = st->history;
	enum rc rc = RC_OK;

	if (h == NULL || h->n_links == 0)
		return RC_OK;
	qsort(h->links, h->n_links, sizeof(*h->links), compare_pending);
	for (size_t i = 0; rc == RC_OK && i < h->n_links; i++)
		rc = put_link(st, &h->links[i], err);
	h->n_links = 0;
	return rc;
}

enum rc
store_history_link(struct store *st, uint32_t commit,
    const struct ticket_key *key, enum link_role role, int why, struct err *err)
{
	struct history_pending l = { .number = key->number,
		.rev = commit,
		.role = (uint8_t)role,
		.why = (uint8_t)why };
	struct history_state *h;
	int64_t prefix;
	enum rc rc;

	if ((rc = history_get(st, &h, err)) != RC_OK ||
	    (rc = history_prefix(st, key->prefix, &prefix, err)) != RC_OK)
		return rc;
	l.prefix = (uint32_t)prefix;
	if (!h->full)
		return put_link(st, &l, err);
	h->links = mem_grow(h->links, &h->cap_links, h->n_links + 1,
	    sizeof(*h->links));
	h->links[h->n_links++] = l;
	return RC_OK;
}

/*
 * Reading.  Links made or taken away by hand name commits by id, and a commit
 * may have been rewritten since: they are few, so they are resolved first and
 * held in memory.
 */
struct manual {
	int64_t ticket;
	uint32_t rev;
	bool unlink;
	int64_t event;
	struct ticket_key key;
};

struct manual_list {
	struct manual *v;
	size_t n, cap;
};

static int
compare_manual(const void *pa, const void *pb)
{
	const struct manual *a = pa, *b = pb;

	if (a->ticket != b->ticket)
		return a->ticket < b->ticket ? -1 : 1;
	if (a->rev != b->rev)
		return a->rev < b->rev ? -1 : 1;
	return 0;
}

/* Later words of the same pair win. */
static void
push_manual(struct manual_list *l, const struct manual *m)
{
	for (size_t i = 0; i < l->n; i++)
		if (compare_manual(&l->v[i], m) == 0) {
			if (m->event > l->v[i].event)
				l->v[i] = *m;
			return;
		}
	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = *m;
}

enum rc
store_history_current(struct store *st, const struct oid *oid, uint32_t *id,
    struct err *err)
{
	struct oid now;
	enum rc rc;

	if ((rc = store_history_find(st, oid, id, err)) != RC_OK || *id != 0 ||
	    (rc = store_rewrite_resolve(st, oid, &now, err)) != RC_OK)
		return rc;
	return store_history_find(st, &now, id, err);
}

static enum rc
find_current(struct store *st, const char *hex, uint32_t *rev, struct err *err)
{
	struct oid oid;

	*rev = 0;
	return oid_from_hex(&oid, hex, strlen(hex))
	    ? store_history_current(st, &oid, rev, err)
	    : RC_OK;
}

static enum rc
load_manual(struct store *st, const struct ticket_key *key,
    struct manual_list *out, struct err *err)
{
	static const char sql[] =
	    "SELECT m.ticket, m.name, m.value, m.event, p.name, t.number "
	    "FROM link_manual m JOIN ticket t ON t.id = m.ticket "
	    "JOIN prefix p ON p.id = t.prefix WHERE ?1 IS NULL OR "
	    "m.ticket = (SELECT id FROM ticket WHERE number = ?2 AND "
	    "prefix = (SELECT id FROM prefix WHERE name = ?1))";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	if (key != NULL) {
		db_bind_text(stmt, 1, key->prefix);
		db_bind_int(stmt, 2, key->number);
	}
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		struct manual m = { .ticket = db_int(stmt, 0),
			.unlink = strcmp(db_text(stmt, 1), "unlink") == 0,
			.event = db_int(stmt, 3),
			.key.number = (uint32_t)db_int(stmt, 5) };

		memcpy(m.key.prefix, db_text(stmt, 4),
		    strnlen(db_text(stmt, 4), TICKET_PREFIX_MAX - 1));
		rc = find_current(st, db_text(stmt, 2), &m.rev, err);
		if (rc != RC_OK)
			break;
		if (m.rev != 0)
			push_manual(out, &m);
	}
	db_finish(st, stmt);
	if (out->n > 0)
		if (out->n > 1)
			qsort(out->v, out->n, sizeof(*out->v), compare_manual);
	return rc;
}

static const struct manual *
manual_of(const struct manual_list *l, int64_t ticket, uint32_t rev)
{
	const struct manual key = { .ticket = ticket, .rev = rev };

	if (l->n == 0 || ticket == 0)
		return NULL;
	return bsearch(&key, l->v, l->n, sizeof(*l->v), compare_manual);
}

#define LINK_SELECT \
	"SELECT l.rev, p.name, l.number, t.id, l.role, l.why FROM link l " \
	"JOIN prefix p ON p.id = l.prefix LEFT JOIN ticket t ON " \
	"t.prefix = l.prefix AND t.number = l.number "

static enum rc
prepare_links(struct store *st, sqlite3_stmt **stmt, uint32_t commit,
    const struct ticket_key *key, struct err *err)
{
	static const char all[] = LINK_SELECT;
	static const char by_commit[] = LINK_SELECT "WHERE l.rev = ?1";
	static const char by_key[] = LINK_SELECT
	    "WHERE l.number = ?2 AND l.prefix = "
	    "(SELECT id FROM prefix WHERE name = ?1)";
	enum rc rc;

	rc = db_prepare(st, stmt,
	    key != NULL       ? by_key
		: commit != 0 ? by_commit
			      : all,
	    err);
	if (rc != RC_OK)
		return rc;
	if (key != NULL) {
		db_bind_text(*stmt, 1, key->prefix);
		db_bind_int(*stmt, 2, key->number);
	} else if (commit != 0) {
		db_bind_int(*stmt, 1, commit);
	}
	return RC_OK;
}

static void
read_link(sqlite3_stmt *stmt, struct history_link *out)
{
	const size_t len = (size_t)sqlite3_column_bytes(stmt, 1);

	*out = (struct history_link){ .commit = (uint32_t)db_int(stmt, 0),
		.key.number = (uint32_t)db_int(stmt, 2),
		.ticket = db_int(stmt, 3),
		.role = (enum link_role)db_int(stmt, 4),
		.why = (int)db_int(stmt, 5) };
	if (len < TICKET_PREFIX_MAX)
		memcpy(out->key.prefix, db_text(stmt, 1), len + 1);
}

enum rc
store_history_links(struct store *st, uint32_t commit,
    const struct ticket_key *key,
    bool (*fn)(const struct history_link *l, void *arg), void *arg,
    struct err *err)
{
	struct manual_list manual = { NULL, 0, 0 };
	struct history_link l;
	sqlite3_stmt *stmt = NULL;
	bool row, more = true;
	enum rc rc;

	if ((rc = history_flush_links(st, err)) != RC_OK ||
	    (rc = load_manual(st, key, &manual, err)) != RC_OK ||
	    (rc = prepare_links(st, &stmt, commit, key, err)) != RC_OK)
		goto out;
	while (more && (rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		read_link(stmt, &l);
		if ((commit == 0 || l.commit == commit) &&
		    manual_of(&manual, l.ticket, l.commit) == NULL)
			more = fn(&l, arg);
	}
	for (size_t i = 0; rc == RC_OK && more && i < manual.n; i++) {
		const struct manual *m = &manual.v[i];

		if (m->unlink || (commit != 0 && m->rev != commit))
			continue;
		l = (struct history_link){ .commit = m->rev,
			.key = m->key,
			.ticket = m->ticket,
			.role = LINK_MANUAL };
		more = fn(&l, arg);
	}
out:
	db_finish(st, stmt);
	free(manual.v);
	return rc;
}
