#!/bin/sh
set -eu
export DEBIAN_FRONTEND=noninteractive
dpkg -s etcd-client >/dev/null 2>&1 || { apt-get update -q; apt-get install -y -q --no-install-recommends etcd-client; }
