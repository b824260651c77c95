#include "refs.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "vcs/commit_parse.h"
#include "vcs/gitprog.h"

/* One part between slashes. */
static bool
part_ok(const char *s, size_t len)
{
	if (len == 0 || s[0] == '.' || s[len - 1] == '.')
		return false;
	if (len >= 5 && memcmp(s + len - 5, ".lock", 5) == 0)
		return false;
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)s[i] <= ' ' ||
		    strchr("~^:?*[\\\x7f", s[i]) != NULL)
			return false;
		if (i + 1 < len &&
		    (memcmp(s + i, "..", 2) == 0 ||
			memcmp(s + i, "@{", 2) == 0))
			return false;
	}
	return true;
}

bool
ref_name_ok(const char *name)
{
	for (;;) {
		const size_t len = strcspn(name, "/");

		if (!part_ok(name, len))
			return false;
		if (name[len] == '\0')
			return true;
		name += len + 1;
	}
}

enum vcs_ref_kind
ref_kind(const char *name)
{
	if (strncmp(name, "refs/heads/", 11) == 0)
		return VCS_BRANCH;
	if (strncmp(name, "refs/remotes/", 13) == 0)
		return VCS_REMOTE;
	if (strncmp(name, "refs/tags/", 10) == 0)
		return VCS_TAG;
	return VCS_HEAD;
}

struct vcs_ref *
ref_add(struct vcs_ref_list *l, const char *name)
{
	struct vcs_ref *ref;

	strv_push(&l->texts, name);
	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	ref = &l->v[l->n++];
	*ref = (struct vcs_ref){ .name = l->texts.v[l->texts.n - 1],
		.kind = ref_kind(name) };
	return ref;
}

static int
by_name(const void *a, const void *b)
{
	const struct vcs_ref *x = a, *y = b;

	return strcmp(x->name, y->name);
}

void
ref_sort(struct vcs_ref_list *l)
{
	if (l->n > 1)
		qsort(l->v, l->n, sizeof(*l->v), by_name);
}

struct vcs_ref *
ref_find(const struct vcs_ref_list *l, const char *name)
{
	size_t lo = 0, hi = l->n;

	while (lo < hi) {
		const size_t mid = lo + (hi - lo) / 2;
		const int c = strcmp(l->v[mid].name, name);

		if (c == 0)
			return &l->v[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static bool
by_files(const struct vcs *v)
{
	return !v->reftable && v->way != VCS_WAY_GIT;
}

enum rc
vcs_refs(struct vcs *v, struct vcs_ref_list *out, struct err *err)
{
	*out = (struct vcs_ref_list){ 0 };
	return by_files(v) ? refs_file_list(v, out, err)
			   : refs_git_list(v, out, err);
}

void
vcs_ref_list_release(struct vcs_ref_list *l)
{
	free(l->v);
	strv_release(&l->texts);
	*l = (struct vcs_ref_list){ 0 };
}

static uint64_t
mix(uint64_t h, const void *data, size_t len)
{
	const unsigned char *p = data;

	/* Lengths go in, too, so that "ab","c" and "a","bc" differ. */
	h = (h ^ len) * UINT64_C(0x9E3779B97F4A7C15);
	for (; len > 0; len -= len < 8 ? len : 8) {
		uint64_t w = 0;

		for (size_t i = 0; i < 8 && i < len; i++)
			w |= (uint64_t)*p++ << (8 * i);
		h = (h ^ w) * UINT64_C(0xFF51AFD7ED558CCD);
		h ^= h >> 29;
	}
	return h;
}

uint64_t
vcs_refs_digest(const struct vcs_ref_list *l)
{
	uint64_t h = l->n + 1;

	for (size_t i = 0; i < l->n; i++) {
		h = mix(h, l->v[i].name, strlen(l->v[i].name));
		h = mix(h, l->v[i].oid.id, l->v[i].oid.len);
	}
	return h;
}

enum rc
vcs_head(struct vcs *v, struct vcs_head *out, struct err *err)
{
	static const char heads[] = "refs/heads/";
	char *target = NULL;
	struct oid oid;
	enum rc rc;

	*out = (struct vcs_head){ 0 };
	rc = by_files(v) ? refs_file_read(v, "HEAD", &oid, &target)
			 : refs_git_head(v, &oid, &target, err);
	if (rc == RC_OK)
		out->commit = oid;
	if (target != NULL && strncmp(target, heads, sizeof(heads) - 1) == 0)
		out->branch = mem_strdup(target + sizeof(heads) - 1);
	else
		out->branch = mem_strdup(target);
	free(target);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

void
vcs_head_release(struct vcs_head *h)
{
	free(h->branch);
	*h = (struct vcs_head){ 0 };
}

/* ---- peeling ---- */

/* "<oid> <type>" or "... missing", one line for each of refs. */
static void
take_types(struct vcs_ref *const *refs, size_t n, const char *p)
{
	for (size_t i = 0; i < n && *p != '\0'; i++) {
		const size_t len = strcspn(p, "\n");
		const size_t hex = strcspn(p, " \n");
		struct oid oid;

		if (len == hex + 7 && memcmp(p + hex, " commit", 7) == 0 &&
		    oid_from_hex(&oid, p, hex))
			refs[i]->commit = oid;
		p += len + (p[len] == '\n');
	}
}

/* One process for all that are in packs. */
static enum rc
peel_packed(struct vcs *v, struct vcs_ref *const *refs, size_t n,
    struct err *err)
{
	static const char *const args[] = { "cat-file",
		"--batch-check=%(objectname) %(objecttype)", NULL };
	struct buf in = BUF_INIT, out = BUF_INIT;
	char hex[OID_HEX_MAX + 1];
	int status = 0;
	enum rc rc;

	for (size_t i = 0; i < n; i++) {
		oid_to_hex(&refs[i]->oid, hex);
		buf_printf(&in, "%s^{}\n", hex);
	}
	rc = gitprog_run(v, args, &in, &out, NULL, &status, err);
	if (rc == RC_OK)
		take_types(refs, n, buf_str(&out));
	buf_release(&in);
	buf_release(&out);
	return rc;
}

enum rc
vcs_refs_peel(struct vcs *v, struct vcs_ref_list *refs, struct err *err)
{
	struct vcs_ref **rest = mem_calloc(refs->n + 1,
	    sizeof(struct vcs_ref *));
	size_t n = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < refs->n; i++) {
		struct vcs_ref *ref = &refs->v[i];

		if (!oid_is_none(&ref->commit))
			continue;
		/* A broken one keeps none; that is no failure. */
		if (v->way != VCS_WAY_GIT &&
		    object_peel_loose(v, &ref->oid, &ref->commit))
			continue;
		if (v->git2 == NULL)
			rest[n++] = ref;
		else
			object_peel(v, &ref->oid, &ref->commit, NULL, NULL,
			    NULL);
	}
	if (n > 0)
		rc = peel_packed(v, rest, n, err);
	free(rest);
	return rc;
}
