#include "glyph.h"

static const struct {
	char ascii[2], text[5];
} glyphs[GLYPH_N] = { [GLYPH_NONE] = { " ", " " },
#define X(id, ascii, text) [GLYPH_##id] = { ascii, text },
	GLYPHS(X)
#undef X
};

char
glyph_ascii(enum glyph g)
{
	return glyphs[g].ascii[0];
}

const char *
glyph_text(enum glyph g)
{
	return glyphs[g].text;
}
