/*
 * matching.c - published indicators, looked for in the case.
 *
 * Every indicator becomes one or several 64-bit keys in a sorted array; every thing of
 * the case makes the keys that it could be known by and looks them up. A number that is
 * published ("4,789 accounts") is a fact and never a key; a URL never stands for its
 * whole domain, because shorteners and honest newspapers are published, too.
 *
 * Near are domains that differ in look-alike letters or hyphens (claque/skeleton.h), in
 * one place, or in their suffix only; a domain that is published itself is near to none,
 * and one is near to a single indicator, or a family of fifty imitations of one
 * newspaper would stand behind every link to it.
 */
#include "config.h"

#include "store/matching.h"

#include <stdlib.h>

#include "claque/skeleton.h"

#include "base/map.h"
#include "model/lens.h"
#include "model/record.h"
#include "store/stmt.h"
#include "text/phrase.h"
#include "text/url.h"

enum { SCRATCH = 256 << 20, TEXT_MOST = 1 << 20, ALIKE_MOST = 64, SLIP_NAME_LEAST = 8,
       NAME_LEAST = 5, HOST_BYTES = 256 };

/* What a key is made of: a seed for each, so that they never meet. */
enum key_kind {
	KEY_domain = 1, KEY_url, KEY_post, KEY_hashtag, KEY_account, KEY_handle, KEY_email,
	KEY_title, KEY_title_start, KEY_skeleton, KEY_slip, KEY_name
};

struct key {
	uint64_t hash;
	int64_t indicator;
};

struct matching {
	struct store *s;
	sqlite3_stmt *put;
	struct arena scratch;
	struct key *keys;
	size_t key_count, key_cap;
	/* A bit for the first bits of each hash: nearly all that is looked up is not there. */
	uint64_t *filter;
	unsigned filter_shift;
	uint64_t lengths;	/* bit n - 1: there is a title of n words */
	bool emails;
};

static uint64_t
key_of(enum key_kind kind, struct claque_str text)
{
	return hash_bytes(text, (uint64_t)kind);
}

static void
add_hash(struct matching *m, uint64_t hash, int64_t indicator)
{
	GROW(m->keys, m->key_cap, m->key_count + 1);
	m->keys[m->key_count++] = (struct key){ hash, indicator };
}

static void
add_key(struct matching *m, enum key_kind kind, struct claque_str text, int64_t indicator)
{
	if (text.len > 0)
		add_hash(m, key_of(kind, text), indicator);
}

/* --- forms of a host that differ no more than its imitations do */

struct host {
	/* "spiegel.com.co", "spiegel" and "com.co" of a.spiegel.com.co */
	struct claque_str site, name, suffix;
};

