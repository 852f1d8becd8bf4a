/*
 * diff_job.c - two cases side by side, each read list by list as everybody sees them.
 *
 * Numbers of rows differ between cases, so everything is told apart by what it is: digest,
 * platform and native id. Groups have names that each case gives by itself; they are
 * matched first, each with the group that shares most members, and what is said of a
 * group in one case is compared with what is said of its match in the other.
 */
#include "config.h"

#include "app/diff_job.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/map.h"
#include "case/ledger.h"
#include "case/share.h"
#include "store/list.h"

enum { EXAMPLES = 5, PERM_BYTES = 1 << 30, LINE_BYTES = 4 << 20, FIRST = 0, SECOND = 1 };

static const struct column columns[] = {
	{ "what", "what", "what differs", FORM_TEXT, 7, 10, 0 },
	{ "where", "where", "in which case it is", FORM_TEXT, 5, 6, 0 },
	{ "name", "name", "what it is called", FORM_ID, 10, 28, 0 },
	{ "first", "first", "in the first case", FORM_TEXT, 6, 20, 0 },
	{ "second", "second", "in the second case", FORM_TEXT, 6, 20, 0 },
	{ "detail", "detail", "more of it", FORM_TEXT, 6, 0, 0 },
};
enum { COLUMNS = sizeof(columns) / sizeof(*columns) };

struct group {
	struct claque_str name;
	bool lead;
	size_t members, best, common;	/* best: number + 1 of its match; 0: none */
};

struct side {
	struct store *store;
	struct map names;		/* of groups */
	struct group *groups;
	size_t group_cap;
	struct map members;		/* platform and id -> group */
	uint32_t *of;			/* by number of the member */
	size_t of_cap;
	struct map said;		/* annotations, each as one line */
	struct map judged;		/* subject of verdicts -> verdict that counts */
	struct claque_str *verdicts;
	size_t verdict_cap;
};

struct diff {
	struct side sides[2];
	struct arena whole, perm;
	const struct row_sink *sink;
	size_t rows;
	bool stopped;
	/* Of the walk in hand. */
	size_t at;
	enum list_id list;
	struct map seen;
	struct set64 hashes;
	size_t only;
};

static bool
put(struct diff *d, const char *what, const char *where, const struct claque_str cells[4])
{
	struct value values[COLUMNS];
	struct row row = { (int64_t)d->rows + 1, values };

	values[0] = (struct value){ .type = VALUE_TEXT, .s = str_of(what) };
	values[1] = (struct value){ .type = VALUE_TEXT, .s = str_of(where) };
	for (size_t i = 0; i < 4; i++)
		values[2 + i] = (struct value){ .type = cells[i].p != NULL ? VALUE_TEXT : VALUE_NULL,
						.s = cells[i] };
	d->rows++;
	d->stopped = d->stopped || !d->sink->each(d->sink->ctx, &row);
	return !d->stopped;
}

static const char *
side_name(size_t side)
{
	return side == FIRST ? "first" : "second";
}

static struct claque_str
cell(const struct diff *d, const struct row *row, const char *name)
{
	size_t count;
	const struct column *of = list_columns(d->list, &count);
	size_t i = column_find(of, count, str_of(name));

	return i < count && row->values[i].type == VALUE_TEXT ? row->values[i].s : STR("");
}

static enum claque_rc
walk(struct diff *d, size_t side, enum list_id list, const char *wanted,
     bool (*each)(void *ctx, const struct row *row), struct claque_err *err)
{
	struct list_query q = { .list = list, .lens = lens_open(), .sort = -1 };

	if (wanted != NULL)
		q.without = list_all_but(list, wanted);
	d->at = side;
	d->list = list;
	return list_walk(d->sides[side].store, &q, each, d, err);
}

/* --- rows that only one has */

struct sort_of_row {
	const char *what;
	enum list_id list;
	const char *wanted;		/* columns: those that tell it apart, first */
	const char *keys[3];
	const char *name;
};

static const struct sort_of_row sorts[] = {
	{ "input", LIST_INPUTS, NULL, { "sha256" }, "path" },
	{ "account", LIST_ACCOUNTS, "platform account_id handle", { "platform", "account_id" },
	  "handle" },
	{ "post", LIST_POSTS, "platform account_id post_id text at",
	  { "platform", "account_id", "post_id" }, "post_id" },
};

