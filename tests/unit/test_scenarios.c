/*
 * test_scenarios.c - the scenarios that are installed: that the truth of each has who the
 * file says, and that its tactics leave in the posts what they are there to teach.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/map.h"
#include "base/sha256.h"

#include "scenario/script.h"

#include "csv_table.h"

enum { SMALL = 10000, DAY_MS = 86400000, RETURN_DAYS = 5 };

static const char *const shipped[] = { "activists-only", "czech-petitions", "fandom-only",
				       "hidden-cell", "lookalike-outlets", "rename-to-india",
				       "reply-swarm", "return-after-takedown", "who-is-who" };
static const char *const files[] = { "posts.csv", "accounts.csv", "profile_changes.csv",
				     "truth.csv", "truth_twins.csv", "truth_changes.csv",
				     "truth_domains.csv", "truth_returns.csv", "README.txt" };
static const struct claque_progress silent = { 0 };
static struct arena whole;

struct made {
	struct script script;
	struct scenario_counts counts;
	struct csv_table posts, accounts, truth, changes, domains, returns;
	struct map ids;		/* accounts by their row of the truth, less one */
	char dir[64], digest[SHA256_HEX + 1];	/* of the posts */
};

static struct script
shipped_script(const char *name, struct arena *perm)
{
	struct claque_err err = { 0 };
	struct script s;
	const char *path = str_fmt(perm, "%s/share/scenarios/%s.conf", getenv("srcdir"), name).p;
	size_t len;
	char *text = csv_slurp(path, &len);

	assert_non_null(text);
	assert_ok(script_read(perm, path, (struct claque_str){ text, len }, &s, &err), err);
	free(text);
	assert_str(s.name, name);
	return s;
}

static void
read_table(struct csv_table *t, const char *dir, const char *name)
{
	struct arena a = whole;

	if (csv_table_read(t, str_fmt(&a, "%s/%s", dir, name).p))
		assert_true(t->sound);
}

static void
digest_posts(struct made *m)
{
	struct arena a = whole;
	size_t len;
	char *text = csv_slurp(str_fmt(&a, "%s/posts.csv", m->dir).p, &len);

	sha256_text((struct claque_str){ text, len }, m->digest);
	free(text);
}

static void
make(struct made *m, const char *name, uint64_t posts, struct arena *perm)
{
	struct scenario_settings settings;
	struct claque_err err;

	*m = (struct made){ .script = shipped_script(name, perm) };
	settings = script_settings(&m->script);
	settings.posts = posts;
	(void)snprintf(m->dir, sizeof(m->dir), "claque-scenario-XXXXXX");
	assert_non_null(mkdtemp(m->dir));
	assert_ok(scenario_generate(&settings, m->dir, &silent, &m->counts, &err), err);
	read_table(&m->posts, m->dir, "posts.csv");
	read_table(&m->accounts, m->dir, "accounts.csv");
	read_table(&m->truth, m->dir, "truth.csv");
	read_table(&m->changes, m->dir, "truth_changes.csv");
	read_table(&m->domains, m->dir, "truth_domains.csv");
	read_table(&m->returns, m->dir, "truth_returns.csv");
	for (size_t i = 1; i < m->truth.row_count; i++)
		(void)map_add(&m->ids, csv_at(&m->truth, i, 0), NULL);
	digest_posts(m);
}

static void
done(struct made *m)
{
	struct csv_table *tables[] = { &m->posts, &m->accounts, &m->truth, &m->changes,
				       &m->domains, &m->returns };

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct arena a = whole;

		(void)unlink(str_fmt(&a, "%s/%s", m->dir, files[i]).p);
	}
	assert_int_equal(rmdir(m->dir), 0);
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		csv_table_done(tables[i]);
	map_done(&m->ids);
}

static size_t
count(const struct csv_table *t, size_t column, const char *value)
{
	size_t n = 0;

	for (size_t i = 1; i < t->row_count; i++)
		n += str_eq(csv_at(t, i, column), str_of(value));
	return n;
}

/* group or kind, of an account. */
static struct claque_str
truth(const struct made *m, struct claque_str account, size_t column)
{
	uint32_t n = map_get(&m->ids, account);

	assert_int_not_equal(n, MAP_NONE);
	return csv_at(&m->truth, n + 1u, column);
}

