#include "config.h"

#include "case/claims.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/map.h"
#include "case/ledger.h"
#include "case/said.h"

struct gathering {
	struct arena *perm;
	enum annotation_kind kind;
	struct said *out;
	bool over;
};

static void
keep_texts(struct annotation *a, struct arena *perm)
{
	struct claque_str *const texts[] = { &a->target_name, &a->text, &a->word, &a->confidence,
		&a->colour, &a->quote, &a->was_tag, &a->who };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		*texts[i] = str_dup(perm, *texts[i]);
}

static bool
gather_one(void *ctx, const struct annotation *a)
{
	struct gathering *g = ctx;

	if (a->kind != g->kind)
		return true;
	g->over = g->out->count == SAID_MAX;
	if (g->over)
		return false;
	GROW(g->out->rows, g->out->cap, g->out->count + 1);
	g->out->rows[g->out->count] = *a;
	keep_texts(&g->out->rows[g->out->count++], g->perm);
	return true;
}

enum claque_rc
said_read(struct store *store, struct subject subject, enum annotation_kind kind,
	  struct arena *perm, struct said *out, struct claque_err *err)
{
	struct gathering g = { perm, kind, out, false };
	enum claque_rc rc;

	*out = (struct said){ 0 };
	rc = annotation_walk(store, subject, gather_one, &g, err);
	return g.over ? err_set(err, CLAQUE_ELIMIT, "more than %d annotations of the kind %s", SAID_MAX,
				annotation_kind_name(kind)) : rc;
}

void
said_done(struct said *said)
{
	free(said->rows);
}

/* --- what reopens evidence */

struct reopening {
	struct map ids;			/* of annotations */
	struct claque_str *commands;
	size_t cap;
	struct arena *perm;
};

static struct claque_str
key_of(const int64_t *id)
{
	return (struct claque_str){ (const char *)id, sizeof(*id) };
}

static bool
note_command(void *ctx, const struct ledger_entry *e)
{
	struct reopening *r = ctx;
	json_t *payload;
	int64_t id;
	bool is_new;
	uint32_t number;

	if (case_action_of(e->action) != CASE_evidence || e->command.len == 0)
		return true;
	payload = json_parse(e->payload);
	id = case_payload_int(payload, "annotation");
	json_decref(payload);
	number = map_add(&r->ids, key_of(&id), &is_new);
	GROW(r->commands, r->cap, r->ids.count);
	r->commands[number] = str_dup(r->perm, e->command);
	return true;
}

static enum claque_rc
find_commands(struct store *store, struct case_claim *claims, size_t count, struct arena *perm,
	      struct claque_err *err)
{
	struct reopening r = { .perm = perm };
	enum claque_rc rc;

	map_init(&r.ids);
	rc = ledger_walk(store, note_command, &r, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < count; i++)
		for (size_t k = 0; k < claims[i].evidence_count; k++) {
			struct case_evidence *e = &claims[i].evidence[k];
			uint32_t number = map_get(&r.ids, key_of(&e->said.id));

			e->reopens = number != MAP_NONE ? r.commands[number] : STR("");
		}
	map_done(&r.ids);
	free(r.commands);
	return rc;
}

/* --- claims */

static size_t
count_of(const struct said *said, int64_t line)
{
	size_t n = 0;

	for (size_t i = 0; i < said->count; i++)
		n += said->rows[i].about == line;
	return n;
}

/* In order of sides; the rows are in order of time. */
static enum claque_rc
fill_evidence(struct store *store, const struct said *said, struct case_claim *claim,
	      struct arena *perm, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	claim->evidence = ARENA_NEW(perm, struct case_evidence, count_of(said, claim->line) + 1);
	for (unsigned side = 0; side < SIDE_COUNT; side++)
		for (size_t i = 0; rc == CLAQUE_OK && i < said->count; i++) {
			struct case_evidence *e = &claim->evidence[claim->evidence_count];

			if (said->rows[i].about != claim->line || side_find(said->rows[i].word) != side)
				continue;
			*e = (struct case_evidence){ .said = said->rows[i], .side = (enum claim_side)side };
			rc = annotation_line(store, e->said.id, &e->line, err);
			claim->evidence_count++;
			claim->sides[side]++;
		}
	return rc;
}

enum claque_rc
case_claims(struct store *store, struct subject subject, struct arena *perm,
	    struct case_claim **out, size_t *count, struct claque_err *err)
{
	struct said claims, evidence = { 0 };
	enum claque_rc rc = said_read(store, subject, ANNOTATION_claim, perm, &claims, err);

	*count = 0;
	if (rc == CLAQUE_OK)
		rc = said_read(store, (struct subject){ 0 }, ANNOTATION_evidence, perm, &evidence, err);
	*out = ARENA_NEW(perm, struct case_claim, claims.count + 1);
	for (size_t i = 0; rc == CLAQUE_OK && i < claims.count; i++) {
		struct case_claim *claim = &(*out)[(*count)++];

		*claim = (struct case_claim){ .said = claims.rows[i] };
		rc = annotation_line(store, claim->said.id, &claim->line, err);
		if (rc == CLAQUE_OK)
			rc = fill_evidence(store, &evidence, claim, perm, err);
	}
	if (rc == CLAQUE_OK && evidence.count > 0)
		rc = find_commands(store, *out, *count, perm, err);
	said_done(&claims);
	said_done(&evidence);
	return rc;
}
