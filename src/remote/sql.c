/*
 * sql.c - the statements, and what they are filled with.
 *
 * All pairs of acts on one object lie on one shard, since rows are dealt to shards by the
 * hash of their object; and a range of that hash is a part of the work that needs nothing
 * of the others. Pairs within a window are found by a join on (object, slot of time): an
 * act is looked for in its slot and in the one before, which are as wide as the window, so
 * that every pair within it is met once and few others are.
 */
#include "config.h"

#include "remote/sql.h"

#include <inttypes.h>

/* A known time: nothing else passes. */
#define TIME_LEAST "-9007199254740992"

static const struct {
	const char *layout, *purpose;
} statements[SQL_STATEMENTS] = {
#define X(id, layout, purpose) [SQL_##id] = { layout, purpose },
	SQL_LIST(X)
#undef X
};

#define WEEK "intDiv(t - if(t < 0, 604799999, 0), 604800000)"
/* The time slots of an act that may be the second of a pair: its own and the one before. */
#define LATER_SLOTS "arrayJoin([intDiv(t, {slot}), intDiv(t, {slot}) - 1])"
#define OBJECTS(having) "SELECT o FROM (SELECT o, k, count() AS m FROM ({acts}) GROUP BY o, k)" \
	" GROUP BY o HAVING count() BETWEEN 2 AND {cap}" having
/* Pairs of acts (o, k1, k2, t1, t2), the earlier first, into a row for each two accounts. */
#define FOLD(events) \
	"SELECT toUInt64(a), toUInt64(b), toUInt64(count()), toInt64(min(first))," \
	" toInt64(max(last)), toUInt64(sum(a_first)), toUInt64(sum(b_first)), groupArrayArray(lags)\n" \
	"FROM (SELECT o, if(k1 < k2, k1, k2) AS a, if(k1 < k2, k2, k1) AS b," \
	" min(t1) AS first, max(t2) AS last, sum(k1 < k2 AND t1 < t2) AS a_first," \
	" sum(k2 < k1 AND t1 < t2) AS b_first, groupArray(toInt64(t2 - t1)) AS lags\n" \
	" FROM (" events ")\n GROUP BY o, a, b)\nGROUP BY a, b"

/* Templates, by the name that others call them by. */
static const struct {
	const char *name, *text;
} pieces[] = {
	/* The signal's acts with a known time, on objects of the range. */
	{ "acts", "SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT {o} AS claque_o,"
	  " {k} AS claque_k, {t} AS claque_t FROM {table} WHERE {filter} AND {o} BETWEEN {lo} AND"
	  " {hi}) WHERE claque_t > " TIME_LEAST },
	{ "named", "SELECT claque_o AS o, claque_k AS k, claque_t AS t, claque_id AS id,"
	  " claque_platform AS platform, claque_thing AS thing FROM (SELECT {o} AS claque_o,"
	  " {k} AS claque_k, {t} AS claque_t, {id} AS claque_id, {platform} AS claque_platform,"
	  " {thing} AS claque_thing FROM {table} WHERE {filter} AND {o} BETWEEN {lo} AND {hi})"
	  " WHERE claque_t > " TIME_LEAST },
	{ "kept", OBJECTS("") },
	{ "calm", OBJECTS(" AND max(m) <= {repeats}") },
	{ "wild", OBJECTS(" AND max(m) > {repeats}") },
	{ "hot", "SELECT o FROM ({acts}) GROUP BY o HAVING uniqExact(k) > {cap}" },
	{ "firsts", "SELECT o, k, min(t) AS t FROM ({acts}) WHERE o IN ({kept}) GROUP BY o, k" },
	/* Acts of objects that somebody shared very often, in the order that settles ties. */
	{ "numbered", "SELECT o, i, act.1 AS t, act.4 AS k FROM (SELECT o,"
	  " arraySort(groupArray(tuple(t, id, platform, k))) AS list FROM ({named})"
	  " WHERE o IN ({wild}) GROUP BY o) ARRAY JOIN list AS act, arrayEnumerate(list) AS i" },
};

