#include "config.h"

#include "app/argue.h"

#include <stdlib.h>

#include "app/session_impl.h"
#include "base/err.h"

enum { SCRATCH_BYTES = 1 << 20, KEY_FIRST = HYPOTHESIS_COUNT + 1 };
#define ARGUMENT_BYTES (INT64_C(256) << 20)

struct argued {
	struct arena room;
	struct subject of;
	struct argument what;
};

void
argued_free(struct session *s)
{
	if (s->argued != NULL)
		arena_free(s->argued->room);
	free(s->argued);
	s->argued = NULL;
}

static bool
is_claimed_about(struct subject subject)
{
	return subject.kind == SUBJECT_cluster || subject.kind == SUBJECT_account ||
	       subject.kind == SUBJECT_source;
}

static enum claque_rc
read_argument(struct session *s, struct subject of, struct arena *perm, struct argument *out,
	      struct claque_err *err)
{
	struct subject group = of.kind == SUBJECT_cluster ? of : (struct subject){ 0 };
	enum claque_rc rc = case_claims(s->store, of, perm, &out->claims, &out->claim_count, err);

	if (rc == CLAQUE_OK)
		rc = case_ach(s->store, of, perm, &out->ach, err);
	if (rc == CLAQUE_OK)
		rc = case_techniques(s->store, group, perm, &out->techniques, &out->technique_count,
				     err);
	return rc;
}

const struct argument *
session_argument(struct session *s, struct subject subject)
{
	struct subject of = is_claimed_about(subject) ? subject : (struct subject){ 0 };
	struct claque_err err;
	struct arena room;
	size_t cap = 0;

	if (s->argued != NULL && s->argued->of.kind == of.kind && s->argued->of.id == of.id)
		return &s->argued->what;
	if (s->hurry) {
		s->owes = true;
		return NULL;
	}
	argued_free(s);
	GROW(s->argued, cap, 1);
	*s->argued = (struct argued){ .room = arena_new(ARGUMENT_BYTES), .of = of };
	room = s->argued->room;
	if (read_argument(s, of, &room, &s->argued->what, &err) != CLAQUE_OK)
		session_fail(s, &err);
	return &s->argued->what;
}

struct subject
session_claim_about(struct session *s)
{
	struct subject on = session_subject(s);

	if (!is_claimed_about(on))
		on = session_here(s)->subject;
	return is_claimed_about(on) ? on : (struct subject){ 0 };
}

bool
session_argued(struct session *s, struct arena *perm, int64_t id, struct annotation *out)
{
	struct claque_err err;

	if (annotation_get(s->store, id, perm, out, &err) == CLAQUE_OK)
		return true;
	session_fail(s, &err);
	return false;
}

/* The message, and what was there asked for anew. */
static unsigned
finish(struct session *s, enum claque_rc rc, const struct claque_err *err, const char *done)
{
	session_forget(s);
	if (rc != CLAQUE_OK)
		session_fail(s, err);
	else
		session_say(s, "%s; u takes it back", done);
	return SESSION_REDRAW | SESSION_RELOAD;
}

/* What takes the place of another one is about the same thing. */
static enum claque_rc
say(struct session *s, struct annotation *a, struct subject on, struct claque_err *err)
{
	struct arena whole = arena_new(SCRATCH_BYTES), perm = whole;
	struct case_context c = session_context(s, &perm);
	struct annotation old = { .target = on };
	enum claque_rc rc = CLAQUE_OK;

	if (a->replaces != 0)
		rc = annotation_get(s->store, a->replaces, &perm, &old, err);
	else if (on.kind != SUBJECT_none)
		old.target_name = session_true_name(s, on, &perm);
	a->target = old.target;
	a->target_name = old.target_name;
	if (a->replaces != 0 && a->about == 0)
		a->about = old.about;
	if (rc == CLAQUE_OK)
		rc = case_annotate(&c, a, err);
	arena_free(whole);
	return rc;
}

unsigned
session_claim(struct session *s, const struct annotation *claim, bool *ok)
{
	struct annotation a = *claim;
	struct claque_err err;
	enum claque_rc rc = say(s, &a, session_claim_about(s), &err);

	*ok = rc == CLAQUE_OK;
	return finish(s, rc, &err, a.replaces != 0 ? "the claim is reworded" : "claimed");
}

