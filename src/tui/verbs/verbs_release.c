/* What can be done to a release, the same on each screen that shows some. */
#include <stdlib.h>
#include <string.h>

#include "app/release.h"
#include "base/mem.h"
#include "verbs.h"

char *
verbs_release_filter(const char *version, const char *more)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-+";
	const char *quote = version[strspn(version, safe)] == '\0' ? "" : "\"";

	return mem_printf("release:%s%s%s%s", quote, version, quote, more);
}

void
verbs_release_tickets(struct ui *ui, const char *version)
{
	char *text = verbs_release_filter(version, "");

	ui_push(ui, &view_list, text);
	free(text);
}

void
verbs_release_state(struct ui *ui, const char *version, const char *name)
{
	const struct release_change none = { 0 };
	struct err err = ERR_INIT;
	enum release_state s = RELEASE_PLANNED;

	while (s < RELEASE_DROPPED && strcmp(release_state_name(s), name) != 0)
		s = (enum release_state)(s + 1);
	if (app_release_state(ui->app, &version, 1, s, &none, &err) == RC_OK)
		ui_did(ui, "%s: %s", version, name);
	else
		ui_fail(ui, &err);
	ui_stale(ui);
}

void
verbs_release_menu(struct ui *ui, const struct release *r,
    void (*chosen)(struct ui *ui, struct view *v, const char *state))
{
	struct strv items = STRV_INIT;
	char *title = mem_printf("state of %s", r->version);
	const struct ui_menu menu = { .title = title,
		.items = &items,
		.current = release_state_name(r->state),
		.about = r->version,
		.chosen = chosen };

	for (unsigned s = RELEASE_PLANNED; s <= RELEASE_DROPPED; s++)
		strv_push(&items, release_state_name((enum release_state)s));
	ui_menu(ui, &menu);
	strv_release(&items);
	free(title);
}

static const char unreleased[] = "Unreleased";

const char *
verbs_version_of(const char *item)
{
	return strcmp(item, unreleased) == 0 ? NULL : item;
}

void
verbs_version_menu(struct ui *ui, const char *title, const char *current,
    void (*chosen)(struct ui *ui, struct view *v, const char *item))
{
	struct release_list list = { 0 };
	struct strv items = STRV_INIT;
	struct err err = ERR_INIT;
	const struct ui_menu menu = { .title = title,
		.items = &items,
		.current = current == NULL ? unreleased : current,
		.chosen = chosen };

	strv_push(&items, unreleased);
	if (app_releases(ui->app, &list, &err) != RC_OK)
		ui_fail(ui, &err);
	for (size_t i = 0; i < list.n; i++)
		strv_push(&items, list.v[i].version);
	ui_menu(ui, &menu);
	release_list_release(&list);
	strv_release(&items);
}
