/*
 * record.h - what an importer hands to a store: one record per fact of an
 * input row. All strings are views, good until put() returns.
 *
 * Missing is not empty: a view with p == NULL was not in the input; one with
 * len 0 and p != NULL was there and empty.
 */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H

#include "claque/dataset.h"

#include "base/str.h"

/* What a post is. X(name) */
#define POST_KIND_LIST(X) \
	X(original) X(reshare) X(reply) X(quote) X(ad) X(petition)

#define X(name) POST_##name,
enum post_kind { POST_KIND_LIST(X) POST_KIND_COUNT };
#undef X

/* How exact a time is, and whose it is. */
enum time_precision { TIME_MILLISECOND, TIME_SECOND, TIME_MINUTE, TIME_DAY };

enum { COUNT_UNKNOWN = -1 };

/* What an object is known by. X(name) */
#define SHARE_BASIS_LIST(X) \
	X(id)		/* its native id, at-uri or address */ \
	X(text)		/* its account and a fingerprint of its text: the input had no id */ \
	X(picture)	/* the perceptual hash of a local picture, or of an earlier one near it */ \
	X(copy)		/* its text equals or nearly equals an earlier post elsewhere */

#define X(name) SHARE_BASIS_##name,
enum share_basis { SHARE_BASIS_LIST(X) SHARE_BASIS_COUNT };
#undef X

struct share_record {
	enum claque_object_kind kind;
	enum claque_act act;
	enum share_basis basis;
	struct claque_str key;		/* the object's id, already canonical */
	struct claque_str author;	/* native id of the account behind it, or missing */
};

struct post_record {
	struct claque_str platform, id, account_id;
	struct claque_str handle;	/* of the account, if the row tells */
	struct claque_str text, lang, client;
	struct claque_str urls;		/* as written in the input: peers join on it */
	int64_t at;			/* UTC milliseconds */
	int64_t deleted_at;		/* likewise, or 0: not known to be deleted */
	enum time_precision precision;
	enum post_kind kind;
	int64_t likes, shares_count, replies;
	const struct share_record *shares;
	size_t share_count;
	bool shares_accrue;	/* a further row of the same post adds its shares
				   (CooRTweet); elsewhere it is a duplicate */
};

struct account_record {
	struct claque_str platform, id, handle, display_name, location, bio, url;
	struct claque_str avatar_hash, avatar_tag, lang;
	int64_t created_at;		/* or CLAQUE_NO_TIME */
	int64_t observed_at;		/* when the profile was like this, or CLAQUE_NO_TIME */
	int64_t followers, following, posts_total;
	int verified;			/* 1, 0, COUNT_UNKNOWN */
};

struct change_record {
	struct claque_str platform, account_id, field, old_value, new_value;
	int64_t at;
};

/* An account's profile picture as a local file shows it: in place of an address. */
struct portrait_record {
	struct claque_str platform, account_id;
	struct claque_str avatar_hash;	/* 16 hex digits */
};

/* What an indicator is. X(name) */
#define INDICATOR_KIND_LIST(X) \
	X(domain) X(account) X(post) X(url) X(hashtag) X(ip) X(email) X(md5) \
	X(sha256) X(android_package) X(ios_app) X(count) X(text)

#define X(name) INDICATOR_##name,
enum indicator_kind { INDICATOR_KIND_LIST(X) INDICATOR_KIND_COUNT };
#undef X

/* What every match is shown with: the publisher's own words (Meta, threat-research). */
#define MATCH_CAVEAT_OF(apostrophe) "the mere sharing of these operations" apostrophe " links or" \
	" engaging with them by online users would be insufficient to attribute accounts to a" \
	" given campaign without corroborating evidence"
#define MATCH_CAVEAT MATCH_CAVEAT_OF("'")

struct indicator_record {
	enum indicator_kind kind;
	struct claque_str value;	/* refanged, normalised for comparing */
	struct claque_str raw;		/* as published */
	struct claque_str platform;	/* of an account or post: "x", "telegram", ... */
	struct claque_str tactic, technique, procedure;	/* procedure: its number, "0.9.4" */
	struct claque_str role;		/* "persona", "amplifier" or missing */
	struct claque_str note, published;	/* published: as written, e.g. 2022-09-27 */
	int64_t count;			/* of a count: 4789; else COUNT_UNKNOWN */
};

enum record_type {
	RECORD_POST, RECORD_ACCOUNT, RECORD_CHANGE, RECORD_INDICATOR, RECORD_PORTRAIT
};

struct record {
	enum record_type type;
	/* Cells of the row that no field takes, as a JSON object {"column":"text"};
	   missing where there are none. Kept as they are, never read by the engine. */
	struct claque_str extras;
	union {
		struct post_record post;
		struct account_record account;
		struct change_record change;
		struct indicator_record indicator;
		struct portrait_record portrait;
	};
};

/*
 * Where records go. Rows are numbered as a spreadsheet shows them: the header
 * is row 1. The calls for one row come together, in row order, and end with
 * row_done(): a sink may commit there, never between.
 */
struct record_sink {
	void *ctx;
	/* *duplicate: it was there already, under the same native id. */
	enum claque_rc (*put)(void *ctx, uint64_t row, const struct record *r,
			      bool *duplicate, struct claque_err *err);
	/* reason: one clause, "created_at: 'yesterday' is not a time". */
	enum claque_rc (*refuse)(void *ctx, uint64_t row, struct claque_str reason,
				 struct claque_err *err);
	enum claque_rc (*row_done)(void *ctx, uint64_t row, struct claque_err *err);
};

/* The record and all its strings, in perm. */
struct record *record_copy(struct arena *perm, const struct record *r);

/* "original", "reshare", ...; never NULL. parse: false if there is none. */
const char *post_kind_name(enum post_kind kind);
bool post_kind_parse(struct claque_str s, enum post_kind *out);
const char *indicator_kind_name(enum indicator_kind kind);
bool indicator_kind_parse(struct claque_str s, enum indicator_kind *out);
const char *object_kind_name(enum claque_object_kind kind);
bool object_kind_parse(struct claque_str s, enum claque_object_kind *out);
const char *act_name(enum claque_act act);
bool act_parse(struct claque_str s, enum claque_act *out);
/* An unlisted field is CLAQUE_FIELD_other. */
enum claque_field field_parse(struct claque_str s);

#endif
