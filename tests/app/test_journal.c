/* Operations in words, page by page, and what taking them back would do. */
#include "tracker.h"

#include "app/journal.h"

static void
test_ops(void **state)
{
	struct tracker *t = *state;
	struct op_list l = { 0 };
	struct strv changes = STRV_INIT;
	struct ticket_key key;
	char text[64];

	tr_init(t, "one");
	key = tr_new(t, "summary=first", NULL);
	tr_new(t, "summary=second", NULL);
	for (int i = 0; i < 40; i++) {
		snprintf(text, sizeof text, "summary=second, %d", i);
		OK(t, tr_set(t, "NOTE-2", NULL, text, NULL));
	}
	OK(t, app_ticket_comment(t->a, &key, "말", &t->err));
	OK(t, app_ops(t->a, NULL, 0, OPS_OLDER, 10, &l, &t->err));
	assert_int_equal(l.n, 10);
	assert_string_equal(l.v[0].key, "NOTE-1");
	assert_string_equal(l.v[0].text, "commented: 말");
	assert_string_equal(l.v[1].text,
	    "set summary to second, 39 (was second, 38)");
	op_list_release(&l);
	/* The page behind a number, and the one before it, meet. */
	OK(t, app_ops(t->a, NULL, 30, OPS_OLDER, 5, &l, &t->err));
	assert_int_equal(l.n, 5);
	assert_int_equal(l.v[0].n, 29);
	assert_int_equal(l.v[4].n, 25);
	op_list_release(&l);
	OK(t, app_ops(t->a, NULL, 30, OPS_NEWER, 5, &l, &t->err));
	assert_int_equal(l.v[0].n, 31);
	assert_int_equal(l.v[4].n, 35);
	op_list_release(&l);
	/* Of one ticket: its own events and its comments'. */
	OK(t, app_ops(t->a, &key, 0, OPS_OLDER, 10, &l, &t->err));
	assert_int_equal(l.n, 2);
	assert_string_equal(l.v[0].text, "commented: 말");
	assert_string_equal(l.v[1].text, "created: first");
	OK(t, app_op_changes(t->a, l.v[1].n, 10, &changes, &t->err));
	assert_int_equal(changes.n, 1);
	assert_string_equal(changes.v[0], "NOTE-1: created: first");
	op_list_release(&l);
	strv_release(&changes);
	FAILS(t, app_op_changes(t->a, 9999, 10, &changes, &t->err),
	    RC_NOT_FOUND, "no operation 9999");
}

static void
test_previews(void **state)
{
	struct tracker *t = *state;
	struct undo_preview p;
	struct strv said = STRV_INIT;
	int64_t op;

	tr_init(t, "one");
	tr_new(t, "summary=x", NULL);
	FAILS(t, app_redo_preview(t->a, &p, &t->err), RC_NOT_FOUND,
	    "nothing to redo");
	OK(t, tr_set(t, "NOTE-1", NULL, "status=done", NULL));
	OK(t, app_undo_preview(t->a, 0, &p, &t->err));
	op = p.op;
	assert_string_equal(p.key, "NOTE-1");
	assert_non_null(strstr(p.text, "status done -> open"));
	assert_int_equal(p.stays.n, 0);
	undo_preview_release(&p);
	/* Looking changes nothing. */
	assert_string_equal(tr_field(t, "NOTE-1", TF_STATUS), "done");
	OK(t, app_undo_preview(t->a, op, &p, &t->err));
	undo_preview_release(&p);

	OK(t, tr_set(t, "NOTE-1", NULL, "priority=high", NULL));
	/* One further back, alone. */
	OK(t, app_undo_op(t->a, op, &said, &t->err));
	assert_string_equal(tr_field(t, "NOTE-1", TF_STATUS), "open");
	assert_string_equal(tr_field(t, "NOTE-1", TF_PRIORITY), "high");
	FAILS(t, app_undo_preview(t->a, op, &p, &t->err), RC_CONFLICT,
	    "taken back already");
	FAILS(t, app_undo_op(t->a, op, &said, &t->err), RC_NOT_FOUND,
	    "undone already");
	OK(t, app_redo_preview(t->a, &p, &t->err));
	assert_non_null(strstr(p.text, "status open -> done"));
	assert_int_equal(p.op, op);
	undo_preview_release(&p);
	strv_release(&said);
}

/* Nothing is left of what somebody else changed since. */
static void
test_changed_since(void **state)
{
	struct tracker *t = *state;
	struct undo_preview p;
	struct change_list l = { 0 };
	struct ticket_key key;
	int64_t op;
	size_t n;

	tr_init(t, "one");
	key = tr_new(t, "summary=x", NULL);
	change_push(&l, CHANGE_SET, TF_PRIORITY, "high");
	change_push(&l, CHANGE_SET, TF_ASSIGNEE, "kim");
	OK(t, app_ticket_change(t->a, &key, 1, &l, &n, &t->err));
	change_list_release(&l);
	OK(t, app_undo_preview(t->a, 0, &p, &t->err));
	op = p.op;
	undo_preview_release(&p);
	OK(t, tr_set(t, "NOTE-1", NULL, "priority=low", NULL));
	OK(t, app_undo_preview(t->a, op, &p, &t->err));
	assert_int_equal(p.stays.n, 1);
	assert_string_equal(p.stays.v[0], "NOTE-1 priority");
	undo_preview_release(&p);
	OK(t, tr_set(t, "NOTE-1", NULL, "assignee=lee", NULL));
	FAILS(t, app_undo_preview(t->a, op, &p, &t->err), RC_CONFLICT,
	    "changed since: NOTE-1 ");
	assert_string_equal(tr_field(t, "NOTE-1", TF_ASSIGNEE), "lee");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_ops, tr_setup,
		    tr_teardown),
		cmocka_unit_test_setup_teardown(test_previews, tr_setup,
		    tr_teardown),
		cmocka_unit_test_setup_teardown(test_changed_since, tr_setup,
		    tr_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
