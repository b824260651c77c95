#include "gitcat.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gitprog.h"

struct gitcat {
	struct gitprog prog;
};

enum { CHUNK = 1 << 16 };

void
gitcat_close(struct gitcat *cat)
{
	if (cat == NULL)
		return;
	gitprog_finish(&cat->prog, GITPROG_KILL, NULL);
	free(cat);
}

static enum rc
open_cat(struct vcs *v, struct err *err)
{
	static const char *const args[] = { "cat-file", "--batch", NULL };
	struct gitcat *cat;
	enum rc rc;

	if (v->cat != NULL)
		return RC_OK;
	cat = mem_calloc(1, sizeof(*cat));
	rc = gitprog_start(v, args, GITPROG_TALK, NULL, &cat->prog, err);
	if (rc != RC_OK) {
		free(cat);
		return rc;
	}
	v->cat = cat;
	return RC_OK;
}

/* The object and the line end behind it. */
static enum rc
take_body(struct gitprog *p, size_t size, enum obj_type type, struct buf *raw,
    struct err *err)
{
	const bool wanted = type == OBJ_COMMIT || type == OBJ_TAG;
	char *s;
	enum rc rc;

	while (size > 0) {
		const size_t n = size < CHUNK ? size : CHUNK;

		if ((rc = gitprog_exactly(p, n, &s, err)) != RC_OK)
			return rc;
		if (wanted)
			buf_add(raw, s, n);
		size -= n;
	}
	return gitprog_exactly(p, 1, &s, err);
}

/* "<oid> missing" or "<oid> <type> <size>". */
static enum rc
take_answer(struct gitprog *p, struct buf *raw, enum obj_type *type,
    struct err *err)
{
	char *line, *word, *size;
	size_t len;
	enum rc rc = gitprog_until(p, '\n', &line, &len, err);

	if (rc == RC_NOT_FOUND)
		return err_set(err, RC_GIT, "git ended too early");
	if (rc != RC_OK)
		return rc;
	word = strchr(line, ' ');
	size = word != NULL ? strchr(word + 1, ' ') : NULL;
	if (size == NULL)
		return RC_NOT_FOUND;
	*type = obj_type_parse(word + 1, (size_t)(size - word - 1));
	return take_body(p, (size_t)strtoull(size + 1, NULL, 10), *type, raw,
	    err);
}

enum rc
gitcat_read(struct vcs *v, const struct oid *id, struct buf *raw,
    enum obj_type *type, struct err *err)
{
	char line[OID_HEX_MAX + 2];
	size_t len;
	enum rc rc;

	buf_clear(raw);
	if ((rc = open_cat(v, err)) != RC_OK)
		return rc;
	oid_to_hex(id, line);
	len = strlen(line);
	line[len] = '\n';
	if ((rc = gitprog_write(&v->cat->prog, line, len + 1, err)) == RC_OK)
		rc = take_answer(&v->cat->prog, raw, type, err);
	if (rc == RC_OK || rc == RC_NOT_FOUND)
		return rc;
	/* It died over this object; the next question gets a new one. */
	gitcat_close(v->cat);
	v->cat = NULL;
	return obj_damaged(id, err);
}
