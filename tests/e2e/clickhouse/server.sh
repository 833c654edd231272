#!/bin/sh
# SPDX-License-Identifier: MIT
# A private clickhouse-server on a free loopback port, for tests.
#   server.sh start DIR   writes its configuration and data into DIR (made here), waits until it answers, prints its URL
#                         and, on a second line, its https URL; the certificate is DIR/server.crt, made for 127.0.0.1.
#                         Its user is `default`, the password AFFIDAVIT_CLICKHOUSE_PASSWORD (never an argument).
#   server.sh stop DIR    ends it and waits until it has ended; DIR stays for whoever looks for the cause of a failure.
# Exit 3 with one sentence where there is no server, or it does not come up.
set -u

fail() {
	echo "server.sh: $1" >&2
	exit 3
}

find_server() {
	for name in clickhouse-server /usr/sbin/clickhouse-server /usr/bin/clickhouse-server; do
		command -v "$name" 2>/dev/null && return 0
	done
	return 1
}

# Listening sockets of the system have state 0A; ports are hexadecimal there.
is_taken() {
	awk -v port="$(printf ':%04X' "$1")" '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 }
		END { exit !found }' /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

# The first port from $1 on that nobody listens at; below the range that the system gives to clients.
free_port() {
	port=$1
	while is_taken "$port"; do
		port=$((port + 1))
	done
	echo "$port"
}

write_config() {
	cat >"$1/config.xml" <<-END
		<yandex>
			<logger><level>warning</level><log>$1/server.log</log><errorlog>$1/error.log</errorlog></logger>
			<listen_host>127.0.0.1</listen_host>
			<display_name>server-sh-$$</display_name>
			<http_port>$2</http_port>
			<https_port>$3</https_port>
			<openSSL><server>
				<certificateFile>$1/server.crt</certificateFile>
				<privateKeyFile>$1/server.key</privateKeyFile>
				<verificationMode>none</verificationMode>
			</server></openSSL>
			<keep_alive_timeout>30</keep_alive_timeout>
			<path>$1/data/</path>
			<tmp_path>$1/tmp/</tmp_path>
			<user_files_path>$1/user_files/</user_files_path>
			<format_schema_path>$1/format_schemas/</format_schema_path>
			<users_config>users.xml</users_config>
			<default_profile>default</default_profile>
			<default_database>default</default_database>
			<mark_cache_size>5368709120</mark_cache_size>
			<timezone>UTC</timezone>
		</yandex>
	END
}

write_users() {
	hash=$(printf %s "$AFFIDAVIT_CLICKHOUSE_PASSWORD" | sha256sum | cut -d ' ' -f 1)
	cat >"$1/users.xml" <<-END
		<yandex>
			<profiles><default><max_threads>2</max_threads></default></profiles>
			<users><default>
				<password_sha256_hex>$hash</password_sha256_hex>
				<networks><ip>127.0.0.1</ip></networks>
				<profile>default</profile><quota>default</quota>
			</default></users>
			<quotas><default></default></quotas>
		</yandex>
	END
}

write_certificate() {
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 \
		-keyout "$1/server.key" -out "$1/server.crt" 2>"$1/openssl.log" || fail "cannot make a certificate; see $1/openssl.log"
}

# The credentials travel in a file that only this user reads, not in the list of processes. The name in the answer tells
# this server from another one that took the port first.
answers() {
	printf 'header = "X-ClickHouse-User: default"\nheader = "X-ClickHouse-Key: %s"\n' \
		"$AFFIDAVIT_CLICKHOUSE_PASSWORD" >"$1/curl.config"
	curl -s -i -q --noproxy '*' -m 2 -K "$1/curl.config" "http://127.0.0.1:$2/?query=SELECT%201" 2>/dev/null |
		tr -d '\r' | awk -v name="server-sh-$$" '
			$1 == "X-ClickHouse-Server-Display-Name:" && $2 == name { own = 1 }
			$0 == "1" { answered = 1 }
			END { exit !(own && answered) }'
}

wait_for() {
	tries=0
	while [ "$tries" -lt 300 ]; do
		kill -0 "$(cat "$1/pid")" 2>/dev/null || return 1
		answers "$1" "$2" && return 0
		sleep 0.1
		tries=$((tries + 1))
	done
	return 1
}

start_on() {
	write_config "$1" "$2" "$3"
	"$server" --config-file="$1/config.xml" </dev/null >"$1/stdout.log" 2>&1 &
	echo $! >"$1/pid"
	wait_for "$1" "$2"
}

start() {
	[ -n "${AFFIDAVIT_CLICKHOUSE_PASSWORD:-}" ] || fail "set AFFIDAVIT_CLICKHOUSE_PASSWORD"
	server=$(find_server) || fail "there is no clickhouse-server: install it (Debian: clickhouse-server)"
	umask 077
	mkdir -p "$1/data" "$1/tmp" "$1/user_files" "$1/format_schemas" || fail "cannot write to $1"
	write_users "$1"
	write_certificate "$1"
	for try in 1 2 3; do
		port=$(free_port $((20000 + ($$ * 7 + try * 131) % 12000)))
		secure_port=$(free_port $((port + 1)))
		if start_on "$1" "$port" "$secure_port"; then
			rm -f "$1/curl.config"
			printf 'http://127.0.0.1:%s/\nhttps://127.0.0.1:%s/\n' "$port" "$secure_port"
			return 0
		fi
		stop "$1"
	done
	fail "clickhouse-server does not come up; see $1/stdout.log and $1/error.log"
}

# At once: nothing of its data is kept, and an orderly end takes it 2 s.
stop() {
	[ -f "$1/pid" ] || return 0
	pid=$(cat "$1/pid")
	rm -f "$1/pid" "$1/curl.config"
	kill -9 "$pid" 2>/dev/null || return 0
	tries=0
	while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 100 ]; do
		sleep 0.02
		tries=$((tries + 1))
	done
}

[ $# -eq 2 ] || fail "usage: server.sh start|stop DIR"
case $2 in
/*) ;;
*) fail "DIR must be an absolute path" ;;
esac
case $1 in
start) start "$2" ;;
stop) stop "$2" ;;
*) fail "usage: server.sh start|stop DIR" ;;
esac
