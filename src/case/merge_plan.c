/*
 * merge_plan.c - what a colleague's annotations would change in a case.
 *
 * An act is the same one in both cases if kind, subject, words, analyst and time are:
 * rows and numbers differ between cases. As with versions of a text, what the other
 * side has on top of ours is simply taken; a conflict is where both sides went on
 * from what they had in common: verdicts that differ, a note or claim reworded twice, a cell
 * of the matrix rated differently.
 */
#include "config.h"

#include "case/share.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/map.h"
#include "case/ledger.h"
#include "case/merging.h"
#include "store/list.h"

struct planning {
	struct store *store;
	struct arena *perm;
	struct merge_plan *plan;
	size_t line;
	unsigned depth;			/* of what is read now */
	struct map firsts;		/* claims and evidence of the plan, by their first words */
	size_t *items;			/* and their numbers in it */
	size_t item_cap;
	const struct merge_rows *rows;	/* or NULL */
};

unsigned
case_share_depth(enum annotation_kind kind)
{
	return kind == ANNOTATION_rating ? 2 : kind == ANNOTATION_evidence ? 1 : 0;
}

enum { NATIVE_BYTES_MAX = 4 << 20 };

static bool
is_same_act(const struct annotation *a, const struct annotation *b)
{
	return a->kind == b->kind && a->at == b->at && str_eq(a->who, b->who) &&
	       str_eq(a->text, b->text) && str_eq(a->word, b->word) && str_eq(a->quote, b->quote) &&
	       a->about == b->about &&
	       (a->kind < ANNOTATION_claim || str_eq(a->confidence, b->confidence));
}

/* Says the same, by whomever: of kinds of which one is enough. */
static bool
is_alike(const struct annotation *a, const struct annotation *b)
{
	if (!a->live || a->kind != b->kind || a->about != b->about || a->kind == ANNOTATION_note ||
	    a->kind == ANNOTATION_verdict)
		return false;
	if (a->kind == ANNOTATION_technique)
		return str_eq(a->word, b->word);
	return str_eq(a->text, b->text) && str_eq(a->quote, b->quote) && a->first == b->first &&
	       (a->kind < ANNOTATION_claim ||
		(str_eq(a->word, b->word) && str_eq(a->confidence, b->confidence)));
}

struct search {
	const struct annotation *like;
	struct annotation found;	/* id 0: none */
	int64_t replaces;		/* or: what stands in the place of this one */
	struct arena *perm;
};

static void
keep(struct search *s, const struct annotation *a)
{
	s->found = *a;
	s->found.text = str_dup(s->perm, a->text);
	s->found.word = str_dup(s->perm, a->word);
	s->found.who = str_dup(s->perm, a->who);
	s->found.confidence = str_dup(s->perm, a->confidence);
	s->found.target_name = str_dup(s->perm, a->target_name);
	s->found.quote = str_dup(s->perm, a->quote);
	s->found.colour = str_dup(s->perm, a->colour);
}

/* The same act, or what says the same by whomever. A walk of the whole case meets all of it. */
static bool
find_same(void *ctx, const struct annotation *a)
{
	struct search *s = ctx;

	if (s->like->target.kind == SUBJECT_none && a->target.kind != SUBJECT_none)
		return true;
	if (is_alike(a, s->like) || is_same_act(a, s->like))
		keep(s, a);
	return s->found.id == 0;
}

static bool
find_successor(void *ctx, const struct annotation *a)
{
	struct search *s = ctx;

	if (a->replaces == s->replaces)
		keep(s, a);
	return s->found.id == 0;
}

static enum claque_rc
search_on(struct planning *p, struct subject target, struct search *s,
	  bool (*each)(void *ctx, const struct annotation *a), struct claque_err *err)
{
	enum claque_rc rc;

	s->perm = p->perm;
	s->found.id = 0;
	rc = annotation_walk_all(p->store, target, each, s, err);
	return rc == CLAQUE_STOPPED && s->found.id != 0 ? CLAQUE_OK : rc;
}

static struct claque_str
text_of(struct planning *p, const json_t *o, const char *key)
{
	return str_dup(p->perm, case_payload_text(o, key));
}

