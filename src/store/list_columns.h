/*
 * list_columns.h - the columns of every list, and what their SQL is made of: for
 * lists.c alone, which holds where the rows come from.
 */
#ifndef STORE_LIST_COLUMNS_H
#define STORE_LIST_COLUMNS_H

#include "claque/dataset.h"

#include "model/claim.h"
#include "model/record.h"
#include "store/annotation.h"
#include "store/leaning_def.h"
#include "store/list_def.h"
#include "store/matching.h"
#include "store/schema.h"

#define LAST_RUN "(SELECT max(id) FROM run)"
#define TERM(list, number) \
	"(SELECT name FROM term WHERE list = '" list "' AND term.number = " number ")"
#define ORIGIN(t) "(SELECT path FROM input_file WHERE id = " t ".input_file)"
#define NATIVE(id) "(SELECT native_id FROM account WHERE id = " id ")"
#define HANDLE(id) "(SELECT handle FROM account WHERE id = " id ")"
#define PLATFORM(id) "(SELECT platform FROM account WHERE id = " id ")"
#define HOURS_6 "21600000"
#define SET "(SELECT value FROM json_each(?14))"
#define THINGS "(SELECT value FROM json_each(?23))"
_Static_assert(P_SET == 14 && P_THINGS == 23 && INDICATOR_domain == 0 && INDICATOR_account == 1 &&
	       INDICATOR_post == 2 && INDICATOR_url == 3 && INDICATOR_hashtag == 4,
	       "numbers in the SQL of lists.c");
/* Annotations on a row: how many of a kind, or the tags in one line. */
#define NOTED(kind, subject, id) "(SELECT count(*) FROM annotation n WHERE n.live" \
	" AND n.target_kind = " subject " AND n.target = " id " AND n.kind = " kind ")"
#define TAGS(subject, id) "(SELECT group_concat('#' || n.text, ' ') FROM annotation n" \
	" WHERE n.live AND n.target_kind = " subject " AND n.target = " id " AND n.kind = 1)"
/* Their colours, in the same order as both are the same walk; NULL where none has one. */
#define COLOURS "CASE WHEN max(n.colour) > '' THEN group_concat(CASE n.colour WHEN '' THEN '-'" \
	" ELSE n.colour END, ' ') END"
#define TAG_COLOURS(subject, id) "(SELECT " COLOURS " FROM annotation n" \
	" WHERE n.live AND n.target_kind = " subject " AND n.target = " id " AND n.kind = 1)"
/* A cluster is itself in every run that calls it by the same name. */
#define CLUSTER_NOTES "FROM annotation n JOIN cluster k ON k.id = n.target" \
	" WHERE n.live AND n.target_kind = 1 AND k.name = c.name AND n.kind = "
#define CLUSTER_NOTED(kind) "(SELECT count(*) " CLUSTER_NOTES kind ")"
#define CLUSTER_TAGS "(SELECT group_concat('#' || n.text, ' ') " CLUSTER_NOTES "1)"
#define CLUSTER_COLOURS "(SELECT " COLOURS " " CLUSTER_NOTES "1)"
/* Numbers of SUBJECT_LIST and ANNOTATION_LIST, checked below. */
#define ACCOUNT "2"
#define SOURCE "3"
#define POST "4"
#define CHANGE "5"
#define STATUS_HELP "verdict: reviewing, confirmed, cleared, shared; empty: new"
#define VERDICT_COLUMN(X, sql) \
	X("verdict", NULL, "verdict with who, when and why", FORM_TEXT, 12, 30, 9, sql)
/* Verdict and tags in one column, which has room on any screen; each alone for other programs. */
#define REVIEW_COLUMNS(X, priority, status, tags, colours) \
	X("review", "review", "verdict and tags of the analyst", FORM_TEXT, 7, 12, priority, \
	  "nullif(coalesce(" status " || ' ', '') || coalesce(" tags ", ''), '')") \
	X("status", NULL, STATUS_HELP, FORM_TEXT, 7, 9, 9, status) \
	X("tags", NULL, "tags of the analyst", FORM_TEXT, 5, 12, 9, tags) \
	X("tag_colours", NULL, "colours of the tags, in their order; - has none", FORM_TEXT, 5, 12, 9, \
	  colours)
#define STATUS_COLUMN(X, priority, sql) \
	X("status", "status", STATUS_HELP, FORM_TEXT, 7, 9, priority, sql)
/* Numbers of CLAQUE_OBJECT_LIST: what half the world shares tells of nobody. */
#define DOMAIN "2"
#define HASHTAG "3"
_Static_assert(CLAQUE_OBJECT_post == 0 && CLAQUE_OBJECT_domain == 2 &&
	       CLAQUE_OBJECT_hashtag == 3, "object kinds in the SQL of lists.c");
_Static_assert(SUBJECT_cluster == 1 && SUBJECT_account == 2 && SUBJECT_source == 3 &&
	       SUBJECT_post == 4 && SUBJECT_change == 5 && SUBJECT_evidence == 7 &&
	       ANNOTATION_note == 0 && ANNOTATION_tag == 1 && ANNOTATION_pin == 2 &&
	       ANNOTATION_verdict == 3,
	       "numbers in the SQL of lists.c");

/*
 * What posts are about, of an account or, as sums, of the members of a cluster; where
 * posts came after they were looked at, that is said. NULL: nobody looked, or nothing.
 */
#define MOST_TOPICS(of) "(SELECT group_concat(name || ' ' || n, ', ') FROM (SELECT t.name AS name," \
	" sum(x.posts) AS n FROM account_topic x JOIN topic t ON t.id = x.topic WHERE " of \
	" GROUP BY t.name ORDER BY n DESC, t.name LIMIT 6))"
#define TOPIC_SHARE(kind, of) "(SELECT CAST(sum(x." kind ") AS REAL) / nullif(sum(x.posts), 0)" \
	" FROM account_topics x WHERE " of ")"
#define NOT_LOOKED_AT(posts, of) "(SELECT nullif(" posts " - sum(x.posts), 0)" \
	" FROM account_topics x WHERE " of " HAVING count(*) > 0)"
#define SIDES(of) "(SELECT group_concat(leaning || ' ' || n, ', ') FROM (SELECT x.leaning AS leaning," \
	" sum(x.shares) AS n FROM account_leaning x WHERE " of \
	" GROUP BY x.leaning ORDER BY n DESC, x.leaning))"
#define ITS_ACCOUNT "x.account = a.id"
#define ITS_MEMBERS "x.account IN (SELECT account FROM member WHERE cluster = c.id)"

