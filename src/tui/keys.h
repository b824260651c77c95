/* From keys to actions, and the bar that names them. */
#ifndef NOTES_TUI_KEYS_H
#define NOTES_TUI_KEYS_H

#include <stdbool.h>

#include "view.h"

enum keys_match {
	KEYS_NONE,
	KEYS_PART, /* the beginning of a sequence */
	KEYS_OFF,  /* there is one, but it can't act: see why */
	KEYS_FOUND
};

/*
 * Looks pending (names of keys, one behind the other) up in the view's own
 * tables, then in those that hold everywhere.
 */
enum keys_match keys_find(const struct ui *ui, const struct view *v,
    const char *pending, const struct action **out, const char **why);
/* By name, or the only one that begins so; NULL when none or several do. */
const struct action *keys_by_name(const struct view *v, const char *name,
    size_t len);
/* The first key of an action into out, "" when it has none. */
void keys_first(const struct action *a, char out[KEY_NAME_MAX]);
/* Draws the keys that work now into row y. */
void keys_bar(const struct ui *ui, const struct view *v, const struct area *a,
    int y);

/* Actions that hold everywhere, ended by a NULL name. */
extern const struct action actions_global[];

#endif
