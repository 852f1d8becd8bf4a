/*
 * topics_job.h - what the posts of a case are about, by rule packs, and how shares
 * split by an analyst's list of sides. Facts for people: no score knows of them.
 */
#ifndef APP_TOPICS_JOB_H
#define APP_TOPICS_JOB_H

#include "app/packs.h"
#include "store/leaning.h"
#include "store/topic.h"

struct topics_order {
	struct packs_order packs;
	const char *leanings;		/* CSV: domain_or_account, leaning, citation; or NULL */
	struct claque_str who;
};

struct topics_report {
	size_t packs, topics;
	bool redone;			/* the packs were others, or there were none */
	uint64_t looked, found;		/* posts looked at now, and those that have a topic */
	uint64_t turned;		/* accounts whose narratives became others */
	size_t gave_up;			/* patterns that reached their limit of steps */
	struct leaning_state leanings;
	size_t leanings_read;		/* lines of the CSV */
};

/*
 * Looks at the posts that were not looked at yet; at all of them if the packs are not,
 * to the byte, those of the last time. Stopped or killed, it goes on there next time.
 * An entry of the ledger. EINPUT: a pack or the CSV, with file and place.
 */
CLAQUE_CHECKED enum claque_rc topics_job(struct store *store, const struct topics_order *order,
	const struct claque_progress *progress, struct topics_report *out, struct claque_err *err);
/* What of the case is waiting, and whether by the packs that are found now. */
CLAQUE_CHECKED enum claque_rc topics_look(struct store *store, const struct packs_order *order,
	struct topic_state *out, struct claque_err *err);

#endif
