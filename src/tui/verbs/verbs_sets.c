/* Labels and releases: words that go into a list and out of it. */
#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "base/mem.h"
#include "verbs_priv.h"

/* Tickets that are looked at for what a list has not. */
#define LOOKED_AT 20

static bool
has_word(const struct ticket *t, enum ticket_field field, const char *word)
{
	return strv_has(field == TF_LABEL ? &t->labels : &t->releases, word);
}

/* Words that are to go from lists where none of them stands; how many. */
static size_t
not_there(struct ui *ui, struct view *v, const struct change_list *changes,
    struct buf *out)
{
	struct ticket_list l = { 0 };
	struct ticket_key *keys;
	size_t n = ui_targets(ui, v, &keys), found = 0;

	for (size_t i = 0; n <= LOOKED_AT && i < n; i++) {
		l.v = mem_grow(l.v, &l.cap, l.n + 1, sizeof(*l.v));
		l.v[l.n] = (struct ticket){ .id = 0 };
		if (app_ticket_get(ui->app, &keys[i], &l.v[l.n], NULL) == RC_OK)
			l.n++;
	}
	for (size_t i = 0; l.n > 0 && i < changes->n; i++) {
		const struct change *c = &changes->v[i];
		size_t k = 0;

		while (k < l.n && !has_word(&l.v[k], c->field, c->value))
			k++;
		if (c->op != CHANGE_REMOVE || k < l.n)
			continue;
		buf_printf(out, "%s%s", found++ == 0 ? "" : ", ", c->value);
	}
	ticket_list_release(&l);
	free(keys);
	return found;
}

/* Applies it, and says what was not there to be taken away. */
static void
apply_set(struct ui *ui, struct view *v, enum ticket_field field,
    struct change_list *changes, const char *what)
{
	struct buf missing = BUF_INIT;
	size_t n = not_there(ui, v, changes, &missing);
	char *text;

	if (n < changes->n)
		verbs_apply(ui, v, changes, what);
	if (n == changes->n) {
		text = verbs_title(ui, v, "on");
		ui_warn(ui, "there is no %s %s %s", ticket_fields[field].name,
		    buf_str(&missing), text);
		free(text);
	} else if (n > 0 && ui->message != NULL && ui->tone != UI_ERROR) {
		text = mem_strdup(ui->message);
		ui_warn(ui, "%s; there was no %s", text, buf_str(&missing));
		free(text);
	}
	buf_release(&missing);
}

/* "+a -b c": words for a set; a bare one is added. */
static void
change_set(struct ui *ui, struct view *v, enum ticket_field field,
    const char *text)
{
	struct change_list changes = { 0 };
	char *what = mem_printf("%s %s", ticket_fields[field].name, text);
	size_t len;

	for (;; text += len) {
		enum change_op op;
		char *word;

		text += strspn(text, " ,");
		op = *text == '-' ? CHANGE_REMOVE : CHANGE_ADD;
		text += *text == '-' || *text == '+';
		len = strcspn(text, " ,");
		if (len == 0)
			break;
		word = mem_strndup(text, len);
		change_push(&changes, op, field, word);
		free(word);
	}
	if (changes.n > 0)
		apply_set(ui, v, field, &changes, what);
	change_list_release(&changes);
	free(what);
}

static void
set_labels(struct ui *ui, struct view *v, const char *text)
{
	verbs_remember(ui, set_labels, text);
	change_set(ui, v, TF_LABEL, text);
}

void
verbs_label_run(struct ui *ui, struct view *v, const char *arg)
{
	if (arg != NULL)
		set_labels(ui, v, arg);
	else
		verbs_ask(ui, v, "labels (+x -y) of", "label", NULL,
		    set_labels);
}

static void
set_releases(struct ui *ui, struct view *v, const char *text)
{
	verbs_remember(ui, set_releases, text);
	change_set(ui, v, TF_RELEASE, text);
}

void
verbs_release_run(struct ui *ui, struct view *v, const char *arg)
{
	if (arg != NULL)
		set_releases(ui, v, arg);
	else
		verbs_ask(ui, v, "release (+1.2 -1.1) of", "release", NULL,
		    set_releases);
}
