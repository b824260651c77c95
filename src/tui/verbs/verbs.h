/* What can be done to tickets, the same on every screen that shows some. */
#ifndef NOTES_TUI_VERBS_H
#define NOTES_TUI_VERBS_H

#include "model/release.h"
#include "tui/ui.h"

/* For the tables of views that have targets; ended by a NULL name. */
extern const struct action verbs_ticket[];
/* Making a ticket. */
extern const struct action verbs_new[];

/* Applies one change to the view's targets and says so. */
void verbs_change(struct ui *ui, struct view *v, enum change_op op,
    enum ticket_field field, const char *value);
/* The release note alone, in the editor. */
void verbs_edit_note(struct ui *ui, const struct ticket_key *key);
/* Sets a release's state by name, and says so. */
void verbs_release_state(struct ui *ui, const char *version,
    const char *state);
/* A menu of states; chosen gets one, and ui_about() the version. */
void verbs_release_menu(struct ui *ui, const struct release *r,
    void (*chosen)(struct ui *ui, struct view *v, const char *state));
/* A menu of all versions and of what is unreleased (current NULL); chosen gets
 * a line of it, which verbs_version_of() turns back: NULL for unreleased. */
void verbs_version_menu(struct ui *ui, const char *title, const char *current,
    void (*chosen)(struct ui *ui, struct view *v, const char *item));
const char *verbs_version_of(const char *item);
/* The tickets of a release in a list of their own. */
void verbs_release_tickets(struct ui *ui, const char *version);
/* A version as a filter, with more behind it; the caller frees it. */
char *verbs_release_filter(const char *version, const char *more);
/* Sets a status by name on the view's targets. */
void verbs_status(struct ui *ui, struct view *v, const char *status);

#endif
