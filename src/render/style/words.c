#include "words.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

const char *const render_lang_names[] = { "en", "ko", NULL };

static const char *const words[WORD_N][LANG_N] = {
#define X(id, en, ko) { en, ko },
	WORDS(X)
#undef X
};

enum render_lang
render_lang_find(const char *name)
{
	for (int i = 0; i < LANG_N; i++) {
		if (strcmp(render_lang_names[i], name) == 0)
			return (enum render_lang)i;
	}
	return LANG_N;
}

const char *
word(enum render_lang lang, enum word w)
{
	return words[w][lang];
}

void
word_fill(struct buf *out, enum render_lang lang, enum word w, const char *a,
    const char *b)
{
	const char *s = words[w][lang];

	while (*s != '\0') {
		if (strncmp(s, "{1}", 3) == 0) {
			buf_puts(out, a == NULL ? "" : a);
			s += 3;
		} else if (strncmp(s, "{2}", 3) == 0) {
			buf_puts(out, b == NULL ? "" : b);
			s += 3;
		} else {
			buf_putc(out, *s++);
		}
	}
}

void
word_date(struct buf *out, enum render_lang lang, int64_t t)
{
	static const char *const months[] = {
		"January",
		"February",
		"March",
		"April",
		"May",
		"June",
		"July",
		"August",
		"September",
		"October",
		"November",
		"December",
	};
	char day[11];
	int y, m, d;

	date_format_day(t, day);
	y = atoi(day);
	m = atoi(day + 5);
	d = atoi(day + 8);
	if (lang == LANG_KO)
		buf_printf(out, "%d년 %d월 %d일", y, m, d);
	else
		buf_printf(out, "%s %d, %d", months[(m + 11) % 12], d, y);
}
