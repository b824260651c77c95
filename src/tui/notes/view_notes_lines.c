/* The lines beside the entries: the text, or what is to be said about it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "notes_view.h"

static bool
begins(const char *text, const char *key)
{
	size_t len = strlen(key);

	return strncmp(text, key, len) == 0 && strchr(" :", text[len]) != NULL;
}

static void
warning_line(struct pager *p, const struct notes_warning *w)
{
	pager_line(p, -1);
	pager_span(p, ROLE_WARN, "! ");
	/* Some say themselves which ticket they are about. */
	if (w->key[0] != '\0' && !begins(w->text, w->key))
		pager_printf(p, ROLE_TICKET, "%s: ", w->key);
	pager_span(p, ROLE_TEXT, w->text);
}

static enum role
diff_role(const char *line)
{
	return *line == '+' ? ROLE_ADDED
	    : *line == '-'  ? ROLE_REMOVED
	    : *line == '@'  ? ROLE_TAG
			    : ROLE_TEXT;
}

static void
written(struct pager *p, const struct notes_written *w)
{
	const char *s = w->diff, *end;

	if (w->path == NULL)
		return;
	if (w->conflicts.n > 0) {
		pager_line(p, -1);
		pager_printf(p, ROLE_HEADING, "Conflicts in %s", w->path);
		for (size_t i = 0; i < w->conflicts.n; i++) {
			pager_line(p, -1);
			pager_span(p, ROLE_WARN, "! ");
			pager_span(p, ROLE_TEXT, w->conflicts.v[i]);
		}
		pager_line(p, -1);
	}
	pager_line(p, -1);
	pager_printf(p, ROLE_HEADING, "Written into %s", w->path);
	if (s == NULL || *s == '\0')
		pager_text(p, ROLE_DIM, "nothing changed");
	for (; s != NULL && *s != '\0'; s = *end == '\0' ? end : end + 1) {
		char *line;

		end = strchrnul(s, '\n');
		line = mem_strndup(s, (size_t)(end - s));
		pager_text(p, diff_role(line), line);
		free(line);
	}
	pager_line(p, -1);
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
	pager_text(p, ROLE_HEADING, "Commits without a ticket (U: queue)");
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

/* Markdown is shown up to a length; longer notes are shown part by part. */
#define PART_MAX ((size_t)32 * 1024)

/* The end of the part that begins at text: before a heading or an entry. */
static size_t
part(const char *text, size_t len, bool *blank)
{
	size_t at = len;

	*blank = false;
	if (len <= PART_MAX)
		return len;
	for (at = PART_MAX; at > 1; at--)
		if (text[at - 1] == '\n' &&
		    (text[at] == '-' || text[at] == '*' || text[at] == '#'))
			break;
	if (at <= 1)
		return len;
	*blank = text[at - 2] == '\n';
	return at;
}

static void
put_markdown(struct pager *p, const char *text, size_t len, size_t cols)
{
	size_t n;
	bool blank;

	for (; len > 0; text += n, len -= n) {
		struct md_lines md = { 0 };

		n = part(text, len, &blank);
		app_markdown(text, n, cols, &md);
		pager_markdown(p, &md, 0);
		md_lines_release(&md);
		if (blank)
			pager_line(p, -1);
	}
}

static enum rc
text(struct ui *ui, struct notes_view *v, int cols, struct err *err)
{
	const struct app_render r = notes_view_render(v);
	struct buf out = BUF_INIT;
	enum rc rc = app_render(ui->app, &v->notes, &r, &out, err);

	if (rc != RC_OK) {
		buf_release(&out);
		return rc;
	}
	if (v->format == NULL || strcmp(v->format, "md") == 0) {
		/* Long lines are hard to read. */
		put_markdown(&v->pager, buf_str(&out), out.len,
		    (size_t)(cols > 100 ? 100 : cols));
	} else {
		pager_plain(&v->pager, buf_str(&out));
	}
	buf_release(&out);
	return RC_OK;
}

/* The text shows what is selected beside it. */
void
notes_view_follow(struct notes_view *v)
{
	if (v->show == NOTES_TEXT && v->base.cols >= UI_WIDE &&
	    v->rows.sel < v->rows.n)
		pager_show(&v->pager, v->entries[v->rows.sel].entry->key);
}

void
notes_view_fill(struct ui *ui, struct notes_view *v)
{
	const int split = notes_view_split(v, v->base.cols);
	int cols = v->base.cols - 2 - (split > 0 ? split + 1 : 0);
	struct err err = ERR_INIT;

	pager_clear(&v->pager);
	if (!v->made)
		return;
	if (v->show == NOTES_DOUBTS) {
		written(&v->pager, &v->written);
		doubts(&v->pager, &v->notes);
	} else if (text(ui, v, cols < 10 ? 10 : cols, &err) != RC_OK) {
		mem_replace(&v->wrong, err.msg);
		ui_fail(ui, &err);
	}
	pager_set_rows(&v->pager,
	    v->base.rows > NOTES_HEAD ? (size_t)(v->base.rows - NOTES_HEAD)
				      : 1);
	pager_scroll(&v->pager, 0);
	notes_view_follow(v);
}
