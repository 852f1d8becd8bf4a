/*
 * readme.h - README.txt of a training world: what is in it and what was planted.
 */
#ifndef SCENARIO_README_H
#define SCENARIO_README_H

#include "scenario/cast.h"
#include "scenario/outfile.h"

void readme_write(const struct cast *c, const struct scenario_counts *n, struct outfile *o,
		  struct arena scratch);

#endif
