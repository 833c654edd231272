#!/bin/sh
# tables.sh BUILD SOURCE: what the answers became in ClickHouse, on the embedded engine and on a server: counts, keys, facts,
# a second audit, nobody's private data, a change that nobody expected, and ClickHouse that is not there or dies.
. "$(dirname "$0")/lib.sh"
has_engine || exit 77
export AFFIDAVIT_CLICKHOUSE_PASSWORD='invented password'
tables() { python3 "$source/tests/e2e/tables.py" "$@"; }
audit() { # exit code and bundle of an audit against a fresh simulator
	start_simulator
	code=$(exit_code suite --quiet "$@")
	stop_simulator
	bundle=$(sed -n 's/^bundle: //p' "$work/stdout")
}
"$build/tests/sim/qtickets-sim" --list-private | awk 'length($0) >= 5' | sort -u >"$work/private"

# the embedded engine, twice
mine=$build/affidavit-clickhouse:$work/tables
audit --clickhouse "embedded:$work/tables"
check 'embedded: exit 0' equal 0 "$code"
check 'embedded: passed' contains "$work/stdout" 'REHEARSAL PASSED'
check 'embedded: the evidence' python3 "$source/tests/e2e/evidence.py" "$bundle" 54 pass=54
check 'embedded: the reports can be made again' equal 0 "$(exit_code "$affidavit" report "$bundle" -o "$work/again")"
check 'embedded: byte by byte' sh -c "for f in report.md report.html junit.xml ctrf.json clickhouse_counts.csv; do cmp '$work/again/'\$f '$bundle/data/'\$f || exit 1; done"
check 'embedded: changed tables in the matrix' contains "$bundle/data/report.md" '| stg_qtickets_api_clients_raw +95 |'
check 'embedded: counts, keys, facts, nobody in it' tables verify "$mine" "$bundle" "$work/private"
check 'embedded: nobody in the bundle' sh -c "! grep -rlFf '$work/private' '$bundle'"
first=$bundle
sleep 1
audit --clickhouse "embedded:$work/tables"
check 'a second audit: exit 0' equal 0 "$code"
check 'a second audit changes nothing but snapshots and runs' tables again "$first" "$bundle"
check 'a second audit: counts, keys, facts, nobody in it' tables verify "$mine" "$bundle" "$work/private"

# as users run a spec
start_simulator
check 'affidavit run: exit 0' equal 0 "$(exit_code "$affidavit" run "$source/specs/qtickets_api_test_requests.md" --only 4.1 --quiet \
	--base "default=$simulator/api/rest/v1/" --key-file "$work/key" --out "$work/bundles" --clickhouse "embedded:$work/tables")"
stop_simulator
check 'affidavit run: with tables' contains "$work/stdout" '11 tables of ClickHouse'

# pages that were held back are told, not hidden
audit --clickhouse "embedded:$work/tables" --only 1.1 --max-pages 2
check 'a bound: exit 0' equal 0 "$code"
check 'a bound: is told' contains "$bundle/data/report.md" '2 pages were read, with 100 of 300 records: --max-pages reads more'
audit --clickhouse "embedded:$work/tables" --only 1.1 --max-requests 3
check 'the budget counts pages' contains "$bundle/data/evidence.jsonl" 'pages after 3 were not read: over --max-requests'

# rows under another key
audit --clickhouse "embedded:$work/tables" --key-file "$work/other-key" --out "$work/none"
check 'another key: exit 4' equal 4 "$code"
check 'another key: says so' contains "$work/stderr" 'holds rows under another key than'
check 'another key: no bundle' test ! -e "$work/none"

# without tables nothing is said about them
audit --clickhouse none --only 1.1
check 'none: exit 0' equal 0 "$code"
check 'none: no CSV' test ! -e "$bundle/data/clickhouse_counts.csv"
check 'none: says so' contains "$bundle/data/report.md" '| Tables | not watched: nothing is said about them |'

# a server that is not there
audit --clickhouse http://127.0.0.1:1/
check 'not there: exit 3' equal 3 "$code"
check 'not there: one sentence' contains "$work/stderr" "the tables can't be watched: nothing answers at http://127.0.0.1:1/"
check 'not there: the bundle says so' contains "$bundle/data/report.md" '| Tables | not watched: nothing answers at http://127.0.0.1:1/'
check 'not there: nothing was sent' python3 "$source/tests/e2e/evidence.py" "$bundle" 54 blocked=54
check 'not there: nobody takes it for a pass' contains "$bundle/data/junit.xml" '<testcase classname="qtickets" name="tables"'

