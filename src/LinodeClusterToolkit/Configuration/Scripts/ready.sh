# Waits for signs that the node does its work; changes nothing. Each function: SECONDS and what to look for.
until_well() {
  left=$1
  shift
  until "$@"; do
    [ "$left" -gt 0 ] || return 1
    left=$((left - 1))
    sleep 1
  done
}

listens() { ss -Hltn "sport = :$1" | grep -q .; }
port_well() { until_well "$1" listens "$2" || fail "nothing listens on TCP port $2 after $1 seconds"; }

# One try may hang: it has ten seconds.
succeeds() { said=$(timeout 10 sh -c "$1" 2>&1 </dev/null); }
command_well() { until_well "$1" succeeds "$2" || fail "after $1 seconds still without success: $2: $(printf '%s' "$said" | tail -n 3)"; }

answers() {
  status=$(timeout 10 bash -c 'exec 3<>"/dev/tcp/$1/$2" && printf "GET %s HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n" "$3" >&3 && head -n 1 <&3' \
    probe "$host" "$1" "$2" 2>/dev/null | awk '{print $2}')
  case $status in 2?? | 3??) return 0 ;; esac
  return 1
}
http_well() {
  host=127.0.0.1
  # What listens on one address alone is asked there.
  own=$(ss -Hltn "sport = :$2" | awk '{print $4}' | sed 's/:[0-9]*$//; s/%.*//; s/^\[//; s/\]$//' | grep -vxE '0\.0\.0\.0|\*|::|127\..*' | head -n 1)
  [ -z "$own" ] || host=$own
  until_well "$1" answers "$2" "$3" || fail "http://$host:$2$3 answers ${status:-nothing} after $1 seconds"
}
