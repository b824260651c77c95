/* A list of owned strings. */
#ifndef NOTES_BASE_STRV_H
#define NOTES_BASE_STRV_H

#include <stdbool.h>
#include <stddef.h>

struct strv {
	char	**v;		/* owned, n of them; NULL while empty */
	size_t	  n, cap;
};

#define STRV_INIT { NULL, 0, 0 }

void	strv_push(struct strv *sv, const char *s);		/* copies */
void	strv_push_len(struct strv *sv, const char *s, size_t n);
void	strv_take(struct strv *sv, char *s);			/* owns s */
bool	strv_has(const struct strv *sv, const char *s);
void	strv_sort(struct strv *sv);				/* bytewise */
void	strv_remove(struct strv *sv, size_t i);
void	strv_copy(struct strv *dst, const struct strv *src);
void	strv_release(struct strv *sv);

#endif
