#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/file/db.h"
#include "history_state.h"
#include "store/history.h"

enum rc
store_history_find(struct store *st, const struct oid *oid, uint32_t *id,
    struct err *err)
{
	static const char sql[] = "SELECT id FROM history WHERE oid = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*id = 0;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_oid(stmt, 1, oid);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*id = (uint32_t)db_int(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

/* The smallest and largest id that begin with the digits; false if they are
 * none.  An id of 20 bytes sorts before one of 32 with the same beginning. */
static bool
prefix_bounds(const char *hex, unsigned char lo[OID_MAX],
    unsigned char hi[OID_MAX])
{
	static const char digits[] = "0123456789abcdef";
	const size_t n = strnlen(hex, OID_HEX_MAX + 1);

	if (n < 4 || n > OID_HEX_MAX)
		return false;
	memset(lo, 0, OID_MAX);
	memset(hi, 0xff, OID_MAX);
	for (size_t i = 0; i < n; i++) {
		const char *at = strchr(digits, tolower((unsigned char)hex[i]));
		const unsigned shift = i % 2 == 0 ? 4 : 0;
		unsigned v;

		if (at == NULL)
			return false;
		v = (unsigned)(at - digits);
		lo[i / 2] = (unsigned char)(lo[i / 2] | v << shift);
		hi[i / 2] = (unsigned char)((hi[i / 2] & ~(15U << shift)) |
		    v << shift);
	}
	return true;
}

enum rc
store_history_find_prefix(struct store *st, const char *hex, uint32_t *id,
    struct err *err)
{
	static const char sql[] = "SELECT id FROM history WHERE oid >= ?1 AND "
				  "oid <= ?2 LIMIT 2";
	unsigned char lo[OID_MAX], hi[OID_MAX];
	sqlite3_stmt *stmt = NULL;
	size_t found = 0;
	bool row = true;
	enum rc rc;

	*id = 0;
	if (!prefix_bounds(hex, lo, hi))
		return err_set(err, RC_NOT_FOUND,
		    "\"%.64s\" is not the id of a commit (4 digits or more)",
		    hex);
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	/* Half of the digits: zeros behind would exclude the shorter id. */
	db_bind_blob(stmt, 1, lo, (strlen(hex) + 1) / 2);
	db_bind_blob(stmt, 2, hi, sizeof(hi));
	while (rc == RC_OK && row) {
		rc = db_step(st, stmt, &row, err);
		if (rc == RC_OK && row && found++ == 0)
			*id = (uint32_t)db_int(stmt, 0);
	}
	db_finish(st, stmt);
	if (rc != RC_OK || found == 1)
		return rc;
	*id = 0;
	if (found == 0)
		return err_set(err, RC_NOT_FOUND,
		    "no commit %.64s (see: notes scan)", hex);
	return err_set(err, RC_FAIL,
	    "%.64s is the beginning of several commits (give more digits)",
	    hex);
}

enum rc
store_history_max(struct store *st, uint32_t *max, int64_t *count,
    struct err *err)
{
	static const char sql_max[] = "SELECT max(id) FROM history";
	static const char sql_count[] = "SELECT count(*) FROM history";
	int64_t v;
	enum rc rc;

	if ((rc = db_get_int(st, sql_max, 0, &v, err)) != RC_OK)
		return rc;
	*max = (uint32_t)v;
	return count == NULL ? RC_OK : db_get_int(st, sql_count, 0, count, err);
}

/* Columns p1, p2, more of the row, from column i on; the caller frees *out. */
static size_t
read_parents(sqlite3_stmt *stmt, int i, uint32_t **v, size_t *cap)
{
	const unsigned char *more = sqlite3_column_blob(stmt, i + 2);
	const size_t extra = (size_t)sqlite3_column_bytes(stmt, i + 2) / 4;
	size_t n = 0;

	*v = mem_grow(*v, cap, extra + 2, sizeof(**v));
	for (int p = 0; p < 2; p++)
		if (db_int(stmt, i + p) != 0)
			(*v)[n++] = (uint32_t)db_int(stmt, i + p);
	for (size_t k = 0; k < extra; k++)
		(*v)[n++] = (uint32_t)more[4 * k] |
		    (uint32_t)more[4 * k + 1] << 8 |
		    (uint32_t)more[4 * k + 2] << 16 |
		    (uint32_t)more[4 * k + 3] << 24;
	return n;
}

static size_t
keep_known(const struct graph *g, uint32_t id, uint32_t *v, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (v[i] < id && v[i] < g->cap && g->present[v[i]])
			v[kept++] = v[i];
	return kept;
}

enum rc
store_history_graph(struct store *st, struct graph *g, int64_t **times,
    uint16_t **flags, int64_t **releases, struct err *err)
{
	static const char sql[] = "SELECT id, p1, p2, more, time, flags, "
				  "release FROM history ORDER BY id";
	uint32_t *parents = NULL, max;
	size_t cap = 0, n;
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = store_history_max(st, &max, NULL, err)) != RC_OK)
		return rc;
	if (times != NULL)
		*times = mem_calloc((size_t)max + 1, sizeof(**times));
	if (flags != NULL)
		*flags = mem_calloc((size_t)max + 1, sizeof(**flags));
	if (releases != NULL)
		*releases = mem_calloc((size_t)max + 1, sizeof(**releases));
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		const uint32_t id = (uint32_t)db_int(stmt, 0);

		/* Damage must not reach past the arrays. */
		if (id <= g->n || id > max)
			continue;
		n = read_parents(stmt, 1, &parents, &cap);
		n = keep_known(g, id, parents, n);
		graph_add_at(g, id, parents, n);
		if (times != NULL)
			(*times)[id] = db_int(stmt, 4);
		if (flags != NULL)
			(*flags)[id] = (uint8_t)db_int(stmt, 5);
		if (releases != NULL)
			(*releases)[id] = db_int(stmt, 6);
	}
	db_finish(st, stmt);
	free(parents);
	return rc;
}

