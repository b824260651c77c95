/* Comments that are there: changed and put away by who wrote them. */
#include <stdlib.h>
#include <string.h>

#include "app/journal.h"
#include "app/ticket.h"
#include "app_priv.h"
#include "base/mem.h"

bool
app_comment_is_mine(const struct app *a, const struct comment *c)
{
	return app_is_me(a, c->author);
}

static enum rc
set(struct app *a, const struct comment *c, const char *field,
    const char *value, struct err *err)
{
	int64_t group = 0;
	struct event ev;
	enum rc rc;

	if ((rc = app_require_write(a, err)) != RC_OK)
		return rc;
	if (!app_comment_is_mine(a, c))
		return err_set(err, RC_INVALID,
		    "only %s can change that comment",
		    c->author == NULL ? "its author" : c->author);
	if ((rc = store_begin(a->store, err)) != RC_OK)
		return rc;
	app_event_init(a, &ev, EVENT_SET, &c->ulid, 0, NULL);
	event_put(&ev, field, value);
	if ((rc = app_event_append(a, &ev, &group, err)) == RC_OK)
		return store_commit(a->store, err);
	store_rollback(a->store);
	return rc;
}

enum rc
app_comment_edit(struct app *a, const struct comment *c, const char *text,
    struct err *err)
{
	struct change tidy = { .op = CHANGE_SET,
		.field = TF_DESCRIPTION,
		.value = mem_strdup(text) };
	enum rc rc;

	if (strlen(text) > TICKET_TEXT_MAX)
		rc = err_set(err, RC_INVALID,
		    "the comment is too long: %zu bytes (at most %d)",
		    strlen(text), TICKET_TEXT_MAX);
	else
		rc = change_check(&tidy, &a->workflow, date_now(), err);
	if (rc == RC_OK && (tidy.value == NULL || tidy.value[0] == '\0'))
		rc = err_set(err, RC_INVALID, "the comment is empty");
	if (rc == RC_OK)
		rc = set(a, c, "text", tidy.value, err);
	free(tidy.value);
	return rc;
}

enum rc
app_comment_hide(struct app *a, const struct comment *c, struct err *err)
{
	return set(a, c, "hidden", "1", err);
}
