#include "hook_manager.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "vcs/repo.h"
#include "vcs/hooks.h"

/* Files by which a manager is known, in the top of the work tree. */
static const struct {
	const char *manager, *file;
} marks[] = {
	{ "lefthook", "lefthook.yml" },
	{ "lefthook", "lefthook.yaml" },
	{ "lefthook", "lefthook.toml" },
	{ "lefthook", ".lefthook.yml" },
	{ "lefthook", ".lefthook.yaml" },
	{ "lefthook", ".config/lefthook.yml" },
	{ "pre-commit", ".pre-commit-config.yaml" },
};

const char *
hook_manager_find(const struct vcs *v, const char *dir)
{
	const char *found = NULL;

	if (strstr(dir, "/.husky") != NULL)
		return "husky";
	if (v->work_tree == NULL)
		return NULL;
	for (size_t i = 0; found == NULL && i < sizeof(marks) / sizeof(*marks);
	     i++) {
		char *path = fs_join(v->work_tree, marks[i].file);

		if (fs_exists(path))
			found = marks[i].manager;
		free(path);
	}
	return found;
}

static void
advise_husky(const char *dir, const char *name, struct buf *out)
{
	const char *end = strstr(dir, "/.husky");

	/* Its newer versions point git at .husky/_ and run .husky/NAME. */
	buf_printf(out, "%.*s/.husky/%s:\n    notes hook run %s \"$@\"\n",
	    (int)(end != NULL ? end - dir : 0), dir, name, name);
}

static void
advise_lefthook(const char *dir, const char *name, struct buf *out)
{
	(void)dir;
	buf_printf(out,
	    "lefthook.yml:\n    %s:\n      commands:\n        notes:\n"
	    "          run: notes hook run %s {0}\n%s",
	    name, name,
	    strcmp(name, "post-rewrite") == 0 ? "          use_stdin: true\n"
					      : "");
}

static void
advise_pre_commit(const char *dir, const char *name, struct buf *out)
{
	(void)dir;
	buf_printf(out,
	    ".pre-commit-config.yaml:\n"
	    "    - repo: local\n      hooks:\n"
	    "        - id: notes-%s\n          name: notes\n"
	    "          language: system\n"
	    "          entry: notes hook run %s\n"
	    "          stages: [%s]\n          always_run: true\n%s",
	    name, name, name,
	    strstr(name, "commit-msg") == NULL
		? "          pass_filenames: false\n"
		: "");
}

static void
advise_plain(const char *dir, const char *name, struct buf *out)
{
	buf_printf(out, "%s/%s:\n    notes hook run %s \"$@\"\n", dir, name,
	    name);
}

void
hook_manager_advise(const char *manager, const char *dir, struct buf *out)
{
	static const struct {
		const char *manager;
		void (*advise)(const char *dir, const char *name,
		    struct buf *out);
	} table[] = {
		{ "husky", advise_husky },
		{ "lefthook", advise_lefthook },
		{ "pre-commit", advise_pre_commit },
	};
	void (*advise)(const char *, const char *, struct buf *) = advise_plain;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (manager != NULL && strcmp(manager, table[i].manager) == 0)
			advise = table[i].advise;
	for (size_t i = 0; i < vcs_hook_names_n; i++)
		advise(dir, vcs_hook_names[i], out);
}
