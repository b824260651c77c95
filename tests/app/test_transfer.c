/* JSON: an export is what it was made of, and an import all or nothing. */
#include "tracker.h"

#include "model/workflow.h"

/* One of everything, with text that is hard to carry. */
static void
fill(struct tracker *t)
{
	static const struct release_change one = { .title = "봄",
		.description = "첫 번째 판\n\n* \"따옴표\"\n",
		.start = "2024-01-02",
		.target = "2024-02-03" };
	static const struct release_change old = { .released = "2023-05-06",
		.reason = "깨짐",
		.previous = "0.9" };
	static const char *const yanked[] = { "1.0" };
	struct build b;
	struct ticket_key k1, k2, k3, k4;

	OK(t, app_release_add(t->a, "0.9", NULL, &t->err));
	OK(t, app_release_add(t->a, "1.0", NULL, &t->err));
	OK(t, app_release_add(t->a, "1.10.0-rc1", &one, &t->err));
	OK(t, app_release_add(t->a, "v1", NULL, &t->err));
	OK(t, app_release_add(t->a, "1", NULL, &t->err));
	OK(t,
	    app_release_state(t->a, yanked, 1, RELEASE_YANKED, &old, &t->err));
	k1 = tr_new(t, "type=feature", "summary=한국어 제목 \"q\" \\ </b>",
	    "description=# 제목\n\n```\ncode\n```\n- 목록\t탭",
	    "note=노트 \xE2\x80\xAE reversed", "assignee=dev-1", "component=ui",
	    "label=a,나", "due=2024-12-31", "estimate=1.5h",
	    "release=1.10.0-rc1", "found-in=1.0,0.9", "priority=high", NULL);
	k2 = tr_new(t, "type=bug", "summary==1+1", "parent=NOTE-1",
	    "no-note=yes", NULL);
	k3 = tr_new(t, "type=task", "summary=셋", "rank=0|hzzzzz:", NULL);
	k4 = tr_new(t, "type=task", "summary=gone", NULL);
	OK(t,
	    tr_set(t, "NOTE-2", NULL, "status=done", "resolution=wontfix",
		"spent=2d", NULL));
	OK(t, tr_set(t, "NOTE-3", NULL, "status=done", "parent=NOTE-4", NULL));
	OK(t, tr_set(t, "NOTE-3", NULL, "resolution=", NULL));
	OK(t, app_ticket_comment(t->a, &k1, "하나\n\n둘", &t->err));
	OK(t, app_ticket_comment(t->a, &k1, "second", &t->err));
	OK(t, app_ticket_comment(t->a, &k3, "\x1B[31m", &t->err));
	OK(t, app_ticket_relate(t->a, &k1, "blocks", &k2, false, &t->err));
	OK(t, app_ticket_relate(t->a, &k3, "relates", &k1, false, &t->err));
	OK(t, app_ticket_relate(t->a, &k3, "caused-by", &k1, false, &t->err));
	OK(t, app_ticket_relate(t->a, &k2, "blocks", &k4, false, &t->err));
	OK(t, tr_set(t, "NOTE-4", NULL, "deleted=yes", NULL));
	OK(t,
	    app_build_add(t->a, "1.0",
		&(struct build_spec){ .number = "57",
		    .result = "passed",
		    .url = "https://ci/57",
		    .ci = "jenkins" },
		&b, &t->err));
	build_release(&b);
	OK(t,
	    app_build_add(t->a, "1.10.0-rc1",
		&(struct build_spec){ .number = "빌드 2" }, &b, &t->err));
	build_release(&b);
	OK(t,
	    app_build_add(t->a, "0.9", &(struct build_spec){ .number = "1" },
		&b, &t->err));
	build_release(&b);
}

/* Time passes: what is imported must not take its times from the clock. */
static void
age(struct buf *text)
{
	char *p = text->ptr;

	while ((p = strstr(p, "\"20")) != NULL) {
		if (p[5] == '-' && p[11] == 'T' && p[21] == '"')
			p[2] = '1', p[3] = '0', p[4] = '9';
		p++;
	}
}

