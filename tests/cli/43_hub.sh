#!/bin/sh
# A release as its hub shows it: notes release show.
. "$(dirname "$0")/../lib.sh"

# One ticket for each doubt, and for each something like it that is none.
tracker() {
	repo r
	commit first
	git tag v1.0
	notes init --prefix NOTE --tags 'v{version}' -q
	notes release add 1.1 --title 봄 --start 2024-01-01 --target 2199-01-01 -q
	notes release add 1.2 -q
	notes new bug 'no commit' --release 1.1 -q		# 1
	notes new bug 'in a branch' --release 1.1 -q		# 2
	notes new bug 'taken back' --release 1.1 -q		# 3
	notes new bug 'still open' --release 1.1 -q		# 4
	notes new bug 'planned for later' --release 1.2 -q	# 5
	notes new bug 'refused' -q				# 6
	notes new bug 'in the way of 7' -q			# 7 is blocked by 8
	notes new bug 'stands in the way' -q			# 8
	notes new bug 'urgent' --priority highest --release 1.1 -q # 9
	notes new feature 'without a note' --release 1.1 -q	# 10
	notes new bug 'as it should be' --release 1.1 -q	# 11
	notes new bug 'taken back and open' --release 1.1 -q	# 12
	notes new bug 'was blocked' --release 1.1 -q		# 13
	notes new bug 'taken back, done again' --release 1.1 -q	# 14
	notes new bug 'taken back, in a branch' --release 1.1 -q # 15
	notes edit 7 release=1.1 -q
	notes relate 8 blocks 7 -q
	notes relate 11 blocks 13 -q
	git switch -q -c side
	commit 'NOTE-2: work' side
	commit 'NOTE-15: better' side
	git switch -q main
	for n in 3 4 5 6 10 11 12 14 15; do
		commit "NOTE-$n: work" "f$n"
	done
	for n in 3 12 14 15; do
		_tick
		git revert --no-edit "$(git log -1 --format=%H --grep="NOTE-$n: work")" >/dev/null
	done
	commit 'NOTE-14: work, better' f14
	commit 'tidy up' other
	notes scan -q
	notes close 1 2 3 5 10 11 14 15 -q
	notes close 6 --as wontfix -q
}

codes() {
	notes release show "${1:-1.1}" --porcelain |
	    awk -F '\t' '$2 == "warning" { print $3 " " $4 }'
}

all_kinds() {
	tracker
	is 'no-commit NOTE-1
not-in-branch NOTE-2
not-in-branch NOTE-15
reverted NOTE-3
open-claimed NOTE-4
elsewhere NOTE-5
refused NOTE-6
unlinked 
blocked NOTE-7
blocker NOTE-9
empty-note NOTE-10' "$(codes)"
	ok notes release show 1.1
	out_has 'W NOTE-7 is blocked by NOTE-8, which is open' \
	    'the rule (no-commit): what is done has a commit   (notes reopen NOTE-1)' \
	    '(notes edit NOTE-2 release-=1.1 release+=1.2)'
	# An old release of the same tracker has none of them.
	is 'unlinked ' "$(codes 1.0)"
}

# What shipped and stands on another line was taken out of this one: the notes
# say so, and the hub does.
taken_back() {
	repo r
	commit first
	notes init --prefix NOTE -q
	notes new -q bug 'kept elsewhere'
	commit 'NOTE-1: do it'
	git tag -a -m x v1.0
	git checkout -q -b maint
	git revert --no-edit HEAD >/dev/null 2>&1 ||
	    git commit -q --allow-empty -m "Revert \"NOTE-1: do it\"

This reverts commit $(git rev-parse HEAD)."
	git tag -a -m x v1.0.1
	git checkout -q main
	commit 'NOTE-1: do it again'
	git tag -a -m x v1.1
	notes close NOTE-1 -q
	ok notes generate 1.0.1
	err_has 'NOTE-1 shipped earlier and was reverted'
	ok notes release show 1.0.1
	out_has 'W NOTE-1 shipped earlier and was reverted' \
	    'the rule (taken-back): '
	# Once it is open again, there is no doubt.
	ok notes reopen NOTE-1
	ok notes release show 1.0.1
	out_lacks 'was reverted'
}

