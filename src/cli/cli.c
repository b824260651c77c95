#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/scan.h"
#include "base/date.h"
#include "base/utf8.h"
#include "cmd.h"
#include "common.h"
#include "pager.h"

#define PROGRESS_MS 200 /* between two looks of it */
/* What the installed hooks take for "refuse this message"; any other failure
 * is none of the commit's business (vcs/hooks.h). */
#define HOOK_REFUSED 3

/* What the words turned out to ask for. */
struct call {
	const struct cmd *cmd; /* NULL: none named */
	char path[64];         /* "release add" */
	struct args globals, args;
};

static int
exit_status(enum rc rc)
{
	switch (rc) {
	case RC_OK:
		return 0;
	case RC_USAGE:
		return 2;
	case RC_FOUND:
		return 3;
	default:
		return 1;
	}
}

/*
 * Does what follows --plain name a screen?  Some commands have a screen's name:
 * "release list" is a command with --plain in front as well.  "list" always is
 * the command; its screen is "tickets".
 */
static bool
names_screen(const struct cli_screens *screens, const struct cmd *cmd, int argc,
    char *argv[])
{
	/* What is neither, the screens complain about. */
	if (cmd == NULL)
		return true;
	if (!screens->is_screen(argv[0]))
		return false;
	return cmd->screen ||
	    (cmd->subs != NULL &&
		(argc < 2 || cmd_find(cmd->subs, argv[1]) == NULL));
}

/* Names the command, and takes the words before it off argv. */
static enum rc
call_find(struct call *call, const struct cli_screens *screens, int *argc,
    char ***argv, struct err *err)
{
	const struct cmd *cmd;
	const char *who = "notes";
	int used;
	enum rc rc;

	rc = opt_parse(NULL, OPT_STOP_AT_WORD, who, *argc, *argv,
	    &call->globals, &call->args, &used, err);
	if (rc != RC_OK || used >= *argc)
		return rc;
	*argc -= used;
	*argv += used;
	cmd = cmd_find(commands, (*argv)[0]);
	if (args_has(&call->globals, GLOBAL_PLAIN) &&
	    names_screen(screens, cmd, *argc, *argv)) {
		words_push(&call->args.words, (*argv)[0]);
		return opt_parse(NULL, OPT_WORDS_TOO, "notes --plain", *argc,
		    *argv, &call->globals, &call->args, &used, err);
	}
	if (cmd == NULL)
		return cmd_unknown(commands, "", (*argv)[0], err);
	call->cmd = cmd;
	snprintf(call->path, sizeof(call->path), "%s", cmd->name);
	if (cmd->subs == NULL)
		return RC_OK;

	rc = opt_parse(NULL, OPT_STOP_AT_WORD, call->path, *argc, *argv,
	    &call->globals, &call->args, &used, err);
	if (rc != RC_OK)
		return rc;
	if (used >= *argc) {
		if (args_has(&call->globals, GLOBAL_HELP))
			return RC_OK;
		call->cmd = cmd->subs[0];
		*argc = 1;
	} else {
		char prefix[64];

		*argc -= used;
		*argv += used;
		snprintf(prefix, sizeof(prefix), "%s ", cmd->name);
		call->cmd = cmd_find(cmd->subs, (*argv)[0]);
		if (call->cmd == NULL)
			return cmd_unknown(cmd->subs, prefix, (*argv)[0], err);
	}
	snprintf(call->path, sizeof(call->path), "%s %s", cmd->name,
	    call->cmd->name);
	return RC_OK;
}

static enum rc
check_count(const struct call *call, struct err *err)
{
	const struct cmd *cmd = call->cmd;
	int n = (int)call->args.words.n;

	if (n < cmd->min)
		return err_set(err, RC_USAGE, "usage: notes %s%s%s", call->path,
		    cmd->args == NULL ? "" : " ",
		    cmd->args == NULL ? "" : cmd->args);
	if (cmd->max != CMD_ANY && n > cmd->max)
		return err_set(err, RC_USAGE,
		    "notes %s: one word too many: \"%s\" (see: notes %s -h)",
		    call->path, call->args.words.v[cmd->max], call->path);
	return cmd->check == NULL ? RC_OK : cmd->check(&call->args, err);
}

