#include "unit.h"

#include "base/date.h"
#include "model/filter.h"

/* 2024-05-18T02:40:00Z, a Saturday. */
#define NOW INT64_C(1716000000)

struct example {
	const char *typed;
	const char *meant; /* or the message after "filter, " */
};

static struct workflow workflow;

#define N(a) (sizeof(a) / sizeof((a)[0]))

static const char *
saved(const void *arg, const char *name, struct buf *names)
{
	static const char *const all[][2] = { { "mine", "assignee:me" },
		{ "내-일", "@mine label:tui or label:text" },
		{ "bad", "label:x status:red" }, { "round", "a @about" },
		{ "about", "@round" }, { "empty", "" },
		{ "twice", "@many @many" },
		{ "many",
		    "label:a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,"
		    "z,aa,ab,ac,ad,ae,af,ag,ah,ai" } };

	assert_string_equal(arg, "arg");
	for (size_t i = 0; i < N(all); i++)
		if (strcmp(all[i][0], name) == 0)
			return all[i][1];
	buf_puts(names, "mine, bad");
	return NULL;
}

static enum rc
parse(const char *text, bool live, char **explained, struct err *err)
{
	struct filter_context ctx = { .workflow = &workflow,
		.me = "dev-1",
		.prefix = "NOTE",
		.now = NOW,
		.live = live,
		.saved = saved,
		.saved_arg = "arg" };
	struct buf out = BUF_INIT;
	struct filter *f;
	enum rc rc = filter_parse(text, &ctx, &f, err);

	if (rc == RC_OK)
		filter_explain(f, &out);
	else
		assert_null(f);
	filter_free(f);
	*explained = buf_detach(&out);
	return rc;
}

static void
expect_all(const struct example *ex, size_t n, bool live)
{
	for (size_t i = 0; i < n; i++) {
		struct err err = ERR_INIT;
		char *got;

		if (parse(ex[i].typed, live, &got, &err) != RC_OK)
			fail_msg("[%s]: %s", ex[i].typed, err.msg);
		assert_string_equal(got, ex[i].meant);
		free(got);
	}
}

static void
expect_errors(const struct example *ex, size_t n, bool live)
{
	for (size_t i = 0; i < n; i++) {
		struct err err = ERR_INIT;
		char *got;

		if (parse(ex[i].typed, live, &got, &err) != RC_INVALID)
			fail_msg("[%s] was taken: %s", ex[i].typed, got);
		if (strstr(err.msg, ex[i].meant) == NULL)
			fail_msg("[%s]: %s", ex[i].typed, err.msg);
		free(got);
	}
}

static void
fields(void **state)
{
	static const struct example ex[] = {
		{ "", "everything" },
		{ " \t\n", "everything" },
		{ "status:open", "status is open" },
		{ "Status:In_Progress", "status is in-progress" },
		{ "status:closed", "status is done" },
		{ "status!=done", "not status is done" },
		{ "status:!=done", "not status is done" },
		{ "status=open", "status is open" },
		{ "status:open,done", "status is open or done" },
		{ "status:open,open", "status is open" },
		{ "type:story", "type is feature" },
		{ "type:\"New Feature\"", "type is feature" },
		{ "category:doing", "category is doing" },
		{ "resolution:\"Won't fix\"", "resolution is wontfix" },
		{ "assignee:me", "assignee is dev-1" },
		{ "assignee:\"me\"", "assignee is me" },
		{ "is:mine", "assignee is dev-1" },
		{ "is:closed", "is done" },
		{ "is:archived", "is deleted" },
		{ "assignee:none", "assignee is empty" },
		{ "assignee:\"none\"", "assignee is none" },
		{ "assignee:\"\"", "assignee is empty" },
		{ "assignee:*", "not assignee is empty" },
		{ "assignee:none,kim", "assignee is empty or assignee is kim" },
		{ "release:3.6.*", "release begins with 3.6." },
		{ "label:\"a b\",c", "label is a b or c" },
		{ "label:\"a\\\"b\"", "label is a\"b" },
		{ "tag:x -label:y", "label is x and not label is y" },
		{ "label:버그", "label is 버그" },
		{ "no:note", "not has note" },
		{ "no:note,label", "not has note and not has label" },
		{ "has:commits,label", "has commits or has label" },
		{ "summary:한글", "summary has 한글" },
		{ "summary=\"한글 폭\"", "summary is 한글 폭" },
	};

	(void)state;
	expect_all(ex, N(ex), false);
}

