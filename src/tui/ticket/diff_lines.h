/* What a commit says and changed, as lines of a pager. */
#ifndef NOTES_TUI_DIFF_LINES_H
#define NOTES_TUI_DIFF_LINES_H

#include "app/commit.h"
#include "tui/view/pager.h"

/* Who, when, where and the message, wrapped at cols columns; files of the diff
 * begin with ROLE_HEADING, and nothing of this does. */
void diff_fill_about(struct pager *p, const struct commit_about *c, int cols,
    int64_t now);
/* A diffstat and diff as git has them, the stat's totals first. */
void diff_fill(struct pager *p, const char *text);

#endif
