/* What the screen of the notes asks for: what was skipped, and what a file
 * became. */
#include "tracker.h"

#include "app/generate.h"
#include "app/publish.h"
#include "app/scan.h"
#include "app/unlinked.h"

static const char work[] =
    "cd repo\n"
    "for m in 'begin' 'NOTE-1: one' 'NOTE-2: two' 'fix(ui): a width' "
    "'tidy'; do\n"
    "git commit -q --allow-empty -m \"$m\"; done\n";

static void
project(struct tracker *t)
{
	tr_init_repo(t, "cd repo && git commit -q --allow-empty -m first");
	tr_new(t, "summary=one", "status=done", NULL);
	tr_new(t, "summary=two", "status=done", NULL);
	tr_sh(t, work);
}

static void
test_skipped(void **state)
{
	struct tracker *t = *state;
	const struct generate_options o = { .version = NULL };
	struct notes n;

	project(t);
	OK(t, tr_set(t, "NOTE-2", NULL, "no-note=yes", NULL));
	OK(t, app_generate(t->a, &o, &n, &t->err));
	assert_int_equal(notes_count(&n), 1);
	assert_int_equal(n.skipped.n, 1);
	assert_string_equal(n.skipped.entries[0].key, "NOTE-2");
	assert_string_equal(n.skipped.entries[0].summary, "two");
	notes_release(&n);
	/* One that is open would be no entry either. */
	OK(t, tr_set(t, "NOTE-2", NULL, "status=open", NULL));
	OK(t, app_generate(t->a, &o, &n, &t->err));
	assert_int_equal(n.skipped.n, 0);
	notes_release(&n);
}

static void
test_file(void **state)
{
	struct tracker *t = *state;
	const struct generate_options o = { .version = NULL };
	const struct app_render r = { .style = NULL };
	const char *path = tr_path(t, "CHANGELOG.md");
	struct app_update u;
	struct buf diff = BUF_INIT;
	struct notes n;

	project(t);
	OK(t, app_generate(t->a, &o, &n, &t->err));
	OK(t, app_update_diff(t->a, &n, &r, path, &u, &diff, &t->err));
	assert_true(u.changed);
	assert_non_null(strstr(buf_str(&diff), "\n+"));
	assert_non_null(strstr(buf_str(&diff), "NOTE-1"));
	app_update_release(&u);
	buf_clear(&diff);
	OK(t, app_update_diff(t->a, &n, &r, path, &u, &diff, &t->err));
	assert_false(u.changed);
	assert_int_equal(diff.len, 0);
	app_update_release(&u);
	notes_release(&n);
	buf_release(&diff);
}

/* The commit of that subject; NULL when it is not in the queue. */
static const struct unlinked *
queued(const struct unlinked_list *l, const char *subject)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i].subject, subject) == 0)
			return &l->v[i];
	return NULL;
}

/* A commit becomes a ticket, as one operation. */
static void
test_ticket_of_commit(void **state)
{
	struct tracker *t = *state;
	struct unlinked_list l = { 0 };
	struct strv said = STRV_INIT;
	struct ticket_key key;
	char hex[OID_HEX_MAX + 1], *summary;
	const char *revs[1] = { hex };
	const char *type;

	project(t);
	OK(t, app_unlinked(t->a, NULL, UNLINKED_OPEN, &l, &t->err));
	assert_non_null(queued(&l, "tidy"));
	assert_non_null(queued(&l, "fix(ui): a width"));
	type = app_unlinked_title("fix(ui): a width", &summary);
	assert_string_equal(type, "bug");
	assert_string_equal(summary, "a width");
	oid_to_hex(&queued(&l, "fix(ui): a width")->commit, hex);
	unlinked_list_release(&l);
	OK(t, app_unlinked_new(t->a, revs, 1, type, summary, &key, &t->err));
	free(summary);
	assert_string_equal(tr_field(t, "NOTE-3", TF_TYPE), "bug");
	assert_string_equal(tr_field(t, "NOTE-3", TF_STATUS), "done");
	FAILS(t, app_unlinked_link(t->a, revs, 1, &key, &t->err), RC_EXISTS,
	    "already");
	OK(t, app_unlinked(t->a, NULL, UNLINKED_OPEN, &l, &t->err));
	assert_non_null(queued(&l, "tidy"));
	assert_null(queued(&l, "fix(ui): a width"));
	unlinked_list_release(&l);
	/* One step takes both back: the ticket, and the link. */
	OK(t, app_undo(t->a, 1, &said, &t->err));
	OK(t, app_unlinked(t->a, NULL, UNLINKED_OPEN, &l, &t->err));
	assert_non_null(queued(&l, "fix(ui): a width"));
	unlinked_list_release(&l);
	FAILS(t, app_unlinked_new(t->a, revs, 1, "bug", "", &key, &t->err),
	    RC_INVALID, "");
	strv_release(&said);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_skipped, tr_setup,
		    tr_teardown),
		cmocka_unit_test_setup_teardown(test_file, tr_setup,
		    tr_teardown),
		cmocka_unit_test_setup_teardown(test_ticket_of_commit, tr_setup,
		    tr_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
