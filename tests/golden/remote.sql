-- making the database: 
CREATE DATABASE IF NOT EXISTS `claque`;

-- making the table of shares: 
CREATE TABLE IF NOT EXISTS `claque`.claque_share (kind Enum8('post' = 0, 'url' = 1, 'domain' = 2, 'hashtag' = 3, 'media' = 4, 'object' = 5), act Enum8('reshare' = 0, 'link' = 1, 'tag' = 2, 'media' = 3, 'quote' = 4, 'reply' = 5), object String, account String, platform String, post String, text String, at Int64, origin UInt64, row UInt64, object_key UInt64 MATERIALIZED cityHash64(kind, object), account_key UInt64 MATERIALIZED cityHash64(account, platform)) ENGINE = MergeTree() ORDER BY (object_key, at, account_key);

-- making the table of shards: 
CREATE TABLE IF NOT EXISTS `claque`.claque_shard (number UInt32, url String, self UInt8) ENGINE = Log;

-- making a table over all shards: 
CREATE TABLE IF NOT EXISTS `claque`.claque_share_all AS `claque`.claque_share ENGINE = Distributed(`two_shards`, `claque`, claque_share, object_key);

-- asking for the shards of the cluster: us
SELECT toUInt64(shard_num), toString(host_name) FROM system.clusters WHERE cluster = 'two_shards' AND replica_num = 1 ORDER BY shard_num;

-- asking for the shards: usu
SELECT toUInt64(number), url, toUInt64(self) FROM `claque`.claque_shard ORDER BY number;

-- asking what is there: uuuuii
SELECT toUInt64(count()), toUInt64(uniq(object_key)), toUInt64(uniq(account_key)), toUInt64(uniqExact(origin)), toInt64(minIf(at, at > -9007199254740992)), toInt64(max(at)) FROM `claque`.claque_share;

-- asking what is loaded: uu
SELECT toUInt64(origin), toUInt64(max(row)) FROM `claque`.claque_share GROUP BY origin;

-- counting acts: u
SELECT toUInt64(count()) FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote');

-- measuring objects: uuuuuuuu
SELECT toUInt64(countIf(d > 1 AND NOT hot)), toUInt64(countIf(most > 64 AND d > 1 AND NOT hot)), toUInt64(countIf(hot)), toUInt64(sumIf(n, hot)), toUInt64(sumIf(d, NOT hot)), toUInt64(sumIf(d * (d - 1), NOT hot)), toUInt64(sumIf(intDiv(n * (n - 1), 2), d > 1 AND NOT hot)), toUInt64(sum(clash))
FROM (SELECT o, count() AS d, sum(m) AS n, max(m) AS most, count() > 250 AS hot, min(low) != max(high) AS clash
 FROM (SELECT o, k, count() AS m, min(thing) AS low, max(thing) AS high FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t, claque_id AS id, claque_platform AS platform, claque_thing AS thing FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t, toString(account) AS claque_id, toString(platform) AS claque_platform, toString(object) AS claque_thing FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) GROUP BY o, k)
 GROUP BY o);

-- measuring weeks: iuu
SELECT toInt64(week), toUInt64(sum(d)), toUInt64(sum(d * (d - 1)))
FROM (SELECT o, week, uniqExact(k) AS d FROM (SELECT o, k, intDiv(t - if(t < 0, 604799999, 0), 604800000) AS week FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) WHERE o NOT IN (SELECT o FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) GROUP BY o HAVING uniqExact(k) > 250)) GROUP BY o, week)
GROUP BY week;

-- measuring accounts: ussssuIU
SELECT toUInt64(k), min(low), max(high), min(low_platform), max(high_platform), toUInt64(count()), tupleElement(sumMap(weeks, arrayMap(w -> toUInt64(1), weeks)) AS sums, 1), tupleElement(sums, 2)
FROM (SELECT o, k, min(id) AS low, max(id) AS high, min(platform) AS low_platform, max(platform) AS high_platform, groupUniqArray(toInt64(intDiv(t - if(t < 0, 604799999, 0), 604800000))) AS weeks
 FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t, claque_id AS id, claque_platform AS platform, claque_thing AS thing FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t, toString(account) AS claque_id, toString(platform) AS claque_platform, toString(object) AS claque_thing FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) WHERE o NOT IN (SELECT o FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) GROUP BY o HAVING uniqExact(k) > 250) GROUP BY o, k)
