/*
 * dataset.c - the builder, and the sort that closes it.
 *
 * Sorting: one counting pass puts the shares in the order of their objects;
 * then every object's few shares are sorted on their own, which input in time
 * order has mostly done already. That beats a radix sort over all four keys
 * and needs the same second copy.
 */
#include "config.h"

#include "engine/dataset.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/err.h"
#include "engine/tick.h"

/* Years 1 to 9999: what clock_text() can print, and weeks fit a small table. */
#define TIME_MIN (-INT64_C(62135596800000))
#define TIME_MAX INT64_C(253402300799999)

/* An id longer than this is no id but a text in the wrong column. */
enum { ID_MAX = 8192, PRIOR_MOST = 20 };

enum claque_rc
claque_dataset_new(struct claque_dataset **out, struct claque_err *err)
{
	struct claque_dataset *ds = ARRAY_NEW(struct claque_dataset, 1);

	(void)err;
	map_init(&ds->account_names);
	map_init(&ds->object_names);
	map_init(&ds->strings);
	map_init(&ds->author_names);
	texts_init(&ds->texts);
	*out = ds;
	return CLAQUE_OK;
}

void
claque_dataset_set_suffixes(struct claque_dataset *ds,
			    size_t (*suffix)(void *ctx, struct claque_str host, bool *hosted),
			    void *ctx)
{
	ds->suffixes = (struct suffixes){ suffix, ctx };
}

void
claque_dataset_free(struct claque_dataset *ds)
{
	if (ds == NULL)
		return;
	map_done(&ds->account_names);
	map_done(&ds->object_names);
	map_done(&ds->strings);
	map_done(&ds->author_names);
	texts_done(&ds->texts);
	array_free(ds->accounts);
	array_free(ds->shares);
	array_free(ds->changes);
	array_free(ds->posts);
	array_free(ds->object_author);
	array_free(ds->object_post);
	array_free(ds->object_from);
	array_free(ds->rank);
	array_free(ds->by_rank);
	array_free(ds->change_from);
	array_free(ds->post_from);
	array_free(ds);
}

static enum claque_rc
check_open(const struct claque_dataset *ds, struct claque_err *err)
{
	if (ds->sealed)
		return err_set(err, CLAQUE_EUSAGE, "the dataset is sealed; nothing can be added");
	return CLAQUE_OK;
}

static enum claque_rc
check_id(struct claque_str id, const char *what, struct claque_err *err)
{
	if (id.len > ID_MAX)
		return err_set(err, CLAQUE_ELIMIT, "%s id of %zu bytes: at most %d are taken",
			       what, id.len, (int)ID_MAX);
	return CLAQUE_OK;
}

static enum claque_rc
check_time(int64_t at, struct claque_err *err)
{
	if (at != CLAQUE_NO_TIME && (at < TIME_MIN || at > TIME_MAX))
		return err_set(err, CLAQUE_EINPUT,
			       "time %lld ms lies outside the years 1 to 9999; is the unit right?",
			       (long long)at);
	return CLAQUE_OK;
}

static enum claque_rc
check_room(const struct map *m, const char *what, struct claque_err *err)
{
	if (m->count >= MAP_NONE - 1)
		return err_set(err, CLAQUE_ELIMIT, "more than %u %s", MAP_NONE - 1, what);
	return CLAQUE_OK;
}

static enum claque_rc
check_prior(double prior, struct claque_err *err)
{
	if (!(prior >= -PRIOR_MOST && prior <= PRIOR_MOST))
		return err_set(err, CLAQUE_EINPUT, "a prior of %g log odds; give -%d to %d", prior,
			       PRIOR_MOST, PRIOR_MOST);
	return CLAQUE_OK;
}

static uint32_t
intern(struct claque_dataset *ds, struct claque_str s)
{
	return map_add(&ds->strings, s, NULL);
}

