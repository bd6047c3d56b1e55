# needs PROGRAM PACKAGE: fetches a package through a firewall that is opened for it and closed again.
needs() {
  command -v "$1" >/dev/null 2>&1 && return 0
  command -v apt-get >/dev/null 2>&1 || fail "this image has no $1"
  nft add rule inet lct egress jump dns
  nft add rule inet lct egress jump packages
  said=$({ apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y "$2"; } 2>&1) || :
  /etc/lct/load
  command -v "$1" >/dev/null 2>&1 || fail "$1 is not here, and its package $2 could not be installed: $(printf '%s' "$said" | tail -n 3)"
  did "package $2"
}
