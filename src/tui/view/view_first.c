/*
 * There is no tracker here yet: what making one would do, and the key that
 * does it.  Nothing is written before that key.
 */
#include <stdlib.h>
#include <string.h>

#include "app/demo.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "tui/ui.h"

struct first_view {
	struct view base;
	char *why;    /* what app_open() said */
	char *prefix; /* or NULL: guessed */
	/* What would be made; without a database: not known. */
	struct app_init_result plan;
	char *trouble; /* why there is no plan, or NULL */
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
	free(self(base)->trouble);
	app_init_result_release(&self(base)->plan);
}

/* Is there no place for a tracker?  app_open() says so in its first words. */
static bool
homeless(const struct view *base)
{
	static const char start[] = "no git repository here";

	return strncmp(((const struct first_view *)base)->why, start,
		   sizeof(start) - 1) == 0;
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
	int y = 1 +
	    ui_wrap(a, 2, 2, "No git repository here, so no tracker.",
		ROLE_HEADING);

	for (const char *const *line = lines; *line != NULL; line++)
		y = ui_wrap(a, y, 2, *line, ROLE_TEXT);
	ui_wrap(a, y + 1, 2,
	    "Enter looks again, d shows made-up data. Nothing has been "
	    "written.",
	    ROLE_DIM);
}

/* Reads only. */
static enum rc
first_load(struct ui *ui, struct view *base, struct err *err)
{
	struct first_view *v = self(base);
	const struct app_init init = { .prefix = v->prefix };
	struct err why = ERR_INIT;

	(void)err;
	app_init_result_release(&v->plan);
	mem_replace(&v->trouble, NULL);
	if (homeless(base) || ui->options == NULL)
		return RC_OK;
	if (app_init_plan(ui->options, &init, &v->plan, &why) != RC_OK)
		mem_replace(&v->trouble, why.msg);
	return RC_OK;
}

static int
draw_plan(const struct app_init_result *plan, const struct area *a, int y)
{
	char *line;

	if (plan->prefix != NULL) {
		line = mem_printf("  - tickets called %s-1, %s-2, ... (p "
				  "changes that)",
		    plan->prefix, plan->prefix);
		y = ui_wrap(a, y, 2, line, ROLE_TEXT);
		free(line);
	}
	if (plan->tags != NULL) {
		line = mem_printf("  - %lld %s from tags like %s",
		    (long long)plan->releases,
		    plan->releases == 1 ? "release" : "releases", plan->tags);
		y = ui_wrap(a, y, 2, line, ROLE_TEXT);
		free(line);
	}
	if (plan->mainline != NULL) {
		line = mem_printf("  - commits count once they are in %s",
		    plan->mainline);
		y = ui_wrap(a, y, 2, line, ROLE_TEXT);
		free(line);
	}
	return y;
}

static void
draw_offer(const struct ui *ui, const struct first_view *v,
    const struct area *a)
{
	bool file = ui->options != NULL && ui->options->db != NULL;
	int y = ui_wrap(a, 2, 2, "No tracker here yet.", ROLE_HEADING) + 1;
	char *line;

	if (v->trouble != NULL)
		y = ui_wrap(a, y, 2, v->trouble, ROLE_WARN) + 1;
	else
		y = ui_wrap(a, y, 2, "Enter makes one:", ROLE_STRONG);
	if (v->plan.db != NULL) {
		line = mem_printf("  - a database, %s", v->plan.db);
		y = ui_wrap(a, y, 2, line, ROLE_TEXT);
		free(line);
	}
	y = draw_plan(&v->plan, a, y);
	if (!file && v->trouble == NULL)
		y = ui_wrap(a, y, 2,
		    "  - tracker.* in the repository's own configuration",
		    ROLE_TEXT);
	y = ui_wrap(a, y + 1, 2,
	    "d shows made-up data instead, in a temporary place.", ROLE_STRONG);
	y = ui_wrap(a, y + 1, 2, "Nothing has been written so far.", ROLE_DIM);
	if (file)
		ui_wrap(a, y, 2, v->why, ROLE_DIM);
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

static void
demo_run(struct ui *ui, struct view *base, const char *arg)
{
	struct app *app = NULL;
	struct err err = ERR_INIT;

	(void)base;
	(void)arg;
	ui_busy(ui, "making something up");
	if (app_demo(&ui->demo, &app, &err) != RC_OK) {
		ui_fail(ui, &err);
		return;
	}
	ui_set_app(ui, app);
	ui_push(ui, &view_list, NULL);
	ui_drop_below(ui);
	ui_say(ui,
	    "try: Enter on a ticket, 2 board, 3 releases, 4 notes, ? "
	    "all keys");
}

static const char *
why_prefix(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return homeless(base) ? "there is no git repository" : NULL;
}

static const char *
why_make(const struct ui *ui, const struct view *base)
{
	const char *why = why_prefix(ui, base);

	if (why == NULL && ((const struct first_view *)base)->trouble != NULL)
		why = "what is said above is in the way";
	return why;
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
	const struct app_init init = { .prefix = *text == '\0' ? NULL : text };
	struct app_init_result plan = { 0 };
	struct err err = ERR_INIT;

	/* A wrong one leaves the plan as it is. */
	if (ui->options != NULL &&
	    app_init_plan(ui->options, &init, &plan, &err) != RC_OK)
		ui_fail(ui, &err);
	else
		mem_replace(&self(base)->prefix, init.prefix);
	app_init_result_release(&plan);
	ui_stale(ui);
}

static void
prefix_run(struct ui *ui, struct view *base, const char *arg)
{
	const struct ui_ask ask = { .label = "prefix of keys, as NOTE: ",
		.text = self(base)->prefix == NULL ? self(base)->plan.prefix
						   : self(base)->prefix,
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
	    why_prefix },
	{ "demo", "d", "made-up data", "made-up data, in a temporary place",
	    demo_run, NULL },
	{ 0 } };

const struct view_class view_first = {
	.name = "first",
	.size = sizeof(struct first_view),
	.actions = { actions },
	.open = first_open,
	.load = first_load,
	.draw = first_draw,
	.release = first_close,
};
