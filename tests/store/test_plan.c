#include "rows.h"

#include "base/mem.h"
#include "store/query/words.h"
#include "store/query/words_leaf.h"

/*
 * Lists of random filters, against a look at each ticket: whatever way the
 * planner takes, and however it takes "or" and "not" apart, the tickets are the
 * same.  There are enough of them for every way to be taken.
 */
#define TICKETS 12000

static struct rows rows;

static const char *const types[] = { "bug", "feature", "task" };
static const char *const statuses[] = { "open", "in-progress", "done" };
static const char *const words[] = { "crash", "crashed", "crashing", "cradle",
	"terminal", "release", "한글", "오류" };
static const char *const labels[] = { "ui", "core", "old", "rare" };

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* What stands in a ticket, as numbers of the lists above. */
struct facts {
	unsigned type, status, word[2], priority;
	bool label[N(labels)], deleted;
};

static uint64_t seed;

static unsigned
any(unsigned n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

static struct facts known[TICKETS + 1];

static struct facts
make_facts(int64_t id)
{
	struct facts f = { 0 };

	seed = (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);
	any(2);
	f.type = any(N(types));
	f.status = any(20) == 0 ? 1 : any(2) * 2;
	f.word[0] = any(3) == 0 ? any(N(words)) : 0;
	f.word[1] = any(N(words));
	f.priority = any(5);
	f.label[0] = any(3) == 0;
	f.label[1] = any(10) == 0;
	/* It has to do with others: only what is done has it. */
	f.label[2] = f.status == 2 && any(2) == 0;
	f.label[3] = any(1000) == 0;
	f.deleted = any(100) == 0;
	return f;
}

static void
fill(void)
{
	for (int64_t id = 1; id <= TICKETS; id++) {
		struct facts f = known[id] = make_facts(id);
		char text[200];
		struct row row = { .id = id,
			.type = types[f.type],
			.status = statuses[f.status],
			.category = f.status == 0 ? 0
			    : f.status == 1       ? 1
						  : 2,
			.priority = (int)f.priority,
			.deleted = f.deleted,
			.created = ROWS_NOW - TICKETS + id,
			.updated = ROWS_NOW - id * 7919 % TICKETS,
			.summary = words[f.word[0]],
			.description = text };

		snprintf(text, sizeof(text), "%s w%lld %s %s %s",
		    words[f.word[1]], (long long)id, words[f.word[1]],
		    words[f.word[1]], words[f.word[1]]);
		rows_add(&rows, &row);
		for (unsigned i = 0; i < N(labels); i++)
			if (f.label[i])
				rows_set(&rows, "label", id, labels[i]);
	}
}

static bool
has_word(const struct facts *f, const char *begin)
{
	for (size_t i = 0; i < 2; i++)
		if (strncmp(words[f->word[i]], begin, strlen(begin)) == 0)
			return true;
	return false;
}

/* A filter's text, and who matches. */
struct question {
	struct buf text;
	bool *in; /* by id */
};

static bool
leaf_holds(unsigned kind, unsigned n, int64_t id)
{
	struct facts f = known[id];
	char key[32];

	switch (kind) {
	case 0:
		return f.type == n % N(types);
	case 1:
		return f.status == n % N(statuses);
	case 2:
		return f.label[n % N(labels)];
	case 3:
		return f.status < 2;
	case 4:
		return f.priority == n % 5;
	case 5:
		return has_word(&f, "cra");
	case 6:
		return has_word(&f, words[n % N(words)]);
	case 7:
		return f.label[n % 2] || f.label[2];
	default:
		snprintf(key, sizeof(key), "w%lld", (long long)id);
		return strncmp(key, "w77", 3) == 0;
	}
}

static void
leaf_text(unsigned kind, unsigned n, struct buf *out)
{
	static const char *const priorities_of[] = { "highest", "high",
		"medium", "low", "lowest" };

	switch (kind) {
	case 0:
		buf_printf(out, "type:%s", types[n % N(types)]);
		break;
	case 1:
		buf_printf(out, "status:%s", statuses[n % N(statuses)]);
		break;
	case 2:
		buf_printf(out, "label:%s", labels[n % N(labels)]);
		break;
	case 3:
		buf_puts(out, "is:open");
		break;
	case 4:
		buf_printf(out, "priority:%s", priorities_of[n % 5]);
		break;
	case 5:
		buf_puts(out, "cra");
		break;
	case 6:
		buf_puts(out, words[n % N(words)]);
		break;
	case 7:
		buf_printf(out, "label:%s,old", labels[n % 2]);
		break;
	default:
		buf_puts(out, "w77");
		break;
	}
}

static void
ask(struct question *q, unsigned depth, uint64_t *from)
{
	struct question r = { BUF_INIT, NULL };
	unsigned op, kind, n;

	seed = *from;
	op = depth == 0 ? 0 : any(5);
	kind = any(9);
	n = any(100);
	*from = seed;
	q->in = mem_calloc(TICKETS + 1, sizeof(*q->in));
	if (op < 2) {
		leaf_text(kind, n, &q->text);
		for (int64_t id = 1; id <= TICKETS; id++)
			q->in[id] = leaf_holds(kind, n, id);
		return;
	}
	free(q->in);
	if (op == 2) {
		buf_puts(&q->text, "not (");
		ask(q, depth - 1, from);
		buf_puts(&q->text, ")");
		for (int64_t id = 1; id <= TICKETS; id++)
			q->in[id] = !q->in[id];
		return;
	}
	buf_puts(&q->text, "(");
	ask(q, depth - 1, from);
	ask(&r, depth - 1, from);
	buf_printf(&q->text, op == 3 ? " %s)" : " or %s)", buf_str(&r.text));
	for (int64_t id = 1; id <= TICKETS; id++)
		q->in[id] = op == 3 ? q->in[id] && r.in[id]
				    : q->in[id] || r.in[id];
	buf_release(&r.text);
	free(r.in);
}

static void
check_count(const struct question *q, int64_t want)
{
	struct filter *f = rows_filter(buf_str(&q->text));
	struct err err = ERR_INIT;
	int64_t n;

	assert_int_equal(store_ticket_count(rows.st, f, 0, &n, &err), RC_OK);
	if (n != want)
		fail_msg("[%s]: %lld counted, not %lld", buf_str(&q->text),
		    (long long)n, (long long)want);
	assert_int_equal(store_ticket_count(rows.st, f, 101, &n, &err), RC_OK);
	assert_int_equal(n, want < 101 ? want : 101);
	filter_free(f);
}

/* By age the first of them; by other orders so many, and none that is wrong. */
static void
check_lists(const struct question *q, int64_t want)
{
	static const char *const sorts[] = { "-updated", "status,-updated",
		"priority" };
	/* Pages of different sizes go different ways. */
	static const int64_t limits[] = { 40, 300, 2000 };
	struct buf first = BUF_INIT;
	char *got;
	size_t n = 0;

	for (int64_t id = TICKETS; id > 0 && n < 30; id--)
		if (q->in[id] && !known[id].deleted)
			buf_printf(&first, "%s%lld", n++ > 0 ? " " : "",
			    (long long)id);
	got = rows_page(&rows, buf_str(&q->text), "", 30, 0, NULL);
	if (strcmp(got, buf_str(&first)) != 0)
		fail_msg("[%s]: got %s, not %s", buf_str(&q->text), got,
		    buf_str(&first));
	free(got);
	buf_release(&first);
	for (size_t i = 0; i < N(sorts); i++) {
		int64_t some = want < limits[i] ? want : limits[i], n_got = 0;

		got = rows_page(&rows, buf_str(&q->text), sorts[i],
		    (size_t)limits[i], 0, NULL);
		for (char *s = got; *s != '\0'; n_got++) {
			int64_t id = strtoll(s, &s, 10);

			if (!q->in[id] || known[id].deleted)
				fail_msg("[%s] by [%s]: %lld is wrong",
				    buf_str(&q->text), sorts[i], (long long)id);
		}
		if (n_got != some)
			fail_msg("[%s] by [%s]: %lld of %lld",
			    buf_str(&q->text), sorts[i], (long long)n_got,
			    (long long)some);
		free(got);
	}
}

static void
random_filters(void **state)
{
	uint64_t from = 20240518;

	(void)state;
	for (int i = 0; i < 120; i++) {
		struct question q = { BUF_INIT, NULL };
		int64_t want = 0;

		ask(&q, 3, &from);
		for (int64_t id = 1; id <= TICKETS; id++)
			want += q.in[id] && !known[id].deleted;
		check_count(&q, want);
		check_lists(&q, want);
		buf_release(&q.text);
		free(q.in);
	}
}

static char *
begin_with(const char *prefix)
{
	struct err err = ERR_INIT;
	struct strv found = STRV_INIT;
	struct buf out = BUF_INIT;

	if (words_begin(rows.st, prefix, &found, &err) != RC_OK)
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < found.n; i++)
		buf_printf(&out, "%s%s", i > 0 ? " " : "", found.v[i]);
	strv_release(&found);
	return buf_detach(&out);
}

