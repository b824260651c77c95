#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/mem.h"
#include "vcs/gitprog.h"
#include "refs.h"

/* Fields of one line of for-each-ref, separated by NULs. */
enum field { NAME, ID, SYMREF, FIELD_N };

static void
take_fields(struct vcs_ref_list *out, char *const f[FIELD_N])
{
	struct vcs_ref *ref;
	struct oid oid;

	if (!ref_name_ok(f[NAME]) || !oid_from_hex(&oid, f[ID], strlen(f[ID])))
		return;
	ref = ref_add(out, f[NAME]);
	ref->oid = oid;
	if (ref->kind != VCS_TAG)
		ref->commit = oid;
	if (f[SYMREF][0] != '\0') {
		strv_push(&out->texts, f[SYMREF]);
		ref->symref = out->texts.v[out->texts.n - 1];
	}
}

static void
take_lines(struct vcs_ref_list *out, struct buf *text)
{
	char *p = text->ptr, *end = p + text->len;

	while (p < end) {
		char *nl = memchr(p, '\n', (size_t)(end - p));
		char *f[FIELD_N];
		int n = 0;

		if (nl == NULL)
			nl = end;
		*nl = '\0';
		while (p < nl + 1 && n < FIELD_N) {
			f[n++] = p;
			p += strlen(p) + 1;
		}
		if (n == FIELD_N)
			take_fields(out, f);
		p = nl + 1;
	}
}

static void
add_head(struct vcs *v, struct vcs_ref_list *out, const char *name,
    const char *rev)
{
	const char *const args[] = { "rev-parse", "-q", "--verify",
		"--end-of-options", rev, NULL };
	struct buf text = BUF_INIT;
	struct oid oid;
	int status = 0;

	if (gitprog_run(v, args, NULL, &text, NULL, &status, NULL) == RC_OK &&
	    status == 0 && text.len > 0 &&
	    oid_from_hex(&oid, text.ptr, text.len - 1)) {
		struct vcs_ref *ref = ref_add(out, name);

		ref->oid = ref->commit = oid;
	}
	buf_release(&text);
}

static void
add_heads(struct vcs *v, struct vcs_ref_list *out)
{
	char *path = fs_join(v->common_dir, "worktrees");
	DIR *dir = opendir(path);
	struct dirent *e;

	free(path);
	add_head(v, out, "HEAD", "main-worktree/HEAD");
	while (dir != NULL && (e = readdir(dir)) != NULL) {
		char *name;

		if (e->d_name[0] == '.')
			continue;
		name = mem_printf("worktrees/%s/HEAD", e->d_name);
		add_head(v, out, name, name);
		free(name);
	}
	if (dir != NULL)
		closedir(dir);
}

enum rc
refs_git_list(struct vcs *v, struct vcs_ref_list *out, struct err *err)
{
	/* Asking for types, too, makes it fail on a ref to nothing. */
	static const char *const args[] = { "for-each-ref",
		"--format=%(refname)%00%(objectname)%00%(symref)", "refs/heads",
		"refs/remotes", "refs/tags", NULL };
	struct buf text = BUF_INIT, said = BUF_INIT;
	int status = 0;
	enum rc rc;

	rc = gitprog_run(v, args, NULL, &text, &said, &status, err);
	if (rc == RC_OK && status != 0)
		rc = gitprog_complain(&said, status, err);
	if (rc == RC_OK) {
		if (text.len > 0)
			take_lines(out, &text);
		add_heads(v, out);
		ref_sort(out);
	}
	buf_release(&text);
	buf_release(&said);
	return rc;
}

enum rc
refs_git_head(struct vcs *v, struct oid *out, char **target, struct err *err)
{
	static const char *const name[] = { "symbolic-ref", "-q", "HEAD",
		NULL };
	static const char *const id[] = { "rev-parse", "-q", "--verify", "HEAD",
		NULL };
	struct buf text = BUF_INIT;
	int status = 0;
	enum rc rc;

	*target = NULL;
	rc = gitprog_run(v, name, NULL, &text, NULL, &status, err);
	if (rc == RC_OK && status == 0 && text.len > 1)
		*target = mem_strndup(text.ptr, text.len - 1);
	buf_clear(&text);
	if (rc == RC_OK)
		rc = gitprog_run(v, id, NULL, &text, NULL, &status, err);
	if (rc == RC_OK &&
	    (status != 0 || text.len == 0 ||
		!oid_from_hex(out, text.ptr, text.len - 1)))
		rc = RC_NOT_FOUND;
	buf_release(&text);
	return rc;
}
