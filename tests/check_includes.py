#!/usr/bin/env python3
"""check_includes.py ROOT: who may include whom. Prints each violation as file:line and exits 1 where there is any."""
import os
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]')
GENERATED = re.compile(r'^(spec|expect|curl|json|jsonpath|pii)_(parser|lexer)\.h$')

# Of each stage of the compiler: which of its headers it may include. base/ is open to all.
READERS = {'read.h', 'read_logic.h', 'index.h', 'expectation.h', 'model.h', 'words.h', 'diag.h', 'ast.h', 'source.h', 'scan.h', 'survey.h', 'curl.h', 'powershell.h', 'shell.h', 'put.h'}
GENERATOR = {
    'source': {'source.h'}, 'diag': {'diag.h', 'source.h', 'put.h'}, 'ast': {'ast.h', 'source.h'},
    'index': {'index.h'}, 'words': {'words.h', 'words.def'}, 'put': {'put.h'}, 'scan': {'scan.h', 'ast.h'},
    'parse': {'scan.h', 'ast.h', 'diag.h'}, 'expectation': {'expectation.h'}, 'model': READERS, 'read': READERS, 'survey': READERS, 'powershell': READERS,
    'emit': {'emit.h', 'model.h', 'put.h'}, 'output': {'output.h', 'emit.h', 'model.h', 'index.h'},
    'trace': {'trace.h', 'model.h', 'index.h'}, 'diff': {'diff.h', 'model.h', 'put.h', 'index.h'}, 'list': {'list.h', 'model.h', 'put.h'}, 'sarif': {'sarif.h', 'diag.h', 'put.h'},
}
# Of the runtime: includes that only these files may have.
ONLY = {
    'curl/curl.h': re.compile(r'runtime/(http|clickhouse)[a-z_]*\.[ch]$|tests/'),
    'cmocka.h': re.compile(r'runtime/main_cmocka\.c$|tests/'),
    'microhttpd.h': re.compile(r'runtime/sidecar[a-z_]*\.[ch]$|tests/'),
    'archive.h': re.compile(r'runtime/bundle[a-z_]*\.c$|tests/'),
}
ABOVE = {'suite.h', 'report.h', 'evidence.h', 'bundle.h', 'landing.h', 'snapshot.h'}


def stage_of(name):
    stem = name.split('.')[0]
    return next((s for s in sorted(GENERATOR, key=len, reverse=True) if stem == s or stem.startswith(s + '_')), None)


def generator_fault(name, header):
    stage = stage_of(name)
    if stage is None or header.startswith('base/') or GENERATED.match(header) or '/' not in header and header in STANDARD:
        return None
    if stage == 'read' and header in ('jsonpath.h', 'json.h'):
        return None
    return None if header in GENERATOR[stage] or header.endswith('.def') else f'{stage} may not include {header}'


def runtime_fault(path, header):
    if path.startswith('runtime/base/'):
        libc = header in STANDARD or header.startswith(('sys/', 'openssl/'))
        return None if libc or header.startswith('base/') else 'base may include libc only'
    if path == 'runtime/affidavit/case.h':
        return None if header == 'stddef.h' else 'case.h may include stddef.h only'
    low = re.match(r'runtime/(json|jsonpath|regexp|http|guard|vars|secret|mask|expect)[a-z_]*\.[ch]$', path)
    return f'{header} stands above this module' if low and header in ABOVE else None


STANDARD = {'assert.h', 'ctype.h', 'dirent.h', 'errno.h', 'fcntl.h', 'inttypes.h', 'limits.h', 'math.h', 'poll.h', 'signal.h',
            'spawn.h', 'stdarg.h', 'stdbool.h', 'stddef.h', 'stdint.h', 'stdio.h', 'stdlib.h', 'string.h', 'strings.h',
            'time.h', 'unistd.h', 'locale.h', 'setjmp.h', 'netdb.h', 'dlfcn.h', 'pthread.h'}


def faults(root, path):
    for number, line in enumerate(open(os.path.join(root, path), errors='replace'), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        header = found.group(1)
        fault = None
        if header in ONLY and not ONLY[header].search(path):
            fault = f'{header} is not for this file'
        elif header.endswith('cJSON.h') and path.endswith('.h') and not path.startswith('tests/'):
            fault = 'cJSON never stands in a header'
        elif path.startswith('generator/'):
            fault = generator_fault(os.path.basename(path), header)
        elif path.startswith('runtime/'):
            fault = runtime_fault(path, header)
        elif path.startswith('generated/') and header != 'affidavit/case.h':
            fault = 'generated code includes affidavit/case.h only'
        if fault:
            yield f'{path}:{number}: {fault}'


def main(root):
    found = []
    count = 0
    for folder in ('generator', 'runtime', 'generated', 'tests/sim', 'tests/unit'):
        for here, _, names in os.walk(os.path.join(root, folder)):
            for name in sorted(names):
                if name.endswith(('.c', '.h')):
                    count += 1
                    found += faults(root, os.path.relpath(os.path.join(here, name), root))
    print('\n'.join(found) if found else f'{count} files, no violation')
    sys.exit(1 if found or count == 0 else 0)


main(sys.argv[1])
