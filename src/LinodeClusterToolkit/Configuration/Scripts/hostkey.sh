# A host key that was never anywhere but on this node, in two steps: made and told first, used only once it is known to be right.

make_key() {
  mkdir -p -m 700 /etc/lct
  if [ ! -s /etc/lct/host_key.pub ]; then
    rm -f /etc/lct/host_key
    ssh-keygen -q -t ed25519 -C '' -N '' -f /etc/lct/host_key
    did "host key made"
  fi
  printf 'lct host-key %s\n' "$(cut -d' ' -f1,2 /etc/lct/host_key.pub)"
}

# The public half stays behind and says that this has been done.
use_key() {
  [ -e /etc/lct/host_key ] || return 0
  cp -p /etc/lct/host_key.pub /etc/ssh/ssh_host_ed25519_key.pub
  mv -f /etc/lct/host_key /etc/ssh/ssh_host_ed25519_key
  did "host key in use"
  [ ! -s /run/sshd.pid ] || kill -HUP "$(cat /run/sshd.pid)"
}

# The rules that were loaded are kept: they let in the connection that says so.
keep_rules() {
  systemctl stop lct-restore.timer lct-restore.service >/dev/null 2>&1 || :
}

# The host key of the first boot came with the user data, of which cloud-init keeps copies, or with a StackScript's. It has done its work, and neither
# starts again.
forget_first() {
  for copy in /root/StackScript /root/.stackscript.env /var/lib/cloud/instances /var/lib/cloud/instance /var/lib/cloud/seed \
    /run/cloud-init/instance-data-sensitive.json /run/cloud-init/combined-cloud-config.json; do
    if [ -e "$copy" ] || [ -L "$copy" ]; then
      rm -rf "$copy"
      did "$copy"
    fi
  done
}
