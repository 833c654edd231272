#!/bin/sh
# hostile_files.sh BUILD SOURCE: specs that cannot be read, folders that cannot be written, streams that are closed: a clear
# sentence and the right exit code, no file half written, nothing written elsewhere, no call that hangs.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 1
spec=specs/qtickets_api_test_requests.md
cp -r "$source/specs" .
"$affidavit" compile --root . $spec -o good >/dev/null 2>&1 || exit 1
files=$(find good -type f | wc -l)

# A command ends within 20 s with that code, and says that.
ends() { # code words command...
	code=$1
	words=$2
	shift 2
	timeout -k 1 20 "$@" >stdout 2>stderr
	actual=$?
	[ "$actual" -eq "$code" ] || { echo "expected: $code"; echo "actual:   $actual"; cat stderr; return 1; }
	[ -z "$words" ] || contains stderr "$words"
}

# --- the spec's path
mkfifo pipe.md
mkdir folder.md
: >empty.md
ln -s loop.md loop.md
ln -s absent.md dangling.md
ln -s ../$spec specs/link.md
truncate -s 300M huge.md
head -c 100000 /bin/sh >program.md
check 'absent' ends 3 'cannot read absent.md: No such file or directory' "$affidavit" check absent.md
check 'no name' ends 3 'cannot read : No such file or directory' "$affidavit" check ''
check 'a folder' ends 3 'cannot read folder.md: not a regular file' "$affidavit" list folder.md
check 'below a file' ends 3 'cannot read empty.md/x.md: Not a directory' "$affidavit" list empty.md/x.md
check 'a pipe' ends 3 'cannot read pipe.md: not a regular file' "$affidavit" compile pipe.md -o none
check 'a device' ends 3 'cannot read /dev/zero: not a regular file' "$affidavit" check /dev/zero
check 'a link to itself' ends 3 'Too many levels of symbolic links' "$affidavit" check loop.md
check 'a link to nothing' ends 3 'cannot read dangling.md: No such file or directory' "$affidavit" check dangling.md
check 'a name of 300 bytes' ends 3 'File name too long' "$affidavit" check "$(printf '%0300d' 0).md"
check 'more than is read' ends 3 'larger than' "$affidavit" check huge.md
check 'a link to a spec is the spec' ends 0 '' "$affidavit" compile --root . --check specs/link.md -o good
check 'nothing' ends 2 'no request is found' "$affidavit" compile empty.md -o none
check 'a program' ends 2 'a NUL byte stands here' "$affidavit" check program.md
check 'controls are not obeyed' ends 3 'cannot read ?[2J?x.md' "$affidavit" check "$(printf '\033[2J\nx.md')"
check 'the other specs are looked at' ends 2 'No such file' "$affidavit" check program.md absent.md
check 'no output folder was made' test ! -e none
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	mkdir closed
	cp $spec closed/spec.md
	chmod 000 closed/spec.md
	chmod 755 "$work"
	cp "$affidavit" program
	check 'unreadable' ends 3 'Permission denied' setpriv --reuid=65534 --regid=65534 --clear-groups ./program check closed/spec.md
	check 'a folder of others' ends 3 'Permission denied' \
		setpriv --reuid=65534 --regid=65534 --clear-groups ./program compile $spec -o others
fi

# --- the SQL file that a spec names
mkdir sql elsewhere
echo 'CREATE TABLE IF NOT EXISTS t (a String) ENGINE = MergeTree ORDER BY a;' >elsewhere/tables.sql
printf 'SELECT 1;\0\n' >sql/nul.sql
cp elsewhere/tables.sql sql/beside.sql
mkdir sql/below
cp elsewhere/tables.sql sql/below/tables.sql
mkfifo sql/pipe.sql
ln -s ../elsewhere/tables.sql sql/away.sql
ln -s ../elsewhere sql/folder
ln -s /etc/passwd sql/passwd.sql
ln -s absent.sql sql/dangling.sql
ln -s beside.sql sql/link.sql
names_sql() { # file
	printf '**Suite:** `orders` with tables in [it](%s)\n\n## 1. T\n\n**Request:** `GET https://example.com/`\n' "$1" >sql/spec.md
}
for file in away.sql folder/tables.sql passwd.sql; do
	names_sql "$file"
	check "$file leads away" ends 2 'spec.md:1:41: error: the SQL file is a link that leads away from the spec' "$affidavit" check sql/spec.md
	check "$file is not read" sh -c "! '$affidavit' compile -o sql/out sql/spec.md"
done
check 'nothing of it is written' test ! -e sql/out
names_sql dangling.sql
check 'a link to nothing' ends 2 'cannot read sql/dangling.sql: No such file or directory' "$affidavit" check sql/spec.md
names_sql nul.sql
check 'a NUL in the SQL file' ends 2 'spec.md:1:41: error: the SQL file holds a NUL byte' "$affidavit" check sql/spec.md
names_sql pipe.sql
check 'a pipe for the SQL file' ends 2 'not a regular file' "$affidavit" check sql/spec.md
for file in beside.sql link.sql below/tables.sql; do
	names_sql "$file"
	check "$file" ends 0 '' "$affidavit" check sql/spec.md
	(cd sql && "$affidavit" check spec.md >../here 2>&1; echo $? >../code)
	check "$file from its folder" equal 0 "$(cat code)"
done
ln -s sql linked
check 'below a folder that is a link' ends 0 '' "$affidavit" check linked/spec.md
rm -r sql elsewhere linked

