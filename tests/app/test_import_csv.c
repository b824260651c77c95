/* CSV as people and other trackers send it, good and bad. */
#include "tracker.h"

static enum rc
import(struct tracker *t, const char *text)
{
	return tr_import(t, "csv", text, strlen(text));
}

/* Nothing of a refused file stays. */
static void
refused(struct tracker *t, const char *text, size_t len, const char *words,
    int line)
{
	int64_t tickets = tr_count(t), events = tr_events(t);

	tr_fails(t, tr_import(t, "csv", text, len), RC_INVALID, words, line);
	assert_int_equal(tr_count(t), tickets);
	assert_int_equal(tr_events(t), events);
	assert_int_equal(t->result.created, 0);
}
#define REFUSED(t, text, words) \
	refused((t), (text), strlen(text), (words), __LINE__)

#define HEAD "key,type,summary\n"

static void
test_columns(void **state)
{
	static const char text[] =
	    "\xEF\xBB\xBF"
	    "Key, Type ,STATUS,priority,summary,assignee,reporter,labels,"
	    "description,note,release,created,updated,resolution,component,"
	    "Sprint,resolved\r\n"
	    "note-3,Story,Closed,High,\" 한국어, \"\"제목\"\" \",dev-1,rep,"
	    "\"a; b c,가\",\"# 제목\r\n\r\n끝\",노트,2.0;1.0,2020-01-02,"
	    "2020-03-04T05:06:07Z,Won't Fix,ui,12,2020-02-02\r\n"
	    "NOTE-1,bug,,,x,,,,,,,,,,,,\r\n";
	struct tracker *t = *state;
	struct release_list releases = { 0 };
	struct ticket k;
	int64_t events;

	tr_init(t, "one");
	OK(t, tr_import(t, "csv", text, sizeof text - 1));
	assert_int_equal(t->result.created, 2);
	assert_int_equal(t->result.ignored.n, 1);
	assert_string_equal(t->result.ignored.v[0], "Sprint");
	tr_get(t, "NOTE-3", &k);
	assert_string_equal(k.type, "feature");
	assert_string_equal(k.status, "done");
	assert_string_equal(k.resolution, "wontfix");
	assert_string_equal(k.priority, "high");
	assert_string_equal(k.summary, "한국어, \"제목\"");
	assert_string_equal(k.description, "# 제목\n\n끝");
	assert_string_equal(k.note, "노트");
	assert_string_equal(k.reporter, "rep");
	assert_int_equal(k.labels.n, 3);
	assert_true(strv_has(&k.labels, "b-c"));
	assert_true(strv_has(&k.labels, "가"));
	assert_int_equal(k.releases.n, 2);
	assert_int_equal(k.created, 1577923200);
	assert_int_equal(k.updated, 1583298367);
	assert_int_equal(k.resolved, 1580601600);
	ticket_release(&k);
	tr_get(t, "NOTE-1", &k);
	assert_string_equal(k.status, "open");
	assert_string_equal(k.priority, "medium");
	assert_null(k.assignee);
	ticket_release(&k);
	OK(t, app_releases(t->a, &releases, &t->err));
	assert_int_equal(releases.n, 2);
	release_list_release(&releases);

	events = tr_events(t);
	OK(t, tr_import(t, "csv", text, sizeof text - 1));
	assert_int_equal(t->result.unchanged, 2);
	assert_int_equal(tr_events(t), events);
	tr_fsck(t);
}

