/* What can be done to tickets, the same on every screen that shows some. */
#ifndef NOTES_TUI_VERBS_H
#define NOTES_TUI_VERBS_H

#include "ui.h"

/* For the tables of views that have targets; ended by a NULL name. */
extern const struct action verbs_ticket[];
/* Making a ticket. */
extern const struct action verbs_new[];

/* Applies one change to the view's targets and says so. */
void verbs_change(struct ui *ui, struct view *v, enum change_op op,
    enum ticket_field field, const char *value);
/* Sets a status by name on the view's targets. */
void verbs_status(struct ui *ui, struct view *v, const char *status);

#endif
