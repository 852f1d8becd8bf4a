/*
 * test_indicators.c - published lists of real takedowns, counted by kind.
 *
 * The numbers are those of an independent classification of the whole public
 * set; files that the shared data does not hold are skipped and said.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "import/import.h"

#include "record_sink.h"

/* Rows that are not blank, by kind; text and counts are one number. */
struct expected {
	const char *file;
	size_t rows, text_count, domain, account, post, url, hashtag, ip, email, md5, sha256;
	size_t android_package, ios_app;
};

static const struct expected all[] = {
	{ .file = "2020_12_taking_action_against_hackers_in_bangladesh_and_vietnam.csv",
	  .rows = 10, .domain = 8, .sha256 = 2 },
	{ .file = "2021_03_taking_action_against_hackers_in_china.csv",
	  .rows = 26, .domain = 18, .md5 = 8 },
	{ .file = "2021_04_taking_action_against_hackers_in_palestine.csv",
	  .rows = 243, .domain = 199, .md5 = 20, .sha256 = 14, .url = 10 },
	{ .file = "2021_07_taking_action_against_hackers_in_iran.csv",
	  .rows = 187, .domain = 187 },
	{ .file = "2021_11_action_against_hackers_in_pakistan_and_syria.csv",
	  .rows = 49, .domain = 28, .md5 = 18, .ip = 3 },
	{ .file = "2021_12_taking_action_against_surveillance_for_hire.csv",
	  .rows = 313, .domain = 313 },
	{ .file = "2022_04_metas_adversarial_threat_report_q1.csv",
	  .rows = 79, .domain = 69, .md5 = 7, .url = 3 },
	{ .file = "2022_08_metas_adversarial_threat_report_q2.csv",
	  .rows = 52, .domain = 42, .md5 = 5, .sha256 = 4, .ip = 1 },
	{ .file = "2022_09_removing_coordinated_inauthentic_behavior_from_china_and_russia.csv",
	  .rows = 350, .domain = 313, .url = 22, .account = 15 },
	{ .file = "2022_malicious_mobile_apps.csv",
	  .rows = 402, .android_package = 355, .ios_app = 47 },
	{ .file = "2023_05_malware_iocs.csv",
	  .rows = 1062, .url = 1031, .sha256 = 31 },
	{ .file = "Q1_2023/Q1_2023 China-based_CIB network_1.csv",
	  .rows = 18, .text_count = 14, .account = 4 },
	{ .file = "Q1_2023/Q1_2023_ Bahamut_APT.csv",
	  .rows = 37, .text_count = 20, .domain = 8, .sha256 = 8, .url = 1 },
	{ .file = "Q1_2023/Q1_2023_ Georgia-based_CIB_network.csv",
	  .rows = 16, .text_count = 13, .account = 3 },
	{ .file = "Q1_2023/Q1_2023_ Iran-based_CIB_network.csv",
	  .rows = 55, .text_count = 33, .account = 11, .url = 6, .domain = 4, .email = 1 },
	{ .file = "Q1_2023/Q1_2023_ Pakistan_APT.csv",
	  .rows = 62, .domain = 29, .text_count = 26, .md5 = 7 },
	{ .file = "Q1_2023/Q1_2023_ Patchwork_APT.csv",
	  .rows = 60, .url = 38, .text_count = 15, .md5 = 6, .domain = 1 },
	{ .file = "Q1_2023/Q1_2023_ Togo _ Burkina Faso-based_CIB_network.csv",
	  .rows = 43, .domain = 29, .text_count = 14 },
	{ .file = "Q1_2023/Q1_2023_China-based CIB network_2.csv",
	  .rows = 45, .text_count = 34, .account = 5, .domain = 4, .url = 2 },
	{ .file = "Q1_2023/Q1_2023_Venezuela_US-based_CIB_network.csv",
	  .rows = 30, .text_count = 21, .account = 6, .domain = 3 },
	{ .file = "Q1_2024/Q1_2024_Bangladesh_Based_Cib_Network.csv",
	  .rows = 47, .text_count = 19, .domain = 16, .account = 12 },
	{ .file = "Q1_2024/Q1_2024_CHINA_BASED_CIB_NETWORK.csv",
	  .rows = 14, .text_count = 8, .account = 6 },
	{ .file = "Q1_2024/Q1_2024_Croatia_Based_CIB_Network.csv",
	  .rows = 23, .text_count = 23 },
	{ .file = "Q1_2024/Q1_2024_IRAN-BASED CIB NETWORK.csv",
	  .rows = 30, .account = 16, .text_count = 12, .domain = 2 },
	{ .file = "Q1_2024/Q1_2024_ISRAEL_BASED_CIB_NETWORK.csv",
	  .rows = 25, .text_count = 17, .domain = 7, .account = 1 },
	{ .file = "Q1_2024/Q1_2024_MOLDOVA_&_MADAGASCAR_TARGETING_CIB_NETWORK.csv",
	  .rows = 6, .text_count = 4, .url = 1, .account = 1 },
	{ .file = "Q1_2025/Q1_2025_China-based CIB network.csv",
	  .rows = 17, .text_count = 15, .account = 2 },
	{ .file = "Q1_2025/Q1_2025_Iran-based CIB network.csv",
	  .rows = 15, .text_count = 12, .domain = 2, .account = 1 },
	{ .file = "Q1_2025/Q1_2025_ROMANIA_BASED_CIB_NETWORK.csv",
	  .rows = 23, .account = 13, .text_count = 10 },
	{ .file = "Q2-3_2025/Q2-3_2025_GithubIOCs - Q2-3_2025_BELARUS_BASED_CIB_NETWORK.csv",
	  .rows = 16, .text_count = 10, .account = 5, .domain = 1 },
	{ .file = "Q2-3_2025/Q2-3_2025_GithubIOCs - Q2-3_2025_IRAN_BASED_CIB_NETWORK.csv",
	  .rows = 12, .ip = 7, .text_count = 5 },
	{ .file = "Q2-3_2025/Q2-3_2025_GithubIOCs - Q2-3_2025_MOLDOVA_BASED_CIB_NETWORK.csv",
	  .rows = 18, .text_count = 10, .account = 7, .domain = 1 },
	{ .file = "Q2-3_2025/Q2-3_2025_GithubIOCs - Q2-3_2025_POLAND_BASED_CIB_NETWORK.csv",
	  .rows = 10, .text_count = 10 },
	{ .file = "Q2-3_2025/Q2-3_2025_GithubIOCs - Q2-3_2025_RUSSIA_BASED_CIB_NETWORK.csv",
	  .rows = 16, .text_count = 12, .account = 3, .domain = 1 },
	{ .file = "Q2-3_2025/Q2-3_2025_GithubIOCs - Q2-3_2025_RUSSIA_BASED_CIB_NETWORK_CS1.csv",
	  .rows = 9, .text_count = 9 },
	{ .file = "Q2-3_2025/Q2-3_2025_GithubIOCs - Q2-3_2025_RUSSIA_BASED_CIB_NETWORK_CS2.csv",
	  .rows = 14, .text_count = 9, .account = 5 },
	{ .file = "Q2_2023 /Q2 2023 Türkiye-based CIB network 1.csv",
	  .rows = 44, .text_count = 25, .domain = 13, .account = 6 },
	{ .file = "Q2_2023 /Q2 2023 Türkiye-based CIB network 2.csv",
	  .rows = 29, .text_count = 19, .account = 8, .domain = 2 },
	{ .file = "Q2_2023 /Q2 2023_ Türkiye _ Iran-based CIB network.csv",
	  .rows = 40, .text_count = 24, .account = 10, .domain = 6 },
	{ .file = "Q2_2023 /Q2_2023_Doppelganger_Russia_based_CIB_network_updated.csv",
	  .rows = 6495, .domain = 6163, .post = 317, .url = 8, .account = 5, .text_count = 2 },
	{ .file = "Q2_2023 /Q2_2023_Spamouflage_China_based_CIB_updated.csv",
	  .rows = 528, .text_count = 276, .account = 204, .url = 39, .domain = 5,
	  .hashtag = 3, .post = 1 },
	{ .file = "Q2_2024/Q2_2024_RUSSIA-BASED CIB NETWORK #1 .csv",
	  .rows = 17, .text_count = 12, .domain = 3, .account = 2 },
	{ .file = "Q2_2024/Q2_2024_RUSSIA-BASED CIB NETWORK #2 .csv",
	  .rows = 27, .text_count = 20, .account = 5, .domain = 2 },
	{ .file = "Q2_2024/Q2_2024_RUSSIA-BASED CIB NETWORK #3.csv",
	  .rows = 18, .text_count = 15, .account = 3 },
	{ .file = "Q2_2024/Q2_2024_RUSSIA-BASED CIB NETWORK #4.csv",
	  .rows = 16, .text_count = 16 },
	{ .file = "Q2_2024/Q2_2024_US-BASED_CIB_NETWORK.csv",
	  .rows = 29, .text_count = 18, .domain = 10, .account = 1 },
	{ .file = "Q2_2024/Q2_2024_VIETNAM_BASED_CIB_NETWORK .csv",
	  .rows = 37, .text_count = 16, .account = 15, .domain = 5, .url = 1 },
	{ .file = "Q3_2023/Q3 2023_Iran-based_recidivist_CIB_cluster.csv",
	  .rows = 9, .account = 5, .domain = 3, .text_count = 1 },
	{ .file = "Q3_2023/Q3_2023_ China-based CIB network 1.csv",
	  .rows = 27, .account = 15, .text_count = 12 },
	{ .file = "Q3_2023/Q3_2023_ Russia-based_CIB_network.csv",
	  .rows = 24, .text_count = 12, .account = 8, .hashtag = 4 },
	{ .file = "Q3_2023/Q3_2023_China-based_CIB_network_2.csv",
	  .rows = 82, .account = 70, .text_count = 12 },
	{ .file = "Q3_2023/Q3_2023_Iran-based IB_cluster.csv",
	  .rows = 11, .account = 8, .text_count = 3 },
	{ .file = "Q3_2024/Q3_2024 IRAN_BASED_CIB_NETWORK.csv",
	  .rows = 41, .account = 13, .domain = 12, .text_count = 10, .url = 6 },
	{ .file = "Q3_2024/Q3_2024 LEBANON_BASED_CIB_NETWORK.csv",
	  .rows = 20, .text_count = 11, .account = 7, .domain = 2 },
	{ .file = "Q3_2024/Q3_2024 MOLDOVA_BASED_CIB_NETWORK.csv",
	  .rows = 39, .text_count = 23, .account = 16 },
	{ .file = "Q4-1_2026_GithubIOCs - H1_2026_CHINA_BASED_CIB_NETWORK.csv",
	  .rows = 16, .text_count = 11, .domain = 4, .account = 1 },
	{ .file = "Q4-1_2026_GithubIOCs - H1_2026_IRAN_BASED_CIB_NETWORK_1.csv",
	  .rows = 16, .text_count = 11, .account = 5 },
	{ .file = "Q4-1_2026_GithubIOCs - H1_2026_IRAN_BASED_CIB_NETWORK_2.csv",
	  .rows = 8, .text_count = 6, .domain = 2 },
	{ .file = "Q4-1_2026_GithubIOCs - H1_2026_PAKISTAN_BASED_CIB_NETWORK.csv",
	  .rows = 17, .text_count = 10, .account = 6, .domain = 1 },
	{ .file = "Q4-1_2026_GithubIOCs - H1_2026_RUSSIA_BASED_CIB_NETWORK_1.csv",
	  .rows = 12, .text_count = 7, .url = 5 },
	{ .file = "Q4-1_2026_GithubIOCs - H1_2026_RUSSIA_BASED_CIB_NETWORK_2.csv",
	  .rows = 63, .account = 54, .text_count = 9 },
	{ .file = "Q4_2023/Q4_2023_China_based_CIB_network.csv",
	  .rows = 15, .text_count = 11, .account = 3, .url = 1 },
	{ .file = "Q4_2023/Q4_2023_Myanmar_based_CIB_network.csv",
	  .rows = 26, .account = 13, .text_count = 10, .domain = 3 },
	{ .file = "Q4_2023/Q4_2023_Pakistan_based_Espionage_network.csv",
	  .rows = 44, .domain = 33, .sha256 = 8, .text_count = 3 },
	{ .file = "Q4_2023/Q4_2023_Ukraine_based_CIB_network.csv",
	  .rows = 13, .text_count = 13 },
	{ .file = "Q4_2024/ Q4_2024 BENIN_BASED_CIB_NETWORK.csv",
	  .rows = 12, .text_count = 10, .domain = 1, .account = 1 },
	{ .file = "Q4_2024/ Q4_2024 CHINA_BASED_CIB_NETWORK.csv",
	  .rows = 21, .text_count = 16, .url = 2, .domain = 2, .account = 1 },
	{ .file = "Q4_2024/ Q4_2024 GHANA_BASED_CIB_NETWORK.csv",
	  .rows = 19, .text_count = 14, .account = 4, .domain = 1 },
};

