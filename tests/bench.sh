#!/bin/sh
# usage: NOTES=PROGRAM CPU=tests/bench/cpu bench.sh [SECTION...]
#
# Runs the sections of tests/bench/ (all, or those named: "scan" is scan.sh) and
# prints a line for each ratio:
#
#	scan-full        1.070  (ours 812.4 ms, reference 759.2 ms, target 1.200)
#
# with "MISSED" at its end when the ratio is above the target.  The figures are
# CPU times, user and system, of whole processes; ours and the reference run in
# turns, and what is printed is the quotient of the medians.
#
# A section is a piece of shell that is read in a subshell, in an empty folder
# of its own, with the environment of tests/lib.sh (no configuration, HOME
# empty, "notes" in PATH) and these:
#
#   ratio NAME TARGET -- ours... -- reference...
#	one line.  Before it, RATIO_PREPARE may hold shell code to be run before
#	each run of ours, RATIO_PREPARE_REF likewise for the reference (neither
#	is counted), RATIO_RUNS a number of runs; ratio unsets them.
#   value NAME NUMBER UNIT TARGET
#	one line for a figure that is no ratio (memory, bytes).
#   history N
#	prints the path of a bare repository with N made-up commits on one
#	branch, every third with a key (NOTE-1 to NOTE-N/3), every hundredth
#	tagged v1, v2, ...; made once for all sections.
#   note TEXT...
#	a line of explanation, for what was left out.
#
# BENCH_REPO names a real bare repository to measure on; sections use
# "${BENCH_REPO:-$(history 20000)}".  BENCH_SECONDS (4) is the time for each
# ratio.  With BENCH_STRICT=1 the status is 3 when a target is missed.
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
case ${NOTES:-} in '') NOTES=$top/build/notes ;; esac
case ${CPU:-} in '') CPU=$top/build/tests/cpu ;; esac
bench_repo=${BENCH_REPO:-} seconds=${BENCH_SECONDS:-4}
strict=${BENCH_STRICT:-}
dir=$(mktemp -d "${TMPDIR:-/tmp}/notes-bench-XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM

for name in $(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p'); do
	case $name in
	PATH | PWD | TMPDIR | NOTES | CPU | NOTES_CORPUS_DIR) ;;
	*) unset "$name" 2>/dev/null || : ;;
	esac
done
mkdir "$dir/bin" "$dir/home"
ln -s "$NOTES" "$dir/bin/notes"
export PATH="$dir/bin:$PATH" HOME="$dir/home" LC_ALL=C.UTF-8 TZ=UTC \
	GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$dir/home/.gitconfig"
printf '[user]\n\tname = Ann\n\temail = ann@example.org\n[gc]\n\tauto = 0\n' \
    >"$GIT_CONFIG_GLOBAL"
test -z "$bench_repo" || { BENCH_REPO=$bench_repo; export BENCH_REPO; }

_line() {
	printf '%-28s %8s  (%s, target %s)' "$1" "$2" "$3" "$4"
	if awk -v a="$2" -v b="$4" 'BEGIN { exit !(a > b) }'; then
		echo '  MISSED'
		echo "$1" >>"$dir/missed"
	else
		echo
	fi
}

ratio() {
	_name=$1 _target=$2
	shift 3
	_got=$("$CPU" -s "$seconds" ${RATIO_RUNS:+-n "$RATIO_RUNS"} \
	    ${RATIO_PREPARE:+-p "$RATIO_PREPARE"} \
	    ${RATIO_PREPARE_REF:+-q "$RATIO_PREPARE_REF"} "$@") || {
		echo "$_name: a command failed"
		echo "$_name" >>"$dir/missed"
		return 1
	}
	unset RATIO_RUNS RATIO_PREPARE RATIO_PREPARE_REF
	# shellcheck disable=SC2086
	set -- $_got
	_line "$_name" "$3" "ours $1 ms, reference $2 ms" "$_target"
}

value() {
	_line "$1" "$2" "$3" "$4"
}

note() {
	printf '  (%s)\n' "$*"
}

history() {
	_repo=$dir/history-$1.git
	if test ! -d "$_repo"; then
		git init -q --bare -b main "$_repo"
		awk -v n="$1" 'BEGIN {
			for (i = 1; i <= n; i++) {
				m = "change number " i "\n\nWhy it was made.\n"
				if (i % 3 == 0)
					m = "NOTE-" i / 3 ": " m
				print "commit refs/heads/main"
				printf "mark :%d\n", i
				printf "committer Ann <ann@example.org> %d +0000\n", \
				    1500000000 + i * 600
				printf "data %d\n%s\n", length(m), m
				printf "M 644 inline f%d\n", i % 50
				printf "data %d\n%d\n\n", length(i "") + 1, i
				if (i % 100 == 0)
					printf "reset refs/tags/v%d\nfrom :%d\n\n", \
					    i / 100, i
			}
		}' | git -C "$_repo" fast-import --quiet
		git -C "$_repo" repack -adq
	fi
	echo "$_repo"
}

cd "$top" || exit 1
if test $# -eq 0; then
	set -- $(ls tests/bench/ | sed -n 's/\.sh$//p')
fi
for section; do
	file=$top/tests/bench/$section.sh
	if test ! -f "$file"; then
		echo "bench.sh: no section $section in tests/bench" >&2
		exit 2
	fi
	mkdir "$dir/$section"
	(
		cd "$dir/$section" || exit 1
		. "$file"
	) </dev/null
done
test -z "$strict" || test ! -s "$dir/missed" || exit 3