/* Two platforms may give out one id: what tells accounts apart is both. */
static struct claque_str
account_key(char *room, const struct claque_account *account)
{
	size_t len = account->id.len;

	if (len > 0)
		memcpy(room, account->id.p, len);
	room[len++] = '\0';
	if (account->platform.len > 0)
		memcpy(room + len, account->platform.p, account->platform.len);
	return (struct claque_str){ room, len + account->platform.len };
}

enum claque_rc
claque_dataset_add_account(struct claque_dataset *ds, const struct claque_account *account,
			   uint32_t *out, struct claque_err *err)
{
	enum claque_rc rc = check_open(ds, err);
	char key[2 * ID_MAX + 1];
	bool is_new;

	if (rc == CLAQUE_OK)
		rc = check_id(account->id, "account", err);
	if (rc == CLAQUE_OK)
		rc = check_id(account->platform, "platform", err);
	if (rc == CLAQUE_OK)
		rc = check_time(account->created_at, err);
	if (rc == CLAQUE_OK)
		rc = check_prior(account->prior, err);
	if (rc == CLAQUE_OK)
		rc = check_room(&ds->account_names, "accounts", err);
	if (rc != CLAQUE_OK)
		return rc;
	*out = map_add(&ds->account_names, account_key(key, account), &is_new);
	if (!is_new)
		return CLAQUE_OK;
	ARRAY_GROW(ds->accounts, ds->accounts_cap, (size_t)*out + 1);
	ds->accounts[*out] = (struct account){
		.created_at = account->created_at,
		.followers = account->followers,
		.handle = intern(ds, account->handle),
		.platform = intern(ds, account->platform),
		.name = intern(ds, account->display_name),
		.location = intern(ds, account->location),
		.bio = intern(ds, account->bio),
		.verified = (int8_t)account->verified,
		.avatar = (uint8_t)account->avatar,
		.mark = (uint8_t)account->mark,
		.prior = (float)account->prior,
		.avatar_hash = account->avatar_hash,
		.id_len = (uint32_t)account->id.len,
	};
	return CLAQUE_OK;
}

static struct claque_str
object_key(char *room, enum claque_object_kind kind, struct claque_str id)
{
	room[0] = (char)kind;
	if (id.len > 0)
		memcpy(room + 1, id.p, id.len);
	return (struct claque_str){ room, id.len + 1 };
}

enum claque_rc
claque_dataset_add_object(struct claque_dataset *ds, enum claque_object_kind kind,
			  struct claque_str id, uint32_t *out, struct claque_err *err)
{
	enum claque_rc rc = check_open(ds, err);
	char key[ID_MAX + 1];
	bool is_new;

	if (rc == CLAQUE_OK)
		rc = check_id(id, "object", err);
	if (rc == CLAQUE_OK)
		rc = check_room(&ds->object_names, "objects", err);
	if (rc == CLAQUE_OK && (unsigned)kind >= CLAQUE_OBJECT_COUNT)
		rc = err_set(err, CLAQUE_EUSAGE, "object kind %d does not exist", (int)kind);
	if (rc != CLAQUE_OK)
		return rc;
	*out = map_add(&ds->object_names, object_key(key, kind, id), &is_new);
	if (is_new) {
		ARRAY_GROW(ds->object_author, ds->object_author_cap, (size_t)*out + 1);
		ds->object_author[*out] = NO_AUTHOR;
	}
	return CLAQUE_OK;
}

enum claque_rc
claque_dataset_set_author(struct claque_dataset *ds, uint32_t object, struct claque_str author,
			  struct claque_err *err)
{
	enum claque_rc rc = check_open(ds, err);

	if (rc == CLAQUE_OK)
		rc = check_id(author, "author", err);
	if (rc == CLAQUE_OK && object >= ds->object_names.count)
		rc = err_set(err, CLAQUE_EUSAGE, "author of object %u; only %u were added", object,
			     ds->object_names.count);
	if (rc == CLAQUE_OK && author.len > 0 && ds->object_author[object] == NO_AUTHOR)
		ds->object_author[object] = map_add(&ds->author_names, author, NULL);
	return rc;
}

