/* "Did you mean": the nearest of a few ASCII words. */
#ifndef NOTES_MODEL_SUGGEST_H
#define NOTES_MODEL_SUGGEST_H

#include <stddef.h>

/* Offers word as a candidate for what was typed. */
struct suggest {
	const char	*typed;
	const char	*best;		/* borrowed; NULL while none is near */
	int		 distance;
};

void	suggest_init(struct suggest *s, const char *typed);
void	suggest_offer(struct suggest *s, const char *word);

/* Case-insensitive; blanks and '_' count as '-'. */
int	word_equal(const char *a, size_t n, const char *b, size_t m);
/* True if word is in the list of words separated by spaces. */
int	word_listed(const char *word, const char *list);

#endif
