/*
 * test_export.c - whole exports of a small hand-made case, against golden
 * files (tests/golden/export), and what is left when one fails.
 *
 * make update-goldens rewrites the golden files; the diff is then reviewed.
 */
#include "config.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "export/export.h"
#include "export/mdtext.h"
#include "export/stix_check.h"
#include "files.h"
#include "page_check.h"

enum { COLUMNS_MAX = 12, FILE_MAX = 1 << 17 };

static struct arena room, arena;
static const char *folder;

#define T(z)    { .type = VALUE_TEXT, .s = { "" z, sizeof(z) - 1 } }
#define N(n)    { .type = VALUE_INT, .i = (n) }
#define R(x)    { .type = VALUE_REAL, .r = (x) }
#define NONE    { .type = VALUE_NULL }
#define ROWS(a) (a), sizeof(a) / sizeof((a)[0])

struct cells {
	struct value values[COLUMNS_MAX];
};

struct fixture {
	const struct cells *rows;
	size_t count;
	size_t fail_after;	/* rows, 0 = never */
};

static enum claque_rc
walk(void *ctx, bool (*each)(void *row_ctx, const struct row *row), void *row_ctx,
     struct claque_err *err)
{
	const struct fixture *f = ctx;

	for (size_t i = 0; i < f->count; i++) {
		struct row row = { (int64_t)i + 1, f->rows[i].values };

		if (f->fail_after != 0 && i == f->fail_after)
			return err_set(err, CLAQUE_EIO, "the disk went away");
		if (!each(row_ctx, &row))
			return CLAQUE_STOPPED;
	}
	return CLAQUE_OK;
}

#define HOSTILE "=<b>|*_`[x](http://evil.example/a?b=1&c)\xff\x1b[31m\xe2\x80\xae" "gnp"

static const struct column group_columns[] = {
	{ .name = "id", .form = FORM_ID }, { .name = "score", .form = FORM_SCORE },
	{ .name = "coordination", .form = FORM_SCORE }, { .name = "deception", .form = FORM_SCORE },
	{ .name = "overtness", .form = FORM_SCORE }, { .name = "accounts", .form = FORM_COUNT },
	{ .name = "posts", .form = FORM_COUNT }, { .name = "kind", .form = FORM_TEXT },
	{ .name = "first_seen", .form = FORM_TIME }, { .name = "last_seen", .form = FORM_TIME },
};
#define LEAD_ROW { { T("C001"), R(0.97), R(0.95), R(0.4), R(0.02), N(3), N(1234), T("lead"), \
		     N(1475503331250), N(1478000000000) } }
