/* Commits without a ticket, and the one that each may be meant for. */
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "tui/verbs/verbs.h"
#include "unlinked_view.h"
#include "tui/mouse.h"

static struct unlinked_view *
self(struct view *v)
{
	return (struct unlinked_view *)v;
}

const struct unlinked *
unlinked_view_at(const struct unlinked_view *v)
{
	return v->rows.sel < v->list.n ? &v->list.v[v->rows.sel] : NULL;
}

static enum rc
unlinked_open(struct ui *ui, struct view *base, const void *arg,
    struct err *err)
{
	(void)ui;
	(void)err;
	self(base)->version = mem_strdup(arg);
	return RC_OK;
}

static void
unlinked_close(struct view *base)
{
	struct unlinked_view *v = self(base);

	unlinked_list_release(&v->list);
	strv_release(&v->asked);
	free(v->marked);
	free(v->version);
	free(v->wrong);
}

static size_t
place(const struct unlinked_list *l, const struct oid *oid)
{
	size_t i = 0;

	while (i < l->n && !oid_equal(&l->v[i].commit, oid))
		i++;
	return i;
}

/* Marks and selection go with their commits. */
static void
take(struct unlinked_view *v, struct unlinked_list *got)
{
	const struct unlinked *at = unlinked_view_at(v);
	bool *marked = mem_calloc(got->n + 1, sizeof(*marked));
	size_t sel = at == NULL ? 0 : place(got, &at->commit), n = 0;

	/* One that is gone leaves its place to the next. */
	if (sel == got->n)
		sel = v->rows.sel;
	for (size_t i = 0, k; v->n_marked > 0 && i < v->list.n; i++) {
		if (!v->marked[i] ||
		    (k = place(got, &v->list.v[i].commit)) == got->n)
			continue;
		marked[k] = true;
		n++;
	}
	unlinked_list_release(&v->list);
	free(v->marked);
	v->list = *got;
	v->marked = marked;
	v->n_marked = n;
	v->rows.sel = sel;
}

static enum rc
unlinked_load(struct ui *ui, struct view *base, struct err *err)
{
	struct unlinked_view *v = self(base);
	struct unlinked_list got = { 0 };
	enum rc rc;

	ui_busy(ui, "looking for commits without a ticket (Esc stops)");
	rc = app_unlinked(ui->app, v->version, v->which, &got, err);
	/* It reads history, and that is a change of our own. */
	ui->version = app_data_version(ui->app);
	mem_replace(&v->wrong, rc == RC_OK ? NULL : err->msg);
	if (rc == RC_OK)
		take(v, &got);
	v->loaded = v->loaded || rc == RC_OK;
	rows_set(&v->rows, v->list.n, base->rows - UNLINKED_HEAD);
	return rc;
}

static void
unlinked_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct unlinked_view *v = (const struct unlinked_view *)base;
	const struct unlinked *u = unlinked_view_at(v);
	const char *end;

	(void)ui;
	if (!oid_is_none(&v->anchor)) {
		buf_puts(out, "v again marks the rows from here, Esc ends");
	} else if (v->n_marked > 0) {
		buf_printf(out,
		    "%zu marked   (a p n x act on marks; Esc clears)",
		    v->n_marked);
	} else if (u != NULL) {
		end = strchrnul(u->author == NULL ? "" : u->author, '<');
		buf_printf(out, "%.*s: ",
		    u->author == NULL
			? 0
			: (int)(end - u->author - (end > u->author)),
		    u->author == NULL ? "" : u->author);
		utf8_clean(out, u->subject, strlen(u->subject), UTF8_ONE_LINE);
	}
}

static void
unlinked_move(struct ui *ui, struct view *base, enum motion m)
{
	(void)ui;
	rows_move(&self(base)->rows, m);
}

static void
diff_run(struct ui *ui, struct view *base, const char *arg)
{
	const struct unlinked *u = unlinked_view_at(self(base));

	(void)arg;
	if (u != NULL)
		ui_push(ui, &view_diff, &u->commit);
}

static void
unlinked_click(struct ui *ui, struct view *base, int y, int x)
{
	struct unlinked_view *v = self(base);
	size_t i = v->rows.top + (size_t)(y - UNLINKED_HEAD);

	(void)x;
	if (y < UNLINKED_HEAD || i >= v->list.n)
		return;
	if (!mouse_again(ui, base, i == v->rows.sel))
		rows_select(&v->rows, i);
}

static bool
has(const struct unlinked *u, const char *folded)
{
	struct buf text = BUF_INIT, fold = BUF_INIT;
	char hex[OID_HEX_MAX + 1];
	bool yes;

	oid_to_hex(&u->commit, hex);
	buf_printf(&text, "%s %s %s %s", hex, u->subject, u->suggest,
	    u->author == NULL ? "" : u->author);
	utf8_fold(&fold, buf_str(&text), text.len);
	yes = strstr(buf_str(&fold), folded) != NULL;
	buf_release(&fold);
	buf_release(&text);
	return yes;
}

static void
unlinked_find(struct ui *ui, struct view *base, const char *text, int step)
{
	struct unlinked_view *v = self(base);
	const char *what = text == NULL ? ui->search : text;
	struct buf fold = BUF_INIT;
	size_t n = v->list.n, i = v->rows.sel, tried = 0;

	utf8_fold(&fold, what, strlen(what));
	for (; tried < n; tried++) {
		i = (i + (step > 0 ? 1 : n - 1)) % n;
		if (has(&v->list.v[i], buf_str(&fold)))
			break;
	}
	if (tried == n)
		ui_warn(ui, "no match for \"%s\"", what);
	else
		rows_select(&v->rows, i);
	buf_release(&fold);
}

