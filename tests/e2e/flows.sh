#!/bin/sh
# flows.sh BUILD SOURCE: values that one answer gives to the next request, and what is blocked where it did not.
. "$(dirname "$0")/lib.sh"
export XDG_CACHE_HOME=$work/cache
start_simulator
cat >"$work/flow.md" <<'END'
**Base URL:** `https://shop.example.com/api/rest/v1/`

**Headers for all requests:**
```
Accept: application/json
Authorization: Bearer YOUR_TOKEN
```

### 1. The list
**Request:**
```
GET https://shop.example.com/api/rest/v1/orders
```
**Keep:** `$.data[0].id` → `{FIRST_ID}`

### 2. Its first order
**Request:**
```
GET https://shop.example.com/api/rest/v1/orders/{FIRST_ID}
```
**Expected:** `200` and `$.data.id` is `{FIRST_ID}`

### 3. No order
**Request:**
```
GET https://shop.example.com/api/rest/v1/orders/999999999
```
**Expected:** `404`
**Keep:** `$.data.client_id` → `{CLIENT_ID}`

### 4. The client of no order
**Request:**
```
GET https://shop.example.com/api/rest/v1/clients/{CLIENT_ID}
```

- `YOUR_TOKEN` → the token
END
run_spec() { # spec options...
	spec=$1
	shift
	"$affidavit" run "$work/$spec.md" --base "default=$simulator/api/rest/v1/" --key-file "$work/key" --out "$work/bundles" "$@"
}
check 'a case is blocked: exit 3' equal 3 "$(exit_code run_spec flow)"
bundle=$(sed -n 's/^bundle: //p' "$work/stdout")
check 'the evidence' python3 "$source/tests/e2e/evidence.py" "$bundle" 4 pass=3 blocked=1
check 'says by what' contains "$bundle/data/evidence.jsonl" 'no value for CLIENT_ID: 3 keeps it, and has not'
check 'a kept value stays out of the evidence' contains "$bundle/data/evidence.jsonl" 'GET /api/rest/v1/orders/{FIRST_ID}'
check 'a value from outside unblocks it' equal 1 "$(exit_code run_spec flow --only 4 --var CLIENT_ID=1)"

# A value of the document does not stand in for one that an answer should have given.
cat >"$work/lost.md" <<'END'
**Base URL:** `https://shop.example.com/api/rest/v1/`

**Headers for all requests:**
```
Accept: application/json
Authorization: Bearer YOUR_TOKEN
```

### 1. No order
**Request:** `GET https://shop.example.com/api/rest/v1/orders/999999999`
**Expected:** `404`
**Keep:** `$.data.client_id` → `{CLIENT_ID}`

### 2. Its client
**Request:** `GET https://shop.example.com/api/rest/v1/clients/{CLIENT_ID}`
**Expected:** any status but 500

## Values
- `{CLIENT_ID}` → a client (for example, 1)
- `YOUR_TOKEN` → the token
END
check 'a kept value that was not there: exit 3' equal 3 "$(exit_code run_spec lost)"
bundle=$(sed -n 's/^bundle: //p' "$work/stdout")
check 'its user is not sent' python3 "$source/tests/e2e/evidence.py" "$bundle" 2 pass=1 blocked=1
check 'and says by what' contains "$bundle/data/evidence.jsonl" 'no value for CLIENT_ID: 1 keeps it, and has not'
run_spec lost --only 2 >"$work/stdout" 2>&1 || true
bundle=$(sed -n 's/^bundle: //p' "$work/stdout")
check 'without its keeper the value of the document is sent' contains "$bundle/data/evidence.jsonl" 'GET /api/rest/v1/clients/1'

# Nor does one of a test that has not passed.
sed -e 's/^\*\*Expected:\*\* `200` and `$.data.id` is `{FIRST_ID}`/**Expected:** `200`/' \
	-e 's/^### 1. The list/&\n**Expected:** `500`/' "$work/flow.md" >"$work/failed.md"
check 'a kept value of a test that failed: exit 1' equal 1 "$(exit_code run_spec failed)"
bundle=$(sed -n 's/^bundle: //p' "$work/stdout")
check 'its user is blocked' python3 "$source/tests/e2e/evidence.py" "$bundle" 4 fail=1 pass=1 blocked=2
check 'by what has not passed' contains "$bundle/data/evidence.jsonl" 'no value for FIRST_ID: 1, which gave it, has not passed'
done_testing
