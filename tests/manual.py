#!/usr/bin/env python3
"""manual.py AFFIDAVIT MANUAL: runs every example of a manual. A fence ```markdown is an example; the fence ```text after it is what
`affidavit list` prints of it, a fence ```error what `affidavit check` prints to standard error. ACCEPT=1 writes what was
printed."""
import os
import re
import subprocess
import sys
import tempfile

PAIR = re.compile(r'^(`{3,4})markdown\n(.*?)^\1\n+```(text|error)\n(.*?)^```$', re.M | re.S)


def run(affidavit, example, kind):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'example.md'), 'w') as file:
            file.write(example)
        command = [affidavit, 'list' if kind == 'text' else 'check', 'example.md', '--root', '.']
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        return done.stdout if kind == 'text' else done.stderr


def main(affidavit, manual):
    text = open(manual).read()
    examples = re.findall(r'^`{3,4}markdown$', text, re.M)
    failed = []
    count = 0

    def replace(found):
        nonlocal count
        count += 1
        marks, example, kind, expected = found.groups()
        actual = run(os.path.abspath(affidavit), example, kind)
        if actual != expected:
            failed.append(text.count('\n', 0, found.start()) + 1)
            print(f'{manual}:{failed[-1]}: expected:\n{expected}actual:\n{actual}')
        return f'{marks}markdown\n{example}{marks}\n```{kind}\n{actual}```'

    accepted = PAIR.sub(replace, text)
    if os.environ.get('ACCEPT') == '1':
        open(manual, 'w').write(accepted)
        failed.clear()
    print(f'{count} examples, {len(failed)} failed')
    sys.exit(1 if failed or count == 0 or count != len(examples) else 0)


main(*sys.argv[1:])