/* By its number there, where that is known here; else by what it is in any case. */
static enum claque_rc
find_subject(struct planning *p, const json_t *o, enum subject_kind about, struct subject *found,
	     struct claque_err *err)
{
	struct buf native;
	enum claque_rc rc;

	*found = (struct subject){ 0 };
	if (about == SUBJECT_none)
		return CLAQUE_OK;
	if (p->rows != NULL)
		*found = p->rows->find(p->rows->ctx, about, case_payload_int(o, "about_row"));
	if (found->kind != SUBJECT_none)
		return CLAQUE_OK;
	buf_init(&native, NATIVE_BYTES_MAX);
	json_canonical(&native, json_object_get(o, "about"));
	rc = native_find(p->store, about, buf_str(&native), found, err);
	buf_done(&native);
	return rc;
}

static enum claque_rc
read_subject(struct planning *p, const json_t *o, struct merge_item *item, struct claque_err *err)
{
	enum subject_kind about;
	struct subject found;
	bool period = json_object_get(o, "to_ms") != NULL;
	enum claque_rc rc;

	if (!subject_kind_parse(case_payload_text(o, "about_kind"), &about))
		about = SUBJECT_none;
	rc = find_subject(p, o, about, &found, err);
	item->theirs.target = found;
	/* A group may be called otherwise here. */
	if (rc == CLAQUE_OK && found.kind != SUBJECT_none &&
	    (period || p->rows == NULL || !p->rows->same_names))
		rc = list_subject_name(p->store, found, p->perm, &item->theirs.target_name, err);
	if (period && (found.kind != SUBJECT_none || about == SUBJECT_none)) {
		item->period = (struct period){ case_payload_int(o, "from_ms"),
			case_payload_int(o, "to_ms"), found,
			found.kind != SUBJECT_none ? item->theirs.target_name : STR("") };
		item->theirs.target = (struct subject){ SUBJECT_period, 0 };
	}
	return rc;
}

/* What was reworded: from what the two sides had in common. */
static enum claque_rc
judge_wording(struct planning *p, const json_t *ancestors, struct merge_item *item,
	   struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < json_array_size(ancestors) && rc == CLAQUE_OK; i++) {
		const json_t *o = json_array_get(ancestors, i);
		struct annotation old = { .kind = item->theirs.kind, .about = item->theirs.about,
					  .target = item->theirs.target,
					  .at = case_payload_int(o, "at_ms"),
					  .who = case_payload_text(o, "who"),
					  .text = case_payload_text(o, "text"),
					  .word = case_payload_text(o, "word"),
					  .confidence = case_payload_text(o, "confidence") };
		struct search s = { .like = &old };

		rc = search_on(p, item->theirs.target, &s, find_same, err);
		if (rc != CLAQUE_OK || s.found.id == 0)
			continue;
		if (s.found.live) {
			item->theirs.replaces = s.found.id;
			return rc;
		}
		s.replaces = s.found.id;
		rc = search_on(p, item->theirs.target, &s, find_successor, err);
		if (rc == CLAQUE_OK && s.found.id != 0 && s.found.live) {
			item->mine = s.found;
			item->state = MERGE_CONFLICT;
		}
		return rc;
	}
	return rc;
}

/* Something else stands in its place: a cell rated otherwise, a field of other words. */
static enum claque_rc
judge_place(struct planning *p, struct merge_item *item, struct claque_err *err)
{
	bool by_text;
	int64_t id = 0;
	enum claque_rc rc;

	if (!case_has_place(item->theirs.kind, &by_text) || by_text)
		return CLAQUE_OK;
	rc = annotation_in_place(p->store, &item->theirs, false, &id, err);
	if (rc != CLAQUE_OK || id == 0)
		return rc;
	item->state = MERGE_CONFLICT;
	return annotation_get(p->store, id, p->perm, &item->mine, err);
}

