/* The parts of reading an export: tickets, what hangs on them, releases. */
#ifndef NOTES_APP_IMPORT_JSON_H
#define NOTES_APP_IMPORT_JSON_H

#include "base/json.h"
#include "import.h"

/* The time at name, DATE_NONE where there is none or null. */
enum rc	import_json_time(const json_t *o, const char *name, int64_t *out,
	    struct err *err);
/* Appends and releases ev; a change that changes nothing leaves no trace. */
enum rc	import_json_append(struct importing *im, struct event *ev,
	    struct err *err);

/* Comments, relations and parent of a ticket, once all tickets are there. */
enum rc	import_json_around(struct importing *im, const json_t *o,
	    struct err *err);
enum rc	import_json_release(struct importing *im, const json_t *o,
	    struct err *err);
enum rc	import_json_build(struct importing *im, const json_t *o,
	    struct err *err);

#endif
