/*
 * A case as the engine gets it: every field of it, in the order of the case.
 */
#include "config.h"

#include "feed.h"

#include "claque/network.h"

#include "app/dataset.h"
#include "engine/dataset.h"

static const struct claque_progress silent = { NULL, NULL };

enum { SHARES_MAX_OF_POST = 4 };

static const struct {
	const char *id, *name, *location, *bio, *avatar;	/* NULL: no such column */
} people[] = {
	{ "alice", "Alice A.", "Leeds", "gardener", "00ff00000000000F" },
	{ "bob", "", NULL, NULL, "" },
	{ "carol", NULL, NULL, NULL, NULL },
	{ "dave", NULL, NULL, NULL, "d41d8cd98f00b204e9800998ecf8427e" },
	{ "erin", NULL, NULL, NULL, "d41d8cd98f00b204e9800998ecf8427e" },
	{ "frank", NULL, NULL, NULL, "900150983cd24fb0" },
};

enum { PEOPLE = sizeof(people) / sizeof(*people) };

static const struct {
	const char *id, *account, *text, *client;
	enum post_kind kind;
	int64_t at, deleted_at, likes;
	struct {
		enum claque_object_kind kind;
		enum claque_act act;
		const char *key, *author;
	} shares[SHARES_MAX_OF_POST];
	bool accrues;
} posts[] = {
	{ "p1", "alice", "first words", "web", POST_original, FEED_START, 0, 5, {
		{ CLAQUE_OBJECT_hashtag, CLAQUE_ACT_tag, "zebra", NULL },
		{ CLAQUE_OBJECT_url, CLAQUE_ACT_link, "news.example/1", NULL },
		{ CLAQUE_OBJECT_hashtag, CLAQUE_ACT_tag, "apple", NULL },
		{ CLAQUE_OBJECT_hashtag, CLAQUE_ACT_tag, "mango", NULL } }, false },
	{ "p2", "bob", "first words", NULL, POST_reshare, FEED_START + 1000, 0, COUNT_UNKNOWN, {
		{ CLAQUE_OBJECT_post, CLAQUE_ACT_reshare, "p1", "alice" } }, false },
	{ "p3", "carol", "so true", "app", POST_quote, FEED_START + 2000, FEED_START + 9000, 0, {
		{ CLAQUE_OBJECT_post, CLAQUE_ACT_quote, "p9", "nobody" },
		{ CLAQUE_OBJECT_hashtag, CLAQUE_ACT_tag, "mango", NULL },
		{ CLAQUE_OBJECT_hashtag, CLAQUE_ACT_tag, "apple", NULL } }, false },
	{ "p4", "bob", "no", NULL, POST_reply, CLAQUE_NO_TIME, 0, 1, {
		{ CLAQUE_OBJECT_post, CLAQUE_ACT_reply, "p3", NULL } }, false },
	{ "p5", "alice", NULL, NULL, POST_ad, FEED_START, 0, COUNT_UNKNOWN, {
		{ CLAQUE_OBJECT_post, CLAQUE_ACT_link, "p1", NULL } }, true },
	{ "p6", "alice", "", NULL, POST_original, FEED_START, 0, COUNT_UNKNOWN, {
		{ CLAQUE_OBJECT_hashtag, CLAQUE_ACT_tag, "zebra", NULL } }, false },
	/* Accrues to a post before the last: its act comes out of the order of posts. */
	{ "p5", "alice", NULL, NULL, POST_ad, FEED_START, 0, COUNT_UNKNOWN, {
		{ CLAQUE_OBJECT_hashtag, CLAQUE_ACT_tag, "late", NULL } }, true },
};

static uint64_t row;

static void
put(const struct record_sink *sink, const struct record *r)
{
	struct claque_err err = { 0 };
	bool duplicate;

	row++;
	assert_ok(sink->put(sink->ctx, row, r, &duplicate, &err), err);
	assert_ok(sink->row_done(sink->ctx, row, &err), err);
}

