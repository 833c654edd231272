# SPDX-License-Identifier: MIT
# A POSIX sh function file: `. cmake/libchdb/install.sh` and call `install_libchdb SOURCE_DIR`.
# Installs libchdb.so, pinned by the integrity hash of package-lock.json, into the user's cache, where
# affidavit-clickhouse looks for it: ${XDG_CACHE_HOME:-~/.cache}/affidavit/libchdb/libchdb.so.
# Does nothing where that very build is there already, or where AFFIDAVIT_LIBCHDB names a library.

libchdb_integrity() {
	sed -n 's/^[[:space:]]*"integrity": "\(sha512-[^"]*\)".*/\1/p' "$1/cmake/libchdb/package-lock.json" | head -n 1
}

# npm checks the download against the lock file; the folder appears under its final name only when it is whole.
libchdb_download() (
	stage=$(mktemp -d "$2/.stage.XXXXXX") || exit 3
	trap 'rm -rf "$stage"' EXIT
	trap 'exit 3' HUP INT TERM
	cp "$1/cmake/libchdb/package.json" "$1/cmake/libchdb/package-lock.json" "$stage/" &&
		(cd "$stage" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) &&
		[ -f "$stage/node_modules/@chdb/lib-linux-x64-gnu/libchdb.so" ] &&
		rm -f "$stage"/node_modules/@chdb/*/*.node &&
		rm -rf "$3" &&
		mv "$stage" "$3"
)

install_libchdb() {
	[ -z "${AFFIDAVIT_LIBCHDB:-}" ] || return 0
	libchdb_cache="${XDG_CACHE_HOME:-$HOME/.cache}/affidavit/libchdb"
	libchdb_wanted=$(libchdb_integrity "$1")
	[ -n "$libchdb_wanted" ] || {
		echo "install_libchdb: no integrity hash in $1/cmake/libchdb/package-lock.json" >&2
		return 3
	}
	libchdb_folder="$libchdb_cache/$(printf %s "$libchdb_wanted" | tr -c 'A-Za-z0-9\n' _ | cut -c 1-40)"
	libchdb_file="$libchdb_folder/node_modules/@chdb/lib-linux-x64-gnu/libchdb.so"
	if [ ! -f "$libchdb_file" ]; then
		command -v npm >/dev/null 2>&1 || {
			echo "install_libchdb: npm is missing; install it, or set AFFIDAVIT_LIBCHDB to a libchdb.so of ClickHouse 26.7" >&2
			return 3
		}
		mkdir -p "$libchdb_cache" && libchdb_download "$1" "$libchdb_cache" "$libchdb_folder" || {
			echo "install_libchdb: npm could not install libchdb; see above, or set AFFIDAVIT_LIBCHDB to a libchdb.so" >&2
			return 3
		}
	fi
	[ "$(readlink "$libchdb_cache/libchdb.so")" = "$libchdb_file" ] || ln -sfn "$libchdb_file" "$libchdb_cache/libchdb.so"
}