lose() { # where, and the command that ends it once ten cases have run
	start_simulator --latency 20
	suite --quiet --clickhouse "$1" --create-tables >"$work/stdout" 2>"$work/stderr" &
	suite_pid=$!
	tries=0
	until [ "$(cat "$work"/bundles/*.tmp/data/evidence.jsonl 2>/dev/null | grep -c '"phase":"result"')" -ge 10 ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 600 ] || break
		sleep 0.05
	done
	shift
	"$@"
	wait "$suite_pid"
	code=$?
	stop_simulator
	bundle=$(sed -n 's/^bundle: //p' "$work/stdout")
}
check_lost() {
	check "$1: exit 3" equal 3 "$code"
	check "$1: one sentence" contains "$work/stderr" 'the tables were lost: '
	check "$1: the bundle is whole" sh -c "cd '$bundle' && sha256sum -c --quiet manifest-sha256.txt"
	check "$1: the bundle says so" sh -c "grep -q '^| Tables | lost at ' '$bundle/data/report.md'"
	check "$1: the evidence" python3 "$source/tests/e2e/evidence.py" "$bundle" 54 error=1 fail=0
	check "$1: the rest was not sent" contains "$bundle/data/evidence.jsonl" '"verdict":"blocked","reason":"database"'
	check "$1: no count is invented" sh -c "grep -q '^stg_qtickets_api_orders_raw,[0-9]*,,,,\$' '$bundle/data/clickhouse_counts.csv'"
}
child_of() { tr -d ' ' <"/proc/$1/task/$1/children"; }
kill_engine() { # the suite is the only child of the shell that runs it, the engine the only child of the suite
	kill -9 "$(child_of "$(child_of "$suite_pid")")"
}
lose "embedded:$work/dying" kill_engine
check_lost 'embedded, dying'

# a server
server=$source/tests/e2e/clickhouse/server.sh
if ! url=$(sh "$server" start "$work/server" 2>"$work/server.log"); then
	echo "no server: $(cat "$work/server.log")"
	[ -z "${CI:-}" ] || check 'a server' false
	done_testing
fi
trap 'sh "$server" stop "$work/server"; stop_simulator; rm -rf "$work"' EXIT
url=$(echo "$url" | head -n 1)
audit --clickhouse "$url"
check 'server without tables: exit 3' equal 3 "$code"
check 'server without tables: says what to do' contains "$work/stderr" '--create-tables'
audit --clickhouse "$url" --create-tables
check 'server: exit 0' equal 0 "$code"
check 'server: which' contains "$bundle/data/report.md" "ClickHouse 18.16.1, server at ${url%/}"
check 'server: no password' sh -c "! grep -rlF '$AFFIDAVIT_CLICKHOUSE_PASSWORD' '$bundle'"
check 'server: counts, keys, facts, nobody in it' tables verify "$url" "$bundle" "$work/private"
check 'both engines: the same deltas' tables same "$first" "$bundle"

# a view that fills another table: 1.1 is a read, and nobody expects it to change discounts
check 'a view' tables execute "$url" 'CREATE MATERIALIZED VIEW disturbing TO stg_qtickets_api_discounts_raw AS
	SELECT order_id AS discount_id, event_id AS name, currency AS discount_type, CAST(NULL AS Nullable(Float64)) AS discount_value,
	payload_json, _ver, sale_ts AS _ingest_ts FROM stg_qtickets_api_orders_raw'
audit --clickhouse "$url" --only 1.1 --only 3.1
check 'an unexpected change: exit 1' equal 1 "$code"
check 'an unexpected change: named' sh -c "grep -q 'changed stg_qtickets_api_discounts_raw by [0-9]*, which nobody expected' '$work/stderr'"
check 'an unexpected change: at its line' sh -c "grep -q '^specs/qtickets_api_test_requests.md:[0-9]*: FAIL 1.1: expected no other table' '$work/stderr'"

tables execute "$url" 'DROP TABLE disturbing'

lose "$url" sh "$server" stop "$work/server"
check_lost 'server, dying'
done_testing
