/* Questions in the message line and what was answered before. */
#ifndef NOTES_TUI_HISTORY_H
#define NOTES_TUI_HISTORY_H

#include "ui.h"

/* Reads and writes <dir>/prompt-history; errors are not worth a word. */
void history_load(struct strv history[HISTORY_N], const char *dir);
void history_add(struct ui *ui, enum ui_history which, const char *text);
/* Keeps what is typed so far, so that it comes back with Up after a crash. */
void history_keep(struct ui *ui);
/* A key while ui->asking. */
void history_ask_key(struct ui *ui, const struct key *k);

#endif
