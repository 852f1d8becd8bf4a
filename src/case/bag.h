/*
 * bag.h - is a bag that claque made what it was when it was sealed?
 */
#ifndef CASE_BAG_H
#define CASE_BAG_H

#include "base/sign.h"

enum { BAG_FAULTS_MAX = 20 };

struct bag_report {
	size_t faults;			/* all of them */
	char fault[BAG_FAULTS_MAX][400];	/* the first of them, the first bad thing first */
	int64_t files;			/* of data/ that are what the manifest says */
	int64_t entries;		/* of the ledger in it, 0: it has none */
	bool exact;			/* the rows of the ledger are the case's, not redacted */
	bool is_signed;			/* and the signature holds */
	unsigned char key[SIGN_PUBLIC_BYTES];	/* by this key */
	char who[80], when[40];		/* who signed, as the bag says */
	bool response;			/* a time stamp lies in it, which is openssl's to check */
	bool request;
};

struct bag_wish {			/* what a bag must be beside whole */
	const unsigned char *key;	/* signed by this one; or NULL */
	struct claque_str last;		/* its ledger has an entry with this hash; "" : any */
};

/*
 * CLAQUE_OK also when there are faults: the report says them. EUSAGE: the folder is no bag
 * of claque's.
 */
CLAQUE_CHECKED enum claque_rc bag_verify(const char *folder, const struct bag_wish *wish,
	const struct claque_progress *progress, struct bag_report *out, struct claque_err *err);

#endif
