#!/bin/sh
# trace.sh BUILD SOURCE: exact, moved, changed, orphaned, missing.
. "$(dirname "$0")/lib.sh"
mkdir -p "$work/specs"
spec=$work/specs/spec.md
cp "$source/specs/qtickets_api_test_requests.md" "$spec"
cp "$source/specs/qtickets.sql" "$work/specs"
cd "$work" || exit 1

trace() { exit_code "$affidavit" trace out --root .; }
count() { grep -c "^$1 " "$work/stdout"; }

check 'compiles' equal 0 "$(exit_code "$affidavit" compile specs/spec.md -o out --root .)"
check 'exact' equal 0 "$(trace)"
check 'all of them' equal 51 "$(count exact)"

sed -i '1i A line above all tests.' "$spec"
check 'moved' equal 1 "$(trace)"
check 'each' equal 51 "$(count moved)"
sed -i '1d' "$spec"

sed -i 's/"amount": 150/"amount": 151/' "$spec"
check 'changed' equal 1 "$(trace)"
check 'one' equal 1 "$(count changed)"
check 'which' contains "$work/stdout" ' 1.9 '
sed -i 's/"amount": 151/"amount": 150/' "$spec"

sed -i '/^### 7.5/,/^---/d' "$spec"
check 'orphaned' equal 1 "$(trace)"
check 'one' equal 1 "$(count orphaned)"
check 'which' contains "$work/stdout" ' 7.5 '

printf '\n### 9.1. New\n**Request:**\n```\nGET https://qtickets.ru/api/rest/v1/new\n```\n' >>"$spec"
check 'missing' equal 1 "$(trace)"
check 'one' equal 1 "$(count missing)"
check 'as JSON' equal 1 "$(exit_code "$affidavit" trace out --root . --format=json)"
check 'each line is JSON' python3 -c '
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
assert len(rows) == 52 and sum(row["state"] == "missing" for row in rows) == 1, len(rows)' "$work/stdout"

check 'compiles again' equal 0 "$(exit_code "$affidavit" compile specs/spec.md -o out --root .)"
check 'all exact' equal 0 "$(trace)"
check 'with the new one' equal 51 "$(count exact)"
check 'a folder without tests is exit 2' equal 2 "$(exit_code "$affidavit" trace "$work/specs")"
done_testing
