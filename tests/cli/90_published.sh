#!/bin/sh
# What one project really published: linking and notes are measured by it.
# Needs the corpora beside the checkout, or in NOTES_CORPUS_DIR.
. "$(dirname "$0")/../lib.sh"

corpora=${NOTES_CORPUS_DIR:-$TOP/../shared/corpora}
test -f "$corpora/maven.fi.xz" || skip_all 'no corpora beside the checkout'
published=$corpora/maven-published
versions='3.5.2 3.5.3 3.5.4 3.6.0 3.6.1'
# Four more, as the release pages of the project list them (version,key).
others='3.5.0 3.6.2 3.6.3 3.8.1'
others_published=$TOP/tests/data/maven-published.csv

tracker() {
	git init -q --bare "$TESTDIR/maven.git"
	xz -dc "$corpora/maven.fi.xz" |
	    git -C "$TESTDIR/maven.git" fast-import --quiet --done
	cd "$TESTDIR/maven.git"
	ok notes init --prefix MNG --tags 'maven-{version}'
	ok notes import "$published/tickets.csv"
	xargs notes release drop <"$published/never-published.txt"
	ok notes scan
	for v in $versions $others; do
		ok notes generate "$v" --format json
		cp "$out" "$TESTDIR/$v.json"
	done
}

scan_twice_changes_nothing() {
	cd "$TESTDIR/maven.git"
	ok notes scan --json
	cp "$out" one
	ok notes scan --json
	has "$out" '"new_commits":0'
	ok notes scan --full --json
	sed 's/"new_commits":[0-9]*/N/' "$out" >full
	sed 's/"new_commits":[0-9]*/N/' one >one.n
	same one.n full
}

previous_release() {
	tail -n +2 "$published/released.csv" | cut -d, -f1,2 | sort -u >want
	for v in $versions; do
		printf '%s,' "$v"
		tr -d '\n ' <"$TESTDIR/$v.json" |
		    sed 's/.*"previous":"\([^"]*\)".*/\1\n/'
	done | sort >got
	same want got
}

# The keys of the sections, less what was reverted: "version,key" lines.
listed() {
	for v in $*; do
		tr -d '\n ' <"$TESTDIR/$v.json" |
		    sed 's/"warnings":.*//; s/{"id":"reverted".*//' |
		    grep -o '"key":"[^"]*"' | cut -d'"' -f4 | sed "s/^/$v,/"
	done | sort -u
}

# Precision and recall over all versions whose "version,key" lines are in want
# and listed must reach $1 and $2.
reach() {
	l=$(wc -l <listed) w=$(wc -l <want) both=$(comm -12 listed want | wc -l)
	echo "listed $l, published $w, both $both"
	is yes "$(awk -v l="$l" -v w="$w" -v b="$both" -v p0="$1" -v r0="$2" '
		BEGIN {
			p = b / l; r = b / w
			ok = p >= p0 && r >= r0
			print (ok ? "yes" : "precision " p ", recall " r)
		}')"
}

# 18 of these 132 are named by no commit; four of them have a commit's subject
# for a title, so 118 is all that commits and titles tell.
score() {
	listed $versions >listed
	tail -n +2 "$published/released.csv" | cut -d, -f1,3 | sort -u >want
	reach 0.97 0.878
}

# 15 of these 154 are named by no commit.
score_others() {
	listed $others >listed
	tail -n +2 "$others_published" | sort -u >want
	reach 0.965 0.90
}

t 'a tracker of the whole history' tracker
t 'the previous release is right in all five' previous_release
t 'what is listed is what was published' score
t 'so it is for other releases' score_others
t 'scan twice, or in full, changes nothing' scan_twice_changes_nothing
