#include "keys.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "tui/ui.h"

bool
keys_token(const char **s, size_t *len)
{
	*s += *len;
	while (**s == ' ')
		(*s)++;
	*len = strcspn(*s, " ");
	return *len > 0;
}

bool
keys_is_beginning(const char *s, size_t n, const char *token, size_t len)
{
	struct key k;

	/* "D" is not the beginning of "Down". */
	return n < len && strncmp(s, token, n) == 0 &&
	    !key_parse(token, len, &k);
}

/* Asked for each action of a screen, for each key in its last line. */
static enum keys_match
match(const char *keys, const char *pending)
{
	const size_t n = strlen(pending);
	enum keys_match best = KEYS_NONE;
	const char *token = keys, *end;

	for (;; token = end) {
		size_t same = 0;

		while (*token == ' ')
			token++;
		if (*token == '\0')
			return best;
		while (same < n && token[same] == pending[same])
			same++;
		for (end = token + same; *end != '\0' && *end != ' '; end++)
			continue;
		if (same < n)
			continue;
		if ((size_t)(end - token) == n)
			return KEYS_FOUND;
		if (keys_is_beginning(pending, n, token, (size_t)(end - token)))
			best = KEYS_PART;
	}
}

static const struct action *
table(const struct view *v, size_t i)
{
	return i < VIEW_TABLES ? v->class->actions[i] : actions_global;
}

const char *
keys_of(const struct ui *ui, const struct view *v, const struct action *a)
{
	return keymap_keys(&ui->keymap, v->class, a);
}

static bool
is_global(const struct action *a)
{
	const struct action *g = actions_global;

	while (g->name != NULL && g != a)
		g++;
	return g->name != NULL;
}

const char *
keys_why(const struct ui *ui, const struct view *v, const struct action *a)
{
	if (v->class->modal && is_global(a) && !globals_modal(a))
		return "not in a menu (Esc closes it)";
	return a->why == NULL ? NULL : a->why(ui, v);
}

enum keys_match
keys_find(const struct ui *ui, const struct view *v, const char *pending,
    const struct action **out, const char **why)
{
	enum keys_match best = KEYS_NONE, m;
	const char *r;

	*out = NULL;
	*why = NULL;
	for (size_t i = 0; i <= VIEW_TABLES; i++) {
		const struct action *a = table(v, i);

		for (; a != NULL && a->name != NULL; a++) {
			m = match(keys_of(ui, v, a), pending);
			if (m == KEYS_PART && best == KEYS_NONE)
				best = KEYS_PART;
			if (m != KEYS_FOUND)
				continue;
			r = keys_why(ui, v, a);
			if (r == NULL) {
				*out = a;
				return KEYS_FOUND;
			}
			if (*why != NULL)
				continue;
			*why = r;
			*out = a;
			best = KEYS_OFF;
		}
	}
	return best;
}

const struct action *
keys_by_name(const struct view *v, const char *name, size_t len)
{
	const struct action *found = NULL;
	size_t n = 0;

	for (size_t i = 0; i <= VIEW_TABLES; i++) {
		const struct action *a = table(v, i);

		for (; a != NULL && a->name != NULL; a++) {
			if (strncmp(a->name, name, len) != 0)
				continue;
			if (a->name[len] == '\0')
				return a;
			found = a;
			n++;
		}
	}
	return n == 1 ? found : NULL;
}

void
keys_first(const struct ui *ui, const struct view *v, const struct action *a,
    char out[KEY_NAME_MAX])
{
	const char *token = keys_of(ui, v, a);
	size_t len = 0;

	out[0] = '\0';
	if (keys_token(&token, &len))
		snprintf(out, KEY_NAME_MAX, "%.*s", (int)len, token);
}

void
keys_tell(const struct ui *ui, const struct view *v, const char *name,
    char out[KEYS_TELL_MAX])
{
	const struct action *a = keys_by_name(v, name, strlen(name));
	char key[KEY_NAME_MAX] = "";

	if (a != NULL)
		keys_first(ui, v, a, key);
	snprintf(out, KEYS_TELL_MAX, "%s%s", key[0] == '\0' ? ":" : "",
	    key[0] == '\0' ? name : key);
}

void
keys_going_on(const struct ui *ui, const struct view *v, const char *pending,
    struct buf *out)
{
	for (size_t i = 0; i <= VIEW_TABLES; i++) {
		const struct action *a = table(v, i);

		for (; a != NULL && a->name != NULL; a++) {
			const char *token = keys_of(ui, v, a);
			size_t len = 0;

			while (keys_token(&token, &len))
				if (keys_is_beginning(pending, strlen(pending),
					token, len))
					buf_printf(out, "  %.*s %s", (int)len,
					    token, a->name);
		}
	}
}

static int
entry_width(const char *key, const struct action *a)
{
	return (int)(utf8_width(key, strlen(key)) + 1 + strlen(a->label));
}

static int
draw_entry(const char *key, const struct action *a, const struct area *area,
    int y, int x)
{
	int start = x;

	x += area_text(area, y, x, area->cols - x, key, ROLE_KEY) + 1;
	x += area_text(area, y, x, area->cols - x, a->label, ROLE_LABEL);
	return x - start;
}

/* Also the key that stands there. */
static bool
in_bar(const struct ui *ui, const struct view *v, const struct action *a,
    char key[KEY_NAME_MAX])
{
	const struct action *first;
	const char *why;

	if (a->label == NULL || keys_why(ui, v, a) != NULL)
		return false;
	keys_first(ui, v, a, key);
	/* Another one may take the key before it does. */
	return key[0] != '\0' &&
	    keys_find(ui, v, key, &first, &why) == KEYS_FOUND && first == a;
}

/* The keys that hold everywhere keep their place at the end. */
void
keys_bar(const struct ui *ui, const struct view *v, const struct area *a, int y)
{
	const struct action *e;
	char key[KEY_NAME_MAX];
	int x = 1, end = 0, room;

	for (e = actions_global; e->name != NULL && !v->class->typing; e++)
		if (in_bar(ui, v, e, key))
			end += entry_width(key, e) + 2;
	room = a->cols - 1 - end;
	for (size_t i = 0; i < VIEW_TABLES; i++) {
		e = v->class->actions[i];
		for (; e != NULL && e->name != NULL; e++)
			if (in_bar(ui, v, e, key) &&
			    x + entry_width(key, e) <= room)
				x += draw_entry(key, e, a, y, x) + 2;
	}
	for (e = actions_global; e->name != NULL && !v->class->typing; e++)
		if (in_bar(ui, v, e, key) && x + entry_width(key, e) <= a->cols)
			x += draw_entry(key, e, a, y, x) + 2;
}
