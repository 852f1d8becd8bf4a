/*
 * disproof.c - what would disprove a lead: for each of its strongest parts the
 * finding that would take it away, and the score without it. Where a part of
 * coordination falls, the others count for more: only their sum was capped.
 */
#include "config.h"

#include "engine/innocent.h"

#include <math.h>
#include <stdio.h>

#include "base/array.h"
#include "engine/group.h"
#include "engine/odds.h"

enum { PARTS_NAMED = 3 };
/* A part that adds less is not worth disproving. */
#define ADDS_LEAST 0.3

/* What would take a part away. X(signal, finding) */
#define FINDING_LIST(X) \
	X(CO_RESHARE, "the common sources reached them by one feed, list or group they joined openly") \
	X(CO_SOURCE, "the common sources reached them by one feed, list or group they joined openly") \
	X(CO_URL, "the common links come from one newsletter, widget or feed") \
	X(CO_TEXT, "the common words come from a share button or a published text") \
	X(CO_MEDIA, "the common pictures come from one app, a press kit or a meme of the day") \
	X(CO_AUTHOR, "they follow one author openly, as his readers do") \
	X(FAST_RESHARE, "alerts for that author explain the pace") \
	X(TAG_SEQUENCE, "a template that many use writes these hashtags in this order") \
	X(CO_DELETE, "the platform or one service deleted the posts") \
	X(OFFICE_HOURS, "the accounts live, travel or work by night where these hours are ordinary") \
	X(DEFAULT_HANDLES, "the platform gave such handles to everybody who signed up then or there") \
	X(CREATION_BURST, "a campaign, a list of accounts to follow or an outage brought many " \
	  "sign-ups on those days") \
	X(REPURPOSED, "the owners themselves confirm their changes of name, place and picture") \
	X(AVATAR_REUSE, "the pictures are the platform's own or a public badge") \
	X(TWINS, "the owners of the twins say so openly on both platforms") \
	X(LOOK_ALIKES, "the sites belong to those whose names they resemble") \
	X(BOTH_SIDES, "the members are people who collect or quote both sides") \
	X(HOLLOW_AUDIENCE, "the platform hides or limits these accounts' posts") \
	X(CAMOUFLAGE, "the filler is what one app or community posts for all who use it")

static const char *const findings[CLAQUE_SIGNAL_COUNT] = {
#define X(signal, finding) [CLAQUE_SIGNAL_##signal] = finding,
	FINDING_LIST(X)
#undef X
};

/* Of a timing part; all of them fall alike. */
static const char pace[] = "a common trigger (an alert, a broadcast, a bus of one employer) sets "
			   "their pace";

static const char *
finding_of(const char *signal)
{
	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT; i++) {
		const struct claque_signal_info *info = claque_signal_info((enum claque_signal)i);

		if (info != NULL && strcmp(info->name, signal) == 0)
			return findings[i];
	}
	return pace;
}

/* Of the coordination of what still stands. */
static double
coordination_of(const struct claque_group *g, const bool *fallen)
{
	double sum = 0;

	for (size_t i = 0; i < g->evidence_count; i++)
		if (g->evidence[i].axis == CLAQUE_COORDINATION && !fallen[i])
			sum += g->evidence[i].alone;
	return cut_to(sum, -HUGE_VAL, COORDINATION_MAX);
}

static double
score_without(const struct claque_group *g, const bool *fallen)
{
	double x = logit(g->score);

	for (size_t i = 0; i < g->evidence_count; i++)
		if (g->evidence[i].axis == CLAQUE_COORDINATION || fallen[i])
			x -= g->evidence[i].log_odds;
	return logistic(x + coordination_of(g, fallen));
}

void
disproof_write(const struct claque_group *g, char *out, size_t room)
{
	bool *one = ARRAY_NEW(bool, g->evidence_count), *all = ARRAY_NEW(bool, g->evidence_count);
	unsigned named = 0;
	size_t at = 0;

	out[0] = '\0';
	for (size_t i = 0; i < g->evidence_count && named < PARTS_NAMED && at < room; i++) {
		const struct claque_evidence *e = &g->evidence[i];
		const char *finding = finding_of(e->signal);
		int n;

		if (e->log_odds < ADDS_LEAST || finding == NULL)
			continue;
		one[i] = all[i] = true;
		n = snprintf(out + at, room - at, "%s%s: the score is then %.2f (%s, %+.2f, falls).",
			     named == 0 ? "Disproved if it turns out that " : " Or ", finding,
			     score_without(g, one), e->signal, e->log_odds);
		one[i] = false;
		at += n > 0 ? (size_t)n : 0;
		named++;
	}
	if (named > 1 && at < room)
		(void)snprintf(out + at, room - at, " If all of these fall, it is %.2f.",
			       score_without(g, all));
	array_free(one);
	array_free(all);
}
