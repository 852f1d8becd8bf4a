/*
 * stealth_job.h - how much a network has to do to stay unseen: worlds of one scenario, a
 * knob turned step by step, each generated, imported, scored and graded.
 *
 * A lead is an accusation, so two things are measured at every step: how much of what was
 * planted is found, and how many innocents are flagged with it.
 */
#ifndef APP_STEALTH_JOB_H
#define APP_STEALTH_JOB_H

#include "app/network_job.h"
#include "scenario/script.h"

/* X(name, knob of claque-scenario(7), steps from careless to careful, log axis, meaning) */
#define STEALTH_KNOB_LIST(X) \
	X("jitter", "delay", "1m,10m,1h,6h,1d,7d", true, \
	  "from a post to the last of its copies (log scale)") \
	X("dilution", "filler", "0%,20%,40%,60%,80%,95%", false, \
	  "share of a member's posts that is camouflage") \
	X("participation", "participation", "97%,70%,45%,25%,12%,4%", false, \
	  "members that take part in one act") \
	X("decoys", "decoys", "0%,20%,40%,60%,80%,100%", false, \
	  "targets chosen because innocents share them too") \
	X("level", "level", "1,2,3,4,5", false, "all knobs at once, 1 careless to 5 careful")

struct stealth_knob {
	const char *name, *word, *steps, *help;
	bool log;
};

/* X(id, column, measure of claque grade, what it is) */
#define STEALTH_FIGURE_LIST(X) \
	X(F1, "f1", "lead_f1", "F1 of the lead flag") \
	X(RECALL, "recall", "lead_recall", "planted accounts that are flagged") \
	X(PRECISION, "precision", "lead_precision", "planted ones among those flagged") \
	X(ACCUSED, "innocents_flagged", "", "innocents that are flagged") \
	X(RANKED, "average_precision", "average_precision", "of the ranking, whatever is flagged")

enum stealth_figure {
#define X(id, column, measure, help) STEALTH_##id,
	STEALTH_FIGURE_LIST(X)
#undef X
	STEALTH_FIGURES
};

/* STEALTH_SHORT: what of the table a terminal has room for. */
enum { STEALTH_STEPS_MAX = 24, STEALTH_SEEDS_MAX = 50, STEALTH_SHORT = 8 };

struct stealth_order {
	const struct script *script;
	const struct stealth_knob *knob;	/* NULL: each of them in turn */
	struct claque_str steps;	/* values parted by commas; "": those of the knob */
	uint64_t posts;			/* of a world */
	uint32_t seeds;			/* worlds a step, with the scenario's seed and those after it */
	const char *out;		/* folder; made if absent */
	struct claque_str who;
};

size_t stealth_knob_count(void);
const struct stealth_knob *stealth_knob(size_t i);
/* NULL: there is none of this name. */
const struct stealth_knob *stealth_knob_find(const char *name);

/*
 * A row a step: knob, value, worlds, and of each figure the mean, then the least and the
 * most; empty where there was nothing to measure (nobody flagged has no precision). Into
 * the folder go stealth.csv (a row a world), stealth.md (the table) and stealth.svg (F1,
 * recall and flagged innocents by each knob). Nothing of the worlds is kept. EUSAGE: the
 * folder holds one of the files already, no network has a use for the knob, or steps that
 * are no values of it. STOPPED leaves none of the files.
 */
CLAQUE_CHECKED enum claque_rc stealth_job(const struct stealth_order *order,
	const struct claque_progress *progress, const struct row_sink *sink,
	struct claque_err *err);

#endif
