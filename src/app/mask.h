/*
 * mask.h - names of accounts, and what stands for them where people look on who
 * must not learn them: @acct-017, by the number of the account in the case, so
 * that it is the same on every screen and the next day; or u_ and what a key makes
 * of the account, so that it is the same in every export and tells nobody else.
 *
 * A name is a handle, a display name, a native id, and every former one that a
 * profile change tells. In text, a mention is masked whatever its case and form of
 * Unicode, also behind percent signs and in base64; a name of several words, or one with a
 * digit, '_' or other scripts, wherever it stands; one that could be a plain word, only as
 * its owner spells it.
 */
#ifndef APP_MASK_H
#define APP_MASK_H

#include "base/map.h"
#include "store/list.h"

struct mask;

struct mask_plan {
	const struct set64 *hidden;	/* row ids of accounts, borrowed; NULL: all of them */
	bool strangers;			/* who is not in the case is hidden, too */
	const unsigned char *key;	/* SECRET_BYTES, borrowed; NULL: numbers stand for names */
};

/* Reads every name of the case. */
CLAQUE_CHECKED enum claque_rc mask_new(struct mask **out, struct store *store,
	const struct mask_plan *plan, struct claque_err *err);
void mask_free(struct mask *m);		/* takes NULL */

bool mask_hides(const struct mask *m, int64_t id);
/* The account of this handle or native id, or 0; of several with it one that is hidden. */
int64_t mask_owner(const struct mask *m, struct claque_str name);
/* "@acct-017"; "@someone" for an id of no account (0); "u_k3j5..." where there is a key. */
struct claque_str mask_account(const struct mask *m, struct arena *perm, int64_t id);
/*
 * Text with its names masked: text itself where it holds none. A mention of
 * somebody who is not in the case is @someone, a display name that several have
 * is [name].
 */
struct claque_str mask_text(const struct mask *m, struct arena *perm, struct claque_str text);
/*
 * The same where our own words stand among those of the case: what could be a
 * plain word, and mentions of nobody known, stay.
 */
struct claque_str mask_words(const struct mask *m, struct arena *perm, struct claque_str text);
/* The values of a row of that list, in their place. */
void mask_row(const struct mask *m, struct arena *perm, enum list_id list, int64_t id,
	      struct value *values);
/* The same of columns of any table; texts under FORM_FLAG are words of ours and stay. */
struct mask_table {
	const struct column *columns;
	size_t count;
	bool accounts;			/* a row is of the account `id` */
};
void mask_cells(const struct mask *m, struct arena *perm, const struct mask_table *table,
		int64_t id, struct value *values);

#endif
