# Opens what the services of the plan need and closes the rest: the sets of the firewall as one transaction, and again at every boot.
# Data: ports, what nft is given.
wanted() { printf '%s\n' "$ports"; }
if ! nft list table inet lct >/dev/null 2>&1; then
  # Nothing but SSH is open: the files were not taken at boot, and this may be why.
  put /etc/lct/ports.nft 600 "$ports"
  said=$(/etc/lct/load 2>&1) || fail "the firewall was not loaded: $said"
  did "firewall"
elif ! wanted | cmp -s - /etc/lct/ports.nft; then
  # Kept only once it is in force: cut short in between, this is done again.
  said=$(wanted | nft -c -f - 2>&1) || fail "nft does not take the ports: $said"
  said=$(wanted | nft -f - 2>&1) || fail "the ports were not opened: $said"
  put /etc/lct/ports.nft 600 "$ports"
fi