static const char *const templates[SQL_STATEMENTS] = {
	[SQL_DATABASE] = "CREATE DATABASE IF NOT EXISTS {database}",
	[SQL_SHARES] = "CREATE TABLE IF NOT EXISTS {database}.claque_share ("
		"kind Enum8({kinds}), act Enum8({acts_enum}), object String, account String,"
		" platform String, post String, text String, at Int64, origin UInt64, row UInt64,"
		" object_key UInt64 MATERIALIZED cityHash64(kind, object),"
		" account_key UInt64 MATERIALIZED cityHash64(account, platform))"
		" ENGINE = MergeTree() ORDER BY (object_key, at, account_key)",
	[SQL_SHARDS] = "CREATE TABLE IF NOT EXISTS {database}.claque_shard (number UInt32,"
		" url String, self UInt8) ENGINE = Log",
	[SQL_EVERYWHERE] = "CREATE TABLE IF NOT EXISTS {database}.claque_share_all AS"
		" {database}.claque_share ENGINE ="
		" Distributed({cluster}, {database}, claque_share, object_key)",
	[SQL_CLUSTER] = "SELECT toUInt64(shard_num), toString(host_name) FROM system.clusters"
		" WHERE cluster = '{cluster_name}' AND replica_num = 1 ORDER BY shard_num",
	[SQL_TOLD] = "SELECT toUInt64(number), url, toUInt64(self) FROM {database}.claque_shard"
		" ORDER BY number",
	[SQL_STATUS] = "SELECT toUInt64(count()), toUInt64(uniq(object_key)),"
		" toUInt64(uniq(account_key)), toUInt64(uniqExact(origin)),"
		" toInt64(minIf(at, at > " TIME_LEAST ")), toInt64(max(at))"
		" FROM {database}.claque_share",
	[SQL_ORIGINS] = "SELECT toUInt64(origin), toUInt64(max(row)) FROM {database}.claque_share"
		" GROUP BY origin",
	[SQL_COUNT] = "SELECT toUInt64(count()) FROM {table} WHERE {filter}",
	[SQL_SIZES] = "SELECT toUInt64(countIf(d > 1 AND NOT hot)),"
		" toUInt64(countIf(most > {repeats} AND d > 1 AND NOT hot)), toUInt64(countIf(hot)), toUInt64(sumIf(n, hot)),"
		" toUInt64(sumIf(d, NOT hot)), toUInt64(sumIf(d * (d - 1), NOT hot)),"
		" toUInt64(sumIf(intDiv(n * (n - 1), 2), d > 1 AND NOT hot)),"
		" toUInt64(sum(clash))\n"
		"FROM (SELECT o, count() AS d, sum(m) AS n, max(m) AS most, count() > {cap} AS hot,"
		" min(low) != max(high) AS clash\n"
		" FROM (SELECT o, k, count() AS m, min(thing) AS low, max(thing) AS high"
		" FROM ({named}) GROUP BY o, k)\n GROUP BY o)",
	[SQL_WEEKS] = "SELECT toInt64(week), toUInt64(sum(d)), toUInt64(sum(d * (d - 1)))\n"
		"FROM (SELECT o, week, uniqExact(k) AS d FROM (SELECT o, k, " WEEK " AS week"
		" FROM ({acts}) WHERE o NOT IN ({hot})) GROUP BY o, week)\nGROUP BY week",
	[SQL_ACCOUNTS] = "SELECT toUInt64(k), min(low), max(high), min(low_platform),"
		" max(high_platform), toUInt64(count()), tupleElement(sumMap(weeks,"
		" arrayMap(w -> toUInt64(1), weeks)) AS sums, 1), tupleElement(sums, 2)\n"
		"FROM (SELECT o, k, min(id) AS low, max(id) AS high, min(platform) AS low_platform,"
		" max(platform) AS high_platform, groupUniqArray(toInt64(" WEEK ")) AS weeks\n"
		" FROM ({named}) WHERE o NOT IN ({hot}) GROUP BY o, k)\nGROUP BY k",
	[SQL_PAIRS] = FOLD("SELECT o, k1, k2, t1, t2\n"
		" FROM (SELECT o, k AS k1, t AS t1, intDiv(t, {slot}) AS slot"
		" FROM ({acts}) WHERE o IN ({calm})) AS x\n"
		" ALL INNER JOIN (SELECT o, k AS k2, t AS t2, " LATER_SLOTS " AS slot"
		" FROM ({acts}) WHERE o IN ({calm})) AS y USING (o, slot)\n"
		" WHERE k1 != k2 AND t2 - t1 <= {window} AND (t1 < t2 OR (t1 = t2 AND k1 < k2))"),
	/* An act meets at most the {repeats} next ones of another account. */
	[SQL_CROWDED] = FOLD("SELECT o, k1, k2, t1, t2\n"
		" FROM (SELECT o, i1, k1, t1, k2,"
		" arraySlice(arraySort(groupArray(t2)), 1, {repeats}) AS next\n"
		"  FROM (SELECT o, i AS i1, k AS k1, t AS t1, intDiv(t, {slot}) AS slot"
		" FROM ({numbered})) AS x\n"
		"  ALL INNER JOIN (SELECT o, i AS i2, k AS k2, t AS t2, " LATER_SLOTS " AS slot"
		" FROM ({numbered})) AS y USING (o, slot)\n"
		"  WHERE k1 != k2 AND i1 < i2 AND t2 - t1 <= {window}\n"
		"  GROUP BY o, i1, k1, t1, k2) ARRAY JOIN next AS t2"),
	[SQL_NEAR] = "SELECT toUInt64(count())\n"
		"FROM (SELECT o, k AS k1, t AS t1, intDiv(t, {slot}) AS slot"
		" FROM ({firsts})) AS x\n"
		"ALL INNER JOIN (SELECT o, k AS k2, t AS t2, " LATER_SLOTS " AS slot"
		" FROM ({firsts})) AS y USING (o, slot)\n"
		"WHERE k1 != k2 AND t2 - t1 <= {window} AND (t1 < t2 OR (t1 = t2 AND k1 < k2))",
	[SQL_EDGES] = "CREATE TEMPORARY TABLE claque_edge"
		" (a UInt64, b UInt64, n UInt64, out UInt8)",
	/* What is left of each object's pairs of first acts, for each pair of accounts on it. */
	[SQL_COMMON] = "SELECT toUInt64(n), groupArray(toInt64(rest)), groupArray(toInt64(near)),"
		" groupArray(toUInt64(hit))\n"
		"FROM (SELECT pair.1 AS n, pair.2 AS hit, rest, near\n"
		" FROM (SELECT o, toInt64(count()) - toInt64(sum(out)) AS rest,"
		" toInt64(sum(hit)) - toInt64(sum(hit AND out)) AS near,"
		" groupArrayIf(tuple(n, hit), n > 0) AS list\n"
		"  FROM (SELECT o, a, b, n, hit, out\n"
		"   FROM (SELECT o, a, b, (t2 - t1 <= {window}) AND (t1 - t2 <= {window}) AS hit\n"
		"    FROM (SELECT o, k AS a, t AS t1 FROM ({firsts})) AS x\n"
		"    ALL INNER JOIN (SELECT o, k AS b, t AS t2 FROM ({firsts})) AS y USING (o)\n"
		"    WHERE a < b) AS z\n"
		"   ANY LEFT JOIN (SELECT a, b, n, out FROM claque_edge) AS e USING (a, b))\n"
		"  GROUP BY o) ARRAY JOIN list AS pair)\nGROUP BY n",
	[SQL_WANTED] = "CREATE TEMPORARY TABLE claque_wanted (id String)",
	[SQL_PULL] = "SELECT {id}, {platform}, {post}, {thing}, {kind}, {act}, {text}, {t}"
		" FROM {table} WHERE {id} IN (SELECT id FROM claque_wanted)"
		" AND {o} BETWEEN {lo} AND {hi} ORDER BY {id}, {platform}, {t}, {post}, {thing}",
};

