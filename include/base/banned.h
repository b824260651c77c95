/*
 * Functions that do not compile here: they overrun or cut their target without
 * saying so.  The Makefile includes this file before every other; the system's
 * headers come first, since they may name the functions.
 */
#ifndef NOTES_BASE_BANNED_H
#define NOTES_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* Fortified headers make macros of some for clang. */
#undef sprintf
#undef vsprintf

#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets strncpy strncat

#endif