# What it says mends a doubt does mend it, and brings no other.
mended() {
	tracker
	for code in no-commit not-in-branch reverted open-claimed elsewhere \
	    refused blocked blocker; do
		codes >before
		notes release show 1.1 --porcelain | awk -F '\t' \
		    -v code="$code" '$3 == code { print $7 }' >fixes
		test -s fixes || fail "no $code"
		sh -e fixes >/dev/null
		codes >after
		grep -v "^$code " before >want
		same want after
		for _ in $(cat fixes | wc -l | xargs seq); do
			notes undo -q
		done
		codes >after
		same before after
	done
	# A note is written by somebody, commits are looked at.
	printf '#!/bin/sh\nprintf "\\nWhat is new.\\n" >>"$1"\n' >ed
	chmod +x ed
	EDITOR=./ed notes edit NOTE-10 -q
	is '' "$(codes | grep -F empty-note)"
	sha=$(git log -1 --format=%H --grep='tidy up')
	notes link 11 "$sha" -q
	is '' "$(codes | grep -F unlinked)"
}

late_and_out() {
	tracker
	# Days are those of the user: 20:00 in UTC is the next day in Seoul.
	SOURCE_DATE_EPOCH=$(date -u -d '2024-01-31 20:00' +%s)
	export SOURCE_DATE_EPOCH
	notes release edit 1.1 --target 2024-02-01 -q
	TZ=UTC notes release show 1.1 >shown
	has shown 'due 2024-02-01   1 day left'
	TZ=KST-9 notes release show 1.1 >shown
	has shown 'due 2024-02-01   today'
	SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 86400))
	is '' "$(codes | grep late)"
	is 'late ' "$(TZ=KST-9 && export TZ && codes | grep late)"
	unset SOURCE_DATE_EPOCH
	notes release edit 1.1 --target 2024-02-01 -q
	is 'late ' "$(codes | grep late)"
	notes release publish 1.1 -q
	is '' "$(codes | grep late)"
	# Now nothing of it may be open; the most urgent is told once.
	is 'still-open NOTE-4
still-open NOTE-7
still-open NOTE-9
still-open NOTE-12
still-open NOTE-13' "$(codes | grep still-open)"
	is '' "$(codes | grep blocker)"
	notes edit NOTE-9 release-=1.1 release+=1.2 -q
	is '' "$(codes | grep NOTE-9)"
	notes release drop 1.1 -q
	is '' "$(codes | grep -e still -e blocked)"
}

facts() {
	tracker
	ok notes release show 1.1
	out_has '1.1 planned 봄' 'start 2024-01-01   due 2199-01-01' \
	    'days left' '61% done' 'in progress' 'not enough data' 'burn-up' \
	    '1 merged, 1 reverted' '1 pending, 1 reverted'
	out_has '13 total   (1 unplanned)'
	clean_output
	ok notes release show 1.1 --json
	python3 - "$out" <<-'END'
	import json, sys
	r = json.load(open(sys.argv[1]))
	assert r["version"] == "1.1" and r["state"] == "planned", r
	c = r["counts"]
	assert c["total"] == c["todo"] + c["doing"] + c["done"] == 13, c
	# What is counted is what is listed, and who was not planned is told.
	assert c["total"] == len(r["tickets"]) and c["unplanned"] == 1, c
	assert r["progress"]["done"] == c["done"] * 100 // 13, r["progress"]
	assert r["days_left"] > 50000 and r["unlinked"] == 1, r
	assert r["forecast"]["known"] is False, r["forecast"]
	assert r["forecast"]["left"] == c["todo"] + c["doing"]
	assert r["forecast"]["p50"] is None
	w = {w["code"]: w for w in r["warnings"]}
	assert w["reverted"]["commit"] and w["reverted"]["rule"], w
	assert w["no-commit"]["fix"]["command"] == "notes reopen NOTE-1", w
	assert w["elsewhere"]["fix"]["text"] == "put NOTE-5 into 1.1", w
	assert r["burnup"][-1]["scope"] == 12, r["burnup"]
	assert len(r["tickets"]) == 13
	d = {t["key"]: t["development"] for t in r["tickets"]}
	assert d["NOTE-2"] == {"merged": 0, "pending": 1, "reverted": 0}, d
	assert d["NOTE-3"] == {"merged": 0, "pending": 0, "reverted": 1}, d
	assert d["NOTE-14"] == {"merged": 1, "pending": 0, "reverted": 1}, d
	assert d["NOTE-1"] == {"merged": 0, "pending": 0, "reverted": 0}, d
	END
	ok notes release show 1.1 1.0 --json
	python3 -c 'import json,sys; assert [r["version"] for r in json.load(open(sys.argv[1]))] == ["1.1", "1.0"]' "$out"
}

