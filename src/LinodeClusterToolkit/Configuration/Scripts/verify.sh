# Looks whether the node is what it should be; changes nothing.
# Data: root_login (yes or no).
mkdir -p -m 755 /run/sshd
in_force=$(sshd -T 2>/dev/null) || fail "sshd refuses its settings"
expect() {
  printf '%s\n' "$in_force" | grep -qix "$1" || fail "sshd is not as it should be: $1"
}
expect 'passwordauthentication no'
expect 'kbdinteractiveauthentication no'
expect 'permitemptypasswords no'
expect 'authenticationmethods publickey'
expect 'allowgroups lct-ssh'
if [ "$root_login" = yes ]; then expect 'permitrootlogin \(prohibit-password\|without-password\)'; else expect 'permitrootlogin no'; fi

nft list chain inet lct input 2>/dev/null | grep -q 'policy drop' || fail "the firewall is not loaded for what comes in"
nft list chain inet lct output 2>/dev/null | grep -q 'policy drop' || fail "the firewall is not loaded for what goes out"
[ -L /etc/systemd/system/sysinit.target.wants/lct-firewall.service ] || fail "the firewall is not loaded at boot"
[ "$(stat -c %a /etc/lct)" = 700 ] || fail "/etc/lct can be read by others"
