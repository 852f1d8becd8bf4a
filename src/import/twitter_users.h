/*
 * twitter_users.h - users as the interfaces of X describe them, for the tables of every
 * format that holds such a description; `at` is the place it stands at, "" or "user.".
 */
#ifndef IMPORT_TWITTER_USERS_H
#define IMPORT_TWITTER_USERS_H

#include "import/format.h"

/* API 1.1 and the web client before 2023. */
#define TWITTER_V1_USER(at) \
	FACT(at "screen_name", handle), \
	FACT(at "name", display_name), \
	FACT(at "description", bio), \
	FACT(at "location", location), \
	FACT(at "url", profile_url), \
	FACT(at "profile_image_url_https", avatar), \
	FACT(at "followers_count", followers), \
	FACT(at "friends_count", following), \
	FACT(at "statuses_count", posts_total), \
	FACT(at "verified", verified), \
	FACT(at "created_at", account_created), \
	FACT(at "lang", account_lang)

/* API v2; the id, which posts have as well, is not among them. */
#define TWITTER_V2_USER(at) \
	FACT(at "username", handle), \
	FACT(at "name", display_name), \
	FACT(at "description", bio), \
	FACT(at "location", location), \
	FACT(at "entities.url.urls[].expanded_url", profile_url), \
	FACT(at "url", profile_url), \
	FACT(at "profile_image_url", avatar), \
	FACT(at "public_metrics.followers_count", followers), \
	FACT(at "public_metrics.following_count", following), \
	FACT(at "public_metrics.tweet_count", posts_total), \
	FACT(at "verified", verified), \
	FACT(at "created_at", account_created)

#endif
