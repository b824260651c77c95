#include "app/demo.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/release.h"
#include "app/scan.h"
#include "app/transfer.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/fs.h"
#include "base/mem.h"
#include "vcs/vcs.h"

#define DAY 86400

static const struct {
	int key;
	const char *type, *status, *priority, *summary, *assignee, *labels,
	    *release;
	int created, updated; /* days ago */
} tickets[] = {
	{ 1, "feature", "done", "high", "Timer that rings when tea is ready",
	    "mina", "", "1.0", 60, 41 },
	{ 2, "feature", "done", "medium", "차 종류마다 우리는 시간을 정한다",
	    "jun", "ui", "1.0", 58, 40 },
	{ 3, "bug", "done", "high", "Alarm is silent when the screen is locked",
	    "sam", "sound", "1.0", 52, 38 },
	{ 4, "task", "done", "low", "Explain how to build it", "mina", "docs",
	    "1.0", 50, 37 },
	{ 5, "bug", "done", "medium", "한글 이름의 차가 목록에서 잘린다", "jun",
	    "ui", "1.1", 30, 6 },
	{ 6, "feature", "done", "medium", "Remember the last cup", "sam", "",
	    "1.1", 28, 9 },
	{ 7, "improvement", "in-review", "medium",
	    "Start again with one key while it rings", "mina", "ui", "1.1", 25,
	    2 },
	{ 8, "bug", "in-progress", "high",
	    "Timer drifts by a second in an hour", "sam", "", "1.1", 21, 1 },
	{ 9, "security", "open", "high",
	    "Names of teas are printed without being cleaned", "jun", "", "1.1",
	    14, 3 },
	{ 10, "task", "done", "low", "온도 센서 문서를 옮긴다", "mina", "docs",
	    "1.1", 20, 5 },
	{ 11, "feature", "open", "low", "Two timers side by side", "", "ui", "",
	    12, 12 },
	{ 12, "improvement", "open", "low", "여러 언어로 알린다", "", "", "", 9,
	    4 },
	{ 13, "bug", "open", "medium",
	    "Crash when the terminal is one column wide", "", "ui", "", 3, 3 },
};

static const struct {
	int days; /* ago */
	const char *who, *message, *tag;
} commits[] = {
	{ 55, "Mina <mina@example.org>", "TEA-1: ring when it is ready", NULL },
	{ 48, "Jun <jun@example.org>",
	    "TEA-2: 차 종류마다 시간을 둔다\n\nCloses TEA-2", NULL },
	{ 44, "Sam <sam@example.org>", "[TEA-3] wake the sound device", NULL },
	{ 41, "Mina <mina@example.org>", "TEA-4 docs: how to build", NULL },
	{ 36, "Mina <mina@example.org>", "prepare 1.0", "v1.0" },
	{ 10, "Sam <sam@example.org>", "TEA-6: keep the last cup", NULL },
	{ 8, "Sam <sam@example.org>", "tidy up the makefile", NULL },
	{ 6, "Jun <jun@example.org>",
	    "TEA-5: 글자 수가 아니라 칸 수로 자른다\n\nFixes TEA-5", NULL },
	{ 2, "Mina <mina@example.org>", "TEA-7: r starts it again", NULL },
	{ 1, "Sam <sam@example.org>", "TEA-8: count from the start", NULL },
};

static void
add_date(struct buf *out, int64_t now, int days)
{
	char text[21];

	date_format_iso(now - (int64_t)days * DAY, text);
	buf_printf(out, ",%s", text);
}

static void
write_tickets(struct buf *out)
{
	int64_t now = date_now();

	buf_puts(out,
	    "key,type,status,priority,summary,assignee,labels,"
	    "release,created,updated,description\n");
	for (size_t i = 0; i < sizeof(tickets) / sizeof(tickets[0]); i++) {
		buf_printf(out, "TEA-%d,%s,%s,%s,%s,%s,%s,%s", tickets[i].key,
		    tickets[i].type, tickets[i].status, tickets[i].priority,
		    tickets[i].summary, tickets[i].assignee, tickets[i].labels,
		    tickets[i].release);
		add_date(out, now, tickets[i].created);
		add_date(out, now, tickets[i].updated);
		buf_printf(out,
		    ",\"This ticket is made up, as all of this is.\n\n"
		    "* `e` edits it, `s` sets its status, `u` takes that "
		    "back\n* `d` shows the diff of a commit\"\n");
	}
}

