#include "spool.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/scan.h"
#include "app/app_priv.h"
#include "base/date.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/ulid.h"
#include "store/history.h"

#define SPOOL_FILE_MAX (16u << 20) /* a rewrite of 200,000 commits */

enum rc
spool_write(const char *dir, const char *name, const char *data, size_t len,
    char **path, struct err *err)
{
	char *folder = fs_join(dir, "spool");
	struct buf text = BUF_INIT;
	struct ulid id;
	enum rc rc;

	*path = NULL;
	if ((rc = fs_mkdir(folder, 0700, err)) != RC_OK)
		goto out;
	/* ULIDs sort by time: files are drained in the order of events. */
	ulid_new(&id, date_clock_ms());
	*path = mem_printf("%s/%s", folder, id.s);
	buf_printf(&text, "%s\n", name);
	buf_add(&text, data, len);
	rc = fs_write(*path, text.ptr, text.len, 0600, err);
	if (rc != RC_OK) {
		free(*path);
		*path = NULL;
	}
out:
	buf_release(&text);
	free(folder);
	return rc;
}

/* "old new", and what git may add behind; false when it is none. */
static bool
read_pair(const char *line, size_t len, struct oid *from, struct oid *to)
{
	const char *space = memchr(line, ' ', len), *second, *end;
	size_t rest;

	if (space == NULL)
		return false;
	second = space + 1;
	rest = len - (size_t)(second - line);
	end = memchr(second, ' ', rest);
	return oid_from_hex(from, line, (size_t)(space - line)) &&
	    oid_from_hex(to, second,
		end == NULL ? rest : (size_t)(end - second));
}

enum rc
spool_rewrites(struct app *a, const char *data, size_t len, struct err *err)
{
	const char *p = data, *end = data + len, *eol;
	struct oid from, to;
	enum rc rc = RC_OK;

	while (p < end && rc == RC_OK) {
		eol = memchr(p, '\n', (size_t)(end - p));
		if (eol == NULL)
			eol = end;
		if (read_pair(p, (size_t)(eol - p), &from, &to))
			rc = store_rewrite_add(a->store, &from, &to, err);
		p = eol < end ? eol + 1 : end;
	}
	return rc;
}

static enum rc
drain_file(struct app *a, const char *path, struct err *err)
{
	static const char rewrite[] = "post-rewrite\n";
	struct buf text = BUF_INIT;
	enum rc rc;

	if ((rc = fs_read(path, SPOOL_FILE_MAX, &text, err)) != RC_OK)
		goto out;
	if (text.len > sizeof rewrite - 1 &&
	    memcmp(text.ptr, rewrite, sizeof rewrite - 1) == 0)
		rc = spool_rewrites(a, text.ptr + sizeof rewrite - 1,
		    text.len - (sizeof rewrite - 1), err);
out:
	buf_release(&text);
	return rc;
}

static void
list_folder(const char *folder, struct strv *paths)
{
	DIR *dir = opendir(folder);
	struct dirent *e;

	if (dir == NULL)
		return;
	while ((e = readdir(dir)) != NULL)
		if (ulid_valid(e->d_name))
			strv_take(paths,
			    mem_printf("%s/%s", folder, e->d_name));
	closedir(dir);
	strv_sort(paths);
}

bool
spool_waits(const char *dir)
{
	char *folder = fs_join(dir, "spool");
	DIR *d = opendir(folder);
	struct dirent *e;
	bool waits = false;

	while (d != NULL && !waits && (e = readdir(d)) != NULL)
		waits = ulid_valid(e->d_name);
	if (d != NULL)
		closedir(d);
	free(folder);
	return waits;
}

/*
 * Files go away only after the transaction that took their content in is
 * durable; taking the same rewrite twice does no harm.
 */
enum rc
app_spool_drain(struct app *a, struct err *err)
{
	char *folder = fs_join(a->dir, "spool");
	struct scan_result scanned = { 0 };
	struct strv paths = STRV_INIT;
	enum rc rc = RC_OK;
	size_t i;

	list_folder(folder, &paths);
	if (paths.n == 0)
		goto out;
	if ((rc = store_begin(a->store, err)) != RC_OK)
		goto out;
	for (i = 0; i < paths.n && rc == RC_OK; i++)
		rc = drain_file(a, paths.v[i], err);
	if (rc == RC_OK)
		rc = store_commit(a->store, err);
	else
		store_rollback(a->store);
	if (rc == RC_OK && a->vcs != NULL)
		rc = app_scan(a, false, &scanned, err);
	scan_result_release(&scanned);
	for (i = 0; i < paths.n && rc == RC_OK; i++)
		if (unlink(paths.v[i]) != 0 && errno != ENOENT)
			rc = err_errno(err, errno, "cannot remove %s",
			    paths.v[i]);
out:
	strv_release(&paths);
	free(folder);
	return rc;
}
