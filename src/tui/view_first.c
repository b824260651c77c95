/*
 * There is no tracker here yet: what making one would do, and the key that
 * does it.  Nothing is written before that key.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui.h"

struct first_view {
	struct view base;
	char *why;    /* what app_open() said */
	char *prefix; /* or NULL: guessed */
};

static struct first_view *
self(struct view *v)
{
	return (struct first_view *)v;
}

static enum rc
first_open(struct ui *ui, struct view *base, const void *arg, struct err *err)
{
	(void)ui;
	(void)err;
	self(base)->why = mem_strdup(arg);
	return RC_OK;
}

static void
first_close(struct view *base)
{
	free(self(base)->why);
	free(self(base)->prefix);
}

static void
first_draw(const struct ui *ui, const struct view *base, const struct area *a)
{
	const struct first_view *v = (const struct first_view *)base;
	static const char *const lines[] = {
		"Enter makes one:",
		"  - a database in the repository's git folder",
		"  - tracker.* in the repository's own configuration",
		"  - a release for each version tag",
		"Nothing has been written so far.",
	};
	int y = 4;

	ui_title(ui, a, "notes", NULL);
	area_text(a, 2, 2, a->cols - 3, "No tracker here yet.", ROLE_HEADING);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		area_text(a, y++, 2, a->cols - 3, lines[i], ROLE_TEXT);
	area_printf(a, ++y, 2, a->cols - 3, ROLE_TICKET, "Keys of tickets: %s",
	    v->prefix == NULL ? "from the folder's name (p changes that)"
			      : v->prefix);
	area_text(a, y + 2, 2, a->cols - 3, v->why, ROLE_DIM);
	area_cursor(a, 4, 2);
}

static void
make_run(struct ui *ui, struct view *base, const char *arg)
{
	struct first_view *v = self(base);
	const struct app_init init = { .prefix = v->prefix };
	struct app_init_result made = { 0 };
	struct app *app = NULL;
	struct err err = ERR_INIT;

	(void)arg;
	ui_busy(ui, "making the tracker");
	if (app_init(ui->options, &init, &app, &made, &err) != RC_OK) {
		ui_fail(ui, &err);
		return;
	}
	ui_set_app(ui, app);
	/* The list takes this screen's place at the bottom. */
	ui_push(ui, &view_list, NULL);
	ui_drop_below(ui);
	ui_say(ui,
	    "tracker %s made, %lld releases from tags   S reads history,"
	    " n makes a ticket",
	    made.prefix == NULL ? "" : made.prefix, (long long)made.releases);
	app_init_result_release(&made);
}

static void
set_prefix(struct ui *ui, struct view *base, const char *text)
{
	(void)ui;
	mem_replace(&self(base)->prefix, *text == '\0' ? NULL : text);
}

static void
prefix_run(struct ui *ui, struct view *base, const char *arg)
{
	const struct ui_ask ask = { .label = "prefix of keys, as NOTE: ",
		.text = self(base)->prefix,
		.done = set_prefix };

	if (arg != NULL)
		set_prefix(ui, base, arg);
	else
		ui_ask(ui, &ask);
}

static const struct action actions[] = { { "make", "Enter", "make a tracker",
					     "make a tracker here", make_run,
					     NULL },
	{ "prefix", "p", "prefix", "the prefix of tickets' keys", prefix_run,
	    NULL },
	{ 0 } };

const struct view_class view_first = {
	.name = "first",
	.size = sizeof(struct first_view),
	.actions = { actions },
	.open = first_open,
	.draw = first_draw,
	.release = first_close,
};
