/*
 * There is no tracker here yet: what making one would do, and the key that
 * does it.  Nothing is written before that key.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "tui/ui.h"

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

/* Is there no place for a tracker?  app_open() says so in its first words. */
static bool
homeless(const struct view *base)
{
	static const char start[] = "no git repository here";

	return strncmp(((const struct first_view *)base)->why, start,
		   sizeof(start) - 1) == 0;
}

/* Writes text in as many rows from y on as its words need; the row after. */
static int
wrap(const struct area *a, int y, int x, const char *text, enum role role)
{
	size_t room = a->cols > x + 10 ? (size_t)(a->cols - x - 1) : 10;

	while (*text != '\0') {
		size_t len = utf8_fit(text, strlen(text), room, NULL);
		char *line;

		if (text[len] != '\0')
			for (size_t i = len; i > 0; i--)
				if (text[i] == ' ') {
					len = i;
					break;
				}
		line = mem_strndup(text, len == 0 ? strlen(text) : len);
		area_text(a, y++, x, (int)room, line, role);
		text += strlen(line);
		text += strspn(text, " ");
		free(line);
	}
	return y;
}

static void
draw_lines(const struct area *a, int y, const char *const *lines)
{
	for (; *lines != NULL; lines++)
		y = wrap(a, y, 2, *lines, ROLE_TEXT);
}

static void
draw_homeless(const struct area *a)
{
	static const char *const lines[] = {
		"git init           makes this folder one",
		"notes -C FOLDER    goes to one",
		"notes --db FILE    does without one",
		NULL,
	};
	int y = wrap(a, 2, 2, "No git repository here, so no tracker.",
	    ROLE_HEADING);

	draw_lines(a, y + 1, lines);
	wrap(a, y + 5, 2,
	    "Enter looks again. q leaves; nothing has been written.", ROLE_DIM);
}

static void
draw_offer(const struct ui *ui, const struct first_view *v,
    const struct area *a)
{
	static const char *const in_repository[] = {
		"Enter makes one:",
		"  - a database in the repository's git folder",
		"  - tracker.* in the repository's own configuration",
		"  - a release for each version tag",
		"Nothing has been written so far.",
		NULL,
	};
	static const char *const in_file[] = {
		"Enter makes one in the file that was named.",
		"Nothing has been written so far.",
		NULL,
	};
	bool file = ui->options != NULL && ui->options->db != NULL;

	wrap(a, 2, 2, "No tracker here yet.", ROLE_HEADING);
	draw_lines(a, 4, file ? in_file : in_repository);
	area_printf(a, 10, 2, a->cols - 3, ROLE_TICKET, "Keys of tickets: %s",
	    v->prefix == NULL ? "from the folder's name (p changes that)"
			      : v->prefix);
	if (file)
		wrap(a, 12, 2, v->why, ROLE_DIM);
}

static void
first_draw(const struct ui *ui, const struct view *base, const struct area *a)
{
	ui_title(ui, a, "notes", NULL);
	if (homeless(base))
		draw_homeless(a);
	else
		draw_offer(ui, (const struct first_view *)base, a);
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

/* Somebody may have made a repository meanwhile: a second look is free. */
static void
look_run(struct ui *ui, struct view *base, const char *arg)
{
	struct first_view *v = self(base);
	struct app *app = NULL;
	struct err err = ERR_INIT;

	(void)arg;
	if (app_open(ui->options, &app, &err) == RC_OK) {
		ui_set_app(ui, app);
		ui_push(ui, &view_list, NULL);
		ui_drop_below(ui);
		return;
	}
	mem_replace(&v->why, err.msg);
	if (err.code != RC_NOT_FOUND || homeless(base))
		ui_fail(ui, &err);
}

static const char *
why_make(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return homeless(base) ? "there is no git repository" : NULL;
}

static const char *
why_look(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return homeless(base) ? NULL : "there is a place already";
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

static const struct action actions[] = { { "make", "Enter", "make one",
					     "make a tracker here", make_run,
					     why_make },
	{ "look", "Enter", "look again", "look for a repository again",
	    look_run, why_look },
	{ "prefix", "p", "prefix", "the prefix of tickets' keys", prefix_run,
	    why_make },
	{ 0 } };

const struct view_class view_first = {
	.name = "first",
	.size = sizeof(struct first_view),
	.actions = { actions },
	.open = first_open,
	.draw = first_draw,
	.release = first_close,
};
