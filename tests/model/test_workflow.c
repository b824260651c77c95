#include "unit.h"

#include "model/notes.h"
#include "model/workflow.h"

static void
defaults(void **state)
{
	struct workflow wf;

	(void)state;
	workflow_default(&wf);
	assert_int_equal(wf.n, 4);
	assert_string_equal(wf.status[0].name, "open");
	assert_string_equal(workflow_first(&wf, CATEGORY_DOING)->name,
	    "in-progress");
	assert_string_equal(workflow_find(&wf, "IN REVIEW")->name, "in-review");
	assert_string_equal(workflow_find(&wf, "Closed")->name, "done");
	assert_null(workflow_find(&wf, "blocked"));
	assert_null(workflow_find(&wf, ""));
}

static void
adding(void **state)
{
	static const char *const bad[] = { "", ":", "x", "x:", ":todo",
		"X:todo", "a b:todo", "-x:todo", "한글:todo", "x:later",
		"abcdefghijklmnopqrstuvwxyzabcdef:todo" };
	struct err err = ERR_INIT;
	struct workflow wf;
	char spec[32];

	(void)state;
	workflow_default(&wf);
	assert_int_equal(workflow_add(&wf, "blocked:doing", &err), RC_OK);
	assert_string_equal(wf.status[3].name, "blocked");
	assert_string_equal(wf.status[4].name, "done");
	assert_int_equal(workflow_add(&wf, "blocked:todo", &err), RC_EXISTS);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(workflow_add(&wf, bad[i], &err), RC_INVALID);
	/* A status of its own wins over another's alias. */
	assert_int_equal(workflow_add(&wf, "closed:done", &err), RC_OK);
	assert_string_equal(workflow_find(&wf, "closed")->name, "closed");
	for (int i = (int)wf.n; i < STATUS_MAX; i++) {
		snprintf(spec, sizeof(spec), "s%d:todo", i);
		assert_int_equal(workflow_add(&wf, spec, &err), RC_OK);
	}
	assert_int_equal(workflow_add(&wf, "more:todo", &err), RC_INVALID);
	assert_int_equal(wf.n, STATUS_MAX);
}

static void
names(void **state)
{
	char *list = named_list(priorities, priorities_n);

	(void)state;
	assert_string_equal(list, "highest, high, medium, low, lowest");
	free(list);
	assert_int_equal(named_find(priorities, priorities_n, "P0"), 0);
	assert_int_equal(named_find(priorities, priorities_n, "p"), -1);
	assert_int_equal(named_find(relations, relations_n, "Fixed By"), 2);
	assert_string_equal(relation_inverse(0), "blocked by");
	assert_string_equal(relation_inverse(2), "fixes");
	assert_string_equal(ticket_type_find("Sub-task")->name, "task");
	assert_null(ticket_type_find("nonsense"));
	/* Each name is found as itself, not as another's alias. */
	for (size_t i = 0; i < ticket_types_n; i++)
		assert_ptr_equal(ticket_type_find(ticket_types[i].name),
		    &ticket_types[i]);
	for (size_t i = 0; i < resolutions_n; i++)
		assert_int_equal(named_find(resolutions, resolutions_n,
				     resolutions[i].name),
		    i);
}

static void
sections(void **state)
{
	(void)state;
	assert_int_equal(notes_section_of("bug"), SECTION_FIXES);
	assert_int_equal(notes_section_of("feature"), SECTION_FEATURES);
	assert_int_equal(notes_section_of("dependency"), SECTION_DEPENDENCIES);
	assert_int_equal(notes_section_of("nonsense"), SECTION_TASKS);
	for (size_t i = 0; i < ticket_types_n; i++)
		assert_true(notes_section_of(ticket_types[i].name) <=
		    SECTION_TASKS);
}

static void
notes_in_order(void **state)
{
	static const char *const keys[] = { "B-1", "A-10", "", "A-9" };
	struct notes n;

	(void)state;
	notes_init(&n);
	for (size_t i = 0; i < 4; i++) {
		struct notes_entry *e =
		    notes_entry_add(&n.sections[SECTION_FIXES]);

		memcpy(e->key, keys[i], strlen(keys[i]) + 1);
	}
	notes_warn(&n, NOTES_WARN_REVERTED, "A-2", NULL, "a\nb %d", 3);
	notes_warn(&n, NOTES_WARN_NO_COMMIT, NULL, NULL, "x");
	notes_warn(&n, NOTES_WARN_REVERTED, "A-1", NULL, "y");
	notes_sort(&n);
	assert_int_equal(notes_count(&n), 4);
	assert_string_equal(n.sections[SECTION_FIXES].entries[0].key, "A-9");
	assert_string_equal(n.sections[SECTION_FIXES].entries[1].key, "A-10");
	assert_string_equal(n.sections[SECTION_FIXES].entries[2].key, "B-1");
	assert_string_equal(n.sections[SECTION_FIXES].entries[3].key, "");
	assert_int_equal(n.warnings[0].code, NOTES_WARN_NO_COMMIT);
	assert_string_equal(n.warnings[1].key, "A-1");
	assert_string_equal(n.warnings[2].text, "a b 3");
	notes_release(&n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults),
		cmocka_unit_test(adding),
		cmocka_unit_test(names),
		cmocka_unit_test(sections),
		cmocka_unit_test(notes_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