static void
test_json_there_and_back(void **state)
{
	struct tracker *t = *state;
	struct buf first = BUF_INIT;
	int64_t events;

	tr_init(t, "one");
	fill(t);
	tr_export(t, EXPORT_JSON);
	buf_add(&first, t->out.ptr, t->out.len);
	assert_non_null(strstr(first.ptr, "\"relates\""));
	assert_non_null(strstr(first.ptr, "0|hzzzzz:"));
	assert_null(strstr(first.ptr, "NOTE-4"));
	assert_null(strchr(first.ptr, '\x1B'));
	assert_null(strstr(first.ptr, "\xE2\x80\xAE"));
	assert_int_equal(first.ptr[first.len - 1], '\n');
	age(&first);

	tr_init(t, "two");
	OK(t, tr_import(t, "json", first.ptr, first.len));
	assert_int_equal(t->result.created, 3);
	assert_int_equal(t->result.warnings.n, 0);
	assert_int_equal(t->result.ignored.n, 0);
	assert_string_equal(tr_export(t, EXPORT_JSON), first.ptr);
	tr_fsck(t);
	assert_string_equal(tr_export(t, EXPORT_JSON), first.ptr);

	events = tr_events(t);
	OK(t, tr_import(t, "json", first.ptr, first.len));
	assert_int_equal(t->result.created, 0);
	assert_int_equal(t->result.updated, 0);
	assert_int_equal(t->result.unchanged, 3);
	assert_int_equal(tr_events(t), events);
	assert_string_equal(tr_export(t, EXPORT_JSON), first.ptr);
	buf_release(&first);
}

/* Into the tracker that it came from, too, and after changes there. */
static void
test_json_same_tracker(void **state)
{
	struct tracker *t = *state;
	struct buf first = BUF_INIT;
	struct ticket_view v;
	struct ticket_key k1 = tr_key("NOTE-1");
	struct event ev;
	int64_t events, group = 0;

	tr_init(t, "one");
	fill(t);
	tr_export(t, EXPORT_JSON);
	buf_add(&first, t->out.ptr, t->out.len);
	events = tr_events(t);
	OK(t, tr_import(t, "json", first.ptr, first.len));
	assert_int_equal(tr_events(t), events);

	/* A comment that was edited comes back, one that was hidden stays. */
	OK(t, app_ticket_view(t->a, &k1, &v, &t->err));
	assert_int_equal(v.comments.n, 2);
	OK(t, store_begin(t->a->store, &t->err));
	app_event_init(t->a, &ev, EVENT_SET, &v.comments.v[0].ulid, 0, NULL);
	event_put(&ev, "text", "other");
	OK(t, app_event_append(t->a, &ev, &group, &t->err));
	app_event_init(t->a, &ev, EVENT_SET, &v.comments.v[1].ulid, 0, NULL);
	event_put(&ev, "hidden", "1");
	OK(t, app_event_append(t->a, &ev, &group, &t->err));
	OK(t, store_commit(t->a->store, &t->err));
	ticket_view_release(&v);
	OK(t, tr_set(t, "NOTE-2", NULL, "summary=other", NULL));
	OK(t, tr_import(t, "json", first.ptr, first.len));
	/* NOTE-1 by its comment alone */
	assert_int_equal(t->result.updated, 2);
	assert_string_equal(tr_field(t, "NOTE-2", TF_SUMMARY), "=1+1");
	OK(t, app_ticket_view(t->a, &k1, &v, &t->err));
	assert_int_equal(v.comments.n, 1);
	assert_string_equal(v.comments.v[0].text, "하나\n\n둘");
	ticket_view_release(&v);
	tr_fsck(t);
	buf_release(&first);
}

static void
test_json_empty(void **state)
{
	static const char empty[] = "{\n  \"tickets\": [],\n"
				    "  \"releases\": [],\n"
				    "  \"builds\": []\n}\n";
	struct tracker *t = *state;
	int64_t events;

	tr_init(t, "one");
	events = tr_events(t);
	assert_string_equal(tr_export(t, EXPORT_JSON), empty);
	OK(t, tr_import(t, "json", empty, sizeof empty - 1));
	OK(t, tr_import(t, "json", "[]", 2));
	assert_int_equal(tr_events(t), events);
}

/* What "notes list --json" prints, and a part of the tickets. */
static void
test_json_part(void **state)
{
	static const char list[] =
	    "[{\"key\":\"NOTE-7\",\"type\":\"bug\",\"status\":\"done\","
	    "\"category\":\"done\",\"priority\":\"high\",\"summary\":\"x\","
	    "\"assignee\":null,\"labels\":[\"a "
	    "b\",\"c\"],\"releases\":[\"2.0\"],"
	    "\"commits\":3,\"created\":\"2020-01-01T00:00:00Z\","
	    "\"updated\":\"2020-01-02T00:00:00Z\",\"novel\":1}]";
	static const char part[] =
	    "{\"tickets\":[{\"key\":\"NOTE-8\",\"type\":\"bug\","
	    "\"summary\":\"y\",\"parent\":\"NOTE-99\",\"relations\":["
	    "{\"name\":\"blocks\",\"key\":\"NOTE-98\"}]}]}";
	struct tracker *t = *state;
	struct ticket k;

	tr_init(t, "one");
	OK(t, tr_import(t, "json", list, sizeof list - 1));
	assert_int_equal(t->result.ignored.n, 1);
	assert_string_equal(t->result.ignored.v[0], "novel");
	tr_get(t, "NOTE-7", &k);
	assert_string_equal(k.resolution, "fixed");
	assert_int_equal(k.updated - k.created, 86400);
	assert_int_equal(k.labels.n, 2);
	assert_string_equal(k.labels.v[0], "a-b");
	assert_string_equal(k.releases.v[0], "2.0");
	ticket_release(&k);
	OK(t, tr_import(t, "json", part, sizeof part - 1));
	assert_int_equal(t->result.warnings.n, 2);
	assert_non_null(strstr(t->result.warnings.v[0], "NOTE-8"));
	assert_non_null(strstr(t->result.warnings.v[0], "NOTE-99"));
	assert_non_null(strstr(t->result.warnings.v[1], "blocks NOTE-98"));
}

