#!/bin/sh
# Databases that are locked, damaged, foreign or newer.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo r
	notes init --prefix NOTE -q
	notes new -q bug one
	db=.git/tracker/notes.db
}

refused() {
	fails 1 notes list
	clean_output
	fails 1 notes new bug x
	run notes fsck
	test "$status" -ne 0
	test -s "$err" || test -s "$out"
}

not_ours() {
	tracker
	cp $db good
	: >$db
	refused
	test ! -s $db || fail 'written to'
	printf 'a text file that is no database\n' >$db
	cp $db before
	refused
	same before $db
	rm $db
	ln -s "$PWD/good" $db
	refused
	rm $db
	mkfifo $db
	refused
	rm $db
	mkdir $db
	refused
}

foreign() {
	command -v sqlite3 >/dev/null || skip 'no sqlite3'
	tracker
	rm $db
	sqlite3 $db 'CREATE TABLE t(x); PRAGMA application_id = 12345'
	cp $db before
	refused
	same before $db
}

newer() {
	command -v sqlite3 >/dev/null || skip 'no sqlite3'
	tracker
	sqlite3 $db 'PRAGMA user_version = 9999'
	ok notes list --porcelain
	out_has one
	err_has newer
	fails 1 notes new bug x
	ok notes list -q --count
	out_is 1
}

damaged() {
	tracker
	seq 1 500 | sed 's/.*/NOTE-&,task,number &/; 1i key,type,summary' >t.csv
	notes import -q t.csv 2>/dev/null || :
	size=$(stat -c %s $db)
	head -c 4096 /dev/urandom |
	    dd of=$db bs=4096 seek=$((size / 8192)) conv=notrunc 2>/dev/null
	run notes fsck
	test "$status" -ne 0
	clean_output
	run notes fsck --recover saved.db
	clean_output
	test "$status" -eq 0 || {
		is 1 "$(wc -l <"$err")"
		return
	}
	ok notes --db saved.db list --count
}

locked() {
	command -v flock >/dev/null || skip 'no flock'
	tracker
	lock=$(find .git/tracker -name '*.lock')
	test -n "$lock" || skip 'no lock file'
	mkfifo held
	flock "$lock" sh -c 'echo >held; exec sleep 60' &
	holder=$!
	read -r _ <held
	ok notes list
	fails 1 notes new bug x
	err_has process
	pkill -P "$holder" || :
	wait "$holder" 2>/dev/null || :
	ok notes new -q bug x
	out_is NOTE-2
}

file_size_limit() {
	tracker
	status=0
	(
		ulimit -f 1
		notes import /dev/stdin --format csv 2>&1 <<-END
		key,type,summary
		NOTE-9,bug,$(head -c 900 /dev/zero | tr '\0' a)
		END
	) >"$out" || status=$?
	clean_output
	ok notes fsck
	ok notes list --porcelain
	out_has one
}

t 'what is no database is refused, untouched' not_ours
t 'a foreign database is refused' foreign
t 'a newer one is read' newer
t 'a damaged one' damaged
t 'a locked one' locked
t 'no room to write' file_size_limit