static enum rc
call_parse(struct call *call, const struct cli_screens *screens, int argc,
    char *argv[], struct err *err)
{
	char who[80];
	int used;
	enum rc rc;

	if ((rc = call_find(call, screens, &argc, &argv, err)) != RC_OK ||
	    call->cmd == NULL || call->cmd->run == NULL)
		return rc;
	snprintf(who, sizeof(who), "notes %s", call->path);
	rc = opt_parse(call->cmd->opts,
	    call->cmd->stop == OPT_STOP_AT_WORD ? OPT_WORDS_TOO
						: call->cmd->stop,
	    who, argc, argv, &call->globals, &call->args, &used, err);
	if (rc == RC_USAGE && call->cmd->lacks != NULL && optind > 0 &&
	    optind <= argc)
		call->cmd->lacks(argv[optind - 1], err);
	if (rc != RC_OK || args_has(&call->globals, GLOBAL_HELP))
		return rc;
	return check_count(call, err);
}

static enum rc
colour_of(const char *when, enum out_colour *out, struct err *err)
{
	static const char *const names[] = {
		[COLOUR_AUTO] = "auto",
		[COLOUR_ALWAYS] = "always",
		[COLOUR_NEVER] = "never",
	};

	*out = COLOUR_AUTO;
	if (when == NULL)
		return RC_OK;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(when, names[i]) == 0) {
			*out = (enum out_colour)i;
			return RC_OK;
		}
	}
	return err_set(err, RC_USAGE,
	    "--color takes auto, always or never, not \"%s\"", when);
}

static enum rc
apply_globals(const struct args *g, struct cli *c, struct err *err)
{
	const struct words *dirs = &g->opts[GLOBAL_DIR];
	enum out_colour colour;
	enum rc rc;

	if ((rc = colour_of(args_get(g, GLOBAL_COLOR), &colour, err)) != RC_OK)
		return rc;
	/* Several count one after the other, as with git -C. */
	for (size_t i = 0; i < dirs->n; i++)
		if (dirs->v[i][0] != '\0' && chdir(dirs->v[i]) != 0)
			return err_errno(err, errno, "cannot go to %s",
			    dirs->v[i]);
	c->options.db = args_get(g, GLOBAL_DB);
	c->options.repo = args_get(g, GLOBAL_REPO);
	c->out.zero = args_has(g, GLOBAL_ZERO);
	if (args_has(g, GLOBAL_PORCELAIN) || c->out.zero)
		c->out.form = OUT_PORCELAIN;
	if (args_has(g, GLOBAL_JSON))
		c->out.form = OUT_JSON;
	c->out.quiet = args_has(g, GLOBAL_QUIET);
	c->out.plain = args_has(g, GLOBAL_PLAIN);
	out_init(&c->out, colour);
	return RC_OK;
}

/* One line on the terminal that is written over and goes away in the end. */
struct progress {
	int64_t last; /* milliseconds; 0: none shown yet */
	bool shown;
};

static void
clear_progress(struct progress *p)
{
	if (p->shown && write(STDERR_FILENO, "\r\033[K", 4) < 0)
		errno = 0;
	p->shown = false;
}

static void
show_progress(void *arg, const char *what, int64_t done, int64_t total)
{
	struct progress *p = arg;
	int64_t now = date_clock_ms();
	struct buf line = BUF_INIT;

	if (p->last == 0)
		p->last = now;
	if (now - p->last < PROGRESS_MS)
		return;
	p->last = now;
	p->shown = true;
	buf_puts(&line, "\r\033[K");
	utf8_clean(&line, what, strlen(what), UTF8_ONE_LINE);
	buf_printf(&line, " %lld", (long long)done);
	if (total > 0)
		buf_printf(&line, " of %lld", (long long)total);
	if (write(STDERR_FILENO, line.ptr, line.len) < 0)
		errno = 0;
	buf_release(&line);
}

static bool
wants_progress(const struct cli *c)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) && !c->out.quiet && !c->out.plain &&
	    term != NULL && strcmp(term, "dumb") != 0;
}

static enum rc
run_command(struct cli *c, const struct call *call, struct err *err)
{
	struct progress progress = { .last = 0 };
	enum rc rc;

	if (call->cmd->mode == CMD_BARE) {
		c->out.pager = pager_command(NULL);
		return call->cmd->run(c, &call->args, err);
	}
	c->options.mode = call->cmd->mode == CMD_READ ? APP_READ : APP_WRITE;
	if ((rc = app_open(&c->options, &c->app, err)) != RC_OK)
		return rc;
	c->out.pager = pager_command(app_git_config(c->app, "core.pager"));
	if (wants_progress(c))
		app_on_progress(c->app, show_progress, &progress);
	rc = call->cmd->run(c, &call->args, err);
	clear_progress(&progress);
	app_on_progress(c->app, NULL, NULL);
	/* A failure is told in one line, its own. */
	if (rc == RC_OK || rc == RC_FOUND)
		common_warnings(c, app_warnings(c->app));
	return rc;
}

