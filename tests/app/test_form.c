/* A ticket as text for an editor, and back. */
#include "tracker.h"

static void
form(struct tracker *t, const char *key)
{
	struct ticket_key k;

	buf_clear(&t->out);
	if (key != NULL)
		k = tr_key(key);
	OK(t, app_ticket_form(t->a, key == NULL ? NULL : &k, &t->out, &t->err));
}

static enum rc
parse(struct tracker *t, const char *key, const char *text,
    struct change_list *out)
{
	struct ticket_key k;

	*out = (struct change_list){ 0 };
	if (key != NULL)
		k = tr_key(key);
	return app_ticket_form_parse(t->a, key == NULL ? NULL : &k, text,
	    strlen(text), out, &t->err);
}

/* The changes as "field=value|field=value"; "" for none. */
static void
expect(struct tracker *t, const char *key, const char *text, const char *want)
{
	struct change_list l;
	struct buf got = BUF_INIT;
	size_t i;

	OK(t, parse(t, key, text, &l));
	for (i = 0; i < l.n; i++)
		buf_printf(&got, "%s%s=%s", i > 0 ? "|" : "",
		    ticket_fields[l.v[i].field].name,
		    l.v[i].value == NULL ? "" : l.v[i].value);
	assert_string_equal(buf_str(&got), want);
	buf_release(&got);
	change_list_release(&l);
}

/* Writes the form, parses it, applies it: nothing is to change. */
static void
unchanged(struct tracker *t, const char *key)
{
	char *text, *crlf;
	struct buf b = BUF_INIT;
	const char *p;

	form(t, key);
	text = mem_strdup(buf_str(&t->out));
	expect(t, key, text, "");
	for (p = text; *p != '\0'; p++) {
		if (*p == '\n')
			buf_putc(&b, '\r');
		buf_putc(&b, *p);
	}
	crlf = buf_detach(&b);
	expect(t, key, crlf, "");
	free(text);
	free(crlf);
}

static void
replace(char **text, const char *from, const char *to)
{
	char *at = strstr(*text, from), *whole;

	if (at == NULL)
		fail_msg("no \"%s\" in:\n%s", from, *text);
	*at = '\0';
	whole = mem_printf("%s%s%s", *text, to, at + strlen(from));
	free(*text);
	*text = whole;
}

static char *
edited(struct tracker *t, const char *key, const char *from, const char *to)
{
	char *text;

	form(t, key);
	text = mem_strdup(buf_str(&t->out));
	replace(&text, from, to);
	return text;
}

static void
test_unchanged(void **state)
{
	struct tracker *t = *state;
	char *text;

	tr_init(t, "one");
	OK(t, app_release_add(t->a, "1.0", NULL, &t->err));
	tr_new(t, "type=bug", "summary=x", NULL);
	tr_new(t, "type=feature", "summary=한국어: 제목 # 하나",
	    "assignee=개발자", "+가", "+b", "release=1.0", "found-in=1.0",
	    "parent=NOTE-1", "due=2024-02-29", "estimate=1w 2d 30m",
	    "component=화면", "description=# 제목\n\n본문: a\n\n## 둘\n# 셋",
	    "note=노트\n\n# 끝", "no-note=yes", NULL);
	OK(t, tr_set(t, "NOTE-2", NULL, "status=done", NULL));
	unchanged(t, "NOTE-1");
	unchanged(t, "NOTE-2");
	text = edited(t, "NOTE-2", "본문: a", "본문: b");
	expect(t, "NOTE-2", text,
	    "description=# 제목\n\n본문: b\n\n## 둘\n# 셋");
	free(text);
	text = edited(t, "NOTE-2", "release: 1.0", "release:");
	expect(t, "NOTE-2", text, "release=");
	free(text);
}

static const char *const hard[] = {
	"# a heading\n\n# another",
	"--- release note ---",
	"a\n--- release note ---\nb",
	"a\n---- release note ----\n--- release note ---\nb",
	"----------- release note -----------\n",
	"--- release note ---  \r\nx",
	"---\ntype: bug\nsummary: y\n---",
	"    indented\n\n\tcode",
	"# NOTE-1: fields, an empty line",
	"type: feature",
	"끝에 빈 줄\n\n\n다음",
	"한 줄",
	"--- release note ----",
};

#define HARD (sizeof hard / sizeof hard[0])

/* Bodies that look like parts of the form stay what they are. */
static void
test_hard_bodies(void **state)
{
	struct tracker *t = *state;
	char *description, *note, *key, *text;
	size_t i, k, n = 0;

	tr_init(t, "one");
	for (i = 0; i < HARD; i++)
		for (k = 0; k <= HARD; k++) {
			description = mem_printf("description=%s", hard[i]);
			note = mem_printf("note=%s", k < HARD ? hard[k] : "");
			tr_new(t, "type=task", "summary=x", description, note,
			    NULL);
			key = mem_printf("NOTE-%zu", ++n);
			unchanged(t, key);
			text = edited(t, key, "summary: x", "summary: 한글");
			expect(t, key, text, "summary=한글");
			free(text);
			free(key);
			free(description);
			free(note);
		}
}

