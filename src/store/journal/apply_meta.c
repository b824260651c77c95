#include <string.h>

#include "apply.h"
#include "base/mem.h"

static enum rc
find(struct apply *a, const struct event_value *v, int64_t *event, bool *same,
    struct err *err)
{
	static const char sql[] =
	    "SELECT event, value FROM meta WHERE name = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*event = 0;
	*same = false;
	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, v->field);
	rc = db_step(a->st, stmt, &row, err);
	if (rc == RC_OK && row) {
		const char *old = db_text(stmt, 1);

		*event = db_int(stmt, 0);
		*same = old == NULL || v->value == NULL
		    ? old == v->value
		    : strcmp(old, v->value) == 0;
	}
	db_finish(a->st, stmt);
	return rc;
}

enum rc
prepare_meta(struct apply *a, struct err *err)
{
	struct event *ev = a->ev;
	char name[WRITER_MAX];
	int64_t event;
	bool same;
	enum rc rc;

	if (ev->object.s[0] == '\0')
		ev->object = a->st->tracker;
	for (size_t i = 0; i < ev->n_values;) {
		struct event_value *v = &ev->values[i];

		if (v->field[0] == '\0' || strlen(v->field) > 128)
			return err_set(err, RC_INVALID,
			    "\"%.60s\" is no name for a setting", v->field);
		if ((rc = find(a, v, &event, &same, err)) != RC_OK)
			return rc;
		if (same) {
			event_drop(ev, i);
			continue;
		}
		if (event != 0) {
			rc = writer_name(a->st, event, name, err);
			if (rc != RC_OK)
				return rc;
			mem_replace(&v->before, name);
		}
		i++;
	}
	return RC_OK;
}

enum rc
apply_meta(struct apply *a, struct err *err)
{
	static const char sql[] =
	    "INSERT INTO meta (name, value, event) VALUES (?1, ?2, ?3) "
	    "ON CONFLICT DO UPDATE SET value = excluded.value, "
	    "event = excluded.event";
	sqlite3_stmt *stmt = NULL;
	int64_t event;
	bool same, wins;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < a->ev->n_values; i++) {
		const struct event_value *v = &a->ev->values[i];

		if ((rc = find(a, v, &event, &same, err)) != RC_OK ||
		    (rc = writer_wins(a, event, &wins, err)) != RC_OK)
			return rc;
		if (!wins)
			continue;
		if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
			return rc;
		db_bind_text(stmt, 1, v->field);
		db_bind_text(stmt, 2, v->value);
		db_bind_int(stmt, 3, a->seq);
		rc = db_run(a->st, stmt, err);
		db_finish(a->st, stmt);
	}
	return rc;
}
