#include "config_cache.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "vcs/repo.h"

extern char **environ;

static const char magic[] = "notes config cache 1";
static const char trailer[] = "end";

enum {
	SETTLE_MS = 50, /* a clock tick of any file system */
	FILE_MAX = 1 << 20,
};

/* ---- what it rests on ---- */

static void
hash(struct config_base *b, const char *s)
{
	uint64_t x = b->key[0], y = b->key[1];

	do {
		x = (x ^ (unsigned char)*s) * UINT64_C(0x100000001B3);
		y = (y + (unsigned char)*s) * UINT64_C(0x9E3779B97F4A7C15);
		y ^= y >> 32;
	} while (*s++ != '\0');
	b->key[0] = x;
	b->key[1] = y;
}

static void
hash_environment(struct config_base *b, const struct vcs *v)
{
	static const char *const names[] = { "HOME=", "XDG_CONFIG_HOME=",
		"GIT_CONFIG" };

	b->key[0] = UINT64_C(0xCBF29CE484222325);
	b->key[1] = 1;
	for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
		for (char **e = environ; *e != NULL; e++)
			if (strncmp(*e, names[n], strlen(names[n])) == 0)
				hash(b, *e);
	hash(b, v != NULL ? v->git_dir : "");
	hash(b, v != NULL && v->work_tree != NULL ? v->work_tree : "");
}

void
config_base_add(struct config_base *b, char *path)
{
	if (strv_has(&b->paths, path)) {
		free(path);
		return;
	}
	strv_take(&b->paths, path);
	b->stamps = mem_realloc(b->stamps, b->paths.n, sizeof(*b->stamps));
	memset(&b->stamps[b->paths.n - 1], 0, sizeof(*b->stamps));
	fs_stamp(path, &b->stamps[b->paths.n - 1]);
}

/* git-config(1), FILES. */
static void
add_user_files(struct config_base *b)
{
	const char *system = getenv("GIT_CONFIG_SYSTEM");
	const char *global = getenv("GIT_CONFIG_GLOBAL");
	const char *home = getenv("HOME");
	const char *xdg = getenv("XDG_CONFIG_HOME");

	config_base_add(b, mem_strdup("/etc/gitconfig"));
	config_base_add(b, mem_strdup("/usr/local/etc/gitconfig"));
	if (system != NULL)
		config_base_add(b, mem_strdup(system));
	if (global != NULL)
		config_base_add(b, mem_strdup(global));
	if (home != NULL)
		config_base_add(b, mem_printf("%s/.gitconfig", home));
	if (xdg != NULL && xdg[0] != '\0')
		config_base_add(b, mem_printf("%s/git/config", xdg));
	else if (home != NULL)
		config_base_add(b, mem_printf("%s/.config/git/config", home));
}

void
config_base_init(const struct vcs *v, struct config_base *b)
{
	*b = (struct config_base){ .start_ms = date_clock_ms() };
	hash_environment(b, v);
	add_user_files(b);
	if (v == NULL)
		return;
	config_base_add(b, fs_join(v->common_dir, "config"));
	config_base_add(b, fs_join(v->git_dir, "config.worktree"));
	if (v->work_tree != NULL)
		config_base_add(b, fs_join(v->work_tree, ".notesconfig"));
}

void
config_base_release(struct config_base *b)
{
	strv_release(&b->paths);
	free(b->stamps);
	*b = (struct config_base){ 0 };
}

/* ---- the file: texts that end in NUL ---- */

struct fields {
	const char *p, *end;
};

/* NULL at the end. */
static const char *
next(struct fields *f)
{
	const char *s = f->p;
	const char *nul = f->p < f->end
	    ? memchr(f->p, '\0', (size_t)(f->end - f->p))
	    : NULL;

	if (nul == NULL)
		return NULL;
	f->p = nul + 1;
	return s;
}

static void
print_stamp(char out[128], const struct fs_stamp *s)
{
	snprintf(out, 128,
	    "%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64, s->dev,
	    s->ino, s->size, s->mtime_ns, s->exists);
}

static bool
same_stamp(const char *path, const char *text)
{
	struct fs_stamp now;
	char is[128];

	memset(&now, 0, sizeof(now));
	fs_stamp(path, &now);
	print_stamp(is, &now);
	return strcmp(is, text) == 0;
}

static void
print_key(char out[64], const struct config_base *b)
{
	snprintf(out, 64, "%016" PRIx64 "%016" PRIx64, b->key[0], b->key[1]);
}

/* Magic, key, then path and stamp in turn up to an empty text. */
static bool
check_base(struct fields *f, const struct config_base *b)
{
	const char *s, *path;
	char key[64];

	print_key(key, b);
	s = next(f);
	if (s == NULL || strcmp(s, magic) != 0)
		return false;
	s = next(f);
	if (s == NULL || strcmp(s, key) != 0)
		return false;
	while ((path = next(f)) != NULL && *path != '\0')
		if ((s = next(f)) == NULL || !same_stamp(path, s))
			return false;
	return path != NULL;
}

static bool
read_entries(struct fields *f, struct config *out)
{
	const char *level;

	while ((level = next(f)) != NULL && strcmp(level, trailer) != 0) {
		const char *origin = next(f);
		const char *name = origin != NULL ? next(f) : NULL;
		const char *value = name != NULL ? next(f) : NULL;

		if (value == NULL)
			return false;
		config_add(out, (int)strtol(level, NULL, 10), origin, name,
		    value);
	}
	return level != NULL;
}

bool
config_cache_read(const char *path, const struct config_base *b,
    struct config *out)
{
	struct buf text = BUF_INIT;
	struct fields f;
	bool ok = false;

	if (fs_read(path, FILE_MAX, &text, NULL) == RC_OK) {
		f = (struct fields){ text.ptr, text.ptr + text.len };
		ok = text.len > 0 && check_base(&f, b) && read_entries(&f, out);
	}
	if (!ok)
		config_release(out);
	buf_release(&text);
	return ok;
}

static void
put(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s) + 1);
}

static bool
is_settled(const struct config_base *b)
{
	const int64_t limit = (b->start_ms - SETTLE_MS) * 1000000;

	for (size_t i = 0; i < b->paths.n; i++)
		if (b->stamps[i].exists && b->stamps[i].mtime_ns > limit)
			return false;
	return !b->moving;
}

void
config_cache_write(const char *path, const struct config_base *b,
    const struct config *c)
{
	struct buf out = BUF_INIT;
	char text[128];

	if (!is_settled(b))
		return;
	put(&out, magic);
	print_key(text, b);
	put(&out, text);
	for (size_t i = 0; i < b->paths.n; i++) {
		put(&out, b->paths.v[i]);
		print_stamp(text, &b->stamps[i]);
		put(&out, text);
	}
	put(&out, "");
	for (size_t i = 0; i < c->n; i++) {
		snprintf(text, sizeof(text), "%d", c->v[i].level);
		put(&out, text);
		put(&out, c->v[i].origin);
		put(&out, c->v[i].name);
		put(&out, c->v[i].value);
	}
	put(&out, trailer);
	/* Without it the next start is slower; that is all. */
	if (out.len <= FILE_MAX)
		fs_write(path, out.ptr, out.len, 0600, NULL);
	buf_release(&out);
}
