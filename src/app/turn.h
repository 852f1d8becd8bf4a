/*
 * turn.h - when what an account speaks of became something else: the one moment that
 * parts its narratives best, if chance would hardly give as good a one.
 */
#ifndef APP_TURN_H
#define APP_TURN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TURN_TOPICS_MAX = 1000, TURN_SIDE_LEAST = 5, TURN_POSTS_MAX = 20000 };

struct turn_post {
	int64_t at;		/* UTC ms, rising */
	uint32_t topic;		/* < TURN_TOPICS_MAX */
};

struct turn {
	size_t first;		/* number of the first post after it */
	double log10_p;		/* at most; of so good a part by chance, wherever it were */
};

/*
 * False where no moment leaves TURN_SIDE_LEAST posts on either side and has p below
 * 0.001. Of more than TURN_POSTS_MAX posts the first so many are looked at.
 */
bool turn_find(const struct turn_post *posts, size_t count, struct turn *out);

#endif
