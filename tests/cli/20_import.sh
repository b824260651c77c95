#!/bin/sh
# Import and export: round trips, and files that mean no good.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo "${1:-r}"
	notes init --prefix NOTE -q
}

csv_comes_in() {
	tracker
	cat >t.csv <<-'END'
	key,type,summary,status,priority,assignee,labels,description,resolution,created,weight
	NOTE-3,bug,"Crash, with ""quotes""",done,high,ann,"tui,text","line one
	line two",wontfix,2020-01-02,9
	NOTE-10,feature,한글 요약,open,,,,,,2020-01-03T04:05:06Z,
	END
	ok notes import t.csv
	out_is '2 created, 0 updated, 0 unchanged'
	err_has weight
	ok notes show 3 --json
	out_has 'Crash, with \"quotes\"' '"status":"done"' \
	    '"resolution":"wontfix"' 'line one\nline two' '"text"' \
	    '"created":"2020-01-02T00:00:00Z"'
	ok notes show 10 --json
	out_has '한글 요약' '"created":"2020-01-03T04:05:06Z"'
	ok notes new -q task next
	out_is NOTE-11
}

twice_changes_nothing() {
	tracker
	printf 'key,type,summary\nNOTE-1,bug,one\nNOTE-2,task,two\n' >t.csv
	notes import -q t.csv
	notes log --porcelain >before
	ok notes import t.csv --json
	out_has '"created":0' '"updated":0' '"unchanged":2'
	notes log --porcelain >after
	same before after
	printf 'key,type,summary\nNOTE-1,bug,changed\n' >t.csv
	status=0
	notes import - --format csv --json <t.csv >"$out" || status=$?
	is 0 "$status"
	out_has '"updated":1'
	ok notes undo
	ok notes show 1
	out_has one
}

bom_and_crlf() {
	tracker
	printf '\357\273\277key,type,summary\r\nNOTE-1,bug,"one\r\ntwo"\r\nNOTE-2,task,last' >t.csv
	ok notes import t.csv
	out_is '2 created, 0 updated, 0 unchanged'
	ok notes show 2
	out_has last
	ok notes list --porcelain
	clean_output
	out_lines 2
}

nothing_by_halves() {
	tracker
	good='key,type,summary
NOTE-1,bug,one'
	printf '%s\nNOTE-1,bug,"open quote\n' "$good" >a.csv
	printf '%s\nNOTE-2,nonsense,two\n' "$good" >b.csv
	printf '%s\nNOTE-2,bug\n' "$good" >c.csv
	printf '%s\nnonsense,bug,two\n' "$good" >d.csv
	printf 'type,summary\nbug,no key column\n' >e.csv
	printf '%s\nNOTE-2,bug,two,three,four\n' "$good" >f.csv
	printf '%s\nNOTE-2,bug,"two"x\n' "$good" >g.csv
	: >h.csv
	head -c 4096 /dev/urandom >j.csv
	printf '{"tickets":[' >k.json
	printf '%s\nNOTE-2,bug,%s\n' "$good" \
	    "$(head -c 10240 /dev/zero | tr '\0' a)" >l.csv
	printf '%s\nNOTE-99999999999999999999,bug,x\n' "$good" >m.csv
	for file in a b c d e f g h j l m; do
		fails 1 notes import $file.csv
		clean_output
	done
	fails 1 notes import k.json
	fails 1 notes import nowhere.csv
	err_has nowhere.csv
	fails 1 notes import .
	run notes import a.csv --format nonsense
	test "$status" -ne 0
	ok notes list --count
	out_is 0
	notes import b.csv 2>&1 | grep -q 3 || fail 'the line is not named'
}

header_names_what_was_found() {
	tracker
	printf 'Issue key,Issue Type,\033[31mred,제목\nA-1,Bug,x,y\n' >t.csv
	fails 1 notes import t.csv
	err_has 'key, type and summary (found: Issue key, Issue Type, ' 제목
	clean_output
	printf 'a,b,c,d,e,f,g,h,i,j\n' >t.csv
	fails 1 notes import t.csv
	err_has '(found: a, b, c, d, e, f, g, h, ...)'
}

foreign_prefix() {
	tracker
	printf 'key,type,summary\nABC-1,bug,one\n' >t.csv
	echo '[{"key":"ABC-1","type":"bug","summary":"one"}]' >t.json
	for file in t.csv t.json; do
		fails 1 notes import $file
		err_has 'notes config prefix "NOTE ABC"'
	done
}

result_is_told() {
	tracker
	printf 'key,type,summary,weight\nNOTE-1,bug,one,2\n' >t.csv
	ok notes import t.csv
	out_is '1 created, 0 updated, 0 unchanged'
	err_has 'columns that are not known: weight'
	ok notes import t.csv --porcelain
	out_is "$(printf '0\t0\t1')"
}

same_column_twice() {
	tracker
	printf 'key,key,type,summary\nNOTE-1,NOTE-2,bug,x\n' >t.csv
	fails 1 notes import t.csv
	err_has key
}

invalid_utf8() {
	tracker
	printf 'key,type,summary\nNOTE-1,bug,"bad \377"\n' >t.csv
	fails 1 notes import t.csv
	err_has 'line 2' UTF-8
	clean_output
}

same_key_twice() {
	tracker
	printf 'key,type,summary\nNOTE-1,bug,one\nNOTE-1,bug,other\n' >t.csv
	run notes import t.csv
	test "$status" -ne 0 || err_has NOTE-1
	clean_output
}

