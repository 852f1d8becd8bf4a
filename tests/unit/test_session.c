/* test_session.c - where a session is: screens, rows, marks, the way back. */
#include "config.h"

#include "test.h"

#include <stdlib.h>

#include "app/picture.h"
#include "app/pivot.h"
#include "small_case.h"
#include "small_session.h"
#include "tui/key.h"

static void
back_restores_screen_lens_and_cursor(void **state)
{
	struct session *s = fresh();
	int64_t third;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)session_select(s, 3);
	third = session_current(s)->id;
	(void)run(s, ACTION_OPEN, "");
	assert_int_equal(session_here(s)->screen, SCREEN_ACCOUNT);
	assert_int_equal(session_here(s)->subject.id, third);
	(void)run(s, ACTION_FILTER, "kind:reshare");
	(void)run(s, ACTION_BACK, "");
	assert_int_equal(session_here(s)->screen, SCREEN_ACCOUNT);
	assert_true(lens_is_open(&session_here(s)->lens));
	(void)run(s, ACTION_BACK, "");
	assert_int_equal(session_here(s)->screen, SCREEN_ACCOUNTS);
	assert_true(lens_is_open(&session_here(s)->lens));
	assert_int_equal(session_current(s)->id, third);
	(void)run(s, ACTION_FORWARD, "");
	(void)run(s, ACTION_FORWARD, "");
	assert_int_equal(session_here(s)->screen, SCREEN_ACCOUNT);
	assert_false(lens_is_open(&session_here(s)->lens));
	session_close(s);
}

static void
a_lens_follows_through_pivots(void **state)
{
	struct session *s = fresh();
	struct lens lens;

	(void)state;
	(void)run(s, ACTION_FILTER, "2016-09-20..2016-09-24 kind:reshare");
	lens = session_here(s)->lens;
	(void)run(s, ACTION_SCREEN, "posts");
	assert_true(lens_eq(&session_here(s)->lens, &lens));
	assert_true(session_length(s) < session_whole(s));
	(void)run(s, ACTION_DROP, "");
	assert_int_equal(session_here(s)->lens.kinds, 0);
	(void)run(s, ACTION_CLEAR, "");
	assert_int_equal(session_length(s), session_whole(s));
	session_close(s);
}

static void
forward_follows_the_last_way_taken(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_SCREEN, "posts");
	(void)run(s, ACTION_BACK, "");
	(void)run(s, ACTION_SCREEN, "sources");
	assert_int_equal(session_steps(s), 3);
	assert_non_null(action_missing(s, ACTION_FORWARD));
	session_close(s);
}

static void
the_cursor_stays_on_its_row_when_the_order_changes(void **state)
{
	struct session *s = fresh();
	int64_t id;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)session_select(s, 2);
	id = session_current(s)->id;
	(void)run(s, ACTION_SORT, "handle");
	assert_int_equal(session_current(s)->id, id);
	(void)run(s, ACTION_SORT, "handle");
	assert_int_equal(session_current(s)->id, id);
	assert_true(session_here(s)->panes[0].descending);
	session_close(s);
}

