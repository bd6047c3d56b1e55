#!/bin/sh
# <UDF name="LCT_HARDEN" label="What closes the node, base64" />
# <UDF name="LCT_HOST_KEY" label="Host key of the first boot, base64" />
# For images without cloud-init: the host key that is known already, and a node that is closed before it is used.
set -eu
umask 077
printf '%s' "$LCT_HOST_KEY" | base64 -d >/etc/ssh/ssh_host_ed25519_key.new
mv -f /etc/ssh/ssh_host_ed25519_key.new /etc/ssh/ssh_host_ed25519_key
ssh-keygen -y -f /etc/ssh/ssh_host_ed25519_key >/etc/ssh/ssh_host_ed25519_key.pub
printf '%s' "$LCT_HARDEN" | base64 -d | sh