/* A stream for git fast-import. */
static void
write_history(struct buf *out)
{
	int64_t now = date_now();

	for (size_t i = 0; i < sizeof(commits) / sizeof(commits[0]); i++) {
		long long at =
		    (long long)(now - (int64_t)commits[i].days * DAY);

		buf_printf(out,
		    "commit refs/heads/main\nmark :%zu\n"
		    "committer %s %lld +0000\ndata %zu\n%s\n",
		    i + 1, commits[i].who, at, strlen(commits[i].message),
		    commits[i].message);
		buf_printf(out,
		    "M 100644 inline tea.c\ndata <<END\n"
		    "/* made up, %zu */\nint tea = %zu;\nEND\n\n",
		    i + 1, i + 1);
		if (commits[i].tag != NULL)
			buf_printf(out, "reset refs/tags/%s\nfrom :%zu\n\n",
			    commits[i].tag, i + 1);
	}
}

static enum rc
import_tickets(struct app *a, const char *dir, struct err *err)
{
	char *path = fs_join(dir, "tickets.csv");
	struct import_result r = { 0 };
	struct buf text = BUF_INIT;
	enum rc rc;

	write_tickets(&text);
	rc = fs_write(path, buf_str(&text), text.len, 0600, err);
	if (rc == RC_OK)
		rc = app_import(a, path, "csv", &r, err);
	unlink(path);
	import_result_release(&r);
	buf_release(&text);
	free(path);
	return rc;
}

static enum rc
fill(struct app *a, const char *dir, struct err *err)
{
	char target[11];
	struct release_change next = { .title = "second cup",
		.target = target };
	struct scan_result scanned = { 0 };
	enum rc rc;

	date_format_day(date_now() + 12 * DAY, target);
	if ((rc = app_release_add(a, "1.1", &next, err)) == RC_OK &&
	    (rc = import_tickets(a, dir, err)) == RC_OK)
		rc = app_scan(a, false, &scanned, err);
	scan_result_release(&scanned);
	return rc;
}

static enum rc
make(const char *dir, struct app **out, struct err *err)
{
	char *db = fs_join(dir, "notes.db"), *repo = fs_join(dir, "tea");
	const struct app_options o = { .db = db,
		.repo = repo,
		.mode = APP_WRITE };
	const struct app_init init = { .prefix = "TEA",
		.mainline = "main",
		.tags = "v{version}" };
	struct app_init_result made = { 0 };
	struct buf history = BUF_INIT;
	enum rc rc;

	write_history(&history);
	if ((rc = vcs_make(repo, &history, err)) == RC_OK &&
	    (rc = app_init(&o, &init, out, &made, err)) == RC_OK &&
	    (rc = fill(*out, dir, err)) != RC_OK) {
		app_close(*out);
		*out = NULL;
	}
	app_init_result_release(&made);
	buf_release(&history);
	free(db);
	free(repo);
	return rc;
}

enum rc
app_demo(char **dir, struct app **out, struct err *err)
{
	static const char *const names[] = { "GIT_DIR", "GIT_WORK_TREE",
		"GIT_COMMON_DIR", "GIT_INDEX_FILE", "NOTES_DB" };
	const char *tmp = getenv("TMPDIR");
	char *path = mem_printf("%s/notes-demo-XXXXXX",
	    tmp == NULL || *tmp == '\0' ? "/tmp" : tmp);
	enum rc rc;

	*dir = NULL;
	*out = NULL;
	/* They name a repository, or a tracker, whatever the options say. */
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unsetenv(names[i]);
	if (mkdtemp(path) == NULL) {
		rc = err_errno(err, errno, "cannot make a folder %s", path);
		free(path);
		return rc;
	}
	if ((rc = make(path, out, err)) != RC_OK)
		app_demo_end(path);
	else
		*dir = path;
	return rc;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void
app_demo_end(char *dir)
{
	if (dir != NULL)
		nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
	free(dir);
}