static struct claque_str
text_or_missing(const char *s)
{
	return s == NULL ? (struct claque_str){ 0 } : str_of(s);
}

static void
put_account(const struct record_sink *sink, size_t i)
{
	put(sink, &(struct record){ .type = RECORD_ACCOUNT, .account = {
		.platform = STR("x"), .id = str_of(people[i].id),
		.display_name = text_or_missing(people[i].name),
		.location = text_or_missing(people[i].location),
		.bio = text_or_missing(people[i].bio),
		.avatar_hash = text_or_missing(people[i].avatar),
		.created_at = CLAQUE_NO_TIME, .observed_at = CLAQUE_NO_TIME,
		.followers = COUNT_UNKNOWN, .following = COUNT_UNKNOWN,
		.posts_total = COUNT_UNKNOWN, .verified = COUNT_UNKNOWN } });
}

static void
put_post(const struct record_sink *sink, size_t i)
{
	struct share_record shares[SHARES_MAX_OF_POST];
	size_t count = 0;

	for (; count < SHARES_MAX_OF_POST && posts[i].shares[count].key != NULL; count++)
		shares[count] = (struct share_record){
			.kind = posts[i].shares[count].kind, .act = posts[i].shares[count].act,
			.key = str_of(posts[i].shares[count].key),
			.author = text_or_missing(posts[i].shares[count].author) };
	put(sink, &(struct record){ .type = RECORD_POST, .post = {
		.platform = STR("x"), .id = str_of(posts[i].id),
		.account_id = str_of(posts[i].account), .text = text_or_missing(posts[i].text),
		.client = text_or_missing(posts[i].client), .at = posts[i].at,
		.deleted_at = posts[i].deleted_at, .precision = TIME_SECOND,
		.kind = posts[i].kind, .likes = posts[i].likes,
		.shares_count = 7, .replies = COUNT_UNKNOWN,
		.shares = shares, .share_count = count, .shares_accrue = posts[i].accrues } });
}

static void
put_all(struct store *s)
{
	struct input_info input = feed_input(1);
	struct claque_err err = { 0 };
	struct input_totals totals;
	struct record_sink sink;
	struct writer *w;
	uint64_t skip;
	bool done;

	row = 1;
	assert_ok(writer_new(&w, s, &silent, &err), err);
	assert_ok(writer_begin_input(w, &input, &skip, &done, &err), err);
	sink = writer_sink(w);
	for (size_t i = 0; i < PEOPLE; i++)
		put_account(&sink, i);
	for (size_t i = 0; i < sizeof(posts) / sizeof(*posts); i++)
		put_post(&sink, i);
	put(&sink, &(struct record){ .type = RECORD_CHANGE, .change = {
		.platform = STR("x"), .account_id = STR("bob"), .field = STR("location"),
		.old_value = STR("Pune"), .new_value = STR("Leeds"), .at = FEED_START } });
	assert_ok(writer_end_input(w, &totals, &err), err);
	assert_ok(writer_finish(w, &silent, &err), err);
	writer_free(w);
}

/* The fourth is cleared; the fifth was, and that was undone; the rest is something else. */
static void
clear_one(struct store *s)
{
	struct annotation a = { .kind = ANNOTATION_verdict, .target = { SUBJECT_account, 4 },
				.word = STR("cleared"), .who = STR("me"), .live = true };
	struct claque_err err = { 0 };
	int64_t id;

	assert_ok(annotation_add(s, &a, &id, &err), err);
	a.target.id = 5;
	assert_ok(annotation_add(s, &a, &id, &err), err);
	assert_ok(annotation_set_live(s, id, false, &err), err);
	a.target = (struct subject){ SUBJECT_cluster, 6 };
	assert_ok(annotation_add(s, &a, &id, &err), err);
	a.target = (struct subject){ SUBJECT_account, 1 };
	assert_ok(annotation_add(s, &a, &id, &err), err);
	a.word = STR("confirmed");	/* the later one counts */
	assert_ok(annotation_add(s, &a, &id, &err), err);
}

