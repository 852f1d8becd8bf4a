/*
 * findings.h - what a run keeps beside its groups: twins, accounts made over,
 * and look-alike sites that are likelier than not, as rows of the case.
 */
#ifndef APP_FINDINGS_H
#define APP_FINDINGS_H

#include "app/dataset.h"
#include "app/outlets.h"
#include "claque/change.h"
#include "claque/domain.h"
#include "claque/signal.h"
#include "claque/twins.h"
#include "store/finding.h"

struct run_findings {
	struct outlets outlets;
	struct arena texts;		/* what the lists add to reasons */
	struct claque_twins twins;
	struct claque_makeovers makeovers;
	struct claque_look_alikes look_alikes;
	struct finding_twin *twin_rows;
	struct finding_repurposed *repurposed_rows;
	struct finding_lookalike *lookalike_rows;
	struct findings rows;		/* what is to be stored */
};

/* off: signals that the run leaves out, by enum claque_signal. */
CLAQUE_CHECKED enum claque_rc run_findings_make(struct run_findings *f, const struct dataset *d,
	const bool *off, const struct claque_progress *progress, struct claque_err *err);
void run_findings_done(struct run_findings *f);

#endif
