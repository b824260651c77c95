/* Tables and the forms of output, without a terminal. */
#include "unit.h"

#include <fcntl.h>
#include <locale.h>
#include <signal.h>

#include "cli/table.h"

/* What has gathered, as text; the output is empty afterwards. */
static char *
taken(struct out *o)
{
	char *text = strdup(buf_str(&o->buf));

	out_discard(o);
	return text;
}

static void
assert_out(struct out *o, const char *want)
{
	char *got = taken(o);

	assert_string_equal(got, want);
	free(got);
}

static void
add_row(struct table *t, const char *a, const char *b, const char *c)
{
	table_cell(t, STYLE_KEY, a);
	table_cell(t, STYLE_NONE, b);
	table_cell(t, STYLE_NONE, c);
}

static void
three_columns(struct table *t)
{
	table_column(t, "KEY");
	table_column(t, "WHO");
	table_column(t, "SUMMARY");
	t->shrinks = 2;
}

static void
piped_tables_are_whole(void **state)
{
	struct out o = { .pager_fd = -1 };
	struct table t = { 0 };

	(void)state;
	three_columns(&t);
	add_row(&t, "A-1", "한글", "a summary that is rather long, and stays");
	add_row(&t, "A-100", "", "b");
	table_print(&t, &o);
	assert_out(&o,
	    "A-1    한글  a summary that is rather long, and stays\n"
	    "A-100        b\n");
	table_release(&t);
	out_release(&o);
}

static void
screens_cut_the_summary_first(void **state)
{
	struct out o = { .pager_fd = -1,
		.tty = true,
		.width = 30,
		.height = 24 };
	struct table t = { 0 };

	(void)state;
	three_columns(&t);
	add_row(&t, "A-1", "ann", "a summary that is rather long");
	add_row(&t, "A-2", "한글", "두 칸 글자는 절대 반으로 잘리지 않는다");
	table_print(&t, &o);
	assert_out(&o,
	    "KEY  WHO   SUMMARY\n"
	    "A-1  ann   a summary that is ~\n"
	    "A-2  한글  두 칸 글자는 절대 ~\n");
	table_release(&t);
	out_release(&o);
}

static void
narrow_screens_lose_columns(void **state)
{
	struct out o = { .pager_fd = -1,
		.tty = true,
		.width = 14,
		.height = 24 };
	struct table t = { 0 };

	(void)state;
	three_columns(&t);
	add_row(&t, "A-1", "ann", "a summary");
	table_print(&t, &o);
	assert_out(&o, "KEY  SUMMARY\nA-1  a summary\n");
	o.width = 1;
	add_row(&t, "A-1", "ann", "a summary");
	table_print(&t, &o);
	o.width = 0;
	add_row(&t, "A-1", "ann", "a summary");
	table_print(&t, &o);
	table_release(&t);
	out_release(&o);
}

static void
empty_columns_go(void **state)
{
	struct out o = { .pager_fd = -1,
		.tty = true,
		.width = 80,
		.height = 24 };
	struct table t = { .drop_empty = true };

	(void)state;
	three_columns(&t);
	add_row(&t, "A-1", "", "x");
	table_print(&t, &o);
	assert_out(&o, "KEY  SUMMARY\nA-1  x\n");
	table_release(&t);
	out_release(&o);
}

static void
hostile_text_is_shown(void **state)
{
	struct out o = { .pager_fd = -1 };
	struct table t = { 0 };

	(void)state;
	three_columns(&t);
	add_row(&t, "A\t1", "\033[31m", "x\ny\xe2\x80\xae");
	table_print(&t, &o);
	assert_out(&o, "A^I1  ^[[31m  x^Jy<U+202E>\n");
	o.form = OUT_PORCELAIN;
	out_field(&o, "a\tb\nc");
	out_field(&o, NULL);
	out_number(&o, -5);
	out_end(&o);
	assert_out(&o, "a^Ib^Jc\t\t-5\n");
	out_lines(&o, "a\n\033b", 4);
	assert_out(&o, "a\n^[b\n");
	table_release(&t);
	out_release(&o);
}

static void
colours(void **state)
{
	struct out o = { .pager_fd = -1, .colour = true };

	(void)state;
	out_text(&o, STYLE_KEY, "A-1");
	out_text(&o, STYLE_NONE, "x");
	assert_out(&o, "\033[33mA-1\033[mx");
	out_release(&o);
}

static void
colour_is_for_terminals(void **state)
{
	struct out o = { 0 };

	(void)state;
	unsetenv("NO_COLOR");
	unsetenv("CLICOLOR_FORCE");
	out_init(&o, COLOUR_AUTO);
	assert_false(o.colour && !o.tty);
	out_init(&o, COLOUR_ALWAYS);
	assert_true(o.colour);
	setenv("CLICOLOR_FORCE", "1", 1);
	out_init(&o, COLOUR_AUTO);
	assert_true(o.colour);
	setenv("NO_COLOR", "1", 1);
	out_init(&o, COLOUR_AUTO);
	assert_false(o.colour);
	out_init(&o, COLOUR_ALWAYS);
	assert_true(o.colour);
	o.form = OUT_JSON;
	out_init(&o, COLOUR_ALWAYS);
	assert_false(o.colour);
	unsetenv("NO_COLOR");
	unsetenv("CLICOLOR_FORCE");
	out_release(&o);
}

static void
json_items(void **state)
{
	struct out o = { .pager_fd = -1, .form = OUT_JSON };

	(void)state;
	out_json_open(&o);
	out_json_close(&o);
	assert_out(&o, "[]\n");
	out_json_open(&o);
	out_json_item(&o, json_text("a"));
	out_json_item(&o, json_text("b"));
	out_json_close(&o);
	assert_out(&o, "[\"a\",\n \"b\"]\n");
	out_say(&o, "not under --json");
	assert_out(&o, "");
	out_release(&o);
}

/* Runs out_finish() with standard output being fd; restores it. */
static enum rc
finish_into(int fd, struct err *err, bool *gone)
{
	struct out o = { .pager_fd = -1 };
	int saved = dup(STDOUT_FILENO);
	enum rc rc;

	fflush(stdout);
	dup2(fd, STDOUT_FILENO);
	out_printf(&o, STYLE_NONE, "%s", "text");
	out_newline(&o);
	rc = out_finish(&o, err);
	*gone = o.gone;
	dup2(saved, STDOUT_FILENO);
	close(saved);
	out_release(&o);
	return rc;
}

static void
lost_output_is_told(void **state)
{
	struct err err = ERR_INIT;
	int fd, fds[2];
	bool gone;

	(void)state;
	if ((fd = open("/dev/full", O_WRONLY)) >= 0) {
		assert_int_equal(finish_into(fd, &err, &gone), RC_IO);
		assert_non_null(strstr(err.msg, "cannot write the output"));
		close(fd);
	}
	/* A reader that went away is no fault. */
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(fds), 0);
	close(fds[0]);
	assert_int_equal(finish_into(fds[1], &err, &gone), RC_OK);
	assert_true(gone);
	close(fds[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(piped_tables_are_whole),
		cmocka_unit_test(screens_cut_the_summary_first),
		cmocka_unit_test(narrow_screens_lose_columns),
		cmocka_unit_test(empty_columns_go),
		cmocka_unit_test(hostile_text_is_shown),
		cmocka_unit_test(colours),
		cmocka_unit_test(colour_is_for_terminals),
		cmocka_unit_test(json_items),
		cmocka_unit_test(lost_output_is_told),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
