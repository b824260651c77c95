/*
 * A library to be preloaded, that lets memory run out at a chosen moment:
 *
 *	MALLOC_FAIL_AT=N   the Nth allocation of the process fails
 *	MALLOC_FAIL_ALL=1  and so does every one after it
 *	MALLOC_COUNT=FILE  the number of allocations is written there at the end
 *
 * So a test counts the allocations of a command once, and then runs it once for
 * each N: it must end with status 1 and one line, never with a signal, and leave
 * everything as it was.  Only the process that is started counts; what it
 * starts itself, does not.  See tests/cli/ for its use; build with
 * make build/tests/mallocfail.so.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct {
	void *(*malloc)(size_t n);
	void *(*calloc)(size_t n, size_t size);
	void *(*realloc)(void *p, size_t n);
	unsigned long fail_at;
	int fail_all, ready, starting;
	char count_file[256];
} the;

static unsigned long count;

/* dlsym() itself may want memory before there is a way to get any. */
static char early[4096];
static size_t early_used;

static void *
early_alloc(size_t n)
{
	void *p = early + early_used;

	n = (n + 15) & ~(size_t)15;
	if (n > sizeof(early) - early_used)
		abort();
	early_used += n;
	return p;
}

static int
is_early(const void *p)
{
	return (uintptr_t)p - (uintptr_t)early < sizeof(early);
}

static void
find(void *out, const char *name)
{
	void *symbol = dlsym(RTLD_NEXT, name);

	memcpy(out, &symbol, sizeof(symbol));
}

static void
start(void)
{
	const char *s;

	the.starting = 1;
	find(&the.malloc, "malloc");
	find(&the.calloc, "calloc");
	find(&the.realloc, "realloc");
	if ((s = getenv("MALLOC_FAIL_AT")) != NULL)
		the.fail_at = strtoul(s, NULL, 10);
	the.fail_all = getenv("MALLOC_FAIL_ALL") != NULL;
	if ((s = getenv("MALLOC_COUNT")) != NULL)
		snprintf(the.count_file, sizeof(the.count_file), "%s", s);
	unsetenv("LD_PRELOAD");
	the.starting = 0;
	the.ready = 1;
}

/* Counts one allocation: is it to fail? */
static int
fails(void)
{
	unsigned long n;

	if (!the.ready)
		start();
	n = __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED);
	if (the.fail_at == 0 || n < the.fail_at ||
	    (n > the.fail_at && !the.fail_all))
		return 0;
	errno = ENOMEM;
	return 1;
}

void *
malloc(size_t n)
{
	if (the.starting)
		return early_alloc(n);
	return fails() ? NULL : the.malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	if (the.starting)
		return early_alloc(n * size);
	return fails() ? NULL : the.calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	void *q;

	if (the.starting)
		return early_alloc(n);
	if (fails())
		return NULL;
	if (!is_early(p))
		return the.realloc(p, n);
	if ((q = the.malloc(n)) != NULL) {
		size_t rest = sizeof(early) - ((uintptr_t)p - (uintptr_t)early);

		memcpy(q, p, n < rest ? n : rest);
	}
	return q;
}

void
free(void *p)
{
	static void (*next)(void *p);

	if (p == NULL || is_early(p))
		return;
	if (next == NULL)
		find(&next, "free");
	next(p);
}

/* Runs at exit(), not at _exit(): a run that fails is not counted. */
static void __attribute__((destructor)) report(void)
{
	char text[32];
	int fd, n;

	if (the.count_file[0] == '\0')
		return;
	fd = open(the.count_file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	n = snprintf(text, sizeof(text), "%lu\n", count);
	if (fd < 0 || write(fd, text, (size_t)n) != n)
		_exit(127);
	close(fd);
}