/* Each is refused with words that name the place; nothing stays of it. */
static void
test_json_bad(void **state)
{
#define GOOD   "{\"key\":\"NOTE-1\",\"type\":\"bug\",\"summary\":\"x\"}"
#define TWO(s) "{\"tickets\":[" GOOD ",{\"key\":\"NOTE-2\"," s "}]}"
#define NEW    "\"type\":\"bug\",\"summary\":\"x\","
	static const struct {
		const char *text, *words;
	} bad[] = {
		{ "", "line 1" },
		{ "{", "line 1" },
		{ "[" GOOD ",]", "line 1" },
		{ "{\"tickets\":{}}", "no tickets" },
		{ "\"x\"", "" },
		{ "[1]", "ticket 1 has no key" },
		{ "[" GOOD ",{\"summary\":\"x\"}]", "ticket 2 has no key" },
		{ "[{\"key\":\"OTHER-1\"}]", "OTHER-1" },
		{ TWO("\"type\":\"bug\""), "NOTE-2: " },
		{ TWO("\"type\":\"bug\",\"summary\":\"  \""), "NOTE-2: " },
		{ TWO("\"type\":\"horse\",\"summary\":\"x\""),
		    "NOTE-2: no type" },
		{ TWO("\"type\":\"bug\",\"summary\":1"),
		    "NOTE-2: \"summary\"" },
		{ TWO("\"type\":[\"bug\"],\"summary\":\"1\""),
		    "NOTE-2: \"type\"" },
		{ TWO(NEW "\"labels\":[1]"), "NOTE-2: \"labels\"" },
		{ TWO(NEW "\"labels\":[\"a\\\"b\"]"), "NOTE-2: a label" },
		{ TWO(NEW "\"releases\":[\"1 0\"]"), "NOTE-2: \"1 0\"" },
		{ TWO(NEW "\"due\":\"someday\""), "NOTE-2: " },
		{ TWO(NEW "\"created\":\"then\""), "NOTE-2: created" },
		{ TWO(NEW "\"created\":17"), "NOTE-2: \"created\"" },
		{ TWO(NEW "\"estimate\":-1"), "NOTE-2: estimate" },
		{ TWO(NEW "\"status\":\"nowhere\""), "NOTE-2: no status" },
		{ TWO(NEW "\"comments\":{}"), "NOTE-2: \"comments\"" },
		{ TWO(NEW "\"comments\":[{\"text\":\"\"}]"), "NOTE-2: " },
		{ TWO(NEW "\"comments\":[{\"text\":\"x\",\"id\":\"7\"}]"),
		    "NOTE-2: \"7\" is no id" },
		{ TWO(NEW "\"comments\":[{\"text\":\"x\",\"commit\":\"z\"}]"),
		    "NOTE-2: \"z\"" },
		{ TWO(NEW "\"relations\":[{\"name\":\"eats\"}]"),
		    "NOTE-2: no relation" },
		{ TWO(NEW "\"relations\":[{\"name\":\"blocks\"}]"),
		    "NOTE-2: blocks" },
		{ TWO(NEW "\"relations\":[{\"name\":\"blocks\","
			  "\"key\":\"NOTE-2\"}]"),
		    "NOTE-2: " },
		{ TWO(NEW "\"parent\":\"NOTE-2\""), "NOTE-2: " },
		{ TWO(NEW "\"summary\":\"again\""), "line 1" },
		{ "[" GOOD ",{\"key\":\"note-1\",\"summary\":\"y\"}]",
		    "NOTE-1 stands in it twice" },
		{ "{\"tickets\":[" GOOD "],\"releases\":[{}]}", "version" },
		{ "{\"tickets\":[" GOOD "],\"releases\":[{\"version\":"
		  "\"1\\n2\"}]}",
		    "is no version" },
		{ "{\"tickets\":[" GOOD "],\"releases\":[{\"version\":\"1\","
		  "\"state\":\"eaten\"}]}",
		    "release 1: " },
		{ "{\"tickets\":[" GOOD "],\"releases\":[{\"version\":\"1\","
		  "\"commit\":\"xyz\"}]}",
		    "release 1: " },
		{ "{\"tickets\":[" GOOD "],\"builds\":[{\"number\":\"1\"}]}",
		    "build" },
		{ "{\"tickets\":[" GOOD "],\"builds\":[{\"number\":\"1\","
		  "\"release\":\"1\",\"result\":\"red\"}]}",
		    "build 1 of 1: " },
		{ "[" GOOD ",{\"key\":\"NOTE-2\",\"type\":\"bug\","
		  "\"summary\":\"a\\u0000b\"}]",
		    "line 1" },
		{ "[{\"key\":\"NOTE-2\",\"summary\":\"\xFF\"}]", "line 1" },
	};
	struct tracker *t = *state;
	struct release_list releases = { 0 };
	struct buf deep = BUF_INIT;
	int64_t events;
	size_t i;

	tr_init(t, "one");
	events = tr_events(t);
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		enum rc rc = tr_import(t, "json", bad[i].text,
		    strlen(bad[i].text));

		if (rc == RC_OK)
			fail_msg("%zu passed: %s", i, bad[i].text);
		if (strstr(t->err.msg, bad[i].words) == NULL ||
		    strstr(t->err.msg, "import.json: ") == NULL)
			fail_msg("%zu: %s, not %s", i, t->err.msg,
			    bad[i].words);
		assert_int_equal(tr_count(t), 0);
		assert_int_equal(tr_events(t), events);
		err_clear(&t->err);
	}
	OK(t, app_releases(t->a, &releases, &t->err));
	assert_int_equal(releases.n, 0);
	buf_fill(&deep, '[', 100000);
	FAILS(t, tr_import(t, "json", deep.ptr, deep.len), RC_INVALID, "");
	buf_release(&deep);
	OK(t, tr_import(t, "json", "[" GOOD "]", strlen("[" GOOD "]")));
	tr_fsck(t);
}

