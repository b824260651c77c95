#include "keymap.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "keys.h"

#define FAMILY       "key."
#define PROBLEMS_MAX 50

const struct view_class *const keymap_screens[] = { &view_list, &view_ticket,
	&view_board, &view_releases, &view_hub, &view_notes, &view_unlinked,
	&view_journal, &view_revisions, &view_diff, &view_metrics, NULL };

void
keymap_release(struct keymap *m)
{
	for (size_t i = 0; i < m->n; i++) {
		buf_release(&m->v[i].keys);
		free(m->v[i].where);
	}
	free(m->v);
	strv_release(&m->failed);
	*m = (struct keymap){ 0 };
}

const struct keymap_entry *
keymap_find(const struct keymap *m, const struct view_class *class,
    const struct action *a)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].action == a &&
		    (m->v[i].class == NULL || m->v[i].class == class))
			return &m->v[i];
	return NULL;
}

const char *
keymap_keys(const struct keymap *m, const struct view_class *class,
    const struct action *a)
{
	const struct keymap_entry *e = keymap_find(m, class, a);

	return e == NULL ? a->keys : buf_str(&e->keys);
}

static const char *
screen_name(const struct view_class *class)
{
	return class == NULL ? KEYMAP_EVERYWHERE : class->name;
}

char *
keymap_setting(const struct view_class *class, const struct action *a)
{
	return mem_printf(FAMILY "%s.%s", screen_name(class), a->name);
}

/* ---- what the values say ---- */

struct loading {
	struct keymap *m;
	struct strv *problems;
	const struct config_value *value;
	const char *action; /* its name */
	size_t at, found;
};

__attribute__((format(printf, 3, 4))) static void
problem(struct strv *problems, const char *where, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	if (problems->n >= PROBLEMS_MAX)
		return;
	buf_printf(&text, "%s: ", where);
	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	strv_take(problems, buf_detach(&text));
}

static struct keymap_entry *
entry(struct keymap *m, const struct view_class *class, const struct action *a)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].action == a && m->v[i].class == class)
			return &m->v[i];
	m->v = mem_grow(m->v, &m->cap, m->n + 1, sizeof(*m->v));
	m->v[m->n] = (struct keymap_entry){ .class = class, .action = a };
	return &m->v[m->n++];
}

static void
add_token(struct buf *keys, const char *token, size_t len)
{
	buf_printf(keys, "%s%.*s", keys->len == 0 ? "" : " ", (int)len, token);
}

static bool
is(const char *token, size_t len, const char *word)
{
	return strlen(word) == len && strncasecmp(token, word, len) == 0;
}

static void
take_keys(struct loading *l, struct keymap_entry *e)
{
	const char *s = l->value->value;
	size_t len = 0, before = l->problems->n;

	while (keys_token(&s, &len)) {
		struct buf key = BUF_INIT;

		if (is(s, len, "default"))
			add_token(&e->keys, e->action->keys,
			    strlen(e->action->keys));
		else if (is(s, len, "none"))
			;
		else if (!keymap_token(s, len, &key))
			problem(l->problems, l->value->where,
			    "no key \"%.*s\" (as in: S, gd, Ctrl-T, Alt-x, F6, "
			    "Space, PgDn)",
			    (int)(len < 40 ? len : 40), s);
		else if (strstr(buf_str(&key), "Esc") != NULL)
			problem(l->problems, l->value->where,
			    "Esc always clears: it can't be \"%s\"",
			    e->action->name);
		else
			add_token(&e->keys, buf_str(&key), key.len);
		buf_release(&key);
	}
	/* Who misspells a key does not mean to have none. */
	if (e->keys.len == 0 && l->problems->n > before)
		buf_puts(&e->keys, e->action->keys);
}

static void
take_action(struct loading *l, const struct view_class *class,
    const struct action *a, bool special)
{
	const struct config_value *v = l->value;
	struct keymap_entry *e = entry(l->m, class, a);

	l->found++;
	/* What names its screen is stronger than what does not. */
	if (e->where != NULL && e->special && !special)
		return;
	if (e->where == NULL || e->special != special || e->level != v->level)
		buf_clear(&e->keys);
	mem_replace(&e->where, v->where);
	e->level = v->level;
	e->at = l->at;
	e->special = special;
	take_keys(l, e);
}

static void
take_table(struct loading *l, const struct view_class *class,
    const struct action *a, bool special)
{
	for (; a != NULL && a->name != NULL; a++)
		if (strcmp(a->name, l->action) == 0)
			take_action(l, class, a, special);
}

static void
take_screen(struct loading *l, const struct view_class *class, bool special)
{
	if (class == NULL) {
		take_table(l, NULL, actions_global, special);
		return;
	}
	for (size_t i = 0; i < VIEW_TABLES; i++)
		take_table(l, class, class->actions[i], special);
}

static void
no_screen(const struct loading *l, const char *name, size_t len)
{
	struct buf names = BUF_INIT;

	for (size_t i = 0; keymap_screens[i] != NULL; i++)
		buf_printf(&names, "%s, ", keymap_screens[i]->name);
	problem(l->problems, l->value->where,
	    "no screen \"%.*s\" (there are: %s" KEYMAP_EVERYWHERE ")",
	    (int)(len < 40 ? len : 40), name, buf_str(&names));
	buf_release(&names);
}

