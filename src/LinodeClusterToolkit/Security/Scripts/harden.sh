# Closes a node: accounts, sshd, firewall. Given twice it changes nothing the second time.
# It runs at the first boot (stage=boot), when no service may be waited for yet, and over SSH (stage=ssh).
# Data: stage, host_name, host_names (all the node calls itself), admin, admin_key, root_login (yes or no), kex, ciphers, macs, user_keys, ca_keys,
# nft_base, nft_lockdown.
for tool in nft sshd sudo visudo; do
  command -v "$tool" >/dev/null 2>&1 || fail "this image has no $tool"
done

own_name() {
  put /etc/hostname 644 "$host_name"
  [ "$(cat /proc/sys/kernel/hostname)" = "$host_name" ] || hostname "$host_name"
  # Where it stands does not matter: what was written behind it stays there.
  own="127.0.1.1 $host_names # lct own"
  if [ "$(grep '# lct own$' /etc/hosts 2>/dev/null)" != "$own" ]; then
    put /etc/hosts 644 "$(grep -v '# lct own$' /etc/hosts 2>/dev/null || :; printf '%s' "$own")"
  fi
}

member() { case " $(id -nG "$1") " in *" $2 "*) return 0 ;; *) return 1 ;; esac; }

accounts() {
  getent group lct-ssh >/dev/null || { groupadd --system lct-ssh; did "group lct-ssh"; }
  if ! getent passwd "$admin" >/dev/null; then
    # A star is no password and not locked either: sshd takes keys for it, nothing takes a password. Its number is one that no plan can name.
    useradd --system --create-home --shell /bin/bash --password '*' --groups lct-ssh "$admin"
    did "user $admin"
  fi
  member "$admin" lct-ssh || { usermod --append --groups lct-ssh "$admin"; did "group of $admin"; }
  home=$(getent passwd "$admin" | cut -d: -f6)
  owner=$admin:$(id -gn "$admin")
  mkdir -p "$home/.ssh"
  chmod 700 "$home" "$home/.ssh"
  put "$home/.ssh/authorized_keys" 600 "$admin_key"
  chown "$owner" "$home" "$home/.ssh" "$home/.ssh/authorized_keys"

  if [ "$root_login" = yes ]; then
    member root lct-ssh || { usermod --append --groups lct-ssh root; did "group of root"; }
  elif member root lct-ssh; then
    gpasswd --delete root lct-ssh >/dev/null
    did "group of root"
  fi

  # Checked beside its place: one bad line in that folder and sudo refuses to work at all.
  printf '%s ALL=(ALL:ALL) NOPASSWD: ALL\nDefaults:%s use_pty\nDefaults:%s logfile=/var/log/sudo.log\n' "$admin" "$admin" "$admin" >/run/lct-sudoers
  visudo -cqf /run/lct-sudoers || fail "sudo does not take the rule for $admin"
  put /etc/sudoers.d/90-lct-admin 440 "$(cat /run/lct-sudoers)"
  rm -f /run/lct-sudoers
}

# offered KIND WISHES: of the wishes, in their order, what this OpenSSH knows; a name it does not know makes it refuse the whole file.
offered() {
  known=$(ssh -Q "$1" 2>/dev/null || :)
  list=
  for wish in $2; do
    case "
$known
" in *"
$wish
"*) list=$list,$wish ;; esac
  done
  printf '%s' "${list#,}"
}

sshd_settings() {
  printf 'HostKey /etc/ssh/ssh_host_ed25519_key\n'
  printf 'KexAlgorithms %s\n' "$(offered kex "$kex")"
  printf 'Ciphers %s\n' "$(offered cipher "$ciphers")"
  printf 'MACs %s\n' "$(offered mac "$macs")"
  printf 'HostKeyAlgorithms ssh-ed25519,ssh-ed25519-cert-v01@openssh.com\n'
  printf 'PubkeyAcceptedAlgorithms %s\n' "$(offered key-sig "$user_keys")"
  printf 'CASignatureAlgorithms %s\n' "$(offered key-sig "$ca_keys")"
  printf 'RequiredRSASize 3072\n'
  if [ "$root_login" = yes ]; then printf 'PermitRootLogin prohibit-password\n'; else printf 'PermitRootLogin no\n'; fi
  cat <<'SETTINGS'
AllowGroups lct-ssh
AuthenticationMethods publickey
PubkeyAuthentication yes
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitEmptyPasswords no
HostbasedAuthentication no
GSSAPIAuthentication no
KerberosAuthentication no
UsePAM yes
StrictModes yes
IgnoreRhosts yes
X11Forwarding no
AllowAgentForwarding no
AllowTcpForwarding no
AllowStreamLocalForwarding no
PermitTunnel no
GatewayPorts no
PermitUserEnvironment no
PermitUserRC no
Compression no
LoginGraceTime 30
MaxAuthTries 3
MaxSessions 10
MaxStartups 10:30:60
PerSourceMaxStartups 10
ClientAliveInterval 60
ClientAliveCountMax 2
TCPKeepAlive no
UseDNS no
LogLevel VERBOSE
DebianBanner no
PrintMotd no
SETTINGS
}

