/*
 * fuzz_engine.c - any acts of any accounts: what is scored is in its range, is told
 * of accounts that there are, and is the same with one thread as with two.
 *
 * Six bytes a row: what it is, who, what, when (an hour or a few seconds after the
 * row before), and a letter of a small alphabet for names and texts, so that the
 * fuzzer finds pairs that agree, not only ids that differ. Two bytes before them are
 * settings; twins on a second platform are nine tenths of the time, so not always.
 */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "claque/change.h"
#include "claque/score.h"
#include "claque/twins.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROW_BYTES = 6, ROWS_MAX = 120, ACCOUNTS = 24, OBJECTS = 16, START_S = 1700000000 };
enum { ROW_SHARE, ROW_POST, ROW_CHANGE, ROW_ACCOUNT, ROW_KINDS };

static const char *const words[] = {
	"", "ivan", "Ivan142", "olga795", "\xd0\x9e\xd0\xbb\xd1\x8c\xd0\xb3\xd0\xb0", "Texas", "Delhi",
	"we all must sign this petition today before it is too late",
	"we must all sign this petition now before it's too late",
	"https://t.co/abc", "https://washingtonpost.pm/a", "\xff\xfe", "\xe2\x80\xae", "\xf0\x9f\x98\x80",
	"#one #two #three", "@nobody",
};

static struct claque_str
word(uint8_t letter)
{
	const char *text = words[letter % (sizeof(words) / sizeof(words[0]))];
	size_t len = 0;

	while (text[len] != '\0')
		len++;
	return (struct claque_str){ text, len };
}

static void
must(enum claque_rc rc)
{
	if (rc != CLAQUE_OK)
		abort();
}

static uint32_t
add_account(struct claque_dataset *ds, unsigned platforms, uint8_t who, const uint8_t *row)
{
	char id[3] = { 'a', (char)('a' + who % ACCOUNTS), '\0' };
	struct claque_account account = {
		.id = { id, 2 }, .platform = word(who % platforms), .handle = word(row[2]),
		.display_name = word(row[5]), .location = word(row[3] % 7), .bio = word(row[4] % 7),
		.created_at = row[3] % 3 == 0 ? CLAQUE_NO_TIME : INT64_C(1000) * (START_S - row[4]),
		.followers = (int64_t)row[5] - 1, .verified = row[2] % 3 - 1,
		.avatar = row[4] % 3, .avatar_hash = row[5], .mark = row[2] % 16 == 15,
		.prior = row[3] % 8 == 7 ? 1 : 0,
	};
	struct claque_err err;
	uint32_t out;

	if (account.avatar != CLAQUE_AVATAR_HASH)
		account.avatar_hash = 0;
	must(claque_dataset_add_account(ds, &account, &out, &err));
	return out;
}

static uint32_t
add_object(struct claque_dataset *ds, uint8_t what)
{
	char id[12] = "site.com/a";
	struct claque_err err;
	uint32_t out;

	id[9] = (char)('a' + what % OBJECTS);
	must(claque_dataset_add_object(ds, what / OBJECTS % CLAQUE_OBJECT_COUNT,
		(struct claque_str){ id, 10 }, &out, &err));
	return out;
}

static void
add_row(struct claque_dataset *ds, unsigned platforms, const uint8_t *row, uint32_t number,
	int64_t *at)
{
	uint32_t who = add_account(ds, platforms, row[1], row);
	uint32_t what = add_object(ds, row[2]);
	int64_t when = row[4] == 255 ? CLAQUE_NO_TIME : *at;
	struct claque_share share = { when, who, what, number, row[3] % CLAQUE_ACT_COUNT };
	struct claque_post post = {
		.at = when, .deleted_at = row[3] % 4 == 3 ? *at + 1000 : CLAQUE_NO_TIME,
		.id = word(row[2]), .text = word(row[5]), .client = word(row[3]), .tags = word(14),
		.likes = (int64_t)row[3] - 1, .shares = -1, .replies = row[4], .account = who,
		.parent = row[3] % 2 ? what : CLAQUE_NO_OBJECT, .row = number,
		.kind = row[3] % CLAQUE_POST_COUNT,
	};
	struct claque_change change = {
		*at, who, row[3] % CLAQUE_FIELD_COUNT, word(row[2]), word(row[5]),
	};
	struct claque_err err;

	*at += INT64_C(1000) * (row[4] % 8 == 0 ? 3600 : row[4] % 8);
	switch (row[0] % ROW_KINDS) {
	case ROW_SHARE:
		must(claque_dataset_add_share(ds, &share, &err));
		break;
	case ROW_POST:
		must(claque_dataset_add_post(ds, &post, &err));
		break;
	case ROW_CHANGE:
		must(claque_dataset_add_change(ds, &change, &err));
		break;
	default:
		break;
	}
}