/* The columns of another tracker's export, some of them repeated. */
static void
test_export_of_another(void **state)
{
	static const char text[] =
	    "Summary,Issue key,Issue id,Issue Type,Status,Priority,Resolution,"
	    "Assignee,Reporter,Created,Updated,Resolved,Due date,Fix Version/s,"
	    "Fix Version/s,Component/s,Component/s,Labels,Labels,Labels,"
	    "Description,Sprint,Sprint\n"
	    "x,NOTE-3,10001,Story,Closed,Major,Fixed,ann,bob,"
	    "10/Mar/24 3:04 PM,11/mar/2024 12:30 AM,12/Mar/24 15:04,"
	    "15/Mar/24 12:00 AM,1.0,1.1,ui,core,a,,b,text,1,2\n"
	    "y,NOTE-4,10002,Bug,To Do,Minor,Unresolved,,bob,"
	    "2024-03-10 15:04,10-Mar-24,,,,,,,,,c,,,\n";
	struct tracker *t = *state;
	struct ticket k;

	tr_init(t, "one");
	OK(t, tr_import(t, "csv", text, sizeof text - 1));
	assert_int_equal(t->result.created, 2);
	assert_int_equal(t->result.ignored.n, 3);
	tr_get(t, "NOTE-3", &k);
	assert_string_equal(k.type, "feature");
	assert_string_equal(k.priority, "medium");
	assert_string_equal(k.resolution, "fixed");
	assert_string_equal(k.component, "ui");
	assert_int_equal(k.created, 1710083040);
	assert_int_equal(k.updated, 1710117000);
	assert_int_equal(k.resolved, 1710255840);
	assert_int_equal(k.due, 1710460800);
	assert_int_equal(k.releases.n, 2);
	assert_true(strv_has(&k.releases, "1.1"));
	assert_int_equal(k.labels.n, 2);
	assert_true(strv_has(&k.labels, "b"));
	ticket_release(&k);
	tr_get(t, "NOTE-4", &k);
	assert_null(k.resolution);
	assert_int_equal(k.created, 1710083040);
	assert_int_equal(k.updated, 1710028800);
	assert_int_equal(k.labels.n, 1);
	ticket_release(&k);
	REFUSED(t, HEAD "NOTE-1,bug,x\nNOTE-2,bug,y,more\n", "line 3");
	REFUSED(t,
	    "Issue key,Issue Type,Summary,Due date\n"
	    "NOTE-7,Bug,x,\nNOTE-8,Bug,x,31/Feb/24\n",
	    "line 3: not a date: \"31/Feb/24\"");
	REFUSED(t,
	    "Issue key,Issue Type,Summary,Created\n"
	    "NOTE-7,Bug,x,10/Mar/24 13:04 PM\n",
	    "line 2: not a date");
	tr_fsck(t);
}

/* The next ticket gets a number behind those that came in. */
static void
test_next_number(void **state)
{
	struct tracker *t = *state;
	struct ticket_key key;

	tr_init(t, "one");
	OK(t, import(t, HEAD "NOTE-41,bug,x\n"));
	key = tr_new(t, "type=bug", "summary=y", NULL);
	assert_int_equal(key.number, 42);
}

static void
test_update(void **state)
{
	struct tracker *t = *state;
	struct strv said = STRV_INIT;

	tr_init(t, "one");
	OK(t, import(t, HEAD "NOTE-1,bug,x\nNOTE-2,bug,y\n"));
	OK(t, tr_set(t, "NOTE-1", NULL, "assignee=dev-1", "+keep", NULL));
	OK(t,
	    import(t,
		"key,type,summary,status,assignee,labels\n"
		"NOTE-1,bug,x2,done,,\nNOTE-2,bug,y,,,\nNOTE-3,bug,z,,,\n"));
	assert_int_equal(t->result.created, 1);
	assert_int_equal(t->result.updated, 1);
	assert_int_equal(t->result.unchanged, 1);
	assert_string_equal(tr_field(t, "NOTE-1", TF_SUMMARY), "x2");
	assert_string_equal(tr_field(t, "NOTE-1", TF_RESOLUTION), "fixed");
	/* An empty cell says nothing. */
	assert_string_equal(tr_field(t, "NOTE-1", TF_ASSIGNEE), "dev-1");
	assert_string_equal(tr_field(t, "NOTE-1", TF_LABEL), "keep");
	/* One undo takes the whole import back. */
	OK(t, app_undo(t->a, 1, &said, &t->err));
	assert_string_equal(tr_field(t, "NOTE-1", TF_SUMMARY), "x");
	assert_string_equal(tr_field(t, "NOTE-1", TF_STATUS), "open");
	assert_int_equal(tr_count(t), 2);
	strv_release(&said);
	tr_fsck(t);
}

