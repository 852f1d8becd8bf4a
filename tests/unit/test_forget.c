#include "config.h"

#include "test.h"

#include "feed.h"

#include "store/forget_names.h"
#include "store/store.h"
#include "store/stmt.h"

enum { TEXT_MAX = 4096 };

static struct forget_names *
names_of(const char *const *list)
{
	struct forget_names *names = forget_names_new();

	for (; *list != NULL; list++)
		forget_names_add(names, str_of(*list));
	return names;
}

static void
assert_left(const struct forget_names *names, const char *text, const char *left)
{
	struct buf out;

	buf_init(&out, TEXT_MAX);
	(void)forget_names_take_out(names, str_of(text), &out);
	assert_str(buf_str(&out), left);
	assert_int_equal(forget_names_occur(names, str_of(text)), strcmp(text, left) != 0);
	buf_done(&out);
}

static void
a_name_that_nothing_else_is_goes_wherever_it_stands(void **state)
{
	static const char *const list[] = { "anna_secret", "1234567890", "Anna Seltsam",
		"did:plc:abc123", "anna.example.org", NULL };
	struct forget_names *names = names_of(list);

	(void)state;
	assert_left(names, "so says @Anna_Secret.", "so says @[forgotten].");
	assert_left(names, "anna_secret anna_secret", "[forgotten] [forgotten]");
	assert_left(names, "https://x.com/anna_secret/status/1", "https://x.com/[forgotten]/status/1");
	assert_left(names, "id=1234567890;", "id=[forgotten];");
	assert_left(names, "ANNA SELTSAM was there", "[forgotten] was there");
	assert_left(names, "at://did:plc:abc123/post", "at://[forgotten]/post");
	assert_left(names, "@anna.example.org", "@[forgotten]");
	assert_left(names, "a\\nanna_secret", "a\\n[forgotten]");
	assert_left(names, "%40anna_secret", "%40[forgotten]");
	assert_left(names, "\u201c@anna_secret\u201d\u2026", "\u201c@[forgotten]\u201d\u2026");
	assert_left(names, "anna_secret\uff1a \u611f\u8c22anna_secret\u7684 Anna Seltsam\u2019s",
		    "[forgotten]\uff1a \u611f\u8c22[forgotten]\u7684 [forgotten]\u2019s");
	assert_left(names, "\U0001f600anna_secret\u060c\xff" "1234567890\u3001",
		    "\U0001f600[forgotten]\u060c\xff[forgotten]\u3001");
	forget_names_free(names);
}

static void
what_only_begins_or_ends_so_stays(void **state)
{
	static const char *const list[] = { "anna_secret", "1234567890", "Anna Seltsam", NULL };
	struct forget_names *names = names_of(list);

	(void)state;
	assert_left(names, "anna_secrets and xanna_secret", "anna_secrets and xanna_secret");
	assert_left(names, "91234567890 12345678901", "91234567890 12345678901");
	assert_left(names, "Anna and Seltsam", "Anna and Seltsam");
	assert_left(names, "anna_secret\xc3\xa9", "anna_secret\xc3\xa9");
	assert_left(names, "", "");
	forget_names_free(names);
}

static void
a_plain_word_is_a_name_only_where_names_stand(void **state)
{
	static const char *const list[] = { "anna", "77", "a1", NULL };
	struct forget_names *names = names_of(list);

	(void)state;
	assert_left(names, "anna means grace", "anna means grace");
	assert_left(names, "@anna and /Anna/", "@[forgotten] and /[forgotten]/");
	assert_left(names, "Anna", "[forgotten]");
	assert_left(names, "{\"who\":\"anna\",\"n\":77}", "{\"who\":\"[forgotten]\",\"n\":77}");
	assert_left(names, "room 77, a1 steak", "room 77, a1 steak");
	forget_names_free(names);
}

