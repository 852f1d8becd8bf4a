/*
 * fivethirtyeight.c - russian-troll-tweets, which FiveThirtyEight published in 2018 of
 * Clemson University's collection.
 *
 * external_author_id went through a spreadsheet and ends in zeros: alt_external_id is
 * the account. What a retweet repeats is not told but by the links in it, where one
 * leads to a post; else by its text alone. Cells that began with a mark got guard
 * quotes, which are taken off again. Times are minutes of UTC, the ids know more; the
 * counts are those at the harvest.
 */
#include "config.h"

#include "import/format.h"
#include "text/url.h"

static const struct field fields[] = {
	FACT_NEEDED("alt_external_id", account_id),
	FACT_NEEDED("tweet_id", post_id),
	FACT("author", handle),
	FACT_NEEDED_AS("content", text, escaped),
	FACT("language", lang),
	FACT_AS("publish_date", created_at, month_first),
	FACT_AS("harvested_date", observed_at, month_first),
	FACT("following", following),
	FACT("followers", followers),
	FACT("updates", posts_total),
	FACT("post_type", type),
	FACT("retweet", is_reshare),
	FACT("tco1_step1", urls),
	FACT("tco2_step1", urls),
	FACT("tco3_step1", urls),
};

static struct claque_str
without_guard(struct claque_str s)
{
	bool guarded = s.len > 2 && s.p[0] == '\'' && s.p[s.len - 1] == '\'' &&
		       (s.p[1] == '@' || s.p[1] == '=' || s.p[1] == '+' || s.p[1] == '-');

	return guarded ? str_sub(s, 1, s.len - 2) : s;
}

/* The first link to a post that is not the post itself. */
static struct claque_str
linked_post(const struct feed_facts *facts)
{
	struct claque_str links = facts->of[ROLE_urls], link, id;

	while (str_cut(&links, FEED_SEPARATOR, &link))
		if (url_status_link(link, &id) && !str_eq(id, str_trim(facts->of[ROLE_post_id])))
			return id;
	return (struct claque_str){ 0 };
}

static void
mend(struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str type = facts->of[ROLE_type];

	facts->of[ROLE_text] = without_guard(facts->of[ROLE_text]);
	facts->of[ROLE_type] = (struct claque_str){ 0 };
	feed_mend_retweet(facts, scratch);
	if (str_eq(type, STR("RETWEET")))
		facts->of[ROLE_is_reshare] = STR("yes");
	if (str_eq(facts->of[ROLE_is_reshare], STR("yes")) ||
	    str_eq(facts->of[ROLE_is_reshare], STR("1")))
		facts->of[ROLE_reshare_id] = linked_post(facts);
	else if (str_eq(type, STR("QUOTE_TWEET")))
		facts->of[ROLE_quote_id] = linked_post(facts);
	if (str_eq(type, STR("QUOTE_TWEET")))
		facts->of[ROLE_is_quote] = STR("yes");
}

const struct format format_fivethirtyeight = {
	.about = {
		.name = "fivethirtyeight",
		.help = "russian-troll-tweets of FiveThirtyEight",
		.columns = "alt_external_id, tweet_id, author, content, publish_date, retweet, "
			   "tco1_step1, ... (21)",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.known_min = 8,
	.row = feed_table_row,
	.feed = { .platform = "x", .id_time = ID_TIME_X, .mend = mend },
};
