#!/bin/sh
# hostile_size.sh BUILD SOURCE: documents of up to ten megabytes end in a list or in diagnostics, within ten seconds of work each
# (most take a tenth of one) and bounded memory.
. "$(dirname "$0")/lib.sh"
mkdir "$work/documents"
cd "$work/documents" || exit 1
PYTHONDONTWRITEBYTECODE=1 python3 "$source/tests/e2e/hostile_size.py" . || exit 1

# AddressSanitizer reserves more than it uses, and looks at all that is left of a text at each search in it.
memory='ulimit -v 1500000'
enough=40
if grep -qa __asan_init "$affidavit"; then
	memory=:
	enough=5
	find . -name '*.md' -size +1000k ! -name tests.md ! -name 'tests of one id.md' -delete
fi

ends() { # file
	sh -c "ulimit -t 10; $memory; exec \"\$@\"" sh "$affidavit" list "$1" >"$work/stdout" 2>"$work/stderr"
	code=$?
	[ $code -eq 0 ] || [ $code -eq 2 ] || { echo "ends with $code"; tail -5 "$work/stderr"; return 1; }
	[ "$(wc -c <"$work/stderr")" -lt 2000000 ] || { echo 'says too much'; return 1; }
}

for document in *.md; do
	check "$document" ends "$document"
done
check 'many documents' test "$checks" -gt "$enough"
check 'the tests are all found' sh -c "'$affidavit' list tests.md | tail -1 | grep -qx '100000 tests, 100000 cases'"
check 'and named apart' sh -c "'$affidavit' list 'tests of one id.md' 2>/dev/null | cut -d' ' -f1 | sort | uniq -d | wc -l | grep -qx 0"
for document in 'values that are long' 'a body of many requests' 'a default of many expectations'; do
	[ ! -f "$document.md" ] || check "$document: bounded" sh -c "'$affidavit' list '$document.md' 2>&1 >/dev/null | grep -q 'repeat more than 128 MB of this document'"
done
# An expectation takes less than a kilobyte.
{ printf '## 1. T\n\n**Request:** `GET https://example.com/`\n\n**Expected:**\n'; yes -- '- `$.a` is 1' | head -50000; } >many.md
[ "$memory" = : ] || memory='ulimit -v 130000'
check '50000 expectations' ends many.md
check 'are all found' sh -c "'$affidavit' list --format=json many.md | grep -q '\"expectations\":50000'"
done_testing
