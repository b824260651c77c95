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

/* Is the last value only the beginning of some?  Then out gets it and them:
 * "assignee:an... (andy, anna)". */
bool filter_unfinished(const struct ui *ui, const char *text, struct buf *out);
/* The text as it is meant: an unfinished last value goes on as the only one
 * that begins so.  Where there are several, the answer is refused with their
 * names, and it is NULL.  The caller frees it. */
char *filter_finish(struct ui *ui, const char *text);

#endif
