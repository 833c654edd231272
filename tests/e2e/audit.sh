#!/bin/sh
# audit.sh BUILD SOURCE: the whole thread against the simulator: verdicts, the bundle, no private value anywhere.
. "$(dirname "$0")/lib.sh"
start_simulator

code=$(exit_code suite)
bundle=$(sed -n 's/^bundle: //p' "$work/stdout")
check 'exit 0' equal 0 "$code"
check 'the last line is the bundle' equal "bundle: $bundle" "$(tail -n 1 "$work/stdout")"
check 'the path is absolute' sh -c "case '$bundle' in /*) ;; *) exit 1;; esac"
check 'rehearsal passed' contains "$work/stdout" 'REHEARSAL PASSED'
check 'line 1 of the report' sh -c "head -n 1 '$bundle/data/report.md' | grep -q 'Rehearsal against 127.0.0.1: says nothing about qtickets.ru'"
check 'the manifest holds' sh -c "cd '$bundle' && sha256sum -c --quiet manifest-sha256.txt"
check 'the zip holds' sh -c "cd '$(dirname "$bundle")' && sha256sum -c --quiet '$bundle.zip.sha256' && unzip -tq '$bundle.zip'"
check 'the evidence' python3 "$source/tests/e2e/evidence.py" "$bundle" 54 pass=54

check 'the reports can be made again' equal 0 "$(exit_code "$affidavit" report "$bundle" -o "$work/again")"
check 'byte by byte' sh -c "for f in report.md report.html junit.xml ctrf.json; do cmp '$work/again/'\$f '$bundle/data/'\$f || exit 1; done"
check 'the verdict of one case' equal 0 "$(exit_code "$affidavit" report "$bundle" --case '1.6#2')"

# everything that the run left or said, against everything private that the simulator holds
suite --only 7.2 >"$work/terminal" 2>&1
"$build/tests/sim/qtickets-sim" --list-private | awk 'length($0) >= 5' | sort -u >"$work/private"
printf '%s\n%s\n' "$SIM_TOKEN" "$SIM_PARTNER_TOKEN" >>"$work/private"
check 'there are private values to look for' sh -c "[ \$(wc -l <'$work/private') -gt 1000 ]"
mkdir "$work/unzipped" && unzip -q "$bundle.zip" -d "$work/unzipped"
check 'no private value in the bundle' sh -c "! grep -rlFf '$work/private' '$bundle' '$work/unzipped'"
check 'no private value on the terminal' sh -c "! grep -lFf '$work/private' '$work/terminal'"

check '--plan is exit 0' equal 0 "$(exit_code suite --plan)"
check '--plan keeps the placeholder' contains "$work/stdout" 'YOUR_TOKEN'
check '--plan shows no secret' lacks "$work/stdout" "$SIM_TOKEN"

read_only() {
	"$build/suites/qtickets" --key-file "$work/key" --out "$work/bundles" \
		--base "default=$simulator/api/rest/v1/" --base "partners-api=$simulator/api/partners/v1/" "$@"
}
check 'writes are held back by default' equal 0 "$(exit_code read_only)"
held=$(sed -n 's/^bundle: //p' "$work/stdout")
check 'and counted' python3 "$source/tests/e2e/evidence.py" "$held" 54 blocked=20
check 'and not called passed' contains "$work/stdout" 'REHEARSAL INCOMPLETE'

unset AFFIDAVIT_SECRET_YOUR_TOKEN
check 'a missing secret is exit 2' equal 2 "$(exit_code suite)"
check 'and named' sh -c "grep -q AFFIDAVIT_SECRET_YOUR_TOKEN '$work/stderr'"
export AFFIDAVIT_SECRET_YOUR_TOKEN=$SIM_TOKEN

stop_simulator
check 'a dead API is exit 3' equal 3 "$(exit_code suite)"
check 'in clear words' sh -c "cat '$work/stdout' '$work/stderr' | grep -q 'no connection to'"
done_testing
