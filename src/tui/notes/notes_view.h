/* The notes' state (view_notes.c), their lines
 * (view_notes_lines.c) and drawing (view_notes_draw.c), and what keys
 * do to entries and files (view_notes_act.c). */
#ifndef NOTES_TUI_NOTES_VIEW_H
#define NOTES_TUI_NOTES_VIEW_H

#include "app/generate.h"
#include "tui/view/pager.h"
#include "tui/list/rows.h"
#include "tui/ui.h"

#define NOTES_HEAD 2

/* The order is that of Tab; wide screens show the entries beside the others. */
enum notes_show { NOTES_TEXT, NOTES_ENTRIES, NOTES_DOUBTS, NOTES_SHOW_N };

struct notes_row {
	const struct notes_entry *entry; /* of notes */
	const char *section;             /* static */
	bool skipped;                    /* marked "no note" */
};

/* What the last writing into a file did; path NULL: none yet. */
struct notes_written {
	char *path;
	char *diff; /* unified */
	struct strv conflicts;
};

struct notes_view {
	struct view base;
	char *version;               /* NULL: what is unreleased */
	char *format, *lang, *style; /* NULL: as configured */
	struct notes notes;
	bool made;
	int64_t seen; /* app_data_version() of notes */
	char *wrong;  /* why it could not be made */
	enum notes_show show;
	struct pager pager;
	struct notes_row *entries; /* rows.n of them */
	struct rows rows;
	struct notes_written written;
};

/* Do the keys move in the entries? */
bool notes_view_in_entries(const struct notes_view *v);
/* The selected entry's ticket; false when it has none. */
bool notes_view_key(const struct notes_view *v, struct ticket_key *out);
struct app_render notes_view_render(const struct notes_view *v);
/* The pager's lines anew, from the notes as they are. */
void notes_view_fill(struct ui *ui, struct notes_view *v);
/* The text shows what is selected beside it. */
void notes_view_follow(struct notes_view *v);
/* Columns of the entries; 0: not shown, all: nothing else is. */
int notes_view_split(const struct notes_view *v, int cols);

void notes_view_draw(const struct ui *ui, const struct view *base,
    const struct area *a);
extern const struct action notes_verbs[];

#endif
