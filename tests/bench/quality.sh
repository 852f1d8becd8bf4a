#!/bin/sh
# make quality: claque and its rivals on worlds whose truth is known.
#
# The split, fixed before anything was tuned: seeds 1 to 99 are for tuning, seeds
# from 1001 on are held out. Whoever changes the engine looks at the tuning
# worlds only; the held-out figures are printed when a change is finished, and
# nothing is changed because of them. Worlds differ in everything that
# `claque generate --vary` draws: networks and their tactics, zones, countries,
# tongue, platforms, base rate.
#
# QUALITY_SET=heldout|tuning|quick   which worlds (heldout)
# QUALITY_POSTS=N                    posts of a world (250000; quick 40000)
# QUALITY_DIR=FOLDER                 where worlds and results go (a new one)
# QUALITY_ABLATE=1                   also each signal removed in turn
# QUALITY_KEEP=1                     leaves the cases there
# Nothing here passes or fails: it prints a table, the targets beside it.
set -eu
claque=${top_builddir:-.}/claque
case $claque in /*) ;; *) claque=$PWD/$claque ;; esac
set_of=${QUALITY_SET:-heldout}
[ "${1:-}" = --quick ] && set_of=quick
[ "$set_of" = quick ] && posts=${QUALITY_POSTS:-40000} || posts=${QUALITY_POSTS:-250000}
tactics='handles bursts avatars twins renames hours camouflage both-sides copies reshares links lookalikes'
rivals='coortweet osome luceri'

# One line a world: its name, level in the table, seed, options of generate.
list_worlds() {
	case $set_of in
	heldout) first=1000 each='1 2 3' ;;
	tuning) first=0 each='1 2' ;;
	quick)
		echo 'L0-91 L0 91 --stealth 0'
		echo 'L1-92 L1 92 --stealth 1'
		echo 'L3-93 L3 93 --stealth 3'
		echo 'needle-94 needle2 94 --stealth 2 --needle'
		return ;;
	*) echo "QUALITY_SET is heldout, tuning or quick, not '$set_of'" >&2; exit 2 ;;
	esac
	for level in 0 1 2 3 4 5; do
		for k in $each; do
			seed=$((first + 10 * level + k))
			echo "L$level-$seed L$level $seed --stealth $level"
		done
	done
	for k in 1 2; do
		echo "needle-$((first + 60 + k)) needle2 $((first + 60 + k)) --stealth 2 --needle"
		echo "needle-$((first + 65 + k)) needle3 $((first + 65 + k)) --stealth 3 --needle"
	done
	k=70
	for tactic in $tactics; do
		k=$((k + 1))
		echo "without-$tactic no-$tactic $((first + k)) --stealth 2 --without $tactic"
	done
}

# --- one world: quality.sh world NAME LEVEL SEED OPTIONS...

knows() { "$claque" help "$1" 2>/dev/null | grep -q -- "$2"; }

# Appends "world,level,method,measure,kind,value,n,of".
grade_as() {
	method=$1
	shift
	"$claque" grade "$@" --truth "$dir/$name-world" --csv 2>>"$dir/$name.log" |
		sed "1d;s/^/$name,$level,$method,/" >>"$dir/$name.grades"
}

# Tables of what one command finds, if there is such a command.
side_table() {
	knows "$1" "${3:---csv}" || { echo "$name: this claque has no $1 ${3:-}, left out" >>"$dir/$name.log"; return 0; }
	# shellcheck disable=SC2086
	"$claque" "$1" "$case" ${3:-} --csv --limit 0 >"$dir/$name.$1" 2>>"$dir/$name.log" || return 0
	set -- "$2" "$dir/$name.$1"
	[ -s "$2" ] && echo "--$1 $2"
}

# Every pair that shares more than chance, whenever: an account is as suspect as its best pair.
validated() {
	"$claque" network "$case" --signal co-reshare --window whole --csv --limit 0 2>>"$dir/$name.log" |
		awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
			{ p = $at["p"]; s = p > 0 ? -log(p) / log(10) : 400
			  if (s > best[$at["a"]]) best[$at["a"]] = s
			  if (s > best[$at["b"]]) best[$at["b"]] = s }
			END { print "account_id,score"; for (a in best) print a "," best[a] }'
}

ablate() {
	knows score --without || { echo "$name: claque score has no --without, no ablation" >>"$dir/$name.log"; return 0; }
	for signal in $signals; do
		"$claque" score "$case" --without "$signal" >>"$dir/$name.log" 2>&1 || continue
		grade_as "without $signal" "$case"
	done
}

run_world() {
	name=$1 level=$2 seed=$3
	shift 3
	case=$dir/$name.claque
	[ -s "$dir/$name.done" ] && return 0
	rm -rf "$dir/$name-world" "$case" "$dir/$name.grades"
	"$claque" generate --posts "$posts" --seed "$seed" --vary "$@" --out "$case" >"$dir/$name.log" 2>&1
	began=$(date +%s)
	"$claque" score "$case" >>"$dir/$name.log" 2>&1
	echo "$name,$level,claque,seconds,,$(($(date +%s) - began)),," >"$dir/$name.grades"
	# shellcheck disable=SC2046
	grade_as claque "$case" $(side_table twins twins) $(side_table changes changes --repurposed) \
		$(side_table domains domains --lookalike)
	for rival in $rivals; do
		window=
		[ "$rival" != coortweet ] || window=1h	# what the targets were measured with
		if "$claque" network "$case" --as "$rival" ${window:+--window "$window"} \
			--accounts --csv --limit 0 >"$dir/$name.scores" 2>>"$dir/$name.log"; then
			grade_as "$rival" --scores "$dir/$name.scores"
		fi
	done
	validated >"$dir/$name.scores"
	grade_as validated --scores "$dir/$name.scores"
	if [ -n "${QUALITY_ABLATE:-}" ]; then
		ablate
	fi
	[ -n "${QUALITY_KEEP:-}" ] || rm -rf "$dir/$name-world" "$case" "$dir/$name.scores"
	date +%s >"$dir/$name.done"
	echo "$name" >&2
}

if [ "${1:-}" = world ]; then
	shift
	dir=$QUALITY_DIR
	signals=$("$claque" signal --csv 2>/dev/null | sed 1d | cut -d, -f2 || :)
	# shellcheck disable=SC2086
	run_world $1
	exit 0
fi

# --- all of them, two at a time

dir=${QUALITY_DIR:-$(mktemp -d)}
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
self=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
top_builddir=$(dirname "$claque")
export QUALITY_DIR="$dir" QUALITY_SET="$set_of" QUALITY_POSTS="$posts" top_builddir
list_worlds | tr '\n' '\0' | nice -n 5 xargs -0 -P 2 -n 1 sh "$self" world
{
	echo 'world,level,method,measure,kind,value,n,of'
	cat "$dir"/*.grades
} >"$dir/quality.csv"
cat "$dir"/*.log | grep 'left out\|no ablation' | sed 's/^[^:]*: //' | sort | uniq -c >&2 || :
awk -f "$(dirname "$self")/quality.awk" -v set="$set_of" -v posts="$posts" "$dir/quality.csv" >"$dir/quality.md"
cat "$dir/quality.md"
echo "worlds and tables are in $dir" >&2
