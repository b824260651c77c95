#include "scan_priv.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "store/release.h"

static void
push_oid(struct oid_map *seen, struct oid **v, size_t *n, size_t *cap,
    const struct oid *oid)
{
	if (!oid_map_add(seen, oid, 1))
		return;
	*v = mem_grow(*v, cap, *n + 1, sizeof **v);
	(*v)[(*n)++] = *oid;
}

/* The name of a branch without refs/heads/ or refs/remotes/<remote>/. */
static const char *
branch_name(const struct vcs_ref *ref)
{
	const char *slash;

	if (ref->kind == VCS_BRANCH)
		return ref->name + strlen("refs/heads/");
	if (ref->kind != VCS_REMOTE)
		return NULL;
	slash = strchr(ref->name + strlen("refs/remotes/"), '/');
	return slash == NULL ? NULL : slash + 1;
}

/*
 * tracker.mainline: one or several names or patterns, separated by blanks or
 * commas ("main maven-3.*").  A clone's remote branch of the name counts too.
 */
static bool
is_mainline(const char *patterns, const char *branch)
{
	const char *p = patterns;
	char one[256];
	size_t len;

	while (*p != '\0') {
		p += strspn(p, " ,\t");
		len = strcspn(p, " ,\t");
		if (len == 0)
			break;
		if (len < sizeof one) {
			memcpy(one, p, len);
			one[len] = '\0';
			if (fnmatch(one, branch, 0) == 0)
				return true;
		}
		p += len;
	}
	return false;
}

static const char *
guess_mainline(const struct vcs_ref_list *refs, const struct vcs_head *head)
{
	static const char *const usual[] = { "refs/heads/main",
		"refs/heads/master", "refs/heads/trunk" };
	size_t i, k;

	for (k = 0; k < sizeof usual / sizeof usual[0]; k++)
		for (i = 0; i < refs->n; i++)
			if (strcmp(refs->v[i].name, usual[k]) == 0)
				return usual[k] + strlen("refs/heads/");
	return head->branch;
}

static void
gather(struct app *a, struct scan_tips *t, const struct vcs_ref_list *refs,
    const struct vcs_head *head)
{
	const char *patterns = app_config(a, "mainline"), *branch;
	struct oid_map all = { 0 }, main = { 0 };
	char hex[OID_HEX_MAX + 1];
	size_t i, cap_all = 0, cap_main = 0;

	if (patterns == NULL) {
		patterns = guess_mainline(refs, head);
		t->by_head = patterns == head->branch;
	}
	t->commits = mem_calloc(refs->n + 1, sizeof *t->commits);
	for (i = 0; i < refs->n; i++) {
		const struct vcs_ref *ref = &refs->v[i];

		oid_to_hex(&ref->oid, hex);
		strv_push(&t->names, ref->name);
		strv_push(&t->hexes, hex);
		t->commits[i] = ref->commit;
		if (oid_is_none(&ref->commit))
			continue;
		push_oid(&all, &t->all, &t->n_all, &cap_all, &ref->commit);
		branch = branch_name(ref);
		if (branch != NULL && patterns != NULL &&
		    is_mainline(patterns, branch))
			push_oid(&main, &t->mainline, &t->n_mainline, &cap_main,
			    &ref->commit);
	}
	/* Where no branch has the name, what is checked out is the mainline. */
	t->by_head = t->by_head || t->n_mainline == 0;
	if (t->n_mainline == 0 && !oid_is_none(&head->commit))
		push_oid(&main, &t->mainline, &t->n_mainline, &cap_main,
		    &head->commit);
	oid_map_release(&all);
	oid_map_release(&main);
}

enum rc
scan_tips(struct app *a, struct scan_tips *out, struct err *err)
{
	struct vcs_ref_list refs = { 0 };
	struct vcs_head head = { 0 };
	enum rc rc;

	*out = (struct scan_tips){ 0 };
	vcs_refs_stamp(a->vcs, &out->stamp);
	if ((rc = vcs_refs(a->vcs, &refs, err)) != RC_OK ||
	    (rc = vcs_refs_peel(a->vcs, &refs, err)) != RC_OK ||
	    (rc = vcs_head(a->vcs, &head, err)) != RC_OK)
		goto out;
	out->digest = vcs_refs_digest(&refs);
	gather(a, out, &refs, &head);
out:
	vcs_ref_list_release(&refs);
	vcs_head_release(&head);
	return rc;
}

void
scan_tips_release(struct scan_tips *t)
{
	free(t->all);
	free(t->mainline);
	free(t->commits);
	strv_release(&t->names);
	strv_release(&t->hexes);
	buf_release(&t->stamp);
	*t = (struct scan_tips){ 0 };
}

enum rc
scan_release_digest(struct app *a, struct buf *out, struct err *err)
{
	uint64_t hash = HASH_INIT;
	struct release_list list = { 0 };
	struct strv lines = STRV_INIT;
	char hex[OID_HEX_MAX + 1];
	enum rc rc;
	size_t i;

	if ((rc = store_releases(a->store, &list, err)) != RC_OK)
		return rc;
	for (i = 0; i < list.n; i++) {
		const struct release *r = &list.v[i];

		if (oid_is_none(&r->commit) || r->state == RELEASE_DROPPED ||
		    r->state == RELEASE_PLANNED)
			continue;
		oid_to_hex(&r->commit, hex);
		strv_take(&lines, mem_printf("%s %s\n", r->version, hex));
	}
	strv_sort(&lines);
	for (i = 0; i < lines.n; i++)
		hash = hash_text(hash, lines.v[i]);
	buf_printf(out, "%zu %016llx", lines.n, (unsigned long long)hash);
	strv_release(&lines);
	release_list_release(&list);
	return RC_OK;
}
