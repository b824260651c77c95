/* Filters that have a name: picking, saving, forgetting one. */
#ifndef NOTES_TUI_SAVED_H
#define NOTES_TUI_SAVED_H

#include "ui.h"

/* For the tables of screens that show ui->filter. */
void saved_pick_run(struct ui *ui, struct view *v, const char *arg);
void saved_save_run(struct ui *ui, struct view *v, const char *arg);
void saved_forget_run(struct ui *ui, struct view *v, const char *arg);
const char *saved_why_save(const struct ui *ui, const struct view *v);
const char *saved_why_forget(const struct ui *ui, const struct view *v);

#endif
