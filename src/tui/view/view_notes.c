/* The notes of a release as they would be written. */
#include <stdlib.h>
#include <string.h>

#include "app/generate.h"
#include "app/release.h"
#include "app/ticket.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "pager.h"
#include "tui/verbs.h"

#define HEAD 2

struct notes_view {
	struct view base;
	char *version;               /* NULL: what is unreleased */
	char *format, *lang, *style; /* NULL: as configured */
	struct notes notes;
	bool made;
	char *wrong; /* why it could not be made */
	bool doubts; /* shows warnings instead of the text */
	struct pager pager;
};

static struct notes_view *
self(struct view *v)
{
	return (struct notes_view *)v;
}

static enum rc
notes_open(struct ui *ui, struct view *base, const void *arg, struct err *err)
{
	struct notes_view *v = self(base);
	struct release_list list = { 0 };
	enum rc rc = RC_OK;

	notes_init(&v->notes);
	if (arg != NULL) {
		v->version = mem_strdup(arg);
		return RC_OK;
	}
	/* The next release that is planned is what one works on. */
	rc = app_releases(ui->app, &list, err);
	for (size_t i = 0; rc == RC_OK && i < list.n; i++)
		if (list.v[i].state == RELEASE_PLANNED)
			mem_replace(&v->version, list.v[i].version);
	release_list_release(&list);
	return rc;
}

static void
notes_close(struct view *base)
{
	struct notes_view *v = self(base);

	notes_release(&v->notes);
	pager_release(&v->pager);
	free(v->version);
	free(v->format);
	free(v->lang);
	free(v->style);
	free(v->wrong);
}

static void
warning_line(struct pager *p, const struct notes_warning *w)
{
	pager_line(p, -1);
	pager_span(p, ROLE_WARN, "! ");
	if (w->key[0] != '\0')
		pager_printf(p, ROLE_TICKET, "%s: ", w->key);
	pager_span(p, ROLE_TEXT, w->text);
}

static void
doubts(struct pager *p, const struct notes *n)
{
	char id[OID_HEX_MAX + 1];

	pager_text(p, ROLE_HEADING, "Warnings");
	for (size_t i = 0; i < n->n_warnings; i++)
		warning_line(p, &n->warnings[i]);
	if (n->n_warnings == 0)
		pager_text(p, ROLE_DIM, "none");
	pager_line(p, -1);
	pager_text(p, ROLE_HEADING, "Commits without a ticket");
	for (size_t i = 0; i < n->n_unlinked; i++) {
		const struct notes_unlinked *u = &n->unlinked[i];

		oid_to_short(&u->commit, 8, id);
		pager_line(p, -1);
		pager_printf(p, ROLE_TICKET, "%s ", id);
		pager_span(p, ROLE_TEXT, u->subject);
		if (u->suggest[0] != '\0')
			pager_printf(p, ROLE_INFO, "  (%s?)", u->suggest);
	}
	if (n->n_unlinked == 0)
		pager_text(p, ROLE_DIM, "none");
}

static struct app_render
render_options(const struct notes_view *v)
{
	return (struct app_render){ .style = v->style,
		.format = v->format,
		.lang = v->lang };
}

static enum rc
fill(struct ui *ui, struct notes_view *v, struct err *err)
{
	const struct app_render r = render_options(v);
	struct md_lines md = { 0 };
	struct buf text = BUF_INIT;
	int width = v->base.cols - 2;
	enum rc rc = RC_OK;

	pager_clear(&v->pager);
	if (v->doubts) {
		doubts(&v->pager, &v->notes);
		goto out;
	}
	if ((rc = app_render(ui->app, &v->notes, &r, &text, err)) != RC_OK)
		goto out;
	if (v->format == NULL || strcmp(v->format, "md") == 0) {
		app_markdown(buf_str(&text), text.len,
		    (size_t)(width > 100 ? 100 : width), &md);
		pager_markdown(&v->pager, &md, 0);
		md_lines_release(&md);
	} else {
		pager_plain(&v->pager, buf_str(&text));
	}
out:
	pager_set_rows(&v->pager,
	    v->base.rows > HEAD ? (size_t)(v->base.rows - HEAD) : 1);
	pager_scroll(&v->pager, 0);
	buf_release(&text);
	return rc;
}

