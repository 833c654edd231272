/* SPDX-License-Identifier: MIT
 * curl commands as documents have them, and the requests that they are. */
#include "request_scene.h"

#define FORM      "[Content-Type=application/x-www-form-urlencoded]"
#define JSON      "[Content-Type=application/json]"
#define MULTIPART "[Content-Type=multipart/form-data; boundary=----affidavit-form-boundary]"

static void methods_follow_the_options(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "curl http://h", "GET http://h" },
		{ "curl -X post http://h", "POST http://h" },
		{ "curl -XPATCH http://h", "PATCH http://h" },
		{ "curl --request=DELETE http://h", "DELETE http://h" },
		{ "curl -siX PUT http://h", "PUT http://h" },
		{ "curl -I http://h", "HEAD http://h" },
		{ "curl -d 1 -d 2 http://h", "POST http://h " FORM " =1&2" },
		{ "curl -G http://h -d a=1 --data-urlencode 'b=c d'", "GET http://h ?http://h?a=1&b=c%20d" },
		{ "curl -T a.txt http://h", "PUT http://h !a.txt" },
		{ "curl -X $METHOD http://h", "$METHOD http://h !$METHOD" },
		{ "curl -X PUT", "" },
		{ "curl --url http://h -X", "GET http://h" },
	};
	ASSERT_REQUESTS(rows, "bash");
}

static void headers_are_those_that_curl_sends(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "curl http://h -H 'A:b' --header \"C:  d:e \" -HF:g -H 'X;' -H 'Accept:'",
		  "GET http://h [A=b] [C=d:e] [F=g] [X=]" },
		{ "curl http://h -u anna:secret", "GET http://h [Authorization=Basic YW5uYTpzZWNyZXQ=]" },
		{ "curl http://h -u key:", "GET http://h [Authorization=Basic a2V5Og==]" },
		{ "curl http://h -u key", "GET http://h [Authorization=Basic a2V5Og==]" },
		{ "curl http://h -u ab:de", "GET http://h [Authorization=Basic YWI6ZGU=]" },
		{ "curl http://h -u abc:de", "GET http://h [Authorization=Basic YWJjOmRl]" },
		{ "curl http://h -u \"$USER:$PASSWORD\"", "GET http://h !\"$USER:$PASSWORD\"" },
		{ "curl http://h --oauth2-bearer T -A me -e h2 -r 0-9",
		  "GET http://h [Authorization=Bearer T] [User-Agent=me] [Referer=h2] [Range=bytes=0-9]" },
		{ "curl http://h -b a=1 --cookie 'b=2'", "GET http://h [Cookie=a=1; b=2]" },
		{ "curl http://h -b jar.txt", "GET http://h !jar.txt" },
		{ "curl http://h -d 1 -H 'content-type: text/plain'", "POST http://h [content-type=text/plain] =1" },
		{ "curl http://h -d 1 -H 'Content-Type:'", "POST http://h =1" },
		{ "curl http://h -H @file", "GET http://h !@file" },
		{ "curl http://h --json 1 --json 2 -H 'Accept: text/*'",
		  "POST http://h [Accept=text/*] " JSON " =12" },
	};
	ASSERT_REQUESTS(rows, "bash");
}

