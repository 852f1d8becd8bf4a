#include "config.h"

#include "engine/innocent.h"

#include <math.h>
#include <stdio.h>

#include "base/array.h"
#include "engine/tick.h"

/* Sum of the parts of an axis that speak for the lead. */
static double
speaks_for(const struct claque_group *g, enum claque_axis axis)
{
	double sum = 0;

	for (size_t i = 0; i < g->evidence_count; i++)
		if (g->evidence[i].axis == axis && g->evidence[i].log_odds > 0)
			sum += g->evidence[i].log_odds;
	return sum;
}

/* Log odds below which a sign is not worth a word. */
#define WORTH_A_WORD 0.1

static void
write_unexplained(const struct claque_group *g, double covered, char *out, size_t room)
{
	size_t at = 0;
	unsigned named = 0;
	int n = covered < 0.995 ? snprintf(out, room, "%.0f %% of the joint action",
					   100 * (1 - covered)) : 0;

	at += n > 0 ? (size_t)n : 0;
	for (size_t i = 0; i < g->evidence_count && named < 4 && at < room; i++) {
		const struct claque_evidence *e = &g->evidence[i];

		if (e->axis != CLAQUE_DECEPTION || e->log_odds < WORTH_A_WORD)
			continue;
		n = snprintf(out + at, room - at, "%s%s (%+.2f)", at > 0 ? ", " : "", e->signal,
			     e->log_odds);
		at += n > 0 ? (size_t)n : 0;
		named++;
	}
	if (at == 0)
		(void)snprintf(out, room, "nothing");
}

static int
best_first(const void *pa, const void *pb)
{
	const struct claque_innocent *a = pa, *b = pb;
	double x = isnan(a->score) ? -1 : a->score, y = isnan(b->score) ? -1 : b->score;

	if (x < y || x > y)
		return x > y ? -1 : 1;
	return strcmp(a->name, b->name);
}

static void
test_one(const struct innocent *how, const struct suspect_group *g, struct claque_innocent *out)
{
	struct finding found = { .covered = 0 };
	double joint = speaks_for(g->card, CLAQUE_COORDINATION);
	double personas = speaks_for(g->card, CLAQUE_DECEPTION);

	how->test(g, &found);
	*out = (struct claque_innocent){
		.name = how->name, .tests = how->tests, .n = found.n, .covered = found.covered,
		.score = found.covered * (joint + personas > 0 ? joint / (joint + personas) : 1),
	};
	memcpy(out->text, found.text, sizeof(out->text));
	if (isnan(found.covered))
		(void)snprintf(out->unexplained, sizeof(out->unexplained), "everything");
	else
		write_unexplained(g->card, found.covered, out->unexplained,
				  sizeof(out->unexplained));
}

static void
test_group(const struct joint *j, uint32_t group, struct claque_group *out)
{
	uint32_t *accounts = ARRAY_NEW(uint32_t, out->member_count);
	struct suspect_group g = {
		.joint = j, .group = group, .posts = j->posts + j->from[group],
		.post_count = j->from[group + 1] - j->from[group],
		.accounts = accounts, .card = out,
	};

	for (size_t i = 0; i < out->member_count; i++)
		if (out->members[i].role != CLAQUE_EXPOSED)
			accounts[g.account_count++] = out->members[i].account;
	out->innocents = ARRAY_NEW(struct claque_innocent, INNOCENT_COUNT);
	out->innocent_count = INNOCENT_COUNT;
	for (size_t i = 0; i < INNOCENT_COUNT; i++)
		test_one(&innocents[i], &g, &out->innocents[i]);
	array_sort(out->innocents, INNOCENT_COUNT, sizeof(*out->innocents), best_first);
	disproof_write(out, out->disproof, sizeof(out->disproof));
	array_free(accounts);
}

enum claque_rc
innocents_find(const struct scene *s, const struct claque_progress *progress,
	       struct claque_result *out)
{
	struct ticker t = { .progress = progress, .stage = "testing innocent explanations",
			    .total = out->group_count };
	struct joint j;
	enum claque_rc rc;

	if (out->group_count == 0)
		return CLAQUE_OK;
	rc = joint_init(&j, s, progress);
	if (rc != CLAQUE_OK)
		return rc;
	for (uint32_t g = 0; g < out->group_count && rc == CLAQUE_OK; g++) {
		test_group(&j, g, &out->groups[g]);
		if (!tick(&t, 1, TICK_WORK / 8 + 64 * out->groups[g].member_count))
			rc = CLAQUE_STOPPED;
	}
	joint_done(&j);
	return rc;
}