static void
keys(void **state)
{
	static const struct example ex[] = {
		{ "NOTE-12", "key is NOTE-12" },
		{ "note-12", "key is NOTE-12" },
		{ "#12", "key is NOTE-12" },
		{ "12", "text has \"12\"" },
		{ "MNG-12", "text has \"MNG-12\"" },
		{ "key:12", "key is NOTE-12" },
		{ "key:mng-12,3", "key is MNG-12 or NOTE-3" },
		{ "key:12..20",
		    "key at least NOTE-12 and key at most NOTE-20" },
		{ "key>=NOTE-5", "key at least NOTE-5" },
		{ "parent:#7", "parent is NOTE-7" },
		{ "parent:none", "parent is empty" },
	};
	static const struct example bad[] = {
		{ "key:abc", "column 5: not a key: \"abc\"" },
		{ "key:0", "not a key" },
		{ "key:99999999999", "not a key" },
		{ "key:A-1..B-2", "must be of one prefix" },
		{ "key:none", "not a key" },
	};

	(void)state;
	expect_all(ex, N(ex), false);
	expect_errors(bad, N(bad), false);
}

static void
logic(void **state)
{
	static const struct example ex[] = {
		{ "a b", "text has \"a\" and text has \"b\"" },
		{ "a and b", "text has \"a\" and text has \"b\"" },
		{ "a or b and c",
		    "text has \"a\" or (text has \"b\" and text "
		    "has \"c\")" },
		{ "(a or b) c",
		    "(text has \"a\" or text has \"b\") and text "
		    "has \"c\"" },
		{ "not a", "not text has \"a\"" },
		{ "!a", "not text has \"a\"" },
		{ "-(a b)", "not (text has \"a\" and text has \"b\")" },
		{ "not not a", "not not text has \"a\"" },
		{ "a OR b", "text has \"a\" or text has \"b\"" },
		{ "or-gate nothing android",
		    "text has \"or-gate\" and text has \"nothing\" and text "
		    "has "
		    "\"android\"" },
		{ "\"and\"", "text has \"and\"" },
		{ "strlen() f(x)",
		    "text has \"strlen()\" and text has \"f(x)\"" },
		{ "(strlen())", "text has \"strlen()\"" },
		{ "http://x.y/z", "text has \"http://x.y/z\"" },
		{ "std::string", "text has \"std::string\"" },
		{ "12:30", "text has \"12:30\"" },
		{ "제목:값", "text has \"제목:값\"" },
		{ "error: x", "text has \"error:\" and text has \"x\"" },
		{ "\"a b\" c", "text has \"a b\" and text has \"c\"" },
	};

	(void)state;
	expect_all(ex, N(ex), false);
}

