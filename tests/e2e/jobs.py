#!/usr/bin/env python3
"""jobs.py LOG: an API whose jobs take time, on a free port of the loopback. POST /jobs makes job 7 anew and names it in
Location; GET /jobs/7 says "running" three times, then "done"; GET /jobs/0 never gets done; GET /never is cut off; DELETE /jobs/N
removes it. Each request is a line of LOG. Prints "listening on HOST:PORT"."""
import http.server
import json
import sys

JOBS = {}
PATIENCE = 3


class Jobs(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def answer(self, status, body=None, **fields):
        data = b'' if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        if body is not None:
            self.send_header('Content-Type', 'application/json')
        if status != 204:
            self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def number(self):
        return int(self.path.rsplit('/', 1)[1])

    def do_POST(self):
        self.rfile.read(int(self.headers.get('Content-Length', 0)))
        number = 7
        JOBS[number] = 0
        self.answer(201, {'id': number, 'state': 'new'}, Location=f'/jobs/{number}?from=list')

    def do_GET(self):
        if self.path == '/never':
            self.log_message()
            self.close_connection = True
            return
        number = self.number()
        if number not in JOBS and number != 0:
            self.answer(404, {'error': {'code': 'NO_JOB'}})
            return
        asked = JOBS[number] = JOBS.get(number, 0) + 1
        done = number != 0 and asked > PATIENCE
        self.answer(200, {'id': number, 'state': 'done' if done else 'running'})

    def do_DELETE(self):
        known = JOBS.pop(self.number(), None) is not None
        self.answer(204 if known else 404)

    def log_message(self, *_):
        with open(sys.argv[1], 'a') as log:
            log.write(f'{self.command} {self.path}\n')


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Jobs)
print(f'listening on 127.0.0.1:{server.server_port}', flush=True)
server.serve_forever()
