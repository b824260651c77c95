#include "history.h"

#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "base/fs.h"
#include "base/mem.h"

#define HISTORY_MAX  100 /* lines of each kind */
#define HISTORY_FILE "prompt-history"

static const char kinds[] = "-ft:s"; /* by enum ui_history */

void
history_load(struct strv history[HISTORY_N], const char *dir)
{
	struct buf text = BUF_INIT;
	const char *line, *end, *kind;
	char *path;

	if (dir == NULL)
		return;
	path = fs_join(dir, HISTORY_FILE);
	if (fs_read(path, 1 << 20, &text, NULL) != RC_OK)
		buf_clear(&text);
	for (line = buf_str(&text); *line != '\0'; line = end + (*end != 0)) {
		end = strchrnul(line, '\n');
		kind = strchr(kinds + 1, *line);
		if (kind != NULL && end - line > 1)
			strv_push_len(&history[kind - kinds], line + 1,
			    (size_t)(end - line - 1));
	}
	buf_release(&text);
	free(path);
}

static void
save(const struct ui *ui)
{
	struct buf text = BUF_INIT;
	const char *dir = ui->app == NULL ? NULL : app_dir(ui->app);
	char *path;

	if (dir == NULL || app_is_readonly(ui->app))
		return;
	for (size_t k = 1; k < HISTORY_N; k++)
		for (size_t i = 0; i < ui->history[k].n; i++)
			buf_printf(&text, "%c%s\n", kinds[k],
			    ui->history[k].v[i]);
	if (ui->kept != NULL)
		buf_printf(&text, "%c%s\n", kinds[ui->ask.history], ui->kept);
	path = fs_join(dir, HISTORY_FILE);
	fs_write(path, buf_str(&text), text.len, 0600, NULL);
	buf_release(&text);
	free(path);
}

void
history_keep(struct ui *ui)
{
	const char *text = prompt_text(&ui->prompt);

	if (!ui->asking || ui->ask.history == HISTORY_NONE || *text == '\0' ||
	    (ui->kept != NULL && strcmp(ui->kept, text) == 0))
		return;
	mem_replace(&ui->kept, text);
	save(ui);
}

/* The question has an answer, or wants none. */
static void
let_go(struct ui *ui)
{
	if (ui->kept == NULL)
		return;
	mem_replace(&ui->kept, NULL);
	save(ui);
}

void
history_add(struct ui *ui, enum ui_history which, const char *text)
{
	struct strv *h = &ui->history[which];

	if (which == HISTORY_NONE || *text == '\0')
		return;
	for (size_t i = 0; i < h->n; i++) {
		if (strcmp(h->v[i], text) == 0) {
			strv_remove(h, i);
			break;
		}
	}
	while (h->n >= HISTORY_MAX)
		strv_remove(h, 0);
	strv_push(h, text);
	save(ui);
}

void
ui_ask(struct ui *ui, const struct ui_ask *ask)
{
	struct ui_targets old = ui->asked;

	ui->asked = (struct ui_targets){ 0 };
	if (ui->depth > 0)
		ui_hold(ui, ui_top(ui), &ui->asked);
	ui_targets_release(&old);
	prompt_release(&ui->prompt);
	prompt_init(&ui->prompt, ask->label, ask->text,
	    ask->history == HISTORY_NONE ? NULL : &ui->history[ask->history]);
	ui->ask = *ask;
	ui->asking = true;
	ui->unread = false;
}

/* The question again, as it was, with what is wrong in the message. */
static void
reopen(struct ui *ui, const struct ui_ask *ask, struct prompt *p,
    struct ui_targets *held)
{
	ui->ask = *ask;
	ui->prompt = *p;
	ui->prompt.past = p->history == NULL ? 0 : p->history->n;
	ui->asked = *held;
	ui->asking = true;
	*p = (struct prompt){ 0 };
	*held = (struct ui_targets){ 0 };
}

static void
finish(struct ui *ui, bool done)
{
	const struct ui_ask ask = ui->ask;
	struct ui_targets held = ui->asked;
	struct prompt p = ui->prompt;
	struct view *v = ui_top(ui);
	char *text = mem_strdup(prompt_text(&p));

	/* The answer may ask the next question. */
	ui->asked = (struct ui_targets){ 0 };
	ui->prompt = (struct prompt){ 0 };
	ui->asking = ui->refused = false;
	let_go(ui);
	if (done) {
		history_add(ui, ask.history, text);
		if (ask.done != NULL)
			ui_answer(ui, &held, ask.done, text);
		if (ui->refused && !ui->asking && ui_top(ui) == v)
			reopen(ui, &ask, &p, &held);
	} else if (ask.cancelled != NULL) {
		ask.cancelled(ui, v);
	}
	prompt_release(&p);
	ui_targets_release(&held);
	free(text);
}

static void
find_candidates(struct ui *ui, size_t *start, struct strv *words)
{
	char *word;

	if (ui->ask.complete != NULL) {
		ui->ask.complete(ui, ui_top(ui), &ui->prompt, start, words);
	} else if (ui->ask.field != NULL && ui->app != NULL) {
		*start = prompt_word(&ui->prompt, " ,");
		*start += strspn(prompt_text(&ui->prompt) + *start, "+-");
		word = mem_strndup(prompt_text(&ui->prompt) + *start,
		    ui->prompt.at - *start);
		app_values(ui->app, ui->ask.field, word, 50, words, NULL);
		free(word);
	}
}

/* A name of a field says nothing without a value: those come next. */
static bool
wants_value(const struct prompt *p)
{
	return p->candidates.n == 0 && p->at == p->text.len && p->at > 0 &&
	    strchr(":=", prompt_text(p)[p->at - 1]) != NULL;
}

static void
complete(struct ui *ui)
{
	struct strv words = STRV_INIT;
	size_t start = 0;

	find_candidates(ui, &start, &words);
	if (words.n == 0)
		ui_say(ui, "nothing to complete");
	prompt_complete(&ui->prompt, start, &words);
	if (wants_value(&ui->prompt)) {
		find_candidates(ui, &start, &words);
		/* A single one is for the next Tab. */
		if (words.n > 1)
			prompt_complete(&ui->prompt, start, &words);
	}
	strv_release(&words);
}

void
history_ask_key(struct ui *ui, const struct key *k)
{
	enum prompt_result r;

	/* What is for the terminal and not for the text. */
	if (k->mods == MOD_CTRL && (k->code == 'l' || k->code == 'z')) {
		if (k->code == 'l' && ui->host.redraw != NULL)
			ui->host.redraw(ui->host.arg);
		if (k->code == 'z' && ui->host.suspend != NULL)
			ui->host.suspend(ui->host.arg);
		return;
	}
	r = prompt_key(&ui->prompt, k);
	switch (r) {
	case PROMPT_DONE:
		finish(ui, true);
		return;
	case PROMPT_CANCELLED:
		finish(ui, false);
		return;
	case PROMPT_COMPLETE:
		complete(ui);
		break;
	case PROMPT_CHANGED:
		break;
	case PROMPT_SAME:
		return;
	}
	if (ui->ask.changed != NULL)
		ui->ask.changed(ui, ui_top(ui), prompt_text(&ui->prompt));
}
