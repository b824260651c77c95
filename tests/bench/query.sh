# First pages of a list of BENCH_TICKETS (1000000) tickets, in an open store.
build=$(dirname "$(readlink -f "$(command -v notes)")")
top=$OLDPWD
if ! cc -std=c11 -D_GNU_SOURCE -O2 -I"$top/include" -I"$top/src" -o query_bench \
    "$top/tests/bench/query_bench.c" "$build/libstore.a" "$build/libmodel.a" \
    "$build/libbase.a" -lsqlite3 -lutf8proc -ljansson -lm 2>cc.log; then
	note "query: cannot build tests/bench/query_bench.c: $(head -n 1 cc.log)"
	return 0
fi
./query_bench query.db fill "${BENCH_TICKETS:-1000000}" || return 1

page() {
	value "query-$1" "$(./query_bench query.db page "$3" "$4")" ms "$2"
}

page newest 5 '' ''
page updated 5 '' -updated
page status-updated 5 '' status,-updated
page due 5 '' due
page open-updated 5 is:open -updated
page assignee 5 assignee:dev-7 ''
page assignee-updated 20 assignee:dev-7 -updated
page label-updated 20 label:label-77 -updated
page text-korean 5 한글 ''
page text-syllable 5 한 ''
page text-english 5 '"crash"' ''
page text-prefix 20 ind ''
page text-rare 5 w777 ''
page text-open 5 '"crash" is:open' ''
page text-updated 20 한글 -updated
