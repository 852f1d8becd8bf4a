/*
 * killchain.h - the Online Operations Kill Chain (Nimmo and Hutchins, "Phase-based
 * Tactical Analysis of Online Operations", Carnegie Endowment 2023): ten tactics, their
 * techniques and procedures, with the labels that Meta publishes.
 *
 * The number of a procedure is what holds: labels vary in spelling from file to file.
 */
#ifndef MODEL_KILLCHAIN_H
#define MODEL_KILLCHAIN_H

#include "base/str.h"

struct killchain_step {
	const char *tactic;		/* "0. Acquiring assets" */
	const char *technique;		/* "0.9 Acquiring social media accounts" */
	const char *procedure;		/* "0.9.4 Acquiring X / Twitter accounts" */
};

/* The number a label begins with, "0.9.10.0 Acquiring ..." as "0.9.10"; missing if none. */
struct claque_str killchain_number(struct claque_str label);
/* The procedure of this number; NULL if the taxonomy has none. */
const struct killchain_step *killchain_find(struct claque_str number);
/* The first procedure of the technique of this number, "0.9"; NULL if it has none. */
const struct killchain_step *killchain_under(struct claque_str number);
/* Of a technique or procedure, its tactic as STIX names a phase: "acquiring-assets"; or NULL. */
const char *killchain_phase(struct claque_str number);
/* "persona" under 0.9, "amplifier" under 6.2 (owned, or likely fake and pushing), or missing. */
struct claque_str killchain_role(struct claque_str number);

#endif
