/* The verbs on tickets: changes, comments, relations, history, undo. */
#include "tracker.h"

static void
test_keys(void **state)
{
	static const struct {
		const char *typed;
		enum rc rc;
		const char *words;
	} t_keys[] = {
		{ "NOTE-1", RC_OK, "" },
		{ "note-1", RC_OK, "" },
		{ "1", RC_OK, "" },
		{ "#1", RC_OK, "" },
		{ "NOET-1", RC_NOT_FOUND, "did you mean NOTE-1?" },
		{ "NOTE-7", RC_NOT_FOUND, "no ticket NOTE-7" },
		{ "7", RC_NOT_FOUND, "no ticket NOTE-7" },
		{ "", RC_INVALID, "is no key" },
		{ "#", RC_INVALID, "is no key" },
		{ "0", RC_INVALID, "is no key" },
		{ "NOTE-1 ", RC_INVALID, "is no key" },
		{ "99999999999999999999", RC_INVALID, "is no key" },
		{ "표-1", RC_INVALID, "is no key" },
	};
	struct tracker *t = *state;
	struct ticket_key key;
	size_t i;

	tr_init(t, "one");
	tr_new(t, "type=bug", "summary=x", NULL);
	for (i = 0; i < sizeof t_keys / sizeof t_keys[0]; i++) {
		tr_fails(t, app_key(t->a, t_keys[i].typed, &key, &t->err),
		    t_keys[i].rc, t_keys[i].words, __LINE__);
		if (t_keys[i].rc == RC_OK)
			assert_int_equal(key.number, 1);
	}
}

static void
test_new(void **state)
{
	struct tracker *t = *state;
	struct change_list l = { 0 };
	struct ticket_key key;
	struct ticket k;
	int64_t events;

	tr_init(t, "one");
	key = tr_new(t, "summary=  한국어\n제목 ", "assignee=me", NULL);
	assert_int_equal(key.number, 1);
	tr_get(t, "NOTE-1", &k);
	assert_string_equal(k.summary, "한국어 제목");
	assert_string_equal(k.type, "task");
	assert_string_equal(k.status, "open");
	assert_string_equal(k.priority, "medium");
	assert_string_equal(k.reporter, "ann");
	assert_string_equal(k.assignee, "ann");
	assert_null(k.resolution);
	ticket_release(&k);
	events = tr_events(t);
	FAILS(t, app_ticket_new(t->a, &l, &key, &t->err), RC_INVALID,
	    "summary");
	change_list_release(&l);
	change_push(&l, CHANGE_SET, TF_SUMMARY, "x");
	change_push(&l, CHANGE_SET, TF_RELEASE, "9.9");
	FAILS(t, app_ticket_new(t->a, &l, &key, &t->err), RC_NOT_FOUND,
	    "notes release add 9.9");
	change_list_release(&l);
	change_push(&l, CHANGE_SET, TF_SUMMARY, "x");
	change_push(&l, CHANGE_SET, TF_PARENT, "NOTE-9");
	FAILS(t, app_ticket_new(t->a, &l, &key, &t->err), RC_NOT_FOUND,
	    "NOTE-9");
	change_list_release(&l);
	change_push(&l, CHANGE_SET, TF_SUMMARY, "x");
	change_push(&l, CHANGE_ADD, TF_LABEL, "two words");
	FAILS(t, app_ticket_new(t->a, &l, &key, &t->err), RC_INVALID,
	    "needs-info");
	change_list_release(&l);
	assert_int_equal(tr_events(t), events);
	assert_int_equal(tr_count(t), 1);
}

