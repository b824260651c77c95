/*
 * What git's hooks run.  A fault of ours never blocks or loses a commit: what
 * cannot be done now goes to the spool, and one line says so.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/app.h"
#include "app/scan.h"
#include "app/ticket.h"
#include "app_priv.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "hook_message.h"
#include "spool.h"
#include "vcs/hooks.h"

#define HOOK_BUDGET_MS 200 /* docs/SAFETY.md, "Hooks" */

struct hook {
	const struct app_options *options;
	const char *name;
	int argc;
	char *const *argv;
	struct strv *say;
	bool *refuse;
	int64_t deadline; /* monotonic milliseconds */
};

static int64_t
monotonic_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static bool
out_of_time(void *arg)
{
	const struct hook *h = arg;

	return monotonic_ms() > h->deadline;
}

static void
say_err(struct hook *h, const char *what, const struct err *err)
{
	char *line = mem_printf("%s: %s", what, err->msg);

	strv_take(h->say, utf8_clean_dup(line, UTF8_ONE_LINE));
	free(line);
}

static enum rc
hook_open(struct hook *h, enum app_mode mode, struct app **a, struct err *err)
{
	struct app_options o = *h->options;
	enum rc rc;

	o.mode = mode;
	if ((rc = app_open(&o, a, err)) == RC_OK)
		app_on_stop(*a, out_of_time, h);
	return rc;
}

/* The folder of the tracker, found without opening the database. */
static char *
spool_folder(struct hook *h)
{
	struct vcs *v = NULL;
	struct err quiet = ERR_INIT;
	char *dir = NULL;

	if (h->options->db != NULL || getenv("NOTES_DB") != NULL)
		return NULL;
	if (vcs_open(h->options->dir, &v, &quiet) != RC_OK)
		return NULL;
	dir = fs_join(vcs_common_dir(v), "tracker");
	vcs_close(v);
	if (!fs_is_dir(dir)) {
		free(dir);
		return NULL;
	}
	return dir;
}

/* ---- post-commit, post-merge, post-applypatch ---- */

static void
hook_scan(struct hook *h)
{
	struct scan_result r = { 0 };
	struct err err = ERR_INIT, quiet = ERR_INIT;
	char *dir, *path = NULL;
	struct app *a = NULL;
	enum rc rc;

	rc = hook_open(h, APP_HOOK, &a, &err);
	/* No tracker here: the hook is not ours to complain in. */
	if (rc == RC_NOT_FOUND)
		return;
	if (rc == RC_OK)
		rc = app_scan(a, false, &r, &err);
	scan_result_release(&r);
	app_close(a);
	/* History is the truth: the next scan finds what this one left. */
	if (rc == RC_OK || rc == RC_STOPPED)
		return;
	if (rc == RC_BUSY && (dir = spool_folder(h)) != NULL) {
		rc = spool_write(dir, h->name, "", 0, &path, &quiet);
		free(path);
		free(dir);
		if (rc == RC_OK) {
			say_err(h, "linked later", &err);
			return;
		}
	}
	say_err(h, "commit kept, not linked yet", &err);
}

/* ---- post-rewrite ---- */

static void
hook_rewrite(struct hook *h)
{
	struct err err = ERR_INIT;
	struct buf pairs = BUF_INIT;
	struct app *a = NULL;
	char *dir = spool_folder(h), *path = NULL;
	enum rc rc;

	/* git says this once: it is on disk before anything can go wrong. */
	rc = fs_read("-", 0, &pairs, &err);
	if (rc == RC_OK && dir != NULL)
		rc = spool_write(dir, h->name, buf_str(&pairs), pairs.len,
		    &path, &err);
	if (rc == RC_OK)
		rc = hook_open(h, APP_HOOK, &a, &err);
	if (rc == RC_OK && dir == NULL) {
		if ((rc = store_begin(a->store, &err)) == RC_OK &&
		    (rc = spool_rewrites(a, buf_str(&pairs), pairs.len,
			 &err)) == RC_OK)
			rc = store_commit(a->store, &err);
		else
			store_rollback(a->store);
	}
	if (rc == RC_OK)
		rc = app_spool_drain(a, &err);
	if (rc != RC_OK && rc != RC_NOT_FOUND && rc != RC_STOPPED)
		say_err(h, "commits kept, linked later", &err);
	app_close(a);
	buf_release(&pairs);
	free(path);
	free(dir);
}

