#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/scan.h"
#include "base/fs.h"
#include "cli/cli.h"
#include "cli/common.h"
#include "cli/table.h"

static enum rc
program_path(struct buf *out, struct err *err)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path));

	if (n < 0)
		return err_errno(err, errno, "cannot find my own program");
	buf_add(out, path, (size_t)n);
	return RC_OK;
}

static enum rc
status_run(struct cli *c, const struct args *a, struct err *err)
{
	struct table table = { .shrinks = 2 };
	struct hook_lines l = { 0 };
	json_t *json, *hooks, *hook;
	enum rc rc;

	(void)a;
	if ((rc = app_hook_status(c->app, &l, err)) != RC_OK)
		return rc;
	table_column(&table, "HOOK");
	table_column(&table, "STATE");
	table_column(&table, "FILE");
	json = json_object();
	hooks = json_array();
	for (size_t i = 0; i < l.n; i++) {
		const struct hook_line *h = &l.v[i];

		if (c->out.form == OUT_PORCELAIN) {
			out_field(&c->out, h->name);
			out_field(&c->out, h->state);
			out_field(&c->out, h->path);
			out_end(&c->out);
			continue;
		}
		table_cell(&table, STYLE_KEY, h->name);
		table_cell(&table, STYLE_NONE, h->state);
		table_cell(&table, STYLE_DIM, h->path);
		hook = json_object();
		json_put(hook, "name", json_text(h->name));
		json_put(hook, "state", json_text(h->state));
		json_put(hook, "path", json_text(h->path));
		json_push(hooks, hook);
	}
	json_put(json, "hooks", hooks);
	json_put(json, "dir", json_text(l.dir));
	json_put(json, "manager", json_text(l.manager));
	if (c->out.form == OUT_JSON) {
		out_json(&c->out, json);
	} else {
		if (c->out.form == OUT_TEXT)
			table_print(&table, &c->out);
		json_decref(json);
		if (l.manager != NULL)
			out_say(&c->out, "hooks are managed by %s", l.manager);
	}
	table_release(&table);
	hook_lines_release(&l);
	return RC_OK;
}

static enum rc
install_run(struct cli *c, const struct args *a, struct err *err)
{
	struct buf program = BUF_INIT, advice = BUF_INIT;
	enum rc rc;

	(void)a;
	if ((rc = program_path(&program, err)) != RC_OK)
		return rc;
	rc = app_hook_install(c->app, buf_str(&program), &advice, err);
	if (advice.len > 0 || (rc == RC_OK && c->out.form == OUT_JSON))
		common_lines(c, &advice, json_object());
	else if (rc == RC_OK)
		out_say(&c->out, "hooks installed (see: notes hook status)");
	/* What to do by hand stands, also where installing failed. */
	out_drain(&c->out);
	buf_release(&program);
	buf_release(&advice);
	return rc;
}

static enum rc
uninstall_run(struct cli *c, const struct args *a, struct err *err)
{
	size_t removed = 0;
	json_t *json;
	enum rc rc;

	(void)a;
	if ((rc = app_hook_uninstall(c->app, &removed, err)) != RC_OK)
		return rc;
	if (c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "removed", json_integer((json_int_t)removed));
		out_json(&c->out, json);
	} else {
		out_say(&c->out, "%zu hook%s removed", removed,
		    common_s((int64_t)removed));
	}
	return RC_OK;
}

/* Only with options before the name: main() goes the shorter way. */
static enum rc
run_run(struct cli *c, const struct args *a, struct err *err)
{
	char **argv;
	int status;

	c->options.mode = APP_HOOK;
	argv = calloc(a->words.n + 1, sizeof(*argv));
	if (argv == NULL)
		return err_set(err, RC_FAIL, "out of memory");
	for (size_t i = 0; i < a->words.n; i++)
		argv[i] = (char *)(uintptr_t)a->words.v[i];
	status = cli_hook(&c->options, (int)a->words.n, argv);
	free(argv);
	return status == 0 ? RC_OK : RC_FOUND;
}

static const struct cmd hook_status = {
	.name = "status",
	.help = "which hooks are installed",
	.mode = CMD_READ,
	.stop = OPT_WORDS_TOO,
	.group = GROUP_COMMITS,
	.run = status_run,
};

static const struct cmd hook_install = {
	.name = "install",
	.help = "link commits as they are made",
	.details =
	    "A hook that is there already is kept and runs first. Where\n"
	    "another program manages the hooks (core.hooksPath, husky,\n"
	    "pre-commit) it says which line to add there.",
	.mode = CMD_WRITE,
	.stop = OPT_WORDS_TOO,
	.group = GROUP_COMMITS,
	.run = install_run,
};

static const struct cmd hook_uninstall = {
	.name = "uninstall",
	.help = "leave the hooks as they were before",
	.mode = CMD_WRITE,
	.stop = OPT_WORDS_TOO,
	.group = GROUP_COMMITS,
	.run = uninstall_run,
};

static const struct cmd hook_run = {
	.name = "run",
	.args = "NAME [ARG...]",
	.help = "what the installed hooks call",
	.details =
	    "It never fails for a fault of its own: a commit is neither\n"
	    "blocked nor lost.",
	.values = "hook file",
	.min = 1,
	.max = CMD_ANY,
	.mode = CMD_BARE,
	.stop = OPT_DASH_WORDS,
	.group = GROUP_COMMITS,
	.run = run_run,
};

static const struct cmd *const hook_subs[] = { &hook_status, &hook_install,
	&hook_uninstall, &hook_run, NULL };

const struct cmd cmd_hook = {
	.name = "hook",
	.help = "hooks that link each commit as it is made",
	.examples = "  notes hook install\n"
		    "  notes hook status",
	.subs = hook_subs,
	.group = GROUP_COMMITS,
};
