#!/usr/bin/env python3
"""expectations.py spec FILE: writes a spec with a test for each condition below; those whose id begins with T must pass, the
others must fail. expectations.py serve: answers every request on loopback with what the conditions speak of; prints its port.
expectations.py verdicts BUNDLE: holds what happened against that."""
import datetime
import hashlib
import http.server
import json
import os
import sys

SOON = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=30, hours=1)).strftime('%Y-%m-%dT%H:%M:%SZ')
SHA, MD5 = hashlib.sha256(b'Ann').hexdigest(), hashlib.md5(b'Ann').hexdigest()
ANSWER = {
    'code': 'MADE', 'message': 'All is well', 'id': 5, 'price': 10.50, 'name': 'Ann', 'state': 'open', 'none': None, 'ok': True,
    'empty': [], 'tags': ['new', 'sale'], 'data': [{'id': 1, 'n': 1}, {'id': 2, 'n': 2}], 'paid_at': '2025-11-09T14:00:00+03:00',
    'soon': SOON, 'uuid': '6b1f6c3e-7f0a-4d55-9c0e-2f1f5a3f9b10', 'mail': 'ann@example.com', 'next': 'https://a.example.com/x?page=2&q=a+b',
    'token': 'YW5u', 'payload': '{"id": 7}', 'v6': '2001:db8::1', 'half': 0.5, 'escaped': 'a%20b', 'five': '5',
}
HEADERS = [('Content-Type', 'application/json; charset=utf-8'), ('Location', '/orders/42?a=b'), ('X-Servers', 'a, b'),
           ('Set-Cookie', 'session=s1; Path=/accounts; HttpOnly'), ('Last-Modified', 'Sun, 06 Nov 1994 08:49:37 GMT')]
# What holds, and beside it what does not.
CONDITIONS = [
    ('`201`', '`200`'), ('2xx', '4xx'), ('`404` or `201`', '`404` or `400`'), ('not `404`', 'not `201`'),
    ('status is at least 200 and less than 300', 'status is less than 200'), ('status is `201` or `204`', 'status is `202` or `204`'),
    ('`MADE`', '`NOT_MADE`'), ('code is `MADE`', 'code is `made`'), ('message contains `well`', 'message contains `bad`'),
    ('JSON', 'not JSON'), ('no error', 'error'), ('content type is `application/json`', 'content type is `text/html`'),
    ('header `location` starts with `/orders/`', 'header `Location` ends with `/orders/`'),
    ('header `ETag` does not exist', 'header `Location` does not exist'), ('header `X-Servers` exists', 'header `ETag` exists'),
    ('cookie `session` is `s1`', 'cookie `session` is `s2`'), ('attribute `Path` of cookie `session` is `/accounts`', 'attribute `Secure` of cookie `session` exists'),
    ('attribute `HttpOnly` of cookie `session` exists', 'attribute `Path` of cookie `other` exists'),
    ('`$.id` exists', '`$.nothing` exists'), ('`$.nothing` does not exist', '`$.none` does not exist'), ('`$.none` is null', '`$.id` is null'),
    ('`$.price` is 10.5', '`$.price` is 10.51'), ('`$.ok` is true', '`$.ok` is false'), ('`$.state` is `open` or `paid`', '`$.state` is `sent` or `paid`'),
    ('`$.state` is not `lost`', '`$.nothing` is not `lost`'), ('`$.data[*].id` is not 3', '`$.data[*].id` is not 2'), ('`$.five` is `"5"`', '`$.id` is `"5"`'),
    ('`$.tags` is `["new", "sale"]`', '`$.tags` is `["sale", "new"]`'), ('`$.empty` is empty', '`$.tags` is empty'), ('`$.tags` is not empty', '`$.nothing` is not empty'),
    ('`$.tags` contains `new` and `sale`', '`$.tags` contains `new` and `old`'), ('`$.name` starts with `A`', '`$.name` starts with `B`'),
    ('`$.name` ends with `nn`', '`$.name` ends with `n!`'), ('`$.mail` matches `^\\w+@example\\.com$`', '`$.mail` matches `^\\d+@`'),
    ('`$.price` is less than 11', '`$.price` is more than 11'), ('`$.price` >= 10.5', '`$.price` > 10.5'), ('`$.paid_at` is after `2025-11-09T10:59:59Z`', '`$.paid_at` is before `2025-11-09T11:00:00Z`'),
    ('`$.data` has 2 items', '`$.data` has 3 items'), ('`$.data` has at least 1 item', '`$.data` has at most 1 item'), ('`$.data[?@.id > 2]` has 0 items', '`$.data[?@.id > 1]` has 0 items'),
    ('result has 2 records', 'empty result'), ('count of `$.tags` is 2', 'count of `$.tags` is 1'), ('`$.data[*].id` is a whole number', '`$.data[*].id` is a string'),
    ('`$.name` is a string', '`$.id` is a string'), ('`$.half` is a decimal number', '`$.id` is a decimal number'), ('`$.none` is a string or null', '`$.id` is a string or null'),
    ('`$.ok` is a boolean', '`$.name` is a boolean'), ('`$.tags` is a list', '`$.tags` is an object'), ('`$.data[0]` is an object', '`$.data` is an object'),
    ('`$.paid_at` is a time', '`$.name` is a time'), ('`$.uuid` is a uuid', '`$.mail` is a uuid'), ('`$.mail` is an e-mail', '`$.uuid` is an e-mail'),
    ('`$.next` is a url', '`$.name` is a url'), ('`$.v6` is an IPv6 address', '`$.v6` is an IPv4 address'), ('ip address is `127.0.0.1`', 'ip address is an IPv6 address'),
    ('`$` is like `{"id": 5, "data": [{"id": "<any>"}], ...}`', '`$` is like `{"id": 6}`'), ('`$.data[0]` is exactly like `{"id": 1, "n": "<any>"}`', '`$.data[0]` is exactly like `{"id": 1}`'),
    ('`{"name": "Ann"}`', '`{"name": "Bob"}`'), ('body contains `"name"`', 'body contains `"surname"`'), ('size of body is at most 10 KB', 'size of body is at most 100 bytes'),
    ('latency is at most 20 s', 'latency is more than 20 s'), ('HTTP version is `1.1` or `1.0`', 'HTTP version is `2`'), ('url ends with `/a`', 'url ends with `/b`'),
    ('first of `$.tags` is `new`', 'last of `$.tags` is `new`'), ('item 2 of `$.tags` is `sale`', 'item 3 of `$.tags` exists'), ('upper case of `$.name` is `ANN`', 'lower case of `$.name` is `ANN`'),
    ('item 2 of header `X-Servers` split at `,` is `b`', 'header `X-Servers` split at `,` has 3 pieces'), ('what follows `/orders/` in header `Location` starts with `42`', 'what follows `/tickets/` in header `Location` exists'),
    ('what precedes `?` in what follows `/orders/` in header `Location` is a whole number', 'what precedes `;` in header `Location` exists'),
    ('parameter `q` of `$.next` is `a b`', 'parameter `page` of `$.next` is 3'), ('`$.id` inside `$.payload` is 7', '`$.id` inside `$.payload` is 8'),
    ('decoded base64 of `$.token` is `ann`', 'base64 of `$.token` is `ann`'), ('hex of `$.name` is `416e6e`', 'hex of `$.name` is `616e6e`'), ('url-decoded `$.escaped` is `a b`', 'url-encoded `$.escaped` is `a b`'),
    (f'SHA-256 of `$.name` is `{SHA}`', f'SHA-256 of `$.mail` is `{SHA}`'), (f'MD5 of `$.name` is `{MD5}`', f'MD5 of `$.mail` is `{MD5}`'),
    ('days until `$.soon` is at least 30', 'days until `$.soon` is at least 31'), ('days since header `Last-Modified` is more than 10000', 'days since header `Last-Modified` is less than 10000'),
    ('every record satisfies the request\'s where', '`$.data[*].n` is 1'), ('(`$.id` is 5 and `$.name` is `Bob`) or `201`', '`$.id` is 5 and (`$.name` is `Bob` or status `404`)'),
]


