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
