/*
 * profile.c - whose profile, or which post, a link to a platform shows.
 *
 * A table of the shapes that platforms use. In a shape, * takes the handle
 * (@* only after an @), # the id of a post (digits), ? the id of a post (any),
 * and a final ... whatever follows. A host that starts with a dot takes
 * subdomains too; one that starts with * takes the handle from the subdomain.
 * First fit wins.
 */
#include "config.h"

#include "text/url.h"

static const struct shape {
	const char *platform, *host, *path;
} shapes[] = {
	{ "x", "x.com", "*/status/#/..." },
	{ "x", "x.com", "*/statuses/#/..." },
	{ "x", "x.com", "*" },
	{ "x", "twitter.com", "*/status/#/..." },
	{ "x", "twitter.com", "*/statuses/#/..." },
	{ "x", "twitter.com", "*" },
	{ "telegram", "t.me", "s/*/#" },
	{ "telegram", "t.me", "s/*" },
	{ "telegram", "t.me", "joinchat/*" },
	{ "telegram", "t.me", "c/*/#/..." },
	{ "telegram", "t.me", "*/#/..." },
	{ "telegram", "t.me", "*" },
	{ "telegram", "telegram.me", "*/#/..." },
	{ "telegram", "telegram.me", "*" },
	{ "tiktok", ".tiktok.com", "@*/video/#/..." },
	{ "tiktok", ".tiktok.com", "@*/photo/#/..." },
	{ "tiktok", ".tiktok.com", "@*" },
	{ "youtube", "youtube.com", "@*/..." },
	{ "youtube", "youtube.com", "channel/*/..." },
	{ "youtube", "youtube.com", "c/*/..." },
	{ "youtube", "youtube.com", "user/*/..." },
	{ "youtube", "youtube.com", "shorts/?" },
	{ "youtube", "youtube.com", "live/?" },
	{ "youtube", "youtu.be", "?" },
	{ "reddit", ".reddit.com", "user/*/comments/?/..." },
	{ "reddit", ".reddit.com", "u/*/comments/?/..." },
	{ "reddit", ".reddit.com", "r/*/comments/?/..." },
	{ "reddit", ".reddit.com", "user/*" },
	{ "reddit", ".reddit.com", "u/*" },
	{ "medium", "medium.com", "@*/?/..." },
	{ "medium", "medium.com", "@*" },
	{ "medium", "*.medium.com", "?" },
	{ "medium", "*.medium.com", "" },
	{ "tumblr", "tumblr.com", "blog/view/*/?/..." },
	{ "tumblr", "tumblr.com", "blog/view/*" },
	{ "tumblr", "tumblr.com", "blog/*" },
	{ "tumblr", "tumblr.com", "*/#/..." },
	{ "tumblr", "tumblr.com", "*" },
	{ "tumblr", "*.tumblr.com", "post/#/..." },
	{ "tumblr", "*.tumblr.com", "" },
	{ "vimeo", "vimeo.com", "#/..." },
	{ "vimeo", "vimeo.com", "*" },
	{ "quora", ".quora.com", "profile/*/..." },
	{ "pinterest", ".pinterest.com", "pin/?/..." },
	{ "pinterest", ".pinterest.com", "*" },
	{ "vk", "vk.com", "*" },
	{ "facebook", ".facebook.com", "people/?/*" },
	{ "facebook", ".facebook.com", "groups/*/posts/?/..." },
	{ "facebook", ".facebook.com", "groups/*" },
	{ "facebook", ".facebook.com", "*/posts/?/..." },
	{ "facebook", ".facebook.com", "*/videos/?/..." },
	{ "facebook", ".facebook.com", "*" },
	{ "instagram", "instagram.com", "p/?/..." },
	{ "instagram", "instagram.com", "reel/?/..." },
	{ "instagram", "instagram.com", "*" },
	{ "threads", "threads.net", "@*/post/?/..." },
	{ "threads", "threads.net", "@*" },
	{ "threads", "threads.com", "@*/post/?/..." },
	{ "threads", "threads.com", "@*" },
	{ "truthsocial", "truthsocial.com", "@*/posts/#/..." },
	{ "truthsocial", "truthsocial.com", "@*/#/..." },
	{ "truthsocial", "truthsocial.com", "@*" },
	{ "gettr", "gettr.com", "user/*" },
	{ "gettr", "gettr.com", "post/?" },
	{ "gab", "gab.com", "*/posts/#/..." },
	{ "gab", "gab.com", "*" },
	{ "bluesky", "bsky.app", "profile/*/post/?/..." },
	{ "bluesky", "bsky.app", "profile/*" },
	{ "linktree", "linktr.ee", "*" },
	{ "linkedin", ".linkedin.com", "in/*/..." },
	{ "linkedin", ".linkedin.com", "company/*/..." },
	{ "linkedin", ".linkedin.com", "posts/?/..." },
	{ "rumble", "rumble.com", "c/*" },
	{ "rumble", "rumble.com", "user/*" },
	{ "odysee", "odysee.com", "@*/?/..." },
	{ "odysee", "odysee.com", "@*" },
	{ "ok", "ok.ru", "profile/*" },
	{ "soundcloud", "soundcloud.com", "*" },
	{ "patreon", "patreon.com", "*" },
};

