#!/bin/sh
# sessions.sh BUILD SOURCE: what one answer gives goes into the headers of the next requests, said by labels, by shells, by
# PowerShell; placeholders in headers that nothing gives a value are secrets.
. "$(dirname "$0")/lib.sh"
export XDG_CACHE_HOME=$work/cache
start_server sessions.py
api=$address
run_spec() { # spec options...
	spec=$1
	shift
	"$affidavit" run "$work/$spec.md" --allow-writes --key-file "$work/key" --out "$work/bundles" "$@"
}

cat >"$work/labels.md" <<END
### 1. Log in
\`\`\`http
POST $api/login
\`\`\`
**Keep:**
- \`\$.data.token\` → \`{TOKEN}\`
- cookie \`sid\` → \`{SID}\`

### 2. Who am I
\`\`\`http
GET $api/me
Authorization: Bearer {TOKEN}
Cookie: sid={SID}
\`\`\`
**Expected:** \`200\` and \`\$.ok\` is \`true\`
END
check 'labels' equal 0 "$(exit_code run_spec labels)"
bundle=$(sed -n 's/^bundle: //p' "$work/stdout")
check 'a plan of it' equal 0 "$(exit_code run_spec labels --plan)"
check 'says where the value comes from' contains "$work/stdout" 'with the value kept by 1'
check 'the evidence names the header by its placeholder' lacks "$bundle/data/evidence.jsonl" 'Bearer '
check 'without the first' equal 3 "$(exit_code run_spec labels --only 2)"
check 'it says by what it is blocked' contains "$(sed -n 's/^bundle: //p' "$work/stdout")/data/evidence.jsonl" \
	'no value for TOKEN: 1 keeps it, and has not'
check 'no secret is an argument' equal 2 "$(exit_code run_spec labels --only 2 --var TOKEN=x)"
check 'a value of the environment stands in' equal 1 "$(AFFIDAVIT_SECRET_TOKEN=x AFFIDAVIT_SECRET_SID=y exit_code run_spec labels --only 2)"

cat >"$work/shells.md" <<END
# Flow
\`\`\`bash
BASE=$api
RESPONSE=\$(curl -s -X POST "\$BASE/login" \\
  -d '{"user": "ann"}')
export TOKEN="\$(echo "\$RESPONSE" | jq -r '.data.token // empty')"
ID=\$(curl -s \$BASE/items -H "Authorization: Bearer \$TOKEN" | python3 -c "import sys, json; print(json.load(sys.stdin)['items'][0]['id'])")
curl \$BASE/items/\$ID -H "Authorization: Bearer \$TOKEN"
AGAIN=\$(curl -s -X POST \$BASE/login | jq -r .data.token)
curl \$BASE/me -H "Authorization: Bearer \$AGAIN"
ODD=\$(curl -s \$BASE/items -H "Authorization: Bearer \$TOKEN" | jq -r '.items[] | .id' | head -1)
CUT=\$(curl -s \$BASE/items -H "Authorization: Bearer \$TOKEN" | jq -r '.items[0].id' | cut -c 1-4)
curl \$BASE/items/\$CUT -H "Authorization: Bearer \$TOKEN"
curl \$BASE/items/\$ODD -H "Authorization: Bearer \$TOKEN"
\`\`\`

\`\`\`powershell
\$login = Invoke-RestMethod -Uri "$api/login" -Method Post
\$t = \$login.data.token
\$list = Invoke-WebRequest -Uri "$api/items" -Headers @{ Authorization = "Bearer \$t" }
\$item = (\$list.Content | ConvertFrom-Json).items[0].id
Invoke-RestMethod -Uri "$api/items/\$item" -Headers @{ Authorization = "Bearer \$t" }
\$u = (Invoke-RestMethod -Uri "$api/login" -Method Post).data.token
Invoke-RestMethod -Uri "$api/me" -Headers @{ Authorization = "Bearer \$u" }
\$again = Invoke-RestMethod -Uri "$api/items" -Headers @{ Authorization = "Bearer \$(\$login.data.token)" }
Invoke-RestMethod -Uri "$api/items/\$(\$again.items[0].id)" -Headers @{ Authorization = "Bearer \$t" }
\$more = \$again.items[0].id + "-more"
Invoke-RestMethod -Uri "$api/items/\$more" -Headers @{ Authorization = "Bearer \$t" }
Invoke-RestMethod -Uri "$api/items?at=\$(Get-Date)" -Headers @{ Authorization = "Bearer \$t" }
\`\`\`
END
check 'scripts, but for what no path says' equal 3 "$(exit_code run_spec shells)"
check 'all that can be known is sent' contains "$work/stdout" '14 of 18 cases executed (77%): 14 pass'
check 'and what cannot is blocked' contains "$work/stderr" "no value for 'ODD'"

cat >"$work/jars.md" <<END
# Cookies
\`\`\`bash
curl -c jar.txt -X POST $api/login
curl -b jar.txt -c jar.txt $api/cookie
curl -b jar.txt $api/cookie
curl -b other.txt $api/cookie
\`\`\`
\`\`\`powershell
Invoke-RestMethod -Uri "$api/login" -Method Post -SessionVariable session
Invoke-RestMethod -Uri "$api/cookie" -WebSession \$session
\`\`\`
END
check 'cookies of a jar' equal 3 "$(exit_code run_spec jars)"
check 'that a request of the document fills' contains "$work/stdout" '5 of 6 cases executed (83%): 5 pass'

cat >"$work/secrets.md" <<END
### 1. Placeholders
\`\`\`bash
curl $api/me -H "Authorization: Bearer YOUR_TOKEN"
curl $api/me -H "Authorization: Bearer <your token>"
curl $api/me -H 'X-Api-Key: your-api-key' -H 'Authorization: Bearer {{accessToken}}'
\`\`\`
### 2. No placeholder
\`\`\`bash
curl $api/me -H "Authorization: Bearer INVALID_TOKEN_12345" -H "X-Mode: DRY_RUN"
\`\`\`
**Expected:** 401
END
check 'a secret that is missing' equal 2 "$(exit_code run_spec secrets --only 1)"
check 'is named' contains "$work/stderr" 'AFFIDAVIT_SECRET_YOUR_TOKEN is missing'
check 'described ones too' equal 2 "$(exit_code run_spec secrets --only 1-2)"
check 'by their words' contains "$work/stderr" 'AFFIDAVIT_SECRET_YOUR_TOKEN is missing'
check 'every one of them' equal 2 "$(AFFIDAVIT_SECRET_YOUR_API_KEY=k exit_code run_spec secrets --only 1-3)"
check 'by its name' contains "$work/stderr" 'AFFIDAVIT_SECRET_ACCESSTOKEN is missing'
check 'a wrong token is sent as it is written' equal 0 "$(exit_code run_spec secrets --only 2)"
done_testing