struct loaded {
	char *path;
	struct store *s;
	struct dataset d;
};

static int
load(void **state)
{
	static struct loaded l;
	struct claque_err err = { 0 };

	l.path = feed_path();
	l.s = feed_open(l.path, STORE_CREATE);
	put_all(l.s);
	clear_one(l.s);
	assert_ok(dataset_load(l.s, &l.d, &silent, &err), err);
	*state = &l;
	return 0;
}

static int
drop(void **state)
{
	struct loaded *l = *state;

	dataset_done(&l->d);
	store_close(l->s);
	feed_drop(l->path);
	return 0;
}

/* The post with this row; rows are the order of the case. */
static const struct post *
post_of_row(const struct claque_dataset *ds, uint32_t wanted)
{
	size_t i = 0;

	while (i < ds->post_count && ds->posts[i].row != wanted)
		i++;
	assert_true(i < ds->post_count);
	return &ds->posts[i];
}

static void
accounts_come_with_their_whole_profile(void **state)
{
	const struct loaded *l = *state;
	const struct claque_dataset *ds = l->d.columns;

	assert_int_equal(l->d.account_count, PEOPLE);
	assert_str(dataset_string(ds, ds->accounts[0].name), "Alice A.");
	assert_str(dataset_string(ds, ds->accounts[0].location), "Leeds");
	assert_str(dataset_string(ds, ds->accounts[0].bio), "gardener");
	assert_str(dataset_string(ds, ds->accounts[2].bio), "");
}

static void
a_picture_is_a_hash_the_default_or_unknown(void **state)
{
	const struct account *a = ((const struct loaded *)*state)->d.columns->accounts;

	assert_int_equal(a[0].avatar, CLAQUE_AVATAR_HASH);
	assert_true(a[0].avatar_hash == UINT64_C(0x00ff00000000000f));
	assert_int_equal(a[1].avatar, CLAQUE_AVATAR_DEFAULT);
	assert_int_equal(a[2].avatar, CLAQUE_AVATAR_UNKNOWN);
	assert_true(a[5].avatar_hash == UINT64_C(0x900150983cd24fb0));
}

static void
a_digest_of_another_length_tells_equal_pictures_only(void **state)
{
	const struct account *a = ((const struct loaded *)*state)->d.columns->accounts;

	assert_int_equal(a[3].avatar, CLAQUE_AVATAR_HASH);
	assert_true(a[3].avatar_hash == a[4].avatar_hash);
	assert_true(a[3].avatar_hash != UINT64_C(0xd41d8cd98f00b204));
}

static void
an_account_that_is_cleared_is_marked(void **state)
{
	const struct loaded *l = *state;

	assert_int_equal(l->d.cleared_count, 1);
	for (size_t i = 0; i < PEOPLE; i++)
		assert_int_equal(l->d.columns->accounts[i].mark,
				 i == 3 ? CLAQUE_CLEARED : CLAQUE_UNMARKED);
}

static void
posts_come_in_the_order_of_the_case(void **state)
{
	const struct loaded *l = *state;
	const struct claque_dataset *ds = l->d.columns;
	const struct post *first = post_of_row(ds, 0);

	assert_int_equal(l->d.post_count, 6);
	for (size_t i = 0; i < l->d.post_count; i++)
		assert_int_equal(l->d.post_ids[i], i + 1);
	assert_int_equal(first->account, 0);
	assert_true(first->at == FEED_START);
	assert_true(first->deleted_at == CLAQUE_NO_TIME);
	assert_int_equal(first->likes, 5);
	assert_int_equal(first->shares, 7);
	assert_int_equal(first->replies, -1);
	assert_str(dataset_string(ds, first->client), "web");
	assert_true(post_of_row(ds, 2)->deleted_at == FEED_START + 9000);
	assert_true(post_of_row(ds, 3)->at == CLAQUE_NO_TIME);
}