# Of some of these the second is the same.
in_a_second() {
	repo r
	commit first
	notes init --prefix NOTE -q
	notes release add 1.0 -q
	for n in 1 2 3 4 5 6; do
		notes new bug "fast $n" --release 1.0 -q
		notes close "$n" -q
	done
	ok notes release show 1.0 --json
	python3 -c 'import json, sys
b = json.load(open(sys.argv[1]))["burnup"]
assert (b[-1]["scope"], b[-1]["done"]) == (6, 6), b' "$out"
	ok notes metrics --json
	python3 -c 'import json, sys
m = json.load(open(sys.argv[1]))
assert m["flow"][-1]["closed"] == 6, m["flow"][-1]
assert m["cycle"][0]["created_to_resolved"]["n"] == 6, m["cycle"]' "$out"
}

# 30 days with a ticket every other day; and 3,000 that an import closed.
history() {
	python3 - >past.csv <<-'END'
	import datetime
	print("key,type,status,summary,release,created,resolved,updated")
	now = datetime.datetime.now(datetime.timezone.utc)
	day = datetime.timedelta(days=1)
	for i in range(1, 60, 2):
	    d = now - i * day
	    print(f"NOTE-{i},bug,done,past {i},1.1,{d - 9 * day:%Y-%m-%d},{d:%Y-%m-%d},")
	for i in range(10):
	    print(f"NOTE-{100 + i},bug,open,left {i},1.1,{now - 70 * day:%Y-%m-%d},,")
	for i in range(3000):
	    print(f"NOTE-{1000 + i},bug,done,bulk {i},,,,")
	END
}

forecast() {
	repo r
	commit first
	notes init --prefix NOTE -q
	notes release add 1.1 -q
	history
	notes import past.csv -q
	ok notes release show 1.1 --json
	cp "$out" one
	python3 - "$out" <<-'END'
	import datetime, json, sys
	r = json.load(open(sys.argv[1]))
	f = r["forecast"]
	assert f["known"] and f["left"] == 10, f
	assert f["closed"] == 30 and 59 <= f["days"] <= 60, f
	today = datetime.datetime.now(datetime.timezone.utc).date()
	p50, p85 = (datetime.date.fromisoformat(f[k]) for k in ("p50", "p85"))
	assert 16 <= (p50 - today).days <= 23 < (p85 - today).days <= 30, f
	b = r["burnup"]
	assert b[-1]["scope"] == 40 and b[-1]["done"] == 30, b
	assert b[0]["done"] < 2 and b[0]["scope"] >= 10, b
	done = [p["done"] for p in b]
	assert done == sorted(done), b
	END
	# The same state gives the same days.
	notes release show 1.1 --json >two
	same one two
	ok notes release show 1.1
	out_has 'even odds by 20' '85% by 20' '10 left, at the pace of the last' '30 closed' '# 30 done  . 10 open'
	out_lacks late
	notes release edit 1.1 --target tomorrow -q
	ok notes release show 1.1
	out_has 'both late'
}

# The import alone is no rate; with a time of its own it is one.
bulk() {
	repo r
	commit first
	notes init --prefix NOTE -q
	notes release add 1.1 -q
	history
	{ head -n 1 past.csv; grep -e left -e bulk past.csv; } >bulk.csv
	notes import bulk.csv -q
	ok notes release show 1.1
	out_has 'not enough data' 'nothing closed in the last 84 days'
	python3 - >dated.csv <<-'END'
	import datetime
	now = datetime.datetime.now(datetime.timezone.utc)
	print("key,type,status,summary,release,created,updated")
	for i in range(1, 50, 2):
	    d = now - datetime.timedelta(days=i)
	    print(f"NOTE-{i},bug,done,dated {i},1.1,2020-01-01,{d:%Y-%m-%d}")
	END
	notes import dated.csv -q
	ok notes release show 1.1
	out_has '10 left, at the pace of the last' '25 closed'
	notes fsck --rebuild -q
	ok notes release show 1.1
	out_has '10 left, at the pace of the last' '25 closed'
}

# A tracker without a repository, a release without commits.
without_history() {
	notes --db ./n.db init --prefix NOTE -q
	notes --db ./n.db release add 1.1 -q
	notes --db ./n.db new bug 'x' --release 1.1 -q
	ok notes --db ./n.db release show 1.1
	out_has '1.1 planned' '1 to do'
	ok notes --db ./n.db release show 1.1 --json
	out_has '"counts":{"todo":1'
	repo r
	notes init --prefix NOTE -q
	notes release add 1.1 -q
	ok notes release show 1.1
	out_has '1.1 planned' '0 total'
	clean_output
}

t 'each doubt is told, and only where there is one' all_kinds
t 'taken out here, kept elsewhere' taken_back
t 'what mends a doubt mends it' mended
t 'a day that has passed, and what is left open' late_and_out
t 'progress, counts, rules as JSON' facts
t 'closed within a second' in_a_second
t 'a forecast from the closing rate' forecast
t 'an import is no closing rate' bulk
t 'without history' without_history
