# What other makers of release notes do with the same small repository, and with
# a real history: the facts behind docs/COMPARISON.md.  No ratio and no target;
# what is not in PATH is left out.  git-cliff and release-please come from npm,
# towncrier and reno from Debian.  release-please reads commits from a forge:
# here its own parser and writer get those of the range, which is said to it.
cm() {
	GIT_AUTHOR_DATE="2030-01-01T12:0$n:00Z" GIT_COMMITTER_DATE="2030-01-01T12:0$n:00Z" \
	    git commit -q --allow-empty "$@"
	n=$((n + 1))
}

# News for those who keep it in files: towncrier one, reno another.
news() {
	mkdir -p newsfragments releasenotes/notes
	printf '%s\n' "$3" >"newsfragments/$1.$2"
	case $2 in feature) kind=features ;; *) kind=fixes ;; esac
	printf -- "---\n$kind:\n  - |\n    %s\n" "$3" \
	    >"releasenotes/notes/note-$1-000000000000000$1.yaml"
	git add .
}

hostile='<script>alert(1)</script> @admin [x](javascript:alert(1))'
small() {
	git init -q -b main small
	cd small || exit 1
	n=0
	printf '[tool.towncrier]\ndirectory = "newsfragments"\nfilename = "NEWS.md"\nname = "x"\nversion = "1.1.0"\nissue_format = "NOTE-{issue}"\nstart_string = "<!-- towncrier -->\\n"\n' >pyproject.toml
	printf '# News\n\n<!-- towncrier -->\n' >NEWS.md
	printf '/changes.md\n/notes.md\n/out*\n' >.gitignore
	git add .
	cm -m 'chore: begin'
	git tag v1.0.0
	news 1 feature '한글 목록'
	cm -m 'feat: 한글 목록' -m 'Fixes NOTE-1'
	news 2 bugfix 'table breaks'
	cm -m 'fix: table breaks' -m 'Fixes NOTE-2'
	git branch fix-2
	news 3 bugfix 'slow list'
	cm -m 'fix: slow list' -m 'Fixes NOTE-3'
	GIT_COMMITTER_DATE=2030-01-01T12:08:00Z \
	    git revert --no-edit HEAD >/dev/null
	cm -m 'tidy the house'
	news 4 bugfix "$hostile"
	cm -m "fix: $hostile" -m 'Fixes NOTE-4'
	git tag v1.1.0
	git checkout -q -b 1.0.x v1.0.0
	git cherry-pick fix-2 >/dev/null 2>&1 || {
		git checkout -q --theirs . 2>/dev/null
		git add .
		git -c core.editor=true cherry-pick --continue >/dev/null 2>&1
	}
	git tag v1.0.1
	git checkout -q main
	notes init --prefix NOTE --mainline main --tags 'v{version}' -q
	notes new -q feature '한글 목록' >/dev/null
	notes new -q bug 'table breaks' >/dev/null
	notes new -q bug 'slow list' >/dev/null
	notes new -q bug "$hostile" >/dev/null
	notes release import-tags -q
	notes scan -q --full
}

have() {
	command -v "$1" >/dev/null
}

# Writes (or brings up to date) the Markdown file $2 of version 1.1.0 by tool $1.
write() {
	case $1 in
	notes) notes generate 1.1.0 --update "$2" -q 2>/dev/null ;;
	git-cliff) git-cliff v1.0.0..v1.1.0 -o "$2" >/dev/null 2>&1 ;;
	towncrier)
		towncrier build --yes --version 1.1.0 --date 2030-01-01 \
		    >/dev/null 2>&1
		test "$2" = NEWS.md || cp NEWS.md "$2"
		;;
	reno) reno -q report --no-show-source >"$2" 2>/dev/null ;;
	release-please) please v1.0.0..v1.1.0 1.1.0 "$2" ;;
	esac
}

please() {
	git log --format='%H%x01%B%x02' "$1" >out.commits
	PLEASE=$please node -e '
const fs = require("fs"), src = process.env.PLEASE + "/build/src/";
const quiet = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
const { parseConventionalCommits } = require(src + "commit");
const { DefaultChangelogNotes } = require(src + "changelog-notes/default");
const { Changelog } = require(src + "updaters/changelog");
const [, file, version, out] = process.argv;
const commits = fs.readFileSync(file, "utf8").split("\x02").map((s) => {
	const [sha, message] = s.trim().split("\x01");
	return { sha, message, files: [] };
}).filter((c) => c.message);
new DefaultChangelogNotes().buildNotes(parseConventionalCommits(commits, quiet), {
	host: "https://x.example", owner: "o", repository: "r", version,
	previousTag: "v1.0.0", currentTag: "v" + version, targetBranch: "main",
	changesetFile: [] , commits: []
}).then((entry) => {
	const old = fs.existsSync(out) ? fs.readFileSync(out, "utf8") : "";
	fs.writeFileSync(out, new Changelog({ changelogEntry: entry,
		version: null }).updateContent(old));
});' out.commits "$2" "$3" 2>out.err
}

says() {
	if "$@" >/dev/null 2>&1; then echo yes; else echo no; fi
}

# A row: the tools in order.
row() {
	_name=$1
	shift
	printf '  %-40s' "$_name"
	for _t in $tools; do
		printf ' %14s' "$(fact "$_t")"
	done
	echo
}