static void
test_changes(void **state)
{
	struct tracker *t = *state;
	struct ticket_key keys[3];
	struct change_list l = { 0 };
	int64_t events;
	size_t n;

	tr_init(t, "one");
	keys[0] = tr_new(t, "summary=1", "+a", "estimate=2h", NULL);
	keys[1] = tr_new(t, "summary=2", "+b", NULL);
	keys[2] = tr_key("NOTE-9");
	events = tr_events(t);
	OK(t,
	    tr_set(t, "NOTE-1", &n, "summary=1", "+a", "-c",
		"priority=", NULL) == RC_INVALID
		? RC_OK
		: RC_FAIL);
	OK(t, tr_set(t, "NOTE-1", &n, "summary=1", "+a", "-c", NULL));
	assert_int_equal(n, 0);
	assert_int_equal(tr_events(t), events);

	OK(t,
	    tr_set(t, "NOTE-1", &n, "label=b,가,b", "estimate+=30m",
		"spent-=4h", NULL));
	assert_int_equal(n, 1);
	assert_string_equal(tr_field(t, "NOTE-1", TF_LABEL), "b,가");
	assert_string_equal(tr_field(t, "NOTE-1", TF_ESTIMATE), "2h 30m");
	assert_string_equal(tr_field(t, "NOTE-1", TF_SPENT), "");

	/* All or none of several tickets. */
	change_push(&l, CHANGE_SET, TF_SUMMARY, "other");
	events = tr_events(t);
	FAILS(t, app_ticket_change(t->a, keys, 3, &l, &n, &t->err),
	    RC_NOT_FOUND, "NOTE-9");
	assert_int_equal(n, 0);
	assert_int_equal(tr_events(t), events);
	assert_string_equal(tr_field(t, "NOTE-1", TF_SUMMARY), "1");
	OK(t, app_ticket_change(t->a, keys, 2, &l, &n, &t->err));
	assert_int_equal(n, 2);
	change_list_release(&l);

	FAILS(t, tr_set(t, "NOTE-1", &n, "summary=", NULL), RC_INVALID,
	    "summary must not be empty");
	FAILS(t, tr_set(t, "NOTE-1", &n, "type=horse", NULL), RC_INVALID,
	    "no type");
	FAILS(t, tr_set(t, "NOTE-1", &n, "release=1.0", NULL), RC_NOT_FOUND,
	    "no release 1.0");
	/* What is to go away need not be there. */
	OK(t, tr_set(t, "NOTE-1", &n, "release-=1.0", NULL));
	assert_int_equal(n, 0);
	tr_fsck(t);
}

static void
test_parents(void **state)
{
	struct tracker *t = *state;
	size_t n;

	tr_init(t, "one");
	tr_new(t, "summary=1", NULL);
	tr_new(t, "summary=2", "parent=NOTE-1", NULL);
	tr_new(t, "summary=3", "parent=2", NULL);
	FAILS(t, tr_set(t, "NOTE-1", &n, "parent=NOTE-3", NULL), RC_INVALID,
	    "below the ticket itself");
	FAILS(t, tr_set(t, "NOTE-1", &n, "parent=NOTE-1", NULL), RC_INVALID,
	    "");
	assert_string_equal(tr_field(t, "NOTE-3", TF_PARENT), "NOTE-2");
	OK(t, tr_set(t, "NOTE-3", &n, "parent=", NULL));
	OK(t, tr_set(t, "NOTE-1", &n, "parent=#3", NULL));
	assert_string_equal(tr_field(t, "NOTE-1", TF_PARENT), "NOTE-3");
	tr_fsck(t);
}

