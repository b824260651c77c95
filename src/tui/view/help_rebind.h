/* Giving an action another key, and keeping that in configuration. */
#ifndef NOTES_TUI_HELP_REBIND_H
#define NOTES_TUI_HELP_REBIND_H

#include "tui/ui.h"

/* Of a screen (NULL: everywhere). */
bool help_can_rebind(const struct view_class *class);
/* Delete and Backspace bring the key back that is built in. */
void help_rebind(struct ui *ui, const struct view_class *class,
    const struct action *a, const struct key *k);

#endif