const char *
sql_layout(enum sql_statement statement)
{
	return statements[statement].layout;
}

const char *
sql_purpose(enum sql_statement statement)
{
	return statements[statement].purpose;
}

/* Names are checked where they come from; backquotes make them names even where they are words. */
static void
put_name(struct buf *out, struct claque_str name)
{
	buf_addf(out, "`" STR_FMT "`", STR_ARG(name));
}

/* A column as text that is never NULL; a word for all rows where there is none. */
static void
put_text(const struct sql_scope *scope, enum mapping_word column, const char *otherwise,
	 struct buf *out)
{
	const struct mapping *m = scope->mapping;

	if (m->own) {
		buf_addf(out, "toString(%s)", otherwise);
	} else if (m->words[column].p == NULL) {
		buf_addf(out, "'%s'", otherwise);
	} else {
		buf_addz(out, "ifNull(toString(");
		put_name(out, m->words[column]);
		buf_addz(out, "), '')");
	}
}

static void
put_id(const struct sql_scope *scope, struct buf *out)
{
	put_text(scope, MAPPING_account, scope->mapping->own ? "account" : "", out);
}

static void
put_platform(const struct sql_scope *scope, struct buf *out)
{
	const struct claque_str word = scope->mapping->words[MAPPING_platform_is];

	if (!scope->mapping->own && word.p != NULL)
		buf_addf(out, "'" STR_FMT "'", STR_ARG(word));
	else
		put_text(scope, MAPPING_platform, scope->mapping->own ? "platform" : "", out);
}

