#include "prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define JOINER "\xE2\x80\x8D" /* U+200D */

void
prompt_init(struct prompt *p, const char *label, const char *text,
    const struct strv *history)
{
	*p = (struct prompt){ .label = mem_strdup(label), .history = history };
	buf_puts(&p->text, text == NULL ? "" : text);
	p->at = p->text.len;
	p->past = history == NULL ? 0 : history->n;
}

void
prompt_release(struct prompt *p)
{
	free(p->label);
	free(p->killed);
	free(p->own);
	buf_release(&p->text);
	strv_release(&p->candidates);
	*p = (struct prompt){ 0 };
}

const char *
prompt_text(const struct prompt *p)
{
	return buf_str(&p->text);
}

static size_t
next(const struct prompt *p, size_t at)
{
	return at +
	    utf8_grapheme(buf_str(&p->text) + at, p->text.len - at, NULL);
}

static size_t
previous(const struct prompt *p, size_t at)
{
	size_t i = 0, n;

	while ((n = next(p, i)) < at)
		i = n;
	return i;
}

static bool
in_word(char c)
{
	return (c & 0x80) != 0 || (c >= '0' && c <= '9') ||
	    ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static size_t
word_left(const struct prompt *p, size_t at)
{
	const char *s = buf_str(&p->text);

	while (at > 0 && !in_word(s[at - 1]))
		at--;
	while (at > 0 && in_word(s[at - 1]))
		at--;
	return at;
}

static size_t
word_right(const struct prompt *p, size_t at)
{
	const char *s = buf_str(&p->text);

	while (at < p->text.len && !in_word(s[at]))
		at++;
	while (at < p->text.len && in_word(s[at]))
		at++;
	return at;
}

static size_t
blank_left(const struct prompt *p, size_t at)
{
	const char *s = buf_str(&p->text);

	while (at > 0 && s[at - 1] == ' ')
		at--;
	while (at > 0 && s[at - 1] != ' ')
		at--;
	return at;
}

/* Replaces the bytes from start to end. */
static void
splice(struct prompt *p, size_t start, size_t end, const char *text, size_t len)
{
	struct buf b = BUF_INIT;
	const char *s = buf_str(&p->text);

	buf_add(&b, s, start);
	buf_add(&b, text, len);
	buf_add(&b, s + end, p->text.len - end);
	buf_release(&p->text);
	p->text = b;
	p->at = start + len;
}

/* Members of a joined emoji are shown, and gone through, one by one; the joiner
 * before one that goes has nothing to join, and would take what is typed next. */
static size_t
without_joiner(const struct prompt *p, size_t start)
{
	const char *s = buf_str(&p->text);
	const size_t len = strlen(JOINER);
	int width;

	utf8_grapheme(s + start, p->text.len - start, &width);
	if (width == 2 && start >= len &&
	    memcmp(s + start - len, JOINER, len) == 0)
		start -= len;
	return start;
}

static enum prompt_result
cut(struct prompt *p, size_t start, size_t end, bool keep)
{
	if (start >= end)
		return PROMPT_SAME;
	start = without_joiner(p, start);
	if (keep) {
		free(p->killed);
		p->killed = mem_strndup(buf_str(&p->text) + start, end - start);
	}
	splice(p, start, end, "", 0);
	return PROMPT_CHANGED;
}

void
prompt_insert(struct prompt *p, const char *text, size_t len)
{
	struct buf b = BUF_INIT;
	size_t room = p->text.len < PROMPT_TEXT_MAX
	    ? PROMPT_TEXT_MAX - p->text.len
	    : 0;

	utf8_repair(&b, text, len);
	for (size_t i = 0; i < b.len; i++)
		if ((unsigned char)b.ptr[i] < 0x20 || b.ptr[i] == 0x7F)
			b.ptr[i] = ' ';
	/* As much as there is room for, in whole characters. */
	if (b.len > room) {
		while (room > 0 && ((unsigned char)b.ptr[room] & 0xC0) == 0x80)
			room--;
		buf_truncate(&b, room);
	}
	if (b.len > 0)
		splice(p, p->at, p->at, buf_str(&b), b.len);
	strv_release(&p->candidates);
	buf_release(&b);
}

static enum prompt_result
from_history(struct prompt *p, int step)
{
	const char *line;

	if (p->history == NULL || (step < 0 && p->past == 0) ||
	    (step > 0 && p->past >= p->history->n))
		return PROMPT_SAME;
	if (p->past >= p->history->n)
		mem_replace(&p->own, buf_str(&p->text));
	p->past = step < 0 ? p->past - 1 : p->past + 1;
	line = p->past < p->history->n ? p->history->v[p->past] : p->own;
	splice(p, 0, p->text.len, line, strlen(line));
	return PROMPT_CHANGED;
}

static enum prompt_result
choose(struct prompt *p, int step)
{
	size_t n = p->candidates.n;
	const char *word;

	if (p->candidate >= n)
		p->candidate = step > 0 ? 0 : n - 1;
	else
		p->candidate = (p->candidate + (step > 0 ? 1 : n - 1)) % n;
	word = p->candidates.v[p->candidate];
	splice(p, p->word, p->word_end, word, strlen(word));
	p->word_end = p->at;
	return PROMPT_CHANGED;
}

size_t
prompt_word(const struct prompt *p, const char *separators)
{
	const char *s = buf_str(&p->text);
	size_t i = p->at;

	while (i > 0 && strchr(separators, s[i - 1]) == NULL)
		i--;
	return i;
}

/* Bytes that all candidates begin with, ending between graphemes. */
static size_t
common(const struct strv *words)
{
	size_t n = strlen(words->v[0]), k, i = 0, g;

	for (size_t w = 1; w < words->n; w++) {
		for (k = 0; k < n && words->v[w][k] == words->v[0][k]; k++)
			continue;
		n = k;
	}
	while (i < n) {
		g = utf8_grapheme(words->v[0] + i, strlen(words->v[0] + i),
		    NULL);
		if (i + g > n)
			break;
		i += g;
	}
	return i;
}

void
prompt_complete(struct prompt *p, size_t start, struct strv *words)
{
	size_t same, old = p->at - start;

	strv_release(&p->candidates);
	if (words->n == 0)
		return;
	same = common(words);
	if (same > old || words->n == 1)
		splice(p, start, p->at, words->v[0], same);
	p->word = start;
	p->word_end = p->at;
	if (words->n == 1) {
		strv_release(words);
		return;
	}
	p->candidates = *words;
	p->candidate = words->n;
	*words = (struct strv)STRV_INIT;
}

static enum prompt_result
move(struct prompt *p, size_t at)
{
	p->at = at;
	return PROMPT_SAME;
}

static enum prompt_result
control_key(struct prompt *p, uint32_t c)
{
	switch (c) {
	case 'a':
		return move(p, 0);
	case 'e':
		return move(p, p->text.len);
	case 'b':
		return move(p, previous(p, p->at));
	case 'f':
		return move(p, next(p, p->at));
	case 'd':
		return cut(p, p->at, next(p, p->at), false);
	case 'h':
		return cut(p, previous(p, p->at), p->at, false);
	case 'k':
		return cut(p, p->at, p->text.len, true);
	case 'u':
		return cut(p, 0, p->at, true);
	case 'w':
		return cut(p, blank_left(p, p->at), p->at, true);
	case 'y':
		if (p->killed == NULL)
			return PROMPT_SAME;
		prompt_insert(p, p->killed, strlen(p->killed));
		return PROMPT_CHANGED;
	case 'p':
		return from_history(p, -1);
	case 'n':
		return from_history(p, 1);
	case 'c':
	case 'g':
		return PROMPT_CANCELLED;
	default:
		return PROMPT_SAME;
	}
}

static enum prompt_result
alt_key(struct prompt *p, uint32_t c)
{
	switch (c) {
	case 'b':
	case TK_LEFT:
		return move(p, word_left(p, p->at));
	case 'f':
	case TK_RIGHT:
		return move(p, word_right(p, p->at));
	case 'd':
		return cut(p, p->at, word_right(p, p->at), true);
	case TK_BACKSPACE:
		return cut(p, word_left(p, p->at), p->at, true);
	default:
		return PROMPT_SAME;
	}
}

static enum prompt_result
special_key(struct prompt *p, const struct key *k)
{
	bool ctrl = (k->mods & MOD_CTRL) != 0;

	switch (k->code) {
	case TK_ENTER:
		return PROMPT_DONE;
	case TK_ESC:
		return PROMPT_CANCELLED;
	case TK_LEFT:
		return move(p, ctrl ? word_left(p, p->at) : previous(p, p->at));
	case TK_RIGHT:
		return move(p, ctrl ? word_right(p, p->at) : next(p, p->at));
	case TK_HOME:
		return move(p, 0);
	case TK_END:
		return move(p, p->text.len);
	case TK_UP:
		return from_history(p, -1);
	case TK_DOWN:
		return from_history(p, 1);
	case TK_BACKSPACE:
		return cut(p, previous(p, p->at), p->at, false);
	case TK_DELETE:
		return cut(p, p->at, next(p, p->at), false);
	default:
		return PROMPT_SAME;
	}
}

enum prompt_result
prompt_key(struct prompt *p, const struct key *k)
{
	char text[5];
	size_t n;

	if (k->code == TK_TAB || k->code == TK_BACKTAB) {
		if (p->candidates.n > 0)
			return choose(p, k->code == TK_TAB ? 1 : -1);
		return PROMPT_COMPLETE;
	}
	strv_release(&p->candidates);
	if ((k->mods & MOD_ALT) != 0)
		return alt_key(p, k->code);
	if (k->code > TK_BASE)
		return special_key(p, k);
	if ((k->mods & MOD_CTRL) != 0)
		return control_key(p, k->code);
	n = key_encode(k->code, text);
	prompt_insert(p, text, n);
	return PROMPT_CHANGED;
}

void
prompt_draw(const struct prompt *p, const struct area *a, int y)
{
	const char *s = buf_str(&p->text);
	size_t from = 0, n;
	int label, room, left, w;

	area_fill(a, y, 0, a->cols, ' ', ROLE_TEXT);
	label = area_text(a, y, 0, a->cols * 2 / 3, p->label, ROLE_PROMPT);
	room = a->cols - label - 1;
	if (room < 1)
		return;
	/* What is typed may hold what utf8_clean() widens: measure it clean. */
	for (;;) {
		struct buf clean = BUF_INIT;

		utf8_clean(&clean, s + from, p->at - from, UTF8_ONE_LINE);
		left = (int)utf8_width(buf_str(&clean), clean.len);
		buf_release(&clean);
		if (left <= room)
			break;
		n = utf8_grapheme(s + from, p->text.len - from, &w);
		from += n;
	}
	area_text(a, y, label, room + 1, s + from, ROLE_TEXT);
	area_cursor(a, y, label + left);
}

bool
prompt_draw_candidates(const struct prompt *p, const struct area *a, int y)
{
	const struct strv *c = &p->candidates;
	size_t first = p->candidate < c->n ? p->candidate : 0;
	int x = 1;

	if (c->n == 0)
		return false;
	area_fill(a, y, 0, a->cols, ' ', ROLE_TEXT);
	for (size_t i = 0; i < c->n && x < a->cols - 2; i++) {
		size_t k = (first + i) % c->n;

		x += area_text(a, y, x, a->cols - x - 1, c->v[k],
		    k == p->candidate ? ROLE_MATCH : ROLE_LABEL);
		x += 2;
	}
	return true;
}
