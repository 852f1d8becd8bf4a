/* test_script.c - scenario files: what is refused and where, and what values come to. */
#include "config.h"

#include "base/clock.h"
#include "scenario/script.h"

#include "test.h"

#define HEAD "scenario test\ntitle A test\nteaches nothing\n"
#define NET HEAD "network n\naccounts 40\nzone +08:00\n"

static struct arena whole;	/* of the script that was taken last */

static enum claque_rc
read_text(const char *text, struct script *out, struct claque_err *err)
{
	struct arena perm = whole;

	*err = (struct claque_err){ 0 };
	return script_read(&perm, "t.conf", str_of(text), out, err);
}

static void
refused(const char *text, const char *message)
{
	struct script s;
	struct claque_err err;

	assert_int_equal(read_text(text, &s, &err), CLAQUE_EINPUT);
	if (strstr(err.msg, message) == NULL)
		fail_msg("'%s' is not in '%s'", message, err.msg);
}

static struct script
taken(const char *text)
{
	struct script s;
	struct claque_err err;

	assert_ok(read_text(text, &s, &err), err);
	return s;
}

static void
a_slip_is_told_with_its_line_and_the_remedy(void **state)
{
	(void)state;
	refused("", "t.conf: holds no scenario");
	refused("posts 20000\n", "t.conf:1: the first line of a scenario");
	refused("scenario Big One\n", "t.conf:1: 'Big One' is no name");
	refused(HEAD "scenario two\n", "t.conf:4: a second scenario");
	refused(HEAD "posts\n", "t.conf:4: 'posts': nothing");
	refused(HEAD "posts 20000\nposts 20000\n", "t.conf:5: a second line 'posts'");
	refused(HEAD "posts 9999\n", "t.conf:4: posts '9999': write 10000 to 100000000");
	refused(HEAD "seed -1\n", "seed '-1'");
	refused(HEAD "start 2023-13-01\n", "start '2023-13-01': write a date");
	refused(HEAD "start 2060-01-01\n", "2059");
	refused(HEAD "home Atlantis\n", "home 'Atlantis': write United States");
	refused(HEAD "platforms x x\n", "platforms 'x x': write two words");
	refused(HEAD "platforms X\n", "platforms 'X'");
	refused(HEAD "default-handles 4\n", "default-handles '4': write 0 % to 50 %");
	refused(HEAD "fandoms 120\n", "fandoms '120': write 0, or GROUPS of ACCOUNTS");
	refused(HEAD "fandoms 5 of 120\n", "fandoms '5 of 120'");
	refused(HEAD "fandoms 2 of 7\n", "fandoms '2 of 7'");
	refused(HEAD "surge 2 of 90\n", "surge '2 of 90': write 0, or 8 to 5000");
	refused(HEAD "people 500\npartisans 480\n", "more than the 500 people");
	refused(HEAD "posts \xff\n", "t.conf:4: no valid UTF-8");
	refused("scenario t\ntitle x\n", "t.conf: it has no line 'teaches'");
}

static void
an_unknown_word_is_told_with_the_nearest(void **state)
{
	(void)state;
	refused(HEAD "acounts 40\n", "did you mean");
	refused(HEAD "peopel 40\n", "there is no word 'peopel'; did you mean 'people'?");
	refused(NET "dilay 5m\n", "t.conf:7: there is no word 'dilay'; did you mean 'delay'?");
	refused(NET "netwrk two\n", "did you mean 'network'?");
	refused(NET "posts 20000\n", "t.conf:7: 'posts' is of the world; write it above");
	refused(HEAD "delay 5m\n", "t.conf:4: 'delay' is of a network; write it below");
}

static void
a_network_that_cannot_be_is_refused(void **state)
{
	(void)state;
	refused(HEAD "network n\n", "t.conf:4: network n has no line 'accounts'");
	refused(NET "", "has no line 'uses'");
	refused(NET "uses handles\n", "network n does nothing together");
	refused(NET "uses reshares magic\n", "uses 'reshares magic': write handles bursts");
	refused(NET "uses reshares lookalikes\n", "lookalikes need links");
	refused(NET "uses reshares twins\n", "it needs a line 'twins'");
	refused(NET "uses reshares\ntwins 4\n", "'twins' is for twins; write twins among its uses");
	refused(NET "uses reshares twins\ntwins 41\n", "more twins than accounts");
	refused(NET "uses reshares renames\n", "it needs a line 'becomes'");
	refused(NET "uses reshares returns\ntakedown 51\nreturned 9\n", "an earlier takedown");
	refused(NET "uses reshares\nleft 40 %\n", "'left' is 0 % or 100 %");
	refused(NET "uses reshares both-sides\nleft 100 %\n", "more than 0 %");
	refused(NET "uses reshares\ndelay 8d\n", "delay '8d'");
	refused(NET "uses reshares\nzone 8\n", "a second line 'zone'");
	refused(HEAD "network n\nzone +8\n", "zone '+8': write -14:00 to +14:00");
	refused(NET "uses reshares\ndelay 5m\nlevel 3\n", "write it above 'delay'");
	refused(NET "uses reshares\nplatform vk\n", "one of the platforms above");
	refused(NET "uses reshares\nnetwork n\n", "no name that another group has");
	refused(HEAD "network fandom-1\n", "no name that another group has");
	refused(HEAD "network a-name-of-twenty-long\n", "at most 19 small letters");
}

