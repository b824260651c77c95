#include "mark.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "model/commit.h"

static const char field[] = "no-ticket";

bool
mark_is_event(const struct event *ev)
{
	for (size_t i = 0; i < ev->n_values; i++)
		if (strcmp(ev->values[i].field, field) != 0)
			return false;
	return ev->n_values > 0;
}

/* The oldest add of a commit behind after, or *seq 0. */
static enum rc
next(struct store *st, const char *hex, int64_t after, int64_t *seq,
    struct err *err)
{
	static const char sql[] =
	    "SELECT event FROM no_ticket WHERE oid = ?1 AND event > ?2 "
	    "ORDER BY event LIMIT 1";
	sqlite3_stmt *stmt = NULL;
	struct oid oid;
	bool row = false;
	enum rc rc;

	*seq = 0;
	if (!oid_from_hex(&oid, hex, strlen(hex)))
		return RC_OK;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_oid(stmt, 1, &oid);
	db_bind_int(stmt, 2, after);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*seq = db_int(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

enum rc
mark_find(struct store *st, const char *hex, int64_t *seq, struct err *err)
{
	return next(st, hex, 0, seq, err);
}

/* All adds that are alive, as "b" names them. */
static enum rc
name_adds(struct apply *a, struct event_value *v, int64_t first,
    struct err *err)
{
	struct buf names = BUF_INIT;
	char name[WRITER_MAX];
	enum rc rc = RC_OK;

	for (int64_t seq = first; seq != 0 && rc == RC_OK;) {
		if ((rc = writer_name(a->st, seq, name, err)) != RC_OK)
			break;
		buf_printf(&names, "%s%s", names.len == 0 ? "" : ",", name);
		rc = next(a->st, v->value, seq, &seq, err);
	}
	if (rc == RC_OK)
		mem_replace(&v->before, buf_str(&names));
	buf_release(&names);
	return rc;
}

static enum rc
normalise(struct event_value *v, struct err *err)
{
	char hex[OID_HEX_MAX + 1];
	struct oid oid;

	if (v->value == NULL || !oid_from_hex(&oid, v->value, strlen(v->value)))
		return err_set(err, RC_INVALID,
		    "%s: \"%.64s\" is not the full id of a commit", field,
		    v->value == NULL ? "" : v->value);
	oid_to_hex(&oid, hex);
	mem_replace(&v->value, hex);
	return RC_OK;
}

enum rc
prepare_marks(struct apply *a, struct err *err)
{
	struct event *ev = a->ev;
	int64_t seq;
	enum rc rc;

	if (ev->object.s[0] == '\0')
		ev->object = a->st->tracker;
	for (size_t i = 0; i < ev->n_values;) {
		struct event_value *v = &ev->values[i];

		if ((rc = normalise(v, err)) != RC_OK ||
		    (rc = mark_find(a->st, v->value, &seq, err)) != RC_OK)
			return rc;
		if ((seq != 0) == (ev->kind == EVENT_ADD)) {
			event_drop(ev, i);
			continue;
		}
		if (seq != 0 && (rc = name_adds(a, v, seq, err)) != RC_OK)
			return rc;
		i++;
	}
	return RC_OK;
}

static enum rc
change(struct apply *a, const char *sql, const struct oid *oid, int64_t event,
    struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_oid(stmt, 1, oid);
	db_bind_int(stmt, 2, event);
	rc = db_run(a->st, stmt, err);
	db_finish(a->st, stmt);
	return rc;
}

static enum rc
insert(struct apply *a, const struct event_value *v, struct err *err)
{
	static const char sql[] = "INSERT INTO no_ticket (oid, event) "
				  "VALUES (?1, ?2) ON CONFLICT DO NOTHING";
	struct oid oid;
	bool gone;
	enum rc rc;

	if (v->value == NULL || !oid_from_hex(&oid, v->value, strlen(v->value)))
		return RC_OK;
	if ((rc = set_is_gone(a, v, &gone, err)) != RC_OK || gone)
		return rc;
	return change(a, sql, &oid, a->seq, err);
}

/* Takes away the adds that "b" names. */
static enum rc
drop(struct apply *a, const struct event_value *v, struct err *err)
{
	static const char sql[] =
	    "DELETE FROM no_ticket WHERE oid = ?1 AND event = ?2";
	const char *name = v->before;
	struct oid oid;
	int64_t seq;
	enum rc rc;

	if (v->value == NULL || name == NULL ||
	    !oid_from_hex(&oid, v->value, strlen(v->value)))
		return RC_OK;
	while (*name != '\0') {
		const size_t len = strcspn(name, ",");

		rc = writer_find(a->st, name, len, &seq, err);
		if (rc != RC_OK)
			return rc;
		/* In a replay the add may stand further on. */
		rc = seq == 0 || seq > a->seq ? set_bury(a, v, name, len, err)
					      : change(a, sql, &oid, seq, err);
		if (rc != RC_OK)
			return rc;
		name += len + (name[len] == ',');
	}
	return RC_OK;
}

enum rc
apply_marks(struct apply *a, struct err *err)
{
	const struct event *ev = a->ev;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < ev->n_values; i++)
		rc = ev->kind == EVENT_ADD ? insert(a, &ev->values[i], err)
					   : drop(a, &ev->values[i], err);
	return rc;
}
