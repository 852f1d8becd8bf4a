/*
 * native_posts.c - our own posts table, the form to convert to when no other
 * fits. What a post shares comes from its columns, never from its text.
 */
#include "config.h"

#include "import/format.h"

/* X(column, need) */
#define POSTS_FIELDS(X) \
	X(post_id, REQUIRED) X(account_id, REQUIRED) X(created_at, REQUIRED) \
	X(platform, OPTIONAL) X(type, OPTIONAL) X(text, OPTIONAL) X(ref_post_id, OPTIONAL) \
	X(ref_account_id, OPTIONAL) X(urls, OPTIONAL) X(hashtags, OPTIONAL) \
	X(media_hash, OPTIONAL) X(lang, OPTIONAL) X(likes, OPTIONAL) \
	X(shares, OPTIONAL) X(replies, OPTIONAL) X(client, OPTIONAL) X(deleted_at, OPTIONAL)

#define X(name, need) POSTS_##name,
enum { POSTS_FIELDS(X) POSTS_COUNT };
#undef X

static const struct field fields[] = {
#define X(name, need) COLUMN(#name, need),
	POSTS_FIELDS(X)
#undef X
};

/* How a post of this kind relates to the post it names; reshare for reshares. */
static bool
act_of(enum post_kind kind, enum claque_act *act)
{
	static const struct {
		enum post_kind kind;
		enum claque_act act;
	} acts[] = {
		{ POST_reshare, CLAQUE_ACT_reshare },
		{ POST_quote, CLAQUE_ACT_quote },
		{ POST_reply, CLAQUE_ACT_reply },
	};

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (acts[i].kind == kind) {
			*act = acts[i].act;
			return true;
		}
	}
	return false;
}

static enum claque_rc
put_with_shares(struct input_row *row, struct record *record, struct claque_err *err)
{
	struct post_record *post = &record->post;
	struct share_set set = share_set_new(row);
	struct share_record target = { .kind = CLAQUE_OBJECT_post };

	target.key = input_id(row, POSTS_ref_post_id);
	target.author = input_id(row, POSTS_ref_account_id);
	if (target.key.len > 0 && act_of(post->kind, &target.act))
		share_set_add(&set, target);
	share_set_add_urls(&set, input_cell(row, POSTS_urls));
	share_set_add_hashtags(&set, input_cell(row, POSTS_hashtags), ' ');
	share_set_add_media(&set, input_cell(row, POSTS_media_hash), ' ');
	if (set.full)
		return input_refuse(row, err, "it shares more than %d things", SHARES_MAX);
	post->shares = set.items;
	post->share_count = set.count;
	return input_put(row, record, err);
}

/* Most rows have none: nobody deleted them. */
static bool
read_deletion(struct input_row *row, int64_t *out, enum claque_rc *rc, struct claque_err *err)
{
	enum time_precision precision;

	return input_cell(row, POSTS_deleted_at).len == 0 ||
	       input_time(row, POSTS_deleted_at, TIMES_OF_PLATFORMS, out, &precision, rc, err);
}

static enum claque_rc
take_row(struct input_row *row, struct claque_err *err)
{
	struct record record = { .type = RECORD_POST };
	struct post_record *post = &record.post;
	struct claque_str type = input_cell(row, POSTS_type);
	enum claque_rc rc;

	if (!input_need(row, POSTS_post_id, &post->id, &rc, err) ||
	    !input_need(row, POSTS_account_id, &post->account_id, &rc, err) ||
	    !input_time(row, POSTS_created_at, TIMES_OF_PLATFORMS, &post->at, &post->precision,
			&rc, err) ||
	    !read_deletion(row, &post->deleted_at, &rc, err) ||
	    !input_count(row, POSTS_likes, &post->likes, &rc, err) ||
	    !input_count(row, POSTS_shares, &post->shares_count, &rc, err) ||
	    !input_count(row, POSTS_replies, &post->replies, &rc, err))
		return rc;
	if (type.len > 0 && !post_kind_parse(str_lower(&row->scratch, type), &post->kind))
		return input_refuse(row, err, "type: '%.*s' is not original, reshare, reply, "
				    "quote, ad or petition", QUOTED(type));
	post->platform = input_id(row, POSTS_platform);
	post->text = row->value[POSTS_text];
	post->urls = row->value[POSTS_urls];
	post->lang = input_cell(row, POSTS_lang);
	post->client = input_cell(row, POSTS_client);
	return put_with_shares(row, &record, err);
}

const struct format format_native_posts = {
	.about = {
		.name = "native-posts",
		.help = "claque's own posts table, one row a post",
		.columns = "post_id, account_id, created_at; also platform, type, text, "
			   "ref_post_id, ref_account_id, urls, hashtags, media_hash, lang, "
			   "likes, shares, replies, client, deleted_at",
	},
	.fields = fields,
	.field_count = POSTS_COUNT,
	.known_min = 3,
	.row = take_row,
};
