#!/bin/sh
# stages.sh BUILD SOURCE: setup, tests and cleanup, requests that are repeated until a condition holds, values kept from
# fields, against a server whose answers change with time.
. "$(dirname "$0")/lib.sh"
export XDG_CACHE_HOME=$work/cache
start_server jobs.py
jobs=$address/
cat >"$work/jobs.md" <<'END'
**Base URL:** `https://jobs.example.com/`

### 9. Remove the job
```http
DELETE https://jobs.example.com/jobs/{JOB}
```
**Stage:** cleanup
**Needs:** `1`
**Expected:** `204`

### 1. Make a job
```http
POST https://jobs.example.com/jobs
```
**Stage:** setup
**Expected:** `201`
**Keep:**
- what precedes `?` in what follows `/jobs/` in header `Location` → `{JOB}`
- `$.state` → `{FIRST_STATE}`

### 2. Wait for it
```http
GET https://jobs.example.com/jobs/{JOB}
```
**Repeat until (every 20 ms, at most 10 times):** `$.state` is `done`

**Expected:** `200` and `$.id` is `{JOB}` and `$.state` is not `{FIRST_STATE}`

### 3. What never gets done
```http
GET https://jobs.example.com/jobs/0
```
**Repeat until (at most 3 times, every 10 ms):**
- status is 200
- `$.state` is `done`

**Tags:** `slow`

### 4. No answer at all
```http
GET https://jobs.example.com/never
```
**Repeat until (every 10 ms, 2 times):** `2xx`
**Tags:** `slow`
END
run_jobs() {
	"$affidavit" run "$work/jobs.md" --base "default=$jobs" --key-file "$work/key" --out "$work/bundles" --clickhouse none "$@"
}
forget() { rm -f "$work/requests"; }
sent() { tr '\n' ' ' <"$work/requests" | sed 's/ $//'; }
evidence() { echo "$(sed -n 's/^bundle: //p' "$work/stdout")/data/evidence.jsonl"; }

attempts() { # id
	python3 - "$(evidence)" "$1" <<'END'
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
print(len(next(row for row in rows if row['phase'] == 'result' and row['test_id'] == sys.argv[2])['attempts']))
END
}

check 'all but what never ends passes' equal 0 "$(exit_code run_jobs --allow-writes --only 2)"
check 'setup, test, cleanup, in that order' equal \
	'POST /jobs GET /jobs/7 GET /jobs/7 GET /jobs/7 GET /jobs/7 DELETE /jobs/7' "$(sent)"
check 'which request it was' contains "$(evidence)" 'request 4 of at most 10'
check 'every request is in the evidence' equal 4 "$(attempts 2)"
forget
check 'a condition that never holds fails' equal 1 "$(exit_code run_jobs --allow-writes --only 3)"
check 'within its bounds' equal 'POST /jobs GET /jobs/0 GET /jobs/0 GET /jobs/0 DELETE /jobs/7' "$(sent)"
check 'what it was at last' contains "$work/stderr" 'got status 200; $.state: '
forget
check 'no answer is no verdict' equal 3 "$(exit_code run_jobs --allow-writes --only 4)"
check 'it was asked for twice' equal 2 "$(attempts 4)"
forget
check 'a budget ends the waiting' equal 3 "$(exit_code run_jobs --allow-writes --only 3 --max-requests 2)"
check 'and it says so' contains "$(evidence)" 'waiting ended after 1 of 3 requests, by --max-requests'
forget
check 'a setup that is held back blocks the tests' equal 3 "$(exit_code run_jobs)"
check 'nothing was sent' equal '' "$(sent 2>/dev/null)"
check 'by what' contains "$(evidence)" 'the setup 1 has not passed'
sed 's/`201`/`200`/' "$work/jobs.md" >"$work/bad.md"
check 'a setup that fails' equal 1 "$(exit_code "$affidavit" run "$work/bad.md" --base "default=$jobs" --key-file "$work/key" \
	--out "$work/bundles" --clickhouse none --allow-writes)"
check 'blocks the tests, not what cleans up after it' equal 'POST /jobs DELETE /jobs/7' "$(sent)"
check 'a cleanup whose cause was not there' equal 3 "$(exit_code "$affidavit" run "$work/bad.md" --base "default=$jobs" \
	--key-file "$work/key" --out "$work/bundles" --clickhouse none --allow-writes=9)"
check 'is blocked by it' contains "$(evidence)" 'needs 1, which has not been answered'
forget
check 'a failure ends the tests, not the cleanup' equal 1 \
	"$(exit_code run_jobs --allow-writes --fail-fast --only 3 --only 4)"
check 'the cleanup was sent' contains "$work/requests" 'DELETE /jobs/7'
check 'the other test was not' lacks "$work/requests" '/never'
forget
check 'a cleanup that is asked for by name' equal 0 "$(exit_code run_jobs --allow-writes --only 9)"
check 'comes with the setup' equal 'POST /jobs DELETE /jobs/7' "$(sent)"
forget
run_jobs --allow-writes --tag slow --timeout 5 >"$work/stdout" 2>&1
check 'by tag too' contains "$work/requests" 'DELETE /jobs/7'
check 'a plan shows the order and the bounds' equal 0 "$(exit_code run_jobs --plan --only 2)"
check 'of the repetition' contains "$work/stdout" 'repeated every 20 ms, 10 times at most'
check 'of the stages' contains "$work/stdout" 'cleanup'
sed 's/at most 3 times, every 10 ms/every 60 s, at most 30 times/' "$work/jobs.md" >"$work/slow.md"
forget
"$affidavit" run "$work/slow.md" --base "default=$jobs" --key-file "$work/key" --out "$work/bundles" --clickhouse none \
	--allow-writes --only 3 >"$work/stdout" 2>"$work/stderr" &
waiting=$!
while ! grep -q 'GET /jobs/0' "$work/requests" 2>/dev/null; do sleep 0.05; done
pkill -TERM -P "$waiting" 2>/dev/null || kill -TERM "$waiting"
wait "$waiting"
check 'a signal ends the waiting: no verdict' equal 3 "$?"
check 'and says so' contains "$(evidence)" 'by a signal'
check 'the cleanup is done all the same' contains "$work/requests" 'DELETE /jobs/7'
done_testing