static void
test_new(void **state)
{
	struct tracker *t = *state;
	struct change_list l;
	struct ticket_key key;
	char *text;

	tr_init(t, "one");
	form(t, NULL);
	/* What was not touched makes no ticket. */
	OK(t, parse(t, NULL, buf_str(&t->out), &l));
	FAILS(t, app_ticket_new(t->a, &l, &key, &t->err), RC_INVALID,
	    "summary");
	change_list_release(&l);
	text = edited(t, NULL, "summary:", "summary: 새 일: 하나");
	replace(&text, "type: task", "type: feature");
	replace(&text, "\n\n\n\n", "\n\n# 제목\n\n본문\n\n");
	OK(t, parse(t, NULL, text, &l));
	OK(t, app_ticket_new(t->a, &l, &key, &t->err));
	change_list_release(&l);
	assert_string_equal(tr_field(t, "NOTE-1", TF_SUMMARY), "새 일: 하나");
	assert_string_equal(tr_field(t, "NOTE-1", TF_TYPE), "feature");
	assert_string_equal(tr_field(t, "NOTE-1", TF_DESCRIPTION),
	    "# 제목\n\n본문");
	assert_string_equal(tr_field(t, "NOTE-1", TF_NOTE), "");
	unchanged(t, "NOTE-1");
	free(text);
}

static void
test_bad(void **state)
{
	static const struct {
		const char *text, *words;
	} bad[] = {
		{ "type: bug\ncolour: red\n", "line 2: no field \"colour\"" },
		{ "# x\n\ntype: bug\n", "" },
		{ "type: bug\nno colon here\n", "line 2: \"no colon here\"" },
		{ "# a\n# b\n색: 빨강\n", "line 3: no field \"색\"" },
		{ "sum\x1B[31mmary: x\n",
		    "line 1: no field \"sum^[[31mmary\"" },
		{ ": x\n", "line 1: no field \"\"" },
		{ "description: x\n", "line 1: " },
		{ "type: bug\nsummary: \xFF\n", "UTF-8" },
		{ "type: bug\ntype: task\n", "line 2: \"type\" stands twice" },
	};
	struct tracker *t = *state;
	struct change_list l = { 0 };
	size_t i;

	tr_init(t, "one");
	tr_new(t, "type=task", "summary=x", NULL);
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (bad[i].words[0] == '\0')
			continue;
		FAILS(t, parse(t, "NOTE-1", bad[i].text, &l), RC_INVALID,
		    bad[i].words);
		change_list_release(&l);
	}
	FAILS(t, app_ticket_form_parse(t->a, NULL, "a\0b", 3, &l, &t->err),
	    RC_INVALID, "UTF-8");
	FAILS(t, parse(t, "NOTE-9", "type: bug\n", &l), RC_NOT_FOUND, "NOTE-9");
	change_list_release(&l);
}

/* Blank lines before the first field do not end the fields; a form that was
 * emptied asks for nothing. */
static void
test_odd(void **state)
{
	struct tracker *t = *state;

	tr_init(t, "one");
	tr_new(t, "type=task", "summary=x", "description=d", "note=n", NULL);
	expect(t, "NOTE-1", "", "");
	expect(t, "NOTE-1", "\n\n", "");
	expect(t, "NOTE-1", "# only\n# comments\n", "");
	expect(t, "NOTE-1", "\n\nsummary: y\n", "summary=y");
	expect(t, "NOTE-1", "# c\n\n\nSummary:   y  \n", "summary=y");
	expect(t, "NOTE-1", "\xEF\xBB\xBFsummary: y\n", "summary=y");
	/* Without a divider the note stays. */
	expect(t, "NOTE-1", "type: task\n\nother", "description=other");
	expect(t, "NOTE-1", "type: task\n\n--- release note ---\nn2\n",
	    "description=|note=n2");
	expect(t, "NOTE-1", "type: task\n\nd\n\n--- release note ---", "note=");
}

/* Applies the form of was as edited to now, while others made it meanwhile. */
static void
since(struct tracker *t, const char *was, const char *now, const char *told)
{
	struct change_list old = { 0 }, changes = { 0 };
	struct strv replaced = STRV_INIT;
	struct ticket_key k = tr_key("NOTE-1");
	size_t changed;

	OK(t, app_ticket_form_values(t->a, was, strlen(was), &old, &t->err));
	OK(t,
	    app_ticket_form_diff(t->a, &k, was, strlen(was), now, strlen(now),
		&changes, &t->err));
	OK(t,
	    app_ticket_change_since(t->a, &k, &old, &changes, &changed,
		&replaced, &t->err));
	assert_int_equal(replaced.n, *told == '\0' ? 0 : 1);
	if (replaced.n > 0)
		assert_string_equal(replaced.v[0], told);
	change_list_release(&old);
	change_list_release(&changes);
	strv_release(&replaced);
}

static void
test_since(void **state)
{
	struct tracker *t = *state;

	tr_init(t, "one");
	tr_new(t, "type=task", "summary=theirs", "assignee=bob", "label=a,b",
	    "description=one\ntwo", NULL);
	/* They changed it, we did not; both did the same. */
	since(t, "summary: mine\nassignee: ann\n",
	    "summary: mine\nassignee: bob\n", "");
	/* Both changed it. */
	since(t, "summary: old\n", "summary: mine\n",
	    "ann's summary \"theirs\"");
	since(t, "summary: old\n\nx\n", "summary: old\n\ny\n",
	    "ann's description \"one...\"");
	since(t, "summary: old\n\ny\n", "summary: old\n\nz\n", "");
	/* Lists are joined. */
	since(t, "label: a,c\n", "label: a,d\n", "");
	form(t, "NOTE-1");
	assert_non_null(strstr(buf_str(&t->out), "label: a,b,d\n"));
	/* It was emptied. */
	since(t, "assignee: bob\n", "assignee:\n", "");
	since(t, "assignee: bob\n", "assignee: eve\n", "ann's empty assignee");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TR_TEST(test_unchanged),
		TR_TEST(test_hard_bodies),
		TR_TEST(test_new),
		TR_TEST(test_bad),
		TR_TEST(test_odd),
		TR_TEST(test_since),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
