/*
 * usage: cpu [-n RUNS] [-s SECONDS] [-p SHELL] [-q SHELL] ours... -- reference...
 *
 * Runs two commands in turn, at least 3 and at most RUNS (200) times each or
 * for SECONDS (4) altogether, and prints the median of each one's CPU time
 * (user and system, its children included) in milliseconds and their ratio:
 * "ours reference ratio".  Taking turns cancels what else the machine does.
 * -p and -q are run by sh before each run of ours and of the reference, and not
 * counted.  Standard input and output are /dev/null; standard error is kept.
 * A command that fails ends the measurement with status 1.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS_MIN = 3, RUNS_MAX = 10000 };

struct side {
	char **argv;
	const char *prepare;
	double ms[RUNS_MAX];
	size_t n;
};

static double
wall(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static double
millis(const struct timeval *tv)
{
	return (double)tv->tv_sec * 1e3 + (double)tv->tv_usec / 1e3;
}

/* CPU time of one run; negative when it failed. */
static double
run(char *const argv[])
{
	struct rusage used;
	int status, null;
	pid_t pid = fork();

	if (pid == 0) {
		null = open("/dev/null", O_RDWR);
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		execvp(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid)
		return -1;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return -1;
	return millis(&used.ru_utime) + millis(&used.ru_stime);
}

static int
measure(struct side *s)
{
	char sh[] = "sh", c[] = "-c", *shell[] = { sh, c, NULL, NULL };
	double ms;

	if (s->prepare != NULL) {
		shell[2] = strdup(s->prepare);
		if (run(shell) < 0) {
			fprintf(stderr, "cpu: failed: %s\n", s->prepare);
			return -1;
		}
		free(shell[2]);
	}
	if ((ms = run(s->argv)) < 0) {
		fprintf(stderr, "cpu: failed: %s\n", s->argv[0]);
		return -1;
	}
	s->ms[s->n++] = ms;
	return 0;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(struct side *s)
{
	qsort(s->ms, s->n, sizeof(*s->ms), compare);
	return s->n % 2 == 1 ? s->ms[s->n / 2]
			     : (s->ms[s->n / 2 - 1] + s->ms[s->n / 2]) / 2;
}

int
main(int argc, char **argv)
{
	static struct side ours, reference;
	size_t runs = 200;
	double seconds = 4, start;
	int opt, i;

	while ((opt = getopt(argc, argv, "+n:s:p:q:")) != -1) {
		if (opt == 'n')
			runs = strtoul(optarg, NULL, 10);
		else if (opt == 's')
			seconds = strtod(optarg, NULL);
		else if (opt == 'p')
			ours.prepare = optarg;
		else if (opt == 'q')
			reference.prepare = optarg;
		else
			return 2;
	}
	ours.argv = argv + optind;
	for (i = optind; i < argc && strcmp(argv[i], "--") != 0; i++)
		continue;
	if (i == optind || i + 1 >= argc || runs < 1 || runs > RUNS_MAX) {
		fprintf(stderr,
		    "usage: cpu [-n RUNS] [-s SECONDS] [-p SHELL] "
		    "[-q SHELL] ours... -- reference...\n");
		return 2;
	}
	argv[i] = NULL;
	reference.argv = argv + i + 1;

	/* One run of each fills the caches and is not counted. */
	if (measure(&ours) != 0 || measure(&reference) != 0)
		return 1;
	ours.n = reference.n = 0;
	start = wall();
	while (ours.n < runs && (ours.n < RUNS_MIN || wall() - start < seconds))
		if (measure(&ours) != 0 || measure(&reference) != 0)
			return 1;
	printf("%.3f %.3f %.3f\n", median(&ours), median(&reference),
	    median(&reference) > 0 ? median(&ours) / median(&reference) : 0.0);
	return 0;
}