markup() {
	cmark --unsafe "out.$1.md" | grep -q '<script'
}
link() {
	cmark "out.$1.md" | grep -q 'href="javascript:'
}
# Outside of a code span.
mention() {
	sed 's/`[^`]*`//g' "out.$1.md" | grep -q '@admin'
}

# An entry is worded anew by hand, and written again.
edit_survives() {
	case $1 in
	towncrier) file=NEWS.md ;;
	*) file=out.$1.md ;;
	esac
	sed -i 's/table breaks/table is straight again/I' "$file"
	write "$1" "$file"
	grep -q 'straight again' "$file" &&
	    test "$(grep -ci 'straight again\|table breaks' "$file")" = 1
}

twice_same() {
	cp "out.$1.md" out.before
	write "$1" "out.$1.md"
	cmp -s out.before "out.$1.md"
}

facts() {
	for t in $tools; do
		write "$t" "out.$t.md"
	done
	fact() { says grep -qi '한글 목록' "out.$1.md"; }
	row 'the feature is listed'
	fact() { says grep -qi 'slow list' "out.$1.md"; }
	row 'reverted work is listed'
	fact() { says grep -qi 'tidy the house' "out.$1.md"; }
	row 'a commit without type or ticket is listed'
	fact() { says grep -q '1\.0\.1' "out.$1.md"; }
	row 'the backport to 1.0.1 is told'
	if have cmark; then
		fact() { says markup "$1"; }
		row 'a title becomes markup'
	fi
	fact() { says mention "$1"; }
	row 'a title mentions a person'
	fact() { says twice_same "$1"; }
	row 'writing again changes nothing'
	fact() { says edit_survives "$1"; }
	row 'a line worded anew by hand stays'
	fact() {
		case $1 in
		git-cliff) git-cliff --bumped-version 2>/dev/null ;;
		*) echo - ;;
		esac
	}
	git checkout -q main
	cm -m 'feat: more'
	row 'next version number after a feature'
	git checkout -q -b topic
	echo more >more.c
	git add more.c
	cm -m 'feat: without news'
	fact() {
		case $1 in
		notes) set -- notes check 1.1.0 --file out.notes.md ;;
		towncrier) set -- towncrier check --compare-with main ;;
		reno) set -- reno -q lint ;;
		*) echo - && return ;;
		esac
		"$@" >out.check 2>&1
		echo "exit $?"
	}
	row 'a check for CI (here, by its own rules)'
}

# Keys of one release of a real history, against what was published.
keys() {
	sort -u >keys.got
	tail -n +2 "$published/released.csv" | grep "^$1," | cut -d, -f3 |
	    sort -u >keys.want
	both=$(comm -12 keys.got keys.want | wc -l)
	awk -v g="$(wc -l <keys.got)" -v w="$(wc -l <keys.want)" -v b="$both" \
	    'BEGIN { printf "%.2f/%.2f", g ? b / g : 0, w ? b / w : 0 }'
}

real() {
	git init -q --bare -b main maven.git
	xz -dc "$corpora/maven.fi.xz" | git -C maven.git fast-import --quiet --done
	cd maven.git || exit 1
	notes init --prefix MNG --tags 'maven-{version}' -q
	notes import "$published/tickets.csv" -q
	xargs notes release drop -q <"$published/never-published.txt"
	notes scan -q
	printf '[git]\nconventional_commits = false\nfilter_unconventional = false\ntag_pattern = "maven-.*"\n' >cliff.toml
	printf '[changelog]\nbody = "{%% for c in commits %%}- {{ c.message }}\\n{%% endfor %%}"\n' >>cliff.toml
	for v in 3.5.2 3.5.3 3.5.4 3.6.0 3.6.1; do
		range=maven-$(grep "^$v," "$published/released.csv" | head -n 1 |
		    cut -d, -f2)..maven-$v
		fact() {
			case $1 in
			notes)
				notes generate $v --json -q 2>/dev/null |
				    tr -d '\n ' |
				    sed 's/"warnings":.*//; s/{"id":"reverted".*//' |
				    grep -o '"key":"[^"]*"' | cut -d'"' -f4 |
				    keys $v
				;;
			git-cliff)
				git-cliff -c cliff.toml "$range" 2>/dev/null |
				    grep -o 'MNG-[0-9]*' | keys $v
				;;
			release-please)
				rm -f out
				please "$range" $v out
				grep -o 'MNG-[0-9]*' out | keys $v
				;;
			*) printf '%s' - ;;
			esac
		}
		row "Maven $v: precision/recall"
	done
	# The same history, subjects only: no rules on either side.
	ratio 'every version, set against git-cliff' 0.400 -- \
	    notes generate -q --all -- \
	    git-cliff -c cliff.toml -o out.md 2>/dev/null
}

corpora=${NOTES_CORPUS_DIR:-$top/../shared/corpora}
published=$corpora/maven-published
please='' tools=notes
have git-cliff && tools="$tools git-cliff"
have towncrier && tools="$tools towncrier"
have reno && tools="$tools reno"
if have release-please && have node; then
	please=$(readlink -f "$(command -v release-please)")
	please=${please%/build/*}
	tools="$tools release-please"
fi
for t in git-cliff towncrier reno release-please cmark; do
	have $t || note "$t is not in PATH"
done
printf '  %-40s' ''
# shellcheck disable=SC2086
printf ' %14s' $tools
echo
(small && facts)
if test -f "$corpora/maven.fi.xz" && have git-cliff; then
	(real)
else
	note 'no corpora beside the checkout, or no git-cliff'
fi
