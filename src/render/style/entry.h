/* The parts of an entry's line, which the styles put together. */
#ifndef NOTES_RENDER_ENTRY_H
#define NOTES_RENDER_ENTRY_H

#include <cmark.h>
#include <stdbool.h>

#include "model/notes.h"
#include "style.h"

/* The address of the ticket in buf, "" when there is none. */
void entry_url(const struct sheet *s, const struct notes_entry *e,
    struct buf *url);

/* The key as a link, or bold where there is no address; a commit without a
 * key as code.  label is NULL or a word with {1} for the key. */
void entry_key(const struct sheet *s, cmark_node *parent,
    const struct notes_entry *e, const enum word *label);

/* " (MNG-1)" with the key as in entry_key(); nothing where there is none. */
void entry_key_behind(const struct sheet *s, cmark_node *parent,
    const struct notes_entry *e, const enum word *label);

/*
 * The text: the note (Markdown), or else the summary.  The first paragraph goes
 * into parent, other blocks of the note behind it into item.
 */
void entry_text(const struct sheet *s, cmark_node *parent, cmark_node *item,
    const struct notes_entry *e);
/* The text of the note only, or the summary only. */
void entry_summary(cmark_node *parent, const struct notes_entry *e);

/* " (also in 3.8.9)", " (resolved in 3.6.2)". */
void entry_tail(const struct sheet *s, cmark_node *parent,
    const struct notes_entry *e);
/* "Breaking change: " in bold, when it is one. */
void entry_breaking(const struct sheet *s, cmark_node *parent,
    const struct notes_entry *e);

/* The note, or with first_paragraph of the description, as blocks of item. */
void entry_details(const struct sheet *s, cmark_node *item,
    const struct notes_entry *e, bool first_paragraph);
bool entry_has_note(const struct notes_entry *e);

#endif
