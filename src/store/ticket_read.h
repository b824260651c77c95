/* Reading whole tickets. */
#ifndef NOTES_STORE_TICKET_READ_H
#define NOTES_STORE_TICKET_READ_H

#include "store/ticket.h"

/* Like store_ticket_get(), but *found tells, without a message. */
enum rc	ticket_row(struct store *st, int64_t id, enum ticket_detail detail,
	    struct ticket *out, bool *found, struct err *err);

#endif
