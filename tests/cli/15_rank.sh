#!/bin/sh
# The manual order of a column.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo r
	notes init --prefix NOTE -q
	printf 'key,type,status,summary,created\n' >t.csv
	for n in 1 2 3 4 5; do
		echo "NOTE-$n,bug,open,number $n,2024-01-0$n" >>t.csv
	done
	echo 'NOTE-6,bug,done,ready,2024-01-06' >>t.csv
	echo 'NOTE-7,bug,in-progress,begun,2024-01-01' >>t.csv
	notes import t.csv -q
}

order() {
	notes list "$@" --sort rank --porcelain -c key | sed 's/NOTE-//' | xargs
}

moves() {
	tracker
	# Nobody moved anything: column by column, the newest first.
	is '5 4 3 2 1 7 6' "$(order)"
	ok notes rank 1 before 4
	out_is 'NOTE-1 before NOTE-4'
	is '5 1 4 3 2 7 6' "$(order)"
	ok notes rank 5 after 2
	is '1 4 3 2 5' "$(order status:open)"
	is '5 2 3 4 1' "$(notes list status:open --sort -rank --porcelain -c key | sed 's/NOTE-//' | xargs)"
	# A new one comes first, but not before what was put there.
	notes rank 4 before 1 -q
	notes new bug new -q
	is '4 8 1 3 2 5' "$(order status:open)"
	notes undo 3 -q
	is '5 1 4 3 2' "$(order status:open)"
	ok notes log 5
	out_has 'moved within its status'
	notes fsck --rebuild
	is '5 1 4 3 2' "$(order status:open)"
}

travels() {
	tracker
	notes rank 1 before 4 -q
	notes rank 2 before 1 -q
	want=$(order)
	notes export --format json >all.json
	notes --db ./other.db init --prefix NOTE -q
	notes --db ./other.db import all.json -q
	is "$want" "$(notes --db ./other.db list --sort rank --porcelain -c key |
	    sed 's/NOTE-//' | xargs)"
}

wrong() {
	tracker
	fails 2 notes rank 1 beside 2
	err_has 'before or after'
	fails 1 notes rank 1 before 6
	err_has 'an order is one of the same status'
	fails 1 notes rank 1 before 1
	fails 1 notes rank 1 before 99
	err_has NOTE-99
	ok notes complete line -- rank 1 b
	out_is before
}

t 'a move is seen in the list, and undone' moves
t 'the order goes with an export' travels
t 'what cannot be ranked' wrong
