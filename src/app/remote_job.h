/*
 * remote_job.h - what claque remote does: shares of a case or a file to the servers, and
 * networks, groups and posts back.
 */
#ifndef APP_REMOTE_JOB_H
#define APP_REMOTE_JOB_H

#include "app/network_job.h"
#include "remote/remote.h"

/*
 * A case, or a file that claque import reads: what is known of its shares goes to the shards,
 * each named by its input's SHA-256 and row, so that the same input is never there twice, be
 * it loaded from a case or by itself. Decisions of the analyst stay in the case.
 */
CLAQUE_CHECKED enum claque_rc remote_load_job(struct remote *r, const char *path,
	const struct claque_progress *progress, struct remote_loaded *out, struct claque_err *err);

/* One row an edge, as network_signal() of the same shares. */
CLAQUE_CHECKED enum claque_rc remote_network_job(struct remote *r, const struct remote_network *how,
	const struct claque_progress *progress, const struct row_sink *sink,
	struct claque_err *err);

/*
 * Who is in which community of the network's edges, by strength: the sum of -log10 p over an
 * account's edges, each at most REMOTE_EDGE_CAP. Communities by Leiden over the same; R1 is the
 * largest. This ranks accounts by one signal: it is no lead, which takes the whole case.
 */
#define REMOTE_EDGE_CAP 12.0
struct remote_member {
	uint32_t account;		/* number in counted */
	uint32_t group;			/* from 1 */
	uint32_t edges;
	double strength;
};
struct remote_groups {
	struct claque_counted *counted;
	struct remote_member *members;	/* by group, strength descending, then id */
	size_t count;
};
CLAQUE_CHECKED enum claque_rc remote_groups_find(struct remote *r,
	const struct remote_network *how, const struct claque_progress *progress,
	struct remote_groups *out, struct claque_err *err);
void remote_groups_done(struct remote_groups *g);
/* account_id, strength, edges, group. */
void remote_groups_put(const struct remote_groups *g, const struct row_sink *sink);

struct remote_pull_request {
	const struct claque_str *accounts;
	size_t account_count;
	const char *case_path;		/* made if absent */
	struct claque_str who;
};
struct remote_pulled {
	uint64_t shares, posts, duplicates;	/* duplicates: posts that were there */
	bool done_before;		/* all of it was pulled before */
};
CLAQUE_CHECKED enum claque_rc remote_pull_job(struct remote *r,
	const struct remote_pull_request *request, const struct claque_progress *progress,
	struct remote_pulled *out, struct claque_err *err);

#endif
