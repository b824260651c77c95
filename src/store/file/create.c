#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/fs.h"
#include "base/mem.h"
#include "db.h"
#include "migrate.h"
#include "open.h"

static enum rc
put_identity(struct store *st, struct err *err)
{
	static const char sql[] =
	    "INSERT INTO replica (id, bits) VALUES (1, ?1)";
	struct ulid tracker;
	sqlite3_stmt *stmt = NULL;
	int64_t bits = 0;
	enum rc rc;

	/* 0 means "mine" in struct event. */
	while (bits == 0)
		random_bytes(&bits, sizeof(bits));
	ulid_new(&tracker, date_clock_ms());
	if ((rc = db_prepare_text(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, bits);
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	if (rc == RC_OK)
		rc = store_local_set(st, "tracker", tracker.s, err);
	return rc;
}

static enum rc
fill(struct store *st, struct err *err)
{
	char sql[64];
	enum rc rc;

	snprintf(sql, sizeof(sql), "PRAGMA application_id = %d",
	    STORE_APPLICATION_ID);
	if ((rc = open_connect(st, OPEN_CREATE, err)) != RC_OK ||
	    (rc = store_begin(st, err)) != RC_OK)
		return rc;
	if ((rc = db_exec(st, sql, err)) != RC_OK ||
	    (rc = migrate_apply(st, schema_files, schema_files_n, 0, err)) !=
		RC_OK ||
	    (rc = put_identity(st, err)) != RC_OK) {
		store_rollback(st);
		return rc;
	}
	return store_commit(st, err);
}

static enum rc
make_folder(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char *dir;
	enum rc rc;

	if (slash == NULL || slash == path)
		return RC_OK;
	dir = mem_strndup(path, (size_t)(slash - path));
	rc = fs_mkdir(dir, 0700, err);
	free(dir);
	return rc;
}

/* The file gets its name only when it is whole, so that a crash leaves none
 * that is half made; the name must be free. */
static enum rc
put_name(const char *from, const char *to, struct err *err)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return RC_OK;
	if (errno == EINVAL || errno == ENOSYS) {
		if (link(from, to) == 0) {
			unlink(from);
			return RC_OK;
		}
	}
	if (errno == EEXIST)
		return err_set(err, RC_EXISTS,
		    "%s is there already (nothing was changed)", to);
	return err_errno(err, errno, "%s", to);
}

static enum rc
make_file(const char *tmp, struct err *err)
{
	struct store *st;
	enum rc rc;
	int fd;

	fd = open(tmp, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (fd < 0)
		return err_errno(err, errno, "%s", tmp);
	close(fd);
	st = open_new(mem_strdup(tmp), STORE_WRITE);
	rc = fill(st, err);
	store_close(st);
	return rc;
}

enum rc
store_create(const char *path, struct store **out, struct err *err)
{
	char *real = NULL, *tmp = NULL, *journal;
	enum rc rc;

	*out = NULL;
	if ((rc = make_folder(path, err)) != RC_OK ||
	    (rc = open_path(path, &real, err)) != RC_OK)
		return rc;
	if (access(real, F_OK) == 0) {
		rc = err_set(err, RC_EXISTS,
		    "%s is there already (nothing was changed)", real);
		goto out;
	}
	tmp = mem_printf("%s.new-%ld", real, (long)getpid());
	unlink(tmp);
	if ((rc = make_file(tmp, err)) == RC_OK)
		rc = put_name(tmp, real, err);
	if (rc != RC_OK)
		unlink(tmp);
	journal = mem_printf("%s-journal", tmp);
	unlink(journal);
	free(journal);
	if (rc == RC_OK)
		rc = store_open(real, STORE_WRITE, out, err);
out:
	free(tmp);
	free(real);
	return rc;
}
