/*
 * confirmed.h - what the analyst confirmed: clusters with their own members, single
 * accounts, sources. It is read from the tables only, as they were handed over: whatever was
 * taken out of them or renamed there does not come back here.
 *
 * Confirmed is what has that verdict, or the tag #confirmed. A member that was cleared, or
 * that is merely exposed to its cluster, is never among them. Where nothing is confirmed,
 * the leads stand in: they are open then, and an export says so.
 */
#ifndef EXPORT_CONFIRMED_H
#define EXPORT_CONFIRMED_H

#include "base/uuid5.h"
#include "export/gather.h"

struct person {
	struct claque_str id, platform, handle, name;
	struct claque_str cluster;	/* "" for none */
	struct claque_str role;		/* core, seed, amplifier, or "" */
	struct claque_str tags;
	int64_t created_at, first_seen, last_seen;	/* UTC ms, or CLAQUE_NO_TIME */
	int64_t posts, followers;	/* COUNT_UNKNOWN */
	double score;			/* 0 to 1; below 0: none */
	bool confirmed;			/* itself or by its cluster */
	bool left_out;			/* cleared, or exposed */
	bool pseudonym;			/* id and handle are one that this case made: nobody's */
};

struct group {
	struct claque_str id, why, disproof, tags, confidence;
	int64_t first_seen, last_seen;
	int64_t posts;
	double score;
	bool confirmed;
};

struct site {
	struct claque_str kind, key;	/* domain, url, hashtag, ... */
	int64_t accounts, shares, first_seen, last_seen;
};

enum { GROUPS_MAX = 4096, PEOPLE_MAX = 200000, SITES_MAX = 4096 };

struct confirmed {
	struct group *groups;
	struct person *people;		/* on the heap; confirmed_done() */
	struct site *sites;
	size_t group_count, people_count, site_count;
	bool open;			/* nothing is confirmed: these are leads */
};

/* EUSAGE where there are more than fit; the rest is in perm. */
CLAQUE_CHECKED enum claque_rc confirmed_read(const struct export_input *in, struct arena *perm,
	struct confirmed *out, struct claque_err *err);
void confirmed_done(struct confirmed *c);
/* The space of identifiers that are made of what things are called in this case. */
struct uuid case_space(const struct export_input *in);

#endif
