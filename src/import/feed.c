/*
 * feed.c - records of facts.
 *
 * What a post repeats is named by the best the file has: the native id (or
 * at-uri) of the target; where a collector dropped that (4CAT's CSV of X), the
 * target's account and a fingerprint of the repeated text. A reshare shares
 * nothing but what it repeats: its links are those of the original.
 */
#include "config.h"

#include "import/format.h"
#include "text/avatar.h"
#include "text/fingerprint.h"

enum { OFF_MAX_MS = 5 * 60 * 1000 };

static struct claque_str
fact(const struct feed_facts *facts, enum feed_role role)
{
	struct claque_str s = str_trim(facts->of[role]);

	return s.len == 0 ? (struct claque_str){ 0 } : s;
}

/* The first that is there. */
static struct claque_str
either(struct claque_str a, struct claque_str b)
{
	return a.len > 0 ? a : b;
}

static bool
is_yes(struct claque_str s)
{
	static const char *const words[] = { "1", "1.0", "yes", "true", "t", "y" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq_nocase(s, str_of(words[i])))
			return true;
	return false;
}

static bool
refuse_missing(struct input_row *row, enum feed_role role, enum claque_rc *rc,
	       struct claque_err *err)
{
	*rc = input_refuse(row, err, "%s is missing", feed_role_name(role));
	return false;
}

static struct named_text
named(const struct feed_facts *facts, enum feed_role role)
{
	return (struct named_text){ feed_role_name(role), fact(facts, role) };
}

static bool
read_count(struct input_row *row, const struct feed_facts *facts, enum feed_role role,
	   int64_t *out, enum claque_rc *rc, struct claque_err *err)
{
	return input_count_of(row, named(facts, role), out, rc, err);
}

/* CLAQUE_NO_TIME where there is none. */
static bool
read_time(struct input_row *row, const struct feed_facts *facts, enum feed_role role,
	  int64_t *out, enum time_precision *precision, enum claque_rc *rc,
	  struct claque_err *err)
{
	struct named_text from = named(facts, role);

	*out = CLAQUE_NO_TIME;
	return from.text.len == 0 ||
	       input_time_of(row, from, TIMES_OF_PLATFORMS, out, precision, rc, err);
}

/*
 * A file that has minutes gets its seconds from the id. Where the two differ by
 * more than clocks do, the file's zone is not the one it says: that is counted.
 */
static void
compare_with_id(struct input_row *row, const struct feed *feed, struct post_record *post)
{
	int64_t at, off;

	if (!times_of_id(feed->id_time, post->id, &at) || !times_plausible(at))
		return;
	row->totals->id_times++;
	off = post->at - at;
	if (post->precision <= TIME_MINUTE && (off > OFF_MAX_MS || off < -OFF_MAX_MS)) {
		if (row->totals->id_times_off++ == 0)
			row->totals->id_off_ms = off;
		return;
	}
	if (post->precision <= TIME_SECOND)
		return;
	post->at = at;
	post->precision = TIME_MILLISECOND;
}

static bool
read_when(struct input_row *row, const struct feed *feed, const struct feed_facts *facts,
	  struct post_record *post, enum claque_rc *rc, struct claque_err *err)
{
	enum time_precision precision;

	if (!read_time(row, facts, ROLE_created_at, &post->at, &post->precision, rc, err) ||
	    !read_time(row, facts, ROLE_deleted_at, &post->deleted_at, &precision, rc, err))
		return false;
	if (post->deleted_at == CLAQUE_NO_TIME)
		post->deleted_at = 0;
	if (post->at == CLAQUE_NO_TIME) {
		post->precision = TIME_MILLISECOND;
		if (!times_of_id(feed->id_time, post->id, &post->at) ||
		    !times_plausible(post->at))
			return refuse_missing(row, ROLE_created_at, rc, err);
		return true;
	}
	if (facts->no_zone)
		post->precision = TIME_DAY;
	else
		compare_with_id(row, feed, post);
	return true;
}

static bool
read_kind(struct input_row *row, const struct feed_facts *facts, enum post_kind *out,
	  enum claque_rc *rc, struct claque_err *err)
{
	struct claque_str type = fact(facts, ROLE_type);

	*out = POST_original;
	if (type.len > 0 && !post_kind_parse(str_lower(&row->scratch, type), out)) {
		*rc = input_refuse(row, err, "type: '%.*s' is not original, reshare, reply, quote, "
				   "ad or petition", QUOTED(type));
		return false;
	}
	if (type.len > 0)
		return true;
	if (is_yes(fact(facts, ROLE_is_reshare)) || fact(facts, ROLE_reshare_id).len > 0)
		*out = POST_reshare;
	else if (is_yes(fact(facts, ROLE_is_quote)) || fact(facts, ROLE_quote_id).len > 0)
		*out = POST_quote;
	else if (is_yes(fact(facts, ROLE_is_reply)) || fact(facts, ROLE_reply_id).len > 0)
		*out = POST_reply;
	return true;
}

