#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/common.h"
#include "form.h"

enum { EDIT_TEXT, EDIT_FILE, EDIT_EDIT, EDIT_FORM };

static const struct opt edit_opts[] = {
	[EDIT_TEXT] = { 'd', "description", "TEXT",
	    "new description, in Markdown", NULL },
	[EDIT_FILE] = { 'F', "file", "FILE",
	    "description from a file; - is standard input", "file" },
	[EDIT_EDIT] = { 'e', "edit", NULL,
	    "open the editor (so does a key alone)", NULL },
	[EDIT_FORM] = { 0, "form", "FILE",
	    "take the ticket's form from a file, such as a draft", "file" },
	{ 0 },
};

/* "status=done", "+label", "-label"; else it is a key. */
static bool
is_change(const char *word)
{
	return word[0] == '+' || word[0] == '-' || strchr(word, '=') != NULL;
}

/* What "notes new" calls -r: "-r 1.3" reads as a label to take away. */
static const struct {
	char letter;
	enum ticket_field field;
} letters[] = {
	{ 'r', TF_RELEASE },
	{ 'p', TF_PRIORITY },
	{ 'a', TF_ASSIGNEE },
	{ 'l', TF_LABEL },
	{ 'n', TF_NOTE },
	{ 's', TF_STATUS },
};

static enum rc
no_change(const char *before, const char *word, struct err *err)
{
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		if (before[0] == '-' && before[1] == letters[i].letter &&
		    before[2] == '\0')
			return err_set(err, RC_USAGE,
			    "notes edit has no option %s (write %s=%s)", before,
			    ticket_fields[letters[i].field].name, word);
	return err_set(err, RC_USAGE,
	    "\"%s\" is neither FIELD=VALUE, +LABEL nor -LABEL (keys come "
	    "first)",
	    word);
}

/* "--due 2024-05-01", "--due=2024-05-01" */
static void
edit_lacks(const char *option, struct err *err)
{
	enum ticket_field field;
	const char *value;
	char *name;

	if (strncmp(option, "--", 2) != 0)
		return;
	value = strchrnul(option, '=');
	name = mem_strndup(option + 2, (size_t)(value - option) - 2);
	field = ticket_field_find(name);
	if (field != TF_N)
		err_set(err, RC_USAGE,
		    "notes edit has no option --%s (write %s=%s)", name,
		    ticket_fields[field].name,
		    *value == '\0' ? "..." : value + 1);
	free(name);
}

/* Keys come first; *n is how many. */
static enum rc
split_words(const struct args *a, size_t *n, struct change_list *changes,
    struct err *err)
{
	enum rc rc = RC_OK;
	size_t i = 0;

	while (i < a->words.n && !is_change(a->words.v[i]))
		i++;
	*n = i;
	if (i == 0)
		return err_set(err, RC_USAGE,
		    "usage: notes edit KEY... [FIELD=VALUE...] [+LABEL] "
		    "[-LABEL]");
	for (; i < a->words.n && rc == RC_OK; i++) {
		if (!is_change(a->words.v[i]))
			return no_change(a->words.v[i - 1], a->words.v[i], err);
		rc = change_parse(a->words.v[i], changes, err);
	}
	return rc;
}

static enum rc
description(const struct args *a, struct change_list *changes, struct err *err)
{
	struct buf text = BUF_INIT;
	enum rc rc = RC_OK;

	if (args_has(a, EDIT_TEXT) && args_has(a, EDIT_FILE))
		return err_set(err, RC_USAGE,
		    "-d and -F both give the description");
	if (args_has(a, EDIT_TEXT))
		buf_puts(&text, args_get(a, EDIT_TEXT));
	if (args_has(a, EDIT_FILE))
		rc = text_file(args_get(a, EDIT_FILE), &text, err);
	if (rc == RC_OK && (args_has(a, EDIT_TEXT) || args_has(a, EDIT_FILE)))
		change_push(changes, CHANGE_SET, TF_DESCRIPTION,
		    buf_str(&text));
	buf_release(&text);
	return rc;
}

static enum rc
apply(struct cli *c, const struct ticket_key *keys, size_t n,
    struct change_list *changes, struct err *err)
{
	size_t changed = 0;
	enum rc rc;

	rc = app_ticket_change(c->app, keys, n, changes, &changed, err);
	if (rc == RC_OK)
		common_changed(c, keys, n, changed, "changed");
	return rc;
}