/* X(name, title, help, form, min, ideal, priority, SQL) */
#define CLUSTER_COLUMNS(X) \
	X("id", "id", "its name, the same in later runs", FORM_ID, 4, 5, 0, "c.name") \
	X("score", "score", "how strong a lead, 0 to 1", FORM_SCORE, 5, 5, 0, "c.score") \
	X("coordination", "coord", "joint action beyond chance", FORM_SCORE, 5, 5, 5, \
	  "c.coordination") \
	X("deception", "decep", "personas that are not what they claim", FORM_SCORE, 5, 5, 6, \
	  "c.deception") \
	X("overtness", "overt", "signs of open coordination", FORM_SCORE, 5, 5, 7, "c.overtness") \
	X("accounts", "accts", "members", FORM_COUNT, 5, 6, 0, "c.account_count") \
	X("posts", "posts", "posts of its members", FORM_COUNT, 5, 6, 1, "c.post_count") \
	X("kind", "kind", "lead, open coordination, weak, ...", FORM_TEXT, 17, 17, 3, "c.kind") \
	X("first_seen", "first seen", "first co-share behind it", FORM_TIME, 10, 19, 8, \
	  "c.first_seen") \
	X("last_seen", "last seen", "last co-share behind it", FORM_TIME, 10, 19, 9, \
	  "c.last_seen") \
	X("why", "why (strongest signals)", "the signals that add most, and what speaks against", \
	  FORM_TEXT, 16, 0, 2, "c.why") \
	X("sources", "srcs", "sources its members shared", FORM_COUNT, 4, 6, 5, "c.source_count") \
	X("shares", NULL, "acts of sharing by its members", FORM_COUNT, 5, 6, 9, "c.shares") \
	X("surrogate", NULL, "groups as good as this expected by chance", FORM_REAL, 6, 8, 9, \
	  "c.surrogate") \
	X("disproof", NULL, "what would speak against it", FORM_TEXT, 16, 40, 9, "c.disproof") \
	X("worlds", NULL, "surrogate worlds behind that", FORM_COUNT, 4, 6, 9, "c.worlds") \
	X("common", NULL, "objects that two members or more shared", FORM_COUNT, 5, 6, 9, \
	  "c.common") \
	X("leader", NULL, "account that had most of them first", FORM_ID, 8, 20, 9, \
	  NATIVE("c.leader")) \
	X("median_lag_s", NULL, "median seconds of the others behind the first", FORM_COUNT, 5, 6, \
	  9, "c.median_lag_s") \
	X("cells", NULL, "parts that chance would not give; 1: none", FORM_COUNT, 4, 5, 9, \
	  "c.cells") \
	X("cells_modularity", NULL, "of the split into cells", FORM_REAL, 5, 6, 9, \
	  "c.cells_modularity") \
	X("cells_expected", NULL, "the same in rewired networks", FORM_REAL, 5, 6, 9, \
	  "c.cells_expected") \
	X("cells_deviation", NULL, "its standard deviation there", FORM_REAL, 5, 6, 9, \
	  "c.cells_deviation") \
	X("cells_p", NULL, "chance of such a split", FORM_PVALUE, 5, 7, 9, "c.cells_p") \
	X("platforms", NULL, "platforms that its own members are on", FORM_COUNT, 4, 5, 9, \
	  "c.platforms") \
	X("cross_edges", NULL, "validated edges from one platform to another", FORM_COUNT, 5, 6, 9, \
	  "c.cross_edges") \
	X("cross_signals", NULL, "signals that make them", FORM_TEXT, 8, 20, 9, "c.cross_signals") \
	X("cross_needed", NULL, "of these, without which it would fall apart", FORM_TEXT, 8, 20, 9, \
	  "c.cross_needed") \
	X("camouflage", NULL, "share of its members' posts that are filler, by rule packs", \
	  FORM_REAL, 5, 6, 9, TOPIC_SHARE("camouflage", ITS_MEMBERS)) \
	X("narrative", NULL, "share of them on what is fought over", FORM_REAL, 5, 6, 9, \
	  TOPIC_SHARE("narrative", ITS_MEMBERS)) \
	X("topics", NULL, "most frequent topics, with posts", FORM_TEXT, 12, 40, 9, \
	  MOST_TOPICS(ITS_MEMBERS)) \
	X("topics_waiting", NULL, "posts of theirs that were not looked at for topics", FORM_COUNT, \
	  5, 6, 9, NOT_LOOKED_AT("(SELECT sum(y.post_count) FROM account y WHERE y.id IN" \
	  " (SELECT account FROM member WHERE cluster = c.id))", ITS_MEMBERS)) \
	X("sides", NULL, "its members' shares by the analyst's leanings", FORM_TEXT, 12, 30, 9, \
	  SIDES(ITS_MEMBERS)) \
	REVIEW_COLUMNS(X, 3, CLUSTER_STATUS("c"), CLUSTER_TAGS, CLUSTER_COLOURS) \
	VERDICT_COLUMN(X, CLUSTER_VERDICT(VERDICT_WORDS, "c")) \
	X("pins", NULL, "1 if pinned", FORM_COUNT, 4, 4, 9, CLUSTER_NOTED("2")) \
	X("notes", "notes", "notes of the analyst", FORM_COUNT, 5, 5, 4, \
	  CLUSTER_NOTED("0"))

/* "ivan1 ivan2"; "ivan1 (2 others)". */
#define FORMER_HANDLES(id) "(SELECT group_concat(handle, ' ') FROM (SELECT u.handle FROM handle_use u" \
	" WHERE u.account = " id " AND NOT u.now ORDER BY coalesce(u.from_at, u.until_at), u.id))"
#define SHARED_HANDLES(id) "(SELECT group_concat(handle || ' (' || (holders - 1) || CASE holders" \
	" WHEN 2 THEN ' other)' ELSE ' others)' END, ', ') FROM handle_use u WHERE u.account = " id \
	" AND u.holders > 1)"

#define ACCOUNT_COLUMNS(X) \
	X("account_id", "account", "native id", FORM_ID, 17, 20, 4, "a.native_id") \
	X("score", "score", "of the last run, 0 to 1", FORM_SCORE, 5, 5, 0, "a.score") \
	X("cluster", "clus", "cluster of the last run", FORM_ID, 4, 5, 1, "c.name") \
	X("lead", NULL, "1 if that cluster is a lead and the account not merely exposed to it", \
	  FORM_FLAG, 4, 5, 9, "coalesce(c.lead AND m.role <> " EXPOSED ", 0)") \
	X("handle", "handle", "handle", FORM_TEXT, 14, 20, 0, "a.handle") \
	X("display_name", "name", "display name", FORM_TEXT, 12, 18, 3, "a.display_name") \
	X("platform", NULL, "platform", FORM_TEXT, 7, 9, 9, "a.platform") \
	X("created_at", "created", "when the account was made", FORM_TIME, 10, 19, 3, \
	  "a.created_at") \
	X("location", "location", "as the profile tells", FORM_TEXT, 14, 18, 7, "a.location") \
	X("followers", "follow", "followers", FORM_COUNT, 6, 6, 5, "a.followers") \
	X("posts", "posts", "posts in the case", FORM_COUNT, 5, 6, 2, "a.post_count") \
	X("changes", "chgs", "profile changes in the case", FORM_COUNT, 4, 5, 5, \
	  "a.change_count") \
	X("verified", "ver", "1 if verified", FORM_FLAG, 3, 3, 8, "a.verified") \
	X("bio", "bio", "profile text", FORM_TEXT, 22, 0, 6, "a.bio") \
	REVIEW_COLUMNS(X, 4, STATUS(ACCOUNT, "a.id"), TAGS(ACCOUNT, "a.id"), \
		       TAG_COLOURS(ACCOUNT, "a.id")) \
	VERDICT_COLUMN(X, VERDICT_ON(VERDICT_WORDS, ACCOUNT, "a.id")) \
	X("shares", NULL, "acts of sharing", FORM_COUNT, 5, 6, 9, "a.share_count") \
	X("following", NULL, "accounts it follows", FORM_COUNT, 6, 6, 9, "a.following") \
	X("lang", NULL, "profile language", FORM_TEXT, 4, 5, 9, "a.lang") \
	X("url", NULL, "profile link", FORM_TEXT, 8, 20, 9, "a.url") \
	X("avatar_hash", NULL, "hash of the profile picture", FORM_ID, 8, 16, 9, "a.avatar_hash") \
	X("coordination", NULL, "log odds: joint action", FORM_ODDS, 8, 8, 9, "t.coordination") \
	X("deception", NULL, "log odds: its own traits", FORM_ODDS, 8, 8, 9, "t.deception") \
	X("collective", NULL, "log odds: what its neighbours show", FORM_ODDS, 8, 8, 9, \
	  "t.collective") \
	X("overtness", NULL, "log odds: open to everybody", FORM_ODDS, 8, 8, 9, "t.overtness") \
	X("looks_like", NULL, "whose names its own pass for, written otherwise", FORM_TEXT, 8, 16, 9, \
	  LOOKS_LIKE("a.id")) \
	X("was_called", "once", "handles that it had before", FORM_TEXT, 8, 16, 8, \
	  FORMER_HANDLES("a.id")) \
	X("others_had", NULL, "which of its handles others had, too, and how many", FORM_TEXT, 8, \
	  16, 9, SHARED_HANDLES("a.id")) \
	X("camouflage", NULL, "share of its posts that are filler, by rule packs", FORM_REAL, 5, 6, \
	  9, TOPIC_SHARE("camouflage", ITS_ACCOUNT)) \
	X("narrative", NULL, "share of its posts on what is fought over", FORM_REAL, 5, 6, 9, \
	  TOPIC_SHARE("narrative", ITS_ACCOUNT)) \
	X("topics", NULL, "its most frequent topics, with posts", FORM_TEXT, 12, 40, 9, \
	  MOST_TOPICS(ITS_ACCOUNT)) \
	X("turned_at", NULL, "when its narratives became others", FORM_TIME, 10, 19, 9, \
	  "(SELECT x.turned_at FROM account_topics x WHERE " ITS_ACCOUNT ")") \
	X("turned", NULL, "from which narratives to which", FORM_TEXT, 12, 40, 9, \
	  "(SELECT x.turned FROM account_topics x WHERE " ITS_ACCOUNT ")") \
	X("topics_waiting", NULL, "posts that were not looked at for topics", FORM_COUNT, 5, 6, 9, \
	  NOT_LOOKED_AT("a.post_count", ITS_ACCOUNT)) \
	X("sides", NULL, "its shares by the analyst's leanings", FORM_TEXT, 12, 30, 9, \
	  SIDES(ITS_ACCOUNT)) \
	X("first_seen", NULL, "first post in the case", FORM_TIME, 10, 19, 9, "a.first_seen") \
	X("last_seen", NULL, "last post in the case", FORM_TIME, 10, 19, 9, "a.last_seen") \
	X("source_file", NULL, "input that named it first", FORM_TEXT, 8, 20, 9, ORIGIN("a")) \
	X("row", NULL, "row in that input", FORM_COUNT, 4, 8, 9, "a.row")