static size_t
count_wrong(const struct recording *rec, const struct expected *e)
{
	const struct {
		enum indicator_kind kind;
		size_t want;
	} kinds[] = {
		{ INDICATOR_domain, e->domain }, { INDICATOR_account, e->account },
		{ INDICATOR_post, e->post }, { INDICATOR_url, e->url },
		{ INDICATOR_hashtag, e->hashtag }, { INDICATOR_ip, e->ip },
		{ INDICATOR_email, e->email }, { INDICATOR_md5, e->md5 },
		{ INDICATOR_sha256, e->sha256 },
		{ INDICATOR_android_package, e->android_package },
		{ INDICATOR_ios_app, e->ios_app },
	};
	size_t wrong = 0;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (rec->kinds[kinds[i].kind] == kinds[i].want)
			continue;
		print_message("%s: %zu %s, not %zu\n", e->file, rec->kinds[kinds[i].kind],
			      indicator_kind_name(kinds[i].kind), kinds[i].want);
		wrong++;
	}
	return wrong + (rec->kinds[INDICATOR_text] + rec->kinds[INDICATOR_count] !=
			e->text_count);
}

static const char *
shared_path(const char *file)
{
	static char path[600];
	const char *shared = getenv("CLAQUE_SHARED");

	(void)snprintf(path, sizeof(path), "%s/threat-research/%s",
		       shared != NULL ? shared : "", file);
	if (access(path, R_OK) == 0)
		return path;
	(void)snprintf(path, sizeof(path), "%s/data/threat-research/%s",
		       shared != NULL ? shared : "", file);
	return access(path, R_OK) == 0 ? path : NULL;
}