# takes FLAGS: whether sshd would start. Its folder is gone for a moment whenever the service restarts.
takes() {
  mkdir -p -m 755 /run/sshd
  said=$(sshd -t -h /run/lct-host-key "$@" 2>&1)
}

# Leaves out, line by line, what this sshd has never heard of.
sshd_understood() {
  sshd_settings >/run/lct-sshd
  tries=0
  until takes -f /run/lct-sshd; do
    line=$(printf '%s\n' "$said" | sed -n 's/.*line \([0-9]*\): \(Bad configuration option\|Unsupported option\).*/\1/p' | head -n 1)
    tries=$((tries + 1))
    [ -n "$line" ] && [ "$tries" -lt 20 ] || fail "sshd does not take its settings: $said"
    sed -i "${line}d" /run/lct-sshd
  done
}

ssh_server() {
  # The node's own host key may not be there yet, and sshd checks no file without one.
  rm -f /run/lct-host-key /run/lct-host-key.pub
  ssh-keygen -q -t ed25519 -N '' -f /run/lct-host-key
  main=/etc/ssh/sshd_config
  before=$changed
  sshd_understood
  if grep -Eqi '^[[:space:]]*Include[[:space:]]+/etc/ssh/sshd_config\.d/' "$main"; then
    mkdir -p -m 755 /etc/ssh/sshd_config.d
    settings=/etc/ssh/sshd_config.d/00-lct.conf
    cp -p "$settings" /run/lct-sshd-before 2>/dev/null || : >/run/lct-sshd-before
    put "$settings" 600 "$(cat /run/lct-sshd)"
  else
    # The first value wins, so ours stand before what the image says.
    settings=$main
    cp -p "$main" /run/lct-sshd-before
    put "$main" 600 "$(echo '# lct begin'; cat /run/lct-sshd; echo '# lct end'; sed '/^# lct begin$/,/^# lct end$/d' "$main")"
  fi

  # Variables a client may set add up over all files: they are taken out where they stand.
  if grep -Eqi '^[[:space:]]*AcceptEnv' "$main"; then
    sed -i 's/^[[:space:]]*[Aa][Cc][Cc][Ee][Pp][Tt][Ee][Nn][Vv]/#&/' "$main"
    did "$main"
  fi

  for old in /etc/ssh/ssh_host_rsa_key /etc/ssh/ssh_host_ecdsa_key /etc/ssh/ssh_host_dsa_key; do
    if [ -e "$old" ]; then
      rm -f "$old" "$old.pub"
      did "$old"
    fi
  done

  if ! takes; then
    cp -p /run/lct-sshd-before "$settings"
    fail "sshd would not start: $said"
  fi

  rm -f /run/lct-host-key /run/lct-host-key.pub /run/lct-sshd /run/lct-sshd-before
  if [ "$changed" != "$before" ] && [ -s /run/sshd.pid ]; then
    kill -HUP "$(cat /run/sshd.pid)"
  fi
}

unit() {
  put "/etc/systemd/system/$1" 644 "$2"
  mkdir -p -m 755 /etc/systemd/system/sysinit.target.wants
  link=/etc/systemd/system/sysinit.target.wants/$1
  [ "$(readlink "$link")" = "/etc/systemd/system/$1" ] || { ln -sfn "/etc/systemd/system/$1" "$link"; did "$link"; }
}

firewall() {
  mkdir -p -m 700 /etc/lct
  chmod 700 /etc/lct
  put /etc/lct/lockdown.nft 600 "$nft_lockdown"
  nft -c -f /etc/lct/lockdown.nft || fail "nft does not take the lockdown table"
  put /etc/lct/load 700 "$(cat <<'LOAD'
#!/bin/sh
# Loads the firewall as one transaction, with the name servers in force now: the network set-up may have changed them since the last boot.
# What services need is in a file of its own, so that these rules can be given again without closing it.
# load -c FILE only checks whether nft would take that file.
set -eu
[ "${1:-}" = -c ] && { check=-c; rules=$2; } || { check=; rules=/etc/lct/base.nft; }
{
  echo "define packager = $(id -u _apt 2>/dev/null || echo 0)"
  cat "$rules"
  [ ! -e /etc/lct/ports.nft ] || cat /etc/lct/ports.nft
  awk '$1 == "nameserver" && $2 ~ /^[0-9.]+$/ { print "add element inet lct dns4 { " $2 " }" }
       $1 == "nameserver" && $2 ~ /:/ && $2 !~ /%/ { print "add element inet lct dns6 { " $2 " }" }' /etc/resolv.conf 2>/dev/null || :
} | /usr/sbin/nft $check -f -
LOAD
)"
  unit lct-lockdown.service "$(cat <<'UNIT'
