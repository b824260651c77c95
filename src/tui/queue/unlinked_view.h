/* The queue's state (view_unlinked.c), its drawing (view_unlinked_draw.c) and
 * what its keys do to commits (view_unlinked_act.c). */
#ifndef NOTES_TUI_UNLINKED_VIEW_H
#define NOTES_TUI_UNLINKED_VIEW_H

#include "app/unlinked.h"
#include "tui/list/rows.h"
#include "tui/ui.h"

#define UNLINKED_HEAD 2

struct unlinked_view {
	struct view base;
	char *version; /* NULL: what is unreleased */
	enum unlinked_which which;
	struct unlinked_list list;
	bool *marked; /* by row of list */
	size_t n_marked;
	/* What a question is about, whoever takes what meanwhile. */
	struct strv asked;
	struct oid anchor; /* at which "v" began, or none */
	struct rows rows;
	bool loaded;
	char *wrong; /* why it could not be listed, or NULL */
};

/* The selected commit, or NULL. */
const struct unlinked *unlinked_view_at(const struct unlinked_view *v);
void unlinked_view_draw(const struct ui *ui, const struct view *base,
    const struct area *a);
extern const struct action unlinked_verbs[];

#endif
