/*
 * merge.c - a colleague's annotations taken into a case.
 *
 * An act is the same one in both cases if kind, subject, words, analyst and time are:
 * rows and numbers differ between cases. As with versions of a text, what the other
 * side has on top of ours is simply taken; a conflict is where both sides went on
 * from what they had in common: verdicts that differ, and a note reworded twice.
 */
#include "config.h"

#include "case/share.h"

#include "base/err.h"
#include "case/ledger.h"
#include "store/list.h"

enum { PAYLOAD_MAX = 4 << 20, CONFLICTS_TOLD = 1000, NAME_ROOM = 1 << 20 };

struct planning {
	struct store *store;
	struct arena *perm;
	struct merge_plan *plan;
	size_t line;
};

const char *
merge_state_words(enum merge_state state)
{
#define X(id, words) [MERGE_##id] = words,
	static const char *const words[] = { MERGE_LIST(X) };
#undef X
	return (unsigned)state < MERGE_STATE_COUNT ? words[state] : "?";
}

static bool
is_same_act(const struct annotation *a, const struct annotation *b)
{
	return a->kind == b->kind && a->at == b->at && str_eq(a->who, b->who) &&
	       str_eq(a->text, b->text) && str_eq(a->word, b->word) && str_eq(a->quote, b->quote);
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
}