/* Marks follow a commit that was rewritten, as links by hand do. */
enum rc
store_history_no_ticket(struct store *st, uint16_t *flags, uint32_t max,
    struct err *err)
{
	static const char sql[] = "SELECT DISTINCT oid FROM no_ticket";
	sqlite3_stmt *stmt = NULL;
	struct oid oid;
	uint32_t id;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		db_oid(stmt, 0, &oid);
		if ((rc = store_history_current(st, &oid, &id, err)) != RC_OK)
			break;
		if (id != 0 && id <= max)
			flags[id] |= HISTORY_NO_TICKET;
	}
	db_finish(st, stmt);
	return rc;
}

#define COMMIT_SELECT \
	"SELECT h.id, h.oid, h.time, h.flags, h.release, p.name, " \
	"h.subject FROM history h LEFT JOIN person p ON p.id = h.author "

static void
read_commit(sqlite3_stmt *stmt, struct history_commit *out)
{
	const char *author = db_text(stmt, 5), *subject = db_text(stmt, 6);

	*out = (struct history_commit){ .id = (uint32_t)db_int(stmt, 0),
		.time = db_int(stmt, 2),
		.flags = (unsigned)db_int(stmt, 3),
		.release = db_int(stmt, 4),
		.author = author == NULL ? "" : author,
		.subject = subject == NULL ? "" : subject };
	db_oid(stmt, 1, &out->oid);
}

enum rc
store_history_commits(struct store *st, const uint32_t *ids, size_t n,
    bool (*fn)(const struct history_commit *c, void *arg), void *arg,
    struct err *err)
{
	static const char all[] = COMMIT_SELECT "ORDER BY h.id";
	static const char one[] = COMMIT_SELECT "WHERE h.id = ?1";
	struct history_commit c;
	sqlite3_stmt *stmt = NULL;
	bool row = true, more = true;
	enum rc rc;

