#include "config.h"

#include "app/topics_job.h"

#include <stdlib.h>

#include "claque/dataset.h"

#include "app/table_file.h"
#include "app/turn.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/utf8.h"
#include "case/case.h"
#include "text/json.h"

enum { JOB_ARENA = 256 << 20, STEP = 1024, BATCH = 50000, PAYLOAD_MAX = 1 << 20,
       TOPICS_SHOWN = 3, TEXT_MAX = 500 };
_Static_assert((int)TURN_TOPICS_MAX >= (int)RULES_TOPICS_MAX, "room for every topic");
#define NEAR_MS (INT64_C(30) * 24 * 3600 * 1000)

/* The packs as the store keeps them. */
static struct topic_packs
stored_packs(const struct packs *packs, struct arena *perm)
{
	const struct rules *rules = packs->rules;
	size_t pack_count = rules_packs(rules), topic_count = rules_topics(rules);
	struct topic_pack *p = ARENA_NEW(perm, struct topic_pack, pack_count + 1);
	struct topic *t = ARENA_NEW(perm, struct topic, topic_count + 1);

	for (size_t i = 0; i < pack_count; i++) {
		const struct rules_pack *from = rules_pack_at(rules, i);

		p[i] = (struct topic_pack){ from->name, from->version,
					    str_of(rules_kind_name(from->kind)), from->author,
					    from->source, from->path, str_of(packs->digests[i]) };
	}
	for (size_t i = 0; i < topic_count; i++) {
		const struct rules_topic *from = rules_topic_at(rules, i);

		t[i] = (struct topic){ from->pack, from->name, from->about };
	}
	return (struct topic_packs){ p, t, pack_count, topic_count };
}

struct looking {
	struct rules_scan *scan;
	struct topic_writer *writer;
	const struct claque_progress *progress;
	struct topics_report *report;
	uint64_t total;
	int64_t last;			/* post */
	enum claque_rc rc;
	struct claque_err *err;
};

static bool
look_at(void *ctx, const struct topic_post *post)
{
	struct looking *l = ctx;
	const struct claque_progress *p = l->progress;
	const uint32_t *topics;
	size_t count;

	if (l->report->looked % STEP == 0 && p->tick != NULL &&
	    !p->tick(p->ctx, "topics", l->report->looked, l->total)) {
		l->rc = err_set(l->err, CLAQUE_STOPPED, "stopped; it goes on here next time");
		return false;
	}
	count = rules_scan_text(l->scan, post->text, post->lang, &topics);
	l->report->looked++;
	l->report->found += count > 0;
	l->last = post->id;
	if (count > 0)
		l->rc = topic_put(l->writer, post->id, topics, count, l->err);
	if (l->rc == CLAQUE_OK && l->report->looked % BATCH == 0)
		l->rc = topic_keep(l->writer, l->last, l->err);
	return l->rc == CLAQUE_OK;
}

static enum claque_rc
look(struct store *store, const struct rules *rules, const struct topic_state *state,
     struct looking *l)
{
	enum claque_rc rc = topic_writer_new(store, &l->writer, l->err);

	l->scan = rules_scan_new(rules, false);
	l->last = state->through;
	l->total = (uint64_t)state->waiting;
	if (rc == CLAQUE_OK)
		rc = topic_scan(store, state->through, look_at, l, l->err);
	if (rc == CLAQUE_OK && (l->rc == CLAQUE_OK || l->rc == CLAQUE_STOPPED))
		rc = topic_keep(l->writer, l->last, l->err);
	for (size_t i = 0; i < rules_patterns(rules); i++)
		l->report->gave_up += rules_scan_tally(l->scan, i).gave_up > 0;
	rules_scan_free(l->scan);
	topic_writer_free(l->writer);
	return rc == CLAQUE_OK ? l->rc : rc;
}

/* --- when the narratives of an account became others */

