#!/usr/bin/env python3
"""evidence.py BUNDLE CASES [VERDICT=COUNT...]: the chain, the order and the counts of a bundle's evidence, with nothing of
affidavit's own code."""
import collections
import hashlib
import json
import os
import sys


def check_chain(lines):
    previous = None
    for seq, line in enumerate(lines):
        row = json.loads(line)
        assert row['schema'] == 1 and row['seq'] == seq, (seq, row)
        if previous is None:
            assert 'prev' not in row
        else:
            assert row['prev'] == hashlib.sha256(previous).hexdigest(), f'chain breaks at {seq}'
        previous = line
    return previous


def check_cases(rows, inventory, bundle):
    started = [row['test_id'] for row in rows if row['phase'] == 'started']
    results = [row for row in rows if row['phase'] == 'result']
    known = {case['id']: test for test in inventory['tests'] for case in test['cases']}
    for row in results:
        test = known[row['test_id']]
        assert row['spec_sha256'] == test['sha256'], row['test_id']
        assert row['spec_ref'] == f"{inventory['spec']}:{test['first_line']}-{test['last_line']}", row['spec_ref']
        assert row['request_body_hash'] == test['body_sha256'], row['test_id']
        judged = row['verdict'] in ('pass', 'fail')
        stated = row['expectations'][:len(test['expectations'])]
        assert not judged or [e['text'] for e in stated] == [e['text'] for e in test['expectations']], row['test_id']
        # what the suite itself expects, such as no change of other tables, is there where it did not hold
        assert not any(e['held'] for e in row['expectations'][len(stated):]), row['test_id']
        for artifact in row['artifacts']:
            json.load(open(os.path.join(bundle, 'data', artifact)))
        if judged:
            assert row['test_id'] in started and row['http_status'], row['test_id']
    return results


def main(bundle, count, *expected):
    data = os.path.join(bundle, 'data')
    lines = open(os.path.join(data, 'evidence.jsonl'), 'rb').read().split(b'\n')
    assert lines.pop() == b''
    last = check_chain(lines)
    rows = [json.loads(line) for line in lines]
    inventory_bytes = open(os.path.join(data, 'inventory.json'), 'rb').read()
    inventory = json.loads(inventory_bytes)
    assert rows[0]['phase'] == 'run' and rows[-1]['phase'] == 'end'
    assert rows[0]['inventory_sha256'] == hashlib.sha256(inventory_bytes).hexdigest()
    assert inventory['case_count'] == int(count)
    results = check_cases(rows, inventory, bundle)
    head = json.load(open(os.path.join(bundle, 'head.json')))
    assert head['records'] == len(lines) and head['last_hash'] == hashlib.sha256(last).hexdigest()
    verdicts = collections.Counter(row['verdict'] for row in results)
    for item in expected:
        verdict, number = item.split('=')
        assert verdicts[verdict] == int(number), verdicts
    print(dict(verdicts))


main(*sys.argv[1:])