static void
a_pivot_counts_the_rows_that_it_then_shows(void **state)
{
	static const struct subject from[] = { { SUBJECT_cluster, 1 }, { SUBJECT_account, 1 },
					       { SUBJECT_source, 1 }, { SUBJECT_indicator, 1 },
					       { SUBJECT_trick, 0x200b }, { SUBJECT_trick, -6 },
					       { SUBJECT_set, 1 }, { SUBJECT_sources, 2 },
					       { SUBJECT_posts, 3 }, { SUBJECT_evidence, 1 } };
	struct subject sets[SESSION_SETS];
	struct session *s = fresh();
	size_t checked = 0;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_MARK_ALL, "");
	(void)run(s, ACTION_SCREEN, "sources");
	(void)run(s, ACTION_MARK_ALL, "");
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_post, 1 });
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_post, 2 });
	(void)run(s, ACTION_SCREEN, "accounts");
	assert_int_equal(session_marked_sets(s, sets), 3);
	for (int64_t i = 0; i < SESSION_SETS; i++)
		assert_int_equal(sets[i].id, i + 1);
	(void)run(s, ACTION_FILTER, "2016-09-20..2016-09-28");
	for (size_t i = 0; i < sizeof(from) / sizeof(from[0]); i++) {
		struct pivot pivots[PIVOT_MAX];
		size_t count = pivot_list(s, from[i], pivots);

		for (size_t k = 0; k < count; k++) {
			int64_t rows = 0, counted;

			if (!pivot_is_counted(&pivots[k]))
				continue;
			counted = pivot_count(s, &pivots[k]);
			(void)session_go(s, pivots[k].screen, pivots[k].subject);
			while (session_row(s, rows) != NULL)
				rows++;
			assert_int_equal(rows, counted);
			assert_int_equal(session_length(s), rows);
			(void)session_back(s);
			checked++;
		}
	}
	assert_true(checked >= 60);
	session_close(s);
}

static void
marks_are_a_set_kept_across_screens(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_MARK, "");
	(void)run(s, ACTION_MARK, "");
	assert_int_equal(session_mark_count(s), 2);
	assert_int_equal(session_here(s)->panes[0].index, 2);
	(void)session_select(s, 0);
	(void)run(s, ACTION_MARK, "");
	assert_int_equal(session_mark_count(s), 1);
	(void)session_select(s, 0);
	(void)run(s, ACTION_MARK, "");
	(void)run(s, ACTION_MARK_INVERT, "");
	assert_int_equal(session_mark_count(s), 12);
	(void)run(s, ACTION_MARK_ALL, "");
	assert_int_equal(session_mark_count(s), 14);
	(void)run(s, ACTION_SCREEN, "clusters");
	assert_int_equal(session_mark_count(s), 14);
	(void)run(s, ACTION_MARK_NONE, "");
	assert_int_equal(session_mark_count(s), 0);
	session_close(s);
}

/* Marked accounts and members of a marked cluster are one thing, also in the next session. */
static void
what_is_marked_is_a_place_to_stand_on(void **state)
{
	struct session *s = fresh();
	struct subject set;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 1 });
	assert_int_equal(session_marked_set(s).kind, SUBJECT_none);
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 2 });
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_cluster, 1 });
	set = session_marked_set(s);
	assert_int_equal(set.kind, SUBJECT_set);
	assert_int_equal(session_set_size(s, set.id), 6);
	assert_int_equal(session_marked_set(s).id, set.id);
	(void)session_go(s, SCREEN_SOURCES, set);
	assert_int_equal(session_length(s), 5);
	assert_int_equal(session_value(s, session_row(s, 0), "cluster_accounts")->i, 6);
	(void)session_go(s, SCREEN_MOVERS, set);
	assert_int_equal(session_length(s), 6);
	assert_int_equal(session_row(s, 0)->id, 1);
	assert_int_equal(session_value(s, session_row(s, 0), "firsts")->i, 5);
	(void)run(s, ACTION_MARK_NONE, "");
	session_close(s);
	s = open_case(false);
	assert_int_equal(session_here(s)->screen, SCREEN_MOVERS);
	assert_int_equal(session_length(s), 6);
	(void)run(s, ACTION_BACK, "");
	assert_int_equal(session_length(s), 5);
	session_close(s);
}