/* Sets, tricks and queries are no things of the case. */
static struct subject
evidence_here(struct session *s)
{
	struct subject on = session_subject(s);
	bool thing = is_claimed_about(on) || on.kind == SUBJECT_post || on.kind == SUBJECT_change ||
		     on.kind == SUBJECT_indicator || on.kind == SUBJECT_evidence;

	return thing ? on : (struct subject){ 0 };
}

unsigned
session_evidence(struct session *s, const struct annotation *evidence, bool *ok)
{
	struct annotation a = *evidence;
	struct claque_err err;
	enum claque_rc rc = say(s, &a, evidence_here(s), &err);

	*ok = rc == CLAQUE_OK;
	return finish(s, rc, &err, a.replaces != 0 ? "the evidence is reworded" :
		      "added to the claim");
}

/* One past the largest that is in use. */
static int64_t
next_key(const struct ach *ach)
{
	int64_t next = KEY_FIRST, n;

	for (size_t i = 0; i < ach->hypothesis_count; i++) {
		struct claque_str key = ach->hypotheses[i].key;

		if (str_starts(key, STR("H")) && str_to_i64(str_sub(key, 1, key.len), &n) && n >= next)
			next = n + 1;
	}
	return next;
}

unsigned
session_hypothesis(struct session *s, struct claque_str text)
{
	struct subject on = session_here(s)->subject;
	const struct argument *argued = session_argument(s, on);
	struct arena whole = arena_new(SCRATCH_BYTES), perm = whole;
	struct annotation a = { .kind = ANNOTATION_hypothesis, .text = text };
	struct claque_err err;
	unsigned bits = SESSION_REDRAW;

	if (argued != NULL) {
		a.word = str_fmt(&perm, "H%lld", (long long)next_key(&argued->ach));
		on = on.kind == SUBJECT_cluster ? on : (struct subject){ 0 };
		bits = finish(s, say(s, &a, on, &err), &err, "another hypothesis");
	}
	arena_free(whole);
	return bits;
}

unsigned
session_rate(struct session *s, int64_t evidence, struct claque_str key, enum ach_rating rating)
{
	struct arena whole = arena_new(SCRATCH_BYTES), perm = whole;
	struct case_context c = session_context(s, &perm);
	struct claque_err err;
	enum claque_rc rc = case_rate(&c, evidence, str_dup(&perm, key), rating, &err);
	unsigned bits = finish(s, rc, &err, rating_words(rating));

	arena_free(whole);
	return bits;
}

unsigned
session_withdraw(struct session *s, struct claque_str arg)
{
	const struct row *row = session_current(s);
	struct arena whole, perm;
	struct case_context c;
	struct claque_err err;
	unsigned bits;

	(void)arg;
	if (row == NULL || (session_list(s) != LIST_CLAIMS && session_list(s) != LIST_NOTES)) {
		session_say(s, "claims and evidence are withdrawn on their screen: :go to claims");
		return SESSION_REDRAW;
	}
	whole = perm = arena_new(SCRATCH_BYTES);
	c = session_context(s, &perm);
	bits = finish(s, case_withdraw(&c, row->id, &err), &err, "withdrawn");
	arena_free(whole);
	return bits;
}

unsigned
session_technique(struct session *s, const struct case_technique *technique)
{
	struct subject on = session_claim_about(s);
	struct annotation a = { .kind = ANNOTATION_technique, .word = technique->id };
	struct arena whole = arena_new(SCRATCH_BYTES), perm = whole;
	struct case_context c = session_context(s, &perm);
	struct claque_err err;
	unsigned bits;

	a.word = str_dup(&perm, technique->id);
	on = on.kind == SUBJECT_cluster ? on : (struct subject){ 0 };
	if (technique->confirmed.id != 0)
		bits = finish(s, case_withdraw(&c, technique->confirmed.id, &err), &err,
			      "no longer confirmed");
	else
		bits = finish(s, say(s, &a, on, &err), &err, "confirmed");
	arena_free(whole);
	return bits;
}