static void
put_thing(const struct sql_scope *scope, struct buf *out)
{
	put_text(scope, MAPPING_object, scope->mapping->own ? "object" : "", out);
}

static void
put_post(const struct sql_scope *scope, struct buf *out)
{
	put_text(scope, MAPPING_post, scope->mapping->own ? "post" : "", out);
}

static void
put_words(const struct sql_scope *scope, struct buf *out)
{
	put_text(scope, MAPPING_text, scope->mapping->own ? "text" : "", out);
}

static void
put_kind(const struct sql_scope *scope, struct buf *out)
{
	put_text(scope, MAPPING_kind,
		 scope->mapping->own ? "kind" : object_kind_name(scope->mapping->kind), out);
}

static void
put_act(const struct sql_scope *scope, struct buf *out)
{
	put_text(scope, MAPPING_act,
		 scope->mapping->own ? "act" : act_name(scope->mapping->act), out);
}

static void
put_object_key(const struct sql_scope *scope, struct buf *out)
{
	if (scope->mapping->own) {
		buf_addz(out, "object_key");
		return;
	}
	buf_addz(out, "cityHash64(");
	put_kind(scope, out);
	buf_addz(out, ", ");
	put_thing(scope, out);
	buf_addz(out, ")");
}

static void
put_account_key(const struct sql_scope *scope, struct buf *out)
{
	if (scope->mapping->own) {
		buf_addz(out, "account_key");
		return;
	}
	buf_addz(out, "cityHash64(");
	put_id(scope, out);
	buf_addz(out, ", ");
	put_platform(scope, out);
	buf_addz(out, ")");
}

/* Milliseconds; what is not known is below TIME_LEAST. */
static void
put_time(const struct sql_scope *scope, struct buf *out)
{
	static const char *const before[] = {
		[MAPPING_SECONDS] = "toInt64(", [MAPPING_MILLISECONDS] = "toInt64(",
		[MAPPING_DATETIME] = "toInt64(toUnixTimestamp(",
		[MAPPING_DATETIME64] = "toInt64(toUnixTimestamp64Milli(" };
	static const char *const after[] = {
		[MAPPING_SECONDS] = ") * 1000", [MAPPING_MILLISECONDS] = ")",
		[MAPPING_DATETIME] = ")) * 1000", [MAPPING_DATETIME64] = "))" };
	const struct mapping *m = scope->mapping;

	if (m->own) {
		buf_addz(out, "at");
		return;
	}
	buf_addf(out, "ifNull(%s", before[m->time_form]);
	put_name(out, m->words[MAPPING_time]);
	buf_addf(out, "%s, " TIME_LEAST ")", after[m->time_form]);
}

static void
put_table(const struct sql_scope *scope, struct buf *out)
{
	struct claque_str rest = scope->mapping->words[MAPPING_table], piece;
	bool first = true;

	if (scope->mapping->own) {
		put_name(out, scope->database);
		buf_addz(out, ".claque_share");
		return;
	}
	for (; str_cut(&rest, '.', &piece); first = false) {
		buf_addz(out, first ? "" : ".");
		put_name(out, piece);
	}
}

/* Names of the bits, in quotes. */
static void
put_bits(unsigned bits, unsigned count, const char *(*name)(unsigned i), struct buf *out)
{
	const char *between = "";

	for (unsigned i = 0; i < count; i++)
		if ((bits >> i & 1) != 0) {
			buf_addf(out, "%s'%s'", between, name(i));
			between = ", ";
		}
}

static const char *
kind_of(unsigned i)
{
	return object_kind_name((enum claque_object_kind)i);
}

static const char *
act_of(unsigned i)
{
	return act_name((enum claque_act)i);
}

