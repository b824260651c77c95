/*
 * What tests/bench/vcs.sh measures: one piece of the vcs layer, N times.
 * Usage: vcs_bench WHAT DIR [N]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vcs/config.h"
#include "vcs/vcs.h"

struct sum {
	size_t commits, bytes, parents;
};

static bool
count(const struct commit *c, void *arg)
{
	struct sum *s = arg;

	s->commits++;
	s->bytes += c->message_len;
	s->parents += c->n_parents;
	return true;
}

static enum rc
run_walk(struct vcs *v, struct err *err)
{
	struct vcs_ref_list refs = { 0 };
	struct vcs_walk w = { .fn = count };
	struct sum sum = { 0 };
	struct oid *tips = NULL;
	enum rc rc = vcs_refs(v, &refs, err);

	if (rc == RC_OK)
		rc = vcs_refs_peel(v, &refs, err);
	tips = calloc(refs.n + 1, sizeof(*tips));
	for (size_t i = 0; tips != NULL && i < refs.n; i++)
		if (!oid_is_none(&refs.v[i].commit))
			tips[w.n_tips++] = refs.v[i].commit;
	w.tips = tips;
	w.arg = &sum;
	if (rc == RC_OK)
		rc = vcs_walk(v, &w, err);
	printf("%zu commits, %zu parents, %zu bytes\n", sum.commits,
	    sum.parents, sum.bytes);
	vcs_ref_list_release(&refs);
	free(tips);
	return rc;
}

static enum rc
run_refs(struct vcs *v, struct err *err)
{
	struct vcs_ref_list refs = { 0 };
	enum rc rc = vcs_refs(v, &refs, err);
	volatile uint64_t digest = vcs_refs_digest(&refs);

	(void)digest;
	vcs_ref_list_release(&refs);
	return rc;
}

static enum rc
run_head(struct vcs *v, struct err *err)
{
	struct vcs_commit_mem mem = { 0 };
	struct vcs_head head = { 0 };
	struct commit c;
	enum rc rc = vcs_head(v, &head, err);

	if (rc == RC_OK && !oid_is_none(&head.commit))
		rc = vcs_commit_read(v, &head.commit, &mem, &c, err);
	vcs_commit_mem_release(&mem);
	vcs_head_release(&head);
	return rc;
}

static enum rc
run_config(struct vcs *v, struct err *err)
{
	struct config c = { 0 };
	char path[4096];
	enum rc rc;

	snprintf(path, sizeof(path), "%s/bench-config-cache", vcs_git_dir(v));
	rc = vcs_config_load(v, path, &c, err);
	config_release(&c);
	return rc;
}

static const struct {
	const char *name;
	enum rc (*run)(struct vcs *v, struct err *err);
} pieces[] = {
	{ "walk", run_walk },
	{ "refs", run_refs },
	{ "head", run_head },
	{ "config", run_config },
};

int
main(int argc, char **argv)
{
	const int n = argc > 3 ? atoi(argv[3]) : 1;
	struct err err = ERR_INIT;
	enum rc rc = RC_OK;

	if (argc < 3)
		return 2;
	for (int i = 0; i < n && rc == RC_OK; i++) {
		struct vcs *v = NULL;

		if ((rc = vcs_open(argv[2], &v, &err)) != RC_OK)
			break;
		for (size_t k = 0; k < sizeof(pieces) / sizeof(*pieces); k++)
			if (strcmp(pieces[k].name, argv[1]) == 0)
				rc = pieces[k].run(v, &err);
		vcs_close(v);
	}
	if (rc != RC_OK)
		fprintf(stderr, "vcs_bench: %s\n", err.msg);
	return rc == RC_OK ? 0 : 1;
}