struct turning {
	struct store *store;
	const struct topic_packs *packs;
	struct turn_post *posts;
	size_t count, cap;
	int64_t account;
	struct arena scratch;
	uint64_t turned;
	enum claque_rc rc;
	struct claque_err *err;
};

/* "elections 31, abortion 12": the most frequent ones. */
static void
add_topics(const struct turning *t, size_t from, size_t to, struct buf *out)
{
	uint32_t counts[TURN_TOPICS_MAX] = { 0 };

	for (size_t i = from; i < to; i++)
		counts[t->posts[i].topic]++;
	for (int n = 0; n < TOPICS_SHOWN; n++) {
		size_t most = 0;

		for (size_t k = 1; k < t->packs->topic_count; k++)
			if (counts[k] > counts[most])
				most = k;
		if (counts[most] == 0)
			return;
		buf_addf(out, "%s" STR_FMT " %u", n > 0 ? ", " : "",
			 STR_ARG(t->packs->topics[most].name), counts[most]);
		counts[most] = 0;
	}
}

static enum claque_rc
save_turn(const struct turning *t, size_t first, const struct topic_change *change, bool sure,
	  struct arena scratch)
{
	int64_t at = t->posts[first].at;
	struct buf text;
	enum claque_rc rc;

	buf_init(&text, TEXT_MAX);
	add_topics(t, 0, first, &text);
	buf_addz(&text, " -> ");
	add_topics(t, first, t->count, &text);
	if (change->at != CLAQUE_NO_TIME)
		buf_addf(&text, " (" STR_FMT " changed " STR_FMT "%s)", STR_ARG(change->field),
			 STR_ARG(clock_text(&scratch, change->at, CLOCK_DATE)),
			 sure ? "" : "; few posts, may be chance");
	rc = topic_turned(t->store, t->account, at, buf_str(&text), t->err);
	buf_done(&text);
	return rc;
}

/* Too few posts to tell a turn: those before and after another name are told as they are. */
static enum claque_rc
save_renamed(const struct turning *t)
{
	struct arena scratch = t->scratch;
	struct topic_change change;
	size_t first = 0;
	enum claque_rc rc = topic_renamed(t->store, t->account, &scratch, &change, t->err);

	if (rc != CLAQUE_OK || change.at == CLAQUE_NO_TIME)
		return rc;
	while (first < t->count && t->posts[first].at < change.at)
		first++;
	return first > 0 && first < t->count ? save_turn(t, first, &change, false, scratch) : CLAQUE_OK;
}

static enum claque_rc
save_account(struct turning *t)
{
	struct arena scratch = t->scratch;
	struct topic_change change;
	struct turn turn;
	enum claque_rc rc;

	if (t->count < 2)
		return CLAQUE_OK;
	if (!turn_find(t->posts, t->count, &turn))
		return save_renamed(t);
	t->turned++;
	rc = topic_change_near(t->store, t->account, t->posts[turn.first].at, NEAR_MS, &scratch,
			       &change, t->err);
	return rc == CLAQUE_OK ? save_turn(t, turn.first, &change, true, scratch) : rc;
}

static void
end_account(struct turning *t)
{
	if (t->rc == CLAQUE_OK)
		t->rc = save_account(t);
	t->count = 0;
}

static bool
take_narrative(void *ctx, int64_t account, int64_t at, int64_t topic)
{
	struct turning *t = ctx;

	if (account != t->account)
		end_account(t);
	t->account = account;
	if (t->count < TURN_POSTS_MAX) {
		GROW(t->posts, t->cap, t->count + 1);
		t->posts[t->count++] = (struct turn_post){ at, (uint32_t)(topic - 1) };
	}
	return t->rc == CLAQUE_OK;
}

