/* stealth_part.h - what the worlds of a stealth curve gave, for those who write it down. */
#ifndef APP_STEALTH_PART_H
#define APP_STEALTH_PART_H

#include "app/stealth_job.h"

struct stealth_world {
	uint64_t seed, planted, flagged, innocents, accused;	/* accounts; flagged: of those planted */
	double figures[STEALTH_FIGURES];	/* NAN: nothing to measure */
};

struct stealth_spread {
	double mean, least, most;	/* of the worlds that have the figure; NAN: none has */
};

struct stealth_step {
	const struct stealth_knob *knob;
	struct claque_str value;	/* as it was written */
	double x;			/* minutes, percent */
	const struct stealth_world *worlds;
	size_t count;
	struct stealth_spread figures[STEALTH_FIGURES];
};

struct stealth_curve {
	const struct stealth_order *order;
	const struct stealth_step *steps;	/* by knob */
	size_t count;
};

/* The table of steps: its columns, and the values of one. */
extern const struct column stealth_columns[];
extern const size_t stealth_column_count;
void stealth_values(const struct stealth_step *step, struct value *out);

/* stealth.csv, stealth.md and stealth.svg into the folder of the order. */
CLAQUE_CHECKED enum claque_rc stealth_write(const struct stealth_curve *curve,
	struct claque_err *err);

#endif
