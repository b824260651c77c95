#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"
#include "refs.h"
#include "refs_packed.h"

enum {
	SYMREFS_MAX = 5,       /* as deep as git follows them */
	DEPTH_MAX = 64,        /* folders below refs/ */
	LINE_MAX_BYTES = 4096, /* of a loose ref */
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- one loose ref ---- */

/* The file's text without its line end; false when there is no such file. */
static bool
read_small(const char *path, char out[LINE_MAX_BYTES])
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n;

	if (fd < 0)
		return false;
	n = read(fd, out, LINE_MAX_BYTES - 1);
	close(fd);
	if (n <= 0)
		return false;
	while (n > 0 && strchr("\n\r\t ", out[n - 1]) != NULL)
		n--;
	out[n] = '\0';
	return true;
}

/* "ref: NAME" gives NAME, else NULL. */
static const char *
symbolic(const char *line)
{
	if (strncmp(line, "ref:", 4) != 0)
		return NULL;
	line += 4 + strspn(line + 4, " \t");
	return ref_name_ok(line) ? line : "";
}

static bool
parse_oid(const struct vcs *v, const char *line, struct oid *out)
{
	/* Old versions wrote more behind the id. */
	const size_t n = strcspn(line, " \t\n");

	return n == 2 * v->oid_len && oid_from_hex(out, line, n);
}

static char *
ref_path(const struct vcs *v, const char *name)
{
	/* HEAD is each worktree's own; the rest is shared. */
	return fs_join(strncmp(name, "refs/", 5) == 0 ||
		    strncmp(name, "worktrees/", 10) == 0
		? v->common_dir
		: v->git_dir,
	    name);
}

enum rc
refs_file_read(struct vcs *v, const char *name, struct oid *out, char **target)
{
	char *at = mem_strdup(name);
	char line[LINE_MAX_BYTES];
	char *link = NULL;
	struct oid peeled;
	enum rc rc = RC_NOT_FOUND;

	for (int i = 0; i <= SYMREFS_MAX; i++) {
		char *path = ref_path(v, at);
		const ssize_t n = readlink(path, line, sizeof(line) - 1);
		const char *next = NULL;
		bool there = false;

		if (n > 5 && memcmp(line, "refs/", 5) == 0) {
			line[n] = '\0';
			next = line;
		} else if ((there = read_small(path, line))) {
			next = symbolic(line);
		}
		free(path);
		if (next == NULL) {
			if (there ? parse_oid(v, line, out)
				  : refs_packed_find(v, at, out, &peeled))
				rc = RC_OK;
			break;
		}
		if (*next == '\0')
			break;
		mem_replace(&link, next);
		mem_replace(&at, next);
	}
	free(at);
	if (target != NULL)
		*target = link;
	else
		free(link);
	return rc;
}

/* ---- all of them ---- */

struct scan {
	const struct vcs *v;
	struct vcs_ref_list *out;
	struct buf path; /* absolute */
	size_t root;     /* where the ref's name begins in it */
};

/* The ref that path names, if its file says anything sensible. */
static void
scan_file(struct scan *s)
{
	char line[LINE_MAX_BYTES];
	const char *name = s->path.ptr + s->root, *target;
	struct vcs_ref *ref;
	struct oid oid = { 0 };

	if (!ref_name_ok(name) || !read_small(s->path.ptr, line))
		return;
	target = symbolic(line);
	if (target == NULL && !parse_oid(s->v, line, &oid))
		return;
	if (target != NULL && *target == '\0')
		return;
	ref = ref_add(s->out, name);
	ref->oid = oid;
	if (target != NULL) {
		strv_push(&s->out->texts, target);
		ref->symref = s->out->texts.v[s->out->texts.n - 1];
	}
}

static bool
is_dir(const struct scan *s, const struct dirent *e)
{
	struct stat st;

	if (e->d_type != DT_UNKNOWN && e->d_type != DT_LNK)
		return e->d_type == DT_DIR;
	return stat(s->path.ptr, &st) == 0 && S_ISDIR(st.st_mode);
}

static void
scan_dir(struct scan *s, int depth)
{
	const size_t len = s->path.len;
	DIR *dir = depth < DEPTH_MAX ? opendir(s->path.ptr) : NULL;
	struct dirent *e;

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		buf_putc(&s->path, '/');
		buf_puts(&s->path, e->d_name);
		if (is_dir(s, e))
			scan_dir(s, depth + 1);
		else
			scan_file(s);
		buf_truncate(&s->path, len);
	}
	if (dir != NULL)
		closedir(dir);
}

