/* The notes of a release as they would be written, and their entries. */
#include <stdlib.h>
#include <string.h>

#include "app/release.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "notes_view.h"
#include "tui/verbs/verbs.h"
#include "tui/mouse.h"

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
	strv_release(&v->written.conflicts);
	free(v->written.path);
	free(v->written.diff);
	free(v->entries);
	free(v->version);
	free(v->format);
	free(v->lang);
	free(v->style);
	free(v->wrong);
}

bool
notes_view_in_entries(const struct notes_view *v)
{
	return v->show == NOTES_ENTRIES ||
	    (v->show == NOTES_TEXT && v->base.cols >= UI_WIDE);
}

int
notes_view_split(const struct notes_view *v, int cols)
{
	if (cols < UI_WIDE)
		return v->show == NOTES_ENTRIES ? cols : 0;
	return cols * 2 / 5;
}

bool
notes_view_key(const struct notes_view *v, struct ticket_key *out)
{
	const char *key;

	if (v->rows.sel >= v->rows.n)
		return false;
	key = v->entries[v->rows.sel].entry->key;
	return ticket_key_parse(key, strlen(key), out);
}

struct app_render
notes_view_render(const struct notes_view *v)
{
	return (struct app_render){ .style = v->style,
		.format = v->format,
		.lang = v->lang };
}

/* ---- entries ---- */

static void
add_rows(struct notes_view *v, const struct notes_section *s, const char *name,
    bool skipped, size_t *n)
{
	for (size_t i = 0; i < s->n; i++)
		v->entries[(*n)++] = (struct notes_row){ &s->entries[i], name,
			skipped };
}

/* at: the key that was selected, or "". */
static void
make_rows(struct notes_view *v, const char *at)
{
	size_t n = 0;

	free(v->entries);
	v->entries = mem_calloc(notes_count(&v->notes) + v->notes.skipped.n + 1,
	    sizeof(*v->entries));
	for (size_t s = 0; s < SECTION_N; s++)
		add_rows(v, &v->notes.sections[s], notes_section_names[s],
		    false, &n);
	add_rows(v, &v->notes.skipped, "skipped", true, &n);
	/* One that was skipped leaves its place to the next. */
	for (size_t i = 0; *at != '\0' && i < n; i++)
		if (strcmp(v->entries[i].entry->key, at) == 0 &&
		    !v->entries[i].skipped)
			v->rows.sel = i;
	rows_set(&v->rows, n, v->base.rows - NOTES_HEAD);
}

static enum rc
generate(struct ui *ui, struct notes_view *v, struct err *err)
{
	const struct generate_options o = { .version = v->version };
	char at[TICKET_KEY_MAX] = "";
	struct notes got;
	enum rc rc;

	notes_init(&got);
	rc = app_generate(ui->app, &o, &got, err);
	/* It reads history, and that is a change of our own. */
	ui->version = v->seen = app_data_version(ui->app);
	mem_replace(&v->wrong, rc == RC_OK ? NULL : err->msg);
	if (rc != RC_OK && rc != RC_STOPPED)
		v->made = false;
	if (rc != RC_OK)
		return rc;
	/* The rows point into the old ones. */
	if (v->rows.sel < v->rows.n)
		memcpy(at, v->entries[v->rows.sel].entry->key, sizeof(at));
	notes_release(&v->notes);
	v->notes = got;
	v->made = true;
	make_rows(v, at);
	return RC_OK;
}

/* What is shown stays until it is made anew, which may take its time. */
static enum rc
notes_load(struct ui *ui, struct view *base, struct err *err)
{
	struct notes_view *v = self(base);
	enum rc rc = RC_OK;

	if (!v->made) {
		ui_busy(ui, "making the notes (Esc stops)");
		rc = generate(ui, v, err);
	} else {
		base->more = v->seen != app_data_version(ui->app);
	}
	rows_set(&v->rows, v->rows.n, base->rows - NOTES_HEAD);
	notes_view_fill(ui, v);
	return rc;
}

static bool
notes_work(struct ui *ui, struct view *base)
{
	struct notes_view *v = self(base);
	struct err err = ERR_INIT;

	if (generate(ui, v, &err) != RC_OK)
		ui_fail(ui, &err);
	notes_view_fill(ui, v);
	return false;
}

