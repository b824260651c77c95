#include "refs_packed.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "vcs/repo.h"

/* The first line: "# pack-refs with: peeled fully-peeled sorted ". */
static bool
is_peeled(const char *text)
{
	static const char head[] = "# pack-refs with:";
	const size_t len = strcspn(text, "\n");

	return strncmp(text, head, sizeof(head) - 1) == 0 &&
	    memmem(text, len, " fully-peeled ", 14) != NULL;
}

void
refs_packed_read(const struct vcs *v, struct refs_packed *out)
{
	char *path = fs_join(v->common_dir, "packed-refs");
	struct buf text = BUF_INIT;
	struct stat st;

	*out = (struct refs_packed){ 0 };
	if (stat(path, &st) == 0 && st.st_size > 0) {
		/* One allocation of the right size. */
		text.ptr = mem_grow(NULL, &text.cap, (size_t)st.st_size + 1, 1);
		if (fs_read(path, 0, &text, NULL) != RC_OK)
			buf_clear(&text);
	}
	free(path);
	out->len = text.len;
	out->text = buf_detach(&text);
	out->peeled = is_peeled(out->text);
}

bool
refs_packed_next(const struct vcs *v, struct refs_packed *f, char **p,
    char **name, struct oid *oid, struct oid *peeled)
{
	const size_t hex = 2 * v->oid_len;
	char *end = f->text + f->len;

	while (*p < end) {
		char *line = *p;
		char *nl = memchr(line, '\n', (size_t)(end - line));

		if (nl == NULL)
			nl = end;
		*p = nl < end ? nl + 1 : end;
		if ((size_t)(nl - line) <= hex + 1 || line[hex] != ' ' ||
		    !oid_from_hex(oid, line, hex))
			continue;
		*nl = '\0';
		*name = line + hex + 1;
		*peeled = (struct oid){ 0 };
		if (*p < end && **p == '^' && (size_t)(end - *p) > hex)
			oid_from_hex(peeled, *p + 1, hex);
		else if (f->peeled)
			*peeled = *oid;
		return true;
	}
	return false;
}

bool
refs_packed_find(const struct vcs *v, const char *name, struct oid *oid,
    struct oid *peeled)
{
	struct refs_packed f;
	char *key = mem_printf(" %s\n", name);
	char *at, *p, *found = NULL;
	bool ok = false;

	refs_packed_read(v, &f);
	at = f.len > 0 ? memmem(f.text, f.len, key, strlen(key)) : NULL;
	if (at != NULL && (size_t)(at - f.text) >= 2 * v->oid_len) {
		p = at - 2 * v->oid_len;
		ok = refs_packed_next(v, &f, &p, &found, oid, peeled) &&
		    strcmp(found, name) == 0;
	}
	free(key);
	free(f.text);
	return ok;
}
