/*
 * feed.h - what somebody's export of posts says, told by a table.
 *
 * Platforms and collectors name the same thirty facts differently, and that is
 * nearly all they differ in. So a format is a table: where a fact stands (a
 * column, or the path of a JSON value), which fact it is, and how it is
 * written. One function makes records of the facts, for every format alike.
 */
#ifndef IMPORT_FEED_H
#define IMPORT_FEED_H

#include "import/times.h"
#include "model/record.h"
#include "text/json.h"

/* X(name, help) - help: for who writes a mapping file */
#define FEED_ROLE_LIST(X) \
	X(post_id, "native id of the post") \
	X(account_id, "native id of its account") \
	X(created_at, "when it was posted") \
	X(platform, "where, if the file holds several") \
	X(handle, "the account's name in its address, without @") \
	X(display_name, "the account's name as shown") \
	X(title, "what stands above the text") \
	X(text, "what it says") \
	X(lang, "its language") \
	X(client, "the application it was posted with") \
	X(type, "original, reshare, reply, quote or ad") \
	X(urls, "links, a list") \
	X(hashtags, "hashtags, a list") \
	X(media, "hashes or ids of pictures and sounds, a list") \
	X(is_reshare, "whether it repeats another post") \
	X(is_quote, "whether it quotes another post") \
	X(is_reply, "whether it answers another post") \
	X(reshare_id, "the post it repeats") \
	X(reshare_account, "id of the account it repeats") \
	X(reshare_handle, "handle of the account it repeats") \
	X(reshare_text, "what it repeats, where its own text is cut short") \
	X(quote_id, "the post it quotes") \
	X(quote_account, "id of the account it quotes") \
	X(reply_id, "the post it answers") \
	X(reply_account, "id of the account it answers") \
	X(likes, "likes, a count") \
	X(shares, "how often it was shared, a count") \
	X(replies, "answers, a count") \
	X(deleted_at, "when it was deleted") \
	X(bio, "the profile's description") \
	X(location, "the place it declares") \
	X(profile_url, "its website") \
	X(avatar, "its picture: an address or a hash") \
	X(followers, "a count") \
	X(following, "a count") \
	X(posts_total, "a count") \
	X(verified, "yes or no") \
	X(account_created, "when the account was made") \
	X(account_lang, "its language") \
	X(observed_at, "when the profile was like this") \
	X(url, "address of the post")

#define X(name, help) ROLE_##name,
enum feed_role { FEED_ROLE_LIST(X) ROLE_COUNT };
#undef X

/* How a fact is written. X(name, help) */
#define FEED_HOW_LIST(X) \
	X(plain, "as it is") \
	X(list, "a list by blanks or commas, or as programs print it: ['a', 'b']") \
	X(comma, "a list by commas; a link may hold one") \
	X(pipe, "a list by |") \
	X(semicolon, "a list by semicolons; a link may hold one") \
	X(tags, "text: its words that begin with #") \
	X(month_first, "a time, 10/1/2017 19:58") \
	X(day_first, "a time, 1/10/2017 19:58") \
	X(status, "a link to a post on X: its number; any other link says nothing") \
	X(html, "text with tags") \
	X(escaped, "text without tags, but with &amp; for &") \
	X(found, "text: the links in it") \
	X(hrefs, "text with tags: where its links lead") \
	X(set, "anything there is a yes")

#define X(name, help) HOW_##name,
enum feed_how { FEED_HOW_LIST(X) HOW_COUNT };
#undef X

/* Between the items of a list, once it is read. */
enum { FEED_SEPARATOR = 0x1f };

/* The facts of one post, views or in the row's scratch; missing is not empty. */
struct feed_facts {
	struct claque_str of[ROLE_COUNT];
	size_t room[ROLE_COUNT];	/* of lists, which grow */
	const char *fault;		/* why they cannot be taken, or NULL */
	bool no_zone;			/* its times are some zone's: no more than days are told */
};

struct input_row;

struct feed {
	const char *platform;	/* where no fact says it; NULL: unknown */
	enum id_time id_time;
	bool from_text;		/* links and hashtags stand in the text, where no fact has them */
	/* What a table cannot say, after the facts are read; NULL: nothing. */
	void (*mend)(struct feed_facts *facts, struct arena *scratch);
};

/* Adds what one cell or JSON value says of a role: lists grow, of other facts the first stays. */
void feed_add(struct feed_facts *facts, enum feed_role role, enum feed_how how,
	      struct claque_str value, struct arena *scratch);
/*
 * The same of a place in an object: "user.id_str", "entities.urls[].expanded_url",
 * "referenced_tweets[type=quoted].id", "urls[].unwound_url|expanded_url" (see
 * feed_path.c). False: there is nothing.
 */
bool feed_add_path(struct feed_facts *facts, enum feed_role role, enum feed_how how,
		   const json_t *object, const char *path, struct arena *scratch);
/* The first text, number or truth value at a path, or missing. */
struct claque_str feed_text(const json_t *object, const char *path, struct arena *scratch);
/* A step of such a path: a key, or of several with '|' between them the first that is there. */
struct feed_part {
	struct claque_str key;
	bool list;
	struct claque_str where, is;	/* of a list: only objects with where == is */
};

/* Takes the next part off the path; false at its end. */
bool feed_path_part(const char **path, struct feed_part *out);
/* The value at a path without lists, or NULL. */
const json_t *feed_at(const json_t *object, const char *path);

/*
 * To be a feed's mend: "RT @x: ..." is a reshare, where a table has no column for that.
 * People typed it before there was a button, and meant the same.
 */
void feed_mend_retweet(struct feed_facts *facts, struct arena *scratch);

/* The links and hashtags of the text as facts, each where there is none yet. */
void feed_from_text(struct feed_facts *facts, struct arena *scratch);

/* Records of the facts: the post, and its account's profile where facts tell one. */
enum claque_rc feed_put(struct input_row *row, const struct feed *feed, struct feed_facts *facts,
			struct claque_err *err);
/* Only the profile. */
enum claque_rc feed_put_profile(struct input_row *row, const struct feed *feed,
				const struct feed_facts *facts, struct claque_err *err);

/* A change of a profile, dated by a text; the platform is the feed's. */
enum claque_rc feed_put_change(struct input_row *row, const struct feed *feed,
			       const struct change_record *change, struct claque_str time,
			       struct claque_err *err);

/* The row functions of formats that are a table and nothing else. */
struct item;
enum claque_rc feed_table_row(struct input_row *row, struct claque_err *err);
enum claque_rc feed_json_item(struct input_row *row, const struct item *item,
			      struct claque_err *err);

const char *feed_role_name(enum feed_role role);
const char *feed_how_name(enum feed_how how);
/* Do several places add to each other? Else the first that says something counts. */
bool feed_is_list(enum feed_role role);
bool feed_role_parse(struct claque_str s, enum feed_role *out);
bool feed_how_parse(struct claque_str s, enum feed_how *out);

#endif
