#!/usr/bin/env python3
"""hostile_size.py FOLDER: documents that make every step of a compiler that looks back, or tries again, take its square."""
import os
import random
import sys

TEST = b'## %d. T\n\n**Request:**\n```\nGET https://example.com/%d\n```\n\n'
ONE = TEST % (1, 1)


def many(count, line):
    return b''.join(line % ((i,) * line.count(b'%d')) for i in range(1, count + 1))


def posted(headers, body):
    return b'## 1. T\n\n**Request:**\n```\nPOST https://example.com/\n' + headers + b'\n' + body + b'\n```\n'


def fences(count, length):
    return b''.join(b'`' * length(i) + b' x\n' for i in range(count))


EXAMPLES = b'## 1. T\n\n**Request:** `GET https://example.com/%s`\n\n**Examples:**\n%s'
WATCHED = b'**Watched tables:**\n| Table | Key | Version | Time |\n|---|---|---|---|\n'
LANDING = b'**Landing:** `t` from `$.data[*]`\n| Column | From | As |\n|---|---|---|\n'

DOCUMENTS = {
    # lines of ten megabytes
    'line': b'# A\n\n' + b'x' * 10_000_000,
    'line of blanks': b' ' * 10_000_000 + b'x',
    'line of tabs': b'\t' * 10_000_000 + b'x',
    'line that is no label': b'**' + b'x' * 10_000_000,
    'line that is bold': b'**' + b'x' * 10_000_000 + b'**',
    'line of colons': b'a:' * 5_000_000,
    'line of wide colons': b'\xef\xbc\x9a' * 3_300_000,
    'line of stars': b'*' * 10_000_000,
    'line of hashes': b'#' * 10_000_000,
    'line of digits': b'1' * 10_000_000,
    'line of rule marks': b'- ' * 5_000_000 + b'x',
    'line of letters before a label': b'\xf0\x9f\x98\x80' * 2_500_000 + b'**x',
    'row': b'|' + b'a|' * 5_000_000,
    'item': b'- ' + b'`x` ' * 2_500_000,
    'line of marks': b'`' * 10_000_000,
    'line of pairs of marks': b'` ' * 5_000_000,
    'expectation of values': ONE + b'**Expected:** ' + b'`x` and ' * 1_250_000,
    'expectation of statuses': ONE + b'**Expected:** ' + b'`404` or ' * 1_250_000 + b'`500`',
    'expectation of prose': ONE + b'**Expected:** ' + b'foo bar ' * 1_250_000,
    'expectation of parentheses': ONE + b'**Expected:** ' + b'(' * 10_000_000,
    'changes of a megabyte': ONE + b'**Expected change:** ' + (b'a' * 10_000 + b',') * 1000,
    'changes of no text': ONE + b'**Expected change:** ' + (b'\x80' * 10_000 + b',') * 1000,
    'NULs': b'\0' * 10_000_000,
    'newlines': b'\n' * 10_000_000,
    'carriage returns': b'a\r' * 5_000_000,
    'noise': random.Random(1).randbytes(10_000_000),
    # many of one thing
    'values of one shell variable': b'```bash\n' + many(60_000, b'ID=%d\ncurl https://example.com/%d/$ID -d "$ID"\n') + b'```\n',
    'shell variables without a value': b'```bash\n' + many(60_000, b'curl https://example.com/ -d "$V%d"\n') + b'```\n',
    'one value in many places': b'```bash\nBODY="' + b'x y' * 20_000 + b'"\ncurl https://example.com/ -d "' + b'$BODY' * 100_000 + b'"\n```\n',
    'expansions that nothing closes': b'```bash\ncurl "https://example.com/?' + b'${a:' * 250_000 + b'"\n```\n',
    'maps that hold each other': b'```powershell\n$a = @{ x = 1 }\n' + b'$a = @{ x = $a; y = $a }\n' * 30_000 + b'irm https://example.com/ -Body ($a | ConvertTo-Json)\n```\n',
    'comments': many(100_000, b'<!--\n# %d\n-->\n'),
    'comments that nothing ends': many(300_000, b'<!--\n# %d\n'),
    'words after a sign': ONE + b'**Expected:** ' + b'!=5 never ' * 1_000_000,
    'headings': many(100_000, b'# Heading %d\n\ntext\n\n'),
    'nested lists': b''.join(b'  ' * i + b'- item\n' for i in range(1000)) + b'  ' * 1000 + b'```\nGET https://example.com/\n```\n',
    'tests': many(100_000, TEST),
    'tests of one heading': b'# T\n\n' + many(100_000, b'**Request:**\n```\nGET https://example.com/%d\n```\n\n'),
    'tests of one id': many(100_000, b'## 1. T\n\n**Request:**\n```\nGET https://example.com/%d\n```\n\n'),
    'tests of pictures': many(20_000, b'## \xf0\x9f\x98\x80\n\n**Request:** `GET https://example.com/%d`\n\n'),
    'examples': b'## 1. T\n\n**Request:** `GET https://example.com/{ID}`\n\n**Examples:**\n' + many(100_000, b'- `GET https://example.com/%d`\n'),
    'expectations': ONE + b'**Expected:**\n' + many(100_000, b'- `404`\n'),
    'slips': many(100_000, b'**Bdy:** a\n\n'),
    'lines that are no header': ONE + b'**Headers:**\n```\n' + b'no header\n' * 100_000 + b'```\n',
    'rows': b'| a | b |\n|---|---|\n' + b'| 1 | 2 |\n' * 500_000,
    'lines with a NUL': b'a\0b\n' * 1_000_000,
    'lines that read otherwise': b'\xe2\x80\xaex\n' * 1_000_000,
    # fences that nothing closes, or something far away
    'fences that grow': fences(3000, lambda i: 3 + i),
    'fences that shrink': fences(3000, lambda i: 3003 - i),
    'fences of all lengths': b''.join(b'`' * (4 + i % 61) + b' x\n```\n' + b'~' * (4 + i % 61) + b' x\n~~~\n' for i in range(100_000)),
    'fences of both marks': b''.join(b'~`'[i % 2:i % 2 + 1] * (3 + i % 9) + b' a\n' for i in range(500_000)),
    'marks a line': b'`\n' * 1_000_000,
    # bodies and addresses
    'body of braces': posted(b'', b'{ ' * 5_000_000),
    'body of an open brace': posted(b'', b'{' + b' ' * 10_000_000),
    'body of a name': posted(b'', b'{a' + b'a' * 10_000_000),
    'body of quotes': posted(b'', b'"' * 10_000_001),
    'body of quotes and blanks': posted(b'', b'"a" ' * 500_000 + b' ' * 5_000_000),
    'address of braces': b'## 1. T\n\n**Request:** `GET https://example.com/' + b'{' * 1_000_000 + b'`\n',
    'address of methods': b'`GET:localhost.' * 500_000,
    'address of placeholders': b'## 1. T\n\n**Request:** `GET https://example.com/' + many(1_000_000, b'{A%d}/') + b'`\n',
    'address of placeholders and an example': EXAMPLES % (b'{A}' * 50_000, many(50_000, b'- `GET https://example.com/%d`\n')),
    'address of a long name and examples': EXAMPLES % (b'{' + b'A' * 2_000_000 + b'}', many(100_000, b'- `GET https://example.com/%d`\n')),
    # one large thing, and many that look at it
    'headers': posted(many(200_000, b'A%d: b\n'), b''),
    'headers of all requests': b'**Headers for all requests:**\n```\n' + b'A: b\n' * 400_000 + b'```\n\n' + many(30_000, TEST),
    'headers of all requests, again and again': b'**Headers for all requests:**\n```\nA: b\n```\n\n' * 30_000 + many(30_000, TEST),
    'bases': many(50_000, b'**Base URL (%d):** `https://example.com/%d`\n\n') + many(50_000, TEST),
    'variables': ONE + b'## Values\n' + many(100_000, b'- `{A%d}` \xe2\x86\x92 x (for example, 1)\n'),
    'variables in a body': posted(b'', many(100_000, b'{A%d} ')) + b'\n## Values\n' + many(100_000, b'- `{A%d}` \xe2\x86\x92 x (for example, 1)\n'),
    'values that are kept': many(20_000, b'## %d. T\n\n**Request:** `GET https://example.com/{A%d}`\n\n**Keep:** `$.a` \xe2\x86\x92 `{B%d}`\n\n'),
    'values that are long': b'## Values\n- `{A}` \xe2\x86\x92 x (for example, `' + b'1' * 1_000_000 + b'`)\n\n' + many(20_000, b'## %d. T\n\n**Request:** `GET https://example.com/{A}`\n\n'),
    'needs of nobody': many(20_000, TEST + b'**Needs:** `absent%d`\n\n'),
    'watched tables': WATCHED + many(100_000, b'| `t%d` | `a` | `b` | `c` |\n') + b'\n' + ONE + b'**Expected change:** ' + many(100_000, b'`t%d` by 1, '),
    'columns that land': LANDING + many(150_000, b'| `c%d` | `$.a` | text |\n'),
    'a default of many expectations': b'**Expected by default:** ' + b'`$.a` is 1 and ' * 1000 + b'`200`\n\n' + many(30_000, TEST),
    'expectations of many requests': b'# T\n```http\n' + many(20_000, b'GET https://example.com/%d\n\n') + b'```\n\n' + b'**Expected:** `$.a` is 1\n\n' * 20_000,
    'expectations of one request': ONE + b'**Expected:** `$.a` is 1\n\n' * 50_000,
    'counts': b'**12 tests**\n\n' * 100_000 + many(100_000, TEST),
    'a title of many requests': b'# ' + b'-' * 1_000_000 + b'\n\n' + b'**Request:** `GET https://example.com/`\n\n' * 20_000,
    'a chapter of many requests': b'## ' + b'x' * 1_000_000 + b'\n\n' + many(20_000, b'### %d. T\n\n**Request:** `GET https://example.com/`\n\n'),
    'a heading of numbers': b'# ' + b'not 404, ' * 200 + b'\n\n```http\n' + many(50_000, b'GET https://example.com/%d\n\n') + b'```\n',
    'a query in lines': many(2000, b'## %d. T\n```http\nGET https://example.com/\n' + b'?a\n' * 1300 + b'```\n\n'),
    'a body of many requests': b'```powershell\n$b = "' + b'x' * 1_000_000 + b'"\n' + b'Invoke-RestMethod https://example.com/ -Method Post -Body $b\n' * 20_000 + b'```\n',
    'an address of many bodies': b'**POST** `https://example.com/' + b'x' * 1_000_000 + b'`\n\n' + b'**Body:** `{}`\n\n' * 20_000,
}


for name, text in DOCUMENTS.items():
    with open(os.path.join(sys.argv[1], name + '.md'), 'wb') as file:
        file.write(text)
