#include "unit.h"

#include "base/date.h"
#include "model/event.h"

#define ULID "01ARZ3NDEKTSV4RRFFQ69G5FAV"

static char *
encode(const struct event *ev)
{
	struct buf out = BUF_INIT;

	event_encode(ev, &out);
	return buf_detach(&out);
}

static struct event
make(enum event_kind kind)
{
	struct event ev = EVENT_INIT;

	ev.n = 412;
	ev.h = UINT64_C(1716000000000) << 16 | 7;
	memcpy(ev.object.s, ULID, sizeof(ULID));
	ev.actor = strdup("me@x");
	ev.kind = kind;
	ev.group = 412;
	ev.time = DATE_NONE;
	return ev;
}

static void
bytes_of_a_set(void **state)
{
	struct event ev = make(EVENT_SET);
	char *line;

	(void)state;
	event_put(&ev, "status", "done");
	ev.values[0].before = strdup("7f.3");
	event_put(&ev, "due", NULL);
	line = encode(&ev);
	assert_string_equal(line,
	    "{\"n\":412,\"h\":112459776000000007,\"o\":\"" ULID
	    "\",\"a\":\"me@x\","
	    "\"k\":\"set\",\"s\":{\"status\":\"done\",\"due\":null},"
	    "\"b\":{\"status\":\"7f.3\"}}");
	free(line);
	event_release(&ev);
}

static void
bytes_of_everything(void **state)
{
	struct event ev = make(EVENT_REMOVE);
	char *line;

	(void)state;
	ev.group = 400;
	ev.commit = strdup("abcdef");
	ev.undoes = 3;
	ev.redoes = 4;
	ev.time = -5;
	event_put(&ev, "label", "x");
	event_put(&ev, "release", "1.0");
	event_put(&ev, "label", "한글");
	ev.values[0].before = strdup("7f.3 9a.1");
	line = encode(&ev);
	assert_string_equal(line,
	    "{\"n\":412,\"h\":112459776000000007,\"o\":\"" ULID
	    "\",\"a\":\"me@x\","
	    "\"k\":\"rm\",\"g\":400,\"c\":\"abcdef\",\"u\":3,\"r\":4,\"t\":-5,"
	    "\"s\":{\"label\":[\"x\",\"한글\"],\"release\":[\"1.0\"]},"
	    "\"b\":{\"label\":{\"x\":\"7f.3 9a.1\"}}}");
	free(line);
	event_release(&ev);
}

static void
escapes(void **state)
{
	struct event ev = make(EVENT_SET);
	char *line;

	(void)state;
	event_put(&ev, "note",
	    "\"\\/\b\f\n\r\t\x01\x1f\x7f é한\xF0\x9F\x98\x80");
	event_put(&ev, "bad", "a\xFF\xC3z\"\xED\xA0\x80");
	line = encode(&ev);
	assert_non_null(strstr(line,
	    "\"note\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001F\x7f "
	    "é한\xF0\x9F\x98\x80\""));
	assert_non_null(strstr(line,
	    "\"bad\":\"a\xEF\xBF\xBD\xEF\xBF\xBDz\\\""));
	free(line);
	event_release(&ev);
}

static void
round_trip(const char *line)
{
	struct err err = ERR_INIT;
	struct event ev;
	char *again;

	if (event_decode(line, strlen(line), &ev, &err) != RC_OK)
		fail_msg("%s: %s", line, err.msg);
	again = encode(&ev);
	assert_string_equal(again, line);
	free(again);
	event_release(&ev);
}

#define HEAD "{\"n\":1,\"h\":65536,\"o\":\"" ULID "\",\"a\":\"나\",\"k\":"

static void
round_trips(void **state)
{
	(void)state;
	round_trip(HEAD "\"meta\",\"s\":{}}");
	round_trip(HEAD "\"set\",\"s\":{\"a\":null},\"b\":{\"a\":\"1.2\"}}");
	round_trip(HEAD "\"ticket\",\"s\":{\"key\":\"A-1\",\"label\":[\"x\"],"
			"\"summary\":\"한글 \\u0007\"}}");
	round_trip(HEAD
	    "\"build\",\"s\":{\"release\":\"1.0\",\"number\":\"5\"}}");
	round_trip(HEAD "\"add\",\"s\":{\"blocks\":[\"" ULID "\"]}}");
	round_trip(HEAD "\"rm\",\"s\":{\"label\":[\"a\",\"b\"]},"
			"\"b\":{\"label\":{\"a\":\"1.1\",\"b\":\"1.2 2.1\"}}}");
	round_trip(HEAD "\"from-the-future\",\"g\":9,\"s\":{\"x\":\"y\"}}");
}