static void
test_twice_in_a_file(void **state)
{
	struct tracker *t = *state;
	int64_t events;

	tr_init(t, "one");
	REFUSED(t, HEAD "NOTE-1,bug,x\nNOTE-2,bug,y\nnote-1,bug,z\n",
	    "line 4: NOTE-1 stands in it twice");
	OK(t, import(t, HEAD "NOTE-1,bug,x\nNOTE-1,bug,x\n"));
	assert_int_equal(t->result.created, 1);
	assert_int_equal(t->result.unchanged, 1);
	events = tr_events(t);
	OK(t, import(t, HEAD "NOTE-1,bug,x\nNOTE-1,bug,x\n"));
	assert_int_equal(tr_events(t), events);
	REFUSED(t, HEAD "NOTE-1,bug,x\nNOTE-1,bug,y\n", "line 3: NOTE-1");
	assert_string_equal(tr_field(t, "NOTE-1", TF_SUMMARY), "x");
}

static void
test_bad_files(void **state)
{
	struct tracker *t = *state;
	struct buf wide = BUF_INIT;
	size_t i;

	tr_init(t, "one");
	REFUSED(t, "", "empty");
	REFUSED(t, "\n\r\n", "empty");
	REFUSED(t, "key,summary\n", "key, type and summary");
	REFUSED(t, "1,2,3\n", "key, type and summary");
	REFUSED(t, "key,type,summary,key\nNOTE-1,bug,x,NOTE-2\n",
	    "\"key\" twice");
	REFUSED(t, "key,type,summary,title\n", "\"title\" twice");
	REFUSED(t, HEAD "NOTE-1,bug,x\nNOTE-2,bug,x,more\n",
	    "line 3: 4 fields");
	REFUSED(t, HEAD "NOTE-1,bug,x\nNOTE-2,bug\n", "line 3: ");
	REFUSED(t, HEAD "NOTE-1,bug,x\nNOTE-2,horse,y\n", "line 3: no type");
	REFUSED(t, HEAD "NOTE-1,bug,x\nNOTE-2,bug,\" \"\n", "line 3: ");
	REFUSED(t, HEAD "NOTE-1,bug,\"x\n\ny\"\nNOTE-2,bug,\n", "line 5: ");
	REFUSED(t, HEAD "NOTE-1,bug,x\n,bug,y\n", "line 3: ");
	REFUSED(t, HEAD "12,bug,x\n", "line 2: \"12\" is no key");
	REFUSED(t, HEAD "NOTE-0,bug,x\n", "line 2: \"NOTE-0\" is no key");
	REFUSED(t, HEAD "NOTE-9999999999,bug,x\n", "is no key");
	REFUSED(t, HEAD "NOTE-1,bug,x\nOTHER-1,bug,x\n",
	    "line 3: the prefix OTHER");
	REFUSED(t, HEAD "NOTE-1,bug,a \"b\"\n", "line 2, column 14: a quote");
	REFUSED(t, HEAD "NOTE-1,bug,\"x\n", "not closed");
	REFUSED(t, HEAD "NOTE-1,bug,\xFF\n", "line 2, column 12: not UTF-8");
	refused(t, HEAD "NOTE-1,bug,a\0b\n", sizeof HEAD + 14, "NUL", __LINE__);
	REFUSED(t, "key,type,summary,created\nNOTE-1,bug,x,then\n", "line 2: ");
	REFUSED(t, "key,type,summary,labels\nNOTE-1,bug,x,\"a\"\"b\"\n",
	    "line 2: ");
	REFUSED(t, "key,type,summary,release\nNOTE-1,bug,x,1 0\n",
	    "line 2: \"1 0\" is no version");
	REFUSED(t, "key,type,summary,release\nNOTE-1,bug,x,1\x1B[2J\n",
	    "is no version");
	buf_puts(&wide, "key,type,summary");
	for (i = 0; i < 1022; i++)
		buf_printf(&wide, ",c%zu", i);
	buf_puts(&wide, "\n");
	REFUSED(t, wide.ptr, "1025 columns are too many");
	buf_release(&wide);
	tr_fsck(t);
}

