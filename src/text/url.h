/*
 * url.h - links as keys: two spellings of one address must meet, and nothing
 * that is not an address may become one.
 *
 * Everything here takes hostile text of any length: over URL_MAX bytes, with
 * white space, a control byte or a host that cannot be one, it is no URL.
 */
#ifndef TEXT_URL_H
#define TEXT_URL_H

#include "base/str.h"

enum { URL_MAX = 8192, URL_HOST_MAX = 253 };

/* Views into the text that was split. A part that is not there is empty. */
struct url_parts {
	struct claque_str scheme;	/* "http" or "https" as written, or empty */
	struct claque_str host;		/* as written, without user, port and final dot */
	struct claque_str port;		/* digits */
	struct claque_str path;		/* with its leading slash, or empty */
	struct claque_str query;	/* without the question mark */
};

/* False: not an http(s) URL, with or without its scheme. The fragment is dropped. */
bool url_split(struct claque_str s, struct url_parts *out);

/* One address, read once. */
struct url {
	/*
	 * https, host in lower case without www., m., mobile. and amp., no default
	 * port, user, fragment, final slash or tracking parameters, escapes as RFC
	 * 3986 6.2.2 has them. The order of parameters stays: it may matter. The
	 * key of a key is the key itself.
	 */
	struct claque_str key;
	struct claque_str host;		/* as it stands in the key */
	struct claque_str status;	/* of a link to a post on X: its number, else empty */
};

/* key and host are in perm, status is a view into s. False: not a URL. */
bool url_read(struct claque_str s, struct arena *perm, struct url *out);
/* Only its key. */
bool url_canonical(struct claque_str s, struct arena *perm, struct claque_str *out);
/* Only its host. */
bool url_host(struct claque_str s, struct arena *perm, struct claque_str *out);
/* Only the number of the post. False: no link to one. */
bool url_status_link(struct claque_str s, struct claque_str *id);

/* What a link to a platform points at; views into s or static text. */
struct url_profile {
	const char *platform;		/* "x", "telegram", ... */
	struct claque_str handle;	/* without @; empty where the link tells none */
	struct claque_str post;		/* id of the post, or empty: the link is a profile */
};

/* False: not a profile or post on a platform we know. */
bool url_profile(struct claque_str s, struct url_profile *out);
/*
 * The link to a profile, "https://x.com/name"; false where the platform is not known, or a
 * handle would not come back out of it.
 */
bool url_of_profile(struct arena *perm, struct claque_str platform, struct claque_str handle,
		    struct claque_str *out);

/* "hxxps[:]//a[.]b" as "https://a.b", trimmed. */
struct claque_str url_refang(struct arena *perm, struct claque_str s);
/* "https://a.b/c.d" as "https://a[.]b/c.d": what may be mailed and not clicked. */
struct claque_str url_defang(struct arena *perm, struct claque_str s);

#endif
