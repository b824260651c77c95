#!/bin/sh
# usage: NOTES=PROGRAM demo.sh
#
# Shows the program on this repository's own history: a copy of it is made in
# build/demo, with a tracker, the tickets of docs/tickets.*, and the links that
# its commits name.  Then the terminal UI opens; without a terminal, the notes
# are printed instead.  Your own repository is only read.
set -eu
cd "$(dirname "$0")/.."
top=$(pwd -P)
case ${NOTES:-} in
'') notes=$top/build/notes ;;
*) notes=$NOTES ;;
esac
unset NOTES_DB GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
dir=$top/build/demo
rm -rf "$dir"
mkdir -p "$dir"

# git reads no repository of another owner, as it may be in a container.
printf '[safe]\n\tdirectory = %s\n\tdirectory = %s/.git\n' "$top" "$top" \
    >"$dir/gitconfig"
ours() {
	GIT_CONFIG_GLOBAL=$dir/gitconfig git "$@"
}

# In an archive without history, a small one has to do.
if test "$(ours rev-parse -q --show-toplevel 2>/dev/null)" = "$top" &&
    ours rev-parse -q --verify HEAD >/dev/null 2>&1; then
	ours clone -q --no-hardlinks "$top" "$dir/repo"
	cd "$dir/repo"
else
	git init -q -b main "$dir/repo"
	cd "$dir/repo"
	git config user.name 'Ann Author'
	git config user.email ann@example.org
	git commit -q --allow-empty -m 'NOTE-1 scaffold: the first commit'
	git commit -q --allow-empty -m 'NOTE-2 base: the second' -m 'Closes NOTE-2'
fi

"$notes" init --prefix NOTE
for tickets in docs/tickets.json docs/tickets.csv "$top"/docs/tickets.json; do
	if test -f "$tickets"; then
		"$notes" import "$tickets"
		break
	fi
done
"$notes" scan
"$notes" generate >"$dir/notes.md"

echo
echo "The tracker: $dir/repo (try: cd build/demo/repo; ../../notes list)"
echo "The notes:   $dir/notes.md"
if test -t 0 && test -t 1 && test "${TERM:-dumb}" != dumb; then
	"$notes"
else
	echo
	cat "$dir/notes.md"
fi
