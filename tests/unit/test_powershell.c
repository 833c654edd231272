/* SPDX-License-Identifier: MIT
 * Invoke-RestMethod and Invoke-WebRequest as documents have them, and the requests that they are. */
#include "request_scene.h"

static void names_and_methods_in_any_case(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "irm http://localhost/x", "GET http://localhost/x" },
		{ "IWR http://localhost/x", "GET http://localhost/x" },
		{ "invoke-webrequest -URI 'http://localhost/x'", "GET http://localhost/x" },
		{ "$r = Invoke-RestMethod \"http://localhost/x\"", "GET http://localhost/x" },
		{ "$token = (Invoke-RestMethod -Uri http://localhost/x).token", "GET http://localhost/x" },
		{ "$t = (irm http://localhost/x -SkipCertificateCheck).token | Select-Object -First 1",
		  "GET http://localhost/x" },
		{ "try { irm http://localhost/x } catch { Write-Host $_ }", "GET http://localhost/x" },
		{ "if ($ok) {irm http://localhost/x}", "GET http://localhost/x" },
		{ "PS C:\\Users\\me> irm http://localhost/x", "GET http://localhost/x" },
		{ "1..3 | ForEach-Object { irm http://localhost/x }", "GET http://localhost/x" },
		{ "irm -Method Get -TimeoutSec 5 -UseBasicParsing http://localhost/x", "GET http://localhost/x" },
		{ "irm $baseUrl/api/x -Method \"delete\"", "DELETE $baseUrl/api/x" },
		{ "irm http://localhost/api/users/{id}", "GET http://localhost/api/users/{id}" },
	};
	ASSERT_REQUESTS(rows, "powershell");
}

static void what_is_no_command(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "# Invoke-RestMethod -Uri http://localhost/x\n", "" },
		{ "<#\nirm http://localhost/x\n#>", "" },
		{ "Get-Help Invoke-RestMethod", "" },
		{ "Write-Host \"irm http://localhost/x\"", "" },
		{ "Invoke-RestMethod -Method POST", "" },
	};
	ASSERT_REQUESTS(rows, "powershell");
}

static void lines_that_go_on(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "Invoke-RestMethod `\r\n  -Method put ` \t\r\n  -Body '{}' `\n  -Uri http://localhost/x",
		  "PUT http://localhost/x ={}" },
		{ "$params = @{\n  Uri = \"http://localhost/x\"\n  Method = \"Post\"\n  Headers = @{ A = 'b' }\n  "
		  "Body = @{ n = 1 } | ConvertTo-Json\n}\nInvoke-RestMethod @params",
		  "POST http://localhost/x [A=b] ={\"n\":1}" },
	};
	ASSERT_REQUESTS(rows, "powershell");
}

static void headers_of_maps_and_variables(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "irm -Headers @{ \"Authorization\" = \"Bearer $token\"; 'Accept'=\"application/json\" } -Uri "
		  "http://localhost/x",
		  "GET http://localhost/x [Authorization=Bearer $token] [Accept=application/json]" },
		{ "$h = @{ A = 'b' }\nirm http://localhost/1 -Headers $h\nirm http://localhost/2 -Headers $H",
		  "GET http://localhost/1 [A=b] / GET http://localhost/2 [A=b]" },
		{ "irm http://localhost/x -Method Post -ContentType 'application/json' -Body '{}'",
		  "POST http://localhost/x [Content-Type=application/json] ={}" },
	};
	ASSERT_REQUESTS(rows, "powershell");
}

static void bodies_are_what_PowerShell_makes_of_them(void **state)
{
	(void)state;
	static const struct request_row rows[] = {
		{ "irm http://localhost/x -Method Post -Body \"{`\"a`\":1}\"", "POST http://localhost/x ={\"a\":1}" },
		{ "irm http://localhost/x -Method Post -Body '{\"a\":\"it''s\"}'",
		  "POST http://localhost/x ={\"a\":\"it's\"}" },
		{ "irm http://localhost/x -Method Post -Body (@{a=1} | ConvertTo-Json)",
		  "POST http://localhost/x ={\"a\":1}" },
		{ "irm http://localhost/x -Method Post -Body (ConvertTo-Json @{a=1} -Depth 5)",
		  "POST http://localhost/x ={\"a\":1}" },
		{ "$j = [ordered]@{a=$null;b=@()} | ConvertTo-Json\nirm http://localhost/x -Method Post -Body $j",
		  "POST http://localhost/x ={\"a\":null,\"b\":[]}" },
		{ "$body = @{ name = \"x\"; age = 3; ok = $true; list = @(\"a\",\"b\"); in = @{ n = 1 } } "
		  "|\nConvertTo-Json\nirm http://localhost/x -Method Post -Body $body",
		  "POST http://localhost/x "
		  "={\"name\":\"x\",\"age\":3,\"ok\":true,\"list\":[\"a\",\"b\"],\"in\":{\"n\":1}}" },
		{ "$body = @'\n{ \"a\": \"$x\" }\n'@\nirm http://localhost/x -Method Post -Body $body",
		  "POST http://localhost/x ={ \"a\": \"$x\" }" },
		{ "$body = @\"\n{\n  \"a\": 1\n}\n\"@\nirm http://localhost/x -Method Post -Body $body",
		  "POST http://localhost/x ={\n  \"a\": 1\n}" },
		{ "irm http://localhost/x -Method Post -Body $nowhere", "POST http://localhost/x !$nowhere" },
		{ "irm http://localhost/x -Method Post -Body (Get-Content a.json)", "POST http://localhost/x !(" },
		{ "irm http://localhost/x -Method Post -InFile ./a.json", "POST http://localhost/x !./a.json" },
		{ "irm http://localhost/x -Meth:Post -Body:'a=1'", "POST http://localhost/x =a=1" },
		{ "irm http://localhost/x -Method Post -Body (@{at = Get-Date} | ConvertTo-Json)",
		  "POST http://localhost/x !(" },
		{ "irm http://localhost/x -Method Post -Body (@{at = [guid]::NewGuid()} | ConvertTo-Json)",
		  "POST http://localhost/x !(" },
		{ "irm http://localhost/x -Method Post -Body (@{id = $r.id} | ConvertTo-Json)",
		  "POST http://localhost/x !(" },
		{ "irm http://localhost/x -Headers $nothing", "GET http://localhost/x !$nothing" },
	};
	ASSERT_REQUESTS(rows, "powershell");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_methods_in_any_case),
		cmocka_unit_test(what_is_no_command),
		cmocka_unit_test(lines_that_go_on),
		cmocka_unit_test(headers_of_maps_and_variables),
		cmocka_unit_test(bodies_are_what_PowerShell_makes_of_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
