#!/bin/sh
# On a terminal, made with script(1): width, colours, pager.
. "$(dirname "$0")/../lib.sh"

command -v script >/dev/null || skip_all 'no script(1)'

tracker() {
	repo r
	notes init --prefix NOTE -q
	notes new -q bug 'a summary that does not fit into twenty columns' -a ann
	notes new -q feature '두 칸 글자는 절대 반으로 잘리지 않는다'
}

# Runs the words of a shell on a terminal of $1 columns; what it shows, in $out.
on_tty() {
	cols=$1
	shift
	script -qec "stty cols $cols rows 24 2>/dev/null; unset COLUMNS; $*" \
	    typescript </dev/null >raw 2>&1 || status=$?
	tr -d '\r' <raw >"$out"
}

widest() {
	LC_ALL=C.UTF-8 python3 -c '
import sys, unicodedata
w = 0
for line in open(sys.argv[1], encoding="utf-8", errors="replace"):
    line = line.rstrip("\n")
    w = max(w, sum(2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in line))
print(w)' "$1"
}

lists_fit() {
	tracker
	for cols in 20 40 80; do
		on_tty $cols notes list --color=never
		out_has NOTE-1 NOTE-2
		test "$(widest "$out")" -le $cols || {
			cat "$out"
			fail "wider than $cols"
		}
	done
	on_tty 80 notes list --color=never
	out_has KEY SUMMARY
	on_tty 1 notes list --color=never
	on_tty 80 COLUMNS=20 notes list --color=never
	test "$(widest "$out")" -le 20
	on_tty 20 notes list --plain
	out_has 'does not fit into twenty columns'
}

colours_on_a_terminal() {
	tracker
	on_tty 80 TERM=xterm notes list
	grep -q "$(printf '\033\[')" "$out"
	on_tty 80 TERM=xterm NO_COLOR=1 notes list
	! grep -q "$(printf '\033\[')" "$out"
	on_tty 80 TERM=xterm notes list --plain
	! grep -q "$(printf '\033\[')" "$out"
	on_tty 80 TERM=xterm notes list --json
	! grep -q "$(printf '\033\[')" "$out"
}

pager_when_it_is_long() {
	tracker
	PAGER='sed s/^/paged:/'
	export PAGER
	on_tty 80 notes list
	out_lacks paged:
	on_tty 80 notes help
	out_has paged:
	on_tty 80 notes help --plain
	out_lacks paged:
	seq 1 100 | sed 's/.*/NOTE-&,task,number &/; 1i key,type,summary' >t.csv
	notes import -q t.csv 2>/dev/null || :
	on_tty 80 notes list
	out_has paged:
	on_tty 80 notes list --json
	out_lacks paged:
	on_tty 80 GIT_PAGER=cat notes list
	out_lacks paged:
	git config core.pager 'sed s/^/configured:/'
	on_tty 80 notes list
	out_has configured:
	# A pager that is left at once is no error.
	on_tty 80 "GIT_PAGER=true notes list; echo status \$?"
	out_has 'status 0'
	on_tty 80 "GIT_PAGER=/nowhere/less notes list; echo status \$?"
	out_has 'status 0'
}

hostile_on_a_terminal() {
	tracker
	notes new -q bug "$(printf 'x\033[31m\007\342\200\256')" \
	    -d "$(printf 'body \033]0;t\007 `code` **b**')"
	on_tty 80 notes list --color=never
	clean_output
	on_tty 80 notes show 3 --color=never
	clean_output
	on_tty 80 notes export
	clean_output
}

show_is_rendered() {
	tracker
	notes edit 1 -d "$(printf '# Head\n\n* item\n\n`code`')" -q
	on_tty 80 notes show 1 --color=never
	out_has Head item code
	on_tty 20 notes show 1 2 --color=never
}

t 'lists fit the width' lists_fit
t 'colours' colours_on_a_terminal
t 'the pager' pager_when_it_is_long
t 'hostile text' hostile_on_a_terminal
t 'a ticket is rendered' show_is_rendered
