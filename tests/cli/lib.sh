# shellcheck shell=sh disable=SC2034
# lib.sh - what the command-line tests share; to be sourced.
# Each runs in a folder of its own that is gone afterwards, with the program
# that was just built and nothing of the user's surroundings.
claque=${top_builddir:-.}/claque
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work" XDG_DATA_HOME="$work/data" CLAQUE_WHO=tester CLAQUE_CLOCK=2026-11-21T14:00:00Z
failures=0

complain() {
	echo "FAIL: $*"
	failures=$((failures + 1))
}

# need_shared PATH: skips the whole test, saying so, where the data is absent.
need_shared() {
	if [ ! -e "${CLAQUE_SHARED:-}/data/$1" ] && [ ! -e "${CLAQUE_SHARED:-}/$1" ]; then
		echo "skipped: $1 is not under CLAQUE_SHARED (${CLAQUE_SHARED:-not set})"
		exit 77
	fi
	shared=$CLAQUE_SHARED/data
	[ -d "$shared" ] || shared=$CLAQUE_SHARED
}

# same NAME EXPECTED GOT: two files, byte for byte.
same() {
	cmp -s "$2" "$3" || {
		complain "$1"
		diff "$2" "$3" | head -n 10
	}
}

# status EXPECTED COMMAND...: runs it quietly, compares the exit status.
status() {
	want=$1
	shift
	got=0
	"$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
	[ "$got" -eq "$want" ] || {
		complain "exit status $got instead of $want: $*"
		cat "$work/err"
	}
}

# says TEXT: the last `status` wrote TEXT to stdout or stderr.
says() {
	cat "$work/out" "$work/err" | grep -qF -- "$1" || {
		complain "did not say: $1"
		cat "$work/out" "$work/err" | head -n 20
	}
}

# repeaters: posts of a few accounts that act on the same again and again, many at one time.
repeaters() {
	echo "post_id,account_id,created_at,type,ref_post_id,text"
	awk 'BEGIN { for (o = 0; o < 4; o++) for (i = 0; i < 900; i++) {
		at = (i * i * 7 + o * 13) % (o % 2 ? 400 : 3000)
		printf "s%d-%d,acc%d,2023-01-01T%02d:%02d:%02dZ,reshare,o%d,\n", o, i,
			i % 2 ? i % 3 : i % 11, at / 3600, at / 60 % 60, at % 60, o } }'
}

finish() {
	[ "$failures" -eq 0 ] || { echo "$failures failures"; exit 1; }
	exit 0
}
