#!/bin/sh
# Keys that the history names, and no ticket has.
. "$(dirname "$0")/../lib.sh"

older() {
	repo r
	for n in 1 2 3 5 7000; do
		commit "SHOP-$n: work of another tracker"
	done
	commit 'See SHOP-6 as well'
	notes init --prefix SHOP --mainline main -q
	notes scan -q
}

new_number() {
	older
	ok notes new -q bug x
	out_is SHOP-4
	# Past 5, which is claimed, and 6, which is named; 7000 is far off.
	ok notes new -q bug y
	out_is SHOP-7
	ok notes new -q bug z
	out_is SHOP-8
	ok notes show 4 7 8 --json
	out_has '"links":[]'
	printf 'key,type,summary\nSHOP-5,bug,of the old tracker\n' >in.csv
	ok notes import in.csv
	ok notes show 5
	out_has 'of the old tracker'
	ok notes new -q bug a
	out_is SHOP-9
}

t 'a new key is none that history names' new_number
