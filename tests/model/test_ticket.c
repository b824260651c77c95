#include "unit.h"

#include "model/ticket.h"

#define NOW INT64_C(1716000000) /* 2024-05-18, a Saturday */

static void
keys(void **state)
{
	static const char *const good[] = { "A-1", "NOTE-12",
		"A1_B-999999999" };
	static const char *const bad[] = { "", "-", "A", "A-", "-1", "A-0",
		"A-01", "1A-1", "_A-1", "A-1 ", " A-1", "A-1x", "A-1000000000",
		"A-99999999999999999999999", "A B-1", "A--1", "A-+1", "한-1",
		"ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ-1" };
	struct ticket_key key, other;
	char text[TICKET_KEY_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(ticket_key_parse(good[i], strlen(good[i]), &key));
		ticket_key_format(&key, text);
		assert_string_equal(text, good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (ticket_key_parse(bad[i], strlen(bad[i]), &key))
			fail_msg("taken: %s", bad[i]);
	assert_true(ticket_key_parse("note-12", 7, &key));
	assert_string_equal(key.prefix, "NOTE");
	assert_true(ticket_key_parse("NOTE-123", 7, &other));
	assert_true(ticket_key_equal(&key, &other));
	assert_true(ticket_prefix_valid("A_1"));
	assert_false(ticket_prefix_valid("a"));
	assert_false(ticket_prefix_valid("1A"));
	assert_false(ticket_prefix_valid(""));
	assert_false(ticket_prefix_valid("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF"));
	assert_true(ticket_prefix_valid("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDE"));
}

static void
fields_by_name(void **state)
{
	(void)state;
	assert_int_equal(ticket_field_find("Status"), TF_STATUS);
	assert_int_equal(ticket_field_find("labels"), TF_LABEL);
	assert_int_equal(ticket_field_find("releases"), TF_RELEASE);
	assert_int_equal(ticket_field_find("note-text"), TF_NOTE);
	assert_int_equal(ticket_field_find("found in"), TF_FOUND_IN);
	assert_int_equal(ticket_field_find("stat"), TF_N);
	assert_int_equal(ticket_field_find(""), TF_N);
}

static void
changes(void **state)
{
	static const struct {
		const char *text;
		enum change_op op;
		enum ticket_field field;
		const char *value;
	} good[] = {
		{ "status=done", CHANGE_SET, TF_STATUS, "done" },
		{ "label+=x", CHANGE_ADD, TF_LABEL, "x" },
		{ "label-=x", CHANGE_REMOVE, TF_LABEL, "x" },
		{ "+x", CHANGE_ADD, TF_LABEL, "x" },
		{ "-a=b", CHANGE_REMOVE, TF_LABEL, "a=b" },
		{ "summary=a=b", CHANGE_SET, TF_SUMMARY, "a=b" },
		{ "assignee=", CHANGE_SET, TF_ASSIGNEE, "" },
	};
	static const char *const bad[] = { "", "+", "-", "=", "=x", "status",
		"+=x", "stauts=done", "한글=x" };
	struct change_list l = { 0 };
	struct err err = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(change_parse(good[i].text, &l, &err), RC_OK);
		assert_int_equal(l.n, i + 1);
		assert_int_equal(l.v[i].op, good[i].op);
		assert_int_equal(l.v[i].field, good[i].field);
		assert_string_equal(l.v[i].value, good[i].value);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		size_t n = l.n;

		/* "+=x" is the label "=x". */
		if (strcmp(bad[i], "+=x") == 0)
			continue;
		if (change_parse(bad[i], &l, &err) != RC_INVALID)
			fail_msg("taken: %s", bad[i]);
		assert_int_equal(l.n, n);
	}
	change_parse("stauts=done", &l, &err);
	assert_non_null(strstr(err.msg, "did you mean \"status\"?"));
	change_list_release(&l);
}

static void
value_check(enum ticket_field field, const char *value, const char *want,
    const char *msg)
{
	struct change c = { .field = field,
		.value = value == NULL ? NULL : strdup(value) };
	struct err err = ERR_INIT;
	struct workflow wf;
	enum rc rc;

	workflow_default(&wf);
	rc = change_check(&c, &wf, NOW, &err);
	if (msg != NULL) {
		assert_int_equal(rc, RC_INVALID);
		if (strstr(err.msg, msg) == NULL)
			fail_msg("%s", err.msg);
	} else {
		if (rc != RC_OK)
			fail_msg("%s", err.msg);
		if (want == NULL)
			assert_null(c.value);
		else
			assert_string_equal(c.value, want);
	}
	free(c.value);
}

static void
checks(void **state)
{
	char *long_text = malloc(TICKET_TEXT_MAX + 2);

	(void)state;
	value_check(TF_TYPE, " Bug ", "bug", NULL);
	value_check(TF_TYPE, "New Feature", "feature", NULL);
	value_check(TF_TYPE, "bgu", NULL, "did you mean \"bug\"?");
	value_check(TF_STATUS, "In Progress", "in-progress", NULL);
	value_check(TF_STATUS, "opne", NULL, "one of: open, in-progress");
	value_check(TF_PRIORITY, "Blocker", "highest", NULL);
	value_check(TF_PRIORITY, "", NULL, "priority must not be empty");
	value_check(TF_RESOLUTION, "Won't Fix", "wontfix", NULL);
	value_check(TF_DUE, "friday", "2024-05-24", NULL);
	value_check(TF_DUE, "soon", NULL, "not a date");
	value_check(TF_ESTIMATE, "1d 2h", "36000", NULL);
	value_check(TF_NO_NOTE, "yes", "1", NULL);
	value_check(TF_NO_NOTE, "off", NULL, NULL);
	value_check(TF_NO_NOTE, "perhaps", NULL, "not yes or no");
	value_check(TF_LABEL, " a, b c ,a,,", "a,b c", NULL);
	value_check(TF_LABEL, " , ,", NULL, NULL);
	value_check(TF_PARENT, "note-3", "NOTE-3", NULL);
	value_check(TF_PARENT, "3", NULL, "not a key");
	value_check(TF_SUMMARY, "  a\nb\t ", "a b", NULL);
	value_check(TF_SUMMARY, " \n ", NULL, "summary must not be empty");
	value_check(TF_SUMMARY, "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한",
	    NULL);
	value_check(TF_DESCRIPTION, "\n    code\r\nb\n\n", "    code\nb", NULL);
	value_check(TF_ASSIGNEE, "", NULL, NULL);
	value_check(TF_ASSIGNEE, NULL, NULL, NULL);
	memset(long_text, 'x', TICKET_TEXT_MAX + 1);
	long_text[TICKET_TEXT_MAX + 1] = '\0';
	value_check(TF_NOTE, long_text, NULL, "note is too long: 65537 bytes");
	value_check(TF_SUMMARY, long_text, NULL, "(at most 1024)");
	value_check(TF_LABEL, long_text, NULL, "label is too long");
	value_check(TF_RELEASE, long_text, NULL, "(at most 127)");
	long_text[TICKET_TEXT_MAX] = '\0';
	value_check(TF_NOTE, long_text, long_text, NULL);
	free(long_text);
}

static void
one_value_is_not_a_set(void **state)
{
	struct change c = { .op = CHANGE_ADD,
		.field = TF_STATUS,
		.value = strdup("open") };
	struct err err = ERR_INIT;
	struct workflow wf;

	(void)state;
	workflow_default(&wf);
	assert_int_equal(change_check(&c, &wf, NOW, &err), RC_INVALID);
	assert_non_null(strstr(err.msg, "status holds one value"));
	c.field = TF_LABEL;
	c.op = CHANGE_REMOVE;
	assert_int_equal(change_check(&c, &wf, NOW, &err), RC_OK);
	free(c.value);
	c.value = NULL;
	assert_int_equal(change_check(&c, &wf, NOW, &err), RC_INVALID);
}

static void
copies_and_texts(void **state)
{
	struct ticket t = { .due = NOW, .estimate = 36000, .no_note = true },
		      copy;
	struct buf out = BUF_INIT;

	(void)state;
	t.summary = strdup("한글");
	strv_push(&t.labels, "a");
	strv_push(&t.labels, "b");
	ticket_copy(&copy, &t);
	ticket_release(&t);
	for (int f = 0; f < TF_N; f++) {
		ticket_field_text(&copy, (enum ticket_field)f, &out);
		buf_putc(&out, '|');
	}
	assert_string_equal(buf_str(&out),
	    "||||한글|||yes|||||2024-05-18|1d 2h||||a,b|||");
	buf_release(&out);
	ticket_release(&copy);
}

/* By prefix, then number; what is no key comes last. */
static void
key_order(void **state)
{
	static const char *const sorted[] = { "A-2", "A-10", "AB-1", "B-1", "",
		"x", "y" };
	struct ticket_key a, b;

	(void)state;
	for (size_t i = 0; i < 7; i++) {
		for (size_t k = 0; k < 7; k++) {
			int c = ticket_key_compare_text(sorted[i], sorted[k]);

			assert_int_equal((c > 0) - (c < 0), (i > k) - (i < k));
			if (!ticket_key_parse(sorted[i], strlen(sorted[i]),
				&a) ||
			    !ticket_key_parse(sorted[k], strlen(sorted[k]), &b))
				continue;
			c = ticket_key_compare(&a, &b);
			assert_int_equal((c > 0) - (c < 0), (i > k) - (i < k));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys),
		cmocka_unit_test(key_order),
		cmocka_unit_test(fields_by_name),
		cmocka_unit_test(changes),
		cmocka_unit_test(checks),
		cmocka_unit_test(one_value_is_not_a_set),
		cmocka_unit_test(copies_and_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
