# Reading history, refs, HEAD and configuration, without the rest of notes.
build=$(dirname "$(readlink -f "$(command -v notes)")")
top=$OLDPWD
if ! cc -std=c11 -D_GNU_SOURCE -O2 -I"$top/include" -I"$top/src" -o vcs_bench \
    "$top/tests/bench/vcs_bench.c" "$build/libvcs.a" "$build/libmodel.a" \
    "$build/libbase.a" -lz -lutf8proc -ljansson -ldl -pthread 2>cc.log; then
	note "vcs: cannot build tests/bench/vcs_bench.c: $(head -n 1 cc.log)"
	return 0
fi
repo=${BENCH_REPO:-$(history 20000)}

ratio vcs-read-all 0.950 -- ./vcs_bench walk "$repo" -- \
    git -C "$repo" log --all --format=%H%x00%B

# A thousand tags, all packed: what "nothing new" reads.
git init -q tags
git -C tags commit -q --allow-empty -m one
id=$(git -C tags rev-parse HEAD)
seq 1000 | sed "s|.*|create refs/tags/v&.0 $id|" |
    git -C tags update-ref --stdin
git -C tags pack-refs --all
ratio vcs-refs-1000-tags 1.000 -- ./vcs_bench refs tags -- \
    git -C tags rev-parse HEAD

# What a post-commit hook reads.
git -C tags commit -q --allow-empty -m two
ratio vcs-head-commit 1.000 -- ./vcs_bench head tags -- \
    git -C tags rev-parse HEAD

# Configuration from its cache; the files must have settled for that.
find tags/.git "$HOME" -type f -exec touch -d '2020-01-01' {} +
./vcs_bench config tags
ratio vcs-config-cached 1.000 -- ./vcs_bench config tags -- \
    git -C tags rev-parse HEAD

# A hundred calls less one, so that the start of the process does not count.
once=$("$CPU" -s 1 ./vcs_bench none tags -- ./vcs_bench none tags)
for piece in refs head config; do
	set -- $("$CPU" -s 2 ./vcs_bench "$piece" tags 1000 -- \
	    ./vcs_bench none tags 1000) $once
	value "vcs-$piece-call" "$(echo "$1 $4" |
	    awk '{ printf "%.3f", ($1 - $2) / 1000 }')" ms 0.5
done