static void
reads(void **state)
{
	static const char line[] = HEAD
	    "\"add\",\"zz\":[1,{\"q\":2}],\"s\":{\"label\":[\"a\",\"b\"]}}";
	struct event ev;

	(void)state;
	assert_int_equal(event_decode(line, strlen(line), &ev, NULL), RC_OK);
	assert_int_equal(ev.kind, EVENT_ADD);
	assert_int_equal(ev.n, 1);
	assert_int_equal(ev.group, 1);
	assert_int_equal(ev.n_values, 2);
	assert_string_equal(ev.values[1].value, "b");
	assert_string_equal(event_get(&ev, "label"), "a");
	assert_null(event_get(&ev, "nothing"));
	assert_true(ev.time == DATE_NONE);
	assert_null(ev.commit);
	event_release(&ev);
}

static void
refused(void **state)
{
	static const char *const bad[] = {
		"",
		" ",
		"{}",
		"[]",
		"1",
		"null",
		"{",
		HEAD,
		HEAD "\"set\"}x",
		"{\"n\":1}",
		"{\"n\":0,\"h\":1,\"o\":\"" ULID "\",\"a\":\"\",\"k\":\"x\"}",
		"{\"n\":1.5,\"h\":1,\"o\":\"" ULID "\",\"a\":\"\",\"k\":\"x\"}",
		"{\"n\":1,\"h\":-1,\"o\":\"" ULID "\",\"a\":\"\",\"k\":\"x\"}",
		"{\"n\":1,\"h\":1,\"o\":\"short\",\"a\":\"\",\"k\":\"x\"}",
		"{\"n\":1,\"h\":1,\"o\":\"" ULID "\",\"a\":3,\"k\":\"x\"}",
		"{\"n\":1,\"h\":1,\"o\":\"" ULID "\",\"a\":\"\",\"k\":\"\"}",
		HEAD "\"set\",\"g\":0}",
		HEAD "\"set\",\"u\":\"1\"}",
		HEAD "\"set\",\"c\":\"XYZ\"}",
		HEAD "\"set\",\"c\":\"\"}",
		HEAD "\"set\",\"t\":\"now\"}",
		HEAD "\"set\",\"s\":[]}",
		HEAD "\"set\",\"s\":{\"a\":1}}",
		HEAD "\"set\",\"s\":{\"a\":{}}}",
		HEAD "\"add\",\"s\":{\"a\":[null]}}",
		HEAD "\"set\",\"s\":{\"a\":\"\\u0000\"}}",
		HEAD "\"set\",\"s\":{\"a\":\"\xFF\"}}",
		HEAD "\"set\",\"s\":{\"a\":\"1\",\"a\":\"2\"}}",
		HEAD "\"set\",\"s\":{},\"b\":{\"a\":1}}",
		HEAD "\"rm\",\"s\":{},\"b\":{\"a\":{\"x\":[]}}}",
		HEAD "\"set\",\"b\":3}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err = ERR_INIT;
		struct event ev;

		if (event_decode(bad[i], strlen(bad[i]), &ev, &err) !=
		    RC_INVALID)
			fail_msg("taken: %s", bad[i]);
		assert_true(err.msg[0] != '\0');
		assert_null(ev.actor);
		assert_int_equal(ev.n_values, 0);
	}
}

/* Fields that stand twice where one can stand: the line stays good JSON. */
static void
last_value_wins(void **state)
{
	struct event ev = make(EVENT_SET);
	char *line;

	(void)state;
	event_put(&ev, "status", "open");
	event_put(&ev, "status", "done");
	line = encode(&ev);
	assert_non_null(strstr(line, "\"s\":{\"status\":\"done\"}}"));
	free(line);
	event_release(&ev);
}

static void
clock_runs_forward(void **state)
{
	uint64_t h = event_clock_next(0, 1000), next;

	(void)state;
	assert_int_equal(event_clock_ms(h), 1000);
	assert_true(event_clock_next(h, 1000) == h + 1);
	assert_true(event_clock_next(h, 500) == h + 1);
	assert_true(event_clock_next(h, -500) == h + 1);
	assert_int_equal(event_clock_ms(event_clock_next(h, 1001)), 1001);
	next = (UINT64_C(1000) << 16 | 0xFFFF);
	assert_int_equal(event_clock_ms(event_clock_next(next, 1000)), 1001);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_of_a_set),
		cmocka_unit_test(bytes_of_everything),
		cmocka_unit_test(escapes),
		cmocka_unit_test(round_trips),
		cmocka_unit_test(reads),
		cmocka_unit_test(refused),
		cmocka_unit_test(last_value_wins),
		cmocka_unit_test(clock_runs_forward),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