static bool
is_planted(const struct made *m, struct claque_str account)
{
	return str_eq(truth(m, account, 2), STR("operation"));
}

static void
check_groups(const struct made *m)
{
	for (unsigned i = 0; i < SCRIPT_SORT_COUNT; i++) {
		const struct script_sort *sort = script_sort((enum script_sort_id)i);
		struct script_groups g = m->script.sorts[i];

		for (uint32_t k = 1; k <= g.count; k++) {
			struct arena a = whole;
			const char *name = sort->most == 1 ? sort->group
					 : str_fmt(&a, "%s-%u", sort->group, k).p;

			assert_int_equal(count(&m->truth, 1, name), g.members);
			assert_int_equal(count(&m->truth, 2, cast_kind(sort->role)),
					 g.count * g.members);
		}
		if (g.count == 0)
			assert_int_equal(count(&m->truth, 2, cast_kind(sort->role)), 0);
	}
}

static void
check_networks(const struct made *m)
{
	size_t all = 0, renamed = 0;

	for (size_t i = 0; i < m->script.network_count; i++) {
		const struct network *n = &m->script.networks[i];

		assert_int_equal(count(&m->truth, 1, n->name), n->count + n->twins + n->returned);
		all += n->count + n->twins + n->returned;
		renamed += network_uses(n, TACTIC_RENAMES) ? n->count : 0;
	}
	assert_int_equal(count(&m->truth, 2, "operation"), all);
	assert_int_equal(count(&m->changes, 2, "operation"), renamed);
	assert_int_equal(m->counts.networks, m->script.network_count);
}

static void
every_scenario_has_who_it_says_and_comes_out_the_same_twice(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(shipped) / sizeof(*shipped); i++) {
		struct arena perm = whole;
		struct script *s;
		struct made m, again;

		make(&m, shipped[i], SMALL, &perm);
		s = &m.script;
		assert_true(s->title.len > 20 && s->teaches.len > 20 && s->after.len > 20);
		assert_true(m.counts.posts >= SMALL);
		check_groups(&m);
		check_networks(&m);
		if (i % 3 == 0) {	/* a third of them, for time's sake */
			make(&again, shipped[i], SMALL, &perm);
			assert_string_equal(m.digest, again.digest);
			done(&again);
		}
		done(&m);
	}
}

static void
where_there_is_nothing_to_find_nothing_is_planted(void **state)
{
	static const char *const empty[] = { "activists-only", "fandom-only" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct arena perm = whole;

		assert_int_equal(shipped_script(empty[i], &perm).network_count, 0);
	}
}

/* Byte for byte: the generator reads nothing but these settings. */
static void
the_divide_network_is_the_world_of_the_demo(void **state)
{
	struct arena perm = whole;
	struct script s = shipped_script("divide-network", &perm);
	struct scenario_settings got = script_settings(&s), want = scenario_defaults();

	(void)state;
	assert_true(got.posts == want.posts && got.seed == want.seed && got.start == want.start);
	assert_int_equal(got.days, want.days);
	assert_int_equal(got.organic, want.organic);
	assert_int_equal(got.planted, want.planted);
	assert_int_equal(got.renamed, want.renamed);
	assert_int_equal(got.twins, want.twins);
	assert_int_equal(got.stealth, want.stealth);
	assert_false(got.vary || got.needle);
	assert_int_equal(got.without, want.without);
	assert_null(got.script);
}

/* --- what the tactics leave */

static int64_t
time_of(struct claque_str text)
{
	int64_t at;

	assert_true(clock_parse(text, &at));
	return at;
}

static void
who_is_removed_is_silent_and_who_returns_is_new(void **state)
{
	struct arena perm = whole;
	struct map back = { 0 };
	size_t late = 0;
	int64_t takedown;
	struct made m;

	(void)state;
	make(&m, "return-after-takedown", 20000, &perm);
	takedown = m.script.settings.start + m.script.networks[0].takedown * (int64_t)DAY_MS;
	assert_int_equal(m.returns.row_count - 1, m.script.networks[0].returned);
	for (size_t i = 1; i < m.returns.row_count; i++) {
		assert_true(is_planted(&m, csv_at(&m.returns, i, 0)));
		(void)map_add(&back, csv_at(&m.returns, i, 1), NULL);
	}
	assert_int_equal(back.count, m.script.networks[0].returned);
	for (size_t i = 1; i < m.accounts.row_count; i++)
		if (map_get(&back, csv_at(&m.accounts, i, 0)) != MAP_NONE)
			assert_true(time_of(csv_get(&m.accounts, i, "created_at")) > takedown);
	for (size_t i = 1; i < m.posts.row_count; i++) {
		struct claque_str id = csv_at(&m.posts, i, 1);
		bool x = str_eq(csv_at(&m.posts, i, 2), STR("x"));
		int64_t at = time_of(csv_at(&m.posts, i, 3));
		bool returned = map_get(&back, id) != MAP_NONE;

		if (!is_planted(&m, id) || !x)	/* the twins stay up */
			continue;
		assert_true(returned ? at >= takedown + RETURN_DAYS * (int64_t)DAY_MS
				     : at < takedown);
		late += returned;
	}
	assert_true(late > 100);
	map_done(&back);
	done(&m);
}

