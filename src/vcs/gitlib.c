#include "gitlib.h"

#include <dlfcn.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "packs.h"

/* Every function of libgit2 that is called. */
#define GIT2_FUNCTIONS(X) \
	X(git_libgit2_init) \
	X(git_libgit2_shutdown) \
	X(git_libgit2_opts) \
	X(git_error_last) \
	X(git_odb_new) \
	X(git_odb_backend_pack) \
	X(git_odb_add_backend) \
	X(git_odb_free) \
	X(git_odb_read) \
	X(git_odb_read_header) \
	X(git_odb_object_data) \
	X(git_odb_object_size) \
	X(git_odb_object_type) \
	X(git_odb_object_free)

struct git2 {
	void *library;
	git_odb *odb;
#define X(name) __typeof__(&name) name;
	GIT2_FUNCTIONS(X)
#undef X
};

/*
 * The one that the headers are of, then others with the same signatures and
 * structures (1.8 and later only behind a flag that no distribution sets).
 */
static const char *const libraries[] = { ("libgit2.so." LIBGIT2_SOVERSION),
	"libgit2.so.1.9", "libgit2.so.1.8", "libgit2.so.1.7", "libgit2.so.1.6",
	"libgit2.so.1.5", "libgit2.so.1.4", "libgit2.so.1.3",
	"libgit2.so.1.1" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static bool
load_symbol(void *library, const char *name, void *slot)
{
	void *symbol = dlsym(library, name);

	/* POSIX lets a data pointer hold a function; C has no cast for it. */
	memcpy(slot, &symbol, sizeof(symbol));
	return symbol != NULL;
}

static bool
load_symbols(struct git2 *g)
{
	bool ok = true;

#define X(name) ok = load_symbol(g->library, #name, &g->name) && ok;
	GIT2_FUNCTIONS(X)
#undef X
	return ok;
}

static enum rc
fail(struct git2 *g, struct err *err)
{
	const git_error *e = g->git_error_last();

	return err_set(err, RC_GIT, "libgit2: %s",
	    e != NULL && e->message != NULL ? e->message : "unknown error");
}

static enum rc
add_packs(struct git2 *g, const char *objects, struct err *err)
{
	git_odb_backend *backend = NULL;

	if (!packs_check(objects, GIT_OID_RAWSZ))
		return err_set(err, RC_FAIL, "a pack index is damaged");
	if (g->git_odb_backend_pack(&backend, objects) != 0 ||
	    g->git_odb_add_backend(g->odb, backend, 1) != 0)
		return fail(g, err);
	return RC_OK;
}

static enum rc
open_packs(struct git2 *g, struct vcs *v, struct err *err)
{
	const struct strv *alternates = loose_alternates(v);
	enum rc rc;

	if (g->git_odb_new(&g->odb) != 0)
		return fail(g, err);
	rc = add_packs(g, v->objects, err);
	for (size_t i = 0; rc == RC_OK && i < alternates->n; i++)
		rc = add_packs(g, alternates->v[i], err);
	return rc;
}

static enum rc
load(struct git2 *g, struct vcs *v, struct err *err)
{
	enum rc rc;

	for (size_t i = 0; i < COUNT(libraries) && g->library == NULL; i++)
		g->library = dlopen(libraries[i], RTLD_NOW | RTLD_LOCAL);
	if (g->library == NULL || !load_symbols(g))
		return err_set(err, RC_FAIL, "no libgit2 found");
	if (g->git_libgit2_init() < 0)
		return err_set(err, RC_FAIL, "libgit2 does not start");
	/* Each commit is read once: neither hash it nor keep it. */
	g->git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	g->git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
	if ((rc = open_packs(g, v, err)) != RC_OK) {
		g->git_odb_free(g->odb);
		g->git_libgit2_shutdown();
	}
	return rc;
}

enum rc
git2_open(struct vcs *v, struct err *err)
{
	struct git2 *g;
	enum rc rc;

	if (v->git2 != NULL)
		return RC_OK;
	if (v->git2_failed || !vcs_fits_git2(v))
		return err_set(err, RC_FAIL, "libgit2 cannot read this");
	g = mem_calloc(1, sizeof(*g));
	if ((rc = load(g, v, err)) != RC_OK) {
		v->git2_failed = true;
		if (g->library != NULL)
			dlclose(g->library);
		free(g);
		return rc;
	}
	v->git2 = g;
	return RC_OK;
}

void
git2_close(struct git2 *g)
{
	if (g == NULL)
		return;
	g->git_odb_free(g->odb);
	g->git_libgit2_shutdown();
	dlclose(g->library);
	free(g);
}

enum rc
git2_read(struct git2 *g, const struct oid *id, struct git2_object *out,
    struct err *err)
{
	git_odb_object *object = NULL;
	git_oid oid;
	int e;

	memcpy(oid.id, id->id, sizeof(oid.id));
	e = g->git_odb_read(&object, g->odb, &oid);
	if (e == GIT_ENOTFOUND)
		return RC_NOT_FOUND;
	if (e != 0) {
		fail(g, err);
		return obj_damaged(id, err);
	}
	out->handle = object;
	out->data = g->git_odb_object_data(object);
	out->len = g->git_odb_object_size(object);
	out->type = (enum obj_type)g->git_odb_object_type(object);
	return RC_OK;
}

void
git2_free(struct git2 *g, struct git2_object *o)
{
	if (o->handle != NULL)
		g->git_odb_object_free(o->handle);
	*o = (struct git2_object){ 0 };
}

enum rc
git2_type(struct git2 *g, const struct oid *id, enum obj_type *type,
    struct err *err)
{
	git_object_t t = GIT_OBJECT_INVALID;
	git_oid oid;
	size_t len = 0;
	int e;

	memcpy(oid.id, id->id, sizeof(oid.id));
	e = g->git_odb_read_header(&len, &t, g->odb, &oid);
	if (e == GIT_ENOTFOUND)
		return RC_NOT_FOUND;
	if (e != 0)
		return obj_damaged(id, err);
	*type = (enum obj_type)t;
	return RC_OK;
}