static void
add_target(struct share_set *set, enum claque_act act, struct claque_str id,
	   struct claque_str author)
{
	if (id.len > 0)
		share_set_add(set, (struct share_record){ .kind = CLAQUE_OBJECT_post, .act = act,
			.key = id, .author = author });
}

/* "RT @user: the text" as its parts; false where it is nothing of the sort. */
static bool
cut_retweet(struct claque_str text, struct claque_str *handle, struct claque_str *rest)
{
	size_t colon = str_find(text, STR(":"), 0);

	if (!str_starts(text, STR("RT @")) || colon == text.len || colon == 4 || colon > 64)
		return false;
	*handle = str_sub(text, 4, colon - 4);
	*rest = str_trim(str_sub(text, colon + 1, text.len));
	return rest->len > 0;
}

/* Of a reshare whose target has no id in the file: whom it repeats, if told, and what. */
static void
add_named_target(struct share_set *set, const struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str handle = fact(facts, ROLE_reshare_handle), text = fact(facts, ROLE_text);
	struct claque_str told, rest;
	struct claque_str account = fact(facts, ROLE_reshare_account);

	if (cut_retweet(text, &told, &rest)) {
		text = either(fact(facts, ROLE_reshare_text), rest);
		handle = either(handle, told);
	}
	if (handle.len > 0 && handle.p[0] == '@')
		handle = str_sub(handle, 1, handle.len);
	handle = either(str_lower(scratch, handle), account);
	if (text.len == 0)
		return;
	share_set_add(set, (struct share_record){ .kind = CLAQUE_OBJECT_post,
		.act = CLAQUE_ACT_reshare, .basis = SHARE_BASIS_text, .author = account,
		.key = str_fmt(scratch, "%s" STR_FMT "#%016llx",
			       handle.len > 0 ? "@" : "", STR_ARG(handle),
			       (unsigned long long)text_fingerprint(scratch, text)) });
}

void
feed_mend_retweet(struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str handle, text;

	(void)scratch;
	if (cut_retweet(fact(facts, ROLE_text), &handle, &text))
		facts->of[ROLE_is_reshare] = STR("yes");
}

static void
add_targets(struct share_set *set, const struct feed_facts *facts, enum post_kind kind,
	    struct arena *scratch)
{
	struct claque_str reshared = fact(facts, ROLE_reshare_id);

	if (kind == POST_reshare && reshared.len == 0)
		add_named_target(set, facts, scratch);
	if (kind == POST_reshare)
		add_target(set, CLAQUE_ACT_reshare, reshared, fact(facts, ROLE_reshare_account));
	if (kind == POST_quote)
		add_target(set, CLAQUE_ACT_quote, fact(facts, ROLE_quote_id),
			   fact(facts, ROLE_quote_account));
	if (kind == POST_reply)
		add_target(set, CLAQUE_ACT_reply, fact(facts, ROLE_reply_id),
			   fact(facts, ROLE_reply_account));
}

/* What peers join on: the links with blanks between. */
static struct claque_str
spaced(struct claque_str list, struct arena *scratch)
{
	struct claque_str out = str_dup(scratch, list);
	char *bytes = (char *)(uintptr_t)out.p;	/* our own copy */

	if (list.p == NULL)
		return list;
	for (size_t i = 0; i < out.len; i++)
		if (bytes[i] == FEED_SEPARATOR)
			bytes[i] = ' ';
	return out;
}

static struct share_set
collect_shares(struct input_row *row, const struct feed_facts *facts,
	       const struct post_record *post)
{
	struct share_set set = share_set_new(row);

	add_targets(&set, facts, post->kind, &row->scratch);
	if (post->kind == POST_reshare)
		return set;
	set.self = post->id;	/* pictures are links to the post they are in */
	share_set_add_urls(&set, post->urls);
	share_set_add_hashtags(&set, facts->of[ROLE_hashtags], FEED_SEPARATOR);
	share_set_add_media(&set, facts->of[ROLE_media], FEED_SEPARATOR);
	return set;
}

static struct claque_str
platform_of(const struct feed *feed, const struct feed_facts *facts)
{
	return either(fact(facts, ROLE_platform), str_of(feed->platform));
}

static struct claque_str
handle_of(const struct feed_facts *facts)
{
	struct claque_str handle = fact(facts, ROLE_handle);

	return str_starts(handle, STR("@")) ? str_sub(handle, 1, handle.len) : handle;
}

