# What the end-to-end scripts share. Each is called with the build folder and the source folder.
set -u
build=$1
source=$2
affidavit=$build/affidavit
work=$(mktemp -d)
failures=0
checks=0
trap 'stop_simulator; rm -rf "$work"' EXIT
simulator_pid=

check() { # what command...
	checks=$((checks + 1))
	what=$1
	shift
	if "$@" >"$work/check.log" 2>&1; then return 0; fi
	failures=$((failures + 1))
	echo "FAIL: $what"
	sed 's/^/  | /' "$work/check.log" | head -40
}

# The exit code of a command, its output in $work/stdout and $work/stderr.
exit_code() {
	"$@" >"$work/stdout" 2>"$work/stderr"
	echo $?
}

equal() { # expected actual
	[ "$1" = "$2" ] || { echo "expected: $1"; echo "actual:   $2"; return 1; }
}

contains() { # file text
	grep -qF -- "$2" "$1" || { echo "$1 lacks: $2"; head -40 "$1"; return 1; }
}

lacks() { # file text
	! grep -qF -- "$2" "$1"
}

# Whether the embedded engine's library is there. CI has it, others may do without what needs it.
has_engine() {
	[ ! -f "${AFFIDAVIT_LIBCHDB:-${XDG_CACHE_HOME:-$HOME/.cache}/affidavit/libchdb/libchdb.so}" ] || return 0
	echo "skipped: libchdb is not installed; ./run audit installs it, or set AFFIDAVIT_LIBCHDB"
	[ -z "${CI:-}" ] || exit 1
	return 1
}

done_testing() {
	echo "$checks checks, $failures failed"
	[ "$failures" -eq 0 ] && [ "$checks" -gt 0 ]
	exit
}

# Starts the simulator with invented tokens; sets $simulator to its address.
start_simulator() {
	mkfifo "$work/pipe"
	export SIM_TOKEN=sim-token-0000000000 SIM_PARTNER_TOKEN=sim-partner-0000000000
	"$build/tests/sim/qtickets-sim" --port 0 "$@" >"$work/pipe" 2>"$work/simulator.log" &
	simulator_pid=$!
	read -r line <"$work/pipe"
	rm "$work/pipe"
	simulator=http://${line#listening on }
	export AFFIDAVIT_SECRET_YOUR_TOKEN=$SIM_TOKEN AFFIDAVIT_SECRET_YOUR_PARTNERS_TOKEN=$SIM_PARTNER_TOKEN
}

# Starts a server of this folder, a Python program; sets $address to where it listens.
start_server() { # program
	mkfifo "$work/pipe"
	python3 "$source/tests/e2e/$1" "$work/requests" >"$work/pipe" &
	simulator_pid=$!
	read -r line <"$work/pipe"
	rm "$work/pipe"
	address=http://${line#listening on }
}

stop_simulator() {
	[ -n "$simulator_pid" ] && kill "$simulator_pid" 2>/dev/null && wait "$simulator_pid" 2>/dev/null
	simulator_pid=
}

# Runs the suite against the simulator; more options may follow.
suite() {
	"$build/suites/qtickets" --key-file "$work/key" --out "$work/bundles" --allow-writes \
		--base "default=$simulator/api/rest/v1/" --base "partners-api=$simulator/api/partners/v1/" "$@"
}
