/*
 * url.c - taking addresses apart and putting them together in one way only.
 *
 * Not here: IDNA (a host in Unicode and its xn-- form stay two keys; nobody
 * publishes both), dot segments, and the resolving of shorteners, which would
 * tell a suspect's server that somebody looks.
 */
#include "config.h"

#include "text/url.h"

#include "base/utf8.h"

enum { PORT_DIGITS_MAX = 5 };

/* Where the parts end; a backslash is a slash to every browser. */
enum { ENDS_SCHEME = 1, ENDS_AUTHORITY = 2, ENDS_PATH = 4, ENDS_ALL = 8, ENDS_NAME = 16 };

static const uint8_t ends[256] = {
	[':'] = ENDS_SCHEME,
	['/'] = ENDS_SCHEME | ENDS_AUTHORITY,
	['\\'] = ENDS_SCHEME | ENDS_AUTHORITY,
	['?'] = ENDS_SCHEME | ENDS_AUTHORITY | ENDS_PATH,
	['#'] = ENDS_SCHEME | ENDS_ALL,
	['='] = ENDS_NAME,
};

/* The first byte of that class in s, or s.len. */
static size_t
find_end(struct claque_str s, uint8_t class)
{
	size_t i = 0;

	while (i < s.len && !(ends[(unsigned char)s.p[i]] & class))
		i++;
	return i;
}

static bool
has_forbidden_byte(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= ' ' || c == 0x7f)
			return true;
	}
	return false;
}

/* Takes "http://" or "https://" off *s; false for any other scheme. */
static bool
take_scheme(struct claque_str *s, struct claque_str *scheme)
{
	size_t at = find_end(*s, ENDS_SCHEME);

	*scheme = (struct claque_str){ s->p, 0 };
	if (!str_eq(str_sub(*s, at, 3), STR("://")))
		return true;
	*scheme = str_sub(*s, 0, at);
	*s = str_sub(*s, at + 3, s->len);
	return str_eq_nocase(*scheme, STR("http")) || str_eq_nocase(*scheme, STR("https"));
}

/* Drops "user:password@". Without a scheme an @ makes it an e-mail address. */
static bool
drop_user(struct claque_str *authority, bool has_scheme)
{
	const char *at = authority->len > 0 ? memrchr(authority->p, '@', authority->len) : NULL;

	if (at == NULL)
		return true;
	*authority = str_sub(*authority, (size_t)(at - authority->p) + 1, authority->len);
	return has_scheme;
}

static bool
take_port(struct claque_str *authority, struct claque_str *port)
{
	const char *colon = authority->len > 0 ? memrchr(authority->p, ':', authority->len) : NULL;

	*port = (struct claque_str){ authority->p, 0 };
	if (colon == NULL || authority->p[authority->len - 1] == ']')
		return true;
	*port = str_sub(*authority, (size_t)(colon - authority->p) + 1, authority->len);
	authority->len = (size_t)(colon - authority->p);
	while (port->len > 1 && port->p[0] == '0')
		*port = str_sub(*port, 1, port->len);
	for (size_t i = 0; i < port->len; i++)
		if (!byte_is_digit(port->p[i]))
			return false;
	return port->len <= PORT_DIGITS_MAX;
}

static bool
is_label(struct claque_str label, bool *ascii)
{
	for (size_t i = 0; i < label.len; i++) {
		char c = label.p[i];

		if ((unsigned char)c & 0x80)
			*ascii = false;
		else if (!byte_is_alpha(c) && !byte_is_digit(c) && c != '-' && c != '_')
			return false;
	}
	return label.len > 0;
}

static bool
is_ipv6(struct claque_str host)
{
	if (host.len < 4 || host.p[0] != '[' || host.p[host.len - 1] != ']')
		return false;
	for (size_t i = 1; i < host.len - 1; i++) {
		char c = byte_lower(host.p[i]);

		if (!byte_is_digit(c) && !(c >= 'a' && c <= 'f') && c != ':' && c != '.')
			return false;
	}
	return true;
}

