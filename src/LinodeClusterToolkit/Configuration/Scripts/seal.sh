# Before an image is made of this node, and after. An image holds all that is on the disk, and whoever boots it would take it for this node: with its
# host key, its admin key, and cloud-init off. So it carries a unit that knows this node by the addresses of its network cards; where it finds others,
# it forgets this node, has cloud-init set up the new one, and boots again. On this node it does nothing.
# Data: forget, the script that does the forgetting.
seal() {
  command -v ip >/dev/null 2>&1 || fail "this image has no ip, by which a copy of it could tell itself from it"
  mkdir -p -m 700 /etc/lct
  put /etc/lct/copy-of 600 "$(cards)"
  [ -n "$(cards)" ] || fail "this node has no network card to know it by"
  put /etc/lct/forget 700 "$forget"
  put /etc/lct/copy 700 "$(cat <<'COPY'
#!/bin/sh
# Is this the node that the image was made of, or a copy?
set -u
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
cards() { ip -o link 2>/dev/null | sed -n 's/.* link\/ether \([0-9a-f:]*\) .*/\1/p' | sort -u; }
left=20
while [ -z "$(cards)" ] && [ "$left" -gt 0 ]; do left=$((left - 1)); sleep 0.5; done
# No card is no proof, and one that is known is proof enough.
[ -n "$(cards)" ] || exit 0
for card in $(cards); do grep -qxF "$card" /etc/lct/copy-of && exit 0; done
cp -p /etc/lct/forget /run/lct-forget
/bin/sh /run/lct-forget || exit 1
rm -rf /var/lib/cloud/instance /var/lib/cloud/instances /var/lib/cloud/data /var/lib/cloud/sem /var/log/cloud-init*.log
rm -f /etc/cloud/cloud-init.disabled
echo localhost >/etc/hostname
sync
# With a clean start: what belonged to the other node was read before this ran.
exec systemctl --force reboot
COPY
)"
  put /etc/systemd/system/lct-copy.service 644 "$(cat <<'UNIT'
[Unit]
Description=Makes a copy of another host one of its own
DefaultDependencies=no
After=systemd-remount-fs.service
Before=sysinit.target network-pre.target lct-lockdown.service lct-firewall.service cloud-init-local.service
Wants=network-pre.target
ConditionPathExists=/etc/lct/copy

[Service]
Type=oneshot
TimeoutStartSec=60
ExecStart=/etc/lct/copy

[Install]
WantedBy=sysinit.target
UNIT
)"
  mkdir -p -m 755 /etc/systemd/system/sysinit.target.wants
  ln -sfn /etc/systemd/system/lct-copy.service /etc/systemd/system/sysinit.target.wants/lct-copy.service
  sync
}

unseal() {
  command -v ip >/dev/null 2>&1 || fail "this image has no ip, by which a copy of it could tell itself from it"
  rm -f /etc/systemd/system/sysinit.target.wants/lct-copy.service /etc/systemd/system/lct-copy.service /etc/lct/copy /etc/lct/copy-of /etc/lct/forget
  did "image made"
}

cards() { ip -o link 2>/dev/null | sed -n 's/.* link\/ether \([0-9a-f:]*\) .*/\1/p' | sort -u; }
