#!/bin/sh
# diff.sh BUILD SOURCE: two versions of a spec; diagnostics as JSON and SARIF.
. "$(dirname "$0")/lib.sh"
old=$source/specs/bookshelf.md
new=$work/bookshelf.md
diff_them() { exit_code "$affidavit" diff "$old" "$new" "$@"; }

cp "$old" "$new"
check 'no difference is exit 0' equal 0 "$(diff_them)"
check 'and says so' contains "$work/stdout" '0 added, 0 removed, 0 moved, 0 changed, 11 the same'

sed -i 's/"year": 1839/"year": 1840/' "$new"
check 'a body: exit 1' equal 1 "$(diff_them)"
check 'a body: which test' contains "$work/stdout" '0 added, 0 removed, 0 moved, 1 changed, 10 the same'
check 'a body: what of it' sh -c "grep -q '^changed  2 .* body ' '$work/stdout'"

cp "$old" "$new"
sed -i '1i A line above.' "$new"
check 'all moved' sh -c "$affidavit diff '$old' '$new' | grep -q '11 moved'"

cp "$old" "$new"
sed -i 's/`201` and JSON/`200` and JSON/' "$new"
check 'an expectation' equal 1 "$(diff_them --format=json)"
check 'as JSON' python3 -c '
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
assert [(row["test"], row["changed"]) for row in rows] == [("2", ["expectation"])], rows' "$work/stdout"
check 'one spec is exit 2' equal 2 "$(exit_code "$affidavit" diff "$old")"

check 'diagnostics as JSON' equal 0 "$(exit_code "$affidavit" check --format=json "$source/tests/errors/duplicate-id.md")"
check 'one a line' python3 -c '
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
assert [(row["line"], row["name"], row["related"]["line"]) for row in rows] == [(10, "duplicate", 4)], rows' "$work/stdout"
check 'as SARIF' equal 2 "$(exit_code "$affidavit" check --format=sarif "$source/tests/errors/several-at-once.md")"
check 'with levels and places' python3 -c '
import json, sys
log = json.load(open(sys.argv[1]))
results = log["runs"][0]["results"]
assert log["version"] == "2.1.0" and len(results) == 4, len(results)
assert sorted(r["level"] for r in results) == ["error", "error", "warning", "warning"]
assert all(r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in results)' "$work/stdout"
check 'several specs' equal 2 "$(exit_code "$affidavit" check --format=sarif "$source/tests/errors/several-at-once.md" \
	"$source/tests/errors/duplicate-id.md" "$source/tests/errors/needs-of-no-test.md")"
check 'are one log with one run' python3 -c '
import json, sys
log = json.load(open(sys.argv[1]))
assert len(log["runs"]) == 1
rules = [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
results = log["runs"][0]["results"]
places = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results}
assert len(rules) == len(set(rules)) and {r["ruleId"] for r in results} == set(rules), rules
assert {p.rsplit("/", 1)[-1] for p in places} == {"several-at-once.md", "duplicate-id.md", "needs-of-no-test.md"}, places' "$work/stdout"
check 'a warning that is none' equal 2 "$(exit_code "$affidavit" check -Wno-bogus "$source/tests/errors/duplicate-id.md")"
check 'a warning can be turned off' equal 0 "$(exit_code "$affidavit" check -Wno-duplicate "$source/tests/errors/duplicate-id.md")"
check 'and is not there' lacks "$work/stderr" 'Wduplicate'
done_testing
