/*
 * Text in the user's editor.  It lives in a file of the tracker's folder
 * ("drafts/NOTE-12.form.md", mode 0600) until what it was for is done: neither
 * a crash nor a refused value loses it, and the next try goes on with it.
 */
#ifndef NOTES_TUI_DRAFT_H
#define NOTES_TUI_DRAFT_H

#include "ui.h"

/*
 * Lets the user edit *text.  False when nothing was changed or it failed; a
 * message says so.  before (or NULL) gets the text as it was handed out, which
 * for a draft of an earlier try is an earlier text: it is kept beside the
 * draft.
 */
bool draft_edit(struct ui *ui, const char *name, const char *kind,
    struct buf *text, struct buf *before);
/* What an earlier run left unfinished, as a warning that names the key which
 * goes on with it. */
void draft_offer(struct ui *ui);
/* The program is ended from outside: keeps what stands in an open question
 * among its earlier answers. */
void draft_keep_typed(struct ui *ui);
/* The text arrived where it belongs: the file goes. */
void draft_done(struct ui *ui, const char *name, const char *kind);

#endif
