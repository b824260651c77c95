#include "unit.h"

#include "base/mem.h"
#include "model/graph.h"

/* A small linear congruential generator: the same graphs on every machine. */
static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void
random_graph(struct graph *g, uint32_t n, uint32_t *seed)
{
	uint32_t parents[3];
	size_t k, count;
	uint32_t i;

	for (i = 1; i <= n; i++) {
		count = i == 1 ? 0 : next(seed) % 4;
		for (k = 0; k < count; k++)
			parents[k] = 1 + next(seed) % (i - 1);
		assert_int_equal(graph_add(g, parents, count), i);
	}
}

/* By definition: itself, or an ancestor of a parent. */
static bool
slow_ancestor(const struct graph *g, uint32_t a, uint32_t b)
{
	size_t i;

	if (!g->present[b])
		return false;
	if (a == b)
		return true;
	for (i = 0; i < g->n_parents[b]; i++)
		if (slow_ancestor(g, a, g->parents[g->first_parent[b] + i]))
			return true;
	return false;
}

static void
ancestors_by_definition(void **state)
{
	uint32_t seed = 7, a, b;
	int round;

	(void)state;
	for (round = 0; round < 20; round++) {
		struct graph g = { 0 };

		random_graph(&g, 14, &seed);
		for (a = 1; a <= g.n; a++)
			for (b = 1; b <= g.n; b++)
				assert_int_equal(graph_is_ancestor(&g, a, b),
				    slow_ancestor(&g, a, b));
		graph_release(&g);
	}
}

static void
range_is_to_without_from(void **state)
{
	uint32_t seed = 11, from, to, id, *ids;
	size_t n, i;
	int round;

	(void)state;
	for (round = 0; round < 20; round++) {
		struct graph g = { 0 };

		random_graph(&g, 13, &seed);
		for (from = 0; from <= g.n; from++) {
			for (to = 1; to <= g.n; to++) {
				n = graph_range(&g, from, to, &ids);
				i = 0;
				for (id = g.n; id > 0; id--) {
					bool in = slow_ancestor(&g, id, to) &&
					    (from == 0 ||
						!slow_ancestor(&g, id, from));

					if (in)
						assert_int_equal(ids[i++], id);
				}
				assert_int_equal(i, n);
				free(ids);
			}
		}
		graph_release(&g);
	}
}

static void
labels_are_the_first_tip_that_has_it(void **state)
{
	uint32_t seed = 3, tips[4], *label, id;
	size_t t, first;
	int round;

	(void)state;
	for (round = 0; round < 30; round++) {
		struct graph g = { 0 };

		random_graph(&g, 14, &seed);
		for (t = 0; t < 4; t++)
			tips[t] = 1 + next(&seed) % g.n;
		label = mem_calloc(g.n + 1, sizeof *label);
		graph_label(&g, tips, 4, label);
		for (id = 1; id <= g.n; id++) {
			first = 0;
			for (t = 4; t-- > 0;)
				if (slow_ancestor(&g, id, tips[t]))
					first = t + 1;
			assert_int_equal(label[id], first);
		}
		free(label);
		graph_release(&g);
	}
}

static void
removed_commits_are_not_passed_through(void **state)
{
	struct graph g = { 0 };
	uint32_t one[] = { 1 }, two[] = { 2 };
	uint8_t *set;

	(void)state;
	graph_add(&g, NULL, 0);
	graph_add(&g, one, 1);
	graph_add(&g, two, 1);
	graph_remove(&g, 2);
	set = graph_set(&g);
	assert_int_equal(graph_paint(&g, 3, 1, set), 1);
	assert_int_equal(set[1], 0);
	assert_int_equal(graph_paint(&g, 2, 1, set), 0);
	free(set);
	graph_release(&g);
}

static void
numbers_may_be_left_out(void **state)
{
	struct graph g = { 0 };
	uint32_t five[] = { 5 }, *ids;

	(void)state;
	graph_add_at(&g, 5, NULL, 0);
	graph_add_at(&g, 90, five, 1);
	assert_int_equal(g.n, 90);
	assert_false(g.present[6]);
	assert_true(graph_is_ancestor(&g, 5, 90));
	assert_false(graph_is_ancestor(&g, 6, 90));
	assert_false(graph_is_ancestor(&g, 5, 1000));
	assert_int_equal(graph_range(&g, 0, 90, &ids), 2);
	free(ids);
	assert_int_equal(graph_range(&g, 0, 6, &ids), 0);
	free(ids);
	graph_release(&g);
}

static void
an_empty_graph_has_nothing(void **state)
{
	struct graph g = { 0 };
	uint32_t *ids;

	(void)state;
	assert_false(graph_is_ancestor(&g, 1, 1));
	assert_int_equal(graph_range(&g, 0, 1, &ids), 0);
	assert_null(ids);
	graph_release(&g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ancestors_by_definition),
		cmocka_unit_test(range_is_to_without_from),
		cmocka_unit_test(labels_are_the_first_tip_that_has_it),
		cmocka_unit_test(removed_commits_are_not_passed_through),
		cmocka_unit_test(numbers_may_be_left_out),
		cmocka_unit_test(an_empty_graph_has_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
