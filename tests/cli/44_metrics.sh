# Metrics: what was created, closed, how long it took; of releases, too.
. "${0%/*}/../lib.sh"

day() {
	date -u -d "@$((now - $1 * 86400))" +%Y-%m-%d
}

tracker() {
	now=$(date +%s)
	export GIT_AUTHOR_DATE="@$((now - 30 * 86400)) +0000"
	export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
	git init -q -b main r
	cd r
	git commit -q --allow-empty -m start
	ok notes init --prefix NOTE -q
	{
		echo key,type,summary,status,assignee,release,created,resolved
		i=1
		while test "$i" -le 8; do
			echo "NOTE-$i,bug,done $i,done,dev,1.0,$(day 40),$(day $((40 - i)))"
			i=$((i + 1))
		done
		echo "NOTE-20,task,open,open,,,$(day 50),"
		echo "NOTE-21,task,begun,in-progress,이배포,,$(day 3),"
	} >in.csv
	ok notes import in.csv
	i=1
	while test "$i" -le 6; do
		git commit -q --allow-empty -m "NOTE-$i: do it"
		i=$((i + 1))
	done
	git commit -q --allow-empty -m "Revert \"NOTE-6: do it\"

This reverts commit $(git rev-parse HEAD)."
	GIT_COMMITTER_DATE="@$((now - 20 * 86400)) +0000" git tag -a -m x v1.0
	ok notes release edit 1.0 --tag v1.0
	ok notes release publish 1.0 --date "$(day 20)"
}

json() {
	ok notes metrics --json
	python3 - "$out" "$1" <<'END'
import json, sys
m = json.load(open(sys.argv[1], encoding="utf-8"))
if not eval(sys.argv[2]):
    sys.exit("not so: " + sys.argv[2] + "\n" + json.dumps(m, indent=1))
END
}

figures() {
	tracker
	json 'm["step"] == "week" and m["came_done"] == 0'
	json 'sum(f["created"] for f in m["flow"]) == 10'
	json 'sum(f["closed"] for f in m["flow"]) == 8'
	json 'm["flow"][-1]["open"] == 2'
	json 'm["cycle"][0]["type"] is None'
	json 'm["cycle"][0]["created_to_resolved"] == {
	    "n": 8, "p50": 4 * 86400, "p85": 7 * 86400}'
	json 'm["cycle"][0]["begun_to_resolved"]["p50"] is None'
	json '[a["open"] for a in m["age"]] == [1, 0, 1, 0, 0]'
	json '[t["key"] for t in m["oldest"]] == ["NOTE-20", "NOTE-21"]'
	json 'm["wip"] == [{"assignee": "이배포", "tickets": 1,
	    "filters": {"in progress": "is:doing assignee:\"이배포\""}}]'
	json 'len(m["releases"]) == 1'
	json 'm["releases"][0]["tickets"] == 8'
	json 'm["releases"][0]["with_commits"] == 6'
	json 'm["releases"][0]["reverts"] == 1'
	json '9 <= m["releases"][0]["lead_time"]["p50"] / 86400 <= 11'
}

# Every filter that is told is one, and finds what was counted.
filters() {
	tracker
	ok notes metrics --json
	cp "$out" m.json
	python3 - m.json >filters <<'END'
import json, sys
m = json.load(open(sys.argv[1], encoding="utf-8"))
for f in m["flow"]:
    for name in ("created", "closed"):
        print(f[name], f["filters"][name])
for a in m["age"]:
    print(a["open"], a["filters"]["open"])
for c in m["cycle"]:
    print(c["created_to_resolved"]["n"], c["filters"]["closed"])
for w in m["wip"]:
    print(w["tickets"], w["filters"]["in progress"])
END
	test "$(wc -l <filters)" -gt 10
	while read -r n filter; do
		ok notes list "$filter" --json
		is "$n" "$(python3 -c 'import json,sys
print(len(json.load(open(sys.argv[1], encoding="utf-8"))))' "$out")"
	done <filters
}

forms() {
	tracker
	ok notes metrics
	out_has 'created and closed, by week' 'CREATED' '###' '이배포' '75% (6)'
	out_lacks 'the rule'
	ok notes metrics --explain --by month
	out_has 'by month' 'the rule: ' "notes list 'is:doing assignee:"
	ok notes metrics --porcelain
	out_has "wip	이배포	tickets	1" "releases	1.0	reverts	1"
	clean_output
	fails 2 notes metrics --by year
	err_has 'week or month'
	fails 2 notes metrics now
	ok notes --plain metrics
	out_has '5 Metrics' 'CYCLE TIME' '75%'
	ok notes complete line -- metrics --by=
	out_has week month
}

# An import of what was done reads as one.
came_done() {
	git init -q r
	cd r
	ok notes init --prefix NOTE -q
	printf 'key,type,summary,status\nNOTE-1,bug,a,done\nNOTE-2,bug,b,done\n' >in.csv
	ok notes import in.csv
	ok notes metrics
	out_has '2 came in done'
	ok notes metrics --porcelain
	out_has 'came-done	2'
	json 'm["flow"][-1]["came_done"] == 2 and m["flow"][-1]["closed"] == 0'
}

nothing() {
	git init -q r
	cd r
	fails 1 notes metrics
	ok notes init --prefix NOTE -q
	ok notes metrics
	out_has 'not enough data' 'no ticket is open' 'no release is out'
	ok notes metrics --json
	# A tracker without a repository has figures, too.
	mkdir ../alone
	cd ../alone
	ok notes --db n.db init --prefix NOTE -q
	ok notes --db n.db new -q bug x
	ok notes --db n.db metrics
	out_has 'up to 7 days'
}

t 'figures' figures
t 'figures are lists' filters
t 'forms' forms
t 'what came in done' came_done
t 'nothing to count' nothing
