/*
 * card_json.c - the evidence card for programs: all reasons with the posts that
 * show them, all members; of pairs and sources the first, with how many there are.
 */
#include "config.h"

#include "cli/card.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "store/result.h"
#include "text/json.h"

enum { JSON_BYTES_MAX = 1 << 30, PAIRS_MAX = 1000, SOURCES_MAX = 100, EXAMPLES_MAX = 100,
       MATCHES_MAX = 100 };

static json_t *
row_json(enum list_id list, const struct row *row, struct arena scratch)
{
	size_t count;
	const struct column *columns = list_columns(list, &count);
	json_t *o = json_object();

	for (size_t i = 0; i < count; i++) {
		const struct value *v = &row->values[i];
		bool as_text = v->type == VALUE_TEXT || columns[i].form == FORM_TIME;
		json_t *value = v->type == VALUE_NULL ? json_null() :
			as_text ? json_text(value_listing(&scratch, &columns[i], v)) :
			v->type == VALUE_INT ? json_integer((json_int_t)v->i) : json_number(v->r);

		json_put(o, columns[i].name, value);
	}
	return o;
}

/* One list of the card. limit 0: all, else the first, with how many there are under `total`. */
static const struct part {
	const char *key;
	enum list_id list;
	const char *sort;
	int64_t limit;
	const char *total;
} parts[] = {
	{ "evidence", LIST_EVIDENCE, NULL, 0, NULL },
	{ "innocents", LIST_INNOCENTS, NULL, 0, NULL },
	{ "members", LIST_MEMBERS, NULL, 0, NULL },
	{ "pairs", LIST_EDGES, "log10_p", PAIRS_MAX, "pair_count" },
	{ "shared", LIST_SOURCES, NULL, SOURCES_MAX, "shared_count" },
	{ "matches", LIST_MATCHES, NULL, MATCHES_MAX, "match_count" },
};

struct walk {
	struct card *card;
	const struct part *part;
	json_t *rows;
	struct claque_err *err;
	enum claque_rc rc;	/* of what is asked for each row */
};

static void
append(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value) != 0)
		base_oom();
}

static enum claque_rc
put_examples(struct card *card, json_t *reason, int64_t id, struct claque_err *err)
{
	struct list_query q = card_query(LIST_POSTS, (struct subject){ SUBJECT_evidence, id }, NULL);
	struct arena kept = card->perm;
	json_t *list = json_array();
	struct row *posts;
	size_t got = 0;
	enum claque_rc rc = card_rows(card, &q, EXAMPLES_MAX, &posts, &got, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < got; i++)
		append(list, row_json(LIST_POSTS, &posts[i], card->perm));
	json_put(reason, "examples", list);
	card->perm = kept;
	return rc;
}

static bool
add_row(void *ctx, const struct row *row)
{
	struct walk *w = ctx;
	json_t *o = row_json(w->part->list, row, w->card->perm);

	if (w->part->list == LIST_EVIDENCE)
		w->rc = put_examples(w->card, o, row->id, w->err);
	append(w->rows, o);
	return w->rc == CLAQUE_OK &&
	       (w->part->limit == 0 || (int64_t)json_array_size(w->rows) < w->part->limit);
}

static enum claque_rc
put_part(struct card *card, json_t *o, const struct part *part, struct claque_err *err)
{
	struct list_query q = card_query(part->list, card->cluster, part->sort);
	struct walk w = { card, part, json_array(), err, CLAQUE_OK };
	int64_t all = 0;
	enum claque_rc rc = list_walk(card->store, &q, add_row, &w, err);

	json_put(o, part->key, w.rows);
	if (rc == CLAQUE_STOPPED)	/* by the limit, or by what went wrong */
		rc = w.rc;
	if (rc == CLAQUE_OK && part->total != NULL)
		rc = list_count(card->store, &q, 0, &all, err);
	if (part->total != NULL)
		json_put(o, part->total, json_integer((json_int_t)all));
	return rc;
}

static enum claque_rc
put_weeks(struct card *card, json_t *o, struct claque_err *err)
{
	struct arena kept = card->perm;
	json_t *list = json_array();
	struct card_weeks weeks;
	enum claque_rc rc = card_weeks(card, &weeks, err);

	for (size_t i = 0; i < weeks.count; i++) {
		int64_t at = weeks.from + (int64_t)i * CARD_WEEK_MS;
		json_t *week = json_object();

		json_put(week, "week", json_text(clock_text(&card->perm, at, CLOCK_DATE)));
		json_put(week, "posts", json_integer((json_int_t)weeks.posts[i]));
		append(list, week);
	}
	json_put(o, "weeks", list);
	card->perm = kept;
	return rc;
}

enum claque_rc
card_print_json(struct card *card, struct claque_err *err)
{
	json_t *o = row_json(LIST_CLUSTERS, &card->head, card->perm);
	struct claque_str decisions;
	enum claque_rc rc = result_decisions(card->store, &card->perm, &decisions, err);
	struct buf line;

	if (rc == CLAQUE_OK)	/* of the analyst, before the run */
		json_put(o, "decisions", json_text(decisions));

	for (size_t p = 0; rc == CLAQUE_OK && p < sizeof(parts) / sizeof(parts[0]); p++)
		rc = put_part(card, o, &parts[p], err);
	if (rc == CLAQUE_OK)
		rc = put_weeks(card, o, err);
	if (rc == CLAQUE_OK) {
		buf_init(&line, JSON_BYTES_MAX);
		json_line(&line, o);
		if (line.over)	/* half an object is worse than none */
			rc = err_set(err, CLAQUE_ELIMIT, "the card exceeds %d bytes; claque evidence "
				     "and claque accounts list its parts", JSON_BYTES_MAX);
		else
			(void)fwrite(line.p, 1, line.len, stdout);
		buf_done(&line);
	}
	json_decref(o);
	return rc;
}
