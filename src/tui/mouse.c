/* What the mouse does: on rows, and on what the frame and heads show. */
#include <string.h>

#include "mouse.h"
#include "tui/keys/keys.h"

static bool
has_enter(const char *keys)
{
	size_t len = 0;

	while (keys_token(&keys, &len))
		if (len == 5 && strncmp(keys, "Enter", 5) == 0)
			return true;
	return false;
}

/* What Enter does in this screen, whatever key configuration gives it. */
static const struct action *
enter(const struct ui *ui, const struct view *v)
{
	const struct action *found = NULL;

	for (size_t i = 0; i < VIEW_TABLES; i++) {
		const struct action *a = v->class->actions[i];

		for (; a != NULL && a->name != NULL; a++) {
			if (!has_enter(a->keys))
				continue;
			if (a->why == NULL || a->why(ui, v) == NULL)
				return a;
			found = a;
		}
	}
	return found;
}

bool
mouse_again(struct ui *ui, struct view *v, bool selected)
{
	const struct action *a = selected ? enter(ui, v) : NULL;

	if (a != NULL)
		ui_run(ui, a, NULL);
	return selected;
}
