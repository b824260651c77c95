/* What the signs of rows stand for. */
#ifndef NOTES_TUI_HELP_SIGNS_H
#define NOTES_TUI_HELP_SIGNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strv.h"
#include "tui/view.h"

/* Does the screen show priorities by signs and types by short names? */
bool help_has_signs(const struct view_class *class);
/* "! highest  ^ high", "feat feature": in lines of cols columns at most, where
 * each has room for one. */
void help_signs(size_t cols, struct strv *lines);

#endif