static void
times(void **state)
{
	static const struct example ex[] = {
		/* Less than 7 days ago. */
		{ "updated:<7d", "updated after 2024-05-11T02:40:00Z" },
		{ "updated<=7d", "updated since 2024-05-11T02:40:00Z" },
		{ "updated:>7d", "updated before 2024-05-11T02:40:00Z" },
		{ "updated:>=7d", "updated until 2024-05-11T02:40:00Z" },
		{ "updated:7d", "updated since 2024-05-11T02:40:00Z" },
		/* Up to the end of Friday. */
		{ "due:<=friday", "due before 2024-05-25T00:00:00Z" },
		{ "due:<friday", "due before 2024-05-24T00:00:00Z" },
		{ "due:>friday", "due since 2024-05-25T00:00:00Z" },
		{ "due:>=friday", "due since 2024-05-24T00:00:00Z" },
		{ "due:friday",
		    "due since 2024-05-24T00:00:00Z and due before "
		    "2024-05-25T00:00:00Z" },
		{ "due:7d",
		    "due since 2024-05-18T00:00:00Z and due before "
		    "2024-05-26T00:00:00Z" },
		{ "due:<7d", "due before 2024-05-25T00:00:00Z" },
		{ "due:none", "due is empty" },
		{ "due:none,today",
		    "due is empty or (due since "
		    "2024-05-18T00:00:00Z and due before "
		    "2024-05-19T00:00:00Z)" },
		/* Friday lies behind for what has happened. */
		{ "created:friday",
		    "created since 2024-05-17T00:00:00Z and "
		    "created before 2024-05-18T00:00:00Z" },
		{ "created:2024-12",
		    "created since 2024-12-01T00:00:00Z and "
		    "created before 2025-01-01T00:00:00Z" },
		{ "created:<=2023", "created before 2024-01-01T00:00:00Z" },
		{ "created:2024-01-01..2024-01-31",
		    "created since "
		    "2024-01-01T00:00:00Z and created before "
		    "2024-02-01T00:00:00Z" },
		{ "resolved:..2024-01-31",
		    "resolved before "
		    "2024-02-01T00:00:00Z" },
		{ "created:>=2024-01-01T10:00:00Z",
		    "created since "
		    "2024-01-01T10:00:00Z" },
		{ "estimate:<=4h", "estimate at most 4h" },
		{ "estimate:none", "estimate is empty" },
	};
	static const struct example bad[] = {
		{ "due:2024-13", "column 5: not a date: \"2024-13\"" },
		{ "due:..", "not a date" },
		{ "due:<", "a value is missing" },
		{ "updated:<7x", "column 10: not a date: \"7x\"" },
		{ "updated:99999999y", "not a date" },
		{ "created:none", "not a date: \"none\"" },
		{ "estimate:soon", "not a span of work" },
	};

	(void)state;
	expect_all(ex, N(ex), false);
	expect_errors(bad, N(bad), false);
}

static void
priorities_by_rank(void **state)
{
	static const struct example ex[] = {
		{ "priority:>=high", "priority is highest or high" },
		{ "priority:>medium", "priority is highest or high" },
		{ "priority:<medium", "priority is low or lowest" },
		{ "priority:<=p1",
		    "priority is high or medium or low or lowest" },
		{ "priority:critical", "priority is high" },
	};
	static const struct example bad[] = {
		{ "priority:>highest", "no priority is above \"highest\"" },
		{ "priority:<lowest", "no priority is below \"lowest\"" },
	};

	(void)state;
	expect_all(ex, N(ex), false);
	expect_errors(bad, N(bad), false);
}

static void
errors(void **state)
{
	static const struct example bad[] = {
		{ "status:opne",
		    "column 8: no status \"opne\" (did you mean "
		    "\"open\"? one of: open, in-progress, in-review, done)" },
		{ "a stauts:open",
		    "column 3: no field \"stauts\" (did you mean "
		    "\"status\"?" },
		{ "한글 foo:bar", "column 4: no field \"foo\" (one of: key, " },
		{ "is:bloked", "did you mean \"is:blocked\"?" },
		{ "deleted:yes", "write is:deleted" },
		{ "has:everything", "no \"has:everything\" (one of: commits" },
		{ "label<3", "column 7: \"label\" has no order" },
		{ "is<open", "cannot be compared" },
		{ "status:", "column 8: a value is missing" },
		{ "status: open", "column 8: a value is missing" },
		{ "label:a,,b", "column 9: a value is missing" },
		{ "status:\"\"", "\"status\" is never empty" },
		{ "(a", "column 1: this ( is not closed" },
		{ "a)", "column 2: this ) closes nothing" },
		{ "()", "column 1: nothing between" },
		{ "a or", "column 3: a term is missing behind \"or\"" },
		{ "a and )", "column 3: a term is missing behind \"and\"" },
		{ "or a", "column 1: a term is missing before \"or\"" },
		{ "a or or b", "column 6: a term is missing before \"or\"" },
		{ "-", "nothing to negate" },
		{ "a not", "column 3: nothing to negate" },
		{ "한글 \"안", "column 4: this quote is not closed" },
		{ "\"\"", "nothing between the quotes" },
	};

	(void)state;
	expect_errors(bad, N(bad), false);
}

