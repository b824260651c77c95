/* A template as a list of pieces. */
#ifndef NOTES_RENDER_TEMPLATE_PARSE_H
#define NOTES_RENDER_TEMPLATE_PARSE_H

#include <stddef.h>

#include "base/err.h"

enum piece_type {
	PIECE_TEXT,
	PIECE_VALUE,    /* {{name}} */
	PIECE_SECTION,  /* {{#name}} */
	PIECE_INVERTED, /* {{^name}} */
	PIECE_END       /* {{/name}} */
};

struct piece {
	enum piece_type type;
	const char *s; /* text or name, in the template */
	size_t len;
	size_t line; /* from 1 */
	size_t end;  /* of a section: index of its PIECE_END */
};

struct pieces {
	struct piece *v;
	size_t n, cap;
};

/* Sections are matched and nest at most TEMPLATE_DEPTH_MAX deep. */
enum rc template_parse(const char *text, struct pieces *out, struct err *err);
void pieces_release(struct pieces *p);

#endif