static const struct cells lead_rows[] = { LEAD_ROW };
static const struct cells cluster_rows[] = {
	LEAD_ROW,
	{ { T("C002"), R(0.12), R(0.3), R(0.01), R(0.9), N(40), N(99), T("open coordination"),
	    N(1475503331250), NONE } },
};
static const struct column member_columns[] = {
	{ .name = "cluster", .form = FORM_ID }, { .name = "account_id", .form = FORM_ID },
	{ .name = "handle", .form = FORM_TEXT }, { .name = "score", .form = FORM_SCORE },
	{ .name = "role", .form = FORM_TEXT }, { .name = "degree", .form = FORM_COUNT },
	{ .name = "verified", .form = FORM_FLAG },
};
static const struct cells member_rows[] = {
	{ { T("C001"), T("906000000000000000"), T("ivan142"), R(0.5), T("amplifier"), N(1), N(0) } },
	{ { T("C001"), T("a\x01&\"<id>\t"), T(HOSTILE), R(0.99), T("core"), N(2), N(1) } },
	{ { T("C001"), T("3"), NONE, NONE, T("amplifier"), T("many"), NONE } },
	{ { T("C002"), T("fan1"), T("fan_club"), R(0.1), T("core"), N(1), N(0) } },
	{ { T("C002"), T("3"), T("twice"), R(0.1), T("core"), N(1), N(0) } },
};
static const struct column edge_columns[] = {
	{ .name = "signal", .form = FORM_TEXT }, { .name = "a", .form = FORM_ID },
	{ .name = "b", .form = FORM_ID }, { .name = "weight", .form = FORM_COUNT },
	{ .name = "p", .form = FORM_PVALUE }, { .name = "first_seen", .form = FORM_TIME },
};
static const struct cells edge_rows[] = {
	{ { T("co-reshare"), T("906000000000000000"), T("a\x01&\"<id>\t"), N(12), R(1e-9),
	    N(1475503331250) } },
	{ { T("co-link"), T("3"), T("stranger"), N(2), NONE, NONE } },
};
static const struct column evidence_columns[] = {
	{ .name = "cluster", .form = FORM_ID }, { .name = "axis", .form = FORM_TEXT },
	{ .name = "signal", .form = FORM_TEXT }, { .name = "observed", .form = FORM_REAL },
	{ .name = "expected", .form = FORM_REAL }, { .name = "unit", .form = FORM_TEXT },
	{ .name = "n", .form = FORM_COUNT }, { .name = "p", .form = FORM_PVALUE },
	{ .name = "log_odds", .form = FORM_REAL }, { .name = "text", .form = FORM_TEXT },
};
static const struct cells evidence_rows[] = {
	{ { T("C001"), T("coordination"), T("co-link"), R(2), R(1.5), T("edges"), N(12), R(0.2),
	    R(0.1), T("2 edges where 1.5 were expected") } },
	{ { T("C001"), T("coordination"), T("co-reshare"), R(31), R(0.4), T("edges"), N(1040),
	    R(3e-9), R(4.25), T("31 edges where 0.4 were expected") } },
	{ { T("C001"), T("overtness"), T("verified"), R(1), R(0.1), T("accounts"), N(3), R(0.3),
	    R(-0.7), T("1 of 3 accounts is verified") } },
	{ { T("C002"), T("overtness"), T("fan-tag"), R(40), R(1), T("accounts"), N(40), R(1e-12),
	    R(-5), T("all name the same band") } },
};
static const struct column note_columns[] = {
	{ .name = "kind", .form = FORM_TEXT }, { .name = "target", .form = FORM_TEXT },
	{ .name = "text", .form = FORM_TEXT }, { .name = "who", .form = FORM_TEXT },
	{ .name = "at", .form = FORM_TIME },
};
static const struct cells note_rows[] = {
	{ { T("note"), T("C001"), T("# Not a head\n1. not a list\nsee www.evil.example\n\n"
	    "    not code | <script>"), T("nr"), N(1478000000000) } },
	{ { T("tag"), T("@ivan142"), T("fan"), T("nr"), N(1478000001000) } },
	{ { T("pin"), T("C001"), T(""), T("nr"), N(1478000002000) } },
};
static const struct column input_columns[] = {
	{ .name = "path", .form = FORM_TEXT }, { .name = "sha256", .form = FORM_ID },
	{ .name = "rows", .form = FORM_COUNT }, { .name = "refused", .form = FORM_COUNT },
};
static const struct cells input_rows[] = {
	{ { T("data/posts|1.csv"),
	    T("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), N(12345), N(2) } },
};

static struct fixture fixtures[] = {
	{ ROWS(lead_rows), 0 }, { ROWS(cluster_rows), 0 }, { ROWS(member_rows), 0 },
	{ ROWS(edge_rows), 0 }, { ROWS(evidence_rows), 0 }, { ROWS(note_rows), 0 },
	{ ROWS(input_rows), 0 },
};
enum { LEADS, CLUSTERS, MEMBERS, EDGES, EVIDENCE, NOTES, INPUTS, TABLES };

static const struct rowset tables[TABLES] = {
	{ "leads", ROWS(group_columns), &fixtures[LEADS], walk, NULL, NULL, NULL },
	{ "clusters", ROWS(group_columns), &fixtures[CLUSTERS], walk, NULL, NULL, NULL },
	{ "members", ROWS(member_columns), &fixtures[MEMBERS], walk, NULL, NULL, NULL },
	{ "edges", ROWS(edge_columns), &fixtures[EDGES], walk, NULL, NULL, NULL },
	{ "evidence", ROWS(evidence_columns), &fixtures[EVIDENCE], walk, NULL, NULL, NULL },
	{ "notes", ROWS(note_columns), &fixtures[NOTES], walk, NULL, NULL, NULL },
	{ "inputs", ROWS(input_columns), &fixtures[INPUTS], walk, NULL, NULL, NULL },
};

/* What only a page tells of. */
static const struct column post_columns[] = {
	{ .name = "at", .form = FORM_TIME }, { .name = "account_id", .form = FORM_ID },
	{ .name = "account", .form = FORM_ID }, { .name = "text", .form = FORM_TEXT },
	{ .name = "source_file", .form = FORM_TEXT }, { .name = "row", .form = FORM_COUNT },
};
static const struct cells post_rows[] = {
	{ { N(1475503331250), T("906000000000000000"), T("ivan142"), T("plain"), T("p.csv"), N(2) } },
	{ { N(1475763331250), T("stranger"), T("stranger"),
	    T("</td></table></main><script>alert('1')</script>\" onclick=\"x"), T("p.csv"), N(3) } },
	{ { NONE, T("3"), T("twice"), T("no time"), T("p.csv"), N(4) } },
};
static const struct column change_columns[] = {
	{ .name = "at", .form = FORM_TIME }, { .name = "account", .form = FORM_ID },
	{ .name = "field", .form = FORM_TEXT }, { .name = "old", .form = FORM_TEXT },
	{ .name = "new", .form = FORM_TEXT }, { .name = "with", .form = FORM_COUNT },
	{ .name = "account_id", .form = FORM_ID },
};
static const struct cells change_rows[] = {
	{ { N(1475503331250), T("ivan142"), T("bio"), T("mum of two in Ohio"),
	    T("patriot of two\xe2\x80\xae in Ohio"), N(7), T("906000000000000000") } },
	{ { N(1475503331250), T("fan"), T("handle"), T("fan_1"), T("fan_2"), N(9), T("fan1") } },
};
static const struct column innocent_columns[] = {
	{ .name = "cluster", .form = FORM_ID }, { .name = "explanation", .form = FORM_TEXT },
	{ .name = "score", .form = FORM_SCORE }, { .name = "text", .form = FORM_TEXT },
};
static const struct cells innocent_rows[] = {
	{ { T("C001"), T("fandom"), R(0.02), T("2 % of pairs name one star") } },
	{ { T("C002"), T("fandom"), R(0.97), T("all name one star") } },
};
static struct fixture page_fixtures[] = {
	{ ROWS(post_rows), 0 }, { ROWS(change_rows), 0 }, { ROWS(innocent_rows), 0 },
};

enum { PAGE_TABLES = TABLES + 3 };

static void
page_tables(struct rowset *out)
{
	memcpy(out, tables, sizeof(tables));
	out[TABLES] = (struct rowset){ "posts", ROWS(post_columns), &page_fixtures[0], walk, NULL, NULL, NULL };
	out[TABLES + 1] = (struct rowset){ "changes", ROWS(change_columns), &page_fixtures[1],
					   walk, NULL, NULL, NULL };
	out[TABLES + 2] = (struct rowset){ "innocents", ROWS(innocent_columns), &page_fixtures[2],
					   walk, NULL, NULL, NULL };
}

static struct export_input
input(void)
{
	return (struct export_input){
		.case_name = "demo <2016>", .made_at = 1479998000000, .tlp = TLP_AMBER_STRICT,
		.version = "0.1.0", .settings = STR("prior=0.01 fdr=0.01 seed=1"),
		.tables = tables, .table_count = TABLES,
	};
}

static const struct export_format *
format(const char *name)
{
	const struct export_format *f = NULL;
	struct claque_err err;

	assert_ok(export_find(str_of(name), &f, &err), err);
	return f;
}

static int
make_folder(void **state)
{
	char template[] = "/tmp/claque-export-XXXXXX";

	(void)state;
	room = arena_new(8 << 20);
	arena = room;
	folder = mkdtemp(template) != NULL ? str_z(&arena, str_of(template)) : NULL;
	for (size_t i = 0; i < TABLES; i++)
		fixtures[i].fail_after = 0;
	return folder == NULL;
}

static void
remove_tree(const char *path)
{
	pid_t child = fork();

	if (child == 0) {
		(void)execlp("rm", "rm", "-rf", "--", path, (char *)NULL);
		_exit(127);
	}
	(void)waitpid(child, NULL, 0);
}

static int
drop_folder(void **state)
{
	(void)state;
	remove_tree(folder);
	arena_free(room);
	return 0;
}

static const char *
inside(const char *name)
{
	return str_fmt(&arena, "%s/%s", folder, name).p;
}

/* NULL if there is no such file. */
static struct claque_str
read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *p = ARENA_NEW(&arena, char, FILE_MAX);
	size_t n = f == NULL ? 0 : fread(p, 1, FILE_MAX, f);

	if (f == NULL)
		return (struct claque_str){ 0 };
	(void)fclose(f);
	return (struct claque_str){ p, n };
}

static void
assert_golden(const char *path, const char *name)
{
	const char *golden = str_fmt(&arena, "%s/tests/golden/export/%s", getenv("srcdir"), name).p;
	struct claque_str got = read_file(path), want;

	assert_non_null(got.p);
	if (getenv("UPDATE_GOLDENS") != NULL)
		write_file(golden, got);
	want = read_file(golden);
	assert_non_null(want.p);
	if (!str_eq(got, want))
		fail_msg("%s differs:\n" STR_FMT, name, STR_ARG(got));
}

static size_t
entries_of(const char *path)
{
	static const char *const names[] = { "README.txt", "leads.csv", "x", "x.md", "x.graphml", "x.gexf", "x.dot" };
	struct stat st;
	size_t n = 0;

	assert_int_equal(stat(path, &st), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		n += access(str_fmt(&arena, "%s/%s", path, names[i]).p, F_OK) == 0;
	return n + (access(str_fmt(&arena, "%s/x.part-%ld", path, (long)getpid()).p, F_OK) == 0) +
	       (access(str_fmt(&arena, "%s/x.md.part-%ld", path, (long)getpid()).p, F_OK) == 0);
}

static void
a_case_file_is_as_reviewed(void **state)
{
	struct export_input in = input();
	struct claque_err err;

	(void)state;
	assert_ok(export_write(format("markdown"), &in, inside("x.md"), false, &err), err);
	assert_golden(inside("x.md"), "case.md");
}

/* Of the accounts with these rows among the members, or of all. */
static enum claque_rc
fixture_hours(void *ctx, struct export_hours *hours, struct claque_err *err)
{
	const struct fixture *posts = ctx;

	(void)err;
	for (size_t i = 0; i < posts->count; i++) {
		const struct value *at = &posts->rows[i].values[0], *who = &posts->rows[i].values[1];
		bool counts = hours->accounts == NULL;

		for (size_t k = 0; k < hours->account_count; k++)
			counts = counts || str_eq(member_rows[hours->accounts[k] - 1].values[1].s,
						   who->s);
		if (!counts)
			continue;
		hours->posts++;
		if (at->type == VALUE_INT)
			hours->counts[at->i / 3600000]++;
	}
	return CLAQUE_OK;
}

static enum claque_rc
fixture_examples(void *ctx, const int64_t *evidence, size_t count,
		 bool (*each)(void *row_ctx, const struct row *row), void *row_ctx,
		 struct claque_err *err)
{
	(void)evidence;
	return count == 0 ? CLAQUE_OK : walk(ctx, each, row_ctx, err);
}

static struct export_input
page_input(struct rowset *all)
{
	struct export_input in = input();

	in.hours = fixture_hours;
	in.examples = fixture_examples;
	in.posts_ctx = &page_fixtures[0];

	page_tables(all);
	in.tables = all;
	in.table_count = PAGE_TABLES;
	in.ledger_hash = STR("5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef");
	in.ledger_entries = 12;
	return in;
}

static void
a_page_is_as_reviewed(void **state)
{
	struct rowset all[PAGE_TABLES];
	struct export_input in = page_input(all);
	struct claque_err err;

	(void)state;
	assert_ok(export_write(format("html"), &in, inside("x.html"), false, &err), err);
	assert_golden(inside("x.html"), "case.html");
}

static void
no_element_and_no_attribute_comes_from_data(void **state)
{
	struct rowset all[PAGE_TABLES];
	struct export_input in = page_input(all);
	struct claque_err err;
	struct claque_str page;

	(void)state;
	assert_ok(export_write(format("html"), &in, inside("x.html"), false, &err), err);
	page = read_file(inside("x.html"));
	assert_true(check_page(page) > 300);
	for (size_t i = 0; i < page.len; i++)
		assert_true((unsigned char)page.p[i] >= 0x20 || page.p[i] == '\n');
	assert_int_equal(str_find(page, STR("\xe2\x80\xae"), 0), page.len);
	assert_int_equal(str_find(page, STR("evil.example"), 0), page.len);
	assert_true(str_find(page, STR("evil[.]example"), 0) < page.len);
}

static const char *const graphs[] = { "graphml", "gexf", "dot" };

static void
a_network_is_as_reviewed(void **state)
{
	struct export_input in = input();
	struct claque_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(graphs) / sizeof(graphs[0]); i++) {
		const char *name = str_fmt(&arena, "network.%s", graphs[i]).p;

		assert_ok(export_write(format(graphs[i]), &in, inside(name), false, &err), err);
		assert_golden(inside(name), name);
	}
}

static void
a_csv_folder_is_as_reviewed(void **state)
{
	struct export_input in = input();
	struct claque_err err;

	(void)state;
	assert_ok(export_write(format("csv-safe"), &in, inside("x"), false, &err), err);
	assert_golden(inside("x/README.txt"), "safe-README.txt");
	assert_golden(inside("x/members.csv"), "safe-members.csv");
	assert_ok(export_write(format("csv"), &in, inside("y/"), false, &err), err);
	assert_golden(inside("y/README.txt"), "exact-README.txt");
	assert_golden(inside("y/members.csv"), "exact-members.csv");
}

static void
tell_problem(void *ctx, const struct stix_problem *p)
{
	(void)ctx;
	print_error(STR_FMT ": " STR_FMT ": " STR_FMT "\n", STR_ARG(p->object), STR_ARG(p->property),
		    STR_ARG(p->what));
}

/* The hostile names above are in them. */
static void
a_bundle_is_as_reviewed_and_passes_the_checker(void **state)
{
	static const char *const names[] = { "stix", "stix-opencti" };
	struct export_input in = input();
	struct claque_err err;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct stix_checking run = { .opencti = i == 1, .tell = tell_problem };
		const char *name = str_fmt(&arena, "%s.json", names[i]).p;

		assert_ok(export_write(format(names[i]), &in, inside(name), false, &err), err);
		assert_golden(inside(name), name);
		assert_ok(stix_check_file(inside(name), &run, &err), err);
		assert_int_equal(run.problems, 0);
	}
}

static void
an_event_is_as_reviewed(void **state)
{
	struct export_input in = input();
	struct claque_err err;

	(void)state;
	assert_ok(export_write(format("misp"), &in, inside("misp.json"), false, &err), err);
	assert_golden(inside("misp.json"), "misp.json");
}

static void
other_tools_take_the_network(void **state)
{
	/* The hostile names above are in it. */
	static const struct {
		const char *format, *argv[5];
	} tools[] = {
		{ "graphml", { "xmllint", "--nonet", "--noout" } },
		{ "gexf", { "xmllint", "--nonet", "--noout" } },
		{ "dot", { "dot", "-Tcanon", "-o", "/dev/null" } },
	};
	struct export_input in = input();
	struct claque_err err;
	bool absent = false;

	(void)state;
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++) {
		const char *path = inside(str_fmt(&arena, "x.%s", tools[i].format).p);
		int status = -1;
		pid_t child;

		assert_ok(export_write(format(tools[i].format), &in, path, false, &err), err);
		child = fork();
		if (child == 0) {
			(void)execlp(tools[i].argv[0], tools[i].argv[0], path, tools[i].argv[1],
				     tools[i].argv[2], tools[i].argv[3], (char *)NULL);
			_exit(127);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		if (WEXITSTATUS(status) == 127)
			print_message("%s is not installed\n", tools[i].argv[0]);
		else
			assert_int_equal(WEXITSTATUS(status), 0);
		absent = absent || WEXITSTATUS(status) == 127;
	}
	if (absent)
		skip();
}

static bool
has_words(const char *path, const char *words)
{
	struct claque_str page = read_file(path);

	return str_find(page, str_of(words), 0) < page.len;
}

static void
every_export_of_nothing_says_what_is_absent(void **state)
{
	struct export_input in = input();
	struct claque_err err;

	(void)state;
	in.table_count = 0;
	in.settings = STR("");
	assert_ok(export_write(format("markdown"), &in, inside("x.md"), false, &err), err);
	assert_golden(inside("x.md"), "empty.md");
	assert_ok(export_write(format("graphml"), &in, inside("x.graphml"), false, &err), err);
	assert_golden(inside("x.graphml"), "empty.graphml");
	assert_ok(export_write(format("csv"), &in, inside("x"), false, &err), err);
	assert_golden(inside("x/README.txt"), "empty-README.txt");
	assert_ok(export_write(format("html"), &in, inside("x.html"), false, &err), err);
	assert_true(has_words(inside("x.html"), "20. Change log</h2>"));
	assert_true(has_words(inside("x.html"), "Input files: not in this export."));
	assert_true(has_words(inside("x.html"), "<strong>Not assessed.</strong>"));
}

/* The second id is what the first one becomes. */
static void
no_two_ids_become_one_node(void **state)
{
	static const struct column columns[] = { { .name = "account_id", .form = FORM_ID } };
	static const struct cells rows[] = { { { T("\xff") } }, { { T("\xef\xbf\xbd#0") } } };
	static struct fixture two = { ROWS(rows), 0 };
	const struct rowset members = { "members", ROWS(columns), &two, walk, NULL, NULL, NULL };
	struct export_input in = input();
	struct claque_err err;
	struct claque_str got;

	(void)state;
	in.tables = &members;
	in.table_count = 1;
	assert_ok(export_write(format("graphml"), &in, inside("x.graphml"), false, &err), err);
	got = read_file(inside("x.graphml"));
	assert_true(str_find(got, STR("<node id=\"\xef\xbf\xbd#0\">"), 0) < got.len);
	assert_true(str_find(got, STR("<node id=\"\xef\xbf\xbd#0#1\">"), 0) < got.len);
}

static void
columns_are_found_by_name_and_may_be_missing(void **state)
{
	static const struct column columns[] = {
		{ .name = "handle", .form = FORM_TEXT }, { .name = "account_id", .form = FORM_ID },
	};
	static const struct cells rows[] = { { { T("bob"), T("77") } } };
	static struct fixture few = { ROWS(rows), 0 };
	const struct rowset members = { "members", ROWS(columns), &few, walk, NULL, NULL, NULL };
	struct export_input in = input();
	struct claque_err err;
	struct claque_str got;

	(void)state;
	in.tables = &members;
	in.table_count = 1;
	assert_ok(export_write(format("graphml"), &in, inside("x.graphml"), false, &err), err);
	got = read_file(inside("x.graphml"));
	assert_true(str_find(got, STR("<node id=\"77\"><data key=\"node_handle\">bob</data>"), 0) <
		    got.len);
	assert_ok(export_write(format("markdown"), &in, inside("x.md"), false, &err), err);
}

static void
one_id_on_two_platforms_is_two_nodes(void **state)
{
	static const struct column node_columns[] = {
		{ .name = "account_id", .form = FORM_ID }, { .name = "platform", .form = FORM_TEXT },
	};
	static const struct column edge_ends[] = {
		{ .name = "a", .form = FORM_ID }, { .name = "b", .form = FORM_ID },
		{ .name = "a_platform", .form = FORM_TEXT }, { .name = "b_platform", .form = FORM_TEXT },
	};
	static const struct cells nodes[] = { { { T("7"), T("x") } }, { { T("7"), T("facebook") } } };
	static const struct cells ends[] = { { { T("7"), T("7"), T("facebook"), T("x") } } };
	static struct fixture node_rows = { ROWS(nodes), 0 }, end_rows = { ROWS(ends), 0 };
	const struct rowset both[] = {
		{ "members", ROWS(node_columns), &node_rows, walk, NULL, NULL, NULL },
		{ "edges", ROWS(edge_ends), &end_rows, walk, NULL, NULL, NULL },
	};
	struct export_input in = input();
	struct claque_err err;
	struct claque_str got;

	(void)state;
	in.tables = both;
	in.table_count = 2;
	assert_ok(export_write(format("graphml"), &in, inside("x.graphml"), false, &err), err);
	got = read_file(inside("x.graphml"));
	assert_true(str_find(got, STR("<node id=\"7\">"), 0) < got.len);
	assert_true(str_find(got, STR("<node id=\"7#1\">"), 0) < got.len);
	assert_true(str_find(got, STR("<edge source=\"7#1\" target=\"7\">"), 0) < got.len);
}

static void
what_is_there_is_kept_unless_asked(void **state)
{
	static const char *const names[] = { "markdown", "html", "graphml", "gexf", "dot", "csv",
		"csv-safe" };
	struct export_input in = input();
	struct claque_err err;

	(void)state;
	write_file(inside("x.md"), STR("mine"));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(export_write(format(names[i]), &in, inside("x.md"), false, &err),
				 CLAQUE_EUSAGE);
		assert_non_null(strstr(err.msg, inside("x.md")));
		assert_str(read_file(inside("x.md")), "mine");
	}
	assert_ok(export_write(format("markdown"), &in, inside("x.md"), true, &err), err);
	assert_true(read_file(inside("x.md")).len > 1000);
	assert_int_equal(entries_of(folder), 1);
}