enum claque_rc
claque_dataset_add_share(struct claque_dataset *ds, const struct claque_share *share,
			 struct claque_err *err)
{
	enum claque_rc rc = check_open(ds, err);

	if (rc == CLAQUE_OK)
		rc = check_time(share->at, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (share->account >= ds->account_names.count || share->object >= ds->object_names.count)
		return err_set(err, CLAQUE_EUSAGE,
			       "share of row %u names account %u and object %u; only %u and %u "
			       "were added", share->row, share->account, share->object,
			       ds->account_names.count, ds->object_names.count);
	if (share->act >= CLAQUE_ACT_COUNT)
		return err_set(err, CLAQUE_EUSAGE, "act %u of row %u does not exist",
			       share->act, share->row);
	if (ds->share_count >= UINT32_MAX)
		return err_set(err, CLAQUE_ELIMIT, "more than %u shares", UINT32_MAX);
	ARRAY_GROW(ds->shares, ds->shares_cap, ds->share_count + 1);
	ds->shares[ds->share_count++] = *share;
	return CLAQUE_OK;
}

enum claque_rc
claque_dataset_add_change(struct claque_dataset *ds, const struct claque_change *change,
			  struct claque_err *err)
{
	enum claque_rc rc = check_open(ds, err);

	if (rc == CLAQUE_OK)
		rc = check_time(change->at, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (change->account >= ds->account_names.count)
		return err_set(err, CLAQUE_EUSAGE, "change of account %u; only %u were added",
			       change->account, ds->account_names.count);
	if ((unsigned)change->field >= CLAQUE_FIELD_COUNT)
		return err_set(err, CLAQUE_EUSAGE, "profile field %d does not exist",
			       (int)change->field);
	ARRAY_GROW(ds->changes, ds->changes_cap, ds->change_count + 1);
	ds->changes[ds->change_count++] = (struct change){
		.at = change->at, .account = change->account, .field = change->field,
		.old_value = intern(ds, change->old_value),
		.new_value = intern(ds, change->new_value),
	};
	return CLAQUE_OK;
}

static enum claque_rc
check_post(const struct claque_dataset *ds, const struct claque_post *post, struct claque_err *err)
{
	enum claque_rc rc = check_open(ds, err);

	if (rc == CLAQUE_OK)
		rc = check_time(post->at, err);
	if (rc == CLAQUE_OK)
		rc = check_time(post->deleted_at, err);
	if (rc == CLAQUE_OK)
		rc = check_id(post->id, "post", err);
	if (rc != CLAQUE_OK)
		return rc;
	if (post->account >= ds->account_names.count ||
	    (post->parent != CLAQUE_NO_OBJECT && post->parent >= ds->object_names.count))
		return err_set(err, CLAQUE_EUSAGE, "post of row %u names account %u and object %u; "
			       "only %u and %u were added", post->row, post->account, post->parent,
			       ds->account_names.count, ds->object_names.count);
	if ((unsigned)post->kind >= CLAQUE_POST_COUNT)
		return err_set(err, CLAQUE_EUSAGE, "post kind %d of row %u does not exist",
			       (int)post->kind, post->row);
	if (ds->post_count >= NO_POST)
		return err_set(err, CLAQUE_ELIMIT, "more than %u posts", NO_POST);
	return CLAQUE_OK;
}

/* Counts of reactions past two billion are as good as two billion. */
static int32_t
narrow(int64_t count)
{
	return count < 0 ? -1 : count > INT32_MAX ? INT32_MAX : (int32_t)count;
}

static uint32_t
find_object(const struct claque_dataset *ds, struct claque_str id)
{
	char key[ID_MAX + 1];
	uint32_t found = map_get(&ds->object_names, object_key(key, CLAQUE_OBJECT_post, id));

	return found == MAP_NONE ? CLAQUE_NO_OBJECT : found;
}

enum claque_rc
claque_dataset_add_post(struct claque_dataset *ds, const struct claque_post *post,
			struct claque_err *err)
{
	enum claque_rc rc = check_post(ds, post, err);

