#include "heading.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "render/style/words.h"

#define WORDS_MAX 6

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_alnum(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_token(char c)
{
	return is_alnum(c) || (unsigned char)c >= 0x80 ||
	    (c != '\0' && strchr("._+~-", c) != NULL);
}

bool
heading_is_version(const char *s, size_t len)
{
	size_t i = len > 1 && (*s == 'v' || *s == 'V') ? 1 : 0;

	if (i >= len || !is_digit(s[i]))
		return false;
	for (; i < len; i++) {
		if ((unsigned char)s[i] >= 0x80)
			return false;
	}
	return true;
}

/*
 * The text as it reads: without emphasis, code marks, tags, backslashes and
 * link targets.  Square brackets stay, they set a version apart.
 */
static void
read_plain(const char *s, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\\' || s[i] == '*' || s[i] == '`')
			continue;
		if (s[i] == '<') {
			const char *const end = memchr(s + i, '>', len - i);

			if (end != NULL) {
				i = (size_t)(end - s);
				continue;
			}
		}
		buf_putc(out, s[i]);
		if (s[i] == ']' && i + 1 < len &&
		    (s[i + 1] == '(' || s[i + 1] == '[')) {
			const char close = s[i + 1] == '(' ? ')' : ']';
			const char *const end = memchr(s + i + 1, close,
			    len - i - 1);

			if (end != NULL)
				i = (size_t)(end - s);
		}
	}
}

/* What may stand behind a version: nothing, a date, something set apart. */
static bool
ends_well(const char *s)
{
	static const char *const dashes[] = { "–", "—", "“", "·" };

	if (*s == ']')
		s++;
	while (*s == ' ' || *s == '\t')
		s++;
	if (*s == '\0' || is_digit(*s) || strchr("([-/:,|\"'", *s) != NULL)
		return true;
	for (size_t i = 0; i < sizeof(dashes) / sizeof(*dashes); i++) {
		if (strncmp(s, dashes[i], strlen(dashes[i])) == 0)
			return true;
	}
	return false;
}

/* The length of want at s, a leading 'v' on either side aside; 0 if none. */
static size_t
match(const char *s, const char *want)
{
	const char *p = s;
	size_t n;

	if (strncmp(p, want, strlen(want)) != 0) {
		if ((*p == 'v' || *p == 'V') && is_digit(p[1]))
			p++;
		if ((*want == 'v' || *want == 'V') && is_digit(want[1]))
			want++;
	}
	n = strlen(want);
	if (n == 0 || strncmp(p, want, n) != 0)
		return 0;
	if (is_token(p[n]) && !(p[n] == '.' && !is_token(p[n + 1])))
		return 0;
	return (size_t)(p - s) + n;
}

/* Words in front of a version that the heading is not about. */
static bool
is_stop_word(const char *s, size_t len)
{
	static const char *const words[] = {
		"from",
		"to",
		"since",
		"until",
		"before",
		"after",
		"than",
		"upgrade",
		"upgrading",
		"migrate",
		"migrating",
		"migration",
		"build",
		"빌드",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strlen(words[i]) == len &&
		    strncasecmp(words[i], s, len) == 0)
			return true;
	}
	return false;
}

static bool
is_unreleased(const char *s)
{
	s += strspn(s, " \t[(");
	for (int i = 0; i < LANG_N; i++) {
		const char *const w = word((enum render_lang)i,
		    WORD_UNRELEASED);
		const size_t n = strlen(w);

		if (strncasecmp(s, w, n) == 0 && !is_token(s[n]))
			return true;
	}
	return false;
}

static void
keep(const char *s, size_t n, char version[HEADING_VERSION_MAX])
{
	if (version == NULL || n >= HEADING_VERSION_MAX)
		return;
	memcpy(version, s, n);
	version[n] = '\0';
}

static enum heading_kind
read_words(const char *s, const char *want, char version[HEADING_VERSION_MAX])
{
	for (size_t words = 0; words <= WORDS_MAX;) {
		const char *start;
		size_t n;

		while (*s != '\0' && !is_token(*s))
			s++;
		if (*s == '\0')
			break;
		if (want != NULL && (n = match(s, want)) > 0)
			return ends_well(s + n + (s[n] == '.')) ? HEADING_WANTED
								: HEADING_OTHER;
		start = s;
		while (is_token(*s))
			s++;
		n = (size_t)(s - start);
		while (n > 0 && strchr(".-_~+", start[n - 1]) != NULL)
			n--;
		if (n == 0)
			continue;
		if (heading_is_version(start, n)) {
			if (!ends_well(s))
				return HEADING_OTHER;
			keep(start, n, version);
			return HEADING_VERSION;
		}
		if (is_stop_word(start, n))
			break;
		words++;
	}
	return HEADING_OTHER;
}

enum heading_kind
heading_kind(const char *text, size_t len, const char *want,
    char version[HEADING_VERSION_MAX])
{
	struct buf plain = BUF_INIT;
	enum heading_kind kind;

	if (version != NULL)
		version[0] = '\0';
	read_plain(text, len, &plain);
	if (is_unreleased(buf_str(&plain)))
		kind = want != NULL && is_unreleased(want) ? HEADING_WANTED
							   : HEADING_UNRELEASED;
	else
		kind = read_words(buf_str(&plain), want, version);
	buf_release(&plain);
	return kind;
}