static void
only_a_folder_of_an_export_is_replaced(void **state)
{
	struct export_input in = input();
	struct claque_err err;

	(void)state;
	assert_int_equal(mkdir(inside("x"), 0700), 0);
	write_file(inside("x/data.csv"), STR("raw,data\n"));
	assert_int_equal(export_write(format("csv"), &in, inside("x"), true, &err), CLAQUE_EUSAGE);
	assert_int_equal(export_write(format("markdown"), &in, inside("x"), true, &err),
			 CLAQUE_EUSAGE);
	assert_str(read_file(inside("x/data.csv")), "raw,data\n");
	assert_ok(export_write(format("csv"), &in, inside("y"), false, &err), err);
	in.table_count = 1;
	assert_ok(export_write(format("csv"), &in, inside("y"), true, &err), err);
	assert_int_equal(access(inside("y/leads.csv"), F_OK), 0);
	assert_int_equal(access(inside("y/members.csv"), F_OK), -1);
	write_file(inside("y/mine.txt"), STR("x"));
	assert_int_equal(export_write(format("csv"), &in, inside("y"), true, &err), CLAQUE_EUSAGE);
}

static void
a_folder_that_is_not_there_is_named(void **state)
{
	static const char *const names[] = { "markdown", "html", "graphml", "gexf", "dot", "csv",
		"csv-safe" };
	struct export_input in = input();
	struct claque_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(export_write(format(names[i]), &in, inside("no/x"), false, &err),
				 CLAQUE_EIO);
		assert_non_null(strstr(err.msg, inside("no/x")));
	}
	assert_int_equal(export_write(format("csv"), &in, "", false, &err), CLAQUE_EUSAGE);
}

