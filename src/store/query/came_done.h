/* Tickets that came in done, as an import brings them. */
#ifndef NOTES_STORE_CAME_DONE_H
#define NOTES_STORE_CAME_DONE_H

/* The seconds of an event's clock: h holds milliseconds above 16 bits of
 * counter (model/event.h). */
#define EVENT_TIME "(j.h >> 16) / 1000"

/*
 * Was ticket t done from the moment it came in, without a word of when?  Its
 * time is then that of an import, and tells nothing.  One that was opened and
 * closed within a second does tell.
 */
#define CAME_DONE \
	"EXISTS (SELECT 1 FROM journal j WHERE j.seq = t.made " \
	"AND t.resolved = " EVENT_TIME \
	" AND coalesce(json_extract(j.line, '$.s.category'), 'done') = 'done')"

#endif
