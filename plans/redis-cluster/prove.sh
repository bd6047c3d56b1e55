#!/bin/sh
# Writes by one server what is read by another, and counts how often the plan became ready.
set -eu
set -- $LCT_NODES_REDIS
first=$1
eval "last=\${$#}"
say() { redis-cli -c -h "$@"; }
say "$first" set "seen:$LCT_HOST" "$(date -u +%FT%TZ)" >/dev/null
say "$first" incr "starts:$LCT_HOST" >/dev/null
echo "starts:$LCT_HOST $(say "$last" get "starts:$LCT_HOST")"
