/*
 * result.h - what a run of the engine found, kept with its settings.
 *
 * A run is written in one transaction: a run that is there is whole. Older
 * runs stay; the lists show the last.
 */
#ifndef STORE_RESULT_H
#define STORE_RESULT_H

#include "claque/score.h"

#include "store/store.h"

struct result_input {
	const struct claque_result *result;
	const struct claque_score_settings *settings;
	const int64_t *account_ids;	/* dataset account number -> row id in the case */
	const int64_t *post_ids;	/* claque_post.row -> row id in the case; NULL: the same */
	size_t account_count;
	int64_t started, ended;		/* UTC ms */
};

/* *run: its row id. */
CLAQUE_CHECKED enum claque_rc result_save(struct store *s, const struct result_input *in,
	int64_t *run, struct claque_err *err);
/*
 * How the last run was made, one line for people: version, seed, settings, when.
 * "" before the first run.
 */
CLAQUE_CHECKED enum claque_rc result_settings(struct store *s, struct arena *perm,
	struct claque_str *out, struct claque_err *err);

#endif
