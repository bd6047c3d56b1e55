#!/bin/sh
# Writes by one server what is read by another, and counts how often the plan became ready.
set -eu
set -- $LCT_NODES_ETCD
first=$1
eval "last=\${$#}"
say() { host=$1; shift; etcdctl --endpoints="http://$host:2379" "$@"; }
say "$first" put "seen/$LCT_HOST" "$(date -u +%FT%TZ)" >/dev/null
count=$(say "$first" get "starts/$LCT_HOST" --print-value-only)
say "$first" put "starts/$LCT_HOST" "$((${count:-0} + 1))" >/dev/null
echo "starts/$LCT_HOST $(say "$last" get "starts/$LCT_HOST" --print-value-only)"
