# What the hooks add to a commit, through their shell stubs.
git init -q plain
git -C plain commit -q --allow-empty -m first
cp -r plain hooked
cd hooked || exit 1
notes init --prefix NOTE >/dev/null
notes new task 'a ticket' >/dev/null
notes scan -q
notes hook install >/dev/null
hooks=$(git rev-parse --git-path hooks)
cd ..
ratio hooks-all 2.500 -- \
    git -C hooked commit -q --allow-empty -m '[NOTE-1] a commit' -- \
    git -C plain commit -q --allow-empty -m '[NOTE-1] a commit'
rm -f "hooked/$hooks/commit-msg" "hooked/$hooks/prepare-commit-msg"
ratio hook-post-commit 1.650 -- \
    git -C hooked commit -q --allow-empty -m '[NOTE-1] a commit' -- \
    git -C plain commit -q --allow-empty -m '[NOTE-1] a commit'
