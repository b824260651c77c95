#!/bin/sh
# Releases and builds.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo r
	at '2024-01-10 12:00'
	commit first
	git tag v1.0.0
	at '2024-02-10 12:00'
	commit second
	git -c tag.gpgSign=false tag -a -m 'one one' v1.1.0
	commit third
	notes init --prefix NOTE --tags 'v{version}' -q
}

versions() {
	notes release list --porcelain | cut -f1,2,3 | tr '\t\n' '  '
}

published_by_hand() {
	tracker
	notes release add 2.0 -q
	ok notes release publish 2.0
	out_is "2.0 published as $(oid HEAD | cut -c 1-12) third (HEAD: it has no tag)"
	events=$(notes log --porcelain | wc -l)
	ok notes release publish 2.0 1.0.0
	out_is "2.0 is out already, since $(date -u +%Y-%m-%d)
1.0.0 is out already, since 2024-01-10"
	is "$events" "$(notes log --porcelain | wc -l)"
	ok notes release publish 2.0 --date 2024-03-01
	out_is '2.0 published'
	# 1.2.0 is another version than 1.1.0, no slip of a finger.
	fails 1 notes release publish 1.2.0
	err_is 'notes: no release 1.2.0 (see: notes release list; or run: notes release add 1.2.0)'
	fails 1 notes release publish 1.1,0
	err_has 'did you mean 1.1.0?'
	fails 1 notes release show 1.1
	err_has 'did you mean 1.1.0?'
}

# A tag is a release from the first look on.
new_tag() {
	tracker
	notes release add 1.2 -q
	git tag v1.2
	ok notes release list
	out_has '1.2    released'
	git tag v1.3
	ok notes release show 1.3
	out_has 1.3
	git tag v1.4
	ok notes release edit 1.4 --title 봄
	git tag v1.5
	ok notes release publish 1.5
	out_has '1.5 is out already'
	chmod -R a-w .git/tracker
	git tag v1.6
	ok notes release list
	out_has 1.5
	chmod -R u+w .git/tracker
}

# A release that was taken back has its name in the journal.
logged() {
	tracker
	notes release add 9.0 -q
	notes release edit 9.0 --title 봄 -q
	notes release publish 9.0 -q
	notes undo 3 -q
	ok notes log --porcelain
	is 6 "$(cut -f5 "$out" | grep -c '^9.0$')"
	grep 'set state to released' "$out" | cut -f5 | grep -q '^9.0$' ||
	    fail 'no version beside its state'
}

from_tags() {
	tracker
	is '1.1.0 released 2024-02-10 1.0.0 released 2024-01-10 ' "$(versions)"
	git tag v1.10.0
	git tag not-a-version
	git tag v2.0.0-rc1
	ok notes release import-tags --json
	ok notes release list --porcelain
	out_has '1.10.0	released'
	out_lacks not-a-version
	is 1.10.0 "$(notes release list --porcelain | cut -f1 | grep -v rc | head -n 1)"
	ok notes release import-tags
	out_is '0 releases from tags'
	ok notes release show 1.1.0 --json
	out_has '"tag":"v1.1.0"' "\"commit\":\"$(oid v1.1.0^{commit})\""
}

by_hand() {
	tracker
	ok notes release add 2.0 --title 봄 --target 2024-04-01 -d '# 소개'
	out_is '2.0 added'
	ok notes release show 2.0 --json
	out_has '"state":"planned"' '"title":"봄"' \
	    '"target":"2024-04-01"' '"description":"# 소개"'
	fails 1 notes release add 2.0
	err_has 2.0
	ok notes release show 1.0.0 2.0 --json
	python3 -c 'import json,sys; assert len(json.load(open(sys.argv[1]))) == 2' "$out"
	ok notes release edit 2.0 --title 여름
	ok notes release show 2.0
	out_has 여름 planned
	ok notes release edit 2.0 --owner 이배포
	ok notes release show 2.0 --json
	out_has '"owner":"이배포"'
	ok notes release show 2.0
	out_has owner 이배포
	ok notes release edit 2.0 --owner me
	ok notes release list --json
	out_has '"owner":"ann"'
	ok notes undo
	ok notes release show 2.0 --json
	out_has '"owner":"이배포"'
	ok notes release edit 2.0 --owner ''
	ok notes release show 2.0 --json
	out_has '"owner":null'
	ok notes release add 2.1 --owner=me
	ok notes release show 2.1 --json
	out_lacks '"owner":null'
	ok notes release publish 2.0 --date 2024-05-01
	ok notes release show 2.0 --json
	out_has '"state":"released"' '"date":"2024-05-01"'
	ok notes release yank 2.0 --reason 'broken build'
	ok notes release show 2.0 --json
	out_has '"state":"yanked"' 'broken build'
	ok notes undo
	ok notes release show 2.0 --json
	out_has '"state":"released"'
}

