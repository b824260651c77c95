#include "app_priv.h"

#include "base/date.h"
#include "base/mem.h"

void
app_event_init(const struct app *a, struct event *ev, enum event_kind kind,
    const struct ulid *object, int64_t group, const char *origin)
{
	*ev = (struct event)EVENT_INIT;
	if (object != NULL)
		ev->object = *object;
	else
		ulid_new(&ev->object, date_clock_ms());
	ev->actor = mem_strdup(a->actor);
	ev->kind = kind;
	ev->group = group;
	ev->commit = mem_strdup(origin);
	ev->time = DATE_NONE;
}

enum rc
app_event_append(struct app *a, struct event *ev, int64_t *group,
    struct err *err)
{
	enum rc rc = store_append(a->store, ev, err);

	if (rc == RC_OK && *group == 0)
		*group = ev->n;
	event_release(ev);
	return rc;
}

enum rc
app_comment_append(struct app *a, const struct ulid *ticket, const char *text,
    const char *origin, int64_t *group, struct err *err)
{
	struct event ev;

	app_event_init(a, &ev, EVENT_COMMENT, NULL, *group, origin);
	event_put(&ev, "ticket", ticket->s);
	event_put(&ev, "text", text);
	return app_event_append(a, &ev, group, err);
}
