#include "model/suggest.h"

#include <string.h>

#define WORD_MAX 24 /* longer words are not worth a guess */

static int
fold(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 'a';
	return c == ' ' || c == '_' ? '-' : (unsigned char)c;
}

int
word_equal(const char *a, size_t n, const char *b, size_t m)
{
	if (n != m)
		return 0;
	for (size_t i = 0; i < n; i++)
		if (fold(a[i]) != fold(b[i]))
			return 0;
	return 1;
}

int
word_listed(const char *word, const char *list)
{
	size_t n = strlen(word);

	while (*list != '\0') {
		size_t m = strcspn(list, " ");

		if (word_equal(word, n, list, m))
			return 1;
		list += m;
		list += strspn(list, " ");
	}
	return 0;
}

static int
min(int a, int b)
{
	return a < b ? a : b;
}

/* Optimal string alignment: a swap of neighbours counts as one. */
static int
distance(const char *a, const char *b)
{
	int row[3][WORD_MAX + 1];
	int n = (int)strlen(a), m = (int)strlen(b);
	int *two = row[0], *one = row[1], *cur = row[2];

	for (int j = 0; j <= m; j++)
		one[j] = two[j] = j;
	for (int i = 1; i <= n; i++) {
		int *spare = two;

		cur[0] = i;
		for (int j = 1; j <= m; j++) {
			int change = fold(a[i - 1]) != fold(b[j - 1]);

			cur[j] = min(min(one[j], cur[j - 1]) + 1,
			    one[j - 1] + change);
			if (i > 1 && j > 1 &&
			    fold(a[i - 1]) == fold(b[j - 2]) &&
			    fold(a[i - 2]) == fold(b[j - 1]))
				cur[j] = min(cur[j], two[j - 2] + 1);
		}
		two = one;
		one = cur;
		cur = spare;
	}
	return one[m];
}

void
suggest_init(struct suggest *s, const char *typed)
{
	s->typed = typed;
	s->best = NULL;
	s->distance = 0;
}

void
suggest_offer(struct suggest *s, const char *word)
{
	size_t n = strlen(s->typed), m = strlen(word);
	int d;

	if (n < 2 || n > WORD_MAX || m > WORD_MAX)
		return;
	/* A beginning is as good as one slip. */
	d = n >= 3 && n < m && word_equal(s->typed, n, word, n)
	    ? 1
	    : distance(s->typed, word);
	if (d > (n <= 4 ? 1 : 2) && d * 3 > (int)n)
		return;
	if (s->best != NULL && s->distance <= d)
		return;
	s->best = word;
	s->distance = d;
}
