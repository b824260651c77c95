#include "pager.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

static const enum role roles[MD_STYLE_N] = {
	[MD_TEXT] = ROLE_TEXT,
	[MD_HEADING] = ROLE_HEADING,
	[MD_STRONG] = ROLE_STRONG,
	[MD_EMPH] = ROLE_EMPH,
	[MD_CODE] = ROLE_CODE,
	[MD_CODE_BLOCK] = ROLE_CODE,
	[MD_QUOTE] = ROLE_QUOTE,
	[MD_LINK] = ROLE_LINK,
	[MD_BULLET] = ROLE_KEY,
	[MD_RULE] = ROLE_RULE,
	[MD_DIM] = ROLE_DIM,
};

void
pager_clear(struct pager *p)
{
	for (size_t i = 0; i < p->n; i++) {
		for (size_t k = 0; k < p->v[i].n; k++)
			free(p->v[i].v[k].text);
		free(p->v[i].v);
	}
	p->n = 0;
}

void
pager_release(struct pager *p)
{
	pager_clear(p);
	free(p->v);
	free(p->search);
	*p = (struct pager){ 0 };
}

void
pager_line(struct pager *p, long tag)
{
	p->v = mem_grow(p->v, &p->cap, p->n + 1, sizeof(*p->v));
	p->v[p->n++] = (struct line){ .tag = tag };
}

static void
add_span(struct pager *p, enum role role, char *text)
{
	struct line *line;

	if (p->n == 0)
		pager_line(p, -1);
	line = &p->v[p->n - 1];
	line->v = mem_grow(line->v, &line->cap, line->n + 1, sizeof(*line->v));
	line->v[line->n++] = (struct span){ role, text };
}

void
pager_span(struct pager *p, enum role role, const char *text)
{
	add_span(p, role,
	    utf8_clean_dup(text == NULL ? "" : text, UTF8_ONE_LINE));
}

void
pager_printf(struct pager *p, enum role role, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	pager_span(p, role, buf_str(&text));
	buf_release(&text);
}

void
pager_text(struct pager *p, enum role role, const char *text)
{
	pager_line(p, -1);
	pager_span(p, role, text);
}

void
pager_markdown(struct pager *p, const struct md_lines *md, int indent)
{
	for (size_t i = 0; i < md->n; i++) {
		pager_line(p, -1);
		if (indent > 0)
			pager_printf(p, ROLE_TEXT, "%*s", indent, "");
		for (size_t k = 0; k < md->v[i].n; k++)
			pager_span(p, roles[md->v[i].runs[k].style],
			    md->v[i].runs[k].text);
	}
}

void
pager_plain(struct pager *p, const char *text)
{
	const char *end;
	char *line, *tab;

	while (*text != '\0') {
		end = strchrnul(text, '\n');
		line = mem_strndup(text, (size_t)(end - text));
		while ((tab = strchr(line, '\t')) != NULL)
			*tab = ' ';
		pager_text(p, ROLE_TEXT, line);
		free(line);
		text = *end == '\0' ? end : end + 1;
	}
}

static size_t
last_top(const struct pager *p)
{
	size_t rows = p->rows == 0 ? 1 : p->rows;

	return p->n > rows ? p->n - rows : 0;
}

void
pager_set_rows(struct pager *p, size_t rows)
{
	p->rows = rows == 0 ? 1 : rows;
	if (p->top > last_top(p))
		p->top = last_top(p);
}

void
pager_to(struct pager *p, size_t line)
{
	p->top = line > last_top(p) ? last_top(p) : line;
}

void
pager_scroll(struct pager *p, long delta)
{
	if (delta < 0 && (size_t)-delta > p->top)
		p->top = 0;
	else
		pager_to(p, p->top + (size_t)delta);
}

void
pager_move(struct pager *p, enum motion m)
{
	long page = (long)p->rows;
	const long steps[] = { [MOVE_DOWN] = 1,
		[MOVE_UP] = -1,
		[MOVE_PAGE_DOWN] = page,
		[MOVE_PAGE_UP] = -page,
		[MOVE_HALF_DOWN] = (page + 1) / 2,
		[MOVE_HALF_UP] = -(page + 1) / 2 };

	if (m == MOVE_FIRST)
		pager_to(p, 0);
	else if (m == MOVE_LAST)
		pager_to(p, p->n);
	else
		pager_scroll(p, steps[m]);
}

static bool
line_has(const struct line *line, const char *folded)
{
	struct buf text = BUF_INIT, fold = BUF_INIT;
	bool found;

	for (size_t i = 0; i < line->n; i++)
		buf_puts(&text, line->v[i].text);
	utf8_fold(&fold, buf_str(&text), text.len);
	found = strstr(buf_str(&fold), folded) != NULL;
	buf_release(&text);
	buf_release(&fold);
	return found;
}

/* The text as a word, whatever spans it stands in: "NOTE-4" is not in
 * "NOTE-41". */
static bool
line_holds(const struct line *line, const char *text)
{
	const size_t len = strlen(text);
	struct buf all = BUF_INIT;
	const char *at;
	bool found = false;

	for (size_t i = 0; i < line->n; i++)
		buf_puts(&all, line->v[i].text);
	for (at = buf_str(&all); !found && (at = strstr(at, text)) != NULL;
	     at += len)
		found = at[len] < '0' || at[len] > '9';
	buf_release(&all);
	return found;
}

void
pager_show(struct pager *p, const char *text)
{
	size_t i = 0;

	while (i < p->n && (*text == '\0' || !line_holds(&p->v[i], text)))
		i++;
	if (i < p->n && (i < p->top || i >= p->top + p->rows))
		pager_to(p, i > p->rows / 3 ? i - p->rows / 3 : 0);
}

bool
pager_find(struct pager *p, const char *text, int step)
{
	struct buf fold = BUF_INIT;
	bool seen = p->hit >= p->top && p->hit < p->top + p->rows;
	size_t i = seen && p->hit < p->n ? p->hit : p->top;

	if (text != NULL) {
		utf8_fold(&fold, text, strlen(text));
		free(p->search);
		p->search = buf_detach(&fold);
	}
	if (p->search == NULL || *p->search == '\0')
		return false;
	for (size_t tried = 0; tried < p->n; tried++) {
		i = (i + (step > 0 ? 1 : p->n - 1)) % p->n;
		if (!line_has(&p->v[i], p->search))
			continue;
		p->hit = i;
		pager_to(p, i);
		return true;
	}
	return false;
}

void
pager_draw(const struct pager *p, const struct area *a)
{
	for (int y = 0; y < a->rows; y++) {
		size_t i = p->top + (size_t)y;
		int x = 0;
		bool match;

		if (i >= p->n)
			break;
		match = p->search != NULL && *p->search != '\0' &&
		    line_has(&p->v[i], p->search);
		for (size_t k = 0; k < p->v[i].n; k++) {
			const struct span *s = &p->v[i].v[k];

			x += area_text(a, y, x, a->cols - x, s->text,
			    match && s->role == ROLE_TEXT ? ROLE_MATCH
							  : s->role);
		}
	}
}

void
pager_status(const struct pager *p, struct buf *out)
{
	size_t end = p->top + p->rows;

	if (p->n == 0)
		return;
	if (end > p->n)
		end = p->n;
	buf_printf(out, "line %zu-%zu of %zu  %zu%%", p->top + 1, end, p->n,
	    end * 100 / p->n);
}
