/*
 * sheet.h - the grade of a training case on one page of A4: what was found of what was
 * planted, who was accused wrongly and of which sort, by the engine and by the learner.
 * HTML that fetches and runs nothing and looks as the case file does, or Markdown.
 */
#ifndef EXPORT_SHEET_H
#define EXPORT_SHEET_H

#include "base/str.h"

/* Planted accounts flagged and not, others flagged, and what follows; NAN: of nothing. */
struct sheet_flag {
	uint64_t hit, missed, wrong;
	double precision, recall, f1;
};

/* A sort of account of the truth. */
struct sheet_kind {
	struct claque_str kind, words;	/* "fandom", "fan clubs": words "" if not known */
	uint64_t count, engine, learner;	/* accounts, and how many each flags */
	bool innocent;				/* else flagging it is no mistake */
};

/* A network that was planted. */
struct sheet_network {
	struct claque_str name;
	uint64_t count, engine, learner;
	struct claque_str group;	/* the lead that holds most of its accounts; "" */
	uint64_t in_group, group_count;	/* so many of its own there, of all in it */
};

/* Something else that was to be found: "accounts made over", and how well it was. */
struct sheet_task {
	struct claque_str what, figure;	/* "" : it is not in this world */
};

struct sheet_point {
	double recall, precision;
};

struct sheet {
	struct claque_str name, version;	/* of the case or the file of scores */
	int64_t made_at;			/* ms UTC */
	double auc, average_precision, best_f1, recall_tenth, recall_one;	/* NAN: none */
	double nmi, ari;
	struct sheet_flag engine, learner;
	uint64_t judged;		/* accounts that the learner has a verdict on, or their cluster */
	uint64_t groups, wrong_groups;	/* leads, and those that are mostly innocents */
	const struct sheet_kind *kinds;	/* innocents and spam, without operations */
	size_t kind_count;
	const struct sheet_network *networks;
	size_t network_count;
	const struct sheet_point *curve;	/* by rising recall */
	size_t point_count;
	const struct sheet_task *tasks;
	size_t task_count;
};

enum { SHEET_NETWORKS = 12 };	/* listed; how many more there are is said */

/* EUSAGE: the name ends neither in .html nor in .md; EIO, also if it is there. */
CLAQUE_CHECKED enum claque_rc sheet_write(const struct sheet *s, const char *path,
	struct claque_err *err);
/* Whether the name has one of the endings. */
bool sheet_is_name(const char *path);

#endif
