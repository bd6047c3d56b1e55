# Takes from a system what is that of the node it was copied from: who it is, who may enter it, and what its plan had set up for it alone.
# Everything else stays, as that is what an image is made for.
forget_parent() {
  rm -f /etc/ssh/ssh_host_*
  # Nobody is let in by a key that was meant for another node. Root's are the platform's business: it writes those of the new node.
  for name in $(getent group lct-ssh | cut -d: -f4 | tr ',' ' '); do
    home=$(getent passwd "$name" | cut -d: -f6)
    [ "$name" = root ] || [ -z "$home" ] || rm -f "$home/.ssh/authorized_keys"
  done
  rm -f /etc/sudoers.d/90-lct-admin /etc/sudoers.d/91-lct-*

  rm -f /etc/systemd/system/lct-*.service /etc/systemd/system/*.wants/lct-*.service
  rm -rf /etc/lct /var/lib/lct /root/StackScript /root/.stackscript.env
  put /etc/hosts 644 "$(sed -e '/^# lct cluster$/,/^# lct end$/d' -e '/# lct own$/d' /etc/hosts)"

  # An image is of the system's disk alone: mounts of volumes and of further disks are those of the other node.
  if [ -e /etc/fstab ]; then
    put /etc/fstab 644 "$(sed -E '/^UUID=[^ ]+ [^ ]+ [^ ]+ (defaults,nofail,x-systemd\.device-timeout=30|sw,nofail) 0 [0-9]+$/d' /etc/fstab)"
  fi

  # An empty file is filled at the next boot; one that is missing would make systemd set up its units anew.
  : >/etc/machine-id
  [ -L /var/lib/dbus/machine-id ] || rm -f /var/lib/dbus/machine-id
  rm -rf /var/log/journal/* /var/lib/systemd/random-seed /var/lib/dhcp/*.leases
  did "what was another node's"
}

# The number this boot goes on with: the first has begun with the other node's.
own_number() {
  [ -s /etc/machine-id ] || systemd-machine-id-setup >/dev/null 2>&1 || :
}
