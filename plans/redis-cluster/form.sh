#!/bin/sh
# Joins the servers to one cluster: three share the keys, each of the other three stands in for one of them.
set -eu
state() { redis-cli cluster info | tr -d '\r' | sed -n 's/^cluster_state://p'; }
wait_ok() {
  for _ in $(seq 60); do
    [ "$(state)" = ok ] && return 0
    sleep 1
  done
  redis-cli cluster nodes
  return 1
}

known=$(redis-cli cluster info | tr -d '\r' | sed -n 's/^cluster_known_nodes://p')
if [ "$known" = 1 ]; then
  members=
  for address in $LCT_MEMBER_ADDRESSES; do
    members="$members $address:6379"
  done
  # shellcheck disable=SC2086
  redis-cli --cluster create $members --cluster-replicas 1 --cluster-yes
fi
wait_ok
redis-cli cluster nodes
