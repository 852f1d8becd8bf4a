/*
 * camps.h - the camps into which an audience parts its sources, told by who
 * shares whom and by nothing else.
 *
 * Sources shared by the same accounts lie close together on the first axis of
 * a correspondence analysis (Benzecri 1973; the Fiedler vector of Shi and
 * Malik 2000), which is cut in two by 2-means; the halves are cut again, and so
 * on, since languages and subjects part sources before leanings do. A cut
 * counts only if accounts really keep to one side of it: more than a cut made
 * in the same way of the same sources dealt out to accounts at random.
 *
 * An act weighs one over the root of the number of those who passed on the same
 * thing: a network that spreads one post by a hundred accounts has ten voices
 * in it, or it would make its own choice of sources a camp.
 */
#ifndef ENGINE_CAMPS_H
#define ENGINE_CAMPS_H

#include <stdint.h>

#include "base/rng.h"
#include "engine/tick.h"

enum { CUTS_MAX = 64 };

/* Who shares what: rows are accounts, columns sources, each pair once. */
struct incidence {
	uint32_t rows, columns;
	uint64_t *from;		/* entries of row r: column[from[r] .. from[r + 1]] */
	uint32_t *column;
	uint32_t *count;	/* of the entry: how many acts */
	double *weight;		/* of the entry: its voice, at most 1 */
	uint32_t *row_name, *column_name;	/* the caller's */
};

/* One cut between two camps. side is by the incidence's column_name: 0, 1, or 2 for neither. */
struct cut {
	uint8_t *side;
	double sorted;		/* 0: accounts share across it at random, 1: none does */
};

struct cuts {
	struct cut cut[CUTS_MAX];
	size_t count;
	uint32_t names;		/* one more than the largest column_name */
};

void incidence_done(struct incidence *in);
/* Fills *out; in has all columns, named 0.. in order. False if stopped. */
bool cuts_find(struct cuts *out, const struct incidence *in, struct ticker *t);
void cuts_done(struct cuts *c);

#endif
