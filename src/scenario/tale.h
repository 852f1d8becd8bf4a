/*
 * tale.h - what the posts of a graded world say and link.
 */
#ifndef SCENARIO_TALE_H
#define SCENARIO_TALE_H

#include "scenario/plot.h"

/* The text without tags and without the mention of a reply. */
void tale_text(const struct cast *c, const struct event *e, struct buf *out, struct arena scratch);
/* Whether it has a link of its own kind: tale_url() is for these. */
bool tale_links(const struct event *e);
/* "" for some copies. */
struct claque_str tale_url(const struct cast *c, const struct event *e, struct arena *perm);
/* Goes with the topic and the text; one who rewords a copy may leave it out. */
struct claque_str tale_tag(const struct cast *c, const struct event *e, struct arena *perm);

#endif
