#include "help_rebind.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

bool
help_can_rebind(const struct view_class *class)
{
	size_t i = 0;

	while (keymap_screens[i] != NULL && keymap_screens[i] != class)
		i++;
	return class == NULL || keymap_screens[i] != NULL;
}

static bool
has(const struct view_class *class, const struct action *a)
{
	for (size_t i = 0; i < VIEW_TABLES; i++)
		for (const struct action *e = class->actions[i];
		     e != NULL && e->name != NULL; e++)
			if (e == a)
				return true;
	return false;
}

/*
 * What several screens share gets its key on all of them, unless this one has
 * a key of its own.
 */
static char *
setting(const struct ui *ui, const struct view_class *class,
    const struct action *a)
{
	const struct keymap_entry *e = keymap_find(&ui->keymap, class, a);
	size_t n = 0;

	for (size_t i = 0; class != NULL && keymap_screens[i] != NULL; i++)
		n += has(keymap_screens[i], a);
	if (n > 1 && (e == NULL || e->where == NULL || !e->special))
		return mem_printf("key.%s", a->name);
	return keymap_setting(class, a);
}

/* A Korean letter stands for the key in its place, as everywhere. */
static void
label(const struct key *k, char out[KEY_NAME_MAX])
{
	char latin[8];
	struct key one = *k;

	if (k->mods == 0 && key_from_hangul(k->code, latin) == 1)
		one.code = (unsigned char)latin[0];
	key_label(&one, out);
}

/* What was wrong before was told when the program began. */
static const char *
new_problem(const struct strv *before, const struct strv *after)
{
	for (size_t i = 0; i < after->n; i++)
		if (!strv_has(before, after->v[i]))
			return after->v[i];
	return NULL;
}

void
help_rebind(struct ui *ui, const struct view_class *class,
    const struct action *a, const struct key *k)
{
	bool back = k->code == TK_DELETE || k->code == TK_BACKSPACE;
	struct strv before = STRV_INIT, after = STRV_INIT;
	const char *news;
	struct buf where = BUF_INIT;
	struct err err = ERR_INIT;
	char *name = setting(ui, class, a), key[KEY_NAME_MAX];

	label(k, key);
	ui_keys(ui, &before);
	if (app_config_set_mine(ui->app, name, back ? NULL : key, &where,
		&err) != RC_OK) {
		ui_fail(ui, &err);
	} else {
		ui_keys(ui, &after);
		if ((news = new_problem(&before, &after)) != NULL)
			ui_warn(ui, "%s", news);
		else
			ui_say(ui, "%s: %s, kept in %s", a->name,
			    back ? "as it was built" : key, buf_str(&where));
	}
	strv_release(&before);
	strv_release(&after);
	buf_release(&where);
	free(name);
}