hostile_text() {
	tracker
	printf 'key,type,summary\nNOTE-1,bug,"\033[31mred \342\200\256"\nNOTE-2,bug,"=cmd()"\nNOTE-3,bug,"-1+1"\nNOTE-4,bug,"@x"\n' >t.csv
	ok notes import t.csv
	clean_output
	ok notes list
	clean_output
	ok notes export
	grep -q "'=cmd()" "$out"
	grep -q "'-1+1" "$out"
	grep -q "'@x" "$out"
	ok notes export --raw
	grep -q ',=cmd()' "$out"
	# What was guarded comes back as it was.
	ok notes export
	cp "$out" t.csv
	ok notes import t.csv --json
	out_has '"updated":0' '"unchanged":4'
}

round_trip() {
	tracker a
	notes new -q bug 'one, "two"' -d "$(printf 'line\n\n# head\n')" -l a -l b
	notes new -q feature 한글 -p high -a ann --note '- 노트'
	notes new -q task gone --parent 1
	notes relate -q 1 blocks 2
	notes comment -q 1 'a comment'
	notes close -q 3 --as wontfix
	notes release add -q 1.4 --title 봄 --owner 이배포
	notes edit -q 2 release+=1.4
	ok notes export --json
	cp "$out" ../a.json
	notes export >../a.csv
	notes export --format csv -o ../same.csv -q
	same ../a.csv ../same.csv
	cd ..
	tracker b
	ok notes import ../a.json
	ok notes export --json
	cp "$out" ../b.json
	python3 - ../a.json ../b.json <<-'END'
	import json, sys
	a, b = (json.load(open(f, encoding="utf-8")) for f in sys.argv[1:])
	assert a == b, "differs"
	END
	ok notes import ../a.json --json
	out_has '"created":0' '"updated":0'
	cd ..
	tracker c
	ok notes import ../a.csv
	notes export >../c.csv
	same ../a.csv ../c.csv
}

links_by_hand() {
	tracker
	notes new -q bug one
	commit first
	linked=$(oid)
	commit 'NOTE-1 second'
	unlinked=$(oid)
	notes scan -q
	notes link 1 "$linked" -q
	notes unlink 1 "$unlinked" -q
	ok notes export --json
	out_has '"links": [' "$linked" '"unlinked": [' "$unlinked"
	notes export --json >../a.json
	echo "[$(notes show 1 --json)]" >../shown.json
	cd ..
	git clone -q r s
	cd s
	notes init --prefix NOTE -q
	ok notes import ../a.json
	ok notes import ../a.json --json
	out_has '"updated":0'
	notes scan -q
	notes export --json >../b.json
	same ../a.json ../b.json
	notes unlink 1 "$linked" -q
	ok notes import ../a.json
	out_has '1 updated'
	notes export --json >../c.json
	python3 - ../a.json ../c.json <<-'END'
	import json, sys
	a, c = (json.load(open(f))["tickets"][0] for f in sys.argv[1:])
	assert a["links"] == c["links"] and a["unlinked"] == c["unlinked"], c
	END
	notes unlink 1 "$linked" -q
	ok notes import ../shown.json --format json
	ok notes show 1 --json
	out_has '"role":"manual"'
	printf '[{"key":"NOTE-1","type":"bug","summary":"one","links":["x"]}]' >l
	fails 1 notes import l --format json
	err_has 'no commit'
}

export_some() {
	tracker
	notes new -q bug one
	notes new -q task two
	ok notes export type:bug
	out_has one
	out_lacks two
	fails 1 notes export status:nonsense
	fails 2 notes export --format xml
	fails 1 notes export -o /nowhere/file
	fails 1 notes export -o .
	notes export -o f.csv -q
	has f.csv one two
	test -c /dev/full || return 0
	status=0
	notes export >/dev/full 2>"$err" || status=$?
	is 1 "$status"
}

# Two clones each made a ticket, and both changed one.
two_clones() {
	repo lead
	notes init --prefix NOTE -q
	printf 'key,type,summary,created,updated\n%s\n' \
	    'NOTE-1,bug,from the start,2020-01-01,2020-01-02' >one.csv
	notes import -q one.csv
	notes export --format json -o ../one.json
	cd ..
	repo other
	notes init --prefix NOTE -q
	notes import -q ../one.json
	cd ../lead
	notes new -q bug 'of the lead' -d 'a text'
	notes comment 2 'said there' -q
	notes export --format json -o ../two.json
	cd ../other
	printf 'key,type,summary,created\nNOTE-2,bug,여기서 만든 것,2021-01-01\n' >two.csv
	notes import -q two.csv
	notes edit -q 1 summary='changed here'
	ok notes import ../two.json
	out_is '0 created, 1 updated, 1 unchanged'
	err_has 'NOTE-2 is another ticket here ("여기서 만든 것")' \
	    '"of the lead"' 'NOTE-1 was changed here after'
	ok notes show 2
	out_has '여기서 만든 것'
	out_lacks 'said there' 'a text'
	notes undo -q
	ok notes show 1
	out_has 'changed here'
	# The same file twice, and one's own, say nothing.
	notes export --format json -o own.json
	ok notes import own.json
	err_is ''
	out_is '0 created, 0 updated, 2 unchanged'
}

t 'CSV comes in' csv_comes_in
t 'twice changes nothing' twice_changes_nothing
t 'byte order mark, CRLF, no last newline' bom_and_crlf
t 'all or nothing' nothing_by_halves
t 'a header that does not do names what it has' header_names_what_was_found
t 'a prefix of another tracker' foreign_prefix
t 'the result is told' result_is_told
t 'one column twice' same_column_twice
t 'invalid UTF-8' invalid_utf8
t 'one key twice' same_key_twice
t 'hostile text and formulas' hostile_text
t 'round trips' round_trip
t 'links made by hand' links_by_hand
t 'a part, and a file' export_some
t 'two clones made tickets' two_clones
