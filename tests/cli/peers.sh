#!/bin/sh
# A real data set through the whole program gives the networks that CooRTweet
# and the toolkit themselves gave, edge for edge and weight for weight.
. "${srcdir:-.}/tests/cli/lib.sh"
need_shared reshares/russian_coord_tweets.csv

# Rows as sets of fields: quotes off, object ids in one order, header apart.
plain() {	# plain FILE COLUMNS: the named columns, header first, rows sorted
	tr -d '"\r' <"$1" | awk -F, -v want="$2" '
		NR == 1 { n = split(want, w, ","); for (i = 1; i <= NF; i++) at[$i] = i
			print want; next }
		{ line = ""
		  for (k = 1; k <= n; k++) {
			if (!(w[k] in at)) { print "no column " w[k]; exit }
			v = $at[w[k]]
			if (v == "NA") v = ""
			if (w[k] ~ /^object_ids/) {
				m = split(v, o, "|")
				for (i = 2; i <= m; i++) for (j = i; j > 1 && o[j] < o[j-1]; j--) {
					t = o[j]; o[j] = o[j-1]; o[j-1] = t }
				v = o[1]; for (i = 2; i <= m; i++) v = v "|" o[i]
			}
			line = line (k > 1 ? "," : "") v
		  }
		  print line }' | LC_ALL=C sort
}

compare() {	# compare NAME EXPECTED GOT COLUMNS
	plain "$2" "$4" >"$work/want"
	plain "$3" "$4" >"$work/got"
	same "$1" "$work/want" "$work/got"
	compared=$((compared + $(wc -l <"$work/want")))
}

compared=0
"$claque" import "$work/ru.claque" "$shared/reshares/russian_coord_tweets.csv" >/dev/null || complain "import"
expected=$shared/reshares/expected
for f in "$expected"/*; do
	name=$(basename "$f" .csv)
	tw=$(echo "$name" | sed 's/.*_tw\([0-9]*\)_.*/\1/')
	mp=$(echo "$name" | sed 's/.*_mp\([0-9]*\).*/\1/')
	ew=$(echo "$name" | sed -n 's/.*_ew\([0-9.]*[0-9]\).*/\1/p')
	fast=$(echo "$name" | sed -n 's/.*_fast\([0-9]*\).*/\1/p')
	sg=$(echo "$name" | sed -n 's/.*_sg\([0-9]\).*/\1/p')
	set -- network "$work/ru.claque" --as coortweet --window "${tw}s" --min-participation "$mp" --csv \
		${ew:+--edge-weight "$ew"} ${fast:+--fast "${fast}s"} ${sg:+--subgraph "$sg"}
	case $name in
	*.result)	set -- "$@" --pairs ;;
	*.nodes)	set -- "$@" --nodes ;;
	*.account_stats.*)	set -- "$@" --stats accounts --level "${name##*.}" ;;
	*.edges)	;;
	*)	complain "$name: no command gives this table" && continue ;;
	esac
	"$claque" "$@" >"$work/out.csv" || complain "$name"
	compare "$name" "$f" "$work/out.csv" "$(head -1 "$f" | tr -d '"\r')"
done
echo "coortweet: $compared lines compared"

toolkit() {	# toolkit INPUT PREFIX
	"$claque" import "$work/$2.claque" "$shared/toolkit/$1" >/dev/null || complain "import $1"
	for f in "$shared/toolkit/expected/$2"_co_*.edges.csv; do
		done=$((done + 1))
		name=$(basename "$f" .edges.csv)
		network=$(echo "$name" | sed 's/.*_\(co_[a-z_]*\)_tw.*/\1/')
		tw=$(echo "$name" | sed 's/.*_tw\([0-9]*\)_.*/\1/')
		mw=$(echo "$name" | sed 's/.*_mw\([0-9]*\)$/\1/')
		"$claque" network "$work/$2.claque" --as toolkit --network "$network" --window "${tw}s" \
			--min-weight "$mw" --csv >"$work/out.csv" || complain "$name"
		compare "$name" "$f" "$work/out.csv" user_1,user_2,weight
	done
}
compared=0 done=0
toolkit coretweet_test_input.csv coretweet_test_input
toolkit sample_data.csv sample
toolkit russian_coord_tweets_rt.csv russian_coord_tweets_rt
toolkit cnt_emptyurl.csv emptyurl
echo "toolkit: $compared lines compared"
# Token sets are no command's output: tests/unit/test_peers_data.c has them.
all=$(ls "$shared/toolkit/expected" | grep -vc '\.tokens\.csv$')
[ "$done" -eq "$all" ] || complain "$done of $all networks of the toolkit were compared"
# The correction beside the defect: without links there is nothing to co-link.
"$claque" network "$work/emptyurl.claque" --as toolkit --network co_link --no-empty-url --csv |
	grep -q '^a,b' && complain "--no-empty-url still links messages without a link"
finish