static void
test_status(void **state)
{
	struct tracker *t = *state;
	struct ticket_key key;
	struct ticket k;
	size_t n;

	tr_init(t, "one");
	key = tr_new(t, "summary=1", NULL);
	FAILS(t,
	    app_ticket_status(t->a, &key, 1, "in-progress", "fixed", &n,
		&t->err),
	    RC_INVALID, "not closed");
	FAILS(t, app_ticket_status(t->a, &key, 1, "eaten", NULL, &n, &t->err),
	    RC_INVALID, "no status");
	OK(t, app_ticket_status(t->a, &key, 1, "done", "wontfix", &n, &t->err));
	tr_get(t, "NOTE-1", &k);
	assert_string_equal(k.resolution, "wontfix");
	assert_true(k.resolved != DATE_NONE);
	ticket_release(&k);
	/* Closing again keeps why it was closed. */
	OK(t, app_ticket_status(t->a, &key, 1, "done", NULL, &n, &t->err));
	assert_int_equal(n, 0);
	assert_string_equal(tr_field(t, "NOTE-1", TF_RESOLUTION), "wontfix");
	OK(t, app_ticket_status(t->a, &key, 1, "open", NULL, &n, &t->err));
	tr_get(t, "NOTE-1", &k);
	assert_null(k.resolution);
	assert_int_equal(k.resolved, DATE_NONE);
	ticket_release(&k);
	OK(t, app_ticket_status(t->a, &key, 1, "Closed", NULL, &n, &t->err));
	assert_string_equal(tr_field(t, "NOTE-1", TF_RESOLUTION), "fixed");
}

static void
test_comments(void **state)
{
	struct tracker *t = *state;
	struct ticket_key key, none = tr_key("NOTE-9");
	struct ticket_view v;
	struct buf big = BUF_INIT;

	tr_init(t, "one");
	key = tr_new(t, "summary=1", NULL);
	OK(t, app_ticket_comment(t->a, &key, "  하나\r\n\r\n둘\n\n", &t->err));
	FAILS(t, app_ticket_comment(t->a, &key, " \n", &t->err), RC_INVALID,
	    "empty");
	FAILS(t, app_ticket_comment(t->a, &none, "x", &t->err), RC_NOT_FOUND,
	    "NOTE-9");
	buf_fill(&big, 'x', TICKET_TEXT_MAX + 1);
	FAILS(t, app_ticket_comment(t->a, &key, big.ptr, &t->err), RC_INVALID,
	    "comment is too long");
	buf_release(&big);
	OK(t, app_ticket_view(t->a, &key, &v, &t->err));
	assert_int_equal(v.comments.n, 1);
	assert_string_equal(v.comments.v[0].text, "  하나\n\n둘");
	assert_string_equal(v.comments.v[0].author, "ann@example.org");
	ticket_view_release(&v);
}

static size_t
relation_count(struct tracker *t, const struct ticket_key *key,
    const char *name, const char *other)
{
	struct ticket_view v;
	size_t i, n = 0;

	OK(t, app_ticket_view(t->a, key, &v, &t->err));
	for (i = 0; i < v.relations.n; i++)
		n += strcmp(v.relations.v[i].name, name) == 0 &&
		    strcmp(v.relations.v[i].key, other) == 0;
	ticket_view_release(&v);
	return n;
}

static void
test_relations(void **state)
{
	struct tracker *t = *state;
	struct ticket_key a, b;
	int64_t events;

	tr_init(t, "one");
	a = tr_new(t, "summary=1", NULL);
	b = tr_new(t, "summary=2", NULL);
	OK(t, app_ticket_relate(t->a, &a, "blocks", &b, false, &t->err));
	assert_int_equal(relation_count(t, &a, "blocks", "NOTE-2"), 1);
	assert_int_equal(relation_count(t, &b, "blocked by", "NOTE-1"), 1);
	events = tr_events(t);
	OK(t, app_ticket_relate(t->a, &a, "blocks", &b, false, &t->err));
	assert_int_equal(tr_events(t), events);
	OK(t, app_ticket_relate(t->a, &a, "blocks", &b, true, &t->err));
	assert_int_equal(relation_count(t, &b, "blocked by", "NOTE-1"), 0);

	/* What reads the same from both sides stands once, for both. */
	OK(t, app_ticket_relate(t->a, &a, "relates", &b, false, &t->err));
	OK(t, app_ticket_relate(t->a, &b, "relates", &a, false, &t->err));
	assert_int_equal(relation_count(t, &a, "relates", "NOTE-2"), 1);
	assert_int_equal(relation_count(t, &b, "relates", "NOTE-1"), 1);
	OK(t, app_ticket_relate(t->a, &b, "relates", &a, true, &t->err));
	assert_int_equal(relation_count(t, &a, "relates", "NOTE-2"), 0);

	FAILS(t, app_ticket_relate(t->a, &a, "eats", &b, false, &t->err),
	    RC_INVALID, "one of: blocks");
	FAILS(t, app_ticket_relate(t->a, &a, "blocks", &a, false, &t->err),
	    RC_INVALID, "itself");
	b = tr_key("NOTE-9");
	FAILS(t, app_ticket_relate(t->a, &a, "blocks", &b, false, &t->err),
	    RC_NOT_FOUND, "NOTE-9");
	FAILS(t, app_ticket_link(t->a, &a, "HEAD", false, &t->err),
	    RC_NOT_FOUND, "no git repository");
	tr_fsck(t);
}