static const struct sort_of_row *
sort_of(enum list_id list)
{
	return list == LIST_INPUTS ? &sorts[0] : list == LIST_ACCOUNTS ? &sorts[1] : &sorts[2];
}

/* A post without an id of its own is told apart by its words. */
static uint64_t
hash_row(const struct diff *d, const struct row *row)
{
	const struct sort_of_row *sort = sort_of(d->list);
	uint64_t hash = 0;

	for (size_t i = 0; i < 3 && sort->keys[i] != NULL; i++)
		hash = hash_mix(hash, hash_bytes(cell(d, row, sort->keys[i]), i));
	if (d->list == LIST_POSTS && cell(d, row, "post_id").len == 0)
		hash = hash_mix(hash, hash_bytes(cell(d, row, "text"), 1));
	return hash;
}

static bool
keep_hash(void *ctx, const struct row *row)
{
	struct diff *d = ctx;

	(void)set64_add(&d->hashes, hash_row(d, row));
	return true;
}

static bool
tell_only(void *ctx, const struct row *row)
{
	struct diff *d = ctx;
	const struct sort_of_row *sort = sort_of(d->list);
	struct claque_str name = cell(d, row, sort->name), id;

	if (set64_has(&d->hashes, hash_row(d, row)) || ++d->only > EXAMPLES)
		return true;
	id = cell(d, row, sort->keys[d->list == LIST_INPUTS ? 0 : 1]);
	return put(d, sort->what, side_name(d->at), (const struct claque_str[]){
		name.len > 0 ? name : id, { 0 }, { 0 }, id });
}

static enum claque_rc
tell_rows(struct diff *d, const struct sort_of_row *sort, size_t side, struct claque_err *err)
{
	struct arena scratch = d->perm;
	enum claque_rc rc;

	set64_init(&d->hashes);
	d->only = 0;
	rc = walk(d, 1 - side, sort->list, sort->wanted, keep_hash, err);
	if (rc == CLAQUE_OK)
		rc = walk(d, side, sort->list, sort->wanted, tell_only, err);
	set64_done(&d->hashes);
	if (rc == CLAQUE_OK && d->only > EXAMPLES)
		(void)put(d, sort->what, side_name(side), (const struct claque_str[]){
			STR("..."), { 0 }, { 0 },
			str_fmt(&scratch, "%zu in all", d->only) });
	return rc;
}

/* --- settings of the last runs */

static enum claque_rc
tell_runs(struct diff *d, struct claque_err *err)
{
	struct list_query q = { .list = LIST_RUNS, .lens = lens_open(), .sort = -1 };
	struct arena scratch = d->perm;
	size_t count, got[2] = { 0, 0 };
	const struct column *of = list_columns(LIST_RUNS, &count);
	struct row *rows[2];
	enum claque_rc rc = CLAQUE_OK;

	for (size_t s = FIRST; rc == CLAQUE_OK && s <= SECOND; s++)
		rc = list_rows(d->sides[s].store, &q, 0, 1, &scratch, &rows[s], &got[s], err);
	if (rc != CLAQUE_OK || got[FIRST] + got[SECOND] == 0)
		return rc;
	for (size_t i = 0; i < count; i++) {
		struct claque_str in[2] = { STR("no run"), STR("no run") };

		if (str_eq(str_of(of[i].name), STR("run")) || str_eq(str_of(of[i].name), STR("ended_at")))
			continue;
		for (size_t s = FIRST; s <= SECOND; s++)
			if (got[s] > 0)
				in[s] = value_listing(&scratch, &of[i], &rows[s]->values[i]);
		if (!str_eq(in[FIRST], in[SECOND]))
			(void)put(d, "run", "both", (const struct claque_str[]){
				str_of(of[i].name), in[FIRST], in[SECOND], { 0 } });
	}
	return CLAQUE_OK;
}

/* --- groups */

