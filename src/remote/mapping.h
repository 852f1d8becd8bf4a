/*
 * mapping.h - where the shares stand on a server: claque's own table, or one that somebody
 * else keeps and that a file describes, claque-remote(7).
 *
 * Names from the file are checked letter by letter and quoted; nothing else of it ever
 * stands in a statement.
 */
#ifndef REMOTE_MAPPING_H
#define REMOTE_MAPPING_H

#include "model/record.h"

/* The words of the file. X(id, word, value, help) */
#define MAPPING_LIST(X) \
	X(table, "table", "NAME", "the table, or DATABASE.TABLE; needed") \
	X(account, "account", "COLUMN", "who shared; needed") \
	X(object, "object", "COLUMN", "what was shared; needed") \
	X(time, "time", "COLUMN", "when; needed") \
	X(time_form, "time-form", "FORM", "seconds, milliseconds, datetime (DateTime) or" \
	  " datetime64; milliseconds unless told") \
	X(kind, "kind", "COLUMN", "a column that says post, url, domain, hashtag, media or" \
	  " object") \
	X(kind_is, "kind-is", "KIND", "the same for all rows; post unless told") \
	X(act, "act", "COLUMN", "a column that says reshare, link, tag, media, quote or reply") \
	X(act_is, "act-is", "ACT", "the same for all rows; reshare unless told") \
	X(platform, "platform", "COLUMN", "where the account is") \
	X(platform_is, "platform-is", "NAME", "the same for all rows: small letters, digits" \
	  " and -") \
	X(post, "post", "COLUMN", "the id of the post that does it, for pulling") \
	X(text, "text", "COLUMN", "its words, for pulling")

enum mapping_word {
#define X(id, word, value, help) MAPPING_##id,
	MAPPING_LIST(X)
#undef X
	MAPPING_COUNT
};

enum mapping_time { MAPPING_SECONDS, MAPPING_MILLISECONDS, MAPPING_DATETIME, MAPPING_DATETIME64 };

struct mapping {
	bool own;			/* claque's table: nothing below counts */
	/* By word, each a valid name or word, or missing. */
	struct claque_str words[MAPPING_COUNT];
	enum mapping_time time_form;
	enum claque_object_kind kind;	/* of all rows where no column tells */
	enum claque_act act;
};

enum { MAPPING_NAME_MAX = 64, MAPPING_BYTES_MAX = 64 << 10 };

struct mapping mapping_own(void);
/* path: for messages, which name the line. The result's strings are views of text. EINPUT. */
CLAQUE_CHECKED enum claque_rc mapping_parse(struct claque_str text, const char *path,
	struct mapping *out, struct claque_err *err);
/* A name that may stand between backquotes: letters, digits and _, no digit first. */
bool mapping_is_name(struct claque_str s);
/* The words of the file and what they mean, in order. */
struct mapping_help {
	const char *word, *value, *help;
};
const struct mapping_help *mapping_words(size_t *count);

#endif