static void
scan_heads(struct scan *s)
{
	const size_t root = s->root;
	DIR *dir;
	struct dirent *e;
	size_t len;

	buf_puts(&s->path, "HEAD");
	scan_file(s);
	buf_truncate(&s->path, root);
	buf_puts(&s->path, "worktrees/");
	len = s->path.len;
	dir = opendir(s->path.ptr);
	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		buf_puts(&s->path, e->d_name);
		buf_puts(&s->path, "/HEAD");
		scan_file(s);
		buf_truncate(&s->path, len);
	}
	if (dir != NULL)
		closedir(dir);
	buf_truncate(&s->path, root);
}

static void
scan_loose(const struct vcs *v, struct vcs_ref_list *out)
{
	static const char *const folders[] = { "refs/heads", "refs/remotes",
		"refs/tags" };
	struct scan s = { .v = v, .out = out };

	buf_puts(&s.path, v->common_dir);
	buf_putc(&s.path, '/');
	s.root = s.path.len;
	scan_heads(&s);
	for (size_t i = 0; i < COUNT(folders); i++) {
		buf_puts(&s.path, folders[i]);
		scan_dir(&s, 0);
		buf_truncate(&s.path, s.root);
	}
	buf_release(&s.path);
}

static bool
is_wanted(const char *name)
{
	return (strncmp(name, "refs/heads/", 11) == 0 ||
		   strncmp(name, "refs/tags/", 10) == 0 ||
		   strncmp(name, "refs/remotes/", 13) == 0) &&
	    ref_name_ok(name);
}

static void
add_packed(const struct vcs *v, struct vcs_ref_list *out)
{
	struct refs_packed f;
	struct oid oid, peeled;
	char *p, *name, *last = NULL;
	bool sorted = true;

	refs_packed_read(v, &f);
	p = f.text;
	while (refs_packed_next(v, &f, &p, &name, &oid, &peeled)) {
		struct vcs_ref *ref;

		if (!is_wanted(name))
			continue;
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		ref = &out->v[out->n++];
		*ref = (struct vcs_ref){ .name = name,
			.kind = ref_kind(name),
			.oid = oid,
			.commit = peeled };
		if (ref->kind != VCS_TAG)
			ref->commit = oid;
		sorted = sorted && (last == NULL || strcmp(last, name) < 0);
		last = name;
	}
	strv_take(&out->texts, f.text);
	if (!sorted)
		ref_sort(out);
}

/* Both sorted; a loose ref hides the packed one of its name. */
static void
merge(struct vcs_ref_list *out, struct vcs_ref_list *loose)
{
	struct vcs_ref *v;
	size_t i = 0, j = 0, n = 0;

	if (loose->n == 0)
		return;
	v = mem_calloc(out->n + loose->n, sizeof(*v));
	while (i < out->n || j < loose->n) {
		int c = -1;

		if (i == out->n)
			c = 1;
		else if (j < loose->n)
			c = strcmp(out->v[i].name, loose->v[j].name);
		if (c >= 0)
			v[n++] = loose->v[j++];
		else
			v[n++] = out->v[i];
		i += c <= 0;
	}
	free(out->v);
	out->cap = out->n + loose->n;
	out->v = v;
	out->n = n;
	/* The names move with the refs. */
	for (size_t k = 0; k < loose->texts.n; k++)
		strv_take(&out->texts, loose->texts.v[k]);
	loose->texts.n = 0;
}

static bool
follow(struct vcs *v, const struct vcs_ref_list *l, struct vcs_ref *ref)
{
	const struct vcs_ref *to = ref_find(l, ref->symref);

	if (to != NULL && to->symref == NULL) {
		ref->oid = to->oid;
		ref->commit = to->kind == VCS_TAG ? to->commit : to->oid;
		return true;
	}
	if (refs_file_read(v, ref->symref, &ref->oid, NULL) != RC_OK)
		return false;
	if (ref->kind != VCS_TAG)
		ref->commit = ref->oid;
	return true;
}

enum rc
refs_file_list(struct vcs *v, struct vcs_ref_list *out, struct err *err)
{
	struct vcs_ref_list loose = { 0 };
	size_t n = 0;

	(void)err;
	/* git packs a ref before it removes the file: files first, then. */
	scan_loose(v, &loose);
	ref_sort(&loose);
	add_packed(v, out);
	merge(out, &loose);
	for (size_t i = 0; i < out->n; i++) {
		struct vcs_ref *ref = &out->v[i];

		if (ref->symref == NULL && ref->kind != VCS_TAG)
			ref->commit = ref->oid;
		if (ref->symref != NULL && !follow(v, out, ref))
			ref->oid.len = 0;
	}
	for (size_t i = 0; i < out->n; i++)
		if (!oid_is_none(&out->v[i].oid))
			out->v[n++] = out->v[i];
	out->n = n;
	vcs_ref_list_release(&loose);
	return RC_OK;
}
