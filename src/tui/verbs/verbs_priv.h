/* Shared by the files of the verbs, and verbs in files of their own. */
#ifndef NOTES_TUI_VERBS_PRIV_H
#define NOTES_TUI_VERBS_PRIV_H

#include "verbs.h"

/* Applies changes to the targets and says "NOTE-41: what". */
void verbs_apply(struct ui *ui, struct view *v, struct change_list *changes,
    const char *what);
/* For ".": again(text) does it once more. */
void verbs_remember(struct ui *ui,
    void (*again)(struct ui *ui, struct view *v, const char *text),
    const char *text);
/* "fmt NOTE-41", or "fmt 3 tickets"; the caller frees it. */
char *verbs_title(const struct ui *ui, const struct view *v, const char *fmt);
/* Asks "what NOTE-41: "; Tab completes values of field, or by complete. */
void verbs_ask(struct ui *ui, const struct view *v, const char *what,
    const char *field,
    void (*complete)(struct ui *ui, struct view *v, const struct prompt *p,
	size_t *start, struct strv *out),
    void (*answered)(struct ui *ui, struct view *v, const char *text));

/* verbs_sets.c */
void verbs_label_run(struct ui *ui, struct view *v, const char *arg);
void verbs_release_run(struct ui *ui, struct view *v, const char *arg);

/* Those that take text: comments, forms, new tickets (verbs_text.c). */
void verbs_edit_run(struct ui *ui, struct view *v, const char *arg);
void verbs_comment_run(struct ui *ui, struct view *v, const char *arg);
void verbs_comment_edit_run(struct ui *ui, struct view *v, const char *arg);
void verbs_new_run(struct ui *ui, struct view *v, const char *arg);
void verbs_new_form_run(struct ui *ui, struct view *v, const char *arg);
const char *verbs_why_new(const struct ui *ui, const struct view *v);

#endif