def write_spec(path):
    with open(path, 'w') as file:
        file.write('**Base URL:** `https://api.example.com/`\n')
        for number, (holds, fails) in enumerate(CONDITIONS, 1):
            for name, condition in (('T', holds), ('F', fails)):
                file.write(f'\n### {name}-{number}. A condition\n```http\nPOST https://api.example.com/a\nContent-Type: application/json\n\n'
                           '{"where": [{"column": "n", "operator": "<", "value": 3}]}\n```\n**Effect:** read\n\n'
                           f'**Expected:**\n| What | Condition |\n|---|---|\n| {condition} | |\n')


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    wbufsize = -1

    def do_POST(self):
        self.rfile.read(int(self.headers.get('Content-Length', 0)))
        body = json.dumps(ANSWER).encode()
        self.send_response(201)
        for name, value in HEADERS:
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def serve():
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


def verdicts(bundle):
    wrong = []
    count = 0
    with open(os.path.join(bundle, 'data', 'evidence.jsonl')) as file:
        for line in map(json.loads, file):
            if line.get('phase') != 'result':
                continue
            count += 1
            wanted = 'pass' if line['test_id'].startswith('T') else 'fail'
            if line['verdict'] != wanted:
                pair = CONDITIONS[int(line['test_id'].split('-')[1]) - 1]
                wrong.append(f"{line['test_id']} {line['verdict']}: {pair[0 if wanted == 'pass' else 1]}: {line.get('notes')}")
    print('\n'.join(wrong))
    print(f'{count} cases, {len(wrong)} wrong')
    sys.exit(1 if wrong or count != 2 * len(CONDITIONS) else 0)


{'spec': write_spec, 'serve': serve, 'verdicts': verdicts}[sys.argv[1]](*sys.argv[2:])
