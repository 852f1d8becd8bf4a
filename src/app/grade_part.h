/*
 * grade_part.h - what the two halves of grading share: accounts (grade_job.c)
 * and tables of twins, changes and domains (grade_tables.c).
 */
#ifndef APP_GRADE_PART_H
#define APP_GRADE_PART_H

#include "app/grade_job.h"
#include "base/map.h"

/* What the learner says of an account, or of its cluster. */
enum said { SAID_NOTHING, SAID_ACCUSED, SAID_CLEARED };

struct account {
	double score;
	uint32_t kind, group, cluster;	/* cluster: MAP_NONE if in none */
	bool lead;
	enum said said;
};

struct grade_figure {
	const char *measure;
	double value;
};

struct grade_item;

enum { GRADE_FIGURES = 64 };

struct grader {
	const struct row_sink *sink;
	struct arena perm;
	struct map ids, kinds, groups, clusters;
	struct account *accounts;	/* by number of ids */
	size_t cap;
	int64_t row;
	bool has_leads;
	struct store *store;	/* of the case, or NULL */
	struct map accused, cleared;	/* clusters that the learner has a verdict on */
	uint64_t lead_groups, wrong_groups;
	struct grade_figure figures[GRADE_FIGURES];	/* that were put */
	size_t figure_count;
};

bool grade_is_kind(const struct grader *g, uint32_t account, const char *kind);
/* All but spam, sorted; returns how many. The caller frees them. */
size_t grade_items(const struct grader *g, struct grade_item **out);
/* A figure that was put; NAN. */
double grade_find(const struct grader *g, const char *measure);

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

/* The page of it all, where the request names one. */
CLAQUE_CHECKED enum claque_rc grade_sheet(struct grader *g, const struct grade_request *request,
	struct claque_err *err);

#endif