/* ---- commit-msg ---- */

static void
hook_commit_msg(struct hook *h)
{
	struct err err = ERR_INIT;
	struct buf text = BUF_INIT;
	struct app *a = NULL;
	enum rc rc;

	if (h->argc < 1)
		return;
	rc = hook_open(h, APP_READ, &a, &err);
	if (rc == RC_NOT_FOUND)
		return;
	if (rc == RC_OK)
		rc = fs_read(h->argv[0], 0, &text, &err);
	/* An empty message is how git is told to give the commit up. */
	if (rc == RC_OK && hook_message_is_lead(a, buf_str(&text), text.len)) {
		rc = fs_write(h->argv[0], "", 0, 0644, &err);
		buf_clear(&text);
	}
	if (rc == RC_OK && text.len > 0)
		rc = hook_message_check(a, buf_str(&text), text.len, h->say,
		    h->refuse, &err);
	if (rc != RC_OK)
		say_err(h, "message not checked", &err);
	app_close(a);
	buf_release(&text);
}

/* ---- prepare-commit-msg ---- */

static void
hook_prepare(struct hook *h)
{
	struct err err = ERR_INIT;
	struct buf text = BUF_INIT, out = BUF_INIT;
	struct app *a = NULL;
	const char *source = h->argc > 1 ? h->argv[1] : "";
	enum rc rc;

	/* Merges, squashes and amended messages are not new ones. */
	if (h->argc < 1 || strcmp(source, "merge") == 0 ||
	    strcmp(source, "squash") == 0 || strcmp(source, "commit") == 0)
		return;
	rc = hook_open(h, APP_READ, &a, &err);
	if (rc == RC_NOT_FOUND)
		return;
	if (rc == RC_OK)
		rc = fs_read(h->argv[0], 0, &text, &err);
	if (rc == RC_OK &&
	    hook_message_prepare(a, buf_str(&text), text.len, &out))
		rc = fs_write(h->argv[0], out.ptr, out.len, 0644, &err);
	if (rc != RC_OK)
		say_err(h, "message left as it is", &err);
	app_close(a);
	buf_release(&text);
	buf_release(&out);
}

static const struct {
	const char *name;
	void (*run)(struct hook *h);
} hooks[] = {
	{ "prepare-commit-msg", hook_prepare },
	{ "commit-msg", hook_commit_msg },
	{ "post-commit", hook_scan },
	{ "post-merge", hook_scan },
	{ "post-applypatch", hook_scan },
	{ "post-rewrite", hook_rewrite },
};

/*
 * The last resort against a disk or a repository that hangs: what is written
 * is rolled back by the next process that opens the database.
 */
static void
give_up(int sig)
{
	static const char line[] = "notes: took too long, commit kept, "
				   "linked later (run: notes scan)\n";

	(void)sig;
	(void)!write(STDERR_FILENO, line, sizeof line - 1);
	_exit(0);
}

static void
start_alarm(void)
{
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL,
		.sigev_signo = SIGRTMIN };
	struct itimerspec when = { .it_value.tv_sec = 1 };
	struct sigaction sa = { .sa_handler = give_up };
	timer_t timer;

	sigemptyset(&sa.sa_mask);
	sigaction(SIGRTMIN, &sa, NULL);
	if (timer_create(CLOCK_MONOTONIC, &ev, &timer) == 0)
		timer_settime(timer, 0, &when, NULL);
}

void
app_hook_run(const struct app_options *o, const char *name, int argc,
    char *const argv[], struct strv *say, bool *refuse)
{
	struct hook h = { .options = o,
		.name = name,
		.argc = argc,
		.argv = argv,
		.say = say,
		.refuse = refuse,
		.deadline = monotonic_ms() + HOOK_BUDGET_MS };
	size_t i;

	*refuse = false;
	start_alarm();
	for (i = 0; i < sizeof hooks / sizeof hooks[0]; i++)
		if (strcmp(hooks[i].name, name) == 0)
			hooks[i].run(&h);
}
