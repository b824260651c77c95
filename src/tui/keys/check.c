/* Keys in configuration, looked at without a screen. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "keymap.h"
#include "keys.h"
#include "tui/tui.h"

void
tui_check_keys(struct app *a, struct strv *problems)
{
	struct config_value_list values;
	struct keymap m = { 0 };

	app_config_list(a, "key.", &values);
	keymap_load(&m, &values, problems);
	keymap_release(&m);
	config_value_list_release(&values);
}

enum rc
tui_check_key(const char *name, const char *value, struct err *err)
{
	char where[] = "", *copy = mem_strdup(name);
	char *text = mem_strdup(value == NULL ? "none" : value);
	struct config_value one = { .name = copy,
		.value = text,
		.where = where };
	const struct config_value_list values = { .v = &one, .n = 1 };
	struct strv problems = STRV_INIT;
	struct keymap m = { 0 };
	enum rc rc = RC_OK;

	keymap_parse(&m, &values, &problems);
	if (problems.n > 0)
		rc = err_set(err, RC_INVALID, "tracker.%s%s", name,
		    problems.v[0]);
	keymap_release(&m);
	strv_release(&problems);
	free(text);
	free(copy);
	return rc;
}

static void
put_names(struct strv *out, const struct view_class *class,
    const struct action *a)
{
	for (; a != NULL && a->name != NULL; a++)
		strv_take(out, keymap_setting(class, a));
}

void
tui_key_names(struct strv *out)
{
	for (size_t i = 0; keymap_screens[i] != NULL; i++)
		for (size_t k = 0; k < VIEW_TABLES; k++)
			put_names(out, keymap_screens[i],
			    keymap_screens[i]->actions[k]);
	put_names(out, NULL, actions_global);
}
