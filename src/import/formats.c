/*
 * formats.c - every format that is read. Order decides nothing: the one that
 * knows most of a file wins.
 */
#include "config.h"

#include "import/format.h"

static const struct format *const formats[] = {
	&format_native_posts, &format_native_accounts, &format_native_changes,
	&format_native_bundle,
	&format_coortweet, &format_toolkit, &format_indicator_flat,
	&format_indicator_killchain, &format_indicator_json, &format_indicator_markdown,
	&format_indicator_misp, &format_indicator_stix1, &format_indicator_stix2,
	&format_activitypub, &format_mastodon,
	&format_bluesky_plc, &format_jetstream, &format_jetstream_v2,
	&format_reddit, &format_telegram_account, &format_telegram_desktop,
	&format_telethon, &format_tiktok_research,
	&format_youtube_comments, &format_youtube_threads,
	&format_twitter_io_tweets, &format_twitter_io_users,
	&format_twitter_v1,
	&format_twitter_v2, &format_twitter_v2_flat,
	&format_twarc_csv, &format_twarc_csv_users,
	&format_fivethirtyeight, &format_nbc_tweets, &format_nbc_users,
	&format_fourcat_x, &format_minet, &format_tcat,
	&format_fourcat_ndjson, &format_snscrape, &format_zeeschuimer,
	&format_crowdtangle_facebook, &format_crowdtangle_instagram,
	&format_fourcat_bluesky, &format_fourcat_facebook, &format_fourcat_gab,
	&format_fourcat_instagram, &format_fourcat_telegram, &format_fourcat_threads,
	&format_fourcat_tiktok, &format_fourcat_truth, &format_fourcat_vk,
	&format_junkipedia, &format_meta_library_facebook, &format_meta_library_instagram,
	&format_youtube_tools_comments, &format_youtube_tools_videos,
};

enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };

const struct import_format *
import_formats(size_t *count)
{
	static struct import_format about[FORMATS];

	for (size_t i = 0; i < FORMATS; i++)
		about[i] = formats[i]->about;
	*count = FORMATS;
	return about;
}

const struct format *
format_at(const struct import_options *options, size_t i)
{
	size_t maps = import_maps_count(options->maps);

	if (i < maps)
		return import_maps_at(options->maps, i);
	return i - maps < FORMATS ? formats[i - maps] : NULL;
}

const struct format *
format_find(const struct import_options *options, const char *name)
{
	const struct format *format;

	for (size_t i = 0; name != NULL && (format = format_at(options, i)) != NULL; i++)
		if (strcmp(format->about.name, name) == 0)
			return format;
	return NULL;
}
