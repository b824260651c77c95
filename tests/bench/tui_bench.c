/*
 * usage: tui_bench ROWS COLS START-KEYS KEY COUNT COMMAND...
 *
 * Runs COMMAND in a terminal of its own, waits for its first screen, types
 * START-KEYS, then KEY so many times, each once the answer to the one before
 * is there.  Prints "first_ms key_ms key_bytes rss_mb": CPU time until the
 * first screen, CPU time and bytes for one KEY, and the most memory it had.
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

int
main(int argc, char *argv[])
{
	struct winsize ws = { 0 };
	double first, before, after;
	size_t bytes = 0;
	long rss;
	int count;

	if (argc < 7) {
		fprintf(stderr,
		    "usage: tui_bench ROWS COLS START-KEYS KEY "
		    "COUNT COMMAND...\n");
		return 2;
	}
	ws.ws_row = (unsigned short)atoi(argv[1]);
	ws.ws_col = (unsigned short)atoi(argv[2]);
	count = atoi(argv[5]);
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
	before = cpu_ms();
	for (int i = 0; i < count; i++) {
		type(argv[4]);
		bytes += answer();
	}
	after = cpu_ms();
	rss = peak_kb();
	printf("%.2f %.3f %.0f %.1f\n", first, (after - before) / count,
	    (double)bytes / count, (double)rss / 1024);
	kill(child, SIGTERM);
	/* It must not wait for us to read what it says at the end. */
	close(master);
	waitpid(child, NULL, 0);
	return 0;
}
