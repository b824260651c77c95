/* What comes in: keys with their counts, pasted text, the mouse. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "history.h"
#include "mouse.h"
#include "tui/keys/keys.h"
#include "ui.h"

/* Times that an action is done in a row, at most. */
#define TIMES_MAX 1000

void
ui_run(struct ui *ui, const struct action *a, const char *arg)
{
	struct view *v = ui_top(ui);
	const char *why = keys_why(ui, v, a);

	if (why != NULL) {
		ui_warn(ui, "%s: %s", a->name, why);
		return;
	}
	a->run(ui, v, arg);
}

void
ui_keys(struct ui *ui, struct strv *problems)
{
	struct config_value_list values = { 0 };

	keymap_release(&ui->keymap);
	if (ui->app == NULL)
		return;
	app_config_list(ui->app, "key.", &values);
	keymap_load(&ui->keymap, &values, problems);
	config_value_list_release(&values);
}

/* What "5" before an action does; those that are not here take no count. */
enum counted {
	COUNT_NONE,
	COUNT_TIMES, /* it is done so often, as long as it can be */
	COUNT_OWN    /* it looks at ui->count itself */
};

static const struct {
	const char *name;
	enum counted counted;
} counted[] = {
	{ "down", COUNT_OWN },
	{ "up", COUNT_OWN },
	{ "page-down", COUNT_OWN },
	{ "page-up", COUNT_OWN },
	{ "half-down", COUNT_OWN },
	{ "half-up", COUNT_OWN },
	{ "top", COUNT_OWN },
	{ "bottom", COUNT_OWN },
	{ "undo", COUNT_OWN },
	{ "redo", COUNT_OWN },
	{ "find-next", COUNT_TIMES },
	{ "find-previous", COUNT_TIMES },
	{ "mark", COUNT_TIMES },
	{ "next", COUNT_TIMES },
	{ "previous", COUNT_TIMES },
	{ "next-file", COUNT_TIMES },
	{ "previous-file", COUNT_TIMES },
	{ "next-release", COUNT_TIMES },
	{ "previous-release", COUNT_TIMES },
	{ "section", COUNT_TIMES },
	{ "section-back", COUNT_TIMES },
	{ "column-left", COUNT_TIMES },
	{ "column-right", COUNT_TIMES },
	{ "move-left", COUNT_TIMES },
	{ "move-right", COUNT_TIMES },
};

static enum counted
counts(const struct action *a)
{
	for (size_t i = 0; i < sizeof(counted) / sizeof(counted[0]); i++)
		if (strcmp(counted[i].name, a->name) == 0)
			return counted[i].counted;
	return COUNT_NONE;
}

/* Once the screen has changed, or asks, the rest is not meant for it. */
static void
run_times(struct ui *ui, const struct action *a, int64_t n)
{
	const struct view *v = ui_top(ui);

	for (int64_t i = 0; i < n; i++) {
		if (ui_top(ui) != v || ui->asking || ui->quit ||
		    keys_why(ui, v, a) != NULL)
			break;
		a->run(ui, ui_top(ui), NULL);
	}
}

static void
run_counted(struct ui *ui, const struct action *a)
{
	ui->count = strtoll(ui->digits, NULL, 10);
	ui->digits[0] = '\0';
	if (ui->count > 0 && counts(a) == COUNT_NONE)
		ui_warn(ui, "%s takes no count, so nothing was done", a->name);
	else if (ui->count > 0 && counts(a) == COUNT_TIMES)
		run_times(ui, a, ui->count < TIMES_MAX ? ui->count : TIMES_MAX);
	else
		a->run(ui, ui_top(ui), NULL);
	ui->count = 0;
}

/* A digit that is no key here begins a count, and so does one with Alt. */
static bool
begins_count(const struct ui *ui, const struct view *v, const struct key *k)
{
	const struct action *a;
	const char *why;
	char name[KEY_NAME_MAX];

	key_label(k, name);
	return keys_find(ui, v, name, &a, &why) == KEYS_NONE;
}

/* Takes a key that is part of a count. */
static bool
count_key(struct ui *ui, const struct view *v, const struct key *k)
{
	size_t n = strlen(ui->digits);

	if (ui->pending[0] != '\0' || v->class->typing)
		return false;
	if (n > 0 && (k->code == TK_ESC || k->code == TK_BACKSPACE)) {
		ui->digits[k->code == TK_ESC ? 0 : n - 1] = '\0';
		return true;
	}
	if (k->code < '0' || k->code > '9' || (k->mods & ~MOD_ALT) != 0 ||
	    (n == 0 && !begins_count(ui, v, k)))
		return false;
	/* "0" stands for "a count comes". */
	if (n == 1 && ui->digits[0] == '0')
		n = 0;
	if (n < UI_DIGITS) {
		ui->digits[n] = (char)k->code;
		ui->digits[n + 1] = '\0';
	} else {
		ui_warn(ui, "no count has more than %d digits", UI_DIGITS);
	}
	return true;
}