static void
test_format(void **state)
{
	static const char csv[] = "key,type,summary\nNOTE-1,bug,x\n";
	static const char json[] = " [{\"key\":\"NOTE-2\",\"type\":\"bug\","
				   "\"summary\":\"y\"}]";
	struct tracker *t = *state;
	struct import_result *r = &t->result;

	tr_init(t, "one");
	tr_write(t, "plain", csv, sizeof csv - 1);
	OK(t, app_import(t->a, tr_path(t, "plain"), NULL, r, &t->err));
	tr_write(t, "plain", json, sizeof json - 1);
	OK(t, app_import(t->a, tr_path(t, "plain"), NULL, r, &t->err));
	assert_int_equal(r->created, 1);
	FAILS(t, app_import(t->a, tr_path(t, "plain"), "xml", r, &t->err),
	    RC_USAGE, "no format xml");
	FAILS(t, app_import(t->a, tr_path(t, "plain"), "csv", r, &t->err),
	    RC_INVALID, "");
	FAILS(t, app_import(t->a, tr_path(t, "none"), NULL, r, &t->err),
	    RC_NOT_FOUND, "none");
	FAILS(t, app_import(t->a, t->root, NULL, r, &t->err), RC_INVALID, "");
	assert_int_equal(tr_count(t), 2);
}

static void
test_export_fails(void **state)
{
	struct tracker *t = *state;
	FILE *f;

	tr_init(t, "one");
	tr_new(t, "type=bug", "summary=x", NULL);
	if ((f = fopen("/dev/full", "w")) == NULL)
		skip();
	FAILS(t, app_export(t->a, EXPORT_JSON, NULL, false, f, &t->err), RC_IO,
	    "cannot write");
	fclose(f);
}

static void
test_readonly(void **state)
{
	struct tracker *t = *state;
	char *before;

	tr_init(t, "one");
	fill(t);
	before = mem_strdup(tr_export(t, EXPORT_JSON));
	tr_close(t);
	tr_sh(t, "chmod 400 one/notes.db && chmod 500 one");
	/* root may write everywhere, and browsing never writes. */
	OK(t, tr_open(t, "one", APP_READ));
	assert_string_equal(tr_export(t, EXPORT_JSON), before);
	if (geteuid() != 0) {
		OK(t, tr_open(t, "one", APP_WRITE));
		assert_true(app_is_readonly(t->a));
		FAILS(t, tr_import(t, "json", "[]", 2), RC_READONLY,
		    "can only be read");
	}
	tr_close(t);
	tr_sh(t, "chmod 700 one");
	free(before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TR_TEST(test_json_there_and_back),
		TR_TEST(test_json_same_tracker),
		TR_TEST(test_json_empty),
		TR_TEST(test_json_part),
		TR_TEST(test_json_bad),
		TR_TEST(test_format),
		TR_TEST(test_export_fails),
		TR_TEST(test_readonly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
