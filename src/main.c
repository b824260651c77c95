/*
 * What a process must settle before any of our code runs, and the choice
 * between the hook, the command line and the screens.
 */
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "tui/tui.h"

/* A handler that does nothing is not handed on to the programs we start;
 * SIG_IGN would be. */
static void
ignore(int sig)
{
	(void)sig;
}

/* The calls fail with EPIPE and EFBIG, which we tell or keep quiet about. */
static void
ignore_signals(void)
{
	struct sigaction sa = { .sa_handler = ignore, .sa_flags = SA_RESTART };

	sigaction(SIGPIPE, &sa, NULL);
	sigaction(SIGXFSZ, &sa, NULL);
}

/* A closed standard stream must not become the database's descriptor. */
static void
keep_streams_open(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

/*
 * Only characters follow the locale: numbers, dates and messages are the same
 * everywhere.  Whatever is not UTF-8 is taken for C.UTF-8.
 */
static void
set_locale(void)
{
	if (setlocale(LC_CTYPE, "") == NULL ||
	    strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

static int
run_screens(const struct app_options *o, const struct cli_look *l)
{
	static const enum tui_colour colours[] = {
		[CLI_COLOUR_AUTO] = TUI_COLOUR_AUTO,
		[CLI_COLOUR_ALWAYS] = TUI_COLOUR_ALWAYS,
		[CLI_COLOUR_NEVER] = TUI_COLOUR_NEVER,
	};
	const struct tui_look look = { .colour = colours[l->colour],
		.ascii = l->ascii,
		.no_mouse = l->no_mouse };

	return tui_run(o, &look);
}

int
main(int argc, char *argv[])
{
	keep_streams_open();
	ignore_signals();
	/* Every commit waits for this one: nothing before it that it can do
	 * without. */
	if (argc > 3 && strcmp(argv[1], "hook") == 0 &&
	    strcmp(argv[2], "run") == 0 && argv[3][0] != '-')
		return cli_hook(&(struct app_options){ .mode = APP_HOOK },
		    argc - 3, argv + 3);
	set_locale();
	return cli_main(argc, argv,
	    &(struct cli_screens){ .run = run_screens,
		.plain = tui_plain,
		.is_screen = tui_is_screen,
		.screen_names = tui_screen_names,
		.screen_takes = tui_screen_takes,
		.check_keys = tui_check_keys,
		.check_key = tui_check_key,
		.key_names = tui_key_names });
}
