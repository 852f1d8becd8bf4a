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
#include "claque/score.h"
#include "claque/signal.h"
#include "store/finding.h"

struct run_findings {
	struct outlets outlets;
	struct arena texts;		/* what the lists add to reasons */
	struct claque_makeovers makeovers;
	struct claque_look_alikes look_alikes;
	struct finding_twin *twin_rows;
	struct finding_repurposed *repurposed_rows;
	struct finding_lookalike *lookalike_rows;
	struct findings rows;		/* what is to be stored */
};

/* Of this run, whose result must outlast f; off: signals left out, by enum claque_signal. */
struct run_made {
	const struct dataset *data;
	const struct claque_result *result;
	const bool *off;
};

CLAQUE_CHECKED enum claque_rc run_findings_make(struct run_findings *f,
	const struct run_made *made, const struct claque_progress *progress, struct claque_err *err);
void run_findings_done(struct run_findings *f);

#endif
