/* merge.c - a colleague's annotations taken into a case, as they were planned to be. */
#include "config.h"

#include "case/share.h"

#include <stdlib.h>

#include "case/ledger.h"
#include "case/merging.h"
#include "store/list.h"

enum { PAYLOAD_MAX = 4 << 20, CONFLICTS_TOLD = 1000, NAME_ROOM = 1 << 20 };

const char *
merge_state_words(enum merge_state state)
{
#define X(id, words) [MERGE_##id] = words,
	static const char *const words[] = { MERGE_LIST(X) };
#undef X
	return (unsigned)state < MERGE_STATE_COUNT ? words[state] : "?";
}

/* Can two wordings of it stand beside each other? */
static bool
is_worded(enum annotation_kind kind)
{
	return kind == ANNOTATION_note || kind == ANNOTATION_claim || kind == ANNOTATION_evidence;
}

/* What was there before it, each in the place of the one before that; a->replaces: the last. */
static enum claque_rc
take_before(const struct case_context *c, const struct merge_item *item, struct annotation *a,
	    struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < item->before_count; i++) {
		struct annotation old = item->before[i];

		old.target = a->target;
		old.about = a->about;
		old.replaces = a->replaces;
		rc = case_annotate_id(c, &old, &a->replaces, err);
	}
	return rc;
}

/* made: the annotations that items before it have become. */
static enum claque_rc
take(const struct case_context *c, const struct merge_item *item, const int64_t *made, int64_t *id,
     struct claque_err *err)
{
	struct arena room = arena_new(NAME_ROOM), perm = room;
	struct annotation a = item->theirs;
	enum claque_rc rc = CLAQUE_OK;

	if (a.target.kind == SUBJECT_period) {
		rc = case_period(c, &item->period, &a.target, err);
		if (rc == CLAQUE_OK)
			rc = list_subject_name(c->store, a.target, &perm, &a.target_name, err);
	}
	if (item->state == MERGE_CONFLICT && item->choice == MERGE_THEIRS &&
	    is_worded(a.kind))
		a.replaces = item->mine.id;
	if (a.about == 0 && item->whole != 0)
		a.about = made[item->whole - 1];
	if (rc == CLAQUE_OK)
		rc = take_before(c, item, &a, err);
	if (rc == CLAQUE_OK)
		rc = case_annotate_id(c, &a, id, err);
	arena_free(room);
	return rc;
}

/* Theirs is in the history; ours counts again. */
static enum claque_rc
keep_counting(const struct case_context *c, const struct merge_plan *plan, size_t at,
	      struct claque_err *err)
{
	const struct merge_item *item = &plan->items[at];
	struct annotation mine = item->mine;

	for (size_t i = at + 1; i < plan->count; i++)
		if (merge_is_on(item, &plan->items[i]) && plan->items[i].state == MERGE_CONFLICT)
			return CLAQUE_OK;
	mine.who = STR("");
	mine.at = 0;
	mine.was_tag = STR("");
	return case_annotate(c, &mine, err);
}

static const char *const choice_words[] = {
	[MERGE_LEAVE] = "left", [MERGE_MINE] = "mine", [MERGE_THEIRS] = "theirs",
	[MERGE_BOTH] = "both",
};

/* What an annotation comes to, in a word or its words. */
static struct claque_str
gist(const struct annotation *a)
{
	if (a->kind == ANNOTATION_verdict)
		return a->word;
	return a->kind == ANNOTATION_rating ? a->confidence : str_head(a->text, 200);
}

static json_t *
conflicts_json(const struct merge_plan *plan)
{
	json_t *list = json_array();

	for (size_t i = 0; i < plan->count && json_array_size(list) < CONFLICTS_TOLD; i++) {
		const struct merge_item *item = &plan->items[i];
		json_t *o;

		if (item->state != MERGE_CONFLICT)
			continue;
		o = json_object();
		json_put(o, "chosen", json_text(str_of(choice_words[item->choice])));
		json_put(o, "mine", json_text(gist(&item->mine)));
		json_put(o, "target", json_text(item->mine.target_name));
		json_put(o, "theirs", json_text(gist(&item->theirs)));
		if (json_array_append_new(list, o) != 0)
			base_oom();
	}
	return list;
}

static enum claque_rc
record(const struct case_context *c, const struct merge_plan *plan, size_t taken,
       struct claque_err *err)
{
	json_t *o = json_object();
	struct buf payload;
	enum claque_rc rc;

	json_put(o, "conflicts", conflicts_json(plan));
	json_put(o, "conflicts_all", json_integer((json_int_t)plan->states[MERGE_CONFLICT]));
	json_put(o, "other", json_text(plan->other));
	json_put(o, "other_ledger_entries", json_integer(plan->ledger_entries));
	json_put(o, "other_ledger_hash", json_text(plan->ledger_hash));
	json_put(o, "same", json_integer((json_int_t)plan->states[MERGE_SAME]));
	json_put(o, "taken", json_integer((json_int_t)taken));
	json_put(o, "unknown", json_integer((json_int_t)plan->states[MERGE_UNKNOWN]));
	buf_init(&payload, PAYLOAD_MAX);
	json_canonical(&payload, o);
	rc = case_record(c, STR("merge"), plan->other, buf_str(&payload), err);
	buf_done(&payload);
	json_decref(o);
	return rc;
}

enum claque_rc
case_merge(const struct case_context *c, const struct merge_plan *plan, size_t *taken,
	   struct claque_err *err)
{
	int64_t *made = calloc(plan->count + 1, sizeof(*made));
	enum claque_rc rc = CLAQUE_OK;

	if (made == NULL)
		base_oom();
	*taken = 0;
	for (size_t i = 0; i < plan->count && rc == CLAQUE_OK; i++) {
		const struct merge_item *item = &plan->items[i];
		bool chosen = item->state == MERGE_CONFLICT && (item->choice == MERGE_THEIRS ||
								item->choice == MERGE_BOTH);

		if (item->state != MERGE_TAKE && !chosen)
			continue;
		rc = take(c, item, made, &made[i], err);
		*taken += rc == CLAQUE_OK;
		if (rc == CLAQUE_OK && chosen && item->choice == MERGE_BOTH &&
		    !is_worded(item->theirs.kind))
			rc = keep_counting(c, plan, i, err);
	}
	free(made);
	if (rc != CLAQUE_OK || (*taken == 0 && plan->states[MERGE_CONFLICT] == 0))
		return rc;
	return record(c, plan, *taken, err);
}
