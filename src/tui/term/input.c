#include "input.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define SEQUENCE_MAX 64 /* bytes of an escape sequence that can be true */
#define PASTE_MAX    (1 << 20)

void
input_feed(struct input *in, const char *bytes, size_t n)
{
	if (in->at == in->bytes.len) {
		buf_clear(&in->bytes);
		in->at = 0;
	}
	buf_add(&in->bytes, bytes, n);
	in->lone = in->pasting && n == 1 && *bytes == '\003';
}

bool
input_pending(const struct input *in)
{
	return in->pasting ? in->lone : in->at < in->bytes.len;
}

void
input_release(struct input *in)
{
	buf_release(&in->bytes);
	buf_release(&in->paste);
	*in = (struct input){ 0 };
}

static bool
key_event(struct input_event *out, uint32_t code, unsigned mods)
{
	*out = (struct input_event){ .type = IN_KEY, .key = { code, mods } };
	return true;
}

/* xterm's modifier parameter: 1 + a set of bits. */
static unsigned
xterm_mods(int n)
{
	unsigned bits = n > 1 ? (unsigned)n - 1 : 0;

	return ((bits & 1) != 0 ? MOD_SHIFT : 0) |
	    ((bits & 2) != 0 ? MOD_ALT : 0) | ((bits & 4) != 0 ? MOD_CTRL : 0);
}

static uint32_t
letter_key(char final)
{
	static const struct {
		char final;
		uint32_t code;
	} table[] = { { 'A', TK_UP }, { 'B', TK_DOWN }, { 'C', TK_RIGHT },
		{ 'D', TK_LEFT }, { 'H', TK_HOME }, { 'F', TK_END },
		{ 'Z', TK_BACKTAB }, { 'P', TK_F1 }, { 'Q', TK_F2 },
		{ 'R', TK_F3 }, { 'S', TK_F4 }, { 'M', TK_ENTER },
		{ 'a', TK_UP }, { 'b', TK_DOWN }, { 'c', TK_RIGHT },
		{ 'd', TK_LEFT } };

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].final == final)
			return table[i].code;
	return 0;
}

/* CSI n ~ */
static uint32_t
tilde_key(int n)
{
	static const uint32_t table[] = { 0, TK_HOME, TK_INSERT, TK_DELETE,
		TK_END, TK_PGUP, TK_PGDN, TK_HOME, TK_END, 0, 0, TK_F1, TK_F2,
		TK_F3, TK_F4, TK_F5, 0, TK_F6, TK_F7, TK_F8, TK_F9, TK_F10, 0,
		TK_F11, TK_F12 };

	if (n < 0 || n >= (int)(sizeof(table) / sizeof(table[0])))
		return 0;
	return table[n];
}

/* CSI < b ; x ; y M (pressed) or m (let go). */
static bool
mouse_event(struct input_event *out, const int p[3], char final)
{
	if (p[1] < 1 || p[2] < 1 || final != 'M')
		return false;
	*out = (struct input_event){ .y = p[2] - 1, .x = p[1] - 1 };
	if (p[0] == 64 || p[0] == 65) {
		out->type = IN_WHEEL;
		out->step = p[0] == 64 ? -1 : 1;
		return true;
	}
	out->type = IN_CLICK;
	return p[0] == 0;
}

/* Parses "1;5" into p; returns how many. */
static size_t
parameters(const char *s, size_t len, int p[3])
{
	size_t n = 0;
	bool digits = false;

	p[0] = p[1] = p[2] = 0;
	for (size_t i = 0; i < len; i++) {
		if (s[i] >= '0' && s[i] <= '9' && n < 3) {
			digits = true;
			if (p[n] < 100000)
				p[n] = p[n] * 10 + (s[i] - '0');
		} else if (s[i] == ';' && n < 3) {
			n++;
			digits = false;
		}
	}
	return n < 3 && (digits || n > 0) ? n + 1 : n;
}

/*
 * Where the cursor stands behind a sign of ambiguous width and a syllable of
 * two columns, counted from 1.  The Linux console has one column for all;
 * without UTF-8 there are five bytes.
 */
static bool
width_event(struct input_event *out, int column)
{
	*out = (struct input_event){ .type = IN_WIDTH,
		.step = column == 5 ? 2 : column == 3 || column == 4 };
	return true;
}

