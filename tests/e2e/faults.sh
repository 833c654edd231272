#!/bin/sh
# faults.sh BUILD SOURCE: each fault of the simulator is noticed by the right test at the right line of the spec, or in the
# change of the right table.
. "$(dirname "$0")/lib.sh"
spec=specs/qtickets_api_test_requests.md
sums='answers and rows add up'

failed_of() { # evidence, id: line and text of each expectation that did not hold
	python3 -c '
import json, sys
for line in open(sys.argv[1]):
    row = json.loads(line)
    if row["phase"] == "result" and row["test_id"] == sys.argv[2]:
        for e in row["expectations"]:
            if e["held"] is False:
                print(e["line"], e["text"], e["got"])' "$1" "$2"
}
run_with() { # fault@route, cases...: the suite against a simulator with that fault
	fault=$1
	shift
	only=
	for id; do only="$only --only $id"; done
	start_simulator --fault "$fault"
	code=$(exit_code suite --quiet --clickhouse "$where" $only)
	stop_simulator
	bundle=$(sed -n 's/^bundle: //p' "$work/stdout")
}
# fault@route, case, words of the expectation that must fail, cases that must run before
fails() {
	fault=$1 case=$2 text=$3
	shift 3
	where=none
	if [ "$text" = "$sums" ]; then
		has_engine || return 0
		where=embedded:$work/tables
	fi
	run_with "$fault" "$@" "$case"
	check "$fault: exit 1" equal 1 "$code"
	failed_of "$bundle/data/evidence.jsonl" "$case" >"$work/failed"
	line=$(grep -F -- " $text " "$work/failed" | head -n 1 | cut -d ' ' -f 1)
	check "$fault: $case fails by: $text" test -n "$line"
	check "$fault: at its line" sh -c "sed -n '${line:-0}p' '$source/$spec' | grep -qF -- \"\$1\"" sh \
		"$([ "$text" = "$sums" ] && echo '**Lands in:**' || echo "$text")"
	first=$(head -n 1 "$work/failed" | cut -d ' ' -f 1)
	check "$fault: on the terminal" contains "$work/stderr" "$spec:$first: FAIL $case"
}
# fault@route, case, table, sound change, change with the fault, cases that must run before
changes() {
	fault=$1 case=$2 table=$3 sound=$4 faulty=$5
	shift 5
	has_engine || return 0
	where=embedded:$work/changes
	for expected in "slow-reply@/nowhere $sound" "$fault $faulty"; do
		rm -rf "$work/changes"
		run_with "${expected%% *}" "$@" "$case"
		check "$fault: $case changes $table by ${expected#* }" equal "${expected#* }" \
			"$(python3 "$source/tests/e2e/tables.py" changes "$bundle" "$case" "$table")"
	done
}

# the answer as such
fails wrong-status@/orders 1.1 '`200`'
fails error-with-200@/orders 1.1 'no error'
fails html-with-200@/clients 2.1 'JSON'
fails truncated-json@/events 3.1 'JSON'
# records that are not the ones asked for
fails lost-filter@/orders 1.2 'every record satisfies where'
fails foreign-record@/orders 1.2 'every record satisfies where'
fails foreign-record@/barcodes 5.2 'every record satisfies where'
fails lost-filter@tickets/find 6.12 '`$.result` has at most 1 item'
fails lost-order@/orders 1.3 '`$.data[?@.id > $.data[0].id]` has 0 items'
fails swapped-ids@/orders 1.5 '`$.data[?@.id > $.data[0].id]` has 0 items'
fails swapped-ids@/orders/4360 1.6#1 '`$.data.id` is `4360` or `$.data.id` is `1` or `$.data.id` is `12345`'
fails empty-list@/barcodes 5.2 'every record satisfies where'
# too many or too few of them
fails lost-record@/orders 1.1 "$sums"
fails lost-record@/promo-codes 4.3 "$sums"
fails doubled-record@/clients 2.1 "$sums"
fails doubled-record@/barcodes 5.1 "$sums"
fails wrong-total@/price-shades 4.1 "$sums"
fails wrong-page@/orders 1.1 "$sums"
fails write-on-read@/orders 1.1 "$sums"
fails huge-number@/orders 1.4 "$sums"
# fields
fails changed-currency@/orders 1.5 '`$.data[?@.currency_id != "RUB"]` has 0 items'
fails changed-currency@/events/33 3.3#1 '`$.data.currency_id` is `RUB`'
fails off-by-one-amount@/orders 1.1 \
	'`$.data[?length(@.baskets) == 1 && @.baskets[0].quantity == 1 && @.price != @.baskets[0].price]` has 0 items'
fails lost-zone@/orders 1.1 '`$.data[?!match(@.created_at, ".*([+-][0-9]{2}:[0-9]{2}|Z)")]` has 0 items'
fails missing-field@/barcodes 5.1 '`$[?!@.barcode]` has 0 items'
fails null-field@/clients 2.1 '`$.data[?!@.id || @.id == null]` has 0 items'
fails renamed-field@/discounts 4.2 '`$.data[?!@.id || @.id == null]` has 0 items'
fails type-change@/events/33 3.3#1 '`$.data.id` is a whole number'
# writes
fails stale-record@tickets/update 6.4 '`$.result.paid` is `1`'
fails double-write@tickets/add 6.9 '`$.result[?@.external_id == "ticket12345"]` has at most 1 item' 6.1
fails broken-upsert@tickets/add 6.9 '`$.result[?@.external_id == "ticket12345"]` has at most 1 item' 6.1 6.3
# what only the tables tell: lists that are valid as they are
changes lost-write@tickets/add 6.9 stg_qtickets_api_partner_tickets_raw 2 1 6.1
changes empty-list@/clients 2.1 stg_qtickets_api_clients_raw 95 0
done_testing
