/*
 * screen.h - the screens of the workbench, as one table: what each is called,
 * what it lists, what it can stand on, and the keys that lead there.
 *
 * A screen has one list, or two side by side (panes); the first one is what
 * "n of N" counts and what a pivot counts before it jumps.
 */
#ifndef APP_SCREEN_H
#define APP_SCREEN_H

#include "store/list.h"

/* X(id, name, title, pivot letter, digit, list, second list, help) */
#define SCREEN_LIST(X) \
	X(CLUSTERS, "clusters", "Clusters", 'k', '1', CLUSTERS, COUNT, \
	  "groups that act together, best lead first") \
	X(ACCOUNTS, "accounts", "Accounts", 'a', '2', ACCOUNTS, COUNT, \
	  "accounts with their scores") \
	X(SOURCES, "sources", "Sources", 's', '3', SOURCES, COUNT, \
	  "what is shared, and by how many") \
	X(POSTS, "posts", "Posts", 'p', '4', POSTS, COUNT, \
	  "posts in time order, hostile text made visible") \
	X(CHANGES, "changes", "Profile changes", 'h', '5', CHANGES, COUNT, \
	  "what accounts changed about themselves, and when") \
	X(TIMELINE, "timeline", "Timeline", 't', '6', POSTS, COUNT, \
	  "activity over time; brush a period and it follows you") \
	X(MATRIX, "matrix", "Sources x accounts", 'm', '\0', SOURCES, ACCOUNTS, \
	  "who of a group shared what, how soon after the first, beside a control") \
	X(EGO, "ego", "Ego graph", 'g', '\0', NEIGHBOURS, COUNT, \
	  "who is tied to an account, or inside a cluster: picture and list") \
	X(COMPARE, "compare", "Compare", '=', '\0', SOURCES, COUNT, \
	  "two accounts or clusters side by side, beside random pairs") \
	X(EVIDENCE, "why", "Why", 'w', '7', EVIDENCE, COUNT, \
	  "the reasons behind a score, for and against") \
	X(INDICATORS, "indicators", "Indicators", 'i', '8', INDICATORS, COUNT, \
	  "published indicators in the case") \
	X(HASHTAGS, "hashtags", "Hashtags", '#', '\0', HASHTAGS, COUNT, \
	  "hashtags, by how many accounts") \
	X(SITES, "sites", "Sites", 'n', '\0', SITES, COUNT, \
	  "linked sites, by how many accounts") \
	X(MATCHES, "matches", "Indicator matches", 'x', '\0', MATCHES, COUNT, \
	  "published indicators that something in the case matches") \
	X(REUSED, "reused", "Re-used handles", 'r', '\0', REUSED, COUNT, \
	  "handles that several accounts had: who, when, and who has it now") \
	X(HANDLES, "handles", "Former handles", 'u', '\0', HANDLES, COUNT, \
	  "accounts that had several handles, with when each was seen") \
	X(MOVERS, "movers", "First movers", 'f', '\0', MOVERS, COUNT, \
	  "who of a group shares first what others of it share, too") \
	X(SHARERS, "sharers", "Common sharers", 'y', '\0', SHARERS, COUNT, \
	  "who shared several of the marked sources, or of what the marked posts share") \
	X(CASE, "case", "Case file", 'c', '9', NOTES, LEDGER, \
	  "notes, tags, pins, and the ledger of every act") \
	X(CLAIMS, "claims", "Claims", 'b', '\0', CLAIMS, COUNT, \
	  "what is claimed, how likely it is, and the evidence for and against") \
	X(ACH, "ach", "Hypotheses", 'v', '\0', ACH, COUNT, \
	  "evidence against competing hypotheses, fewest inconsistencies first") \
	X(CONSOLE, "console", "SQL", ';', '\0', NONE, NONE, \
	  "a query of one's own, read-only; its rows lead on") \
	X(ACCOUNT, "account", "Dossier", 'd', '\0', POSTS, CHANGES, \
	  "one account: profile, changes, activity, posts")

enum screen_id {
#define X(id, name, title, letter, digit, list, second, help) SCREEN_##id,
	SCREEN_LIST(X)
#undef X
	SCREEN_COUNT
};

struct screen {
	const char *name, *title, *help;
	char letter, digit;		/* digit '\0': by name, or from a row */
	enum list_id lists[2];		/* LIST_COUNT: there is no second one */
};

/* id < SCREEN_COUNT. */
const struct screen *screen_get(enum screen_id id);
bool screen_parse(struct claque_str name, enum screen_id *out);
/* Can the screen stand on a subject of this kind? Most stand on none as well. */
bool screen_takes(enum screen_id id, enum subject_kind kind);
/* Does it show something else than the rows of its list? It has a cursor of its own then. */
bool screen_is_picture(enum screen_id id);
/* Where Enter leads from a row that is a subject of this kind. */
enum screen_id screen_of(enum subject_kind kind);

#endif
