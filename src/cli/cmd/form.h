/* The ticket form (app_ticket_form()) as new and edit use it. */
#ifndef NOTES_CLI_FORM_H
#define NOTES_CLI_FORM_H

#include "app/ticket.h"
#include "cli/cmd.h"
#include "cli/text.h"

/* Puts value behind "name:" where the form has such a line; else false. */
bool	form_fill(struct buf *form, const char *name, const char *value);

/* Puts the description or the note where an empty form has its place. */
void	form_fill_body(struct buf *form, enum ticket_field field,
	    const char *value);

struct form_source {
	const struct ticket_key *key;	/* NULL: a new ticket */
	const char	*file;		/* --form FILE, or NULL */
	bool		 edit;		/* open the editor */
	const char	*again;		/* how to take a draft up again */
};

/*
 * The changes that a form asks for: the text form, or the file, through the
 * editor.  *same: the editor left it as it was.  The draft stays until the
 * caller drops it.
 */
enum rc	form_changes(struct cli *c, const struct form_source *s,
	    struct buf *form, struct draft *draft, struct change_list *changes,
	    bool *same, struct err *err);

#endif
