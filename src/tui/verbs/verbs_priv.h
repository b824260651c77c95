/* Verbs that take text: comments, forms, new tickets (verbs_text.c). */
#ifndef NOTES_TUI_VERBS_PRIV_H
#define NOTES_TUI_VERBS_PRIV_H

#include "verbs.h"

void verbs_edit_run(struct ui *ui, struct view *v, const char *arg);
void verbs_comment_run(struct ui *ui, struct view *v, const char *arg);
void verbs_comment_edit_run(struct ui *ui, struct view *v, const char *arg);
void verbs_new_run(struct ui *ui, struct view *v, const char *arg);
void verbs_new_form_run(struct ui *ui, struct view *v, const char *arg);
const char *verbs_why_new(const struct ui *ui, const struct view *v);

#endif
