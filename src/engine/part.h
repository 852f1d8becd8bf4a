/*
 * part.h - the parts that a group's score is the sum of.
 *
 * A part reads the scene and the group and gives natural-log odds: how much
 * likelier what it sees is for an operation than for people who are just what
 * they seem. It keeps silent (false) where the data cannot tell: missing is
 * not innocent.
 */
#ifndef ENGINE_PART_H
#define ENGINE_PART_H

#include "engine/scene.h"

struct crew {
	uint32_t group;
	const uint32_t *accounts;	/* numbers, by id; the exposed are not among them */
	uint32_t count;
	uint32_t edges[FUSED_COUNT];	/* validated, inside */
};

/* Most log odds of coordination that one part gives. */
#define PART_COORDINATION_MAX 2.995732273553991	/* ln 20 */
/* Least of the timing part: a network at everybody's pace may still be one. */
#define PART_TIMING_MIN (-1.0)

/*
 * Each fills all of *out but text's tail and returns whether it has something
 * to say. f: which of fused_table; trait: which of scene->belief.traits.
 */
bool part_coshare(const struct scene *s, const struct crew *crew, unsigned f,
		  struct claque_evidence *out);
/* -ln p of what part_coshare() gives, without any cap; 0 where it gives nothing. */
double part_coshare_surprise(const struct scene *s, const struct crew *crew, unsigned f);
bool part_timing(const struct scene *s, const struct crew *crew, unsigned f,
		 struct claque_evidence *out);
bool part_trait(const struct scene *s, const struct crew *crew, size_t trait,
		struct claque_evidence *out);

#endif
