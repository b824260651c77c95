/* Single objects by name: resolving, commits, tags, diffs. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "commit_parse.h"
#include "gitprog.h"
#include "vcs/ref/refs.h"
#include "repo.h"

/* ---- names ---- */

/* The places in which git looks for a short name, in its order. */
static const char *const places[] = { "%s", "refs/%s", "refs/tags/%s",
	"refs/heads/%s", "refs/remotes/%s", "refs/remotes/%s/HEAD" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Only what no syntax of gitrevisions(7) can be. */
static bool
find_ref(struct vcs *v, const char *rev, struct oid *out)
{
	if (v->reftable || v->way == VCS_WAY_GIT || !ref_name_ok(rev) ||
	    strchr(rev, '@') != NULL)
		return false;
	for (size_t i = 0; i < COUNT(places); i++) {
		struct buf name = BUF_INIT;
		enum rc rc = RC_NOT_FOUND;
		const char *percent = strchr(places[i], '%');

		buf_add(&name, places[i], (size_t)(percent - places[i]));
		buf_puts(&name, rev);
		buf_puts(&name, percent + 2);
		/* "config" is a file beside HEAD, but no ref. */
		if (i > 0 || strncmp(rev, "refs/", 5) == 0 ||
		    strcmp(rev + strspn(rev, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"),
			"") == 0)
			rc = refs_file_read(v, buf_str(&name), out, NULL);
		buf_release(&name);
		if (rc == RC_OK)
			return true;
	}
	return false;
}

static enum rc
ask_git(struct vcs *v, const char *rev, struct oid *out)
{
	const char *const args[] = { "rev-parse", "-q", "--verify",
		"--end-of-options", rev, NULL };
	struct buf text = BUF_INIT;
	int status = 0;
	enum rc rc;

	rc = gitprog_run(v, args, NULL, &text, NULL, &status, NULL);
	if (rc == RC_OK &&
	    (status != 0 || text.len == 0 ||
		!oid_from_hex(out, text.ptr, text.len - 1)))
		rc = RC_NOT_FOUND;
	buf_release(&text);
	return rc;
}

enum rc
vcs_resolve(struct vcs *v, const char *rev, struct oid *out, struct err *err)
{
	const size_t len = strlen(rev);
	struct oid id;
	enum rc rc = RC_OK;

	*out = (struct oid){ 0 };
	if (len != 2 * v->oid_len || !oid_from_hex(&id, rev, len))
		if (!find_ref(v, rev, &id))
			rc = len > 0 ? ask_git(v, rev, &id) : RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = object_peel(v, &id, out, NULL, NULL, err);
	if (rc == RC_OK && oid_is_none(out))
		return err_set(err, RC_NOT_FOUND, "'%s' is no commit", rev);
	if (rc == RC_NOT_FOUND)
		return err_set(err, RC_NOT_FOUND,
		    "no commit, branch or tag '%s' (see: git log --oneline)",
		    rev);
	return rc;
}

/* ---- commits ---- */

enum rc
vcs_commit_read(struct vcs *v, const struct oid *id, struct vcs_commit_mem *mem,
    struct commit *out, struct err *err)
{
	struct commit_scratch s = { 0 };
	struct buf raw = BUF_INIT;
	enum obj_type type = OBJ_NONE;
	enum rc rc = object_read(v, id, &raw, &type, err);

	if (rc == RC_NOT_FOUND)
		rc = obj_missing(id, err);
	if (rc == RC_OK && type != OBJ_COMMIT)
		rc = err_set(err, RC_NOT_FOUND, "that object is no commit");
	if (rc == RC_OK && !commit_parse(id, buf_str(&raw), raw.len, &s, out))
		rc = obj_damaged(id, err);
	if (rc == RC_OK) {
		vcs_cut_shallow(v, out);
		buf_clear(&mem->text);
		buf_add(&mem->text, out->author, out->author_len);
		buf_putc(&mem->text, '\0');
		buf_add(&mem->text, out->message, out->message_len);
		out->author = mem->text.ptr;
		out->message = mem->text.ptr + out->author_len + 1;
		free(mem->parents);
		mem->parents = s.parents;
		out->parents = s.parents;
		s.parents = NULL;
	}
	commit_scratch_release(&s);
	buf_release(&raw);
	return rc;
}

void
vcs_commit_mem_release(struct vcs_commit_mem *mem)
{
	free(mem->parents);
	buf_release(&mem->text);
	*mem = (struct vcs_commit_mem){ 0 };
}

/* ---- tags ---- */

enum rc
vcs_tag_read(struct vcs *v, const char *short_name, struct vcs_tag *out,
    struct err *err)
{
	char *name = mem_printf("refs/tags/%s", short_name);
	struct vcs_commit_mem mem = { 0 };
	struct commit c;
	struct oid id;
	enum rc rc = RC_NOT_FOUND;

	*out = (struct vcs_tag){ .time = DATE_NONE };
	if (ref_name_ok(name))
		rc = v->reftable || v->way == VCS_WAY_GIT
		    ? ask_git(v, name, &id)
		    : refs_file_read(v, name, &id, NULL);
	if (rc == RC_OK)
		rc = object_peel(v, &id, &out->commit, &out->time,
		    &out->annotated, err);
	if (rc == RC_NOT_FOUND)
		rc = err_set(err, RC_NOT_FOUND, "no tag '%s' (see: git tag)",
		    short_name);
	if (rc == RC_OK && out->time == DATE_NONE &&
	    !oid_is_none(&out->commit)) {
		rc = vcs_commit_read(v, &out->commit, &mem, &c, err);
		if (rc == RC_OK)
			out->time = c.commit_time;
	}
	vcs_commit_mem_release(&mem);
	free(name);
	return rc;
}

/* ---- diffs ---- */

enum rc
vcs_diff(struct vcs *v, const struct oid *id, size_t max_bytes, struct buf *out,
    struct err *err)
{
	char hex[OID_HEX_MAX + 1];
	const char *const args[] = { "-c", "core.quotePath=false", "diff-tree",
		"--root", "--cc", "-M", "--stat", "--patch", "--no-commit-id",
		"--no-color", "--no-ext-diff", "--no-textconv",
		"--end-of-options", hex, NULL };
	struct gitprog p;
	char *s;
	size_t len, total = 0;
	enum rc rc;

	oid_to_hex(id, hex);
	rc = gitprog_start(v, args, GITPROG_TEXT, NULL, &p, err);
	if (rc != RC_OK)
		return rc;
	while ((rc = gitprog_until(&p, '\n', &s, &len, err)) == RC_OK) {
		if (total + len + 1 > max_bytes) {
			gitprog_finish(&p, GITPROG_KILL, NULL);
			buf_puts(out, "(cut: the diff is longer)\n");
			return RC_OK;
		}
		buf_add(out, s, len);
		buf_putc(out, '\n');
		total += len + 1;
	}
	if (rc == RC_NOT_FOUND)
		return gitprog_finish(&p, GITPROG_WAIT, err);
	gitprog_finish(&p, GITPROG_KILL, NULL);
	return rc;
}
