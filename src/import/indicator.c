/*
 * indicator.c - cells of published lists, told apart by what they are.
 *
 * Never by the procedure beside them: upstream files list a TikTok profile
 * under X. A URL with a path stays a URL: shorteners and honest newspapers
 * must not become matches of their whole domain.
 */
#include "config.h"

#include "import/indicator.h"

#include "text/url.h"

enum { MD5_HEX = 32, SHA256_DIGITS = 64 };

static bool
is_hex(struct claque_str s, size_t digits)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = byte_lower(s.p[i]);

		if (!byte_is_digit(c) && !(c >= 'a' && c <= 'f'))
			return false;
	}
	return s.len == digits;
}

static bool
is_ipv4(struct claque_str s)
{
	struct claque_str part;
	int64_t number;
	int parts = 0;

	while (str_cut(&s, '.', &part)) {
		if (part.len > 3 || !str_to_i64(part, &number) || number < 0 || number > 255)
			return false;
		parts++;
	}
	return parts == 4;
}

static bool
has_space(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (byte_is_space(s.p[i]))
			return true;
	return false;
}

static bool
is_email(struct claque_str s)
{
	size_t at = str_find(s, STR("@"), 0);
	struct url_parts parts;

	return at > 0 && at < s.len && str_find(s, STR("@"), at + 1) == s.len &&
	       str_find(s, STR("/"), 0) == s.len && str_find(s, STR(":"), 0) == s.len &&
	       url_split(str_sub(s, at + 1, s.len), &parts) && parts.path.len == 0;
}

static bool
is_hashtag(struct claque_str s)
{
	return s.len > 1 && s.p[0] == '#' && str_find(s, STR("#"), 1) == s.len;
}

/* The number and the words after it, without commas; false if it has none. */
static bool
take_number(struct claque_str *s, int64_t *out)
{
	size_t i = 0, digits = 0;

	for (*out = 0; i < s->len && (byte_is_digit(s->p[i]) || s->p[i] == ','); i++) {
		if (s->p[i] == ',')
			continue;
		*out = *out * 10 + (s->p[i] - '0');
		if (++digits > 15)
			return false;
	}
	*s = str_sub(*s, i, s->len);
	return digits > 0 && s->len > 0 && byte_is_space(s->p[0]);
}

static bool
is_one_of(struct claque_str word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (str_eq_nocase(word, str_of(*list)))
			return true;
	return false;
}

/* "4,789 accounts", "About 1,400 accounts joined ...", "3 Instagram accounts". */
static bool
read_count(struct claque_str s, int64_t *out)
{
	static const char *const about[] = { "about", "around", "approximately", "nearly", NULL };
	static const char *const things[] = {
		"account", "accounts", "asset", "assets", "channel", "channels", "domain",
		"domains", "event", "events", "follower", "followers", "group", "groups", "page",
		"pages", "profile", "profiles", "website", "websites", NULL,
	};
	struct claque_str word, rest = s;

	if (str_cut(&rest, ' ', &word) && is_one_of(word, about))
		s = str_trim(rest);
	if (!take_number(&s, out))
		return false;
	s = str_trim(s);
	for (int i = 0; i < 2 && str_cut(&s, ' ', &word); i++)
		if (is_one_of(str_trim(word), things))
			return true;
	return false;
}

static bool
set_profile(struct claque_str link, struct arena *perm, struct indicator_record *out)
{
	struct url_profile profile;

	if (!url_profile(link, &profile))
		return false;
	out->platform = str_of(profile.platform);
	out->kind = profile.post.len > 0 ? INDICATOR_post : INDICATOR_account;
	out->value = profile.post.len > 0 ? str_dup(perm, profile.post) :
					    str_lower(perm, profile.handle);
	/* A message number on Telegram counts within its channel only. */
	if (profile.post.len > 0 && str_eq(out->platform, STR("telegram")))
		out->value = str_fmt(perm, STR_FMT "/" STR_FMT,
				     STR_ARG(str_lower(perm, profile.handle)),
				     STR_ARG(profile.post));
	return true;
}

static bool
set_address(struct claque_str link, struct arena *perm, struct indicator_record *out)
{
	struct url_parts parts;
	bool bare;

	if (set_profile(link, perm, out))
		return true;
	if (!url_split(link, &parts))
		return false;
	bare = parts.query.len == 0 && parts.port.len == 0;
	for (size_t i = 0; i < parts.path.len; i++)
		bare = bare && parts.path.p[i] == '/';
	out->kind = bare ? INDICATOR_domain : INDICATOR_url;
	return bare ? url_host(link, perm, &out->value) : url_canonical(link, perm, &out->value);
}

static void
set_plain(enum indicator_kind kind, struct claque_str value, struct indicator_record *out)
{
	out->kind = kind;
	out->value = value;
}

void
indicator_classify(struct claque_str cell, struct arena *perm, struct indicator_record *out)
{
	struct claque_str value = url_refang(perm, cell);

	out->raw = str_trim(cell);
	out->count = COUNT_UNKNOWN;
	if (read_count(out->raw, &out->count)) {
		set_plain(INDICATOR_count, out->raw, out);
		return;
	}
	out->count = COUNT_UNKNOWN;
	if (has_space(value) || value.len == 0)
		set_plain(INDICATOR_text, out->raw, out);
	else if (is_hashtag(value))
		set_plain(INDICATOR_hashtag, str_lower(perm, str_sub(value, 1, value.len)), out);
	else if (is_hex(value, MD5_HEX))
		set_plain(INDICATOR_md5, str_lower(perm, value), out);
	else if (is_hex(value, SHA256_DIGITS))
		set_plain(INDICATOR_sha256, str_lower(perm, value), out);
	else if (is_ipv4(value))
		set_plain(INDICATOR_ip, value, out);
	else if (is_email(value))
		set_plain(INDICATOR_email, str_lower(perm, value), out);
	else if (!set_address(value, perm, out))
		set_plain(INDICATOR_text, out->raw, out);
}

void
indicator_of_kind(enum indicator_kind kind, bool accounts, struct claque_str cell,
		  struct arena *perm, struct indicator_record *out)
{
	struct claque_str value = url_refang(perm, cell);

	out->raw = str_trim(cell);
	out->count = COUNT_UNKNOWN;
	if (accounts && set_profile(value, perm, out)) {
		/* A channel that is listed by one of its messages. */
		if (kind == INDICATOR_account && out->kind == INDICATOR_post) {
			struct url_profile profile = { 0 };

			(void)url_profile(value, &profile);
			set_plain(INDICATOR_account, str_lower(perm, profile.handle), out);
		}
		return;
	}
	set_plain(kind == INDICATOR_account ? INDICATOR_url : kind, str_lower(perm, value), out);
	if (out->kind == INDICATOR_url)
		(void)url_canonical(value, perm, &out->value);
	if (out->kind == INDICATOR_domain)
		(void)url_host(value, perm, &out->value);
}