dropping() {
	tracker
	git tag v1.2.0
	git tag v1.3.0
	notes release import-tags -q
	ok notes release drop 1.2.0 1.3.0
	out_is '2 releases dropped'
	ok notes release show 1.2.0 1.3.0 --porcelain
	is 2 "$(cut -f2 "$out" | grep -c dropped)"
	ok notes undo
	ok notes release show 1.2.0 --porcelain
	out_has released
	printf '# failed votes\n1.2.0\r\n\n  1.3.0  \n' >list
	ok notes release drop --from-file list
	out_is '2 releases dropped'
	notes undo -q
	ok sh -c 'notes release drop --from-file - <list'
	notes undo -q
	ok sh -c 'printf "1.2.0\n1.3.0\n" | xargs notes release drop'
	ok notes release import-tags
	ok notes release show 1.2.0 --porcelain
	out_has dropped
	: >empty
	ok notes release drop --from-file empty
	fails 1 notes release drop 1.0.0 nonsense
	err_has nonsense
	ok notes release show 1.0.0 --porcelain
	out_has released
	fails 2 notes release drop
}

bad_ones() {
	tracker
	for version in '' ' ' "$(printf '\033[1m')" "$(printf '1\n2')" \
	    "$(head -c 300 /dev/zero | tr '\0' 1)"; do
		run notes release add -- "$version"
		test "$status" -ne 0
		test "$(wc -l <"$err")" -eq 1
		clean_output
	done
	fails 1 notes release add 3 --date someday
	fails 1 notes release show 9.9
	err_has 9.9
	fails 1 notes release publish 9.9
	fails 1 notes release edit 1.0.0 --previous 9.9
	fails 1 notes release show 1.1
	err_has '1.1.0'
}

builds() {
	tracker
	ok notes build add 1.1.0 --number 57 --commit v1.1.0 --result passed \
	    --url https://ci.example.org/57
	out_is 'build 57 of 1.1.0'
	ok notes build list --json
	python3 - "$out" "$(oid v1.1.0^{commit})" <<-'END'
	import json, sys
	(b,) = json.load(open(sys.argv[1]))
	assert b["version"] == "1.1.0" and b["number"] == "57", b
	assert b["commit"] == sys.argv[2] and b["result"] == "passed", b
	assert b["url"] == "https://ci.example.org/57", b
	END
	ok notes build add 1.1.0 --number 57 --result failed
	ok notes build list 1.1.0 --porcelain
	out_lines 1
	out_has failed
	ok notes build add 1.1.0 --number 1.2.58
	ok notes build list
	out_lines 2
	ok notes build
	out_lines 2
	fails 1 notes build add 9.9 --number 1
	fails 1 notes build add 1.1.0 --number 1 --commit nonsense
	fails 1 notes build add 1.1.0 --number 1 --result maybe
	fails 2 notes build add 1.1.0
	err_has number
}

ci_environment() {
	tracker
	ok env GITHUB_ACTIONS=true GITHUB_RUN_NUMBER=71 \
	    GITHUB_SHA="$(oid)" GITHUB_SERVER_URL=https://github.com \
	    GITHUB_REPOSITORY=a/b GITHUB_RUN_ID=9 notes build add 1.1.0 --json
	out_has '"number":"71"' '"ci":"github"' "$(oid)"
	ok env JENKINS_URL=http://j/ BUILD_NUMBER=72 BUILD_URL=http://j/72/ \
	    notes build add 1.1.0 --json
	out_has '"number":"72"' '"ci":"jenkins"' 'http://j/72/'
	ok env GITLAB_CI=true CI_PIPELINE_IID=73 notes build add 1.1.0 --json
	out_has '"number":"73"' '"ci":"gitlab"'
	ok env TRAVIS=true TRAVIS_BUILD_NUMBER=74 notes build add 1.1.0 --json
	out_has '"number":"74"'
	ok env BUILDKITE=true BUILDKITE_BUILD_NUMBER=75 \
	    notes build add 1.1.0 --json
	out_has '"number":"75"'
	ok env CIRCLECI=true CIRCLE_BUILD_NUM=76 notes build add 1.1.0 --json
	out_has '"number":"76"'
	ok env TF_BUILD=True BUILD_BUILDNUMBER=20240101.1 \
	    notes build add 1.1.0 --json
	out_has '"number":"20240101.1"'
	ok env TEAMCITY_VERSION=1 BUILD_NUMBER=78 notes build add 1.1.0 --json
	out_has '"number":"78"' '"ci":"teamcity"'
	ok env DRONE=true DRONE_BUILD_NUMBER=79 notes build add 1.1.0 --json
	out_has '"number":"79"'
	# A number alone, without the system's own mark, is nobody's.
	fails 2 env BUILD_NUMBER=80 notes build add 1.1.0
	# What is said wins.
	ok env JENKINS_URL=http://j/ BUILD_NUMBER=81 \
	    notes build add 1.1.0 --number 82 --json
	out_has '"number":"82"'
}

one_json_value() {
	tracker
	for cmd in 'release list' 'release show 1.0.0' \
	    'release show 1.0.0 1.1.0' 'build list'; do
		ok notes $cmd --json
		python3 -c 'import json,sys
v = json.load(open(sys.argv[1], encoding="utf-8"))
one = sys.argv[2] == "release show 1.0.0"
assert isinstance(v, dict if one else list), v' "$out" "$cmd"
	done
	fails 1 notes release show 1.0.0 9.9 --json
}

t 'publishing says what it did' published_by_hand
t 'a new tag is a release at once' new_tag
t 'the journal names a release that is gone' logged
t 'releases from tags' from_tags
t 'JSON is one value' one_json_value
t 'releases by hand' by_hand
t 'dropping, from words, files and pipes' dropping
t 'bad versions' bad_ones
t 'builds' builds
t 'builds from the environment of CI' ci_environment