static void
saved_filters(void **state)
{
	static const struct example ex[] = {
		{ "@mine", "assignee is dev-1" },
		{ "-@mine type:bug", "not assignee is dev-1 and type is bug" },
		{ "@내-일 x",
		    "((assignee is dev-1 and label is tui) or label "
		    "is text) and text has \"x\"" },
		{ "\"@mine\"", "text has \"@mine\"" },
		{ "@", "text has \"@\"" },
		{ "a@mine", "text has \"a@mine\"" },
		{ "(@mine)", "assignee is dev-1" },
		{ "@empty", "everything" },
		{ "@empty type:bug", "type is bug" },
	};
	static const struct example bad[] = {
		{ "x @nope",
		    "column 3: no saved filter @nope (there are: mine, "
		    "bad; put it in quotes" },
		{ "x @bad", "column 3: in @bad: column 16: no status \"red\"" },
		{ "@round",
		    "column 1: in @round: column 3: in @about: column "
		    "1: @round goes round in a circle" },
		{ "@twice", "too many terms" },
	};
	static const struct example unfinished[] = {
		{ "x @min", "text has \"x\"" },
		{ "@mine", "assignee is dev-1" },
	};

	(void)state;
	expect_all(ex, N(ex), false);
	expect_errors(bad, N(bad), false);
	expect_all(unfinished, N(unfinished), true);
}

static void
live(void **state)
{
	static const struct example ex[] = {
		{ "status:", "everything" },
		{ "status:op", "everything" },
		{ "status:open", "status is open" },
		{ "status:open,", "status is open" },
		{ "is:d", "everything" },
		{ "is:done", "is done" },
		{ "a or", "text has \"a\"" },
		{ "a and ", "text has \"a\"" },
		{ "(a", "text has \"a...\"" },
		{ "(", "everything" },
		{ "-", "everything" },
		{ "not ", "everything" },
		{ "\"two wo", "text has \"two wo...\"" },
		{ "\"", "everything" },
		{ "한", "text has \"한...\"" },
		{ "한 ", "text has \"한\"" },
		{ "due:<", "everything" },
		{ "due:<7", "everything" },
		{ "due:2024-0", "everything" },
		{ "label:ui", "label begins with ui" },
		{ "label:ui ", "label is ui" },
		{ "priority:>=h", "everything" },
		{ "key:NOTE-", "everything" },
	};
	static const struct example bad[] = {
		{ "status:x", "no status \"x\"" },
		{ "status:op a", "no status \"op\"" },
		{ "a)", "closes nothing" },
		{ "due:7x a", "not a date" },
	};

	(void)state;
	expect_all(ex, N(ex), true);
	expect_errors(bad, N(bad), true);
}

static char *
repeat(const char *s, size_t n, const char *tail)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < n; i++)
		buf_puts(&out, s);
	buf_puts(&out, tail);
	return buf_detach(&out);
}

