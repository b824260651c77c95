/* Every operation, newest first; undo and redo that say what they will do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "base/date.h"
#include "base/mem.h"
#include "tui/keys/keys.h"
#include "base/utf8.h"
#include "journal_view.h"
#include "tui/mouse.h"

#define CHANGES_MAX 200 /* of one operation, in the pane */

static struct journal_view *
self(struct view *v)
{
	return (struct journal_view *)v;
}

static enum rc
journal_open(struct ui *ui, struct view *base, const void *arg, struct err *err)
{
	struct journal_view *v = self(base);

	(void)ui;
	(void)err;
	if (arg != NULL)
		v->ops.key = *(const struct ticket_key *)arg;
	return RC_OK;
}

static void
journal_close(struct view *base)
{
	struct journal_view *v = self(base);

	ops_release(&v->ops);
	undo_preview_release(&v->preview);
	pager_release(&v->pane);
}

static void
pane_head(struct pager *p, const struct op_line *l)
{
	char time[21];

	date_format_iso(l->time, time);
	pager_line(p, -1);
	pager_printf(p, ROLE_STRONG, "operation %lld", (long long)l->n);
	if (l->undone)
		pager_span(p, ROLE_WARN, "   undone");
	pager_line(p, -1);
	pager_printf(p, ROLE_DIM, "%s   by %s", time, l->actor);
	if (l->undoes != 0 || l->redoes != 0) {
		pager_line(p, -1);
		pager_printf(p, ROLE_DIM,
		    l->undoes != 0 ? "took back operation %lld"
				   : "did operation %lld again",
		    (long long)(l->undoes + l->redoes));
	}
	if (l->commit != NULL) {
		pager_line(p, -1);
		pager_printf(p, ROLE_TICKET, "made by commit %.12s", l->commit);
		pager_span(p, ROLE_DIM, " (d shows it)");
	}
	pager_line(p, -1);
}

static void
pane_preview(struct journal_view *v)
{
	const struct undo_preview *p = &v->preview;

	pager_line(&v->pane, -1);
	pager_text(&v->pane, ROLE_HEADING,
	    v->armed == ARMED_REDO ? "Doing it again would change"
				   : "Taking it back would change");
	pager_text(&v->pane, ROLE_TEXT, p->text);
	for (size_t i = 0; i < p->stays.n; i++) {
		pager_line(&v->pane, -1);
		pager_printf(&v->pane, ROLE_WARN,
		    "! %s stays: ", p->stays.v[i]);
		pager_span(&v->pane, ROLE_TEXT, "changed since");
	}
}

/* The pane's lines; nothing where there is none. */
static enum rc
fill(struct ui *ui, struct journal_view *v, struct err *err)
{
	const struct op_line *l = ops_at(&v->ops);
	struct strv changes = STRV_INIT;
	enum rc rc;

	pager_clear(&v->pane);
	v->pane.top = 0;
	if (l == NULL || v->base.cols < UI_WIDE)
		return RC_OK;
	rc = app_op_changes(ui->app, l->n, CHANGES_MAX, &changes, err);
	pane_head(&v->pane, l);
	for (size_t i = 0; i < changes.n; i++)
		pager_text(&v->pane, ROLE_TEXT, changes.v[i]);
	if (l->more >= CHANGES_MAX) {
		pager_line(&v->pane, -1);
		pager_printf(&v->pane, ROLE_DIM, "and %lld more",
		    (long long)l->more + 1 - CHANGES_MAX);
	}
	if (v->armed != ARMED_NOT)
		pane_preview(v);
	pager_set_rows(&v->pane,
	    (size_t)(v->base.rows > JOURNAL_HEAD ? v->base.rows - JOURNAL_HEAD
						 : 1));
	strv_release(&changes);
	return rc;
}

