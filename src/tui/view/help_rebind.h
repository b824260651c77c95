/* Giving an action another key, and keeping that in configuration. */
#ifndef NOTES_TUI_HELP_REBIND_H
#define NOTES_TUI_HELP_REBIND_H

#include "tui/ui.h"

/* Of a screen (NULL: everywhere). */
bool help_can_rebind(const struct view_class *class);
/* Does another action have the key on a screen of this one?  Then says whose it
 * is and what takes it. */
bool help_is_taken(struct ui *ui, const struct view_class *class,
    const struct action *a, const struct key *k);
/* Delete and Backspace bring the key back that is built in. */
void help_rebind(struct ui *ui, const struct view_class *class,
    const struct action *a, const struct key *k);

#endif
