/*
 * libFuzzer harness: the first byte chooses the parser, the rest is what a
 * repository might hold: objects, configuration, ref names, indexes, hooks.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"

#include "vcs/commit_parse.h"
#include "vcs/config/gitconf.h"
#include "vcs/hook/hook_stub.h"
#include "vcs/packs.h"
#include "vcs/ref/refs.h"

static void
fuzz_commit(const char *s, size_t len)
{
	struct commit_scratch scratch = { 0 };
	const struct oid id = { .len = 20 };
	struct commit c;
	volatile char sum = 0;

	if (commit_parse(&id, s, len, &scratch, &c)) {
		assert(c.author_time >= DATE_MIN && c.author_time <= DATE_MAX);
		assert(c.commit_time >= DATE_MIN && c.commit_time <= DATE_MAX);
		assert(memchr(c.author, '\n', c.author_len) == NULL ||
		    scratch.text.len > 0);
		for (size_t i = 0; i < c.author_len; i++)
			sum = (char)(sum + c.author[i]);
		for (size_t i = 0; i < c.message_len; i++)
			sum = (char)(sum + c.message[i]);
		for (size_t i = 0; i < c.n_parents; i++)
			assert(!oid_is_none(&c.parents[i]));
	}
	commit_scratch_release(&scratch);
}

static void
fuzz_tag(const char *s, size_t len)
{
	struct oid target = { 0 };
	int64_t time;

	if (tag_parse(s, len, &target, &time))
		assert(!oid_is_none(&target));
	assert(time == DATE_NONE || (time >= DATE_MIN && time <= DATE_MAX));
}

static void
see_entry(const char *name, const char *value, void *arg)
{
	size_t *n = arg;

	*n += strlen(name) + strlen(value);
	gitconf_bool(value);
}

static void
fuzz_config(const char *s, size_t len)
{
	size_t n = 0;

	gitconf_parse(s, len, see_entry, &n);
	assert(n <= 2 * len * (len + 5) + 16);
}

static void
fuzz_ref(const char *s, size_t len)
{
	char *name = mem_strndup(s, len);

	if (ref_name_ok(name)) {
		assert(name[0] != '/' && name[0] != '.');
		assert(strstr(name, "..") == NULL);
		assert(strstr(name, "//") == NULL);
	}
	free(name);
}

static void
fuzz_index(const char *s, size_t len)
{
	packs_check_index((const uint8_t *)s, len, len, 20);
	packs_check_index((const uint8_t *)s, len, UINT64_MAX, 32);
}

static void
fuzz_stub(const char *s, size_t len)
{
	char *text = mem_strndup(s, len);
	struct buf stub = BUF_INIT;
	char *program;

	hook_stub_tell("commit-msg", text, strlen(text));
	free(hook_stub_program(text));
	/* Whatever the path, it comes back as it was. */
	if (strchr(text, '\n') == NULL) {
		hook_stub_build("post-commit", text, &stub);
		assert(hook_stub_tell("post-commit", stub.ptr, stub.len) ==
		    HOOK_TEXT_OURS);
		program = hook_stub_program(stub.ptr);
		assert(program != NULL && strcmp(program, text) == 0);
		free(program);
	}
	buf_release(&stub);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const fuzz[])(const char *, size_t) = { fuzz_commit,
		fuzz_tag, fuzz_config, fuzz_ref, fuzz_index, fuzz_stub };
	char *s;

	if (size == 0)
		return 0;
	/* A copy of the exact size, so that a byte too far is noticed. */
	s = mem_dup(data + 1, size - 1);
	fuzz[data[0] % (sizeof(fuzz) / sizeof(fuzz[0]))](s, size - 1);
	free(s);
	return 0;
}