static enum rc
notes_load(struct ui *ui, struct view *base, struct err *err)
{
	struct notes_view *v = self(base);
	const struct generate_options o = { .version = v->version };
	enum rc rc;

	mem_replace(&v->wrong, NULL);
	notes_release(&v->notes);
	notes_init(&v->notes);
	rc = app_generate(ui->app, &o, &v->notes, err);
	v->made = rc == RC_OK;
	/* It reads history, and that is a change of our own. */
	ui->version = app_data_version(ui->app);
	if (rc == RC_OK)
		rc = fill(ui, v, err);
	if (rc != RC_OK) {
		mem_replace(&v->wrong, err->msg);
		pager_clear(&v->pager);
	}
	return rc;
}

static void
notes_draw(const struct ui *ui, const struct view *base, const struct area *a)
{
	const struct notes_view *v = (const struct notes_view *)base;
	const struct notes *n = &v->notes;
	const char *lang = v->lang;
	struct area body = area_sub(a, HEAD, 1, a->rows - HEAD, a->cols - 2);
	struct buf left = BUF_INIT;

	if (lang == NULL)
		lang = app_config(ui->app, "lang");
	buf_printf(&left, "Notes %s   %s  %s",
	    n->version != NULL       ? n->version
		: v->version != NULL ? v->version
				     : "Unreleased",
	    v->format == NULL ? "md" : v->format, lang == NULL ? "en" : lang);
	if (v->made)
		buf_printf(&left, "   from %s (%zu commits)",
		    n->previous == NULL ? "the beginning" : n->previous,
		    n->n_commits);
	ui_title(ui, a, buf_str(&left), " 4 Notes ");
	area_fill(a, 1, 0, a->cols, '-', ROLE_RULE);
	pager_draw(&v->pager, &body);
	if (v->wrong != NULL)
		area_text(&body, 1, 1, body.cols - 1, v->wrong, ROLE_WARN);
	area_cursor(a, HEAD, 0);
	buf_release(&left);
}

static void
notes_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct notes_view *v = (const struct notes_view *)base;

	(void)ui;
	if (v->made)
		buf_printf(out,
		    "entries %zu, warnings %zu, commits without a"
		    " ticket %zu (Tab %s)",
		    notes_count(&v->notes), v->notes.n_warnings,
		    v->notes.n_unlinked,
		    v->doubts ? "shows the notes" : "lists them");
}

static void
notes_move(struct ui *ui, struct view *base, enum motion m)
{
	(void)ui;
	pager_move(&self(base)->pager, m);
}

static void
notes_find(struct ui *ui, struct view *base, const char *text, int step)
{
	if (!pager_find(&self(base)->pager, text, step))
		ui_warn(ui, "no match for \"%s\"", text);
}

static const char *
why_made(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return ((const struct notes_view *)base)->made ? NULL
						       : "there are no notes";
}

static const char *
why_entries(const struct ui *ui, const struct view *base)
{
	const struct notes_view *v = (const struct notes_view *)base;

	(void)ui;
	return !v->made || notes_count(&v->notes) == 0 ? "there are no entries"
						       : NULL;
}

static void
doubts_run(struct ui *ui, struct view *base, const char *arg)
{
	struct notes_view *v = self(base);
	struct err err = ERR_INIT;

	(void)arg;
	v->doubts = !v->doubts;
	v->pager.top = 0;
	if (fill(ui, v, &err) != RC_OK)
		ui_fail(ui, &err);
}

static void
set_version(struct ui *ui, struct view *base, const char *item)
{
	struct notes_view *v = self(base);

	(void)ui;
	mem_replace(&v->version, verbs_version_of(item));
	v->pager.top = 0;
	base->stale = true;
}

static void
version_run(struct ui *ui, struct view *base, const char *arg)
{
	if (arg != NULL)
		set_version(ui, base, arg);
	else
		verbs_version_menu(ui, "notes of", self(base)->version,
		    set_version);
}

static void
set_format(struct ui *ui, struct view *base, const char *format)
{
	(void)ui;
	mem_replace(&self(base)->format, format);
	base->stale = true;
}

static void
set_lang(struct ui *ui, struct view *base, const char *lang)
{
	(void)ui;
	mem_replace(&self(base)->lang, lang);
	base->stale = true;
}

static void
set_style(struct ui *ui, struct view *base, const char *style)
{
	(void)ui;
	mem_replace(&self(base)->style, style);
	base->stale = true;
}

