#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/mem.h"
#include "config_cache.h"
#include "vcs/gitprog.h"
#include "vcs/repo.h"
#include "vcs/config.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A team's file stands above the user's and below the repository's. */
static const struct {
	const char *name;
	int level;
} scopes[] = {
	{ "system", 1 },
	{ "global", 2 },
	{ "local", CONFIG_LEVEL_REPOSITORY },
	{ "worktree", 5 },
	{ "command", 6 },
};

enum { TREE_FILE_MAX = 1 << 20 };

static const char *const kept[] = { "user.name", "user.email", "core.hookspath",
	"core.commentchar", "core.editor", "core.pager", "init.defaultbranch" };

/* Keys that name a program never come out of a work tree. */
static const char *const programs[] = { "editor", "pager", "command", "cmd",
	"program", "browser", "shell", "exec", "hook", "helper", "path" };

static bool
ends_with(const char *s, const char *end)
{
	const size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static bool
is_kept(const char *name)
{
	if (strncmp(name, "tracker.", 8) == 0 ||
	    strncmp(name, "color.", 6) == 0)
		return true;
	for (size_t i = 0; i < COUNT(kept); i++)
		if (strcmp(name, kept[i]) == 0)
			return true;
	return false;
}

/* Whose names are people's own, and whose values only name keys and filters. */
static const char *const harmless[] = { "tracker.key.", "tracker.filter." };

static bool
is_kept_in_tree(const char *name)
{
	if (strncmp(name, "tracker.", 8) != 0)
		return false;
	for (size_t i = 0; i < COUNT(harmless); i++)
		if (strncmp(name, harmless[i], strlen(harmless[i])) == 0)
			return true;
	for (size_t i = 0; i < COUNT(programs); i++)
		if (ends_with(name, programs[i]))
			return false;
	return true;
}

static int
level_of(const char *scope)
{
	for (size_t i = 0; i < COUNT(scopes); i++)
		if (strcmp(scopes[i].name, scope) == 0)
			return scopes[i].level;
	return 0;
}

/* "file:/home/me/.gitconfig" or "command line:". */
static const char *
origin_of(const char *s)
{
	if (strncmp(s, "file:", 5) == 0)
		return s + 5;
	return strncmp(s, "command line", 12) == 0 ? "command line" : s;
}

/*
 * A file that is, or may come to be, included.  What we cannot work out
 * ourselves makes the cache useless.
 */
static void
note_include(struct config_base *b, const char *origin, const char *path)
{
	const char *home = getenv("HOME");
	const char *slash = strrchr(origin, '/');
	char *dir;

	if (path[0] == '/') {
		config_base_add(b, mem_strdup(path));
	} else if (strncmp(path, "~/", 2) == 0 && home != NULL) {
		config_base_add(b, fs_join(home, path + 2));
	} else if (path[0] == '~' || path[0] == '%' || slash == NULL) {
		b->moving = true;
	} else {
		dir = mem_strndup(origin, (size_t)(slash - origin));
		config_base_add(b, fs_join(dir, path));
		free(dir);
	}
}

/* The condition decides with what an included file's presence changes. */
static void
note_condition(const struct vcs *v, struct config_base *b, const char *name)
{
	const char *if_ = name + strlen("includeif.");

	if (strncmp(if_, "onbranch:", 9) == 0 && v != NULL && !v->reftable)
		config_base_add(b, fs_join(v->git_dir, "HEAD"));
	else if (strncmp(if_, "gitdir:", 7) != 0 &&
	    strncmp(if_, "gitdir/i:", 9) != 0 &&
	    strncmp(if_, "hasconfig:remote.*.url:", 23) != 0)
		b->moving = true;
}

static void
take_entry(const struct vcs *v, struct config_base *b, struct config *out,
    int level, const char *origin, const char *name, const char *value)
{
	origin = origin_of(origin);
	if (origin[0] == '/')
		config_base_add(b, mem_strdup(origin));
	if (strcmp(name, "include.path") == 0) {
		note_include(b, origin, value);
	} else if (strncmp(name, "includeif.", 10) == 0) {
		note_condition(v, b, name);
		note_include(b, origin, value);
	} else if (is_kept(name)) {
		config_add(out, level, origin, name, value);
	}
}

/* Ends the name at its line end; a key without a value is true. */
static const char *
split_value(char *entry)
{
	char *nl = strchr(entry, '\n');

	if (nl == NULL)
		return "true";
	*nl = '\0';
	return nl + 1;
}

static enum rc
load_git(struct vcs *v, struct config_base *b, struct config *out,
    struct err *err)
{
	static const char *const args[] = { "config", "--list", "--show-scope",
		"--show-origin", "-z", NULL };
	struct buf text = BUF_INIT, said = BUF_INIT;
	int status = 0;
	enum rc rc = gitprog_run(v, args, NULL, &text, &said, &status, err);
	char *p = text.ptr, *end = text.len > 0 ? p + text.len : p;

	if (rc == RC_OK && status != 0)
		rc = gitprog_complain(&said, status, err);
	while (rc == RC_OK && p < end) {
		const char *scope = p, *origin, *value;
		char *entry;

		origin = scope + strlen(scope) + 1;
		if (origin >= end)
			break;
		entry = p + (origin - p) + strlen(origin) + 1;
		if (entry >= end)
			break;
		p = entry + strlen(entry) + 1;
		value = split_value(entry);
		take_entry(v, b, out, level_of(scope), origin, entry, value);
	}
	buf_release(&text);
	buf_release(&said);
	return rc;
}

/* git says "fatal: bad config line 3 in file /path". */
static enum rc
tree_error(const char *path, const struct buf *said, struct err *err)
{
	static const char words[] = "bad config line ";
	const char *at = strstr(buf_str(said), words);

	if (at == NULL)
		return err_set(err, RC_INVALID, "cannot read %s", path);
	return err_set(err, RC_INVALID,
	    "%s:%ld: not in the form of git configuration (see: git help "
	    "config)",
	    path, strtol(at + sizeof(words) - 1, NULL, 10));
}

static enum rc
read_tree(const struct vcs *v, const char *path, struct config *out,
    struct err *err)
{
	const char *const args[] = { "config", "-f", path, "--no-includes",
		"--list", "-z", NULL };
	struct buf text = BUF_INIT, said = BUF_INIT;
	int status = 0;
	enum rc rc = gitprog_run(v, args, NULL, &text, &said, &status, err);

	if (rc == RC_OK && status != 0)
		rc = tree_error(path, &said, err);
	for (size_t i = 0; rc == RC_OK && i < text.len;) {
		char *entry = text.ptr + i;
		const char *value;

		i += strlen(entry) + 1;
		value = split_value(entry);
		if (is_kept_in_tree(entry))
			config_add(out, CONFIG_LEVEL_TREE, path, entry, value);
	}
	buf_release(&text);
	buf_release(&said);
	return rc;
}

static enum rc
load_tree(const struct vcs *v, struct config *out, struct err *err)
{
	char *path;
	struct stat st;
	enum rc rc = RC_OK;

	if (v == NULL || v->work_tree == NULL)
		return RC_OK;
	path = fs_join(v->work_tree, ".notesconfig");
	/* A link could lead anywhere: somebody else wrote that tree. */
	if (lstat(path, &st) != 0)
		rc = RC_OK;
	else if (!S_ISREG(st.st_mode))
		rc = err_set(err, RC_INVALID,
		    "%s is not a regular file (remove it)", path);
	else if (st.st_size > TREE_FILE_MAX)
		rc = err_set(err, RC_INVALID, "%s is larger than %d bytes",
		    path, TREE_FILE_MAX);
	else
		rc = read_tree(v, path, out, err);
	free(path);
	return rc;
}

/* Stable, so that the order within a level stays git's. */
static void
sort_levels(struct config *c)
{
	for (size_t i = 1; i < c->n; i++) {
		const struct config_entry e = c->v[i];
		size_t j = i;

		for (; j > 0 && c->v[j - 1].level > e.level; j--)
			c->v[j] = c->v[j - 1];
		c->v[j] = e;
	}
}

enum rc
vcs_config_load(struct vcs *v, const char *cache, struct config *out,
    struct err *err)
{
	struct config_base b;
	struct err fault = ERR_INIT;
	enum rc rc;

	*out = (struct config){ 0 };
	config_base_init(v, &b);
	if (cache != NULL && config_cache_read(cache, &b, out)) {
		config_base_release(&b);
		return RC_OK;
	}
	rc = load_git(v, &b, out, err);
	/* It is the team's: one wrong line of it stops nobody's reading. */
	if (rc == RC_OK && load_tree(v, out, &fault) != RC_OK)
		out->broken = mem_strdup(fault.msg);
	sort_levels(out);
	if (rc == RC_OK && cache != NULL && out->broken == NULL)
		config_cache_write(cache, &b, out);
	if (rc != RC_OK)
		config_release(out);
	config_base_release(&b);
	return rc;
}
