#include "unit.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/mem.h"

struct place {
	char *dir;
	char *file; /* dir/a */
	struct buf b;
	struct err err;
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	p->dir = unit_mkdir();
	p->file = fs_join(p->dir, "a");
	*state = p;
	return 0;
}

static int
teardown(void **state)
{
	struct place *p = *state;

	free(p->file);
	buf_release(&p->b);
	unit_rmdir(p->dir);
	free(p);
	return 0;
}

static mode_t
mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(lstat(path, &st), 0);
	return st.st_mode & 07777;
}

static size_t
entries(const char *dir)
{
	struct buf out = BUF_INIT;
	const char *const argv[] = { "ls", "-A", dir, NULL };
	size_t n = 0;
	int status;

	assert_int_equal(fs_run(argv, NULL, NULL, NULL, 0, &out, NULL, &status,
			     NULL),
	    RC_OK);
	for (size_t i = 0; i < out.len; i++)
		n += out.ptr[i] == '\n';
	buf_release(&out);
	return n;
}

static void
test_write_and_read(void **state)
{
	struct place *p = *state;

	umask(022);
	assert_int_equal(fs_write(p->file, "a\0b", 3, 0600, &p->err), RC_OK);
	assert_int_equal(mode_of(p->file), 0600);
	assert_int_equal(fs_read(p->file, 0, &p->b, &p->err), RC_OK);
	assert_int_equal(p->b.len, 3);
	assert_memory_equal(p->b.ptr, "a\0b", 3);
	/* The mode of a file that is there stays. */
	assert_int_equal(chmod(p->file, 0644), 0);
	assert_int_equal(fs_write(p->file, "", 0, 0600, &p->err), RC_OK);
	assert_int_equal(mode_of(p->file), 0644);
	buf_clear(&p->b);
	assert_int_equal(fs_read(p->file, 0, &p->b, &p->err), RC_OK);
	assert_int_equal(p->b.len, 0);
	assert_int_equal(entries(p->dir), 1);
}

static void
test_read_refuses(void **state)
{
	struct place *p = *state;
	char *fifo = fs_join(p->dir, "fifo");

	assert_int_equal(fs_read(p->file, 0, &p->b, &p->err), RC_NOT_FOUND);
	assert_non_null(strstr(p->err.msg, p->file));
	assert_int_equal(fs_read(p->dir, 0, &p->b, &p->err), RC_INVALID);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(fs_read(fifo, 0, &p->b, &p->err), RC_INVALID);
	assert_int_equal(fs_read("/dev/null", 0, &p->b, &p->err), RC_INVALID);
	assert_int_equal(fs_write(p->file, "1234", 4, 0600, NULL), RC_OK);
	assert_int_equal(fs_read(p->file, 3, &p->b, &p->err), RC_INVALID);
	assert_int_equal(fs_read(p->file, 4, &p->b, &p->err), RC_OK);
	assert_int_equal(p->b.len, 4);
	free(fifo);
}

#define NOBODY 65534

/* Root may write anywhere: as nobody, then. */
static void
test_read_only_stays(void **state)
{
	struct place *p = *state;
	const bool root = geteuid() == 0;
	enum rc rc;

	assert_int_equal(fs_write(p->file, "old", 3, 0644, NULL), RC_OK);
	assert_int_equal(chmod(p->file, 0444), 0);
	assert_int_equal(chmod(p->dir, 0777), 0);
	assert_true(!root || seteuid(NOBODY) == 0);
	rc = fs_write(p->file, "new", 3, 0644, &p->err);
	assert_true(!root || seteuid(0) == 0);
	assert_int_equal(rc, RC_IO);
	assert_non_null(strstr(p->err.msg, p->file));
	assert_int_equal(fs_read(p->file, 99, &p->b, NULL), RC_OK);
	assert_string_equal(buf_str(&p->b), "old");
	assert_int_equal(entries(p->dir), 1);
}

static void
test_write_follows_no_link(void **state)
{
	struct place *p = *state;
	char *link = fs_join(p->dir, "link");

	assert_int_equal(fs_write(p->file, "old", 3, 0600, NULL), RC_OK);
	assert_int_equal(symlink("a", link), 0);
	assert_int_equal(fs_write(link, "new", 3, 0600, &p->err), RC_INVALID);
	assert_int_equal(fs_read(p->file, 0, &p->b, NULL), RC_OK);
	assert_string_equal(buf_str(&p->b), "old");
	assert_int_equal(entries(p->dir), 2);
	assert_int_equal(fs_write(p->dir, "new", 3, 0600, &p->err), RC_INVALID);
	free(link);
}

