#include "keys.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static bool
next_token(const char **s, size_t *len)
{
	*s += *len;
	while (**s == ' ')
		(*s)++;
	*len = strcspn(*s, " ");
	return *len > 0;
}

static enum keys_match
match(const char *keys, const char *pending)
{
	const char *token = keys;
	size_t len = 0, n = strlen(pending);
	enum keys_match best = KEYS_NONE;
	struct key k;

	while (next_token(&token, &len)) {
		if (len == n && strncmp(token, pending, n) == 0)
			return KEYS_FOUND;
		/* "D" is not the beginning of "Down". */
		if (len > n && strncmp(token, pending, n) == 0 &&
		    !key_parse(token, len, &k))
			best = KEYS_PART;
	}
	return best;
}

static const struct action *
table(const struct view *v, size_t i)
{
	return i < VIEW_TABLES ? v->class->actions[i] : actions_global;
}

static const char *
reason(const struct ui *ui, const struct view *v, const struct action *a)
{
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
			m = match(a->keys, pending);
			if (m == KEYS_PART && best == KEYS_NONE)
				best = KEYS_PART;
			if (m != KEYS_FOUND)
				continue;
			r = reason(ui, v, a);
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
keys_first(const struct action *a, char out[KEY_NAME_MAX])
{
	const char *token = a->keys;
	size_t len = 0;

	out[0] = '\0';
	if (next_token(&token, &len))
		snprintf(out, KEY_NAME_MAX, "%.*s", (int)len, token);
}

static int
entry_width(const struct action *a)
{
	char key[KEY_NAME_MAX];

	keys_first(a, key);
	return (int)(utf8_width(key, strlen(key)) + 1 + strlen(a->label));
}

static int
draw_entry(const struct action *a, const struct area *area, int y, int x)
{
	char key[KEY_NAME_MAX];
	int start = x;

	keys_first(a, key);
	x += area_text(area, y, x, area->cols - x, key, ROLE_KEY) + 1;
	x += area_text(area, y, x, area->cols - x, a->label, ROLE_LABEL);
	return x - start;
}

static bool
in_bar(const struct ui *ui, const struct view *v, const struct action *a)
{
	return a->label != NULL && reason(ui, v, a) == NULL;
}

/* The keys that hold everywhere keep their place at the end. */
void
keys_bar(const struct ui *ui, const struct view *v, const struct area *a, int y)
{
	const struct action *e;
	int x = 1, end = 0, room;

	for (e = actions_global; e->name != NULL && !v->class->typing; e++)
		if (in_bar(ui, v, e))
			end += entry_width(e) + 2;
	room = a->cols - 1 - end;
	for (size_t i = 0; i < VIEW_TABLES; i++) {
		e = v->class->actions[i];
		for (; e != NULL && e->name != NULL; e++) {
			if (!in_bar(ui, v, e) || x + entry_width(e) > room)
				continue;
			x += draw_entry(e, a, y, x) + 2;
		}
	}
	for (e = actions_global; e->name != NULL && !v->class->typing; e++) {
		if (!in_bar(ui, v, e) || x + entry_width(e) > a->cols)
			continue;
		x += draw_entry(e, a, y, x) + 2;
	}
}
