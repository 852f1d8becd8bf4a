/*
 * tables.h - the three tables of a training world that are for importing, row by row
 * and in the form that any import takes. Nothing of them is kept: posts come day by day
 * (plot.h), profiles are made of seeds, so that a world of any size may go to a file or
 * to a reader in the memory of its busiest day and its accounts.
 *
 * A table that is started again gives the same bytes again.
 */
#ifndef SCENARIO_TABLES_H
#define SCENARIO_TABLES_H

#include "scenario/cast.h"
#include "scenario/outfile.h"
#include "scenario/plot.h"

struct change;

struct tables {
	const struct cast *cast;
	const uint32_t *order;	/* accounts as they are listed */
	struct map *hosts;	/* that posts link are added, in a graded world */
	/* Of the table in hand. */
	enum scenario_table table;
	uint64_t done;		/* rows given */
	size_t next;		/* account, change or event of the day */
	struct plot plot;
	size_t ready;		/* events of the day */
	struct change *changes;
	size_t change_count;
};

/* Begins a table; its header goes to o. Ends the one before. */
void tables_start(struct tables *t, enum scenario_table table, struct outfile *o);
/* One row more; false: there is none. */
bool tables_row(struct tables *t, struct outfile *o, struct arena scratch);
/* Takes what a table left half read holds; any number of times. */
void tables_end(struct tables *t);

#endif
