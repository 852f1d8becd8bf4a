/* merging.h - what the planning of a merge and its doing share. */
#ifndef CASE_MERGING_H
#define CASE_MERGING_H

#include "case/share.h"

/* Are both verdicts on the same subject? */
bool merge_is_on(const struct merge_item *a, const struct merge_item *b);

#endif
