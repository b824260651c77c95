#include "flow.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* Appends text to the line, to its last run when the style is the same. */
static void
line_add(struct md_line *l, enum md_style style, const char *s, size_t len)
{
	struct md_run *last = l->n > 0 ? &l->runs[l->n - 1] : NULL;

	if (len == 0)
		return;
	if (last != NULL && last->style == style) {
		const size_t n = strlen(last->text);

		last->text = mem_realloc(last->text, n + len + 1, 1);
		memcpy(last->text + n, s, len);
		last->text[n + len] = '\0';
		return;
	}
	l->runs = mem_grow(l->runs, &l->cap, l->n + 1, sizeof(*l->runs));
	l->runs[l->n++] = (struct md_run){
		.style = style,
		.text = mem_strndup(s, len),
	};
}

static void
line_clear(struct md_line *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->runs[i].text);
	free(l->runs);
	*l = (struct md_line){ 0 };
}

static size_t
prefix_cols(const struct flow *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n_prefix; i++)
		n += strlen(f->prefix[i].text);
	return n;
}

size_t
flow_room(const struct flow *f)
{
	return f->width - prefix_cols(f);
}

bool
flow_push(struct flow *f, enum md_style style, const char *text)
{
	struct flow_prefix *p;

	if (f->n_prefix == FLOW_PREFIX_MAX || strlen(text) >= sizeof(p->text) ||
	    prefix_cols(f) + strlen(text) + FLOW_TEXT_MIN > f->width)
		return false;
	p = &f->prefix[f->n_prefix++];
	p->style = style;
	memcpy(p->text, text, strlen(text) + 1);
	p->once[0] = '\0';
	return true;
}

void
flow_pop(struct flow *f)
{
	f->n_prefix--;
}

void
flow_marker(struct flow *f, const char *text)
{
	char *const once = f->prefix[f->n_prefix - 1].once;

	memcpy(once, text, strlen(text) + 1);
}

static bool
has_marker(const struct flow *f)
{
	for (size_t i = 0; i < f->n_prefix; i++) {
		if (f->prefix[i].once[0] != '\0')
			return true;
	}
	return false;
}

static void
line_open(struct flow *f)
{
	if (f->open)
		return;
	f->open = true;
	for (size_t i = 0; i < f->n_prefix; i++) {
		struct flow_prefix *const p = &f->prefix[i];
		const char *const s = p->once[0] != '\0' ? p->once : p->text;

		line_add(&f->line, p->style, s, strlen(s));
		p->once[0] = '\0';
	}
	f->line_cols = 0;
	f->left = flow_room(f);
}

/* Lines end without blanks: they would be there to see in a reversed row. */
static void
line_trim(struct md_line *l)
{
	while (l->n > 0) {
		struct md_run *const r = &l->runs[l->n - 1];
		size_t n = strlen(r->text);

		while (n > 0 && r->text[n - 1] == ' ')
			n--;
		r->text[n] = '\0';
		if (n > 0)
			return;
		free(r->text);
		l->n--;
	}
}

static void
line_close(struct flow *f)
{
	struct md_lines *const out = f->out;

	line_trim(&f->line);
	out->v = mem_grow(out->v, &out->cap, out->n + 1, sizeof(*out->v));
	out->v[out->n++] = f->line;
	f->line = (struct md_line){ 0 };
	f->open = false;
	f->space = false;
}

/* A joiner has nothing to join at the end of a line. */
static void
drop_joiner(struct md_line *l)
{
	static const char zwj[] = "\xE2\x80\x8D";
	char *const s = l->n > 0 ? l->runs[l->n - 1].text : NULL;
	const size_t n = s == NULL ? 0 : strlen(s);

	if (n > 3 && strcmp(s + n - 3, zwj) == 0)
		s[n - 3] = '\0';
}

static void
word_flush(struct flow *f)
{
	if (f->word.n == 0)
		return;
	line_open(f);
	if (f->line_cols > 0 &&
	    f->line_cols + f->space + f->word_cols > f->left) {
		line_close(f);
		line_open(f);
	}
	if (f->space && f->line_cols > 0) {
		line_add(&f->line, f->space_style, " ", 1);
		f->line_cols++;
	}
	f->space = false;
	for (size_t i = 0; i < f->word.n; i++)
		line_add(&f->line, f->word.runs[i].style, f->word.runs[i].text,
		    strlen(f->word.runs[i].text));
	f->line_cols += f->word_cols;
	line_clear(&f->word);
	f->word_cols = 0;
}

/* Scripts that are written without blanks between words. */
static bool
breaks_anywhere(const char *s, size_t len)
{
	uint32_t cp;

	utf8_decode(s, len, &cp);
	return (cp >= 0x2E80 && cp <= 0x312F) ||
	    (cp >= 0x3190 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) ||
	    (cp >= 0x20000 && cp <= 0x3FFFD);
}

void
flow_text(struct flow *f, enum md_style style, const char *s, size_t len)
{
	size_t i = 0;

	while (i < len) {
		int w = 0;
		size_t n;

		if (s[i] == ' ' || s[i] == '\t') {
			word_flush(f);
			f->space = true;
			f->space_style = style;
			i++;
			continue;
		}
		n = utf8_grapheme(s + i, len - i, &w);
		if (f->word_cols > 0 &&
		    f->word_cols + (size_t)w > flow_room(f)) {
			drop_joiner(&f->word);
			word_flush(f);
		} else if (f->word_cols > 0 && breaks_anywhere(s + i, n)) {
			word_flush(f);
		}
		line_add(&f->word, style, s + i, n);
		f->word_cols += (size_t)w;
		i += n;
	}
}

void
flow_break(struct flow *f)
{
	word_flush(f);
	if (f->open || has_marker(f)) {
		line_open(f);
		line_close(f);
	}
}

void
flow_verbatim(struct flow *f, enum md_style style, const char *s, size_t len)
{
	size_t i = 0;

	line_open(f);
	while (i < len) {
		int w = 1;
		size_t n = 1;

		if (s[i] == '\t')
			w = 8 - (int)(f->line_cols % 8);
		else
			n = utf8_grapheme(s + i, len - i, &w);
		if (f->line_cols > 0 && f->line_cols + (size_t)w > f->left) {
			drop_joiner(&f->line);
			line_close(f);
			line_open(f);
		}
		if (s[i] == '\t')
			line_add(&f->line, style, "        ", (size_t)w);
		else
			line_add(&f->line, style, s + i, n);
		f->line_cols += (size_t)w;
		i += n;
	}
	line_close(f);
}

void
flow_blank(struct flow *f)
{
	flow_break(f);
	line_open(f);
	line_close(f);
}

void
flow_release(struct flow *f)
{
	line_clear(&f->line);
	line_clear(&f->word);
}
