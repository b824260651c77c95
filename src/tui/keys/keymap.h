/*
 * Keys that people have changed: tracker.key.SCREEN.ACTION, or
 * tracker.key.ACTION on every screen that has it.  A value is keys between
 * blanks ("S", "gd", "Ctrl-T F6"), several values add up; "default" stands for
 * the keys that are built in, "none" or nothing for no key.
 */
#ifndef NOTES_TUI_KEYMAP_H
#define NOTES_TUI_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "app/config.h"
#include "base/buf.h"
#include "base/strv.h"
#include "tui/view.h"

/* The name of what holds everywhere, as a screen. */
#define KEYMAP_EVERYWHERE "everywhere"

/* An action whose keys are not those of its table. */
struct keymap_entry {
	const struct view_class *class; /* NULL: everywhere */
	const struct action *action;
	struct buf keys; /* as in a table */
	char *where;     /* NULL: another one took a key away */
	int level;
	size_t at;    /* place among the values: later ones are stronger */
	bool special; /* named with its screen */
};

struct keymap {
	struct keymap_entry *v;
	size_t n, cap;
	struct strv failed; /* "PLACE: why a value has no effect" */
};

void keymap_release(struct keymap *m);
/* Fills m (empty); problems gets a line for each, its place in front. */
void keymap_load(struct keymap *m, const struct config_value_list *values,
    struct strv *problems);
/* The same without looking for keys that two actions have. */
void keymap_parse(struct keymap *m, const struct config_value_list *values,
    struct strv *problems);
/* The keys of an action on a screen, its table's unless they were changed. */
const char *keymap_keys(const struct keymap *m, const struct view_class *class,
    const struct action *a);
/* The entry, or NULL. */
const struct keymap_entry *keymap_find(const struct keymap *m,
    const struct view_class *class, const struct action *a);

/* One token, one key or two, as tables write it: "ctrl-t" as "Ctrl-T". */
bool keymap_token(const char *token, size_t len, struct buf *out);
/* "key.list.status" of an action of a screen (NULL: everywhere). */
char *keymap_setting(const struct view_class *class, const struct action *a);

/* Screens whose keys can be changed, NULL-ended. */
extern const struct view_class *const keymap_screens[];

#endif
