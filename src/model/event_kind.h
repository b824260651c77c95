/* What the writer and the reader of events share. */
#ifndef NOTES_MODEL_EVENT_KIND_H
#define NOTES_MODEL_EVENT_KIND_H

#include <stdbool.h>

#include "model/event.h"

extern const char *const event_kind_names[EVENT_N];

/* True if the field's values are a list in events of this kind. */
bool	event_is_list(enum event_kind kind, const char *field);

#endif
