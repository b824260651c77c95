#include "packs.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum {
	FANOUT = 256 * 4, /* bytes */
	HEAD = 8,         /* magic and version */
	PACK_HEAD = 12,
};

static uint32_t
get32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

static uint64_t
get64(const uint8_t *p)
{
	return (uint64_t)get32(p) << 32 | get32(p + 4);
}

/* Counts that only grow; the last one is the number of objects. */
static bool
check_fanout(const uint8_t *p, uint32_t *n)
{
	uint32_t last = 0;

	for (size_t i = 0; i < 256; i++) {
		const uint32_t count = get32(p + 4 * i);

		if (count < last)
			return false;
		last = count;
	}
	*n = last;
	return true;
}

/* Version 1: entries of an offset and an id. */
static bool
check_old(const uint8_t *p, size_t len, uint64_t end, size_t oid_len)
{
	uint32_t n;

	if (len < FANOUT + 2 * oid_len || !check_fanout(p, &n) ||
	    (len - FANOUT - 2 * oid_len) / (4 + oid_len) != n)
		return false;
	p += FANOUT;
	for (uint32_t i = 0; i < n; i++, p += 4 + oid_len)
		if (get32(p) < PACK_HEAD || get32(p) >= end)
			return false;
	return true;
}

/* The high bit says that the offset stands in the table of large ones. */
static bool
check_offset(uint32_t offset, const uint8_t *large, size_t n_large,
    uint64_t end)
{
	uint64_t at = offset;

	if ((offset & UINT32_C(0x80000000)) != 0) {
		const uint32_t i = offset & UINT32_C(0x7FFFFFFF);

		if (i >= n_large)
			return false;
		at = get64(large + 8 * (size_t)i);
	}
	return at >= PACK_HEAD && at < end;
}

static bool
check_new(const uint8_t *p, size_t len, uint64_t end, size_t oid_len)
{
	const size_t fixed = HEAD + FANOUT + 2 * oid_len;
	const uint8_t *offsets, *large;
	size_t each = oid_len + 8, n_large;
	uint32_t n;

	if (len < fixed || get32(p + 4) != 2 || !check_fanout(p + HEAD, &n) ||
	    (len - fixed) / each < n)
		return false;
	n_large = (len - fixed - n * each) / 8;
	offsets = p + HEAD + FANOUT + n * (oid_len + 4);
	large = offsets + 4 * (size_t)n;
	for (uint32_t i = 0; i < n; i++)
		if (!check_offset(get32(offsets + 4 * (size_t)i), large,
			n_large, end))
			return false;
	return true;
}

bool
packs_check_index(const uint8_t *p, size_t len, uint64_t pack_size,
    size_t oid_len)
{
	static const uint8_t magic[] = { 0xFF, 't', 'O', 'c' };

	if (pack_size < PACK_HEAD + oid_len)
		return false;
	if (len >= HEAD && memcmp(p, magic, sizeof(magic)) == 0)
		return check_new(p, len, pack_size - oid_len, oid_len);
	return check_old(p, len, pack_size - oid_len, oid_len);
}

/* True as well when it cannot be read: then nobody reads it. */
static bool
check_file(const char *path, size_t oid_len)
{
	char *pack = mem_printf("%.*s.pack", (int)strlen(path) - 4, path);
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st, pst;
	bool ok = true;
	void *p;

	if (fd >= 0 && fstat(fd, &st) == 0 && stat(pack, &pst) == 0) {
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd,
		    0);
		ok = p != MAP_FAILED &&
		    packs_check_index(p, (size_t)st.st_size,
			(uint64_t)pst.st_size, oid_len);
		if (p != MAP_FAILED)
			munmap(p, (size_t)st.st_size);
	}
	if (fd >= 0)
		close(fd);
	free(pack);
	return ok;
}

bool
packs_check(const char *objects, size_t oid_len)
{
	char *path = mem_printf("%s/pack", objects);
	DIR *dir = opendir(path);
	struct dirent *e;
	bool ok = true;

	while (ok && dir != NULL && (e = readdir(dir)) != NULL) {
		const size_t n = strlen(e->d_name);
		char *file;

		if (n < 4 || strcmp(e->d_name + n - 4, ".idx") != 0)
			continue;
		file = mem_printf("%s/%s", path, e->d_name);
		ok = check_file(file, oid_len);
		free(file);
	}
	if (dir != NULL)
		closedir(dir);
	free(path);
	return ok;
}
