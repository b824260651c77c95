/* What became of a file: "git log -S". */
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/mem.h"
#include "vcs/gitprog.h"
#include "vcs/repo.h"

/* Runs git in the work tree on one file; *any: it said something. */
static enum rc
ask(struct vcs *v, const char *const words[], const char *path, bool *any,
    struct err *err)
{
	struct buf out = BUF_INIT, said = BUF_INIT;
	const char *args[16];
	char *tree, *file;
	size_t n = 0;
	int status;
	enum rc rc;

	*any = false;
	if (v->work_tree == NULL || (file = fs_real(path)) == NULL)
		return RC_OK;
	tree = mem_printf("--work-tree=%s", v->work_tree);
	args[n++] = tree;
	args[n++] = "--literal-pathspecs";
	for (size_t i = 0; words[i] != NULL; i++)
		args[n++] = words[i];
	args[n++] = "--";
	args[n++] = file;
	args[n] = NULL;
	rc = gitprog_run(v, args, NULL, &out, &said, &status, err);
	if (rc == RC_OK && status != 0)
		rc = gitprog_complain(&said, status, err);
	*any = out.len > 0;
	buf_release(&said);
	buf_release(&out);
	free(file);
	free(tree);
	return rc;
}

/* A pattern for that line and no longer one, whichever its end. */
static char *
line_pattern(const char *text)
{
	struct buf b = BUF_INIT;

	buf_puts(&b, "-S^");
	for (const char *s = text; *s != '\0'; s++) {
		if (strchr(".[]{}()*+?^$|\\", *s) != NULL)
			buf_putc(&b, '\\');
		buf_putc(&b, *s);
	}
	buf_puts(&b, "\r?$");
	return buf_detach(&b);
}

enum rc
vcs_file_had(struct vcs *v, const char *path, const char *text,
    enum vcs_where where, bool *had, struct err *err)
{
	char *const pick = line_pattern(text);
	/* Also what came in and went out again on a branch that was merged. */
	const char *const words[] = { "log", "-1", "--format=%H",
		"--full-history", "--no-textconv", "--no-ext-diff",
		"--pickaxe-regex", pick,
		where == VCS_IN_HEAD ? "HEAD" : "--all", NULL };
	const enum rc rc = ask(v, words, path, had, err);

	free(pick);
	return rc;
}
