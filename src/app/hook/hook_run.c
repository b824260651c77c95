/*
 * What git's hooks run.  A fault of ours never blocks or loses a commit: what
 * cannot be done now goes to the spool, and one line says so.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/app.h"
#include "app/scan.h"
#include "app/ticket.h"
#include "app/app_priv.h"
#include "base/date.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/ulid.h"
#include "base/utf8.h"
#include "hook_message.h"
#include "app/open.h"
#include "spool.h"
#include "store/history.h"
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
	/* where give_up() leaves a scan, made beforehand; NULL so far */
	char *folder, *later;
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

/*
 * Only the last hook of a commit tells of a database that does not open: the
 * ones before it would say the same again.
 */
static enum rc
hook_open(struct hook *h, enum app_mode mode, struct app **a, struct err *err)
{
	struct app_options o = *h->options;
	enum rc rc;

	o.mode = mode;
	if ((rc = open_plain(&o, a, err)) == RC_OK)
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

/* Hooks that are ours and no tracker: somebody has taken it away. */
static void
say_missing(struct hook *h)
{
	struct vcs *v = NULL;
	struct err quiet = ERR_INIT;
	char *path;

	if (strcmp(h->name, "post-commit") != 0 ||
	    vcs_open(h->options->dir, &v, &quiet) != RC_OK)
		return;
	path = fs_join(vcs_common_dir(v), "hooks/post-commit");
	/* Hooks for all of a user's repositories stand elsewhere. */
	if (access(path, X_OK) == 0)
		strv_push(h->say,
		    "no tracker here (run: notes init --prefix KEY, or: notes "
		    "hook uninstall)");
	free(path);
	vcs_close(v);
}

/* Leaves the scan to the next command; true when that is on disk. */
static bool
leave_scan(struct hook *h)
{
	struct err quiet = ERR_INIT;
	char *dir = spool_folder(h), *path = NULL;
	bool left = false;

	if (dir != NULL)
		left = spool_waits(dir) ||
		    spool_write(dir, h->name, "", 0, &path, &quiet) == RC_OK;
	free(path);
	free(dir);
	return left;
}

/* A long history that nobody has scanned yet is no fault of this commit. */
static bool
was_scanned(struct app *a)
{
	struct err quiet = ERR_INIT;
	uint32_t max = 0;

	app_on_stop(a, NULL, NULL);
	return store_history_max(a->store, &max, NULL, &quiet) != RC_OK ||
	    max != 0;
}

/* A handler of signals can make no path. */
static void
prepare_later(struct hook *h, const struct app *a)
{
	struct ulid id;
	char *folder = fs_join(a->dir, "spool");

	ulid_new(&id, date_clock_ms());
	h->later = mem_printf("%s/%s", folder, id.s);
	h->folder = folder;
}

static void
hook_scan(struct hook *h)
{
	struct scan_result r = { 0 };
	struct err err = ERR_INIT;
	struct app *a = NULL;
	bool told = true;
	enum rc rc;

	rc = hook_open(h, APP_HOOK, &a, &err);
	if (rc == RC_NOT_FOUND) {
		say_missing(h);
		return;
	}
	if (rc == RC_OK) {
		prepare_later(h, a);
		rc = app_scan(a, false, &r, &err);
	}
	scan_result_release(&r);
	if (rc == RC_STOPPED && a != NULL)
		told = was_scanned(a);
	app_close(a);
	if (rc == RC_OK)
		return;
	if (rc != RC_BUSY && rc != RC_STOPPED)
		say_err(h, "commit kept, not linked yet", &err);
	else if (!leave_scan(h))
		say_err(h, "commit kept, not linked yet (run: notes scan)",
		    &err);
	else if (rc == RC_BUSY)
		say_err(h, "linked later", &err);
	else if (told)
		strv_push(h->say,
		    "linked later: there is too much to read for a hook (run: "
		    "notes scan)");
}

/* ---- post-rewrite ---- */

static void
hook_rewrite(struct hook *h)
{
	struct err err = ERR_INIT;
	struct buf pairs = BUF_INIT;
	struct app *a = NULL;
	char *dir = spool_folder(h), *path = NULL;
	bool spooled;
	enum rc rc;

	/* git says this once: it is on disk before anything can go wrong. */
	rc = fs_read("-", 0, &pairs, &err);
	if (rc == RC_OK && dir != NULL)
		rc = spool_write(dir, h->name, buf_str(&pairs), pairs.len,
		    &path, &err);
	spooled = rc == RC_OK && dir != NULL;
	if (rc == RC_OK)
		rc = hook_open(h, APP_HOOK, &a, &err);
	/* post-commit, which comes before an amend's rewrite, said why. */
	if (rc != RC_OK && spooled && h->argc > 0 &&
	    strcmp(h->argv[0], "amend") == 0)
		rc = RC_NOT_FOUND;
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
	if (hook_open(h, APP_READ, &a, &err) != RC_OK)
		return;
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
	if (hook_open(h, APP_READ, &a, &err) != RC_OK)
		return;
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
give_up(int sig, siginfo_t *info, void *context)
{
	static const char line[] = "notes: took too long, commit kept, "
				   "linked later (run: notes scan)\n";
	const struct hook *h = info->si_value.sival_ptr;
	int fd;

	(void)sig;
	(void)context;
	if (info->si_code == SI_TIMER && h->folder != NULL) {
		(void)mkdir(h->folder, 0700);
		fd = open(h->later, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		    0600);
		if (fd >= 0)
			(void)!write(fd, "post-commit\n", 12);
	}
	(void)!write(STDERR_FILENO, line, sizeof line - 1);
	_exit(0);
}

static void
start_alarm(struct hook *h)
{
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL,
		.sigev_signo = SIGRTMIN,
		.sigev_value.sival_ptr = h };
	struct itimerspec when = { .it_value.tv_sec = 1 };
	struct sigaction sa = { .sa_sigaction = give_up,
		.sa_flags = SA_SIGINFO };
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
	start_alarm(&h);
	for (i = 0; i < sizeof hooks / sizeof hooks[0]; i++)
		if (strcmp(hooks[i].name, name) == 0)
			hooks[i].run(&h);
	/* Too late for the alarm: what it would read goes away. */
	signal(SIGRTMIN, SIG_IGN);
	free(h.folder);
	free(h.later);
}