static const char *
why_row(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return unlinked_view_at((const struct unlinked_view *)base) == NULL
	    ? "there is no commit here"
	    : NULL;
}

static const char *
why_ticket(const struct ui *ui, const struct view *base)
{
	const struct unlinked *u =
	    unlinked_view_at((const struct unlinked_view *)base);

	(void)ui;
	return u == NULL || u->suggest[0] == '\0'
	    ? "no ticket is suggested for it"
	    : NULL;
}

static void
open_run(struct ui *ui, struct view *base, const char *arg)
{
	const struct unlinked *u = unlinked_view_at(self(base));
	struct ticket_key key;

	(void)arg;
	if (u != NULL && ticket_key_parse(u->suggest, strlen(u->suggest), &key))
		ui_push(ui, &view_ticket, &key);
}

static const char *
why_next(const struct ui *ui, const struct view *base)
{
	const struct unlinked_view *v = (const struct unlinked_view *)base;

	(void)ui;
	for (size_t i = 0; i < v->list.n; i++)
		if (v->list.v[i].suggest[0] != '\0')
			return NULL;
	return "no ticket is suggested for any";
}

static void
next_suggested(struct unlinked_view *v, size_t step)
{
	size_t i = v->rows.sel;

	do
		i = (i + step) % v->list.n;
	while (v->list.v[i].suggest[0] == '\0');
	rows_select(&v->rows, i);
}

static void
next_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)ui;
	(void)arg;
	next_suggested(self(base), 1);
}

static void
previous_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)ui;
	(void)arg;
	next_suggested(self(base), self(base)->list.n - 1);
}

static void
set_mark(struct unlinked_view *v, size_t i, bool on)
{
	if (v->marked[i] == on)
		return;
	v->marked[i] = on;
	v->n_marked += on ? 1 : (size_t)-1;
}

static void
mark_run(struct ui *ui, struct view *base, const char *arg)
{
	struct unlinked_view *v = self(base);

	(void)ui;
	(void)arg;
	set_mark(v, v->rows.sel, !v->marked[v->rows.sel]);
	rows_move(&v->rows, MOVE_DOWN);
}

static void
range_run(struct ui *ui, struct view *base, const char *arg)
{
	struct unlinked_view *v = self(base);
	size_t from, to;

	(void)ui;
	(void)arg;
	if (oid_is_none(&v->anchor)) {
		v->anchor = v->list.v[v->rows.sel].commit;
		return;
	}
	from = place(&v->list, &v->anchor);
	to = v->rows.sel;
	v->anchor = (struct oid){ .len = 0 };
	if (from == v->list.n)
		from = to;
	for (size_t i = from < to ? from : to; i <= (from < to ? to : from);
	     i++)
		set_mark(v, i, true);
}

static void
mark_all_run(struct ui *ui, struct view *base, const char *arg)
{
	struct unlinked_view *v = self(base);

	(void)ui;
	(void)arg;
	for (size_t i = 0; i < v->list.n; i++)
		set_mark(v, i, true);
}

/* Esc never leaves. */
static void
clear_run(struct ui *ui, struct view *base, const char *arg)
{
	struct unlinked_view *v = self(base);

	(void)arg;
	if (!oid_is_none(&v->anchor))
		v->anchor = (struct oid){ .len = 0 };
	else if (v->n_marked > 0)
		for (size_t i = 0; i < v->list.n; i++)
			set_mark(v, i, false);
	else
		mem_replace(&ui->search, NULL);
}

static void
set_version(struct ui *ui, struct view *base, const char *item)
{
	struct unlinked_view *v = self(base);

	(void)ui;
	mem_replace(&v->version, verbs_version_of(item));
	v->rows = (struct rows){ .page = v->rows.page };
	base->stale = true;
}

static void
version_run(struct ui *ui, struct view *base, const char *arg)
{
	if (arg != NULL)
		set_version(ui, base, arg);
	else
		verbs_version_menu(ui, "commits without a ticket of",
		    self(base)->version, set_version);
}

static void
dismissed_run(struct ui *ui, struct view *base, const char *arg)
{
	struct unlinked_view *v = self(base);

	(void)ui;
	(void)arg;
	v->which = v->which == UNLINKED_OPEN ? UNLINKED_DISMISSED
					     : UNLINKED_OPEN;
	v->rows = (struct rows){ .page = v->rows.page };
	base->stale = true;
}

static const struct action actions[] = { { "diff", "d Enter", "diff",
					     "the diff of the commit", diff_run,
					     why_row },
	{ "ticket", "l Right o", "ticket", "open the ticket suggested",
	    open_run, why_ticket },
	{ "next-suggestion", "Tab ]", "next", "the next with a suggestion",
	    next_run, why_next },
	{ "previous-suggestion", "S-Tab [", NULL,
	    "the one before with a suggestion", previous_run, why_next },
	{ "mark", "Space", "mark", "mark, for actions on several", mark_run,
	    why_row },
	{ "range", "v", NULL, "mark a range: v at both ends", range_run,
	    why_row },
	{ "mark-all", "*", NULL, "mark all", mark_all_run, why_row },
	{ "version", "V", "version", "those of another version", version_run,
	    NULL },
	{ "dismissed", "D", NULL, "those that need no ticket, and back",
	    dismissed_run, NULL },
	{ "clear", "Esc", NULL, "clear marks, then the search", clear_run,
	    NULL },
	{ 0 } };

const struct view_class view_unlinked = {
	.name = "unlinked",
	.size = sizeof(struct unlinked_view),
	.actions = { unlinked_verbs, actions },
	.open = unlinked_open,
	.load = unlinked_load,
	.draw = unlinked_view_draw,
	.move = unlinked_move,
	.click = unlinked_click,
	.find = unlinked_find,
	.status = unlinked_status,
	.release = unlinked_close,
};