static enum rc
print_screen(const struct cli *c, const struct call *call,
    const struct cli_screens *screens, int *status, struct err *err)
{
	*status = screens->plain(&c->options, call->args.words.v,
	    call->args.words.n, stdout);
	/* A reader that goes away is none of our faults. */
	if (fflush(stdout) != 0 && errno != EPIPE && *status == 0)
		return err_errno(err, errno, "cannot write the output");
	return RC_OK;
}

static enum rc
run_screens(const struct cli *c, const struct call *call,
    const struct cli_screens *screens, int *status, struct err *err)
{
	static const enum cli_colour colours[] = {
		[COLOUR_AUTO] = CLI_COLOUR_AUTO,
		[COLOUR_ALWAYS] = CLI_COLOUR_ALWAYS,
		[COLOUR_NEVER] = CLI_COLOUR_NEVER,
	};
	struct cli_look look = {
		.ascii = args_has(&call->globals, GLOBAL_ASCII),
		.no_mouse = args_has(&call->globals, GLOBAL_NO_MOUSE),
	};
	enum out_colour colour;
	enum rc rc;

	rc = colour_of(args_get(&call->globals, GLOBAL_COLOR), &colour, err);
	if (rc != RC_OK)
		return rc;
	look.colour = colours[colour];
	*status = screens->run(&c->options, &look);
	return RC_OK;
}

static enum rc
no_command(struct cli *c, const struct call *call,
    const struct cli_screens *screens, int *status, struct err *err)
{
	if (args_has(&call->globals, GLOBAL_HELP)) {
		usage_overview(&c->out, screens);
		return RC_OK;
	}
	if (c->out.plain && c->out.form == OUT_TEXT)
		return print_screen(c, call, screens, status, err);
	if (c->out.form != OUT_TEXT || !isatty(STDIN_FILENO) ||
	    !isatty(STDOUT_FILENO))
		return err_set(err, RC_USAGE,
		    "usage: notes COMMAND ... (no terminal for the screens; "
		    "see: notes help)");
	return run_screens(c, call, screens, status, err);
}

/* The globals' own answers, then the command. */
static enum rc
run_call(struct cli *c, struct call *call, const struct cli_screens *screens,
    int *status, struct err *err)
{
	enum rc rc;

	if (args_has(&call->globals, GLOBAL_VERSION)) {
		out_printf(&c->out, STYLE_NONE, "notes %s", NOTES_VERSION);
		out_newline(&c->out);
		return RC_OK;
	}
	if ((rc = apply_globals(&call->globals, c, err)) != RC_OK)
		return rc;
	if (call->cmd == NULL)
		return no_command(c, call, screens, status, err);
	if (args_has(&call->globals, GLOBAL_HELP)) {
		c->out.pager = pager_command(NULL);
		usage_command(&c->out, call->cmd, call->path);
		return RC_OK;
	}
	return run_command(c, call, err);
}

int
cli_main(int argc, char *argv[], const struct cli_screens *screens)
{
	struct cli c = { .out.pager_fd = -1, .screens = screens };
	struct call call = { 0 };
	struct err err = ERR_INIT, late = ERR_INIT;
	int status = 0;
	enum rc rc;

	if ((rc = call_parse(&call, screens, argc, argv, &err)) == RC_OK)
		rc = run_call(&c, &call, screens, &status, &err);
	if (rc != RC_OK && rc != RC_FOUND)
		out_discard(&c.out);
	/* The pager's name is the app's; what it shows needs no database. */
	out_drain(&c.out);
	app_close(c.app);
	/* What a check found is printed, not told as an error. */
	if (rc != RC_OK && err.msg[0] != '\0')
		say_error(err.msg);
	if (status == 0)
		status = exit_status(rc);
	if (out_finish(&c.out, &late) != RC_OK) {
		if (status == 0 || rc == RC_FOUND)
			say_error(late.msg);
		status = 1;
	}
	out_release(&c.out);
	args_release(&call.globals);
	args_release(&call.args);
	return status;
}

int
cli_hook(const struct app_options *o, int argc, char *argv[])
{
	struct strv say = STRV_INIT;
	bool refuse = false;

	app_hook_run(o, argv[0], argc - 1, argv + 1, &say, &refuse);
	for (size_t i = 0; i < say.n; i++)
		say_error(say.v[i]);
	strv_release(&say);
	/* The stub refuses on this alone: 1 is what a fault of ours gives. */
	return refuse ? 3 : 0;
}
