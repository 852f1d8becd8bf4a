#include "config.h"

#include "case/ledger.h"

#include "base/clock.h"
#include "base/err.h"
#include "base/utf8.h"
#include "case/claims.h"

enum { NAME_BYTES_MAX = 1024 };

#define X(name) \
	_Static_assert((int)ANNOTATION_##name == (int)CASE_##name, "its kind names its action");
ANNOTATION_LIST(X)
#undef X

static enum claque_rc
enter(const struct case_context *c, const struct annotation *a, enum case_action action, bool live,
      struct claque_err *err)
{
	json_t *payload = case_act_payload(a, live);
	enum claque_rc rc;

	rc = case_entry_append(c, case_action_name(action), a->target_name, payload, err);
	json_decref(payload);
	return rc;
}

/* The transaction's end, whichever it is. */
static enum claque_rc
finish(const struct case_context *c, enum claque_rc rc, struct claque_err *err)
{
	if (rc == CLAQUE_OK)
		rc = store_commit(c->store, err);
	if (rc != CLAQUE_OK)
		store_rollback(c->store);
	return rc;
}

static bool
is_same(const struct annotation *a, const struct annotation *b)
{
	return str_eq(a->text, b->text) && str_eq(a->word, b->word) &&
	       str_eq(a->confidence, b->confidence) && str_eq(a->colour, b->colour) &&
	       str_eq(a->quote, b->quote) && a->first == b->first &&
	       (a->kind != ANNOTATION_evidence || (a->target.kind == b->target.kind &&
						   a->target.id == b->target.id));
}

/* Does it take worded anew what has no place of its own: a note, a claim, evidence? */
static bool
can_reword(enum annotation_kind kind)
{
	return kind == ANNOTATION_note || kind == ANNOTATION_claim || kind == ANNOTATION_evidence;
}

static enum claque_rc
find_reworded(const struct case_context *c, const struct annotation *a, struct arena *scratch,
	      struct annotation *there, struct claque_err *err)
{
	enum claque_rc rc = annotation_get(c->store, a->replaces, scratch, there, err);

	if (rc == CLAQUE_OK && (there->kind != a->kind || !there->live))
		return err_set(err, CLAQUE_EUSAGE, "annotation %lld is no %s that stands",
			       (long long)a->replaces, annotation_kind_name(a->kind));
	return rc;
}

static enum claque_rc
find_there(const struct case_context *c, const struct annotation *a, struct arena *scratch,
	   struct annotation *there, struct claque_err *err)
{
	bool by_text = false;
	enum claque_rc rc = CLAQUE_OK;

	if (a->kind == ANNOTATION_verdict)
		return annotation_verdict(c->store, a->target, scratch, there, err);
	if (can_reword(a->kind) && a->replaces != 0)
		return find_reworded(c, a, scratch, there, err);
	if (a->kind == ANNOTATION_note)
		return CLAQUE_OK;
	if (a->kind == ANNOTATION_highlight)
		rc = annotation_find_quote(c->store, a->target, a->quote, &there->id, err);
	else if (case_has_place(a->kind, &by_text))
		rc = annotation_in_place(c->store, a, by_text, &there->id, err);
	else
		rc = annotation_find(c->store, a->kind, a->target, a->text, &there->id, err);
	if (rc == CLAQUE_OK && there->id != 0)
		rc = annotation_get(c->store, there->id, scratch, there, err);
	return rc;
}

/* What of this kind is live on the target already, and by that the same or replaced. */
static enum claque_rc
find_before(const struct case_context *c, struct annotation *a, struct arena *scratch,
	    bool *same, struct claque_err *err)
{
	struct annotation there = { .id = 0 };
	enum claque_rc rc = find_there(c, a, scratch, &there, err);

	if (a->kind == ANNOTATION_highlight && there.first != a->first)
		there.id = 0;
	*same = there.id != 0 && is_same(a, &there);
	if (a->kind == ANNOTATION_tag && a->colour.len == 0)
		*same = there.id != 0;
	a->id = *same ? there.id : 0;
	if (a->kind != ANNOTATION_verdict && a->kind != ANNOTATION_note)
		a->replaces = there.id;
	return rc;
}

static enum claque_rc
add_inside(const struct case_context *c, struct annotation *a, struct claque_err *err)
{
	struct arena room = arena_new(CASE_ROOM_BYTES), scratch = room;
	bool same = false;
	enum claque_rc rc = case_attach(c->store, a, &scratch, err);

	if (rc == CLAQUE_OK)
		rc = find_before(c, a, &scratch, &same, err);
	if (rc == CLAQUE_OK && !same) {
		if (a->replaces != 0)
			rc = annotation_set_live(c->store, a->replaces, false, err);
		if (rc == CLAQUE_OK)
			rc = annotation_add(c->store, a, &a->id, err);
		if (rc == CLAQUE_OK)
			rc = enter(c, a, (enum case_action)a->kind, true, err);
	}
	arena_free(room);
	return rc;
}

/* How the target is called; by kind and number where the caller has no name. */
static struct claque_str
target_name(struct arena *perm, const struct annotation *a)
{
	struct subject target = a->target;
	struct claque_str line = case_line(perm, a->target_name, NAME_BYTES_MAX);

	if (line.len > 0)
		return line;
	if (target.kind == SUBJECT_none)
		return a->kind == ANNOTATION_evidence ? STR("something outside") : STR("the case");
	return str_fmt(perm, "%s %lld", subject_kind_name(target.kind), (long long)target.id);
}

enum claque_rc
case_annotate_id(const struct case_context *c, const struct annotation *act, int64_t *id,
		 struct claque_err *err)
{
	struct annotation a = *act;
	struct arena room, scratch;
	enum claque_rc rc = case_check(&a, err);

	*id = 0;
	if (rc != CLAQUE_OK)
		return rc;
	room = scratch = arena_new(1 << 20);
	a.live = true;
	a.was_tag = STR("");
	a.target_name = target_name(&scratch, &a);
	a.who = case_line(&scratch, a.who.len > 0 ? a.who : c->who, WHO_BYTES_MAX);
	if (a.who.len == 0)
		a.who = STR("unknown");
	rc = store_begin(c->store, err);
	if (rc == CLAQUE_OK) {
		a.at = a.at != 0 ? a.at : clock_now();
		rc = finish(c, add_inside(c, &a, err), err);
	}
	*id = rc == CLAQUE_OK ? a.id : 0;
	arena_free(room);
	return rc;
}

enum claque_rc
case_annotate(const struct case_context *c, const struct annotation *act, struct claque_err *err)
{
	int64_t id;

	return case_annotate_id(c, act, &id, err);
}

enum claque_rc
case_add(const struct case_context *c, enum annotation_kind kind, struct subject target,
	 struct claque_str name, struct claque_str text, struct claque_err *err)
{
	return case_annotate(c, &(struct annotation){ .kind = kind, .target = target,
						      .target_name = name, .text = text }, err);
}

static enum claque_rc
not_there(enum annotation_kind kind, struct claque_str text, struct claque_err *err)
{
	if (kind == ANNOTATION_pin)
		return err_set(err, CLAQUE_ENOTFOUND, "it is not pinned");
	if (kind == ANNOTATION_highlight)
		return err_set(err, CLAQUE_ENOTFOUND, "it has no highlight of '" STR_FMT "'",
			       STR_ARG(str_head(text, 80)));
	return err_set(err, CLAQUE_ENOTFOUND, "it has no tag #" STR_FMT, STR_ARG(text));
}

static enum claque_rc
remove_inside(const struct case_context *c, enum annotation_kind kind, struct subject target,
	      struct claque_str text, struct claque_err *err)
{
	enum case_action action = kind == ANNOTATION_tag ? CASE_untag :
		kind == ANNOTATION_highlight ? CASE_unhighlight : CASE_unpin;
	struct arena room = arena_new(CASE_ROOM_BYTES), perm = room;
	struct annotation a;
	int64_t id = 0;
	enum claque_rc rc = kind == ANNOTATION_highlight ?
		annotation_find_quote(c->store, target, text, &id, err) :
		annotation_find(c->store, kind, target, text, &id, err);

	if (rc == CLAQUE_OK && id == 0)
		rc = not_there(kind, text, err);
	if (rc == CLAQUE_OK)
		rc = annotation_get(c->store, id, &perm, &a, err);
	if (rc == CLAQUE_OK)
		rc = annotation_set_live(c->store, id, false, err);
	if (rc == CLAQUE_OK)
		rc = enter(c, &a, action, false, err);
	arena_free(room);
	return rc;
}

/* The tag "cleared" taken away: the verdict of that word no longer counts. */
static enum claque_rc
take_clearing_back(const struct case_context *c, struct subject target, struct claque_err *err)
{
	struct arena room = arena_new(CASE_ROOM_BYTES), scratch = room;
	struct annotation now;
	enum claque_rc rc = annotation_verdict(c->store, target, &scratch, &now, err);

	if (rc == CLAQUE_OK && !str_eq(now.word, STR(VERDICT_CLEARED)))
		rc = err_set(err, CLAQUE_ENOTFOUND, "it is not cleared");
	if (rc == CLAQUE_OK)
		rc = case_annotate(c, &(struct annotation){ .kind = ANNOTATION_verdict,
			.target = target, .target_name = now.target_name, .word = STR("new"),
			.text = STR("no longer cleared") }, err);
	arena_free(room);
	return rc;
}

enum claque_rc
case_remove(const struct case_context *c, enum annotation_kind kind, struct subject target,
	    struct claque_str text, struct claque_err *err)
{
	struct annotation a = { .kind = kind, .target = target, .text = text, .quote = text };
	enum claque_rc rc;

	if (kind != ANNOTATION_tag && kind != ANNOTATION_pin && kind != ANNOTATION_highlight)
		return err_set(err, CLAQUE_EUSAGE, "a %s is not removed; undo takes back the last",
			       case_action_name((enum case_action)kind));
	a.text = kind == ANNOTATION_highlight ? STR("") : text;
	rc = case_check(&a, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (a.kind == ANNOTATION_verdict)
		return take_clearing_back(c, target, err);
	text = kind == ANNOTATION_highlight ? text : a.text;
	rc = store_begin(c->store, err);
	return rc == CLAQUE_OK ? finish(c, remove_inside(c, kind, target, text, err), err) : rc;
}

static enum claque_rc
withdraw_inside(const struct case_context *c, int64_t id, struct claque_err *err)
{
	struct arena room = arena_new(CASE_ROOM_BYTES), perm = room;
	struct annotation a;
	enum claque_rc rc = case_standing(c->store, id, &id, err);

	if (rc == CLAQUE_OK)
		rc = annotation_get(c->store, id, &perm, &a, err);
	if (rc == CLAQUE_OK && a.kind < ANNOTATION_claim)
		rc = err_set(err, CLAQUE_ENOTFOUND, "annotation %lld is no claim, evidence, hypothesis, "
			     "rating, field or technique that stands", (long long)id);
	if (rc == CLAQUE_OK)
		rc = annotation_set_live(c->store, id, false, err);
	if (rc == CLAQUE_OK)
		rc = enter(c, &a, CASE_withdraw, false, err);
	arena_free(room);
	return rc;
}

enum claque_rc
case_withdraw(const struct case_context *c, int64_t id, struct claque_err *err)
{
	enum claque_rc rc = store_begin(c->store, err);

	return rc == CLAQUE_OK ? finish(c, withdraw_inside(c, id, err), err) : rc;
}

static enum claque_rc
record_inside(const struct case_context *c, struct claque_str action, struct claque_str target,
	      const json_t *payload, struct claque_err *err)
{
	struct arena room = arena_new(1 << 20), scratch = room;
	struct claque_str name = case_line(&scratch, action, TAG_BYTES_MAX);
	enum claque_rc rc;

	if (name.len == 0 || case_action_of(name) != CASE_OTHER)
		rc = err_set(err, CLAQUE_EUSAGE, "ledger: '" STR_FMT "' is no action to record",
			     STR_ARG(name));
	else
		rc = case_entry_append(c, str_z(&scratch, name), target, payload, err);
	arena_free(room);
	return rc;
}

enum claque_rc
case_record(const struct case_context *c, struct claque_str action, struct claque_str target,
	    struct claque_str payload_json, struct claque_err *err)
{
	json_t *payload = json_parse(payload_json.len > 0 ? payload_json : STR("{}"));
	enum claque_rc rc;

	if (!json_is_object(payload)) {
		json_decref(payload);
		return err_set(err, CLAQUE_EUSAGE, "ledger: what is recorded is no JSON object");
	}
	rc = store_begin(c->store, err);
	if (rc == CLAQUE_OK)
		rc = finish(c, record_inside(c, action, target, payload, err), err);
	json_decref(payload);
	return rc;
}
