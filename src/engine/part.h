/*
 * part.h - the parts that a group's score is the sum of.
 *
 * A part reads the file and the group and gives natural-log odds: how much
 * likelier what it sees is for an operation than for people who are just what
 * they seem. It keeps silent (false) where the data cannot tell: missing is
 * not innocent.
 *
 * Three rules hold for all parts. Every background rate is measured on this
 * file, on accounts outside every group. A group's rate is allowed to differ
 * from the background's a little (beta-binomial), so that size alone does not
 * turn a trifle into proof. And as no sign is shown by all operations, its
 * absence can take away only what the share of those that show it allows:
 * ln(1 - share).
 */
#ifndef ENGINE_PART_H
#define ENGINE_PART_H

#include "claque/score.h"

#include "base/rng.h"
#include "engine/flow.h"

/* One account's changes of several fields at once: when. */
struct makeover {
	int64_t at;
	uint32_t account;
};

/* x of n show a sign. */
struct tally_of {
	uint64_t n, x;
};

/* What all groups are measured against; made once a run. */
struct scene {
	const struct claque_dataset *ds;
	const struct claque_score_settings *settings;
	struct kept kept[CLAQUE_SIGNAL_COUNT];
	struct validated valid[CLAQUE_SIGNAL_COUNT];
	struct flow *flows[CLAQUE_SIGNAL_COUNT];	/* by group */
	uint32_t *group_of;	/* by account number; UINT32_MAX outside */
	uint32_t group_count;
	uint32_t *outside;	/* accounts outside every group */
	uint32_t outside_count;
	int64_t *births;	/* their known creation times, sorted */
	size_t birth_count;
	int64_t *audiences;	/* their known follower counts, sorted */
	size_t audience_count;
	struct makeover *makeovers;	/* by account, time */
	uint64_t *makeover_from;	/* by account number */
	size_t makeover_count;
	struct tally_of outside_handles, outside_verified;	/* default ones; known ones */
};

struct crew {
	uint32_t group;
	const uint32_t *accounts;	/* numbers, by id */
	uint32_t count;
	uint32_t edges[CLAQUE_SIGNAL_COUNT];	/* validated, inside */
	int64_t first_seen;
	bool *in_burst;		/* by member: set by the creation part, read by later ones */
};

struct part {
	enum claque_axis axis;
	const char *name, *unit;
	double most, least;	/* log odds are cut to this */
	enum claque_signal signal;	/* of the coordination parts */
	/*
	 * Fills observed, expected, p, n, log_odds, text and rows of *out, and in
	 * shows which members show the sign: 1, 0, or -1 (as it comes) if not known.
	 */
	bool (*run)(const struct part *part, const struct scene *scene, struct crew *crew,
		    struct claque_evidence *out, int8_t *shows);
};

extern const struct part part_table[];
extern const size_t part_count;

bool part_coshare(const struct part *, const struct scene *, struct crew *,
		  struct claque_evidence *, int8_t *);
bool part_timing(const struct part *, const struct scene *, struct crew *,
		 struct claque_evidence *, int8_t *);
bool part_handle(const struct part *, const struct scene *, struct crew *,
		 struct claque_evidence *, int8_t *);
bool part_creation(const struct part *, const struct scene *, struct crew *,
		   struct claque_evidence *, int8_t *);
bool part_wave(const struct part *, const struct scene *, struct crew *,
	       struct claque_evidence *, int8_t *);
bool part_verified(const struct part *, const struct scene *, struct crew *,
		   struct claque_evidence *, int8_t *);
bool part_established(const struct part *, const struct scene *, struct crew *,
		      struct claque_evidence *, int8_t *);
bool part_audience(const struct part *, const struct scene *, struct crew *,
		   struct claque_evidence *, int8_t *);

/* Fewer known accounts outside than this give no background. */
enum { BACKGROUND_MIN = 20 };

/* A rate as a beta distribution: its mean, and how many accounts it is worth. */
struct rate {
	double mean, worth;
};

/* ln of how much likelier the tally is under `op` than under `open`. */
double part_ratio(struct tally_of t, struct rate op, struct rate open);
/* The same if only `share` of all operations show the sign. */
double part_mixed(double ln_ratio, double share);
/* (x + 1/2) / (n + 1), at least `floor`. */
double part_rate(struct tally_of t, double floor);
/* Sets observed, expected, n and p (binomial tail at the rate) of a tally. */
void part_report(struct claque_evidence *out, struct tally_of t, double rate);

/* Groups from outside drawn at random, as many accounts as the crew has, or half of
   the outside if that is less; the same for the same seed. */
enum { CONTROL_DRAWS = 20 };

/* part_rate() of what `tally` finds in CONTROL_DRAWS of them. */
double control_rate(const struct scene *s, const struct crew *crew,
		    struct tally_of (*tally)(const struct scene *s, const uint32_t *accounts,
					     uint32_t count), double floor);

/* ^[A-Za-z_]{2,12}[0-9]{4,8}$ : the form that platforms propose. */
bool handle_is_default(struct claque_str handle);
/* Makes scene->makeovers, outside_handles, outside_verified. */
void wave_prepare(struct scene *scene);
void handle_prepare(struct scene *scene);
void verified_prepare(struct scene *scene);

#endif
