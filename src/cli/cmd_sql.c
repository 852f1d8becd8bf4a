/* cmd_sql.c - claque sql: a read-only question over the documented views. */
#include "config.h"

#include "cli/args.h"
#include "cli/output.h"
#include "store/store.h"

enum { HEAD_ARENA = 16 << 20, NAME_BYTES_MAX = 4 << 10 };

struct answer {
	struct output out;
	struct arena whole;	/* holds the columns: the output outlives the query */
	enum output_form form;
	int64_t limit;
	bool started;
};

static void
take_head(void *ctx, const struct column *columns, size_t count)
{
	struct answer *a = ctx;
	struct arena perm = a->whole = arena_new(HEAD_ARENA);
	struct column *copy = ARENA_NEW(&perm, struct column, count);

	for (size_t i = 0; i < count; i++) {
		copy[i] = columns[i];
		copy[i].name = copy[i].title =
			str_z(&perm, str_sub(str_of(columns[i].name), 0, NAME_BYTES_MAX));
	}
	output_start(&a->out, a->form, copy, count, a->limit);
	a->started = true;
}

static bool
take_row(void *ctx, const struct row *row)
{
	return output_row(&((struct answer *)ctx)->out, row);
}

static enum status
run_sql(const struct invocation *call)
{
	struct answer answer = { .form = output_form(call) };
	struct store *store = NULL;
	struct claque_err err = { 0 };
	enum claque_rc rc = args_int(call, "limit", 0, INT64_MAX, &answer.limit, &err);

	if (rc == CLAQUE_OK)
		rc = store_open(&store, call->args[0], STORE_READ, &err);
	if (rc == CLAQUE_OK)
		rc = store_sql(store, str_of(call->args[1]), take_head, take_row, &answer, &err);
	if (answer.started)
		output_end(&answer.out);
	arena_free(answer.whole);
	store_close(store);
	return rc == CLAQUE_OK || rc == CLAQUE_STOPPED ? STATUS_OK : fail(rc, &err);
}

const struct command command_sql = {
	.name = "sql", .synopsis = "CASE QUERY",
	.summary = "Answers one read-only SQL query",
	.detail =
"The views v_accounts, v_posts, v_shares, v_sources, v_changes, v_leads, v_members,\n"
"v_evidence, v_edges, v_twins, v_repurposed, v_lookalikes, v_extras, v_indicators, v_events,\n"
"v_topics, v_post_topics, v_leanings, v_notes, v_reused_handles and v_ledger are a public\n"
"interface; times in them are RFC 3339 text in UTC. What the engine found is that of the\n"
"last run. Whatever would write, or read another file, is refused.",
	.examples = "claque sql case.claque 'select handle, posts from v_accounts order by posts desc' --limit 10\tthe busiest",
	.options = {
		{ "csv", NULL, "RFC 4180 with a header, exact numbers" },
		{ "json", NULL, "one JSON object a line" },
		{ "limit", "N", "at most N rows; 0 is all" },
	},
	.min_args = 2, .max_args = 2, .run = run_sql,
};