	rc = db_prepare(st, &stmt, ids == NULL ? all : one, err);
	if (rc != RC_OK)
		return rc;
	while (ids == NULL && more &&
	    (rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		read_commit(stmt, &c);
		more = fn(&c, arg);
	}
	for (size_t i = 0; ids != NULL && more && i < n; i++) {
		db_bind_int(stmt, 1, ids[i]);
		if ((rc = db_step(st, stmt, &row, err)) != RC_OK)
			break;
		if (row) {
			read_commit(stmt, &c);
			more = fn(&c, arg);
		}
		db_reset(stmt);
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
store_history_ties(struct store *st,
    bool (*fn)(const struct history_tie_row *t, void *arg), void *arg,
    struct err *err)
{
	static const char sql[] =
	    "SELECT rev, target, kind FROM tie ORDER BY rev, target, kind";
	sqlite3_stmt *stmt = NULL;
	bool row, more = true;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	while (more && (rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		const struct history_tie_row t = {
			.commit = (uint32_t)db_int(stmt, 0),
			.target = (uint32_t)db_int(stmt, 1),
			.kind = (enum history_tie)db_int(stmt, 2),
		};

		more = fn(&t, arg);
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
store_history_typos(struct store *st, uint32_t commit,
    bool (*fn)(const char *text, const struct ticket_key *meant, void *arg),
    void *arg, struct err *err)
{
	static const char sql[] = "SELECT y.text, p.name, y.number FROM typo y "
				  "JOIN prefix p ON p.id = y.prefix "
				  "WHERE y.rev = ?1 ORDER BY y.text";
	sqlite3_stmt *stmt = NULL;
	bool row, more = true;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, commit);
	while (more && (rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		struct ticket_key key = { .number = (uint32_t)db_int(stmt, 2) };

		memcpy(key.prefix, db_text(stmt, 1),
		    strnlen(db_text(stmt, 1), TICKET_PREFIX_MAX - 1));
		more = fn(db_text(stmt, 0), &key, arg);
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
store_history_coauthors(struct store *st, uint32_t commit, struct strv *out,
    struct err *err)
{
	static const char sql[] = "SELECT p.name FROM coauthor c JOIN person p "
				  "ON p.id = c.person WHERE c.rev = ?1 "
				  "ORDER BY p.name";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, commit);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row)
		strv_push(out, db_text(stmt, 0));
	db_finish(st, stmt);
	return rc;
}

enum rc
store_history_totals(struct store *st, struct history_totals *out,
    struct err *err)
{
	static const char sql[] =
	    "SELECT (SELECT count(*) FROM history), "
	    "(SELECT count(*) FROM link) + (SELECT count(*) FROM link_manual "
	    "WHERE name = 'link'), (SELECT count(*) FROM ledger), "
	    "(SELECT count(*) FROM (SELECT DISTINCT prefix, number FROM link) "
	    "l WHERE NOT EXISTS (SELECT 1 FROM ticket t WHERE "
	    "t.prefix = l.prefix AND t.number = l.number))";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	*out = (struct history_totals){ 0 };
	if ((rc = history_flush_links(st, err)) != RC_OK ||
	    (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	if ((rc = db_step(st, stmt, &row, err)) == RC_OK) {
		out->commits = db_int(stmt, 0);
		out->links = db_int(stmt, 1);
		out->effects = db_int(stmt, 2);
		out->unknown_keys = db_int(stmt, 3);
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
store_history_unknown(struct store *st,
    bool (*fn)(const struct ticket_key *key, int64_t commits, void *arg),
    void *arg, struct err *err)
{
	static const char sql[] =
	    "SELECT p.name, l.number, count(*) FROM prefix p JOIN link l "
	    "ON l.prefix = p.id WHERE NOT EXISTS (SELECT 1 FROM ticket t WHERE "
	    "t.prefix = l.prefix AND t.number = l.number) "
	    "GROUP BY p.name, l.number ORDER BY p.name, l.number";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = history_flush_links(st, err)) != RC_OK ||
	    (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		struct ticket_key key = { .number = (uint32_t)db_int(stmt, 1) };
		const char *prefix = db_text(stmt, 0);

		if (strlen(prefix) >= sizeof(key.prefix))
			continue;
		memcpy(key.prefix, prefix, strlen(prefix) + 1);
		if (!fn(&key, db_int(stmt, 2), arg))
			break;
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
store_refs_load(struct store *st, struct strv *names, struct strv *hexes,
    struct err *err)
{
	static const char sql[] = "SELECT name, hex FROM ref ORDER BY name";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		strv_push(names, db_text(stmt, 0));
		strv_push(hexes, db_text(stmt, 1));
	}
	db_finish(st, stmt);
	return rc;
}

/* Few refs move between two scans, so only those are written. */
enum rc
store_refs_save(struct store *st, const struct strv *names,
    const struct strv *hexes, struct err *err)
{
	static const char put[] = "INSERT OR REPLACE INTO ref (name, hex) "
				  "VALUES (?1, ?2)";
	static const char drop[] = "DELETE FROM ref WHERE name = ?1";
	struct strv old = STRV_INIT, old_hexes = STRV_INIT;
	sqlite3_stmt *stmt = NULL;
	size_t i = 0, k = 0;
	enum rc rc;
	int c;

	rc = store_refs_load(st, &old, &old_hexes, err);
	while (rc == RC_OK && (i < names->n || k < old.n)) {
		c = i == names->n ? 1
		    : k == old.n  ? -1
				  : strcmp(names->v[i], old.v[k]);
		if (c == 0 && strcmp(hexes->v[i], old_hexes.v[k]) == 0) {
			i++;
			k++;
			continue;
		}
		rc = db_prepare(st, &stmt, c > 0 ? drop : put, err);
		if (rc != RC_OK)
			break;
		db_bind_text(stmt, 1, c > 0 ? old.v[k] : names->v[i]);
		if (c <= 0)
			db_bind_text(stmt, 2, hexes->v[i]);
		rc = db_run(st, stmt, err);
		db_finish(st, stmt);
		i += c <= 0;
		k += c >= 0;
	}
	strv_release(&old);
	strv_release(&old_hexes);
	return rc;
}