static void
redirects_lead_to_lookalikes_and_ads_are_paid_by_the_network_alone(void **state)
{
	struct arena perm = whole;
	size_t ads = 0, redirects = 0;
	struct made m;

	(void)state;
	make(&m, "lookalike-outlets", 30000, &perm);
	for (size_t i = 1; i < m.posts.row_count; i++)
		if (str_eq(csv_at(&m.posts, i, 4), STR("ad"))) {
			assert_true(is_planted(&m, csv_at(&m.posts, i, 1)));
			assert_true(str_find(csv_at(&m.posts, i, 17), STR("99"), 0) > 1);
			ads++;
		} else {
			assert_int_equal(csv_at(&m.posts, i, 17).len, 0);
		}
	assert_true(ads > 50);
	for (size_t i = 1; i < m.domains.row_count; i++)
		if (str_eq(csv_at(&m.domains, i, 2), STR("redirect"))) {
			assert_true(csv_at(&m.domains, i, 1).len > 0);
			redirects++;
		}
	assert_true(redirects > 10);
	assert_true(count(&m.domains, 2, "lookalike") > 3);
	done(&m);
}

static void
petitions_are_shared_by_innocents_too(void **state)
{
	struct arena perm = whole;
	size_t planted = 0, others = 0;
	struct made m;

	(void)state;
	make(&m, "czech-petitions", 15000, &perm);
	assert_true(count(&m.domains, 2, "petitions") > 0);
	for (size_t i = 1; i < m.posts.row_count; i++) {
		struct claque_str url = csv_at(&m.posts, i, 8);

		if (str_find(url, STR(".example/p/"), 0) == url.len)
			continue;
		planted += is_planted(&m, csv_at(&m.posts, i, 1));
		others += !is_planted(&m, csv_at(&m.posts, i, 1));
	}
	assert_true(planted > 100 && others > 10);
	done(&m);
}

static void
a_swarm_answers_many_at_a_time(void **state)
{
	struct arena perm = whole;
	struct map targets = { 0 };
	uint32_t *answers = NULL, most = 0;
	size_t cap = 0;
	struct made m;

	(void)state;
	make(&m, "reply-swarm", 15000, &perm);
	for (size_t i = 1; i < m.posts.row_count; i++) {
		uint32_t n;
		bool is_new;

		if (!str_eq(csv_at(&m.posts, i, 4), STR("reply")) ||
		    !is_planted(&m, csv_at(&m.posts, i, 1)))
			continue;
		n = map_add(&targets, csv_at(&m.posts, i, 6), &is_new);
		GROW(answers, cap, n + 1u);
		answers[n] = is_new ? 1 : answers[n] + 1;
		most = answers[n] > most ? answers[n] : most;
	}
	assert_true(most > 20);
	free(answers);
	map_done(&targets);
	done(&m);
}

static int
setup(void **state)
{
	(void)state;
	whole = arena_new(1 << 22);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(whole);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_scenario_has_who_it_says_and_comes_out_the_same_twice),
		cmocka_unit_test(where_there_is_nothing_to_find_nothing_is_planted),
		cmocka_unit_test(the_divide_network_is_the_world_of_the_demo),
		cmocka_unit_test(who_is_removed_is_silent_and_who_returns_is_new),
		cmocka_unit_test(redirects_lead_to_lookalikes_and_ads_are_paid_by_the_network_alone),
		cmocka_unit_test(petitions_are_shared_by_innocents_too),
		cmocka_unit_test(a_swarm_answers_many_at_a_time),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
