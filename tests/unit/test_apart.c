/*
 * test_apart.c - no case holds the truth of its world: no cell of any table says a name or a
 * kind that only the truth has, and no column tells planted accounts from others. The same
 * check must find a truth that somebody imports, in words or as a code.
 */
#include "config.h"

#include "test.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/import_job.h"
#include "app/world_job.h"
#include "base/map.h"
#include "scenario/script.h"
#include "store/store.h"

#include "csv_table.h"

enum { POSTS = 1200, ROLES_MOST = 40, EXACT = 50, TABLES_MAX = 80, NEEDLES_MAX = 200 };

static const char *const shipped[] = { "activists-only", "czech-petitions", "divide-network",
				       "fandom-only", "hidden-cell", "lookalike-outlets",
				       "rename-to-india", "reply-swarm", "return-after-takedown",
				       "who-is-who" };
static const struct claque_progress silent = { 0 };
static struct arena whole;

struct counts {
	size_t planted, others;
};

struct search {
	struct store *store;
	struct script script;
	struct csv_table truth;
	struct map words;			/* no cell is one of them */
	struct claque_str needles[NEEDLES_MAX];	/* no cell has one in it */
	size_t needle_count;
	struct map planted, known;		/* native ids; all of them */
	struct map by_row;			/* of the table account: row id -> planted or not */
	bool *row_planted;
	size_t row_cap;
	struct claque_str tables[TABLES_MAX];
	size_t table_count;
	/* Of the table at hand. */
	const char *table;
	const struct column *columns;
	size_t column_count, account, rows;
	struct map values;			/* column number, then value */
	struct counts *counts;
	size_t counts_cap;
	char leak[300];				/* the first, or "" */
};

/* --- what only the truth knows; plain words are in bios as well */

static void
add_needle(struct search *s, struct claque_str word)
{
	assert_true(s->needle_count < NEEDLES_MAX);
	s->needles[s->needle_count++] = word;
}

static void
read_words(struct search *s, const char *path, size_t column, struct arena *perm)
{
	struct csv_table t;

	if (!csv_table_read(&t, path))
		return;
	for (size_t i = 1; i < t.row_count; i++) {
		struct claque_str word = csv_at(&t, i, column);
		bool is_new;

		if (word.len == 0)
			continue;
		(void)map_add(&s->words, word, &is_new);
		if (is_new)
			add_needle(s, str_fmt(perm, "\"" STR_FMT "\"", STR_ARG(word)));
		if (is_new && str_find(word, STR("-"), 0) < word.len)
			add_needle(s, str_dup(perm, word));
	}
	csv_table_done(&t);
}

static void
read_truth(struct search *s, const char *folder, struct arena *perm)
{
	static const struct { const char *name; size_t column; } facts[] = {
		{ "truth", 1 }, { "truth", 2 }, { "truth_twins", 2 }, { "truth_changes", 2 },
		{ "truth_domains", 2 } };

	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		read_words(s, str_fmt(perm, "%s/%s.csv", folder, facts[i].name).p, facts[i].column,
			   perm);
	add_needle(s, s->script.name);
	add_needle(s, s->script.title);
	assert_true(csv_table_read(&s->truth, str_fmt(perm, "%s/truth.csv", folder).p));
	for (size_t i = 1; i < s->truth.row_count; i++) {
		(void)map_add(&s->known, csv_at(&s->truth, i, 0), NULL);
		if (str_eq(csv_at(&s->truth, i, 2), STR("operation")))
			(void)map_add(&s->planted, csv_at(&s->truth, i, 0), NULL);
	}
}

/* --- cells */

static struct claque_str
cell_text(const struct value *v, struct arena *perm)
{
	if (v->type == VALUE_TEXT)
		return v->s;
	if (v->type == VALUE_INT)
		return str_fmt(perm, "%lld", (long long)v->i);
	return v->type == VALUE_REAL ? str_fmt(perm, "%.17g", v->r) : STR("");
}

static void
check_cell(struct search *s, size_t column, struct claque_str cell)
{
	bool said = map_get(&s->words, cell) != MAP_NONE;

	for (size_t i = 0; i < s->needle_count && !said; i++)
		said = str_find(cell, s->needles[i], 0) < cell.len;
	if (said && s->leak[0] == '\0')
		(void)snprintf(s->leak, sizeof(s->leak), "%s.%s says '%.*s'", s->table,
			       s->columns[column].name, (int)(cell.len < 80 ? cell.len : 80), cell.p);
}

static void
count_value(struct search *s, size_t column, struct claque_str cell, bool planted,
	    struct arena scratch)
{
	struct claque_str key = str_fmt(&scratch, "%zu " STR_FMT, column, STR_ARG(cell));
	bool is_new;
	uint32_t n = map_add(&s->values, key, &is_new);