/* Accounts of the group that one looks at; of any cluster where it is none. */
#define OF_GROUP "CASE WHEN ?14 IS NOT NULL THEN (SELECT count(DISTINCT s.account) FROM share s" \
	" WHERE s.source = o.id AND s.account IN " SET ") WHEN ?2 = 0 THEN o.cluster_accounts" \
	" ELSE (SELECT count(*) FROM member m WHERE m.cluster = ?2 AND EXISTS (SELECT 1" \
	" FROM share s WHERE s.account = m.account AND s.source = o.id)) END"

#define SOURCE_COLUMNS(X) \
	X("kind", "kind", "post, url, domain, hashtag, media or object", FORM_TEXT, 7, 7, 1, \
	  TERM("object_kind", "o.kind")) \
	X("key", "source", "what is shared", FORM_ID, 28, 40, 0, "o.key") \
	X("author", "author", "account behind it: handle, or native id", FORM_TEXT, 12, 16, 4, \
	  "coalesce((SELECT a.handle FROM account a WHERE a.native_id = o.author), o.author)") \
	X("text", "what it says", "text of the post, if the case has it", FORM_TEXT, 16, 0, 2, \
	  "CASE o.kind WHEN 0 THEN (SELECT p.text FROM post p WHERE p.native_id = o.key) END") \
	X("shares", "shares", "acts of sharing", FORM_COUNT, 6, 6, 2, "o.share_count") \
	X("accounts", "accts", "accounts that shared it", FORM_COUNT, 5, 6, 0, "o.account_count") \
	X("cluster_accounts", "in cl.", "of these in the cluster or set (or any cluster)", \
	  FORM_COUNT, 6, 6, 1, OF_GROUP) \
	X("copies", NULL, "of the shares, those known by text match across platforms", FORM_COUNT, \
	  6, 6, 9, "(SELECT count(*) FROM share s WHERE s.source = o.id AND s.basis = " COPIED ")") \
	X("first_seen", "first shared", "first act of sharing", FORM_TIME, 10, 19, 4, \
	  "o.first_seen") \
	X("last_seen", "last shared", "last act of sharing", FORM_TIME, 10, 19, 5, "o.last_seen") \
	X("leaning", NULL, "its side, by the analyst's list", FORM_TEXT, 6, 10, 9, \
	  LEANING_OF_SOURCE) \
	X("basis", NULL, "what it is known by: id, or text where the input had none: its account and " \
	  "its words", FORM_TEXT, 5, 5, 9, "(SELECT " TERM("share_basis", "s.basis") \
	  " FROM share s WHERE s.source = o.id AND s.basis <> " COPIED " LIMIT 1)") \
	REVIEW_COLUMNS(X, 6, STATUS(SOURCE, "o.id"), TAGS(SOURCE, "o.id"), \
		       TAG_COLOURS(SOURCE, "o.id")) \
	VERDICT_COLUMN(X, VERDICT_ON(VERDICT_WORDS, SOURCE, "o.id"))

/* A hashtag or a site. */
#define OBJECT_COLUMNS(X) \
	X("key", "name", "what is shared", FORM_ID, 20, 40, 0, "o.key") \
	X("accounts", "accts", "accounts that shared it", FORM_COUNT, 5, 6, 0, "o.account_count") \
	X("cluster_accounts", "in cl.", "of these in the cluster or set (or any cluster)", \
	  FORM_COUNT, 6, 6, 0, OF_GROUP) \
	X("shares", "shares", "acts of sharing", FORM_COUNT, 6, 7, 1, "o.share_count") \
	X("per_account", "each", "acts of sharing an account", FORM_REAL, 5, 6, 3, \
	  "CAST(o.share_count AS REAL) / nullif(o.account_count, 0)") \
	X("first_seen", "first shared", "first act of sharing", FORM_TIME, 10, 19, 4, \
	  "o.first_seen") \
	X("last_seen", "last shared", "last act of sharing", FORM_TIME, 10, 19, 5, "o.last_seen") \
	X("registered", NULL, "of a site: what somebody registered, bbc.co.uk of news.bbc.co.uk", \
	  FORM_ID, 12, 24, 9, "CASE o.kind WHEN " DOMAIN " THEN claque_registered(o.key) END") \
	X("imitates", NULL, "of a site: what its name passes for, as the last run found", \
	  FORM_TEXT, 16, 48, 9, "(SELECT w.why FROM lookalike w WHERE w.domain = o.id" \
	  " AND w.run = " LAST_RUN ")") \
	REVIEW_COLUMNS(X, 6, STATUS(SOURCE, "o.id"), TAGS(SOURCE, "o.id"), \
		       TAG_COLOURS(SOURCE, "o.id")) \
	VERDICT_COLUMN(X, VERDICT_ON(VERDICT_WORDS, SOURCE, "o.id"))

/*
 * Of post p, if its words were in another before: the share c that says so, the object co
 * of it, the earlier post q and its author x. Looked for once a row, not once a column.
 */
#define POST_JOINS " JOIN account a ON a.id = p.account" \
	" LEFT JOIN share c ON c.id = (SELECT s.id FROM share s WHERE s.post = p.id" \
	" AND s.basis = " COPIED " LIMIT 1) LEFT JOIN source co ON co.id = c.source" \
	" LEFT JOIN post q ON q.id = CASE WHEN c.id IS NOT NULL THEN coalesce((SELECT min(e.id)" \
	" FROM post e JOIN account w ON w.id = e.account WHERE e.native_id = co.key" \
	" AND w.native_id = co.author), (SELECT min(id) FROM post WHERE native_id = co.key)) END" \
	" LEFT JOIN account x ON x.id = q.account"

#define POST_COLUMNS(X) \
	X("at", "time (UTC)", "when it was posted", FORM_TIME, 16, 19, 0, "p.at") \
	X("account", "account", "handle, or native id", FORM_ID, 12, 16, 1, \
	  "coalesce(a.handle, a.native_id)") \
	X("kind", "kind", "original, reshare, reply, quote, ...", FORM_TEXT, 8, 8, 3, \
	  TERM("post_kind", "p.kind")) \
	X("likes", "likes", "likes", FORM_COUNT, 5, 6, 5, "p.likes") \
	X("text", "text", "what it says", FORM_TEXT, 16, 0, 0, "p.text") \
	X("also", "also by", "other accounts that shared the same post, link or picture", \
	  FORM_COUNT, 7, 7, 2, \
	  "(SELECT max(o.account_count) FROM share s JOIN source o ON o.id = s.source" \
	  " WHERE s.post = p.id AND o.kind NOT IN (" DOMAIN ", " HASHTAG ")) - 1") \
	X("lang", "lang", "language", FORM_TEXT, 4, 5, 6, "p.lang") \
	X("post_id", NULL, "native id", FORM_ID, 8, 20, 9, "p.native_id") \
	X("account_id", NULL, "native id of the account", FORM_ID, 8, 20, 9, "a.native_id") \
	X("platform", NULL, "platform", FORM_TEXT, 7, 9, 9, "a.platform") \
	X("topics", NULL, "what it is about, by rule packs", FORM_TEXT, 8, 20, 9, \
	  "(SELECT group_concat(t.name, ' ') FROM post_topic x JOIN topic t ON t.id = x.topic" \
	  " WHERE x.post = p.id)") \
	X("urls", NULL, "links as written in the input", FORM_TEXT, 8, 20, 9, "p.urls") \
	X("client", NULL, "client program", FORM_TEXT, 6, 12, 9, "p.client") \
	X("deleted_at", NULL, "when it was deleted, if that is known", FORM_TIME, 16, 19, 9, \
	  "p.deleted_at") \
	X("extras", NULL, "cells of its row that no field takes, as JSON", FORM_TEXT, 8, 20, 9, \
	  "(SELECT cells FROM extra_row x WHERE x.input_file = p.input_file AND x.row = p.row)") \
	X("shares", NULL, "reshares that the platform counted", FORM_COUNT, 5, 6, 9, "p.shares") \
	X("replies", NULL, "replies that the platform counted", FORM_COUNT, 5, 6, 9, "p.replies") \
	X("basis", NULL, "what a thing that it shares is known by, if not by its id", FORM_TEXT, 5, 9, \
	  9, "(SELECT group_concat(DISTINCT " TERM("share_basis", "s.basis") ") FROM share s" \
	  " WHERE s.post = p.id AND s.basis <> 0)") \
	X("source_file", NULL, "input that holds it", FORM_TEXT, 8, 20, 9, ORIGIN("p")) \
	X("row", NULL, "row in that input", FORM_COUNT, 4, 8, 9, "p.row") \
	STATUS_COLUMN(X, 7, STATUS(POST, "p.id")) \
	X("copy_of", NULL, "the earlier post on another platform whose words it has, by text match", \
	  FORM_TEXT, 8, 40, 9, "CASE WHEN c.id IS NOT NULL THEN " MATCH_WORDS("c", "co") " END") \
	X("copied_account", NULL, "whose earlier post that is: handle, or native id", FORM_ID, 12, 16, \
	  9, "coalesce('@' || nullif(ltrim(x.handle, '@'), ''), x.native_id)") \
	X("copied_platform", NULL, "where it stands", FORM_TEXT, 7, 9, 9, "x.platform") \
	X("copied_at", NULL, "when it was posted", FORM_TIME, 10, 19, 9, "q.at") \
	X("copy_similarity", NULL, "how much of the two texts is the same, 0 to 1", FORM_SCORE, 4, 5, 9, \
	  "c.similarity")

