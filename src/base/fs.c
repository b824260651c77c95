#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/ulid.h"

/* Reads fd to its end into out. */
static enum rc
read_all(int fd, const char *path, size_t max, struct buf *out, struct err *err)
{
	char chunk[65536];
	size_t total = 0;
	ssize_t n;

	for (;;) {
		n = read(fd, chunk, sizeof(chunk));
		if (n == 0)
			return RC_OK;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(err, errno, "cannot read %s", path);
		total += (size_t)n;
		if (max > 0 && total > max)
			return err_set(err, RC_INVALID,
			    "%s is larger than %zu bytes", path, max);
		buf_add(out, chunk, (size_t)n);
	}
}

enum rc
fs_read(const char *path, size_t max, struct buf *out, struct err *err)
{
	struct stat st;
	enum rc rc;
	int fd;

	if (strcmp(path, "-") == 0)
		return read_all(STDIN_FILENO, "standard input", max, out, err);
	/* O_NONBLOCK, so that a FIFO does not hold us up. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0 && errno == ENOENT)
		return err_set(err, RC_NOT_FOUND, "no file %s", path);
	if (fd < 0)
		return err_errno(err, errno, "cannot open %s", path);
	if (fstat(fd, &st) != 0)
		rc = err_errno(err, errno, "cannot read %s", path);
	else if (!S_ISREG(st.st_mode))
		rc = err_set(err, RC_INVALID, "%s is not a regular file", path);
	else
		rc = read_all(fd, path, max, out, err);
	close(fd);
	return rc;
}

static int
write_all(int fd, const char *data, size_t len)
{
	ssize_t n;

	while (len > 0) {
		n = write(fd, data, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

/* The folder of path, "." without one; the caller frees it. */
static char *
parent_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return mem_strdup(".");
	return slash == path ? mem_strdup("/")
			     : mem_strndup(path, (size_t)(slash - path));
}

/* Makes a file with a name that nobody can guess in the folder. */
static int
make_temporary(int dirfd, mode_t mode, char name[40])
{
	struct ulid id;

	memcpy(name, ".notes-", 7);
	ulid_new(&id, 0);
	memcpy(name + 7, id.s, sizeof(id.s));
	return openat(dirfd, name,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
}

/* Owner and mode of the file that is replaced, as far as we may. */
static int
copy_mode(int fd, const struct stat *old)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return -1;
	if ((st.st_uid != old->st_uid || st.st_gid != old->st_gid) &&
	    fchown(fd, old->st_uid, old->st_gid) != 0 && errno != EPERM)
		return -1;
	return fchmod(fd, old->st_mode & 0777);
}

enum rc
fs_write(const char *path, const void *data, size_t len, mode_t mode,
    struct err *err)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash == NULL ? path : slash + 1;
	char *parent = parent_of(path);
	char temp[40] = "";
	struct stat old;
	bool replaces;
	int dirfd, fd = -1;
	enum rc rc;

	dirfd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dirfd < 0) {
		rc = err_errno(err, errno, "cannot open folder %s", parent);
		goto out;
	}
	replaces = fstatat(dirfd, base, &old, AT_SYMLINK_NOFOLLOW) == 0;
	if (replaces && !S_ISREG(old.st_mode)) {
		rc = err_set(err, RC_INVALID,
		    "%s is not a regular file, and is left as it is", path);
		goto out;
	}
	/* The folder would let us. */
	if (replaces && faccessat(dirfd, base, W_OK, AT_EACCESS) != 0) {
		rc = err_errno(err, errno, "cannot write %s", path);
		goto out;
	}
	if ((fd = make_temporary(dirfd, mode, temp)) < 0) {
		temp[0] = '\0';
		rc = err_errno(err, errno, "cannot write in folder %s", parent);
		goto out;
	}
	if ((replaces && copy_mode(fd, &old) != 0) ||
	    write_all(fd, data, len) != 0 || fsync(fd) != 0 ||
	    renameat(dirfd, temp, dirfd, base) != 0) {
		rc = err_errno(err, errno, "cannot write %s", path);
		goto out;
	}
	temp[0] = '\0';
	rc = RC_OK;
	/* Some file systems cannot sync a folder; the file itself is safe. */
	if (fsync(dirfd) != 0 && errno == EIO)
		rc = err_errno(err, errno, "cannot write %s", path);
out:
	if (temp[0] != '\0')
		unlinkat(dirfd, temp, 0);
	if (fd >= 0)
		close(fd);
	if (dirfd >= 0)
		close(dirfd);
	free(parent);
	return rc;
}

enum rc
fs_mkdir(const char *path, mode_t mode, struct err *err)
{
	char *part = mem_strdup(path);
	char *at = part + strspn(part, "/");
	enum rc rc = RC_OK;
	int failed = 0;

	while (*at != '\0') {
		char *end = at + strcspn(at, "/");
		char kept = *end;

		*end = '\0';
		failed = mkdir(part, mode) == 0 ? 0 : errno;
		*end = kept;
		at = end + strspn(end, "/");
	}
	/* Only the last counts: parents may be there and closed to us. */
	if (failed != 0 && !fs_is_dir(path))
		rc = failed == EEXIST
		    ? err_set(err, RC_EXISTS, "%s is not a folder", path)
		    : err_errno(err, failed, "cannot make folder %s", path);
	free(part);
	return rc;
}

bool
fs_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

bool
fs_is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

char *
fs_join(const char *dir, const char *name)
{
	size_t len = strlen(dir);

	if (name[0] == '/' || len == 0)
		return mem_strdup(name);
	return mem_printf("%s%s%s", dir, dir[len - 1] == '/' ? "" : "/", name);
}

char *
fs_real(const char *path)
{
	char *real = realpath(path, NULL);

	if (real == NULL && errno == ENOMEM)
		mem_fail();
	return real;
}

void
fs_stamp(const char *path, struct fs_stamp *out)
{
	struct stat st;

	memset(out, 0, sizeof(*out));
	if (stat(path, &st) != 0)
		return;
	out->dev = st.st_dev;
	out->ino = st.st_ino;
	out->size = (uint64_t)st.st_size;
	out->mtime_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 +
	    st.st_mtim.tv_nsec;
	out->exists = 1;
}