static bool
take_group(void *ctx, const struct row *row)
{
	struct diff *d = ctx;
	struct side *s = &d->sides[d->at];
	uint32_t number = map_add(&s->names, cell(d, row, "id"), NULL);

	GROW(s->groups, s->group_cap, (size_t)number + 1);
	s->groups[number] = (struct group){ .name = str_dup(&d->perm, cell(d, row, "id")) };
	return true;
}

static bool
take_lead(void *ctx, const struct row *row)
{
	struct diff *d = ctx;
	struct side *s = &d->sides[d->at];
	uint32_t number = map_get(&s->names, cell(d, row, "id"));

	if (number != MAP_NONE)
		s->groups[number].lead = true;
	return true;
}

static bool
take_member(void *ctx, const struct row *row)
{
	struct diff *d = ctx;
	struct side *s = &d->sides[d->at];
	struct arena scratch = d->perm;
	uint32_t group = map_get(&s->names, cell(d, row, "cluster"));
	struct claque_str platform = cell(d, row, "platform"), id = cell(d, row, "account_id");
	uint32_t number;

	if (group == MAP_NONE)
		return true;
	number = map_add(&s->members, str_fmt(&scratch, STR_FMT " " STR_FMT, STR_ARG(platform),
					      STR_ARG(id)), NULL);
	GROW(s->of, s->of_cap, (size_t)number + 1);
	s->of[number] = group;
	s->groups[group].members++;
	return true;
}

static double
jaccard(const struct group *a, const struct group *b, size_t common)
{
	return (double)common / (double)(a->members + b->members - common);
}

/* Of each group on one side the one on the other with the largest overlap. */
static void
match_side(struct diff *d, size_t side)
{
	struct side *a = &d->sides[side], *b = &d->sides[1 - side];
	struct arena scratch = d->perm;
	size_t *common = ARENA_NEW(&scratch, size_t, b->names.count + 1);

	for (uint32_t g = 0; g < a->names.count; g++) {
		struct group *group = &a->groups[g];

		memset(common, 0, b->names.count * sizeof(*common));
		for (uint32_t m = 0; m < a->members.count; m++) {
			uint32_t there = a->of[m] == g ? map_get(&b->members, map_key(&a->members, m)) :
					 (uint32_t)MAP_NONE;

			if (there != MAP_NONE)
				common[b->of[there]]++;
		}
		for (uint32_t h = 0; h < b->names.count; h++)
			if (common[h] > 0 && (group->best == 0 ||
			    jaccard(group, &b->groups[h], common[h]) >
			    jaccard(group, &b->groups[group->best - 1], group->common))) {
				group->best = h + 1;
				group->common = common[h];
			}
	}
}

static void
tell_group(struct diff *d, size_t side, const struct group *group)
{
	const struct group *best = group->best == 0 ? NULL :
				   &d->sides[1 - side].groups[group->best - 1];
	struct arena scratch = d->perm;
	struct claque_str names[2] = { { 0 }, { 0 } };

	names[side] = group->name;
	if (best == NULL) {
		(void)put(d, group->lead ? "lead" : "cluster", side_name(side),
			  (const struct claque_str[]){ group->name, names[FIRST], names[SECOND],
			  str_fmt(&scratch, "%zu members, in no group there", group->members) });
		return;
	}
	names[1 - side] = best->name;
	if (&d->sides[side].groups[best->best - 1] != group) {	/* one was parted, or two joined */
		(void)put(d, group->lead ? "lead" : "cluster", side_name(side),
			  (const struct claque_str[]){ group->name, names[FIRST], names[SECOND],
			  str_fmt(&scratch, "%zu of its %zu members are in one whose match is another",
				  group->common, group->members) });
		return;
	}
	if (group->lead && !best->lead)
		(void)put(d, "lead", side_name(side), (const struct claque_str[]){ group->name,
			  names[FIRST], names[SECOND], STR("its best match there is no lead") });
	if (side == FIRST && (group->members != best->members || group->common != best->members))
		(void)put(d, "cluster", "both", (const struct claque_str[]){ group->name,
			  names[FIRST], names[SECOND],
			  str_fmt(&scratch, "Jaccard %.2f: %zu in both, %zu only in the first, "
				  "%zu only in the second", jaccard(group, best, group->common),
				  group->common, group->members - group->common,
				  best->members - group->common) });
}

