/*
 * site.h - the sites that the file links to, and how it does.
 *
 * Objects of the kind domain; where a caller adds none, the hosts of URLs.
 */
#ifndef ENGINE_SITE_H
#define ENGINE_SITE_H

#include "base/map.h"
#include "engine/dataset.h"
#include "engine/host.h"

enum { SITE_ROWS = 4 };

struct site {
	struct host host;
	uint32_t accounts;		/* that linked it */
	uint32_t pages;			/* URLs of it that were linked; 0: not known */
	uint64_t links;
	int64_t first, last;		/* or CLAQUE_NO_TIME */
	uint32_t rows[SITE_ROWS];	/* the earliest links */
	uint8_t row_count;
	size_t audience_from;		/* its accounts: sites.audience[audience_from ..] */
};

struct sites {
	struct suffixes suffixes;
	struct map names;
	struct site *items;		/* by number in names */
	size_t count, cap;
	uint32_t *audience;		/* account numbers */
	size_t audience_count, audience_cap;
	uint32_t *diet;			/* by account number: how many sites it linked */
};

/* STOPPED when told so; sites_done() either way. */
CLAQUE_CHECKED enum claque_rc sites_init(struct sites *s, const struct claque_dataset *ds,
	const struct claque_progress *progress);
/* Which kind of object tells the sites: domains, or where there are none, URLs. */
enum claque_object_kind site_kind(const struct claque_dataset *ds);
/* The host behind an object of one of these two kinds. */
struct claque_str site_of_object(const struct claque_dataset *ds, uint32_t object);
/* A site that nobody linked, or that is there already; NULL if it is no host name. */
struct site *sites_add(struct sites *s, struct claque_str host);
void sites_done(struct sites *s);

/* How well known a site is here: accounts times pages. */
static inline double
site_standing(const struct site *s)
{
	return (double)s->accounts * (s->pages > 0 ? s->pages : 1);
}

#endif
