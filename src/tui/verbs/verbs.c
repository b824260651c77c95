#include "verbs_priv.h"

#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "base/mem.h"
#include "model/workflow.h"
#include "tui/filter_complete.h"

/* "NOTE-41" or "3 tickets"; the caller frees it. */
static char *
describe(const struct ticket_key *keys, size_t n)
{
	char key[TICKET_KEY_MAX];

	if (n != 1)
		return mem_printf("%zu tickets", n);
	ticket_key_format(keys, key);
	return mem_strdup(key);
}

static const char *
why_target(const struct ui *ui, const struct view *v)
{
	struct ticket_key *keys;
	size_t n;

	n = ui_targets(ui, v, &keys);
	free(keys);
	if (n == 0)
		return "no ticket here";
	return app_is_readonly(ui->app) ? "the tracker is read-only" : NULL;
}

static const char *
why_write(const struct ui *ui, const struct view *v)
{
	(void)v;
	return app_is_readonly(ui->app) ? "the tracker is read-only" : NULL;
}

static void
done(struct ui *ui, const struct ticket_key *keys, size_t n, size_t changed,
    const char *what)
{
	char *whom = describe(keys, n);

	if (changed == 0)
		ui_say(ui, "%s: %s already", whom, what);
	else if (changed < n)
		ui_did(ui, "%zu of %s: %s", changed, whom, what);
	else
		ui_did(ui, "%s: %s", whom, what);
	free(whom);
	ui_stale(ui);
}

void
verbs_apply(struct ui *ui, struct view *v, struct change_list *changes,
    const char *what)
{
	struct err err = ERR_INIT;
	struct ticket_key *keys;
	size_t n = ui_targets(ui, v, &keys), changed = 0;
	enum rc rc;

	rc = app_ticket_change(ui->app, keys, n, changes, &changed, &err);
	if (rc == RC_OK)
		done(ui, keys, n, changed, what);
	else
		ui_fail(ui, &err);
	free(keys);
}

void
verbs_change(struct ui *ui, struct view *v, enum change_op op,
    enum ticket_field field, const char *value)
{
	static const char *const how[] = { [CHANGE_SET] = "",
		[CHANGE_ADD] = "+",
		[CHANGE_REMOVE] = "-" };
	struct change_list changes = { 0 };
	char *what;

	if (*value == '\0')
		what = mem_printf("no %s", ticket_fields[field].name);
	else
		what = mem_printf("%s %s%s", ticket_fields[field].name, how[op],
		    value);
	change_push(&changes, op, field, value);
	verbs_apply(ui, v, &changes, what);
	change_list_release(&changes);
	free(what);
}

void
verbs_remember(struct ui *ui,
    void (*again)(struct ui *, struct view *, const char *), const char *text)
{
	char *copy = mem_strdup(text);

	ui->again = again;
	free(ui->again_text);
	ui->again_text = copy;
}

void
verbs_status(struct ui *ui, struct view *v, const char *status)
{
	struct err err = ERR_INIT;
	struct ticket_key *keys;
	size_t n = ui_targets(ui, v, &keys), changed = 0;
	enum rc rc;

	verbs_remember(ui, verbs_status, status);
	rc = app_ticket_status(ui->app, keys, n, status, NULL, &changed, &err);
	if (rc == RC_OK)
		done(ui, keys, n, changed, status);
	else
		ui_fail(ui, &err);
	free(keys);
}

/* The first target's value of a field; the caller frees it. */
static char *
current(struct ui *ui, struct view *v, enum ticket_field field)
{
	struct ticket t = { 0 };
	struct ticket_key *keys;
	struct buf text = BUF_INIT;

	if (ui_targets(ui, v, &keys) > 0 &&
	    app_ticket_get(ui->app, keys, &t, NULL) == RC_OK)
		ticket_field_text(&t, field, &text);
	ticket_release(&t);
	free(keys);
	return buf_detach(&text);
}

char *
verbs_title(const struct ui *ui, const struct view *v, const char *fmt)
{
	struct ticket_key *keys;
	size_t n = ui_targets(ui, v, &keys);
	char *whom = describe(keys, n);
	char *text = mem_printf("%s %s", fmt, whom);

	free(whom);
	free(keys);
	return text;
}

static void
choose(struct ui *ui, struct view *v, enum ticket_field field,
    const struct strv *items,
    void (*chosen)(struct ui *, struct view *, const char *))
{
	char *now = current(ui, v, field);
	char *head = verbs_title(ui, v, ticket_fields[field].name);
	const struct ui_menu menu = { .title = head,
		.items = items,
		.current = now,
		.chosen = chosen };

	ui_menu(ui, &menu);
	free(head);
	free(now);
}

static void
status_run(struct ui *ui, struct view *v, const char *arg)
{
	const struct workflow *wf = app_workflow(ui->app);
	struct strv items = STRV_INIT;

	if (arg != NULL) {
		verbs_status(ui, v, arg);
		return;
	}
	for (size_t i = 0; i < wf->n; i++)
		strv_push(&items, wf->status[i].name);
	choose(ui, v, TF_STATUS, &items, verbs_status);
	strv_release(&items);
}

static void
set_priority(struct ui *ui, struct view *v, const char *value)
{
	verbs_remember(ui, set_priority, value);
	verbs_change(ui, v, CHANGE_SET, TF_PRIORITY, value);
}

static void
priority_run(struct ui *ui, struct view *v, const char *arg)
{
	struct strv items = STRV_INIT;

	if (arg != NULL) {
		set_priority(ui, v, arg);
		return;
	}
	for (size_t i = 0; i < priorities_n; i++)
		strv_push(&items, priorities[i].name);
	choose(ui, v, TF_PRIORITY, &items, set_priority);
	strv_release(&items);
}

