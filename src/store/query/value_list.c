#include "store/ticket.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/file/db.h"

/*
 * One step each: the next value behind ?1 and below ?2, found in an index, so
 * that the cost is that of the values given and not of the tickets that have
 * them.
 */
static const struct {
	const char *field;
	const char *sql;
} next_values[] = {
	{ "assignee",
	    "SELECT assignee FROM ticket INDEXED BY ticket_assignee "
	    "WHERE assignee > ?1 AND assignee < ?2 ORDER BY assignee LIMIT 1" },
	{ "parent",
	    "SELECT parent FROM ticket INDEXED BY ticket_parent "
	    "WHERE parent > ?1 AND parent < ?2 ORDER BY parent LIMIT 1" },
	{ "reporter",
	    "SELECT reporter FROM ticket INDEXED BY ticket_reporter "
	    "WHERE reporter > ?1 AND reporter < ?2 ORDER BY reporter LIMIT 1" },
	{ "component",
	    "SELECT component FROM ticket INDEXED BY ticket_component "
	    "WHERE component > ?1 AND component < ?2 "
	    "ORDER BY component LIMIT 1" },
	{ "label",
	    "SELECT value FROM label WHERE value > ?1 AND value < ?2 "
	    "ORDER BY value LIMIT 1" },
	{ "release",
	    "SELECT min(v) FROM (SELECT min(version) AS v FROM release "
	    "WHERE deleted = 0 AND version > ?1 AND version < ?2 UNION ALL "
	    "SELECT min(value) FROM ticket_release "
	    "WHERE value > ?1 AND value < ?2)" },
	{ "found-in",
	    "SELECT min(v) FROM (SELECT min(version) AS v FROM release "
	    "WHERE deleted = 0 AND version > ?1 AND version < ?2 UNION ALL "
	    "SELECT min(value) FROM found_in "
	    "WHERE value > ?1 AND value < ?2)" },
};

/* The next value into *value, NULL when there is none. */
static enum rc
next_value(struct store *st, const char *sql, const char *behind,
    const char *below, char **value, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*value = NULL;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, behind);
	db_bind_text(stmt, 2, below);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*value = db_text_dup(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

/* What comes just before start, bytewise, so that start itself is behind it. */
static char *
just_before(const char *start)
{
	size_t len = strlen(start);

	if (len == 0)
		return mem_strdup("");
	return mem_printf("%.*s%c\xF4\x8F\xBF\xBF", (int)len - 1, start,
	    start[len - 1] - 1);
}

static enum rc
list_values(struct store *st, const char *sql, const char *start, size_t max,
    struct strv *out, struct err *err)
{
	char *below = mem_printf("%s\xF4\x8F\xBF\xBF", start);
	char *behind = just_before(start), *value;
	enum rc rc = RC_OK;

	while (out->n < max) {
		rc = next_value(st, sql, behind, below, &value, err);
		if (rc != RC_OK || value == NULL)
			break;
		if (strncmp(value, start, strlen(start)) == 0)
			strv_push(out, value);
		free(behind);
		behind = value;
	}
	free(behind);
	free(below);
	return rc;
}

/* Keys of a prefix with numbers from low to high, newest first. */
static enum rc
list_numbers(struct store *st, const char *prefix, int64_t low, int64_t high,
    size_t max, struct strv *out, struct err *err)
{
	static const char sql[] =
	    "SELECT number FROM ticket WHERE prefix = "
	    "(SELECT id FROM prefix WHERE name = ?1) "
	    "AND number BETWEEN ?2 AND ?3 AND deleted = 0 "
	    "ORDER BY number DESC";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, prefix);
	db_bind_int(stmt, 2, low);
	db_bind_int(stmt, 3, high);
	while (out->n < max && (rc = db_step(st, stmt, &row, err)) == RC_OK &&
	    row)
		strv_take(out,
		    mem_printf("%s-%" PRId64, prefix, db_int(stmt, 0)));
	db_finish(st, stmt);
	return rc;
}

/* "NOTE-12" goes on as 12, 120 to 129, 1200 to 1299, ... */
static enum rc
list_keys_of(struct store *st, const char *prefix, const char *digits,
    size_t max, struct strv *out, struct err *err)
{
	int64_t n = strtoll(digits, NULL, 10), scale = 1;
	enum rc rc = RC_OK;

	if (*digits == '\0')
		return list_numbers(st, prefix, 1, TICKET_NUMBER_MAX, max, out,
		    err);
	if (n < 1 || strlen(digits) > 9)
		return RC_OK;
	for (; rc == RC_OK && n * scale <= TICKET_NUMBER_MAX; scale *= 10)
		rc = list_numbers(st, prefix, n * scale, n * scale + scale - 1,
		    max, out, err);
	return rc;
}

static enum rc
list_prefixes(struct store *st, struct strv *out, struct err *err)
{
	static const char sql[] = "SELECT name FROM prefix ORDER BY id";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row)
		strv_push(out, db_text(stmt, 0));
	db_finish(st, stmt);
	return rc;
}

static char *
upper_dup(const char *s, size_t len)
{
	char *copy = mem_strndup(s, len);

	for (char *p = copy; *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	return copy;
}

static enum rc
list_keys(struct store *st, const char *start, size_t max, struct strv *out,
    struct err *err)
{
	size_t len = strcspn(start, "-");
	const char *digits = start[len] == '-' ? start + len + 1 : "";
	struct strv prefixes = STRV_INIT;
	char *typed;
	enum rc rc;

	/* "12" or "#12" alone. */
	if (*start == '#' || (*start >= '0' && *start <= '9')) {
		digits = start + (*start == '#');
		len = 0;
	}
	if (digits[strspn(digits, "0123456789")] != '\0')
		return RC_OK;
	typed = upper_dup(start, len);
	rc = list_prefixes(st, &prefixes, err);
	for (size_t i = 0; rc == RC_OK && i < prefixes.n; i++) {
		bool same = strncmp(prefixes.v[i], typed, len) == 0 &&
		    (start[len] != '-' || prefixes.v[i][len] == '\0');

		if (len == 0 || same)
			rc = list_keys_of(st, prefixes.v[i], digits, max, out,
			    err);
	}
	strv_release(&prefixes);
	free(typed);
	return rc;
}

enum rc
store_values(struct store *st, const char *field, const char *start, size_t max,
    struct strv *out, struct err *err)
{
	enum rc rc = RC_OK;

	*out = (struct strv)STRV_INIT;
	if (strcmp(field, "key") == 0 || strcmp(field, "parent") == 0)
		rc = list_keys(st, start, max, out, err);
	for (size_t i = 0; i < sizeof(next_values) / sizeof(next_values[0]);
	     i++)
		if (strcmp(field, next_values[i].field) == 0)
			rc = list_values(st, next_values[i].sql, start, max,
			    out, err);
	if (rc != RC_OK)
		strv_release(out);
	return rc;
}
