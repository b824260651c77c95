/* What mends a doubt of the release hub. */
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/mem.h"
#include "hub_view.h"
#include "tui/verbs/verbs.h"

static struct hub_view *
self(struct view *v)
{
	return (struct hub_view *)v;
}

static bool
by_itself(enum hub_fix fix)
{
	return fix > HUB_FIX_NONE && fix <= HUB_FIX_LINK;
}

const char *
hub_view_why_fix(const struct ui *ui, const struct view *base)
{
	const struct hub_warning *w =
	    hub_view_warning((const struct hub_view *)base);

	if (w == NULL)
		return "no warning here";
	if (w->fixes[0] == HUB_FIX_NONE)
		return "nothing mends this by itself";
	return by_itself(w->fixes[0]) && app_is_readonly(ui->app)
	    ? "the tracker is read-only"
	    : NULL;
}

static void
fix_now(struct ui *ui, const struct hub_view *v, const struct hub_warning *w,
    enum hub_fix fix)
{
	struct buf words = BUF_INIT;
	struct err err = ERR_INIT;

	hub_fix_words(&v->hub, w, fix, &words);
	ui_busy(ui, buf_str(&words));
	if (app_hub_fix(ui->app, &v->hub, w, fix, &err) == RC_OK)
		ui_say(ui, "%s: done   (u takes it back)", buf_str(&words));
	else
		ui_fail(ui, &err);
	ui_stale(ui);
	buf_release(&words);
}

static void
fix(struct ui *ui, struct view *base, enum hub_fix fix)
{
	const struct hub_warning *w =
	    hub_view_warning((const struct hub_view *)base);
	struct ticket_key key;
	bool has_key = ticket_key_parse(w->key, strlen(w->key), &key);

	if (by_itself(fix))
		fix_now(ui, self(base), w, fix);
	else if (fix == HUB_FIX_NOTE && has_key)
		verbs_edit_note(ui, &key);
	else if (fix == HUB_FIX_OPEN && has_key)
		ui_push(ui, &view_ticket, &key);
	else if (fix == HUB_FIX_DIFF && !oid_is_none(&w->commit))
		hub_view_diff(ui, base, NULL);
	else if (fix == HUB_FIX_UNLINKED)
		ui_push(ui, &view_unlinked, self(base)->version);
	else if (fix == HUB_FIX_STATE)
		hub_view_state(ui, base, NULL);
	else
		ui_warn(ui, "nothing mends this by itself");
}

void
hub_view_fix(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	fix(ui, base,
	    hub_view_warning((const struct hub_view *)base)->fixes[0]);
}

/* The fixes that a warning has; one that looks at a commit needs it. */
static size_t
choices(const struct hub_view *v, const struct hub_warning *w,
    struct strv *words, enum hub_fix out[HUB_FIXES])
{
	struct buf text = BUF_INIT;
	size_t n = 0;

	for (size_t i = 0; i < HUB_FIXES && w->fixes[i] != HUB_FIX_NONE; i++) {
		if (w->fixes[i] == HUB_FIX_DIFF && oid_is_none(&w->commit))
			continue;
		buf_clear(&text);
		hub_fix_words(&v->hub, w, w->fixes[i], &text);
		strv_push(words, buf_str(&text));
		out[n++] = w->fixes[i];
	}
	buf_release(&text);
	return n;
}

static void
fix_chosen(struct ui *ui, struct view *base, const char *item)
{
	const struct hub_warning *w =
	    hub_view_warning((const struct hub_view *)base);
	struct strv words = STRV_INIT;
	enum hub_fix fixes[HUB_FIXES];
	size_t n;

	if (w == NULL)
		return;
	n = choices(self(base), w, &words, fixes);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(words.v[i], item) != 0)
			continue;
		if (by_itself(fixes[i]) && app_is_readonly(ui->app))
			ui_warn(ui, "the tracker is read-only");
		else
			fix(ui, base, fixes[i]);
		break;
	}
	strv_release(&words);
}

/* The rule, and below it what could be done. */
void
hub_view_open(struct ui *ui, struct view *base, const char *arg)
{
	const struct hub_view *v = self(base);
	const struct hub_warning *w =
	    hub_view_warning((const struct hub_view *)base);
	struct strv words = STRV_INIT;
	enum hub_fix fixes[HUB_FIXES];
	struct ui_menu menu = { .items = &words, .chosen = fix_chosen };
	struct ticket_key key;
	char *title;

	(void)arg;
	if (w == NULL) {
		if (hub_view_key(v, &key))
			ui_push(ui, &view_ticket, &key);
		return;
	}
	if (choices(v, w, &words, fixes) == 0) {
		ui_say(ui, "the rule: %s", w->rule);
	} else {
		title = mem_printf("%s%s",
		    v->base.cols >= 60 ? "the rule: " : "", w->rule);
		menu.title = title;
		menu.current = words.v[0];
		ui_menu(ui, &menu);
		free(title);
	}
	strv_release(&words);
}
