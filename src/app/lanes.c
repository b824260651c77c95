/* What a board's swimlanes are made of. */
#include <string.h>

#include "app/ticket.h"
#include "app_priv.h"
#include "base/mem.h"
#include "store/ticket.h"

static void
push(struct strv *values, struct strv *titles, const char *name)
{
	strv_push(values, name);
	strv_push(titles, name);
}

/* Tickets that are the parent of others, by age. */
static enum rc
parents(struct app *a, size_t max, struct strv *values, struct strv *titles,
    struct err *err)
{
	struct strv ulids = STRV_INIT;
	struct ticket t = { .id = 0 };
	char key[TICKET_KEY_MAX];
	enum rc rc = store_values(a->store, "parent", "", max, &ulids, err);

	for (size_t i = 0; i < ulids.n && rc == RC_OK; i++) {
		struct ulid ulid = { .s = "" };

		if (strlen(ulids.v[i]) != sizeof(ulid.s) - 1)
			continue;
		memcpy(ulid.s, ulids.v[i], sizeof(ulid.s));
		rc = store_ticket_by_ulid(a->store, &ulid, TICKET_ROW, &t, err);
		if (rc == RC_OK) {
			ticket_key_format(&t.key, key);
			strv_push(values, key);
			strv_take(titles, mem_printf("%s %s", key, t.summary));
		}
		ticket_release(&t);
		/* One that is not here (yet) makes no lane. */
		if (rc == RC_NOT_FOUND)
			rc = RC_OK;
	}
	strv_release(&ulids);
	return rc;
}

enum rc
app_lanes(struct app *a, enum ticket_field by, size_t max, struct strv *values,
    struct strv *titles, struct err *err)
{
	enum rc rc = RC_OK;

	switch (by) {
	case TF_TYPE:
		for (size_t i = 0; i < ticket_types_n; i++)
			push(values, titles, ticket_types[i].name);
		return RC_OK;
	case TF_PRIORITY:
		for (size_t i = 0; i < priorities_n; i++)
			push(values, titles, priorities[i].name);
		return RC_OK;
	case TF_PARENT:
		rc = parents(a, max, values, titles, err);
		break;
	default:
		rc = store_values(a->store, "assignee", "", max, values, err);
		strv_copy(titles, values);
		break;
	}
	push(values, titles, "");
	return rc;
}
