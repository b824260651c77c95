#include "fixture.h"

#include "store/history.h"

static struct oid
oid_of(unsigned n)
{
	struct oid o = { .len = 20 };

	/* Spread, as hashes are. */
	for (unsigned i = 0; i < 20; i++)
		o.id[i] = (uint8_t)(((n + 1) * 2654435761U >> (i % 4 * 8)) ^ i);
	return o;
}

static void
add(struct fixture *f, uint32_t id, const uint32_t *parents, size_t n)
{
	const struct history_commit c = { .id = id,
		.oid = oid_of(id),
		.parents = parents,
		.n_parents = n,
		.time = 1000 + id,
		.flags = n > 1 ? HISTORY_MERGE : 0,
		.author = id % 2 ? "김 <k@x>" : "B <b@x>",
		.subject = "제목: subject" };

	if (store_history_add(f->st, &c, &f->err) != RC_OK)
		fail_msg("%s", f->err.msg);
}

static void
begin(struct fixture *f)
{
	assert_int_equal(store_begin(f->st, &f->err), RC_OK);
}

static void
commit(struct fixture *f)
{
	if (store_commit(f->st, &f->err) != RC_OK)
		fail_msg("%s", f->err.msg);
}

static void
link_to(struct fixture *f, uint32_t rev, const char *prefix, uint32_t number,
    enum link_role role)
{
	struct ticket_key key = { "", number };

	memcpy(key.prefix, prefix, strlen(prefix) + 1);
	assert_int_equal(store_history_link(f->st, rev, &key, role, 1, &f->err),
	    RC_OK);
}

struct collected {
	struct history_link v[64];
	size_t n;
};

static bool
collect(const struct history_link *l, void *arg)
{
	struct collected *c = arg;

	c->v[c->n++] = *l;
	return c->n < 64;
}

static struct collected
links(struct fixture *f, uint32_t rev, const char *key)
{
	struct collected c = { .n = 0 };
	struct ticket_key k;

	if (key != NULL)
		assert_true(ticket_key_parse(key, strlen(key), &k));
	assert_int_equal(store_history_links(f->st, rev,
			     key == NULL ? NULL : &k, collect, &c, &f->err),
	    RC_OK);
	return c;
}