static void
test_write_fails_without_traces(void **state)
{
	struct place *p = *state;
	char *lost = fs_join(p->dir, "no/such/file");

	assert_int_equal(fs_write(lost, "x", 1, 0600, &p->err), RC_IO);
	assert_non_null(strstr(p->err.msg, "/no/such"));
	/* A name that is too long only fails at the rename. */
	free(lost);
	lost = mem_printf("%s/%0300d", p->dir, 1);
	assert_int_equal(fs_write(lost, "x", 1, 0600, &p->err), RC_IO);
	assert_int_equal(entries(p->dir), 0);
	free(lost);
}

/* A disk that fills up half way: the old file stays, and nothing else. */
static void
test_write_that_runs_out_of_room(void **state)
{
	struct place *p = *state;
	struct rlimit old, small;
	char *big = mem_calloc(1, 100000);
	enum rc rc;

	assert_int_equal(fs_write(p->file, "old", 3, 0600, NULL), RC_OK);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 50000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	rc = fs_write(p->file, big, 100000, 0600, &p->err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	signal(SIGXFSZ, SIG_DFL);
	assert_int_equal(rc, RC_IO);
	assert_non_null(strstr(p->err.msg, p->file));
	assert_int_equal(fs_read(p->file, 0, &p->b, NULL), RC_OK);
	assert_string_equal(buf_str(&p->b), "old");
	assert_int_equal(entries(p->dir), 1);
	free(big);
}

static void
test_write_here(void **state)
{
	struct place *p = *state;
	char *back = getcwd(NULL, 0);

	assert_int_equal(chdir(p->dir), 0);
	assert_int_equal(fs_write("plain", "x", 1, 0600, NULL), RC_OK);
	assert_int_equal(chdir(back), 0);
	assert_int_equal(entries(p->dir), 1);
	free(back);
}

static void
test_mkdir(void **state)
{
	struct place *p = *state;
	char *deep = fs_join(p->dir, "x//y/z/");

	umask(022);
	assert_int_equal(fs_mkdir(deep, 0700, &p->err), RC_OK);
	assert_int_equal(fs_mkdir(deep, 0700, &p->err), RC_OK);
	assert_true(fs_is_dir(deep));
	assert_int_equal(mode_of(deep), 0700);
	assert_int_equal(fs_write(p->file, "", 0, 0600, NULL), RC_OK);
	assert_int_equal(fs_mkdir(p->file, 0700, &p->err), RC_EXISTS);
	assert_false(fs_is_dir(p->file));
	assert_true(fs_exists(p->file));
	free(deep);
	deep = fs_join(p->file, "below");
	assert_int_equal(fs_mkdir(deep, 0700, &p->err), RC_IO);
	assert_int_equal(fs_mkdir("/", 0700, &p->err), RC_OK);
	free(deep);
}

static void
test_paths(void **state)
{
	struct place *p = *state;
	char *s;

	(s = fs_join("a", "b")), assert_string_equal(s, "a/b"), free(s);
	(s = fs_join("a/", "b")), assert_string_equal(s, "a/b"), free(s);
	(s = fs_join("", "b")), assert_string_equal(s, "b"), free(s);
	(s = fs_join("/", "b")), assert_string_equal(s, "/b"), free(s);
	(s = fs_join("a", "/b")), assert_string_equal(s, "/b"), free(s);
	assert_null(fs_real(p->file));
	assert_int_equal(fs_write(p->file, "", 0, 0600, NULL), RC_OK);
	s = mem_printf("%s/./../%s/a", p->dir, strrchr(p->dir, '/') + 1);
	free(p->file);
	p->file = fs_real(s);
	assert_non_null(p->file);
	assert_string_not_equal(p->file, s);
	free(s);
}

static void
test_stamps_tell_a_change(void **state)
{
	struct place *p = *state;
	struct fs_stamp none, a, b;

	fs_stamp(p->file, &none);
	assert_int_equal(none.exists, 0);
	assert_int_equal(fs_write(p->file, "1", 1, 0600, NULL), RC_OK);
	fs_stamp(p->file, &a);
	assert_int_equal(a.exists, 1);
	assert_memory_not_equal(&a, &none, sizeof(a));
	fs_stamp(p->file, &b);
	assert_memory_equal(&a, &b, sizeof(a));
	/* Same size and replaced: the inode or the time tells. */
	assert_int_equal(fs_write(p->file, "2", 1, 0600, NULL), RC_OK);
	fs_stamp(p->file, &b);
	assert_memory_not_equal(&a, &b, sizeof(a));
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_write_and_read),
		T(test_read_refuses),
		T(test_read_only_stays),
		T(test_write_follows_no_link),
		T(test_write_fails_without_traces),
		T(test_write_that_runs_out_of_room),
		T(test_write_here),
		T(test_mkdir),
		T(test_paths),
		T(test_stamps_tell_a_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
