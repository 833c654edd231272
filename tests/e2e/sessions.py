#!/usr/bin/env python3
"""sessions.py LOG: an API with sessions, on a free port of the loopback. POST /login gives a token of its own making and a cookie;
GET /me wants the token in Authorization and, where it comes with one, the cookie; GET /cookie wants the cookie alone and sets
another one; GET /items lists; GET /items/ID wants the token.
Each request is a line of LOG. Prints "listening on HOST:PORT"."""
import http.server
import json
import secrets
import sys

TOKEN = secrets.token_hex(16)
COOKIE = secrets.token_hex(16)
ITEM = 'item-' + secrets.token_hex(4)


class Sessions(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def answer(self, status, body, **fields):
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace('_', '-'), value)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):
        self.rfile.read(int(self.headers.get('Content-Length', 0)))
        self.answer(200, {'data': {'token': TOKEN, 'user': {'id': 7}}}, Set_Cookie=f'sid={COOKIE}; Path=/')

    def do_GET(self):
        cookie = self.headers.get('Cookie')
        if self.path == '/cookie':
            known = cookie in (f'sid={COOKIE}', f'sid={COOKIE}; seen=yes')
            self.answer(200 if known else 401, {}, Set_Cookie='seen=yes; Path=/')
            return
        known = self.headers.get('Authorization') == f'Bearer {TOKEN}' and cookie in (None, f'sid={COOKIE}')
        if not known:
            self.answer(401, {'error': {'code': 'NO_SESSION'}})
        elif self.path == '/items':
            self.answer(200, {'items': [{'id': ITEM}]})
        elif self.path in ('/me', f'/items/{ITEM}'):
            self.answer(200, {'ok': True})
        else:
            self.answer(404, {'error': {'code': 'NO_ITEM'}})

    def log_message(self, *_):
        with open(sys.argv[1], 'a', encoding='utf-8') as log:
            log.write(f'{self.command} {self.path}\n')


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Sessions)
print(f'listening on 127.0.0.1:{server.server_address[1]}', flush=True)
server.serve_forever()