/* Names of columns that nobody knows are told, and fit for a terminal. */
static void
test_unknown_columns(void **state)
{
	struct tracker *t = *state;
	struct buf wide = BUF_INIT;
	size_t i;

	tr_init(t, "one");
	buf_puts(&wide, "key,type,summary");
	for (i = 0; i < 60; i++)
		buf_printf(&wide, ",열%zu", i);
	buf_puts(&wide, ",\x1B[31m\nNOTE-1,bug,x\n");
	OK(t, import(t, wide.ptr));
	buf_truncate(&wide, wide.len - 1);
	buf_fill(&wide, ',', 61);
	OK(t, import(t, wide.ptr));
	assert_int_equal(t->result.ignored.n, 61);
	assert_string_equal(t->result.ignored.v[59], "열59");
	assert_string_equal(t->result.ignored.v[60], "^[[31m");
	buf_release(&wide);
}

static void
test_sizes(void **state)
{
	struct tracker *t = *state;
	struct buf text = BUF_INIT;

	tr_init(t, "one");
	buf_puts(&text, HEAD "NOTE-1,bug,");
	buf_fill(&text, 'x', 1024);
	OK(t, import(t, text.ptr));
	buf_fill(&text, 'x', 1);
	REFUSED(t, text.ptr, "line 2: summary is too long: 1025 bytes");
	buf_fill(&text, 'x', 9 * 1024);
	REFUSED(t, text.ptr, "line 2: summary is too long: 10241 bytes");
	buf_clear(&text);
	buf_puts(&text, "key,type,summary,description\nNOTE-2,bug,x,\"");
	buf_fill(&text, '\n', 1);
	while (text.len < 65000)
		buf_puts(&text, "한");
	buf_putc(&text, '"');
	OK(t, import(t, text.ptr));
	buf_truncate(&text, text.len - 1);
	buf_fill(&text, 'y', 2000);
	buf_putc(&text, '"');
	REFUSED(t, text.ptr, "line 2: description is too long");
	buf_release(&text);
}

/* What a spreadsheet would run comes back as it went. */
static void
test_formulas(void **state)
{
	static const char *const titles[] = { "=cmd|' /C calc'!A0", "+1", "-1",
		"@x", "'=1", "''=1", "'tis", "a=1", "=한" };
	struct tracker *t = *state;
	char *csv, *json, *set;
	size_t i;

	tr_init(t, "one");
	for (i = 0; i < sizeof titles / sizeof titles[0]; i++) {
		set = mem_printf("summary=%s", titles[i]);
		tr_new(t, "type=bug", set, NULL);
		free(set);
	}
	csv = mem_strdup(tr_export(t, EXPORT_CSV));
	assert_null(strstr(csv, ",=cmd"));
	assert_non_null(strstr(csv, ",\"'=cmd|' /C calc'!A0\""));
	json = mem_strdup(tr_export(t, EXPORT_JSON));
	tr_init(t, "two");
	OK(t, import(t, csv));
	assert_string_equal(tr_export(t, EXPORT_JSON), json);
	assert_string_equal(tr_export(t, EXPORT_CSV), csv);
	free(csv);
	free(json);
}

