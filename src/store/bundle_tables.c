/*
 * bundle_tables.c - what a bundle has of each table, and by what a row is known elsewhere.
 *
 * Left out is what is made anew from the rest: totals, indexes, what names look like,
 * who had which handle, matches of indicators; where an input lay on somebody's
 * machine; how somebody had the workbench arranged. Columns that a table gains later go
 * behind the others, and a reader that does not know them refuses the line: it would
 * lose them.
 */
#include "config.h"

#include "store/bundle_def.h"

#include "store/annotation.h"

#define NONE BUNDLE_COUNT, NULL
#define NUMBER(name) { #name, #name, "t." #name, FORM_FLAG, NONE }
#define NUMBER_AS(name, column) { name, #column, "t." #column, FORM_FLAG, NONE }
#define OURS(name) { #name, #name, "t." #name, FORM_FLAG, NONE }
#define TEXT(name) { #name, #name, "t." #name, FORM_TEXT, NONE }
#define TEXT_AS(name, column) { name, #column, "t." #column, FORM_TEXT, NONE }
#define ID(name, column) { name, #column, "t." #column, FORM_ID, NONE }
#define TO(name, column, table) { name, #column, "t." #column, FORM_FLAG, BUNDLE_##table, NULL }
#define TERM(name, column, terms) \
	{ name, #column, "(SELECT name FROM term WHERE list = '" terms "' AND number = t." #column \
	  ")", FORM_FLAG, BUNDLE_COUNT, terms }
#define ORIGIN TO("input", input_file, INPUT), NUMBER(row)
#define PROFILE TEXT(handle), TEXT(display_name), TEXT(location), TEXT(bio), TEXT(url), \
	TEXT(avatar_hash), TEXT(avatar_tag), OURS(lang), NUMBER(created_at), NUMBER(observed_at), \
	NUMBER(followers), NUMBER(following), NUMBER(posts_total), NUMBER(verified)

