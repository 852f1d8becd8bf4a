/*
 * example.c - libclaque in a program of your own: 200 accounts share what they
 * like, twelve of them also the same forty posts within minutes. To build it:
 * cc -o example example.c $(pkg-config --cflags --libs claque) && ./example
 */
#include <claque/explain.h>
#include <claque/score.h>
#include <stdio.h>
#include <stdlib.h>

enum { ACCOUNTS = 200, TEAM = 12, POSTS = 600, SHARES = 30, TARGETS = 40, MINUTE = 60000 };
static struct claque_err err;

static void
must(enum claque_rc rc)
{
	if (rc != CLAQUE_OK) {
		fprintf(stderr, "%s\n", err.msg);
		exit(1);
	}
}

int
main(void)
{
	const struct claque_progress quiet = { 0 };	/* tick: returns false to cancel */
	struct claque_score_settings settings = claque_score_defaults();
	struct claque_dataset *data;
	struct claque_result *found;
	struct claque_explanation *why;
	uint32_t dice = 1, number;
	char id[16];
	must(claque_dataset_new(&data, &err));
	for (int i = 0; i < ACCOUNTS + POSTS; i++) {
		struct claque_str key = { id, (size_t)snprintf(id, sizeof(id), "number-%d", i) };
		struct claque_account a = { .id = key, .created_at = CLAQUE_NO_TIME,
					    .followers = -1, .verified = -1 };
		must(i < ACCOUNTS ? claque_dataset_add_account(data, &a, &number, &err) :
		     claque_dataset_add_object(data, CLAQUE_OBJECT_post, key, &number, &err));
	}
	for (uint32_t i = 0; i < ACCOUNTS * SHARES + TARGETS * TEAM; i++) {
		uint32_t alone = i < ACCOUNTS * SHARES, j = i - ACCOUNTS * SHARES, draw = dice >> 8;
		struct claque_share s = { .account = alone ? i / SHARES : j % TEAM,
			.object = alone ? draw % POSTS : j / TEAM, .act = CLAQUE_ACT_reshare,
			.at = (int64_t)(alone ? draw % 20000 : j / TEAM * 500 + draw % 5) * MINUTE,
			.row = i };	/* your name for the act: evidence gives it back */
		dice = dice * 1664525 + 1013904223;
		must(claque_dataset_add_share(data, &s, &err));
	}
	must(claque_dataset_seal(data, &quiet, &err));
	must(claque_score(data, &settings, &quiet, &found, &err));
	for (size_t g = 0; g < found->group_count; g++)
		printf("%s: %zu accounts\n", found->groups[g].kind, found->groups[g].member_count);
	must(claque_explain(data, &settings, 0, &quiet, &why, &err));
	printf("number-0 is a %s\n", why->text);
	claque_explanation_free(why);
	claque_result_free(found);
	claque_dataset_free(data);
	return 0;
}
