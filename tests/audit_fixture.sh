#!/bin/sh
# audit_fixture.sh BUILD SOURCE FOLDER: runs the Qtickets suite against the simulator and leaves FOLDER/bundle, for the tests
# that ask a bundle for the verdict of one case.
. "$(dirname "$0")/e2e/lib.sh"
folder=$3
start_simulator
rm -rf "$folder"
suite --clickhouse none --out "$folder" >"$work/stdout" 2>&1 || { cat "$work/stdout"; exit 1; }
bundle=$(sed -n 's/^bundle: //p' "$work/stdout")
mv "$bundle" "$folder/bundle"
