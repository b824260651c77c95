#include "key.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static const struct {
	uint32_t code;
	const char *name;
} named_keys[] = {
#define X(id, name) { TK_##id, name },
	KEYS(X)
#undef X
	    { ' ', "Space" },
};

#define NAMED_N (sizeof(named_keys) / sizeof(named_keys[0]))

size_t
key_encode(uint32_t cp, char out[5])
{
	static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	size_t n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;

	out[n] = '\0';
	for (size_t i = n - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (cp & 0x3F));
		cp >>= 6;
	}
	out[0] = (char)(n == 1 ? cp : lead[n] | cp);
	return n;
}

void
key_label(const struct key *k, char out[KEY_NAME_MAX])
{
	char text[5] = "";
	const char *name = text;
	uint32_t code = k->code;

	for (size_t i = 0; i < NAMED_N; i++)
		if (named_keys[i].code == code)
			name = named_keys[i].name;
	if (name == text && code < TK_BASE) {
		/* Control keys are written with a capital, as everywhere. */
		if ((k->mods & MOD_CTRL) != 0 && code >= 'a' && code <= 'z')
			code -= 'a' - 'A';
		key_encode(utf8_hidden(code) ? '?' : code, text);
	}
	snprintf(out, KEY_NAME_MAX, "%s%s%s%s",
	    (k->mods & MOD_CTRL) != 0 ? "Ctrl-" : "",
	    (k->mods & MOD_ALT) != 0 ? "Alt-" : "",
	    (k->mods & MOD_SHIFT) != 0 ? "Shift-" : "", name);
}

static bool
take(const char **s, size_t *len, const char *prefix)
{
	size_t n = strlen(prefix);

	if (*len <= n || strncmp(*s, prefix, n) != 0)
		return false;
	*s += n;
	*len -= n;
	return true;
}

bool
key_parse(const char *name, size_t len, struct key *out)
{
	uint32_t cp;

	*out = (struct key){ 0 };
	if (take(&name, &len, "Ctrl-"))
		out->mods |= MOD_CTRL;
	if (take(&name, &len, "Alt-"))
		out->mods |= MOD_ALT;
	if (take(&name, &len, "Shift-"))
		out->mods |= MOD_SHIFT;
	for (size_t i = 0; i < NAMED_N; i++) {
		if (strlen(named_keys[i].name) != len ||
		    strncmp(named_keys[i].name, name, len) != 0)
			continue;
		out->code = named_keys[i].code;
		return true;
	}
	if (len == 0 || utf8_decode(name, len, &cp) != len || cp == UTF8_BAD)
		return false;
	if ((out->mods & MOD_CTRL) != 0 && cp >= 'A' && cp <= 'Z')
		cp += 'a' - 'A';
	out->code = cp;
	return true;
}

/* U+3131 to U+3163: the letters, compound ones as the keys in turn. */
static const char *const letters[] = {
	"r",
	"R",
	"rt",
	"s",
	"sw",
	"sg",
	"e",
	"E",
	"f",
	"fr",
	"fa",
	"fq",
	"ft",
	"fx",
	"fv",
	"fg",
	"a",
	"q",
	"Q",
	"qt",
	"t",
	"T",
	"d",
	"w",
	"W",
	"c",
	"z",
	"x",
	"v",
	"g",
	"k",
	"o",
	"i",
	"O",
	"j",
	"p",
	"u",
	"P",
	"h",
	"hk",
	"ho",
	"hl",
	"y",
	"n",
	"nj",
	"np",
	"nl",
	"b",
	"m",
	"ml",
	"l",
};

/* Places in letters[] of a syllable's initial and final consonants. */
static const unsigned char initials[19] = { 0, 1, 3, 6, 7, 8, 16, 17, 18, 20,
	21, 22, 23, 24, 25, 26, 27, 28, 29 };
static const unsigned char finals[28] = { 0, 0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11,
	12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 25, 26, 27, 28, 29 };

static size_t
add_letter(char out[8], size_t n, size_t letter)
{
	const char *keys = letters[letter];
	size_t len = strlen(keys);

	memcpy(out + n, keys, len + 1);
	return n + len;
}

size_t
key_from_hangul(uint32_t cp, char out[8])
{
	uint32_t s;
	size_t n;

	out[0] = '\0';
	if (cp >= 0x3131 && cp <= 0x3163)
		return add_letter(out, 0, cp - 0x3131);
	if (cp < 0xAC00 || cp > 0xD7A3)
		return 0;
	s = cp - 0xAC00;
	n = add_letter(out, 0, initials[s / 588]);
	n = add_letter(out, n, 30 + s % 588 / 28);
	if (s % 28 != 0)
		n = add_letter(out, n, finals[s % 28]);
	return n;
}
