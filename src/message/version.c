/*
 * The order of versions.  SemVer 2.0.0 (https://semver.org/#spec-item-11) is
 * the base; "rc10" comes behind "rc9" and case does not count, because people
 * read them so.
 */
#include "message/version.h"

#include <string.h>

#include "text.h"

enum stage { STAGE_PRE, STAGE_FINAL, STAGE_POST };

/* A version taken apart, borrowed: name, numbers, tail. */
struct parts {
	const char *name; /* letters before the first digit */
	size_t name_len;
	const char *numbers; /* "1.2.3" */
	size_t numbers_len;
	const char *tail; /* "-rc1", "a", ".Final" */
	size_t tail_len;
	enum stage stage;
};

/* Words of pre-releases and how they sort; a number must follow the short. */
static const struct {
	const char *word;
	const char *canonical;
	bool needs_number;
} pre_words[] = {
	{ "alpha", "alpha", false },
	{ "a", "alpha", true },
	{ "beta", "beta", false },
	{ "b", "beta", true },
	{ "milestone", "milestone", false },
	{ "m", "milestone", true },
	{ "rc", "rc", false },
	{ "cr", "rc", false },
	{ "c", "rc", true },
	{ "candidate", "rc", false },
	{ "snapshot", "snapshot", false },
	{ "pre", "pre", false },
	{ "preview", "preview", false },
	{ "prerelease", "pre", false },
	{ "dev", "dev", false },
	{ "devel", "dev", false },
	{ "nightly", "nightly", false },
	{ "canary", "canary", false },
	{ "ea", "ea", false },
	{ "next", "next", false },
	{ "test", "test", false },
	{ "unstable", "unstable", false },
};
/* Say no more than that it is the release. */
static const char final_words[] = "final ga release stable lts ";
/* Variants of a release, not steps to it. */
static const char variant_words[] =
    "jre jdk android sp post patch p r rev "
    "hotfix build update u windows linux macos darwin ";

static size_t
word_len(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && text_alpha(s[n]))
		n++;
	return n;
}

static size_t
digits_len(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && text_digit(s[n]))
		n++;
	return n;
}

static bool
is_separator(char c)
{
	return !text_alnum(c);
}

/* The canonical name of a pre-release word at s, or NULL. */
static const char *
pre_word(const char *s, size_t len, size_t *n)
{
	*n = word_len(s, len);
	for (size_t i = 0; i < sizeof(pre_words) / sizeof(pre_words[0]); i++) {
		if (!text_is(s, *n, pre_words[i].word))
			continue;
		if (pre_words[i].needs_number) {
			size_t k = *n;

			if (k < len && (s[k] == '.' || s[k] == '-'))
				k++;
			if (k >= len || !text_digit(s[k]))
				return NULL;
		}
		return pre_words[i].canonical;
	}
	return NULL;
}

static enum stage
tail_stage(const struct parts *p)
{
	const char *s = p->tail;
	size_t len = p->tail_len, n;
	const char sep = len > 0 ? *s : '\0';
	size_t dots = 0;

	if (len == 0)
		return STAGE_FINAL;
	if (sep == '~')
		return STAGE_PRE;
	while (len > 0 && is_separator(*s)) {
		s++;
		len--;
	}
	if (len == 0)
		return STAGE_FINAL;
	if (pre_word(s, len, &n) != NULL)
		return STAGE_PRE;
	n = word_len(s, len);
	if (n == len && text_in(s, n, final_words))
		return STAGE_FINAL;
	for (size_t i = 0; i < p->numbers_len; i++)
		dots += p->numbers[i] == '.';
	/* SemVer: a hyphen behind three numbers begins a pre-release. */
	if (sep == '-' && dots == 2 && !text_in(s, n, variant_words) &&
	    !text_in(s, n, final_words))
		return STAGE_PRE;
	return STAGE_POST;
}

static void
take_apart(const char *v, struct parts *p)
{
	const char *plus;
	size_t len = strlen(v), i = 0;

	if (len > 1 && (v[0] == 'v' || v[0] == 'V') && text_digit(v[1])) {
		v++;
		len--;
	}
	*p = (struct parts){ .name = v };
	while (i < len && !text_digit(v[i]))
		i++;
	p->name_len = i;
	p->numbers = v + i;
	while (i < len &&
	    (text_digit(v[i]) ||
		((v[i] == '.' || v[i] == '_') && i + 1 < len &&
		    text_digit(v[i + 1]))))
		i++;
	p->numbers_len = (size_t)(v + i - p->numbers);
	p->tail = v + i;
	p->tail_len = len - i;
	/* Build metadata does not count, see version_compare(). */
	plus = memchr(p->tail, '+', p->tail_len);
	if (plus != NULL)
		p->tail_len = (size_t)(plus - p->tail);
	p->stage = tail_stage(p);
	if (p->stage == STAGE_FINAL)
		p->tail_len = 0;
}

static int
compare_digits(const char *a, size_t an, const char *b, size_t bn)
{
	int c;

	while (an > 0 && *a == '0') {
		a++;
		an--;
	}
	while (bn > 0 && *b == '0') {
		b++;
		bn--;
	}
	if (an != bn)
		return an < bn ? -1 : 1;
	c = an > 0 ? memcmp(a, b, an) : 0;
	return (c > 0) - (c < 0);
}

