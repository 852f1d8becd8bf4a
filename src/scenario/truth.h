/*
 * truth.h - what is true of a training world: files for grading, which no
 * import takes and no engine reads.
 */
#ifndef SCENARIO_TRUTH_H
#define SCENARIO_TRUTH_H

#include "scenario/cast.h"
#include "scenario/outfile.h"
#include "scenario/plot.h"

/* Hosts that posts link, so that no host is graded that nobody could see. */
void truth_note_host(struct map *hosts, const struct cast *c, const struct event *e,
		     struct arena scratch);
/* order: the accounts as they are listed. Every file has its header in any world. */
void truth_accounts(const struct cast *c, const uint32_t *order, struct outfile *o,
		    struct arena scratch);	/* account_id,group,kind */
void truth_twins(const struct cast *c, const uint32_t *order, struct outfile *o,
		 struct arena scratch);		/* account_id,twin_account_id,kind */
void truth_changes(const struct cast *c, const uint32_t *order, struct outfile *o,
		   struct arena scratch);	/* account_id,changed_at,label */
void truth_returns(const struct cast *c, const uint32_t *order, struct outfile *o,
		   struct arena scratch);	/* account_id,returned_account_id */
/* domain,target,label */
void truth_domains(const struct cast *c, const struct map *hosts, struct outfile *o,
		   struct arena scratch);
/* Operation by operation, for the README of a graded world. */
void truth_networks(const struct cast *c, struct outfile *o, struct arena scratch);

#endif
