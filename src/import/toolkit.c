/*
 * toolkit.c - the eight columns of coordination-network-toolkit.
 *
 * Its networks join links as they are written, an empty cell included, so the
 * urls cell is kept to the byte beside the shares made from it. Those follow
 * our own rule: only what is a URL is shared, and a reshare shares nothing
 * but the post it repeats.
 */
#include "config.h"

#include "import/format.h"

/* X(column) */
#define TOOLKIT_FIELDS(X) \
	X(message_id) X(user_id) X(username) X(repost_id) X(reply_id) X(message) X(timestamp) \
	X(urls)

#define X(name) TOOLKIT_##name,
enum { TOOLKIT_FIELDS(X) TOOLKIT_COUNT };
#undef X

static const struct field fields[] = {
#define X(name) COLUMN(#name, REQUIRED),
	TOOLKIT_FIELDS(X)
#undef X
};

static void
collect_shares(struct input_row *row, struct post_record *post, struct share_set *set)
{
	struct share_record target = { .kind = CLAQUE_OBJECT_post };
	struct claque_str repost = input_id(row, TOOLKIT_repost_id);
	struct claque_str reply = input_id(row, TOOLKIT_reply_id);

	if (repost.len > 0) {
		post->kind = POST_reshare;
		target.act = CLAQUE_ACT_reshare;
		target.key = repost;
		share_set_add(set, target);
		return;
	}
	if (reply.len > 0) {
		post->kind = POST_reply;
		target.act = CLAQUE_ACT_reply;
		target.key = reply;
		share_set_add(set, target);
	}
	share_set_add_urls(set, post->urls);
}

static enum claque_rc
take_row(struct input_row *row, struct claque_err *err)
{
	struct record record = { .type = RECORD_POST };
	struct post_record *post = &record.post;
	struct share_set set = share_set_new(row);
	enum claque_rc rc;

	if (!input_need(row, TOOLKIT_message_id, &post->id, &rc, err) ||
	    !input_need(row, TOOLKIT_user_id, &post->account_id, &rc, err) ||
	    !input_time(row, TOOLKIT_timestamp, TIMES_OF_ANY_ORIGIN, &post->at, &post->precision,
			&rc, err))
		return rc;
	post->handle = input_id(row, TOOLKIT_username);
	post->text = row->value[TOOLKIT_message];
	post->urls = row->value[TOOLKIT_urls];
	post->likes = post->shares_count = post->replies = COUNT_UNKNOWN;
	collect_shares(row, post, &set);
	if (set.full)
		return input_refuse(row, err, "it shares more than %d things", SHARES_MAX);
	post->shares = set.items;
	post->share_count = set.count;
	return input_put(row, &record, err);
}

const struct format format_toolkit = {
	.about = {
		.name = "toolkit",
		.help = "coordination-network-toolkit's input, one row a message",
		.columns = "message_id, user_id, username, repost_id, reply_id, message, "
			   "timestamp, urls",
	},
	.fields = fields,
	.field_count = TOOLKIT_COUNT,
	.known_min = TOOLKIT_COUNT,
	.row = take_row,
};