static void
import_shared(struct recording *rec, const char *path, struct import_totals *totals)
{
	struct import_options options = { 0 };
	struct claque_progress progress = { 0 };
	struct claque_err err;

	recording_start(rec);
	assert_ok(import_file(path, &options, &rec->sink, &progress, totals, &err), err);
}

static void
every_published_file_has_its_counts(void **state)
{
	size_t seen = 0, wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct recording rec;
		struct import_totals totals;
		char name[300];
		const char *path;

		(void)snprintf(name, sizeof(name), "csv/%s", all[i].file);
		path = shared_path(name);
		if (path == NULL)
			continue;
		import_shared(&rec, path, &totals);
		seen++;
		wrong += count_wrong(&rec, &all[i]);
		assert_int_equal(totals.rows, all[i].rows);
		assert_int_equal(totals.refused, 0);
		buf_done(&rec.text);
	}
	print_message("%zu of %zu published files are here\n", seen,
		      sizeof(all) / sizeof(all[0]));
	assert_int_equal(wrong, 0);
	if (seen == 0)
		skip();
}

static void
a_twin_in_another_shape_says_the_same(void **state)
{
	static const struct {
		const char *csv, *twin;
	} twins[] = {
		{ "csv/Q3_2023/Q3 2023_Iran-based_recidivist_CIB_cluster.csv",
		  "tsv/Q3_2023/Q3_2023_Iran-based_recidivist_CIB_cluster.tsv" },
		{ "csv/Q3_2023/Q3_2023_ Russia-based_CIB_network.csv",
		  "tsv/Q3_2023/Q3_2023_ Russia-based_CIB network.tsv" },
		{ "csv/Q3_2023/Q3_2023_ China-based CIB network 1.csv",
		  "tsv/Q3_2023/Q3_2023_ China-based_CIB_network_1.tsv" },
		{ "csv/Q3_2023/Q3_2023_China-based_CIB_network_2.csv",
		  "tsv/Q3_2023/Q3_2023_China-based_CIB_network_2.tsv" },
		{ "csv/2022_09_removing_coordinated_inauthentic_behavior_from_china_and_russia.csv",
		  "tsv/2022_09_removing_coordinated_inauthentic_behavior_from_china_and_russia.tsv" },
		{ "csv/2022_09_removing_coordinated_inauthentic_behavior_from_china_and_russia.csv",
		  "json/2022_09_removing_coordinated_inauthentic_behavior_from_china_and_russia.json" },
	};
	size_t seen = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(twins) / sizeof(twins[0]); i++) {
		struct recording csv, twin;
		struct import_totals totals;

		if (shared_path(twins[i].csv) == NULL || shared_path(twins[i].twin) == NULL)
			continue;
		import_shared(&csv, shared_path(twins[i].csv), &totals);
		import_shared(&twin, shared_path(twins[i].twin), &totals);
		assert_memory_equal(csv.kinds, twin.kinds, sizeof(csv.kinds));
		buf_done(&csv.text);
		buf_done(&twin.text);
		seen++;
	}
	if (seen == 0)
		skip();
}

/* Counts by hand: eight lines of the table, one of them a domain. */
static void
a_published_text_gives_its_table(void **state)
{
	const char *path = shared_path("md/meta-h2-2025-moldova-based-cib-network.md");
	struct import_totals totals;
	struct recording rec;

	(void)state;
	if (path == NULL)
		skip();
	import_shared(&rec, path, &totals);
	assert_int_equal(totals.rows, 8);
	assert_int_equal(rec.kinds[INDICATOR_domain], 1);
	assert_int_equal(rec.kinds[INDICATOR_account], 7);
	buf_done(&rec.text);
}

static void
a_text_without_a_table_says_so(void **state)
{
	struct import_options options = { 0 };
	struct import_totals totals;
	struct recording rec;
	struct claque_err err;

	(void)state;
	recording_start(&rec);
	assert_int_equal(import_bytes(STR("# A report\n\nWe took down lookalike[.]example.\n"), "r.md",
				      &options, &rec.sink, &totals, &err), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "Markdown without a table"));
	buf_done(&rec.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_published_file_has_its_counts),
		cmocka_unit_test(a_twin_in_another_shape_says_the_same),
		cmocka_unit_test(a_published_text_gives_its_table),
		cmocka_unit_test(a_text_without_a_table_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
