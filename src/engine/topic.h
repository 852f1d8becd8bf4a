/* topic.h - whether an account's posts are about other things from a time on. */
#ifndef ENGINE_TOPIC_H
#define ENGINE_TOPIC_H

#include "base/rng.h"
#include "engine/dataset.h"

/*
 * How many standard deviations the Jensen-Shannon divergence between the words
 * (and sources) of its posts before and from `at` exceeds that of random splits
 * of the same sizes; NAN for fewer than TOPIC_MIN posts on a side.
 */
enum { TOPIC_MIN = 4 };

double topic_jump(const struct claque_dataset *ds, uint32_t account, int64_t at, struct rng *rng);

#endif