# --- the command line
check 'no command' ends 2 'Exit codes' "$affidavit"
check 'no file' ends 2 'no file is given' "$affidavit" check
check 'an unknown option' ends 2 'unknown option or value: --colour' "$affidavit" check --colour $spec
check 'an option without a value' ends 2 'unknown option or value: -o' "$affidavit" compile $spec -o
check 'an unknown format' ends 2 'unknown option or value: --format=xml' "$affidavit" check --format=xml $spec
check 'a name that is an option' ends 2 'unknown option or value: -x.md' "$affidavit" check -x.md
check 'a name after --' ends 3 'cannot read -x.md' "$affidavit" check -- -x.md
check 'a root that is none' ends 2 '--root: absent is no folder' "$affidavit" list --root absent $spec
cp $spec specs/other.md
check 'two specs of one name' ends 2 'another spec of this call has the folder' "$affidavit" compile $spec specs/other.md -o both
check 'a folder without tests' ends 2 'holds no generated test' "$affidavit" trace specs
check 'an absent folder' ends 3 'No such file' "$affidavit" trace absent

# --- the output folder
: >file
check 'a file in its place' ends 3 'cannot make the folder file: File exists' "$affidavit" compile $spec -o file
check 'below a file' ends 3 'cannot make the folder' "$affidavit" compile $spec -o file/out
check 'a folder that cannot be made' ends 3 'cannot make the folder' "$affidavit" compile $spec -o /proc/out
check 'no name' ends 3 'cannot make the folder' "$affidavit" compile $spec -o ''
mkdir -p planted/test_7_2.c
check 'a folder in the place of a file' ends 3 'cannot write planted/test_7_2.c: Is a directory' \
	"$affidavit" compile --root . $spec -o planted
rm -r planted
mkdir planted
echo 'theirs' >theirs
ln -s ../theirs planted/test_7_2.c
ln -s ../theirs planted/inventory.json
ln theirs planted/suite.c
ln -s ../absent planted/cases.cmake
ln -s ../good/test_7_2.c planted/test_left_over.c
mkfifo planted/test_pipe.c
check 'links in the places of files' ends 0 '' "$affidavit" compile --root . $spec -o planted
check 'nothing is written through a link' equal theirs "$(cat theirs)"
check 'nor made' test ! -e absent
check 'the files are its own' test ! -L planted/test_7_2.c -a ! -L planted/inventory.json -a ! -L planted/cases.cmake
check 'a left-over link goes, not what it names' test ! -e planted/test_left_over.c -a -f good/test_7_2.c
check 'a pipe is left alone' test -p planted/test_pipe.c
rm planted/test_pipe.c
check 'all is written' diff -r good planted

# --- a full disk
mkdir disk
fill='mount -t tmpfs -o size=64k none disk && timeout 20 "$0" compile --root . "$1" -o disk/out; code=$?; ls -A disk/out; exit $code'
if unshare -rm true 2>/dev/null; then
	check 'a full disk' ends 3 'No space left on device' unshare -rm sh -c "$fill" "$affidavit" $spec
	check 'leaves no part of a file' lacks stdout .tmp
fi
check 'a file that may not grow' ends 3 'File too large' sh -c 'ulimit -f 8; exec "$@"' sh "$affidavit" compile --root . $spec -o grown
check 'leaves no part of a file' equal 0 "$(find grown -name '*.tmp' | wc -l)"

# --- killed at any moment: a file is whole or not there
for delay in 001 002 003 005 008 013 021 034; do
	rm -rf killed
	timeout -s KILL 0.$delay "$affidavit" compile --root . $spec -o killed >/dev/null 2>&1
	[ -d killed ] || continue
	find killed -name '*.tmp' -delete
	check "killed after 0.$delay s" sh -c 'for file in killed/*; do [ ! -e "$file" ] || cmp "$file" "good/${file#*/}" || exit 1; done'
done

# --- closed streams
for arguments in --help --version "list $spec" "check $spec" "compile --root . $spec -o closed_out" \
	"compile --root . --check specs/other.md -o good" "trace --root . good" "diff $spec empty.md"; do
	# shellcheck disable=SC2086
	check "$arguments: to nowhere" ends 3 '' sh -c 'exec "$@" >&-' sh "$affidavit" $arguments
	# shellcheck disable=SC2086
	check "$arguments: to a full disk" ends 3 'cannot write to standard output' sh -c 'exec "$@" >/dev/full' sh "$affidavit" $arguments
done
check 'what was compiled is whole' diff -r good closed_out
check 'no input' ends 0 '' sh -c 'exec "$@" <&-' sh "$affidavit" list $spec
check 'no stream at all' ends 3 '' sh -c 'exec "$@" <&- >&- 2>&-' sh "$affidavit" compile --root . $spec -o closed_all
check 'what was compiled is whole' diff -r good closed_all
check 'errors to nowhere' ends 2 '' sh -c 'exec "$@" 2>&-' sh "$affidavit" check program.md
awk 'BEGIN { for (i = 1; i <= 3000; i++) printf "## %d T\n\n**Request:** `GET https://example.com/%d`\n\n", i, i }' >many.md
(timeout 20 "$affidavit" list --format=json many.md 2>stderr; echo $? >code) | head -c 1 >/dev/null
check 'a reader that goes away' equal 3 "$(cat code)"
check 'is told' contains stderr 'cannot write to standard output'
rm specs/link.md specs/other.md
check 'the specs are as they were' diff -r "$source/specs" specs
check 'all files' equal "$files" "$(find closed_all -type f | wc -l)"
done_testing