#define CHANGE_COLUMNS(X) \
	X("at", "when (UTC)", "when it was; of a change between two looks, when it was seen", FORM_TIME, \
	  16, 19, 0, "h.at") \
	X("account", "account", "handle, or native id", FORM_ID, 12, 16, 1, \
	  "coalesce(a.handle, a.native_id)") \
	X("field", "field", "what changed", FORM_TEXT, 12, 12, 0, "h.field") \
	X("old", "from", "before", FORM_TEXT, 13, 0, 1, "h.old_value") \
	X("new", "to", "after", FORM_TEXT, 13, 0, 0, "h.new_value") \
	X("with", "with", "other accounts that changed within 6 hours", FORM_COUNT, 4, 5, 2, \
	  "(SELECT count(DISTINCT g.account) FROM profile_change g WHERE g.at BETWEEN" \
	  " h.at - " HOURS_6 " AND h.at + " HOURS_6 " AND g.account <> h.account)") \
	X("after_at", "but after", "of a change between two looks: the earlier one, which shows the old", \
	  FORM_TIME, 10, 16, 4, "h.after_at") \
	X("basis", NULL, "told by the input, or between two looks at the profile", FORM_TEXT, 5, 9, 9, \
	  "CASE WHEN h.after_at IS NULL THEN 'told' ELSE 'two looks' END") \
	X("minor", NULL, "1 if only capitals differ", FORM_FLAG, 3, 5, 9, \
	  "lower(ltrim(h.old_value, '@')) = lower(ltrim(h.new_value, '@'))") \
	X("account_id", NULL, "native id of the account", FORM_ID, 8, 20, 9, "a.native_id") \
	X("platform", NULL, "platform", FORM_TEXT, 7, 9, 9, "a.platform") \
	X("source_file", NULL, "input that holds it", FORM_TEXT, 8, 20, 9, ORIGIN("h")) \
	X("row", NULL, "row in that input", FORM_COUNT, 4, 8, 9, "h.row") \
	STATUS_COLUMN(X, 4, STATUS(CHANGE, "h.id"))

#define EVIDENCE_COLUMNS(X) \
	X("cluster", "id", "cluster", FORM_ID, 4, 5, 5, "c.name") \
	X("axis", "axis", "coordination, deception or overtness", FORM_TEXT, 12, 12, 4, \
	  TERM("axis", "e.axis")) \
	X("signal", "signal", "what was measured", FORM_TEXT, 18, 18, 1, "e.signal") \
	X("log_odds", "log odds", "natural-log odds it adds to the score", FORM_ODDS, 8, 8, 0, \
	  "e.log_odds") \
	X("observed", "observed", "what was seen", FORM_REAL, 6, 8, 1, "e.observed") \
	X("expected", "expected", "expected by chance", FORM_REAL, 6, 8, 3, "e.expected") \
	X("unit", NULL, "of both", FORM_TEXT, 5, 10, 9, "e.unit") \
	X("p", "p", "chance of at least that", FORM_PVALUE, 7, 7, 2, "e.p") \
	X("n", "n", "measured on so many", FORM_COUNT, 4, 6, 6, "e.n") \
	X("kind", "side", "for or against", FORM_TEXT, 7, 7, 0, "e.kind") \
	X("popularity", NULL, "acts on the object, by anybody", FORM_COUNT, 6, 8, 9, \
	  "e.popularity") \
	X("surrogate", NULL, "the figure in surrogate worlds", FORM_REAL, 6, 8, 9, "e.surrogate") \
	X("worlds", NULL, "surrogate worlds behind that", FORM_COUNT, 4, 6, 9, "e.worlds") \
	X("text", "reason", "in words", FORM_TEXT, 20, 0, 0, "e.text") \
	X("rows", NULL, "example rows, file:row", FORM_TEXT, 8, 30, 9, \
	  "(SELECT group_concat(f.path || ':' || p.row, ' ') FROM evidence_post x" \
	  " JOIN post p ON p.id = x.post JOIN input_file f ON f.id = p.input_file" \
	  " WHERE x.evidence = e.id)")

#define INNOCENT_COLUMNS(X) \
	X("cluster", "id", "cluster", FORM_ID, 4, 5, 5, "c.name") \
	X("explanation", "explanation", "what would be innocent", FORM_TEXT, 12, 14, 0, \
	  "e.signal") \
	X("score", "score", "share of what speaks for the lead that it accounts for; empty: the" \
	  " data do not tell", FORM_SCORE, 5, 5, 0, "e.observed") \
	X("n", "n", "measured on so many", FORM_COUNT, 4, 6, 6, "e.n") \
	X("text", "numbers", "what it rests on", FORM_TEXT, 20, 0, 0, "e.text") \
	X("unexplained", NULL, "what it leaves unexplained", FORM_TEXT, 16, 30, 9, "e.unexplained") \
	X("covered", NULL, "share of the joint action that it fits", FORM_SCORE, 5, 5, 9, \
	  "e.covered") \
	X("tests", NULL, "what it looks at", FORM_TEXT, 16, 40, 9, "e.tests")

#define EDGE_COLUMNS(X) \
	X("a", "account a", "native id", FORM_ID, 8, 20, 0, NATIVE("e.a")) \
	X("b", "account b", "native id", FORM_ID, 8, 20, 0, NATIVE("e.b")) \
	X("weight", "weight", "objects shared by both within the window", FORM_COUNT, 6, 6, 0, \
	  "e.weight") \
	X("pairs", "pairs", "pairs of acts", FORM_COUNT, 5, 6, 3, "e.pairs") \
	X("expected", "expected", "weight expected by chance", FORM_REAL, 8, 9, 1, "e.expected") \
	X("p", "p", "chance of at least this weight", FORM_PVALUE, 7, 7, 2, "e.p") \
	X("q", "q", "false discovery rate", FORM_PVALUE, 5, 7, 3, "e.q") \
	X("first_seen", "first seen", "first act behind it", FORM_TIME, 10, 19, 5, "e.first_seen") \
	X("last_seen", "last seen", "last act behind it", FORM_TIME, 10, 19, 6, "e.last_seen") \
	X("median_lag_s", "lag s", "median seconds between the two", FORM_COUNT, 5, 6, 2, \
	  "e.median_lag_s") \
	X("leader", "leader", "account that was first more often", FORM_ID, 8, 20, 4, \
	  NATIVE("e.leader")) \
	X("signal", "signal", "which shares", FORM_TEXT, 8, 12, 4, "e.signal") \
	X("a_platform", NULL, "platform of a", FORM_TEXT, 7, 9, 9, PLATFORM("e.a")) \
	X("b_platform", NULL, "platform of b", FORM_TEXT, 7, 9, 9, PLATFORM("e.b")) \
	X("a_handle", NULL, "handle of a", FORM_TEXT, 8, 16, 9, HANDLE("e.a")) \
	X("b_handle", NULL, "handle of b", FORM_TEXT, 8, 16, 9, HANDLE("e.b")) \
	X("log10_p", NULL, "logarithm of p, which is 0 below 1e-307", FORM_REAL, 5, 8, 9, \
	  "e.log10_p") \
	X("window_s", NULL, "seconds; -1 the whole period", FORM_COUNT, 5, 8, 9, "e.window_s") \
	X("timing_expected", NULL, "common objects within the window by their own pace", FORM_REAL, \
	  8, 9, 9, "e.timing_expected") \
	X("timing_p", NULL, "chance of so many, given what they share", FORM_PVALUE, 7, 7, 9, \
	  "e.timing_p")

