#!/bin/sh
# etcd as a member of its cluster. It is started by start.sh the first time, and with the system from then on.
set -eu
export DEBIAN_FRONTEND=noninteractive
dpkg -s etcd-server etcd-client >/dev/null 2>&1 || { apt-get update -q; apt-get install -y -q --no-install-recommends etcd-server etcd-client; }

# What a package starts by itself is a cluster of one: it is forgotten before it has ever joined another.
if [ ! -e /etc/default/etcd.joined ]; then
  systemctl disable --now etcd
  rm -rf /var/lib/etcd/default
fi

members=
for host in $LCT_MEMBERS; do
  members="${members:+$members,}$host=http://$host:2380"
done
cat >/etc/default/etcd <<END
ETCD_NAME=$LCT_HOST
ETCD_DATA_DIR=/var/lib/etcd/default
ETCD_LISTEN_CLIENT_URLS=http://$LCT_ADDRESS:2379,http://127.0.0.1:2379
ETCD_ADVERTISE_CLIENT_URLS=http://$LCT_HOST:2379
ETCD_LISTEN_PEER_URLS=http://$LCT_ADDRESS:2380
ETCD_INITIAL_ADVERTISE_PEER_URLS=http://$LCT_HOST:2380
ETCD_INITIAL_CLUSTER=$members
ETCD_INITIAL_CLUSTER_TOKEN=$LCT_CLUSTER
ETCD_INITIAL_CLUSTER_STATE=new
END
chmod 644 /etc/default/etcd