static void
notes_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	static const char *const next[] = { [NOTES_TEXT] = "warnings",
		[NOTES_ENTRIES] = "warnings",
		[NOTES_DOUBTS] = "the notes" };
	const struct notes_view *v = (const struct notes_view *)base;
	const struct notes *n = &v->notes;

	(void)ui;
	if (!v->made)
		return;
	buf_printf(out,
	    "%zu entr%s, %zu skipped, %zu warning%s, %zu commit%s"
	    " without a ticket (Tab: %s)",
	    notes_count(n), notes_count(n) == 1 ? "y" : "ies", n->skipped.n,
	    n->n_warnings, n->n_warnings == 1 ? "" : "s", n->n_unlinked,
	    n->n_unlinked == 1 ? "" : "s",
	    v->show == NOTES_TEXT && base->cols < UI_WIDE ? "entries"
							  : next[v->show]);
}

static void
notes_move(struct ui *ui, struct view *base, enum motion m)
{
	struct notes_view *v = self(base);

	(void)ui;
	if (!notes_view_in_entries(v)) {
		pager_move(&v->pager, m);
		return;
	}
	rows_move(&v->rows, m);
	notes_view_follow(v);
}

static void
notes_click(struct ui *ui, struct view *base, int y, int x)
{
	struct notes_view *v = self(base);
	size_t i = v->rows.top + (size_t)(y - NOTES_HEAD);

	if (y < NOTES_HEAD || i >= v->rows.n ||
	    x >= notes_view_split(v, base->cols) ||
	    mouse_again(ui, base, i == v->rows.sel))
		return;
	rows_select(&v->rows, i);
	notes_view_follow(v);
}

/* The text beside the entries scrolls by itself. */
static bool
notes_wheel(struct ui *ui, struct view *base, int y, int x, int step)
{
	struct notes_view *v = self(base);

	(void)ui;
	(void)y;
	if (x < notes_view_split(v, base->cols))
		return false;
	pager_scroll(&v->pager, step > 0 ? 1 : -1);
	return true;
}

static bool
row_has(const struct notes_row *r, const char *folded)
{
	struct buf line = BUF_INIT, fold = BUF_INIT;
	bool yes;

	buf_printf(&line, "%s %s %s", r->entry->key, r->entry->summary,
	    r->section);
	utf8_fold(&fold, buf_str(&line), line.len);
	yes = strstr(buf_str(&fold), folded) != NULL;
	buf_release(&fold);
	buf_release(&line);
	return yes;
}

static bool
find_row(struct notes_view *v, const char *what, int step)
{
	struct buf fold = BUF_INIT;
	size_t n = v->rows.n, i = v->rows.sel, tried = 0;

	utf8_fold(&fold, what, strlen(what));
	for (; tried < n; tried++) {
		i = (i + (step > 0 ? 1 : n - 1)) % n;
		if (row_has(&v->entries[i], buf_str(&fold)))
			break;
	}
	if (tried < n)
		rows_select(&v->rows, i);
	buf_release(&fold);
	return tried < n;
}

static void
notes_find(struct ui *ui, struct view *base, const char *what, int step)
{
	struct notes_view *v = self(base);
	const char *words = what == NULL ? ui->search : what;

	if (notes_view_in_entries(v) ? !find_row(v, words, step)
				     : !pager_find(&v->pager, what, step))
		ui_warn(ui, "no match for \"%s\"", words);
	notes_view_follow(v);
}

static const char *
why_made(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return ((const struct notes_view *)base)->made ? NULL
						       : "there are no notes";
}

static void
turn_run(struct ui *ui, struct view *base, const char *arg)
{
	struct notes_view *v = self(base);

	(void)arg;
	v->show = (enum notes_show)((v->show + 1) % NOTES_SHOW_N);
	if (v->show == NOTES_ENTRIES && base->cols >= UI_WIDE)
		v->show = NOTES_DOUBTS;
	v->pager.top = 0;
	notes_view_fill(ui, v);
}