/* Two labels or more; all numbers (1.2.3.4), or a last one that is a word. */
static bool
is_host(struct claque_str host)
{
	struct claque_str rest = host, label = { 0 };
	size_t labels = 0, numbers = 0;
	bool ascii = true;
	int64_t number;

	if (host.len == 0 || host.len > URL_HOST_MAX || host.p[host.len - 1] == '.')
		return false;
	if (host.p[0] == '[')
		return is_ipv6(host);
	while (str_cut(&rest, '.', &label)) {
		if (!is_label(label, &ascii))
			return false;
		labels++;
		numbers += byte_is_digit(label.p[0]) && str_to_i64(label, &number) &&
			   number <= 255;
	}
	if (labels == 4 && numbers == 4)
		return true;
	return labels >= 2 && label.len >= 2 && !byte_is_digit(label.p[0]) &&
	       (ascii || utf8_valid(host));
}

/* "www.example.org" as "example.org", as long as a host is left. */
static struct claque_str
plain_host(struct claque_str host)
{
	static const char *const prefixes[] = { "www.", "m.", "mobile.", "amp." };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]);) {
		struct claque_str prefix = str_of(prefixes[i]);
		struct claque_str rest = str_sub(host, prefix.len, host.len);

		if (str_eq_nocase(str_sub(host, 0, prefix.len), prefix) && is_host(rest)) {
			host = rest;
			i = 0;
		} else {
			i++;
		}
	}
	return host;
}

bool
url_split(struct claque_str s, struct url_parts *out)
{
	struct claque_str authority;
	size_t end;

	s = str_trim(s);
	if (s.len == 0 || s.len > URL_MAX || has_forbidden_byte(s) ||
	    !take_scheme(&s, &out->scheme))
		return false;
	s.len = find_end(s, ENDS_ALL);
	end = find_end(s, ENDS_AUTHORITY);
	authority = str_sub(s, 0, end);
	s = str_sub(s, end, s.len);
	if (!drop_user(&authority, out->scheme.len > 0) || !take_port(&authority, &out->port))
		return false;
	if (authority.len > 0 && authority.p[authority.len - 1] == '.')
		authority.len--;
	out->host = authority;
	end = find_end(s, ENDS_PATH);
	out->path = str_sub(s, 0, end);
	out->query = str_sub(s, end + 1, s.len);
	return is_host(authority);
}

/* A writer into room that was measured beforehand. */
struct out {
	char *p;
	size_t len;
};

static void
put(struct out *out, struct claque_str s)
{
	if (s.len > 0)
		memcpy(out->p + out->len, s.p, s.len);
	out->len += s.len;
}

static void
put_escape(struct out *out, unsigned char c)
{
	static const char digits[] = "0123456789ABCDEF";
	char escape[3] = { '%', digits[c >> 4], digits[c & 15] };

	put(out, (struct claque_str){ escape, sizeof(escape) });
}

static bool
is_unreserved(unsigned char c)
{
	return byte_is_alpha((char)c) || byte_is_digit((char)c) ||
	       (c != '\0' && strchr("-._~", c) != NULL);
}

/* RFC 3986 6.2.2: escapes in capitals, none for what needs none. */
static void
put_normal(struct out *out, struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];
		int high = i + 2 < s.len ? byte_hex(s.p[i + 1]) : -1;
		int low = high >= 0 ? byte_hex(s.p[i + 2]) : -1;

		if (c == '%' && low >= 0) {
			c = (unsigned char)(high * 16 + low);
			i += 2;
			if (!is_unreserved(c)) {
				put_escape(out, c);
				continue;
			}
		} else if (c == '%' || c >= 0x80) {
			put_escape(out, c);
			continue;
		}
		out->p[out->len++] = (char)c;
	}
}

static bool
is_x_host(struct claque_str plain)
{
	return str_eq_nocase(plain, STR("x.com")) || str_eq_nocase(plain, STR("twitter.com"));
}

