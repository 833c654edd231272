#!/bin/sh
# hostile.sh BUILD SOURCE: whatever a spec holds and whatever it is called, the generated C is ASCII, compiles under the strictest
# flags of both compilers, with trigraphs and without, and its tables hold exactly the bytes of the spec.
. "$(dirname "$0")/lib.sh"
tools=$source/tests/e2e
strict='-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Wstrict-prototypes
	-Wmissing-field-initializers -Wundef -Wvla -Wwrite-strings -Werror'
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
cd "$work" || exit 1
python3 "$tools/hostile.py" write "$work" || exit 1

ascii() { # folder
	! LC_ALL=C grep -lP '[^\x09\x0a\x20-\x7e]' "$1"/*.c "$1"/cases.cmake
}

# A file of C names each of its own symbols once, and no file those of another.
symbols_are_unique() { # folder
	sed -n 's/^const struct afd_test \([a-z0-9_A-Z]*\) = {$/\1/p' "$1"/*.c | sort >symbols
	[ -s symbols ] && [ -z "$(uniq -d symbols)" ] && [ "$(wc -l <symbols)" -eq "$(ls "$1"/test_*.c | wc -l)" ]
}

means_the_spec() { # folder number compiler...
	folder=$1
	number=$2
	shift 2
	# shellcheck disable=SC2086
	"$@" $strict -I"$source/runtime" -o dump "$folder"/*.c "$tools/hostile_dump.c" && ./dump >dumped &&
		python3 "$tools/hostile.py" compare "$work" "$number" dumped
}

number=0
for expected in "$work"/*.json; do
	number=$(basename "$expected" .json)
	name=$(python3 -c 'import json, sys; sys.stdout.buffer.write(bytes.fromhex(json.load(open(sys.argv[1]))["name"]) + b"x")' "$expected")
	name=${name%x}
	home=$work/$number
	cd "$home" || exit 1
	check "$number: compiles" equal 0 "$(exit_code "$affidavit" compile -o out --root . -- "$name")"
	check "$number: prints no control" sh -c "! LC_ALL=C grep -P '[\\x00-\\x08\\x0b-\\x1f\\x7f]' $work/stdout $work/stderr"
	check "$number: is listed" equal 0 "$(exit_code "$affidavit" list --root . -- "$name")"
	check "$number: lists no control" sh -c "! LC_ALL=C grep -P '[\x00-\x08\x0b-\x1f\x7f]' $work/stdout $work/stderr"
	check "$number: is ASCII" ascii out
	check "$number: has its own symbols" symbols_are_unique out
	for flavour in gcc/c11 clang/gnu11 gcc/gnu11 clang/c11; do
		compiler=${flavour%/*}
		command -v "$compiler" >/dev/null || continue
		check "$number: $flavour" means_the_spec out "$number" "$compiler" "-std=${flavour#*/}"
		# what differs by the file's name is only a string: two flavours are enough
		[ "$number" = 0 ] || [ "$flavour" != clang/gnu11 ] || break
	done
	check "$number: is fresh" equal 0 "$(exit_code "$affidavit" compile --check -o out --root . -- "$name")"
	check "$number: is traced" equal 0 "$(exit_code "$affidavit" trace --root . out)"
	check "$number: is compiled again" equal 0 "$(exit_code "$affidavit" compile -o again --root . -- "$name")"
	check "$number: gives the same bytes" diff -r out again
	check "$number: is listed as JSON" sh -c "'$affidavit' list --format=json --root . -- \"\$1\" 2>&3 |
		python3 -c 'import json, sys; assert [json.loads(line) for line in sys.stdin.buffer]'" sh "$name" 3>/dev/null
	cd "$work" || exit 1
done
check 'all of them' equal 20 "$(ls "$work"/*.json | wc -l)"
check 'nothing of a spec was executed' test ! -e owned -a ! -e /tmp/owned

cat >cases.cmake <<-END
	include("$work/0/out/cases.cmake")
	list(LENGTH AFFIDAVIT_CASES count)
	file(WRITE "$work/count" "\${count}")
END
check 'CMake reads the cases' cmake -P cases.cmake
check 'all of them' equal "$("$affidavit" list --format=json 0/a.md 2>/dev/null | wc -l)" "$(cat count)"

# Headings that are alike in a file's name.
cat >alike.md <<-END
	## 1.1 A

	**Request:** \`GET https://example.com/1\`

	## 1-1 B

	**Request:** \`GET https://example.com/2\`

	## 1_1 C

	**Request:** \`GET https://example.com/3\`

	## 😀

	**Request:** \`GET https://example.com/4\`

	## 🚀

	**Request:** \`GET https://example.com/5\`

	## $(printf 'long %.0s' $(seq 100))

	**Request:** \`GET https://example.com/6\`

	## $(printf 'long %.0s' $(seq 100)) longer

	**Request:** \`GET https://example.com/7\`
END
check 'alike: compiles' equal 0 "$(exit_code "$affidavit" compile -o alike alike.md)"
check 'alike: has its own files' equal 7 "$(ls alike/test_*.c | wc -l)"
check 'alike: has its own symbols' symbols_are_unique alike
check 'alike: links' gcc -std=c11 -I"$source/runtime" -o dump alike/*.c "$tools/hostile_dump.c"
done_testing
