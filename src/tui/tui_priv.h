/* Shared by what runs the screens and what prints them. */
#ifndef NOTES_TUI_TUI_PRIV_H
#define NOTES_TUI_TUI_PRIV_H

#include "base/err.h"

void	tui_want_utf8(void);
/* One line on stderr. */
void	tui_complain(const struct err *err);

#endif
