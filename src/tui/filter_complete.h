/* Completion of the filter language, with values of this tracker. */
#ifndef NOTES_TUI_FILTER_COMPLETE_H
#define NOTES_TUI_FILTER_COMPLETE_H

#include "ui.h"

/* For ui_ask.complete. */
void filter_complete(struct ui *ui, struct view *v, const struct prompt *p,
    size_t *start, struct strv *out);
/* The same for a change: the field's name, then its value. */
void change_complete(struct ui *ui, struct view *v, const struct prompt *p,
    size_t *start, struct strv *out);

#endif
