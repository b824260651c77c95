#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "commit_parse.h"
#include "gitcat.h"
#include "gitlib.h"
#include "repo.h"

enum { TAGS_MAX = 32 }; /* tags of tags of tags */

static const char *const type_names[] = {
	[OBJ_COMMIT] = "commit",
	[OBJ_TREE] = "tree",
	[OBJ_BLOB] = "blob",
	[OBJ_TAG] = "tag",
};

enum obj_type
obj_type_parse(const char *s, size_t len)
{
	for (int t = OBJ_COMMIT; t <= OBJ_TAG; t++)
		if (strlen(type_names[t]) == len &&
		    memcmp(type_names[t], s, len) == 0)
			return (enum obj_type)t;
	return OBJ_NONE;
}

enum rc
obj_missing(const struct oid *id, struct err *err)
{
	char hex[OID_HEX_MAX + 1];

	oid_to_hex(id, hex);
	return err_set(err, RC_GIT, "object %s is missing (run: git fsck)",
	    hex);
}

enum rc
obj_damaged(const struct oid *id, struct err *err)
{
	char hex[OID_HEX_MAX + 1];

	oid_to_hex(id, hex);
	return err_set(err, RC_GIT, "object %s is damaged (run: git fsck)",
	    hex);
}

static enum rc
read_git2(struct vcs *v, const struct oid *id, struct buf *raw,
    enum obj_type *type, struct err *err)
{
	struct git2_object o = { 0 };
	enum rc rc;

	buf_clear(raw);
	if ((rc = git2_type(v->git2, id, type, err)) != RC_OK)
		return rc;
	if (*type != OBJ_COMMIT && *type != OBJ_TAG)
		return RC_OK;
	if ((rc = git2_read(v->git2, id, &o, err)) != RC_OK)
		return rc;
	buf_add(raw, o.data, o.len);
	git2_free(v->git2, &o);
	return RC_OK;
}

enum rc
object_read(struct vcs *v, const struct oid *id, struct buf *raw,
    enum obj_type *type, struct err *err)
{
	enum rc rc = RC_NOT_FOUND;

	if (v->way != VCS_WAY_GIT)
		rc = loose_read(v, id, raw, type, err);
	if (rc != RC_NOT_FOUND)
		return rc;
	if (v->way == VCS_WAY_GIT2 && (rc = git2_open(v, err)) != RC_OK)
		return rc;
	if (v->git2 != NULL)
		return read_git2(v, id, raw, type, err);
	return gitcat_read(v, id, raw, type, err);
}

enum rc
object_peel(struct vcs *v, const struct oid *id, struct oid *commit,
    int64_t *tag_time, bool *annotated, struct err *err)
{
	struct buf raw = BUF_INIT;
	struct oid at = *id, next;
	enum obj_type type = OBJ_NONE;
	enum rc rc = RC_OK;
	int64_t time;

	*commit = (struct oid){ 0 };
	for (int i = 0; i < TAGS_MAX; i++) {
		if ((rc = object_read(v, &at, &raw, &type, err)) != RC_OK)
			break;
		if (i == 0 && annotated != NULL)
			*annotated = type == OBJ_TAG;
		if (type == OBJ_COMMIT)
			*commit = at;
		if (type != OBJ_TAG)
			break;
		if (!tag_parse(buf_str(&raw), raw.len, &next, &time)) {
			rc = obj_damaged(&at, err);
			break;
		}
		if (i == 0 && tag_time != NULL)
			*tag_time = time;
		at = next;
	}
	buf_release(&raw);
	return rc;
}

bool
object_peel_loose(struct vcs *v, const struct oid *id, struct oid *commit)
{
	struct buf raw = BUF_INIT;
	struct oid at = *id, next;
	enum obj_type type = OBJ_NONE;
	enum rc rc = RC_OK;
	int64_t time;

	*commit = (struct oid){ 0 };
	for (int i = 0; i < TAGS_MAX; i++) {
		if ((rc = loose_read(v, &at, &raw, &type, NULL)) != RC_OK)
			break;
		if (type == OBJ_COMMIT)
			*commit = at;
		if (type != OBJ_TAG ||
		    !tag_parse(buf_str(&raw), raw.len, &next, &time))
			break;
		if (tag_is_of_commit(buf_str(&raw), raw.len)) {
			*commit = next;
			break;
		}
		at = next;
	}
	buf_release(&raw);
	return rc != RC_NOT_FOUND;
}