/* The fan page by 3 fans, the five pages by the 6 members; one of them by some others, too. */
static void
marked_sources_lead_to_those_who_shared_several_of_them(void **state)
{
	struct session *s = fresh();
	struct subject sets[SESSION_SETS];
	const struct value *shared;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 1 });
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 7 });
	(void)run(s, ACTION_SCREEN, "sources");
	(void)run(s, ACTION_MARK_ALL, "");
	assert_int_equal(session_marked_sets(s, sets), 2);
	assert_int_equal(sets[0].kind, SUBJECT_sources);
	assert_int_equal(sets[1].kind, SUBJECT_set);
	assert_int_equal(session_marked_set(s).id, sets[0].id);
	assert_int_equal(session_set_size(s, sets[0].id), 6);
	(void)session_go(s, SCREEN_SHARERS, sets[0]);
	assert_string_equal(session_here(s)->name, "6 sources");
	assert_int_equal(session_length(s), 6);
	shared = session_value(s, session_row(s, 0), "common");
	assert_int_equal(shared->i, 5);
	assert_int_equal(session_side_count(s, LIST_ACCOUNTS, sets[0]), 14);
	assert_int_equal(session_side_count(s, LIST_CLUSTERS, sets[0]), 2);
	session_close(s);
	s = open_case(false);
	assert_int_equal(session_here(s)->subject.kind, SUBJECT_sources);
	assert_int_equal(session_length(s), 6);
	session_close(s);
}

/* Edges among the marked only, and a matrix of just these accounts. */
static void
marked_accounts_have_a_graph_and_a_matrix(void **state)
{
	struct session *s = fresh();
	const struct matrix_picture *matrix;
	const struct ego_picture *ego;
	struct subject set;

	(void)state;
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 1 });
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 2 });
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 10 });
	set = session_marked_set(s);
	(void)session_go(s, SCREEN_EGO, set);
	assert_int_equal(session_length(s), 2);
	ego = session_ego(s, set, 1);
	assert_int_equal(ego->ego.node_count, 2);
	assert_int_equal(ego->ego.link_count, 1);
	assert_false(ego->ego.has_centre);
	(void)session_go(s, SCREEN_MATRIX, set);
	matrix = session_matrix(s, set, 0, MATRIX_LIKE);
	assert_int_equal(matrix->m.account_whole, 3);
	assert_true(matrix->m.source_count > 0);
	assert_true(session_matrix(s, set, 1, MATRIX_LIKE)->m.account_count > 0);
	session_close(s);
}

/* "0lga" of jo passes for "Olga" of olga795; ivan142, whom a takedown names, is himself. */
static void
a_name_that_passes_for_another_leads_to_all_of_its_look(void **state)
{
	struct session *s = fresh();
	struct pivot pivot;
	const struct row *row;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	assert_int_equal(pivot_look(s, (struct subject){ SUBJECT_account, 1 }, &pivot), 0);
	assert_int_equal(pivot_look(s, (struct subject){ SUBJECT_source, 2 }, &pivot), 0);
	assert_int_equal(pivot_look(s, (struct subject){ SUBJECT_account, 2 }, &pivot), 1);
	assert_true(str_eq(pivot.trick, STR("@jo")));
	assert_int_equal(pivot_look(s, (struct subject){ SUBJECT_account, 14 }, &pivot), 1);
	assert_true(str_eq(pivot.trick, STR("@olga795")));
	assert_int_equal(pivot_count(s, &pivot), 2);
	(void)pivot_go(s, &pivot);
	assert_string_equal(session_here(s)->name, "names like @jo");
	row = session_row(s, 0);
	assert_int_equal(row->id, 2);
	assert_string_equal(session_value(s, row, "looks_like")->s.p, "@jo");
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_FILTER, "account.look:'like another'");
	assert_int_equal(session_length(s), 2);
	session_close(s);
}

/* An account that is in a group is asked for its own reasons, one that is in none has none. */
static void
why_an_account_is_asked_of_the_account(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_WHY, "");
	assert_int_equal(session_here(s)->screen, SCREEN_EVIDENCE);
	assert_int_equal(session_here(s)->subject.kind, SUBJECT_account);
	assert_int_equal(session_length(s), 4);
	assert_int_equal(session_side_count(s, LIST_EVIDENCE, (struct subject){ SUBJECT_account, 12 }),
			 0);
	assert_null(action_missing(s, ACTION_CONTROL));
	(void)run(s, ACTION_CONTROL, "");
	assert_int_equal(session_here(s)->picture.seed, 2);
	session_close(s);
}