static enum claque_rc
judge(struct planning *p, const json_t *o, struct merge_item *item, struct claque_err *err)
{
	struct search s = { .like = &item->theirs };
	enum claque_rc rc;

	if (item->period.to > item->period.from) {	/* a new one has nothing on it yet */
		rc = period_find(p->store, &item->period, &item->theirs.target.id, err);
		if (rc != CLAQUE_OK || item->theirs.target.id == 0)
			return rc;
	}
	rc = search_on(p, item->theirs.target, &s, find_same, err);
	item->there = s.found.id;
	if (rc == CLAQUE_OK && item->there != 0) {
		item->state = MERGE_SAME;
		return rc;
	}
	if (rc == CLAQUE_OK)
		rc = judge_wording(p, json_object_get(o, "instead_of"), item, err);
	if (rc == CLAQUE_OK && item->state == MERGE_TAKE && item->theirs.replaces == 0)
		rc = judge_place(p, item, err);
	return rc;
}

/* --- what belongs to what */

/* Of the words that an annotation began with. */
static struct claque_str
first_key(struct planning *p, struct claque_str kind, const json_t *o)
{
	struct claque_str who = case_payload_text(o, "who"), text = case_payload_text(o, "text");

	return str_fmt(p->perm, STR_FMT "\n%lld\n" STR_FMT "\n" STR_FMT, STR_ARG(kind),
		       (long long)case_payload_int(o, "at_ms"), STR_ARG(who), STR_ARG(text));
}

static void
keep_first(struct planning *p, const json_t *o, size_t item)
{
	const json_t *before = json_object_get(o, "instead_of");
	size_t n = json_array_size(before);
	const json_t *first = n > 0 ? json_array_get(before, n - 1) : o;
	uint32_t number = map_add(&p->firsts, first_key(p, case_payload_text(o, "kind"), first), NULL);

	GROW(p->items, p->item_cap, p->firsts.count);
	p->items[number] = item;
}

/* In this case: the same, what it is a new wording of, or ours that it is in conflict with. */
static int64_t
here_of(const struct merge_item *whole)
{
	return whole->there != 0 ? whole->there : whole->state == MERGE_CONFLICT ? whole->mine.id :
	       whole->theirs.replaces;
}

/* Finds what it belongs to, here or among what comes with it; false: nowhere. */
static enum claque_rc
find_whole(struct planning *p, const json_t *o, struct merge_item *item, bool *found,
	   struct claque_err *err)
{
	const json_t *link = json_object_get(o, "belongs_to");
	enum case_action kind = case_action_of(case_payload_text(link, "kind"));
	struct annotation like = { .kind = (enum annotation_kind)kind,
				   .at = case_payload_int(link, "at_ms"),
				   .who = case_payload_text(link, "who"),
				   .text = case_payload_text(link, "text") };
	uint32_t number = map_get(&p->firsts, first_key(p, case_payload_text(link, "kind"), link));
	int64_t here = 0;
	enum claque_rc rc = CLAQUE_OK;

	*found = item->theirs.kind != ANNOTATION_evidence && item->theirs.kind != ANNOTATION_rating;
	if (*found)
		return rc;
	if (number != MAP_NONE) {
		const struct merge_item *whole = &p->plan->items[p->items[number]];

		item->whole = p->items[number] + 1;
		here = here_of(whole);
		*found = whole->state != MERGE_UNKNOWN && whole->state != MERGE_REFUSED;
	} else if ((unsigned)kind < ANNOTATION_COUNT) {
		rc = annotation_said(p->store, &like, &here, err);
		*found = here != 0;
	}
	return rc == CLAQUE_OK && here != 0 ?
	       annotation_line(p->store, here, &item->theirs.about, err) : rc;
}

/* Is it on something of this case? On the whole case are claims and what goes with them. */
static bool
is_on_something(const json_t *o, const struct merge_item *item)
{
	enum subject_kind kind;

	return item->theirs.target.kind != SUBJECT_none ||
	       (item->theirs.kind >= ANNOTATION_claim && item->theirs.kind < ANNOTATION_COUNT &&
		subject_kind_parse(case_payload_text(o, "about_kind"), &kind) && kind == SUBJECT_none);
}

