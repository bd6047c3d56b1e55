#!/bin/sh
# Redis as a member of a cluster; it is started by start.sh in its turn, not by the system.
set -eu
export DEBIAN_FRONTEND=noninteractive
dpkg -s redis-server >/dev/null 2>&1 || { apt-get update -q; apt-get install -y -q --no-install-recommends redis-server; }
systemctl disable --now redis-server

# Only the firewall's own peers get this far: between the groups of the plan.
cat >/etc/redis/cluster.conf <<END
bind 0.0.0.0
protected-mode no
port 6379
cluster-enabled yes
cluster-config-file nodes.conf
cluster-node-timeout 5000
cluster-announce-ip $LCT_ADDRESS
appendonly yes
appendfsync everysec
END
chmod 644 /etc/redis/cluster.conf
grep -q '^include /etc/redis/cluster.conf$' /etc/redis/redis.conf || echo 'include /etc/redis/cluster.conf' >>/etc/redis/redis.conf
