#!/bin/sh
# One ticket: new, show, edit, comment, status, relate.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo r
	notes init --prefix NOTE -q
}

a_new_one() {
	tracker
	ok notes new bug it crashes
	out_is 'NOTE-1 created'
	ok notes new -q feature 미리보기 -d '**설명**' -p high -a me -l tui \
	    -l 한글 --note 'now with a preview' --component ui --due 2024-05-01 \
	    --estimate '2d 4h'
	out_is NOTE-2
	ok notes new task child --parent 2 --porcelain
	out_is NOTE-3
	ok notes new --json improvement words may be many
	is '{"key":"NOTE-4"}' "$(tr -d ' \n' <"$out")"
	ok notes show 2 --json
	out_has '"type":"feature"' '"summary":"미리보기"' \
	    '"priority":"high"' '"assignee":"ann"' '"tui"' '"한글"' \
	    '"description":"**설명**"' '"note":"now with a preview"' \
	    '"due":"2024-05-01"' '"category":"todo"' '"component":"ui"'
	ok notes show note-3 --json
	out_has '"parent":"NOTE-2"'
	ok notes show '#4'
	out_has 'words may be many'
	ok notes show 1 2 --json
	is '[' "$(head -c 1 "$out")"
	clean_output
}

# However it was typed, one person is one name.
names_of_people() {
	tracker
	notes new -q bug a -a Bo
	notes new -q bug b -a ann@example.org
	notes new -q bug c -a ANN
	notes new -q bug d -a bo
	notes new -q bug e -a Bob
	ok notes list --columns assignee --sort key --porcelain
	is 'Bo ann ann Bo Bob ' "$(tr '\n' ' ' <"$out")"
	# Two that are in use stay two.
	printf 'key,type,summary,assignee\nNOTE-9,bug,x,BO\n' >two.csv
	notes import -q two.csv
	notes edit -q 1 assignee=BO
	notes edit -q 2 assignee=Bo
	ok notes list assignee:BO --count
	out_is 2
}

texts_from_files() {
	tracker
	printf 'line one\n\n- item\n' >text
	ok notes new bug x -F text -q
	printf 'from a pipe\n' >pipe
	status=0
	notes new bug y -F - -q <pipe >"$out" || status=$?
	is 0 "$status"
	ok notes show 1 2
	out_has 'line one' '- item' 'from a pipe'
	fails 1 notes new bug z -F nowhere
	err_has nowhere
	fails 1 notes new bug z -F .
	fails 2 notes new bug z -F text -d text
	ok notes list --count
	out_is 2
}

dashes() {
	tracker
	ok notes new -q task -- -x is not documented
	ok notes show 1
	out_has '-x is not documented'
	ok notes new -q task '-5 degrees and falling'
	ok notes show 2
	out_has '-5 degrees and falling'
	fails 2 notes new task -y
	ok notes comment 1 '- a list'
	ok notes comment 1 -- --not-an-option
	ok notes show 1
	out_has '- a list' --not-an-option
}

hostile_values() {
	tracker
	long=$(head -c 10240 /dev/zero | tr '\0' a)
	fails 1 notes new bug "$long"
	clean_output
	fails 1 notes new bug ''
	fails 1 notes new bug '   '
	fails 1 notes new nonsense summary
	err_has feature bug task
	fails 1 notes new bug x --priority urgent-ish
	err_has highest lowest
	fails 1 notes new bug x --due someday
	fails 1 notes new bug x --parent 99
	fails 1 notes new bug x --status nonsense
	err_has in-progress
	ok notes list --count
	out_is 0
	ok notes new -q bug "$(printf 'red \033[31m bell \007 rlo \342\200\256 \377\n two')"
	ok notes show 1
	clean_output
	ok notes list
	clean_output
	ok notes list --porcelain
	clean_output
	out_lines 1
	ok notes show 1 --json
	clean_output
	python3 -c 'import json,sys; json.load(open(sys.argv[1], encoding="utf-8"))' "$out"
	ok notes comment 1 "$(printf '\033]0;title\007')"
	ok notes show 1
	clean_output
	body=$(head -c 70000 /dev/zero | tr '\0' b)
	printf %s "$body" >body
	fails 1 notes new bug x -F body
	fails 1 notes comment 1 -F body
}

unknown_keys() {
	tracker
	notes new -q bug x
	for key in NOTE-2 99 '#99' NOET-1 0 -- 99999999999999999999 nonsense \
	    한글-1 "$(printf 'A\033-1')"; do
		run notes show -- "$key"
		test "$status" -ne 0
		test "$(wc -l <"$err")" -eq 1
		clean_output
	done
	fails 1 notes show NOET-1
	err_has 'did you mean NOTE-1?'
	fails 1 notes close 1 99
	ok notes list is:done --count
	out_is 0
}

editing() {
	tracker
	notes new -q bug one
	notes new -q bug two
	ok notes edit 1 2 priority=high assignee=me +tui type=task
	out_has 'NOTE-1 changed' 'NOTE-2 changed'
	ok notes edit 1 -tui +text 'summary=새 제목'
	ok notes show 1 --json
	out_has '새 제목' '"text"' '"priority":"high"' '"type":"task"'
	out_lacks '"tui"'
	ok notes edit 1 assignee=
	ok notes show 1 --json
	out_has '"assignee":null'
	ok notes edit 1 priority=high
	out_is 'NOTE-1 unchanged'
	fails 1 notes edit 1 nonsense=x
	err_has nonsense
	fails 1 notes edit 1 status=nonsense
	err_has open in-progress
	fails 1 notes edit 1 priority=low due=someday
	ok notes show 1 --json
	out_has '"priority":"high"'
	fails 2 notes edit priority=high
	fails 2 notes edit 1 priority=high 2
	printf 'new text\n' | notes edit 1 -F - -q
	ok notes show 1
	out_has 'new text'
	ok notes edit 2 deleted=yes
	ok notes list --count
	out_is 1
}

