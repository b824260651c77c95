#include "base/mem.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * The one mutable global of the program: there is no context to pass through
 * every allocation, and the screen must be restored whoever runs out.
 */
static struct {
	void (*fn)(void *arg);
	void *arg;
} on_fatal;

void
mem_on_fatal(void (*fn)(void *arg), void *arg)
{
	on_fatal.fn = fn;
	on_fatal.arg = arg;
}

void
mem_fail(void)
{
	static const char msg[] = "notes: out of memory\n";
	void (*fn)(void *arg) = on_fatal.fn;

	on_fatal.fn = NULL;
	if (fn != NULL)
		fn(on_fatal.arg);
	/* stdio may want memory of its own. */
	if (write(STDERR_FILENO, msg, sizeof(msg) - 1) < 0) {
		/* Nobody is left to tell. */
	}
	_exit(1);
}

static size_t
times(size_t n, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total) || total > PTRDIFF_MAX)
		mem_fail();
	return total == 0 ? 1 : total;
}

void *
mem_alloc(size_t n)
{
	void *p = malloc(times(n, 1));

	if (p == NULL)
		mem_fail();
	return p;
}

void *
mem_calloc(size_t n, size_t size)
{
	void *p = calloc(1, times(n, size));

	if (p == NULL)
		mem_fail();
	return p;
}

void *
mem_realloc(void *p, size_t n, size_t size)
{
	void *q = realloc(p, times(n, size));

	if (q == NULL)
		mem_fail();
	return q;
}

void *
mem_dup(const void *p, size_t n)
{
	void *copy = mem_alloc(n);

	if (n > 0)
		memcpy(copy, p, n);
	return copy;
}

char *
mem_strdup(const char *s)
{
	return s == NULL ? NULL : mem_dup(s, strlen(s) + 1);
}

char *
mem_strndup(const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *copy = mem_alloc(len + 1);

	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

char *
mem_printf(const char *fmt, ...)
{
	va_list ap;
	char *s = NULL;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n < 0)
		mem_fail();
	return s;
}

void
mem_replace(char **s, const char *value)
{
	char *copy = mem_strdup(value);

	free(*s);
	*s = copy;
}

void *
mem_grow(void *v, size_t *cap, size_t need, size_t size)
{
	size_t n = *cap < 8 ? 8 : *cap;

	if (need <= *cap)
		return v;
	while (n < need) {
		if (n > SIZE_MAX / 2)
			mem_fail();
		n *= 2;
	}
	v = mem_realloc(v, n, size);
	*cap = n;
	return v;
}
