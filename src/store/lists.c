/*
 * lists.c - the table of lists: where rows come from, and how each kind of subject
 * narrows them. What their columns are is in list_columns.h.
 *
 * A unary plus before a column keeps SQLite from walking an index in that
 * order: where a subject leaves few rows, those are looked up and sorted, and
 * the whole table is never scanned for the sake of its order.
 */
#include "config.h"

#include "store/list_def.h"

#include "store/list_columns.h"

#define COLUMN(name, title, help, form, min, ideal, priority, sql) \
	{ name, title, help, form, min, ideal, priority },
#define EXPR(name, title, help, form, min, ideal, priority, sql) sql,
#define COLUMNS_LIST(X) \
	X(cluster, CLUSTER_COLUMNS) X(account, ACCOUNT_COLUMNS) X(source, SOURCE_COLUMNS) \
	X(post, POST_COLUMNS) X(change, CHANGE_COLUMNS) X(evidence, EVIDENCE_COLUMNS) \
	X(innocent, INNOCENT_COLUMNS) \
	X(edge, EDGE_COLUMNS) X(neighbour, NEIGHBOUR_COLUMNS) X(member, MEMBER_COLUMNS) \
	X(indicator, INDICATOR_COLUMNS) \
	X(input, INPUT_COLUMNS) X(refused, REFUSED_COLUMNS) X(note, NOTE_COLUMNS) \
	X(ledger, LEDGER_COLUMNS) X(run, RUN_COLUMNS) X(object, OBJECT_COLUMNS) \
	X(match, MATCH_COLUMNS) X(mover, MOVER_COLUMNS) X(sharer, SHARER_COLUMNS) \
	X(event, EVENT_COLUMNS) X(handle, HANDLE_COLUMNS) X(claim, CLAIM_COLUMNS) X(ach, ACH_COLUMNS)