static bool
is_second_level(struct claque_str label)
{
	static const char *const known[] = { "co", "com", "org", "net", "gov", "edu", "ac" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (str_eq(label, str_of(known[i])))
			return true;
	return false;
}

static size_t
label_start(struct claque_str host, size_t end)
{
	while (end > 0 && host.p[end - 1] != '.')
		end--;
	return end;
}

static bool
host_split(struct claque_str text, struct host *out)
{
	size_t at = label_start(text, text.len), start;

	if (at == 0)
		return false;
	start = label_start(text, at - 1);
	if (start > 0 && text.len - at == 2 &&
	    is_second_level(str_sub(text, start, at - 1 - start))) {
		at = start;
		start = label_start(text, at - 1);
	}
	out->site = str_sub(text, start, text.len);
	out->name = str_sub(text, start, at - 1 - start);
	out->suffix = str_sub(text, at, text.len);
	return out->name.len > 0;
}

static uint64_t
skeleton_key(struct claque_str host)
{
	char plain[HOST_BYTES], out[CLAQUE_SKELETON_BYTES];
	size_t len = 0;

	for (size_t i = 0; i < host.len && len < sizeof(plain); i++)
		if (host.p[i] != '-')
			plain[len++] = host.p[i];
	len = claque_skeleton(plain, len, out, sizeof(out));
	return key_of(KEY_skeleton, (struct claque_str){ out, len });
}

/* The name without the letter at `gap` (its length: whole), and the suffix. */
static uint64_t
slip_key(const struct host *h, size_t gap)
{
	char text[HOST_BYTES];
	size_t len = 0;

	for (size_t i = 0; i < h->name.len && len < sizeof(text); i++)
		if (i != gap)
			text[len++] = h->name.p[i];
	return hash_mix(key_of(KEY_slip, (struct claque_str){ text, len }),
			key_of(KEY_slip, h->suffix));
}

/* Names too short are near to too much. */
static size_t
near_keys(struct claque_str host, uint64_t out[HOST_BYTES + 3])
{
	size_t count = 0;
	struct host h;

	if (!host_split(host, &h) || h.name.len < NAME_LEAST || host.len >= HOST_BYTES)
		return 0;
	out[count++] = skeleton_key(h.site);
	for (size_t i = 0; h.name.len >= SLIP_NAME_LEAST && i <= h.name.len; i++)
		out[count++] = slip_key(&h, i);
	out[count++] = key_of(KEY_name, h.name);
	return count;
}

/* --- indicators to keys */

/* One platform has had two names. */
static struct claque_str
platform_name(struct claque_str platform)
{
	return str_eq(platform, STR("twitter")) ? STR("x") : platform;
}

static uint64_t
account_key(struct claque_str platform, struct claque_str name)
{
	return hash_mix(key_of(KEY_account, platform_name(platform)), key_of(KEY_account, name));
}

static struct claque_str
bare_handle(struct claque_str handle)
{
	return str_starts(handle, STR("@")) ? str_sub(handle, 1, handle.len) : handle;
}

static void
add_account(struct matching *m, int64_t id, struct claque_str value, struct claque_str platform)
{
	struct arena scratch = m->scratch;

	value = str_lower(&scratch, bare_handle(value));
	if (value.len == 0)
		return;
	add_hash(m, account_key(platform, value), id);
	if (platform.len > 0)
		add_key(m, KEY_handle, value, id);
}

static void
add_title(struct matching *m, int64_t id, struct claque_str text)
{
	struct arena scratch = m->scratch;
	struct phrase p = phrase_of(&scratch, str_head(text, TEXT_MOST));
	size_t count = p.count < PHRASE_WORDS_MOST ? p.count : PHRASE_WORDS_MOST;

	if (!phrase_is_telling(&p))
		return;
	add_hash(m, hash_mix(KEY_title, phrase_key(&p, 0, count)), id);
	add_hash(m, hash_mix(KEY_title_start, phrase_key(&p, 0, PHRASE_WORDS_LEAST)), 0);
	m->lengths |= UINT64_C(1) << (count - 1);
}

static void
add_domain(struct matching *m, int64_t id, struct claque_str host)
{
	uint64_t near[HOST_BYTES + 3];
	size_t count = near_keys(host, near);
	struct host h;

	add_key(m, KEY_domain, host, id);
	/* Of a blog on a platform, near would be all the platform. */
	if (!host_split(host, &h) || h.site.len < host.len)
		return;
	for (size_t i = 0; i < count; i++)
		add_hash(m, near[i], id);
}

static void
add_indicator(struct matching *m, sqlite3_stmt *st)
{
	static const enum key_kind plain[INDICATOR_KIND_COUNT] = {
		[INDICATOR_post] = KEY_post, [INDICATOR_url] = KEY_url,
		[INDICATOR_hashtag] = KEY_hashtag, [INDICATOR_email] = KEY_email,
		[INDICATOR_ip] = KEY_domain,
	};
	int64_t id = column_i64(st, 0, 0), kind = column_i64(st, 1, 0);
	struct claque_str value = column_str(st, 2);

	if (kind == INDICATOR_domain)
		add_domain(m, id, value);
	else if (kind == INDICATOR_account)
		add_account(m, id, value, column_str(st, 3));
	else if (kind == INDICATOR_text)
		add_title(m, id, value);
	else if (kind >= 0 && kind < INDICATOR_KIND_COUNT && plain[kind] != 0)
		add_key(m, plain[kind], value, id);
	m->emails = m->emails || kind == INDICATOR_email;
}

static int
compare_keys(const void *pa, const void *pb)
{
	const struct key *a = pa, *b = pb;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return (a->indicator > b->indicator) - (a->indicator < b->indicator);
}

/* Sixteen bits a key. */
static void
sort_keys(struct matching *m)
{
	unsigned bits = 10;
	size_t cap = 0;

	qsort(m->keys, m->key_count, sizeof(*m->keys), compare_keys);
	while ((size_t)1 << bits < 16 * m->key_count)
		bits++;
	m->filter_shift = 64 - bits;
	GROW(m->filter, cap, (size_t)1 << (bits - 6));
	memset(m->filter, 0, sizeof(*m->filter) << (bits - 6));
	for (size_t i = 0; i < m->key_count; i++) {
		uint64_t at = m->keys[i].hash >> m->filter_shift;

		m->filter[at >> 6] |= UINT64_C(1) << (at & 63);
	}
}

static bool
may_be_there(const struct matching *m, uint64_t hash)
{
	uint64_t at = hash >> m->filter_shift;

	return m->filter[at >> 6] >> (at & 63) & 1;
}

/* The keys of this hash; *end: behind the last of them that is looked at. */
static size_t
find_keys(const struct matching *m, uint64_t hash, size_t *end)
{
	size_t low = 0, high = m->key_count;

	*end = 0;
	if (!may_be_there(m, hash))
		return 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (m->keys[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	for (*end = low; *end < m->key_count && *end - low < ALIKE_MOST; ++*end)
		if (m->keys[*end].hash != hash)
			break;
	return low;
}

/* --- things of the case to matches */

static enum claque_rc
put(struct matching *m, struct subject thing, enum match_how how, int64_t indicator,
    struct claque_err *err)
{
	bind_i64(m->put, 1, indicator);
	bind_i64(m->put, 2, how);
	bind_i64(m->put, 3, thing.kind);
	bind_i64(m->put, 4, thing.id);
	return stmt_run(m->s, m->put, err);
}

/* Every indicator with the key; *found (may be NULL) is set if there is one. */
static enum claque_rc
look_up(struct matching *m, struct subject thing, uint64_t hash, enum match_how how, bool *found,
	struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	size_t end, at = find_keys(m, hash, &end);

	if (found != NULL)
		*found = *found || at < end;
	for (; rc == CLAQUE_OK && at < end; at++)
		rc = put(m, thing, how, m->keys[at].indicator, err);
	return rc;
}

static enum claque_rc
near_to(struct matching *m, struct subject thing, struct claque_str host, struct claque_err *err)
{
	uint64_t near[HOST_BYTES + 3];
	size_t count = near_keys(host, near), end;

	for (size_t i = 0; i < count; i++) {
		size_t at = find_keys(m, near[i], &end);

		if (at < end)
			return put(m, thing, MATCH_near, m->keys[at].indicator, err);
	}
	return CLAQUE_OK;
}

/* The host itself, the domains that it stands under, and else what it is near to. */
static enum claque_rc
match_host(struct matching *m, struct subject thing, struct claque_str host, bool own,
	   struct claque_err *err)
{
	enum match_how how = own ? MATCH_profile : MATCH_same;
	bool found = false;
	enum claque_rc rc = look_up(m, thing, key_of(KEY_domain, host), how, &found, err);

	for (size_t i = 0; rc == CLAQUE_OK && i + 1 < host.len; i++)
		if (host.p[i] == '.')
			rc = look_up(m, thing, key_of(KEY_domain, str_sub(host, i + 1, host.len)),
				     own ? how : MATCH_subdomain, &found, err);
	return rc == CLAQUE_OK && !found && !own ? near_to(m, thing, host, err) : rc;
}

/* The address itself, and whose page or post it is. */
static enum claque_rc
match_url(struct matching *m, struct subject thing, struct claque_str key, struct claque_err *err)
{
	struct arena scratch = m->scratch;
	enum claque_rc rc = look_up(m, thing, key_of(KEY_url, key), MATCH_same, NULL, err);
	struct claque_str platform, handle;
	struct url_profile page;

	if (rc != CLAQUE_OK || !url_profile(key, &page))
		return rc;
	platform = str_of(page.platform);
	handle = str_lower(&scratch, page.handle);
	if (page.post.len == 0)
		return look_up(m, thing, account_key(platform, handle), MATCH_page, NULL, err);
	if (str_eq(platform, STR("telegram")))
		page.post = str_fmt(&scratch, STR_FMT "/" STR_FMT, STR_ARG(handle),
				    STR_ARG(page.post));
	return look_up(m, thing, key_of(KEY_post, page.post), MATCH_same, NULL, err);
}

static enum claque_rc
match_source(struct matching *m, sqlite3_stmt *st, struct claque_err *err)
{
	struct subject thing = { SUBJECT_source, column_i64(st, 0, 0) };
	int64_t kind = column_i64(st, 1, 0);
	struct claque_str key = column_str(st, 2);

	switch (kind) {
	case CLAQUE_OBJECT_domain:
		return match_host(m, thing, key, false, err);
	case CLAQUE_OBJECT_hashtag:
		return look_up(m, thing, key_of(KEY_hashtag, key), MATCH_same, NULL, err);
	case CLAQUE_OBJECT_post:
		return look_up(m, thing, key_of(KEY_post, key), MATCH_same, NULL, err);
	case CLAQUE_OBJECT_url:
		return match_url(m, thing, key, err);
	default:
		return CLAQUE_OK;
	}
}

static bool
is_address_byte(char c)
{
	return byte_is_alpha(c) || byte_is_digit(c) || c == '.' || c == '_' || c == '-' ||
	       c == '+' || c == '%';
}

/* Whatever stands around an @ in the text. */
static enum claque_rc
match_addresses(struct matching *m, struct subject thing, enum match_how how,
		struct claque_str text, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t at = str_find(text, STR("@"), 0), from, to; rc == CLAQUE_OK && at < text.len;
	     at = str_find(text, STR("@"), at + 1)) {
		struct arena scratch = m->scratch;

		for (from = at; from > 0 && is_address_byte(text.p[from - 1]); )
			from--;
		for (to = at + 1; to < text.len && is_address_byte(text.p[to]); )
			to++;
		while (to > at + 1 && text.p[to - 1] == '.')
			to--;
		rc = look_up(m, thing, key_of(KEY_email, str_lower(&scratch,
			     str_sub(text, from, to - from))), how, NULL, err);
	}
	return rc;
}

static enum claque_rc
match_profile(struct matching *m, struct subject thing, struct claque_str link,
	      struct claque_err *err)
{
	struct arena scratch = m->scratch;
	enum claque_rc rc;
	struct url url;

	if (link.len == 0 || !url_read(link, &scratch, &url))
		return CLAQUE_OK;
	rc = look_up(m, thing, key_of(KEY_url, url.key), MATCH_profile, NULL, err);
	return rc == CLAQUE_OK ? match_host(m, thing, url.host, true, err) : rc;
}

/* By its id, by its handle, and by the handle alone where that is none of its platform. */
static enum claque_rc
match_names(struct matching *m, struct subject thing, struct claque_str platform,
	    struct claque_str id, struct claque_str handle, struct claque_err *err)
{
	struct arena scratch = m->scratch;
	struct claque_str names[] = { str_lower(&scratch, bare_handle(handle)),
		str_lower(&scratch, id) };
	enum claque_rc rc = CLAQUE_OK;
	bool found = false;

	for (size_t i = 0; rc == CLAQUE_OK && i < 2; i++) {
		if (names[i].len == 0 || (i == 1 && str_eq(names[0], names[1])))
			continue;
		rc = look_up(m, thing, account_key(platform, names[i]), MATCH_same, &found, err);
		if (rc == CLAQUE_OK)
			rc = look_up(m, thing, account_key(STR(""), names[i]), MATCH_same, &found,
				     err);
	}
	if (rc == CLAQUE_OK && !found && names[0].len > 0)
		rc = look_up(m, thing, key_of(KEY_handle, names[0]), MATCH_elsewhere, NULL, err);
	return rc;
}

static enum claque_rc
match_account(struct matching *m, sqlite3_stmt *st, struct claque_err *err)
{
	struct subject thing = { SUBJECT_account, column_i64(st, 0, 0) };
	enum claque_rc rc = match_names(m, thing, column_str(st, 1), column_str(st, 2),
					column_str(st, 3), err);

	if (rc == CLAQUE_OK)
		rc = match_profile(m, thing, column_str(st, 4), err);
	if (rc == CLAQUE_OK && m->emails)
		rc = match_addresses(m, thing, MATCH_profile, column_str(st, 5), err);
	return rc;
}

/* A handle that the account had once, on the platform of the indicator. */
static enum claque_rc
match_former(struct matching *m, sqlite3_stmt *st, struct claque_err *err)
{
	struct subject thing = { SUBJECT_account, column_i64(st, 0, 0) };

	return look_up(m, thing, account_key(column_str(st, 1), column_str(st, 2)), MATCH_former,
		       NULL, err);
}

static enum claque_rc
match_titles(struct matching *m, struct subject thing, struct claque_str text,
	     struct claque_err *err)
{
	struct arena scratch = m->scratch;
	struct phrase p = phrase_of(&scratch, str_head(text, TEXT_MOST));
	enum claque_rc rc = CLAQUE_OK;
	size_t end;

	for (size_t at = 0; rc == CLAQUE_OK && at + PHRASE_WORDS_LEAST <= p.count; at++) {
		uint64_t start = phrase_key(&p, at, PHRASE_WORDS_LEAST), left = m->lengths;

		if (find_keys(m, hash_mix(KEY_title_start, start), &end) == end)
			continue;
		for (; rc == CLAQUE_OK && left != 0; left &= left - 1) {
			size_t count = (size_t)__builtin_ctzll(left) + 1;

			if (at + count > p.count)
				break;
			rc = look_up(m, thing, hash_mix(KEY_title, phrase_key(&p, at, count)),
				     MATCH_text, NULL, err);
		}
	}
	return rc;
}

static enum claque_rc
match_post(struct matching *m, sqlite3_stmt *st, struct claque_err *err)
{
	struct subject thing = { SUBJECT_post, column_i64(st, 0, 0) };
	struct claque_str text = column_str(st, 1);
	enum claque_rc rc = CLAQUE_OK;

	if (m->lengths != 0)
		rc = match_titles(m, thing, text, err);
	if (rc == CLAQUE_OK && m->emails)
		rc = match_addresses(m, thing, MATCH_text, text, err);
	return rc;
}

static enum claque_rc
scan(struct matching *m, const char *sql,
     enum claque_rc (*each)(struct matching *m, sqlite3_stmt *st, struct claque_err *err),
     struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	enum claque_rc rc = stmt_prepare(m->s, sql, &st, err);

	while (rc == CLAQUE_OK && (rc = stmt_step(m->s, st, err)) == CLAQUE_OK)
		rc = each(m, st, err);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static enum claque_rc
read_indicator(struct matching *m, sqlite3_stmt *st, struct claque_err *err)
{
	(void)err;
	add_indicator(m, st);
	return CLAQUE_OK;
}

static const char make_table[] =
	"CREATE TEMP TABLE IF NOT EXISTS hit(indicator INTEGER, how INTEGER, kind INTEGER,"
	" subject INTEGER, PRIMARY KEY(indicator, how, kind, subject)) WITHOUT ROWID;"
	"DELETE FROM temp.hit";

#define ACCOUNT "2"
#define POST "4"
#define NEAR "7"
_Static_assert(SUBJECT_account == 2 && SUBJECT_post == 4 && INDICATOR_post == 2 &&
	       MATCH_near == 7, "numbers in the SQL below");

static const char *const merge[] = {
	/* Posts themselves, by their ids on the platform. */
	"INSERT OR IGNORE INTO temp.hit SELECT i.id, 0, " POST ", p.id FROM indicator i"
	" CROSS JOIN post p ON p.native_id = i.value CROSS JOIN account a ON a.id = p.account"
	" WHERE i.kind = 2 AND coalesce(nullif(i.platform, ''), a.platform) ="
	" CASE a.platform WHEN 'twitter' THEN 'x' ELSE a.platform END",
	/* Accounts whose names pass for a published one's. */
	"INSERT OR IGNORE INTO temp.hit SELECT t.subject, " NEAR ", " ACCOUNT ", n.subject"
	" FROM skeleton t CROSS JOIN skeleton n ON n.text = t.text AND n.kind = 2"
	" AND n.plain <> t.plain WHERE t.kind = 6",
	"DELETE FROM indicator_match AS m WHERE NOT EXISTS (SELECT 1 FROM temp.hit t"
	" WHERE t.indicator = m.indicator AND t.how = m.how)",
	"INSERT OR IGNORE INTO indicator_match(indicator, how)"
	" SELECT DISTINCT indicator, how FROM temp.hit ORDER BY indicator, how",
	"DELETE FROM match_hit",
	"INSERT INTO match_hit(match, kind, subject) SELECT m.id, t.kind, t.subject"
	" FROM temp.hit t JOIN indicator_match m ON m.indicator = t.indicator AND m.how = t.how",
	"DROP TABLE temp.hit",
};

static enum claque_rc
look_through(struct matching *m, struct claque_err *err)
{
	enum claque_rc rc = scan(m, "SELECT id, kind, key FROM source", match_source, err);

	if (rc == CLAQUE_OK)
		rc = scan(m, "SELECT id, platform, native_id, handle, url, bio FROM account",
			  match_account, err);
	if (rc == CLAQUE_OK)
		rc = scan(m, "SELECT u.account, a.platform, u.key FROM handle_use u JOIN account a"
			  " ON a.id = u.account WHERE NOT u.now", match_former, err);
	if (rc == CLAQUE_OK && (m->lengths != 0 || m->emails))
		rc = scan(m, "SELECT id, text FROM post WHERE text <> ''", match_post, err);
	return rc;
}

static enum claque_rc
find_all(struct matching *m, struct claque_err *err)
{
	enum claque_rc rc = scan(m, "SELECT id, kind, value, platform FROM indicator",
				 read_indicator, err);

	if (rc == CLAQUE_OK)
		rc = store_exec(m->s, make_table, err);
	if (rc == CLAQUE_OK)
		rc = stmt_prepare(m->s, "INSERT OR IGNORE INTO temp.hit VALUES(?1, ?2, ?3, ?4)",
				  &m->put, err);
	if (rc == CLAQUE_OK && m->key_count > 0) {
		sort_keys(m);
		rc = look_through(m, err);
	}
	(void)sqlite3_finalize(m->put);
	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(merge) / sizeof(merge[0]); i++)
		rc = store_exec(m->s, merge[i], err);
	return rc;
}

enum claque_rc
matching_refresh(struct store *s, struct claque_err *err)
{
	struct matching m = { .s = s };
	int64_t any = 0;
	enum claque_rc rc = store_number(s, "SELECT EXISTS(SELECT 1 FROM indicator)", 0, &any, err);

	if (rc != CLAQUE_OK || any == 0)
		return rc;
	m.scratch = arena_new(SCRATCH);
	rc = find_all(&m, err);
	free(m.keys);
	free(m.filter);
	arena_free(m.scratch);
	return rc;
}
