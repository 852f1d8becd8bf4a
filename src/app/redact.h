/*
 * redact.h - who is named in what leaves the case.
 *
 * Three levels. Full: all by name but exposed users, who only reshared a cluster and
 * are named by no export. Pseudonymised: private accounts, which are those with fewer
 * followers than a limit or an unknown number of them, are u_..., made of platform and
 * id by a key that stays in the case (HMAC-SHA-256: a plain digest of a handle is found
 * by guessing); the same in every export of one case. Their profile texts are withheld
 * and their posts cut, for words can be searched for. Aggregate: nothing of single
 * accounts and posts at all, nor of clusters, hashtags and sites of fewer than
 * REDACTION_GROUP.
 *
 * After practice: Twitter's archive hashed accounts under 5,000 followers (2018), 4CAT
 * salts its digests for each data set. Being verified, which is for sale, shows nobody.
 */
#ifndef APP_REDACT_H
#define APP_REDACT_H

#include "app/mask.h"

/* X(id, name, help) */
#define REDACTION_LIST(X) \
	X(FULL, "full", "all accounts by name, but exposed users") \
	X(PSEUDONYMISED, "pseudonymised", "private accounts under a name that tells nobody") \
	X(AGGREGATE, "aggregate", "no single accounts and posts")

enum redaction {
#define X(id, name, help) REDACTION_##id,
	REDACTION_LIST(X)
#undef X
	REDACTION_COUNT
};

enum { REDACTION_FOLLOWERS = 5000 };	/* Twitter's limit */
enum { REDACTION_GROUP = 5 };	/* smaller groups are left out of an aggregate: k-anonymity */

struct redaction_plan {
	enum redaction level;
	int64_t followers;	/* accounts with at least so many are named */
};

const char *redaction_name(enum redaction level);
/* By name; EUSAGE lists them. */
CLAQUE_CHECKED enum claque_rc redaction_parse(struct claque_str name, enum redaction *out,
	struct claque_err *err);

struct redactor;

/* store open for writing: the case's key is made where there is none. */
CLAQUE_CHECKED enum claque_rc redactor_new(struct redactor **out, struct store *store,
	const struct redaction_plan *plan, struct claque_err *err);
void redactor_free(struct redactor *r);		/* takes NULL */

/* Does the list leave the case at all? */
bool redactor_keeps(const struct redactor *r, enum list_id list);
/* The row as it may be shown; values it changes are in perm. */
struct row redactor_row(const struct redactor *r, struct arena *perm, enum list_id list,
			const struct row *row);
/*
 * The same of a row that is of no list, about the account row->id (0: nobody; -1: nobody
 * knows whom): with the columns of `table`, and as cells of that list are where their
 * names are the same. What the columns are called is what they hold.
 */
struct row redactor_cells(const struct redactor *r, struct arena *perm, enum list_id list,
			  const struct mask_table *table, const struct row *row);
/* Does it leave everything as it is? */
bool redactor_is_idle(const struct redactor *r);
/* A text of ours in which names may stand: a case's title, settings. */
struct claque_str redactor_text(const struct redactor *r, struct arena *perm,
				struct claque_str text);
bool redactor_hides(const struct redactor *r, int64_t account);
/*
 * What stands for a hash of the ledger: a digest of an act in which only a name is not
 * known is found by guessing the name. Equal ones stay equal, so the chain can be followed.
 */
struct claque_str redactor_hash(const struct redactor *r, struct arena *perm,
				struct claque_str hash);
/* What ids in the export begin with (export.h): made of level, limit and key; "" of full. */
struct claque_str redactor_space(const struct redactor *r, struct arena *perm);
/*
 * Of an aggregate: does the row tell of fewer than REDACTION_GROUP accounts? A hashtag that
 * one account used is that account.
 */
bool redactor_drops(const struct redactor *r, enum list_id list, const struct row *row);
/* Are there such rows in this list? */
bool redactor_thins(const struct redactor *r, enum list_id list);
/* How many accounts it hides. */
size_t redactor_hidden(const struct redactor *r);

#endif
