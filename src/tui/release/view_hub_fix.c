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
fix(struct ui *ui, struct view *base, const struct hub_warning *w,
    enum hub_fix fix)
{
	struct ticket_key key;
	bool has_key = ticket_key_parse(w->key, strlen(w->key), &key);

	if (by_itself(fix))
		fix_now(ui, self(base), w, fix);
	else if (fix == HUB_FIX_NOTE && has_key)
		verbs_edit_note(ui, &key);
	else if (fix == HUB_FIX_OPEN && has_key)
		ui_push(ui, &view_ticket, &key);
	else if (fix == HUB_FIX_DIFF && !oid_is_none(&w->commit))
		ui_push(ui, &view_diff, &w->commit);
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
	const struct hub_warning *w =
	    hub_view_warning((const struct hub_view *)base);

	(void)arg;
	fix(ui, base, w, w->fixes[0]);
}

/* What can be done about a warning: a fix, and of a move where to. */
struct choice {
	enum hub_fix fix;
	char *to; /* the hub's; NULL: out of the release */
};

#define LATER_MAX   6 /* of the releases that are planned after it */
#define CHOICES_MAX (HUB_FIXES + LATER_MAX)

static void
choice(const struct hub_view *v, const struct hub_warning *w,
    struct strv *words, struct choice *out)
{
	struct hub_warning one = *w;
	struct buf text = BUF_INIT;

	one.to = out->to;
	hub_fix_words(&v->hub, &one, out->fix, &text);
	strv_take(words, buf_detach(&text));
}

/* The fixes that a warning has, the first one what one key does; one that looks
 * at a commit needs it, and what can be moved can go to each later release, or
 * to none. */
static size_t
choices(const struct hub_view *v, const struct hub_warning *w,
    struct strv *words, struct choice out[CHOICES_MAX])
{
	const struct strv *later = &v->hub.later;
	size_t n = 0, to;

	for (size_t i = 0; i < HUB_FIXES && w->fixes[i] != HUB_FIX_NONE; i++) {
		if (w->fixes[i] == HUB_FIX_DIFF && oid_is_none(&w->commit))
			continue;
		to = 0;
		if (w->fixes[i] == HUB_FIX_MOVE)
			for (; to < later->n && to < LATER_MAX - 1; to++)
				out[n++] = (struct choice){ HUB_FIX_MOVE,
					later->v[to] };
		out[n++] = (struct choice){ w->fixes[i], NULL };
	}
	for (size_t i = 0; i < n; i++)
		choice(v, w, words, &out[i]);
	return n;
}

/* What tells a warning from all others; the caller frees it. */
static char *
name_of(const struct hub_warning *w)
{
	char hex[OID_HEX_MAX + 1] = "";

	if (!oid_is_none(&w->commit))
		oid_to_hex(&w->commit, hex);
	return mem_printf("%s %s %s", w->code, w->key, hex);
}

/* The warning of that name, wherever it stands now; NULL: it is gone. */
static const struct hub_warning *
warning_named(const struct hub *hub, const char *name)
{
	const struct hub_warning *found = NULL;

	for (size_t i = 0; i < hub->n_warnings && found == NULL; i++) {
		char *other = name_of(&hub->warnings[i]);

		if (strcmp(other, name) == 0)
			found = &hub->warnings[i];
		free(other);
	}
	return found;
}

static void
fix_chosen(struct ui *ui, struct view *base, const char *item)
{
	const struct hub_warning *w = warning_named(&self(base)->hub,
	    ui_about(ui));
	struct strv words = STRV_INIT;
	struct choice fixes[CHOICES_MAX];
	struct hub_warning one;
	size_t n;

	if (w == NULL) {
		ui_warn(ui, "that warning is gone: nothing was done");
		return;
	}
	n = choices(self(base), w, &words, fixes);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(words.v[i], item) != 0)
			continue;
		one = *w;
		one.to = fixes[i].to;
		if (by_itself(fixes[i].fix) && app_is_readonly(ui->app))
			ui_warn(ui, "the tracker is read-only");
		else
			fix(ui, base, &one, fixes[i].fix);
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
	struct choice fixes[CHOICES_MAX];
	struct ui_menu menu = { .items = &words, .chosen = fix_chosen };
	struct ticket_key key;
	char *title, *name;

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
		menu.about = name = name_of(w);
		ui_menu(ui, &menu);
		free(name);
		free(title);
	}
	strv_release(&words);
}