#define X(name, columns) \
	static const struct column name##_columns[] = { columns(COLUMN) }; \
	_Static_assert(sizeof(name##_columns) / sizeof(*name##_columns) <= LIST_COLUMNS_MAX, #name); \
	static const char *const name##_exprs[] = { columns(EXPR) };
COLUMNS_LIST(X)
#undef X

#define WITH_COLUMNS(name) .columns = name##_columns, .exprs = name##_exprs, \
	.column_count = sizeof(name##_exprs) / sizeof(*name##_exprs)

#define MEMBERS_OF "(SELECT account FROM member WHERE cluster = ?1)"
#define SHARED_BY(who) "(SELECT source FROM share WHERE account " who ")"
#define ONE(kind, condition) [SUBJECT_##kind] = { .where = condition }

#define CLUSTERS_BY \
	.id = "c.id", .order = "c.rank", .when = "c.first_seen", \
	.subject = SUBJECT_cluster, .from = "cluster c", \
	.joins = "", WITH_COLUMNS(cluster), .by = { \
		ONE(account, "c.id IN (SELECT cluster FROM member WHERE account = ?1)"), \
		ONE(source, "c.id IN (SELECT m.cluster FROM share s JOIN member m" \
		    " ON m.account = s.account AND m.run = " LAST_RUN " WHERE s.source = ?1)"), \
		ONE(evidence, "c.id = (SELECT cluster FROM evidence WHERE id = ?1)"), \
		ONE(sources, "c.id IN (SELECT m.cluster FROM share s JOIN member m" \
		    " ON m.account = s.account AND m.run = " LAST_RUN \
		    " WHERE s.source IN " THINGS ")"), \
		ONE(posts, "c.id IN (SELECT m.cluster FROM post p JOIN member m" \
		    " ON m.account = p.account AND m.run = " LAST_RUN \
		    " WHERE p.id IN " THINGS ")"), \
		ONE(set, "c.id IN (SELECT cluster FROM member WHERE account IN " SET ")") }
/* Other accounts' changes near the one in ?1. */
#define NEAR_CHANGE(at, account) \
	at " BETWEEN (SELECT at FROM profile_change WHERE id = ?1) - " HOURS_6 \
	" AND (SELECT at FROM profile_change WHERE id = ?1) + " HOURS_6 \
	" AND " account " <> (SELECT account FROM profile_change WHERE id = ?1)"
/* The posts that a reason names as its examples. */
#define EXAMPLES "evidence_post x JOIN post e ON e.id = x.post WHERE x.evidence = ?1"
/* Whose ids are in the set; every object that two of them shared, by how many. */
#define IN_SET(id) [SUBJECT_set] = { .where = id " IN " SET }
#define SHARED_IN_GROUP(accounts, least) "(SELECT s.source, count(DISTINCT s.account) AS members" \
	" FROM share s WHERE s.account IN " accounts " GROUP BY s.source" \
	" HAVING members >= " least ") g CROSS JOIN source o ON o.id = g.source"
#define SHARED_BY_SET [SUBJECT_set] = { "1", SHARED_IN_GROUP(SET, "2"), "g.members", NULL }
#define SHARED_IN_POSTS "o.id IN (SELECT source FROM share WHERE post IN " THINGS ")"
/* What indicator ?1 is here beyond doubt, or what match ?1 is; things of a kind that it hit. */
#define HITS_OF_INDICATOR "match_hit h JOIN indicator_match x ON x.id = h.match" \
	" WHERE x.indicator = ?1 AND x.how < " NEAR
#define HITS_OF_MATCH "match_hit h WHERE h.match = ?1"
#define HIT(hits, kind) "(SELECT h.subject FROM " hits " AND h.kind = " kind ")"
#define BY_HITS(hits) "(SELECT h.subject FROM " hits " AND h.kind = 2 UNION SELECT s.account" \
	" FROM share s WHERE s.source IN " HIT(hits, "3") " UNION SELECT p.account FROM post p" \
	" WHERE p.id IN " HIT(hits, "4") ")"
#define POSTS_BY_HITS(hits) "(p.id IN (SELECT s.post FROM share s WHERE s.source IN " \
	HIT(hits, "3") ") OR p.id IN " HIT(hits, "4") " OR p.account IN " HIT(hits, "2") ")"
/* Matches of these accounts, or of what they shared or wrote. */
#define MATCHED_BY(subject, who) ONE(subject, "x.id IN (SELECT match FROM match_hit WHERE kind = 2" \
	" AND subject " who " UNION SELECT h.match FROM match_hit h JOIN share s" \
	" ON s.source = h.subject WHERE h.kind = 3 AND s.account " who \
	" UNION SELECT h.match FROM match_hit h JOIN post p ON p.id = h.subject WHERE h.kind = 4" \
	" AND p.account " who ")")
#define MATCHED(kind, which) "x.id IN (SELECT match FROM match_hit WHERE kind = " kind \
	" AND subject " which ")"
/* Of whoever had the handle that row ?1 of handle_use tells of. */
#define HAD_HANDLE "(SELECT o.account FROM handle_use m JOIN handle_use o" \
	" ON o.platform = m.platform AND o.key = m.key WHERE m.id = ?1)"
#define HANDLES_OF(who) "u.id IN (SELECT o.id FROM handle_use m JOIN handle_use o" \
	" ON o.platform = m.platform AND o.key = m.key WHERE m.account " who ")"
#define HANDLES_BY \
	.from = "handle_use u JOIN account a ON a.id = u.account", .joins = "", .id = "u.id", \
	.subject = SUBJECT_handle, .when = "u.from_at", WITH_COLUMNS(handle)
#define ORDER_BY_TIME "format('%020d', coalesce(u.from_at, u.until_at, 0))"
#define TRICK_IN(text) "claque_trick(?1, " text ")"
#define OBJECTS_BY \
	.from = "source o", .joins = "", .id = "o.id", .order = "o.account_count", \
	.descending = true, .subject = SUBJECT_source, .when = "o.first_seen", \
	WITH_COLUMNS(object), .by = { \
		[SUBJECT_cluster] = { "1", SHARED_IN_GROUP(MEMBERS_OF, "1"), "g.members", NULL }, \
		[SUBJECT_account] = { "o.id IN " SHARED_BY("= ?1"), NULL, "+o.account_count", \
				      NULL }, \
		[SUBJECT_post] = { "o.id IN (SELECT source FROM share WHERE post = ?1)", NULL, \
				   "+o.account_count", NULL }, \
		SHARED_BY_SET, \
		/* What else the posts carry that share one of the set. */ \
		[SUBJECT_sources] = { "o.id IN (SELECT w.source FROM share s JOIN share w" \
				      " ON w.post = s.post WHERE s.source IN " THINGS ")", NULL, \
				      "+o.account_count", NULL }, \
		[SUBJECT_posts] = { SHARED_IN_POSTS, NULL, "+o.account_count", NULL }, \
	}
/* Each of the group that shared what others of it shared: how often first, how long behind. */
#define MOVERS(who) "(SELECT account, count(*) AS common, sum(at = first) AS firsts," \
	" avg(at - first) / 1000.0 AS lag FROM (SELECT account, at, min(at) OVER w AS first," \
	" count(*) OVER w AS n FROM (SELECT account, source, min(at) AS at FROM share" \
	" WHERE account IN " who " AND at IS NOT NULL GROUP BY account, source)" \
	" WINDOW w AS (PARTITION BY source)) WHERE n >= 2 GROUP BY account) f" \
	" CROSS JOIN account a ON a.id = f.account"
#define MOVERS_OF_ONE "(SELECT account, 1 AS common, at = min(at) OVER () AS firsts," \
	" (at - min(at) OVER ()) / 1000.0 AS lag FROM (SELECT account, min(at) AS at FROM share" \
	" WHERE source = ?1 AND at IS NOT NULL GROUP BY account)) f" \
	" CROSS JOIN account a ON a.id = f.account"
/* Who shared two of these sources or more: how many, how often before everybody, how long behind. */
#define SHARERS(sources) "(SELECT account, count(*) AS common, sum(at = first) AS firsts," \
	" avg(at - first) / 1000.0 AS lag FROM (SELECT account, at," \
	" min(at) OVER (PARTITION BY source) AS first FROM (SELECT account, source, min(at) AS at" \
	" FROM share WHERE source IN " sources " GROUP BY account, source))" \
	" GROUP BY account HAVING common >= 2) f CROSS JOIN account a ON a.id = f.account"
/*
 * One row for each account at an edge of ?1, or at one inside of the cluster ?2, as
 * its strongest edge has it: SQLite takes bare columns from the row of the maximum.
 */
#define EDGE_END(end) "SELECT " end " AS other, weight, expected, log10_p, median_lag_s, leader," \
	" signal, first_seen, last_seen FROM edge WHERE run = " LAST_RUN
#define INSIDE " AND a IN (SELECT account FROM member WHERE cluster = ?2)" \
	" AND b IN (SELECT account FROM member WHERE cluster = ?2)"
#define INSIDE_SET " AND a IN " SET " AND b IN " SET
#define NEIGHBOURS_OF(ends) "(SELECT other, max(weight) AS weight, expected, log10_p, median_lag_s," \
	" leader, signal, first_seen, last_seen, count(*) AS edges FROM (" ends ") GROUP BY other) n"
#define NEIGHBOURS NEIGHBOURS_OF(EDGE_END("b") " AND ?2 = 0 AND a = ?1 UNION ALL " \
	EDGE_END("a") " AND ?2 = 0 AND b = ?1" \
	" UNION ALL " EDGE_END("a") INSIDE " UNION ALL " EDGE_END("b") INSIDE)
/* An account's reasons are those of its group. */
#define REASONS_OF ONE(cluster, "e.cluster = ?1"), \
	ONE(account, "e.cluster IN (SELECT cluster FROM member WHERE account = ?1)")
/* The file that a row came from. */
#define HOLDS(kind, table) ONE(kind, "f.id = (SELECT input_file FROM " table " WHERE id = ?1)")
/* Claims about a subject, with their evidence. */
#define CLAIMS_ON(kind, number) ONE(kind, "k.target_kind = " number " AND k.target = ?1")
#define CLAIMS_ON_CLUSTER ONE(cluster, "k.target_kind = 1 AND k.target IN (SELECT y.id FROM cluster x" \
	" JOIN cluster y ON y.name = x.name WHERE x.id = ?1)")
