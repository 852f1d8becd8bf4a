/*
 * twitter_v2.c - Twitter API v2: pages as the API gave them (a line each, several
 * posts in one), and an object a post as `twarc2 flatten` writes them.
 *
 * A page keeps users and repeated posts once, beside the posts (includes); a flattened
 * post holds them. Both give the same: profiles of everybody the API described, as of
 * __twarc.retrieved_at and not of the post, whose author looks today as he looks today.
 * What the posts repeat, quote and answer is told by id and author, and a retweet, cut
 * to 140 characters, by the whole text; it is not taken as a post, for nobody asked for
 * it: the original of one viral post would count as found by the search.
 */
#include "config.h"

#include "import/twitter_users.h"

#define TWEET_FIELDS(at) \
	FACT_NEEDED(at "id", post_id), \
	FACT_NEEDED(at "author_id", account_id), \
	FACT(at "created_at", created_at), \
	FACT_AS(at "note_tweet.text", text, escaped), \
	FACT_AS(at "text", text, escaped), \
	FACT(at "lang", lang), \
	FACT(at "source", client), \
	FACT(at "referenced_tweets[type=retweeted].id", reshare_id), \
	FACT(at "referenced_tweets[type=quoted].id", quote_id), \
	FACT(at "referenced_tweets[type=replied_to].id", reply_id), \
	FACT(at "in_reply_to_user_id", reply_account), \
	FACT(at "entities.urls[].unwound_url|expanded_url", urls), \
	FACT(at "entities.hashtags[].tag", hashtags), \
	FACT(at "attachments.media_keys[]", media), \
	FACT(at "public_metrics.like_count", likes), \
	FACT(at "public_metrics.retweet_count", shares), \
	FACT(at "public_metrics.reply_count", replies)

/* What page_item() reads, as told by claque import --explain. */
static const struct field page_fields[] = {
	TWEET_FIELDS("data[]."),
	TWITTER_V2_USER("includes.users[]."),
	FACT("includes.tweets[].author_id", reshare_account),
	FACT_AS("includes.tweets[].text", reshare_text, escaped),
	FACT("__twarc.retrieved_at", observed_at),
};
static const struct field tweet_fields[] = { TWEET_FIELDS("") };
static const struct field user_fields[] = { FACT("id", account_id), TWITTER_V2_USER("") };
static const struct field flat_fields[] = {
	TWEET_FIELDS(""),
	TWITTER_V2_USER("author."),
	FACT("referenced_tweets[type=retweeted].author_id", reshare_account),
	FACT_AS("referenced_tweets[type=retweeted].note_tweet.text", reshare_text, escaped),
	FACT_AS("referenced_tweets[type=retweeted].text", reshare_text, escaped),
	FACT("referenced_tweets[type=quoted].author_id", quote_account),
	FACT("in_reply_to_user.id", reply_account),
	FACT("__twarc.retrieved_at", observed_at),
};

enum { TWEET_FACTS = sizeof(tweet_fields) / sizeof(tweet_fields[0]),
       USER_FACTS = sizeof(user_fields) / sizeof(user_fields[0]),
       FLAT_FACTS = sizeof(flat_fields) / sizeof(flat_fields[0]) };

/* Of a page, by id; the values are borrowed. */
struct page {
	const json_t *object;
	json_t *users, *tweets;
};

static json_t *
index_by_id(const json_t *list)
{
	json_t *index = json_object(), *each;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)list, i, each) {
		const char *id = json_string_value(json_object_get(each, "id"));

		if (id != NULL)
			(void)json_object_set_nocheck(index, id, each);
	}
	return index;
}

static const json_t *
find(const json_t *index, struct claque_str id)
{
	return id.len > 0 ? json_object_getn(index, id.p, id.len) : NULL;
}

static enum claque_rc
put_user(struct input_row *row, const json_t *user, const json_t *seen, struct claque_err *err)
{
	struct feed_facts facts = { 0 };
	struct arena before = row->scratch;
	enum claque_rc rc;

	feed_add_fields(&facts, user_fields, USER_FACTS, user, &row->scratch);
	(void)feed_add_path(&facts, ROLE_observed_at, HOW_plain, seen, "__twarc.retrieved_at",
			    &row->scratch);
	rc = feed_put_profile(row, &row->format->feed, &facts, err);
	row->scratch = before;
	return rc;
}

/* What the page tells of a post outside of it. */
static void
add_beside(struct feed_facts *facts, const struct page *page, struct arena *scratch)
{
	const json_t *author = find(page->users, facts->of[ROLE_account_id]);
	const json_t *repeated = find(page->tweets, facts->of[ROLE_reshare_id]);
	const json_t *quoted = find(page->tweets, facts->of[ROLE_quote_id]);

	(void)feed_add_path(facts, ROLE_handle, HOW_plain, author, "username", scratch);
	(void)feed_add_path(facts, ROLE_reshare_account, HOW_plain, repeated, "author_id",
			    scratch);
	(void)feed_add_path(facts, ROLE_reshare_text, HOW_escaped, repeated, "note_tweet.text",
			    scratch);
	(void)feed_add_path(facts, ROLE_reshare_text, HOW_escaped, repeated, "text", scratch);
	(void)feed_add_path(facts, ROLE_quote_account, HOW_plain, quoted, "author_id", scratch);
}

