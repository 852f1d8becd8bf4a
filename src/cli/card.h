/*
 * card.h - the evidence card of one group: everything that the case says for
 * and against it.
 */
#ifndef CLI_CARD_H
#define CLI_CARD_H

#include "store/list.h"

struct card {
	struct store *store;
	struct subject cluster;
	struct row head;		/* of LIST_CLUSTERS */
	struct arena perm;
};

CLAQUE_CHECKED enum claque_rc card_print(struct card *card, struct claque_err *err);
/* One object: the cluster's columns, then a list for each part. */
CLAQUE_CHECKED enum claque_rc card_print_json(struct card *card, struct claque_err *err);

/* Parts of the text. */
CLAQUE_CHECKED enum claque_rc card_print_reasons(struct card *card, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc card_print_network(struct card *card, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc card_print_shared(struct card *card, struct claque_err *err);

/* The rows of a list that belong to `of`; sort: a column's name, or NULL for the list's own order. */
struct list_query card_query(enum list_id list, struct subject of, const char *sort);
CLAQUE_CHECKED enum claque_rc card_rows(struct card *card, const struct list_query *q, int64_t limit,
	struct row **rows, size_t *got, struct claque_err *err);
/* Never NULL: a value of the type VALUE_NULL for a column that is not there. */
const struct value *card_value(enum list_id list, const struct row *row, const char *name);
bool card_has(enum list_id list, const struct row *row, const char *name);
double card_number(enum list_id list, const struct row *row, const char *name);	/* 0: not known */
/* As on screen; "-" for what is not known. */
struct claque_str card_cell(struct arena *perm, enum list_id list, const struct row *row,
			    const char *name);
#define CELL(list, row, name) STR_ARG(card_cell(&a, list, row, name))

/* Posts of all members by week, from a Monday, UTC. */
struct card_weeks {
	int64_t from;		/* ms */
	const int64_t *posts;
	size_t count;		/* 0: no post has a time */
};

#define CARD_WEEK_MS INT64_C(604800000)

CLAQUE_CHECKED enum claque_rc card_weeks(struct card *card, struct card_weeks *out,
	struct claque_err *err);

#endif
