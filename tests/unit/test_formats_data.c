/*
 * test_formats_data.c - real files (CLAQUE_SHARED) come in whole: counted here, and
 * beforehand by other means than ours; each row says by which.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "import/import.h"

enum { PATH_SIZE = 512 };

struct counts {
	size_t posts, reshares;
	size_t profiles;		/* looks at one, and changes of one */
	size_t refused;
};

static const struct sample {
	const char *path, *format;
	struct counts want;
} samples[] = {
	/* jq '.data|length', '[.data[]|select(.referenced_tweets[]?.type=="retweeted")]|length',
	   '.includes.users|length' */
	{ "controls/kpop.jsonl", "twitter-v2", { 100, 78, 112, 0 } },
	{ "inputs/twitter_v2_page.jsonl", "twitter-v2", { 3, 3, 3, 0 } },
	/* wc -l; jq as above; profiles: jq '[.author, .in_reply_to_user, .referenced_tweets[]?.author]
	   |map(select(.username))|length', summed */
	{ "controls/flat.jsonl", "twitter-v2-flat", { 100, 47, 218, 0 } },
	{ "inputs/twitter_v2_flat.jsonl", "twitter-v2-flat", { 1, 1, 2, 0 } },
	/* Python's csv: rows; retweet == "1"; rows with followers */
	{ "inputs/fivethirtyeight_ira.csv", "fivethirtyeight", { 3, 1, 3, 0 } },
	/* the same; is_retweet == "yes" */
	{ "inputs/4cat_twitter_zeeschuimer.csv", "4cat-x", { 1, 1, 1, 0 } },
	/* Python's csv: rows */
	{ "inputs/junkipedia.csv", "junkipedia", { 1, 0, 0, 0 } },
	/* wc -l; jq .data.legacy.retweeted_status_result */
	{ "inputs/zeeschuimer.ndjson", "zeeschuimer", { 1, 0, 1, 0 } },
	/* jq .commit.collection: a post, a repost and a profile; jq .kind: an identity and an
	   account's status beside them */
	{ "inputs/bluesky_jetstream.jsonl", "jetstream", { 2, 1, 3, 0 } },
	/* jq length; '[.[].operation.alsoKnownAs[0]]|unique|length' less one are changes */
	{ "inputs/bluesky_plc_audit.json", "bluesky-plc", { 0, 0, 3, 0 } },
	/* wc -l; jq .crosspost_parent, .author_created_utc */
	{ "inputs/reddit_pushshift.ndjson", "reddit", { 2, 1, 1, 0 } },
	/* sed 's/\\x0B/ /g' | jq '.messages|map(select(.type=="message"))|length', the same of
	   .forwarded_from, and of .from or .action=="edit_group_title" */
	{ "inputs/telegram_desktop_result.json", "telegram-desktop", { 2, 1, 2, 0 } },
};

enum { SAMPLES = sizeof(samples) / sizeof(samples[0]) };

static enum claque_rc
count_put(void *ctx, uint64_t row, const struct record *r, bool *duplicate,
	  struct claque_err *err)
{
	struct counts *got = ctx;

	(void)row;
	(void)err;
	*duplicate = false;
	got->posts += r->type == RECORD_POST;
	got->reshares += r->type == RECORD_POST && r->post.kind == POST_reshare;
	got->profiles += r->type == RECORD_ACCOUNT || r->type == RECORD_CHANGE;
	return CLAQUE_OK;
}

static enum claque_rc
count_refused(void *ctx, uint64_t row, struct claque_str reason, struct claque_err *err)
{
	struct counts *got = ctx;

	(void)err;
	got->refused++;
	print_message("# row %llu: " STR_FMT "\n", (unsigned long long)row, STR_ARG(reason));
	return CLAQUE_OK;
}

static enum claque_rc
end_row(void *ctx, uint64_t row, struct claque_err *err)
{
	(void)ctx;
	(void)row;
	(void)err;
	return CLAQUE_OK;
}

static void
check_sample(const struct sample *s, const char *path)
{
	struct counts got = { 0 };
	struct record_sink sink = { &got, count_put, count_refused, end_row };
	struct import_options options = { 0 };
	const struct import_format *told;
	struct import_totals totals;
	struct claque_err err = { 0 };

	if (import_sniff(path, &options, &told, &err) != CLAQUE_OK)
		fail_msg("%s: %s", path, err.msg);
	assert_string_equal(told->name, s->format);
	if (import_file(path, &options, &sink, &(struct claque_progress){ 0 }, &totals, &err) !=
	    CLAQUE_OK)
		fail_msg("%s: %s", path, err.msg);
	if (memcmp(&got, &s->want, sizeof(got)) != 0)
		fail_msg("%s: %zu posts, %zu of them reshares, %zu profiles, %zu refused",
			 s->path, got.posts, got.reshares, got.profiles, got.refused);
}

static void
real_files_come_in_whole(void **state)
{
	const char *shared = getenv("CLAQUE_SHARED");
	char path[PATH_SIZE];

	(void)state;
	for (size_t i = 0; i < SAMPLES; i++) {
		FILE *f;

		(void)snprintf(path, sizeof(path), "%s/data/%s", shared != NULL ? shared : "",
			       samples[i].path);
		f = fopen(path, "rb");
		if (f == NULL) {
			print_message("# %s is not there: set CLAQUE_SHARED\n", path);
			skip();
		}
		assert_int_equal(fclose(f), 0);
		check_sample(&samples[i], path);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(real_files_come_in_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
