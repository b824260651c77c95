#include "form.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

bool
form_fill(struct buf *form, const char *name, const char *value)
{
	size_t n = strlen(name), at = 0;
	struct buf filled = BUF_INIT;
	const char *text = buf_str(form);

	for (;;) {
		const char *end = strchrnul(text + at, '\n');

		if (strncmp(text + at, name, n) == 0 && text[at + n] == ':') {
			buf_add(&filled, text, at + n + 1);
			buf_printf(&filled, " %s", value);
			buf_puts(&filled, end);
			break;
		}
		if (*end == '\0')
			return false;
		at = (size_t)(end - text) + 1;
	}
	buf_release(form);
	*form = filled;
	return true;
}

void
form_fill_body(struct buf *form, enum ticket_field field, const char *value)
{
	const char *text = buf_str(form);
	const char *gap = strstr(text, "\n\n");
	size_t at = gap == NULL ? form->len : (size_t)(gap - text) + 2;
	struct buf filled = BUF_INIT;

	/* The description stands behind the fields, the note at the end. */
	if (field == TF_NOTE)
		at = form->len;
	buf_add(&filled, text, at);
	buf_printf(&filled, "%s\n", value);
	buf_puts(&filled, text + at);
	buf_release(form);
	*form = filled;
}

static bool
is_same(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && memcmp(buf_str(a), buf_str(b), a->len) == 0;
}

enum rc
form_changes(struct cli *c, const struct form_source *s, struct buf *form,
    struct draft *draft, struct change_list *changes, bool *same,
    struct err *err)
{
	char name[TICKET_KEY_MAX] = "new";
	const struct buf *before = NULL;
	enum rc rc = RC_OK;

	*same = false;
	if (s->key != NULL)
		ticket_key_format(s->key, name);
	if (s->file != NULL) {
		buf_clear(form);
		if ((rc = text_file(s->file, form, err)) != RC_OK)
			return rc;
	}
	if (s->edit) {
		rc = text_draft_edit(c, name, draft, form, err);
		before = &draft->given;
		*same = rc == RC_OK && is_same(before, form);
	}
	/* A file says what the ticket is to be; the editor what it was, too. */
	if (rc == RC_OK && s->edit && s->file == NULL)
		rc = app_ticket_form_diff(c->app, s->key, buf_str(before),
		    before->len, buf_str(form), form->len, changes, err);
	else if (rc == RC_OK)
		rc = app_ticket_form_parse(c->app, s->key, buf_str(form),
		    form->len, changes, err);
	if (rc != RC_OK)
		return draft_keep(draft, s->again, err);
	return RC_OK;
}
