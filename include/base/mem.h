/*
 * Memory that cannot fail: when the system has none left, the handler set by
 * mem_on_fatal() runs (the terminal UI restores the screen there), one line is
 * printed and the process ends with status 1.  SQLite rolls back whatever was
 * open at the next start.
 */
#ifndef NOTES_BASE_MEM_H
#define NOTES_BASE_MEM_H

#include <stddef.h>

/* n bytes, never NULL; n == 0 gives a pointer that may be freed. */
void	*mem_alloc(size_t n);

/* n * size zeroed bytes, never NULL; an overflow is out of memory. */
void	*mem_calloc(size_t n, size_t size);

/* Like realloc(p, n * size), never NULL; an overflow is out of memory. */
void	*mem_realloc(void *p, size_t n, size_t size);

/* Copies that the caller frees.  mem_strdup(NULL) is NULL. */
char	*mem_strdup(const char *s);
char	*mem_strndup(const char *s, size_t n);
void	*mem_dup(const void *p, size_t n);

/* Formatted copy that the caller frees. */
char	*mem_printf(const char *fmt, ...)
	    __attribute__((format(printf, 1, 2)));

/* Frees *s and makes it a copy of value (which may be NULL, or *s itself). */
void	 mem_replace(char **s, const char *value);

/*
 * Grows v (of *cap elements of the given size) so that it holds at least
 * need elements; doubles, so that pushing is amortised O(1).
 */
void	*mem_grow(void *v, size_t *cap, size_t need, size_t size);

/* The end for want of memory; for those that allocate by other means. */
void	 mem_fail(void) __attribute__((noreturn));

/* fn(arg) runs once before the process ends for want of memory. */
void	 mem_on_fatal(void (*fn)(void *arg), void *arg);

#endif
