#!/usr/bin/env python3
"""hostile.py write FOLDER: specs whose every part is chosen to break a compiler; FOLDER/NUMBER.json says what they hold.
hostile.py compare FOLDER NUMBER DUMP: what the compiled tables hold (hostile_dump.c) against that."""
import hashlib
import json
import os
import random
import sys

NASTY = [
    b'x */ int evil; /*', b'// swallowed \\', b'what??/', b'??=define ??( ??) ??< ??> ??! ??\' ??-', b'"quoted" \\"', b"'single' \\'",
    b'%s %n %d %x', b'#line 1 "x"', b'_Pragma("once")', b'#include "/etc/passwd"', b'\\u0041 \\x41 \\101 \\', b'R"(raw)"',
    b'bidi \xe2\x80\xae evil \xe2\x81\xa6', b'lines \xe2\x80\xa8 and \xe2\x80\xa9', b'surrogate \xed\xa0\x80', b'no utf-8 \xff\xfe\xc0\xaf',
    b'$(touch /tmp/owned) `id`', b'; rm -rf /', b'</script><b>', b'=cmd|x', b'\x1b[2J\x1b]52;c;QQ==\x07', b'\x01\x02\x7f \xc2\x9b2J',
    b'${CMAKE_SOURCE_DIR} @VAR@ a;b', b'\xf0\x9f\x98\x80' * 40, b'x' * 5000, b'\xd0\xb6' * 2500, b'?' * 5000, b'\\' * 4095, b'"' * 4001,
    b'{{not a variable}', b'0', b'NULL', b'return', b'*/ int evil;', b'*b* x', b'**', b'\xef\xbb\xbfmark',
]
SIZES = [1, 95, 96, 97, 3999, 4000, 4001, 4094, 4095, 4096, 5000, 65535, 65536, 1 << 20]
NAMES = [
    b'a.md', b'a */ b.md', b'what??/x.md', b'line\nbreak.md', b'-o.md', b'--help', b'$(touch owned) `id`.md', b'"quote\\.md', b"it's.md",
    '\u0436\U0001F600.md'.encode(), b'no\xff\xfeutf8.md', b'n' * 240 + b'.md', b'%s%n.md', b'#line 1 "x".md', b'CON.md', b'tab\there.md',
    b'\x1b[2J.md', b'a b;c.md', b'..md', b'\xe2\x80\xaegnp.md',
]


def body_of(rng, size):
    """Any bytes but those that would end the fence of 20 tildes."""
    return rng.randbytes(size).replace(b'~', b'-')


def header_value(nasty):
    return nasty.replace(b'{{', b'{').strip() or b'x'


def url_of(nasty):
    """One word without a placeholder, and without what no URL may hold."""
    kept = bytes(byte for byte in nasty if byte > 0x20 and byte not in b'`{}$<>\\\x7f')
    return b'https://example.com/' + kept


def write_test(out, number, title, body):
    test = {'id': b'%d.1' % number, 'title': title.strip(), 'method': b'POST', 'url': url_of(title)}
    test['name'], test['value'] = b'X-Nasty', header_value(title)
    out.append(b'## %s %s\n\n' % (test['id'], test['title']))
    out.append(b'**Request:**\n~~~~~~~~~~~~~~~~~~~~\nPOST %s\n%s: %s\n~~~~~~~~~~~~~~~~~~~~\n\n' % (test['url'], test['name'], test['value']))
    if body is not None:
        out.append(b'**Body:**\n~~~~~~~~~~~~~~~~~~~~\n%s\n~~~~~~~~~~~~~~~~~~~~\n\n' % body)
        test['body'] = body
    return test


def write(folder):
    rng = random.Random(20)
    for number, name in enumerate(NAMES):
        out, tests = [], []
        nasty = [NASTY[number], NASTY[number + 1]] if number else NASTY
        bodies = [b'\n'.join(NASTY[:-1]), b'', b'\x00', b'a\x00b\r\n', b'\r\n'] + [body_of(rng, size) for size in SIZES]
        for index, title in enumerate(nasty):
            body = None if index % 7 == 6 else bodies[index % len(bodies)] if not number else title
            tests.append(write_test(out, index + 1, title, body))
        home = os.path.join(os.fsencode(folder), b'%d' % number)
        path = os.path.join(home, name)
        os.makedirs(os.path.dirname(path))
        with open(path, 'wb') as file:
            file.write(b'\xef\xbb\xbf' * (number % 2) + b''.join(out))
        plain = [{key: digest(value) for key, value in test.items()} for test in tests]
        with open(f'{folder}/{number}.json', 'w') as file:
            json.dump({'name': name.hex(), 'tests': plain}, file)


def digest(value):
    return [len(value), hashlib.sha256(value).hexdigest()]


def read_dump(path):
    inventory, tests = b'', []
    with open(path) as lines:
        for line in lines:
            name, value = line.rstrip('\n').split(' ')
            value = bytes.fromhex(value)
            if name == 'inventory':
                inventory += value
            elif name == 'id':
                tests.append({'id': value})
            else:
                tests[-1].setdefault(name, value)
    return inventory, tests


def faults(wanted, inventory, tests):
    if len(wanted['tests']) != len(tests):
        yield f"{len(tests)} tests instead of {len(wanted['tests'])}"
    for want, test in zip(wanted['tests'], tests):
        for key, value in want.items():
            if digest(test.get(key, b'')) != value:
                yield f"{test['id']}: {key} is {test.get(key, b'')[:60]!r} of {len(test.get(key, b''))} bytes, wanted {value}"
        if 'body' not in want and test['body']:
            yield f"{test['id']}: a body that the spec does not state"
        if test['spec'] != bytes.fromhex(wanted['name']):
            yield f"{test['id']}: the spec is called {test['spec']!r}"
    if len(json.loads(inventory)['tests']) != len(tests):
        yield 'the inventory lists other tests'


def compare(folder, number, dump):
    with open(f'{folder}/{number}.json') as file:
        wanted = json.load(file)
    found = list(faults(wanted, *read_dump(dump)))
    print('\n'.join(found[:10]) or f"{len(wanted['tests'])} tests")
    return 1 if found or not wanted['tests'] else 0


if __name__ == '__main__':
    sys.exit(write(*sys.argv[2:]) if sys.argv[1] == 'write' else compare(*sys.argv[2:]))
