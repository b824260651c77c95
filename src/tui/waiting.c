/* A tracker that can't be had now: locks that other processes hold (the wait is
 * told of, and ends when a key wants it to), a file that is gone. */
#include <stdlib.h>

#include "base/fs.h"
#include "base/mem.h"
#include "ui.h"

/* Most locks are gone before anybody would want to know. */
#define TELL_MS 90

/* "process 12 (git)", or what is known of it; the caller frees it. */
static char *
who(long pid)
{
	char *name = fs_process_name(pid), *text;

	if (pid <= 0)
		text = mem_strdup("another process");
	else if (name == NULL)
		text = mem_printf("process %ld", pid);
	else
		text = mem_printf("process %ld (%s)", pid, name);
	free(name);
	return text;
}

static void
tell(struct ui *ui, long pid)
{
	char *name = who(pid);
	char *text = mem_printf("the tracker is locked by %s: waiting for it "
				"(Esc stops)",
	    name);

	ui_busy(ui, text);
	ui->told = true;
	free(text);
	free(name);
}

/* Is that long enough, or does a key want it to end? */
static bool
has_enough(struct ui *ui, long pid, int waited_ms)
{
	if (waited_ms >= ui->patience_ms)
		return true;
	if (waited_ms >= TELL_MS && !ui->told)
		tell(ui, pid);
	return ui->told && ui->host.stop != NULL && ui->host.stop(ui->host.arg);
}

bool
ui_waiting(void *arg, long pid, int waited_ms)
{
	struct ui *ui = arg;

	ui->gave_up = has_enough(ui, pid, waited_ms);
	return ui->gave_up;
}

bool
ui_behind(struct ui *ui, const struct err *err)
{
	if (err->code != RC_BUSY && (err->code != RC_STOPPED || !ui->gave_up))
		return false;
	ui_warn(ui,
	    "another process has locked the tracker: what is shown may be old "
	    "(it is read again by itself)");
	ui->behind = true;
	return true;
}

bool
ui_still_there(struct ui *ui, bool asked)
{
	struct err err = ERR_INIT;
	const bool was_gone = ui->gone;
	bool anew = false;
	enum rc rc = app_still_there(ui->app, &anew, &err);

	/* Locked: it is there. */
	if (rc == RC_BUSY || rc == RC_STOPPED)
		return true;
	ui->gone = rc != RC_OK;
	if (anew || (was_gone && !ui->gone))
		ui_stale(ui);
	if (ui->gone && (asked || !was_gone))
		ui_fail(ui, &err);
	else if (anew)
		ui_warn(ui, "another tracker is in its place now: read anew");
	else if (was_gone && !ui->gone)
		ui_say(ui, "the tracker is back");
	return !ui->gone;
}