/* ESC [ ...; s is behind the bracket, the last byte is final. */
static bool
csi_event(struct input *in, const char *s, size_t len, char final,
    struct input_event *out)
{
	uint32_t code;
	int p[3];

	if (len > 0 && *s == '<') {
		parameters(s + 1, len - 1, p);
		return mouse_event(out, p, final);
	}
	if (len > 0 && *s == '?' && final == 'c') {
		*out = (struct input_event){ .type = IN_ANSWERED };
		return true;
	}
	/* Answers to questions that others asked. */
	if (len > 0 && *s >= '<' && *s <= '?')
		return false;
	if (parameters(s, len, p) == 2 && final == 'R' && p[0] == 2)
		return width_event(out, p[1]);
	if (final == '~' && p[0] == 200) {
		in->pasting = true;
		buf_clear(&in->paste);
		return false;
	}
	if (final == 'u' && p[0] > 0)
		return key_event(out, (uint32_t)p[0],
		    xterm_mods(p[1]) & ~(unsigned)MOD_SHIFT);
	/* rxvt: $ with Shift, ^ with Ctrl. */
	code = final == '~' || final == '^' || final == '$' ? tilde_key(p[0])
							    : letter_key(final);
	if (code == 0)
		return false;
	if (final == '^')
		return key_event(out, code, MOD_CTRL);
	return key_event(out, code, code == TK_BACKTAB ? 0 : xterm_mods(p[1]));
}

/* "11;rgb:1e1e/1e1e/1e1e": terminals answer with 1 to 4 digits each. */
static bool
osc_event(const char *s, size_t len, struct input_event *out)
{
	static const char head[] = "11;rgb:";
	unsigned v[3] = { 0, 0, 0 }, digits[3] = { 0, 0, 0 };
	size_t k = 0;

	if (len <= sizeof(head) - 1 || memcmp(s, head, sizeof(head) - 1) != 0)
		return false;
	for (size_t i = sizeof(head) - 1; i < len && k < 3; i++) {
		char c = s[i];
		unsigned d;

		if (c == '/') {
			k++;
			continue;
		}
		if (c >= '0' && c <= '9')
			d = (unsigned)(c - '0');
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			d = (unsigned)((c | 32) - 'a') + 10;
		else
			return false;
		if (++digits[k] > 4)
			return false;
		v[k] = v[k] * 16 + d;
	}
	for (k = 0; k < 3; k++) {
		if (digits[k] == 0)
			return false;
		v[k] = v[k] * 65535 / ((1U << (4 * digits[k])) - 1);
	}
	*out = (struct input_event){ .type = IN_TONE,
		.tone = theme_tone_rgb(v[0], v[1], v[2]) };
	return true;
}

enum found { FOUND_EVENT, FOUND_NOTHING, FOUND_PART };

/* OSC, DCS and the like end in BEL or ESC backslash. */
static enum found
string_sequence(const char *s, size_t len, size_t *used, bool flush,
    struct input_event *out)
{
	for (size_t i = 2; i < len; i++) {
		bool st = s[i] == '\033' && i + 1 < len && s[i + 1] == '\\';

		if (s[i] != '\a' && !st)
			continue;
		*used = i + (st ? 2 : 1);
		return s[1] == ']' && osc_event(s + 2, i - 2, out)
		    ? FOUND_EVENT
		    : FOUND_NOTHING;
	}
	*used = len;
	return flush || len > SEQUENCE_MAX ? FOUND_NOTHING : FOUND_PART;
}

static enum found
csi_sequence(struct input *in, const char *s, size_t len, size_t *used,
    bool flush, struct input_event *out)
{
	/* The Linux console's F1 to F5: ESC [ [ A. */
	if (len > 3 && s[2] == '[' && s[3] >= 'A' && s[3] <= 'E') {
		*used = 4;
		key_event(out, TK_F1 + (uint32_t)(s[3] - 'A'), 0);
		return FOUND_EVENT;
	}
	for (size_t i = 2; i < len; i++) {
		if (s[i] == '[' && i == 2)
			continue;
		if (s[i] >= 0x20 && s[i] < 0x40 && s[i] != '$')
			continue;
		*used = i + 1;
		if (s[i] < 0x24 || s[i] == 0x7F) { /* broken off */
			*used = i;
			return FOUND_NOTHING;
		}
		return csi_event(in, s + 2, i - 2, s[i], out) ? FOUND_EVENT
							      : FOUND_NOTHING;
	}
	*used = len;
	return flush || len > SEQUENCE_MAX ? FOUND_NOTHING : FOUND_PART;
}

