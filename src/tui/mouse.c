/* What the mouse does: on rows, and on what the frame and heads show. */
#include <string.h>

#include "base/mem.h"
#include "model/filter.h"
#include "mouse.h"
#include "tui/keys/keys.h"

static bool
has_enter(const char *keys)
{
	size_t len = 0;

	while (keys_token(&keys, &len))
		if (len == 5 && strncmp(keys, "Enter", 5) == 0)
			return true;
	return false;
}

/* What Enter does in this screen, whatever key configuration gives it. */
static const struct action *
enter(const struct ui *ui, const struct view *v)
{
	const struct action *found = NULL;

	for (size_t i = 0; i < VIEW_TABLES; i++) {
		const struct action *a = v->class->actions[i];

		for (; a != NULL && a->name != NULL; a++) {
			if (!has_enter(a->keys))
				continue;
			if (a->why == NULL || a->why(ui, v) == NULL)
				return a;
			found = a;
		}
	}
	return found;
}

bool
mouse_again(struct ui *ui, struct view *v, bool selected)
{
	const struct action *a = selected ? enter(ui, v) : NULL;

	if (a != NULL)
		ui_run(ui, a, NULL);
	return selected;
}

static const struct action *
named(const struct action *a, const char *name)
{
	while (a != NULL && a->name != NULL && strcmp(a->name, name) != 0)
		a++;
	return a != NULL && a->name != NULL ? a : NULL;
}

/* The screen's own, by its whole name. */
static const struct action *
own(const struct view *v, const char *name)
{
	const struct action *a = NULL;

	for (size_t i = 0; i < VIEW_TABLES && a == NULL; i++)
		a = named(v->class->actions[i], name);
	return a;
}

/* What the frame and heads show; false: it is none of that. */
static bool
hit(struct ui *ui, const struct view *v, unsigned what)
{
	static const char *const tabs[] = { "list", "board", "releases",
		"notes", "metrics" };
	const unsigned n = what & HIT_NUMBER;
	const struct action *a = NULL;
	const char *arg = NULL;

	if ((what & HIT_KIND) == HIT_TAB && n < sizeof(tabs) / sizeof(tabs[0]))
		a = named(actions_global, tabs[n]);
	else if ((what & HIT_KIND) == HIT_COLUMN && n < SORT_N) {
		a = own(v, "sort");
		arg = sort_field_names[n];
	} else if (what == HIT_FILTER)
		a = own(v, "filter");
	if (a != NULL)
		ui_run(ui, a, arg);
	return a != NULL;
}

void
mouse_click(struct ui *ui, int y, int x)
{
	struct view *v = ui_top(ui);
	const struct canvas *c = &ui->canvas;

	if (ui->asking || y < 0 || x < 0 || y >= c->rows || x >= c->cols)
		return;
	/* As with a key: what was said is read by now, unless it is unseen. */
	ui->guarded = ui->unseen;
	if (!ui->unseen)
		mem_replace(&ui->message, NULL);
	/* What is begun with keys does not go on behind a click. */
	ui->pending[0] = ui->digits[0] = '\0';
	if (!v->class->overlay && !v->class->modal &&
	    hit(ui, v, canvas_at(c, y, x)->hit))
		return;
	if (v->class->click != NULL)
		v->class->click(ui, v, y, x);
}

#define WHEEL_LINES 3

void
mouse_wheel(struct ui *ui, int y, int x, int step)
{
	struct view *v = ui_top(ui);

	if (ui->asking)
		return;
	for (int i = 0; i < WHEEL_LINES; i++)
		if ((v->class->wheel == NULL ||
			!v->class->wheel(ui, v, y, x, step)) &&
		    v->class->move != NULL)
			v->class->move(ui, v, step > 0 ? MOVE_DOWN : MOVE_UP);
}
