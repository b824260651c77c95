#include "vcs/hooks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"
#include "vcs/gitprog.h"
#include "hook_manager.h"
#include "hook_stub.h"
#include "vcs/repo.h"

const char *const vcs_hook_names[] = { "prepare-commit-msg", "commit-msg",
	"post-commit", "post-merge", "post-rewrite", "post-applypatch" };
const size_t vcs_hook_names_n = sizeof(vcs_hook_names) /
    sizeof(vcs_hook_names[0]);

enum { HOOK_MAX = 1 << 16 }; /* bytes; a larger file is none of ours */

/* One hook's files. */
struct hook {
	const char *name;
	char *path, *kept; /* owned */
	struct buf text;
	enum hook_text tell;
	bool there, kept_there, runs;
};

static void
hook_release(struct hook *h)
{
	free(h->path);
	free(h->kept);
	buf_release(&h->text);
	*h = (struct hook){ 0 };
}

static bool
is_there(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

static void
hook_load(struct hook *h, const char *dir, const char *name)
{
	struct stat st;

	*h = (struct hook){ .name = name, .tell = HOOK_TEXT_FOREIGN };
	h->path = fs_join(dir, name);
	h->kept = mem_printf("%s%s", h->path, HOOK_KEPT);
	h->kept_there = is_there(h->kept);
	if (lstat(h->path, &st) != 0)
		return;
	h->there = true;
	h->runs = (st.st_mode & S_IXUSR) != 0;
	if (S_ISREG(st.st_mode) && st.st_size <= HOOK_MAX &&
	    fs_read(h->path, HOOK_MAX, &h->text, NULL) == RC_OK)
		h->tell = hook_stub_tell(name, buf_str(&h->text), h->text.len);
}

static bool
is_ours(const struct hook *h)
{
	return h->there && h->tell >= HOOK_TEXT_OLD;
}

/* ---- where ---- */

static char *
own_dir(const struct vcs *v)
{
	return fs_join(v->common_dir, "hooks");
}

/* git's own answer, which knows core.hooksPath; the caller frees *out. */
static enum rc
find_dir(const struct vcs *v, char **out, struct err *err)
{
	const char *top = v->work_tree != NULL ? v->work_tree : v->git_dir;
	const char *const args[] = { "-C", top, "rev-parse", "--git-path",
		"hooks", NULL };
	struct buf text = BUF_INIT, said = BUF_INIT;
	int status = 0;
	enum rc rc = gitprog_run(v, args, NULL, &text, &said, &status, err);

	if (rc == RC_OK && (status != 0 || text.len < 2))
		rc = gitprog_complain(&said, status, err);
	if (rc == RC_OK) {
		buf_truncate(&text, text.len - 1);
		*out = fs_join(top, buf_str(&text));
	}
	buf_release(&text);
	buf_release(&said);
	return rc;
}

static bool
same_place(const char *a, const char *b)
{
	char *x = fs_real(a), *y = fs_real(b);
	const bool same = strcmp(x != NULL ? x : a, y != NULL ? y : b) == 0;

	free(x);
	free(y);
	return same;
}

static enum rc
find_place(const struct vcs *v, struct vcs_hooks *out, struct err *err)
{
	const char *manager;
	char *own;
	enum rc rc;

	*out = (struct vcs_hooks){ 0 };
	if ((rc = find_dir(v, &out->dir, err)) != RC_OK)
		return rc;
	own = own_dir(v);
	out->managed = !same_place(own, out->dir);
	free(own);
	manager = hook_manager_find(v, out->dir);
	if (manager == NULL && out->managed)
		manager = "core.hooksPath";
	out->manager = mem_strdup(manager);
	return RC_OK;
}

/* ---- status ---- */

static bool
program_is_there(const struct hook *h)
{
	char *program = hook_stub_program(buf_str(&h->text));
	const bool ok = program != NULL && access(program, X_OK) == 0;

	free(program);
	return ok;
}

static enum vcs_hook_state
state_of(const struct hook *h)
{
	if (!h->there)
		return VCS_HOOK_ABSENT;
	if (!is_ours(h))
		return VCS_HOOK_FOREIGN;
	if (h->tell == HOOK_TEXT_OLD || !h->runs || !program_is_there(h))
		return VCS_HOOK_OUTDATED;
	return h->kept_there ? VCS_HOOK_CHAINED : VCS_HOOK_OURS;
}

enum rc
vcs_hooks_status(struct vcs *v, struct vcs_hooks *out, struct err *err)
{
	struct hook h;
	enum rc rc = find_place(v, out, err);

	if (rc != RC_OK)
		return rc;
	out->n = vcs_hook_names_n;
	out->v = mem_calloc(out->n, sizeof(*out->v));
	for (size_t i = 0; i < out->n; i++) {
		hook_load(&h, out->dir, vcs_hook_names[i]);
		out->v[i].name = h.name;
		out->v[i].state = state_of(&h);
		out->v[i].path = h.path;
		h.path = NULL;
		hook_release(&h);
	}
	return RC_OK;
}

void
vcs_hooks_release(struct vcs_hooks *h)
{
	for (size_t i = 0; i < h->n; i++)
		free(h->v[i].path);
	free(h->v);
	free(h->dir);
	free(h->manager);
	*h = (struct vcs_hooks){ 0 };
}

/* ---- installing ---- */

/* Nothing is written while one hook stands in the way. */
static enum rc
check_hook(const struct hook *h, struct err *err)
{
	struct stat st;

	if (!h->there || is_ours(h))
		return RC_OK;
	if (lstat(h->path, &st) == 0 && S_ISDIR(st.st_mode))
		return err_set(err, RC_CONFLICT, "%s is a folder (remove it)",
		    h->path);
	if (h->tell == HOOK_TEXT_CHANGED)
		return err_set(err, RC_CONFLICT,
		    "%s was changed after notes had installed it (move the "
		    "changes to a hook of their own, then remove it)",
		    h->path);
	if (h->kept_there)
		return err_set(err, RC_CONFLICT,
		    "%s is new, and the hook before it is still kept as %s "
		    "(remove one of them)",
		    h->path, h->kept);
	return RC_OK;
}

static enum rc
write_stub(const char *path, const struct buf *text, struct err *err)
{
	const int fd = open(path,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0777);
	size_t done = 0;

	if (fd < 0)
		return err_errno(err, errno, "cannot write %s", path);
	while (done < text->len) {
		const ssize_t n = write(fd, text->ptr + done, text->len - done);

		if (n < 0 && errno != EINTR)
			break;
		done += n > 0 ? (size_t)n : 0;
	}
	if (done == text->len && fsync(fd) == 0 && close(fd) == 0)
		return RC_OK;
	err_errno(err, errno, "cannot write %s", path);
	if (done < text->len)
		close(fd);
	unlink(path);
	return RC_IO;
}

/*
 * A second name first, so that at no time there is no hook; file systems
 * without links get the shorter way.
 */
static enum rc
keep_hook(const struct hook *h, struct err *err)
{
	if (link(h->path, h->kept) == 0 || rename(h->path, h->kept) == 0)
		return RC_OK;
	return err_errno(err, errno, "cannot keep %s", h->path);
}

static enum rc
install_hook(const struct hook *h, const char *program, struct err *err)
{
	struct buf text = BUF_INIT;
	char *temp = mem_printf("%s.notes-%ld", h->path, (long)getpid());
	enum rc rc = RC_OK;

	hook_stub_build(h->name, program, &text);
	if (is_ours(h) && h->runs && h->text.len == text.len &&
	    memcmp(h->text.ptr, text.ptr, text.len) == 0)
		goto out;
	if ((rc = write_stub(temp, &text, err)) != RC_OK)
		goto out;
	if (h->there && !is_ours(h))
		rc = keep_hook(h, err);
	if (rc == RC_OK && rename(temp, h->path) != 0) {
		rc = err_errno(err, errno, "cannot write %s", h->path);
		/* A link is one name too many, a rename one too few. */
		if (h->there && !is_ours(h) && is_there(h->path))
			unlink(h->kept);
		else if (h->there && !is_ours(h))
			rename(h->kept, h->path);
	}
	if (rc != RC_OK)
		unlink(temp);
out:
	free(temp);
	buf_release(&text);
	return rc;
}

static enum rc
install_all(const char *dir, const char *program, struct err *err)
{
	struct hook *v = mem_calloc(vcs_hook_names_n, sizeof(*v));
	enum rc rc = fs_mkdir(dir, 0777, err);

	for (size_t i = 0; i < vcs_hook_names_n; i++)
		hook_load(&v[i], dir, vcs_hook_names[i]);
	for (size_t i = 0; rc == RC_OK && i < vcs_hook_names_n; i++)
		rc = check_hook(&v[i], err);
	for (size_t i = 0; rc == RC_OK && i < vcs_hook_names_n; i++)
		rc = install_hook(&v[i], program, err);
	for (size_t i = 0; i < vcs_hook_names_n; i++)
		hook_release(&v[i]);
	free(v);
	return rc;
}

enum rc
vcs_hooks_install(struct vcs *v, const char *program, struct buf *advice,
    struct err *err)
{
	struct vcs_hooks place;
	enum rc rc;

	if (program[0] != '/' || strchr(program, '\n') != NULL)
		return err_set(err, RC_INVALID,
		    "hooks need the absolute path of notes, not '%s'", program);
	if ((rc = find_place(v, &place, err)) != RC_OK)
		goto out;
	if (place.managed || place.manager != NULL)
		hook_manager_advise(place.manager, place.dir, advice);
	if (place.managed)
		rc = err_set(err, RC_FAIL,
		    "core.hooksPath sends git to %s, which is not ours to "
		    "write (add the lines shown)",
		    place.dir);
	else
		rc = install_all(place.dir, program, err);
out:
	vcs_hooks_release(&place);
	return rc;
}

/* ---- uninstalling ---- */

static enum rc
uninstall_hook(const struct hook *h, size_t *removed, struct err *err)
{
	/* Somebody else's by now: neither it nor what is kept is touched. */
	if (h->there ? !is_ours(h) : !h->kept_there)
		return RC_OK;
	if (h->kept_there ? rename(h->kept, h->path) != 0
			  : unlink(h->path) != 0)
		return err_errno(err, errno, "cannot remove %s", h->path);
	(*removed)++;
	return RC_OK;
}

enum rc
vcs_hooks_uninstall(struct vcs *v, size_t *removed, struct err *err)
{
	/* Ours are only ever here, wherever core.hooksPath points by now. */
	char *dir = own_dir(v);
	struct hook h;
	enum rc rc = RC_OK;

	*removed = 0;
	for (size_t i = 0; rc == RC_OK && i < vcs_hook_names_n; i++) {
		hook_load(&h, dir, vcs_hook_names[i]);
		rc = uninstall_hook(&h, removed, err);
		hook_release(&h);
	}
	free(dir);
	return rc;
}

/* ---- the environment ---- */

void
vcs_env_clear(void)
{
	/* As "git rev-parse --local-env-vars" names them. */
	static const char *const names[] = { "GIT_ALTERNATE_OBJECT_DIRECTORIES",
		"GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT",
		"GIT_OBJECT_DIRECTORY", "GIT_DIR", "GIT_WORK_TREE",
		"GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_INDEX_FILE",
		"GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX",
		"GIT_INTERNAL_SUPER_PREFIX", "GIT_SHALLOW_FILE",
		"GIT_COMMON_DIR", "GIT_NAMESPACE" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unsetenv(names[i]);
}