	GROW(s->counts, s->counts_cap, (size_t)n + 1);
	if (is_new)
		s->counts[n] = (struct counts){ 0 };
	s->counts[n].planted += planted;
	s->counts[n].others += !planted;
}

/* Of accounts the native id tells who it is, elsewhere the row id in a column account. */
static bool
whose_row(struct search *s, const struct row *row, bool *planted)
{
	const struct value *v = &row->values[s->account];

	if (strcmp(s->table, "account") == 0) {
		size_t id = column_find(s->columns, s->column_count, STR("id"));
		uint32_t n = (uint32_t)row->values[id].i;

		*planted = map_get(&s->planted, v->s) != MAP_NONE;
		GROW(s->row_planted, s->row_cap, (size_t)n + 1);
		s->row_planted[n] = *planted;
		return map_get(&s->known, v->s) != MAP_NONE;
	}
	if (v->type != VALUE_INT || (size_t)v->i >= s->row_cap)
		return false;
	*planted = s->row_planted[v->i];
	return true;
}

static void
take_head(void *ctx, const struct column *columns, size_t count)
{
	struct search *s = ctx;
	bool accounts = strcmp(s->table, "account") == 0;
	struct column *kept = ARENA_NEW(&whole, struct column, count);

	for (size_t i = 0; i < count; i++) {
		kept[i] = columns[i];
		kept[i].name = str_z(&whole, str_of(columns[i].name));
	}
	s->columns = kept;
	s->column_count = count;
	s->account = column_find(kept, count, accounts ? STR("native_id") : STR("account"));
}

static bool
take_row(void *ctx, const struct row *row)
{
	struct search *s = ctx;
	bool planted = false;
	bool whose = s->account < s->column_count && whose_row(s, row, &planted);

	s->rows++;
	for (size_t i = 0; i < s->column_count; i++) {
		struct arena scratch = whole;
		struct claque_str cell = cell_text(&row->values[i], &scratch);

		if (row->values[i].type == VALUE_TEXT)
			check_cell(s, i, cell);
		if (whose && i != s->account)
			count_value(s, i, cell, planted, scratch);
	}
	return true;
}

/* --- columns */

/*
 * Does guessing by the column's value, whichever is more frequent with it, miss hardly any of
 * the planted? Places that all claim may tell most, which is what a lesson is about. A column
 * of more values than there are groups, an id say, is no code for them.
 */
static void
check_column(struct search *s, size_t column)
{
	struct arena scratch = whole;
	struct claque_str prefix = str_fmt(&scratch, "%zu ", column);
	size_t values = 0, missed = 0, planted = 0;

	for (uint32_t i = 0; i < s->values.count; i++) {
		const struct counts *c = &s->counts[i];

		if (!str_starts(map_key(&s->values, i), prefix))
			continue;
		values++;
		planted += c->planted;
		missed += c->planted < c->others ? c->planted : c->others;
	}
	if (planted > 0 && values <= ROLES_MOST && values * 4 < s->rows && missed * EXACT < planted &&
	    s->leak[0] == '\0')
		(void)snprintf(s->leak, sizeof(s->leak), "%s.%s tells who is planted: %zu missed of %zu",
			       s->table, s->columns[column].name, missed, planted);
}

static void
search_table(struct search *s, struct claque_str table)
{
	struct arena before = whole;
	struct claque_err err = { 0 };

	s->table = str_z(&whole, table);
	s->column_count = s->rows = 0;
	map_init(&s->values);
	assert_ok(store_sql(s->store, str_fmt(&whole, "SELECT * FROM " STR_FMT, STR_ARG(table)),
			    take_head, take_row, s, &err), err);
	for (size_t i = 0; i < s->column_count; i++)
		check_column(s, i);
	map_done(&s->values);
	whole = before;
}

static bool
take_table(void *ctx, struct claque_str table, struct claque_str column)
{
	struct search *s = ctx;
	bool again = s->table_count > 0 && str_eq(s->tables[s->table_count - 1], table);

	(void)column;
	if (again || str_starts(table, STR("v_")))
		return true;
	assert_true(s->table_count < TABLES_MAX);
	s->tables[s->table_count++] = str_dup(&whole, table);
	return true;
}

/* The leak, or "". */
static const char *
search_case(struct search *s, const char *path)
{
	struct claque_err err = { 0 };

	s->leak[0] = '\0';
	s->table_count = 0;
	assert_ok(store_open(&s->store, path, STORE_READ, &err), err);
	assert_ok(store_schema(s->store, take_table, s, &err), err);
	assert_true(s->table_count > 8);
	search_table(s, STR("account"));
	assert_true(s->rows > 300);
	for (size_t i = 0; i < s->table_count; i++)
		search_table(s, s->tables[i]);
	store_close(s->store);
	return s->leak;
}

/* --- worlds */

