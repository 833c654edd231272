#!/bin/sh
# golden.sh AFFIDAVIT FOLDER COMMAND...: for each FOLDER/NAME.md what the command prints (standard output, then standard error,
# then the exit code) against FOLDER/NAME.txt. ACCEPT=1 writes what was printed.
set -u
affidavit=$1
folder=$2
shift 2
cd "$folder" || exit 1
failed=0
count=0
actual=$(mktemp)
errors=$(mktemp)
trap 'rm -f "$actual" "$errors"' EXIT
for spec in *.md; do
	[ "$spec" != README.md ] || continue
	count=$((count + 1))
	"$affidavit" "$@" "$spec" --root . >"$actual" 2>"$errors"
	code=$?
	cat "$errors" >>"$actual"
	echo "exit $code" >>"$actual"
	golden=${spec%.md}.txt
	if [ "${ACCEPT:-}" = 1 ]; then
		cp "$actual" "$golden"
	elif ! diff -u "$golden" "$actual"; then
		echo "FAIL $folder/$spec"
		failed=$((failed + 1))
	fi
done
echo "$count specs, $failed failed"
[ "$failed" -eq 0 ] && [ "$count" -gt 0 ]
