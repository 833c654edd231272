#!/usr/bin/env python3
"""manual.py AFFIDAVIT MANUAL_WORDS SOURCE: the language reference says what the compiler does.

Every fence ```markdown of grammar/README.md is a document: the fence after it holds what is printed of it, whole, by
`affidavit list` (```text), `affidavit check` (```error) or `affidavit check -v` (```verbose). Every condition in a table whose
first column is called Condition or Here is read in a strict table. The tables of words are those of words.def; the names of
the diagnostics are those of the sources. ACCEPT=1 writes what was printed into the file."""
import os
import re
import subprocess
import sys
import tempfile

affidavit, manual_words, source = sys.argv[1:4]
PATH = os.path.join(source, 'grammar', 'README.md')
COMMANDS = {'text': ['list'], 'error': ['check'], 'verbose': ['check', '-v']}
FENCE = re.compile(r'^(`{3,})([a-z]*)\n(.*?)^\1$\n?', re.M | re.S)
failures = []


def printed(arguments, document):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'manual.md'), 'w') as file:
            file.write(document)
        done = subprocess.run([affidavit, *arguments, 'manual.md', '--root', '.'], cwd=folder, capture_output=True, text=True)
    return done.stdout, done.stderr


def actual(kind, document):
    out, err = printed(COMMANDS[kind], document)
    return err if kind == 'error' else out + err


def check_examples(text):
    """Compares each example; returns the text with what was printed in the place of what stands there."""
    pieces, at, count = [], 0, 0
    fences = list(FENCE.finditer(text))
    for fence, after in zip(fences, fences[1:] + [None]):
        if fence.group(2) != 'markdown':
            continue
        count += 1
        line = text.count('\n', 0, fence.start()) + 1
        if after is None or after.group(2) not in COMMANDS or text[fence.end():after.start()].strip():
            failures.append(f'{PATH}:{line}: no fence text, error or verbose follows this example')
            continue
        got = actual(after.group(2), fence.group(3))
        if got != after.group(3):
            failures.append(f'{PATH}:{line}: the example prints\n{got}')
        pieces += [text[at:after.start(3)], got]
        at = after.end(3)
    if count < 10:
        failures.append(f'{PATH}: only {count} examples were found')
    return ''.join(pieces) + text[at:], count


def cells(row):
    """Cells of a row; a bar in code is the code's."""
    return [cell.strip() for cell in re.findall(r'((?:`+[^`]*`+|[^|`])*)\|', row.strip()[1:] + ('' if row.strip().endswith('|') else '|'))]


def conditions(text):
    for table in re.finditer(r'(?:^\|.*\n)+', text, re.M):
        rows = table.group(0).splitlines()
        head = cells(rows[0])
        for column in (i for i, name in enumerate(head) if name in ('Condition', 'Here')):
            for row in rows[2:]:
                cell = cells(row)[column]
                if cell and not cell.startswith(('—', '*')):
                    yield cell


def check_conditions(text):
    found = list(dict.fromkeys(conditions(FENCE.sub('', text))))
    for condition in found:
        document = ('### 1. A\n```http\nPOST https://api.example.com/a\n\n{"where": []}\n```\n\n**Expected:**\n'
                    f'| What | Condition |\n|---|---|\n| {condition} | |\n')
        out, err = printed(['check'], document)
        if err:
            failures.append(f'{PATH}: the condition {condition} is not understood:\n{err}')
    if len(found) < 60:
        failures.append(f'{PATH}: only {len(found)} conditions were found')
    return len(found)


def check_words(text):
    for name in ('labels', 'conditions'):
        table = subprocess.run([manual_words, name], capture_output=True, text=True, check=True).stdout
        mark = re.compile(rf'(<!-- {name}: from words.def -->\n)(.*?)(<!-- end -->)', re.S)
        found = mark.search(text)
        if not found or found.group(2) != table:
            failures.append(f'{PATH}: the table of {name} is not that of words.def')
        text = mark.sub(lambda m: m.group(1) + table + m.group(3), text)
    return text


def check_names(text):
    """The first column of the table of diagnostics against the sources."""
    stated = set(re.findall(r'^\| `([a-z]+)` \| (?:error|warning)', text, re.M))
    told = set()
    for name in os.listdir(os.path.join(source, 'generator')):
        if name.endswith('.c'):
            with open(os.path.join(source, 'generator', name)) as file:
                told |= set(re.findall(r'(?:AFD_WARNING|AFD_ERROR_SEVERITY),\s*"([a-z]+)"', file.read()))
    if stated != told:
        failures.append(f'{PATH}: diagnostics not explained: {sorted(told - stated)}; explained and not told: {sorted(stated - told)}')
    off = [f'-Wno-{name}' for name in sorted(told)]
    run = subprocess.run([affidavit, 'check', *off, os.devnull], capture_output=True, text=True)
    if 'unknown option' in run.stderr:
        failures.append(f'a diagnostic cannot be turned off: {run.stderr}')
    return len(told)


with open(PATH) as file:
    manual = file.read()
accepted, examples = check_examples(manual)
accepted = check_words(accepted)
stated = check_conditions(manual)
names = check_names(manual)
if os.environ.get('ACCEPT') == '1' and accepted != manual:
    with open(PATH, 'w') as file:
        file.write(accepted)
print('\n'.join(failures))
print(f'{examples} examples, {stated} conditions, {names} diagnostics, {len(failures)} failed')
sys.exit(1 if failures else 0)
