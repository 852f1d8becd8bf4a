/*
 * grade_part.h - what the two halves of grading share: accounts (grade_job.c)
 * and tables of twins, changes and domains (grade_tables.c).
 */
#ifndef APP_GRADE_PART_H
#define APP_GRADE_PART_H

#include "app/grade_job.h"
#include "base/map.h"

struct account {
	double score;
	uint32_t kind, group, cluster;	/* cluster: MAP_NONE if in none */
	bool lead;
};

struct grader {
	const struct row_sink *sink;
	struct arena perm;
	struct map ids, kinds, groups, clusters;
	struct account *accounts;	/* by number of ids */
	size_t cap;
	int64_t row;
	bool has_leads;
};

/* Kinds of the truth that are not innocent. */
extern const char grade_operation[], grade_spam[];

/* "DIR/truth_twins.csv" for DIR or DIR/truth.csv. */
const char *grade_truth_path(const char *truth, const char *name, struct arena *perm);
/* kind "": none. */
void grade_put_share(struct grader *g, const char *measure, const char *kind, uint64_t n,
		     uint64_t of);
void grade_put_figure(struct grader *g, const char *measure, double value);

/* Those of the tables that the request names. */
CLAQUE_CHECKED enum claque_rc grade_tables(struct grader *g, const struct grade_request *request,
	struct claque_err *err);

#endif
