/*
 * claque/domain.h - look-alike domains (S11): sites whose name passes for that
 * of another site, and whose use in the file is not that of an honest namesake.
 *
 * Three explanations compete for every domain that stands close to a better
 * established one: an imitation, a sister site (another country's edition, a
 * brand's second name), and chance. What chance would give is the probability
 * of a name so close under a character model of the file's own domains; which
 * suffixes are usual, and how sites are linked, is measured on the file, too.
 * Letters are folded as in Unicode UTS #39, slips counted after Damerau (1964),
 * p-values turned into odds after Sellke, Bayarri and Berger (2001). How often
 * imitations take which form comes from the domains that Meta published for a
 * network of such sites (September 2022). No outlet's name is built in.
 */
#ifndef CLAQUE_DOMAIN_H
#define CLAQUE_DOMAIN_H

#include "claque/dataset.h"

/* How a name stands to its target's. X(id, what it is) */
#define CLAQUE_CLOSE_LIST(X) \
	X(SAME_NAME, "same name, other suffix") \
	X(CONFUSABLE, "letters that pass for others") \
	X(HYPHEN, "hyphen moved") \
	X(SLIP, "one or two letters off") \
	X(AFFIX, "name with an affix") \
	X(EMBEDDED, "whole domain inside another") \
	X(SUBDOMAIN, "name as a subdomain of another site")

#define X(id, help) CLAQUE_CLOSE_##id,
enum claque_close { CLAQUE_CLOSE_LIST(X) CLAQUE_CLOSE_COUNT };
#undef X

const char *claque_close_text(enum claque_close close);

struct claque_look_alike_settings {
	double min_score;	/* 0.5; findings below are left out */
	uint32_t max_targets;	/* the best established sites that others are held against; 2000 */
	/* Further targets, host names in lower case, that need not be in the file. None of
	   them is found to imitate another. */
	const struct claque_str *targets;
	size_t target_count;
};

struct claque_look_alike_settings claque_look_alike_defaults(void);

struct claque_look_alike {
	struct claque_str domain;	/* as in the dataset; a view into it */
	struct claque_str target;	/* a view into the dataset or of settings->targets */
	double score;			/* 0..1: probability of an imitation */
	double expected;		/* unrelated domains of the file that close, by chance */
	enum claque_close close;
	uint32_t accounts, target_accounts;	/* that linked them */
	int64_t first_seen, last_seen;		/* or CLAQUE_NO_TIME */
	char text[240];			/* one line for people; no text from data in it */
	uint32_t rows[4];		/* claque_share.row of links to it, earliest first */
	size_t row_count;
};

/* By score, highest first, then domain. */
struct claque_look_alikes {
	struct claque_look_alike *items;
	size_t count;
	uint32_t domains, targets;	/* looked at */
};

/* EUSAGE for settings out of range or a dataset that is not sealed. */
CLAQUE_CHECKED enum claque_rc claque_look_alikes_find(const struct claque_dataset *ds,
	const struct claque_look_alike_settings *settings, const struct claque_progress *progress,
	struct claque_look_alikes *out, struct claque_err *err);
void claque_look_alikes_done(struct claque_look_alikes *found);

/*
 * The same of handles: accounts whose handle stands close to one of a list, in the forms
 * above. There is no better established one to be found in the file, as for sites: whose
 * handles are imitated the caller says. Nor is there a habit of use to weigh, so there is
 * no score: what counts is how many accounts of the file would have such a handle by chance.
 */
struct claque_handle_alike_settings {
	const struct claque_str *targets;	/* handles, an @ before them does not count */
	size_t target_count;
	double max_expected;	/* 0.1; what is likelier by chance is left out */
};

struct claque_handle_alike_settings claque_handle_alike_defaults(void);

struct claque_handle_alike {
	uint32_t account;
	struct claque_str handle;	/* a view into the dataset */
	struct claque_str target;	/* a view of settings->targets; the one chance explains least */
	double expected;		/* accounts of the file with a handle so close, by chance */
	enum claque_close close;
};

/* By what is expected, least first, then handle. Who has a listed handle himself is left out. */
struct claque_handle_alikes {
	struct claque_handle_alike *items;
	size_t count;
};

/* EUSAGE as above. */
CLAQUE_CHECKED enum claque_rc claque_handle_alikes_find(const struct claque_dataset *ds,
	const struct claque_handle_alike_settings *settings,
	const struct claque_progress *progress, struct claque_handle_alikes *out,
	struct claque_err *err);
void claque_handle_alikes_done(struct claque_handle_alikes *found);

#endif
