#include "fixture.h"

#include "store/release.h"
#include "store/ticket.h"

/*
 * A property: whatever is done, in whatever order, a replay of the journal
 * reaches the same content, and nothing that fsck looks at is off.
 */
struct world {
	struct fixture f;
	struct ulid ticket[40], comment[40], release[20];
	size_t n_tickets, n_comments, n_releases;
	uint64_t seed;
};

static unsigned
roll(struct world *w, unsigned n)
{
	w->seed ^= w->seed << 13;
	w->seed ^= w->seed >> 7;
	w->seed ^= w->seed << 17;
	return (unsigned)(w->seed >> 33) % n;
}

static const char *const words[] = { "alpha", "베타", "감마 델타", "", NULL,
	"\"quoted\" \\ text", "한글 두 글자", "x", "1", "2026-03-04" };

static const char *
word(struct world *w)
{
	return words[roll(w, sizeof(words) / sizeof(words[0]))];
}

static const struct ulid *
ticket(struct world *w)
{
	return &w->ticket[roll(w, (unsigned)w->n_tickets)];
}

/* Refusals are part of the game; anything else is not. */
static void
allow(struct world *w, enum rc rc)
{
	if (rc != RC_OK && rc != RC_INVALID && rc != RC_EXISTS &&
	    rc != RC_NOT_FOUND)
		fail_msg("%d: %s", rc, w->f.err.msg);
}

static void
new_ticket(struct world *w)
{
	char key[24];
	enum rc rc;

	if (w->n_tickets == 40)
		return;
	snprintf(key, sizeof(key), "%s-%u", roll(w, 4) ? "N" : "ABC",
	    roll(w, 60) + 1);
	rc = fixture_put(w->f.st, NULL, NULL, &w->ticket[w->n_tickets],
	    EVENT_TICKET, NULL, &w->f.err, "key", key, "summary", "요약 one",
	    "description", word(w), "status", roll(w, 2) ? "done" : NULL,
	    "label", "first", NULL);
	allow(w, rc);
	w->n_tickets += rc == RC_OK;
}

static void
new_other(struct world *w)
{
	char text[24];
	enum rc rc;

	if (roll(w, 2) && w->n_comments < 40) {
		rc = fixture_put(w->f.st, NULL, NULL,
		    &w->comment[w->n_comments], EVENT_COMMENT, NULL, &w->f.err,
		    "ticket", ticket(w)->s, "text", "댓글 text", NULL);
		w->n_comments += rc == RC_OK;
	} else if (w->n_releases < 20) {
		snprintf(text, sizeof(text), "1.%u", roll(w, 12));
		rc = fixture_put(w->f.st, NULL, NULL,
		    &w->release[w->n_releases], EVENT_RELEASE, NULL, &w->f.err,
		    "version", text, NULL);
		w->n_releases += rc == RC_OK;
	} else {
		return;
	}
	allow(w, rc);
}

static void
set_ticket(struct world *w)
{
	static const char *const statuses[] = { "open", "done", "in-progress",
		"in-review", NULL };
	static const char *const fields[] = { "summary", "description", "note",
		"assignee", "component", "rank", "due", "type" };

	allow(w,
	    fixture_put(w->f.st, NULL, NULL, NULL, EVENT_SET, ticket(w),
		&w->f.err, fields[roll(w, 8)], word(w), "status",
		statuses[roll(w, 5)], "deleted", roll(w, 5) ? NULL : "1",
		NULL));
}

static void
set_other(struct world *w)
{
	char text[24];

	if (roll(w, 2) && w->n_comments > 0) {
		allow(w,
		    fixture_put(w->f.st, NULL, NULL, NULL, EVENT_SET,
			&w->comment[roll(w, (unsigned)w->n_comments)],
			&w->f.err, roll(w, 2) ? "text" : "hidden",
			roll(w, 2) ? "1" : "0", NULL));
	} else if (w->n_releases > 0) {
		snprintf(text, sizeof(text), "1.%u", roll(w, 12));
		allow(w,
		    fixture_put(w->f.st, NULL, NULL, NULL, EVENT_SET,
			&w->release[roll(w, (unsigned)w->n_releases)],
			&w->f.err, "version", text, "deleted",
			roll(w, 3) ? "0" : "1", NULL));
	}
}

static void
change_set(struct world *w)
{
	static const char *const fields[] = { "label", "release", "found-in",
		"blocks", "relates" };
	const unsigned i = roll(w, 5);

	allow(w,
	    fixture_put(w->f.st, NULL, NULL, NULL,
		roll(w, 2) ? EVENT_ADD : EVENT_REMOVE, ticket(w), &w->f.err,
		fields[i], i < 3 ? word(w) : ticket(w)->s, NULL));
}

static void
turn(struct world *w)
{
	struct strv s = STRV_INIT;
	int64_t op;

	if (roll(w, 3))
		allow(w, store_undo(w->f.st, "me", &op, &s, &w->f.err));
	else
		allow(w, store_redo(w->f.st, "me", &op, &s, &w->f.err));
	strv_release(&s);
}

