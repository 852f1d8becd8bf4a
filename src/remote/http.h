/*
 * http.h - one statement to one ClickHouse server over HTTP, by libcurl: the only place
 * where claque talks to a network.
 *
 * What can be repeated is, after a pause that doubles, where the connection failed or the
 * server was too busy. The server is asked to hold its answer back until the statement is
 * through (wait_end_of_query), so that a failure is a status and never the end of rows; an
 * answer that breaks off is no answer. TLS is verified. No redirect is followed.
 *
 * Each has its own connection: one for each thread.
 */
#ifndef REMOTE_HTTP_H
#define REMOTE_HTTP_H

#include <stdatomic.h>

#include "base/buf.h"

struct http;

struct http_options {
	const char *user, *password;	/* or NULL; sent over https, or to this very machine */
	const char *ca_file;		/* or NULL: the system's */
	int64_t timeout_s;		/* of one statement; above 0 */
	int64_t retries;		/* after the first try */
};

/* A URL that names a server: http or https, no user, password, query or fragment. EUSAGE. */
CLAQUE_CHECKED enum claque_rc http_check_url(const char *url, const struct http_options *options,
	struct claque_err *err);

/* The URL, the options and stop must outlive it; stop set to true ends what runs, and stays. */
CLAQUE_CHECKED enum claque_rc http_new(struct http **out, const char *url,
	const struct http_options *options, const atomic_bool *stop, struct claque_err *err);
void http_free(struct http *h);	/* takes NULL */

struct http_call {
	struct claque_str sql;		/* the statement */
	struct claque_str body;		/* what an INSERT carries, or missing */
	struct claque_str session;	/* temporary tables live in it; or missing: none */
	struct buf *answer;		/* RowBinary, whole; or NULL where none is expected */
	bool once;			/* may not be repeated blindly */
};

/*
 * EIO: the server could not be reached, or said no: the message is its own words, cut.
 * ENOTFOUND: it has no such table. CLAQUE_STOPPED: the statement was killed there.
 */
CLAQUE_CHECKED enum claque_rc http_run(struct http *h, const struct http_call *call,
	struct claque_err *err);

#endif