static const struct bundle_column inputs[] = {
	NUMBER(id), TEXT(path), ID("sha256", sha256), NUMBER(bytes), OURS(format), OURS(importer),
	NUMBER(started_at), NUMBER(ended_at), NUMBER(done), NUMBER(last_row), NUMBER(rows),
	NUMBER(taken), NUMBER(duplicates), NUMBER(refused), NUMBER(partly), NUMBER(posts),
	NUMBER(accounts), NUMBER(changes), NUMBER(indicators), NUMBER(shares),
};
static const struct bundle_column accounts[] = {
	NUMBER(id), OURS(platform), ID("account_id", native_id), PROFILE, NUMBER(profiled),
	NUMBER(score), { "pseudonym", NULL, "(SELECT 1 FROM pseudonym n WHERE n.account = t.id)",
			 FORM_FLAG, NONE }, ORIGIN,
};
static const struct bundle_column snapshots[] = {
	TO("account", account, ACCOUNT), OURS(basis), PROFILE, ORIGIN,
};
static const struct bundle_column changes[] = {
	NUMBER(id), TO("account", account, ACCOUNT), NUMBER(at), NUMBER(after_at), OURS(field),
	TEXT_AS("old", old_value), TEXT_AS("new", new_value), ORIGIN,
};
static const struct bundle_column posts[] = {
	NUMBER(id), TO("account", account, ACCOUNT), ID("post_id", native_id), NUMBER(at),
	NUMBER(precision), TERM("kind", kind, "post_kind"), TEXT(text), OURS(lang), TEXT(client),
	TEXT(urls), NUMBER(likes), NUMBER(shares), NUMBER(replies), NUMBER(deleted_at), ORIGIN,
};
static const struct bundle_column sources[] = {
	NUMBER(id), TERM("kind", kind, "object_kind"), ID("key", key), ID("author", author),
	NUMBER(cluster_accounts), ORIGIN,
};
static const struct bundle_column shares[] = {
	TO("post", post, POST), TO("account", account, ACCOUNT), TO("source", source, SOURCE),
	TERM("act", act, "act"), NUMBER(at), TERM("basis", basis, "share_basis"),
	NUMBER(similarity), ORIGIN,
};
static const struct bundle_column indicators[] = {
	NUMBER(id), TERM("kind", kind, "indicator_kind"), TEXT(value), TEXT(raw), OURS(platform),
	TEXT(tactic), TEXT(technique), TEXT(procedure), TEXT(role), TEXT(note), TEXT(published),
	NUMBER(count), ORIGIN,
};
static const struct bundle_column refusals[] = { ORIGIN, TEXT(reason) };
static const struct bundle_column extras[] = { ORIGIN, TEXT_AS("extras", cells) };
static const struct bundle_column events[] = {
	NUMBER(at), TEXT(label), NUMBER(whole_day), TEXT(source), TEXT(file), NUMBER(row),
};
static const struct bundle_column runs[] = {
	NUMBER(id), NUMBER(started_at), NUMBER(ended_at), OURS(version), NUMBER(prior), NUMBER(fdr),
	NUMBER(object_cap), NUMBER(min_accounts), NUMBER(lead_score), NUMBER(seed),
	NUMBER(threads), NUMBER(hot_objects), NUMBER(hot_shares), NUMBER(undated_shares),
	TEXT(settings), NUMBER(accounts), NUMBER(shares), NUMBER(posts), NUMBER(surrogate_worlds),
	NUMBER(surrogate_accounts), NUMBER(surrogate_groups), NUMBER(surrogate_largest),
};
static const struct bundle_column edges[] = {
	NUMBER(id), TO("run", run, RUN), OURS(signal), NUMBER(window_s), TO("a", a, ACCOUNT),
	TO("b", b, ACCOUNT), NUMBER(weight), NUMBER(pairs), NUMBER(expected), NUMBER(p), NUMBER(q),
	NUMBER(log10_p), NUMBER(first_seen), NUMBER(last_seen), NUMBER(median_lag_s),
	TO("leader", leader, ACCOUNT), NUMBER(timing_expected), NUMBER(timing_p),
};
static const struct bundle_column clusters[] = {
	NUMBER(id), TO("run", run, RUN), NUMBER(rank), OURS(name), NUMBER(score),
	NUMBER(coordination), NUMBER(deception), NUMBER(overtness), NUMBER(lead), OURS(kind),
	NUMBER(first_seen), NUMBER(last_seen), NUMBER(shares), NUMBER(account_count),
	NUMBER(post_count), NUMBER(source_count), TEXT(why), NUMBER(surrogate), TEXT(disproof),
	NUMBER(worlds), NUMBER(common), TO("leader", leader, ACCOUNT), NUMBER(median_lag_s),
	NUMBER(cells), NUMBER(cells_modularity), NUMBER(cells_expected), NUMBER(cells_deviation),
	NUMBER(cells_p), NUMBER(platforms), NUMBER(cross_edges), TEXT(cross_signals),
	TEXT(cross_needed),
};
static const struct bundle_column members[] = {
	TO("cluster", cluster, CLUSTER), TO("account", account, ACCOUNT), TO("run", run, RUN),
	NUMBER_AS("position", place), NUMBER(score), TERM("role", role, "role"), NUMBER(degree),
	NUMBER(stability), NUMBER(cell), NUMBER(looks), NUMBER(firsts), NUMBER(median_lag_s),
};
static const struct bundle_column evidence[] = {
	NUMBER(id), TO("cluster", cluster, CLUSTER), TERM("axis", axis, "axis"), OURS(signal),
	OURS(unit), NUMBER(observed), NUMBER(expected), NUMBER(p), NUMBER(n), NUMBER(log_odds),
	TEXT(text), NUMBER(popularity), NUMBER(surrogate), OURS(kind), NUMBER(worlds), TEXT(tests),
	NUMBER(covered), TEXT(unexplained),
};
static const struct bundle_column examples[] = {
	TO("evidence", evidence, EVIDENCE), NUMBER_AS("position", place), TO("post", post, POST),
};
static const struct bundle_column scores[] = {
	TO("run", run, RUN), TO("account", account, ACCOUNT), NUMBER(score), NUMBER(coordination),
	NUMBER(deception), NUMBER(collective), NUMBER(overtness),
};
static const struct bundle_column twins[] = {
	NUMBER(id), TO("run", run, RUN), TO("a", a, ACCOUNT), TO("b", b, ACCOUNT), NUMBER(score),
	TEXT(why),
};
static const struct bundle_column repurposed[] = {
	NUMBER(id), TO("run", run, RUN), TO("account", account, ACCOUNT), NUMBER(at), NUMBER(score),
	TEXT(why),
};
static const struct bundle_column lookalikes[] = {
	NUMBER(id), TO("run", run, RUN), TO("source", domain, SOURCE), TEXT(target), NUMBER(score),
	TEXT(why),
};
static const struct bundle_column packs[] = {
	NUMBER(id), TEXT(name), TEXT(version), OURS(kind), TEXT(author), TEXT(source), TEXT(file),
	ID("sha256", sha256),
};
static const struct bundle_column topics[] = {
	NUMBER(id), TO("pack", pack, PACK), TEXT(name), TEXT(about),
};
static const struct bundle_column post_topics[] = {
	TO("post", post, POST), TO("topic", topic, TOPIC),
};
static const struct bundle_column account_topic[] = {
	TO("account", account, ACCOUNT), TO("topic", topic, TOPIC), NUMBER(posts),
};
static const struct bundle_column account_topics[] = {
	TO("account", account, ACCOUNT), NUMBER(posts), NUMBER(camouflage), NUMBER(narrative),
	NUMBER(turned_at), TEXT(turned),
};
/* A domain, or an account's handle or id: a cell that is nothing but a name. */
static const struct bundle_column leanings[] = {
	ID("whose", key), TEXT(leaning), TEXT(citation), TEXT(file), NUMBER(row),
};
static const struct bundle_column account_leanings[] = {
	TO("account", account, ACCOUNT), TEXT(leaning), NUMBER(shares),
};
/* Only where everybody is named: whoever has both can test a guess. */
static const struct bundle_column forgotten[] = { OURS(key), OURS(digest) };
static const struct bundle_column states[] = { OURS(name), NUMBER(value) };

