#include "sql.h"

#include <stdlib.h>

#include "base/mem.h"
#include "db.h"

void
sql_puts(struct sql *s, const char *text)
{
	buf_puts(&s->text, text);
}

static struct sql_value *
sql_value(struct sql *s)
{
	buf_putc(&s->text, '?');
	s->v = mem_grow(s->v, &s->cap, s->n + 1, sizeof(*s->v));
	s->v[s->n] = (struct sql_value){ 0 };
	return &s->v[s->n++];
}

void
sql_text(struct sql *s, const char *value)
{
	sql_value(s)->text = mem_strdup(value);
}

void
sql_int(struct sql *s, int64_t value)
{
	sql_value(s)->number = value;
}

void
sql_append(struct sql *s, const struct sql *other)
{
	sql_puts(s, buf_str(&other->text));
	for (size_t i = 0; i < other->n; i++) {
		s->v = mem_grow(s->v, &s->cap, s->n + 1, sizeof(*s->v));
		s->v[s->n] = other->v[i];
		s->v[s->n].text = mem_strdup(other->v[i].text);
		s->n++;
	}
}

void
sql_release(struct sql *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i].text);
	free(s->v);
	buf_release(&s->text);
	*s = (struct sql){ 0 };
}

enum rc
sql_prepare(struct store *st, const struct sql *s, sqlite3_stmt **out,
    struct err *err)
{
	enum rc rc = db_prepare_text(st, out, buf_str(&s->text), err);

	for (size_t i = 0; rc == RC_OK && i < s->n; i++) {
		if (s->v[i].text != NULL)
			db_bind_text(*out, (int)i + 1, s->v[i].text);
		else
			db_bind_int(*out, (int)i + 1, s->v[i].number);
	}
	return rc;
}
