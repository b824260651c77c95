#include <stdlib.h>

#include "base/mem.h"
#include "cli/common.h"
#include "form.h"

enum {
	NEW_TEXT,
	NEW_FILE,
	NEW_EDIT,
	NEW_FORM,
	NEW_PRIORITY,
	NEW_ASSIGN,
	NEW_LABEL,
	NEW_RELEASE,
	NEW_NOTE,
	NEW_PARENT,
	NEW_COMPONENT,
	NEW_DUE,
	NEW_ESTIMATE,
	NEW_STATUS,
	NEW_FOUND_IN,
	NEW_KEY
};

static const struct opt new_opts[] = {
	[NEW_TEXT] = { 'd', "description", "TEXT", "description, in Markdown",
	    NULL },
	[NEW_FILE] = { 'F', "file", "FILE",
	    "description from a file; - is standard input", "file" },
	[NEW_EDIT] = { 'e', "edit", NULL, "write the ticket in the editor",
	    NULL },
	[NEW_FORM] = { 0, "form", "FILE",
	    "take the ticket's form from a file, such as a draft", "file" },
	[NEW_PRIORITY] = { 'p', "priority", "PRIORITY",
	    "highest, high, medium, low or lowest", "priority" },
	[NEW_ASSIGN] = { 'a', "assign", "WHO", "who works on it; me is you",
	    "assignee" },
	[NEW_LABEL] = { 'l', "label", "LABEL", "a label; may stand repeatedly",
	    "label" },
	[NEW_RELEASE] = { 'r', "release", "VERSION",
	    "the release that is to have it; may stand repeatedly", "release" },
	[NEW_NOTE] = { 'n', "note", "TEXT", "what the release notes say",
	    NULL },
	[NEW_PARENT] = { 0, "parent", "KEY", "the ticket it is part of",
	    "key" },
	[NEW_COMPONENT] = { 0, "component", "WORD", "the part of the program",
	    "component" },
	[NEW_DUE] = { 0, "due", "DATE", "when it is to be done", NULL },
	[NEW_ESTIMATE] = { 0, "estimate", "SPAN", "work expected, as 2d 4h",
	    NULL },
	[NEW_STATUS] = { 's', "status", "STATUS", "its first status",
	    "status" },
	[NEW_FOUND_IN] = { 0, "found-in", "VERSION",
	    "a release that has the bug; may stand repeatedly", "release" },
	[NEW_KEY] = { 0, "key", "KEY",
	    "its key, where commits name one that no ticket has", NULL },
	{ 0 },
};

static const struct {
	size_t opt;
	enum ticket_field field;
	enum change_op op;
} new_fields[] = {
	{ NEW_TEXT, TF_DESCRIPTION, CHANGE_SET },
	{ NEW_PRIORITY, TF_PRIORITY, CHANGE_SET },
	{ NEW_ASSIGN, TF_ASSIGNEE, CHANGE_SET },
	{ NEW_LABEL, TF_LABEL, CHANGE_ADD },
	{ NEW_RELEASE, TF_RELEASE, CHANGE_ADD },
	{ NEW_NOTE, TF_NOTE, CHANGE_SET },
	{ NEW_PARENT, TF_PARENT, CHANGE_SET },
	{ NEW_COMPONENT, TF_COMPONENT, CHANGE_SET },
	{ NEW_DUE, TF_DUE, CHANGE_SET },
	{ NEW_ESTIMATE, TF_ESTIMATE, CHANGE_SET },
	{ NEW_STATUS, TF_STATUS, CHANGE_SET },
	{ NEW_FOUND_IN, TF_FOUND_IN, CHANGE_ADD },
};

/* What the words and options say, without the editor. */
static enum rc
changes_of_words(const struct args *a, struct change_list *changes,
    struct err *err)
{
	struct buf text = BUF_INIT;
	enum rc rc = RC_OK;

	if (a->words.n > 0)
		change_push(changes, CHANGE_SET, TF_TYPE, a->words.v[0]);
	if (a->words.n > 1) {
		text_join(&text, &a->words, 1);
		change_push(changes, CHANGE_SET, TF_SUMMARY, buf_str(&text));
	}
	for (size_t i = 0; i < sizeof(new_fields) / sizeof(new_fields[0]);
	     i++) {
		const struct words *w = &a->opts[new_fields[i].opt];
		size_t from = new_fields[i].op == CHANGE_ADD || w->n == 0
		    ? 0
		    : w->n - 1;

		for (size_t j = from; j < w->n; j++)
			change_push(changes, new_fields[i].op,
			    new_fields[i].field, w->v[j]);
	}
	if (args_has(a, NEW_FILE)) {
		buf_clear(&text);
		rc = text_file(args_get(a, NEW_FILE), &text, err);
		if (rc == RC_OK)
			change_push(changes, CHANGE_SET, TF_DESCRIPTION,
			    buf_str(&text));
	}
	buf_release(&text);
	return rc;
}

/*
 * Moves what the form has a line for into it; the rest stays in changes.
 * Several values of a set become one line.
 */
