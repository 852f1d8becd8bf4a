/*
 * remote.h - shares on ClickHouse servers: one, or several that each hold the objects whose
 * hash falls to them, so that no pair of acts on one object ever lies on two.
 *
 * claque asks each shard itself and adds up at home, rather than one server for all of them:
 * a Distributed table needs a cluster in the servers' configuration, brings states of every
 * object to one of them where one statement's GROUP BY is not by the sharding key, and tells
 * little of which shard failed. Where a cluster is configured, it serves to find the shards.
 *
 * Which shards there are stands on each of them (claque_shard), so that a command names the
 * first only.
 */
#ifndef REMOTE_REMOTE_H
#define REMOTE_REMOTE_H

#include "claque/counted.h"

#include "remote/http.h"
#include "remote/mapping.h"

enum { REMOTE_SHARDS_MAX = 64, REMOTE_PARTS_MAX = 65536 };

struct remote_options {
	struct http_options http;
	struct claque_str database;	/* a name; missing: claque */
	const struct mapping *mapping;	/* claque's own table, or somebody's */
};

struct remote;

/* Makes no connection yet. url and options must outlive it. EUSAGE. */
CLAQUE_CHECKED enum claque_rc remote_open(struct remote **out, const char *url,
	const struct remote_options *options, struct claque_err *err);
void remote_close(struct remote *r);	/* takes NULL */

/*
 * Asks the first server which shards there are, all of which are then used. With a mapping
 * that tells another table there is but the first.
 */
CLAQUE_CHECKED enum claque_rc remote_find_shards(struct remote *r,
	const struct claque_progress *progress, struct claque_err *err);
unsigned remote_shards(const struct remote *r);
const char *remote_url(const struct remote *r, unsigned shard);

/*
 * Makes database and tables on the first server and on further ones, or on those of a
 * cluster that the first one knows (a name; missing: none). What is there stays; EUSAGE
 * where it says that the shards are others.
 */
struct remote_plan {
	const char *const *urls;	/* of further shards */
	size_t url_count;
	struct claque_str cluster;
};
CLAQUE_CHECKED enum claque_rc remote_init(struct remote *r, const struct remote_plan *plan,
	const struct claque_progress *progress, struct claque_err *err);

struct remote_status {
	uint64_t shares, objects, accounts, inputs;	/* objects, accounts: estimates (uniq) */
	int64_t first, last;		/* UTC ms */
};
/* out: one for each shard. */
CLAQUE_CHECKED enum claque_rc remote_status(struct remote *r, struct remote_status *out,
	const struct claque_progress *progress, struct claque_err *err);

struct remote_network {
	enum claque_signal signal;	/* co-reshare or co-url */
	struct claque_network_settings settings;
	uint64_t parts;			/* at least so many parts of the work; 0: as it seems fit */
};
/*
 * The network that claque_network_build() makes of the same shares. Edges name accounts by
 * their numbers in *counted, which is the caller's to free.
 */
CLAQUE_CHECKED enum claque_rc remote_network(struct remote *r, const struct remote_network *how,
	const struct claque_progress *progress, struct claque_counted **counted,
	struct claque_network *out, struct claque_err *err);

/* A share as it goes to a shard, or comes back. */
struct remote_share {
	enum claque_object_kind kind;
	enum claque_act act;
	struct claque_str object, account, platform, post, text;	/* missing is "" */
	int64_t at;			/* or CLAQUE_NO_TIME */
	uint64_t origin, row;		/* of what input, and its place there, from 1, rising */
};

/*
 * Loading: shares of one origin must come in the order of their rows. Those that a shard
 * has already are passed over, so that a load that was stopped goes on where it was, and one
 * that is repeated adds nothing. A batch arrives whole or not at all.
 */
struct remote_load;

struct remote_loaded {
	uint64_t shares, passed;	/* sent; there already */
};
CLAQUE_CHECKED enum claque_rc remote_load_new(struct remote_load **out, struct remote *r,
	const struct claque_progress *progress, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc remote_load_add(struct remote_load *load,
	const struct remote_share *share, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc remote_load_end(struct remote_load *load, struct remote_loaded *out,
	struct claque_err *err);
void remote_load_free(struct remote_load *load);	/* takes NULL */

/*
 * All shares of these accounts, shard by shard, by account, time and post; two accounts of
 * one id on two platforms are both meant. anything but CLAQUE_OK from each() ends it.
 */
struct remote_pull {
	const struct claque_str *accounts;
	size_t account_count;
	void *ctx;
	enum claque_rc (*each)(void *ctx, const struct remote_share *share, struct claque_err *err);
};
CLAQUE_CHECKED enum claque_rc remote_pull(struct remote *r, const struct remote_pull *pull,
	const struct claque_progress *progress, struct claque_err *err);

#endif
