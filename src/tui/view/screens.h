/* The screens as help names them, and how one gets to each. */
#ifndef NOTES_TUI_SCREENS_H
#define NOTES_TUI_SCREENS_H

#include "tui/ui.h"

struct screen_entry {
	const struct view_class *class;
	const char *title;
	/* Opens it, or warns why it can't be from here; false then. */
	bool (*reach)(struct ui *ui);
};

/* Ended by a NULL class. */
extern const struct screen_entry screen_entries[];

/* The release that is planned next, else the newest one, NULL when there is
 * none; the caller frees it. */
char *screens_version(struct ui *ui);

#endif