static void
test_graph(void **state)
{
	static const uint32_t two[] = { 2, 1 }, many[] = { 4, 1, 2, 3 };
	static const uint32_t one[] = { 1 };
	struct fixture f;
	struct graph g = { 0 };
	int64_t *times = NULL, *releases = NULL;
	uint16_t *flags = NULL;
	uint32_t max, id;
	int64_t count;
	struct oid o;
	char hex[OID_HEX_MAX + 1];

	(void)state;
	fixture_open(&f);
	begin(&f);
	assert_int_equal(store_history_clear(f.st, &f.err), RC_OK);
	add(&f, 1, NULL, 0);
	add(&f, 2, one, 1);
	add(&f, 3, one, 1);
	add(&f, 4, two, 2);
	add(&f, 6, many, 4);
	assert_int_equal(store_history_index(f.st, &f.err), RC_OK);
	commit(&f);
	assert_int_equal(store_history_max(f.st, &max, &count, &f.err), RC_OK);
	assert_int_equal(max, 6);
	assert_int_equal(count, 5);
	assert_int_equal(store_history_graph(f.st, &g, &times, &flags,
			     &releases, &f.err),
	    RC_OK);
	assert_int_equal(g.n, 6);
	assert_false(g.present[5]);
	assert_int_equal(g.n_parents[6], 4);
	assert_int_equal(g.parents[g.first_parent[4]], 2);
	for (int i = 0; i < 4; i++)
		assert_int_equal(g.parents[g.first_parent[6] + i], many[i]);
	assert_int_equal(times[3], 1003);
	assert_int_equal(flags[6], HISTORY_MERGE);
	graph_release(&g);
	free(times);
	free(flags);
	free(releases);
	o = oid_of(4);
	assert_int_equal(store_history_find(f.st, &o, &id, &f.err), RC_OK);
	assert_int_equal(id, 4);
	oid_to_hex(&o, hex);
	hex[9] = '\0';
	assert_int_equal(store_history_find_prefix(f.st, hex, &id, &f.err),
	    RC_OK);
	assert_int_equal(id, 4);
	o = oid_of(99);
	assert_int_equal(store_history_find(f.st, &o, &id, &f.err), RC_OK);
	assert_int_equal(id, 0);
	assert_int_equal(store_history_find_prefix(f.st, "abc", &id, &f.err),
	    RC_NOT_FOUND);
	assert_int_equal(store_history_find_prefix(f.st, "wxyz", &id, &f.err),
	    RC_NOT_FOUND);
	assert_int_equal(store_history_find_prefix(f.st, "00000000", &id,
			     &f.err),
	    RC_NOT_FOUND);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_prefix_is_ambiguous(void **state)
{
	struct fixture f;
	struct history_commit c = { .id = 1,
		.author = "a",
		.subject = "s",
		.oid = { .len = 20, .id = { 0xab, 0xcd, 0x10 } } };
	uint32_t id;

	(void)state;
	fixture_open(&f);
	begin(&f);
	assert_int_equal(store_history_add(f.st, &c, &f.err), RC_OK);
	c.id = 2;
	c.oid = (struct oid){ .len = 32, .id = { 0xab, 0xcd, 0x1f } };
	assert_int_equal(store_history_add(f.st, &c, &f.err), RC_OK);
	commit(&f);
	assert_int_equal(store_history_find_prefix(f.st, "abcd", &id, &f.err),
	    RC_FAIL);
	assert_int_equal(store_history_find_prefix(f.st, "ABCD1", &id, &f.err),
	    RC_FAIL);
	assert_int_equal(store_history_find_prefix(f.st, "abcd1f", &id, &f.err),
	    RC_OK);
	assert_int_equal(id, 2);
	assert_int_equal(store_history_find_prefix(f.st,
			     "abcd100000000000000000000000000000000000", &id,
			     &f.err),
	    RC_OK);
	assert_int_equal(id, 1);
	fixture_close(&f);
}

static void
check_links(struct fixture *f)
{
	struct collected c;

	c = links(f, 0, "N-7");
	assert_int_equal(c.n, 2);
	assert_int_equal(c.v[0].commit, 1);
	assert_int_equal(c.v[0].role, LINK_CLOSES);
	assert_int_equal(c.v[0].ticket, 0);
	assert_int_equal(c.v[1].role, LINK_CLAIMS);
	c = links(f, 2, NULL);
	assert_int_equal(c.n, 2);
	c = links(f, 0, NULL);
	assert_int_equal(c.n, 3);
	c = links(f, 0, "X-1");
	assert_int_equal(c.n, 0);
}

/* Collected or one by one: the strongest role stays. */
static void
test_links(void **state)
{
	struct fixture f;
	struct history_totals totals;

	(void)state;
	fixture_open(&f);
	for (int full = 0; full < 2; full++) {
		begin(&f);
		if (full)
			assert_int_equal(store_history_clear(f.st, &f.err),
			    RC_OK);
		add(&f, 1, NULL, 0);
		add(&f, 2, NULL, 0);
		link_to(&f, 1, "N", 7, LINK_MENTIONS);
		link_to(&f, 2, "N", 9, LINK_MENTIONS);
		link_to(&f, 1, "N", 7, LINK_CLOSES);
		link_to(&f, 1, "N", 7, LINK_CLAIMS);
		link_to(&f, 2, "N", 7, LINK_CLAIMS);
		check_links(&f);
		if (full)
			assert_int_equal(store_history_index(f.st, &f.err),
			    RC_OK);
		commit(&f);
		check_links(&f);
	}
	make(&f, NULL, EVENT_TICKET, "key", "N-7", "summary", "s", NULL);
	assert_int_equal(store_history_totals(f.st, &totals, &f.err), RC_OK);
	assert_int_equal(totals.commits, 2);
	assert_int_equal(totals.links, 3);
	assert_int_equal(totals.unknown_keys, 1);
	assert_int_equal(links(&f, 1, NULL).v[0].ticket, 1);
	fixture_sound(&f);
	fixture_close(&f);
}

/* A scan that ends without store_history_index() leaves a sound database. */
static void
test_commit_makes_the_indexes(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f);
	begin(&f);
	assert_int_equal(store_history_clear(f.st, &f.err), RC_OK);
	add(&f, 1, NULL, 0);
	link_to(&f, 1, "N", 7, LINK_CLAIMS);
	commit(&f);
	assert_int_equal(links(&f, 0, NULL).n, 1);
	fixture_sound(&f);
	begin(&f);
	assert_int_equal(store_history_clear(f.st, &f.err), RC_OK);
	link_to(&f, 5, "N", 7, LINK_CLAIMS);
	store_rollback(f.st);
	assert_int_equal(links(&f, 0, NULL).n, 1);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
put_hex(struct fixture *f, enum event_kind kind, const struct ulid *o,
    const char *field, unsigned commit_n)
{
	const struct oid oid = oid_of(commit_n);
	char hex[OID_HEX_MAX + 1];

	oid_to_hex(&oid, hex);
	put(f, kind, o, field, hex, NULL);
}

static void
test_links_by_hand(void **state)
{
	struct fixture f;
	struct ulid a;
	struct oid from = oid_of(2), to = oid_of(3);
	struct collected c;

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-7", "summary", "s", NULL);
	begin(&f);
	add(&f, 1, NULL, 0);
	add(&f, 2, NULL, 0);
	link_to(&f, 1, "N", 7, LINK_CLAIMS);
	commit(&f);
	put_hex(&f, EVENT_ADD, &a, "link", 2);
	c = links(&f, 0, "N-7");
	assert_int_equal(c.n, 2);
	assert_int_equal(c.v[1].role, LINK_MANUAL);
	assert_int_equal(links(&f, 2, NULL).n, 1);
	put_hex(&f, EVENT_ADD, &a, "unlink", 1);
	c = links(&f, 0, NULL);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.v[0].commit, 2);
	/* The later word wins; a link by hand hides the derived one. */
	put_hex(&f, EVENT_ADD, &a, "link", 1);
	c = links(&f, 1, NULL);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.v[0].role, LINK_MANUAL);
	put_hex(&f, EVENT_REMOVE, &a, "link", 1);
	assert_int_equal(links(&f, 1, NULL).n, 0);
	put_hex(&f, EVENT_REMOVE, &a, "unlink", 1);
	assert_int_equal(links(&f, 1, NULL).v[0].role, LINK_CLAIMS);
	/* It follows its commit through a rewrite. */
	begin(&f);
	assert_int_equal(store_history_remove(f.st, (uint32_t[]){ 2 }, 1,
			     &f.err),
	    RC_OK);
	add(&f, 3, NULL, 0);
	assert_int_equal(store_rewrite_add(f.st, &from, &to, &f.err), RC_OK);
	commit(&f);
	c = links(&f, 3, NULL);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.v[0].role, LINK_MANUAL);
	fixture_sound(&f);
	fixture_close(&f);
}

