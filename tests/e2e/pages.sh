#!/bin/sh
# pages.sh BUILD SOURCE: a list is followed to its end, and a second page that goes wrong fails the case, in clear words.
. "$(dirname "$0")/lib.sh"
has_engine || exit 77
mkfifo "$work/pipe"
python3 "$source/tests/e2e/pages.py" >"$work/pipe" 2>"$work/requests" &
simulator_pid=$!
read -r line <"$work/pipe"
export AFFIDAVIT_SECRET_YOUR_TOKEN=invented-0000000000 AFFIDAVIT_SECRET_YOUR_PARTNERS_TOKEN=invented-0000000000

list() { # fault, options: exit code and bundle of 1.1
	fault=$1
	shift
	code=$(exit_code "$build/suites/qtickets" --key-file "$work/key" --out "$work/bundles" --quiet --only 1.1 \
		--clickhouse "embedded:$work/tables" --base "default=http://${line#listening on }/$fault/api/rest/v1/" "$@")
	bundle=$(sed -n 's/^bundle: //p' "$work/stdout")
}
fails() { # fault, words, requests
	list "$1"
	check "$1: exit 1" equal 1 "$code"
	check "$1: says so" contains "$bundle/data/evidence.jsonl" "$2"
	check "$1: at the place where it lands" contains "$work/stderr" 'FAIL 1.1: expected answers and rows add up'
	check "$1: so many requests" equal "$3" "$(grep -c "^$1 " "$work/requests")"
}

list whole
check 'whole: exit 0' equal 0 "$code"
check 'whole: the pages in their order' equal 'whole 1 whole 2 whole 3 ' "$(grep '^whole ' "$work/requests" | tr '\n' ' ')"
check 'whole: all land' equal 120 "$(python3 "$source/tests/e2e/tables.py" changes "$bundle" 1.1 stg_qtickets_api_orders_raw)"
fails status 'page 2: status 503' 2
fails html 'page 2: no JSON' 2
fails error 'page 2: an error' 2
fails dropped 'page 2: no answer: ' 3
fails moved 'the total changed while the pages were read' 3
fails stuck 'another page came than was asked for' 2
fails shifted 'repeat a key' 3
fails emptied 'a page came without records before the end' 2
fails bare 'a further page came without paging' 2
fails absurd "its paging has numbers that can't be" 2
list flaky --retry 1
check 'flaky: a page is sent again too' equal 0 "$code"
check 'flaky: each further page twice' equal 5 "$(grep -c '^flaky ' "$work/requests")"
check "nobody's address" sh -c "! grep -rl 'visitor[0-9]*@' '$work/bundles' '$work/stdout' '$work/stderr'"
done_testing
