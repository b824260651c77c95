/* Options, operands, and what is said of wrong ones. */
#include "unit.h"

#include "cli/cmd.h"

#define ARGV_MAX 16

enum { T_FULL, T_SORT, T_LABEL };

static const struct opt table[] = {
	[T_FULL] = { 'f', "full", NULL, "", NULL },
	[T_SORT] = { 's', "sort", "FIELDS", "", NULL },
	[T_LABEL] = { 0, "label", "LABEL", "", NULL },
	{ 0 },
};

struct parsed {
	struct args globals, args;
	int used;
	struct err err;
	enum rc rc;
	char *argv[ARGV_MAX];
	int argc;
};

/* words are separated by '|', so that they may hold spaces. */
static void
parse(struct parsed *p, enum opt_stop stop, const char *words)
{
	char *copy = strdup(words);

	*p = (struct parsed){ .argc = 0 };
	for (char *w = copy, *end; w != NULL; w = end) {
		end = strchr(w, '|');
		if (end != NULL)
			*end++ = '\0';
		p->argv[p->argc++] = strdup(w);
	}
	free(copy);
	p->rc = opt_parse(table, stop, "notes x", p->argc, p->argv, &p->globals,
	    &p->args, &p->used, &p->err);
}

static void
done(struct parsed *p)
{
	args_release(&p->globals);
	args_release(&p->args);
	for (int i = 0; i < p->argc; i++)
		free(p->argv[i]);
}

static void
assert_words(const struct parsed *p, const char *want)
{
	struct buf got = BUF_INIT;

	for (size_t i = 0; i < p->args.words.n; i++)
		buf_printf(&got, "%s%s", i == 0 ? "" : "|", p->args.words.v[i]);
	assert_string_equal(buf_str(&got), want);
	buf_release(&got);
}

static void
options_and_words_in_any_order(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, OPT_WORDS_TOO, "x|a|--sort=key|b|-f|--json|c|-C|dir");
	assert_int_equal(p.rc, RC_OK);
	assert_words(&p, "a|b|c");
	assert_string_equal(args_get(&p.args, T_SORT), "key");
	assert_true(args_has(&p.args, T_FULL));
	assert_false(args_has(&p.args, T_LABEL));
	assert_null(args_get(&p.args, T_LABEL));
	assert_true(args_has(&p.globals, GLOBAL_JSON));
	assert_string_equal(args_get(&p.globals, GLOBAL_DIR), "dir");
	done(&p);
}

static void
values_repeat_and_the_last_counts(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, OPT_WORDS_TOO, "x|--label|a|--label=b|--lab|c|-s1|-s|2");
	assert_int_equal(p.rc, RC_OK);
	assert_int_equal(p.args.opts[T_LABEL].n, 3);
	assert_string_equal(p.args.opts[T_LABEL].v[0], "a");
	assert_string_equal(args_get(&p.args, T_LABEL), "c");
	assert_string_equal(args_get(&p.args, T_SORT), "2");
	done(&p);
}

static void
clusters(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, OPT_DASH_WORDS, "x|-f|-q|-z|--|-f|--sort");
	assert_int_equal(p.rc, RC_OK);
	assert_words(&p, "-f|--sort");
	assert_true(args_has(&p.globals, GLOBAL_ZERO));
	done(&p);
	parse(&p, OPT_WORDS_TOO, "x|-fqskey|word");
	assert_int_equal(p.rc, RC_OK);
	assert_true(args_has(&p.args, T_FULL));
	assert_true(args_has(&p.globals, GLOBAL_QUIET));
	assert_string_equal(args_get(&p.args, T_SORT), "key");
	assert_words(&p, "word");
	done(&p);
}

static void
words_with_a_dash(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, OPT_DASH_WORDS, "x|-label:y|-bug|-f|-x|-|-한글|--full");
	assert_int_equal(p.rc, RC_OK);
	assert_words(&p, "-label:y|-bug|-x|-|-한글");
	assert_int_equal(p.args.opts[T_FULL].n, 2);
	done(&p);
	/* A word that starts the line, right after getopt was set back. */
	parse(&p, OPT_DASH_WORDS, "x|-bug");
	assert_words(&p, "-bug");
	done(&p);
	parse(&p, OPT_WORDS_TOO, "x|- a list item|-5 degrees");
	assert_int_equal(p.rc, RC_OK);
	assert_words(&p, "- a list item|-5 degrees");
	done(&p);
}

static void
stops_at_the_command(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, OPT_STOP_AT_WORD, "x|--json|-C|d|list|--nonsense");
	assert_int_equal(p.rc, RC_OK);
	assert_int_equal(p.used, 4);
	assert_int_equal(p.args.words.n, 0);
	done(&p);
}

static void
wrong_ones_are_named(void **state)
{
	static const struct {
		const char *words, *said;
	} cases[] = {
		{ "x|--srot=1",
		    "notes x has no option --srot (did you mean "
		    "--sort?)" },
		{ "x|--qqqqqqq",
		    "notes x has no option --qqqqqqq (see: notes x "
		    "-h; a word that begins with '-' goes behind "
		    "--)" },
		{ "x|--sort", "option --sort needs a value: FIELDS" },
		{ "x|a|-s", "option --sort needs a value: FIELDS" },
		{ "x|-C", "option --directory needs a value: DIR" },
		{ "x|--full=yes", "option --full takes no value" },
		{ "x|--json=yes", "option --json takes no value" },
		{ "x|--p", "option --p could be several of those of notes x" },
		{ "x|-fy",
		    "notes x has no option -y (a word that begins with "
		    "'-' goes behind --)" },
		{ "x|-한",
		    "notes x does not know this option (a word that "
		    "begins with '-' goes behind --)" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct parsed p;

		parse(&p, OPT_WORDS_TOO, cases[i].words);
		assert_int_equal(p.rc, RC_USAGE);
		assert_string_equal(p.err.msg, cases[i].said);
		done(&p);
	}
}

static void
numbers(void **state)
{
	static const char *const wrong[] = { "", "0", "-1", "+1", " 1", "1 ",
		"1.5", "0x10", "11", "99999999999999999999999", "일", "1e3" };
	struct err err = ERR_INIT;
	long n = 7;

	(void)state;
	assert_int_equal(opt_number("--n", "10", 10, &n, &err), RC_OK);
	assert_int_equal(n, 10);
	assert_int_equal(opt_number("--n", "007", 10, &n, &err), RC_OK);
	assert_int_equal(n, 7);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(opt_number("--n", wrong[i], 10, &n, &err),
		    RC_USAGE);
	assert_int_equal(n, 7);
}

static void
nearest_name(void **state)
{
	static const char *const names[] = { "list", "link", "release", "new",
		"relate" };
	static const struct {
		const char *typed, *want;
	} cases[] = {
		{ "lsit", "list" },
		{ "rel", "release" },
		{ "relaese", "release" },
		{ "nwe", "new" },
		{ "xyzzy", NULL },
		{ "", NULL },
		{ "한글", NULL },
		{ "a-very-long-word-that-no-name-is-near-to", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *got = opt_nearest(cases[i].typed, names, 5);

		if (cases[i].want == NULL)
			assert_null(got);
		else
			assert_string_equal(got, cases[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_and_words_in_any_order),
		cmocka_unit_test(values_repeat_and_the_last_counts),
		cmocka_unit_test(clusters),
		cmocka_unit_test(words_with_a_dash),
		cmocka_unit_test(stops_at_the_command),
		cmocka_unit_test(wrong_ones_are_named),
		cmocka_unit_test(numbers),
		cmocka_unit_test(nearest_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
