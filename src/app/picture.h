/*
 * picture.h - the pictures of a session: read from the case once, put in the
 * order or the places in which they are drawn, and kept until something is
 * written. NULL everywhere means: owed (session_hurry()).
 */
#ifndef APP_PICTURE_H
#define APP_PICTURE_H

#include "app/layout.h"
#include "app/seriate.h"
#include "app/session.h"
#include "store/picture.h"

/* X(id, what the screen calls it) */
#define MATRIX_ORDER_LIST(X) \
	X(LIKE, "like beside like") X(TIME, "first to share first") X(SIZE, "most shared first")

enum matrix_order {
#define X(id, words) MATRIX_##id,
	MATRIX_ORDER_LIST(X)
#undef X
	MATRIX_ORDER_COUNT
};

enum { MATRIX_LAGS = 4 };

/* What a matrix comes to in numbers. */
struct matrix_sum {
	uint32_t cells, filled;		/* filled: the account shared the source */
	uint32_t followed;		/* filled, but for the first of each source */
	uint32_t fast;			/* of these within a minute of the first */
	/* Followed within 10 s, 60 s, 10 min of the first; later, or undated. */
	uint32_t lags[MATRIX_LAGS];
	uint32_t blocks;		/* groups of accounts between which nothing is shared */
};

struct matrix_picture {
	struct matrix m;
	struct matrix_sum sum;
	/* Place on the screen -> number in m. */
	uint32_t sources[SERIATE_MAX], accounts[SERIATE_MAX];
};

/*
 * What a cluster, or an account, shared. seed 0: itself; else the control group
 * that the seed draws for it.
 */
const struct matrix_picture *session_matrix(struct session *s, struct subject subject,
	uint64_t seed, enum matrix_order order);
const char *matrix_order_name(enum matrix_order order);

struct ego_picture {
	struct ego ego;
	struct layout_point at[EGO_NODES_MAX];
};

/* Of an account or a cluster; the lens has no say in edges, which a run found. */
const struct ego_picture *session_ego(struct session *s, struct subject subject, uint64_t seed);

enum { COMPARE_CONTROLS = 20, COMPARE_LEAST = 10 };

/* What a trait says: for one hand, against, neither, or nothing at all. */
enum trait_side { TRAIT_UNKNOWN, TRAIT_FOR, TRAIT_AGAINST, TRAIT_NEITHER };

struct trait_result {
	double own, control;		/* of the pair; median of the random pairs; NAN: not known */
	unsigned controls, as_alike;	/* random pairs of which it is known; of these as alike */
	enum trait_side side;
};

struct compare_picture {
	struct pair pair;
	struct subject drawn;		/* what it is compared with if nothing was chosen */
	double controls[COMPARE_CONTROLS][PAIR_TRAIT_COUNT];
	size_t control_count;
	struct trait_result traits[PAIR_TRAIT_COUNT];
};

/*
 * The place's subject and what it is compared with (picture.other; none: the
 * first control account), beside pairs of the subject and a control drawn for
 * the other by the place's seed, as group_controls() draws.
 */
const struct compare_picture *session_compare(struct session *s);
const char *trait_words(enum pair_trait trait);
/* traits, from pair and controls. FOR needs COMPARE_LEAST controls. */
void compare_judge(struct compare_picture *p);

/*
 * session_buckets() of the control group that the seed draws for a cluster or an
 * account: what chance does at the same time.
 */
const int64_t *session_control_buckets(struct session *s, struct subject subject, uint64_t seed,
				       int64_t from, int64_t step, size_t count);

/* Profile changes of a cluster that came in waves. */
const struct waves *session_waves(struct session *s, struct subject cluster);

/* Orders and sums of a matrix that has been read. */
void matrix_arrange(struct matrix_picture *p, enum matrix_order order);

#endif
