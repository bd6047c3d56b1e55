#!/bin/sh
# Leaves the others for good, so that they no longer count on it. Where all are removed, whoever is last has nobody to tell.
set -u
for host in $LCT_MEMBERS; do
  [ "$host" != "$LCT_HOST" ] || continue
  list=$(etcdctl --command-timeout=3s --endpoints="http://$host:2379" member list 2>/dev/null) || continue
  own=$(printf '%s\n' "$list" | grep -F "http://$LCT_HOST:2380," | cut -d, -f1)
  [ -n "$own" ] || exit 0
  etcdctl --command-timeout=5s --endpoints="http://$host:2379" member remove "$own" && exit 0
done
exit 0
