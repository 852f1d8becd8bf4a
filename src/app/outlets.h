/*
 * outlets.h - lists of names that others dress up as: domains and handles of news
 * outlets, of ministries, of whatever an analyst watches. A CSV table with the columns
 *
 *   domain   a host name: spiegel.de
 *   handle   the account's, without @; may be empty
 *   name, country, source
 *            for who reads the list: what it is, where, and who says so
 *
 * Being on a list is no praise and no blame. That a site nobody in the case linked is
 * imitated can be told by a list only.
 */
#ifndef APP_OUTLETS_H
#define APP_OUTLETS_H

#include "base/str.h"

enum { OUTLETS_MAX = 20000 };

struct outlets {
	struct arena whole;		/* owns all that follows; empty before it is read */
	struct claque_str *domains;	/* lower case, without www.; each once */
	struct claque_str *handles;
	struct claque_str *domain_where, *handle_where;	/* "outlets.csv:12", of each */
	size_t domain_count, handle_count;
};

/*
 * Reads `file` ("": none), then claque/rules/outlets.csv under XDG_CONFIG_HOME or
 * ~/.config, then the installed one (or that in the folder which CLAQUE_RULES names).
 * The latter two need not be there. EINPUT names file and row; EIO; ELIMIT past
 * OUTLETS_MAX. outlets_done() is due either way.
 */
CLAQUE_CHECKED enum claque_rc outlets_read(const char *file, struct outlets *out,
					   struct claque_err *err);
void outlets_done(struct outlets *o);

/* "imitates a.de (list outlets.csv:12); why", or why alone where no list has the target. */
struct claque_str outlets_say(const struct outlets *o, struct arena *perm,
			      struct claque_str target, struct claque_str why);

#endif