static enum claque_rc
find_turns(struct store *store, const struct topic_packs *packs, struct arena scratch,
	   uint64_t *turned, struct claque_err *err)
{
	struct turning t = { .store = store, .packs = packs, .scratch = scratch, .err = err,
			     .rc = CLAQUE_OK };
	enum claque_rc rc = topic_narratives(store, take_narrative, &t, err);

	end_account(&t);
	free(t.posts);
	*turned = t.turned;
	return rc == CLAQUE_OK ? t.rc : rc;
}

/* --- leanings */

struct reading {
	const char *path;
	struct arena *perm;
	struct leaning *list;
	size_t cap, count;
};

static const char *
bad_cell(struct claque_str cell, size_t most)
{
	if (cell.len == 0)
		return "is empty: fill it in, or leave the row out";
	if (!utf8_valid(cell) || memchr(cell.p, '\0', cell.len) != NULL)
		return "is not plain UTF-8: save the file as UTF-8";
	return cell.len > most ? "is too long: shorten it" : NULL;
}

static enum claque_rc
take_leaning(void *ctx, const struct claque_str *cells, uint64_t row, struct claque_err *err)
{
	static const struct {
		const char *name;
		size_t most;
	} columns[] = {
		{ "domain_or_account", LEANING_KEY_MAX }, { "leaning", LEANING_NAME_MAX },
		{ "citation", LEANING_CITATION_MAX },
	};
	struct reading *r = ctx;
	struct claque_str trimmed[3];

	for (size_t i = 0; i < 3; i++) {
		const char *bad;

		trimmed[i] = str_trim(cells[i]);
		bad = bad_cell(trimmed[i], columns[i].most);
		if (bad != NULL)
			return err_set(err, CLAQUE_EINPUT, "%s, row %llu: %s %s", r->path,
				       (unsigned long long)row, columns[i].name, bad);
	}
	if (r->count == LEANINGS_MAX)
		return err_set(err, CLAQUE_ELIMIT, "%s: more than %d rows; leave out what the case"
			       " does not share", r->path, LEANINGS_MAX);
	if (str_starts(trimmed[0], STR("@")))
		trimmed[0] = str_sub(trimmed[0], 1, trimmed[0].len);
	GROW(r->list, r->cap, r->count + 1);
	r->list[r->count++] = (struct leaning){ str_lower(r->perm, trimmed[0]),
						str_dup(r->perm, trimmed[1]),
						str_dup(r->perm, trimmed[2]), row };
	return CLAQUE_OK;
}

static enum claque_rc
read_leanings(struct store *store, const char *path, struct arena perm, size_t *rows,
	      struct claque_err *err)
{
	struct reading r = { .path = path, .perm = &perm };
	const struct table_file table = {
		.path = path, .columns = { "domain_or_account", "leaning", "citation" },
		.required = 3, .ctx = &r, .each = take_leaning };
	enum claque_rc rc = table_file_read(&table, err);

	if (rc == CLAQUE_OK)
		rc = leaning_save(store, r.list, r.count, str_of(path), err);
	*rows = r.count;
	free(r.list);
	return rc;
}

/* --- the job */

static enum claque_rc
in_one(struct store *store, enum claque_rc rc, struct claque_err *err)
{
	if (rc == CLAQUE_OK)
		rc = store_commit(store, err);
	if (rc != CLAQUE_OK)
		store_rollback(store);
	return rc;
}

static enum claque_rc
begin(struct store *store, const struct topic_packs *packs, struct topic_state *state,
      struct topics_report *out, struct claque_err *err)
{
	enum claque_rc rc = topic_state(store, packs, state, err);

	if (rc != CLAQUE_OK || state->same)
		return rc;
	out->redone = true;
	rc = store_begin(store, err);
	if (rc == CLAQUE_OK)
		rc = in_one(store, topic_begin(store, packs, err), err);
	state->through = 0;
	state->waiting = state->posts;
	return rc;
}

static enum claque_rc
count_all(struct store *store, const struct topic_packs *packs, const struct topics_order *order,
	  struct arena perm, struct topics_report *out, struct claque_err *err)
{
	enum claque_rc rc = topic_count(store, err);

