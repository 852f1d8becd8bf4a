/* session_topics.c - what posts are about, from the workbench: app/topics_job as a job. */
#include "config.h"

#include "app/session_impl.h"
#include "app/topics_job.h"

enum { TOPICS_SCRATCH = 1 << 16 };

static void
say_found(struct session *s, const struct topics_report *r)
{
	struct arena whole = arena_new(TOPICS_SCRATCH), perm = whole;

	if (r->looked == 0)
		session_say(s, "topics: every post was looked at before, by the same packs");
	else
		session_say(s, "topics: looked at %s posts by %zu packs, %s have one; f on posts counts"
			    " them", count_grouped(&perm, (int64_t)r->looked).p, r->packs,
			    count_grouped(&perm, (int64_t)r->found).p);
	arena_free(whole);
}

unsigned
session_topics(struct session *s)
{
	const struct topics_order order = { .who = s->who };
	struct topics_report report;
	struct claque_err err;
	enum claque_rc rc;

	jobs_begin(s, "topics");
	rc = topics_job(s->store, &order, &s->progress, &report, &err);
	if (rc == CLAQUE_STOPPED)
		session_say(s, "topics: %s", err.msg);
	else if (rc != CLAQUE_OK)
		session_fail(s, &err);
	else
		say_found(s, &report);
	jobs_end(s, true);
	session_forget(s);
	return SESSION_REDRAW | SESSION_RELOAD;
}
