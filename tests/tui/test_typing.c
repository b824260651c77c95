/* A filter that is typed faster than it can be looked at. */
#include "drive.h"

static struct key
key_of(char c)
{
	return (struct key){ .code = (unsigned char)c };
}

/* More keys come while the work on this one lasts: so many. */
static bool
more_waits(void *arg)
{
	return *(int *)arg > 0;
}

static void
open_typing(struct screen *s, int *waiting)
{
	struct key f = key_of('f');

	screen_open(s, FAKE_MANY, 24, 80);
	s->ui.host.waiting = more_waits;
	s->ui.host.arg = waiting;
	ui_key(&s->ui, &f);
	ui_draw(&s->ui);
}

/* What is typed before the last letter is not searched for; the rows stay. */
static void
a_key_ends_the_search(void **state)
{
	static const char typed[] = "zzz";
	struct screen s;
	int waiting = 0;
	size_t pages;

	(void)state;
	open_typing(&s, &waiting);
	pages = s.app->pages;
	s.app->slow_page = true;
	waiting = 2;
	for (const char *c = typed; *c != '\0'; c++) {
		struct key k = key_of(*c);

		if (waiting == 0)
			s.app->slow_page = false;
		ui_key(&s.ui, &k);
		if (waiting > 0) {
			ui_draw(&s.ui);
			assert_true(screen_has(&s, "NOTE-"));
		}
		waiting--;
	}
	ui_draw(&s.ui);
	assert_int_equal(s.app->pages, pages + 1);
	assert_true(screen_has(&s, "nothing matches"));
	assert_true(screen_has(&s, "0 match"));
	screen_close(&s);
}

/* The key that ended it was no letter: the frame waits for the search. */
static void
what_is_unread_is_read_before_it_is_drawn(void **state)
{
	struct key z = key_of('z'), left = { .code = TK_LEFT };
	struct screen s;
	int waiting = 1;

	(void)state;
	open_typing(&s, &waiting);
	s.app->slow_page = true;
	ui_key(&s.ui, &z);
	assert_true(s.ui.unread);
	waiting = 0;
	s.app->slow_page = false;
	ui_key(&s.ui, &left);
	ui_draw(&s.ui);
	assert_false(s.ui.unread);
	assert_true(screen_has(&s, "filter: z"));
	assert_true(screen_has(&s, "833 match"));
	screen_close(&s);
}

/* A count that lasts says how many there are at least; Enter counts all. */
static void
a_slow_count_is_left(void **state)
{
	struct key e = key_of('e'), enter = { .code = TK_ENTER };
	struct screen s;
	int waiting = 0;

	(void)state;
	open_typing(&s, &waiting);
	s.app->slow_count = true;
	ui_key(&s.ui, &e);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, "18+ match"));
	s.app->slow_count = false;
	ui_key(&s.ui, &enter);
	ui_draw(&s.ui);
	assert_false(screen_has(&s, "18+"));
	screen_close(&s);
}

/* What is shown while a value is typed is not what Enter would show: it says
 * so, and Enter goes on with the only value that is meant, or asks. */
static void
a_part_of_a_value_is_no_value(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "f 'assignee:dev'");
	assert_true(screen_has(&s, "so far: assignee:dev... (dev-1, dev-2, "));
	screen_keys(&s, "Enter");
	assert_true(s.ui.asking);
	assert_true(screen_has(&s, "no assignee is \"dev\", but there are"));
	assert_true(screen_has(&s, "NOTE-"));
	screen_keys(&s, "'-1'");
	assert_false(screen_has(&s, "so far"));
	screen_keys(&s, "Enter");
	assert_false(s.ui.asking);
	assert_string_equal(s.ui.filter, "assignee:dev-1");
	/* The only one is taken, in quotes where it needs them. */
	screen_keys(&s, "f Ctrl-U 'is:open -assignee!=sa' Enter");
	assert_string_equal(s.ui.filter, "is:open -assignee!=sam");
	screen_keys(&s, "f Ctrl-U 'assignee:me,\"김 ' Enter");
	assert_string_equal(s.ui.filter, "assignee:me,\"김 \\\"둘\\\"\"");
	/* Nothing begins so: it is taken as it is. */
	screen_keys(&s, "f Ctrl-U 'assignee:nobody' Enter");
	assert_string_equal(s.ui.filter, "assignee:nobody");
	screen_keys(&s, "2 f Ctrl-U 'assignee:de' Enter");
	assert_true(screen_has(&s, "no assignee is \"de\""));
	assert_string_equal(s.ui.filter, "assignee:nobody");
	screen_close(&s);
}

/* A field's name is of no use alone: its values come with it, and no complaint
 * hides them. */
static void
a_name_brings_its_values(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "f 'ass' Tab");
	assert_true(screen_has(&s, "filter: assignee:\n me  none  dev-1"));
	assert_false(screen_has(&s, "a value is missing"));
	screen_keys(&s, "Tab");
	assert_true(screen_has(&s, "filter: assignee:me\n me  none  dev-1"));
	screen_keys(&s, "Tab Tab Tab");
	assert_true(screen_has(&s, "filter: assignee:dev-2"));
	screen_keys(&s, "Ctrl-U 'stat' Tab");
	assert_true(screen_has(&s, "filter: status:\n open  in-progress"));
	/* Without candidates it says again what is missing. */
	screen_keys(&s, "Ctrl-U 'status:'");
	assert_true(screen_has(&s, "a value is missing"));
	screen_close(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_ends_the_search),
		cmocka_unit_test(what_is_unread_is_read_before_it_is_drawn),
		cmocka_unit_test(a_slow_count_is_left),
		cmocka_unit_test(a_part_of_a_value_is_no_value),
		cmocka_unit_test(a_name_brings_its_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
