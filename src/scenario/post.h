/*
 * post.h - an event of the training world as a row of posts.csv.
 */
#ifndef SCENARIO_POST_H
#define SCENARIO_POST_H

#include "scenario/outfile.h"
#include "scenario/plot.h"

void post_header(struct outfile *o, const struct cast *c);
void post_row(struct outfile *o, const struct cast *c, const struct event *e,
	      struct arena scratch);

#endif