#define NEIGHBOUR_COLUMNS(X) \
	X("neighbour", "account", "handle, or native id", FORM_ID, 10, 16, 0, \
	  "coalesce('@' || nullif(ltrim(a.handle, '@'), ''), a.native_id)") \
	X("weight", "shared", "objects shared by both within the window", FORM_COUNT, 6, 6, 0, \
	  "n.weight") \
	X("expected", "expected", "of these by chance", FORM_REAL, 6, 8, 1, "n.expected") \
	X("surprise", "surprise", "-log10 of p: how unlikely by chance", FORM_REAL, 6, 8, 2, \
	  "-n.log10_p") \
	X("median_lag_s", "lag s", "median seconds between the two", FORM_COUNT, 5, 5, 3, \
	  "n.median_lag_s") \
	X("leads", "first", "who was first more often: it, or the other", FORM_TEXT, 5, 5, 6, \
	  "CASE WHEN n.leader = n.other THEN 'it' WHEN ?2 = 0 AND ?14 IS NULL AND n.leader = ?1" \
	  " THEN 'other' END") \
	X("cluster", "clus", "cluster of the last run", FORM_ID, 4, 5, 4, "c.name") \
	X("signal", "signal", "which shares", FORM_TEXT, 9, 12, 5, "n.signal") \
	X("edges", "ties", "edges: of several signals, or inside the cluster", FORM_COUNT, 4, 5, 7, \
	  "n.edges") \
	X("score", "score", "of the last run, 0 to 1", FORM_SCORE, 5, 5, 8, "a.score") \
	X("display_name", "name", "display name", FORM_TEXT, 8, 0, 9, "a.display_name") \
	X("looks_like", NULL, "whose names its own pass for, written otherwise", FORM_TEXT, 8, 16, 9, \
	  LOOKS_LIKE("a.id")) \
	X("first_seen", NULL, "first act behind the edge", FORM_TIME, 10, 19, 9, "n.first_seen") \
	X("last_seen", NULL, "last act behind the edge", FORM_TIME, 10, 19, 9, "n.last_seen") \
	X("account_id", NULL, "native id", FORM_ID, 10, 20, 9, "a.native_id") \
	STATUS_COLUMN(X, 8, STATUS(ACCOUNT, "a.id")) \
	X("platform", NULL, "platform", FORM_TEXT, 7, 9, 9, "a.platform")

#define MEMBER_COLUMNS(X) \
	X("cluster", "id", "cluster", FORM_ID, 4, 5, 3, "c.name") \
	X("account_id", "account", "native id", FORM_ID, 10, 20, 0, "a.native_id") \
	X("platform", NULL, "platform", FORM_TEXT, 7, 9, 9, "a.platform") \
	X("handle", "handle", "handle", FORM_TEXT, 8, 16, 1, "a.handle") \
	X("score", "score", "0 to 1", FORM_SCORE, 5, 5, 0, "m.score") \
	X("role", "role", "core, amplifier, seed or exposed", FORM_TEXT, 4, 9, 2, TERM("role", "m.role")) \
	X("degree", "edges", "significant edges inside the cluster", FORM_COUNT, 5, 6, 2, \
	  "m.degree") \
	X("stability", NULL, "share of looks that put it into this group", FORM_SCORE, 5, 5, 9, \
	  "m.stability") \
	X("looks", NULL, "time windows and seeds looked at", FORM_COUNT, 4, 5, 9, "m.looks") \
	X("firsts", NULL, "share of the group's common objects that it had first", FORM_SCORE, 5, 5, \
	  9, "m.firsts") \
	X("median_lag_s", NULL, "median seconds behind the first on the others", FORM_COUNT, 5, 6, 9, \
	  "m.median_lag_s") \
	X("cell", NULL, "number of its cell inside the cluster; 0: in none", FORM_COUNT, 4, 4, 9, \
	  "m.cell") \
	X("display_name", "name", "display name", FORM_TEXT, 8, 0, 4, "a.display_name") \
	X("posts", "posts", "posts in the case", FORM_COUNT, 5, 6, 5, "a.post_count") \
	STATUS_COLUMN(X, 6, STATUS(ACCOUNT, "a.id"))

/* Kinds that nothing is looked for by, titles that anybody writes, platforms that are not here. */
_Static_assert(INDICATOR_md5 == 7 && INDICATOR_count == 11 && INDICATOR_text == 12,
	       "numbers in the SQL of lists.c");
#define HOPELESS "CASE WHEN i.kind = 11 THEN 'a mere number'" \
	" WHEN i.kind BETWEEN 7 AND 10 THEN 'no kind of a case'" \
	" WHEN coalesce(i.value, '') = '' THEN 'no value'" \
	" WHEN i.kind = 12 AND NOT claque_telling(i.value) THEN 'too general'" \
	" WHEN i.kind IN (1, 2) AND i.platform <> '' AND i.platform NOT IN (SELECT" \
	" CASE platform WHEN 'twitter' THEN 'x' ELSE platform END FROM account) THEN" \
	" i.platform || ' is not here' END"

#define INDICATOR_COLUMNS(X) \
	X("kind", "kind", "domain, account, url, ...", FORM_TEXT, 7, 10, 1, \
	  TERM("indicator_kind", "i.kind")) \
	X("value", "indicator", "normalised for comparing", FORM_ID, 16, 0, 0, "i.value") \
	X("platform", "platform", "of an account or post", FORM_TEXT, 6, 10, 2, "i.platform") \
	X("source_file", "file", "input that holds it", FORM_TEXT, 12, 20, 5, ORIGIN("i")) \
	X("row", "row", "row in that input", FORM_COUNT, 4, 6, 4, "i.row") \
	X("raw", NULL, "as published", FORM_TEXT, 8, 20, 9, "i.raw") \
	X("role", "role", "persona, amplifier, ...", FORM_TEXT, 9, 10, 6, "i.role") \
	X("tactic", "tactic", "kill-chain tactic", FORM_TEXT, 18, 18, 3, "i.tactic") \
	X("technique", NULL, "kill-chain technique", FORM_TEXT, 8, 20, 9, "i.technique") \
	X("procedure", NULL, "its number", FORM_TEXT, 5, 8, 9, "i.procedure") \
	X("note", NULL, "note of the publisher", FORM_TEXT, 8, 20, 9, "i.note") \
	X("published", "published", "as written", FORM_TEXT, 10, 10, 5, "i.published") \
	X("count", NULL, "of a count", FORM_COUNT, 5, 7, 9, "i.count") \
	X("hopeless", "cannot match", "why nothing here can match it: a mere number, a title that" \
	  " anybody writes, a kind that no case holds, a platform that is not in this one (where" \
	  " only a link or the name on another one could); empty: something can", FORM_TEXT, 19, 22, \
	  2, HOPELESS)

/* What a match x of an indicator i hit: accounts, sources, posts. */
#define NEAR "7"
_Static_assert(MATCH_near == 7, "number in the SQL of lists.c");
/*
 * Of the group that one looks at only its own accounts count, and what they did; of the
 * whole case everybody.
 */
#define WHOLE_CASE "(?2 = 0 AND ?14 IS NULL)"
#define THE_GROUP "(SELECT account FROM member WHERE cluster = ?2 UNION ALL" \
	" SELECT value FROM json_each(?14))"
#define COUNTS(account) "(" WHOLE_CASE " OR " account " IN " THE_GROUP ")"
#define HIT_ACCOUNTS "(SELECT h.subject AS account FROM match_hit h WHERE h.match = x.id" \
	" AND h.kind = 2 AND " COUNTS("h.subject") " UNION SELECT s.account FROM match_hit h" \
	" JOIN share s ON s.source = h.subject WHERE h.match = x.id AND h.kind = 3 AND " \
	COUNTS("s.account") " UNION SELECT p.account FROM match_hit h JOIN post p" \
	" ON p.id = h.subject WHERE h.match = x.id AND h.kind = 4 AND " COUNTS("p.account") ")"
#define HIT_COUNTS "(" WHOLE_CASE " OR CASE h.kind WHEN 2 THEN h.subject IN " THE_GROUP \
	" WHEN 3 THEN EXISTS (SELECT 1 FROM share s WHERE s.source = h.subject" \
	" AND s.account IN " THE_GROUP ") ELSE (SELECT p.account FROM post p" \
	" WHERE p.id = h.subject) IN " THE_GROUP " END)"