/* One key, or one of several that a Korean syllable stands for. */
static bool
try_key(struct ui *ui, const struct key *k, bool quiet)
{
	struct view *v = ui->views[ui->depth - 1];
	const struct action *a;
	const char *why;
	char name[KEY_NAME_MAX], help[KEYS_TELL_MAX];
	size_t len = strlen(ui->pending);

	if (v->class->key != NULL && v->class->key(ui, v, k))
		return true;
	key_label(k, name);
	snprintf(ui->pending + len, sizeof(ui->pending) - len, "%s", name);
	switch (keys_find(ui, v, ui->pending, &a, &why)) {
	case KEYS_PART:
		return true;
	case KEYS_FOUND:
		ui->pending[0] = '\0';
		run_counted(ui, a);
		return true;
	case KEYS_OFF:
		ui_warn(ui, "%s: %s", ui->pending, why);
		ui->pending[0] = ui->digits[0] = '\0';
		return true;
	default:
		break;
	}
	if (!quiet && k->code != TK_ESC) {
		keys_tell(ui, v, "help", help);
		ui_warn(ui, "%s does nothing here (%s lists the keys)",
		    ui->pending, help);
	}
	/* Put back what was pending: the Latin key may go on with it. */
	ui->pending[quiet ? len : 0] = '\0';
	if (!quiet)
		ui->digits[0] = '\0';
	return false;
}

static void
view_key(struct ui *ui, const struct key *k)
{
	char latin[8];
	size_t n = k->mods == 0 ? key_from_hangul(k->code, latin) : 0;

	if (count_key(ui, ui_top(ui), k))
		return;
	if (try_key(ui, k, n > 0))
		return;
	for (size_t i = 0; i < n && !ui->quit; i++) {
		struct key one = { .code = (unsigned char)latin[i] };

		try_key(ui, &one, false);
	}
}

/* Nothing is loaded nor shown then. */
bool
ui_too_small(const struct ui *ui)
{
	return ui->canvas.rows < UI_ROWS_MIN || ui->canvas.cols < UI_COLS_MIN;
}

void
ui_key(struct ui *ui, const struct key *k)
{
	ui->now = date_now();
	if (ui_too_small(ui)) {
		static const struct key leave = { .code = TK_ESC };

		/* A question is what is nearest; nobody saw what it held. */
		if (k->code == 'q' && k->mods == 0 && ui->asking) {
			history_add(ui, ui->ask.history,
			    prompt_text(&ui->prompt));
			history_ask_key(ui, &leave);
		} else if (k->code == 'q' && k->mods == 0) {
			ui_pop(ui);
		}
		return;
	}
	ui->guarded = ui->unseen;
	if (!ui->unseen)
		mem_replace(&ui->message, NULL);
	ui_load(ui);
	ui->told = ui->gave_up = false;
	if (ui->asking)
		history_ask_key(ui, k);
	else if (ui->depth > 0)
		view_key(ui, k);
}

void
ui_paste(struct ui *ui, const char *text, size_t len)
{
	struct view *v = ui_top(ui);

	ui->guarded = ui->unseen;
	if (!ui->unseen)
		mem_replace(&ui->message, NULL);
	if (ui->asking) {
		prompt_insert(&ui->prompt, text, len);
		if (ui->ask.changed != NULL)
			ui->ask.changed(ui, v, prompt_text(&ui->prompt));
	} else if (v != NULL && v->class->paste != NULL) {
		v->class->paste(ui, v, text, len);
	} else {
		ui_warn(ui, "pasted text has no place here");
	}
}

void
ui_event(struct ui *ui, const struct input_event *ev)
{
	struct view *v = ui_top(ui);

	ui->begun_ms = date_clock_ms();
	ui->told = ui->gave_up = false;
	if (v == NULL || (ev->type != IN_KEY && ui_too_small(ui)))
		return;
	switch (ev->type) {
	case IN_KEY:
		ui_key(ui, &ev->key);
		break;
	case IN_PASTE:
		ui_paste(ui, ev->text, ev->len);
		break;
	case IN_CLICK:
		mouse_click(ui, ev->y, ev->x);
		break;
	case IN_WHEEL:
		mouse_wheel(ui, ev->y, ev->x, ev->step);
		break;
	default: /* the terminal's own affairs */
		break;
	}
}
