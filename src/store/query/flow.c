#include "store/flow.h"

#include "base/date.h"
#include "came_done.h"
#include "store/file/db.h"

/* A count in a range of time. */
static enum rc
one_int(struct store *st, const char *sql, int64_t from, int64_t to, int64_t *n,
    struct err *err)
{
	const int64_t args[] = { from, to };

	return db_ask_int(st, sql, args, 2, 0, n, err);
}

enum rc
store_flow_first(struct store *st, int64_t *when, struct err *err)
{
	static const char sql[] =
	    "SELECT created FROM ticket INDEXED BY ticket_created "
	    "WHERE deleted = 0 ORDER BY created LIMIT 1";

	return db_get_int(st, sql, DATE_NONE, when, err);
}

/* All along the index, less the few that are deleted: the table is not read. */
enum rc
store_flow_created(struct store *st, int64_t from, int64_t to, int64_t *n,
    struct err *err)
{
	static const char all[] =
	    "SELECT count(*) FROM ticket INDEXED BY ticket_created "
	    "WHERE created >= ?1 AND created < ?2";
	static const char gone[] =
	    "SELECT count(*) FROM ticket INDEXED BY ticket_deleted_time "
	    "WHERE deleted = 1 AND created >= ?1 AND created < ?2";
	int64_t deleted = 0;
	enum rc rc;

	if ((rc = one_int(st, all, from, to, n, err)) == RC_OK)
		rc = one_int(st, gone, from, to, &deleted, err);
	*n -= deleted;
	return rc;
}

/* What one ticket says of the second in which it was done. */
struct came {
	bool done; /* it came in so */
	bool older;
};

static enum rc
look(struct store *st, int64_t id, struct came *out, struct err *err)
{
	static const char sql[] = "SELECT " CAME_DONE ", t.created < t.resolved"
				  " FROM ticket t WHERE t.id = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*out = (struct came){ .done = false };
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, id);
	if ((rc = db_step(st, stmt, &row, err)) == RC_OK && row)
		*out = (struct came){ .done = db_int(stmt, 0) != 0,
			.older = db_int(stmt, 1) != 0 };
	db_finish(st, stmt);
	return rc;
}

/* Tickets that were done in one second: all of them, or the archived ones. */
struct group {
	int64_t when, n, first, last; /* row numbers */
	bool archived;
};

/* One by one, where a second holds both kinds. */
static enum rc
look_through(struct store *st, const struct group *g, struct flow_closed *out,
    struct err *err)
{
	static const char sql[] =
	    "SELECT " CAME_DONE ", t.created < t.resolved FROM ticket t "
	    "INDEXED BY ticket_resolved WHERE t.resolved IS NOT NULL AND "
	    "t.resolved = ?1 AND t.deleted >= ?2";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, g->when);
	db_bind_int(stmt, 2, g->archived);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		if (db_int(stmt, 0) == 0)
			out->n++;
		else if (db_int(stmt, 1) == 0)
			out->came++;
		else
			out->older++;
	}
	db_finish(st, stmt);
	return rc;
}

/*
 * Rows are numbered as they are made, so those of one second that came in done
 * stand together: when the first and the last of it did, all between did.
 */
static enum rc
look_at_ends(struct store *st, const struct group *g, struct flow_closed *out,
    struct err *err)
{
	struct came a, z;
	enum rc rc;

	if ((rc = look(st, g->first, &a, err)) != RC_OK)
		return rc;
	z = a;
	if (g->n > 1 && (rc = look(st, g->last, &z, err)) != RC_OK)
		return rc;
	if (a.done != z.done || a.older != z.older)
		return look_through(st, g, out, err);
	if (!a.done)
		out->n += g->n;
	else if (a.older)
		out->older += g->n;
	else
		out->came += g->n;
	return RC_OK;
}

/* Adds up the groups that sql gives. */
static enum rc
add_groups(struct store *st, const char *sql, bool archived, int64_t from,
    int64_t to, struct flow_closed *out, struct err *err)
{
	struct group g = { .archived = archived };
	sqlite3_stmt *stmt = NULL;
	int64_t lone = 0;
	bool row = false;
	enum rc rc;

	*out = (struct flow_closed){ 0 };
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, from);
	db_bind_int(stmt, 2, to);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		g.when = db_int(stmt, 0);
		g.n = db_int(stmt, 1);
		g.first = db_int(stmt, 2);
		g.last = db_int(stmt, 3);
		if (g.n == 1 && lone++ >= FLOW_LONE_MAX) {
			out->n++;
			out->unseen++;
		} else if ((rc = look_at_ends(st, &g, out, err)) != RC_OK) {
			break;
		}
	}
	db_finish(st, stmt);
	return rc;
}

static void
take_off(int64_t *n, int64_t less)
{
	*n -= less < *n ? less : *n;
}

/* The archived ones, by the same rule, go off what each of them was. */
enum rc
store_flow_closed(struct store *st, int64_t from, int64_t to,
    struct flow_closed *out, struct err *err)
{
	static const char all[] =
	    "SELECT resolved, count(*), min(seq), max(seq) FROM ticket "
	    "INDEXED BY ticket_resolved WHERE resolved IS NOT NULL AND "
	    "resolved >= ?1 AND resolved < ?2 GROUP BY resolved";
	static const char archived[] =
	    "SELECT resolved, count(*), min(id), max(id) FROM ticket "
	    "INDEXED BY ticket_deleted_time WHERE deleted = 1 AND "
	    "resolved >= ?1 AND resolved < ?2 GROUP BY resolved";
	struct flow_closed gone;
	enum rc rc;

	if ((rc = add_groups(st, all, false, from, to, out, err)) != RC_OK ||
	    (rc = add_groups(st, archived, true, from, to, &gone, err)) !=
		RC_OK)
		return rc;
	take_off(&out->n, gone.n);
	take_off(&out->came, gone.came);
	take_off(&out->older, gone.older);
	return RC_OK;
}

enum rc
store_flow_open(struct store *st, int64_t from, int64_t to, int64_t *n,
    struct err *err)
{
	static const char sql[] =
	    "SELECT count(*) FROM ticket INDEXED BY ticket_open WHERE "
	    "category < 2 AND deleted = 0 AND created >= ?1 AND created < ?2";

	return one_int(st, sql, from, to, n, err);
}

enum rc
store_flow_oldest(struct store *st, size_t max, int64_t *ids, size_t *n,
    struct err *err)
{
	static const char sql[] =
	    "SELECT seq FROM ticket INDEXED BY ticket_open WHERE "
	    "category < 2 AND deleted = 0 ORDER BY created, seq LIMIT ?1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*n = 0;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, (int64_t)max);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row)
		ids[(*n)++] = db_int(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_flow_doing(struct store *st,
    bool (*fn)(const char *assignee, int64_t n, void *arg), void *arg,
    struct err *err)
{
	static const char sql[] =
	    "SELECT assignee, count(*) FROM ticket INDEXED BY ticket_doing "
	    "WHERE category = 1 AND deleted = 0 GROUP BY assignee";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row)
		if (!fn(db_text(stmt, 0), db_int(stmt, 1), arg))
			break;
	db_finish(st, stmt);
	return rc;
}
