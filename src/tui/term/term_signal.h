/* Signals as bytes in a pipe, and the way back for the terminal (term.c). */
#ifndef NOTES_TUI_TERM_SIGNAL_H
#define NOTES_TUI_TERM_SIGNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Milliseconds that a terminal has to take what gives it back. */
#define LAST_MS 300

/*
 * Keeps the settings of fd, to which restore (len bytes) is written on the way
 * out, and catches the signals.  *wake is readable when one came.
 */
enum rc	signals_start(int fd, int *wake, struct err *err);
void	signals_restore_with(const char *restore, size_t len);
/* Signals as they were before; settings are given back. */
void	signals_end(void);

/* The next signal that came, 0: none.  Of those that end us, the first is kept
 * and a second one ends at once. */
int	signals_next(void);
int	signals_ending(void);
/* While another program has the terminal its Ctrl-C is not for us. */
void	signals_pause(bool pause);
/*
 * Writes to the terminal, however long that takes, unless a signal ends us:
 * then for last_ms at most.  False when not all was taken.
 */
bool	signals_write(const char *s, size_t len, int last_ms);
/* Settings for us: each key as it comes, nothing echoed or turned into a
 * signal.  Only while we are in the foreground. */
void	signals_raw(void);
/* Settings as they were found, for another program. */
void	signals_give_back(void);
/* Stops the process as by SIGTSTP. */
void	signals_stop(void);
/* Gives the terminal back, whatever state it is in; safe in a handler. */
void	signals_emergency(void);

#endif