/* "1.2" and "1.2.0" are the same numbers. */
static int
compare_numbers(const struct parts *a, const struct parts *b)
{
	size_t i = 0, j = 0;

	while (i < a->numbers_len || j < b->numbers_len) {
		const size_t an = digits_len(a->numbers + i,
		    a->numbers_len - i);
		const size_t bn = digits_len(b->numbers + j,
		    b->numbers_len - j);
		const int c = compare_digits(a->numbers + i, an, b->numbers + j,
		    bn);

		if (c != 0)
			return c;
		i += an + (i + an < a->numbers_len);
		j += bn + (j + bn < b->numbers_len);
	}
	return 0;
}

static int
compare_words(const char *a, size_t an, const char *b, size_t bn)
{
	for (size_t i = 0; i < an && i < bn; i++) {
		const unsigned char x = (unsigned char)text_lower(a[i]);
		const unsigned char y = (unsigned char)text_lower(b[i]);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return (an > bn) - (an < bn);
}

/* A tail's next piece: a number, a word, or any other run of bytes. */
struct piece {
	const char *s;
	size_t len;
	char separator; /* before it, or NUL */
	bool number;
};

static bool
next_piece(const char **s, size_t *len, struct piece *out)
{
	const char *word;
	size_t n;

	out->separator = '\0';
	while (*len > 0 && is_separator(**s) && !((unsigned char)**s & 0x80)) {
		out->separator = **s;
		(*s)++;
		(*len)--;
	}
	if (*len == 0)
		return false;
	out->number = text_digit(**s);
	n = out->number ? digits_len(*s, *len) : word_len(*s, *len);
	if (n == 0)
		while (n < *len && ((unsigned char)(*s)[n] & 0x80))
			n++;
	out->s = *s;
	out->len = n;
	if (!out->number && (word = pre_word(*s, *len, &n)) != NULL) {
		out->s = word;
		out->len = strlen(word);
		n = word_len(*s, *len);
	} else {
		n = out->len;
	}
	*s += n;
	*len -= n;
	return true;
}

/*
 * Pieces sort by class before they sort by value, and so does the end of a
 * tail: only then is the order total.
 */
enum class { CLASS_BEFORE_END, CLASS_END, CLASS_NUMBER, CLASS_WORD };

/* "3.1a-rc1" comes before "3.1a", and "1-rc1-SNAPSHOT" before "1-rc1". */
static enum class piece_class(const struct piece *p, enum stage stage,
    bool first) {
	size_t n;

	if (p->len == 0) return CLASS_END;
	if (p->number) return CLASS_NUMBER;
	if (stage == STAGE_PRE) return !first && p->separator == '-' &&
		text_is(p->s, p->len, "snapshot")
	    ? CLASS_BEFORE_END
	    : CLASS_WORD;
	return pre_word(p->s, p->len, &n) != NULL ? CLASS_BEFORE_END
						  : CLASS_WORD;
}

static int
compare_tails(const struct parts *a, const struct parts *b)
{
	const char *as = a->tail, *bs = b->tail;
	size_t an = a->tail_len, bn = b->tail_len;

	for (bool first = true;; first = false) {
		struct piece x = { 0 }, y = { 0 };
		enum class xc, yc;
		int c;

		if (!next_piece(&as, &an, &x))
			x.len = 0;
		if (!next_piece(&bs, &bn, &y))
			y.len = 0;
		xc = piece_class(&x, a->stage, first);
		yc = piece_class(&y, b->stage, first);
		if (xc != yc)
			return xc < yc ? -1 : 1;
		if (xc == CLASS_END)
			return 0;
		c = xc == CLASS_NUMBER ? compare_digits(x.s, x.len, y.s, y.len)
				       : compare_words(x.s, x.len, y.s, y.len);
		if (c != 0)
			return c;
	}
}

int
version_compare(const char *a, const char *b)
{
	struct parts x, y;
	int c;

	take_apart(a, &x);
	take_apart(b, &y);
	if ((c = compare_words(x.name, x.name_len, y.name, y.name_len)) != 0)
		return c;
	if ((c = compare_numbers(&x, &y)) != 0)
		return c;
	if (x.stage != y.stage)
		return x.stage < y.stage ? -1 : 1;
	if ((c = compare_tails(&x, &y)) != 0)
		return c;
	c = strcmp(a, b);
	return (c > 0) - (c < 0);
}

bool
version_is_prerelease(const char *version)
{
	struct parts p;
	const char *s;
	size_t len;

	take_apart(version, &p);
	s = p.tail;
	len = p.tail_len;
	while (len > 0) {
		size_t n;

		if (pre_word(s, len, &n) != NULL)
			return true;
		n = word_len(s, len);
		s += n > 0 ? n : 1;
		len -= n > 0 ? n : 1;
	}
	return false;
}

/* Cuts the tail before its first pre-release word. */
static void
cut_prerelease(struct parts *p)
{
	size_t i = 0;

	if (p->stage == STAGE_PRE) {
		p->tail_len = 0;
		return;
	}
	while (i < p->tail_len) {
		size_t n;

		if (pre_word(p->tail + i, p->tail_len - i, &n) != NULL) {
			p->tail_len = i;
			return;
		}
		n = word_len(p->tail + i, p->tail_len - i);
		i += n > 0 ? n : 1;
	}
}

bool
version_same_final(const char *a, const char *b)
{
	struct parts x, y;

	take_apart(a, &x);
	take_apart(b, &y);
	cut_prerelease(&x);
	cut_prerelease(&y);
	return compare_words(x.name, x.name_len, y.name, y.name_len) == 0 &&
	    compare_numbers(&x, &y) == 0 && compare_tails(&x, &y) == 0;
}