static enum claque_rc
tell_groups(struct diff *d, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t s = FIRST; rc == CLAQUE_OK && s <= SECOND; s++) {
		rc = walk(d, s, LIST_CLUSTERS, "id", take_group, err);
		if (rc == CLAQUE_OK)
			rc = walk(d, s, LIST_LEADS, "id", take_lead, err);
		if (rc == CLAQUE_OK)
			rc = walk(d, s, LIST_MEMBERS, "cluster account_id platform", take_member,
				  err);
	}
	for (size_t s = FIRST; rc == CLAQUE_OK && s <= SECOND; s++)
		match_side(d, s);
	for (size_t s = FIRST; rc == CLAQUE_OK && s <= SECOND; s++)
		for (uint32_t g = 0; g < d->sides[s].names.count; g++)
			tell_group(d, s, &d->sides[s].groups[g]);
	return rc;
}

/* --- what was said */

/* A group of the second case is called as its match in the first. */
static void
name_subject(const struct diff *d, size_t side, json_t *o)
{
	uint32_t number = map_get(&d->sides[side].names, case_payload_text(o, "name"));
	const struct group *group = number == MAP_NONE ? NULL : &d->sides[side].groups[number];

	if (!str_eq(case_payload_text(o, "about_kind"), STR("cluster")))
		return;
	(void)json_object_del(o, "about");
	if (side == SECOND && group != NULL && group->best != 0)
		json_put(o, "name", json_text(d->sides[FIRST].groups[group->best - 1].name));
}

static struct claque_str
subject_of(struct arena *perm, const json_t *o)
{
	struct claque_str kind = case_payload_text(o, "about_kind"), text;
	const json_t *ids = json_object_get(o, "about");
	struct buf about;

	buf_init(&about, LINE_BYTES);
	if (ids != NULL)
		json_canonical(&about, ids);
	text = str_fmt(perm, STR_FMT " " STR_FMT, STR_ARG(kind),
		       STR_ARG(about.len > 2 ? buf_str(&about) : case_payload_text(o, "name")));
	buf_done(&about);
	return text;
}

static void
take_said(struct diff *d, size_t side, json_t *o)
{
	struct side *s = &d->sides[side];
	struct buf line;

	name_subject(d, side, o);
	buf_init(&line, LINE_BYTES);
	json_canonical(&line, o);
	if (str_eq(case_payload_text(o, "kind"), STR("verdict"))) {
		uint32_t number = map_add(&s->judged, subject_of(&d->perm, o), NULL);

		GROW(s->verdicts, s->verdict_cap, (size_t)number + 1);
		s->verdicts[number] = str_dup(&d->perm, buf_str(&line));
	} else {
		(void)map_add(&s->said, buf_str(&line), NULL);
	}
	buf_done(&line);
}

static enum claque_rc
read_said(struct diff *d, size_t side, struct claque_err *err)
{
	struct claque_str rest, line;
	bool head = true;
	struct buf lines;
	enum claque_rc rc;

	buf_init(&lines, SHARE_BYTES_MAX);
	rc = case_share(d->sides[side].store, &lines, err);
	for (rest = buf_str(&lines); rc == CLAQUE_OK && str_cut(&rest, '\n', &line); head = false) {
		json_t *o = head ? NULL : json_parse(line);

		if (json_is_object(o))
			take_said(d, side, o);
		json_decref(o);
	}
	buf_done(&lines);
	return rc;
}

/* "cleared by ann: tour dates" */
static struct claque_str
verdict_words(struct arena *perm, const json_t *o)
{
	struct claque_str word = case_payload_text(o, "word"), who = case_payload_text(o, "who");
	struct claque_str why = case_payload_text(o, "text");

	return str_fmt(perm, STR_FMT " by " STR_FMT "%s" STR_FMT, STR_ARG(word), STR_ARG(who),
		       why.len > 0 ? ": " : "", STR_ARG(why));
}

