#include "help_rebind.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/keys/keys.h"

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

/* Another action of the table that has the key, or NULL. */
static const struct action *
owner(const struct ui *ui, const struct view_class *class,
    const struct action *table, const struct action *a, const char *key)
{
	for (; table != NULL && table->name != NULL; table++) {
		const char *token = keymap_keys(&ui->keymap, class, table);
		size_t len = 0;

		while (table != a && keys_token(&token, &len))
			if (strlen(key) == len && strncmp(token, key, len) == 0)
				return table;
	}
	return NULL;
}

/* Whose key it is on a screen now; NULL: on no screen of its own. */
static const struct action *
owner_on(const struct ui *ui, const struct view_class *class,
    const struct action *a, const char *key)
{
	const struct action *e = NULL;

	for (size_t i = 0; class != NULL && e == NULL && i < VIEW_TABLES; i++)
		e = owner(ui, class, class->actions[i], a, key);
	return e != NULL ? e : owner(ui, class, actions_global, a, key);
}

struct loser {
	const struct action *action; /* or NULL */
	const struct view_class *class;
};

/* Which action is to lose its key: here, else on a screen that shares a. */
static struct loser
find_loser(const struct ui *ui, const struct view_class *class,
    const struct action *a, const char *key)
{
	struct loser l = { owner_on(ui, class, a, key), class };

	for (size_t i = 0;
	     class != NULL && l.action == NULL && keymap_screens[i] != NULL;
	     i++)
		if (has(keymap_screens[i], a))
			l = (struct loser){ owner_on(ui, keymap_screens[i], a,
						key),
				keymap_screens[i] };
	return l;
}

/* "j is no longer down; Down Ctrl-N still are". */
static void
tell_loser(const struct ui *ui, const struct loser *l, const char *key,
    struct buf *out)
{
	const char *token = keymap_keys(&ui->keymap, l->class, l->action);
	size_t len = 0, n = 0;

	buf_printf(out, ": %s is no longer %s", key, l->action->name);
	while (keys_token(&token, &len)) {
		if (strlen(key) == len && strncmp(token, key, len) == 0)
			continue;
		buf_printf(out, "%s%.*s", n++ == 0 ? "; " : " ", (int)len,
		    token);
	}
	if (n > 0)
		buf_printf(out, " still %s", n == 1 ? "is" : "are");
	else
		buf_puts(out, ", which has no key any more");
}

bool
help_is_taken(struct ui *ui, const struct view_class *class,
    const struct action *a, const struct key *k)
{
	char key[KEY_NAME_MAX];
	struct loser l;

	if (k->code == TK_DELETE || k->code == TK_BACKSPACE)
		return false;
	label(k, key);
	l = find_loser(ui, class, a, key);
	if (l.action == NULL)
		return false;
	ui_warn(ui,
	    "%s is the key of %s (%s): once more takes it, another key is for "
	    "%s, Esc leaves all as it is",
	    key, l.action->name, l.action->help, a->name);
	return true;
}

void
help_rebind(struct ui *ui, const struct view_class *class,
    const struct action *a, const struct key *k)
{
	bool back = k->code == TK_DELETE || k->code == TK_BACKSPACE;
	struct strv before = STRV_INIT, after = STRV_INIT;
	const char *news;
	struct buf where = BUF_INIT, lost = BUF_INIT;
	struct loser loser;
	struct err err = ERR_INIT;
	char *name = setting(ui, class, a), key[KEY_NAME_MAX];

	label(k, key);
	ui_keys(ui, &before);
	loser = find_loser(ui, class, a, key);
	if (app_config_set_mine(ui->app, name, back ? NULL : key, &where,
		&err) != RC_OK) {
		ui_fail(ui, &err);
	} else {
		ui_keys(ui, &after);
		if ((news = new_problem(&before, &after)) != NULL)
			ui_warn(ui, "%s", news);
		else if (!back && loser.action != NULL)
			tell_loser(ui, &loser, key, &lost);
		if (lost.len > 0)
			ui_warn(ui, "%s%s (kept in %s)", a->name,
			    buf_str(&lost), buf_str(&where));
		else if (news == NULL)
			ui_say(ui, "%s: %s, kept in %s", a->name,
			    back ? "as it was built" : key, buf_str(&where));
	}
	strv_release(&before);
	strv_release(&after);
	buf_release(&where);
	buf_release(&lost);
	free(name);
}
