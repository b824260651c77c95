/* Names of keys as people write them. */
#include <string.h>

#include "keymap.h"

/* Other programs' words: what they begin with, and ours. */
static const struct {
	const char *theirs, *ours;
} heads[] = { { "Ctrl-", "Ctrl-" }, { "C-", "Ctrl-" }, { "^", "Ctrl-" },
	{ "Alt-", "Alt-" }, { "M-", "Alt-" }, { "Shift-", "Shift-" },
	{ "S-", "Shift-" } };

static const struct {
	const char *theirs, *ours;
} words[] = { { "Return", "Enter" }, { "Escape", "Esc" }, { "PageUp", "PgUp" },
	{ "PageDown", "PgDn" }, { "Del", "Delete" }, { "Ins", "Insert" },
	{ "Shift-Tab", "S-Tab" }, { "S-Tab", "S-Tab" } };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static bool
same(const char *s, size_t len, const char *word)
{
	return strlen(word) == len && strncasecmp(s, word, len) == 0;
}

static bool
named(const char *s, size_t len, struct key *out)
{
	static const char *const names[] = {
#define X(id, name) name,
		KEYS(X)
#undef X
		    "Space"
	};

	for (size_t i = 0; i < COUNT(words); i++)
		if (same(s, len, words[i].theirs))
			return key_parse(words[i].ours, strlen(words[i].ours),
			    out);
	for (size_t i = 0; i < COUNT(names); i++)
		if (same(s, len, names[i]))
			return key_parse(names[i], strlen(names[i]), out);
	return key_parse(s, len, out);
}

/* What a terminal sends for both is told as the second. */
static void
terminal_key(struct key *k)
{
	static const struct {
		char letter;
		uint32_t code;
	} twins[] = { { 'i', TK_TAB }, { 'm', TK_ENTER }, { '[', TK_ESC } };

	for (size_t i = 0; i < COUNT(twins); i++)
		if (k->mods == MOD_CTRL && k->code == (unsigned)twins[i].letter)
			*k = (struct key){ .code = twins[i].code };
}

/* One key. */
static bool
parse(const char *s, size_t len, struct key *out)
{
	unsigned mods = 0;
	size_t n, i = 0;

	if (same(s, len, "S-Tab") || same(s, len, "Shift-Tab"))
		return named(s, len, out);
	while (i < COUNT(heads)) {
		n = strlen(heads[i].theirs);
		if (len <= n || strncasecmp(s, heads[i].theirs, n) != 0) {
			i++;
			continue;
		}
		mods |= heads[i].ours[0] == 'C' ? MOD_CTRL
		    : heads[i].ours[0] == 'A'   ? MOD_ALT
						: MOD_SHIFT;
		s += n;
		len -= n;
		i = 0;
	}
	if (!named(s, len, out))
		return false;
	if ((mods & MOD_CTRL) != 0 && out->code >= 'A' && out->code <= 'Z')
		out->code += 'a' - 'A';
	out->mods |= mods;
	terminal_key(out);
	/* The terminal tells a capital letter, not that Shift was held. */
	return (out->mods & MOD_SHIFT) == 0 || out->code >= TK_BASE;
}

/* "F13" and "Down1" are misspelt, no sequences. */
static bool
in_sequence(const char *s, size_t len, struct key *k)
{
	return parse(s, len, k) && k->code < TK_BASE && k->code != ' ';
}

static void
put(struct buf *out, const struct key *k)
{
	char name[KEY_NAME_MAX];

	key_label(k, name);
	buf_puts(out, name);
}

bool
keymap_token(const char *token, size_t len, struct buf *out)
{
	struct key first, second;

	if (parse(token, len, &first)) {
		put(out, &first);
		return true;
	}
	for (size_t n = len - 1; n > 0; n--) {
		if (!in_sequence(token, n, &first) ||
		    !in_sequence(token + n, len - n, &second))
			continue;
		put(out, &first);
		put(out, &second);
		return true;
	}
	return false;
}
