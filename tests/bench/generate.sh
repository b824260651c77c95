# Notes of one version, and of all; ranges against rev-list.
repo=${BENCH_REPO:-$(history 20000)}
cp -r "$repo" r.git
notes --repo r.git init --prefix NOTE >/dev/null
notes --repo r.git scan -q
last=$(git -C r.git tag --sort=-version:refname | head -n 1)
version=$(notes --repo r.git release list --porcelain | head -n 1 | cut -f 1)
ratio generate-one 1.000 -- \
    notes --repo r.git generate "$version" -- \
    git -C r.git log --format=%H%x00%B "$last"
versions=$(notes --repo r.git release list --porcelain | cut -f 1)
tags=$(git -C r.git tag --sort=version:refname)
ratio generate-every-version 1.000 -- \
    sh -c 'for v in $0; do notes --repo r.git generate "$v"; done' \
    "$versions" -- \
    sh -c 'p=; for t in $0; do git -C r.git log --format=%H%x00%B ${p:+$p..}$t
	p=$t; done' "$tags"