/* U+00E9 is e and U+0301 put together; capital sharp s is ss in another dress. */
static void
letters_may_be_written_in_any_form_of_unicode(void **state)
{
	static const char *const list[] = { "jos\xc3\xa9_9", NULL };
	struct forget_names *names = names_of(list);

	(void)state;
	assert_left(names, "@jose\xcc\x81_9!", "@[forgotten]!");
	assert_left(names, "JOS\xc3\x89_9", "[forgotten]");
	forget_names_free(names);
}

/* Texts that name nobody: words of ours, digests, and what is emptied with its row. */
static const char *const without_names[] = {
	"state.", "term.", "ledger.", "foreign_entry.", "foreign_ledger.", "annotation.", "forgotten.",
	"table_digest.", "skeleton.", "input_file.", "topic_pack.", "event.file", "bundle.path",
	"bundle.sha256", "account.platform", "account.native_id", "post.native_id", "source.key",
	"indicator.platform", "indicator.published", "indicator.tactic", "indicator.technique",
	"run.version", "edge.signal", "cluster.name", "cluster.kind", "cluster.cross_",
	"evidence.signal", "evidence.unit", "evidence.kind", "handle_use.platform", "desk.name",
	"topic.name", "leaning.", "account_leaning.leaning", "profile_snapshot.basis",
	"profile_change.field", "post.client", ".lang", ".avatar_", "run.settings",
};

static bool
is_looked_through(const char *column)
{
	static const char *const looked[] = {
		"refused_row.reason", "extra_row.cells", ".handle", ".display_name", ".location", ".bio",
		".url", "profile_change.old_value", "profile_change.new_value", "post.text", "post.urls",
		"source.author", "indicator.value", "indicator.raw", "indicator.note",
		"indicator.procedure", "indicator.role", "cluster.why", "cluster.disproof",
		"evidence.text", "evidence.tests", "evidence.unexplained", "twin.why", "repurposed.why",
		"lookalike.target", "lookalike.why", "trail.steps", "desk.text", "event.label",
		"event.source", "handle_use.key", "period.about_name", "topic.about",
		"account_topics.turned", "bundle.header",
	};

	for (size_t i = 0; i < sizeof(looked) / sizeof(*looked); i++)
		if (strstr(column, looked[i]) != NULL)
			return true;
	for (size_t i = 0; i < sizeof(without_names) / sizeof(*without_names); i++)
		if (strstr(column, without_names[i]) != NULL)
			return true;
	return false;
}

/* Whoever adds a text to the schema says here whether it may name somebody (store/forget.c). */
static void
every_text_of_the_schema_is_looked_through_or_names_nobody(void **state)
{
	char *path = feed_path(), column[256];
	struct store *s = feed_open(path, STORE_CREATE);
	struct claque_err err = { 0 };
	sqlite3_stmt *st;
	size_t columns = 0;

	(void)state;
	assert_ok(stmt_prepare(s, "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c"
			       " WHERE t.type = 'table' AND c.type = 'TEXT'", &st, &err), err);
	while (stmt_step(s, st, &err) == CLAQUE_OK) {
		(void)snprintf(column, sizeof(column), STR_FMT "." STR_FMT, STR_ARG(column_str(st, 0)),
			       STR_ARG(column_str(st, 1)));
		if (!is_looked_through(column))
			fail_msg("%s: may it name somebody? store/forget.c and this test say so", column);
		columns++;
	}
	assert_true(columns > 100);
	(void)sqlite3_finalize(st);
	store_close(s);
	feed_drop(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_that_nothing_else_is_goes_wherever_it_stands),
		cmocka_unit_test(what_only_begins_or_ends_so_stays),
		cmocka_unit_test(a_plain_word_is_a_name_only_where_names_stand),
		cmocka_unit_test(letters_may_be_written_in_any_form_of_unicode),
		cmocka_unit_test(every_text_of_the_schema_is_looked_through_or_names_nobody),
	};

	return cmocka_run_group_tests_name("forget", tests, NULL, NULL);
}
