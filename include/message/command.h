/*
 * Smart commands on one line behind keys: "A-1 A-2 #time 1w 2d 4h 30m wrote it
 * #comment done", "#assign name", "#label x", "#release 1.4", "#close",
 * "#in-review" (a status name).
 */
#ifndef NOTES_MESSAGE_COMMAND_H
#define NOTES_MESSAGE_COMMAND_H

#include <stddef.h>
#include <stdint.h>

#include "message/grammar.h"
#include "model/ticket.h"

enum command_kind {
	COMMAND_COMMENT, COMMAND_TIME, COMMAND_ASSIGN, COMMAND_LABEL,
	COMMAND_RELEASE, COMMAND_STATUS
};

struct command {
	struct ticket_key key;
	enum command_kind kind;
	char		 *text;		/* owned, never NULL, see below */
	int64_t		  seconds;	/* of TIME */
	size_t		  offset;	/* of the '#' in the message */
};

struct command_list {
	struct command	*v;
	size_t		 n, cap;
};

/*
 * The text is the comment, name, label or release, the note behind a time, and
 * of a STATUS a name of grammar.statuses as written there or one of "close",
 * "reopen", "start", "review".
 *
 * One entry for each key and command, in the order of the commands; one for
 * each of several labels.  None from quotations, code and reverts.
 */
void	command_parse(const char *message, size_t len,
	    const struct grammar *g, struct command_list *out);
void	command_list_release(struct command_list *l);

#endif
