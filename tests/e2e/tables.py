#!/usr/bin/env python3
"""tables.py COMMAND ...: asks the tables with nothing of affidavit's own code.

  verify DATABASE BUNDLE VALUES    the CSV is what SELECT count() FINAL says, and the newest version and time; no key stands
                                   twice in any table with FINAL; the facts follow from staging, row by row; no line of the
                                   file VALUES is in any table
  execute DATABASE SQL             runs one statement
  same BUNDLE BUNDLE               each case changed the same tables by the same numbers
  again BUNDLE BUNDLE              the second bundle is of a second audit into the database of the first one
  changes BUNDLE CASE TABLE        prints by how much the case changed the table

DATABASE is a URL (user default, password AFFIDAVIT_CLICKHOUSE_PASSWORD), or PROGRAM:DIR: the embedded engine's program, and
its data folder, which no one else may have open."""
import csv
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import urllib.parse

KEYS = {
    'stg_qtickets_api_orders_raw': '_dedup_key', 'stg_qtickets_api_inventory_raw': 'event_id, city, snapshot_ts',
    'stg_qtickets_api_clients_raw': 'client_id', 'stg_qtickets_api_price_shades_raw': 'shade_id',
    'stg_qtickets_api_discounts_raw': 'discount_id', 'stg_qtickets_api_promo_codes_raw': 'promo_code_id',
    'stg_qtickets_api_barcodes_raw': 'barcode', 'stg_qtickets_api_partner_tickets_raw': 'ticket_id, external_order_id',
    'fact_qtickets_sales_daily': 'event_id, sales_date, city', 'fact_qtickets_inventory_latest': 'event_id, city',
    'meta_job_runs': 'run_id',
}
TIMES = dict.fromkeys(KEYS, '_ingest_ts')
TIMES.update(stg_qtickets_api_orders_raw='sale_ts', stg_qtickets_api_inventory_raw='snapshot_ts', meta_job_runs='started_at',
             fact_qtickets_sales_daily='sales_date', fact_qtickets_inventory_latest='snapshot_ts')
AGAIN = {'stg_qtickets_api_inventory_raw': 2, 'meta_job_runs': 1}


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__('localhost')
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


