#include "fixture.h"

#include "store/release.h"
#include "store/ticket.h"

static void
get(struct fixture *f, const struct ulid *u, struct ticket *t)
{
	assert_int_equal(store_ticket_by_ulid(f->st, u, TICKET_FULL, t,
			     &f->err),
	    RC_OK);
}

static void
test_makes_a_ticket(void **state)
{
	struct fixture f;
	struct ulid a;
	struct ticket t = { 0 };

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "NOTE-7", "type", "bug", "summary",
	    "한글 제목", "label", "ui", "label", "글꼴", "release", "1.2",
	    "priority", "high", "due", "2026-01-02", "estimate", "2h",
	    "description", "# 설명\n\n본문", NULL);
	get(&f, &a, &t);
	assert_string_equal(t.key.prefix, "NOTE");
	assert_int_equal(t.key.number, 7);
	assert_string_equal(t.type, "bug");
	assert_string_equal(t.status, "open");
	assert_int_equal(t.category, CATEGORY_TODO);
	assert_string_equal(t.priority, "high");
	assert_string_equal(t.summary, "한글 제목");
	assert_int_equal(t.due, 1767312000);
	assert_int_equal(t.estimate, 7200);
	assert_int_equal(t.labels.n, 2);
	assert_int_equal(t.releases.n, 1);
	assert_true(t.resolved == DATE_NONE);
	ticket_release(&t);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_keeps_the_line(void **state)
{
	struct fixture f;
	struct event ev;
	struct ulid a;
	int64_t n = 0;

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "a \"b\" \\ \t",
	    NULL);
	assert_int_equal(fixture_put(f.st, NULL, &n, NULL, EVENT_SET, &a,
			     &f.err, "summary", "b", NULL),
	    RC_OK);
	assert_int_equal(n, 2);
	assert_int_equal(store_journal_get(f.st, 2, &ev, &f.err), RC_OK);
	assert_int_equal(ev.kind, EVENT_SET);
	assert_string_equal(event_get(&ev, "summary"), "b");
	assert_non_null(ev.values[0].before);
	assert_non_null(strstr(ev.values[0].before, ".1"));
	assert_true(ev.replica == store_replica(f.st));
	assert_true(ev.time == DATE_NONE);
	event_release(&ev);
	assert_int_equal(store_journal_get(f.st, 3, &ev, &f.err), RC_NOT_FOUND);
	fixture_close(&f);
}

static void
test_drops_what_changes_nothing(void **state)
{
	struct fixture f;
	struct ulid a;
	int64_t n = 9;

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "a", "label", "x",
	    NULL);
	fixture_put(f.st, NULL, &n, NULL, EVENT_SET, &a, &f.err, "summary", "a",
	    "type", NULL, "priority", "medium", "due", NULL, NULL);
	assert_int_equal(n, 0);
	n = 9;
	fixture_put(f.st, NULL, &n, NULL, EVENT_ADD, &a, &f.err, "label", "x",
	    NULL);
	assert_int_equal(n, 0);
	n = 9;
	fixture_put(f.st, NULL, &n, NULL, EVENT_REMOVE, &a, &f.err, "label",
	    "y", NULL);
	assert_int_equal(n, 0);
	fixture_put(f.st, NULL, &n, NULL, EVENT_SET, &a, &f.err, "summary", "a",
	    "type", "bug", NULL);
	assert_int_equal(n, 2);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_refuses(void **state)
{
	struct fixture f;
	struct ulid a, gone;
	char *lengthy = mem_calloc(1, 70000);

	(void)state;
	memset(lengthy, 'x', 69999);
	fixture_open(&f);
	ulid_new(&gone, 0);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "a", NULL);
	put_fails(&f, RC_EXISTS, EVENT_TICKET, NULL, "key", "N-1", "summary",
	    "b", NULL);
	put_fails(&f, RC_INVALID, EVENT_TICKET, NULL, "key", "N-2", NULL);
	put_fails(&f, RC_INVALID, EVENT_TICKET, NULL, "summary", "b", NULL);
	put_fails(&f, RC_INVALID, EVENT_TICKET, NULL, "key", "N-2", "summary",
	    "b", "colour", "red", NULL);
	put_fails(&f, RC_INVALID, EVENT_SET, &a, "summary", NULL, NULL);
	put_fails(&f, RC_INVALID, EVENT_SET, &a, "summary", lengthy, NULL);
	put_fails(&f, RC_INVALID, EVENT_SET, &a, "description", lengthy, NULL);
	put_fails(&f, RC_INVALID, EVENT_SET, &a, "summary", "\xff\xfe", NULL);
	put_fails(&f, RC_INVALID, EVENT_SET, &a, "priority", "urgent!", NULL);
	put_fails(&f, RC_INVALID, EVENT_SET, &a, "deleted", "yes", NULL);
	put_fails(&f, RC_INVALID, EVENT_SET, &a, "due", "someday", NULL);
	put_fails(&f, RC_INVALID, EVENT_SET, &a, "estimate", "-4", NULL);
	put_fails(&f, RC_INVALID, EVENT_SET, &a, "nonsense", "1", NULL);
	put_fails(&f, RC_INVALID, EVENT_SET, &gone, "summary", "b", NULL);
	put_fails(&f, RC_NOT_FOUND, EVENT_SET, &a, "parent", "N-9", NULL);
	put_fails(&f, RC_INVALID, EVENT_SET, &a, "parent", "N-1", NULL);
	put_fails(&f, RC_INVALID, EVENT_ADD, &a, "label", "", NULL);
	put_fails(&f, RC_INVALID, EVENT_ADD, &a, "link", "abc", NULL);
	put_fails(&f, RC_INVALID, EVENT_ADD, &a, "blocks", "N-1", NULL);
	put_fails(&f, RC_INVALID, EVENT_COMMENT, NULL, "text", "x", NULL);
	put_fails(&f, RC_NOT_FOUND, EVENT_COMMENT, NULL, "text", "x", "ticket",
	    "N-5", NULL);
	put_fails(&f, RC_INVALID, EVENT_UNKNOWN, NULL, "a", "b", NULL);
	free(lengthy);
	fixture_sound(&f);
	fixture_close(&f);
}

