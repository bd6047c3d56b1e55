# Runs a script that a plan brings: in a file of its own, with nothing to read, as root or as another account.
# Data: script; account (empty for root); limit in seconds; environment, lines that export. Then: run ARGUMENT...
run() {
  mkdir -p -m 711 /var/lib/lct /var/lib/lct/actions
  place=$(mktemp -d /var/lib/lct/actions/XXXXXXXX) || fail "no room to put the script: $(df -h /var/lib | awk 'NR == 2 {print $4 " of " $2 " left"}')"
  trap 'rm -rf "$place"' EXIT
  printf '%s\n' "$script" >"$place/script" || fail "no room to put the script: $(df -h /var/lib | awk 'NR == 2 {print $4 " of " $2 " left"}')"
  : >"$place/output"
  chmod 700 "$place" "$place/script"
  case $script in '#!'*) ;; *) set -- /bin/sh "$place/script" "$@"; shift_script=no ;; esac
  [ -n "${shift_script-}" ] || set -- "$place/script" "$@"
  HOME=/root USER=root
  if [ -n "$account" ]; then
    id "$account" >/dev/null 2>&1 || fail "there is no account $account on this node"
    chown -R "$account" "$place"
    HOME=$(getent passwd "$account" | cut -d : -f 6) USER=$account
    set -- runuser -u "$account" -- "$@"
  fi
  code=0
  (
    LOGNAME=$USER
    export HOME USER LOGNAME
    eval "$environment"
    cd "$HOME" 2>/dev/null || cd /
    exec timeout --kill-after=10 "$limit" "$@"
  ) </dev/null >"$place/output" 2>&1 || code=$?
  tail -c 500000 "$place/output"
  # What timeout itself ends with: 124, or 137 where it had to be killed.
  if [ "$code" = 124 ] || [ "$code" = 137 ]; then fail "it was ended after $limit seconds"; fi
  [ "$code" = 0 ] || exit "$code"
}
