#!/bin/sh
# production.sh BUILD SOURCE: against the simulator of what production really answered: the list of verdicts is a golden,
# what a hand-made audit should have said.
. "$(dirname "$0")/lib.sh"
start_simulator --profile production
check 'exit 1' equal 1 "$(exit_code suite)"
bundle=$(sed -n 's/^bundle: //p' "$work/stdout")
check 'rehearsal failed' contains "$work/stdout" 'REHEARSAL FAILED'
python3 -c '
import json, sys
for line in open(sys.argv[1]):
    row = json.loads(line)
    if row["phase"] == "result":
        failed = [e for e in row["expectations"] if e["held"] is False]
        first = failed[0]["text"] + ": got " + str(failed[0]["got"]) if failed else ""
        print(row["test_id"], row["verdict"], row["http_status"], first)
' "$bundle/data/evidence.jsonl" >"$work/verdicts"
golden=$source/tests/golden/production.txt
[ "${ACCEPT:-}" != 1 ] || cp "$work/verdicts" "$golden"
check 'the verdicts' diff -u "$golden" "$work/verdicts"
done_testing