static void data_is_read_or_named(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "curl http://h -d @a.json", "POST http://h " FORM " = !@a.json" },
		{ "curl http://h -d@a.json", "POST http://h " FORM " = !-d@a.json" },
		{ "curl http://h --data-raw @a --data-ascii b --data-binary c", "POST http://h " FORM " =@a&b&c" },
		{ "curl http://h --data-urlencode 'a=\xC3\xA9 &' --data-urlencode '=x y' --data-urlencode 'p q'",
		  "POST http://h " FORM " =a=%C3%A9%20%26&x%20y&p%20q" },
		{ "curl http://h --data-urlencode 'a=${B} {c}<d>$E $5'",
		  "POST http://h " FORM " =a=${B}%20{c}<d>$E%20%245" },
		{ "curl http://h --data-urlencode a@f --data-urlencode b=c@d",
		  "POST http://h " FORM " =&b=c%40d !a@f" },
		{ "curl http://h -F a=1 -F 'b=\"x;y\";type=text/csv' --form-string 'c=@d;type=e'",
		  "POST http://h " MULTIPART
		  " =------affidavit-form-boundary\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
		  "------affidavit-form-boundary\r\nContent-Disposition: form-data; name=\"b\"\r\nContent-Type: "
		  "text/csv\r\n\r\nx;y\r\n"
		  "------affidavit-form-boundary\r\nContent-Disposition: form-data; "
		  "name=\"c\"\r\n\r\n@d;type=e\r\n------affidavit-form-boundary--\r\n" },
		{ "curl http://h -F 'a=<b>;filename=\"n\"' -H 'Content-Type: multipart/form-data'",
		  "POST http://h [Content-Type=multipart/form-data; boundary=----affidavit-form-boundary] "
		  "=------affidavit-form-boundary\r\n"
		  "Content-Disposition: form-data; name=\"a\"; "
		  "filename=\"n\"\r\n\r\n<b>\r\n------affidavit-form-boundary--\r\n" },
		{ "curl http://h -F a=1 -F f=@x.png",
		  "POST http://h " MULTIPART
		  " =------affidavit-form-boundary\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
		  "------affidavit-form-boundary\r\nContent-Disposition: form-data; name=\"f\"; "
		  "filename=\"x.png\"\r\n\r\n\r\n"
		  "------affidavit-form-boundary--\r\n !f=@x.png" },
	};
	ASSERT_REQUESTS(rows, "bash");
}

static void other_options_are_passed_over(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "curl -s -S -i -v -o f -w '%{http_code}\\n' -c jar -m 5 --max-time 3 --connect-timeout 2 "
		  "--compressed -sS http://h",
		  "GET http://h" },
		{ "curl --silent --fail --no-progress-meter --retry 3 --http1.1 -fsS -of -#m1 http://h",
		  "GET http://h" },
		{ "curl -sSL http://h", "GET http://h !-sSL" },
		{ "curl -k --location http://h", "GET http://h !-k !--location" },
		{ "curl --insecure http://h", "GET http://h !--insecure" },
		{ "curl -d 1 http://h/1 --next -X PUT http://h/2", "POST http://h/1 " FORM " =1 !--next" },
	};
	ASSERT_REQUESTS(rows, "bash");
}

static void continuations_join_lines(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "curl \\\n  -X PUT \\\n  http://h/x", "PUT http://h/x" },
		{ "curl -X PUT \\  \n  http://h/x -H 'A: b' \\\t\n -H 'C: d'", "PUT http://h/x [A=b] [C=d]" },
		{ "curl -X PUT \\\r\n  http://h/x \\\r\n  -H 'A: b'\r\n", "PUT http://h/x [A=b]" },
		{ "curl.exe -X PUT `\n  http://h/x `  \r\n  -H \"A: b\"", "PUT http://h/x [A=b]" },
		{ "curl -X PUT ^\r\n  http://h/x ^\n -H \"A: b\"", "PUT http://h/x [A=b]" },
		{ "curl -X PUT http://h/x\\\n  -H 'A: b'", "PUT http://h/x [A=b]" },
		{ "curl -X PUT http://h/x\\\n-H 'A: b'", "PUT http://h/x [A=b]" },
		{ "curl -X PUT \\ # the method\n http://h/x", "PUT http://h/x" },
		{ "$ curl -X PUT \\\n> -H 'A: b' \\\n> http://h/x", "PUT http://h/x [A=b]" },
		{ "curl http://h/x \\\n\nls -d", "GET http://h/x" },
		{ "curl http://h/x \\\ncurl http://h/y", "GET http://h/x / GET http://h/y" },
		{ "curl http://h/x\\\ncurl http://h/y \\", "GET http://h/x / GET http://h/y" },
	};
	ASSERT_REQUESTS(rows, "bash");
}

