#include "unit.h"

#include <sys/wait.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/strv.h"

static void
test_zero_sizes_can_be_freed(void **state)
{
	(void)state;
	free(mem_alloc(0));
	free(mem_calloc(0, 8));
	free(mem_calloc(8, 0));
	free(mem_dup("", 0));
	free(mem_realloc(NULL, 0, 4));
}

static void
test_copies(void **state)
{
	char *s;

	(void)state;
	assert_null(mem_strdup(NULL));
	s = mem_strdup("가나");
	assert_string_equal(s, "가나");
	mem_replace(&s, s);
	assert_string_equal(s, "가나");
	mem_replace(&s, "x");
	assert_string_equal(s, "x");
	mem_replace(&s, NULL);
	assert_null(s);
	s = mem_strndup("abc", 2);
	assert_string_equal(s, "ab");
	free(s);
	s = mem_strndup("abc", 9);
	assert_string_equal(s, "abc");
	free(s);
	s = mem_printf("%s-%d", "NOTE", 12);
	assert_string_equal(s, "NOTE-12");
	free(s);
}

static void
test_grow_doubles_and_keeps(void **state)
{
	size_t cap = 0, changes = 0, last = 0;
	int *v = NULL;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		v = mem_grow(v, &cap, (size_t)i + 1, sizeof(*v));
		v[i] = i;
		changes += cap != last;
		last = cap;
	}
	assert_true(changes < 20);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(v[i], i);
	assert_ptr_equal(mem_grow(v, &cap, 5, sizeof(*v)), v);
	free(v);
}

static void
say(void *arg)
{
	if (write(*(int *)arg, "handler\n", 8) != 8)
		abort();
}

enum exhaust { CALLOC, REALLOC, GROW };

/* Runs the allocation in a child; what it wrote to out, and its status. */
static int
exhaust(enum exhaust how, char *out, size_t size)
{
	int ends[2], status;
	size_t n = 0, cap = 0;
	ssize_t got;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(ends[1], STDERR_FILENO);
		mem_on_fatal(say, &ends[1]);
		if (how == CALLOC)
			mem_calloc(SIZE_MAX / 2, 3);
		if (how == REALLOC)
			mem_realloc(NULL, SIZE_MAX, 2);
		if (how == GROW)
			mem_grow(NULL, &cap, SIZE_MAX, 1);
		_exit(0);
	}
	close(ends[1]);
	while ((got = read(ends[0], out + n, size - 1 - n)) > 0)
		n += (size_t)got;
	out[n] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
test_overflow_ends_the_program(void **state)
{
	static const enum exhaust ways[] = { CALLOC, REALLOC, GROW };
	char out[128];
	int status;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		status = exhaust(ways[i], out, sizeof(out));
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 1);
		assert_string_equal(out, "handler\nnotes: out of memory\n");
	}
}

static void
test_buf_is_text_at_any_time(void **state)
{
	struct buf b = BUF_INIT;
	char *s;

	(void)state;
	assert_string_equal(buf_str(&b), "");
	buf_truncate(&b, 5);
	buf_clear(&b);
	s = buf_detach(&b);
	assert_string_equal(s, "");
	free(s);
	buf_add(&b, "a\0b", 3);
	assert_int_equal(b.len, 3);
	assert_memory_equal(b.ptr, "a\0b", 4);
	buf_clear(&b);
	assert_string_equal(buf_str(&b), "");
	buf_puts(&b, "notes");
	buf_putc(&b, '!');
	buf_fill(&b, '.', 3);
	buf_fill(&b, '.', 0);
	assert_string_equal(buf_str(&b), "notes!...");
	buf_truncate(&b, 99);
	assert_int_equal(b.len, 9);
	buf_truncate(&b, 5);
	assert_string_equal(buf_str(&b), "notes");
	s = buf_detach(&b);
	assert_string_equal(s, "notes");
	assert_null(b.ptr);
	assert_int_equal(b.len, 0);
	free(s);
	buf_release(&b);
	buf_release(&b);
}

static void
test_buf_printf_at_every_size(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	for (int n = 0; n < 700; n++) {
		size_t before = b.len;

		buf_printf(&b, "%*d", n, 7);
		assert_int_equal(b.len, before + (n == 0 ? 1 : (size_t)n));
		assert_int_equal(b.ptr[b.len], 0);
		assert_int_equal(b.ptr[b.len - 1], '7');
	}
	buf_release(&b);
}

static void
test_strv(void **state)
{
	struct strv sv = STRV_INIT, copy = STRV_INIT;

	(void)state;
	strv_sort(&sv);
	assert_false(strv_has(&sv, ""));
	strv_push(&sv, "나");
	strv_push_len(&sv, "bcd", 1);
	strv_take(&sv, mem_strdup("a"));
	strv_sort(&sv);
	assert_string_equal(sv.v[0], "a");
	assert_string_equal(sv.v[1], "b");
	assert_string_equal(sv.v[2], "나");
	strv_copy(&copy, &sv);
	strv_copy(&copy, &copy);
	strv_remove(&sv, 1);
	assert_int_equal(sv.n, 2);
	assert_string_equal(sv.v[1], "나");
	strv_remove(&sv, 1);
	strv_remove(&sv, 0);
	assert_int_equal(sv.n, 0);
	assert_int_equal(copy.n, 3);
	assert_true(strv_has(&copy, "b"));
	assert_false(strv_has(&copy, "c"));
	strv_release(&sv);
	strv_release(&copy);
	strv_release(&copy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_zero_sizes_can_be_freed),
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_grow_doubles_and_keeps),
		cmocka_unit_test(test_overflow_ends_the_program),
		cmocka_unit_test(test_buf_is_text_at_any_time),
		cmocka_unit_test(test_buf_printf_at_every_size),
		cmocka_unit_test(test_strv),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