static void
set_version(struct ui *ui, struct view *base, const char *item)
{
	struct notes_view *v = self(base);

	(void)ui;
	mem_replace(&v->version, verbs_version_of(item));
	v->made = false;
	v->pager.top = 0;
	v->rows = (struct rows){ .page = v->rows.page };
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

/* Where the notes can't have that shape, they keep the one they have. */
static void
set(struct ui *ui, struct view *base, char **what, const char *value)
{
	struct notes_view *v = self(base);
	char *before = *what;
	struct app_render r;
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;

	*what = mem_strdup(value);
	r = notes_view_render(v);
	if (v->made &&
	    app_render(ui->app, &v->notes, &r, &text, &err) != RC_OK) {
		free(*what);
		*what = before;
		ui_fail(ui, &err);
	} else {
		free(before);
		notes_view_fill(ui, v);
	}
	buf_release(&text);
}

static void
set_format(struct ui *ui, struct view *base, const char *format)
{
	set(ui, base, &self(base)->format, format);
}

static void
set_lang(struct ui *ui, struct view *base, const char *lang)
{
	set(ui, base, &self(base)->lang, lang);
}

static void
set_style(struct ui *ui, struct view *base, const char *style)
{
	set(ui, base, &self(base)->style, style);
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

	if (now == NULL)
		now = app_config(ui->app, "lang");
	if (arg != NULL)
		set_lang(ui, base, arg);
	else
		names_menu(ui, "language", app_langs(),
		    now == NULL ? "en" : now, set_lang);
}

/* What there is to choose: a template is chosen by its file, so one that is
 * configured or on, and never as such. */
static void
styles(const struct strv *all, const char *configured, const char *now,
    struct strv *out)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->v[i], "template") != 0)
			strv_push(out, all->v[i]);
	if (!strv_has(out, configured))
		strv_push(out, configured);
	if (!strv_has(out, now))
		strv_push(out, now);
}

static void
style_run(struct ui *ui, struct view *base, const char *arg)
{
	struct strv all = STRV_INIT, names = STRV_INIT, help = STRV_INIT;
	const char *configured = app_config(ui->app, "style");
	const char *now = self(base)->style;
	struct ui_menu menu = { .title = "style",
		.items = &names,
		.chosen = set_style };

	if (configured == NULL)
		configured = "default";
	menu.current = now == NULL ? configured : now;
	app_styles(&all, &help);
	styles(&all, configured, menu.current, &names);
	if (arg != NULL)
		set_style(ui, base, arg);
	else
		ui_menu(ui, &menu);
	strv_release(&all);
	strv_release(&names);
	strv_release(&help);
}

static void
queue_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	ui_push(ui, &view_unlinked, self(base)->version);
}

static void
reload_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	if (!ui_still_there(ui, true))
		return;
	self(base)->made = false;
	ui_stale(ui);
}

/* Esc never leaves; it ends a search. */
static void
clear_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	mem_replace(&ui->search, NULL);
	mem_replace(&self(base)->pager.search, NULL);
}

static const struct action actions[] = {
	{ "turn", "Tab", "turn", "entries, warnings, and the notes again",
	    turn_run, why_made },
	{ "version", "V", "version", "notes of another version", version_run,
	    NULL },
	{ "format", "t", "format", "Markdown, HTML, text, man or JSON",
	    format_run, NULL },
	{ "language", "L", "language", "language of the headings", lang_run,
	    NULL },
	{ "style", "s", "style", "the shape of the notes", style_run, NULL },
	{ "queue", "U", NULL, "its commits without a ticket", queue_run, NULL },
	{ "again", "R F5", NULL, "make them again", reload_run, NULL },
	{ "clear", "Esc", NULL, "end the search", clear_run, NULL }, { 0 }
};

const struct view_class view_notes = {
	.name = "notes",
	.size = sizeof(struct notes_view),
	.actions = { notes_verbs, actions },
	.open = notes_open,
	.load = notes_load,
	.draw = notes_view_draw,
	.move = notes_move,
	.click = notes_click,
	.wheel = notes_wheel,
	.find = notes_find,
	.status = notes_status,
	.work = notes_work,
	.release = notes_close,
};