static void lines_that_begin_with_an_option_go_on(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "curl -X POST http://h/x\n  -H 'A: b'\n  --data-raw '1'\n", "POST http://h/x [A=b] " FORM " =1" },
		{ "curl -X PUT http://h/x  # why\n  -H 'A: b'\n  # the token\n  -H 'C: d'",
		  "PUT http://h/x [A=b] [C=d]" },
		{ "curl -X POST\nhttp://h/x\n-d\n'{}'", "POST http://h/x " FORM " ={}" },
		{ "curl http://h/x\n\n-H 'A: b'", "GET http://h/x" },
		{ "curl http://h/x\n- item\n---\n-rw-r--r-- 1 a", "GET http://h/x" },
		{ "curl http://h/x\nls -H y", "GET http://h/x" },
		{ "curl http://h/x\nhttp://h/y", "GET http://h/x" },
	};
	ASSERT_REQUESTS(rows, "bash");
}

static void quotes_are_taken_off(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "curl http://h -d '{\n  \"a\": \"it'\\''s\"\n}'",
		  "POST http://h " FORM " ={\n  \"a\": \"it's\"\n}" },
		{ "curl http://h -d \"{\\\"a\\\": \\\"$B\\\", \\\\n\n}\"",
		  "POST http://h " FORM " ={\"a\": \"$B\", \\n\n}" },
		{ "curl http://h -d $'a\\n\\'\\x41\\u00e9\\041\\u20ac\\U0001F600'",
		  "POST http://h " FORM " =a\n'A\xC3\xA9!\xE2\x82\xAC\xF0\x9F\x98\x80" },
		{ "curl ^\"http://h/x?a=1^&b=2^\" ^\n -d ^\"^{^\\^\"a^\\^\":^1^}^\"",
		  "POST http://h/x?a=1&b=2 " FORM " ={\"a\":1}" },
		{ "curl http://h -H 'A: '\"$B\"'-c'", "GET http://h [A=$B-c]" },
		{ "curl http://h/a\\ b -d ''", "POST http://h/a b " FORM " =" },
		{ "curl http://h -H \"A: $(get \"x )\" 'y')\" -d t=$(date +%s)",
		  "POST http://h [A=$(get \"x )\" 'y')] " FORM " =t=$(date +%s) !$(get \"x )\" 'y')" },
		{ "curl http://h -d t=$(date) -H 'A: $(no)'",
		  "POST http://h [A=$(no)] " FORM " =t=$(date) !$(date)" },
		{ "curl http://h/$(id -u)", "GET http://h/$(id -u) !$(id -u)" },
		{ "curl http://h -H \"A: $(get\" -X PUT", "PUT http://h [A=$(get] !$(get\"" },
	};
	ASSERT_REQUESTS(rows, "bash");
}

static void commands_are_found_in_their_surroundings(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "$ curl http://h | jq .a", "GET http://h" },
		{ "curl http://h | python -m json.tool -d x", "GET http://h" },
		{ "T=$(curl -d 1 http://h/t | jq -r .a)\ncurl http://h/x",
		  "POST http://h/t " FORM " =1 / GET http://h/x" },
		{ "T=\"$(curl -d 1 \"http://h/t\")\"\ncurl 'http://h/x'",
		  "POST http://h/t " FORM " =1 / GET http://h/x" },
		{ "echo \"is: $(curl http://h/t) or $(curl http://h/u) | x\" ; curl http://h/x",
		  "GET http://h/t / GET http://h/u / GET http://h/x" },
		{ "T=`curl http://h/t`", "GET http://h/t" },
		{ "A=b time sudo curl http://h", "GET http://h" },
		{ "user@host:~$ curl http://h/1\nPS C:\\> curl.exe http://h/2\n  % curl http://h/3",
		  "GET http://h/1 / GET http://h/2 / GET http://h/3" },
		{ "if true; then curl http://h/1; fi && { curl http://h/2; }", "GET http://h/1 / GET http://h/2" },
		{ "curl http://h/1 &\ncurl http://h/2&&curl http://h/3",
		  "GET http://h/1 / GET http://h/2 / GET http://h/3" },
		{ "# curl http://h/1\ncurl http://h/2#a # curl http://h/3", "GET http://h/2#a" },
	};
	ASSERT_REQUESTS(rows, "bash");
}