/* "key.list.status" or "key.status". */
static void
take_value(struct loading *l)
{
	const char *name = l->value->name + strlen(FAMILY);
	const char *dot = strrchr(name, '.');
	size_t len = dot == NULL ? 0 : (size_t)(dot - name), i = 0;

	l->action = dot == NULL ? name : dot + 1;
	l->found = 0;
	if (dot == NULL) {
		take_screen(l, NULL, false);
		for (; keymap_screens[i] != NULL; i++)
			take_screen(l, keymap_screens[i], false);
	} else if (is(name, len, KEYMAP_EVERYWHERE)) {
		take_screen(l, NULL, true);
	} else {
		while (keymap_screens[i] != NULL &&
		    !is(name, len, keymap_screens[i]->name))
			i++;
		if (keymap_screens[i] == NULL) {
			no_screen(l, name, len);
			return;
		}
		take_screen(l, keymap_screens[i], true);
	}
	if (l->found == 0)
		problem(l->problems, l->value->where, "no action \"%s\"%s%.*s",
		    l->action, len == 0 ? "" : " in ", (int)len, name);
}

/* ---- keys that two actions have ---- */

static bool
has_token(const char *keys, const char *token, size_t len)
{
	const char *s = keys;
	size_t n = 0;

	while (keys_token(&s, &n))
		if (n == len && strncmp(s, token, len) == 0)
			return true;
	return false;
}

static void
drop_token(struct buf *keys, const char *token, size_t len)
{
	struct buf left = BUF_INIT;
	const char *s = buf_str(keys);
	size_t n = 0;

	while (keys_token(&s, &n))
		if (n != len || strncmp(s, token, len) != 0)
			add_token(&left, s, n);
	buf_release(keys);
	*keys = left;
}

struct clash {
	struct keymap *m;
	struct strv *problems;
	size_t mine; /* entry whose key it is */
	const char *token;
	size_t len;
};

/* The key is mine: a loses it. */
static void
take_away(const struct clash *c, const struct action *a)
{
	const struct view_class *class = c->m->v[c->mine].class;
	const struct keymap_entry *mine;
	struct keymap_entry *e;
	bool set;

	if (a == c->m->v[c->mine].action ||
	    !has_token(keymap_keys(c->m, class, a), c->token, c->len))
		return;
	e = entry(c->m, class, a);
	mine = &c->m->v[c->mine];
	set = e->where != NULL;
	if (!set && e->keys.len == 0)
		buf_puts(&e->keys, a->keys);
	drop_token(&e->keys, c->token, c->len);
	if (set)
		problem(c->problems, mine->where,
		    "%.*s is \"%s\" in %s and, at %s, \"%s\": this one counts",
		    (int)c->len, c->token, mine->action->name,
		    screen_name(class), e->where, a->name);
	else if (e->keys.len == 0)
		problem(c->problems, mine->where,
		    "%.*s was \"%s\" in %s, which has no key any more (give it "
		    "one, or none)",
		    (int)c->len, c->token, a->name, screen_name(class));
}

static void
take_from_table(const struct clash *c, const struct action *a)
{
	for (; a != NULL && a->name != NULL; a++)
		take_away(c, a);
}

/* A sequence whose first key is a whole action can't be typed. */
static void
check_sequence(const struct clash *c, const struct action *a, bool same_screen)
{
	const struct keymap_entry *e = &c->m->v[c->mine];
	const char *s;
	size_t n;

	for (; a != NULL && a->name != NULL; a++) {
		s = keymap_keys(c->m, e->class, a);
		n = 0;
		while (keys_token(&s, &n)) {
			if (keys_is_beginning(s, n, c->token, c->len))
				problem(c->problems, e->where,
				    "%.*s can't be typed: %.*s is \"%s\"",
				    (int)c->len, c->token, (int)n, s, a->name);
			else if (same_screen &&
			    keys_is_beginning(c->token, c->len, s, n))
				problem(c->problems, e->where,
				    "%.*s, \"%s\", can't be typed any more",
				    (int)n, s, a->name);
		}
	}
}

static void
settle_token(const struct clash *c)
{
	const struct view_class *class = c->m->v[c->mine].class;

	for (size_t i = 0; class != NULL && i < VIEW_TABLES; i++)
		take_from_table(c, class->actions[i]);
	if (class == NULL)
		take_from_table(c, actions_global);
	for (size_t i = 0; class != NULL && i < VIEW_TABLES; i++)
		check_sequence(c, class->actions[i], true);
	check_sequence(c, actions_global, class == NULL);
}

static int
by_place(const void *a, const void *b)
{
	const struct keymap_entry *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

/* Later values are stronger, so they take from those before them. */
static void
settle(struct keymap *m, struct strv *problems)
{
	size_t n = m->n;

	if (n > 1)
		qsort(m->v, n, sizeof(*m->v), by_place);
	for (size_t i = n; i-- > 0;) {
		char *keys = mem_strdup(buf_str(&m->v[i].keys));
		const char *s = keys;
		struct clash c = { .m = m, .problems = problems, .mine = i };

		while (keys_token(&s, &c.len)) {
			c.token = s;
			settle_token(&c);
		}
		free(keys);
	}
}

void
keymap_parse(struct keymap *m, const struct config_value_list *values,
    struct strv *problems)
{
	struct loading l = { .m = m, .problems = problems };

	for (size_t i = 0; i < values->n; i++) {
		if (strncmp(values->v[i].name, FAMILY, strlen(FAMILY)) != 0)
			continue;
		l.value = &values->v[i];
		l.at = i;
		take_value(&l);
	}
}

void
keymap_load(struct keymap *m, const struct config_value_list *values,
    struct strv *problems)
{
	const size_t before = problems->n;

	keymap_parse(m, values, problems);
	settle(m, problems);
	for (size_t i = before; i < problems->n; i++)
		strv_push(&m->failed, problems->v[i]);
}
