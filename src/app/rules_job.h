/*
 * rules_job.h - rule packs listed, held against their own examples, and tried on
 * posts before anything is written into a case.
 */
#ifndef APP_RULES_JOB_H
#define APP_RULES_JOB_H

#include "app/network_job.h"
#include "app/packs.h"

/* pack, version, kind, topic, patterns, languages, examples, about, sha256, author, source, file. */
void rules_list(const struct packs *packs, const struct row_sink *sink);

struct rules_checked {
	size_t examples, failed;
};

/* result, line, topic, should, lang, text, file: one row an example. */
struct rules_checked rules_check(const struct rules *rules, const struct row_sink *sink);

enum { RULES_SAMPLES = 3 };

struct rules_found {
	uint64_t posts;
	struct claque_str samples[RULES_SAMPLES];	/* file:row */
	int64_t sample_posts[RULES_SAMPLES];		/* of a case: row ids */
};

/* What the rules find in posts. */
struct rules_trial {
	const struct rules *rules;
	struct rules_scan *scan;
	struct rules_found *topics;	/* by topic */
	uint64_t posts, bytes, none;	/* none: posts with no topic */
	int64_t ms;			/* of matching alone */
	struct arena whole, perm;
};

/* path: a case (*.claque), or a file that can be imported. Ownership: rules_trial_done(). */
CLAQUE_CHECKED enum claque_rc rules_try(struct rules_trial *t, const struct rules *rules,
	const char *path, const struct claque_progress *progress, struct claque_err *err);
void rules_trial_done(struct rules_trial *t);
/* topic, kind, posts, share, sample_1, sample_2, sample_3, pack. */
void rules_trial_topics(const struct rules_trial *t, const struct row_sink *sink);
/* result, line, topic, lang, posts, gave_up, searched, pattern, file: one row a pattern. */
void rules_trial_patterns(const struct rules_trial *t, const struct row_sink *sink);
/* Patterns that no post matched, and those that gave up on some. */
void rules_trial_odd(const struct rules_trial *t, size_t *silent, size_t *gave_up);

#endif
