#!/bin/sh
# usage: pictures.sh [PROGRAM]
#
# Makes the pictures of docs/pictures: real screens of a made-up project, as
# tmux shows them, turned into SVG by shot.py.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
notes=${1:-$top/build/notes}
case $notes in /*) ;; *) notes=$PWD/$notes ;; esac
out=$top/docs/pictures
work=$(mktemp -d "${TMPDIR:-/tmp}/notes-pictures-XXXXXX")
mux() {
	tmux -S "$work/.tmux" -f /dev/null "$@"
}
trap 'mux kill-server 2>/dev/null || :; rm -rf "$work"' EXIT

export LC_ALL=C.UTF-8 TZ=UTC GIT_CONFIG_NOSYSTEM=1 \
	GIT_CONFIG_GLOBAL=/dev/null
# The same day whenever they are made.
export SOURCE_DATE_EPOCH=1791201600 GIT_AUTHOR_DATE='1791201600 +0000' \
	GIT_COMMITTER_DATE='1791201600 +0000'
unset NO_COLOR COLORFGBG 2>/dev/null || :

commit() {
	git add -A
	git commit -q --allow-empty -m "$1"
}

project() {
	git init -q -b main "$work/tide"
	cd "$work/tide"
	git config user.name 'Dana Park'
	git config user.email dana@example.org
	cat >table.c <<'END'
/* Fits a station's name into its column. */
void
table_name(char *out, const char *name, size_t width)
{
	size_t n = strlen(name);

	memcpy(out, name, n < width ? n : width);
}
END
	commit 'Draw the tide table'
	git tag v1.1
	"$notes" init --prefix TIDE --tags 'v{version}'
	"$notes" release add 1.2 --title '봄' --start 2026-09-01 \
	    --target 2026-10-17 --owner dana
	"$notes" new bug '한글 폭 계산 오류로 표가 어긋남' --priority highest \
	    --assign dana --label unicode --release 1.2 \
	    --note '두 칸 글자가 반으로 잘리지 않습니다.' -d '## 현상

표의 STATUS 열이 한 칸씩 밀린다.

* `strlen()` 으로 자르고 있음
* tmux, xterm 에서 재현

> 기대: 두 칸 글자는 절대 반으로 잘리지 않는다

```c
size_t n = strlen(s);
```'
	"$notes" new feature 'Forecast of the next seven tides' --priority high \
	    --assign minseo --release 1.2 \
	    --note 'The table now looks a week ahead.'
	"$notes" new task 'Docs: 설정 예시와 theme page' --assign joon
	"$notes" new bug 'Crash when the window shrinks under a menu' \
	    --priority highest --assign sam --label tui --release 1.2
	"$notes" new feature 'Undo across sessions' --assign sam \
	    --priority high --release 1.2
	"$notes" new improvement '검색: 두 글자 한글 단어 찾기' --assign minseo
	"$notes" new security 'Control bytes in station names reach the terminal' \
	    --priority highest --assign dana --release 1.2
	"$notes" new dependency 'Update the harmonics table to 2026b'
	sed -i -e 's/strlen(name)/utf8_fit(name, width)/' table.c
	commit 'TIDE-1: measure columns, not bytes'
	sed -i -e '/memcpy/s/, n < width ? n : width/, n/' table.c
	commit 'TIDE-1: cut between graphemes'
	commit 'Show the next seven tides

Closes: TIDE-2'
	commit 'Fixes: TIDE-4'
	commit 'Keep the journal

Fixes TIDE-5'
	"$notes" scan
	"$notes" status in-progress TIDE-1 TIDE-7
	"$notes" status in-review TIDE-6
	git config tracker.wip.in-progress 2
	"$notes" comment TIDE-1 'tmux 3.3 에서도 *같은* 현상'
}

# A tracker with three months behind it.
flow() {
	git init -q -b main "$work/flow"
	cd "$work/flow"
	git config user.name 'Dana Park'
	git config user.email dana@example.org
	"$notes" init --prefix TIDE --tags 'v{version}'
	awk 'BEGIN {
		now = 1791201600; day = 86400
		split("bug feature improvement task bug", type, " ")
		split("dana minseo joon sam 이배포", who, " ")
		print "key,type,summary,status,assignee,release,created,resolved"
		for (i = 0; i < 90; i++) {
			made = now - (i * i % 89 + 1) * day
			took = (i * 7 % 23 + 1) * day / 2
			done = i % 4 != 0 && made + took < now
			doing = !done && i % 3 == 0
			printf "TIDE-%d,%s,%s,%s,%s,%s,%s,%s\n", i + 1, \
			    type[i % 5 + 1], "조석표 " i + 1, \
			    done ? "done" : doing ? "in-progress" : "open", \
			    done || doing ? who[i % 5 + 1] : "", \
			    i < 30 && done ? "1.1" : "", \
			    strftime("%Y-%m-%d", made, 1), \
			    done ? strftime("%Y-%m-%d", made + took, 1) : ""
		}
	}' >in.csv
	"$notes" import in.csv
	for n in 2 3 4 6 7 8 10 11 12 14 15 16 18; do
		commit "TIDE-$n: work"
	done
	git tag v1.1
	"$notes" release edit 1.1 --tag v1.1
	"$notes" release publish 1.1 --date 2026-10-04
	cd "$work/tide"
}

see() {
	n=0
	until mux capture-pane -p 2>/dev/null | grep -qF -e "$1"; do
		n=$((n + 1))
		test "$n" -lt 400 || {
			mux capture-pane -p >&2
			echo "never saw: $1" >&2
			exit 1
		}
		sleep 0.025
	done
}

# NAME COLSxROWS WANT KEYS...: goes through the keys, waits for WANT.
picture() {
	name=$1 size=$2 want=$3
	shift 3
	mux kill-server 2>/dev/null || :
	rm -f "$work/.tmux"
	mux new-session -d -x "${size%x*}" -y "${size#*x}" \
	    "TERM=screen-256color '$notes'"
	see 'q back'
	for key; do
		mux send-keys "$key"
	done
	see "$want"
	mux capture-pane -p -e -N |
	    "$top/tests/tui/shot.py" -t "notes: $name" >"$out/$name.svg"
}

mkdir -p "$out"
project >/dev/null
flow >/dev/null
picture list 110x22 '1 marked' Space
picture ticket 90x26 '[Description]' G Enter
picture board 110x22 '2 Board' 2
picture releases 90x12 '3 Releases' 3
picture hub 100x24 '% done' 3 Enter
picture diff 90x20 '@@' G Enter d
picture notes 100x26 'Notes 1.2' 4
cd "$work/flow"
picture metrics 100x38 'CYCLE TIME' 5
cd "$work/tide"
picture help 90x26 'This screen' '?'
