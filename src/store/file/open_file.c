#include "open.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "base/fs.h"
#include "base/mem.h"
#include "db.h"

/* SQLite refuses links anywhere in a path, so the folder is resolved first:
 * only the file itself must not be one. */
enum rc
open_path(const char *path, char **real, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char *dir, *full;

	*real = NULL;
	if (path[0] == '\0' || (slash != NULL && slash[1] == '\0'))
		return err_set(err, RC_INVALID,
		    "\"%s\" is no name for a database", path);
	if (slash == NULL)
		dir = mem_strdup(".");
	else if (slash == path)
		dir = mem_strdup("/");
	else
		dir = mem_strndup(path, (size_t)(slash - path));
	full = fs_real(dir);
	free(dir);
	if (full == NULL)
		return err_set(err, RC_NOT_FOUND,
		    "no tracker at %s (see: notes init)", path);
	*real = mem_printf("%s/%s", strcmp(full, "/") == 0 ? "" : full,
	    slash == NULL ? path : slash + 1);
	free(full);
	return RC_OK;
}

enum rc
open_check_file(struct store *st, struct err *err)
{
	const char *path = st->path;
	struct stat sb;

	if (lstat(path, &sb) != 0 && (errno == ENOENT || errno == ENOTDIR))
		return err_set(err, RC_NOT_FOUND,
		    "no tracker at %s (see: notes init)", path);
	else if (lstat(path, &sb) != 0)
		return err_errno(err, errno, "%s", path);
	if (S_ISLNK(sb.st_mode))
		return err_set(err, RC_CORRUPT,
		    "%s is a symbolic link: name the database itself", path);
	if (S_ISDIR(sb.st_mode))
		return err_set(err, RC_CORRUPT,
		    "%s is a folder, not a notes database", path);
	if (!S_ISREG(sb.st_mode))
		return err_set(err, RC_CORRUPT,
		    "%s is not a plain file, so not a notes database", path);
	if (sb.st_nlink > 1)
		return err_set(err, RC_CORRUPT,
		    "%s has another name (a hard link): two names for one "
		    "database lose data; remove one",
		    path);
	if (sb.st_size == 0)
		return err_set(err, RC_CORRUPT,
		    "%s is empty, not a notes database (remove it and run: "
		    "notes init)",
		    path);
	st->dev = sb.st_dev;
	st->ino = sb.st_ino;
	return RC_OK;
}

/* f_type of file systems that are reached over a network: linux/magic.h and
 * statfs(2). */
static bool
is_network(const char *path)
{
	static const unsigned long types[] = { 0x6969UL, 0x517bUL, 0xff534d42UL,
		0xfe534d42UL, 0x5346414fUL, 0x73757245UL, 0x01021997UL,
		0x00c36400UL, 0x0bd00bd0UL };
	struct statfs fs;

	if (statfs(path, &fs) != 0)
		return false;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (((unsigned long)fs.f_type & 0xffffffffUL) == types[i])
			return true;
	return false;
}

static void
warn(struct store *st, char *text)
{
	strv_take(&st->warnings, text);
}

static void
warn_network(struct store *st)
{
	char *told = NULL;

	if (!is_network(st->path))
		return;
	if (store_local_get(st, "warned-network", &told, NULL) == RC_OK &&
	    told == NULL) {
		warn(st,
		    mem_printf("%s is on a network file system, where "
			       "locks may fail: use it from one machine at a "
			       "time",
			st->path));
		st->warned_network = true;
	}
	free(told);
}

void
open_check_place(struct store *st)
{
	char *dir = mem_strndup(st->path,
	    (size_t)(strrchr(st->path, '/') - st->path));
	struct stat sb;

	if (stat(st->path, &sb) == 0 && (sb.st_mode & S_IWOTH) != 0)
		warn(st,
		    mem_printf("%s can be written by anyone (chmod 600)",
			st->path));
	if (stat(dir[0] == '\0' ? "/" : dir, &sb) == 0 &&
	    (sb.st_mode & S_IWOTH) != 0 && (sb.st_mode & S_ISVTX) == 0)
		warn(st,
		    mem_printf("%s can be written by anyone (chmod 700)", dir));
	free(dir);
	warn_network(st);
}
