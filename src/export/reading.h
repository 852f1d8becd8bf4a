/*
 * reading.h - what the tables of a case say to a person, for every document that tells it:
 * the groups with their evidence, and sentences that must not differ between documents.
 *
 * The wording never says bot or fake: a lead is a reason to look.
 */
#ifndef EXPORT_READING_H
#define EXPORT_READING_H

#include "base/map.h"
#include "export/gather.h"

#define READING_LEAD "A lead is a reason to look, not a verdict. A score is the chance, by the " \
	"model below, that a group like this is a coordinated operation; its parts stand in " \
	"each card."
#define READING_DISPROOF "An open common source of the same posts at the same times (a petition " \
	"text, a wire story, a fan call, a share button), an owner who discloses the accounts, " \
	"or clocks and gaps in the collection that make the times agree."
#define READING_METHOD "Accounts are linked where they share the same things within short " \
	"windows more often than a null model measured on this very data expects, at a stated " \
	"false discovery rate; groups are found in that network; each reason adds its natural " \
	"log odds to the prior, each capped, reasons against with a minus sign."
#define READING_NOT_LEADS "Groups that act together and did not reach the score of a lead, or do " \
	"so openly. They are not accused of anything."

/* Names that a column may have; see table_column(). */
#define OF_LEAD_ID "id name cluster"
#define OF_CLUSTER "cluster lead"
#define OF_ACCOUNTS "accounts account_count"
#define OF_TARGET "target target_name"

struct reading {
	struct gathered leads, clusters, members, evidence, inputs;
	struct gathered notes;		/* of the kinds that are told as notes */
	struct gathered claims, cells;	/* claims with evidence; cells of the matrices */
	struct gathered stated;		/* fields and confirmed techniques */
	struct map lead_ids;
};

/* Gathers them into perm; reading_done() also after a failure. */
CLAQUE_CHECKED enum claque_rc reading_gather(struct reading *out, const struct export_input *in,
	struct arena *perm, struct claque_err *err);
/* Only claims, cells and stated. */
CLAQUE_CHECKED enum claque_rc reading_said(struct reading *out, const struct export_input *in,
	struct arena *perm, struct claque_err *err);
void reading_done(struct reading *r);

/* The cell as a listing has it; "" where there is no such column. */
struct claque_str reading_text(struct arena *perm, const struct gathered *g, const char *names,
			       const struct row *row);
/* 0 where there is none. */
double reading_number(const struct gathered *g, const char *names, const struct row *row);
/* Of the numbers above 0 in this column. */
int64_t reading_sum(const struct gathered *g, const char *names);
/* The rows of one group, by any of these columns. */
struct gathered reading_of_group(const struct gathered *g, const char *names, struct claque_str id,
				 struct arena *perm);
/* The reasons whose log odds have this sign: 1, 0, -1. */
struct gathered reading_with_sign(const struct gathered *evidence, int sign, struct arena *perm);
/*
 * The reason that says most for a group: of joint action if there is one, by log odds, then by
 * how rare it is; NULL if none speaks for it.
 */
const struct row *reading_strongest(const struct gathered *evidence, struct arena scratch);
bool reading_is_lead(const struct reading *r, struct claque_str id);
/* The rows that name no lead in this column. */
struct gathered reading_without_leads(const struct reading *r, const struct gathered *g,
				      const char *names, struct arena *perm);
/* "1 account", "1,234 accounts" */
struct claque_str reading_count(struct arena *perm, int64_t n, const char *one, const char *many);
/* What, how much, what the analyst judged, and what is not known. Data in it is as it came. */
struct claque_str reading_bottom_line(const struct reading *r, struct arena *perm);

#endif
