/*
 * result.h - what a run of the engine found, kept with its settings.
 *
 * A run is written in one transaction: a run that is there is whole. Older
 * runs stay; the lists show the last.
 */
#ifndef STORE_RESULT_H
#define STORE_RESULT_H

#include "claque/score.h"

#include "store/finding.h"

struct result_input {
	const struct claque_result *result;
	const struct claque_score_settings *settings;
	const int64_t *account_ids;	/* dataset account number -> row id in the case */
	const int64_t *post_ids;	/* claque_post.row -> row id in the case; NULL: the same */
	size_t account_count;
	int64_t started, ended;		/* UTC ms */
	/* All below is optional. */
	/* By group: the number in its name, 7 is C007; NULL: 1, 2, 3 ... by rank. */
	const uint32_t *names;
	struct claque_str settings_json;	/* every parameter, canonical JSON */
	uint64_t share_count, post_count;	/* what the engine was fed; 0: not told */
	struct findings findings;
};

/* *run: its row id. Inside the caller's transaction, where one is open. */
CLAQUE_CHECKED enum claque_rc result_save(struct store *s, const struct result_input *in,
	int64_t *run, struct claque_err *err);
struct result_member {
	int64_t account;		/* row id */
	uint32_t rank;			/* of its cluster, from 1 without gaps */
	uint32_t name;			/* the number in that cluster's name */
};
/* Row id of the last run; 0 before the first. */
CLAQUE_CHECKED enum claque_rc result_last(struct store *s, int64_t *run, struct claque_err *err);
/* Who was in which cluster of the last run, by rank; false from each() stops. */
CLAQUE_CHECKED enum claque_rc result_members(struct store *s,
	bool (*each)(void *ctx, const struct result_member *member), void *ctx,
	struct claque_err *err);
/* The largest number in the name of a cluster of any run; 0 if there was none. */
CLAQUE_CHECKED enum claque_rc result_last_name(struct store *s, uint32_t *out,
	struct claque_err *err);
/*
 * How the last run was made, one line for people: version, seed, settings, when.
 * "" before the first run.
 */
CLAQUE_CHECKED enum claque_rc result_settings(struct store *s, struct arena *perm,
	struct claque_str *out, struct claque_err *err);

/*
 * The settings of the last run, to ask the engine again. ENOTFOUND before the
 * first; threads are left at 0.
 */
CLAQUE_CHECKED enum claque_rc result_last_settings(struct store *s,
	struct claque_score_settings *out, struct claque_err *err);
/*
 * What decisions of the analyst the last run was told, one line for people:
 * "3 accounts cleared by the analyst are in no lead". "" if none.
 */
CLAQUE_CHECKED enum claque_rc result_decisions(struct store *s, struct arena *perm,
	struct claque_str *out, struct claque_err *err);

/* One by one: cleared accounts, priors of accounts, allowed sources. */
enum result_list { RESULT_CLEARED, RESULT_PRIORS, RESULT_ALLOWED };

/* Those of the last run in the order given; prior is 0 but of RESULT_PRIORS. False stops. */
CLAQUE_CHECKED enum claque_rc result_decided(struct store *s, enum result_list list,
	bool (*each)(void *ctx, struct claque_str name, double prior), void *ctx,
	struct claque_err *err);

#endif