/* A refused event leaves the transaction as it was. */
static void
test_goes_on_after_a_refusal(void **state)
{
	struct fixture f;
	struct event ev = EVENT_INIT;
	uint32_t next;

	(void)state;
	fixture_open(&f);
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	for (int i = 0; i < 3; i++) {
		ev = (struct event)EVENT_INIT;
		ev.kind = EVENT_TICKET;
		event_put(&ev, "key", i == 1 ? "N-1" : i == 0 ? "N-1" : "N-2");
		event_put(&ev, "summary", "s");
		assert_int_equal(store_append(f.st, &ev, &f.err),
		    i == 1 ? RC_EXISTS : RC_OK);
		event_release(&ev);
	}
	assert_int_equal(store_commit(f.st, &f.err), RC_OK);
	assert_int_equal(store_ticket_next(f.st, "N", &next, &f.err), RC_OK);
	assert_int_equal(next, 3);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_status_carries_its_category(void **state)
{
	struct fixture f;
	struct ulid a;
	struct ticket t = { 0 };

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "a", NULL);
	put(&f, EVENT_SET, &a, "status", "shipped", "category", "done",
	    "resolved", "1000", NULL);
	get(&f, &a, &t);
	assert_int_equal(t.category, CATEGORY_DONE);
	assert_int_equal(t.resolved, 1000);
	ticket_release(&t);
	put(&f, EVENT_SET, &a, "status", "open", NULL);
	get(&f, &a, &t);
	assert_int_equal(t.category, CATEGORY_TODO);
	assert_true(t.resolved == DATE_NONE);
	ticket_release(&t);
	put(&f, EVENT_SET, &a, "status", "done", NULL);
	get(&f, &a, &t);
	assert_int_equal(t.category, CATEGORY_DONE);
	assert_true(t.resolved > 1000000);
	ticket_release(&t);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_sets(void **state)
{
	struct fixture f;
	struct ulid a, b;
	struct ticket t = { 0 };
	struct relation_list rel = { NULL, 0, 0 };

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "a", NULL);
	make(&f, &b, EVENT_TICKET, "key", "N-2", "summary", "b", "parent",
	    "N-1", NULL);
	put(&f, EVENT_ADD, &a, "label", "x", "label", "y", "label", "x",
	    "found-in", "1.0", "blocks", "N-2", NULL);
	put(&f, EVENT_REMOVE, &a, "label", "y", NULL);
	put(&f, EVENT_ADD, &a, "label", "y", NULL);
	put(&f, EVENT_REMOVE, &a, "label", "x", NULL);
	get(&f, &a, &t);
	assert_int_equal(t.labels.n, 1);
	assert_string_equal(t.labels.v[0], "y");
	assert_string_equal(t.found_in.v[0], "1.0");
	assert_int_equal(store_relations(f.st, t.id, &rel, &f.err), RC_OK);
	assert_int_equal(rel.n, 1);
	assert_string_equal(rel.v[0].key, "N-2");
	relation_list_release(&rel);
	ticket_release(&t);
	get(&f, &b, &t);
	assert_string_equal(t.parent, "N-1");
	ticket_release(&t);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_comments(void **state)
{
	struct fixture f;
	struct ulid a, c;
	struct ticket t = { 0 };
	struct comment_list l = { NULL, 0, 0 };

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "a", NULL);
	make(&f, &c, EVENT_COMMENT, "ticket", "N-1", "text", "안녕", NULL);
	make(&f, NULL, EVENT_COMMENT, "ticket", a.s, "text", "two", "author",
	    "Kim", NULL);
	put(&f, EVENT_SET, &c, "text", "안녕하세요", NULL);
	get(&f, &a, &t);
	assert_int_equal(t.n_comments, 2);
	assert_int_equal(store_comments(f.st, t.id, &l, &f.err), RC_OK);
	assert_int_equal(l.n, 2);
	assert_string_equal(l.v[0].text, "안녕하세요");
	assert_true(l.v[0].edited != DATE_NONE);
	assert_string_equal(l.v[1].author, "Kim");
	comment_list_release(&l);
	ticket_release(&t);
	put(&f, EVENT_SET, &c, "hidden", "1", NULL);
	get(&f, &a, &t);
	assert_int_equal(t.n_comments, 1);
	ticket_release(&t);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_releases_and_builds(void **state)
{
	struct fixture f;
	struct ulid r, b;
	struct release rel = { 0 };
	struct release_list rl = { NULL, 0, 0 };
	struct build_list bl = { NULL, 0, 0 };
	const char *hex = "0123456789abcdef0123456789abcdef01234567";

	(void)state;
	fixture_open(&f);
	make(&f, &r, EVENT_RELEASE, "version", "1.0", "state", "planned", NULL);
	put_fails(&f, RC_EXISTS, EVENT_RELEASE, NULL, "version", "1.0", NULL);
	put(&f, EVENT_SET, &r, "state", "released", "commit", hex, "released",
	    "2026-03-04", "title", "봄", NULL);
	assert_int_equal(store_release_find(f.st, "1.0", &rel, &f.err), RC_OK);
	assert_int_equal(rel.state, RELEASE_RELEASED);
	assert_int_equal(rel.commit.len, 20);
	assert_string_equal(rel.title, "봄");
	release_release(&rel);
	make(&f, &b, EVENT_BUILD, "release", "1.0", "number", "57", "commit",
	    hex, "result", "passed", NULL);
	put_fails(&f, RC_EXISTS, EVENT_BUILD, NULL, "release", "1.0", "number",
	    "57", NULL);
	assert_int_equal(store_builds(f.st, "1.0", &bl, &f.err), RC_OK);
	assert_int_equal(bl.n, 1);
	assert_int_equal(bl.v[0].result, BUILD_PASSED);
	build_list_release(&bl);
	put(&f, EVENT_SET, &r, "deleted", "1", NULL);
	assert_int_equal(store_releases(f.st, &rl, &f.err), RC_OK);
	assert_int_equal(rl.n, 0);
	release_list_release(&rl);
	make(&f, NULL, EVENT_RELEASE, "version", "1.0", NULL);
	put_fails(&f, RC_EXISTS, EVENT_SET, &r, "deleted", NULL, NULL);
	put(&f, EVENT_SET, &r, "deleted", NULL, "version", "1.1", NULL);
	put_fails(&f, RC_EXISTS, EVENT_SET, &r, "version", "1.0", NULL);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_meta(void **state)
{
	struct fixture f;
	char *v = NULL;

	(void)state;
	fixture_open(&f);
	make(&f, NULL, EVENT_META, "prefix", "NOTE", NULL);
	assert_int_equal(store_meta_get(f.st, "prefix", &v, &f.err), RC_OK);
	assert_string_equal(v, "NOTE");
	free(v);
	make(&f, NULL, EVENT_META, "prefix", "MNG", NULL);
	assert_int_equal(store_meta_get(f.st, "prefix", &v, &f.err), RC_OK);
	assert_string_equal(v, "MNG");
	free(v);
	fixture_sound(&f);
	fixture_close(&f);
}

struct seen {
	int n;
	int64_t last;
};

static bool
see(const struct event *ev, void *arg)
{
	struct seen *s = arg;

	assert_true(s->last == 0 || ev->n < s->last);
	s->last = ev->n;
	return ++s->n < 100;
}

static void
test_each(void **state)
{
	struct fixture f;
	struct ulid a, b;
	struct seen s = { 0, 0 };

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "a", NULL);
	make(&f, &b, EVENT_TICKET, "key", "N-2", "summary", "b", NULL);
	make(&f, NULL, EVENT_COMMENT, "ticket", "N-1", "text", "c", NULL);
	put(&f, EVENT_SET, &b, "summary", "d", NULL);
	assert_int_equal(store_journal_each(f.st, NULL, 0, see, &s, &f.err),
	    RC_OK);
	assert_int_equal(s.n, 4);
	s = (struct seen){ 0, 0 };
	assert_int_equal(store_journal_each(f.st, &a, 0, see, &s, &f.err),
	    RC_OK);
	assert_int_equal(s.n, 2);
	s = (struct seen){ 0, 0 };
	assert_int_equal(store_journal_each(f.st, NULL, 3, see, &s, &f.err),
	    RC_OK);
	assert_int_equal(s.n, 2);
	fixture_close(&f);
}

/* Events of another tracker: later words win, adds and removals meet. */
static enum rc
put_foreign(struct fixture *f, int64_t n, uint64_t h, enum event_kind kind,
    const struct ulid *o, const char *field, const char *value,
    const char *before)
{
	struct event ev = { .replica = 0xabcdef,
		.n = n,
		.h = h,
		.kind = kind,
		.group = n,
		.time = DATE_NONE,
		.object = *o };
	enum rc rc;

	event_put(&ev, field, value);
	if (before != NULL)
		ev.values[0].before = mem_strdup(before);
	assert_int_equal(store_begin(f->st, &f->err), RC_OK);
	rc = store_append(f->st, &ev, &f->err);
	if (rc == RC_OK)
		assert_int_equal(store_commit(f->st, &f->err), RC_OK);
	else
		store_rollback(f->st);
	event_release(&ev);
	return rc;
}

static void
test_foreign(void **state)
{
	const uint64_t future = (uint64_t)4102444800000 << 16;
	struct fixture f;
	struct ulid a;
	struct ticket t = { 0 };
	struct event ev;
	int64_t n;

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "mine", NULL);
	put(&f, EVENT_ADD, &a, "label", "x", NULL);
	assert_int_equal(put_foreign(&f, 1, 5, EVENT_SET, &a, "summary", "old",
			     NULL),
	    RC_OK);
	get(&f, &a, &t);
	assert_string_equal(t.summary, "mine");
	ticket_release(&t);
	assert_int_equal(put_foreign(&f, 2, future, EVENT_SET, &a, "summary",
			     "new", NULL),
	    RC_OK);
	get(&f, &a, &t);
	assert_string_equal(t.summary, "new");
	ticket_release(&t);
	assert_int_equal(put_foreign(&f, 2, future, EVENT_SET, &a, "summary",
			     "again", NULL),
	    RC_EXISTS);
	assert_int_equal(put_foreign(&f, 9, future, EVENT_SET, &a, "summary",
			     "gap", NULL),
	    RC_INVALID);
	/* The clock follows what was seen, so a local word still wins. */
	assert_int_equal(fixture_put(f.st, NULL, &n, NULL, EVENT_SET, &a,
			     &f.err, "summary", "newest", NULL),
	    RC_OK);
	assert_int_equal(store_journal_get(f.st, n, &ev, &f.err), RC_OK);
	assert_true(ev.h > future);
	event_release(&ev);
	/* A removal that names only its own add leaves the other alive. */
	assert_int_equal(put_foreign(&f, 3, future + 1, EVENT_ADD, &a, "label",
			     "x", NULL),
	    RC_OK);
	assert_int_equal(put_foreign(&f, 4, future + 2, EVENT_REMOVE, &a,
			     "label", "x", "0000000000abcdef.3"),
	    RC_OK);
	get(&f, &a, &t);
	assert_int_equal(t.labels.n, 1);
	ticket_release(&t);
	/* A removal before the add that it names. */
	assert_int_equal(put_foreign(&f, 5, future + 3, EVENT_REMOVE, &a,
			     "label", "z", "0000000000abcdef.6"),
	    RC_OK);
	assert_int_equal(put_foreign(&f, 6, future + 4, EVENT_ADD, &a, "label",
			     "z", NULL),
	    RC_OK);
	get(&f, &a, &t);
	assert_int_equal(t.labels.n, 1);
	ticket_release(&t);
	/* Nonsense is kept and has no effect. */
	assert_int_equal(put_foreign(&f, 7, future + 5, EVENT_SET, &a,
			     "priority", "purple", NULL),
	    RC_OK);
	assert_int_equal(put_foreign(&f, 8, future + 6, EVENT_SET, &a, "aura",
			     "purple", NULL),
	    RC_OK);
	fixture_sound(&f);
	fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_makes_a_ticket),
		cmocka_unit_test(test_keeps_the_line),
		cmocka_unit_test(test_drops_what_changes_nothing),
		cmocka_unit_test(test_refuses),
		cmocka_unit_test(test_goes_on_after_a_refusal),
		cmocka_unit_test(test_status_carries_its_category),
		cmocka_unit_test(test_sets),
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_releases_and_builds),
		cmocka_unit_test(test_meta),
		cmocka_unit_test(test_each),
		cmocka_unit_test(test_foreign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