	if (rc != CLAQUE_OK)
		return rc;
	ARRAY_GROW(ds->posts, ds->posts_cap, ds->post_count + 1);
	ds->posts[ds->post_count++] = (struct post){
		.at = post->at, .deleted_at = post->deleted_at,
		.account = post->account, .row = post->row, .kind = (uint8_t)post->kind,
		.object = find_object(ds, post->id), .parent = post->parent,
		.text = texts_add(&ds->texts, post->text),
		.client = intern(ds, post->client), .tags = intern(ds, post->tags),
		.likes = narrow(post->likes), .shares = narrow(post->shares),
		.replies = narrow(post->replies),
	};
	return CLAQUE_OK;
}

static int
compare_shares(const void *pa, const void *pb)
{
	const struct claque_share *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->account != b->account)
		return a->account < b->account ? -1 : 1;
	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	return (a->act > b->act) - (a->act < b->act);
}

static void
sort_run(struct claque_share *shares, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (compare_shares(&shares[i - 1], &shares[i]) > 0) {
			array_sort(shares, count, sizeof(*shares), compare_shares);
			return;
		}
}

/* Puts the shares into the order of their objects. */
static void
group_by_object(struct claque_dataset *ds)
{
	size_t objects = ds->object_names.count, cap = 0;
	uint64_t *from = ARRAY_NEW(uint64_t, objects + 2);
	struct claque_share *sorted = NULL;

	ARRAY_GROW(sorted, cap, ds->share_count);
	for (size_t i = 0; i < ds->share_count; i++)
		from[ds->shares[i].object + 2]++;
	for (size_t o = 2; o < objects + 2; o++)
		from[o] += from[o - 1];
	for (size_t i = 0; i < ds->share_count; i++)
		sorted[from[ds->shares[i].object + 1]++] = ds->shares[i];
	array_free(ds->shares);
	ds->shares = sorted;
	ds->shares_cap = cap;
	ds->object_from = from;
}

static int
compare_changes(const void *pa, const void *pb)
{
	const struct change *a = pa, *b = pb;

	if (a->account != b->account)
		return a->account < b->account ? -1 : 1;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->field > b->field) - (a->field < b->field);
}

static void
sort_changes(struct claque_dataset *ds)
{
	size_t accounts = ds->account_names.count;

	if (ds->change_count > 1)
		array_sort(ds->changes, ds->change_count, sizeof(*ds->changes), compare_changes);
	ds->change_from = ARRAY_NEW(uint64_t, accounts + 1);
	for (size_t i = 0; i < ds->change_count; i++)
		ds->change_from[ds->changes[i].account + 1]++;
	for (size_t a = 0; a < accounts; a++)
		ds->change_from[a + 1] += ds->change_from[a];
}

