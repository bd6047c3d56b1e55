# Waits for the end of the first boot, and tells how it ended. Each function: SECONDS it may still take.
until_said() {
  left=$1
  shift
  until [ -s "$1" ]; do
    [ "$left" -gt 0 ] || return 1
    left=$((left - 1))
    sleep 1
  done
}

# cloud_init_ended SECONDS PARTS: yes has what went wrong in it be a failure, as the plan brought parts of it.
cloud_init_ended() {
  result=/var/lib/cloud/data/result.json
  until_said "$1" "$result" || fail "the first boot has not ended after $1 seconds: cloud-init is still at work"
  cloud_init_off
  [ "$2" = yes ] || return 0
  said=$(tail -c 100000 /var/log/cloud-init-output.log 2>/dev/null || :)
  printf '%s\n' "$said"
  errors=$(python3 -c 'import json, sys; print("; ".join(str(error) for error in json.load(open(sys.argv[1]))["v1"]["errors"]))' "$result") ||
    fail "what cloud-init said at its end cannot be read: $result"
  [ -z "$errors" ] || { printf '%s\n' "$said" | tail -n 5 >&2; fail "cloud-init ended with errors: $errors"; }
}

# Its work is the first boot. Later it would find its data source behind the firewall, take the node for a new one and start over.
cloud_init_off() {
  if [ -d /etc/cloud ] && [ ! -e /etc/cloud/cloud-init.disabled ]; then
    : >/etc/cloud/cloud-init.disabled
    did "cloud-init"
  fi
}

# stackscript_ended SECONDS: ends as the script did, behind what it printed.
stackscript_ended() {
  place=/var/lib/lct/stackscript
  left=$1
  until [ -s "$place.code" ]; do
    now=$(cat /proc/sys/kernel/random/boot_id)
    [ ! -s "$place.boot" ] || [ "$(cat "$place.boot")" = "$now" ] || stackscript_fails "the node was booted again before it had ended"
    [ "$left" -gt 0 ] || stackscript_fails "it has not ended after $1 seconds"
    left=$((left - 1))
    sleep 1
  done
  # What it was given, secrets perhaps, has done its work.
  rm -f /root/StackScript /root/.stackscript.env
  tail -c 500000 "$place.log"
  code=$(cat "$place.code")
  [ "$code" = 0 ] || exit "$code"
}

stackscript_fails() {
  [ ! -s "$place.log" ] || { tail -c 500000 "$place.log"; tail -n 3 "$place.log" >&2; }
  fail "$1"
}