static void
check_share(double x)
{
	if (!(x >= 0 && x <= 1))
		abort();
}

static void
check_group(const struct claque_dataset *ds, const struct claque_group *g)
{
	check_share(g->score);
	for (size_t i = 0; i < CLAQUE_AXIS_COUNT; i++)
		check_share(g->axes[i]);
	for (size_t i = 0; i < g->member_count; i++) {
		check_share(g->members[i].score);
		check_share(g->members[i].stability);
		if (g->members[i].account >= claque_dataset_accounts(ds))
			abort();
	}
	for (size_t i = 0; i < g->evidence_count; i++) {
		check_share(g->evidence[i].p);
		if (!isfinite(g->evidence[i].log_odds) || g->evidence[i].text[0] == '\0')
			abort();
	}
	for (size_t i = 0; i < g->innocent_count; i++)
		if (!isnan(g->innocents[i].score))
			check_share(g->innocents[i].score);
}

static void
check_result(const struct claque_dataset *ds, const struct claque_result *r)
{
	for (size_t i = 0; i < claque_dataset_accounts(ds); i++)
		check_share(r->account_scores[i]);
	for (size_t i = 0; i < r->group_count; i++)
		check_group(ds, &r->groups[i]);
	for (size_t i = 0; i < r->edge_count; i++) {
		const struct claque_edge *e = &r->edges[i];

		check_share(e->p);
		check_share(e->q);
		if (e->weight == 0 || e->pairs < e->weight || e->expected < 0 || e->q < e->p ||
		    e->first_seen > e->last_seen)
			abort();
	}
}

/* Not by memcmp, which would compare padding. */
static void
check_same(const struct claque_dataset *ds, const struct claque_result *a,
	   const struct claque_result *b)
{
	if (a->group_count != b->group_count || a->edge_count != b->edge_count)
		abort();
	for (size_t i = 0; i < claque_dataset_accounts(ds); i++)
		if (a->account_scores[i] < b->account_scores[i] ||
		    a->account_scores[i] > b->account_scores[i])
			abort();
	for (size_t i = 0; i < a->edge_count; i++)
		if (a->edges[i].a != b->edges[i].a || a->edges[i].b != b->edges[i].b ||
		    a->edges[i].weight != b->edges[i].weight ||
		    a->edge_signals[i] != b->edge_signals[i])
			abort();
}

static struct claque_result *
scored(const struct claque_dataset *ds, const uint8_t *data, unsigned threads)
{
	struct claque_score_settings settings = claque_score_defaults();
	struct claque_progress progress = { 0 };
	struct claque_result *out;
	struct claque_err err;

	settings.threads = threads;
	settings.surrogates = data[0] % 2;
	settings.object_cap = data[1] % 16;
	settings.min_accounts = 2 + data[1] / 64;
	must(claque_score(ds, &settings, &progress, &out, &err));
	return out;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct claque_progress progress = { 0 };
	struct claque_result *one, *two;
	struct claque_dataset *ds;
	struct claque_err err;
	int64_t at = INT64_C(1000) * START_S;

	if (size < 2)
		return 0;
	must(claque_dataset_new(&ds, &err));
	for (size_t i = 0; i < ROWS_MAX && 2 + (i + 1) * ROW_BYTES <= size; i++)
		add_row(ds, 1 + data[0] / 2 % 2, data + 2 + i * ROW_BYTES, (uint32_t)i + 1, &at);
	must(claque_dataset_seal(ds, &progress, &err));
	one = scored(ds, data, 1);
	two = scored(ds, data, 2);
	check_result(ds, one);
	check_same(ds, one, two);
	claque_result_free(one);
	claque_result_free(two);
	claque_dataset_free(ds);
	return 0;
}