static int
compare_posts(const void *pa, const void *pb)
{
	const struct post *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

/* Each to its place, by cycles: posts are the largest column, and no second one is made. */
static void
move_posts(struct post *posts, uint32_t *place, size_t count)
{
	for (size_t i = 0; i < count; i++)
		while (place[i] != i) {
			uint32_t to = place[i];
			struct post displaced = posts[to];

			posts[to] = posts[i];
			posts[i] = displaced;
			place[i] = place[to];
			place[to] = to;
		}
}

static void
sort_posts_of_one(struct post *posts, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (compare_posts(&posts[i - 1], &posts[i]) > 0) {
			array_sort(posts, count, sizeof(*posts), compare_posts);
			return;
		}
}

/* By account with one counting pass, each account's by time. */
static void
sort_posts(struct claque_dataset *ds)
{
	size_t accounts = ds->account_names.count;
	uint64_t *from = ARRAY_NEW(uint64_t, accounts + 2);
	uint32_t *place = ARRAY_NEW(uint32_t, ds->post_count);

	for (size_t i = 0; i < ds->post_count; i++)
		from[ds->posts[i].account + 2]++;
	for (size_t a = 2; a < accounts + 2; a++)
		from[a] += from[a - 1];
	for (size_t i = 0; i < ds->post_count; i++)
		place[i] = (uint32_t)from[ds->posts[i].account + 1]++;
	move_posts(ds->posts, place, ds->post_count);
	array_free(place);
	for (size_t a = 0; a < accounts; a++)
		if (from[a + 1] - from[a] > 1)
			sort_posts_of_one(ds->posts + from[a], from[a + 1] - from[a]);
	ds->post_from = from;
}

/* Which post an object is; the earliest by account and time if several say so. */
static void
match_objects(struct claque_dataset *ds)
{
	size_t objects = ds->object_names.count;

	ds->object_post = ARRAY_NEW(uint32_t, objects);
	for (size_t o = 0; o < objects; o++)
		ds->object_post[o] = NO_POST;
	for (size_t i = 0; i < ds->post_count; i++) {
		uint32_t o = ds->posts[i].object;

		if (o != CLAQUE_NO_OBJECT && ds->object_post[o] == NO_POST)
			ds->object_post[o] = (uint32_t)i;
	}
}

static int
compare_ids(const void *pa, const void *pb, void *ctx)
{
	const struct map *names = ctx;

	return str_cmp(map_key(names, *(const uint32_t *)pa),
		       map_key(names, *(const uint32_t *)pb));
}

static void
rank_accounts(struct claque_dataset *ds)
{
	uint32_t accounts = ds->account_names.count;

	ds->rank = ARRAY_NEW(uint32_t, accounts);
	ds->by_rank = ARRAY_NEW(uint32_t, accounts);
	for (uint32_t a = 0; a < accounts; a++)
		ds->by_rank[a] = a;
	qsort_r(ds->by_rank, accounts, sizeof(*ds->by_rank), compare_ids, &ds->account_names);
	for (uint32_t r = 0; r < accounts; r++)
		ds->rank[ds->by_rank[r]] = r;
}

/* After a stop the shares are grouped but not sorted: sealing again finishes the work. */
enum claque_rc
claque_dataset_seal(struct claque_dataset *ds, const struct claque_progress *progress,
		    struct claque_err *err)
{
	enum claque_rc rc = check_open(ds, err);
	struct ticker t = { .progress = progress, .stage = "sorting", .total = ds->share_count };
	size_t objects = ds->object_names.count;

	if (rc != CLAQUE_OK)
		return rc;
	array_free(ds->object_from);
	group_by_object(ds);
	for (size_t o = 0; o < objects; o++) {
		uint64_t from = ds->object_from[o], to = ds->object_from[o + 1];

		if (!tick(&t, to - from, (to - from) * 8 + 1))
			return CLAQUE_STOPPED;
		sort_run(ds->shares + from, to - from);
	}
	sort_changes(ds);
	sort_posts(ds);
	match_objects(ds);
	rank_accounts(ds);
	ds->sealed = true;
	return CLAQUE_OK;
}

uint32_t
claque_dataset_accounts(const struct claque_dataset *ds)
{
	return ds->account_names.count;
}

uint32_t
claque_dataset_objects(const struct claque_dataset *ds)
{
	return ds->object_names.count;
}

uint64_t
claque_dataset_shares(const struct claque_dataset *ds)
{
	return ds->share_count;
}

uint64_t
claque_dataset_posts(const struct claque_dataset *ds)
{
	return ds->post_count;
}

struct claque_str
claque_dataset_account_id(const struct claque_dataset *ds, uint32_t account)
{
	return str_sub(map_key(&ds->account_names, account), 0, ds->accounts[account].id_len);
}

struct claque_str
claque_dataset_object_id(const struct claque_dataset *ds, uint32_t object)
{
	struct claque_str key = map_key(&ds->object_names, object);

	return str_sub(key, 1, key.len);
}
