/* One ticket's state (view_ticket.c), and what keys do to its comments and
 * relations (view_ticket_act.c). */
#ifndef NOTES_TUI_TICKET_SCREEN_H
#define NOTES_TUI_TICKET_SCREEN_H

#include "app/ticket.h"
#include "detail.h"
#include "tui/ui.h"

struct ticket_screen {
	struct view base;
	struct ticket_key key;
	struct ticket_view tv;
	bool loaded;
	enum detail_tab tab;
	struct pager pager[TAB_N];
	bool filled[TAB_N];
	size_t commit;  /* the selected one of tv.links */
	size_t comment; /* the selected one of tv.comments */
};

extern const struct action ticket_verbs[];

#endif