static void
tell_verdict(struct diff *d, struct claque_str key, size_t side)
{
	struct claque_str in[2] = { STR("none"), STR("none") }, name;
	struct arena scratch = d->perm;
	json_t *any = NULL;

	for (size_t s = FIRST; s <= SECOND; s++) {
		uint32_t number = map_get(&d->sides[s].judged, key);
		json_t *o = number == MAP_NONE ? NULL : json_parse(d->sides[s].verdicts[number]);

		if (o == NULL)
			continue;
		in[s] = verdict_words(&scratch, o);
		json_decref(any);
		any = o;
	}
	name = str_dup(&scratch, case_payload_text(any, "name"));
	json_decref(any);
	if (!str_eq(in[FIRST], in[SECOND]) && (side == FIRST ||
	    map_get(&d->sides[FIRST].judged, key) == MAP_NONE))
		(void)put(d, "verdict", str_eq(in[FIRST], STR("none")) ? "second" :
			  str_eq(in[SECOND], STR("none")) ? "first" : "both",
			  (const struct claque_str[]){ name, in[FIRST], in[SECOND], { 0 } });
}

static void
tell_annotation(struct diff *d, size_t side, struct claque_str line)
{
	struct arena scratch = d->perm;
	struct claque_str cells[4] = { { 0 }, { 0 }, { 0 }, { 0 } };
	struct claque_str kind, who, text;
	json_t *o = json_parse(line);

	kind = case_payload_text(o, "kind");
	who = case_payload_text(o, "who");
	text = case_payload_text(o, "quote");
	text = text.len > 0 ? text : case_payload_text(o, "text");
	cells[0] = case_payload_text(o, "name");
	cells[1 + side] = str_fmt(&scratch, STR_FMT " by " STR_FMT, STR_ARG(kind), STR_ARG(who));
	cells[3] = text;
	(void)put(d, "annotation", side_name(side), cells);
	json_decref(o);
}

static enum claque_rc
tell_said(struct diff *d, struct claque_err *err)
{
	enum claque_rc rc = read_said(d, FIRST, err);

	if (rc == CLAQUE_OK)
		rc = read_said(d, SECOND, err);
	for (size_t s = FIRST; rc == CLAQUE_OK && s <= SECOND; s++)
		for (uint32_t i = 0; i < d->sides[s].judged.count; i++)
			tell_verdict(d, map_key(&d->sides[s].judged, i), s);
	for (size_t s = FIRST; rc == CLAQUE_OK && s <= SECOND; s++)
		for (uint32_t i = 0; i < d->sides[s].said.count; i++)
			if (map_get(&d->sides[1 - s].said, map_key(&d->sides[s].said, i)) == MAP_NONE)
				tell_annotation(d, s, map_key(&d->sides[s].said, i));
	return rc;
}

static enum claque_rc
tell_all(struct diff *d, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < sizeof(sorts) / sizeof(*sorts); i++)
		for (size_t s = FIRST; rc == CLAQUE_OK && s <= SECOND; s++)
			rc = tell_rows(d, &sorts[i], s, err);
	if (rc == CLAQUE_OK)
		rc = tell_runs(d, err);
	if (rc == CLAQUE_OK)
		rc = tell_groups(d, err);
	return rc == CLAQUE_OK ? tell_said(d, err) : rc;
}

enum claque_rc
diff_job(struct store *first, struct store *second, const struct row_sink *sink, size_t *rows,
	 struct claque_err *err)
{
	struct diff d = { .sink = sink };
	enum claque_rc rc;

	d.whole = d.perm = arena_new(PERM_BYTES);
	d.sides[FIRST].store = first;
	d.sides[SECOND].store = second;
	for (size_t s = FIRST; s <= SECOND; s++) {
		map_init(&d.sides[s].names);
		map_init(&d.sides[s].members);
		map_init(&d.sides[s].said);
		map_init(&d.sides[s].judged);
	}
	sink->head(sink->ctx, columns, COLUMNS);
	rc = tell_all(&d, err);
	*rows = d.rows;
	for (size_t s = FIRST; s <= SECOND; s++) {
		map_done(&d.sides[s].names);
		map_done(&d.sides[s].members);
		map_done(&d.sides[s].said);
		map_done(&d.sides[s].judged);
		free(d.sides[s].groups);
		free(d.sides[s].of);
		free(d.sides[s].verdicts);
	}
	arena_free(d.whole);
	return d.stopped ? CLAQUE_OK : rc;
}
