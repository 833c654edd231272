#!/bin/sh
# faults.sh BUILD SOURCE: each fault of the simulator fails the right test at the right line of the spec.
. "$(dirname "$0")/lib.sh"
spec=specs/qtickets_api_test_requests.md
line_of() { # id: line of the test's first expectation that can fail
	python3 -c '
import json, sys
for line in open(sys.argv[1]):
    row = json.loads(line)
    if row["phase"] == "result" and row["test_id"] == sys.argv[2]:
        assert row["verdict"] == "fail", row["verdict"]
        failed = [e for e in row["expectations"] if e["held"] is False]
        print(failed[0]["line"], failed[0]["text"])' "$1" "$2"
}
try_fault() { # fault, route, case, text of the expectation that must fail
	start_simulator --fault "$1@$2"
	check "$1: exit 1" equal 1 "$(exit_code suite --only "$3")"
	bundle=$(sed -n 's/^bundle: //p' "$work/stdout")
	found=$(line_of "$bundle/data/evidence.jsonl" "$3")
	check "$1: which expectation" equal "$4" "${found#* }"
	line=${found%% *}
	check "$1: at its line" contains "$work/stderr" "$spec:$line: FAIL $3"
	check "$1: the line says so" sh -c "sed -n '${line}p' '$source/$spec' | grep -qF -- \"\$1\"" sh "$4"
	stop_simulator
}
try_fault wrong-status /orders 1.1 '`200`'
try_fault error-with-200 /orders 1.1 'no error'
try_fault lost-filter /orders 1.2 'every record satisfies where'
done_testing