static struct script
script_of(const char *name, struct arena *perm)
{
	const char *path = str_fmt(perm, "%s/share/scenarios/%s.conf", getenv("srcdir"), name).p;
	struct claque_err err = { 0 };
	struct script script;
	size_t len;
	char *text = csv_slurp(path, &len);

	assert_non_null(text);
	assert_ok(script_read(perm, path, (struct claque_str){ text, len }, &script, &err), err);
	free(text);
	return script;
}

static void
open_search(struct search *s, const char *name, const char *path)
{
	struct scenario_settings settings;
	struct scenario_counts counts;
	struct claque_str who = STR("ann");
	struct claque_err err = { 0 };

	*s = (struct search){ .script = script_of(name, &whole) };
	settings = script_settings(&s->script);
	settings.posts = POSTS;
	if (s->script.demo) {
		settings.organic = 600;
		settings.planted = 120;
		settings.renamed = 20;
		settings.twins = 10;
	}
	map_init(&s->words);
	map_init(&s->planted);
	map_init(&s->known);
	assert_ok(world_job_straight(path, &settings, &who, &silent, &counts, &err), err);
	read_truth(s, world_folder(path, &whole), &whole);
}

static void
close_search(struct search *s)
{
	map_done(&s->words);
	map_done(&s->planted);
	map_done(&s->known);
	csv_table_done(&s->truth);
	free(s->row_planted);
	free(s->counts);
}

static void
no_case_of_a_scenario_holds_its_truth(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(shipped) / sizeof(shipped[0]); i++) {
		struct arena before = whole;
		struct search s;
		const char *path = str_fmt(&whole, "w%zu.claque", i).p;

		open_search(&s, shipped[i], path);
		if (search_case(&s, path)[0] != '\0')
			fail_msg("%s: %s", shipped[i], s.leak);
		close_search(&s);
		whole = before;
	}
}

static void
keep_rc(void *ctx, const struct import_report *r)
{
	*(enum claque_rc *)ctx = r->rc;
}

static void
import(const char *case_path, const char *path, const char *format)
{
	enum claque_rc rc = CLAQUE_OK;
	struct import_request request = { .case_path = case_path, .paths = &path, .path_count = 1,
					  .format = format, .who = STR("ann"), .ctx = &rc,
					  .report = keep_rc };
	struct claque_err err = { 0 };

	assert_ok(import_job(&request, &silent, &err), err);
	assert_int_equal(rc, CLAQUE_OK);
}

static void
a_truth_that_was_imported_is_found(void **state)
{
	struct arena before = whole;
	struct search s;
	const char *path = "leaky.claque";

	(void)state;
	open_search(&s, "hidden-cell", path);
	import(path, str_fmt(&whole, "%s/truth.csv", world_folder(path, &whole)).p,
	       "native-accounts");
	assert_true(search_case(&s, path)[0] != '\0');
	assert_true(str_find(str_of(s.leak), STR("says"), 0) < strlen(s.leak));
	close_search(&s);
	whole = before;
}

/* Nobody would call it by its name. */
static void
a_code_for_the_role_is_found(void **state)
{
	struct arena before = whole;
	struct search s;
	const char *path = "coded.claque";
	FILE *f = fopen("codes.csv", "w");

	(void)state;
	open_search(&s, "who-is-who", path);
	assert_non_null(f);
	fprintf(f, "account_id,avatar_tag\n");
	for (size_t i = 1; i < s.truth.row_count; i++) {
		struct claque_str id = csv_at(&s.truth, i, 0);

		fprintf(f, STR_FMT ",%d\n", STR_ARG(id), map_get(&s.planted, id) != MAP_NONE);
	}
	assert_int_equal(fclose(f), 0);
	import(path, "codes.csv", "native-accounts");
	assert_true(search_case(&s, path)[0] != '\0');
	assert_true(str_find(str_of(s.leak), STR("tells who"), 0) < strlen(s.leak));
	close_search(&s);
	whole = before;
}

static char folder[64], srcdir[4096];

/* Paths of the worlds are names in a folder of its own, which tell nothing. */
static int
set_up(void **state)
{
	const char *from = getenv("srcdir");

	(void)state;
	whole = arena_new(1 << 28);
	if (realpath(from != NULL ? from : ".", srcdir) == NULL ||
	    setenv("srcdir", srcdir, 1) != 0)
		return -1;
	(void)snprintf(folder, sizeof(folder), "/tmp/claque-apart-XXXXXX");
	return mkdtemp(folder) != NULL ? chdir(folder) : -1;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(whole);
	return chdir("/") == 0 ? nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS) : -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_case_of_a_scenario_holds_its_truth),
		cmocka_unit_test(a_truth_that_was_imported_is_found),
		cmocka_unit_test(a_code_for_the_role_is_found),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