/* What others wrote while the editor was open is told of. */
static enum rc
apply_since(struct cli *c, const struct ticket_key *key,
    const struct draft *draft, struct change_list *changes, struct err *err)
{
	struct change_list was = { 0 };
	struct strv replaced = STRV_INIT;
	size_t changed = 0;
	enum rc rc;

	rc = app_ticket_form_values(c->app, buf_str(&draft->given),
	    draft->given.len, &was, err);
	if (rc == RC_OK)
		rc = app_ticket_change_since(c->app, key, &was, changes,
		    &changed, &replaced, err);
	if (rc == RC_OK)
		common_changed(c, key, 1, changed, "changed");
	for (size_t i = 0; i < replaced.n; i++) {
		char *line = mem_printf("this replaced %s, written while the "
					"editor was open (notes undo brings "
					"it back)",
		    replaced.v[i]);

		say_warning(line);
		free(line);
	}
	change_list_release(&was);
	strv_release(&replaced);
	return rc;
}

static enum rc
edit_form(struct cli *c, const struct args *a, const struct ticket_key *key,
    struct err *err)
{
	char name[TICKET_KEY_MAX];
	char *again;
	struct form_source source = {
		.key = key,
		.file = args_get(a, EDIT_FORM),
		.edit = args_has(a, EDIT_EDIT) || !args_has(a, EDIT_FORM),
	};
	struct change_list changes = { 0 };
	struct draft draft = { 0 };
	struct buf form = BUF_INIT;
	bool same;
	enum rc rc;

	ticket_key_format(key, name);
	again = mem_printf("notes edit %s -e --form", name);
	source.again = again;
	if ((rc = app_ticket_form(c->app, key, &form, err)) != RC_OK)
		goto out;
	rc = form_changes(c, &source, &form, &draft, &changes, &same, err);
	if (rc != RC_OK)
		goto out;
	if (changes.n == 0)
		common_changed(c, key, 1, 0, "changed");
	else
		rc = source.edit && source.file == NULL
		    ? apply_since(c, key, &draft, &changes, err)
		    : apply(c, key, 1, &changes, err);
	if (rc != RC_OK)
		draft_keep(&draft, again, err);
	draft_drop(&draft);
	if (rc == RC_OK)
		draft_used(c, source.file);
out:
	draft_release(&draft);
	free(again);
	buf_release(&form);
	change_list_release(&changes);
	return rc;
}

static enum rc
edit_run(struct cli *c, const struct args *a, struct err *err)
{
	struct change_list changes = { 0 };
	struct ticket_key *keys = NULL;
	size_t n;
	bool form;
	enum rc rc;

	if ((rc = split_words(a, &n, &changes, err)) != RC_OK ||
	    (rc = description(a, &changes, err)) != RC_OK)
		goto out;
	form = args_has(a, EDIT_EDIT) || args_has(a, EDIT_FORM) ||
	    changes.n == 0;
	if (form && changes.n > 0)
		rc = err_set(err, RC_USAGE,
		    "either the editor or FIELD=VALUE, not both");
	else if (form && n > 1)
		rc = err_set(err, RC_USAGE,
		    "the editor takes one ticket at a time (several: notes "
		    "edit KEY... FIELD=VALUE)");
	if (rc != RC_OK || (rc = common_keys(c, &a->words, 0, n, &keys, err)))
		goto out;
	rc = form ? edit_form(c, a, &keys[0], err)
		  : apply(c, keys, n, &changes, err);
out:
	free(keys);
	change_list_release(&changes);
	return rc;
}

const struct cmd cmd_edit = {
	.name = "edit",
	.args = "KEY... [FIELD=VALUE...] [+LABEL] [-LABEL]",
	.help = "change tickets",
	.details =
	    "Without changes the ticket opens in the editor that git uses.\n"
	    "FIELD is type, status, resolution, priority, summary,\n"
	    "description, note, no-note, assignee, reporter, component,\n"
	    "parent, due, estimate, spent, label, release, found-in or\n"
	    "deleted; release+=V and release-=V change a list, FIELD=\n"
	    "empties. All changes to all keys are one step for undo.",
	.examples = "  notes edit 12 priority=high assignee=me +tui -later\n"
		    "  notes edit 3 4 5 release+=1.4\n"
		    "  notes edit 12 deleted=yes",
	.opts = edit_opts,
	.values = "key change",
	.min = 1,
	.max = CMD_ANY,
	.mode = CMD_WRITE,
	.group = GROUP_TICKETS,
	.stop = OPT_DASH_WORDS,
	.lacks = edit_lacks,
	.run = edit_run,
};
