#include "unit.h"

#include "store/journal/line.h"
#include "base/buf.h"
#include "base/date.h"

/* Both readers say the same of a line: the code, and what it means. */
static void
same(const char *line)
{
	struct event a, b;
	struct buf x = BUF_INIT, y = BUF_INIT;
	const enum rc fast = line_decode(line, strlen(line), &a, NULL);
	const enum rc slow = event_decode(line, strlen(line), &b, NULL);

	if (fast != slow)
		fail_msg("%d and %d: %s", fast, slow, line);
	if (fast == RC_OK) {
		event_encode(&a, &x);
		event_encode(&b, &y);
		assert_string_equal(buf_str(&x), buf_str(&y));
		assert_true(a.time == b.time);
		assert_true(a.group == b.group);
		assert_int_equal(a.n_values, b.n_values);
		assert_int_equal(a.kind, b.kind);
	}
	event_release(&a);
	event_release(&b);
	buf_release(&x);
	buf_release(&y);
}

#define HEAD \
	"{\"n\":4,\"h\":99,\"o\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"," \
	"\"a\":\"me\","
#define HEX "0123456789abcdef0123456789abcdef01234567"

static const char *const lines[] = {
	HEAD "\"k\":\"set\",\"s\":{\"summary\":\"x\"}}",
	HEAD "\"k\":\"set\",\"g\":2,\"u\":3,\"r\":1,\"t\":-5,\"s\":{\"a\":"
	     "null,\"b\":\"한글 \\\"q\\\" \\\\ \\n\\t\\b\\f\\r\"},"
	     "\"b\":{\"a\":\"f.1\",\"b\":\"f.2\"}}",
	HEAD "\"k\":\"set\",\"s\":{\"a\":\"1\"},\"b\":{\"z\":\"f.1\"}}",
	HEAD "\"k\":\"add\",\"s\":{\"label\":[\"x\",\"y\"],\"release\":[]}}",
	HEAD "\"k\":\"rm\",\"s\":{\"label\":[\"x\",\"y\"]},\"b\":{\"label\":"
	     "{\"y\":\"f.2\",\"x\":\"f.1,f.3\"}}}",
	HEAD "\"k\":\"set\",\"c\":\"" HEX "\",\"s\":{\"a\":\"1\"}}",
	HEAD "\"k\":\"set\",\"c\":\"zz\",\"s\":{\"a\":\"1\"}}",
	HEAD "\"k\":\"dance\",\"s\":{\"a\":\"1\"}}",
	HEAD "\"k\":\"\",\"s\":{}}",
	HEAD "\"k\":\"set\",\"s\":{\"a\":\"1\",\"a\":\"2\"}}",
	HEAD "\"k\":\"set\",\"s\":{\"a\":\"\\u0041\\u0000\"}}",
	HEAD "\"k\":\"set\",\"s\":{\"a\":\"\\u001F\"}}",
	HEAD "\"k\":\"set\",\"s\":{\"a\":1}}",
	HEAD "\"k\":\"set\", \"s\":{\"a\":\"1\"}}",
	HEAD "\"k\":\"set\",\"s\":{\"a\":\"1\"}} ",
	HEAD "\"k\":\"set\",\"s\":{\"a\":\"1\"}}}",
	HEAD "\"k\":\"set\",\"s\":{\"a\":\"1\"}",
	HEAD "\"k\":\"set\",\"s\":{\"a\":\"\xff\"}}",
	HEAD "\"k\":\"set\",\"s\":{\"a\":\"\n\"}}",
	HEAD "\"k\":\"set\",\"s\":{}}",
	HEAD "\"k\":\"set\",\"g\":0,\"s\":{}}",
	HEAD "\"k\":\"set\",\"g\":01,\"s\":{}}",
	HEAD "\"k\":\"set\",\"t\":-9223372036854775808,\"s\":{}}",
	HEAD "\"k\":\"set\",\"x\":1,\"s\":{}}",
	HEAD "\"k\":\"set\"}",
	"{\"n\":0,\"h\":99,\"o\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"a\":\"\","
	"\"k\":\"set\",\"s\":{}}",
	"{\"n\":99999999999999999999,\"h\":9,\"o\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV"
	"\",\"a\":\"\",\"k\":\"set\",\"s\":{}}",
	"{\"n\":1,\"h\":1,\"o\":\"short\",\"a\":\"\",\"k\":\"set\",\"s\":{}}",
	"",
	"{",
	"null",
	"[]",
	"{}",
	"\"n\"",
};

static void
test_agrees(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		same(lines[i]);
}

/* Each line cut short anywhere, and with each byte changed. */
static void
test_agrees_on_damage(void **state)
{
	static const char bytes[] = "\"\\{}[],:0 a\xff";

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const size_t len = strlen(lines[i]);
		char *copy = strdup(lines[i]);

		for (size_t at = 0; at < len; at++) {
			for (size_t k = 0; k + 1 < sizeof(bytes); k++) {
				copy[at] = bytes[k];
				same(copy);
			}
			copy[at] = '\0';
			same(copy);
			copy[at] = lines[i][at];
		}
		free(copy);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_agrees),
		cmocka_unit_test(test_agrees_on_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