static void
test_csv_there_and_back(void **state)
{
	struct tracker *t = *state;
	char *csv;

	tr_init(t, "one");
	OK(t, app_release_add(t->a, "1.0", NULL, &t->err));
	tr_new(t, "type=feature", "summary=한국어, \"제목\"", "+a", "+b",
	    "description=하나\n\n\"둘\",\n=셋\n", "note=a\n\nb", "release=1.0",
	    "assignee=개발자", NULL);
	OK(t,
	    tr_set(t, "NOTE-1", NULL, "status=done", "resolution=duplicate",
		NULL));
	csv = mem_strdup(tr_export(t, EXPORT_CSV));
	tr_init(t, "two");
	OK(t, import(t, csv));
	assert_string_equal(tr_export(t, EXPORT_CSV), csv);
	free(csv);
}

static bool
stop_at_once(void *arg)
{
	(void)arg;
	return true;
}

static void
test_stopped(void **state)
{
	struct tracker *t = *state;
	struct buf text = BUF_INIT;
	size_t i;

	tr_init(t, "one");
	buf_puts(&text, HEAD);
	for (i = 1; i <= 3000; i++)
		buf_printf(&text, "NOTE-%zu,bug,제목 %zu\n", i, i);
	app_on_stop(t->a, stop_at_once, NULL);
	FAILS(t, import(t, text.ptr), RC_STOPPED, "");
	app_on_stop(t->a, NULL, NULL);
	assert_int_equal(tr_count(t), 0);
	OK(t, import(t, text.ptr));
	assert_int_equal(tr_count(t), 3000);
	tr_fsck(t);
	buf_release(&text);
}

/* Tickets that were deleted keep their numbers. */
static void
test_deleted(void **state)
{
	struct tracker *t = *state;

	tr_init(t, "one");
	OK(t, import(t, HEAD "NOTE-1,bug,x\n"));
	OK(t, tr_set(t, "NOTE-1", NULL, "deleted=yes", NULL));
	OK(t, import(t, HEAD "NOTE-1,bug,x\nNOTE-2,bug,y\n"));
	assert_int_equal(t->result.created, 1);
	assert_int_equal(t->result.unchanged, 1);
	assert_int_equal(tr_count(t), 1);
}

/* A real list of 3,229 tickets, where it is at hand. */
static void
test_corpus(void **state)
{
	const char *dir = getenv("NOTES_CORPUS_DIR");
	struct tracker *t = *state;
	struct app_options o = { .dir = t->root, .mode = APP_WRITE };
	struct app_init init = { .prefix = "MNG" };
	struct app_init_result r;
	char *path, *db;
	int64_t events;

	path = mem_printf("%s/maven-published/tickets.csv",
	    dir == NULL ? "../shared/corpora" : dir);
	if (!fs_exists(path)) {
		free(path);
		skip();
	}
	db = mem_printf("%s/mng/notes.db", t->root);
	o.db = db;
	OK(t, app_init(&o, &init, &t->a, &r, &t->err));
	app_init_result_release(&r);
	OK(t, app_import(t->a, path, NULL, &t->result, &t->err));
	assert_int_equal(t->result.created, tr_count(t));
	assert_true(t->result.created > 3000);
	events = tr_events(t);
	import_result_release(&t->result);
	OK(t, app_import(t->a, path, NULL, &t->result, &t->err));
	assert_int_equal(t->result.created, 0);
	assert_int_equal(t->result.updated, 0);
	assert_int_equal(tr_events(t), events);
	tr_fsck(t);
	free(db);
	free(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TR_TEST(test_columns),
		TR_TEST(test_next_number),
		TR_TEST(test_update),
		TR_TEST(test_twice_in_a_file),
		TR_TEST(test_export_of_another),
		TR_TEST(test_bad_files),
		TR_TEST(test_unknown_columns),
		TR_TEST(test_sizes),
		TR_TEST(test_formulas),
		TR_TEST(test_csv_there_and_back),
		TR_TEST(test_stopped),
		TR_TEST(test_deleted),
		TR_TEST(test_corpus),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
