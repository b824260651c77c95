/* What an editor made of values that somebody else changed meanwhile. */
#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "app_priv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "store/journal.h"
#include "store/ticket.h"

/* Columns of a value in the line about it. */
#define SHOWN 24

/* The same but for blank lines around, which the form adds. */
static bool
is_same(const char *a, const char *b)
{
	size_t n, m;

	a += strspn(a, "\r\n");
	b += strspn(b, "\r\n");
	n = strlen(a);
	m = strlen(b);
	while (n > 0 && strchr(" \t\r\n", a[n - 1]) != NULL)
		n--;
	while (m > 0 && strchr(" \t\r\n", b[m - 1]) != NULL)
		m--;
	return n == m && memcmp(a, b, n) == 0;
}

struct author {
	const char *field;
	char *name; /* who set it last */
};

static bool
is_author(const struct event *ev, void *arg)
{
	struct author *w = arg;
	bool sets = ev->kind == EVENT_TICKET;
	size_t i;

	for (i = 0; i < ev->n_values && !sets; i++)
		sets = strcmp(ev->values[i].field, w->field) == 0;
	if (!sets)
		return true;
	w->name = utf8_clean_dup(ev->actor == NULL ? "" : ev->actor,
	    UTF8_ONE_LINE);
	return false;
}

/* ann's summary "x"; the caller frees it. */
static enum rc
line_about(struct app *a, const struct ticket *t, enum ticket_field f,
    const char *now, char **line, struct err *err)
{
	struct author who = { .field = ticket_fields[f].name };
	struct buf shown = BUF_INIT;
	const char *name;
	size_t len;
	enum rc rc;

	rc = store_journal_each(a->store, &t->ulid, 0, is_author, &who, err);
	if (rc != RC_OK && rc != RC_STOPPED) {
		free(who.name);
		return rc;
	}
	name = who.name == NULL ? "somebody" : who.name;
	now += strspn(now, "\r\n");
	utf8_clean(&shown, now, strcspn(now, "\r\n"), UTF8_ONE_LINE);
	len = utf8_fit(buf_str(&shown), shown.len, SHOWN, NULL);
	*line = mem_printf("%.*s's %s%s", (int)strcspn(name, "@"), name,
	    now[0] == '\0' ? "empty " : "", who.field);
	if (now[0] != '\0') {
		char *head = *line;

		*line = mem_printf("%s \"%.*s%s\"", head, (int)len,
		    buf_str(&shown),
		    len < shown.len || strchr(now, '\n') != NULL ? "..." : "");
		free(head);
	}
	buf_release(&shown);
	free(who.name);
	return RC_OK;
}

/* Lists are joined word by word (app_ticket_form_diff()): none is lost. */
static enum rc
find_replaced(struct app *a, const struct ticket *t,
    const struct change_list *was, const struct change_list *changes,
    struct strv *replaced, struct err *err)
{
	struct buf now = BUF_INIT;
	char *line = NULL;
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < changes->n && rc == RC_OK; i++) {
		const struct change *c = &changes->v[i];
		const char *value = c->value == NULL ? "" : c->value;

		if (ticket_fields[c->field].kind == FIELD_SET)
			continue;
		buf_clear(&now);
		ticket_field_text(t, c->field, &now);
		if (is_same(buf_str(&now), change_value(was, c->field)) ||
		    is_same(buf_str(&now), value))
			continue;
		rc = line_about(a, t, c->field, buf_str(&now), &line, err);
		if (rc == RC_OK)
			strv_take(replaced, line);
	}
	buf_release(&now);
	return rc;
}

enum rc
app_ticket_change_since(struct app *a, const struct ticket_key *key,
    const struct change_list *was, struct change_list *changes, size_t *changed,
    struct strv *replaced, struct err *err)
{
	struct ticket t = { 0 };
	enum rc rc;

	*changed = 0;
	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		return rc;
	rc = store_ticket_find(a->store, key, TICKET_FULL, &t, err);
	if (rc == RC_OK)
		rc = find_replaced(a, &t, was, changes, replaced, err);
	ticket_release(&t);
	if (rc == RC_OK)
		rc = app_ticket_change(a, key, 1, changes, changed, err);
	if (rc == RC_OK)
		rc = store_commit(a->store, err);
	else
		store_rollback(a->store);
	if (rc != RC_OK)
		strv_release(replaced);
	return rc;
}
