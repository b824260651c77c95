/* ":" runs an action by its name, or opens a ticket by its key. */
#ifndef NOTES_TUI_COMMAND_H
#define NOTES_TUI_COMMAND_H

#include "ui.h"

void command_run(struct ui *ui, struct view *v, const char *arg);

#endif
