#include "verbs_priv.h"

#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "base/mem.h"
#include "model/suggest.h"
#include "tui/draft.h"
#include "tui/keys/keys.h"

static bool
first_target(const struct ui *ui, const struct view *v, struct ticket_key *out)
{
	struct ticket_key *keys = NULL;
	size_t n = ui_targets(ui, v, &keys);

	if (n > 0)
		*out = keys[0];
	free(keys);
	return n > 0;
}

/* False when it failed: the text is not written then. */
static bool
add_comment(struct ui *ui, const struct ticket_key *key, const char *text)
{
	struct err err = ERR_INIT;
	char name[TICKET_KEY_MAX];
	enum rc rc;

	if (text[strspn(text, " \n\t")] == '\0')
		return true;
	ticket_key_format(key, name);
	rc = app_ticket_comment(ui->app, key, text, &err);
	if (rc != RC_OK)
		ui_fail(ui, &err);
	else
		ui_did(ui, "%s: comment added", name);
	ui_stale(ui);
	return rc == RC_OK;
}

static void
comment_done(struct ui *ui, struct view *v, const char *text)
{
	struct ticket_key key;

	if (first_target(ui, v, &key))
		add_comment(ui, &key, text);
}

void
verbs_comment_run(struct ui *ui, struct view *v, const char *arg)
{
	const struct ui_ask ask = { .label = "comment (C: editor): ",
		.history = HISTORY_TEXT,
		.done = comment_done };

	if (arg != NULL)
		comment_done(ui, v, arg);
	else
		ui_ask(ui, &ask);
}

void
verbs_comment_edit_run(struct ui *ui, struct view *v, const char *arg)
{
	struct buf text = BUF_INIT;
	struct ticket_key key;
	char name[TICKET_KEY_MAX];

	(void)arg;
	if (!first_target(ui, v, &key))
		return;
	ticket_key_format(&key, name);
	if (draft_edit(ui, name, "comment", &text, NULL) &&
	    add_comment(ui, &key, buf_str(&text)))
		draft_done(ui, name, "comment");
	buf_release(&text);
}

/* What was written over others' words, and the way back to them. */
static void
did_change(struct ui *ui, const char *name, const struct strv *replaced)
{
	char undo[KEYS_TELL_MAX];

	keys_tell(ui, ui_top(ui), "undo", undo);
	if (replaced->n == 0)
		ui_did(ui, "%s: changed", name);
	else if (replaced->n == 1)
		ui_warn(ui, "%s: changed, over %s (%s brings it back)", name,
		    replaced->v[0], undo);
	else
		ui_warn(ui, "%s: changed, over %s and %zu more (%s: back)",
		    name, replaced->v[0], replaced->n - 1, undo);
}

static enum rc
change_form(struct ui *ui, const struct ticket_key *key,
    const struct buf *before, const struct buf *text, size_t *changed,
    struct strv *replaced, struct err *err)
{
	struct change_list was = { 0 }, changes = { 0 };
	enum rc rc;

	/* Only what was edited: others may have changed the rest meanwhile. */
	rc = app_ticket_form_diff(ui->app, key, buf_str(before), before->len,
	    buf_str(text), text->len, &changes, err);
	if (rc == RC_OK)
		rc = app_ticket_form_values(ui->app, buf_str(before),
		    before->len, &was, err);
	if (rc == RC_OK)
		rc = app_ticket_change_since(ui->app, key, &was, &changes,
		    changed, replaced, err);
	change_list_release(&was);
	change_list_release(&changes);
	return rc;
}

static enum rc
new_form(struct ui *ui, const struct buf *text, struct ticket_key *made,
    struct err *err)
{
	struct change_list changes = { 0 };
	enum rc rc = app_ticket_form_parse(ui->app, NULL, buf_str(text),
	    text->len, &changes, err);

	if (rc == RC_OK)
		rc = app_ticket_new(ui->app, &changes, made, err);
	change_list_release(&changes);
	return rc;
}

/* An edited form becomes changes; a bad one stays as a draft. */
static void
apply_form(struct ui *ui, const struct ticket_key *key,
    const struct buf *before, const struct buf *text, const char *name)
{
	struct strv replaced = STRV_INIT;
	struct ticket_key made;
	struct err err = ERR_INIT;
	size_t changed = 0;
	char shown[TICKET_KEY_MAX];
	enum rc rc;

	rc = key == NULL
	    ? new_form(ui, text, &made, &err)
	    : change_form(ui, key, before, text, &changed, &replaced, &err);
	if (rc != RC_OK) {
		err_prefix(&err, "your text is kept, %s again goes on with it",
		    key == NULL ? "A" : "e");
		ui_fail(ui, &err);
		return;
	}
	draft_done(ui, name, "form");
	ui_stale(ui);
	if (key == NULL)
		ui_go_to(ui, &made, true);
	ticket_key_format(key == NULL ? &made : key, shown);
	if (key == NULL)
		ui_did(ui, "%s is new", shown);
	else if (changed == 0)
		ui_say(ui, "%s: nothing changed", shown);
	else
		did_change(ui, shown, &replaced);
	strv_release(&replaced);
}