static void
set_type(struct ui *ui, struct view *v, const char *value)
{
	verbs_remember(ui, set_type, value);
	verbs_change(ui, v, CHANGE_SET, TF_TYPE, value);
}

static void
type_run(struct ui *ui, struct view *v, const char *arg)
{
	struct strv items = STRV_INIT;

	if (arg != NULL) {
		set_type(ui, v, arg);
		return;
	}
	for (size_t i = 0; i < ticket_types_n; i++)
		strv_push(&items, ticket_types[i].name);
	choose(ui, v, TF_TYPE, &items, set_type);
	strv_release(&items);
}

void
verbs_ask(struct ui *ui, const struct view *v, const char *what,
    const char *field,
    void (*complete)(struct ui *, struct view *, const struct prompt *,
	size_t *, struct strv *),
    void (*answered)(struct ui *, struct view *, const char *))
{
	char *head = verbs_title(ui, v, what);
	char *label = mem_printf("%s: ", head);
	const struct ui_ask a = { .label = label,
		.field = field,
		.complete = complete,
		.history = HISTORY_TEXT,
		.done = answered };

	ui_ask(ui, &a);
	free(label);
	free(head);
}

static void
set_assignee(struct ui *ui, struct view *v, const char *value)
{
	verbs_remember(ui, set_assignee, value);
	verbs_change(ui, v, CHANGE_SET, TF_ASSIGNEE, value);
}

static void
assign_run(struct ui *ui, struct view *v, const char *arg)
{
	if (arg != NULL)
		set_assignee(ui, v, arg);
	else
		verbs_ask(ui, v, "assignee (me, or nobody) of", "assignee",
		    NULL, set_assignee);
}

static void
set_field(struct ui *ui, struct view *v, const char *text)
{
	struct change_list changes = { 0 };
	struct err err = ERR_INIT;

	if (*text == '\0')
		return;
	verbs_remember(ui, set_field, text);
	if (change_parse(text, &changes, &err) == RC_OK)
		verbs_apply(ui, v, &changes, text);
	else
		ui_fail(ui, &err);
	change_list_release(&changes);
}

static void
set_run(struct ui *ui, struct view *v, const char *arg)
{
	if (arg != NULL)
		set_field(ui, v, arg);
	else
		verbs_ask(ui, v, "field=value of", NULL, change_complete,
		    set_field);
}

static void
archive_run(struct ui *ui, struct view *v, const char *arg)
{
	struct change_list changes = { 0 };

	(void)arg;
	change_push(&changes, CHANGE_SET, TF_DELETED, "yes");
	verbs_apply(ui, v, &changes, "archived");
	change_list_release(&changes);
}

static const char *
why_again(const struct ui *ui, const struct view *v)
{
	return ui->again == NULL ? "no change yet that could be repeated"
				 : why_target(ui, v);
}

static void
again_run(struct ui *ui, struct view *v, const char *arg)
{
	char *text = mem_strdup(ui->again_text);

	(void)arg;
	ui->again(ui, v, text);
	free(text);
}

static void
copy_run(struct ui *ui, struct view *v, const char *arg)
{
	struct ticket_key *keys;
	size_t n = ui_targets(ui, v, &keys);
	struct buf text = BUF_INIT;
	char key[TICKET_KEY_MAX];

	(void)arg;
	for (size_t i = 0; i < n; i++) {
		ticket_key_format(&keys[i], key);
		buf_printf(&text, "%s%s", i == 0 ? "" : " ", key);
	}
	/* In view of the text one can copy it by hand. */
	if (ui->host.copy != NULL &&
	    ui->host.copy(ui->host.arg, buf_str(&text)))
		ui_say(ui, "copied: %s", buf_str(&text));
	else
		ui_warn(ui, "no clipboard that takes it here: %s",
		    buf_str(&text));
	buf_release(&text);
	free(keys);
}

const struct action verbs_ticket[] = {
	{ "status", "s", "status", "set the status", status_run, why_target },
	{ "assign", "@", "assign", "assign to somebody", assign_run,
	    why_target },
	{ "edit", "e", "edit", "edit everything in your editor", verbs_edit_run,
	    why_target },
	{ "comment", "c", "comment", "add a comment of one line",
	    verbs_comment_run, why_target },
	{ "comment-long", "C", NULL, "write a comment in your editor",
	    verbs_comment_edit_run, why_target },
	{ "priority", "p", NULL, "set the priority", priority_run, why_target },
	{ "type", "t", NULL, "set the type", type_run, why_target },
	{ "release", "r", NULL, "put into a release, or out of it",
	    verbs_release_run, why_target },
	{ "label", "#", NULL, "add and remove labels", verbs_label_run,
	    why_target },
	{ "set", "=", NULL, "set any field: due=friday", set_run, why_target },
	{ "archive", "x", NULL, "take it off all lists", archive_run,
	    why_target },
	{ "repeat", ".", NULL, "the last change once more, here", again_run,
	    why_again },
	{ "copy", "y", NULL, "copy the key to the clipboard", copy_run,
	    why_target },
	{ 0 }
};

const struct action verbs_new[] = { { "new", "n", "new",
					"make a ticket: type and summary",
					verbs_new_run, verbs_why_new },
	{ "add", "a", NULL, "the same, also while n finds", verbs_new_run,
	    why_write },
	{ "new-form", "A", NULL, "make a ticket in your editor",
	    verbs_new_form_run, why_write },
	{ 0 } };