static void
a_trick_leads_to_who_else_carries_it(void **state)
{
	struct arena whole = arena_new(4 << 20), perm = whole;
	struct session *s = fresh();
	struct pivot p[TRICKS_MAX];

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	assert_int_equal(pivot_tricks(s, &perm, p, TRICKS_MAX), 1);
	assert_int_equal(p[0].subject.id, 0x202e);
	assert_true(str_eq(p[0].trick, STR("U+202E bidi")));
	assert_true(pivot_count(s, &p[0]) >= 6);	/* in his name, in all members' posts */
	(void)session_select(s, 3);
	assert_int_equal(pivot_tricks(s, &perm, p, TRICKS_MAX), 1);
	assert_true(str_eq(p[0].trick, STR("mixed script")));
	assert_int_equal(pivot_count(s, &p[0]), 1);
	(void)session_select(s, 13);
	assert_int_equal(pivot_tricks(s, &perm, p, TRICKS_MAX), 0);
	session_close(s);
	arena_free(whole);
}

static void
a_reason_opens_what_it_was_measured_on(void **state)
{
	static const enum screen_id screens[] = { SCREEN_POSTS, SCREEN_ACCOUNTS, SCREEN_CHANGES };
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_WHY, "");
	for (int i = 0; i < 3; i++) {
		(void)session_select(s, i);
		(void)run(s, ACTION_OPEN, "");
		assert_int_equal(session_here(s)->screen, screens[i]);
		assert_true(session_length(s) > 0);
		(void)run(s, ACTION_BACK, "");
	}
	session_close(s);
}

static void
a_session_goes_on_where_it_ended(void **state)
{
	struct session *s = fresh();
	struct place was;

	(void)state;
	(void)run(s, ACTION_FILTER, "text:they\twill 100%09");
	(void)session_go(s, SCREEN_SOURCES, (struct subject){ SUBJECT_cluster, 1 });
	(void)run(s, ACTION_CLEAR, "");
	(void)run(s, ACTION_SORT, "shares");
	(void)session_select(s, 2);
	(void)session_current(s);
	was = *session_here(s);
	session_close(s);
	s = open_case(false);
	assert_int_equal(session_steps(s), 5);
	assert_int_equal(session_here(s)->screen, SCREEN_SOURCES);
	assert_int_equal(session_here(s)->subject.id, 1);
	assert_string_equal(session_here(s)->name, was.name);
	assert_int_equal(session_here(s)->panes[0].sort, was.panes[0].sort);
	assert_int_equal(session_current(s)->id, was.panes[0].id);
	(void)run(s, ACTION_BACK, "");
	(void)run(s, ACTION_BACK, "");
	assert_string_equal(session_here(s)->lens.text, "they\twill 100%09");
	session_close(s);
}

/* A process that dies saves nothing more: its steps are in the case already. */
static void
every_step_is_saved_when_it_is_taken(void **state)
{
	struct session *s = fresh(), *other;

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	other = open_case(true);
	assert_int_equal(session_here(other)->screen, SCREEN_POSTS);
	session_close(other);
	session_close(s);
}

static void
a_second_session_may_read_but_not_write(void **state)
{
	struct session *s = fresh(), *other = open_case(true);

	(void)state;
	assert_false(session_writable(other));
	(void)run(other, ACTION_PIN, "");
	assert_int_equal(notes(other), 0);
	assert_true(session_message(other).len > 0);
	session_close(other);
	session_close(s);
}

static void
leaving_the_root_quits(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	assert_false(run(s, ACTION_LEAVE, "") & SESSION_QUIT);
	assert_true(run(s, ACTION_LEAVE, "") & SESSION_QUIT);
	session_close(s);
}

/* No key may stand for two actions, and every key must be one. */
static void
every_key_means_one_thing(void **state)
{
	uint32_t seen[200];
	size_t count = 0;

	(void)state;
	for (unsigned i = 0; i < ACTION_COUNT; i++) {
		struct claque_str names = str_of(action_get((enum action_id)i)->keys), name;
		uint32_t key;

		while (str_cut(&names, ' ', &name)) {
			assert_true(key_parse(&name, &key));
			assert_int_equal(name.len, 0);
			for (size_t k = 0; k < count; k++)
				assert_int_not_equal(seen[k], key);
			seen[count++] = key;
		}
	}
	assert_true(count > 50);
}