static void
put_filter(const struct sql_scope *scope, struct buf *out)
{
	if (scope->mapping->own)
		buf_addz(out, "kind");
	else
		put_kind(scope, out);
	buf_addz(out, " IN (");
	put_bits(scope->kinds, CLAQUE_OBJECT_COUNT, kind_of, out);
	buf_addz(out, ") AND ");
	if (scope->mapping->own)
		buf_addz(out, "act");
	else
		put_act(scope, out);
	buf_addz(out, " IN (");
	put_bits(scope->acts, CLAQUE_ACT_COUNT, act_of, out);
	buf_addz(out, ")");
}

static void
put_enum(unsigned count, const char *(*name)(unsigned i), struct buf *out)
{
	for (unsigned i = 0; i < count; i++)
		buf_addf(out, "%s'%s' = %u", i > 0 ? ", " : "", name(i), i);
}

static void
put_kinds(const struct sql_scope *scope, struct buf *out)
{
	(void)scope;
	put_enum(CLAQUE_OBJECT_COUNT, kind_of, out);
}

static void
put_acts(const struct sql_scope *scope, struct buf *out)
{
	(void)scope;
	put_enum(CLAQUE_ACT_COUNT, act_of, out);
}

static void
put_database(const struct sql_scope *scope, struct buf *out)
{
	put_name(out, scope->database);
}

static void
put_cluster(const struct sql_scope *scope, struct buf *out)
{
	put_name(out, scope->cluster);
}

static void
put_cluster_name(const struct sql_scope *scope, struct buf *out)
{
	buf_add(out, scope->cluster);
}

static void
put_lo(const struct sql_scope *scope, struct buf *out)
{
	buf_addf(out, "%" PRIu64, scope->lo);
}

static void
put_hi(const struct sql_scope *scope, struct buf *out)
{
	buf_addf(out, "%" PRIu64, scope->hi);
}

static void
put_cap(const struct sql_scope *scope, struct buf *out)
{
	buf_addf(out, "%" PRIu64, scope->object_cap > 0 ? scope->object_cap : UINT64_MAX);
}

static void
put_window(const struct sql_scope *scope, struct buf *out)
{
	buf_addf(out, "%" PRId64, scope->window_ms);
}

/* Wider than the window by one, so that no pair within it is two slots apart. */
static void
put_slot(const struct sql_scope *scope, struct buf *out)
{
	buf_addf(out, "%" PRId64, scope->window_ms < INT64_MAX ? scope->window_ms + 1 : INT64_MAX);
}

static void
put_repeats(const struct sql_scope *scope, struct buf *out)
{
	(void)scope;
	buf_addf(out, "%d", SQL_REPEATS_MAX);
}

static const struct {
	const char *name;
	void (*put)(const struct sql_scope *scope, struct buf *out);
} values[] = {
	{ "o", put_object_key }, { "k", put_account_key }, { "t", put_time }, { "id", put_id },
	{ "platform", put_platform }, { "thing", put_thing }, { "post", put_post },
	{ "text", put_words }, { "kind", put_kind }, { "act", put_act }, { "table", put_table },
	{ "filter", put_filter }, { "kinds", put_kinds }, { "acts_enum", put_acts },
	{ "database", put_database }, { "cluster", put_cluster },
	{ "cluster_name", put_cluster_name }, { "lo", put_lo }, { "hi", put_hi },
	{ "cap", put_cap }, { "window", put_window }, { "slot", put_slot },
	{ "repeats", put_repeats },
};

static const char *
piece_of(struct claque_str name)
{
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
		if (str_eq(name, str_of(pieces[i].name)))
			return pieces[i].text;
	return NULL;
}

static void
put_value(struct claque_str name, const struct sql_scope *scope, struct buf *out)
{
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (str_eq(name, str_of(values[i].name)))
			values[i].put(scope, out);
}

/* Pieces name pieces that stand before them only, so this ends. */
static void
fill(const char *text, const struct sql_scope *scope, struct buf *out)
{
	struct claque_str rest = str_of(text), before, name;

	while (str_cut(&rest, '{', &before)) {
		buf_add(out, before);
		if (rest.len == 0 || !str_cut(&rest, '}', &name))
			continue;
		if (piece_of(name) != NULL)
			fill(piece_of(name), scope, out);
		else
			put_value(name, scope, out);
	}
}

void
sql_write(enum sql_statement statement, const struct sql_scope *scope, struct buf *out)
{
	fill(templates[statement], scope, out);
}
