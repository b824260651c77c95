/*
 * usage: tui_bench ROWS COLS START-KEYS KEY COUNT COMMAND...
 *	  tui_bench ROWS COLS START-KEYS TEXT each:FROM COMMAND...
 *
 * Runs COMMAND in a terminal of its own, waits for its first screen, types
 * START-KEYS, then KEY so many times, each once the answer to the one before
 * is there.  Prints "first_ms key_ms key_bytes rss_mb": CPU time until the
 * first screen, CPU time and bytes for one KEY, and the most memory it had.
 *
 * With each:FROM it types TEXT letter by letter, and key_ms and key_bytes are
 * the most that one of them took, from the one in place FROM on (1 is the
 * first).  BENCH_EACH=1 lists them all on the standard error.
 */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define QUIET_MS 40 /* silent for so long: the answer is complete */
#define WAIT_MS  60000

static int master;
static pid_t child;

/* The process's time on a processor, in milliseconds. */
static double
cpu_ms(void)
{
	char path[64];
	unsigned long long ns = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/schedstat", (int)child);
	f = fopen(path, "r");
	if (f == NULL || fscanf(f, "%llu", &ns) != 1) {
		perror(path);
		exit(1);
	}
	fclose(f);
	return (double)ns / 1e6;
}

static void
type(const char *keys)
{
	if (write(master, keys, strlen(keys)) < 0) {
		perror("tui_bench: write");
		exit(1);
	}
}

/* Says what terminals say of themselves, when asked. */
static void
reply(const char *bytes, size_t n)
{
	if (memmem(bytes, n, "\033[6n", 4) != NULL)
		type("\033[2;4R");
	if (memmem(bytes, n, "\033[c", 3) != NULL)
		type("\033[?62c");
}

/* Reads an answer; how many bytes it had. */
static size_t
answer(void)
{
	struct pollfd p = { .fd = master, .events = POLLIN };
	char bytes[65536];
	size_t total = 0;
	ssize_t n;

	while (poll(&p, 1, total == 0 ? WAIT_MS : QUIET_MS) > 0) {
		n = read(master, bytes, sizeof(bytes));
		if (n <= 0)
			break;
		total += (size_t)n;
		reply(bytes, (size_t)n);
	}
	if (total == 0) {
		fprintf(stderr, "tui_bench: no answer\n");
		exit(1);
	}
	return total;
}

static long
peak_kb(void)
{
	char path[64], line[256];
	long kb = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)child);
	f = fopen(path, "r");
	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		if (sscanf(line, "VmHWM: %ld", &kb) == 1)
			break;
	if (f != NULL)
		fclose(f);
	return kb;
}

/* What a key costs: milliseconds and bytes. */
struct cost {
	double ms, bytes;
};

static struct cost
cost_of(const char *key)
{
	const double before = cpu_ms();
	struct cost c;

	type(key);
	c.bytes = (double)answer();
	c.ms = cpu_ms() - before;
	return c;
}

static struct cost
same(const char *key, int count)
{
	struct cost sum = { 0 }, c;

	for (int i = 0; i < count; i++) {
		c = cost_of(key);
		sum.ms += c.ms;
		sum.bytes += c.bytes;
	}
	return (struct cost){ sum.ms / count, sum.bytes / count };
}

static struct cost
each(const char *text, int from)
{
	const char *listed = getenv("BENCH_EACH");
	struct cost worst = { 0 }, c;
	char letter[8];
	size_t n;

	for (int i = 1; *text != '\0'; i++, text += n) {
		n = 1;
		while (n < 4 && (text[n] & 0xC0) == 0x80)
			n++;
		snprintf(letter, sizeof(letter), "%.*s", (int)n, text);
		c = cost_of(letter);
		if (listed != NULL)
			fprintf(stderr, "%s %.2f ms\n", letter, c.ms);
		if (i < from)
			continue;
		worst.ms = c.ms > worst.ms ? c.ms : worst.ms;
		worst.bytes = c.bytes > worst.bytes ? c.bytes : worst.bytes;
	}
	return worst;
}

int
main(int argc, char *argv[])
{
	struct winsize ws = { 0 };
	struct cost key;
	double first;
	long rss;

	if (argc < 7) {
		fprintf(stderr,
		    "usage: tui_bench ROWS COLS START-KEYS KEY "
		    "COUNT|each:FROM COMMAND...\n");
		return 2;
	}
	ws.ws_row = (unsigned short)atoi(argv[1]);
	ws.ws_col = (unsigned short)atoi(argv[2]);
	child = forkpty(&master, NULL, NULL, &ws);
	if (child < 0) {
		perror("tui_bench: forkpty");
		return 1;
	}
	if (child == 0) {
		execvp(argv[6], argv + 6);
		_exit(127);
	}
	answer();
	first = cpu_ms();
	if (argv[3][0] != '\0') {
		type(argv[3]);
		answer();
	}
	key = strncmp(argv[5], "each:", 5) == 0
	    ? each(argv[4], atoi(argv[5] + 5))
	    : same(argv[4], atoi(argv[5]));
	rss = peak_kb();
	printf("%.2f %.3f %.0f %.1f\n", first, key.ms, key.bytes,
	    (double)rss / 1024);
	kill(child, SIGTERM);
	/* It must not wait for us to read what it says at the end. */
	close(master);
	waitpid(child, NULL, 0);
	return 0;
}