static void an_open_quote_loses_no_other_command(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "curl http://h/1 -d '{\"a\":1}", "POST http://h/1 " FORM " ={\"a\":1}" },
		{ "curl http://h/1 -d '{}\n\ncurl 'http://h/2'", "POST http://h/1 " FORM " ={} / GET http://h/2" },
		{ "curl http://h/1 -d \"{}\n \t\r\n# second\n$ curl \"http://h/2\"",
		  "POST http://h/1 " FORM " ={} / GET http://h/2" },
		{ "curl http://h/1 -d $'{}\n\ncurl http://h/2", "POST http://h/1 " FORM " ={} / GET http://h/2" },
		{ "curl http://h/1 -d '1\n\n2'", "POST http://h/1 " FORM " =1\n\n2" },
	};
	ASSERT_REQUESTS(rows, "bash");
}

static void unquoted_urls_stay_whole(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "curl http://h/y?a=1&b=2&c[]=3 -X PUT", "PUT http://h/y?a=1&b=2&c[]=3" },
		{ "curl http://h/y&a=1", "GET http://h/y&a=1" },
		{ "curl <url> -X PUT", "PUT <url>" },
		{ "curl {{base}}/x $B/y", "GET {{base}}/x" },
		{ "curl POST http://h/x", "GET http://h/x" },
		{ "curl http://h/?a=1 & sleep 1", "GET http://h/?a=1" },
	};
	ASSERT_REQUESTS(rows, "bash");
}

static void redirections_are_passed_over(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "curl > out.json http://h/x 2>/dev/null -X PUT 2>&1 >>log", "PUT http://h/x" },
		{ "curl -X PUT &> log http://h/x < in", "PUT http://h/x" },
		{ "curl -o /dev/null http://h/x>out", "GET http://h/x" },
		{ "curl http://h/x -d @- <<'EOF'\n{\"a\":\n1}\nEOF\ncurl http://h/y",
		  "POST http://h/x " FORM " ={\"a\":\n1} / GET http://h/y" },
		{ "curl --data-binary @- http://h/x <<EOF | jq .\n{\n}\nEOF\ncurl http://h/y",
		  "POST http://h/x " FORM " ={\n} / GET http://h/y" },
		{ "curl http://h/x -d \"$(cat <<EOF\n{\"a\": \"b\"}\nEOF\n)\"",
		  "POST http://h/x " FORM " ={\"a\": \"b\"}" },
		{ "curl http://h/x -d @- <<EOF\n{}", "POST http://h/x " FORM " = !@-" },
	};
	ASSERT_REQUESTS(rows, "bash");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(methods_follow_the_options),
		cmocka_unit_test(headers_are_those_that_curl_sends),
		cmocka_unit_test(data_is_read_or_named),
		cmocka_unit_test(other_options_are_passed_over),
		cmocka_unit_test(continuations_join_lines),
		cmocka_unit_test(lines_that_begin_with_an_option_go_on),
		cmocka_unit_test(quotes_are_taken_off),
		cmocka_unit_test(commands_are_found_in_their_surroundings),
		cmocka_unit_test(an_open_quote_loses_no_other_command),
		cmocka_unit_test(unquoted_urls_stay_whole),
		cmocka_unit_test(redirections_are_passed_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
