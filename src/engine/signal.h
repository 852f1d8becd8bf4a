/*
 * signal.h - one entry for each signal; each lives in a file of its own,
 * signal_NAME.c, which ends with its entry.
 *
 * What several signals need is worked out once (workings.h). A signal of the
 * shape `edges` says what "the same" is by listing acts (coact.h); null model,
 * windows and networks are then common to all. A signal of the shape
 * `accounts` measures every account; how its measures are told apart from the
 * file's background, alone and in a group, is common too (trait.h).
 */
#ifndef ENGINE_SIGNAL_H
#define ENGINE_SIGNAL_H

#include "claque/network.h"

#include "engine/kept.h"
#include "engine/workings.h"

enum { BIN_MAX = 6 };

/*
 * How accounts of operations are spread over bins of the measure: what is
 * known from published takedowns, not from the file. Bin b holds values below
 * cuts[b], the last one the rest. The background's shares are measured.
 */
struct trait_model {
	unsigned bins;
	double cuts[BIN_MAX - 1];
	double operation[BIN_MAX];	/* shares, 1 together */
	double share;		/* of operations that show the sign at all */
	double worth;		/* how many accounts `operation` is worth: how alike operations are */
	double open_worth;	/* likewise for open groups around the background */
	double member_cap;	/* log odds that one account's measure may give; 0: a group's only */
	double absence_cap;	/* that its not showing the sign may give; 0: a quarter */
	double group_cap;	/* log odds that a group's may give */
};

struct signal {
	struct claque_signal_info info;
	unsigned needs;		/* WORKING_ bits */
	/* Shape `edges`. */
	enum claque_rc (*acts)(const struct workings *w, const double *params,
			       const struct claque_progress *progress, struct coact *out,
			       struct claque_err *err);
	/*
	 * Shape `accounts`: sets value, expected, n and row of out[], one for each
	 * account number; all come in as NAN, NAN, 0, CLAQUE_NO_ROW. STOPPED when told so.
	 */
	enum claque_rc (*measure)(const struct workings *w, const double *params,
				  const struct claque_progress *progress,
				  struct claque_trait *out, struct claque_err *err);
	struct trait_model model;
	/*
	 * Fills text with one line for people: shown of known members, the file's rate.
	 * whom: those that it can be asked of at all; NULL: anybody.
	 */
	const char *whom;	/* " that declare a place" */
	const char *says;	/* "have a handle as the platform proposes it" */
};

extern const struct signal *const signal_table[CLAQUE_SIGNAL_COUNT];

extern const struct signal signal_co_text, signal_co_media, signal_co_author, signal_fast_reshare,
	signal_tag_sequence, signal_co_delete, signal_co_source;
extern const struct signal signal_co_reshare, signal_co_url, signal_established, signal_followed,
	signal_verified;
extern const struct signal signal_look_alikes, signal_repurposed, signal_twins;
extern const struct signal signal_hours, signal_handles, signal_creation, signal_declared,
	signal_avatar, signal_audience;
extern const struct signal signal_camouflage, signal_sides;

/* ^[A-Za-z_]{2,12}[0-9]{4,8}$ : the form that platforms propose. */
bool handle_is_default(struct claque_str handle);

/* Nothing known of anybody yet. */
void signal_clear(struct claque_trait *out, size_t count);
/* The acts that a signal of the shape `edges` compares, with its usual parameters. */
CLAQUE_CHECKED enum claque_rc signal_acts(const struct signal *s, const struct workings *w,
	const struct claque_progress *progress, struct coact *out, struct claque_err *err);
/* What counts of them. */
CLAQUE_CHECKED enum claque_rc signal_keep_from(struct kept *k, const struct workings *w,
	const struct signal *s, uint32_t object_cap, const struct claque_progress *progress,
	struct claque_err *err);
/*
 * What counts for this network, with nothing worked out yet. EUSAGE for
 * parameters out of range.
 */
CLAQUE_CHECKED enum claque_rc signal_keep(struct kept *k, const struct claque_dataset *ds,
	const struct claque_network_settings *how, const struct claque_progress *progress,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc signal_check_params(const struct claque_signal_info *info,
	const double *params, struct claque_err *err);
/* The usual value of each parameter. */
void signal_defaults(const struct signal *s, double *params);

#endif
