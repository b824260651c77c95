/* How long tickets take: from the journal, and from the commits of releases. */
#include "base/date.h"
#include "came_done.h"
#include "store/file/db.h"
#include "store/flow.h"

/* Seconds that are looked at for each ticket that is wanted: those of imports
 * are passed, each in a few steps, however much came in then. */
#define SECONDS_FOR_EACH 4

struct cycles {
	int64_t left; /* to be kept */
	bool (*fn)(const struct flow_cycle *c, void *arg);
	void *arg;
	bool cut, enough;
};

/* The last second of the range in which something was done, or DATE_NONE. */
static enum rc
last_second(struct store *st, int64_t from, int64_t before, int64_t *when,
    struct err *err)
{
	static const char sql[] =
	    "SELECT max(resolved) FROM ticket INDEXED BY ticket_resolved "
	    "WHERE resolved IS NOT NULL AND resolved >= ?1 AND resolved < ?2";
	const int64_t args[] = { from, before };

	return db_ask_int(st, sql, args, 2, DATE_NONE, when, err);
}

/* Did all of a second come in done?  As in flow.c, its ends tell. */
static enum rc
all_came(struct store *st, int64_t when, bool *out, struct err *err)
{
#define END \
	"(SELECT " CAME_DONE " FROM ticket t " \
	"INDEXED BY ticket_resolved WHERE t.resolved IS NOT NULL " \
	"AND t.resolved = ?1 ORDER BY t.seq "
	static const char sql[] = "SELECT " END "LIMIT 1) AND " END
				  "DESC LIMIT 1)";
#undef END
	int64_t came;
	enum rc rc = db_ask_int(st, sql, &when, 1, 0, &came, err);

	*out = came != 0;
	return rc;
}

static enum rc
read_second(struct store *st, int64_t when, struct cycles *out, struct err *err)
{
	static const char sql[] =
	    "SELECT t.type, t.created, t.resolved, "
	    /* the first event that put it into a status of that category */
	    "(SELECT min(" EVENT_TIME ") FROM journal j "
	    "WHERE j.object = t.ulid "
	    "AND json_extract(j.line, '$.s.category') = 'doing') "
	    "FROM ticket t INDEXED BY ticket_resolved "
	    "WHERE t.resolved IS NOT NULL AND t.resolved = ?1 "
	    "AND t.category = 2 AND t.deleted = 0 "
	    /* what came in done tells nothing */
	    "AND NOT " CAME_DONE " ORDER BY t.seq DESC LIMIT ?2";
	struct flow_cycle c;
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, when);
	/* One more tells that there are others. */
	db_bind_int(stmt, 2, out->left + 1);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		if (out->left == 0) {
			out->cut = true;
			break;
		}
		out->left--;
		c = (struct flow_cycle){ .type = db_text(stmt, 0),
			.created = db_int(stmt, 1),
			.resolved = db_int(stmt, 2),
			.started = db_time(stmt, 3) };
		if (!out->fn(&c, out->arg)) {
			out->enough = true;
			break;
		}
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
store_flow_cycles(struct store *st, int64_t since, int64_t max,
    bool (*fn)(const struct flow_cycle *c, void *arg), void *arg, bool *cut,
    struct err *err)
{
	struct cycles c = { .left = max, .fn = fn, .arg = arg };
	int64_t when = INT64_MAX, seconds = max * SECONDS_FOR_EACH;
	bool came;
	enum rc rc;

	while ((rc = last_second(st, since, when, &when, err)) == RC_OK &&
	    when != DATE_NONE && !c.enough && !c.cut) {
		if (seconds-- == 0) {
			c.cut = true;
			break;
		}
		if ((rc = all_came(st, when, &came, err)) != RC_OK ||
		    (!came && (rc = read_second(st, when, &c, err)) != RC_OK))
			break;
	}
	*cut = c.cut;
	return rc;
}

enum rc
store_flow_release(struct store *st, const char *version, int64_t id,
    int64_t max, bool (*fn)(const struct flow_shipped *s, void *arg), void *arg,
    struct err *err)
{
	static const char sql[] =
	    "WITH s (id) AS ("
	    /* put into it by somebody */
	    "SELECT ticket FROM ticket_release WHERE value = ?1 UNION "
	    /* claimed (role 1 and above) by commits that are new in it */
	    "SELECT t.id FROM history h JOIN link l ON l.rev = h.id "
	    "JOIN ticket t ON t.prefix = l.prefix AND t.number = l.number "
	    "WHERE h.release = ?2 AND ?2 > 0 AND l.role >= 1) "
	    "SELECT (SELECT min(h.time) FROM link l JOIN history h "
	    "ON h.id = l.rev WHERE l.prefix = t.prefix AND "
	    "l.number = t.number AND l.role >= 1), "
	    "EXISTS (SELECT 1 FROM link_manual m WHERE m.ticket = t.id AND "
	    "m.name = 'link') "
	    "FROM s CROSS JOIN ticket t ON t.id = s.id WHERE t.deleted = 0 "
	    "LIMIT ?3";
	struct flow_shipped s;
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, version);
	db_bind_int(stmt, 2, id);
	db_bind_int(stmt, 3, max);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		s.first = db_time(stmt, 0);
		s.has_commits = s.first != DATE_NONE || db_int(stmt, 1) != 0;
		if (!fn(&s, arg))
			break;
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
store_flow_reverts(struct store *st, int64_t id, int64_t *n, struct err *err)
{
	/* 4: HISTORY_REVERT */
	static const char sql[] =
	    "SELECT count(*) FROM history WHERE release = ?1 AND "
	    "release > 0 AND flags & 4";

	return db_ask_int(st, sql, &id, 1, 0, n, err);
}
