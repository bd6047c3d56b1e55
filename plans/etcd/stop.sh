#!/bin/sh
# Hands the lead to another that answers, so that no write waits for an election, and ends with everything on disk.
# It stays enabled: whatever boots the node again brings it back. Where all stop at once, whoever is last has nobody to hand over to.
set -eu
id() { etcdctl --command-timeout=2s endpoint status "$@" 2>/dev/null | cut -d, -f2 | tr -d ' '; }
leads() { etcdctl --command-timeout=2s endpoint status 2>/dev/null | cut -d, -f5 | grep -q true; }
for host in $LCT_MEMBERS; do
  leads || break
  [ "$host" != "$LCT_HOST" ] || continue
  other=$(id --endpoints="http://$host:2379") || continue
  [ -n "$other" ] && etcdctl --command-timeout=5s move-leader "$other" || continue
done
systemctl stop etcd
