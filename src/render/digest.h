/*
 * The notes in few words, for the formats that have a shape of their own:
 * section titles and one line of plain text an entry.
 */
#ifndef NOTES_RENDER_DIGEST_H
#define NOTES_RENDER_DIGEST_H

#include "base/buf.h"
#include "model/notes.h"
#include "render/render.h"

/* The title of a section. */
const char *digest_title(enum render_lang lang, enum notes_section_id id);

/* Appends "MNG-1: text (also in 3.5.5)", clean and on one line. */
void digest_entry(const struct notes *n, const struct render_options *o,
    const struct notes_entry *e, struct buf *out);

#endif