/* The same act, or a tag, pin or highlight that is there by whomever. */
static bool
find_same(void *ctx, const struct annotation *a)
{
	struct search *s = ctx;
	bool alike = a->live && a->kind == s->like->kind && str_eq(a->text, s->like->text) &&
		     str_eq(a->quote, s->like->quote) && a->first == s->like->first &&
		     (a->kind == ANNOTATION_tag || a->kind == ANNOTATION_pin ||
		      a->kind == ANNOTATION_highlight);

	if (alike || is_same_act(a, s->like))
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

static enum claque_rc
read_subject(struct planning *p, const json_t *o, struct merge_item *item, struct claque_err *err)
{
	enum subject_kind about;
	struct subject found = { 0 };
	struct buf native;
	bool period = json_object_get(o, "to_ms") != NULL;
	enum claque_rc rc = CLAQUE_OK;

	if (!subject_kind_parse(case_payload_text(o, "about_kind"), &about))
		about = SUBJECT_none;
	buf_init(&native, PAYLOAD_MAX);
	json_canonical(&native, json_object_get(o, "about"));
	if (about != SUBJECT_none)
		rc = native_find(p->store, about, buf_str(&native), &found, err);
	buf_done(&native);
	item->theirs.target = found;
	/* A group may be called otherwise here. */
	if (rc == CLAQUE_OK && found.kind != SUBJECT_none)
		rc = list_subject_name(p->store, found, p->perm, &item->theirs.target_name, err);
	if (period && (found.kind != SUBJECT_none || about == SUBJECT_none)) {
		item->period = (struct period){ case_payload_int(o, "from_ms"),
			case_payload_int(o, "to_ms"), found,
			found.kind != SUBJECT_none ? item->theirs.target_name : STR("") };
		item->theirs.target = (struct subject){ SUBJECT_period, 0 };
	}
	return rc;
}

/* A note that was reworded: from what the two sides had in common. */
static enum claque_rc
judge_note(struct planning *p, const json_t *ancestors, struct merge_item *item,
	   struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < json_array_size(ancestors) && rc == CLAQUE_OK; i++) {
		const json_t *o = json_array_get(ancestors, i);
		struct annotation old = { .kind = ANNOTATION_note, .at = case_payload_int(o, "at_ms"),
					  .who = case_payload_text(o, "who"),
					  .text = case_payload_text(o, "text") };
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

static enum claque_rc
judge(struct planning *p, const json_t *o, struct merge_item *item, struct claque_err *err)
{
	struct search s = { .like = &item->theirs };
	struct claque_err why;
	enum claque_rc rc;

	item->state = MERGE_TAKE;
	if (item->theirs.target.kind == SUBJECT_none) {
		item->state = MERGE_UNKNOWN;
		return CLAQUE_OK;
	}
	if (case_check(&item->theirs, &why) != CLAQUE_OK) {
		item->state = MERGE_REFUSED;
		return CLAQUE_OK;
	}
	if (item->period.to > item->period.from) {	/* a new one has nothing on it yet */
		rc = period_find(p->store, &item->period, &item->theirs.target.id, err);
		if (rc != CLAQUE_OK || item->theirs.target.id == 0)
			return rc;
	}
	rc = search_on(p, item->theirs.target, &s, find_same, err);
	item->there = s.found.id;
	if (rc == CLAQUE_OK && item->there != 0)
		item->state = MERGE_SAME;
	else if (rc == CLAQUE_OK && item->theirs.kind == ANNOTATION_note)
		rc = judge_note(p, json_object_get(o, "instead_of"), item, err);
	return rc;
}

static enum claque_rc
read_item(struct planning *p, const json_t *o, struct merge_item *item, struct claque_err *err)
{
	enum case_action kind = case_action_of(case_payload_text(o, "kind"));
	enum claque_rc rc;

	*item = (struct merge_item){ .theirs = {
		.kind = (unsigned)kind < ANNOTATION_COUNT ? (enum annotation_kind)kind
							  : ANNOTATION_COUNT,
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
	return rc == CLAQUE_OK ? judge(p, o, item, err) : rc;
}

static bool
is_on(const struct merge_item *a, const struct merge_item *b)
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

		if (!is_on(item, other))
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
	} else if (p->plan->count == SHARE_ITEMS_MAX) {
		rc = err_set(err, CLAQUE_ELIMIT, "more than %d annotations", SHARE_ITEMS_MAX);
	} else {
		rc = read_item(p, o, &p->plan->items[p->plan->count], err);
		p->plan->count += rc == CLAQUE_OK;
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

enum claque_rc
case_merge_plan(struct store *store, struct claque_str lines, struct arena *perm,
		struct merge_plan *out, struct claque_err *err)
{
	struct planning p = { .store = store, .perm = perm, .plan = out };
	struct claque_str line;
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct merge_plan){ .count = 0 };
	out->items = ARENA_NEW(perm, struct merge_item, count_lines(lines));
	while (rc == CLAQUE_OK && str_cut(&lines, '\n', &line)) {
		p.line++;
		if (str_trim(line).len > 0)
			rc = read_line(&p, line, err);
	}
	return rc == CLAQUE_OK ? judge_verdicts(&p, err) : rc;
}

static enum claque_rc
take(const struct case_context *c, const struct merge_item *item, struct claque_err *err)
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
	    a.kind == ANNOTATION_note)
		a.replaces = item->mine.id;
	if (rc == CLAQUE_OK)
		rc = case_annotate(c, &a, err);
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
		if (is_on(item, &plan->items[i]) && plan->items[i].state == MERGE_CONFLICT)
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

static json_t *
conflicts_json(const struct merge_plan *plan)
{
	json_t *list = json_array();

	for (size_t i = 0; i < plan->count && json_array_size(list) < CONFLICTS_TOLD; i++) {
		const struct merge_item *item = &plan->items[i];
		bool verdict = item->theirs.kind == ANNOTATION_verdict;
		json_t *o;

		if (item->state != MERGE_CONFLICT)
			continue;
		o = json_object();
		json_put(o, "chosen", json_text(str_of(choice_words[item->choice])));
		json_put(o, "mine", json_text(verdict ? item->mine.word :
					      str_head(item->mine.text, 200)));
		json_put(o, "target", json_text(item->mine.target_name));
		json_put(o, "theirs", json_text(verdict ? item->theirs.word :
						str_head(item->theirs.text, 200)));
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
	enum claque_rc rc = CLAQUE_OK;

	*taken = 0;
	for (size_t i = 0; i < plan->count && rc == CLAQUE_OK; i++) {
		const struct merge_item *item = &plan->items[i];
		bool chosen = item->state == MERGE_CONFLICT && (item->choice == MERGE_THEIRS ||
								item->choice == MERGE_BOTH);

		if (item->state != MERGE_TAKE && !chosen)
			continue;
		rc = take(c, item, err);
		*taken += rc == CLAQUE_OK;
		if (rc == CLAQUE_OK && chosen && item->choice == MERGE_BOTH &&
		    item->theirs.kind == ANNOTATION_verdict)
			rc = keep_counting(c, plan, i, err);
	}
	if (rc != CLAQUE_OK || (*taken == 0 && plan->states[MERGE_CONFLICT] == 0))
		return rc;
	return record(c, plan, *taken, err);
}
