#include <stdlib.h>
#include <string.h>

#include "app/publish.h"
#include "app/ticket.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "notes_view.h"
#include "tui/verbs/verbs.h"

static struct notes_view *
self(struct view *v)
{
	return (struct notes_view *)v;
}

/* ---- entries ---- */

/* Where no entry is selected, a menu asks for one. */
static void
entries_menu(struct ui *ui, const struct notes_view *v, const char *title,
    void (*chosen)(struct ui *, struct view *, const char *))
{
	struct strv items = STRV_INIT;
	const struct ui_menu menu = { .title = title,
		.items = &items,
		.chosen = chosen };

	for (size_t i = 0; i < v->rows.n; i++) {
		const struct notes_row *r = &v->entries[i];
		char *text;

		if (r->entry->key[0] == '\0')
			continue;
		text = mem_printf("%s  %s%s", r->entry->key,
		    r->skipped ? "(skipped) " : "", r->entry->summary);
		strv_take(&items, utf8_clean_dup(text, UTF8_ONE_LINE));
		free(text);
	}
	ui_menu(ui, &menu);
	strv_release(&items);
}

/* Does fn with the selected entry's key, or with one chosen. */
static void
with_entry(struct ui *ui, struct view *base, const char *title,
    void (*fn)(struct ui *, struct view *, const char *))
{
	struct notes_view *v = self(base);

	if (notes_view_in_entries(v))
		fn(ui, base, v->entries[v->rows.sel].entry->key);
	else
		entries_menu(ui, v, title, fn);
}

static bool
entry_key(const char *item, struct ticket_key *out)
{
	return ticket_key_parse(item, strcspn(item, " "), out);
}

static const char *
why_entry(const struct ui *ui, const struct view *base)
{
	const struct notes_view *v = (const struct notes_view *)base;
	struct ticket_key key;

	(void)ui;
	if (!v->made || v->rows.n == 0)
		return "there are no entries";
	if (v->show == NOTES_DOUBTS)
		return "no entry is selected here (Tab goes to them)";
	return notes_view_in_entries(v) && !notes_view_key(v, &key)
	    ? "it is of a commit without a ticket (U: queue)"
	    : NULL;
}

static const char *
why_change(const struct ui *ui, const struct view *base)
{
	return app_is_readonly(ui->app) ? "the tracker is read-only"
					: why_entry(ui, base);
}

static void
open_entry(struct ui *ui, struct view *base, const char *item)
{
	struct ticket_key key;

	(void)base;
	if (entry_key(item, &key))
		ui_push(ui, &view_ticket, &key);
}

static void
open_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	with_entry(ui, base, "open", open_entry);
}

static void
edit_entry(struct ui *ui, struct view *base, const char *item)
{
	struct ticket_key key;

	(void)base;
	if (entry_key(item, &key))
		verbs_edit_note(ui, &key);
}

static void
edit_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	with_entry(ui, base, "edit the note of", edit_entry);
}

static bool
is_skipped(const struct notes_view *v, const struct ticket_key *key)
{
	char text[TICKET_KEY_MAX];

	ticket_key_format(key, text);
	for (size_t i = 0; i < v->notes.skipped.n; i++)
		if (strcmp(v->notes.skipped.entries[i].key, text) == 0)
			return true;
	return false;
}

static void
skip_entry(struct ui *ui, struct view *base, const char *item)
{
	struct change_list changes = { 0 };
	struct err err = ERR_INIT;
	struct ticket_key key;
	char name[TICKET_KEY_MAX];
	size_t changed;
	bool back;

	if (!entry_key(item, &key))
		return;
	back = is_skipped(self(base), &key);
	ticket_key_format(&key, name);
	change_push(&changes, CHANGE_SET, TF_NO_NOTE, back ? "no" : "yes");
	if (app_ticket_change(ui->app, &key, 1, &changes, &changed, &err) ==
	    RC_OK)
		ui_did(ui, "%s: %s", name,
		    back ? "in the notes again" : "not in any notes");
	else
		ui_fail(ui, &err);
	change_list_release(&changes);
	ui_stale(ui);
}

static void
skip_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	with_entry(ui, base, "skip, or take in again", skip_entry);
}