static void
a_walk_that_fails_leaves_nothing(void **state)
{
	static const char *const names[] = { "markdown", "html", "graphml", "gexf", "dot", "csv",
		"csv-safe" };
	struct export_input in = input();
	struct claque_err err;

	(void)state;
	fixtures[MEMBERS].fail_after = 2;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(export_write(format(names[i]), &in, inside("x"), false, &err),
				 CLAQUE_EIO);
		assert_non_null(strstr(err.msg, "the disk went away"));
		assert_non_null(strstr(err.msg, inside("x")));
		assert_int_equal(entries_of(folder), 0);
	}
}

static void
a_full_disk_leaves_the_old_export(void **state)
{
	struct export_input in = input();
	struct rlimit old, small;
	struct claque_err err;
	enum claque_rc rc;

	(void)state;
	write_file(inside("x.md"), STR("old"));
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = (struct rlimit){ 100, old.rlim_max };
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	rc = export_write(format("markdown"), &in, inside("x.md"), true, &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(rc, CLAQUE_EIO);
	assert_non_null(strstr(err.msg, inside("x.md")));
	assert_str(read_file(inside("x.md")), "old");
	assert_int_equal(entries_of(folder), 1);
}

static void
exports_are_for_their_owner_only(void **state)
{
	struct export_input in = input();
	struct claque_err err;
	struct stat st;

	(void)state;
	assert_ok(export_write(format("csv"), &in, inside("x"), false, &err), err);
	assert_int_equal(stat(inside("x"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(inside("x/leads.csv"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void
an_unknown_format_lists_the_known(void **state)
{
	const struct export_format *f;
	struct claque_err err;

	(void)state;
	assert_int_equal(export_find(STR("docx"), &f, &err), CLAQUE_ENOTFOUND);
	assert_non_null(strstr(err.msg, "csv, csv-safe, graphml, gexf, dot, "));
	assert_non_null(strstr(err.msg, "killchain-csv, "));
}

static void
markings_are_known_by_name_and_by_label(void **state)
{
	struct claque_err err;
	enum tlp tlp;

	(void)state;
	assert_ok(tlp_parse(STR("amber+strict"), &tlp, &err), err);
	assert_int_equal(tlp, TLP_AMBER_STRICT);
	assert_ok(tlp_parse(STR("TLP:Red"), &tlp, &err), err);
	assert_int_equal(tlp, TLP_RED);
	assert_string_equal(tlp_marking(TLP_CLEAR), "TLP:CLEAR");
	assert_int_equal(tlp_parse(STR("white"), &tlp, &err), CLAQUE_EUSAGE);
}

static const struct {
	const char *raw, *shown;
} lines[] = {
	{ "plain text, 3.5 and more.", "plain text, 3.5 and more." },
	{ "# head", "\\# head" }, { "- item", "\\- item" }, { "+ item", "\\+ item" },
	{ "* item", "\\* item" }, { "1. item", "1\\. item" }, { "12) item", "12\\) item" },
	{ "===", "\\===" }, { "> quote", "\\> quote" }, { "    code", "code" },
	{ "a|b", "a\\|b" }, { "`x`", "\\`x\\`" }, { "_x_ *y* ~z~", "\\_x\\_ \\*y\\* \\~z\\~" },
	{ "[a](b)", "\\[a\\](b)" }, { "![a](b)", "!\\[a\\](b)" }, { "<b>&amp;", "\\<b\\>\\&amp;" },
	{ "\\", "\\\\" }, { "$x$", "\\$x\\$" }, { "#tag in text #two", "\\#tag in text #two" },
	{ "http://evil.example/a.b", "hxxp://evil\\[.\\]example/a\\[.\\]b" },
	{ "HTTPS://x", "hxxpS://x" }, { "ftp://x.example", "ftp\\[:\\]//x\\[.\\]example" },
	{ "www.evil.example", "www\\[.\\]evil\\[.\\]example" }, { "www.1", "www\\[.\\]1" },
	{ "mail a@b.example now", "mail a@b\\[.\\]example now" },
	{ "mailto:a@b", "mailto\\[:\\]a@b" }, { "10.0.0.1", "10\\[.\\]0\\[.\\]0\\[.\\]1" },
	{ "(see evil.example)", "(see evil\\[.\\]example)" },
	{ "a\nb", NULL }, { "\xe2\x80\xae" "x", NULL }, { "\x1b[31m", NULL }, { "\xff", NULL },
};

static void
data_in_markdown_is_never_markup_nor_a_link(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct buf out;

		buf_init(&out, 1 << 10);
		mdtext_line(&out, arena, str_of(lines[i].raw));
		if (lines[i].shown != NULL && !str_eq(buf_str(&out), str_of(lines[i].shown)))
			fail_msg("row %zu: '%s' became " STR_FMT, i, lines[i].raw,
				 STR_ARG(buf_str(&out)));
		for (size_t j = 0; j < out.len; j++)
			if ((unsigned char)out.p[j] < 0x20 || (unsigned char)out.p[j] == 0xff)
				fail_msg("row %zu has a bare control or broken byte", i);
		assert_true(str_find(buf_str(&out), STR("\xe2\x80\xae"), 0) == out.len);
		buf_done(&out);
	}
}

/* A command must run as it stands in the report: nothing is defanged, no quote ends it. */
static void
what_is_copied_out_of_markdown_is_as_it_was(void **state)
{
	static const struct {
		const char *raw, *shown;
		bool cell;
	} codes[] = {
		{ "claque open 'a.claque' --lens 'text:a|b'",
		  "`claque open 'a.claque' --lens 'text:a|b'`", false },
		{ "in/posts|1.csv", "`in/posts\\|1.csv`", true },
		{ "a`b``c", "``` a`b``c ```", false }, { "`", "`` ` ``", true }, { "", "", false },
		{ "a\x1b" "b", "`a^[b`", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		struct buf out;

		buf_init(&out, 1 << 10);
		mdtext_code(&out, arena, str_of(codes[i].raw), codes[i].cell);
		assert_str(buf_str(&out), codes[i].shown);
		buf_done(&out);
	}
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, drop_folder)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_case_file_is_as_reviewed),
		IN_FOLDER(a_page_is_as_reviewed),
		IN_FOLDER(no_element_and_no_attribute_comes_from_data),
		IN_FOLDER(a_network_is_as_reviewed),
		IN_FOLDER(a_csv_folder_is_as_reviewed),
		IN_FOLDER(a_bundle_is_as_reviewed_and_passes_the_checker),
		IN_FOLDER(an_event_is_as_reviewed),
		IN_FOLDER(other_tools_take_the_network),
		IN_FOLDER(every_export_of_nothing_says_what_is_absent),
		IN_FOLDER(no_two_ids_become_one_node),
		IN_FOLDER(columns_are_found_by_name_and_may_be_missing),
		IN_FOLDER(one_id_on_two_platforms_is_two_nodes),
		IN_FOLDER(what_is_there_is_kept_unless_asked),
		IN_FOLDER(only_a_folder_of_an_export_is_replaced),
		IN_FOLDER(a_folder_that_is_not_there_is_named),
		IN_FOLDER(a_walk_that_fails_leaves_nothing),
		IN_FOLDER(a_full_disk_leaves_the_old_export),
		IN_FOLDER(exports_are_for_their_owner_only),
		IN_FOLDER(an_unknown_format_lists_the_known),
		IN_FOLDER(markings_are_known_by_name_and_by_label),
		IN_FOLDER(data_in_markdown_is_never_markup_nor_a_link),
		IN_FOLDER(what_is_copied_out_of_markdown_is_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
