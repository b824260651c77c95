/* How well an action fits what was typed into the help. */
#ifndef NOTES_TUI_HELP_RANK_H
#define NOTES_TUI_HELP_RANK_H

#include "tui/ui.h"

#define HELP_RANK_WORST 3 /* only a part of a word fits */

/* folded: words, all of which must be in it; title is its screen's.  0 for a
 * name or a key, HELP_RANK_WORST at most, -1 when it does not fit. */
int help_rank(const struct ui *ui, const struct view_class *class,
    const struct action *a, const char *title, const char *folded);

#endif