/* Parameters that tell who sent the link, not where it leads. */
static bool
is_tracking(struct claque_str parameter, bool on_x)
{
	static const char *const names[] = { "fbclid", "gclid", "igshid", "mc_cid", "mc_eid",
					     "ref_src" };
	struct claque_str name = str_sub(parameter, 0, find_end(parameter, ENDS_NAME));

	if (str_eq_nocase(str_sub(name, 0, 4), STR("utm_")))
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return true;
	return on_x && name.len == 1 && (name.p[0] == 's' || name.p[0] == 't');
}

static void
put_query(struct out *out, struct claque_str query, bool on_x)
{
	struct claque_str parameter;
	char mark = '?';

	while (str_cut(&query, '&', &parameter)) {
		size_t before = out->len, from = before + 1;

		if (parameter.len == 0)
			continue;
		out->p[out->len++] = mark;
		put_normal(out, parameter);
		if (is_tracking((struct claque_str){ out->p + from, out->len - from }, on_x))
			out->len = before;
		else
			mark = '&';
	}
}

static void
put_host(struct out *out, struct claque_str host, struct claque_str port)
{
	for (size_t i = 0; i < host.len; i++)
		out->p[out->len++] = byte_lower(host.p[i]);
	/* The key is https whatever was written, so either default goes. */
	if (port.len > 0 && !str_eq(port, STR("80")) && !str_eq(port, STR("443"))) {
		put(out, STR(":"));
		put(out, port);
	}
}

static void
put_path(struct out *out, struct claque_str path)
{
	size_t from = out->len;

	put_normal(out, path);
	for (size_t i = from; i < out->len; i++)
		if (out->p[i] == '\\')
			out->p[i] = '/';
	while (out->len > from && out->p[out->len - 1] == '/')
		out->len--;
}

static bool
is_number(struct claque_str s, size_t digits_max)
{
	for (size_t i = 0; i < s.len; i++)
		if (!byte_is_digit(s.p[i]))
			return false;
	return s.len > 0 && s.len <= digits_max;
}

/* /HANDLE/status/ID, and /i/web/status/ID as the app writes it. */
static struct claque_str
status_of(struct claque_str path)
{
	struct claque_str rest = str_sub(path, 1, path.len), segment, before = { 0 };
	enum { ID_DIGITS_MAX = 20, SEGMENTS_MAX = 5 };

	for (int i = 0; i < SEGMENTS_MAX && str_cut(&rest, '/', &segment); i++) {
		if (i >= 2 && (str_eq(before, STR("status")) || str_eq(before, STR("statuses"))))
			return str_sub(segment, 0, is_number(segment, ID_DIGITS_MAX) ?
						   segment.len : 0);
		before = segment;
	}
	return str_sub(path, 0, 0);
}

bool
url_read(struct claque_str s, struct arena *perm, struct url *out)
{
	struct url_parts parts;
	struct claque_str host;
	struct out w = { 0 };
	bool on_x;

	if (!url_split(s, &parts))
		return false;
	/* An escape takes three bytes for one, and "https://" may be new. */
	w.p = ARENA_NEW(perm, char, s.len * 3 + sizeof("https://"));
	host = plain_host(parts.host);
	on_x = is_x_host(host);
	put(&w, STR("https://"));
	out->host = (struct claque_str){ w.p + w.len, host.len };
	put_host(&w, host, parts.port);
	put_path(&w, parts.path);
	put_query(&w, parts.query, on_x);
	out->key = (struct claque_str){ w.p, w.len };
	out->status = on_x ? status_of(parts.path) : (struct claque_str){ 0 };
	return w.len <= URL_MAX;
}

bool
url_canonical(struct claque_str s, struct arena *perm, struct claque_str *out)
{
	struct url url = { 0 };
	bool ok = url_read(s, perm, &url);

	*out = url.key;
	return ok;
}

bool
url_host(struct claque_str s, struct arena *perm, struct claque_str *out)
{
	struct url url = { 0 };
	bool ok = url_read(s, perm, &url);

	*out = url.host;
	return ok;
}

bool
url_status_link(struct claque_str s, struct claque_str *id)
{
	struct url_parts parts;

	if (!url_split(s, &parts) || !is_x_host(plain_host(parts.host)))
		return false;
	*id = status_of(parts.path);
	return id->len > 0;
}