static enum rc
journal_load(struct ui *ui, struct view *base, struct err *err)
{
	struct journal_view *v = self(base);
	enum rc rc;

	ops_set_rows(&v->ops,
	    (size_t)(base->rows > JOURNAL_HEAD ? base->rows - JOURNAL_HEAD
					       : 1));
	rc = ops_refresh(&v->ops, ui->app, err);
	return rc == RC_OK ? fill(ui, v, err) : rc;
}

static void
journal_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct journal_view *v = (const struct journal_view *)base;
	const struct op_line *l = ops_at(&v->ops);

	(void)ui;
	if (l == NULL)
		return;
	buf_printf(out, "operation %lld: %s", (long long)l->n, l->text);
	if (l->more > 0)
		buf_printf(out, " (and %lld more)", (long long)l->more);
}

/* ---- keys ---- */

static void
disarm(struct journal_view *v)
{
	v->armed = ARMED_NOT;
	undo_preview_release(&v->preview);
}

static void
refill(struct ui *ui, struct journal_view *v)
{
	struct err err = ERR_INIT;

	if (fill(ui, v, &err) != RC_OK)
		ui_fail(ui, &err);
}

static void
journal_move(struct ui *ui, struct view *base, enum motion m)
{
	struct journal_view *v = self(base);
	struct err err = ERR_INIT;

	disarm(v);
	if (ops_move(&v->ops, ui->app, m, &err) != RC_OK)
		ui_fail(ui, &err);
	refill(ui, v);
}

static void
journal_find(struct ui *ui, struct view *base, const char *text, int step)
{
	struct journal_view *v = self(base);
	const char *what = text == NULL ? ui->search : text;
	struct buf fold = BUF_INIT;
	struct err err = ERR_INIT;
	bool found = false;

	utf8_fold(&fold, what, strlen(what));
	if (ops_find(&v->ops, ui->app, buf_str(&fold), step, &found, &err) !=
	    RC_OK)
		ui_fail(ui, &err);
	else if (!found)
		ui_warn(ui, "no match for \"%s\" %s", what,
		    step > 0 ? "before this (N goes the other way)"
			     : "after this (n goes the other way)");
	refill(ui, v);
	buf_release(&fold);
}

/* Everything but what does it, or moves nothing, lets go of it. */
static bool
journal_key(struct ui *ui, struct view *base, const struct key *k)
{
	struct journal_view *v = self(base);
	char latin[8];
	const bool ctrl = (k->mods & MOD_CTRL) != 0;

	if (v->armed == ARMED_NOT || k->code == TK_ENTER || k->code == TK_ESC ||
	    (ctrl && k->code == 'r') ||
	    (!ctrl && (k->code == 'u' || k->code == 'x')) ||
	    key_from_hangul(k->code, latin) > 0)
		return false;
	disarm(v);
	refill(ui, v);
	return false;
}

static void
say_preview(struct ui *ui, const struct journal_view *v)
{
	const struct undo_preview *p = &v->preview;
	char *name = journal_view_person(p->actor), ago[16];
	struct buf text = BUF_INIT;

	date_format_ago(p->time, ui->now, ago);
	buf_printf(&text, "%s: %s%s%s, by %s %s",
	    v->armed == ARMED_REDO       ? "redo"
		: v->armed == ARMED_UNDO ? "undo"
					 : "take back",
	    p->key, p->key[0] == '\0' ? "" : " ", p->text, name, ago);
	for (size_t i = 0; i < p->stays.n; i++)
		buf_printf(&text, "%s%s", i == 0 ? "; stays: " : ", ",
		    p->stays.v[i]);
	ui_warn(ui, "%s", buf_str(&text));
	buf_release(&text);
	free(name);
}

