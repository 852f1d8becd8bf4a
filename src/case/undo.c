/*
 * undo.c - what can be undone is read from the ledger itself: there is no
 * second list that could disagree with it.
 *
 * Walking the entries in order gives two stacks. An act goes on `done` and
 * empties `undone`; an undo moves the top of `done` over, a redo moves it
 * back. An undo names the act that it undoes, so a ledger whose entries do not
 * fit is noticed here, not silently followed.
 */
#include "config.h"

#include "case/ledger.h"

#include <stdlib.h>

#include "base/err.h"

enum { WORDS_BYTES_MAX = 120 };

struct stack {
	int64_t *seqs;
	size_t count, cap;
};

struct history {
	struct stack done, undone;
	int64_t misfit;		/* the first entry that does not fit, or 0 */
};

static void
push(struct stack *s, int64_t seq)
{
	GROW(s->seqs, s->cap, s->count + 1);
	s->seqs[s->count++] = seq;
}

/* Moves the top over if it is the act that the entry names. */
static bool
move_top(struct stack *from, struct stack *to, struct claque_str payload)
{
	json_t *o = json_parse(payload);
	int64_t act = case_payload_int(o, "act");
	bool fits = from->count > 0 && from->seqs[from->count - 1] == act;

	json_decref(o);
	if (fits) {
		from->count--;
		push(to, act);
	}
	return fits;
}

static bool
follow(void *ctx, const struct ledger_entry *e)
{
	struct history *h = ctx;
	enum case_action action = case_action_of(e->action);
	bool fits = true;

	if (case_is_act(action)) {
		push(&h->done, e->seq);
		h->undone.count = 0;
	} else if (action == CASE_undo) {
		fits = move_top(&h->done, &h->undone, e->payload);
	} else if (action == CASE_redo) {
		fits = move_top(&h->undone, &h->done, e->payload);
	}
	if (!fits)
		h->misfit = e->seq;
	return fits;
}

static enum claque_rc
read_history(struct store *store, struct history *out, struct claque_err *err)
{
	enum claque_rc rc;

	*out = (struct history){ 0 };
	rc = ledger_walk(store, follow, out, err);
	return out->misfit == 0 ? rc :
		err_set(err, CLAQUE_EINPUT, "ledger entry %lld does not fit those before it; "
			"`claque verify` says more", (long long)out->misfit);
}

static void
history_done(struct history *h)
{
	free(h->done.seqs);
	free(h->undone.seqs);
}

/* The act on top of the stack that `action` takes from. */
static enum claque_rc
find_act(struct store *store, enum case_action action, int64_t *seq, struct claque_err *err)
{
	struct history h;
	const struct stack *from = action == CASE_undo ? &h.done : &h.undone;
	enum claque_rc rc = read_history(store, &h, err);

	if (rc == CLAQUE_OK && from->count == 0)
		rc = err_set(err, CLAQUE_ENOTFOUND, "nothing to %s", case_action_name(action));
	else if (rc == CLAQUE_OK)
		*seq = from->seqs[from->count - 1];
	history_done(&h);
	return rc;
}

enum claque_rc
case_undo_depth(struct store *store, size_t *undo, size_t *redo, struct claque_err *err)
{
	struct history h;
	enum claque_rc rc = read_history(store, &h, err);

	*undo = h.done.count;
	*redo = h.undone.count;
	history_done(&h);
	return rc;
}

/* What an annotation of each kind is called by: a field of the payload, and around it. */
static const struct {
	const char *field, *before, *after;
} wordings[] = {
	[CASE_note] = { "text", " \"", "\"" }, [CASE_tag] = { "text", " #", "" },
	[CASE_pin] = { "text", "", "" }, [CASE_verdict] = { "word", " ", "" },
	[CASE_highlight] = { "quote", " \"", "\"" }, [CASE_claim] = { "text", " \"", "\"" },
	[CASE_evidence] = { "text", " \"", "\"" }, [CASE_hypothesis] = { "word", " ", "" },
	[CASE_rating] = { "word", " of ", "" }, [CASE_field] = { "word", " ", "" },
	[CASE_technique] = { "word", " ", "" },
};

/* "undid: tag #fan on @ivan142" */
static struct claque_str
words(struct arena *perm, enum case_action action, struct claque_str act, const json_t *payload)
{
	enum case_action kind = case_action_of(case_payload_text(payload, "kind"));
	struct claque_str name = case_line(perm, case_payload_text(payload, "name"),
					   WORDS_BYTES_MAX), text;

	if ((unsigned)kind >= ANNOTATION_COUNT)
		kind = CASE_pin;
	text = case_line(perm, case_payload_text(payload, wordings[kind].field), WORDS_BYTES_MAX);
	return str_fmt(perm, "%s: " STR_FMT "%s" STR_FMT "%s on " STR_FMT,
		       action == CASE_undo ? "undid" : "redid", STR_ARG(act),
		       wordings[kind].before, STR_ARG(text), wordings[kind].after, STR_ARG(name));
}

static enum claque_rc
turn_act(const struct case_context *c, enum case_action action, const struct ledger_entry *act,
	 const json_t *payload, struct claque_err *err)
{
	struct case_turn to = case_turn_of(payload);
	json_t *entry;
	enum claque_rc rc;

	to.live = action == CASE_undo ? !to.live : to.live;
	entry = case_undo_payload(act->seq, &to);
	rc = annotation_set_live(c->store, to.annotation, to.live, err);
	if (rc == CLAQUE_OK && to.replaces != 0)
		rc = annotation_set_live(c->store, to.replaces, !to.live, err);
	if (rc == CLAQUE_OK)
		rc = case_entry_append(c, case_action_name(action), act->target, entry, err);
	json_decref(entry);
	return rc;
}

static enum claque_rc
turn_inside(const struct case_context *c, enum case_action action, struct arena *perm,
	    struct claque_str *what, struct claque_err *err)
{
	struct arena room = arena_new(CASE_ROOM_BYTES), scratch = room;
	struct ledger_entry act;
	json_t *payload = NULL;
	int64_t seq = 0;
	enum claque_rc rc = find_act(c->store, action, &seq, err);

	if (rc == CLAQUE_OK)
		rc = ledger_get(c->store, seq, &scratch, &act, err);
	if (rc != CLAQUE_OK)
		goto out;
	payload = json_parse(act.payload);
	rc = turn_act(c, action, &act, payload, err);
	if (rc == CLAQUE_OK)
		*what = words(perm, action, act.action, payload);
out:
	json_decref(payload);
	arena_free(room);
	return rc;
}

static enum claque_rc
turn(const struct case_context *c, enum case_action action, struct arena *perm,
     struct claque_str *what, struct claque_err *err)
{
	enum claque_rc rc = store_begin(c->store, err);

	if (rc != CLAQUE_OK)
		return rc;
	rc = turn_inside(c, action, perm, what, err);
	if (rc == CLAQUE_OK)
		rc = store_commit(c->store, err);
	if (rc != CLAQUE_OK)
		store_rollback(c->store);
	return rc;
}

enum claque_rc
case_undo(const struct case_context *c, struct arena *perm, struct claque_str *what,
	  struct claque_err *err)
{
	return turn(c, CASE_undo, perm, what, err);
}

enum claque_rc
case_redo(const struct case_context *c, struct arena *perm, struct claque_str *what,
	  struct claque_err *err)
{
	return turn(c, CASE_redo, perm, what, err);
}
