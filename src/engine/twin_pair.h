/*
 * twin_pair.h - pairs of accounts of two platforms that have something
 * uncommon in common, and how far they agree.
 */
#ifndef ENGINE_TWIN_PAIR_H
#define ENGINE_TWIN_PAIR_H

#include "claque/twins.h"

#include "engine/profile.h"
#include "engine/tick.h"

/* 0: not known of one of the two; 1: they differ; the higher, the more alike. */
enum { LEVELS = 6 };

struct twin_pair {
	uint32_t a, b;			/* account numbers; a is first by platform, then id */
	uint8_t level[CLAQUE_TWIN_PARTS];
	bool rare[CLAQUE_TWIN_PARTS];	/* ln_u holds for this pair, not the level's rate */
	bool of_name;			/* both handles are made of what the names share */
	uint8_t digits;			/* of a's handle */
	float ln_u[CLAQUE_TWIN_PARTS];	/* that strangers agree like this */
	double odds;			/* log odds of one persona */
};

/* How many accounts have a key of the blocking in common. */
struct twin_block {
	uint64_t key;
	uint32_t count;
};

struct twin_pairs {
	const struct claque_dataset *ds;
	struct profiles profiles;
	struct twin_pair *items;	/* by a's, then b's rank */
	size_t count;
	uint32_t *alike;		/* by account: others with nearly its picture */
	uint32_t *sources;		/* rare objects that accounts shared, ... */
	uint64_t *source_from;		/* by account number, rising */
	double all;			/* pairs of two platforms in the file */
	struct twin_block *blocks;	/* of three accounts and more, by key */
	size_t block_count, blocks_cap;
	struct twin_pair *namesakes;	/* pairs of one platform: never twins, but neighbours */
	size_t namesake_count, namesakes_cap;
};

/* STOPPED when told so; twin_pairs_done() either way. */
CLAQUE_CHECKED enum claque_rc twin_pairs_init(struct twin_pairs *p,
	const struct claque_dataset *ds, const struct claque_progress *progress);
void twin_pairs_done(struct twin_pairs *p);

/* How many accounts have both words in their names; 2 if it is only those asked for. */
uint32_t twin_name_count(const struct twin_pairs *p, uint32_t word, uint32_t other);
/* Fills level, rare and ln_u of a pair whose a and b are set. */
void twin_compare(const struct twin_pairs *p, struct twin_pair *pair);

#endif