static void
names_open_what_they_name(void **state)
{
	struct session *s = fresh();
	struct subject subject;
	struct claque_err err = { 0 };

	(void)state;
	assert_ok(session_find(s, STR("@ivan142"), &subject, &err), err);
	assert_int_equal(subject.kind, SUBJECT_account);
	assert_int_equal(session_find(s, STR("nobody-at-all"), &subject, &err), CLAQUE_ENOTFOUND);
	session_close(s);
}

static void
a_jump_goes_where_a_command_says(void **state)
{
	struct session *s = fresh();
	struct claque_err err = { 0 };

	(void)state;
	assert_ok(session_jump(s, STR("posts"), STR("C001"), STR("kind:reshare"), &err), err);
	assert_int_equal(session_here(s)->screen, SCREEN_POSTS);
	assert_int_equal(session_here(s)->subject.kind, SUBJECT_cluster);
	assert_int_equal(session_length(s), 30);
	assert_ok(session_jump(s, STR("account"), STR("account:1"), STR(""), &err), err);
	assert_string_equal(session_here(s)->name, "@ivan142");
	assert_int_equal(session_jump(s, STR("account"), STR(""), STR(""), &err), CLAQUE_EUSAGE);
	assert_int_equal(session_jump(s, STR("nowhere"), STR(""), STR(""), &err), CLAQUE_EUSAGE);
	assert_int_equal(session_jump(s, STR("posts"), STR("account:99"), STR(""), &err),
			 CLAQUE_ENOTFOUND);
	assert_int_equal(session_jump(s, STR("posts"), STR(""), STR("kind:no"), &err),
			 CLAQUE_EUSAGE);
	session_close(s);
}

static void
a_command_quotes_what_a_shell_would_take_apart(void **state)
{
	struct session *s = fresh();
	struct arena whole = arena_new(1 << 20), perm = whole;

	(void)state;
	(void)run(s, ACTION_FILTER, "text:it's $(here)");
	assert_str(session_command(s, &perm), "claque open 'copy.claque' --screen clusters "
		   "--lens 'text:it'\\''s $(here)'");
	arena_free(whole);
	session_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(back_restores_screen_lens_and_cursor),
		cmocka_unit_test(a_lens_follows_through_pivots),
		cmocka_unit_test(forward_follows_the_last_way_taken),
		cmocka_unit_test(the_cursor_stays_on_its_row_when_the_order_changes),
		cmocka_unit_test(a_pivot_counts_the_rows_that_it_then_shows),
		cmocka_unit_test(marks_are_a_set_kept_across_screens),
		cmocka_unit_test(what_is_marked_is_a_place_to_stand_on),
		cmocka_unit_test(marked_sources_lead_to_those_who_shared_several_of_them),
		cmocka_unit_test(marked_accounts_have_a_graph_and_a_matrix),
		cmocka_unit_test(a_name_that_passes_for_another_leads_to_all_of_its_look),
		cmocka_unit_test(why_an_account_is_asked_of_the_account),
		cmocka_unit_test(a_trick_leads_to_who_else_carries_it),
		cmocka_unit_test(a_reason_opens_what_it_was_measured_on),
		cmocka_unit_test(a_session_goes_on_where_it_ended),
		cmocka_unit_test(every_step_is_saved_when_it_is_taken),
		cmocka_unit_test(a_second_session_may_read_but_not_write),
		cmocka_unit_test(leaving_the_root_quits),
		cmocka_unit_test(every_key_means_one_thing),
		cmocka_unit_test(names_open_what_they_name),
		cmocka_unit_test(a_jump_goes_where_a_command_says),
		cmocka_unit_test(a_command_quotes_what_a_shell_would_take_apart),
	};

	(void)setenv("CLAQUE_CLOCK", "2026-11-21T14:00:00Z", 1);
	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
