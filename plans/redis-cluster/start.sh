#!/bin/sh
set -eu
systemctl start redis-server
for _ in $(seq 50); do
  [ "$(redis-cli ping 2>/dev/null)" = PONG ] && exit 0
  sleep 0.2
done
systemctl status --no-pager redis-server
exit 1