static void
limits(void **state)
{
	static const struct {
		const char *s;
		size_t n;
		const char *tail;
		const char *msg; /* NULL: fine */
	} cases[] = {
		{ "(", 17, "a", "nested too deeply (at most 16)" },
		{ "-", 17, "a", "nested too deeply" },
		{ "not ", 17, "a", "nested too deeply" },
		{ "-", 16, "a", NULL },
		{ "(", 100000, "", "nested too deeply" },
		{ "a ", 64, "", NULL },
		{ "a ", 65, "", "too many terms" },
		{ "a or ", 63, "a", NULL },
		{ "x,", 64, "y", NULL },
		{ "\"", 100001, "", "" },
	};

	(void)state;
	for (size_t i = 0; i < N(cases); i++) {
		char *text = repeat(cases[i].s, cases[i].n, cases[i].tail);
		struct err err = ERR_INIT;
		char *got;
		enum rc rc = parse(text, false, &got, &err);

		if (cases[i].msg == NULL)
			assert_int_equal(rc, RC_OK);
		else
			assert_int_equal(rc, RC_INVALID);
		if (cases[i].msg != NULL)
			assert_non_null(strstr(err.msg, cases[i].msg));
		free(got);
		free(text);
	}
	{
		char *many = repeat("x,", 64, "y"), *text = NULL, *got;
		struct err err = ERR_INIT;

		assert_true(asprintf(&text, "label:%s", many) > 0);
		assert_int_equal(parse(text, false, &got, &err), RC_INVALID);
		assert_non_null(strstr(err.msg, "too many terms and values"));
		free(many);
		free(text);
		free(got);
	}
}

static void
nobody_is_me(void **state)
{
	struct filter_context ctx = { .workflow = &workflow, .now = NOW };
	struct err err = ERR_INIT;
	struct filter *f;

	(void)state;
	assert_int_equal(filter_parse("is:mine", &ctx, &f, &err), RC_INVALID);
	assert_non_null(strstr(err.msg, "who is \"me\"?"));
	assert_int_equal(filter_parse("#12", &ctx, &f, &err), RC_OK);
	assert_int_equal(f->op, FILTER_TEXT);
	filter_free(f);
}

/* NFD as a Korean Mac types it is the same word. */
static void
normal_form(void **state)
{
	char *got;

	(void)state;
	assert_int_equal(parse("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", false,
			     &got, NULL),
	    RC_OK);
	assert_string_equal(got, "text has \"한\"");
	free(got);
	assert_int_equal(parse("label:\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB",
			     false, &got, NULL),
	    RC_OK);
	assert_string_equal(got, "label is 한");
	free(got);
}

static void
sorts(void **state)
{
	struct err err = ERR_INIT;
	struct buf out = BUF_INIT;
	struct sort s;

	(void)state;
	assert_int_equal(sort_parse(" status, -updated", &s, &err), RC_OK);
	assert_int_equal(s.n, 2);
	assert_int_equal(s.key[1].field, SORT_UPDATED);
	assert_true(s.key[1].descending);
	sort_format(&s, &out);
	assert_string_equal(buf_str(&out), "status,-updated");
	buf_release(&out);
	assert_int_equal(sort_parse("", &s, &err), RC_OK);
	assert_int_equal(s.n, 0);
	assert_int_equal(sort_parse("stauts", &s, &err), RC_INVALID);
	assert_non_null(strstr(err.msg, "did you mean \"status\"?"));
	assert_int_equal(sort_parse("key,-key", &s, &err), RC_INVALID);
	assert_int_equal(sort_parse("key,", &s, &err), RC_INVALID);
	assert_int_equal(sort_parse(",key", &s, &err), RC_INVALID);
	assert_int_equal(sort_parse("key,type,status,due,rank", &s, &err),
	    RC_INVALID);
	assert_int_equal(s.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields),
		cmocka_unit_test(keys),
		cmocka_unit_test(logic),
		cmocka_unit_test(times),
		cmocka_unit_test(priorities_by_rank),
		cmocka_unit_test(errors),
		cmocka_unit_test(saved_filters),
		cmocka_unit_test(live),
		cmocka_unit_test(limits),
		cmocka_unit_test(nobody_is_me),
		cmocka_unit_test(normal_form),
		cmocka_unit_test(sorts),
	};

	workflow_default(&workflow);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
