#include "apply.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

void
apply_init(struct apply *a, struct store *st, struct write_state *w,
    struct event *ev, int64_t seq)
{
	*a = (struct apply){ .st = st, .w = w, .ev = ev, .seq = seq };
	a->foreign = ev->replica != st->replica;
	a->time = ev->time != DATE_NONE ? ev->time
					: event_clock_ms(ev->h) / 1000;
	a->time = date_clamp(a->time);
}

void
event_drop(struct event *ev, size_t i)
{
	free(ev->values[i].field);
	free(ev->values[i].value);
	free(ev->values[i].before);
	ev->n_values--;
	memmove(&ev->values[i], &ev->values[i + 1],
	    (ev->n_values - i) * sizeof(ev->values[0]));
}

/* An unknown kind is kept in the journal and has no effect. */
static enum rc (*const appliers[EVENT_N])(struct apply *a, struct err *err) = {
	[EVENT_META] = apply_meta,
	[EVENT_TICKET] = apply_make,
	[EVENT_RELEASE] = apply_make,
	[EVENT_BUILD] = apply_make,
	[EVENT_COMMENT] = apply_make,
	[EVENT_SET] = apply_set,
	[EVENT_ADD] = apply_sets,
	[EVENT_REMOVE] = apply_sets,
};

enum rc
apply_event(struct apply *a, struct err *err)
{
	enum rc rc;

	if ((rc = write_op_note(a, err)) != RC_OK)
		return rc;
	if (appliers[a->ev->kind] == NULL)
		return RC_OK;
	return appliers[a->ev->kind](a, err);
}