static bool
count_tie(const struct history_tie_row *t, void *arg)
{
	struct history_tie_row *v = arg;

	v[0] = *t;
	return true;
}

static bool
keep_typo(const char *text, const struct ticket_key *meant, void *arg)
{
	assert_string_equal(text, "MGN-1");
	assert_string_equal(meant->prefix, "MNG");
	++*(int *)arg;
	return true;
}

static bool
keep_commit(const struct history_commit *c, void *arg)
{
	assert_string_equal(c->subject, "제목: subject");
	assert_string_equal(c->author, c->id % 2 ? "김 <k@x>" : "B <b@x>");
	*(uint32_t *)arg = c->id;
	return true;
}

static void
test_rest(void **state)
{
	struct fixture f;
	struct history_tie_row tie = { 0, 0, 0 };
	struct strv v = STRV_INIT, hexes = STRV_INIT;
	struct ticket_key meant = { "MNG", 1 };
	uint32_t last = 0;
	int n = 0;

	(void)state;
	fixture_open(&f);
	begin(&f);
	add(&f, 1, NULL, 0);
	add(&f, 2, (uint32_t[]){ 1 }, 1);
	assert_int_equal(store_history_tie(f.st, 2, 1, TIE_REVERTS, &f.err),
	    RC_OK);
	assert_int_equal(store_history_tie(f.st, 2, 1, TIE_REVERTS, &f.err),
	    RC_OK);
	assert_int_equal(store_history_typo(f.st, 2, "MGN-1", &meant, &f.err),
	    RC_OK);
	assert_int_equal(store_history_coauthor(f.st, 2, "C <c@x>", &f.err),
	    RC_OK);
	assert_int_equal(store_history_set_flags(f.st, 1, HISTORY_MAINLINE,
			     &f.err),
	    RC_OK);
	assert_int_equal(store_history_set_release(f.st, 1, 5, &f.err), RC_OK);
	commit(&f);
	store_history_ties(f.st, count_tie, &tie, &f.err);
	assert_int_equal(tie.commit, 2);
	assert_int_equal(tie.target, 1);
	store_history_typos(f.st, 2, keep_typo, &n, &f.err);
	assert_int_equal(n, 1);
	store_history_coauthors(f.st, 2, &v, &f.err);
	assert_int_equal(v.n, 1);
	strv_release(&v);
	store_history_commits(f.st, (uint32_t[]){ 2, 77, 1 }, 3, keep_commit,
	    &last, &f.err);
	assert_int_equal(last, 1);
	store_history_commits(f.st, NULL, 0, keep_commit, &last, &f.err);
	assert_int_equal(last, 2);
	begin(&f);
	strv_push(&v, "refs/heads/main");
	strv_push(&hexes, "00");
	assert_int_equal(store_refs_save(f.st, &v, &hexes, &f.err), RC_OK);
	commit(&f);
	strv_release(&v);
	strv_release(&hexes);
	assert_int_equal(store_refs_load(f.st, &v, &hexes, &f.err), RC_OK);
	assert_string_equal(v.v[0], "refs/heads/main");
	strv_release(&v);
	strv_release(&hexes);
	/* What is removed takes along all that hangs on it. */
	begin(&f);
	assert_int_equal(store_history_remove(f.st, (uint32_t[]){ 1 }, 1,
			     &f.err),
	    RC_OK);
	store_history_ties(f.st, count_tie, &tie, &f.err);
	assert_int_equal(tie.target, 0);
	assert_int_equal(store_history_remove(f.st, (uint32_t[]){ 2 }, 1,
			     &f.err),
	    RC_OK);
	commit(&f);
	tie.commit = 0;
	store_history_ties(f.st, count_tie, &tie, &f.err);
	assert_int_equal(tie.commit, 0);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_needs_a_transaction(void **state)
{
	struct fixture f;
	struct oid o = oid_of(1);
	const struct history_commit c = { .id = 1,
		.author = "a",
		.subject = "s",
		.oid = oid_of(1) };

	(void)state;
	fixture_open(&f);
	assert_int_equal(store_history_add(f.st, &c, &f.err), RC_FAIL);
	assert_int_equal(store_ledger_take(f.st, &o, 1, "close", 1, &f.err),
	    RC_FAIL);
	fixture_close(&f);
}

static bool
count_row(const struct ledger_row *r, void *arg)
{
	assert_string_equal(r->action, "close");
	++*(int *)arg;
	return true;
}

static int
ledger_rows(struct fixture *f, const struct oid *o)
{
	int n = 0;

	assert_int_equal(store_ledger_each(f->st, o, count_row, &n, &f->err),
	    RC_OK);
	return n;
}

static void
test_ledger(void **state)
{
	static const int rows[] = { 2, 0, 0, 1 };
	struct fixture f;
	struct oid o[6], end;
	int n = 0;

	(void)state;
	for (unsigned i = 0; i < 6; i++)
		o[i] = oid_of(i);
	fixture_open(&f);
	begin(&f);
	assert_int_equal(store_ledger_take(f.st, &o[0], 1, "close", 5, &f.err),
	    RC_OK);
	assert_int_equal(store_ledger_take(f.st, &o[0], 1, "close", 6, &f.err),
	    RC_EXISTS);
	assert_int_equal(store_ledger_take(f.st, &o[0], 2, "close", 5, &f.err),
	    RC_OK);
	/* Amended twice, then squashed with another. */
	assert_int_equal(store_rewrite_add(f.st, &o[0], &o[1], &f.err), RC_OK);
	assert_int_equal(store_rewrite_add(f.st, &o[1], &o[2], &f.err), RC_OK);
	assert_int_equal(store_ledger_take(f.st, &o[3], 3, "close", 7, &f.err),
	    RC_OK);
	assert_int_equal(store_rewrite_add(f.st, &o[3], &o[2], &f.err), RC_OK);
	commit(&f);
	/* Rows stay where they are: the old commit may live on. */
	for (unsigned i = 0; i < 4; i++) {
		assert_int_equal(store_rewrite_resolve(f.st, &o[i], &end,
				     &f.err),
		    RC_OK);
		assert_true(oid_equal(&end, &o[2]));
		assert_int_equal(ledger_rows(&f, &o[i]), rows[i]);
	}
	assert_int_equal(ledger_rows(&f, NULL), 3);
	begin(&f);
	assert_int_equal(store_ledger_take(f.st, &o[2], 1, "close", 5, &f.err),
	    RC_OK);
	assert_int_equal(store_ledger_of(f.st, 1, "close", count_row, &n,
			     &f.err),
	    RC_OK);
	assert_int_equal(n, 2);
	assert_int_equal(store_ledger_take(f.st, &o[2], 1, "close", 9, &f.err),
	    RC_EXISTS);
	/* Lapsed: it may happen again. */
	assert_int_equal(store_ledger_drop(f.st, &o[0], 1, "close", &f.err),
	    RC_OK);
	assert_int_equal(store_ledger_take(f.st, &o[0], 1, "close", 9, &f.err),
	    RC_OK);
	/* A reset brings the first one back: no circle. */
	assert_int_equal(store_rewrite_add(f.st, &o[2], &o[0], &f.err), RC_OK);
	assert_int_equal(store_rewrite_resolve(f.st, &o[1], &end, &f.err),
	    RC_OK);
	assert_true(oid_equal(&end, &o[0]));
	assert_int_equal(store_rewrite_add(f.st, &o[4], &o[4], &f.err), RC_OK);
	assert_int_equal(store_rewrite_resolve(f.st, &o[4], &end, &f.err),
	    RC_OK);
	assert_true(oid_equal(&end, &o[4]));
	commit(&f);
	fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_graph),
		cmocka_unit_test(test_prefix_is_ambiguous),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_commit_makes_the_indexes),
		cmocka_unit_test(test_links_by_hand),
		cmocka_unit_test(test_rest),
		cmocka_unit_test(test_needs_a_transaction),
		cmocka_unit_test(test_ledger),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