static void
edit_form(struct ui *ui, const struct ticket_key *key)
{
	struct buf text = BUF_INIT, before = BUF_INIT;
	struct err err = ERR_INIT;
	char name[TICKET_KEY_MAX] = "new";

	if (key != NULL)
		ticket_key_format(key, name);
	if (app_ticket_form(ui->app, key, &text, &err) != RC_OK)
		ui_fail(ui, &err);
	else if (draft_edit(ui, name, "form", &text, &before))
		apply_form(ui, key, &before, &text, name);
	buf_release(&before);
	buf_release(&text);
}

void
verbs_edit_run(struct ui *ui, struct view *v, const char *arg)
{
	struct ticket_key key;

	(void)arg;
	if (first_target(ui, v, &key))
		edit_form(ui, &key);
}

/* The note, as it was in the editor and as it is to be. */
static void
change_note(struct ui *ui, const struct ticket_key *key, const char *before,
    const char *text)
{
	struct change_list was = { 0 }, changes = { 0 };
	struct strv replaced = STRV_INIT;
	struct err err = ERR_INIT;
	char name[TICKET_KEY_MAX];
	size_t changed;

	ticket_key_format(key, name);
	change_push(&was, CHANGE_SET, TF_NOTE, before);
	change_push(&changes, CHANGE_SET, TF_NOTE, text);
	if (app_ticket_change_since(ui->app, key, &was, &changes, &changed,
		&replaced, &err) == RC_OK) {
		draft_done(ui, name, "note");
		did_change(ui, name, &replaced);
	} else {
		ui_fail(ui, &err);
	}
	change_list_release(&was);
	change_list_release(&changes);
	strv_release(&replaced);
}

void
verbs_edit_note(struct ui *ui, const struct ticket_key *key)
{
	struct ticket t = { 0 };
	struct buf text = BUF_INIT, before = BUF_INIT;
	struct err err = ERR_INIT;
	char name[TICKET_KEY_MAX];

	ticket_key_format(key, name);
	if (app_ticket_get(ui->app, key, &t, &err) != RC_OK) {
		ui_fail(ui, &err);
		return;
	}
	buf_puts(&text, t.note == NULL ? "" : t.note);
	if (draft_edit(ui, name, "note", &text, &before))
		change_note(ui, key, buf_str(&before), buf_str(&text));
	buf_release(&before);
	buf_release(&text);
	ticket_release(&t);
	ui_stale(ui);
}

void
verbs_new_form_run(struct ui *ui, struct view *v, const char *arg)
{
	(void)v;
	(void)arg;
	edit_form(ui, NULL);
}

const char *
verbs_why_new(const struct ui *ui, const struct view *v)
{
	if (app_is_readonly(ui->app))
		return "the tracker is read-only";
	/* keys_find() then goes on to the n that finds. */
	return ui->search != NULL && v->class->find != NULL
	    ? "a makes a ticket while n finds (Esc ends the search)"
	    : NULL;
}

/* The type that a first word which is none was perhaps to be, or NULL. */
static const char *
type_meant(const char *word)
{
	struct suggest s;

	suggest_init(&s, word);
	for (size_t i = 0; i < ticket_types_n; i++)
		suggest_offer(&s, ticket_types[i].name);
	return s.best;
}

static void
new_done(struct ui *ui, struct view *v, const char *text)
{
	const struct ticket_type *type;
	const char *meant;
	struct change_list changes = { 0 };
	struct ticket_key key;
	struct err err = ERR_INIT;
	char *word, shown[TICKET_KEY_MAX];
	size_t len;

	(void)v;
	text += strspn(text, " ");
	len = strcspn(text, " :");
	word = mem_strndup(text, len);
	type = ticket_type_find(word);
	meant = type == NULL ? type_meant(word) : NULL;
	free(word);
	if (type != NULL) {
		text += len;
		text += strspn(text, " :");
	}
	if (*text == '\0') {
		if (type == NULL)
			ui_warn(ui, "no ticket without a summary");
		else
			ui_refuse(ui, "no ticket without a summary");
		return;
	}
	change_push(&changes, CHANGE_SET, TF_TYPE,
	    type == NULL ? "task" : type->name);
	change_push(&changes, CHANGE_SET, TF_SUMMARY, text);
	if (app_ticket_new(ui->app, &changes, &key, &err) == RC_OK) {
		ticket_key_format(&key, shown);
		if (meant != NULL)
			ui_did(ui, "%s is new: task, open; a %s?", shown,
			    meant);
		else
			ui_did(ui, "%s is new: %s, open", shown,
			    type == NULL ? "task" : type->name);
		ui_go_to(ui, &key, true);
	} else {
		ui_fail(ui, &err);
	}
	change_list_release(&changes);
}

static void
new_complete(struct ui *ui, struct view *v, const struct prompt *p,
    size_t *start, struct strv *out)
{
	(void)ui;
	(void)v;
	*start = prompt_word(p, " ");
	if (*start > 0)
		return;
	for (size_t i = 0; i < ticket_types_n; i++)
		if (strncmp(ticket_types[i].name, prompt_text(p), p->at) == 0)
			strv_push(out, ticket_types[i].name);
}

void
verbs_new_run(struct ui *ui, struct view *v, const char *arg)
{
	const struct ui_ask ask = { .label = "new (type summary): ",
		.history = HISTORY_TEXT,
		.done = new_done,
		.complete = new_complete };

	if (arg != NULL)
		new_done(ui, v, arg);
	else
		ui_ask(ui, &ask);
}