/* First segments that are the platform's own pages, never a handle. */
static const char *const reserved[] = {
	"about", "channel", "events", "explore", "groups", "hashtag", "help", "home", "i",
	"intent", "login", "p", "pin", "privacy", "profile.php", "r", "reel", "search",
	"settings", "share", "signup", "tos", "user", "watch",
};

static bool
is_handle(struct claque_str s)
{
	enum { HANDLE_MAX = 128 };

	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (str_eq_nocase(s, str_of(reserved[i])))
			return false;
	return s.len > 0 && s.len <= HANDLE_MAX;
}

static bool
is_digits(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!byte_is_digit(s.p[i]))
			return false;
	return s.len > 0;
}

static bool
fit_segment(struct claque_str want, struct claque_str segment, struct url_profile *out)
{
	if (str_eq(want, STR("@*"))) {
		out->handle = str_sub(segment, 1, segment.len);
		return segment.len > 1 && segment.p[0] == '@' && is_handle(out->handle);
	}
	if (str_eq(want, STR("*"))) {
		out->handle = segment;
		return is_handle(segment);
	}
	if (str_eq(want, STR("#")) || str_eq(want, STR("?"))) {
		out->post = segment;
		return want.p[0] == '?' ? segment.len > 0 : is_digits(segment);
	}
	return str_eq_nocase(want, segment);
}

static bool
fit_path(const char *shape, struct claque_str path, struct url_profile *out)
{
	struct claque_str wants = str_of(shape), want, segment;

	while (path.len > 0 && path.p[path.len - 1] == '/')
		path.len--;
	path = str_sub(path, 1, path.len);
	while (str_cut(&wants, '/', &want)) {
		if (str_eq(want, STR("...")))
			return true;
		if (!str_cut(&path, '/', &segment) || !fit_segment(want, segment, out))
			return false;
	}
	return path.len == 0;
}

static bool
ends_with_host(struct claque_str host, struct claque_str end)
{
	return host.len > end.len &&
	       str_eq_nocase(str_sub(host, host.len - end.len, end.len), end);
}

/* host without the prefixes that say nothing; never empty. */
static struct claque_str
without_prefix(struct claque_str host)
{
	static const char *const prefixes[] = { "www.", "m.", "mobile.", "amp." };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (str_eq_nocase(str_sub(host, 0, strlen(prefixes[i])), str_of(prefixes[i])))
			return str_sub(host, strlen(prefixes[i]), host.len);
	return host;
}

static bool
fit_host(const char *shape, struct claque_str host, struct url_profile *out)
{
	bool wild = shape[0] == '*' || shape[0] == '.';
	struct claque_str want;

	/* Nearly every shape is of another host. */
	if (!wild && shape[0] != byte_lower(host.p[0]))
		return false;
	want = str_of(shape);
	if (shape[0] == '*') {
		want = str_sub(want, 1, want.len);
		out->handle = str_sub(host, 0, host.len > want.len ? host.len - want.len : 0);
		return ends_with_host(host, want) && is_handle(out->handle);
	}
	if (shape[0] == '.')
		return ends_with_host(host, want) ||
		       str_eq_nocase(host, str_sub(want, 1, want.len));
	return str_eq_nocase(host, want);
}

bool
url_profile(struct claque_str s, struct url_profile *out)
{
	struct url_parts parts;
	struct claque_str host;

	if (!url_split(s, &parts))
		return false;
	host = without_prefix(parts.host);
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		*out = (struct url_profile){ .platform = shapes[i].platform };
		if (fit_host(shapes[i].host, host, out) &&
		    fit_path(shapes[i].path, parts.path, out))
			return true;
	}
	return false;
}

/* Where a profile is looked up by its handle. */
static const struct {
	const char *platform, *start;
} homes[] = {
	{ "x", "https://twitter.com/" },
	{ "telegram", "https://t.me/" },
	{ "tiktok", "https://www.tiktok.com/@" },
	{ "youtube", "https://www.youtube.com/@" },
	{ "reddit", "https://www.reddit.com/user/" },
	{ "medium", "https://medium.com/@" },
	{ "tumblr", "https://www.tumblr.com/" },
	{ "vimeo", "https://vimeo.com/" },
	{ "pinterest", "https://www.pinterest.com/" },
	{ "vk", "https://vk.com/" },
	{ "facebook", "https://www.facebook.com/" },
	{ "instagram", "https://www.instagram.com/" },
	{ "threads", "https://www.threads.net/@" },
	{ "truthsocial", "https://truthsocial.com/@" },
	{ "gettr", "https://gettr.com/user/" },
	{ "gab", "https://gab.com/" },
	{ "bluesky", "https://bsky.app/profile/" },
};

bool
url_of_profile(struct arena *perm, struct claque_str platform, struct claque_str handle,
	       struct claque_str *out)
{
	struct url_profile back;

	if (handle.len > 0 && handle.p[0] == '@')
		handle = str_sub(handle, 1, handle.len);
	for (size_t i = 0; i < sizeof(homes) / sizeof(homes[0]); i++) {
		if (!str_eq(platform, str_of(homes[i].platform)))
			continue;
		*out = str_fmt(perm, "%s" STR_FMT, homes[i].start, STR_ARG(handle));
		return url_profile(*out, &back) && back.post.len == 0 &&
		       str_eq(back.handle, handle) && str_eq(str_of(back.platform), platform);
	}
	return false;
}
