#!/bin/sh
# list.sh BUILD SOURCE: the cases of the specs, against committed lists; of the vendor's document where it is found.
. "$(dirname "$0")/lib.sh"
cd "$source" || exit 1
for name in qtickets_api_test_requests bookshelf; do
	"$affidavit" list --format=json "specs/$name.md" >"$work/list.json" 2>/dev/null
	[ "${ACCEPT:-}" != 1 ] || cp "$work/list.json" "tests/golden/$name.list.json"
	check "$name" diff -u "tests/golden/$name.list.json" "$work/list.json"
done

original=${AFFIDAVIT_QTICKETS_SPEC:-$source/../shared/data/qtickets_api_test_requests.md}
if [ -f "$original" ]; then
	check 'the original: exit 0' equal 0 "$(exit_code "$affidavit" list --format=json "$original" --root "$(dirname "$original")")"
	check 'the original: 51 tests, 54 cases' python3 -c '
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
assert len(rows) == 54, len(rows)
assert len({row["test"] for row in rows}) == 51
assert [row["id"] for row in rows if row["blocked"]] == ["4.5"]
last = rows[-1]
assert (last["first_line"], last["last_line"]) == (824, 840), last
' "$work/stdout"
	check 'the original compiles' equal 0 "$(exit_code "$affidavit" compile "$original" -o "$work/original")"
	check 'and says what is blocked' contains "$work/stderr" "no value for 'PROMO_CODE_ID'"
fi
done_testing