/* Their acts: of what was hit as a source, what they shared; else what they posted. */
#define GROUP_ACTS(what) "(SELECT " what " FROM (SELECT s.at AS v FROM match_hit h JOIN share s" \
	" ON s.source = h.subject WHERE h.match = x.id AND h.kind = 3 AND s.account IN " THE_GROUP \
	" UNION ALL SELECT p.at FROM match_hit h JOIN post p ON p.id = h.subject" \
	" WHERE h.match = x.id AND h.kind = 4 AND p.account IN " THE_GROUP \
	" UNION ALL SELECT p.at FROM match_hit h JOIN post p ON p.account = h.subject" \
	" WHERE h.match = x.id AND h.kind = 2 AND h.subject IN " THE_GROUP "))"
/* What is counted already where it is one source only. */
#define ONE_SOURCE "(SELECT " WHOLE_CASE " AND count(*) = 1 AND min(kind) = 3" \
	" FROM match_hit h WHERE h.match = x.id)"
#define OF_SOURCE(what) "(SELECT o." what " FROM match_hit h JOIN source o ON o.id = h.subject" \
	" WHERE h.match = x.id)"
#define OF_HITS(what, account, source, post) "(SELECT " what " FROM (" \
	"SELECT a." account " AS v FROM match_hit h JOIN account a ON a.id = h.subject" \
	" WHERE h.match = x.id AND h.kind = 2 UNION ALL" \
	" SELECT o." source " FROM match_hit h JOIN source o ON o.id = h.subject" \
	" WHERE h.match = x.id AND h.kind = 3 UNION ALL" \
	" SELECT " post " FROM match_hit h JOIN post p ON p.id = h.subject" \
	" WHERE h.match = x.id AND h.kind = 4))"
#define OF_ACTS(of_group, what, account, source, post) "CASE WHEN " WHOLE_CASE " THEN " \
	OF_HITS(what, account, source, post) " ELSE " GROUP_ACTS(of_group) " END"
#define HOW_NUMBER(name, words, caution) " WHEN '" words "' THEN '" caution "'"
#define CAVEAT "(CASE " TERM("match_how", "x.how") MATCH_HOW_LIST(HOW_NUMBER) \
	" ELSE '' END || " MATCH_CAVEAT_SQL ")"

#define MATCH_COLUMNS(X) \
	X("kind", "kind", "domain, account, url, ...", FORM_TEXT, 7, 8, 1, \
	  TERM("indicator_kind", "i.kind")) \
	X("value", "indicator", "normalised for comparing", FORM_ID, 16, 30, 0, "i.value") \
	X("how", "how", "how something here matches: the same, subdomain, in the text, linked, " \
	  "in profile, former, elsewhere, near", FORM_TEXT, 11, 11, 0, TERM("match_how", "x.how")) \
	X("here", "here", "what it is here: the first of them", FORM_ID, 12, 26, 1, \
	  "(SELECT CASE h.kind WHEN 2 THEN (SELECT coalesce('@' || nullif(ltrim(handle, '@'), '')," \
	  " native_id) FROM account WHERE id = h.subject)" \
	  " WHEN 3 THEN (SELECT key FROM source WHERE id = h.subject)" \
	  " ELSE (SELECT coalesce(text, native_id) FROM post WHERE id = h.subject) END" \
	  " FROM match_hit h WHERE h.match = x.id AND " HIT_COUNTS \
	  " ORDER BY h.kind, h.subject LIMIT 1)") \
	X("accounts", "accts", "accounts that it is, or that shared or wrote it; of a cluster or set" \
	  " its own", FORM_COUNT, 5, 6, \
	  0, "CASE WHEN " ONE_SOURCE " THEN " OF_SOURCE("account_count") \
	  " ELSE (SELECT count(*) FROM " HIT_ACCOUNTS ") END") \
	X("cluster_accounts", "in cl.", "of these in any cluster", FORM_COUNT, 6, 6, 0, \
	  "CASE WHEN " ONE_SOURCE " THEN " OF_SOURCE("cluster_accounts") \
	  " ELSE (SELECT count(*) FROM " HIT_ACCOUNTS " k WHERE EXISTS (SELECT 1 FROM member m" \
	  " WHERE m.account = k.account AND m.run = " LAST_RUN ")) END") \
	X("acts", "acts", "acts of sharing, posts that say it, or posts of these accounts", FORM_COUNT, \
	  5, 7, 2, OF_ACTS("count(*)", "sum(v)", "post_count", "share_count", "1")) \
	X("first_seen", "first here", "first of these acts", FORM_TIME, 10, 19, 4, \
	  OF_ACTS("min(v)", "min(v)", "first_seen", "first_seen", "p.at")) \
	X("last_seen", "last here", "last of these acts", FORM_TIME, 10, 19, 5, \
	  OF_ACTS("max(v)", "max(v)", "last_seen", "last_seen", "p.at")) \
	X("tactic", "tactic", "kill-chain tactic", FORM_TEXT, 6, 18, 6, "i.tactic") \
	X("platform", NULL, "of an account or post", FORM_TEXT, 6, 10, 9, "i.platform") \
	X("note", NULL, "note of the publisher", FORM_TEXT, 8, 20, 9, "i.note") \
	X("caveat", NULL, "what the publisher says a match is worth, and how sure this one is", \
	  FORM_TEXT, 20, 40, 9, CAVEAT) \
	X("source_file", "file", "input that holds it", FORM_TEXT, 8, 20, 7, ORIGIN("i")) \
	X("row", "row", "row in that input", FORM_COUNT, 4, 6, 7, "i.row")

/* From the one before to this one, as people say it: "gap 12 d", "overlap 3 h". */
#define GAP "(CASE WHEN u.gap < 0 THEN 'overlap ' ELSE 'gap ' END ||" \
	" CASE WHEN abs(u.gap) >= 172800000 THEN (abs(u.gap) / 86400000) || ' d'" \
	" WHEN abs(u.gap) >= 7200000 THEN (abs(u.gap) / 3600000) || ' h'" \
	" ELSE (abs(u.gap) / 60000) || ' min' END)"

#define HANDLE_COLUMNS(X) \
	X("handle", "handle", "the handle; case makes no difference", FORM_TEXT, 19, 20, 0, \
	  "u.handle") \
	X("account_id", "account", "who had it: native id", FORM_ID, 19, 20, 0, "a.native_id") \
	X("handle_now", "called now", "the handle that this account has now", FORM_TEXT, 15, 18, 2, \
	  "a.handle") \
	X("seen_from", "seen from", "first seen with it; not when it was taken", FORM_TIME, 10, 16, \
	  1, "u.from_at") \
	X("until", "seen until", "last seen with it; has it: the account is called so in what was seen" \
	  " last of it", FORM_TEXT, 10, 10, 1, \
	  "CASE WHEN u.now THEN 'has it' ELSE strftime('%Y-%m-%d', u.until_at / 1000, 'unixepoch') END") \
	X("between", "between", "from the last that had it before: a gap, or an overlap", FORM_TEXT, \
	  14, 14, 1, GAP) \
	X("holder_now", "has it now", "which account is called so now: native id", FORM_TEXT, 10, 16, \
	  2, "(SELECT group_concat(n.native_id, ' ') FROM handle_use o JOIN account n" \
	  " ON n.id = o.account WHERE o.platform = u.platform AND o.key = u.key AND o.now)") \
	X("accounts", "accts", "accounts that had it", FORM_COUNT, 5, 5, 4, "u.holders") \
	X("handles", "hdls", "handles that this account had", FORM_COUNT, 4, 5, 4, "u.handles") \
	X("basis", "known by", "how it is known", FORM_TEXT, 16, 28, 5, \
	  TERM("handle_basis", "u.basis")) \
	X("gone_by", NULL, "seen with another one first", FORM_TIME, 10, 19, 9, "u.gone_by") \
	X("now", NULL, "1 if the account is called so now", FORM_FLAG, 3, 3, 9, "u.now") \
	X("seen_until", NULL, "last seen with it, to the second", FORM_TIME, 10, 19, 9, "u.until_at") \
	X("platform", NULL, "platform", FORM_TEXT, 7, 9, 9, "u.platform") \
	X("cluster", NULL, "cluster of the account", FORM_ID, 4, 5, 9, \
	  "(SELECT k.name FROM member m JOIN cluster k ON k.id = m.cluster" \
	  " WHERE m.account = u.account AND m.run = " LAST_RUN ")") \
	X("source_file", NULL, "input that tells it first", FORM_TEXT, 8, 20, 9, ORIGIN("u")) \
	X("row", NULL, "row in that input", FORM_COUNT, 4, 8, 9, "u.row")