[Unit]
Description=Closes this host but for SSH until its firewall is loaded
DefaultDependencies=no
Before=sysinit.target network-pre.target nftables.service lct-firewall.service
Wants=network-pre.target
ConditionPathExists=/etc/lct/lockdown.nft

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f /etc/lct/lockdown.nft

[Install]
WantedBy=sysinit.target
UNIT
)"
  unit lct-firewall.service "$(cat <<'UNIT'
[Unit]
Description=Loads this host's firewall
DefaultDependencies=no
After=lct-lockdown.service nftables.service
Before=sysinit.target network-pre.target
Wants=network-pre.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/etc/lct/load

[Install]
WantedBy=sysinit.target
UNIT
)"

  printf '%s\n' "$nft_base" >/run/lct-base
  /etc/lct/load -c /run/lct-base || fail "nft does not take the rules"
  before=$changed
  put /etc/lct/base.nft 600 "$nft_base"
  if [ "$changed" != "$before" ] || ! nft list table inet lct >/dev/null 2>&1; then
    if [ "$stage" = ssh ]; then
      # Should these rules shut us out, the ones before come back by themselves; a new connection calls that off.
      { printf 'table inet lct\ndelete table inet lct\n'; nft list table inet lct 2>/dev/null || :; } >/etc/lct/last-good.nft
      systemctl stop lct-restore.timer lct-restore.service >/dev/null 2>&1 || :
      systemd-run --quiet --unit=lct-restore --on-active=60 --timer-property=AccuracySec=1s /usr/sbin/nft -f /etc/lct/last-good.nft
      echo 'lct guarded'
    fi
    /etc/lct/load
    did "firewall"
  fi
  rm -f /run/lct-base
}

# Small things that cost nobody anything: what a server never needs is off.
system() {
  put /etc/security/limits.d/90-lct.conf 644 '* hard core 0'
  put /etc/modprobe.d/90-lct.conf 644 "$(for module in dccp sctp rds tipc usb-storage firewire-core firewire-ohci firewire-sbp2; do echo "install $module /bin/true"; done)"
  put /etc/sysctl.d/90-lct.conf 644 "$(
    for path in all default; do
      printf 'net.ipv4.conf.%s.%s\n' "$path" accept_redirects=0 "$path" accept_source_route=0 "$path" send_redirects=0 "$path" rp_filter=1 "$path" log_martians=1
      printf 'net.ipv6.conf.%s.%s\n' "$path" accept_redirects=0 "$path" accept_source_route=0
    done
    printf '%s\n' dev.tty.ldisc_autoload=0 fs.protected_fifos=2 fs.protected_hardlinks=1 fs.protected_regular=2 fs.protected_symlinks=1 \
      fs.suid_dumpable=0 kernel.core_uses_pid=1 kernel.dmesg_restrict=1 kernel.kptr_restrict=2 kernel.sysrq=0 kernel.unprivileged_bpf_disabled=1 \
      net.core.bpf_jit_harden=2 net.ipv4.icmp_echo_ignore_broadcasts=1 net.ipv4.tcp_syncookies=1
  )"
  # What this kernel does not know, or a container may not set, is left.
  sysctl -q -e -p /etc/sysctl.d/90-lct.conf >/dev/null 2>&1 || :
  for banner in /etc/issue /etc/issue.net; do
    put "$banner" 644 "This is a private system for authorized users only. Access is monitored and recorded.
Unauthorized use is prohibited by law and may be prosecuted. Disconnect now if you have no permission."
  done
  put /etc/login.defs 644 "$(
    grep -Ev '^[#[:space:]]*(UMASK|HOME_MODE|PASS_MAX_DAYS|PASS_MIN_DAYS|SHA_CRYPT_M(IN|AX)_ROUNDS)[[:space:]]+[0-9]' /etc/login.defs
    printf '%s\n' 'UMASK 027' 'HOME_MODE 0700' 'PASS_MAX_DAYS 365' 'PASS_MIN_DAYS 1' 'SHA_CRYPT_MIN_ROUNDS 65536' 'SHA_CRYPT_MAX_ROUNDS 65536'
  )"
  chmod go-rwx /etc/ssh/sshd_config
  for path in /etc/crontab /etc/cron.d /etc/cron.hourly /etc/cron.daily /etc/cron.weekly /etc/cron.monthly; do
    [ ! -e "$path" ] || chmod go-rwx "$path"
  done
}

own_name
system
accounts
ssh_server
firewall
