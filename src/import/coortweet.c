/*
 * coortweet.c - the four columns that CooRTweet works on: one row an act of
 * sharing, so a post with two objects has two rows.
 *
 * The object keeps its name as written, prefix included: its results are
 * compared by these names, and a prefix only tells what the object is.
 */
#include "config.h"

#include "import/format.h"

enum { COORTWEET_object_id, COORTWEET_account_id, COORTWEET_content_id,
       COORTWEET_timestamp_share, COORTWEET_COUNT };

static const struct field fields[] = {
	COLUMN("object_id", REQUIRED),
	COLUMN("account_id", REQUIRED),
	COLUMN("content_id", REQUIRED),
	COLUMN("timestamp_share", REQUIRED),
};

/* What prep_data() and the vignette put before the ids; the last row is the rest. */
static const struct {
	const char *prefix;
	enum claque_object_kind kind;
	enum claque_act act;
	enum post_kind post;
} objects[] = {
	{ "url_", CLAQUE_OBJECT_url, CLAQUE_ACT_link, POST_original },
	{ "domain_", CLAQUE_OBJECT_domain, CLAQUE_ACT_link, POST_original },
	{ "hashtag_", CLAQUE_OBJECT_hashtag, CLAQUE_ACT_tag, POST_original },
	{ "hash_", CLAQUE_OBJECT_media, CLAQUE_ACT_media, POST_original },
	{ "", CLAQUE_OBJECT_post, CLAQUE_ACT_reshare, POST_reshare },
};

static enum claque_rc
take_row(struct input_row *row, struct claque_err *err)
{
	struct share_record share = { 0 };
	struct record record = { .type = RECORD_POST };
	struct post_record *post = &record.post;
	enum claque_rc rc;
	size_t i = 0;

	if (!input_need(row, COORTWEET_object_id, &share.key, &rc, err) ||
	    !input_need(row, COORTWEET_account_id, &post->account_id, &rc, err) ||
	    !input_need(row, COORTWEET_content_id, &post->id, &rc, err) ||
	    !input_time(row, COORTWEET_timestamp_share, TIMES_OF_ANY_ORIGIN, &post->at,
			&post->precision, &rc, err))
		return rc;
	share.key = row->value[COORTWEET_object_id];
	while (!str_starts(share.key, str_of(objects[i].prefix)))
		i++;
	share.kind = objects[i].kind;
	share.act = objects[i].act;
	post->kind = objects[i].post;
	post->likes = post->shares_count = post->replies = COUNT_UNKNOWN;
	post->shares = &share;
	post->share_count = 1;
	post->shares_accrue = true;
	return input_put(row, &record, err);
}

const struct format format_coortweet = {
	.about = {
		.name = "coortweet",
		.help = "CooRTweet's input, one row an act of sharing",
		.columns = "object_id, account_id, content_id, timestamp_share",
	},
	.fields = fields,
	.field_count = COORTWEET_COUNT,
	.known_min = COORTWEET_COUNT,
	.row = take_row,
};
