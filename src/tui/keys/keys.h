/* From keys to actions, and the bar that names them. */
#ifndef NOTES_TUI_KEYS_H
#define NOTES_TUI_KEYS_H

#include <stdbool.h>

#include "tui/view.h"

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
/* Why the action can't act here, or NULL when it can. */
const char *keys_why(const struct ui *ui, const struct view *v,
    const struct action *a);
/* By name, or the only one that begins so; NULL when none or several do. */
const struct action *keys_by_name(const struct view *v, const char *name,
    size_t len);
/* An action's keys as they are now, its table's or those of configuration. */
const char *keys_of(const struct ui *ui, const struct view *v,
    const struct action *a);
/* The first of them into out, "" when there is none. */
void keys_first(const struct ui *ui, const struct view *v,
    const struct action *a, char out[KEY_NAME_MAX]);
/* How to do what has that name, for messages: "u", or ":undo". */
#define KEYS_TELL_MAX (KEY_NAME_MAX + 24)
void keys_tell(const struct ui *ui, const struct view *v, const char *name,
    char out[KEYS_TELL_MAX]);
/* What the keys in pending may go on to: "  gg top". */
void keys_going_on(const struct ui *ui, const struct view *v,
    const char *pending, struct buf *out);

/* Goes through keys between blanks; *len is 0 at first. */
bool keys_token(const char **s, size_t *len);
/* Is s, n bytes, the first key of the sequence token? */
bool keys_is_beginning(const char *s, size_t n, const char *token, size_t len);

/* Draws the keys that work now into row y. */
void keys_bar(const struct ui *ui, const struct view *v, const struct area *a,
    int y);

/* Actions that hold everywhere, ended by a NULL name. */
extern const struct action actions_global[];
/* Does it also hold where a screen is modal? */
bool globals_modal(const struct action *a);

#endif
