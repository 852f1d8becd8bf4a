/*
 * example.c - libclaque in a program of your own: 200 accounts share what they
 * like, twelve of them also the same forty posts within minutes.
 *
 *     cc -o example example.c $(pkg-config --cflags --libs claque) && ./example
 */
#include <claque/dataset.h>
#include <claque/explain.h>
#include <claque/score.h>
#include <stdio.h>
#include <stdlib.h>

enum { ACCOUNTS = 200, TEAM = 12, POSTS = 600, SHARES = 30, TARGETS = 40, MINUTE = 60000 };

static const struct claque_progress quiet = { 0 };	/* tick: returns false to cancel */
static struct claque_dataset *data;
static struct claque_err err;

static void
must(enum claque_rc rc)
{
	if (rc == CLAQUE_OK)
		return;
	fprintf(stderr, "%s\n", err.msg);
	exit(1);
}

static uint32_t
throw(uint32_t sides)
{
	static uint32_t dice = 1;

	dice = dice * 1664525 + 1013904223;
	return dice / 65536 % sides;
}

static void
share(uint32_t account, uint32_t post, int64_t minute)
{
	static uint32_t row;	/* your name for the act: evidence gives it back */
	struct claque_share s = { .at = minute * MINUTE, .account = account, .object = post,
				  .row = row++, .act = CLAQUE_ACT_reshare };

	must(claque_dataset_add_share(data, &s, &err));
}

int
main(void)
{
	struct claque_score_settings settings = claque_score_defaults();
	struct claque_result *found;
	struct claque_explanation *why;
	uint32_t n;
	char id[16];

	must(claque_dataset_new(&data, &err));
	for (int i = 0; i < ACCOUNTS; i++) {
		struct claque_account a = { .created_at = CLAQUE_NO_TIME, .followers = -1, .verified = -1,
			.id = { id, (size_t)snprintf(id, sizeof(id), "account-%d", i) } };
		must(claque_dataset_add_account(data, &a, &n, &err));
	}
	for (int i = 0; i < POSTS; i++) {
		struct claque_str key = { id, (size_t)snprintf(id, sizeof(id), "post-%d", i) };
		must(claque_dataset_add_object(data, CLAQUE_OBJECT_post, key, &n, &err));
	}
	for (int i = 0; i < ACCOUNTS * SHARES; i++)
		share((uint32_t)i / SHARES, throw(POSTS), throw(20000));
	for (int i = 0; i < TARGETS * TEAM; i++)
		share((uint32_t)i % TEAM, (uint32_t)i / TEAM, i / TEAM * 500 + throw(5));
	must(claque_dataset_seal(data, &quiet, &err));
	settings.memory_bytes = 1 << 28;
	must(claque_score(data, &settings, &quiet, &found, &err));
	for (size_t g = 0; g < found->group_count; g++)
		printf("%s: %zu accounts, score %.2f, coordination %.2f\n", found->groups[g].kind,
		       found->groups[g].member_count, found->groups[g].score,
		       found->groups[g].axes[CLAQUE_COORDINATION]);
	must(claque_explain(data, &settings, 0, &quiet, &why, &err));
	printf("account-0 is a %s\n", why->text);
	claque_explanation_free(why);
	claque_result_free(found);
	claque_dataset_free(data);
	return 0;
}
