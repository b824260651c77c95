#include "migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "db.h"

static int64_t
file_number(const struct schema_file *f)
{
	return strtol(f->name, NULL, 10);
}

int64_t
migrate_newest(void)
{
	return schema_files_n == 0
	    ? 0
	    : file_number(&schema_files[schema_files_n - 1]);
}

enum rc
migrate_version(struct store *st, int64_t *version, struct err *err)
{
	static const char sql[] = "PRAGMA user_version";

	return db_get_int(st, sql, 0, version, err);
}

/* SQLite keeps the text of what it creates and parses it at every opening. */
void
migrate_strip(const struct schema_file *f, struct buf *out)
{
	char quote = '\0', last = '\n';

	for (size_t i = 0; i < f->len; i++) {
		char c = (char)f->data[i];

		if (quote == '\0' && c == '-' && i + 1 < f->len &&
		    f->data[i + 1] == '-') {
			while (i < f->len && f->data[i] != '\n')
				i++;
			c = '\n';
		}
		if (quote != '\0')
			quote = c == quote ? '\0' : quote;
		else if (c == '\'' || c == '"')
			quote = c;
		else if (c == '\t' || c == '\n')
			c = ' ';
		if (quote == '\0' && c == ' ' && (last == ' ' || last == '\n'))
			continue;
		buf_putc(out, c);
		last = c;
	}
	buf_putc(out, '\n');
}

enum rc
migrate_apply(struct store *st, const struct schema_file *files, size_t n,
    int64_t version, struct err *err)
{
	struct buf sql = BUF_INIT;
	enum rc rc;

	for (size_t i = 0; i < n; i++)
		if (file_number(&files[i]) > version)
			migrate_strip(&files[i], &sql);
	buf_printf(&sql, "PRAGMA user_version = %lld",
	    (long long)file_number(&files[n - 1]));
	rc = db_exec(st, buf_str(&sql), err);
	buf_release(&sql);
	return rc;
}

static enum rc
copy_pages(struct store *st, const char *to, struct err *err)
{
	sqlite3_backup *b = NULL;
	sqlite3 *copy = NULL;
	int code, end;

	code = sqlite3_open_v2(to, &copy,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX,
	    NULL);
	if (code == SQLITE_OK)
		b = sqlite3_backup_init(copy, "main", st->db, "main");
	if (b != NULL) {
		code = sqlite3_backup_step(b, -1);
		end = sqlite3_backup_finish(b);
		code = code == SQLITE_DONE ? end : code;
	} else if (code == SQLITE_OK) {
		code = sqlite3_errcode(copy);
	}
	sqlite3_close(copy);
	if (code == SQLITE_OK)
		return RC_OK;
	return err_set(err, RC_IO, "%s: no copy could be kept: %s", to,
	    sqlite3_errstr(code));
}

enum rc
migrate_copy(struct store *st, const char *to, struct err *err)
{
	char *tmp = mem_printf("%s.tmp", to);
	enum rc rc;
	int fd;

	/* A new inode: no connection can hold locks on it that closing drops. */
	unlink(tmp);
	fd = open(tmp, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (fd < 0) {
		rc = err_errno(err, errno, "%s", tmp);
		goto out;
	}
	close(fd);
	if ((rc = copy_pages(st, tmp, err)) == RC_OK && rename(tmp, to) != 0)
		rc = err_errno(err, errno, "%s", to);
	if (rc != RC_OK)
		unlink(tmp);
out:
	free(tmp);
	return rc;
}

/* Under the writers' lock, but before the transaction: SQLite copies no
 * database that its own connection is about to change. */
static enum rc
keep_copy(struct store *st, int64_t version, struct err *err)
{
	char *to = mem_printf("%s.v%lld", st->path, (long long)version);
	enum rc rc;

	rc = migrate_copy(st, to, err);
	free(to);
	return rc;
}

static enum rc
upgrade(struct store *st, int64_t version, struct err *err)
{
	int64_t now;
	enum rc rc;

	/* Another process may have been quicker while this one waited. */
	if ((rc = migrate_version(st, &now, err)) != RC_OK || now != version)
		return rc;
	if ((rc = keep_copy(st, version, err)) != RC_OK ||
	    (rc = store_begin(st, err)) != RC_OK)
		return rc;
	rc = migrate_apply(st, schema_files, schema_files_n, version, err);
	if (rc == RC_OK)
		return store_commit(st, err);
	store_rollback(st);
	return rc;
}

enum rc
migrate_upgrade(struct store *st, int64_t version, struct err *err)
{
	enum rc rc;

	if ((rc = store_lock(st, err)) != RC_OK)
		return rc;
	rc = upgrade(st, version, err);
	store_unlock(st);
	if (rc != RC_OK)
		err_prefix(err, "bringing the database up to date");
	return rc;
}