/* The operation is where one looks, too. */
static void
arm(struct ui *ui, struct journal_view *v, enum armed how, int64_t op)
{
	struct err err = ERR_INIT;
	enum rc rc;

	disarm(v);
	if (app_is_readonly(ui->app)) {
		ui_warn(ui, "the tracker is read-only");
		return;
	}
	rc = how == ARMED_REDO
	    ? app_redo_preview(ui->app, &v->preview, &err)
	    : app_undo_preview(ui->app, op, &v->preview, &err);
	if (rc != RC_OK) {
		if (rc == RC_CONFLICT)
			ui_warn(ui, "%s", err.msg);
		else
			ui_fail(ui, &err);
		return;
	}
	v->armed = how;
	for (size_t i = 0; i < v->ops.l.n; i++)
		if (v->ops.l.v[i].n == v->preview.op)
			v->ops.sel = i;
	ops_set_rows(&v->ops, v->ops.rows);
	refill(ui, v);
	say_preview(ui, v);
}

static enum rc
redo_one(struct ui *ui, int64_t op, struct strv *said, struct err *err)
{
	struct undo_preview now;
	enum rc rc = app_redo_preview(ui->app, &now, err);
	const bool same = rc == RC_OK && now.op == op;

	undo_preview_release(&now);
	if (rc == RC_OK && !same)
		rc = err_set(err, RC_CONFLICT,
		    "somebody did something meanwhile: Ctrl-R says it anew");
	return rc == RC_OK ? app_redo(ui->app, 1, said, err) : rc;
}

static void
confirm_run(struct ui *ui, struct view *base, const char *arg)
{
	struct journal_view *v = self(base);
	const enum armed how = v->armed;
	const int64_t op = v->preview.op;
	struct strv said = STRV_INIT;
	struct err err = ERR_INIT;
	char key[KEYS_TELL_MAX];
	enum rc rc;

	(void)arg;
	disarm(v);
	keys_tell(ui, base, how == ARMED_REDO ? "undo" : "redo", key);
	/* Exactly what was shown, whoever did something meanwhile. */
	rc = how == ARMED_REDO ? redo_one(ui, op, &said, &err)
			       : app_undo_op(ui->app, op, &said, &err);
	if (rc != RC_OK)
		ui_fail(ui, &err);
	else if (said.n > 1)
		ui_say(ui, "%s; %s", said.v[0], said.v[1]);
	else if (said.n > 0)
		ui_say(ui, "%s   (%s %s)", said.v[0], key,
		    how == ARMED_REDO ? "takes it back" : "does it again");
	strv_release(&said);
	ui_stale(ui);
}

static void
undo_run(struct ui *ui, struct view *base, const char *arg)
{
	if (self(base)->armed == ARMED_UNDO)
		confirm_run(ui, base, arg);
	else
		arm(ui, self(base), ARMED_UNDO, 0);
}

static void
redo_run(struct ui *ui, struct view *base, const char *arg)
{
	if (self(base)->armed == ARMED_REDO)
		confirm_run(ui, base, arg);
	else
		arm(ui, self(base), ARMED_REDO, 0);
}

static void
one_run(struct ui *ui, struct view *base, const char *arg)
{
	struct journal_view *v = self(base);
	const struct op_line *l = ops_at(&v->ops);

	if (v->armed == ARMED_ONE)
		confirm_run(ui, base, arg);
	else if (l != NULL)
		arm(ui, v, ARMED_ONE, l->n);
}

static const char *
why_armed(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return ((const struct journal_view *)base)->armed == ARMED_NOT
	    ? "u, x or Ctrl-R says first what it does"
	    : NULL;
}

/* Undo and redo are never off: those that hold everywhere would be next, and
 * they do not ask. */
static const char *
why_one(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return ops_at(&((const struct journal_view *)base)->ops) == NULL
	    ? "there is no operation here"
	    : NULL;
}

static bool
at_key(const struct view *base, struct ticket_key *out)
{
	const struct op_line *l =
	    ops_at(&((const struct journal_view *)base)->ops);

	return l != NULL && ticket_key_parse(l->key, strlen(l->key), out);
}

static const char *
why_open(const struct ui *ui, const struct view *base)
{
	struct ticket_key key;

	(void)ui;
	if (((const struct journal_view *)base)->armed != ARMED_NOT)
		return "Enter does what was said (Esc does not)";
	return at_key(base, &key) ? NULL : "it is about no ticket";
}

