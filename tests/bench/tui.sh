# The terminal UI on BENCH_TICKETS (1000000) tickets, in a terminal of 200x60:
# its first screen, and what a key costs in CPU time and in bytes sent; against
# tig's, where that is there.
build=$(dirname "$(readlink -f "$(command -v notes)")")
top=$OLDPWD
if ! cc -std=c11 -D_GNU_SOURCE -O2 -o query_bench -I"$top/include" -I"$top/src" \
    "$top/tests/bench/query_bench.c" "$build/libstore.a" "$build/libmodel.a" \
    "$build/libbase.a" -lsqlite3 -lutf8proc -ljansson -lm 2>cc.log ||
    ! cc -std=c11 -D_GNU_SOURCE -O2 -o tui_bench \
    "$top/tests/bench/tui_bench.c" -lutil 2>cc.log; then
	note "tui: cannot build: $(head -n 1 cc.log)"
	return 0
fi
bench=$PWD/tui_bench
mkdir -p t
./query_bench t/notes.db fill "${BENCH_TICKETS:-1000000}" || return 1
TERM=xterm-256color
export TERM

# first_ms key_ms key_bytes rss_mb, the medians of five runs, of a command
screen() {
	for _ in 1 2 3 4 5; do
		"$bench" 60 200 "$@" || return 1
	done | awk '{ for (i = 1; i <= 4; i++) v[i, NR] = $i }
	END {
		for (i = 1; i <= 4; i++) {
			for (j = 1; j <= NR; j++)
				for (k = j + 1; k <= NR; k++)
					if (v[i, k] < v[i, j]) {
						x = v[i, j]
						v[i, j] = v[i, k]
						v[i, k] = x
					}
			printf "%s ", v[i, int((NR + 1) / 2)]
		}
	}'
}

# Within the first screenful; and where each key scrolls.
set -- $(screen '' j 40 notes --db t/notes.db)
value tui-first "$1" ms 100
value tui-j "$2" ms 0.2
value tui-j-bytes "$3" bytes 500
value tui-memory "$4" MB 40
ours=$1 key=$2
set -- $(screen jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj j 40 \
    notes --db t/notes.db)
value tui-j-scrolling "$2" ms 1
value tui-j-scrolling-bytes "$3" bytes 1000
# The narrow one has no second pane, so it reads nothing for a key.
set -- $("$bench" 24 80 '' j 15 notes --db t/notes.db)
value tui-j-80x24 "$2" ms 0.2
value tui-j-80x24-bytes "$3" bytes 500

# A page; and the letters of a live filter: the most that one of them takes from
# the third of its last word on (with syllables the second).
set -- $("$bench" 60 200 '' "$(printf '\006')" 20 notes --db t/notes.db)
value tui-page "$2" ms 5
letters() {
	set -- "$1" $(for _ in 1 2 3; do
		"$bench" 60 200 f "$2" "each:$3" notes --db t/notes.db
	done | sort -k 2 -n | sed -n 2p)
	value "tui-filter-$1" "$3" ms 16
}
letters common terminal 3
letters crowded release 3
letters short ind 3
letters rare w777 3
letters none zzzzz 3
letters korean 한글 2
letters two 'crash terminal' 9
letters field 'status:open crash' 15
letters label 'label:label-77 crash' 18
letters or 'crash or terminal' 12
letters label-or 'label:label-77 or crash' 21
letters without 'crash -release' 10

# Far away: half of the way through all tickets, and through those of a filter.
half=$((${BENCH_TICKETS:-1000000} / 2))
set -- $("$bench" 60 200 "0$half" j 1 notes --db t/notes.db)
value tui-half "$2" ms 50
set -- $("$bench" 60 200 "$(printf 'fstatus:open\r0%d' $((half * 2 / 5)))" j 1 \
    notes --db t/notes.db)
value tui-half-filter "$2" ms 50
if command -v tig >/dev/null; then
	set -- $(cd "${BENCH_REPO:-$(history 20000)}" &&
	    screen '' j 40 tig)
	_line tui-first-tig "$(awk -v a="$ours" -v b="$1" \
	    'BEGIN { printf "%.3f", a / b }')" "tig: $1 ms" 0.4
	_line tui-j-tig "$(awk -v a="$key" -v b="$2" \
	    'BEGIN { printf "%.3f", a / b }')" "tig: $2 ms" 1
else
	note "tui: no tig to measure against"
fi