/* ---- what happened ---- */

struct told {
	struct buf text;
	size_t n, max;
};

static bool
tell(const struct log_line *l, void *arg)
{
	struct told *told = arg;

	buf_printf(&told->text, "%s %s: %s%s\n", l->key, l->actor, l->text,
	    l->undone ? " [undone]" : "");
	return ++told->n != told->max;
}

static void
expect_log(struct tracker *t, const char *key, size_t max, const char *want)
{
	struct told told = { .max = max };
	struct ticket_key k;

	if (key != NULL)
		k = tr_key(key);
	OK(t, app_log(t->a, key == NULL ? NULL : &k, 0, tell, &told, &t->err));
	assert_string_equal(buf_str(&told.text), want);
	buf_release(&told.text);
}

static void
test_log(void **state)
{
	struct tracker *t = *state;
	struct strv said = STRV_INIT;
	struct ticket_key a, b, none = tr_key("NOTE-9");
	struct told told = { 0 };

	tr_init(t, "one");
	a = tr_new(t, "summary=한국어 제목", NULL);
	b = tr_new(t, "summary=\x1B[31mred", NULL);
	OK(t, tr_set(t, "NOTE-1", NULL, "status=done", "+x", NULL));
	OK(t, app_ticket_comment(t->a, &b, "first\nsecond", &t->err));
	OK(t, app_ticket_relate(t->a, &a, "blocks", &b, false, &t->err));
	OK(t,
	    tr_set(t, "NOTE-2", NULL, "description=d", "due=2024-02-29", NULL));
	expect_log(t, "NOTE-2", 0,
	    "NOTE-2 ann@example.org: edited the description, set due to "
	    "2024-02-29\n"
	    "NOTE-2 ann@example.org: commented: first...\n"
	    "NOTE-2 ann@example.org: created: ^[[31mred\n");
	expect_log(t, NULL, 2,
	    "NOTE-2 ann@example.org: edited the description, set due to "
	    "2024-02-29\n"
	    "NOTE-1 ann@example.org: added blocks NOTE-2\n");
	OK(t, app_undo(t->a, 1, &said, &t->err));
	assert_int_equal(said.n, 1);
	assert_string_equal(said.v[0],
	    "undone: NOTE-2: edited the description, set due to 2024-02-29");
	strv_release(&said);
	expect_log(t, "NOTE-2", 2,
	    "NOTE-2 ann@example.org: undo: removed the description, set due "
	    "to nothing (was 2024-02-29)\n"
	    "NOTE-2 ann@example.org: edited the description, set due to "
	    "2024-02-29 [undone]\n");
	FAILS(t, app_log(t->a, &none, 0, tell, &told, &t->err), RC_NOT_FOUND,
	    "NOTE-9");
	buf_release(&told.text);
}

