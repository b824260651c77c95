#!/bin/sh
# Shallow clones: what lies beyond their edge is never passed over in silence.
. "$(dirname "$0")/../lib.sh"

# A base, a branch of six commits merged after it, and a release.
origin() {
	repo origin
	empty base
	git switch -q -c side
	for _i in 1 2 3 4 5 6; do
		empty "NOTE-1: part $_i"
	done
	git switch -q main
	empty 'more of the base'
	git tag v1.0
	empty 'NOTE-2: on main'
	_tick
	git merge -q --no-ff -m 'merge side' side
	empty 'NOTE-3: at the end'
	git tag v1.1
	cd ..
}

tracker() {
	notes init --prefix NOTE --mainline main --tags 'v{version}' -q
	for _i in 1 2 3; do
		notes new -q bug "ticket $_i"
		notes close -q "NOTE-$_i"
	done
	notes scan -q
}

clone() {
	git clone -q --depth "$1" "file://$PWD/origin" clone
	cd clone
	git fetch -q --depth "$1" --tags
	tracker
}

merged_branch_is_cut() {
	origin
	clone 4
	git rev-parse -q --verify v1.0 >"$out"
	run notes generate 1.1
	err_has 'history incomplete' 'git fetch --unshallow'
	err_lacks 'root of its own'
	out_has 'ticket 1' 'ticket 2' 'ticket 3'
	notes generate 1.1 --json >json 2>/dev/null || :
	has json '"shallow"'
}

base_is_the_edge() {
	origin
	git -C origin switch -q --detach v1.0
	git -C origin switch -q -C main
	git -C origin tag -d v1.1 >"$out"
	(
		cd origin
		empty 'NOTE-2: alone'
		git tag v1.1
	)
	clone 2
	ok notes generate 1.1
	err_lacks 'history incomplete'
	out_has 'ticket 2'
}

base_is_missing() {
	origin
	git clone -q --depth 1 "file://$PWD/origin" clone
	cd clone
	git fetch -q --depth 1 origin tag v1.1
	tracker
	fails 1 notes generate 1.1
	err_has 'history incomplete' 'git fetch --unshallow'
}

unshallow() {
	origin
	clone 4
	git fetch -q --unshallow
	notes scan -q
	ok notes generate 1.1
	err_lacks 'history incomplete' 'root of its own'
	out_has 'ticket 1' 'ticket 2' 'ticket 3'
}

t 'a merged branch that is cut is told' merged_branch_is_cut
t 'the base itself may be the edge' base_is_the_edge
t 'a base beyond the edge is refused' base_is_missing
t 'nothing is told once the history is whole' unshallow
