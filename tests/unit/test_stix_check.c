/*
 * test_stix_check.c - a sound bundle (tests/export/bundle.json) passes, and each of a table
 * of single faults is told of the property it is in. The published samples of other tools
 * are looked at where they are there.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/uuid5.h"
#include "export/stix.h"
#include "export/stix_check.h"

enum { FILE_MAX = 1 << 16 };

#define AT(type) "\"type\": \"" type "\""

struct heard {
	char property[64], what[512];	/* of the first */
	size_t count;
};

static struct claque_str sound;

static void
hear(void *ctx, const struct stix_problem *p)
{
	struct heard *h = ctx;

	assert_true(p->object.len > 0 && p->what.len > 0);
	if (h->count++ > 0)
		return;
	(void)snprintf(h->property, sizeof(h->property), STR_FMT, STR_ARG(p->property));
	(void)snprintf(h->what, sizeof(h->what), STR_FMT, STR_ARG(p->what));
}

static int
read_sound(void **state)
{
	static char bytes[FILE_MAX];
	char path[512];
	FILE *f;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/tests/export/bundle.json", getenv("srcdir"));
	f = fopen(path, "rb");
	if (f == NULL)
		return -1;
	sound = (struct claque_str){ bytes, fread(bytes, 1, sizeof(bytes), f) };
	return fclose(f);
}

static struct heard
check(struct claque_str json, bool opencti)
{
	struct heard heard = { .count = 0 };
	struct stix_checking run = { .opencti = opencti, .ctx = &heard, .tell = hear };
	struct claque_err err;

	assert_ok(stix_check(json, &run, &err), err);
	assert_int_equal(run.problems, heard.count);
	return heard;
}

/* The sound bundle with the first `from` after `after` written otherwise. */
static struct heard
with(const char *after, const char *from, const char *to, bool opencti)
{
	struct buf changed;
	struct heard heard;
	size_t at = str_find(sound, str_of(from), str_find(sound, str_of(after), 0));

	assert_true(at < sound.len);
	buf_init(&changed, FILE_MAX);
	buf_add(&changed, str_sub(sound, 0, at));
	buf_addz(&changed, to);
	buf_add(&changed, str_sub(sound, at + strlen(from), sound.len));
	heard = check(buf_str(&changed), opencti);
	buf_done(&changed);
	return heard;
}

static void
a_sound_bundle_passes(void **state)
{
	struct heard heard = check(sound, false);

	(void)state;
	if (heard.count > 0)
		fail_msg("%s: %s", heard.property, heard.what);
}

