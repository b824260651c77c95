#include "command.h"

#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "base/mem.h"
#include "model/suggest.h"
#include "tui/keys/keys.h"

/* The action that was probably meant, or NULL. */
static const char *
nearest(const struct view *v, const char *typed)
{
	char *word = mem_strndup(typed, strcspn(typed, " "));
	const struct action *a;
	struct suggest s;

	suggest_init(&s, word);
	for (size_t i = 0; i <= VIEW_TABLES; i++) {
		a = i < VIEW_TABLES ? v->class->actions[i] : actions_global;
		for (; a != NULL && a->name != NULL; a++)
			suggest_offer(&s, a->name);
	}
	free(word);
	return s.best;
}

/* Not an action: a ticket's key as typed? */
static void
open_key(struct ui *ui, const struct view *v, const char *typed)
{
	const char *meant = nearest(v, typed);
	struct ticket_key key;
	struct err err = ERR_INIT;

	if (ui->app != NULL && app_key(ui->app, typed, &key, &err) == RC_OK) {
		ui_push(ui, &view_ticket, &key);
		return;
	}
	if (err.code != RC_NOT_FOUND && meant != NULL)
		ui_refuse(ui,
		    "no action or ticket \"%s\": did you mean \"%s\"?", typed,
		    meant);
	else if (err.code != RC_NOT_FOUND)
		ui_refuse(ui,
		    "no action or ticket \"%s\" (? lists the actions)", typed);
	else
		ui_fail(ui, &err);
}

static void
command_done(struct ui *ui, struct view *v, const char *text)
{
	const struct action *a;
	size_t len;

	text += strspn(text, " :");
	len = strcspn(text, " ");
	if (len == 0)
		return;
	a = keys_by_name(v, text, len);
	if (a == NULL) {
		open_key(ui, v, text);
		return;
	}
	text += len;
	text += strspn(text, " ");
	ui_run(ui, a, *text == '\0' ? NULL : text);
	/* What was typed is right; it failed by itself. */
	if (*text == '\0')
		ui->refused = false;
}

static void
command_complete(struct ui *ui, struct view *v, const struct prompt *p,
    size_t *start, struct strv *out)
{
	const char *text = prompt_text(p);
	const struct action *a;

	(void)ui;
	*start = prompt_word(p, " ");
	if (*start > 0)
		return;
	for (size_t i = 0; i <= VIEW_TABLES; i++) {
		a = i < VIEW_TABLES ? v->class->actions[i] : actions_global;
		for (; a != NULL && a->name != NULL; a++)
			if (strncmp(a->name, text, p->at) == 0)
				strv_push(out, a->name);
	}
}

void
command_run(struct ui *ui, struct view *v, const char *arg)
{
	const struct ui_ask ask = { .label = ":",
		.history = HISTORY_COMMAND,
		.done = command_done,
		.complete = command_complete };

	(void)v;
	(void)arg;
	ui_ask(ui, &ask);
}
