/* Names for files and packages out of names for people. */
#ifndef NOTES_RENDER_SLUG_H
#define NOTES_RENDER_SLUG_H

#include "base/buf.h"

/* Appends s as [a-z0-9.-]+, "project" when nothing is left of it. */
void slug_add(struct buf *out, const char *s);

#endif
