#!/bin/sh
# list.sh BUILD SOURCE: the cases of the specs, against committed lists; of the vendor's document where it is found.
. "$(dirname "$0")/lib.sh"
cd "$source" || exit 1
for name in qtickets_api_test_requests bookshelf; do
	"$affidavit" list --format=json "specs/$name.md" >"$work/list.json" 2>/dev/null
	[ "${ACCEPT:-}" != 1 ] || cp "$work/list.json" "tests/golden/$name.list.json"
	check "$name" diff -u "tests/golden/$name.list.json" "$work/list.json"
done

# Marks of emphasis belong to a title's ends in pairs only.
titles_are() { # what is written, what the title is, one after the other
	while [ $# -gt 0 ]; do
		printf '## %s\n\n**Request:** `GET https://example.com/`\n' "$1" >"$work/title.md"
		"$affidavit" list --format=json --root "$work" "$work/title.md" >"$work/title.json" 2>/dev/null
		python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["title"])' "$work/title.json" >"$work/title"
		equal "$2" "$(cat "$work/title")" || return 1
		shift 2
	done
}
check 'titles with marks at their ends' titles_are '1. *b* x' '*b* x' '1. */ x' '*/ x' '1. **a** and **b**' '**a** and **b**' \
	'1. **' '**' '**1.**' '**1.**' '*a* *b*' '*a* *b*' '1. x*' 'x*'
check 'titles in marks' titles_are '**1. Title**' 'Title' '**1.** Title' 'Title' '**1**. Title' 'Title' '__Step 3. Go__' 'Go' \
	'1. **Title**' 'Title' '**Title**' 'Title' '**1. *x* y**' '*x* y' '**TC-001**: T' 'T'

# What is kept is a value wherever it is used; a value is not shortened.
cat >"$work/values.md" <<-END
	## 1. Place
	**Request:** \`POST https://example.com/orders\`

	**Keep:** \`\$.id\` → \`{ORDER_ID}\`

	## 2. Pay
	**Request:** \`POST https://example.com/pay\`

	**Body:** \`{"order": "{ORDER_ID}"}\`

	## 3. Find
	**Request:** \`GET https://example.com/{WORD}/{ORDER_ID}\`

	## 4. Long
	**Request:** \`GET https://example.com/{WORD}\`

	## Values
	- \`{WORD}\` → a word (for example, $(printf 'word%.0s' $(seq 100)))
END
check 'kept values: no warning' equal 0 "$(exit_code "$affidavit" list --root "$work" "$work/values.md")"
check 'kept values: nothing is blocked' lacks "$work/stdout" blocked
check 'kept values: nothing is missed' equal '' "$(cat "$work/stderr")"
check 'a long value is whole' contains "$work/stdout" "GET https://example.com/$(printf 'word%.0s' $(seq 100)) "

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
