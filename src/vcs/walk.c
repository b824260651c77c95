#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "commit_parse.h"
#include "gitlib.h"
#include "gitprog.h"
#include "repo.h"

/* Ids found and not yet read. */
struct stack {
	struct oid *v;
	size_t n, cap;
};

struct walker {
	struct vcs *v;
	const struct vcs_walk *w;
	struct oid_map seen; /* found: read, or on the stack */
	struct oid_map told; /* given to fn, while files were read */
	struct stack stack;
	struct commit_scratch scratch;
	struct buf raw;
	size_t taken; /* objects read, records understood */
	size_t tips;  /* of the stack: a missing one is no error */
};

static void
push(struct walker *k, const struct oid *id)
{
	if (!oid_map_add(&k->seen, id, 0))
		return;
	if (k->w->known != NULL && k->w->known(k->w->arg, id))
		return;
	k->stack.v = mem_grow(k->stack.v, &k->stack.cap, k->stack.n + 1,
	    sizeof(*k->stack.v));
	k->stack.v[k->stack.n++] = *id;
}

/* Tells fn, and finds the parents. */
static enum rc
take_commit(struct walker *k, const struct oid *id, const char *raw, size_t len,
    struct err *err)
{
	struct commit c;

	if (!commit_parse(id, raw, len, &k->scratch, &c))
		return obj_damaged(id, err);
	vcs_cut_shallow(k->v, &c);
	/* The first parent ends on top: neighbours in a pack. */
	for (size_t i = c.n_parents; i-- > 0;)
		push(k, &c.parents[i]);
	return k->w->fn(&c, k->w->arg) ? RC_OK : RC_STOPPED;
}

/* What lies at id; only a tip may be something else than a commit. */
static enum rc
take_object(struct walker *k, const struct oid *id, bool tip,
    enum obj_type type, const char *raw, size_t len, struct err *err)
{
	struct oid target;
	int64_t time;

	/* libgit2 has the empty tree even where everything is lost. */
	k->taken += type != OBJ_TREE;
	if (type == OBJ_COMMIT)
		return take_commit(k, id, raw, len, err);
	if (!tip)
		return obj_damaged(id, err);
	if (type == OBJ_TAG && tag_parse(raw, len, &target, &time)) {
		push(k, &target);
		/* What a tag names is as good as a tip. */
		if (k->stack.n > k->tips)
			k->tips = k->stack.n;
	}
	return RC_OK;
}

static bool
pop(struct walker *k, struct oid *id, bool *tip)
{
	if (k->stack.n == 0)
		return false;
	*id = k->stack.v[--k->stack.n];
	*tip = k->stack.n < k->tips;
	if (*tip)
		k->tips = k->stack.n;
	return true;
}

/* ---- loose files ---- */

