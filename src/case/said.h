/* said.h - live annotations of one kind, copied: what claims, matrices and fields are made of. */
#ifndef CASE_SAID_H
#define CASE_SAID_H

#include "store/annotation.h"

enum { SAID_MAX = 100000 };

struct said {
	struct annotation *rows;	/* in order of id; texts in the arena of said_read() */
	size_t count, cap;
};

/* On the subject, or of the whole case if its kind is none. said_done() also after a failure. */
CLAQUE_CHECKED enum claque_rc said_read(struct store *store, struct subject subject,
	enum annotation_kind kind, struct arena *perm, struct said *out, struct claque_err *err);
void said_done(struct said *said);

#endif
