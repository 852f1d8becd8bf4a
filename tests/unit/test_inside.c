/*
 * test_inside.c - cells and platforms of a group whose validated edges are
 * given: two cliques with one edge between them.
 */
#include "config.h"

#include "crowd.h"

#include "engine/inside.h"

enum { CLIQUE = 6, ACCOUNTS = 16 };

struct net {
	struct crowd c;
	struct scene scene;
	struct claque_score_settings settings;
	struct claque_group group[1];
	struct claque_member members[ACCOUNTS];
	uint32_t group_of[ACCOUNTS];
	struct valid_edge edges[256];
	struct claque_result result;
};

/* Accounts 0..5 on x and 6..11 on y are the group's own; 12 is exposed to it, 13..15 strangers. */
static void
open_net(struct net *n)
{
	*n = (struct net){ .settings = claque_score_defaults() };
	crowd_open(&n->c);
	for (uint32_t i = 0; i < ACCOUNTS; i++) {
		struct claque_account a = someone();

		a.platform = i < CLIQUE ? STR("x") : STR("y");
		(void)crowd_add(&n->c, a);
		n->group_of[i] = i < 2 * CLIQUE ? 0 : NO_GROUP;
		n->members[i] = (struct claque_member){ .account = i,
			.role = i < 2 * CLIQUE ? CLAQUE_CORE : CLAQUE_EXPOSED };
	}
	crowd_seal(&n->c);
	n->group[0].members = n->members;
	n->group[0].member_count = 2 * CLIQUE + 1;
	n->group[0].exposed_count = 1;
	n->scene = (struct scene){ .ds = n->c.ds, .settings = &n->settings, .threads = 1,
				   .group_of = n->group_of, .group_count = 1 };
	n->scene.valid[0].edges = n->edges;
	n->result = (struct claque_result){ .groups = n->group, .group_count = 1 };
}

static void
tie(struct net *n, uint32_t a, uint32_t b, enum claque_signal signal)
{
	n->edges[n->scene.valid[0].count++] = (struct valid_edge){
		.edge = { .a = a, .b = b, .weight = 3, .log10_p = -8 }, .signal = (uint8_t)signal };
}

static void
tie_all(struct net *n, uint32_t from, uint32_t to)
{
	for (uint32_t a = from; a < to; a++)
		for (uint32_t b = a + 1; b < to; b++)
			tie(n, a, b, CLAQUE_SIGNAL_CO_SOURCE);
}

static void
close_net(struct net *n)
{
	claque_dataset_free(n->c.ds);
	free(n->c.out);
}

static void
two_cliques_are_two_cells(void **state)
{
	struct net n;

	(void)state;
	open_net(&n);
	tie_all(&n, 0, CLIQUE);
	tie_all(&n, CLIQUE, 2 * CLIQUE);
	tie(&n, 0, CLIQUE, CLAQUE_SIGNAL_CO_MEDIA);
	tie(&n, 1, 2 * CLIQUE, CLAQUE_SIGNAL_CO_SOURCE);	/* to the exposed: not of it */
	assert_ok(inside_fill(&n.scene, &quiet, &n.result, &err), err);
	assert_int_equal(n.group[0].cells.count, 2);
	/* 30 of 31 edges inside, halves of the strength: 30/31 - 1/2. */
	assert_near(n.group[0].cells.modularity, 30.0 / 31 - 0.5);
	assert_near(n.group[0].cells.p, 1.0 / 21);
	assert_true(n.group[0].cells.expected < n.group[0].cells.modularity);
	for (uint32_t i = 0; i < 2 * CLIQUE; i++)
		assert_int_equal(n.members[i].cell, n.members[i < CLIQUE ? 0 : CLIQUE].cell);
	assert_int_equal(n.members[0].cell + n.members[CLIQUE].cell, 3);
	assert_int_equal(n.members[2 * CLIQUE].cell, 0);
	close_net(&n);
}

static void
one_signal_alone_joins_the_platforms(void **state)
{
	struct net n;

	(void)state;
	open_net(&n);
	tie_all(&n, 0, CLIQUE);
	tie_all(&n, CLIQUE, 2 * CLIQUE);
	tie(&n, 0, CLIQUE, CLAQUE_SIGNAL_CO_MEDIA);
	assert_ok(inside_fill(&n.scene, &quiet, &n.result, &err), err);
	assert_int_equal(n.group[0].platforms.accounts, 2 * CLIQUE);
	assert_int_equal(n.group[0].platforms.platforms, 2);
	assert_int_equal(n.group[0].platforms.cross_links, 1);
	assert_int_equal(n.group[0].platforms.signals, 1u << CLAQUE_SIGNAL_CO_MEDIA);
	assert_int_equal(n.group[0].platforms.needed, 1u << CLAQUE_SIGNAL_CO_MEDIA);
	close_net(&n);
}

static void
a_clique_has_no_cells(void **state)
{
	struct net n;

	(void)state;
	open_net(&n);
	tie_all(&n, 0, 2 * CLIQUE);
	assert_ok(inside_fill(&n.scene, &quiet, &n.result, &err), err);
	assert_int_equal(n.group[0].cells.count, 1);
	assert_near(n.group[0].cells.p, 1);
	for (uint32_t i = 0; i < ACCOUNTS; i++)
		assert_int_equal(n.members[i].cell, 0);
	/* Co-source ties hold it together across platforms, and nothing else does. */
	assert_int_equal(n.group[0].platforms.cross_links, CLIQUE * CLIQUE);
	assert_int_equal(n.group[0].platforms.needed, 1u << CLAQUE_SIGNAL_CO_SOURCE);
	close_net(&n);
}

static void
with_few_edges_cells_are_not_looked_for(void **state)
{
	struct net n;

	(void)state;
	open_net(&n);
	tie_all(&n, 0, 5);
	assert_ok(inside_fill(&n.scene, &quiet, &n.result, &err), err);
	assert_int_equal(n.group[0].cells.count, 0);
	assert_int_equal(n.group[0].platforms.platforms, 2);
	assert_int_equal(n.group[0].platforms.cross_links, 0);
	close_net(&n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_cliques_are_two_cells),
		cmocka_unit_test(one_signal_alone_joins_the_platforms),
		cmocka_unit_test(a_clique_has_no_cells),
		cmocka_unit_test(with_few_edges_cells_are_not_looked_for),
	};

	return cmocka_run_group_tests_name("inside", tests, NULL, NULL);
}
