/*
 * partners.h - who did the same as an account: the others who shared its
 * sources, those first with whom it has most in common.
 */
#ifndef ENGINE_PARTNERS_H
#define ENGINE_PARTNERS_H

#include "engine/coact.h"

enum { PARTNERS_MAX = 200 };

struct partner {
	uint32_t account;	/* rank */
	uint32_t common;	/* sources of both */
	double weight;		/* the same, each as much as it is rare */
};

struct partners {
	uint64_t *from;		/* by rank: sources of r are objects[from[r] .. from[r + 1]] */
	uint32_t *objects;	/* rarest first */
	uint64_t *sharers_from;	/* by object: its accounts, each once */
	uint32_t *sharers;
	uint32_t accounts;
	/* Room for partners_of(), by rank; zero between calls. */
	double *weight;
	uint32_t *common;
	struct partner *met;
	size_t met_cap;
};

/*
 * acts: sorted, or without any; accounts: how many there are. Sources of more
 * than `most` accounts tell nothing and are left out.
 */
void partners_init(struct partners *p, const struct coact *acts, uint32_t accounts, uint32_t most);
void partners_done(struct partners *p);
/*
 * Fills out with the at most PARTNERS_MAX strongest, strongest first; how many.
 * A source of d accounts counts 1 / (d - 1), so that a crowd around one post
 * makes no friends (Newman 2001). *visited, if not NULL, grows by the work done.
 */
uint32_t partners_of(struct partners *p, uint32_t rank, struct partner out[PARTNERS_MAX],
		     uint64_t *visited);

#endif