static enum claque_rc
place_item(struct planning *p, const json_t *o, struct merge_item *item, struct claque_err *err)
{
	struct claque_err why;
	bool found;
	enum claque_rc rc = find_whole(p, o, item, &found, err);

	if (rc != CLAQUE_OK)
		return rc;
	item->state = MERGE_TAKE;
	if (!is_on_something(o, item) || !found) {
		item->state = MERGE_UNKNOWN;
		return CLAQUE_OK;
	}
	if (case_check(&item->theirs, &why) != CLAQUE_OK) {
		item->state = MERGE_REFUSED;
		return CLAQUE_OK;
	}
	if (item->whole != 0 && item->theirs.about == 0)	/* its claim is new here, and so is it */
		return CLAQUE_OK;
	return judge(p, o, item, err);
}

/* Of what is read with all its rows: how it came to say that. */
static void
read_before(struct planning *p, const json_t *ancestors, struct merge_item *item)
{
	size_t count = json_array_size(ancestors);

	if (p->rows == NULL || item->state != MERGE_TAKE || item->theirs.replaces != 0)
		return;
	item->before = ARENA_NEW(p->perm, struct annotation, count);
	for (size_t i = count; i-- > 0; ) {
		const json_t *o = json_array_get(ancestors, i);
		struct annotation old = item->theirs;

		old.at = case_payload_int(o, "at_ms");
		old.who = text_of(p, o, "who");
		old.text = text_of(p, o, "text");
		old.word = text_of(p, o, "word");
		old.confidence = text_of(p, o, "confidence");
		old.colour = STR("");
		if (old.at > 0 && old.who.len > 0)
			item->before[item->before_count++] = old;
	}
}

static enum claque_rc
read_item(struct planning *p, const json_t *o, enum annotation_kind kind, struct merge_item *item,
	  struct claque_err *err)
{
	enum claque_rc rc;

	*item = (struct merge_item){ .theirs = {
		.kind = kind,
		.target_name = text_of(p, o, "name"), .text = text_of(p, o, "text"),
		.word = text_of(p, o, "word"), .confidence = text_of(p, o, "confidence"),
		.colour = text_of(p, o, "colour"), .quote = text_of(p, o, "quote"),
		.who = text_of(p, o, "who"), .at = case_payload_int(o, "at_ms"),
		.first = case_payload_int(o, "first"),
	} };
	if (item->theirs.kind != ANNOTATION_highlight)
		item->theirs.first = 0;
	if (item->theirs.at <= 0 || item->theirs.who.len == 0)
		return err_set(err, CLAQUE_EINPUT, "line %zu: an annotation without who and at_ms",
			       p->line);
	rc = read_subject(p, o, item, err);
	if (rc == CLAQUE_OK)
		rc = place_item(p, o, item, err);
	if (rc == CLAQUE_OK)
		read_before(p, json_object_get(o, "instead_of"), item);
	if (rc == CLAQUE_OK && (kind == ANNOTATION_claim || kind == ANNOTATION_evidence))
		keep_first(p, o, p->plan->count);
	return rc;
}

bool
merge_is_on(const struct merge_item *a, const struct merge_item *b)
{
	return a->theirs.kind == ANNOTATION_verdict && b->theirs.kind == ANNOTATION_verdict &&
	       a->theirs.target.kind == b->theirs.target.kind && a->theirs.target.id != 0 &&
	       a->theirs.target.id == b->theirs.target.id;
}

/* Verdicts on one subject: is ours among theirs, or did both sides go on? */
static enum claque_rc
judge_verdict(struct planning *p, size_t at, struct claque_err *err)
{
	struct merge_item *item = &p->plan->items[at];
	const struct merge_item *last = item;
	struct annotation mine;
	bool known = false;
	enum claque_rc rc = annotation_verdict(p->store, item->theirs.target, p->perm, &mine, err);

	for (size_t i = 0; i < p->plan->count && rc == CLAQUE_OK; i++) {
		const struct merge_item *other = &p->plan->items[i];

		if (!merge_is_on(item, other))
			continue;
		known = known || other->there == mine.id;
		last = i > at ? other : last;
	}
	if (rc != CLAQUE_OK || mine.id == 0 || known)
		return rc;
	if (last->state == MERGE_SAME) {	/* we were there, and went on */
		item->state = MERGE_SAME;
	} else if (!str_eq(last->theirs.word, mine.word)) {
		item->state = MERGE_CONFLICT;
		item->mine = mine;
	}
	return rc;
}

