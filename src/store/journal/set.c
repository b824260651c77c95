#include <string.h>
#include <stdlib.h>
#include <stdio.h>

#include "apply.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "mark.h"
#include "model/commit.h"
#include "model/workflow.h"

/*
 * The sets of a ticket.  All statements take ticket ?1 and value ?2; those of
 * tables that hold several sets the field ?3; event ?4.
 */
struct set_def {
	const char *field;
	size_t max;
	bool named;
	const char *find, *insert, *move, *remove;
};

#define PLAIN(field, max, table) \
	{ \
		field, max, false, \
		    "SELECT event FROM " table \
		    " WHERE ticket = ?1 AND value = ?2", \
		    "INSERT INTO " table " (ticket, value, event) " \
		    "VALUES (?1, ?2, ?4) ON CONFLICT DO NOTHING", \
		    "UPDATE " table " SET event = ?4 " \
		    "WHERE ticket = ?1 AND value = ?2", \
		    "DELETE FROM " table " WHERE ticket = ?1 AND value = ?2" \
	}
#define NAMED(field, max, table) \
	{ \
		field, max, true, \
		    "SELECT event FROM " table " WHERE ticket = ?1 AND " \
		    "name = ?3 AND value = ?2", \
		    "INSERT INTO " table " (ticket, name, value, event) " \
		    "VALUES (?1, ?3, ?2, ?4) ON CONFLICT DO NOTHING", \
		    "UPDATE " table " SET event = ?4 WHERE ticket = ?1 " \
		    "AND name = ?3 AND value = ?2", \
		    "DELETE FROM " table " WHERE ticket = ?1 AND " \
		    "name = ?3 AND value = ?2" \
	}

static const struct set_def sets[] = {
	PLAIN("label", 1024, "label"),
	PLAIN("release", 127, "ticket_release"),
	PLAIN("found-in", 127, "found_in"),
	NAMED("link", 64, "link_manual"),
	NAMED("unlink", 64, "link_manual"),
};
static const struct set_def relation_set = NAMED("", 64, "relation");

static const struct set_def *
set_of(const char *field)
{
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
		if (field_is(sets[i].field, field))
			return &sets[i];
	for (size_t i = 0; i < relations_n; i++)
		if (field_is(relations[i].name, field))
			return &relation_set;
	return NULL;
}

bool
set_is_field(const char *field)
{
	return set_of(field) != NULL;
}

enum rc
set_normalise(struct apply *a, struct event_value *v, struct err *err)
{
	const struct set_def *set = set_of(v->field);
	char hex[OID_HEX_MAX + 1];
	struct ulid ulid;
	struct oid oid;
	size_t len;
	enum rc rc;

	if (set == NULL)
		return err_set(err, RC_INVALID, "no field \"%.60s\" to add to",
		    v->field);
	if (v->value == NULL || v->value[0] == '\0')
		return err_set(err, RC_INVALID, "%s can't be empty", v->field);
	len = strlen(v->value);
	if (len > set->max)
		return err_set(err, RC_INVALID,
		    "%s is too long: %zu bytes, %zu are allowed", v->field, len,
		    set->max);
	if (!utf8_valid(v->value, len))
		return err_set(err, RC_INVALID, "%s is not valid UTF-8",
		    v->field);
	if (set == &relation_set) {
		rc = object_ticket(a->st, v->value, &ulid, err);
		if (rc != RC_OK)
			return rc;
		if (strcmp(ulid.s, a->ev->object.s) == 0)
			return err_set(err, RC_INVALID,
			    "a ticket can't be related to itself");
		mem_replace(&v->value, ulid.s);
	} else if (set->named) {
		if (!oid_from_hex(&oid, v->value, len))
			return err_set(err, RC_INVALID,
			    "%s: \"%.64s\" is not the full id of a commit",
			    v->field, v->value);
		oid_to_hex(&oid, hex);
		mem_replace(&v->value, hex);
	}
	return RC_OK;
}