GROUP BY k;

-- counting pairs: uuuiiuuI
SELECT toUInt64(a), toUInt64(b), toUInt64(count()), toInt64(min(first)), toInt64(max(last)), toUInt64(sum(a_first)), toUInt64(sum(b_first)), groupArrayArray(lags)
FROM (SELECT o, if(k1 < k2, k1, k2) AS a, if(k1 < k2, k2, k1) AS b, min(t1) AS first, max(t2) AS last, sum(k1 < k2 AND t1 < t2) AS a_first, sum(k2 < k1 AND t1 < t2) AS b_first, groupArray(toInt64(t2 - t1)) AS lags
 FROM (SELECT o, k1, k2, t1, t2
 FROM (SELECT o, k AS k1, t AS t1, intDiv(t, 60001) AS slot FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) WHERE o IN (SELECT o FROM (SELECT o, k, count() AS m FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) GROUP BY o, k) GROUP BY o HAVING count() BETWEEN 2 AND 250 AND max(m) <= 64)) AS x
 ALL INNER JOIN (SELECT o, k AS k2, t AS t2, arrayJoin([intDiv(t, 60001), intDiv(t, 60001) - 1]) AS slot FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) WHERE o IN (SELECT o FROM (SELECT o, k, count() AS m FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) GROUP BY o, k) GROUP BY o HAVING count() BETWEEN 2 AND 250 AND max(m) <= 64)) AS y USING (o, slot)
 WHERE k1 != k2 AND t2 - t1 <= 60000 AND (t1 < t2 OR (t1 = t2 AND k1 < k2)))
 GROUP BY o, a, b)
GROUP BY a, b;

-- counting pairs of those who repeat themselves: uuuiiuuI
SELECT toUInt64(a), toUInt64(b), toUInt64(count()), toInt64(min(first)), toInt64(max(last)), toUInt64(sum(a_first)), toUInt64(sum(b_first)), groupArrayArray(lags)
FROM (SELECT o, if(k1 < k2, k1, k2) AS a, if(k1 < k2, k2, k1) AS b, min(t1) AS first, max(t2) AS last, sum(k1 < k2 AND t1 < t2) AS a_first, sum(k2 < k1 AND t1 < t2) AS b_first, groupArray(toInt64(t2 - t1)) AS lags
 FROM (SELECT o, k1, k2, t1, t2
 FROM (SELECT o, i1, k1, t1, k2, arraySlice(arraySort(groupArray(t2)), 1, 64) AS next
  FROM (SELECT o, i AS i1, k AS k1, t AS t1, intDiv(t, 60001) AS slot FROM (SELECT o, i, act.1 AS t, act.4 AS k FROM (SELECT o, arraySort(groupArray(tuple(t, id, platform, k))) AS list FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t, claque_id AS id, claque_platform AS platform, claque_thing AS thing FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t, toString(account) AS claque_id, toString(platform) AS claque_platform, toString(object) AS claque_thing FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) WHERE o IN (SELECT o FROM (SELECT o, k, count() AS m FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) GROUP BY o, k) GROUP BY o HAVING count() BETWEEN 2 AND 250 AND max(m) > 64) GROUP BY o) ARRAY JOIN list AS act, arrayEnumerate(list) AS i)) AS x
  ALL INNER JOIN (SELECT o, i AS i2, k AS k2, t AS t2, arrayJoin([intDiv(t, 60001), intDiv(t, 60001) - 1]) AS slot FROM (SELECT o, i, act.1 AS t, act.4 AS k FROM (SELECT o, arraySort(groupArray(tuple(t, id, platform, k))) AS list FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t, claque_id AS id, claque_platform AS platform, claque_thing AS thing FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t, toString(account) AS claque_id, toString(platform) AS claque_platform, toString(object) AS claque_thing FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) WHERE o IN (SELECT o FROM (SELECT o, k, count() AS m FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) GROUP BY o, k) GROUP BY o HAVING count() BETWEEN 2 AND 250 AND max(m) > 64) GROUP BY o) ARRAY JOIN list AS act, arrayEnumerate(list) AS i)) AS y USING (o, slot)
  WHERE k1 != k2 AND i1 < i2 AND t2 - t1 <= 60000
  GROUP BY o, i1, k1, t1, k2) ARRAY JOIN next AS t2)
 GROUP BY o, a, b)