static void
hashtags_keep_their_order(void **state)
{
	const struct claque_dataset *ds = ((const struct loaded *)*state)->d.columns;

	assert_str(dataset_string(ds, post_of_row(ds, 0)->tags), "zebra apple mango");
	assert_str(dataset_string(ds, post_of_row(ds, 1)->tags), "");
	assert_str(dataset_string(ds, post_of_row(ds, 2)->tags), "mango apple");
	assert_str(dataset_string(ds, post_of_row(ds, 4)->tags), "late");
	assert_str(dataset_string(ds, post_of_row(ds, 5)->tags), "zebra");
}

static void
a_parent_is_what_is_reshared_quoted_or_answered(void **state)
{
	static const char *const parents[] = { NULL, "p1", "p9", "p3", NULL, NULL };
	static const enum claque_post_kind kinds[] = { CLAQUE_IS_original, CLAQUE_IS_reshare,
		CLAQUE_IS_quote, CLAQUE_IS_reply, CLAQUE_IS_other, CLAQUE_IS_original };
	const struct claque_dataset *ds = ((const struct loaded *)*state)->d.columns;

	for (uint32_t i = 0; i < 6; i++) {
		const struct post *p = post_of_row(ds, i);

		assert_int_equal(p->kind, kinds[i]);
		if (parents[i] == NULL)
			assert_int_equal(p->parent, CLAQUE_NO_OBJECT);
		else
			assert_str(claque_dataset_object_id(ds, p->parent), parents[i]);
	}
}

static void
the_same_words_are_the_same_text(void **state)
{
	const struct claque_dataset *ds = ((const struct loaded *)*state)->d.columns;

	assert_int_equal(post_of_row(ds, 0)->text, post_of_row(ds, 1)->text);
	assert_int_not_equal(post_of_row(ds, 0)->text, post_of_row(ds, 2)->text);
	assert_int_equal(post_of_row(ds, 4)->text, 0);
}

static void
shares_name_their_post(void **state)
{
	const struct loaded *l = *state;
	const struct claque_dataset *ds = l->d.columns;
	unsigned of_row[6] = { 0 };

	assert_int_equal(l->d.share_count, 12);
	assert_int_equal(claque_dataset_shares(ds), 12);
	for (size_t i = 0; i < ds->share_count; i++) {
		assert_true(ds->shares[i].row < 6);
		assert_int_equal(post_of_row(ds, ds->shares[i].row)->account,
				 ds->shares[i].account);
		of_row[ds->shares[i].row]++;
	}
	assert_int_equal(of_row[0], 4);
	assert_int_equal(of_row[4], 2);
	assert_int_equal(of_row[5], 1);
}

static void
assert_same_edges(const struct claque_dataset *a, const struct claque_dataset *b,
		  enum claque_signal signal)
{
	struct claque_network_settings settings = claque_network_defaults(signal);
	struct claque_network of_a, of_b;
	struct claque_err err = { 0 };

	assert_ok(claque_network_build(a, &settings, &silent, &of_a, &err), err);
	assert_ok(claque_network_build(b, &settings, &silent, &of_b, &err), err);
	assert_int_equal(of_a.edge_count, of_b.edge_count);
	assert_true(of_a.edge_count > 0 || signal != CLAQUE_SIGNAL_CO_RESHARE);
	for (size_t i = 0; i < of_a.edge_count; i++) {
		assert_int_equal(of_a.edges[i].a, of_b.edges[i].a);
		assert_int_equal(of_a.edges[i].b, of_b.edges[i].b);
		assert_int_equal(of_a.edges[i].weight, of_b.edges[i].weight);
		assert_int_equal(of_a.edges[i].median_lag_s, of_b.edges[i].median_lag_s);
	}
	claque_network_done(&of_a);
	claque_network_done(&of_b);
}

