#include "repo.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"
#include "discover.h"
#include "gitcat.h"
#include "vcs/config/gitconf.h"
#include "gitlib.h"

/* What the repository's own configuration says about how to read it. */
struct format {
	char *work_tree;
	bool bare;
	bool worktree_config;
	bool reftable, unknown, sha256;
};

/* Extensions that change nothing in how commits and refs are read. */
static const char *const harmless[] = { "noop", "noop-v1", "preciousobjects",
	"partialclone", "worktreeconfig", "relativeworktrees",
	"compatobjectformat", "submodulepathconfig" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
read_extension(struct format *f, const char *name, const char *value)
{
	if (strcmp(name, "objectformat") == 0) {
		f->sha256 = strcasecmp(value, "sha256") == 0;
		f->unknown |= !f->sha256 && strcasecmp(value, "sha1") != 0;
		return;
	}
	if (strcmp(name, "refstorage") == 0) {
		f->reftable |= strcasecmp(value, "files") != 0;
		return;
	}
	if (strcmp(name, "worktreeconfig") == 0)
		f->worktree_config = gitconf_bool(value);
	for (size_t i = 0; i < COUNT(harmless); i++)
		if (strcmp(name, harmless[i]) == 0)
			return;
	f->unknown = true;
}

static void
read_entry(const char *name, const char *value, void *arg)
{
	static const char extensions[] = "extensions.";
	struct format *f = arg;

	if (strcmp(name, "core.bare") == 0) {
		f->bare = gitconf_bool(value);
	} else if (strcmp(name, "core.worktree") == 0) {
		mem_replace(&f->work_tree, value);
	} else if (strcmp(name, "core.repositoryformatversion") == 0) {
		f->unknown |= strtol(value, NULL, 10) > 1;
	} else if (strncmp(name, extensions, sizeof(extensions) - 1) == 0) {
		read_extension(f, name + sizeof(extensions) - 1, value);
	}
}

static enum rc
read_format_file(const char *dir, const char *name, struct format *f,
    struct err *err)
{
	char *path = fs_join(dir, name);
	struct buf text = BUF_INIT;
	enum rc rc = RC_OK;

	if (fs_exists(path))
		rc = fs_read(path, 1 << 24, &text, err);
	if (rc == RC_OK &&
	    !gitconf_parse(buf_str(&text), text.len, read_entry, f))
		rc = err_set(err, RC_GIT,
		    "cannot read %s as git configuration (see: git config "
		    "--edit)",
		    path);
	buf_release(&text);
	free(path);
	return rc;
}

static void
read_shallow(struct vcs *v)
{
	char *path = fs_join(v->common_dir, "shallow");
	struct buf text = BUF_INIT;
	struct oid oid;
	const char *p;

	if (fs_exists(path) && fs_read(path, 0, &text, NULL) == RC_OK) {
		for (p = buf_str(&text); *p != '\0';) {
			const size_t n = strcspn(p, "\n");

			if (oid_from_hex(&oid, p, n))
				oid_map_add(&v->shallow, &oid, 0);
			p += n + (p[n] == '\n');
		}
	}
	v->is_shallow = v->shallow.n > 0;
	buf_release(&text);
	free(path);
}

static void
take_format(struct vcs *v, const struct found *found, struct format *f)
{
	/* git asks only the main worktree's files about these two. */
	const bool linked = strcmp(v->git_dir, v->common_dir) != 0;

	v->oid_len = f->sha256 ? 32 : 20;
	v->reftable = f->reftable;
	v->unknown = f->unknown;
	v->work_tree = discover_work_tree(found, v->git_dir,
	    linked ? NULL : f->work_tree, !linked && f->bare);
}

static enum rc
load(struct vcs *v, struct found *found, struct err *err)
{
	const char *objects = getenv("GIT_OBJECT_DIRECTORY");
	struct format f = { 0 };
	struct stat st;
	enum rc rc;

	v->git_dir = found->git_dir;
	v->common_dir = found->common_dir;
	found->git_dir = found->common_dir = NULL;
	if ((rc = read_format_file(v->common_dir, "config", &f, err)) != RC_OK)
		goto out;
	if (f.worktree_config &&
	    (rc = read_format_file(v->git_dir, "config.worktree", &f, err)) !=
		RC_OK)
		goto out;
	take_format(v, found, &f);
	v->objects = objects != NULL && objects[0] != '\0'
	    ? fs_join(found->start, objects)
	    : fs_join(v->common_dir, "objects");
	if (stat(v->common_dir, &st) == 0)
		v->others_write = (st.st_mode & S_IWOTH) != 0;
	read_shallow(v);
	if (!found->by_env)
		rc = repo_check_owner(found->git_file, v->git_dir, v->work_tree,
		    err);
out:
	free(f.work_tree);
	return rc;
}

enum rc
vcs_open(const char *dir, struct vcs **out, struct err *err)
{
	struct found found = { 0 };
	struct vcs *v = NULL;
	enum rc rc;

	*out = NULL;
	if ((rc = discover(dir, &found, err)) != RC_OK)
		goto out;
	v = mem_calloc(1, sizeof(*v));
	if ((rc = load(v, &found, err)) != RC_OK)
		goto out;
	*out = v;
	v = NULL;
out:
	found_release(&found);
	vcs_close(v);
	return rc;
}

void
vcs_close(struct vcs *v)
{
	if (v == NULL)
		return;
	gitcat_close(v->cat);
	git2_close(v->git2);
	oid_map_release(&v->shallow);
	strv_release(&v->alternates);
	free(v->git_dir);
	free(v->common_dir);
	free(v->objects);
	free(v->work_tree);
	free(v);
}

const char *
vcs_git_dir(const struct vcs *v)
{
	return v->git_dir;
}

const char *
vcs_common_dir(const struct vcs *v)
{
	return v->common_dir;
}

const char *
vcs_work_tree(const struct vcs *v)
{
	return v->work_tree;
}

bool
vcs_is_bare(const struct vcs *v)
{
	return v->work_tree == NULL;
}

uint64_t
vcs_shallow_digest(const struct vcs *v)
{
	uint64_t sum = v->shallow.n;

	/* A sum: the order in the file means nothing. */
	for (size_t i = 0; i < v->shallow.cap; i++)
		for (size_t k = 0; k < v->shallow.slots[i].oid.len; k += 4) {
			uint32_t word;

			memcpy(&word, v->shallow.slots[i].oid.id + k,
			    sizeof(word));
			sum += (uint64_t)word << (k % 8 * 4);
		}
	return sum;
}

void
vcs_cut_shallow(const struct vcs *v, struct commit *c)
{
	c->boundary = v->is_shallow && oid_map_get(&v->shallow, &c->id, NULL);
	if (c->boundary)
		c->n_parents = 0;
}

bool
vcs_is_shallow(const struct vcs *v)
{
	return v->is_shallow;
}

bool
vcs_others_write(const struct vcs *v)
{
	return v->others_write;
}

size_t
vcs_oid_len(const struct vcs *v)
{
	return v->oid_len;
}

bool
vcs_fits_git2(const struct vcs *v)
{
	return v->way != VCS_WAY_GIT && !v->unknown && v->oid_len == 20;
}