static void
each_model_has_its_own_words(void **state)
{
	(void)state;
	refused(HEAD "model demo\nfandoms 2 of 90\n", "'fandoms' is not for model demo");
	refused(HEAD "planted 40\n", "'planted' is not for model networks");
	refused(HEAD "model demo\nnetwork n\naccounts 40\n", "t.conf:5: the model demo has");
	refused(HEAD "model demo\nplanted 40\nrenamed 41\n", "more renamed");
	assert_null(script_settings(&(struct script){ .demo = true }).script);
}

static void
what_is_not_said_is_as_the_table_says(void **state)
{
	struct script s = taken(HEAD);

	(void)state;
	assert_int_equal(s.settings.posts, 100000);
	assert_int_equal(s.settings.organic, 4000);
	assert_int_equal(s.settings.days, 56);
	assert_true(s.settings.start == clock_days(2023, 9, 4) * 86400000);
	assert_string_equal(s.home->name, "United States");
	assert_string_equal(s.platforms[1], "facebook");
	assert_int_equal(s.sorts[SCRIPT_FANDOMS].count, 0);
	assert_int_equal(s.network_count, 0);
	assert_false(s.demo);
}

static void
values_come_in_the_units_that_they_are_written_in(void **state)
{
	struct script s = taken("\xef\xbb\xbf# a comment\r\n" HEAD
		"home czechia\n fandoms \t 3 of 120 \r\nsurge 80\nplatforms vk telegram\n"
		"network one\nlevel 4\naccounts 40\nzone -03:30\nuses  reshares both-sides\n"
		"delay 1.5h\nparticipation 12.5 %\nleft 30%\nplatform vk\n"
		"network two\naccounts 8\nzone +08:00\nuses links renames\nbecomes India\n");
	const struct network *n = &s.networks[0];

	(void)state;
	assert_int_equal(s.network_count, 2);
	assert_int_equal(s.sorts[SCRIPT_FANDOMS].count, 3);
	assert_int_equal(s.sorts[SCRIPT_FANDOMS].members, 120);
	assert_int_equal(s.sorts[SCRIPT_SURGE].count, 1);
	assert_int_equal(s.sorts[SCRIPT_SURGE].members, 80);
	assert_int_equal(s.tongue, TONGUE_CZECH);
	assert_string_equal(n->claimed->name, "Czechia");
	assert_string_equal(n->name, "one");
	assert_int_equal(n->zone, -210);
	assert_int_equal(n->knobs.delay, 90 * 60000);
	assert_true(n->knobs.participation > 0.12499 && n->knobs.participation < 0.12501);
	assert_true(n->knobs.reword == world_knobs(4)->reword);
	assert_true(n->knobs.filler == 0);	/* no camouflage among its uses */
	assert_true(n->lean > 0.299 && n->lean < 0.301);
	assert_int_equal(n->platform, 0);
	assert_int_equal(n->tactics, 1u << TACTIC_RESHARES | 1u << TACTIC_BOTH_SIDES);
	assert_string_equal(s.networks[1].after->name, "India");
	assert_int_equal(s.networks[1].platform, 1);
	assert_true(s.networks[1].lean == 1);
	assert_true(s.networks[1].knobs.delay == world_knobs(2)->delay);
}

/* Every value that a file gives is written out so that it is read back the same. */
static void
values_are_told_as_they_would_be_written(void **state)
{
	static const struct {
		const char *word, *value;
	} wanted[] = {
		{ "posts", "50000" }, { "start", "2024-02-29" }, { "home", "Taiwan" },
		{ "tongue", "han" }, { "platforms", "x threads" }, { "default-handles", "2.5 %" },
		{ "fandoms", "2 of 60" }, { "surge", "90" }, { "model", "networks" },
		{ "accounts", "40" }, { "level", "3" }, { "zone", "-03:30" },
		{ "uses", "renames reshares" }, { "becomes", "India" }, { "delay", "36h" },
		{ "acts", "30.5" }, { "platform", "threads" }, { "twins", "" }, { "weekend", "30 %" },
	};
	struct script s = taken(HEAD "posts 50000\nstart 2024-02-29\nhome Taiwan\n"
		"platforms x threads\ndefault-handles 2.5 %\nfandoms 2 of 60\nsurge 90\n"
		"network n\naccounts 40\nlevel 3\nzone -03:30\nuses reshares renames\n"
		"becomes india\ndelay 36h\nacts 30.5\n");

	(void)state;
	for (size_t w = 0; w < sizeof(wanted) / sizeof(*wanted); w++)
		for (size_t i = 0; i < script_key_count(); i++) {
			struct arena room = arena_new(1 << 12), perm = room;

			if (strcmp(script_key(i)->name, wanted[w].word) == 0)
				assert_str(script_value(&s, i, 0, &perm), wanted[w].value);
			arena_free(room);
		}
}

static void
every_word_is_told_apart_and_explained(void **state)
{
	(void)state;
	for (size_t i = 0; i < script_key_count(); i++) {
		struct arena perm = whole;

		assert_true(strlen(script_key(i)->help) > 8);
		assert_true(script_key_values(i, &perm).len > 0);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(script_key(i)->name, script_key(k)->name);
	}
}

static int
setup(void **state)
{
	(void)state;
	whole = arena_new(1 << 20);
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
		cmocka_unit_test(a_slip_is_told_with_its_line_and_the_remedy),
		cmocka_unit_test(an_unknown_word_is_told_with_the_nearest),
		cmocka_unit_test(a_network_that_cannot_be_is_refused),
		cmocka_unit_test(each_model_has_its_own_words),
		cmocka_unit_test(what_is_not_said_is_as_the_table_says),
		cmocka_unit_test(values_come_in_the_units_that_they_are_written_in),
		cmocka_unit_test(values_are_told_as_they_would_be_written),
		cmocka_unit_test(every_word_is_told_apart_and_explained),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