	if (rc == CLAQUE_OK)
		rc = find_turns(store, packs, perm, &out->turned, err);
	if (rc == CLAQUE_OK && order->leanings != NULL)
		rc = read_leanings(store, order->leanings, perm, &out->leanings_read, err);
	return rc == CLAQUE_OK ? leaning_count(store, err) : rc;
}

static enum claque_rc
write_ledger(struct store *store, const struct topic_packs *packs, const struct topics_order *order,
	     const struct topics_report *report, struct claque_err *err)
{
	struct case_context c = { .store = store, .who = order->who };
	json_t *o = json_object(), *used = json_object();
	struct buf payload;
	enum claque_rc rc;

	if (o == NULL || used == NULL)
		base_oom();
	for (size_t i = 0; i < packs->pack_count; i++)
		json_put(used, packs->packs[i].name.p, json_text(packs->packs[i].sha256));
	json_put(o, "packs", used);
	json_put(o, "looked_at", json_integer((json_int_t)report->looked));
	json_put(o, "with_topic", json_integer((json_int_t)report->found));
	if (order->leanings != NULL) {
		json_put(o, "leanings", json_text(str_of(order->leanings)));
		json_put(o, "leaning_rows", json_integer((json_int_t)report->leanings_read));
	}
	buf_init(&payload, PAYLOAD_MAX);
	json_canonical(&payload, o);
	rc = case_record(&c, STR("topics"), str_of(store_path(store)), buf_str(&payload), err);
	buf_done(&payload);
	json_decref(o);
	return rc;
}

static enum claque_rc
run(struct store *store, const struct packs *packs, const struct topics_order *order,
    struct looking *l, struct arena perm)
{
	struct topic_packs stored = stored_packs(packs, &perm);
	struct topic_state state;
	enum claque_rc rc = begin(store, &stored, &state, l->report, l->err);

	l->report->packs = stored.pack_count;
	l->report->topics = stored.topic_count;
	if (rc == CLAQUE_OK)
		rc = look(store, packs->rules, &state, l);
	if (rc == CLAQUE_OK)
		rc = store_begin(store, l->err);
	if (rc == CLAQUE_OK)
		rc = in_one(store, count_all(store, &stored, order, perm, l->report, l->err), l->err);
	if (rc == CLAQUE_OK)
		rc = leaning_state(store, &l->report->leanings, l->err);
	if (rc == CLAQUE_OK && (l->report->redone || l->report->looked > 0 ||
				order->leanings != NULL))
		rc = write_ledger(store, &stored, order, l->report, l->err);
	return rc;
}

enum claque_rc
topics_job(struct store *store, const struct topics_order *order,
	   const struct claque_progress *progress, struct topics_report *out,
	   struct claque_err *err)
{
	struct arena whole = arena_new(JOB_ARENA);
	struct looking l = { .progress = progress, .report = out, .rc = CLAQUE_OK, .err = err };
	struct packs packs;
	enum claque_rc rc = packs_read(&order->packs, &packs, err);

	*out = (struct topics_report){ 0 };
	if (rc == CLAQUE_OK && rules_packs(packs.rules) == 0)
		rc = packs_missing(&order->packs, err);
	if (rc == CLAQUE_OK)
		rc = run(store, &packs, order, &l, whole);
	packs_done(&packs);
	arena_free(whole);
	return rc;
}

enum claque_rc
topics_look(struct store *store, const struct packs_order *order, struct topic_state *out,
	    struct claque_err *err)
{
	struct arena whole = arena_new(JOB_ARENA), perm = whole;
	struct packs packs;
	struct topic_packs stored;
	enum claque_rc rc = packs_read(order, &packs, err);

	if (rc == CLAQUE_OK) {
		stored = stored_packs(&packs, &perm);
		rc = topic_state(store, &stored, out, err);
	}
	packs_done(&packs);
	arena_free(whole);
	return rc;
}
