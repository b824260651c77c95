/* Changing its tickets. */
#ifndef NOTES_TESTS_FAKE_CHANGE_H
#define NOTES_TESTS_FAKE_CHANGE_H

#include "fake_ticket.h"

static void
fake_apply(struct app *a, struct ticket *t, enum ticket_field f,
    const char *value)
{
	switch (f) {
	case TF_STATUS:
		mem_replace(&t->status, value);
		t->category = workflow_find(&a->wf, value)->category;
		break;
	case TF_ASSIGNEE:
		mem_replace(&t->assignee, *value == '\0' ? NULL : value);
		break;
	case TF_PRIORITY:
		mem_replace(&t->priority, value);
		break;
	case TF_TYPE:
		mem_replace(&t->type, value);
		break;
	case TF_SUMMARY:
		mem_replace(&t->summary, value);
		break;
	case TF_NOTE:
		mem_replace(&t->note, value);
		break;
	case TF_DESCRIPTION:
		mem_replace(&t->description, value);
		break;
	case TF_RANK:
		mem_replace(&t->rank, value);
		break;
	case TF_DELETED:
		t->deleted = strcmp(value, "yes") == 0 ||
		    strcmp(value, "1") == 0;
		break;
	case TF_NO_NOTE:
		t->no_note = strcmp(value, "yes") == 0 ||
		    strcmp(value, "1") == 0;
		break;
	case TF_LABEL:
		strv_push(&t->labels, value);
		break;
	case TF_RELEASE:
		strv_push(&t->releases, value);
		break;
	default:
		break;
	}
}

/* Another process has locked it for a->locked_ms. */
static enum rc
fake_lock(struct app *a, struct err *err)
{
	for (int ms = 0; ms < a->locked_ms; ms += 50)
		if (a->give_up(a->give_up_arg, 0, ms))
			return err_set(err, RC_STOPPED,
			    "nothing was written: no longer waiting");
	if (a->locked_ms < 5000)
		return RC_OK;
	return err_set(err, RC_BUSY, "nothing was written: locked by another");
}

enum rc
app_ticket_change(struct app *a, const struct ticket_key *keys, size_t n,
    struct change_list *changes, size_t *changed, struct err *err)
{
	*changed = 0;
	if (fake_lock(a, err) != RC_OK)
		return err->code;
	for (size_t i = 0; i < n; i++) {
		struct ticket *t = fake_find(a, &keys[i]);
		bool differs = false;

		for (size_t k = 0; t != NULL && k < changes->n; k++) {
			struct change *c = &changes->v[k];
			struct buf before = BUF_INIT;
			struct fake_undo *u = &a->undo[a->n_undo % 64];

			if (change_check(c, &a->wf, FAKE_NOW, err) != RC_OK)
				return err->code;
			ticket_field_text(t, c->field, &before);
			free(u->before);
			free(u->after);
			u->ticket = (size_t)(t - a->v);
			u->field = c->field;
			u->before = buf_detach(&before);
			u->after = mem_strdup(c->value);
			differs = differs || c->value == NULL ||
			    strcmp(u->before, c->value) != 0;
			a->n_undo++;
			a->n_redo = 0;
			fake_apply(a, t, c->field,
			    c->value == NULL ? "" : c->value);
		}
		*changed += differs;
	}
	a->version++;
	return RC_OK;
}

enum rc
app_ticket_status(struct app *a, const struct ticket_key *keys, size_t n,
    const char *status, const char *resolution, size_t *changed,
    struct err *err)
{
	struct change_list l = { 0 };
	enum rc rc;

	(void)resolution;
	change_push(&l, CHANGE_SET, TF_STATUS, status);
	rc = app_ticket_change(a, keys, n, &l, changed, err);
	change_list_release(&l);
	return rc;
}

enum rc
app_ticket_new(struct app *a, struct change_list *changes,
    struct ticket_key *key, struct err *err)
{
	static const struct fake_row plain = { "task", "open", "medium", NULL,
		"", "", "", 0, 0 };