class Database:
    def __init__(self, place):
        self.process = None
        if place.startswith('http://'):
            self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(place).netloc)
        else:
            program, folder = place.rsplit(':', 1)
            self.place = tempfile.TemporaryDirectory()
            path = os.path.join(self.place.name, 's')
            self.process = subprocess.Popen([program, '--path', folder, '--socket', path], stdout=subprocess.PIPE)
            assert self.process.stdout.readline(), 'the engine does not start'
            self.connection = UnixConnection(path)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.connection.close()
        if self.process:
            self.process.terminate()
            self.process.wait()

    def run(self, sql):
        headers = {}
        if not self.process:
            headers = {'X-ClickHouse-User': 'default', 'X-ClickHouse-Key': os.environ['AFFIDAVIT_CLICKHOUSE_PASSWORD']}
        self.connection.request('POST', '/', sql.encode(), headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        assert answer.status == 200, text
        return text

    def rows(self, sql):
        return [line.split('\t') for line in self.run(sql + ' FORMAT TabSeparated').splitlines()]


def final(table):
    return table if table == 'meta_job_runs' else table + ' FINAL'


def lines_of(bundle):
    return [json.loads(line) for line in open(os.path.join(bundle, 'data/evidence.jsonl'), 'rb')]


def results_of(bundle):
    return {row['test_id']: row for row in lines_of(bundle) if row['phase'] == 'result'}


def delta_of(row):
    before, after = row['clickhouse_before'], row['clickhouse_after']
    assert len(before) == len(after) == 11, row['test_id']
    return {table: after[table] - before[table] for table in after if after[table] != before[table]}


def csv_of(bundle):
    rows = list(csv.DictReader(open(os.path.join(bundle, 'data/clickhouse_counts.csv'), newline='')))
    assert [row['table_name'] for row in rows] == list(KEYS), rows
    assert list(rows[0]) == ['table_name', 'count_before', 'count_after', 'delta', 'max_ver', 'max_snapshot_ts'], rows[0]
    return {row['table_name']: row for row in rows}


def counts(database, bundle):
    for table, row in csv_of(bundle).items():
        version = '' if table == 'meta_job_runs' else ', toString(max(_ver))'
        found = database.rows(f'SELECT toString(count()), toString(max({TIMES[table]})){version} FROM {final(table)}')[0]
        said = [row['count_after'], row['max_snapshot_ts']] + ([row['max_ver']] if version else [])
        if found[0] == '0':
            found[1:] = [''] * len(found[1:])
        assert found == said, (table, found, said)
        assert int(row['count_after']) - int(row['count_before']) == int(row['delta']), row
        state = [line for line in open(os.path.join(bundle, 'data/report.md')) if line.startswith(f'| {table} |')][0]
        assert ('| empty |' in state) == (found[0] == '0'), state
    rows = lines_of(bundle)
    snapshots = {row['moment']: row['clickhouse_counts'] for row in rows if row['phase'] == 'snapshot'}
    for table, row in csv_of(bundle).items():
        assert [str(snapshots['baseline'][table]), str(snapshots['final'][table])] == [row['count_before'], row['count_after']]
    cases = [row for row in rows if row['phase'] == 'result']
    for earlier, later in zip(cases, cases[1:]):
        assert earlier['clickhouse_after'] == later['clickhouse_before'], later['test_id']


def keys(database, bundle):
    for table, key in KEYS.items():
        twice = database.rows(f'SELECT {key}, count() FROM {final(table)} GROUP BY {key} HAVING count() > 1')
        assert twice == [], (table, twice[:3])
    key = lines_of(bundle)[0]['key_id']
    assert [[key]] == database.rows("SELECT DISTINCT visitParamExtractString(metrics, 'key_id') FROM meta_job_runs")


def facts(database):
    orders = {}
    for day, event, city, tickets, revenue in database.rows(
            'SELECT toString(toDate(sale_ts)), event_id, city, tickets_sold, revenue FROM stg_qtickets_api_orders_raw FINAL'):
        entry = orders.setdefault((day, event, city), [0, 0.0])
        entry[0] += int(tickets)
        entry[1] += float(revenue)
    found = database.rows('SELECT toString(sales_date), event_id, city, tickets_sold, revenue FROM fact_qtickets_sales_daily FINAL')
    assert orders and len(found) == len(orders), (len(found), len(orders))
    for day, event, city, tickets, revenue in found:
        entry = orders[day, event, city]
        assert int(tickets) == entry[0] and abs(float(revenue) - entry[1]) < 0.01, (day, event, city)
    newest = {}
    for event, city, moment, total, left in database.rows(
            'SELECT event_id, city, toString(snapshot_ts), tickets_total, tickets_left FROM stg_qtickets_api_inventory_raw FINAL'):
        newest[event, city] = max(newest.get((event, city), ('',)), (moment, total, left))
    latest = database.rows('SELECT event_id, city, toString(snapshot_ts), tickets_total, tickets_left '
                           'FROM fact_qtickets_inventory_latest FINAL')
    assert newest and {tuple(row[:2]): tuple(row[2:]) for row in latest} == newest, (latest, newest)


def private(database, bundle, values):
    wanted = [line.rstrip('\n') for line in open(values)]
    assert len(wanted) > 1000, len(wanted)
    for table in csv_of(bundle):
        text = database.run(f'SELECT * FROM {table} FORMAT TabSeparatedRaw')
        leaked = [value for value in wanted if value in text]
        assert not leaked, f'{table} holds {len(leaked)} private values'


def same(one, other):
    first, second = results_of(one), results_of(other)
    assert list(first) == list(second)
    for case, row in first.items():
        assert delta_of(row) == delta_of(second[case]), (case, delta_of(row), delta_of(second[case]))
        assert row['landed'] == second[case]['landed'], case
        assert row['verdict'] == second[case]['verdict'], case
    changed = sum(bool(delta_of(row)) for row in first.values())
    assert changed >= 8, changed
    for table, row in csv_of(one).items():
        assert row['count_after'] == csv_of(other)[table]['count_after'], table


def again(one, other):
    first, second = csv_of(one), csv_of(other)
    for table, row in second.items():
        assert row['count_before'] == first[table]['count_after'], table
        assert int(row['delta']) == AGAIN.get(table, 0), row


def changes(bundle, case, table):
    print(delta_of(results_of(bundle)[case]).get(table, 0))


def verify(place, bundle, values):
    with Database(place) as database:
        counts(database, bundle)
        keys(database, bundle)
        facts(database)
        private(database, bundle, values)


def execute(place, sql):
    with Database(place) as database:
        database.run(sql)


COMMANDS = {command.__name__: command for command in (verify, execute, same, again, changes)}
COMMANDS[sys.argv[1]](*sys.argv[2:])