GROUP BY a, b;

-- measuring the pace: u
SELECT toUInt64(count())
FROM (SELECT o, k AS k1, t AS t1, intDiv(t, 60001) AS slot FROM (SELECT o, k, min(t) AS t FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) WHERE o IN (SELECT o FROM (SELECT o, k, count() AS m FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) GROUP BY o, k) GROUP BY o HAVING count() BETWEEN 2 AND 250) GROUP BY o, k)) AS x
ALL INNER JOIN (SELECT o, k AS k2, t AS t2, arrayJoin([intDiv(t, 60001), intDiv(t, 60001) - 1]) AS slot FROM (SELECT o, k, min(t) AS t FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) WHERE o IN (SELECT o FROM (SELECT o, k, count() AS m FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) GROUP BY o, k) GROUP BY o HAVING count() BETWEEN 2 AND 250) GROUP BY o, k)) AS y USING (o, slot)
WHERE k1 != k2 AND t2 - t1 <= 60000 AND (t1 < t2 OR (t1 = t2 AND k1 < k2));

-- making room for pairs: 
CREATE TEMPORARY TABLE claque_edge (a UInt64, b UInt64, n UInt64, out UInt8);

-- measuring the pace of each pair: uIIU
SELECT toUInt64(n), groupArray(toInt64(rest)), groupArray(toInt64(near)), groupArray(toUInt64(hit))
FROM (SELECT pair.1 AS n, pair.2 AS hit, rest, near
 FROM (SELECT o, toInt64(count()) - toInt64(sum(out)) AS rest, toInt64(sum(hit)) - toInt64(sum(hit AND out)) AS near, groupArrayIf(tuple(n, hit), n > 0) AS list
  FROM (SELECT o, a, b, n, hit, out
   FROM (SELECT o, a, b, (t2 - t1 <= 60000) AND (t1 - t2 <= 60000) AS hit
    FROM (SELECT o, k AS a, t AS t1 FROM (SELECT o, k, min(t) AS t FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) WHERE o IN (SELECT o FROM (SELECT o, k, count() AS m FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) GROUP BY o, k) GROUP BY o HAVING count() BETWEEN 2 AND 250) GROUP BY o, k)) AS x
    ALL INNER JOIN (SELECT o, k AS b, t AS t2 FROM (SELECT o, k, min(t) AS t FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) WHERE o IN (SELECT o FROM (SELECT o, k, count() AS m FROM (SELECT claque_o AS o, claque_k AS k, claque_t AS t FROM (SELECT object_key AS claque_o, account_key AS claque_k, at AS claque_t FROM `claque`.claque_share WHERE kind IN ('post', 'object') AND act IN ('reshare', 'quote') AND object_key BETWEEN 0 AND 18446744073709551615) WHERE claque_t > -9007199254740992) GROUP BY o, k) GROUP BY o HAVING count() BETWEEN 2 AND 250) GROUP BY o, k)) AS y USING (o)
    WHERE a < b) AS z
   ANY LEFT JOIN (SELECT a, b, n, out FROM claque_edge) AS e USING (a, b))
  GROUP BY o) ARRAY JOIN list AS pair)
GROUP BY n;

-- making room for accounts: 
CREATE TEMPORARY TABLE claque_wanted (id String);

-- reading shares: sssssssi
SELECT toString(account), toString(platform), toString(post), toString(object), toString(kind), toString(act), toString(text), at FROM `claque`.claque_share WHERE toString(account) IN (SELECT id FROM claque_wanted) AND object_key BETWEEN 0 AND 18446744073709551615 ORDER BY toString(account), toString(platform), at, toString(post), toString(object);

