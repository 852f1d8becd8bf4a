/*
 * junkipedia.c - Junkipedia's CSV: posts of many platforms.
 *
 * A channel has a name and no id: a channel that is renamed is another one here.
 * Links stand in the text.
 */
#include "config.h"

#include "import/format.h"

static const struct field fields[] = {
	FACT_NEEDED("PostId", post_id),
	FACT_NEEDED("ChannelName", account_id),
	FACT_NEEDED("Platform", platform),
	FACT_NEEDED("published_at", created_at),
	FACT("post_body_text", text),
	FACT("LikesCount", likes),
	FACT("SharesCount", shares),
	FACT("CommentsCount", replies),
};

/* Platforms under the names that the rest of a case has them under. */
static void
mend(struct feed_facts *facts, struct arena *scratch)
{
	static const struct {
		const char *theirs, *ours;
	} names[] = { { "twitter", "x" }, { "truth social", "truthsocial" } };
	struct claque_str *platform = &facts->of[ROLE_platform];

	*platform = str_lower(scratch, str_trim(*platform));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(*platform, str_of(names[i].theirs)))
			*platform = str_of(names[i].ours);
}

const struct format format_junkipedia = {
	.about = {
		.name = "junkipedia",
		.help = "Junkipedia's CSV",
		.columns = "PostId, ChannelName, Platform, published_at, post_body_text, ...",
	},
	.fields = fields,
	.field_count = sizeof(fields) / sizeof(fields[0]),
	.known_min = 4,
	.row = feed_table_row,
	.feed = { .from_text = true, .mend = mend },
};