/* ---- files ---- */

static const char *
why_made(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return ((const struct notes_view *)base)->made ? NULL
						       : "there are no notes";
}

/* Lines that a diff adds and takes away. */
static void
count_lines(const char *diff, size_t *added, size_t *removed)
{
	const char *s = strstr(diff, "\n@@");

	*added = *removed = 0;
	for (; s != NULL; s = strchr(s + 1, '\n')) {
		*added += s[1] == '+';
		*removed += s[1] == '-';
	}
}

static void
say_written(struct ui *ui, const struct notes_view *v, bool changed)
{
	const struct notes_written *w = &v->written;
	size_t added, removed;

	count_lines(w->diff, &added, &removed);
	if (w->conflicts.n > 0)
		ui_warn(ui,
		    "%s: %s written, +%zu -%zu lines, %zu conflict%s: %s",
		    w->path, v->notes.version, added, removed, w->conflicts.n,
		    w->conflicts.n == 1 ? "" : "s", w->conflicts.v[0]);
	else if (changed)
		ui_say(ui, "%s: %s written, +%zu -%zu lines (Tab shows them)",
		    w->path, v->notes.version, added, removed);
	else
		ui_say(ui, "%s: %s was the same already", w->path,
		    v->notes.version);
}

static void
write_file(struct ui *ui, struct view *base, const char *path)
{
	struct notes_view *v = self(base);
	const struct app_render r = notes_view_render(v);
	struct app_update u = { 0 };
	struct buf diff = BUF_INIT;
	struct err err = ERR_INIT;

	if (*path == '\0')
		return;
	if (app_update_diff(ui->app, &v->notes, &r, path, &u, &diff, &err) !=
	    RC_OK) {
		ui_fail(ui, &err);
		goto out;
	}
	mem_replace(&v->written.path, path);
	mem_replace(&v->written.diff, buf_str(&diff));
	strv_release(&v->written.conflicts);
	v->written.conflicts = u.conflicts;
	u.conflicts = (struct strv)STRV_INIT;
	if (v->written.conflicts.n > 0) {
		v->show = NOTES_DOUBTS;
		v->pager.top = 0;
	}
	notes_view_fill(ui, v);
	say_written(ui, v, u.changed);
out:
	app_update_release(&u);
	buf_release(&diff);
}

static void
write_run(struct ui *ui, struct view *base, const char *arg)
{
	const char *file = app_config(ui->app, "file");
	const struct ui_ask ask = { .label = "write into: ",
		.text = file == NULL ? "CHANGELOG.md" : file,
		.done = write_file };

	if (arg != NULL)
		write_file(ui, base, arg);
	else
		ui_ask(ui, &ask);
}

static void
copy_run(struct ui *ui, struct view *base, const char *arg)
{
	struct notes_view *v = self(base);
	const struct app_render r = notes_view_render(v);
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;

	(void)arg;
	if (app_render(ui->app, &v->notes, &r, &text, &err) != RC_OK) {
		ui_fail(ui, &err);
	} else {
		if (ui->host.copy != NULL)
			ui->host.copy(ui->host.arg, buf_str(&text));
		ui_say(ui, "copied: notes of %s as %s, %zu bytes",
		    v->notes.version, v->format == NULL ? "md" : v->format,
		    text.len);
	}
	buf_release(&text);
}

static void
revisions_run(struct ui *ui, struct view *base, const char *arg)
{
	const struct notes_view *v = self(base);

	(void)arg;
	ui_push(ui, &view_revisions,
	    v->version == NULL ? "Unreleased" : v->version);
}

const struct action notes_verbs[] = {
	{ "edit", "e", "edit", "edit an entry's note", edit_run, why_change },
	{ "skip", "x", "skip", "leave an entry out, or take it in again",
	    skip_run, why_change },
	{ "open", "Enter", "open", "open an entry's ticket", open_run,
	    why_entry },
	{ "write", "W", "write", "write them into a file", write_run,
	    why_made },
	{ "copy", "y", NULL, "copy them to the clipboard", copy_run, why_made },
	{ "revisions", "r", NULL, "what was written before, compared",
	    revisions_run, NULL },
	{ 0 }
};
