/*
 * merging.h - a colleague's annotations taken in from the workbench: planned first, and
 * nothing is written until it was chosen what becomes of each conflict.
 */
#ifndef APP_MERGING_H
#define APP_MERGING_H

#include "app/session.h"
#include "case/share.h"

/*
 * Plans merging OTHER, a case or what claque annotations wrote: session_merge_plan() then.
 * Where there is nothing to take or to choose, the message says so, and there is no plan.
 */
unsigned session_merge(struct session *s, struct claque_str path);
/* The plan at hand, whose choices are the caller's to set; NULL: there is none. */
struct merge_plan *session_merge_plan(struct session *s);
/*
 * Ends it. take: what is in no conflict, and what was chosen of conflicts, each as an act
 * that can be undone, and an entry of the ledger; conflicts left stay as they are here.
 */
unsigned session_merge_end(struct session *s, bool take);

#endif
