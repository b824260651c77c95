/* The pager and the editor: programs that git users have chosen already. */
#ifndef NOTES_CLI_PAGER_H
#define NOTES_CLI_PAGER_H

#include "base/buf.h"
#include "base/err.h"

/*
 * Starts the pager's command line with its standard input a pipe, whose end
 * is returned; -1 when it cannot be started.  LESS=FRX and LV=-c are set where
 * the user has not set them, as git does.
 */
int	pager_start(const char *command, int *pid);
void	pager_wait(int pid);

/* What git would take: GIT_PAGER, configured (core.pager, may be NULL), PAGER,
 * less; NULL for none ("" and "cat").  Borrowed. */
const char *pager_command(const char *configured);
/* Likewise: GIT_EDITOR, core.editor, VISUAL (not on a dumb terminal), EDITOR,
 * vi. */
const char *editor_command(const char *configured);

/* Runs the editor on the file and waits.  RC_FAIL when it ends otherwise than
 * with 0. */
enum rc	editor_run(const char *command, const char *path, struct err *err);

#endif
