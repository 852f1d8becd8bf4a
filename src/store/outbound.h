/*
 * outbound.h - the shares of a case as rows that stand alone: with the names of what
 * scan.h gives as numbers, for whoever takes them somewhere else.
 */
#ifndef STORE_OUTBOUND_H
#define STORE_OUTBOUND_H

#include "model/record.h"
#include "store/store.h"

struct outbound_share {
	enum claque_object_kind kind;
	enum claque_act act;
	struct claque_str object, account, platform, post, text;
	int64_t at;			/* or CLAQUE_NO_TIME */
	struct claque_str input;	/* SHA-256 of its input, hex */
	uint64_t row;			/* of the input */
};

/*
 * In the order of import, which is that of the rows of each input. Shares that were derived
 * from copies of texts are left out, as in scan.h. Anything but CLAQUE_OK ends it.
 */
CLAQUE_CHECKED enum claque_rc outbound_shares(struct store *s,
	enum claque_rc (*each)(void *ctx, const struct outbound_share *row, struct claque_err *err),
	void *ctx, struct claque_err *err);

#endif