static void
expect_words(const char *prefix, const char *want)
{
	char *got = begin_with(prefix);

	assert_string_equal(got == NULL ? "" : got, want);
	free(got);
}

static void
put_text(int64_t id, const char *text)
{
	struct err err = ERR_INIT;

	assert_int_equal(store_begin(rows.st, &err), RC_OK);
	assert_int_equal(search_put(rows.st, id, text, NULL, NULL, &err),
	    RC_OK);
	/* In the midst of writing the index alone knows. */
	expect_words("cra", "");
	assert_int_equal(store_commit(rows.st, &err), RC_OK);
}

static void
words_are_named(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	expect_words("cra", "cradle crash crashed crashing");
	expect_words("cras", "crash crashed crashing");
	expect_words("crashe", "");
	expect_words("crash", "crash crashed crashing");
	/* Few hits, or too many words: gathering is cheaper. */
	expect_words("w7777", "");
	expect_words("w1", "");
	expect_words("zzz", "");
	/* What is written later counts, also from another segment. */
	put_text(TICKETS + 1, "crabs craze");
	expect_words("cra", "crabs cradle crash crashed crashing craze");
	expect_words("crash", "crash crashed crashing");
	assert_int_equal(store_begin(rows.st, &err), RC_OK);
	assert_int_equal(search_remove(rows.st, TICKETS + 1, "crabs craze",
			     NULL, NULL, &err),
	    RC_OK);
	rows_exec(&rows, "INSERT INTO search (search) VALUES ('optimize')");
	assert_int_equal(store_commit(rows.st, &err), RC_OK);
	expect_words("cra", "cradle crash crashed crashing");
}