/* More than a page, each event once and in order. */
static bool
count_down(const struct log_line *l, void *arg)
{
	int64_t *last = arg;

	assert_true(*last == 0 || l->n == *last - 1);
	*last = l->n;
	return true;
}

static void
test_log_pages(void **state)
{
	struct tracker *t = *state;
	int64_t last = 0;
	char text[64];
	int i;

	tr_init(t, "one");
	tr_new(t, "summary=x", NULL);
	for (i = 0; i < 450; i++) {
		snprintf(text, sizeof text, "summary=%d", i);
		OK(t, tr_set(t, "NOTE-1", NULL, text, NULL));
	}
	OK(t, app_log(t->a, NULL, 0, count_down, &last, &t->err));
	assert_int_equal(last, 1);
}

static void
test_undo(void **state)
{
	struct tracker *t = *state;
	struct strv said = STRV_INIT;
	struct ticket_key keys[2];
	struct change_list l = { 0 };
	size_t n;

	tr_init(t, "one");
	keys[0] = tr_new(t, "summary=1", NULL);
	keys[1] = tr_new(t, "summary=2", "status=done", NULL);
	change_push(&l, CHANGE_SET, TF_STATUS, "in-review");
	change_push(&l, CHANGE_ADD, TF_LABEL, "가");
	OK(t, app_ticket_change(t->a, keys, 2, &l, &n, &t->err));
	change_list_release(&l);
	OK(t, app_undo(t->a, 1, &said, &t->err));
	assert_string_equal(tr_field(t, "NOTE-1", TF_STATUS), "open");
	assert_string_equal(tr_field(t, "NOTE-2", TF_STATUS), "done");
	assert_string_equal(tr_field(t, "NOTE-2", TF_RESOLUTION), "fixed");
	assert_string_equal(tr_field(t, "NOTE-1", TF_LABEL), "");
	OK(t, app_redo(t->a, 1, &said, &t->err));
	assert_string_equal(tr_field(t, "NOTE-2", TF_STATUS), "in-review");
	assert_string_equal(tr_field(t, "NOTE-2", TF_RESOLUTION), "");
	assert_string_equal(tr_field(t, "NOTE-1", TF_LABEL), "가");
	/* More than there is takes back all that there is. */
	strv_release(&said);
	OK(t, app_undo(t->a, 100, &said, &t->err));
	assert_int_equal(tr_count(t), 0);
	assert_true(said.n >= 3);
	strv_release(&said);
	FAILS(t, app_undo(t->a, 1, &said, &t->err), RC_NOT_FOUND, "");
	tr_fsck(t);
}

/* What somebody changed since is left, and said. */
static void
test_undo_keeps_later_changes(void **state)
{
	struct tracker *t = *state;
	struct strv said = STRV_INIT;

	tr_init(t, "one");
	tr_new(t, "summary=1", NULL);
	OK(t, tr_set(t, "NOTE-1", NULL, "summary=2", "assignee=x", NULL));
	OK(t, app_undo(t->a, 1, &said, &t->err));
	assert_string_equal(tr_field(t, "NOTE-1", TF_SUMMARY), "1");
	OK(t, app_redo(t->a, 1, &said, &t->err));
	assert_string_equal(tr_field(t, "NOTE-1", TF_ASSIGNEE), "x");
	strv_release(&said);
	FAILS(t, app_redo(t->a, 1, &said, &t->err), RC_NOT_FOUND, "");
	assert_string_equal(tr_field(t, "NOTE-1", TF_SUMMARY), "2");
	strv_release(&said);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TR_TEST(test_keys),
		TR_TEST(test_new),
		TR_TEST(test_changes),
		TR_TEST(test_parents),
		TR_TEST(test_status),
		TR_TEST(test_comments),
		TR_TEST(test_relations),
		TR_TEST(test_log),
		TR_TEST(test_log_pages),
		TR_TEST(test_undo),
		TR_TEST(test_undo_keeps_later_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
