#include <dirent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "base/fs.h"
#include "base/mem.h"
#include "vcs/repo.h"

/*
 * git changes a ref by renaming a lock file over it, which changes the time of
 * the folder.  A time that is younger than this when it is taken might be that
 * of a second change, too, so it is not trusted ("racily clean", as git says
 * of its index); two seconds is the coarsest clock of a file system in use.
 */
#define RACY_NS (INT64_C(2) * 1000000000)

#define DEPTH_MAX 16

struct stamper {
	struct buf *out;
	int64_t newest;
};

static void
put_stamp(struct stamper *s, const char *path)
{
	struct fs_stamp st;

	fs_stamp(path, &st);
	if (st.exists && st.mtime_ns > s->newest)
		s->newest = st.mtime_ns;
	buf_printf(s->out,
	    "%" PRIx64 " %" PRIx64 " %" PRIx64 " %" PRIx64 " %d %s\n", st.dev,
	    st.ino, st.size, (uint64_t)st.mtime_ns, (int)st.exists, path);
}

static bool
is_folder(const char *path, const struct dirent *e)
{
	struct stat st;

	if (e->d_type != DT_UNKNOWN)
		return e->d_type == DT_DIR;
	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void
put_folder(struct stamper *s, const char *path, int depth)
{
	struct dirent *e;
	char *below;
	DIR *dir;

	put_stamp(s, path);
	if (depth >= DEPTH_MAX || (dir = opendir(path)) == NULL)
		return;
	while ((e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		below = fs_join(path, e->d_name);
		if (is_folder(below, e))
			put_folder(s, below, depth + 1);
		free(below);
	}
	closedir(dir);
}

static void
put_below(struct stamper *s, const char *folder, const char *name)
{
	char *path = fs_join(folder, name);

	put_stamp(s, path);
	free(path);
}

/* The HEADs of other worktrees: files that are rewritten in their folder. */
static void
put_worktrees(struct stamper *s, const char *common)
{
	char *path = fs_join(common, "worktrees");
	struct dirent *e;
	DIR *dir = opendir(path);
	char *below;

	put_stamp(s, path);
	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		below = fs_join(path, e->d_name);
		put_below(s, below, "HEAD");
		free(below);
	}
	if (dir != NULL)
		closedir(dir);
	free(path);
}

void
vcs_refs_stamp(struct vcs *v, struct buf *out)
{
	struct stamper s = { .out = out };
	char *refs;

	if (v->reftable)
		return;
	refs = fs_join(v->common_dir, "refs");
	put_below(&s, v->git_dir, "HEAD");
	put_below(&s, v->common_dir, "HEAD");
	put_below(&s, v->common_dir, "packed-refs");
	put_folder(&s, refs, 0);
	put_worktrees(&s, v->common_dir);
	free(refs);
	if (date_clock_ms() * 1000000 - s.newest < RACY_NS)
		buf_clear(out);
}

bool
vcs_refs_unmoved(struct vcs *v, const char *stamp)
{
	struct stamper s = { .newest = 0 };
	struct buf now = BUF_INIT;
	const char *p = stamp, *eol, *path;
	bool same = !v->reftable && *p != '\0', own = false;
	char *name;

	s.out = &now;
	for (; same && *p != '\0'; p = eol + 1) {
		eol = strchr(p, '\n');
		path = eol == NULL ? NULL : memchr(p, '/', (size_t)(eol - p));
		if (path == NULL) {
			same = false;
			break;
		}
		name = mem_strndup(path, (size_t)(eol - path));
		buf_clear(&now);
		put_stamp(&s, name);
		same = now.len == (size_t)(eol + 1 - p) &&
		    memcmp(now.ptr, p, now.len) == 0;
		own |= strncmp(name, v->git_dir, strlen(v->git_dir)) == 0;
		free(name);
	}
	buf_release(&now);
	return same && own;
}