/* A segment that is being merged away has lost its first pages. */
static void
merging_hides_none(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	for (int i = 0; i < 40; i++) {
		char text[32];

		snprintf(text, sizeof(text), "crash crane%d", i);
		put_text(TICKETS + 10 + i, text);
		assert_int_equal(store_begin(rows.st, &err), RC_OK);
		rows_exec(&rows,
		    "INSERT INTO search (search, rank) VALUES ('merge', -1)");
		assert_int_equal(store_commit(rows.st, &err), RC_OK);
	}
	for (int i = 0; i < 40; i++) {
		char *got = begin_with("cra"), want[32];

		snprintf(want, sizeof(want), "crane%d", i);
		if (strstr(got, want) == NULL)
			fail_msg("%s is not in %s", want, got);
		free(got);
	}
}

static void
leaf_is_checked(void **state)
{
	/* Two words, "0abc" and "0abd", without hits. */
	static const unsigned char page[] = { 0, 0, 0, 12, 4, '0', 'a', 'b',
		'c', 3, 1, 'd', 4, 5 };
	struct strv found = STRV_INIT;

	(void)state;
	assert_true(words_leaf(page, sizeof(page), "ab", &found));
	assert_int_equal(found.n, 2);
	assert_string_equal(found.v[0], "abc");
	assert_string_equal(found.v[1], "abd");
	strv_release(&found);
	assert_true(words_leaf(page, sizeof(page), "abd", &found));
	assert_int_equal(found.n, 1);
	strv_release(&found);
	/* Cut or changed anywhere it is refused, or read within its bounds. */
	for (size_t len = 0; len < sizeof(page); len++) {
		unsigned char *copy = mem_calloc(len + 1, 1);

		memcpy(copy, page, len);
		if (len < 12)
			assert_false(words_leaf(copy, len, "ab", &found));
		free(copy);
	}
	for (size_t at = 0; at < sizeof(page); at++) {
		for (int v = 0; v < 256; v++) {
			unsigned char *copy = mem_calloc(sizeof(page), 1);

			memcpy(copy, page, sizeof(page));
			copy[at] = (unsigned char)v;
			words_leaf(copy, sizeof(page), "ab", &found);
			free(copy);
		}
	}
	strv_release(&found);
}

static int
setup(void **state)
{
	(void)state;
	rows_open(&rows);
	fill();
	rows_done(&rows);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rows_close(&rows);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_filters),
		cmocka_unit_test(words_are_named),
		cmocka_unit_test(merging_hides_none),
		cmocka_unit_test(leaf_is_checked),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
