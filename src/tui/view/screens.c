#include "screens.h"

#include <stdlib.h>

#include "app/release.h"
#include "base/mem.h"

#define SWITCH(fn, to) \
	static bool fn(struct ui *ui) \
	{ \
		ui_switch(ui, to); \
		return ui_top(ui)->class == (to); \
	}

SWITCH(reach_list, &view_list)
SWITCH(reach_board, &view_board)
SWITCH(reach_releases, &view_releases)
SWITCH(reach_notes, &view_notes)
SWITCH(reach_metrics, &view_metrics)
SWITCH(reach_unlinked, &view_unlinked)
SWITCH(reach_journal, &view_journal)

/* The ticket that is selected here. */
static bool
reach_ticket(struct ui *ui)
{
	const struct view *v = ui_top(ui);
	struct ticket_key *keys = NULL;
	size_t n = v->class->targets == NULL ? 0 : v->class->targets(v, &keys);
	bool done = n > 0 && ui_push(ui, &view_ticket, keys);

	if (n == 0)
		ui_warn(ui, "that is for a ticket: open one first (1, Enter)");
	free(keys);
	return done;
}

char *
screens_version(struct ui *ui)
{
	struct release_list list = { 0 };
	struct err err = ERR_INIT;
	size_t at = 0;
	char *version = NULL;

	if (app_releases(ui->app, &list, &err) != RC_OK)
		ui_fail(ui, &err);
	for (size_t i = 0; i < list.n; i++)
		if (list.v[i].state == RELEASE_PLANNED)
			at = i;
	if (list.n > 0)
		version = mem_strdup(list.v[at].version);
	release_list_release(&list);
	return version;
}

static bool
reach_release(struct ui *ui)
{
	char *version = screens_version(ui);
	bool done = version != NULL && ui_push(ui, &view_hub, version);

	if (version == NULL && ui->message == NULL)
		ui_warn(ui, "there are no releases yet (3 makes them)");
	free(version);
	return done;
}

static bool
reach_revisions(struct ui *ui)
{
	char *version = screens_version(ui);
	bool done = ui_push(ui, &view_revisions,
	    version == NULL ? "Unreleased" : version);

	free(version);
	return done;
}

static bool
reach_diff(struct ui *ui)
{
	ui_warn(ui, "that is for a diff: d on a commit opens one");
	return false;
}

const struct screen_entry screen_entries[] = { { &view_list, "List",
						   reach_list },
	{ &view_ticket, "Ticket", reach_ticket },
	{ &view_board, "Board", reach_board },
	{ &view_releases, "Releases", reach_releases },
	{ &view_hub, "Release", reach_release },
	{ &view_notes, "Notes", reach_notes },
	{ &view_revisions, "Revisions of notes", reach_revisions },
	{ &view_metrics, "Metrics", reach_metrics },
	{ &view_unlinked, "Commits without a ticket", reach_unlinked },
	{ &view_journal, "Journal", reach_journal },
	{ &view_diff, "Diff", reach_diff }, { NULL, NULL, NULL } };