static const char *
why_diff(const struct ui *ui, const struct view *base)
{
	const struct op_line *l =
	    ops_at(&((const struct journal_view *)base)->ops);

	(void)ui;
	return l == NULL || l->commit == NULL ? "no commit made it" : NULL;
}

static const char *
why_only(const struct ui *ui, const struct view *base)
{
	return ((const struct journal_view *)base)->ops.key.number != 0
	    ? NULL
	    : why_open(ui, base);
}

static void
open_run(struct ui *ui, struct view *base, const char *arg)
{
	struct ticket_key key;

	(void)arg;
	if (at_key(base, &key))
		ui_push(ui, &view_ticket, &key);
}

static void
diff_run(struct ui *ui, struct view *base, const char *arg)
{
	const struct op_line *l = ops_at(&self(base)->ops);
	struct oid oid;

	(void)arg;
	if (l != NULL && oid_from_hex(&oid, l->commit, strlen(l->commit)))
		ui_push(ui, &view_diff, &oid);
}

/* The selected ticket's alone, and all of them again at the same place. */
static void
only_run(struct ui *ui, struct view *base, const char *arg)
{
	struct journal_view *v = self(base);
	struct ticket_key key = { .number = 0 };

	(void)ui;
	(void)arg;
	if (v->ops.key.number == 0)
		at_key(base, &key);
	v->ops.key = key;
	base->stale = true;
}

static void
clear_run(struct ui *ui, struct view *base, const char *arg)
{
	struct journal_view *v = self(base);

	(void)arg;
	if (v->armed == ARMED_NOT) {
		mem_replace(&ui->search, NULL);
		return;
	}
	disarm(v);
	refill(ui, v);
	ui_say(ui, "left as it is");
}

static void
journal_click(struct ui *ui, struct view *base, int y, int x)
{
	struct journal_view *v = self(base);
	size_t i = v->ops.top + (size_t)(y - JOURNAL_HEAD);

	if (y < JOURNAL_HEAD || i >= v->ops.l.n ||
	    x >= journal_view_cols(base->cols))
		return;
	disarm(v);
	if (mouse_again(ui, base, i == v->ops.sel))
		return;
	v->ops.sel = i;
	refill(ui, v);
}

/* The pane at the right scrolls by itself. */
static bool
journal_wheel(struct ui *ui, struct view *base, int y, int x, int step)
{
	(void)ui;
	(void)y;
	if (x < journal_view_cols(base->cols))
		return false;
	pager_scroll(&self(base)->pane, step > 0 ? 1 : -1);
	return true;
}

static const struct action actions[] = { { "confirm", "Enter", "do it",
					     "do what was said", confirm_run,
					     why_armed },
	{ "open", "Enter l Right", "ticket", "open the ticket", open_run,
	    why_open },
	{ "undo", "u", "undo",
	    "take the last operation back: says what, then u", undo_run, NULL },
	{ "redo", "Ctrl-R", "redo", "do again what was undone: says what first",
	    redo_run, NULL },
	{ "take-back", "x", "take back",
	    "take the selected operation back alone: says what, then x",
	    one_run, why_one },
	{ "diff", "d", "diff", "the diff of the commit that made it", diff_run,
	    why_diff },
	{ "only", "t", "only this", "only this ticket's, and all again",
	    only_run, why_only },
	{ "clear", "Esc", NULL, "do not do it; end the search", clear_run,
	    NULL },
	{ 0 } };

const struct view_class view_journal = {
	.name = "journal",
	.size = sizeof(struct journal_view),
	.actions = { actions },
	.open = journal_open,
	.load = journal_load,
	.draw = journal_view_draw,
	.key = journal_key,
	.move = journal_move,
	.click = journal_click,
	.wheel = journal_wheel,
	.find = journal_find,
	.status = journal_status,
	.release = journal_close,
};
