#include "history_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "store/file/db.h"
#include "store/history.h"

enum rc
history_get(struct store *st, struct history_state **out, struct err *err)
{
	*out = NULL;
	if (st->depth == 0)
		return err_set(err, RC_FAIL,
		    "a change outside of a transaction");
	if (st->doomed)
		return err_set(err, RC_CONFLICT,
		    "the change was rolled back already");
	if (st->history == NULL)
		st->history = mem_calloc(1, sizeof(*st->history));
	*out = st->history;
	return RC_OK;
}

void
history_free(struct store *st)
{
	struct history_state *h = st->history;

	if (h == NULL)
		return;
	for (size_t i = 0; i < h->cap_people; i++)
		free(h->people[i].name);
	free(h->people);
	free(h->prefixes);
	free(h->links);
	free(h);
	st->history = NULL;
}

void
history_discard(struct store *st)
{
	history_free(st);
}

enum rc
history_flush(struct store *st, struct err *err)
{
	if (st->history == NULL)
		return RC_OK;
	if (st->history->full)
		return store_history_index(st, err);
	return history_flush_links(st, err);
}

/* The high bits are the better mixed ones; a table takes the low ones. */
static uint64_t
hash_name(const char *s)
{
	uint64_t h = hash_text(HASH_INIT, s);

	return h ^ h >> 32;
}

static struct history_person *
slot_of(struct history_person *v, size_t cap, const char *name)
{
	size_t i = (size_t)hash_name(name) & (cap - 1);

	while (v[i].name != NULL && strcmp(v[i].name, name) != 0)
		i = (i + 1) & (cap - 1);
	return &v[i];
}

static void
grow_people(struct history_state *h)
{
	const size_t cap = h->cap_people == 0 ? 256 : 2 * h->cap_people;
	struct history_person *v = mem_calloc(cap, sizeof(*v));

	for (size_t i = 0; i < h->cap_people; i++)
		if (h->people[i].name != NULL)
			*slot_of(v, cap, h->people[i].name) = h->people[i];
	free(h->people);
	h->people = v;
	h->cap_people = cap;
}

static enum rc
find_person(struct store *st, const char *name, int64_t *id, struct err *err)
{
	static const char sql[] = "SELECT id FROM person WHERE name = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, name);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*id = db_int(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

static enum rc
add_person(struct store *st, const char *name, int64_t *id, struct err *err)
{
	static const char sql[] = "INSERT INTO person (name) VALUES (?1)";
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, name);
	if ((rc = db_run(st, stmt, err)) == RC_OK)
		*id = sqlite3_last_insert_rowid(st->db);
	db_finish(st, stmt);
	return rc;
}

enum rc
history_person(struct store *st, const char *name, int64_t *id, struct err *err)
{
	struct history_state *h = st->history;
	struct history_person *slot;
	enum rc rc;

	if (2 * h->n_people >= h->cap_people)
		grow_people(h);
	slot = slot_of(h->people, h->cap_people, name);
	if (slot->name != NULL) {
		*id = slot->id;
		return RC_OK;
	}
	*id = 0;
	if ((!h->full && (rc = find_person(st, name, id, err)) != RC_OK) ||
	    (*id == 0 && (rc = add_person(st, name, id, err)) != RC_OK))
		return rc;
	slot->name = mem_strdup(name);
	slot->id = *id;
	h->n_people++;
	return RC_OK;
}

enum rc
history_prefix(struct store *st, const char *name, int64_t *id, struct err *err)
{
	struct history_state *h = st->history;
	struct history_prefix *p;
	enum rc rc;

	for (size_t i = 0; i < h->n_prefixes; i++)
		if (strcmp(h->prefixes[i].name, name) == 0) {
			*id = h->prefixes[i].id;
			return RC_OK;
		}
	if ((rc = db_prefix_add(st, name, id, err)) != RC_OK)
		return rc;
	h->prefixes = mem_grow(h->prefixes, &h->cap_prefixes, h->n_prefixes + 1,
	    sizeof(*h->prefixes));
	p = &h->prefixes[h->n_prefixes++];
	memcpy(p->name, name, strlen(name) + 1);
	p->id = *id;
	return RC_OK;
}