static void
every_fault_is_told_of_its_property(void **state)
{
	static const struct {
		const char *after, *from, *to, *property, *what;
	} faults[] = {
		{ AT("campaign"), "\"created\": ", "\"made\": ", "created",
		  "missing; every campaign has it" },
		{ AT("campaign"), "14:00:00.000Z", "14:00:00Z", "created", "milliseconds" },
		{ AT("campaign"), "2026-11-21T14", "2026-11-22T14", "modified", "before created" },
		{ AT("campaign"), "2026-02-01T00:00:00.5Z", "2025-12-31T23:59:59.9Z", "last_seen",
		  "before first_seen" },
		{ AT("campaign"), "2026-02-01T00:00:00.5Z", "2026-02-01", "last_seen", "no time" },
		{ AT("campaign"), "2026-02-01T00:00:00.5Z", "2026-13-01T00:00:00Z", "last_seen",
		  "no time" },
		{ AT("campaign"), "70", "101", "confidence", "0 to 100" },
		{ AT("campaign"), "70", "0.7", "confidence", "whole number" },
		{ AT("campaign"), "\"confidence\": 70", "\"severity\": \"high\"", "severity",
		  "no such property" },
		{ AT("campaign"), "\"spec_version\": \"2.1\"", "\"spec_version\": \"2.0\"",
		  "spec_version", "2.1" },
		{ AT("campaign"), "external_id", "external_idea", "external_references",
		  "external_id" },
		{ AT("opinion"), "\"agree\"", "\"sure\"", "opinion", "strongly-agree" },
		{ AT("opinion"), "\"campaign--", "\"campaign--0", "object_refs",
		  "not in the bundle" },
		{ AT("relationship"), "\"indicates\"", "\"attributed-to\"", "relationship_type",
		  "does not lead from indicator to campaign" },
		{ AT("relationship"), "\"target_ref\": \"campaign", "\"target_ref\": \"relationship",
		  "target_ref", "may not refer" },
		{ AT("sighting"), "\"identity--", "\"campaign--", "where_sighted_refs",
		  "may not refer" },
		{ AT("sighting"), "\"count\": 3", "\"count\": -3", "count", "whole number" },
		{ AT("indicator"), "user-account:account_type =", "user-account =", "pattern",
		  "type:property" },
		{ AT("indicator"), "\"acquiring-assets\"", "7", "kill_chain_phases", "phase_name" },
		{ AT("user-account"), "\"1001\"", "\"1002\"", "id", "UUIDv5" },
		{ AT("url"), "\"id\": \"url--", "\"id\": \"uri--", "id", "another type" },
		{ AT("url"), "https://news", "hxxps://news", "id", "UUIDv5" },
		{ AT("user-account"), "display_name", "followers", "followers", "extension" },
		{ AT("domain-name"), "look-alike.", "look-alike[.]", "id", "UUIDv5" },
		{ AT("file"), "e3b0", "e3b", "hashes", "64 hexadecimal" },
		{ "TLP:GREEN", "\"green\"", "\"white\"", "extensions", "amber+strict" },
		{ "TLP:GREEN", "extension-definition--60a3", "extension-definition--60a4",
		  "extensions", "not defined" },
		{ "TLP:GREEN", "\"extension_type\"", "\"type\"", "extensions", "extension_type" },
		{ "{", "\"id\": \"bundle--", "\"id\": \"bundle-", "id", "bundle--UUID" },
		{ "{", "\"type\": \"bundle\",", "\"type\": \"bundle\", \"spec_version\": \"2.1\",",
		  "spec_version", "no such property" },
		{ "{", "\"type\": \"identity\"", "\"type\": \"persona\"", "type", "no type" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct heard heard = with(faults[i].after, faults[i].from, faults[i].to, false);

		if (heard.count == 0 || strcmp(heard.property, faults[i].property) != 0 ||
		    strstr(heard.what, faults[i].what) == NULL)
			fail_msg("%s -> %s: %zu problems: %s: %s", faults[i].from, faults[i].to,
				 heard.count, heard.property, heard.what);
	}
}

static void
what_opencti_adds_passes_only_when_asked(void **state)
{
	(void)state;
	assert_int_equal(with("\"type\": \"campaign\"", "\"confidence\"", "\"x_opencti_score\"",
			      false).count, 1);
	assert_int_equal(with("\"type\": \"campaign\"", "\"confidence\"", "\"x_opencti_score\"",
			      true).count, 0);
	assert_int_equal(with("\"type\": \"campaign\"", "\"confidence\"", "\"score\"", true).count, 1);
}

static void
patterns_of_the_standard_are_patterns(void **state)
{
	static const char *const sound_ones[] = {
		"[a:b = 'c']", "[ a:b='c' ]", "[a:b != 5 OR a:c >= -1.5]", "[a:b NOT IN ('c', 'd')]",
		"[file:hashes.'SHA-256' = 'aec0']", "[a:b.c[*].d MATCHES '^x$']",
		"[x-a:b_ref.value LIKE '%c']", "[EXISTS a:b AND NOT EXISTS a:c]",
		"[(a:b = true OR a:b = false) AND a:c = t'2026-01-01T00:00:00Z']",
		"([a:b = 'c'] AND [a:b = h'ff']) WITHIN 300 SECONDS",
		"[a:b = 'it\\'s \\\\'] REPEATS 5 TIMES FOLLOWEDBY [a:b = b'YQ==']",
		"[a:b ISSUBSET '10.0.0.0/8'] START t'2026-01-01T00:00:00Z' STOP t'2026-01-02T00:00:00Z'",
	};
	static const char *const broken[] = {
		"", "a:b = 'c'", "[a:b == 'c']", "[a:b = c]", "[a = 'c']", "[a:b = 'c'", "[a:b = 'c]",
		"[a:b = 'c'] [a:b = 'd']", "[a:b = 'c' and a:b = 'd']", "[a:b IN 'c']", "[a:b LIKE 5]",
		"[a:b = 'c\\n']", "[a:b[x] = 1]", "[NOT a:b = 1]", "[a:b = 1] WITHIN 5", "[]",
		"[a:b = 1] REPEATS 1.5 TIMES", "([a:b = 1]", "[a:b = 1x]",
	};
	size_t at;

	(void)state;
	for (size_t i = 0; i < sizeof(sound_ones) / sizeof(sound_ones[0]); i++)
		if (stix_pattern_fault(str_of(sound_ones[i]), &at) != NULL)
			fail_msg("%s: %s at %zu", sound_ones[i],
				 stix_pattern_fault(str_of(sound_ones[i]), &at), at);
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		if (stix_pattern_fault(str_of(broken[i]), &at) == NULL)
			fail_msg("%s is taken for a pattern", broken[i]);
}

static void
nested_parentheses_have_an_end(void **state)
{
	char pattern[4096];
	size_t at;

	(void)state;
	memset(pattern, '(', sizeof(pattern));
	assert_non_null(stix_pattern_fault((struct claque_str){ pattern, sizeof(pattern) }, &at));
	pattern[0] = '[';
	assert_non_null(stix_pattern_fault((struct claque_str){ pattern, sizeof(pattern) }, &at));
}

/* The example of RFC 9562, A.4, and one over a block of SHA-1 made by Python's uuid. */
static void
names_become_the_uuids_that_others_make(void **state)
{
	static const char *const names[] = { "www.example.com",
		"a name that is longer than the sixty-four bytes which SHA-1 takes at once, twice" };
	static const char *const uuids[] = { "2ed6657d-e927-568b-95e1-2665a8aea6a2", 
		"fcb511d7-2d93-5f33-a67f-e83d0df31533" };
	struct uuid dns;
	char text[UUID_TEXT + 1];

	(void)state;
	assert_true(uuid_parse(STR("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), &dns));
	assert_int_equal(uuid_version(dns), 1);
	for (size_t i = 0; i < 2; i++) {
		uuid_text(uuid_of_name(dns, str_of(names[i])), text);
		assert_string_equal(text, uuids[i]);
	}
	assert_false(uuid_parse(STR("6BA7b810-9dad-11d1-80b4-00c04fd430c8"), &dns));
	assert_false(uuid_parse(STR("6ba7b8109-dad-11d1-80b4-00c04fd430c8"), &dns));
}

static void
what_is_no_bundle_is_refused_as_such(void **state)
{
	static const char *const files[] = { "", "[]", "{", "7", "{\"type\":\"report\"}" };
	struct heard heard = { .count = 0 };
	struct stix_checking run = { .ctx = &heard, .tell = hear };
	struct claque_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		assert_int_equal(stix_check(str_of(files[i]), &run, &err), CLAQUE_EINPUT);
	assert_int_equal(stix_check_file("/nonexistent/x.json", &run, &err), CLAQUE_EIO);
	assert_int_equal(stix_check_file("/", &run, &err), CLAQUE_EIO);
}

static void
all_broken_samples_are_told_and_the_sound_ones_pass(void **state)
{
	static const char *const names[] = {
		"case", "case-nogrouping", "mut_badTs", "mut_badop", "mut_conf", "mut_customprop",
		"mut_emptyrefs", "mut_noCreated", "mut_pattern", "mut_reldang", "mut_scoid", "mut_sev",
		"mut_ua",
	};
	const char *shared = getenv("CLAQUE_SHARED");

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct heard heard = { .count = 0 };
		struct stix_checking run = { .ctx = &heard, .tell = hear };
		struct claque_err err;
		char path[512];
		enum claque_rc rc;

		(void)snprintf(path, sizeof(path), "%s/data/stix-samples/%s.json",
			       shared != NULL ? shared : "/nonexistent", names[i]);
		rc = stix_check_file(path, &run, &err);
		if (rc == CLAQUE_EIO) {
			print_message("skipped: no stix-samples under CLAQUE_SHARED\n");
			skip();
		}
		assert_int_equal(rc, CLAQUE_OK);
		if ((run.problems > 0) != (i > 1))
			fail_msg("%s: %zu problems", names[i], run.problems);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_bundle_passes),
		cmocka_unit_test(every_fault_is_told_of_its_property),
		cmocka_unit_test(what_opencti_adds_passes_only_when_asked),
		cmocka_unit_test(patterns_of_the_standard_are_patterns),
		cmocka_unit_test(nested_parentheses_have_an_end),
		cmocka_unit_test(names_become_the_uuids_that_others_make),
		cmocka_unit_test(what_is_no_bundle_is_refused_as_such),
		cmocka_unit_test(all_broken_samples_are_told_and_the_sound_ones_pass),
	};

	return cmocka_run_group_tests(tests, read_sound, NULL);
}
