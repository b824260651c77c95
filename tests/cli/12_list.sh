#!/bin/sh
# Lists: filters, order, columns, forms of output.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo r
	notes init --prefix NOTE -q
	notes new -q bug 'crash in the list' -p high -a ann -l tui
	notes new -q feature '한글 미리보기' -p low -l tui -l text
	notes new -q task 'write docs' -a sam -r 1.2 2>/dev/null ||
	    notes new -q task 'write docs' -a sam
	notes close -q 3
	notes comment -q 1 'the word needle stands here'
}

keys() {
	notes list "$@" --columns key --porcelain | tr '\n' ' '
}

filters() {
	tracker
	is 'NOTE-1 ' "$(keys type:bug)"
	is 'NOTE-2 NOTE-1 ' "$(keys is:open)"
	is 'NOTE-3 ' "$(keys is:done)"
	is 'NOTE-2 ' "$(keys label:tui -type:bug)"
	is 'NOTE-3 ' "$(keys -label:tui)"
	is 'NOTE-1 ' "$(keys assignee:me)"
	is 'NOTE-2 ' "$(keys 미리)"
	is 'NOTE-2 ' "$(keys 리보)"
	is 'NOTE-1 ' "$(keys needle)"
	is 'NOTE-1 NOTE-3 ' "$(keys 'type:bug or type:task' --sort key)"
	is 'NOTE-1 ' "$(keys '"crash in"')"
	is '' "$(keys '"in crash"')"
	is 'NOTE-1 NOTE-2 ' "$(keys 'not is:done' --sort key)"
	is 'NOTE-3 NOTE-2 NOTE-1 ' "$(keys 'updated:<7d')"
}

bad_filters() {
	tracker
	fails 1 notes list 'status:nonsense'
	err_has open
	fails 1 notes list 'nonsense:x'
	fails 1 notes list '(type:bug'
	fails 1 notes list 'updated:<someday'
	fails 1 notes list --sort nonsense
	fails 2 notes list --columns key,nonsense
	err_has summary
	for n in 0 -1 x 99999999999999999999; do
		fails 2 notes list --limit "$n"
		err_has '--limit takes a number'
	done
	long=$(head -c 10240 /dev/zero | tr '\0' a)
	run notes list "$long"
	clean_output
}

saved_filters() {
	tracker
	ok notes config filter.mine 'assignee:me is:open'
	ok notes config 'filter.내-것' 'label:text or @mine'
	cat >.notesconfig <<-'EOF'
	[tracker "filter"]
	    team = type:task
	    mine = type:task
	    command = type:bug
	EOF
	is 'NOTE-1 ' "$(keys @mine)"
	is 'NOTE-2 NOTE-1 ' "$(keys '@내-것')"
	is 'NOTE-3 ' "$(keys @team)"
	is 'NOTE-1 ' "$(keys @command)"
	is 'NOTE-3 NOTE-2 ' "$(keys -@mine)"
	is 'NOTE-1 ' "$(keys '(@team or @command) -is:done')"
	fails 1 notes list @nope
	err_has 'no saved filter @nope' 'there are: command, mine, team, 내-것'
	fails 1 notes config filter.bad 'colour:red'
	err_has 'no field "colour"'
	fails 1 notes config 'filter.two words' is:open
	err_has 'no name for a filter'
	ok notes complete filter @t
	out_has @team
	out_lacks @mine
	ok notes config --unset 'filter.내-것'
	fails 1 notes list '@내-것'
	fails 1 notes config --unset filter.team
	err_has '.notesconfig:2: take it away there'
	ok notes config --unset filter.mine
	# The team's is there again.
	is 'NOTE-3 ' "$(keys @mine)"
	clean_output
}

sorting() {
	tracker
	is 'NOTE-1 NOTE-2 NOTE-3 ' "$(keys --sort key)"
	is 'NOTE-3 NOTE-2 NOTE-1 ' "$(keys --sort -key)"
	is 'NOTE-3 NOTE-2 NOTE-1 ' "$(keys)"
	is 'NOTE-1 NOTE-3 NOTE-2 ' "$(keys --sort priority)"
	is 'NOTE-1 ' "$(keys --sort key --limit 1)"
	is 'NOTE-1 NOTE-2 ' "$(keys --sort key -n 2)"
}

json() {
	tracker
	ok notes list --json
	python3 - "$out" <<-'END'
	import json, sys
	rows = json.load(open(sys.argv[1], encoding="utf-8"))
	assert len(rows) == 3, rows
	want = {"key", "type", "status", "category", "priority", "summary",
	    "assignee", "labels", "releases", "commits", "created", "updated"}
	for row in rows:
	    assert want <= set(row), want - set(row)
	one = [r for r in rows if r["key"] == "NOTE-1"][0]
	assert one["labels"] == ["tui"] and one["assignee"] == "ann", one
	assert one["commits"] == 0 and one["category"] == "todo", one
	END
	ok notes list type:security --json
	out_is '[]'
	ok notes list --count --json
	out_has '"count":3'
	ok notes list type:bug --explain
	out_has type bug
}

porcelain() {
	tracker
	ok notes list type:bug --porcelain
	is 9 "$(awk -F '\t' '{ print NF }' "$out")"
	is NOTE-1 "$(cut -f1 "$out")"
	is 'crash in the list' "$(cut -f9 "$out")"
	notes list -z --columns key >zero
	is 3 "$(tr -cd '\0' <zero | wc -c)"
	is 0 "$(tr -cd '\n' <zero | wc -c)"
	LC_ALL=C notes list --porcelain --sort key >c
	LC_ALL=C.UTF-8 notes list --porcelain --sort key >utf8
	same c utf8
	grep -q 미리보기 c
}

text() {
	tracker
	ok env COLUMNS=20 notes list --sort key
	out_has 'crash in the list' 한글
	out_lines 3
	clean_output
	ok notes list --sort key --columns key,summary,type
	is "$(printf 'NOTE-1  crash in the list  bug\nNOTE-2  한글 미리보기      feature\nNOTE-3  write docs         task')" "$(cat "$out")"
	ok notes list --color=always
	grep -q "$(printf '\033')" "$out"
	ok notes list type:security
	out_is ''
	ok env CLICOLOR_FORCE=1 NO_COLOR=1 notes list
	clean_output
}

many_pages() {
	repo r
	notes init --prefix NOTE -q
	{
		echo key,type,summary
		seq 1 1234 | sed 's/.*/NOTE-&,task,number &/'
	} >many.csv
	notes import many.csv -q
	ok notes list --sort key --porcelain --columns key
	out_lines 1234
	seq 1 1234 | sed 's/^/NOTE-/' | cmp - "$out"
	ok notes list --sort -summary --json
	python3 -c 'import json,sys; assert len({r["key"] for r in json.load(open(sys.argv[1]))}) == 1234' "$out"
	ok notes list --limit 700
	out_lines 700
	notes list | head -n 1 >one
	is 1 "$(wc -l <one)"
}

t 'filters' filters
t 'saved filters' saved_filters
t 'bad filters' bad_filters
t 'sorting and limits' sorting
t 'JSON' json
t 'porcelain' porcelain
t 'text is whole when it is piped' text
t 'many pages' many_pages