/* A handle is the second best id: a change of it looks like another account. */
static struct claque_str
account_of(const struct feed_facts *facts)
{
	return either(fact(facts, ROLE_account_id), handle_of(facts));
}

static struct claque_str
whole_text(const struct feed_facts *facts, struct arena *scratch)
{
	struct claque_str title = fact(facts, ROLE_title), text = facts->of[ROLE_text];
	struct claque_str repeated = fact(facts, ROLE_reshare_text), handle, rest;

	if (repeated.len > 0 && cut_retweet(text, &handle, &rest))
		return str_fmt(scratch, "RT @" STR_FMT ": " STR_FMT, STR_ARG(handle),
			       STR_ARG(repeated));
	if (text.len == 0)
		text = repeated.len > 0 ? repeated : text;
	if (title.len == 0 || text.len == 0)
		return title.len > 0 ? title : text;
	return str_fmt(scratch, STR_FMT "\n" STR_FMT, STR_ARG(title), STR_ARG(text));
}

static bool
has_profile(const struct feed_facts *facts)
{
	static const enum feed_role roles[] = {
		ROLE_display_name, ROLE_bio, ROLE_location, ROLE_profile_url, ROLE_avatar,
		ROLE_followers, ROLE_following, ROLE_posts_total, ROLE_verified,
		ROLE_account_created, ROLE_account_lang,
	};

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (facts->of[roles[i]].p != NULL)
			return true;
	return false;
}

static bool
read_profile(struct input_row *row, const struct feed *feed, const struct feed_facts *facts,
	     struct account_record *out, enum claque_rc *rc, struct claque_err *err)
{
	struct claque_str verified = fact(facts, ROLE_verified);
	enum time_precision precision;

	*out = (struct account_record){
		.platform = platform_of(feed, facts), .id = account_of(facts),
		.handle = handle_of(facts), .display_name = facts->of[ROLE_display_name],
		.location = facts->of[ROLE_location], .bio = facts->of[ROLE_bio],
		.url = facts->of[ROLE_profile_url],
		.avatar_hash = avatar_key(&row->scratch, facts->of[ROLE_avatar]),
		.lang = fact(facts, ROLE_account_lang),
		.verified = verified.len == 0 ? COUNT_UNKNOWN : is_yes(verified),
	};
	if (out->id.len == 0)
		return refuse_missing(row, ROLE_account_id, rc, err);
	return read_time(row, facts, ROLE_account_created, &out->created_at, &precision, rc, err) &&
	       read_time(row, facts, ROLE_observed_at, &out->observed_at, &precision, rc, err) &&
	       read_count(row, facts, ROLE_followers, &out->followers, rc, err) &&
	       read_count(row, facts, ROLE_following, &out->following, rc, err) &&
	       read_count(row, facts, ROLE_posts_total, &out->posts_total, rc, err);
}

enum claque_rc
feed_put_profile(struct input_row *row, const struct feed *feed, const struct feed_facts *facts,
		 struct claque_err *err)
{
	struct record record = { .type = RECORD_ACCOUNT };
	enum claque_rc rc;

	if (facts->fault != NULL)
		return input_refuse(row, err, "%s", facts->fault);
	if (!read_profile(row, feed, facts, &record.account, &rc, err))
		return rc;
	return input_put(row, &record, err);
}

enum claque_rc
feed_put_change(struct input_row *row, const struct feed *feed,
		const struct change_record *change, struct claque_str time,
		struct claque_err *err)
{
	struct record record = { .type = RECORD_CHANGE, .change = *change };
	enum time_precision precision;

	if (!times_read(time, TIMES_OF_PLATFORMS, &record.change.at, &precision) ||
	    !times_plausible(record.change.at))
		return input_refuse(row, err, "changed_at: '%.*s' is not a time between 1990 and "
				    "2100", QUOTED(time));
	record.change.platform = str_of(feed->platform);
	return input_put(row, &record, err);
}

/* The cells that no field takes go with the post. */
static enum claque_rc
put_beside(struct input_row *row, const struct record *record, struct claque_err *err)
{
	struct claque_str extras = row->extras;
	enum claque_rc rc;

	row->extras = (struct claque_str){ 0 };
	rc = input_put(row, record, err);
	row->extras = extras;
	return rc;
}