/* What lists of accounts end with, whatever they are lists of. */
#define WHO_COLUMNS(X) \
	X("display_name", "name", "display name", FORM_TEXT, 12, 18, 3, "a.display_name") \
	X("created_at", "created", "when the account was made", FORM_TIME, 10, 19, 5, \
	  "a.created_at") \
	X("posts", "posts", "posts in the case", FORM_COUNT, 5, 6, 3, "a.post_count") \
	STATUS_COLUMN(X, 4, STATUS(ACCOUNT, "a.id")) \
	X("looks_like", NULL, "whose names its own pass for, written otherwise", FORM_TEXT, 8, 16, 9, \
	  LOOKS_LIKE("a.id")) \
	X("platform", NULL, "platform", FORM_TEXT, 7, 9, 9, "a.platform")

#define MOVER_COLUMNS(X) \
	X("account_id", "account", "native id", FORM_ID, 17, 20, 4, "a.native_id") \
	X("handle", "handle", "handle", FORM_TEXT, 14, 20, 0, "a.handle") \
	X("firsts", "first", "objects that it shared before the others of the group", FORM_COUNT, \
	  5, 6, 0, "f.firsts") \
	X("common", "of", "objects that it shares with others of the group", FORM_COUNT, 5, 6, 0, \
	  "f.common") \
	X("part", "part", "how many of these it had first", FORM_SCORE, 5, 5, 0, \
	  "CAST(f.firsts AS REAL) / f.common") \
	X("lag_s", "lag s", "mean seconds behind the first", FORM_REAL, 6, 8, 1, "f.lag") \
	X("score", "score", "of the last run, 0 to 1", FORM_SCORE, 5, 5, 2, "a.score") \
	WHO_COLUMNS(X)

#define SHARER_COLUMNS(X) \
	X("account_id", "account", "native id", FORM_ID, 17, 20, 4, "a.native_id") \
	X("handle", "handle", "handle", FORM_TEXT, 14, 20, 0, "a.handle") \
	X("common", "shared", "of what is marked, how much it shared", FORM_COUNT, 6, 6, 0, \
	  "f.common") \
	X("firsts", "first", "of these, how much it had before all others of the case", FORM_COUNT, \
	  5, 6, 0, "f.firsts") \
	X("lag_s", "lag s", "mean seconds behind the first", FORM_REAL, 6, 8, 1, "f.lag") \
	X("cluster", "clus", "cluster of the last run", FORM_ID, 4, 5, 1, \
	  "(SELECT c.name FROM member m JOIN cluster c ON c.id = m.cluster" \
	  " WHERE m.account = a.id AND m.run = " LAST_RUN ")") \
	X("score", "score", "of the last run, 0 to 1", FORM_SCORE, 5, 5, 2, "a.score") \
	WHO_COLUMNS(X)

#define EVENT_COLUMNS(X) \
	X("at", "when (UTC)", "when it happened; of a whole day its start", FORM_TIME, 10, 19, 0, \
	  "v.at") \
	X("label", "event", "what happened", FORM_TEXT, 16, 0, 0, "v.label") \
	X("source", "source", "where it can be read about", FORM_TEXT, 8, 30, 2, "v.source") \
	X("whole_day", "day", "1: no time of day is known", FORM_FLAG, 3, 3, 3, "v.whole_day") \
	X("source_file", "file", "table that holds it", FORM_TEXT, 8, 20, 4, "v.file") \
	X("row", "row", "row in that table", FORM_COUNT, 4, 6, 4, "v.row")

#define INPUT_COLUMNS(X) \
	X("path", "file", "path as given", FORM_TEXT, 12, 0, 0, "f.path") \
	X("format", "format", "format", FORM_TEXT, 6, 14, 1, "f.format") \
	X("place", NULL, "path from the root, when it was imported", FORM_TEXT, 12, 20, 9, \
	  "coalesce(f.place, f.path)") \
	X("rows", "rows", "data rows read", FORM_COUNT, 5, 7, 0, "f.rows") \
	X("taken", "taken", "rows taken", FORM_COUNT, 5, 7, 1, "f.taken") \
	X("duplicates", "dupl.", "rows that were there already", FORM_COUNT, 5, 7, 2, \
	  "f.duplicates") \
	X("refused", "refused", "rows refused", FORM_COUNT, 7, 7, 0, "f.refused") \
	X("partly", NULL, "rows (pages of posts) of which only a part was taken", FORM_COUNT, 6, 7, 9, \
	  "f.partly") \
	X("done", "whole", "0: the import was interrupted", FORM_FLAG, 5, 5, 2, "f.done") \
	X("bytes", "bytes", "size of the file", FORM_COUNT, 5, 7, 4, "f.bytes") \
	X("sha256", NULL, "digest of the file", FORM_ID, 16, 64, 9, "f.sha256") \
	X("started_at", "started", "start of the import", FORM_TIME, 16, 19, 3, "f.started_at") \
	X("ended_at", NULL, "end of the import", FORM_TIME, 16, 19, 9, "f.ended_at") \
	X("importer", NULL, "version of claque", FORM_TEXT, 6, 8, 9, "f.importer")

#define REFUSED_COLUMNS(X) \
	X("source_file", "file", "input", FORM_TEXT, 8, 24, 1, ORIGIN("r")) \
	X("row", "row", "row in it, the header is 1", FORM_COUNT, 6, 8, 0, "r.row") \
	X("reason", "reason", "why it was refused", FORM_TEXT, 16, 0, 0, "r.reason")

#define NOTE_COLUMNS(X) \
	X("kind", "kind", "note, tag, pin, verdict, highlight, claim, evidence, ...", FORM_TEXT, 9, 10, 1, \
	  TERM("annotation_kind", "n.kind")) \
	X("target", "on", "what it stands on", FORM_TEXT, 12, 20, 0, "n.target_name") \
	X("word", "says", "the verdict; a label, likelihood, side or key", FORM_TEXT, 9, 10, 1, \
	  "nullif(n.word, '')") \
	X("text", "text", "note, tag, or the reason of a verdict", FORM_TEXT, 12, 0, 1, "n.text") \
	X("confidence", NULL, "low, moderate, high; how a source is weighed; a category", FORM_TEXT, 4, 8, 9, \
	  "nullif(n.confidence, '')") \
	X("colour", NULL, "of a tag or highlight", FORM_TEXT, 4, 7, 9, "nullif(n.colour, '')") \
	X("quote", "passage", "what is highlighted, or cited", FORM_TEXT, 8, 24, 3, "nullif(n.quote, '')") \
	X("who", "who", "analyst", FORM_TEXT, 6, 10, 2, "n.who") \
	X("at", "when (UTC)", "when it was written", FORM_TIME, 16, 19, 2, "n.at") \
	X("target_kind", NULL, "cluster, account, source, ...", FORM_TEXT, 6, 8, 9, \
	  TERM("subject", "n.target_kind")) \
	X("belongs_to", NULL, "number of the claim that evidence belongs to", FORM_COUNT, 4, 6, 9, \
	  "nullif(n.about, 0)")

/* A claim that stands, k, and one of its rows, n: itself, or evidence. */
#define STANDING_CLAIMS "(SELECT id, " LINE_OF("c.id") " AS line, target_kind, target, target_name" \
	" FROM annotation c WHERE c.live AND c.kind = 5) k"
#define CLAIM_ROWS STANDING_CLAIMS " JOIN annotation n ON n.live AND ((n.kind = 5 AND n.id = k.id)" \
	" OR (n.kind = 6 AND n.about = k.line AND n.about <> 0))"
#define CLAIM_ORDER "format('%012d %d %012d', k.line, CASE n.kind WHEN 5 THEN 0 ELSE" \
	" instr('for against neutral', n.word) END, n.id)"
#define EVIDENCE_OF_CLAIM(side) "CASE n.kind WHEN 5 THEN (SELECT count(*) FROM annotation e" \
	" WHERE e.live AND e.kind = 6 AND e.about = k.line AND e.about <> 0 AND e.word = '" side "') END"
_Static_assert(ANNOTATION_claim == 5 && ANNOTATION_evidence == 6 && ANNOTATION_hypothesis == 7 &&
	       ANNOTATION_rating == 8, "numbers in the SQL of lists.c");
