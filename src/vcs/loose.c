#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/fs.h"
#include "base/mem.h"
#include "repo.h"

enum {
	ALTERNATES_MAX = 64, /* folders, against rings of them */
	HEADER_MAX = 32,     /* "commit 18446744073709551615" and its NUL */
};

static const size_t object_max = (size_t)1 << 28; /* of a commit or tag */

/* ---- where objects are ---- */

static void
add_alternate(struct vcs *v, const char *base, const char *path)
{
	char *joined = fs_join(base, path);
	char *real = fs_real(joined);

	free(joined);
	if (real != NULL && v->alternates.n < ALTERNATES_MAX &&
	    strcmp(real, v->objects) != 0 && !strv_has(&v->alternates, real))
		strv_take(&v->alternates, real);
	else
		free(real);
}

static void
read_alternates_of(struct vcs *v, const char *objects)
{
	char *path = fs_join(objects, "info/alternates");
	struct buf text = BUF_INIT;
	const enum rc rc = fs_read(path, 1 << 20, &text, NULL);

	free(path);
	for (char *p = text.ptr; rc == RC_OK && p != NULL && *p != '\0';) {
		char *nl = strchrnul(p, '\n');
		char *next = nl + (*nl == '\n');

		*nl = '\0';
		if (*p != '\0' && *p != '#')
			add_alternate(v, objects, p);
		p = next;
	}
	buf_release(&text);
}

static void
read_alternates(struct vcs *v)
{
	const char *list = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");

	v->alternates_read = true;
	while (list != NULL && *list != '\0') {
		const size_t n = strcspn(list, ":");
		char *path = mem_strndup(list, n);

		if (n > 0)
			add_alternate(v, ".", path);
		free(path);
		list += n + (list[n] == ':');
	}
	read_alternates_of(v, v->objects);
	/* The list grows while it is read: alternates have alternates. */
	for (size_t i = 0; i < v->alternates.n; i++)
		read_alternates_of(v, v->alternates.v[i]);
}

const struct strv *
loose_alternates(struct vcs *v)
{
	if (!v->alternates_read)
		read_alternates(v);
	return &v->alternates;
}

static char *
object_path(const char *objects, const char *hex)
{
	return mem_printf("%s/%.2s/%s", objects, hex, hex + 2);
}

static int
open_object(struct vcs *v, const struct oid *id)
{
	char hex[OID_HEX_MAX + 1];
	char *path;
	int fd;

	oid_to_hex(id, hex);
	path = object_path(v->objects, hex);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	free(path);
	if (fd >= 0)
		return fd;
	loose_alternates(v);
	for (size_t i = 0; fd < 0 && i < v->alternates.n; i++) {
		path = object_path(v->alternates.v[i], hex);
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
		free(path);
	}
	return fd;
}

static void
list_folder(const struct vcs *v, const char *path, unsigned first,
    struct oid_map *out)
{
	const size_t digits = 2 * v->oid_len;
	char hex[OID_HEX_MAX + 1];
	DIR *dir = opendir(path);
	struct dirent *e;
	struct oid oid;

	snprintf(hex, sizeof(hex), "%02x", first);
	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (strlen(e->d_name) != digits - 2)
			continue;
		memcpy(hex + 2, e->d_name, digits - 2);
		if (oid_from_hex(&oid, hex, digits))
			oid_map_add(out, &oid, 0);
	}
	if (dir != NULL)
		closedir(dir);
}

void
loose_list(struct vcs *v, struct oid_map *out)
{
	const struct strv *more = loose_alternates(v);

	for (size_t i = 0; i <= more->n; i++) {
		for (unsigned first = 0; first < 256; first++) {
			char *path = mem_printf("%s/%02x",
			    i == 0 ? v->objects : more->v[i - 1], first);

			list_folder(v, path, first, out);
			free(path);
		}
	}
}

/* ---- what is in them ---- */

struct inflater {
	z_stream z;
	struct buf *raw;
	int fd;
	enum obj_type *type;
	size_t size; /* of the object, by its header */
	bool headed; /* the header has been read */
	char header[HEADER_MAX];
	size_t header_len;
};

/* Takes the header off what was inflated first; false when it is none. */
static bool
take_header(struct inflater *in, const char *s, size_t len, size_t *used)
{
	const char *end = memchr(s, '\0', len < HEADER_MAX ? len : HEADER_MAX);
	const char *space = end != NULL ? memchr(s, ' ', (size_t)(end - s))
					: NULL;
	char *stop;

	if (space == NULL)
		return false;
	*in->type = obj_type_parse(s, (size_t)(space - s));
	errno = 0;
	in->size = (size_t)strtoull(space + 1, &stop, 10);
	*used = (size_t)(end - s) + 1;
	in->headed = true;
	return stop == end && errno == 0 && *in->type != OBJ_NONE;
}

static bool
take_output(struct inflater *in, const char *s, size_t len)
{
	size_t used = 0;

	if (!in->headed && !take_header(in, s, len, &used))
		return false;
	if (*in->type == OBJ_COMMIT || *in->type == OBJ_TAG)
		buf_add(in->raw, s + used, len - used);
	return in->raw->len <= object_max;
}

/* Of trees and blobs the header is enough. */
static bool
has_enough(const struct inflater *in)
{
	return in->headed && *in->type != OBJ_COMMIT && *in->type != OBJ_TAG;
}

static bool
inflate_file(struct inflater *in)
{
	unsigned char from[8192];
	char to[16384];
	int e = Z_OK;

	while (e == Z_OK) {
		const ssize_t n = read(in->fd, from, sizeof(from));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		in->z.next_in = from;
		in->z.avail_in = (uInt)n;
		do {
			in->z.next_out = (Bytef *)to;
			in->z.avail_out = sizeof(to);
			e = inflate(&in->z, Z_NO_FLUSH);
			if (e != Z_OK && e != Z_STREAM_END && e != Z_BUF_ERROR)
				return false;
			if (in->z.avail_out < sizeof(to) &&
			    !take_output(in, to, sizeof(to) - in->z.avail_out))
				return false;
			if (has_enough(in))
				return true;
		} while (e == Z_OK && in->z.avail_out == 0);
		e = e == Z_BUF_ERROR ? Z_OK : e;
	}
	return in->headed && in->raw->len == in->size;
}

enum rc
loose_read(struct vcs *v, const struct oid *id, struct buf *raw,
    enum obj_type *type, struct err *err)
{
	struct inflater in = { .raw = raw, .type = type };
	bool ok;

	buf_clear(raw);
	*type = OBJ_NONE;
	in.fd = open_object(v, id);
	if (in.fd < 0)
		return RC_NOT_FOUND;
	if (inflateInit(&in.z) != Z_OK) {
		close(in.fd);
		return err_set(err, RC_FAIL, "zlib does not start");
	}
	ok = inflate_file(&in);
	inflateEnd(&in.z);
	close(in.fd);
	return ok ? RC_OK : obj_damaged(id, err);
}