static void
shares_alone_are_the_same_shares(void **state)
{
	const struct loaded *l = *state;
	const struct claque_dataset *ds = l->d.columns;
	struct claque_err err = { 0 };
	struct dataset alone;

	/* This one looks at all of them. */
	assert_ok(dataset_load_shares(l->s, claque_signal_info(CLAQUE_SIGNAL_CO_MEDIA), &alone,
				      &silent, &err), err);
	assert_int_equal(claque_dataset_posts(alone.columns), 0);
	assert_int_equal(claque_dataset_shares(alone.columns), claque_dataset_shares(ds));
	for (size_t i = 0; i < ds->share_count; i++) {
		const struct claque_share *a = &ds->shares[i], *b = &alone.columns->shares[i];

		assert_int_equal(a->at, b->at);
		assert_int_equal(a->account, b->account);
		assert_int_equal(a->object, b->object);
		assert_int_equal(a->act, b->act);
		assert_int_equal(l->d.post_ids[a->row], b->row);
	}
	dataset_done(&alone);
}

static void
what_a_signal_compares_makes_the_same_network(void **state)
{
	const struct loaded *l = *state;
	const struct claque_dataset *ds = l->d.columns;
	struct claque_err err = { 0 };

	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT; i++) {
		const struct claque_signal_info *signal = claque_signal_info(i);
		struct dataset part;

		if (!signal->shares_suffice)
			continue;
		assert_ok(dataset_load_shares(l->s, signal, &part, &silent, &err), err);
		assert_true(signal->kinds == 0 ||
			    claque_dataset_shares(part.columns) < claque_dataset_shares(ds));
		assert_same_edges(ds, part.columns, i);
		dataset_done(&part);
	}
}

static void
an_author_is_known_without_a_post(void **state)
{
	const struct claque_dataset *ds = ((const struct loaded *)*state)->d.columns;
	uint32_t gone = post_of_row(ds, 2)->parent;

	assert_int_not_equal(ds->object_author[gone], NO_AUTHOR);
	assert_str(map_key(&ds->author_names, ds->object_author[gone]), "nobody");
	assert_int_equal(ds->object_author[post_of_row(ds, 3)->parent], NO_AUTHOR);
}

static void
a_change_tells_before_and_after(void **state)
{
	const struct claque_dataset *ds = ((const struct loaded *)*state)->d.columns;

	assert_int_equal(ds->change_count, 1);
	assert_int_equal(ds->changes[0].field, CLAQUE_FIELD_location);
	assert_str(dataset_string(ds, ds->changes[0].old_value), "Pune");
	assert_str(dataset_string(ds, ds->changes[0].new_value), "Leeds");
}

static void
a_case_without_shares_has_nothing_to_score(void **state)
{
	char *path = feed_path();
	struct store *s = feed_open(path, STORE_CREATE);
	struct claque_err err = { 0 };
	struct dataset d;

	(void)state;
	assert_int_equal(dataset_load(s, &d, &silent, &err), CLAQUE_EINPUT);
	assert_null(d.columns);
	assert_non_null(strstr(err.msg, "import"));
	store_close(s);
	feed_drop(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accounts_come_with_their_whole_profile),
		cmocka_unit_test(a_picture_is_a_hash_the_default_or_unknown),
		cmocka_unit_test(a_digest_of_another_length_tells_equal_pictures_only),
		cmocka_unit_test(an_account_that_is_cleared_is_marked),
		cmocka_unit_test(posts_come_in_the_order_of_the_case),
		cmocka_unit_test(hashtags_keep_their_order),
		cmocka_unit_test(a_parent_is_what_is_reshared_quoted_or_answered),
		cmocka_unit_test(the_same_words_are_the_same_text),
		cmocka_unit_test(shares_name_their_post),
		cmocka_unit_test(shares_alone_are_the_same_shares),
		cmocka_unit_test(what_a_signal_compares_makes_the_same_network),
		cmocka_unit_test(an_author_is_known_without_a_post),
		cmocka_unit_test(a_change_tells_before_and_after),
		cmocka_unit_test(a_case_without_shares_has_nothing_to_score),
	};

	return cmocka_run_group_tests_name("load", tests, load, drop);
}