static enum rc
run(struct store *st, const struct set_def *set, const char *sql,
    int64_t ticket, const char *field, const char *value, int64_t event,
    int64_t *found, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, ticket);
	db_bind_text(stmt, 2, value);
	if (set->named)
		db_bind_text(stmt, 3, field);
	if (event != 0)
		db_bind_int(stmt, 4, event);
	rc = db_step(st, stmt, &row, err);
	if (found != NULL)
		*found = rc == RC_OK && row ? db_int(stmt, 0) : 0;
	db_finish(st, stmt);
	return rc;
}

enum rc
set_find(struct store *st, int64_t ticket, const char *field, const char *value,
    int64_t *seq, struct err *err)
{
	const struct set_def *set = set_of(field);

	return run(st, set, set->find, ticket, field, value, 0, seq, err);
}

/* Further adds of the same value; sql has ticket ?1, field ?2, value ?3,
 * event ?4. */
static enum rc
more(struct store *st, const char *sql, int64_t ticket, const char *field,
    const char *value, int64_t event, int64_t *found, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, ticket);
	db_bind_text(stmt, 2, field);
	db_bind_text(stmt, 3, value);
	if (event != 0)
		db_bind_int(stmt, 4, event);
	rc = db_step(st, stmt, &row, err);
	if (found != NULL)
		*found = rc == RC_OK && row ? db_int(stmt, 0) : 0;
	db_finish(st, stmt);
	return rc;
}

/* A removal that names this add came before it. */
enum rc
set_is_gone(struct apply *a, const struct event_value *v, bool *gone,
    struct err *err)
{
	static const char sql[] = "SELECT 1 FROM add_gone WHERE writer = ?1 "
				  "AND field = ?2 AND value = ?3";
	char name[WRITER_MAX];
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	*gone = false;
	if (!a->foreign)
		return RC_OK;
	if ((rc = writer_name(a->st, a->seq, name, err)) != RC_OK ||
	    (rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, name);
	db_bind_text(stmt, 2, v->field);
	db_bind_text(stmt, 3, v->value);
	rc = db_step(a->st, stmt, gone, err);
	db_finish(a->st, stmt);
	return rc;
}

enum rc
set_insert(struct apply *a, const struct event_value *v, struct err *err)
{
	static const char again[] =
	    "INSERT INTO add_more (ticket, field, value, event) "
	    "VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
	const struct set_def *set = set_of(v->field);
	int64_t seq;
	bool gone;
	enum rc rc;

	if (set == NULL || v->value == NULL || v->value[0] == '\0')
		return RC_OK;
	if ((rc = set_is_gone(a, v, &gone, err)) != RC_OK || gone)
		return rc;
	rc = set_find(a->st, a->id, v->field, v->value, &seq, err);
	if (rc != RC_OK || seq == a->seq)
		return rc;
	if (seq != 0)
		return more(a->st, again, a->id, v->field, v->value, a->seq,
		    NULL, err);
	return run(a->st, set, set->insert, a->id, v->field, v->value, a->seq,
	    NULL, err);
}

enum rc
set_begin(struct apply *a, const struct event_value *v, struct err *err)
{
	const struct set_def *set = set_of(v->field);

	if (a->foreign)
		return set_insert(a, v, err);
	if (v->value == NULL || v->value[0] == '\0')
		return RC_OK;
	return run(a->st, set, set->insert, a->id, v->field, v->value, a->seq,
	    NULL, err);
}

enum rc
set_bury(struct apply *a, const struct event_value *v, const char *name,
    size_t len, struct err *err)
{
	static const char sql[] =
	    "INSERT INTO add_gone (writer, field, value) VALUES (?1, ?2, ?3) "
	    "ON CONFLICT DO NOTHING";
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text_len(stmt, 1, name, len);
	db_bind_text(stmt, 2, v->field);
	db_bind_text(stmt, 3, v->value);
	rc = db_run(a->st, stmt, err);
	db_finish(a->st, stmt);
	return rc;
}

/* Takes one add away; another that is alive steps into its place. */
static enum rc
remove_add(struct apply *a, const struct event_value *v, int64_t add,
    struct err *err)
{
	static const char drop[] = "DELETE FROM add_more WHERE ticket = ?1 AND "
				   "field = ?2 AND value = ?3 AND event = ?4";
	static const char next[] =
	    "SELECT min(event) FROM add_more WHERE ticket = ?1 AND "
	    "field = ?2 AND value = ?3";
	const struct set_def *set = set_of(v->field);
	int64_t seq, other;
	enum rc rc;

