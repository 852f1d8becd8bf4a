/*
 * decisions.h - what the analyst decides before a run: priors of single
 * accounts, and sources that prove nothing about who shares them (a wire
 * agency, the page of a campaign's toolkit).
 *
 * A run keeps them whole (run.settings), so that it can be made again, and
 * asked afterwards, without the files.
 */
#ifndef APP_DECISIONS_H
#define APP_DECISIONS_H

#include "claque/dataset.h"

#include "base/arena.h"
#include "base/map.h"
#include "store/store.h"
#include "text/json.h"

/* CSV files; NULL: none. The errors of all that read them name file and row. */
struct decision_files {
	/*
	 * Columns account_id (native id or @handle) and prior: how likely the account
	 * is part of an operation, before looking; more than 0, less than 1. It stands
	 * in place of the prior of all.
	 */
	const char *priors;
	/*
	 * Column source: a domain, with all its pages and subdomains; a URL; the id of
	 * a post or a link to it; #hashtag; or @account, all posts of this one.
	 */
	const char *allow;
};

enum { DECISIONS_MAX = 100000, DECISION_BYTES_MAX = 2048 };

struct decisions {
	struct map accounts;		/* as given */
	double *priors;			/* by number in accounts */
	struct map sources;		/* in the form of keys: reuters.com, https://..., #tag, @id */
	bool *account_met, *source_met;	/* by number: is it in the case? */
	size_t prior_cap, account_met_cap, source_met_cap;
	struct map authors;		/* native ids of allowed accounts met */
	struct map cleared;		/* native ids */
	struct arena room;
};

void decisions_init(struct decisions *d);
void decisions_done(struct decisions *d);
CLAQUE_CHECKED enum claque_rc decisions_read(struct decisions *d,
	const struct decision_files *files, struct claque_err *err);
/* Those of the last run. */
CLAQUE_CHECKED enum claque_rc decisions_of_run(struct decisions *d, struct store *store,
	struct claque_err *err);
/* Puts "allow", "cleared_accounts" and "priors": lists. */
void decisions_put(const struct decisions *d, json_t *settings);
/* Adds a source of the case that is tagged as cleared. */
void decisions_allow_source(struct decisions *d, enum claque_object_kind kind,
	struct claque_str key);
/* Adds an account if it is tagged as cleared; is it cleared, by the tag or the run? */
bool decisions_clear(struct decisions *d, struct claque_str id, bool tagged);

/* Meets an account of the case; its prior, or NAN where none was given. */
double decisions_meet_account(struct decisions *d, struct claque_str id,
	struct claque_str handle);
/* Is it allowed? Accounts are to be met before. */
bool decisions_meet_source(struct decisions *d, enum claque_object_kind kind,
	struct claque_str key, struct claque_str author);
/* How many rows name nothing that was met. */
size_t decisions_unmet_accounts(const struct decisions *d);
size_t decisions_unmet_sources(const struct decisions *d);

#endif