static enum claque_rc
judge_verdicts(struct planning *p, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = p->plan->count; i-- > 0 && rc == CLAQUE_OK; )
		if (p->plan->items[i].state == MERGE_TAKE &&
		    p->plan->items[i].theirs.kind == ANNOTATION_verdict &&
		    p->plan->items[i].theirs.target.id != 0)
			rc = judge_verdict(p, i, err);
	for (size_t i = 0; i < p->plan->count; i++)
		p->plan->states[p->plan->items[i].state]++;
	return rc;
}

/* One of the kinds that are read now: those that others belong to come first. */
static enum claque_rc
add_item(struct planning *p, const json_t *o, struct claque_err *err)
{
	enum case_action action = case_action_of(case_payload_text(o, "kind"));
	enum annotation_kind kind = (unsigned)action < ANNOTATION_COUNT ?
				    (enum annotation_kind)action : ANNOTATION_COUNT;
	enum claque_rc rc;

	if (case_share_depth(kind) != p->depth)
		return CLAQUE_OK;
	if (p->plan->count == SHARE_ITEMS_MAX)
		return err_set(err, CLAQUE_ELIMIT, "more than %d annotations", SHARE_ITEMS_MAX);
	rc = read_item(p, o, kind, &p->plan->items[p->plan->count], err);
	p->plan->count += rc == CLAQUE_OK;
	return rc;
}

static enum claque_rc
read_line(struct planning *p, struct claque_str line, struct claque_err *err)
{
	json_t *o = json_parse(line);
	enum claque_rc rc = CLAQUE_OK;

	if (!json_is_object(o)) {
		rc = err_set(err, CLAQUE_EINPUT, "line %zu is no JSON object", p->line);
	} else if (p->line == 1) {
		p->plan->other = text_of(p, o, "case");
		p->plan->ledger_hash = text_of(p, o, "ledger_hash");
		p->plan->ledger_entries = case_payload_int(o, "ledger_entries");
		if (case_payload_int(o, "annotations") != 1)
			rc = err_set(err, CLAQUE_EINPUT, "these are no annotations of a case: claque"
				     " annotations CASE writes some");
	} else {
		rc = add_item(p, o, err);
	}
	json_decref(o);
	return rc;
}

static size_t
count_lines(struct claque_str s)
{
	size_t n = 1;

	for (size_t i = 0; i < s.len; i++)
		n += s.p[i] == '\n';
	return n < SHARE_ITEMS_MAX ? n : SHARE_ITEMS_MAX;
}

static enum claque_rc
plan_all(struct planning *p, struct claque_str lines, struct claque_err *err)
{
	struct merge_plan *out = p->plan;
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct merge_plan){ .count = 0 };
	out->items = ARENA_NEW(p->perm, struct merge_item, count_lines(lines));
	map_init(&p->firsts);
	for (p->depth = 0; rc == CLAQUE_OK && p->depth < SHARE_DEPTHS; p->depth++) {
		struct claque_str rest = lines, line;

		for (p->line = 1; rc == CLAQUE_OK && str_cut(&rest, '\n', &line); p->line++)
			if (str_trim(line).len > 0)
				rc = read_line(p, line, err);
	}
	map_done(&p->firsts);
	free(p->items);
	return rc == CLAQUE_OK ? judge_verdicts(p, err) : rc;
}

enum claque_rc
case_merge_plan(struct store *store, struct claque_str lines, struct arena *perm,
		struct merge_plan *out, struct claque_err *err)
{
	struct planning p = { .store = store, .perm = perm, .plan = out };

	return plan_all(&p, lines, err);
}

enum claque_rc
case_merge_plan_rows(struct store *store, struct claque_str lines, const struct merge_rows *rows,
		     struct arena *perm, struct merge_plan *out, struct claque_err *err)
{
	struct planning p = { .store = store, .perm = perm, .plan = out, .rows = rows };

	return plan_all(&p, lines, err);
}