	rc = set_find(a->st, a->id, v->field, v->value, &seq, err);
	if (rc != RC_OK)
		return rc;
	if (seq != add)
		return more(a->st, drop, a->id, v->field, v->value, add, NULL,
		    err);
	rc = more(a->st, next, a->id, v->field, v->value, 0, &other, err);
	if (rc != RC_OK)
		return rc;
	if (other == 0)
		return run(a->st, set, set->remove, a->id, v->field, v->value,
		    0, NULL, err);
	rc = run(a->st, set, set->move, a->id, v->field, v->value, other, NULL,
	    err);
	if (rc != RC_OK)
		return rc;
	return more(a->st, drop, a->id, v->field, v->value, other, NULL, err);
}

enum rc
set_remove(struct apply *a, const struct event_value *v, struct err *err)
{
	const char *name = v->before;
	int64_t seq;
	enum rc rc;

	if (set_of(v->field) == NULL || v->value == NULL || name == NULL)
		return RC_OK;
	while (*name != '\0') {
		const size_t len = strcspn(name, ",");

		rc = writer_find(a->st, name, len, &seq, err);
		if (rc != RC_OK)
			return rc;
		/* In a replay the add may stand further on. */
		rc = seq == 0 || seq > a->seq ? set_bury(a, v, name, len, err)
					      : remove_add(a, v, seq, err);
		if (rc != RC_OK)
			return rc;
		name += len + (name[len] == ',');
	}
	return RC_OK;
}

/* The adds of a value that are alive, as "b" names them. */
static enum rc
name_adds(struct apply *a, struct event_value *v, int64_t first,
    struct err *err)
{
	static const char sql[] =
	    "SELECT event FROM add_more WHERE ticket = ?1 "
	    "AND field = ?2 AND value = ?3 "
	    "ORDER BY event";
	struct buf names = BUF_INIT;
	char name[WRITER_MAX];
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = writer_name(a->st, first, name, err)) != RC_OK)
		return rc;
	buf_puts(&names, name);
	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		goto out;
	db_bind_int(stmt, 1, a->id);
	db_bind_text(stmt, 2, v->field);
	db_bind_text(stmt, 3, v->value);
	while ((rc = db_step(a->st, stmt, &row, err)) == RC_OK && row) {
		rc = writer_name(a->st, db_int(stmt, 0), name, err);
		if (rc != RC_OK)
			break;
		buf_printf(&names, ",%s", name);
	}
	db_finish(a->st, stmt);
out:
	if (rc == RC_OK)
		mem_replace(&v->before, buf_str(&names));
	buf_release(&names);
	return rc;
}

enum rc
prepare_sets(struct apply *a, struct err *err)
{
	struct event *ev = a->ev;
	int64_t seq;
	enum rc rc;

	if (mark_is_event(ev))
		return prepare_marks(a, err);
	rc = object_find(a->st, &ev->object, &a->kind, &a->id, err);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && a->kind != OBJECT_TICKET))
		return err_set(err, RC_INVALID, "no ticket %s", ev->object.s);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < ev->n_values;) {
		struct event_value *v = &ev->values[i];

		if ((rc = set_normalise(a, v, err)) != RC_OK ||
		    (rc = set_find(a->st, a->id, v->field, v->value, &seq,
			 err)) != RC_OK)
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

enum rc
apply_sets(struct apply *a, struct err *err)
{
	enum rc rc;

	if (mark_is_event(a->ev))
		return apply_marks(a, err);
	rc = object_find(a->st, &a->ev->object, &a->kind, &a->id, err);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && a->kind != OBJECT_TICKET))
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < a->ev->n_values; i++) {
		rc = a->ev->kind == EVENT_ADD
		    ? set_insert(a, &a->ev->values[i], err)
		    : set_remove(a, &a->ev->values[i], err);
		if (rc != RC_OK)
			return rc;
	}
	return ticket_touch(a, a->id, err);
}
