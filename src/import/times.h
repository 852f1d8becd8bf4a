/*
 * times.h - times as tables and collectors write them, and times that ids hold.
 */
#ifndef IMPORT_TIMES_H
#define IMPORT_TIMES_H

#include "model/record.h"

enum time_rule {
	TIMES_OF_PLATFORMS,	/* seconds, milliseconds or microseconds by size, or written out */
	TIMES_OF_ANY_ORIGIN,	/* seconds or written out: simulations start at 0 */
};

/*
 * Numbers, RFC 3339 and its kin, "Thu Jun 07 06:36:05 +0000 2012" and "2021-03-01
 * 12:34:56 EST". UTC where no zone is told.
 */
bool times_read(struct claque_str s, enum time_rule rule, int64_t *out_ms,
		enum time_precision *precision);
/* From 1990 to 2100: no platform is older, and a slip of a unit is outside. */
bool times_plausible(int64_t ms);

/* Which ids tell the time they were given at (Snowflake and kin). */
enum id_time { ID_TIME_NONE, ID_TIME_X, ID_TIME_TIKTOK, ID_TIME_MASTODON, ID_TIME_BLUESKY };

/*
 * When the id was given: Snowflake since November 2010, TikTok, Mastodon, Bluesky's
 * TID at the end of an at-uri. False: the id tells no time.
 */
bool times_of_id(enum id_time kind, struct claque_str id, int64_t *out_ms);

#endif
