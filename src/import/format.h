/*
 * format.h - what a format is: a table of columns and one function for a row.
 *
 * A row function sees its own fields by number, whatever order the file has
 * them in, and answers with input_put() for each record or input_refuse() with the
 * reason. It keeps nothing between rows.
 */
#ifndef IMPORT_FORMAT_H
#define IMPORT_FORMAT_H

#include "import/feed.h"
#include "import/import.h"

enum { FIELDS_MAX = 64 };

enum field_need {
	FIELD_OPTIONAL,
	FIELD_REQUIRED,
	FIELD_ANY,	/* optional, and any column that no other field claims */
};

struct field {
	const char *name;	/* of the column, trimmed and case-blind; or a path in JSON */
	enum field_need need;
	/* Of a feed only: which fact it is and how it is written, and of a cell that holds
	   JSON the path in it (NULL: the cell is the value). */
	enum feed_role role;
	enum feed_how how;
	const char *inside;
	bool otherwise;		/* only of a post that no field above told this of */
};

/* How tables of fields are written: a column, and of feeds a fact. */
#define COLUMN(column, must)	{ .name = column, .need = FIELD_##must }
#define FACT(place, what)	{ .name = place, .role = ROLE_##what }
#define FACT_NEEDED(place, what) { .name = place, .need = FIELD_REQUIRED, .role = ROLE_##what }
#define FACT_NEEDED_AS(place, what, way) \
	{ .name = place, .need = FIELD_REQUIRED, .role = ROLE_##what, .how = HOW_##way }
#define FACT_AS(place, what, way) { .name = place, .role = ROLE_##what, .how = HOW_##way }
#define FACT_ELSE(place, what, way) \
	{ .name = place, .role = ROLE_##what, .how = HOW_##way, .otherwise = true }
#define FACT_INSIDE(place, what, path) { .name = place, .role = ROLE_##what, .inside = path }

/* A row on its way to the sink. */
struct input_row {
	uint64_t number;
	const struct claque_str *value;	/* by field; p == NULL: no such column */
	const struct format *format;
	const struct field *fields;
	struct arena scratch;		/* for this row only */
	struct claque_str extras;	/* see struct record */
	const struct record_sink *sink;
	struct import_totals *totals;
	bool put, refused;	/* at least one record was */
};

/* An item of a JSON file. */
struct item {
	const json_t *value;		/* an object */
	const json_t *shell;		/* what stands around it, or NULL: see items.h */
	const json_t *before;		/* the item before it, or NULL */
};

/* A format is one of tables (row) or one of JSON (item). */
struct format {
	struct import_format about;
	const struct field *fields;
	size_t field_count;
	bool tabs;		/* is published tab-separated as well */
	size_t known_min;	/* columns it must know to be told by content */
	enum claque_rc (*row)(struct input_row *row, struct claque_err *err);
	/* By what the format is told; ends at NULL. Of JSON: paths that an item has (one that
	   begins with '^' is of the shell); the format with most of them, and all, wins. Of
	   tables: columns, taken or not; NULL: the required ones and known_min tell. */
	const char *const *signature;
	/* Paths that `item` and `mend` read beside the fields, so that nothing is said to be
	   lost that is kept; ends at NULL. NULL: none. */
	const char *const *reads;
	bool escapes;		/* of CSV: a quote after a backslash is text (PHP's fputcsv) */
	enum claque_rc (*item)(struct input_row *row, const struct item *item,
			       struct claque_err *err);
	struct feed feed;	/* of formats that are a table of facts */
};

extern const struct format format_native_posts, format_native_accounts, format_native_changes;
extern const struct format format_native_bundle;
extern const struct format format_coortweet, format_toolkit;
extern const struct format format_indicator_flat, format_indicator_json;
extern const struct format format_indicator_killchain, format_indicator_markdown;
extern const struct format format_indicator_misp, format_indicator_stix1;
extern const struct format format_indicator_stix2;
extern const struct format format_activitypub, format_mastodon;
extern const struct format format_bluesky_plc, format_jetstream, format_jetstream_v2;
extern const struct format format_reddit, format_tiktok_research;
extern const struct format format_telegram_account, format_telegram_desktop, format_telethon;
extern const struct format format_youtube_comments, format_youtube_threads;
extern const struct format format_crowdtangle_facebook, format_crowdtangle_instagram;
extern const struct format format_fourcat_bluesky, format_fourcat_facebook;
extern const struct format format_fourcat_gab, format_fourcat_instagram;
extern const struct format format_fourcat_telegram, format_fourcat_threads;
extern const struct format format_fourcat_tiktok, format_fourcat_truth, format_fourcat_vk;
extern const struct format format_junkipedia;
extern const struct format format_meta_library_facebook, format_meta_library_instagram;
extern const struct format format_youtube_tools_comments, format_youtube_tools_videos;
extern const struct format format_twitter_io_tweets, format_twitter_io_users, format_twitter_v1;
extern const struct format format_twitter_v2, format_twitter_v2_flat;
extern const struct format format_twarc_csv, format_twarc_csv_users;
extern const struct format format_fivethirtyeight, format_nbc_tweets, format_nbc_users;
extern const struct format format_fourcat_x, format_minet, format_tcat;
extern const struct format format_fourcat_ndjson, format_snscrape, format_zeeschuimer;

/* The facts that fields tell of a JSON object, after those that are there. */
void feed_add_fields(struct feed_facts *facts, const struct field *fields, size_t count,
		     const json_t *object, struct arena *scratch);

/* Mapping files first, then the table; NULL past its end. find: NULL if there is none. */
const struct format *format_at(const struct import_options *options, size_t i);
const struct format *format_find(const struct import_options *options, const char *name);

const struct format *import_maps_at(const struct import_maps *maps, size_t i);
size_t import_maps_count(const struct import_maps *maps);

enum claque_rc input_put(struct input_row *row, const struct record *record,
			 struct claque_err *err);
/* The reason is one clause; format it with QUOTED() where it shows data. */
enum claque_rc input_refuse(struct input_row *row, struct claque_err *err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* At most 60 bytes of a cell, to be shown in a reason. */
#define QUOTED(s) (int)((s).len < 60 ? (s).len : 60), (s).p != NULL ? (s).p : ""

/* Trimmed; missing stays missing. */
struct claque_str input_cell(const struct input_row *row, size_t field);
/* The same, and empty is missing: for ids, where both say nothing. */
struct claque_str input_id(const struct input_row *row, size_t field);

/*
 * false: the row was refused, *rc is what to return. Used as
 * if (!input_need(...)) return rc;
 */
bool input_need(struct input_row *row, size_t field, struct claque_str *out, enum claque_rc *rc,
		struct claque_err *err);
/* What a row says under the name that a refusal tells. */
struct named_text {
	const char *name;
	struct claque_str text;
};

/* A count, or COUNT_UNKNOWN for an empty text; "12.0" is 12. Used like input_need(). */
bool input_count_of(struct input_row *row, struct named_text from, int64_t *out,
		    enum claque_rc *rc, struct claque_err *err);
bool input_time_of(struct input_row *row, struct named_text from, enum time_rule rule,
		   int64_t *out, enum time_precision *precision, enum claque_rc *rc,
		   struct claque_err *err);
/* The same of a cell; a time must be there. */
bool input_count(struct input_row *row, size_t field, int64_t *out, enum claque_rc *rc,
		 struct claque_err *err);
bool input_time(struct input_row *row, size_t field, enum time_rule rule, int64_t *out,
		enum time_precision *precision, enum claque_rc *rc, struct claque_err *err);

/* Shares of one post; a repeat counts once. */
struct share_set {
	struct arena *scratch;	/* of the row */
	struct share_record *items;
	size_t count, room;
	struct claque_str self;	/* id of the post, if a link to it is to share nothing */
	bool full;		/* SHARES_MAX was reached: the row must be refused */
};

enum { SHARES_MAX = 1000 };

struct share_set share_set_new(struct input_row *row);
void share_set_add(struct share_set *set, struct share_record share);
/*
 * Every URL among the space-separated pieces: a status link as the post it
 * leads to, any other as its address and, once, its host. List marks around a
 * piece (['a', 'b']) are dropped; a piece that is no URL shares nothing.
 */
void share_set_add_urls(struct share_set *set, struct claque_str pieces);
/* Hashtags, with or without their mark, and ids or hashes of media; in small letters. */
void share_set_add_hashtags(struct share_set *set, struct claque_str pieces, char separator);
void share_set_add_media(struct share_set *set, struct claque_str pieces, char separator);

#endif
