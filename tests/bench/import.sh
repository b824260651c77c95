# Import of BENCH_TICKETS tickets from CSV, journal and search index included,
# against sqlite3 reading the same rows into one plain table (docs/SPEED.md).
if ! command -v sqlite3 >/dev/null; then
	note "import: no sqlite3 program to measure against"
	return 0
fi
awk -v n="${BENCH_TICKETS:-1000000}" 'BEGIN {
	split("bug feature task improvement", type, " ")
	split("open in-progress done open open", status, " ")
	split("high medium low", priority, " ")
	split("parser index screen commit release merge history search " \
	    "파서 색인 화면 커밋 출시 병합 기록 검색", word, " ")
	print "key,type,status,priority,summary,assignee,labels,created," \
	    "updated,description"
	for (i = 1; i <= n; i++) {
		a = word[i % 16 + 1]
		b = word[int(i / 16) % 16 + 1]
		c = word[int(i / 256) % 16 + 1]
		printf "NOTE-%d,%s,%s,%s,%s %s fails when %s is %d,", i, \
		    type[i % 4 + 1], status[i % 5 + 1], priority[i % 3 + 1], \
		    a, b, c, i % 997
		printf "dev-%d,area-%d,2023-%02d-%02dT10:00:00Z,", i % 40, \
		    i % 30, i % 12 + 1, i % 28 + 1
		printf "2024-01-%02dT00:00:00Z,\"The %s of the %s, number %d, " \
		    "does not.\"\n", i % 28 + 1, b, c, i
	}
}' >rows.csv
cat >plain.sql <<'END'
CREATE TABLE ticket (key, type, status, priority, summary, assignee, labels,
    created, updated, description);
.mode csv
.import --skip 1 rows.csv ticket
END
RATIO_RUNS=1 RATIO_PREPARE='rm -rf t' RATIO_PREPARE_REF='rm -f plain.db'
ratio import-csv 8.000 -- \
    sh -c 'notes --db t/notes.db init --prefix NOTE >/dev/null &&
        notes --db t/notes.db import rows.csv -q' -- \
    sh -c 'sqlite3 plain.db <plain.sql'
# Again: every row is compared with what is there, and nothing is written.
RATIO_RUNS=1
ratio import-csv-again 8.000 -- \
    notes --db t/notes.db import rows.csv -q -- \
    sh -c 'rm -f plain.db; sqlite3 plain.db <plain.sql'
