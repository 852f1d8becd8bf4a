/*
 * domain.h - the hosts of a graded world: outlets that everybody links, their
 * own editions, blogs, and the look-alikes that networks set up beside them.
 *
 * All stand under names that never resolve: .example, .test and .invalid.
 */
#ifndef SCENARIO_DOMAIN_H
#define SCENARIO_DOMAIN_H

#include "scenario/cast.h"

enum { DOMAIN_OUTLETS = 40, DOMAIN_EDITIONS = 12, DOMAIN_BLOGS = 300, DOMAIN_LIKES = 6,
       DOMAIN_PETITIONS = 2 };

/* Outlet of the i-th source of a side; left, right and news have outlets of their own. */
uint32_t domain_of_source(enum side side, uint32_t i);
struct claque_str domain_outlet_name(const struct cast *c, uint32_t outlet, struct arena *perm);
struct claque_str domain_outlet(const struct cast *c, uint32_t outlet, struct arena *perm);
/* An outlet's own: a subdomain or a regional paper of the same name. */
struct claque_str domain_edition(const struct cast *c, uint32_t edition, struct arena *perm);
uint32_t domain_edition_of(uint32_t edition);
struct claque_str domain_blog(const struct cast *c, uint32_t blog, struct arena *perm);
/* The k-th look-alike of a network, k < DOMAIN_LIKES; *outlet: whom it is like. */
struct claque_str domain_like(const struct cast *c, const struct network *n, uint32_t k,
			      uint32_t *outlet, struct arena *perm);
/* A site of the network's own that is like nobody's. */
struct claque_str domain_campaign(const struct cast *c, const struct network *n,
				  struct arena *perm);
/* A throw-away host that leads to the k-th look-alike of the network for a stretch of time. */
struct claque_str domain_redirect(const struct cast *c, const struct network *n, uint32_t k,
				  uint32_t stretch, struct arena *perm);
/* Sites where everybody has petitions. */
struct claque_str domain_petitions(const struct cast *c, uint32_t site, struct arena *perm);
struct claque_str domain_spam(const struct cast *c, uint32_t group, struct arena *perm);

#endif
