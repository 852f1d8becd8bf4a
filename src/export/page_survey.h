/*
 * page_survey.h - what a page tells of all posts and accounts: posts by the hour, and one
 * walk over accounts. The report has no room for the rows and the machine none for all.
 */
#ifndef EXPORT_PAGE_SURVEY_H
#define EXPORT_PAGE_SURVEY_H

#include "export/reading.h"

enum { SURVEY_DAYS = 55152, SURVEY_MONTHS = 151 * 12 };		/* 1970 to 2120 */

/* Of the accounts of leads, and of all others. */
struct survey_side {
	uint32_t *days;			/* posts by day since 1970 */
	uint32_t *months;		/* accounts made, by month since 1970-01 */
	uint64_t hours[7][24];		/* posts by weekday, 0 = Monday, and hour, UTC */
	int64_t posts, accounts, made;	/* made: accounts of which it is known when */
};

struct survey {
	bool has_posts, has_accounts;	/* is there such a table? */
	struct survey_side leads, others;
	int64_t first_day, last_day;	/* with posts; first > last: none */
	int64_t undated;		/* posts without a time that could be drawn */
	int64_t followers, followers_known;	/* of accounts of leads */
	struct map people;		/* members of groups, "platform id" */
	uint32_t *group_of;		/* by their number: number in groups */
	bool *in_lead;			/* by their number: of a lead, and not merely exposed */
	struct map groups;
	struct map platforms;		/* of accounts of leads */
	int64_t *own;			/* ids of the rows of accounts of leads */
	size_t own_count;
	struct map wanted;		/* example rows of evidence, "file:row" */
	int64_t *reasons;		/* ids of the rows of evidence that name them */
	size_t reason_count;
	struct gathered examples;	/* of posts: those rows */
	struct gathered cleared;	/* of accounts: what the analyst cleared */
};

/* in perm; survey_done() also after a failure. */
CLAQUE_CHECKED enum claque_rc survey_make(struct survey *out, const struct reading *r,
	const struct export_input *in, struct arena *perm, struct claque_err *err);
void survey_done(struct survey *s);
/* Number in people, or MAP_NONE. */
uint32_t survey_person(const struct survey *s, struct arena scratch, struct claque_str platform,
		       struct claque_str id);
/* Days in a row without a post, between the first and the last; *from is the first of them. */
int64_t survey_gap(const struct survey *s, int64_t *from);

#endif