static void
step(struct world *w)
{
	switch (w->n_tickets == 0 ? 0 : roll(w, 12)) {
	case 0:
	case 1:
		new_ticket(w);
		break;
	case 2:
		new_other(w);
		break;
	case 3:
	case 4:
	case 5:
		set_ticket(w);
		break;
	case 6:
		set_other(w);
		break;
	case 7:
	case 8:
		change_set(w);
		break;
	default:
		turn(w);
	}
}

static void
test_replay_is_the_same(void **state)
{
	struct world w;

	(void)state;
	for (unsigned round = 1; round <= 12; round++) {
		w = (struct world){ .seed = UINT64_C(0x9e3779b97f4a7c15) *
			    round };
		fixture_open(&w.f);
		for (int i = 0; i < 120; i++) {
			/* Some steps share a transaction. */
			const bool many = roll(&w, 4) == 0;

			if (many)
				assert_int_equal(store_begin(w.f.st, &w.f.err),
				    RC_OK);
			step(&w);
			if (many)
				store_commit(w.f.st, &w.f.err);
		}
		fixture_sound(&w.f);
		fixture_close(&w.f);
	}
}

/* Undoing all of it, then doing all of it again, comes back to the start. */
static void
test_there_and_back(void **state)
{
	struct world w = { .seed = 4711 };
	struct ticket before[40], after;
	int64_t op;
	int n = 0;

	(void)state;
	fixture_open(&w.f);
	for (int i = 0; i < 60; i++) {
		step(&w);
		/* Only what is undone to the end counts here. */
		while (store_redo(w.f.st, "me", &op, NULL, &w.f.err) == RC_OK)
			continue;
	}
	memset(before, 0, sizeof(before));
	for (size_t i = 0; i < w.n_tickets; i++)
		assert_int_equal(store_ticket_by_ulid(w.f.st, &w.ticket[i],
				     TICKET_FULL, &before[i], &w.f.err),
		    RC_OK);
	while (store_undo(w.f.st, "me", &op, NULL, &w.f.err) == RC_OK)
		n++;
	assert_true(n > 20);
	fixture_sound(&w.f);
	while (store_redo(w.f.st, "me", &op, NULL, &w.f.err) == RC_OK)
		n--;
	assert_int_equal(n, 0);
	for (size_t i = 0; i < w.n_tickets; i++) {
		struct buf a = BUF_INIT, b = BUF_INIT;

		after = (struct ticket){ 0 };
		store_ticket_by_ulid(w.f.st, &w.ticket[i], TICKET_FULL, &after,
		    &w.f.err);
		for (int field = 0; field < TF_N; field++) {
			buf_clear(&a);
			buf_clear(&b);
			ticket_field_text(&before[i], field, &a);
			ticket_field_text(&after, field, &b);
			assert_string_equal(buf_str(&a), buf_str(&b));
		}
		assert_int_equal(before[i].n_comments, after.n_comments);
		buf_release(&a);
		buf_release(&b);
		ticket_release(&before[i]);
		ticket_release(&after);
	}
	fixture_sound(&w.f);
	fixture_close(&w.f);
}

static void
count_progress(void *arg, int64_t done, int64_t total)
{
	int64_t *last = arg;

	assert_true(done >= *last && done <= total);
	*last = done;
}

/* The bulk path drops indexes and puts them back. */
static void
test_bulk(void **state)
{
	struct fixture f;
	struct ticket_count_list counts = { NULL, 0, 0 };
	int64_t group = 0, progress = 0;
	bool changed = true;

	(void)state;
	fixture_open(&f);
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	assert_int_equal(store_bulk_begin(f.st, &f.err), RC_OK);
	for (int i = 1; i <= 5000; i++) {
		struct event ev = EVENT_INIT;
		char key[24];

		snprintf(key, sizeof(key), "N-%d", i);
		ev.kind = EVENT_TICKET;
		ev.group = group;
		event_put(&ev, "key", key);
		event_put(&ev, "summary", "가나다라 bulk");
		event_put(&ev, "status", i % 3 ? "open" : "done");
		assert_int_equal(store_append(f.st, &ev, &f.err), RC_OK);
		group = ev.group;
		event_release(&ev);
	}
	assert_int_equal(store_bulk_end(f.st, &f.err), RC_OK);
	assert_int_equal(store_commit(f.st, &f.err), RC_OK);
	assert_int_equal(store_ticket_counts(f.st, &counts, &f.err), RC_OK);
	assert_int_equal(counts.n, 2);
	ticket_count_list_release(&counts);
	assert_int_equal(store_rebuild(f.st, count_progress, &progress,
			     &changed, &f.err),
	    RC_OK);
	assert_false(changed);
	assert_int_equal(progress, 5000);
	fixture_sound(&f);
	/* Rolled back in the middle, the indexes are there. */
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	assert_int_equal(store_bulk_begin(f.st, &f.err), RC_OK);
	put(&f, EVENT_TICKET, NULL, "key", "X-1", "summary", "s", NULL);
	store_rollback(f.st);
	assert_int_equal(store_bulk_end(f.st, &f.err), RC_OK);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_not_inside_a_change(void **state)
{
	struct fixture f;
	bool changed;

	(void)state;
	fixture_open(&f);
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	assert_int_equal(store_rebuild(f.st, NULL, NULL, &changed, &f.err),
	    RC_FAIL);
	store_rollback(f.st);
	fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_replay_is_the_same),
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_bulk),
		cmocka_unit_test(test_not_inside_a_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