static enum claque_rc
put_tweet(struct input_row *row, const struct page *page, const json_t *tweet,
	  struct claque_err *err)
{
	struct feed_facts facts = { 0 };
	struct arena before = row->scratch;
	enum claque_rc rc;

	feed_add_fields(&facts, tweet_fields, TWEET_FACTS, tweet, &row->scratch);
	add_beside(&facts, page, &row->scratch);
	rc = feed_put(row, &row->format->feed, &facts, err);
	row->scratch = before;
	return rc;
}

/* Pages of followers and of user searches hold users where others hold posts. */
static enum claque_rc
put_datum(struct input_row *row, const struct page *page, const json_t *datum,
	  struct claque_err *err)
{
	if (feed_at(datum, "username") != NULL)
		return put_user(row, datum, page->object, err);
	return put_tweet(row, page, datum, err);
}

static enum claque_rc
put_page(struct input_row *row, const struct page *page, struct claque_err *err)
{
	const json_t *data = feed_at(page->object, "data");
	enum claque_rc rc = CLAQUE_OK;
	json_t *each;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)feed_at(page->object, "includes.users"), i, each)
		if (rc == CLAQUE_OK)
			rc = put_user(row, each, page->object, err);
	if (rc == CLAQUE_OK && json_is_object(data))	/* of a stream: one */
		return put_datum(row, page, data, err);
	json_array_foreach((json_t *)(uintptr_t)data, i, each)
		if (rc == CLAQUE_OK)
			rc = put_datum(row, page, each, err);
	return rc;
}

static enum claque_rc
page_item(struct input_row *row, const struct item *item, struct claque_err *err)
{
	struct page page = { .object = item->value };
	enum claque_rc rc;

	if (feed_at(item->value, "data") == NULL)
		return input_refuse(row, err, "a page of the API without posts");
	page.users = index_by_id(feed_at(item->value, "includes.users"));
	page.tweets = index_by_id(feed_at(item->value, "includes.tweets"));
	rc = put_page(row, &page, err);
	json_decref(page.users);
	json_decref(page.tweets);
	return rc;
}

/* Everybody that a flattened post describes besides its author. */
static enum claque_rc
put_others(struct input_row *row, const json_t *tweet, struct claque_err *err)
{
	const json_t *answered = feed_at(tweet, "in_reply_to_user");
	enum claque_rc rc = CLAQUE_OK;
	json_t *each;
	size_t i;

	if (feed_at(answered, "username") != NULL)
		rc = put_user(row, answered, tweet, err);
	json_array_foreach((json_t *)(uintptr_t)feed_at(tweet, "referenced_tweets"), i, each)
		if (rc == CLAQUE_OK && feed_at(each, "author.username") != NULL)
			rc = put_user(row, feed_at(each, "author"), tweet, err);
	return rc;
}

static enum claque_rc
flat_item(struct input_row *row, const struct item *item, struct claque_err *err)
{
	struct feed_facts facts = { 0 };
	enum claque_rc rc;

	if (feed_at(item->value, "id") == NULL)
		return input_refuse(row, err, "a message of the API: there is no post in it");
	rc = put_others(row, item->value, err);
	feed_add_fields(&facts, flat_fields, FLAT_FACTS, item->value, &row->scratch);
	return rc == CLAQUE_OK ? feed_put(row, &row->format->feed, &facts, err) : rc;
}

static const char *const page_reads[] = {
	"includes.users[].id", "includes.tweets[].id", "data[].username", "data[].name",
	"data[].description", "data[].location", "data[].url", "data[].verified",
	"data[].profile_image_url", "data[].public_metrics.followers_count",
	"data[].public_metrics.following_count", "data[].public_metrics.tweet_count", NULL
};
static const char *const page_signature[] = { "data|meta|errors", "includes|__twarc", NULL };
static const char *const flat_reads[] = {
	"author.id", "referenced_tweets[].author", "in_reply_to_user", NULL
};
static const char *const flat_signature[] = { "id", "author_id", "created_at", "text", NULL };

const struct format format_twitter_v2 = {
	.about = {
		.name = "twitter-v2",
		.help = "Twitter API v2: pages, a line each (twarc2), and its streams",
		.columns = "data, includes.users, includes.tweets, __twarc.retrieved_at",
	},
	.fields = page_fields,
	.field_count = sizeof(page_fields) / sizeof(page_fields[0]),
	.signature = page_signature,
	.reads = page_reads,
	.item = page_item,
	.feed = { .platform = "x", .id_time = ID_TIME_X },
};

const struct format format_twitter_v2_flat = {
	.about = {
		.name = "twitter-v2-flat",
		.help = "Twitter API v2, flattened: a post a line (twarc2 flatten)",
		.columns = "id, author_id, created_at, text, author, referenced_tweets, entities",
	},
	.fields = flat_fields,
	.field_count = FLAT_FACTS,
	.signature = flat_signature,
	.reads = flat_reads,
	.item = flat_item,
	.feed = { .platform = "x", .id_time = ID_TIME_X },
};
