#!/bin/sh
# run.sh BUILD SOURCE: affidavit run: compiles, builds and executes; the build is cached; every exit code is the suite's.
. "$(dirname "$0")/lib.sh"
export XDG_CACHE_HOME=$work/cache XDG_STATE_HOME=$work/state
spec=$source/specs/bookshelf.md
check 'builds and lists' equal 0 "$(exit_code "$affidavit" run "$spec" --list)"
check 'its cases' contains "$work/stdout" 'List the books'
check 'one build is kept' equal 1 "$(find "$work/cache" -name suite -type f | wc -l)"
stamp=$(find "$work/cache" -name suite -type f -printf '%T@')
check 'again' equal 0 "$(exit_code "$affidavit" run "$spec" --list)"
check 'from the cache' equal "$stamp" "$(find "$work/cache" -name suite -type f -printf '%T@')"
cp "$spec" "$work/other.md"
sed -i 's/List the books/List all the books/' "$work/other.md"
check 'a changed spec' equal 0 "$(exit_code "$affidavit" run "$work/other.md" --list)"
check 'is built anew' contains "$work/stdout" 'List all the books'
check 'a missing secret is exit 2' equal 2 "$(exit_code "$affidavit" run "$spec" --base default=http://127.0.0.1:9/ --out "$work/b")"
check 'an unknown option is exit 2' equal 2 "$(exit_code "$affidavit" run "$spec" --olny 1)"
check 'and is told' contains "$work/stderr" "--only"
printf '### 1. One\n**Request:**\n```\nGTE /x\n```\n' >"$work/bad.md"
check 'a refused spec is exit 2' equal 2 "$(exit_code "$affidavit" run "$work/bad.md")"
check 'at its line' contains "$work/stderr" 'bad.md:4:1: error:'
mkdir -p "$work/with blanks/cache"
cp -r "$affidavit" "$(dirname "$affidavit")/sdk" "$work/with blanks"
check 'from a folder with a blank' equal 0 "$(XDG_CACHE_HOME="$work/with blanks/cache" exit_code "$work/with blanks/affidavit" run "$spec" --list)"
check 'no spec is exit 2' equal 2 "$(exit_code "$affidavit" run --list)"
done_testing