static void
names_menu(struct ui *ui, const char *title, const char *const *names,
    const char *current,
    void (*chosen)(struct ui *, struct view *, const char *))
{
	struct strv items = STRV_INIT;
	const struct ui_menu menu = { .title = title,
		.items = &items,
		.current = current,
		.chosen = chosen };

	for (; *names != NULL; names++)
		strv_push(&items, *names);
	ui_menu(ui, &menu);
	strv_release(&items);
}

static void
format_run(struct ui *ui, struct view *base, const char *arg)
{
	const char *now = self(base)->format;

	if (arg != NULL)
		set_format(ui, base, arg);
	else
		names_menu(ui, "format", app_formats(),
		    now == NULL ? "md" : now, set_format);
}

static void
lang_run(struct ui *ui, struct view *base, const char *arg)
{
	const char *now = self(base)->lang;

	if (arg != NULL)
		set_lang(ui, base, arg);
	else
		names_menu(ui, "language", app_langs(),
		    now == NULL ? "en" : now, set_lang);
}

static void
style_run(struct ui *ui, struct view *base, const char *arg)
{
	struct strv names = STRV_INIT, help = STRV_INIT;
	const char *now = self(base)->style;
	const struct ui_menu menu = { .title = "style",
		.items = &names,
		.current = now == NULL ? "default" : now,
		.chosen = set_style };

	app_styles(&names, &help);
	if (arg != NULL)
		set_style(ui, base, arg);
	else
		ui_menu(ui, &menu);
	strv_release(&names);
	strv_release(&help);
}

static void
write_file(struct ui *ui, struct view *base, const char *path)
{
	struct notes_view *v = self(base);
	const struct app_render r = render_options(v);
	struct err err = ERR_INIT;
	bool changed = false;

	if (*path == '\0')
		return;
	if (app_update_file(ui->app, &v->notes, &r, path, &changed, &err) !=
	    RC_OK)
		ui_fail(ui, &err);
	else
		ui_say(ui,
		    changed ? "%s: section %s written"
			    : "%s: section %s was the same already",
		    path, v->notes.version);
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
entries_menu(struct ui *ui, const struct notes_view *v, const char *title,
    void (*chosen)(struct ui *, struct view *, const char *))
{
	struct strv items = STRV_INIT;
	const struct ui_menu menu = { .title = title,
		.items = &items,
		.chosen = chosen };

	for (size_t s = 0; s < SECTION_N; s++) {
		const struct notes_section *section = &v->notes.sections[s];

		for (size_t i = 0; i < section->n; i++) {
			const struct notes_entry *e = &section->entries[i];
			char *text;

			if (e->key[0] == '\0')
				continue;
			text = mem_printf("%s  %s", e->key, e->summary);
			strv_take(&items, utf8_clean_dup(text, UTF8_ONE_LINE));
			free(text);
		}
	}
	ui_menu(ui, &menu);
	strv_release(&items);
}

static bool
entry_key(const char *item, struct ticket_key *out)
{
	return ticket_key_parse(item, strcspn(item, " "), out);
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
	entries_menu(ui, self(base), "open", open_entry);
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
	entries_menu(ui, self(base), "edit the note of", edit_entry);
}

/* Esc never leaves; it ends a search. */
static void
clear_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	mem_replace(&ui->search, NULL);
	mem_replace(&self(base)->pager.search, NULL);
}

static const struct action actions[] = { { "version", "V", "version",
					     "notes of another version",
					     version_run, NULL },
	{ "write", "W", "write", "write them into a file", write_run,
	    why_made },
	{ "format", "t", "format", "Markdown, HTML, text, man or JSON",
	    format_run, NULL },
	{ "language", "L", "language", "language of the headings", lang_run,
	    NULL },
	{ "doubts", "Tab", "warnings", "warnings, commits without a ticket",
	    doubts_run, why_made },
	{ "open", "Enter", "open", "open an entry's ticket", open_run,
	    why_entries },
	{ "edit", "e", "edit", "edit an entry's note", edit_run, why_entries },
	{ "style", "y", NULL, "the shape of the notes", style_run, NULL },
	{ "clear", "Esc", NULL, "end the search", clear_run, NULL }, { 0 } };

const struct view_class view_notes = {
	.name = "notes",
	.size = sizeof(struct notes_view),
	.actions = { actions },
	.open = notes_open,
	.load = notes_load,
	.draw = notes_draw,
	.move = notes_move,
	.find = notes_find,
	.status = notes_status,
	.release = notes_close,
};
