# Notes of one version, and of every version in one go.  docs/SPEED.md sets the
# second against git-cliff, which is not part of Debian: where it is in PATH, it
# is the reference.
repo=${BENCH_REPO:-$(history 20000)}
cp -r "$repo" r.git
notes --repo r.git init --prefix NOTE >/dev/null
notes --repo r.git scan -q
last=$(git -C r.git tag --sort=-version:refname | head -n 1)
version=$(notes --repo r.git release list --porcelain | head -n 1 | cut -f 1)
ratio generate-one 1.000 -- \
    notes --repo r.git generate -q "$version" -- \
    git -C r.git log --format=%H%x00%B "$last"
ratio generate-every-version 2.500 -- \
    notes --repo r.git generate -q --all -- \
    git -C r.git log --all --format=%H%x00%B
if command -v git-cliff >/dev/null; then
	branch=$(git -C r.git for-each-ref --count=1 --format='%(refname)' refs/heads)
	git -C r.git symbolic-ref HEAD "$branch"
	ratio generate-git-cliff 0.100 -- \
	    notes --repo r.git generate -q --all -- \
	    git-cliff -r r.git -o out.md
else
	note 'generate-git-cliff: git-cliff is not in PATH'
fi
