#!/usr/bin/env python3
"""pages.py: 120 invented orders in pages of 50, and what goes wrong on the second page, by the first step of the path. Prints
its address; each request as a line of standard error."""
import http.server
import json
import sys
import urllib.parse

TOTAL, SIZE = 120, 50


def order(number):
    ticket = {'price': 100, 'quantity': 1, 'deleted_at': None, 'refunded_at': None}
    return {'id': 5000 + number, 'payed': True, 'payed_at': '2025-11-07T12:00:00+03:00', 'created_at': '2025-11-07T12:00:00+03:00',
            'deleted_at': None, 'event_id': 33, 'currency_id': 'RUB', 'price': 100, 'baskets': [ticket],
            'client': {'email': f'visitor{number}@example.org'}}


def answer(page, total=TOTAL, shift=0):
    first = (page - 1) * SIZE - shift
    orders = [order(number) for number in range(first, min(first + SIZE, TOTAL))]
    return {'data': orders, 'paging': {'perPage': SIZE, 'currentPage': page, 'total': total}}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    seen = {}

    def send(self, body, status=200, media='application/json'):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header('Content-Type', media)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        fault = url.path.split('/')[1]
        page = int(urllib.parse.parse_qs(url.query).get('page', ['1'])[0])
        print(fault, page, file=sys.stderr, flush=True)
        times = self.seen[fault, page] = self.seen.get((fault, page), 0) + 1
        if page == 1 or fault == 'whole' or fault == 'flaky' and times > 1:
            self.send(answer(page))
        elif fault in ('status', 'flaky'):
            self.send({}, 503)
        elif fault == 'html':
            self.send(b'<html>visitor60@example.org</html>', media='text/html')
        elif fault == 'error':
            self.send({'error': 'visitor60@example.org', 'status': 500})
        elif fault == 'dropped':
            self.close_connection = True
        else:
            self.send({'moved': answer(page, TOTAL + 1), 'stuck': answer(1), 'shifted': answer(page, shift=10),
                       'emptied': dict(answer(page), data=[]), 'bare': {'data': answer(page)['data']},
                       'absurd': dict(answer(page), paging={'perPage': 0, 'currentPage': page, 'total': -1})}[fault])

    def log_message(self, *ignored):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
print(f'listening on 127.0.0.1:{server.server_address[1]}', flush=True)
server.serve_forever()