#define COLUMNS(array) .columns = (array), .count = sizeof(array) / sizeof(*(array))
#define TABLE(table) .into = table, .from = table " t"

/*
 * Whose cells they are: of rows that several accounts came from, and of those that no
 * account did, nobody knows (-1).
 */
#define OWNED_EXTRAS "(SELECT x.input_file, x.row, x.cells, CASE WHEN min(o.account) =" \
	" max(o.account) THEN o.account ELSE -1 END AS owner FROM extra_row x LEFT JOIN" \
	" (SELECT input_file, row, account FROM post UNION ALL SELECT input_file, row, account" \
	" FROM profile_snapshot UNION ALL SELECT input_file, row, account FROM profile_change) o" \
	" ON o.input_file = x.input_file AND o.row = x.row GROUP BY x.input_file, x.row) t"

const struct bundle_def bundle_defs[BUNDLE_COUNT] = {
	[BUNDLE_INPUT] = { TABLE("input_file"), .order = "t.id", .account = "0", COLUMNS(inputs),
		.find = "SELECT id FROM input_file WHERE sha256 = ?3 AND format = ?5"
			" ORDER BY done DESC, id LIMIT 1", .fill = "" },
	[BUNDLE_ACCOUNT] = { TABLE("account"), .order = "t.id", .account = "t.id",
		COLUMNS(accounts), .dense = true,
		.find = "SELECT id FROM account WHERE native_id = ?3 AND platform = ?2 LIMIT 1",
		.fill = "UPDATE account SET handle = coalesce(handle, ?4),"
			" display_name = coalesce(display_name, ?5), location = coalesce(location, ?6),"
			" bio = coalesce(bio, ?7), url = coalesce(url, ?8),"
			" avatar_hash = coalesce(avatar_hash, ?9), avatar_tag = coalesce(avatar_tag, ?10),"
			" lang = coalesce(lang, ?11), created_at = coalesce(created_at, ?12),"
			" observed_at = coalesce(observed_at, ?13), followers = coalesce(followers, ?14),"
			" following = coalesce(following, ?15), posts_total = coalesce(posts_total, ?16),"
			" verified = coalesce(verified, ?17), profiled = max(profiled, ?18)"
			" WHERE id = ?90" },
	[BUNDLE_SNAPSHOT] = { TABLE("profile_snapshot"), .order = "t.id", .account = "t.account",
		COLUMNS(snapshots),
		.find = "SELECT id FROM profile_snapshot WHERE account = ?1 AND basis = ?2 AND"
			" handle IS ?3 AND display_name IS ?4 AND location IS ?5 AND bio IS ?6 AND"
			" url IS ?7 AND avatar_hash IS ?8 AND avatar_tag IS ?9 AND lang IS ?10 AND"
			" created_at IS ?11 AND observed_at IS ?12 AND followers IS ?13 AND"
			" following IS ?14 AND posts_total IS ?15 AND verified IS ?16 LIMIT 1",
		.fill = "" },
	[BUNDLE_CHANGE] = { TABLE("profile_change"), .order = "t.id", .account = "t.account",
		COLUMNS(changes),
		.find = "SELECT id FROM profile_change WHERE account = ?2 AND at IS ?3 AND"
			" field = ?5 AND new_value IS ?7 LIMIT 1", .fill = "" },
	/* Without an id of its own a post is known by who said what when. */
	[BUNDLE_POST] = { TABLE("post"), .order = "t.id", .account = "t.account", COLUMNS(posts),
		.dense = true,
		.find = "SELECT id FROM post WHERE ?3 <> '' AND native_id = ?3 AND account = ?2"
			" UNION ALL SELECT id FROM post WHERE coalesce(?3, '') = '' AND account = ?2"
			" AND at IS ?4 AND kind = ?6 AND text IS ?7 AND coalesce(native_id, '') = ''"
			" LIMIT 1", .fill = "" },
	[BUNDLE_SOURCE] = { TABLE("source"), .order = "t.id", .account = "0", COLUMNS(sources),
		.dense = true,
		.find = "SELECT id FROM source WHERE key = ?3 AND kind = ?2 LIMIT 1",
		.fill = "UPDATE source SET author = coalesce(author, ?4) WHERE id = ?90" },
	[BUNDLE_SHARE] = { TABLE("share"), .order = "t.id", .account = "t.account",
		COLUMNS(shares),
		.find = "SELECT id FROM share WHERE post = ?1 AND source = ?3 AND act = ?4 LIMIT 1",
		.fill = "" },
	[BUNDLE_INDICATOR] = { TABLE("indicator"), .order = "t.id", .account = "0",
		COLUMNS(indicators),
		.find = "SELECT id FROM indicator WHERE value IS ?3 AND kind = ?2 AND raw IS ?4 AND"
			" input_file = ?13 AND row = ?14 LIMIT 1", .fill = "" },
	[BUNDLE_REFUSED] = { TABLE("refused_row"), .order = "t.id", .account = "0",
		COLUMNS(refusals),
		.find = "SELECT id FROM refused_row WHERE input_file = ?1 AND row = ?2 AND"
			" reason = ?3 LIMIT 1", .fill = "" },
	[BUNDLE_EXTRA] = { .into = "extra_row", .from = OWNED_EXTRAS,
		.order = "t.input_file, t.row", .account = "t.owner", COLUMNS(extras) },
	[BUNDLE_EVENT] = { TABLE("event"), .order = "t.id", .account = "0", COLUMNS(events) },
	[BUNDLE_RUN] = { TABLE("run"), .order = "t.id", .account = "0", COLUMNS(runs),
		.of_run = true },
	[BUNDLE_EDGE] = { TABLE("edge"), .order = "t.id", .account = "0", COLUMNS(edges),
		.of_run = true },
	[BUNDLE_CLUSTER] = { TABLE("cluster"), .order = "t.id", .account = "0", COLUMNS(clusters),
		.of_run = true },
	[BUNDLE_MEMBER] = { TABLE("member"), .order = "t.cluster, t.account",
		.account = "t.account", COLUMNS(members), .of_run = true },
	[BUNDLE_EVIDENCE] = { TABLE("evidence"), .order = "t.id", .account = "0",
		COLUMNS(evidence), .of_run = true },
	[BUNDLE_EXAMPLE] = { TABLE("evidence_post"), .order = "t.evidence, t.place",
		.account = "0", COLUMNS(examples), .of_run = true },
	[BUNDLE_SCORE] = { TABLE("account_score"), .order = "t.run, t.account",
		.account = "t.account", COLUMNS(scores), .of_run = true },
	[BUNDLE_TWIN] = { TABLE("twin"), .order = "t.id", .account = "0", COLUMNS(twins),
		.of_run = true },
	[BUNDLE_REPURPOSED] = { TABLE("repurposed"), .order = "t.id", .account = "t.account",
		COLUMNS(repurposed), .of_run = true },
	[BUNDLE_LOOKALIKE] = { TABLE("lookalike"), .order = "t.id", .account = "0",
		COLUMNS(lookalikes), .of_run = true },
	[BUNDLE_PACK] = { TABLE("topic_pack"), .order = "t.id", .account = "0", COLUMNS(packs),
		.whole_only = true },
	[BUNDLE_TOPIC] = { TABLE("topic"), .order = "t.id", .account = "0", COLUMNS(topics),
		.whole_only = true },
	[BUNDLE_POST_TOPIC] = { TABLE("post_topic"), .order = "t.post, t.topic", .account = "0",
		COLUMNS(post_topics), .whole_only = true },
	[BUNDLE_ACCOUNT_TOPIC] = { TABLE("account_topic"), .order = "t.account, t.topic",
		.account = "t.account", COLUMNS(account_topic), .whole_only = true },
	[BUNDLE_ACCOUNT_TOPICS] = { TABLE("account_topics"), .order = "t.account",
		.account = "t.account", COLUMNS(account_topics), .whole_only = true },
	[BUNDLE_LEANING] = { TABLE("leaning"), .order = "t.key", .account = "0",
		COLUMNS(leanings) },
	[BUNDLE_ACCOUNT_LEANING] = { TABLE("account_leaning"), .order = "t.account, t.leaning",
		.account = "t.account", COLUMNS(account_leanings), .whole_only = true },
	/* Up to where what is derived was derived: so that it is not made again. */
	[BUNDLE_STATE] = { .into = "state", .from = "(SELECT name, value FROM state WHERE name IN"
		" ('copies_of', 'gaps_change', 'leaning_share', 'topics_post')) t", .order = "t.name",
		.account = "0", COLUMNS(states), .whole_only = true },
	[BUNDLE_FORGOTTEN] = { TABLE("forgotten"), .order = "t.id", .account = "0",
		COLUMNS(forgotten) },
};

static const char *const types[] = {
#define X(id, type) [BUNDLE_##id] = type,
	BUNDLE_LIST(X)
#undef X
};

const char *
bundle_type(enum bundle_table table)
{
	return types[table];
}

enum bundle_table
bundle_find(struct claque_str type)
{
	for (unsigned i = 0; i < BUNDLE_COUNT; i++)
		if (str_eq(type, str_of(types[i])))
			return (enum bundle_table)i;
	return BUNDLE_COUNT;
}

const struct column *
bundle_columns(enum bundle_table table, struct arena *perm, size_t *count)
{
	const struct bundle_def *def = &bundle_defs[table];
	struct column *out = ARENA_NEW(perm, struct column, def->count);

	for (size_t i = 0; i < def->count; i++)
		out[i] = (struct column){ .name = def->columns[i].name,
					  .form = def->columns[i].form };
	*count = def->count;
	return out;
}
