# Reading a whole history into an empty tracker, and finding that nothing is new
# (docs/SPEED.md).
repo=${BENCH_REPO:-$(history 20000)}
cp -r "$repo" r.git
notes --repo r.git init --prefix NOTE >/dev/null
cp r.git/tracker/notes.db empty.db
RATIO_PREPARE='cp empty.db r.git/tracker/notes.db'
ratio scan-full 1.200 -- \
    notes --repo r.git scan --json -- \
    sh -c 'git -C r.git log --all --format=%H%x00%B >/dev/null'
notes --repo r.git scan -q
ratio scan-nothing-new 1.500 -- \
    notes --repo r.git scan -q -- git -C r.git rev-parse HEAD