/* Until one is no file: then it is back on the stack and RC_NOT_FOUND. */
static enum rc
walk_loose(struct walker *k, struct err *err)
{
	enum obj_type type;
	struct oid id;
	enum rc rc;
	bool tip;

	while (pop(k, &id, &tip)) {
		rc = loose_read(k->v, &id, &k->raw, &type, err);
		if (rc == RC_NOT_FOUND) {
			k->stack.v[k->stack.n++] = id;
			if (tip)
				k->tips = k->stack.n;
		}
		if (rc != RC_OK)
			return rc;
		oid_map_add(&k->told, &id, 0);
		rc = take_object(k, &id, tip, type, buf_str(&k->raw),
		    k->raw.len, err);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

/* ---- libgit2 ---- */

static enum rc
take_loose(struct walker *k, const struct oid *id, bool tip, struct err *err)
{
	enum obj_type type;
	enum rc rc = loose_read(k->v, id, &k->raw, &type, err);

	if (rc == RC_OK)
		rc = take_object(k, id, tip, type, buf_str(&k->raw), k->raw.len,
		    err);
	return rc;
}

static enum rc
take_packed(struct walker *k, const struct oid *id, bool tip, struct err *err)
{
	struct git2_object o = { 0 };
	enum rc rc = git2_read(k->v->git2, id, &o, err);

	if (rc == RC_OK)
		rc = take_object(k, id, tip, o.type, o.data, o.len, err);
	git2_free(k->v->git2, &o);
	return rc;
}

/*
 * Packs by libgit2, files by ourselves.  Which is which is listed once: asking
 * either for what the other has costs a system call or a new look at all packs.
 */
static enum rc
walk_git2(struct walker *k, struct err *err)
{
	struct oid_map loose = { 0 };
	struct oid id;
	bool tip;
	enum rc rc = RC_OK;

	loose_list(k->v, &loose);
	while (rc == RC_OK && pop(k, &id, &tip)) {
		const bool file = oid_map_get(&loose, &id, NULL);

		rc = file ? take_loose(k, &id, tip, err)
			  : take_packed(k, &id, tip, err);
		/* Packed, or written, since it was listed. */
		if (rc == RC_NOT_FOUND)
			rc = file ? take_packed(k, &id, tip, err)
				  : take_loose(k, &id, tip, err);
		if (rc == RC_NOT_FOUND)
			rc = tip ? RC_OK : obj_missing(&id, err);
	}
	oid_map_release(&loose);
	return rc;
}

/* ---- the git program ---- */

static void
print_oid(struct buf *out, const char *before, const struct oid *id)
{
	char hex[OID_HEX_MAX + 1];

	oid_to_hex(id, hex);
	buf_printf(out, "%s%s\n", before, hex);
}

/* One line of the record; false when there is none. */
static bool
take_line(char **p, char *end, char **s, size_t *len)
{
	char *nl = memchr(*p, '\n', (size_t)(end - *p));

	if (nl == NULL)
		return false;
	*nl = '\0';
	*s = *p;
	*len = (size_t)(nl - *p);
	*p = nl + 1;
	return true;
}

static bool
take_parents(struct commit_scratch *s, const char *p, size_t *n)
{
	while (*p != '\0') {
		const size_t len = strcspn(p, " ");

		if (*n == s->cap)
			s->parents = mem_grow(s->parents, &s->cap, *n + 1,
			    sizeof(*s->parents));
		if (!oid_from_hex(&s->parents[(*n)++], p, len))
			return false;
		p += len + (p[len] == ' ');
	}
	return true;
}

/* id, parents, two idents with their times, then the message. */
static bool
parse_record(struct commit_scratch *s, char *p, size_t len, struct commit *c)
{
	char *end = p + len, *f[5];
	size_t n[5];

	*c = (struct commit){ .author = "", .message = "" };
	for (int i = 0; i < 5; i++)
		if (!take_line(&p, end, &f[i], &n[i]))
			return false;
	if (!oid_from_hex(&c->id, f[0], n[0]) ||
	    !take_parents(s, f[1], &c->n_parents))
		return false;
	c->parents = s->parents;
	c->commit_time = ident_time(f[3], n[3]);
	c->author_time = n[2] > 0 ? ident_time(f[2], n[2]) : c->commit_time;
	/* git prints " <>" where there is no author. */
	if (n[4] > 3 || strcmp(f[4], " <>") != 0) {
		c->author = f[4];
		c->author_len = n[4];
	}
	c->message = p;
	c->message_len = (size_t)(end - p);
	return true;
}

static enum rc
take_record(struct walker *k, char *s, size_t len, struct err *err)
{
	const struct vcs_walk *w = k->w;
	struct commit c;

	k->taken++;
	if (!parse_record(&k->scratch, s, len, &c))
		return err_set(err, RC_GIT,
		    "git log printed what notes does not understand");
	vcs_cut_shallow(k->v, &c);
	if (oid_map_get(&k->told, &c.id, NULL) ||
	    (w->known != NULL && w->known(w->arg, &c.id)))
		return RC_OK;
	return w->fn(&c, w->arg) ? RC_OK : RC_STOPPED;
}

static enum rc
walk_git(struct walker *k, struct err *err)
{
	static const char *const args[] = { "log", "-z", "--no-color",
		"--no-notes", "--no-patch", "--encoding=UTF-8",
		"--ignore-missing",
		"--format=tformat:%H%n%P%n%at%n%ct%n%an <%ae>%n%B", "--stdin",
		NULL };
	struct buf in = BUF_INIT;
	struct gitprog p;
	char *s;
	size_t len;
	enum rc rc;

	for (size_t i = 0; i < k->stack.n; i++)
		print_oid(&in, "", &k->stack.v[i]);
	for (size_t i = 0; i < k->w->n_hidden; i++)
		print_oid(&in, "^", &k->w->hidden[i]);
	rc = gitprog_start(k->v, args, GITPROG_TEXT, &in, &p, err);
	buf_release(&in);
	if (rc != RC_OK)
		return rc;
	while ((rc = gitprog_until(&p, '\0', &s, &len, err)) == RC_OK)
		if ((rc = take_record(k, s, len, err)) != RC_OK)
			break;
	if (rc != RC_NOT_FOUND) {
		gitprog_finish(&p, GITPROG_KILL, NULL);
		return rc;
	}
	rc = gitprog_finish(&p, GITPROG_WAIT, err);
	if (rc != RC_OK)
		err_prefix(err, "cannot read history (run: git fsck)");
	return rc;
}

/* ---- choosing ---- */

/*
 * Files first: what a commit or an amend leaves is loose and leads to known
 * ones at once.  For the rest, one "git log" when there is something to stop
 * it, libgit2 for a whole history, and each stands in for the other.
 */
static enum rc
walk_any(struct walker *k, struct err *err)
{
	struct err ignored = ERR_INIT;
	enum rc rc = RC_NOT_FOUND;

	if (k->w->known == NULL && k->w->n_hidden > 0)
		return walk_git(k, err);
	if (k->v->way == VCS_WAY_ANY)
		rc = walk_loose(k, err);
	if (rc != RC_NOT_FOUND)
		return rc;
	if (k->v->way != VCS_WAY_GIT2 && k->w->n_hidden > 0)
		return walk_git(k, err);
	if (git2_open(k->v, &ignored) == RC_OK)
		return walk_git2(k, err);
	return walk_git(k, err);
}

enum rc
vcs_walk(struct vcs *v, const struct vcs_walk *walk, struct err *err)
{
	struct walker k = { .v = v, .w = walk };
	enum rc rc = RC_OK;

	for (size_t i = walk->n_tips; i-- > 0;)
		push(&k, &walk->tips[i]);
	k.tips = k.stack.n;
	if (k.stack.n > 0) {
		const struct oid first = k.stack.v[k.stack.n - 1];

		rc = walk_any(&k, err);
		/* One broken ref is passed over; a lost history is not. */
		if (rc == RC_OK && k.taken == 0 && walk->n_hidden == 0)
			rc = obj_missing(&first, err);
	}
	oid_map_release(&k.seen);
	oid_map_release(&k.told);
	commit_scratch_release(&k.scratch);
	buf_release(&k.raw);
	free(k.stack.v);
	return rc;
}
