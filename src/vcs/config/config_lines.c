/* On which lines of their files values stand. */
#include <string.h>

#include "base/fs.h"
#include "gitconf.h"
#include "vcs/config.h"

enum { FILE_MAX = 1 << 20 }; /* bytes; what people write is smaller */

struct search {
	struct config *c;
	const char *prefix, *origin;
	size_t next; /* entry to be met next */
	long line;   /* of what is told */
};

static bool
is_wanted(const struct search *s, size_t i)
{
	const struct config_entry *e = &s->c->v[i];

	return strncmp(e->name, s->prefix, strlen(s->prefix)) == 0 &&
	    strcmp(e->origin, s->origin) == 0;
}

/* Entries of one file stand in its order, so both go on together. */
static void
meet(const char *name, const char *value, void *arg)
{
	struct search *s = arg;
	struct config_entry *e;

	(void)value;
	while (s->next < s->c->n && !is_wanted(s, s->next))
		s->next++;
	if (s->next == s->c->n)
		return;
	e = &s->c->v[s->next];
	if (!config_same_name(name, e->name))
		return;
	e->line = s->line;
	s->next++;
}

void
config_find_lines(struct config *c, const char *prefix)
{
	struct search s = { .c = c, .prefix = prefix };
	struct strv done = STRV_INIT;
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < c->n; i++) {
		s.origin = c->v[i].origin;
		if (!is_wanted(&s, i) || s.origin[0] != '/' ||
		    strv_has(&done, s.origin))
			continue;
		strv_push(&done, s.origin);
		buf_clear(&text);
		if (fs_read(s.origin, FILE_MAX, &text, NULL) != RC_OK)
			continue;
		s.next = i;
		gitconf_parse_lines(buf_str(&text), text.len, meet, &s,
		    &s.line);
	}
	strv_release(&done);
	buf_release(&text);
}
