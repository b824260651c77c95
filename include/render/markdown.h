/*
 * Markdown for the screen: lines of styled runs, wrapped to a width in columns,
 * every byte through utf8_clean().  Also plain text for pipes.
 */
#ifndef NOTES_RENDER_MARKDOWN_H
#define NOTES_RENDER_MARKDOWN_H

#include <stddef.h>

#include "base/buf.h"
#include "model/styled.h"

/*
 * Renders text (at most 64 KiB are looked at; absurd nesting is shown as
 * text) into lines of at most width columns (at least 10).
 */
void	markdown_lines(const char *text, size_t len, size_t width,
	    struct md_lines *out);

/* The same without styles, a newline after each line. */
void	markdown_plain(const char *text, size_t len, size_t width,
	    struct buf *out);

#endif
