#!/bin/sh
# A case that grows by a day and is scored after each says what a case says into which all
# of it came at once: but for the names of clusters, which tell what was found before.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1
status 0 "$claque" generate --stealth 1 --posts 10000 --seed 3 --out world

# cut FROM TO: the posts of those days, TO not among them.
cut_days() {
	awk -F, -v from="$1" -v to="$2" 'NR == 1 || ($4 >= from && $4 < to)' world/posts.csv
}
cut_days 2023-10-06 2023-10-27 >before.csv
cut_days 2023-10-27 2023-10-28 >day1.csv
cut_days 2023-10-28 2023-10-29 >day2.csv
for file in before day1 day2; do
	[ "$(wc -l <$file.csv)" -gt 100 ] || complain "$file: nothing to add"
done
others='world/accounts.csv world/profile_changes.csv'

status 0 "$claque" import grown.claque before.csv $others
status 0 "$claque" score grown.claque --surrogates 2
for day in day1 day2; do
	status 0 "$claque" import grown.claque $day.csv
	status 0 "$claque" score grown.claque --surrogates 2
done
status 0 "$claque" import whole.claque before.csv $others day1.csv day2.csv
status 0 "$claque" score whole.claque --surrogates 2

# told NAME LEAST QUERY: both say the same, in more than LEAST lines. c: clusters of the last run.
told() {
	for case in grown whole; do
		"$claque" sql $case.claque "WITH c AS (SELECT * FROM cluster WHERE run =
			(SELECT max(id) FROM run)) $3" --csv --limit 0 >$case.csv || complain "$1"
	done
	same "$1 depend on what was scored before" whole.csv grown.csv
	[ "$(wc -l <whole.csv)" -gt "$2" ] || complain "$1: nothing to compare"
}
told leads 3 "SELECT rank, score, coordination, deception, overtness, lead, kind, first_seen, last_seen,
	shares, account_count, post_count, source_count, why, surrogate, disproof, worlds, common, leader,
	median_lag_s, cells, platforms FROM c ORDER BY rank"
told members 10 "SELECT c.rank, m.account, m.place, m.score, m.role, m.degree, m.stability, m.cell, m.looks,
	m.firsts, m.median_lag_s FROM member m JOIN c ON c.id = m.cluster ORDER BY 1, 2"
told evidence 10 "SELECT c.rank, e.axis, e.signal, e.unit, e.observed, e.expected, e.p, e.n, e.log_odds,
	e.text, e.popularity, e.surrogate, e.kind, e.worlds, e.tests, e.covered, e.unexplained
	FROM evidence e JOIN c ON c.id = e.cluster ORDER BY e.id"
told examples 10 "SELECT c.rank, e.axis, e.signal, x.place, x.post FROM evidence_post x
	JOIN evidence e ON e.id = x.evidence JOIN c ON c.id = e.cluster ORDER BY e.id, x.place"
told edges 100 "SELECT signal, window_s, a, b, weight, pairs, expected, p, q, log10_p, timing_expected,
	timing_p, first_seen, last_seen, median_lag_s, leader FROM edge WHERE run IN (SELECT run FROM c)
	ORDER BY id"
told accounts 100 "SELECT account, score, coordination, deception, collective, overtness FROM account_score
	WHERE run IN (SELECT run FROM c) ORDER BY 1"
told twins 1 "SELECT a, b, score, why FROM twin WHERE run IN (SELECT run FROM c) ORDER BY id"
told 'totals of accounts' 100 "SELECT id, post_count, share_count, change_count, first_seen, last_seen, score
	FROM account ORDER BY id"

# Why, to the last word; of the lead that comes first, whatever its name is. Sources that came
# at different times may stand in another order.
for case in grown whole; do
	name=$("$claque" leads $case.claque --csv | sed -n '2s/,.*//p')
	status 0 "$claque" why $case.claque "$name" --json
	sed "s/$name/LEAD/g; s/},{/},\n{/g; s/\[{/[\n{/g; s/}\]/},\n]/g" out | sort >$case.why
done
same 'why depends on what was scored before' whole.why grown.why
[ "$(wc -c <whole.why)" -gt 1000 ] || complain "why: nothing to compare"
status 0 "$claque" verify grown.claque
says whole
finish