static enum found
plain_key(const char *s, size_t len, size_t *used, bool flush,
    struct input_event *out)
{
	unsigned char c = (unsigned char)*s;
	uint32_t cp;
	size_t need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;

	*used = 1;
	switch (c) {
	case '\r':
	case '\n':
		key_event(out, TK_ENTER, 0);
		return FOUND_EVENT;
	case '\t':
		key_event(out, TK_TAB, 0);
		return FOUND_EVENT;
	case '\b':
	case 0x7F:
		key_event(out, TK_BACKSPACE, 0);
		return FOUND_EVENT;
	case 0:
		key_event(out, ' ', MOD_CTRL);
		return FOUND_EVENT;
	default:
		break;
	}
	if (c < 0x20) {
		key_event(out, c + (c <= 26 ? 96U : 64U), MOD_CTRL);
		return FOUND_EVENT;
	}
	if (len < need && !flush)
		return FOUND_PART;
	*used = utf8_decode(s, len, &cp);
	if (cp == UTF8_BAD)
		return FOUND_NOTHING;
	key_event(out, cp, 0);
	return FOUND_EVENT;
}

static enum found
escape(struct input *in, const char *s, size_t len, size_t *used, bool flush,
    struct input_event *out)
{
	enum found f;
	uint32_t code;

	*used = 1;
	if (len == 1) {
		key_event(out, TK_ESC, 0);
		return flush ? FOUND_EVENT : FOUND_PART;
	}
	switch (s[1]) {
	case '[':
		if (len == 2 && flush)
			break;
		return csi_sequence(in, s, len, used, flush, out);
	case ']':
	case 'P':
	case '_':
	case '^':
		if (len == 2 && flush)
			break;
		return string_sequence(s, len, used, flush, out);
	case 'O':
		if (len == 2 && !flush)
			return FOUND_PART;
		if (len == 2)
			break;
		*used = 3;
		code = letter_key(s[2]);
		if (code == 0)
			return FOUND_NOTHING;
		key_event(out, code, s[2] >= 'a' ? MOD_CTRL : 0);
		return FOUND_EVENT;
	case '\033':
		key_event(out, TK_ESC, 0);
		return FOUND_EVENT;
	default:
		break;
	}
	f = plain_key(s + 1, len - 1, used, flush, out);
	*used += 1;
	if (f == FOUND_EVENT)
		out->key.mods |= MOD_ALT;
	return f;
}

/*
 * Until ESC [ 201 ~ all bytes are text, whatever they look like.  But what
 * never ends, as when its end came astray, is ended by a Ctrl-C that comes
 * alone, nothing after it: one that is pasted has neighbours.
 */
static bool
paste_event(struct input *in, bool flush, struct input_event *out)
{
	static const char end[] = "\033[201~";
	const char *s = buf_str(&in->bytes) + in->at;
	size_t len = in->bytes.len - in->at;
	const char *found = memmem(s, len, end, sizeof(end) - 1);
	size_t n = found != NULL ? (size_t)(found - s) : len;

	if (found == NULL && flush && in->lone) {
		in->at += len;
		in->pasting = in->lone = false;
		return false;
	}
	/* The end may be half there. */
	if (found == NULL)
		n -= n >= sizeof(end) ? sizeof(end) - 1 : n;
	if (in->paste.len < PASTE_MAX)
		buf_add(&in->paste, s, n);
	in->at += n;
	if (found == NULL)
		return false;
	in->at += sizeof(end) - 1;
	in->pasting = false;
	*out = (struct input_event){ .type = IN_PASTE,
		.text = buf_str(&in->paste),
		.len = in->paste.len };
	return true;
}

bool
input_next(struct input *in, bool flush, struct input_event *out)
{
	size_t used, len;
	const char *s;
	enum found f;

	while (in->at < in->bytes.len) {
		if (in->pasting) {
			if (paste_event(in, flush, out))
				return true;
			if (in->pasting)
				return false;
			continue;
		}
		s = buf_str(&in->bytes) + in->at;
		len = in->bytes.len - in->at;
		f = *s == '\033' ? escape(in, s, len, &used, flush, out)
				 : plain_key(s, len, &used, flush, out);
		if (f == FOUND_PART)
			return false;
		in->at += used;
		if (f == FOUND_EVENT)
			return true;
	}
	return false;
}