	fake_fill(a, &plain, a->n);
	for (size_t i = 0; i < changes->n; i++)
		if (change_check(&changes->v[i], &a->wf, FAKE_NOW, err) ==
		    RC_OK)
			fake_apply(a, &a->v[a->n - 1], changes->v[i].field,
			    changes->v[i].value);
	*key = a->v[a->n - 1].key;
	a->version++;
	return RC_OK;
}

enum rc
app_ticket_comment(struct app *a, const struct ticket_key *key,
    const char *text, struct err *err)
{
	(void)key;
	if (fake_lock(a, err) != RC_OK)
		return err->code;
	fake_comment(&a->comments, app_me(a), text, FAKE_NOW);
	a->version++;
	return RC_OK;
}

enum rc
app_ticket_form(struct app *a, const struct ticket_key *key, struct buf *out,
    struct err *err)
{
	const struct ticket *t = key == NULL ? NULL : fake_find(a, key);

	(void)err;
	buf_printf(out, "summary: %s\n", t == NULL ? "" : t->summary);
	if (t != NULL)
		buf_printf(out, "status: %s\n", t->status);
	return RC_OK;
}

static enum rc
fake_form_line(const char *line, struct change_list *out, struct err *err)
{
	if (strncmp(line, "summary: ", 9) == 0)
		change_push(out, CHANGE_SET, TF_SUMMARY, line + 9);
	else if (strncmp(line, "status: ", 8) == 0)
		change_push(out, CHANGE_SET, TF_STATUS, line + 8);
	else
		return err_set(err, RC_INVALID, "no field \"%s\"", line);
	return RC_OK;
}

/* Lines of text that are not lines of before. */
static enum rc
fake_form(const char *before, const char *text, size_t len,
    struct change_list *out, struct err *err)
{
	char *copy = mem_strndup(text, len), *s = copy, *line;
	enum rc rc = RC_OK;

	while (rc == RC_OK && (line = strsep(&s, "\n")) != NULL)
		if (*line != '\0' && strstr(before, line) == NULL)
			rc = fake_form_line(line, out, err);
	free(copy);
	return rc;
}

enum rc
app_ticket_form_parse(struct app *a, const struct ticket_key *key,
    const char *text, size_t len, struct change_list *out, struct err *err)
{
	(void)a;
	(void)key;
	return fake_form("", text, len, out, err);
}

enum rc
app_ticket_form_diff(struct app *a, const struct ticket_key *key,
    const char *before, size_t before_len, const char *after, size_t after_len,
    struct change_list *out, struct err *err)
{
	char *copy = mem_strndup(before, before_len);
	enum rc rc = fake_form(copy, after, after_len, out, err);

	(void)a;
	(void)key;
	free(copy);
	return rc;
}

enum rc
app_ticket_form_values(struct app *a, const char *form, size_t len,
    struct change_list *out, struct err *err)
{
	return app_ticket_form_parse(a, NULL, form, len, out, err);
}

enum rc
app_ticket_change_since(struct app *a, const struct ticket_key *key,
    const struct change_list *was, struct change_list *changes,
    size_t *changed, struct strv *replaced, struct err *err)
{
	const struct ticket *t = fake_find(a, key);

	for (size_t i = 0; i < was->n && t != NULL; i++)
		if (was->v[i].field == TF_SUMMARY &&
		    strcmp(was->v[i].value, t->summary) != 0)
			strv_take(replaced,
			    mem_printf("sam's summary \"%s\"",
				t->summary));
	return app_ticket_change(a, key, 1, changes, changed, err);
}

enum rc
app_values(struct app *a, const char *field, const char *start, size_t max,
    struct strv *out, struct err *err)
{
	static const char *const people[] = { "dev-1", "dev-2", "dev-3", "sam",
		"김개발", "김 \"둘\"" };

	(void)max;
	(void)err;
	(void)a;
	if (strcmp(field, "assignee") == 0)
		for (size_t i = 0; i < 6; i++)
			if (strncmp(people[i], start, strlen(start)) == 0)
				strv_push(out, people[i]);
	return RC_OK;
}

#endif
