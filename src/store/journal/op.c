#include <string.h>

#include "apply.h"
#include "store/journal.h"

#define COLUMNS "o.n, o.last, o.undoes, o.redoes, o.live, l.last, o.undone"

static void
read_op(sqlite3_stmt *stmt, struct store_op *out)
{
	*out = (struct store_op){ .n = db_int(stmt, 0),
		.last = db_int(stmt, 1),
		.undoes = db_int(stmt, 2),
		.redoes = db_int(stmt, 3),
		.live = db_int(stmt, 4),
		.live_last = db_int(stmt, 5),
		.undone = db_int(stmt, 6) != 0 };
	out->event = out->n;
}

enum rc
store_op_find(struct store *st, int64_t n, struct store_op *out,
    struct err *err)
{
	static const char sql[] = "SELECT " COLUMNS
				  " FROM op o JOIN op l ON l.n = o.live "
				  "WHERE o.n = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, n);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		read_op(stmt, out);
	else if (rc == RC_OK)
		rc = err_set(err, RC_NOT_FOUND,
		    "no operation %lld (see: notes "
		    "log --porcelain)",
		    (long long)n);
	db_finish(st, stmt);
	return rc;
}

/* Those of one object, with the first event of each that is about it. */
#define OF_OBJECT \
	"SELECT " COLUMNS ", f.event FROM (SELECT j.grp AS grp, " \
	"min(j.n) AS event FROM journal j WHERE j.replica = 1 AND " \
	"j.object IN (SELECT ?3 UNION ALL SELECT c.ulid FROM comment c " \
	"JOIN ticket t ON t.id = c.ticket WHERE t.ulid = ?3) GROUP BY j.grp) " \
	"f JOIN op o ON o.n = f.grp JOIN op l ON l.n = o.live WHERE "
#define OF_ALL "SELECT " COLUMNS " FROM op o JOIN op l ON l.n = o.live WHERE "
#define OLDER  "o.n < ?1 ORDER BY o.n DESC LIMIT ?2"
#define NEWER  "o.n > ?1 ORDER BY o.n LIMIT ?2"

enum rc
store_ops(struct store *st, const struct ulid *object, int64_t from,
    enum op_order order, size_t limit,
    bool (*fn)(const struct store_op *op, void *arg), void *arg,
    struct err *err)
{
	static const char *const sql[2][2] = {
		{ OF_ALL OLDER, OF_ALL NEWER },
		{ OF_OBJECT OLDER, OF_OBJECT NEWER },
	};
	sqlite3_stmt *stmt = NULL;
	struct store_op op;
	bool row, more = true;
	enum rc rc;

	rc = db_prepare(st, &stmt, sql[object != NULL][order], err);
	if (rc != RC_OK)
		return rc;
	db_bind_int(stmt, 1, order == OP_OLDER && from == 0 ? INT64_MAX : from);
	db_bind_int(stmt, 2, (int64_t)limit);
	if (object != NULL)
		db_bind_text(stmt, 3, object->s);
	while (more && (rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		read_op(stmt, &op);
		if (object != NULL)
			op.event = db_int(stmt, 7);
		more = fn(&op, arg);
	}
	db_finish(st, stmt);
	return rc;
}
