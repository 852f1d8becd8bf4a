# shellcheck shell=sh disable=SC2034,SC2154
# lib.sh - how the bench measures; to be sourced. A line of $raw for each measurement:
# posts;what;program;wall seconds;processor seconds;peak KiB;outcome
# where the outcome is ok, failed, absent, left out or "> N s". Of an outcome that is not ok,
# the other rounds are spared.
job='' server='' reader='' into=$work/out

# The server that a client asks does the work: its processor time and memory count, too.
server_spent() {	# seconds of processor time, peak KiB
	awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / tick }' "/proc/$server/stat"
	awk '$1 == "VmHWM:" { print $2 }' "/proc/$server/status"
}

gave_up() {	# gave_up WHAT PROGRAM
	awk -F';' -v posts="$posts" -v what="$1" -v who="$2" '$1 == posts && $2 == what && $3 == who &&
		$7 != "ok" { found = 1 } END { exit !found }' "$raw" && return
	case ";${BENCH_WITHOUT:-};" in *";$2;"*) ;; *) return 1 ;; esac
	printf '%s;%s;%s;;;;left out\n' "$posts" "$1" "$2" >>"$raw"
}

absent() {	# absent WHAT PROGRAM
	gave_up "$1" "$2" || printf '%s;%s;%s;;;;absent\n' "$posts" "$1" "$2" >>"$raw"
}

# measure WHAT PROGRAM COMMAND...: what it printed is in $into. Waited for with wait, so
# that a signal is heard at once.
measure() {
	what=$1 who=$2
	shift 2
	if gave_up "$what" "$who"; then return; fi
	printf '  %s: %s\n' "$what" "$who" >&2
	before=0 after=0 memory=0
	if [ -n "$server" ]; then before=$(server_spent | head -n 1); fi
	"$programs/spent" "$limit" "$work/spent" "$@" >"$into" 2>"$work/err" </dev/null &
	job=$!
	wait "$job" || { echo "bench: $who could not be run" >&2; exit 1; }
	job=''
	if [ -n "$server" ]; then
		after=$(server_spent | head -n 1)
		memory=$(server_spent | tail -n 1)
	fi
	awk -v key="$posts;$what;$who" -v more="$before $after $memory" '{
		split(more, m, " ")
		outcome = $4
		for (i = 5; i <= NF; i++) outcome = outcome " " $i
		printf "%s;%s;%.3f;%d;%s\n", key, $1, $2 + m[2] - m[1], ($3 > m[3] ? $3 : m[3]), outcome
	}' "$work/spent" >>"$raw"
	if grep -q ' failed$' "$work/spent"; then head -n 3 "$work/err" "$work/out" >&2; fi
}

# The same of what is too much for a disk beside the case: only the number of its lines is kept.
measure_lines() {	# measure_lines WHAT PROGRAM COMMAND...: the number is in $work/lines
	if gave_up "$1" "$2"; then return; fi
	mkfifo "$work/pipe"
	wc -l <"$work/pipe" >"$work/lines" &
	reader=$!
	into=$work/pipe
	measure "$@"
	into=$work/out
	wait "$reader"
	reader=''
	rm "$work/pipe"
}

# A bench of programs that answer differently is none.
compare_counts() {	# compare_counts WHAT PROGRAM OURS THEIRS
	[ "$3" = "$4" ] || printf '%s posts, %s: claque gives %s, %s %s\n' "$posts" "$1" "$3" "$2" "$4" \
		>>"$work/differences"
}

have() {
	command -v "$1" >/dev/null 2>&1
}

# Nothing stays behind, whatever ends the bench.
clean_up() {
	[ -z "$job" ] || kill "$job" 2>/dev/null || :
	[ -z "$reader" ] || kill "$reader" 2>/dev/null || :
	[ -z "$server" ] || kill -9 "$server" 2>/dev/null || :
	wait 2>/dev/null || :
	rm -rf "$work"
}