static bool
read_post(struct input_row *row, const struct feed *feed, const struct feed_facts *facts,
	  struct post_record *post, enum claque_rc *rc, struct claque_err *err)
{
	post->platform = platform_of(feed, facts);
	post->id = fact(facts, ROLE_post_id);
	post->account_id = account_of(facts);
	if (post->id.len == 0)
		return refuse_missing(row, ROLE_post_id, rc, err);
	if (post->account_id.len == 0)
		return refuse_missing(row, ROLE_account_id, rc, err);
	post->handle = handle_of(facts);
	post->text = whole_text(facts, &row->scratch);
	post->urls = spaced(facts->of[ROLE_urls], &row->scratch);
	post->lang = fact(facts, ROLE_lang);
	post->client = fact(facts, ROLE_client);
	return read_when(row, feed, facts, post, rc, err) &&
	       read_kind(row, facts, &post->kind, rc, err) &&
	       read_count(row, facts, ROLE_likes, &post->likes, rc, err) &&
	       read_count(row, facts, ROLE_shares, &post->shares_count, rc, err) &&
	       read_count(row, facts, ROLE_replies, &post->replies, rc, err);
}

enum claque_rc
feed_put(struct input_row *row, const struct feed *feed, struct feed_facts *facts,
	 struct claque_err *err)
{
	struct record record = { .type = RECORD_POST };
	struct record profile = { .type = RECORD_ACCOUNT };
	bool profiled = has_profile(facts);
	struct share_set set;
	enum claque_rc rc;

	if (feed->mend != NULL)
		feed->mend(facts, &row->scratch);
	if (feed->from_text)
		feed_from_text(facts, &row->scratch);
	if (facts->fault != NULL)
		return input_refuse(row, err, "%s", facts->fault);
	if (!read_post(row, feed, facts, &record.post, &rc, err) ||
	    (profiled && !read_profile(row, feed, facts, &profile.account, &rc, err)))
		return rc;
	set = collect_shares(row, facts, &record.post);
	if (set.full)
		return input_refuse(row, err, "it shares more than %d things", SHARES_MAX);
	record.post.shares = set.items;
	record.post.share_count = set.count;
	rc = profiled ? put_beside(row, &profile, err) : CLAQUE_OK;
	return rc == CLAQUE_OK ? input_put(row, &record, err) : rc;
}

/* A format without posts is one of profiles. */
static bool
has_posts(const struct format *format)
{
	for (size_t f = 0; f < format->field_count; f++)
		if (format->fields[f].role == ROLE_post_id)
			return true;
	return false;
}

static enum claque_rc
put(struct input_row *row, struct feed_facts *facts, struct claque_err *err)
{
	const struct feed *feed = &row->format->feed;

	if (has_posts(row->format))
		return feed_put(row, feed, facts, err);
	if (feed->mend != NULL)
		feed->mend(facts, &row->scratch);
	return feed_put_profile(row, feed, facts, err);
}

/* A cell that holds JSON, as pandas' twarc-csv writes lists of objects. */
static void
add_inside(struct feed_facts *facts, const struct field *field, struct claque_str cell,
	   struct arena *scratch)
{
	json_t *value = cell.len > 0 ? json_parse(cell) : NULL;
	struct feed_facts inside = { 0 };
	struct claque_str text;

	if (value == NULL)
		return;
	(void)feed_add_path(&inside, field->role, field->how, value, field->inside, scratch);
	text = inside.of[field->role];
	if (text.p != NULL)	/* the value goes, the text stays */
		feed_add(facts, field->role, HOW_plain, str_dup(scratch, text), scratch);
	json_decref(value);
}

/* Does an earlier field say it already? */
static bool
is_told(const struct feed_facts *facts, const struct field *field)
{
	return field->otherwise && facts->of[field->role].len > 0;
}

enum claque_rc
feed_table_row(struct input_row *row, struct claque_err *err)
{
	struct feed_facts facts = { 0 };

	for (size_t f = 0; f < row->format->field_count; f++) {
		const struct field *field = &row->fields[f];

		if (is_told(&facts, field))
			continue;
		if (field->inside != NULL)
			add_inside(&facts, field, row->value[f], &row->scratch);
		else if (row->value[f].len > 0)
			feed_add(&facts, field->role, field->how, row->value[f], &row->scratch);
	}
	return put(row, &facts, err);
}

void
feed_add_fields(struct feed_facts *facts, const struct field *fields, size_t count,
		const json_t *object, struct arena *scratch)
{
	for (size_t f = 0; f < count; f++)
		if (!is_told(facts, &fields[f]))
			(void)feed_add_path(facts, fields[f].role, fields[f].how, object,
					    fields[f].name, scratch);
}

enum claque_rc
feed_json_item(struct input_row *row, const struct item *item, struct claque_err *err)
{
	struct feed_facts facts = { 0 };

	feed_add_fields(&facts, row->fields, row->format->field_count, item->value,
			&row->scratch);
	return put(row, &facts, err);
}
