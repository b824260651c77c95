/* Lines of text in roles, scrolled and searched. */
#ifndef NOTES_TUI_PAGER_H
#define NOTES_TUI_PAGER_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/canvas/canvas.h"
#include "model/styled.h"
#include "tui/view.h"

struct span {
	enum role role;
	char *text; /* owned */
};

struct line {
	struct span *v;
	size_t n, cap;
	long tag; /* the view's own: an index, or -1 */
};

struct pager {
	struct line *v; /* owned */
	size_t n, cap;
	size_t top;
	size_t rows;  /* on the screen, at least 1 */
	char *search; /* folded, or NULL */
	size_t hit;   /* line that was found last */
};

void pager_release(struct pager *p);
/* Takes the lines away; place and search stay. */
void pager_clear(struct pager *p);
/* A new last line, and spans behind what the last line has. */
void pager_line(struct pager *p, long tag);
void pager_span(struct pager *p, enum role role, const char *text);
void pager_printf(struct pager *p, enum role role, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* One line from one text. */
void pager_text(struct pager *p, enum role role, const char *text);
/* Markdown lines, each behind indent blanks. */
void pager_markdown(struct pager *p, const struct md_lines *md, int indent);
/* Text with line ends, cut into lines as they are. */
void pager_plain(struct pager *p, const char *text);

void pager_set_rows(struct pager *p, size_t rows);
void pager_scroll(struct pager *p, long delta);
/* By a motion; a page is what the screen shows. */
void pager_move(struct pager *p, enum motion m);
void pager_to(struct pager *p, size_t line);
/* Scrolls so that the first line that holds the text shows; stays where there
 * is none. */
void pager_show(struct pager *p, const char *text);
/* Goes to the next line with the text (step 1) or the one before (-1), round
 * the end; false when there is none.  text NULL: the last one again. */
bool pager_find(struct pager *p, const char *text, int step);

void pager_draw(const struct pager *p, const struct area *a);
/* "line 1-14 of 32  44%" */
void pager_status(const struct pager *p, struct buf *out);

#endif
