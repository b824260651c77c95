#include "rebuild.h"

#include <string.h>

#include "apply.h"
#include "digest.h"
#include "line.h"
#include "store/journal.h"

/* Children before parents; the search index has a command of its own. */
static const char empty_all[] =
    "DELETE FROM label; DELETE FROM ticket_release; DELETE FROM found_in;"
    "DELETE FROM relation; DELETE FROM link_manual; DELETE FROM add_more;"
    "DELETE FROM add_gone; DELETE FROM comment; DELETE FROM ticket;"
    "DELETE FROM release; DELETE FROM build; DELETE FROM meta;"
    "DELETE FROM field_version; DELETE FROM counter; DELETE FROM op;"
    "DELETE FROM no_ticket;"
    "INSERT INTO search (search) VALUES ('delete-all')";

#define PROGRESS_STEP 4096

static enum rc
replay_row(struct store *st, sqlite3_stmt *stmt, struct err *err)
{
	struct event ev = EVENT_INIT;
	struct apply a;
	enum rc rc;

	rc = line_decode(db_text(stmt, 2),
	    (size_t)sqlite3_column_bytes(stmt, 2), &ev, err);
	if (rc != RC_OK) {
		err_prefix(err, "%s: row %lld of the journal", st->path,
		    (long long)db_int(stmt, 0));
		return RC_CORRUPT;
	}
	ev.replica = (uint64_t)db_int(stmt, 1);
	apply_init(&a, st, st->write, &ev, db_int(stmt, 0));
	rc = apply_event(&a, err);
	event_release(&ev);
	return rc;
}

static enum rc
replay_all(struct store *st, const struct rebuild_progress *p, int64_t total,
    struct err *err)
{
	static const char sql[] = "SELECT j.seq, r.bits, j.line FROM journal j "
				  "JOIN replica r ON r.id = j.replica "
				  "ORDER BY j.seq";
	sqlite3_stmt *stmt = NULL;
	int64_t done = 0;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		if ((rc = replay_row(st, stmt, err)) != RC_OK)
			break;
		if (++done % PROGRESS_STEP == 0 && p->fn != NULL)
			p->fn(p->arg, done, total);
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
rebuild_replay(struct store *st, const struct rebuild_progress *p,
    struct err *err)
{
	static const char count[] = "SELECT count(*) FROM journal";
	struct write_state *w;
	int64_t total;
	enum rc rc;

	if ((rc = write_get(st, &w, err)) != RC_OK ||
	    (rc = bulk_strip(st, err)) != RC_OK ||
	    (rc = db_exec(st, empty_all, err)) != RC_OK ||
	    (rc = db_get_int(st, count, 0, &total, err)) != RC_OK)
		return rc;
	w->ticket = 0;
	w->first_new = 1;
	w->object.ulid.s[0] = '\0';
	if ((rc = replay_all(st, p, total, err)) != RC_OK ||
	    (rc = write_flush(st, err)) != RC_OK)
		return rc;
	if (p->fn != NULL)
		p->fn(p->arg, total, total);
	return RC_OK;
}

enum rc
store_rebuild(struct store *st,
    void (*progress)(void *arg, int64_t done, int64_t total), void *arg,
    bool *changed, struct err *err)
{
	const struct rebuild_progress p = { progress, arg };
	struct digest before, after;
	bool readable;
	enum rc rc;

	*changed = true;
	if (st->depth > 0)
		return err_set(err, RC_FAIL, "a rebuild inside of a change");
	/* Emptying a table that others refer to goes row by row else. */
	sqlite3_db_config(st->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
	if ((rc = store_begin(st, err)) != RC_OK)
		goto out;
	readable = digest_compute(st, &before, NULL) == RC_OK;
	rc = store_bulk_begin(st, err);
	if (rc == RC_OK)
		rc = rebuild_replay(st, &p, err);
	if (rc == RC_OK)
		rc = digest_compute(st, &after, err);
	if (rc == RC_OK)
		rc = store_commit(st, err);
	else
		store_rollback(st);
	if (rc == RC_OK)
		*changed = !readable ||
		    memcmp(&before, &after, sizeof(before)) != 0;
	store_bulk_end(st, NULL);
out:
	sqlite3_db_config(st->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	return rc;
}