static void
fill_form(struct buf *form, struct change_list *changes)
{
	struct change_list rest = { 0 };

	for (size_t i = 0; i < changes->n; i++) {
		const struct change *ch = &changes->v[i];
		struct buf value = BUF_INIT;

		buf_puts(&value, ch->value);
		for (size_t j = 0; ch->op == CHANGE_ADD && j < i; j++)
			if (changes->v[j].field == ch->field) {
				buf_puts(&value, ", ");
				buf_puts(&value, changes->v[j].value);
			}
		if (ticket_fields[ch->field].kind == FIELD_BODY)
			form_fill_body(form, ch->field, ch->value);
		else if (!form_fill(form, ticket_fields[ch->field].name,
			     buf_str(&value)))
			change_push(&rest, ch->op, ch->field, ch->value);
		buf_release(&value);
	}
	change_list_release(changes);
	*changes = rest;
}

static enum rc
changes_of_form(struct cli *c, const struct args *a,
    struct change_list *changes, struct draft *draft, struct err *err)
{
	struct form_source source = {
		.file = args_get(a, NEW_FORM),
		.edit = args_has(a, NEW_EDIT),
		.again = "notes new -e --form",
	};
	struct change_list rest = { 0 };
	struct buf form = BUF_INIT;
	bool same;
	enum rc rc;

	if ((rc = app_ticket_form(c->app, NULL, &form, err)) != RC_OK)
		goto out;
	fill_form(&form, changes);
	rest = *changes;
	*changes = (struct change_list){ 0 };
	rc = form_changes(c, &source, &form, draft, changes, &same, err);
	if (rc != RC_OK)
		goto out;
	if (same && source.file == NULL && a->words.n < 2) {
		draft_drop(draft);
		rc = err_set(err, RC_FAIL,
		    "the form was left as it was: no ticket made");
	}
	/* The command line's words come last: they were not in the form. */
	for (size_t i = 0; i < rest.n; i++)
		change_push(changes, rest.v[i].op, rest.v[i].field,
		    rest.v[i].value);
out:
	change_list_release(&rest);
	buf_release(&form);
	return rc;
}

static void
new_print(struct cli *c, const struct ticket_key *key)
{
	char name[TICKET_KEY_MAX];
	json_t *json;

	ticket_key_format(key, name);
	if (c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "key", json_text(name));
		out_json(&c->out, json);
	} else if (c->out.form == OUT_PORCELAIN || c->out.quiet) {
		out_field(&c->out, name);
		out_end(&c->out);
	} else {
		out_say(&c->out, "%s created", name);
	}
}

/* The editor's form may be taken instead of words. */
static bool
has_form(const struct args *a)
{
	return args_has(a, NEW_EDIT) || args_has(a, NEW_FORM);
}

static enum rc
new_check(const struct args *a, struct err *err)
{
	if (a->words.n < 2 && !has_form(a))
		return err_set(err, RC_USAGE,
		    "usage: notes new TYPE SUMMARY... (or -e for the editor)");
	if (args_has(a, NEW_TEXT) && args_has(a, NEW_FILE))
		return err_set(err, RC_USAGE,
		    "-d and -F both give the description");
	return RC_OK;
}

static enum rc
new_run(struct cli *c, const struct args *a, struct err *err)
{
	struct change_list changes = { 0 };
	struct draft draft = { 0 };
	struct ticket_key key;
	enum rc rc;

	if ((rc = changes_of_words(a, &changes, err)) != RC_OK)
		goto out;
	if (has_form(a))
		rc = changes_of_form(c, a, &changes, &draft, err);
	if (rc != RC_OK)
		goto out;
	if (args_has(a, NEW_KEY))
		rc = app_ticket_new_as(c->app, args_get(a, NEW_KEY), &changes,
		    &key, err);
	else
		rc = app_ticket_new(c->app, &changes, &key, err);
	if (rc != RC_OK) {
		draft_keep(&draft, "notes new -e --form", err);
		goto out;
	}
	draft_drop(&draft);
	draft_used(c, args_get(a, NEW_FORM));
	new_print(c, &key);
out:
	draft_release(&draft);
	change_list_release(&changes);
	return rc;
}

const struct cmd cmd_new = {
	.name = "new",
	.args = "TYPE SUMMARY...",
	.help = "make a ticket",
	.details =
	    "TYPE is feature, improvement, bug, task, dependency, security\n"
	    "or incident. With -e the ticket is written in the editor that\n"
	    "git uses. The new key alone is printed under -q and\n"
	    "--porcelain. Its number is the next after the highest that\n"
	    "no commit names already.",
	.examples =
	    "  notes new bug 'it crashes when the list is empty' -p high\n"
	    "  notes new feature 미리보기 -r 1.4 -l tui -F spec.md\n"
	    "  notes new task 'work of the old tracker' --key NOTE-99\n"
	    "  key=$(notes new -q task -- -x is not documented)",
	.opts = new_opts,
	.values = "type none",
	.max = CMD_ANY,
	.mode = CMD_WRITE,
	.group = GROUP_TICKETS,
	.stop = OPT_WORDS_TOO,
	.check = new_check,
	.run = new_run,
};
