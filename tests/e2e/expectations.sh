#!/bin/sh
# expectations.sh BUILD SOURCE: every kind of condition against a real answer: one that holds passes, one that doesn't fails.
. "$(dirname "$0")/lib.sh"
export XDG_CACHE_HOME=$work/cache
helper=$source/tests/e2e/expectations.py
mkfifo "$work/port"
python3 "$helper" serve >"$work/port" 2>"$work/server.log" &
server=$!
trap 'kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
read -r port <"$work/port"
python3 "$helper" spec "$work/conditions.md"
check 'the spec is understood, every word of it' equal 0 "$(exit_code "$affidavit" check "$work/conditions.md")"
check 'and without a warning' equal '' "$(cat "$work/stderr")"
check 'some fail: exit 1' equal 1 "$(exit_code "$affidavit" run "$work/conditions.md" --base "default=http://127.0.0.1:$port/" \
	--key-file "$work/key" --out "$work/bundles")"
check 'each as it must' python3 "$helper" verdicts "$(sed -n 's/^bundle: //p' "$work/stdout")"
done_testing