#define CLAIM_COLUMNS(X) \
	X("number", "no", "number of the claim or evidence, for other commands", FORM_COUNT, 3, 5, 1, \
	  LINE_OF("n.id")) \
	X("part", "part", "claim; or evidence: for, against, neutral", FORM_TEXT, 5, 7, 0, \
	  "CASE n.kind WHEN 5 THEN 'claim' ELSE n.word END") \
	X("target", "on", "what the claim is about; what the evidence is", FORM_TEXT, 8, 16, 1, \
	  "n.target_name") \
	X("text", "text", "the sentence; what the evidence shows", FORM_TEXT, 16, 0, 0, "n.text") \
	X("likelihood", "likelihood", "of a claim, as ICD 203 has it", FORM_TEXT, 6, 18, 2, \
	  "CASE n.kind WHEN 5 THEN nullif(n.word, '') END") \
	X("confidence", NULL, "in a claim: low, moderate, high", FORM_TEXT, 4, 8, 9, \
	  "CASE n.kind WHEN 5 THEN nullif(n.confidence, '') END") \
	X("speaks_for", "for", "evidence for the claim", FORM_COUNT, 3, 4, 2, EVIDENCE_OF_CLAIM("for")) \
	X("speaks_against", "agst", "evidence against it", FORM_COUNT, 4, 4, 2, \
	  EVIDENCE_OF_CLAIM("against")) \
	X("weight", "source", "of evidence: Admiralty code, A1 to F6", FORM_TEXT, 6, 6, 3, \
	  "CASE n.kind WHEN 6 THEN nullif(n.confidence, '') END") \
	X("who", "who", "analyst", FORM_TEXT, 4, 10, 3, "n.who") \
	X("at", "when (UTC)", "when it was written", FORM_TIME, 16, 19, 4, "n.at") \
	X("claim", NULL, "number of the claim", FORM_COUNT, 3, 5, 9, "k.line") \
	X("target_kind", NULL, "cluster, account, source, ...; none: the whole case", FORM_TEXT, 6, 8, \
	  9, TERM("subject", "n.target_kind")) \
	X("reopens", NULL, "command that shows the evidence", FORM_TEXT, 8, 24, 9, \
	  "CASE n.kind WHEN 6 THEN (SELECT l.command FROM ledger l WHERE l.action = 'evidence'" \
	  " AND l.payload ->> 'annotation' = n.id AND l.command <> '' ORDER BY l.seq DESC LIMIT 1) END")

/* The seven hypotheses y of every case, and analysts' own. */
#define HYPOTHESES "(SELECT 0 AS n, '' AS key, '' AS text, 0 AS target_kind, 0 AS target WHERE 0" \
	HYPOTHESIS_LIST(HYPOTHESIS_ROW) " UNION ALL SELECT 100 + id, word, text, target_kind, target" \
	" FROM annotation WHERE live AND kind = 7) y"
#define HYPOTHESIS_ROW(key, text) \
	" UNION ALL SELECT CAST(substr('" #key "', 2) AS INTEGER), '" #key "', '" text "', 0, 0"
#define SAME_SUBJECT(a, b) a ".target_kind = " b ".target_kind AND (" a ".target = " b ".target OR (" \
	a ".target_kind = 1 AND (SELECT name FROM cluster WHERE id = " a ".target) =" \
	" (SELECT name FROM cluster WHERE id = " b ".target)))"
#define ACH_ROWS STANDING_CLAIMS " JOIN annotation n ON n.live AND n.kind = 6 AND n.about = k.line" \
	" AND n.about <> 0 JOIN " HYPOTHESES " ON y.target_kind = 0 OR (" SAME_SUBJECT("y", "k") ")" \
	" LEFT JOIN annotation r ON r.live AND r.kind = 8 AND r.about = " LINE_OF("n.id") \
	" AND r.about <> 0 AND r.word = y.key COLLATE NOCASE"
#define ACH_ORDER "format('%012d %012d %012d', k.line, n.id, y.n)"
#define ACH_COLUMNS(X) \
	X("target", "on", "what the claim is about", FORM_TEXT, 8, 16, 1, "k.target_name") \
	X("evidence", "no", "number of the evidence", FORM_COUNT, 3, 5, 0, LINE_OF("n.id")) \
	X("text", "evidence", "what it shows", FORM_TEXT, 16, 0, 0, "n.text") \
	X("hypothesis", "hyp.", "key of the hypothesis", FORM_TEXT, 3, 5, 0, "y.key") \
	X("says", "hypothesis", "what it says", FORM_TEXT, 12, 28, 2, "y.text") \
	X("rating", "rating", "CC, C, N, I or II; empty: not rated", FORM_TEXT, 2, 6, 0, "r.confidence") \
	X("side", "side", "for, against or neutral to its claim", FORM_TEXT, 3, 7, 3, "n.word") \
	X("weight", "source", "Admiralty code of the evidence", FORM_TEXT, 6, 6, 4, \
	  "nullif(n.confidence, '')") \
	X("who", "who", "who rated it", FORM_TEXT, 4, 10, 4, "r.who") \
	X("at", NULL, "when it was rated", FORM_TIME, 16, 19, 9, "r.at") \
	X("claim", NULL, "number of the claim", FORM_COUNT, 3, 5, 9, "k.line") \
	X("target_kind", NULL, "of what the claim is about; none: the whole case", FORM_TEXT, 6, 8, 9, \
	  TERM("subject", "k.target_kind"))

#define LEDGER_COLUMNS(X) \
	X("seq", "no", "number of the entry", FORM_COUNT, 3, 5, 0, "l.seq") \
	X("at", "when (UTC)", "when", FORM_TIME, 16, 19, 0, "l.at") \
	X("who", "who", "analyst", FORM_TEXT, 4, 10, 2, "l.who") \
	X("action", "act", "what was done", FORM_TEXT, 7, 9, 0, "l.action") \
	X("target", "on", "to what", FORM_TEXT, 22, 44, 1, "l.target") \
	X("lens", "lens", "what was looked through", FORM_TEXT, 8, 20, 3, "l.lens") \
	X("command", "command", "reopens what was seen", FORM_TEXT, 20, 0, 4, "l.command") \
	X("payload", NULL, "canonical JSON", FORM_TEXT, 8, 20, 9, "l.payload") \
	X("previous", NULL, "hash of the entry before", FORM_ID, 8, 64, 9, "l.previous") \
	X("hash", NULL, "hash of the entry", FORM_ID, 8, 64, 9, "l.hash")

#define SETTING(name) "r.settings ->> '" name "'"
#define RUN_COLUMNS(X) \
	X("run", "run", "number of the run", FORM_COUNT, 3, 4, 0, "r.id") \
	X("ended_at", "ended", "when it ended", FORM_TIME, 16, 19, 1, "r.ended_at") \
	X("version", "version", "of claque", FORM_TEXT, 5, 8, 4, "r.version") \
	X("accounts", "accts", "accounts looked at", FORM_COUNT, 5, 7, 1, "r.accounts") \
	X("shares", "shares", "acts of sharing looked at", FORM_COUNT, 5, 7, 1, "r.shares") \
	X("groups", "groups", "groups found", FORM_COUNT, 5, 6, 2, \
	  "(SELECT count(*) FROM cluster c WHERE c.run = r.id)") \
	X("leads", "leads", "leads among them", FORM_COUNT, 5, 5, 0, \
	  "(SELECT count(*) FROM cluster c WHERE c.run = r.id AND c.lead)") \
	X("prior", "prior", "share of accounts in operations, before looking", FORM_REAL, 5, 6, 3, \
	  "r.prior") \
	X("fdr", "fdr", "false discovery rate of edges", FORM_REAL, 4, 5, 3, "r.fdr") \
	X("object_cap", "cap", "accounts on a source past which it tells nothing", FORM_COUNT, 3, 5, \
	  3, "r.object_cap") \
	X("min_accounts", "least", "smallest group reported", FORM_COUNT, 4, 5, 4, \
	  "r.min_accounts") \
	X("lead_score", NULL, "score of a lead", FORM_SCORE, 4, 5, 9, "r.lead_score") \
	X("seed", "seed", "seed of the clustering", FORM_COUNT, 4, 6, 4, "r.seed") \
	X("surrogates", NULL, "worlds dealt anew", FORM_COUNT, 4, 6, 9, SETTING("surrogates")) \
	X("without", NULL, "signals left out, as JSON", FORM_TEXT, 8, 20, 9, SETTING("off")) \
	X("cleared", "cleared", "accounts that the analyst had cleared", FORM_COUNT, 7, 7, 2, \
	  SETTING("cleared")) \
	X("allowed", "allowed", "sources that the analyst had allowed", FORM_COUNT, 7, 7, 2, \
	  SETTING("allowed")) \
	X("allowed_shares", NULL, "acts on them, left out", FORM_COUNT, 7, 7, 9, \
	  SETTING("allowed_shares")) \
	X("own_priors", "priors", "accounts with a prior of their own", FORM_COUNT, 6, 7, 2, \
	  SETTING("own_priors"))

#endif