comments() {
	tracker
	notes new -q bug one
	ok notes comment 1 seen on arm64 too
	out_is 'NOTE-1 commented'
	printf 'piped\n' >text
	ok notes comment 1 -F text
	fails 1 notes comment 1 ''
	fails 1 notes comment 1 '   '
	fails 1 notes comment 9 x
	ok notes show 1 --json
	out_has '"seen on arm64 too"' 'piped' '"author":"ann'
}

statuses() {
	tracker
	notes new -q bug one
	notes new -q bug two
	ok notes start 1
	out_is 'NOTE-1 in-progress'
	ok notes review 1
	ok notes show 1 --json
	out_has '"status":"in-review"' '"category":"doing"'
	ok notes close 1 2
	out_has 'NOTE-1 done' 'NOTE-2 done'
	ok notes show 1 --json
	out_has '"status":"done"' '"resolution":"fixed"'
	ok notes reopen 1
	ok notes show 1 --json
	out_has '"status":"open"' '"resolution":null'
	ok notes close 1 --as wontfix
	out_is 'NOTE-1 done (wontfix)'
	ok notes show 1 --json
	out_has '"resolution":"wontfix"'
	fails 1 notes close 2 --as nonsense
	err_has wontfix
	ok notes status in-progress 1 2
	ok notes status 'In Review' 1
	out_is 'NOTE-1 in-review'
	fails 1 notes status nonsense 1
	err_has open in-progress in-review done
	fails 2 notes status 1 done
	err_has 'notes status done 1'
	ok notes status done 1 --json
	out_has '"changed":1' NOTE-1
}

nothing_to_do() {
	tracker
	notes new -q bug one
	notes close -q 1
	ok notes close 1
	out_is 'NOTE-1 is done already'
	ok notes close 1 --as wontfix
	out_is 'NOTE-1 done (wontfix)'
	ok notes close 1 --as wontfix
	out_is 'NOTE-1 is done (wontfix) already'
	ok notes close 1 --json
	out_has '"changed":0'
	notes start -q 1
	ok notes start 1
	out_is 'NOTE-1 is in-progress already'
}

own_statuses() {
	tracker
	ok notes config status 'blocked:doing'
	notes new -q bug one
	ok notes status blocked 1
	ok notes list is:doing --porcelain
	out_has NOTE-1 blocked
}

relations() {
	tracker
	notes new -q bug one
	notes new -q bug two
	ok notes relate 1 blocks 2
	ok notes show 2 --json
	out_has '"relation":"blocked by"' '"key":"NOTE-1"'
	ok notes list is:blocked --porcelain
	out_has NOTE-2
	ok notes relate 1 blocks 2 --remove
	ok notes show 2 --json
	out_lacks 'blocked by'
	ok notes relate 1 blocks 2
	fails 1 notes relate 2 blocks 1
	err_has 'NOTE-1 blocks NOTE-2 already'
	ok notes relate 1 relates 2
	ok notes relate 2 relates 1
	ok notes relate 1 blocks 2 --remove
	fails 1 notes relate 1 hates 2
	err_has blocks duplicates
	fails 1 notes relate 1 blocks 1
	fails 1 notes relate 1 blocks 9
}

own_comments() {
	repo r
	notes init --prefix NOTE -q
	notes new -q bug one
	notes comment -q 1 'first words'
	GIT_COMMITTER_EMAIL=sam@x git config user.email sam@x
	notes comment -q 1 'of somebody else'
	fails 1 notes comment 1 --hide 1
	err_has 'only '
	fails 1 notes comment 1 --change 1 mine now
	ok notes comment 1 --change 2 other words
	ok notes show 1
	out_has 'first words' 'other words' edited
	out_lacks 'somebody else'
	ok notes comment 1 --hide 2
	ok notes show 1
	out_lacks 'other words'
	ok notes undo 2
	ok notes show 1
	out_has 'of somebody else'
	fails 1 notes comment 1 --hide 3
	err_has 'no comment 3'
	fails 2 notes comment 1 --hide 2 words
	fails 2 notes comment 1 --hide x
	ok notes fsck --rebuild
}

options_of_new() {
	tracker
	notes new -q bug one
	fails 2 notes edit 1 -r 1.3
	err_has 'notes edit has no option -r (write release=1.3)'
	fails 2 notes edit 1 --due 2024-05-01
	err_has '--due (write due=...)'
	fails 2 notes edit 1 --release=1.3
	err_has '(write release=1.3)'
	fails 2 notes edit 1 --nonsense
	err_has 'no option --nonsense'
	fails 2 notes edit 1 -x 1.3
	err_has '"1.3" is neither'
}

t 'edit names the field of an option' options_of_new
t 'a new ticket' a_new_one
t 'names of people' names_of_people
t 'texts from files and pipes' texts_from_files
t 'words that begin with a dash' dashes
t 'hostile values' hostile_values
t 'unknown keys' unknown_keys
t 'editing fields' editing
t 'comments' comments
t 'statuses' statuses
t 'a status that is there already' nothing_to_do
t 'statuses of the project' own_statuses
t 'relations' relations
t 'comments of one'\''s own' own_comments