#define NOTES_ON(kind, number) ONE(kind, "n.target_kind = " number " AND n.target = ?1")

const struct list_def list_defs[LIST_COUNT + 1] = {
	[LIST_CLUSTERS] = { .where = "c.run = " LAST_RUN, CLUSTERS_BY },
	[LIST_LEADS] = { .where = "c.run = " LAST_RUN " AND c.lead", CLUSTERS_BY },
	[LIST_ACCOUNTS] = {
		.total = "SELECT max(id) FROM account",
		.from = "account a", .id = "a.id", .order = "a.score", .descending = true,
		.when = "a.first_seen",
		.joins = " LEFT JOIN member m ON m.account = a.id AND m.run = " LAST_RUN
			 " LEFT JOIN cluster c ON c.id = m.cluster"
			 " LEFT JOIN account_score t ON t.run = " LAST_RUN
			 " AND t.account = a.id",
		.joined = "m c t",
		.subject = SUBJECT_account, WITH_COLUMNS(account),
		.by = {
			[SUBJECT_cluster] = { "a.id IN " MEMBERS_OF, NULL, "+a.score", NULL },
			[SUBJECT_source] = {
				"a.id IN (SELECT account FROM share WHERE source = ?1)",
				NULL, "+a.score", NULL },
			[SUBJECT_post] = { "a.id = (SELECT account FROM post WHERE id = ?1)",
					   NULL, "+a.score", NULL },
			[SUBJECT_change] = {
				"a.id IN (SELECT g.account FROM profile_change g WHERE "
				NEAR_CHANGE("g.at", "g.account") ")", NULL, "+a.score", NULL },
			[SUBJECT_evidence] = { "a.id IN (SELECT e.account FROM " EXAMPLES ")",
					       NULL, "+a.score", NULL },
			[SUBJECT_indicator] = { "a.id IN " BY_HITS(HITS_OF_INDICATOR), NULL,
						"+a.score", NULL },
			[SUBJECT_match] = { "a.id IN " BY_HITS(HITS_OF_MATCH), NULL, "+a.score",
					    NULL },
			[SUBJECT_handle] = { "a.id IN " HAD_HANDLE, NULL, "+a.score", NULL },
			[SUBJECT_trick] = {
				"(" TRICK_IN("a.handle") " OR " TRICK_IN("a.display_name") " OR "
				TRICK_IN("a.bio") " OR " TRICK_IN("a.location") " OR a.id IN"
				" (SELECT account FROM post WHERE " TRICK_IN("text") "))",
				NULL, "+a.score", NULL },
			[SUBJECT_look] = { "a.id IN " SAME_LOOK("2"), NULL, "+a.score", NULL },
			[SUBJECT_portrait] = { "a.id IN " SAME_PICTURE, NULL, "+a.score", NULL },
			IN_SET("a.id"),
			[SUBJECT_sources] = {
				"a.id IN (SELECT account FROM share WHERE source IN " THINGS ")",
				NULL, "+a.score", NULL },
			[SUBJECT_posts] = {
				"a.id IN (SELECT account FROM post WHERE id IN " THINGS ")",
				NULL, "+a.score", NULL },
		} },
	[LIST_SOURCES] = {
		.total = "SELECT max(id) FROM source",
		.from = "source o", .joins = "", .id = "o.id", .order = "o.account_count",
		.descending = true, .subject = SUBJECT_source, .when = "o.first_seen",
		WITH_COLUMNS(source),
		.by = {
			/* Best first: by how many of the cluster's members shared it. */
			[SUBJECT_cluster] = { "1",
				"(SELECT s.source, count(DISTINCT s.account) AS members"
				" FROM member m CROSS JOIN share s ON s.account = m.account"
				" WHERE m.cluster = ?1 GROUP BY s.source) g"
				" CROSS JOIN source o ON o.id = g.source",
				"g.members", NULL },
			[SUBJECT_account] = { "o.id IN " SHARED_BY("= ?1"), NULL,
					      "+o.account_count", NULL },
			[SUBJECT_post] = {
				"o.id IN (SELECT source FROM share WHERE post = ?1)", NULL,
				"+o.account_count", NULL },
			ONE(indicator, "o.id IN " HIT(HITS_OF_INDICATOR, "3")),
			ONE(match, "o.id IN " HIT(HITS_OF_MATCH, "3")),
			SHARED_BY_SET,
			[SUBJECT_sources] = { "o.id IN " THINGS, NULL, "+o.account_count", NULL },
			[SUBJECT_posts] = { SHARED_IN_POSTS, NULL, "+o.account_count", NULL },
		} },
	[LIST_HASHTAGS] = { .where = "o.kind = " HASHTAG, OBJECTS_BY },
	[LIST_SITES] = { .where = "o.kind = " DOMAIN, OBJECTS_BY },
	[LIST_MOVERS] = {
		.from = MOVERS("(SELECT NULL)"), .joins = "", .id = "a.id", .order = "f.firsts",
		.descending = true, .subject = SUBJECT_account, .rows_by_subject = true,
		WITH_COLUMNS(mover),
		.by = {
			[SUBJECT_cluster] = { "1", MOVERS(MEMBERS_OF), NULL, NULL },
			[SUBJECT_source] = { "1", MOVERS_OF_ONE, "-f.lag", NULL },
			[SUBJECT_set] = { "1", MOVERS(SET), NULL, NULL },
		} },
	[LIST_SHARERS] = {
		.from = SHARERS("(SELECT NULL)"), .joins = "", .id = "a.id", .order = "f.common",
		.descending = true, .subject = SUBJECT_account, .rows_by_subject = true,
		WITH_COLUMNS(sharer),
		.by = {
			[SUBJECT_sources] = { "1", SHARERS(THINGS), NULL, NULL },
			[SUBJECT_posts] = { "1", SHARERS("(SELECT s.source FROM share s JOIN source o"
				" ON o.id = s.source WHERE s.post IN " THINGS
				" AND o.kind NOT IN (" DOMAIN ", " HASHTAG "))"), NULL, NULL },
		} },
	[LIST_POSTS] = {
		.total = "SELECT max(id) FROM post",
		.from = "post p", .joins = POST_JOINS, .id = "p.id", .joined = "a c q x",
		.order = "p.at", .at = "p.at", .kind = "p.kind", .lang = "p.lang", .text = "p.text",
		.subject = SUBJECT_post, WITH_COLUMNS(post),
		/* A share's time is its post's, and ten times as many are in a page. */
		.times = { [SUBJECT_source] = "(SELECT DISTINCT post, at FROM share"
					      " WHERE source = ?1) p" },
		.by = {
			[SUBJECT_cluster] = { "p.account IN " MEMBERS_OF, NULL, "+p.at", NULL },
			ONE(account, "p.account = ?1"),
			[SUBJECT_source] = { "p.id IN (SELECT post FROM share WHERE source = ?1)",
					     NULL, "+p.at", "+p.at" },
			[SUBJECT_evidence] = { "p.id IN (SELECT e.id FROM " EXAMPLES ")", NULL,
					       "+p.at", "+p.at" },
			[SUBJECT_indicator] = { POSTS_BY_HITS(HITS_OF_INDICATOR), NULL, "+p.at",
						"+p.at" },
			[SUBJECT_match] = { POSTS_BY_HITS(HITS_OF_MATCH), NULL, "+p.at", "+p.at" },
			[SUBJECT_handle] = { "p.account IN " HAD_HANDLE, NULL, "+p.at", NULL },
			[SUBJECT_set] = { "p.account IN " SET, NULL, "+p.at", NULL },
			ONE(trick, TRICK_IN("p.text")),
			[SUBJECT_look] = { "p.account IN " SAME_LOOK("2"), NULL, "+p.at", NULL },
			[SUBJECT_portrait] = { "p.account IN " SAME_PICTURE, NULL, "+p.at", NULL },
			[SUBJECT_sources] = {
				"p.id IN (SELECT post FROM share WHERE source IN " THINGS ")", NULL,
				"+p.at", "+p.at" },
			[SUBJECT_posts] = { "p.id IN " THINGS, NULL, "+p.at", "+p.at" },
		} },
	[LIST_CHANGES] = {
		.total = "SELECT max(id) - " GAPS("change") " FROM profile_change",
		.from = "profile_change h", .joins = " JOIN account a ON a.id = h.account",
		.joined = "a",
		.id = "h.id", .order = "h.at", .at = "h.at", .subject = SUBJECT_change,
		WITH_COLUMNS(change),
		.by = {
			[SUBJECT_cluster] = { "h.account IN " MEMBERS_OF, NULL, "+h.at", NULL },
			ONE(account, "h.account = ?1"),
			ONE(change, NEAR_CHANGE("h.at", "h.account")),
			[SUBJECT_handle] = { "h.account IN " HAD_HANDLE, NULL, "+h.at", NULL },
			/* Only what another of the set did within six hours, too. */
			[SUBJECT_set] = { "h.account IN " SET " AND EXISTS (SELECT 1"
					  " FROM profile_change g WHERE g.account IN " SET
					  " AND g.account <> h.account"
					  " AND g.at BETWEEN h.at - " HOURS_6
					  " AND h.at + " HOURS_6 ")", NULL, "+h.at", NULL },
			ONE(trick, "(" TRICK_IN("h.old_value") " OR " TRICK_IN("h.new_value") ")"),
		} },
	[LIST_EVIDENCE] = {
		.from = "evidence e JOIN cluster c ON c.id = e.cluster", .joins = "",
		.where = "c.run = " LAST_RUN " AND e.kind <> 'innocent'", .id = "e.id",
		.order = "e.id", WITH_COLUMNS(evidence), .by = { REASONS_OF } },
	[LIST_INNOCENTS] = {
		.from = "evidence e JOIN cluster c ON c.id = e.cluster", .joins = "",
		.where = "c.run = " LAST_RUN " AND e.kind = 'innocent'", .id = "e.id",
		.order = "e.id", WITH_COLUMNS(innocent), .by = { REASONS_OF } },
	[LIST_EDGES] = {
		.from = "edge e", .joins = "", .where = "e.run = " LAST_RUN, .id = "e.id",
		.order = "e.id", WITH_COLUMNS(edge),
		.by = {
			ONE(cluster, "e.a IN " MEMBERS_OF " AND e.b IN " MEMBERS_OF),
			ONE(account, "(e.a = ?1 OR e.b = ?1)"),
		} },
	[LIST_NEIGHBOURS] = {
		.from = NEIGHBOURS, .id = "n.other", .order = "n.weight", .descending = true,
		.joins = " JOIN account a ON a.id = n.other LEFT JOIN member m ON m.account = a.id"
			 " AND m.run = " LAST_RUN " AND m.cell = 0"
			 " LEFT JOIN cluster c ON c.id = m.cluster",
		.joined = "a m c",
		.subject = SUBJECT_account, WITH_COLUMNS(neighbour),
		.rows_by_subject = true,
		.by = {
			ONE(account, "1"), ONE(cluster, "1"),
			[SUBJECT_set] = { "1", NEIGHBOURS_OF(EDGE_END("a") INSIDE_SET " UNION ALL "
							     EDGE_END("b") INSIDE_SET), NULL, NULL },
		} },
	[LIST_MEMBERS] = {
		.from = "member m", .where = "m.run = " LAST_RUN, .id = "m.account",
		.joins = " JOIN account a ON a.id = m.account JOIN cluster c ON c.id = m.cluster",
		.joined = "a c",
		.order = "m.place", .subject = SUBJECT_account, WITH_COLUMNS(member),
		.by = { ONE(cluster, "m.cluster = ?1"), ONE(account, "m.account = ?1") } },
	[LIST_INDICATORS] = {
		.total = "SELECT max(id) FROM indicator",
		.from = "indicator i", .joins = "", .id = "i.id", .order = "i.id",
		.subject = SUBJECT_indicator, WITH_COLUMNS(indicator),
		.by = { ONE(look, "i.id IN " SAME_LOOK("6")) } },
	[LIST_MATCHES] = {
		.from = "indicator_match x JOIN indicator i ON i.id = x.indicator", .joins = "",
		.id = "x.id", .order = "x.indicator * 16 + x.how", .subject = SUBJECT_match,
		WITH_COLUMNS(match),
		.by = {
			ONE(source, MATCHED("3", "= ?1")), ONE(sources, MATCHED("3", "IN " THINGS)),
			ONE(post, MATCHED("4", "= ?1")), ONE(posts, MATCHED("4", "IN " THINGS)),
			MATCHED_BY(account, "= ?1"), MATCHED_BY(cluster, "IN " MEMBERS_OF),
			MATCHED_BY(set, "IN " SET), ONE(indicator, "x.indicator = ?1"),
		} },
	[LIST_REUSED] = {
		HANDLES_BY, .where = "u.holders > 1", .order = "u.platform || ' ' || u.key || "
			"' ' || " ORDER_BY_TIME,
		.by = {
			ONE(account, HANDLES_OF("= ?1")), ONE(cluster, HANDLES_OF("IN " MEMBERS_OF)),
			ONE(set, HANDLES_OF("IN " SET)),
			ONE(handle, "u.id IN (SELECT o.id FROM handle_use m JOIN handle_use o"
			    " ON o.platform = m.platform AND o.key = m.key WHERE m.id = ?1)"),
		} },
	[LIST_HANDLES] = {
		HANDLES_BY, .where = "u.handles > 1",
		.order = "format('%012d ', u.account) || " ORDER_BY_TIME,
		.by = {
			ONE(account, "u.account = ?1"), ONE(cluster, "u.account IN " MEMBERS_OF),
			ONE(set, "u.account IN " SET), ONE(handle, "u.account IN " HAD_HANDLE),
		} },
	[LIST_INPUTS] = {
		.from = "input_file f", .joins = "", .id = "f.id", .order = "f.id",
		WITH_COLUMNS(input),
		.by = {
			HOLDS(account, "account"), HOLDS(source, "source"), HOLDS(post, "post"),
			HOLDS(change, "profile_change"), HOLDS(indicator, "indicator"),
		} },
	[LIST_REFUSED] = {
		.from = "refused_row r", .joins = "", .id = "r.id", .order = "r.id",
		WITH_COLUMNS(refused) },
	[LIST_NOTES] = {
		.from = "annotation n", .joins = "", .where = "n.live AND n.kind <> 8", .id = "n.id",
		.order = "n.id", WITH_COLUMNS(note),
		.by = {
			ONE(cluster, "n.target_kind = 1 AND n.target IN (SELECT k.id FROM cluster c"
			    " JOIN cluster k ON k.name = c.name WHERE c.id = ?1)"),
			NOTES_ON(account, "2"), NOTES_ON(source, "3"),
			NOTES_ON(post, "4"), NOTES_ON(change, "5"), NOTES_ON(indicator, "6"),
			NOTES_ON(evidence, "7"), NOTES_ON(period, "14"),
		} },
	[LIST_CLAIMS] = {
		.from = CLAIM_ROWS, .joins = "", .id = "n.id", .order = CLAIM_ORDER,
		WITH_COLUMNS(claim),
		.by = { CLAIMS_ON_CLUSTER, CLAIMS_ON(account, "2"), CLAIMS_ON(source, "3") } },
	[LIST_ACH] = {
		.from = ACH_ROWS, .joins = "", .id = "(n.id * 1000000000 + y.n)", .order = ACH_ORDER,
		WITH_COLUMNS(ach),
		.by = { CLAIMS_ON_CLUSTER, CLAIMS_ON(account, "2"), CLAIMS_ON(source, "3") } },
	[LIST_LEDGER] = {
		.from = "ledger l", .joins = "", .id = "l.seq", .order = "l.seq",
		WITH_COLUMNS(ledger) },
	[LIST_RUNS] = {
		.from = "run r", .joins = "", .id = "r.id", .order = "r.id", .descending = true,
		WITH_COLUMNS(run) },
	[LIST_EVENTS] = {
		.from = "event v", .joins = "", .id = "v.id", .order = "v.at", .at = "v.at",
		WITH_COLUMNS(event) },
};
