#!/bin/sh
# Starts it, and waits until it has found the others: the first time they all wait for each other. A node that comes to servers
# that are at work already, as a new one or with an empty disk, is made a member of theirs first.
set -eu
url=http://$LCT_HOST:2380
ask() { etcdctl --command-timeout=3s --endpoints="http://$1:2379" "$2" "$3" ${4:+"$4"} ${5:+"$5"}; }

# ID, state, name, peer address …; one that has not been seen yet is unstarted, and waits for us as we are.
join() {
  line=$(ask "$1" member list | grep -F ", $url," || true)
  case "$line" in
    *", unstarted, "*) [ ! -e /etc/default/etcd.joining ] || return 0; return 1 ;;
    *", started, "*) ask "$1" member remove "${line%%,*}" ;;
  esac
  touch /etc/default/etcd.joining
  ask "$1" member add "$LCT_HOST" "--peer-urls=$url"
}

if [ ! -d /var/lib/etcd/default/member ]; then
  for host in $LCT_MEMBERS; do
    [ "$host" != "$LCT_HOST" ] && ask "$host" endpoint health >/dev/null 2>&1 || continue
    # They take nobody in before they have been together for some seconds.
    for _ in $(seq 15); do
      if join "$host"; then
        members=$(ask "$host" member list | sed -n 's/^[^,]*, started, \([^,]*\), \([^,]*\),.*/\1=\2/p' | paste -sd, -)
        sed -i "s|^ETCD_INITIAL_CLUSTER=.*|ETCD_INITIAL_CLUSTER=$members,$LCT_HOST=$url|; s|^ETCD_INITIAL_CLUSTER_STATE=.*|ETCD_INITIAL_CLUSTER_STATE=existing|" /etc/default/etcd
        break
      fi
      [ -e /etc/default/etcd.joining ] || break
      sleep 1
    done
    break
  done
fi

touch /etc/default/etcd.joined
systemctl enable --quiet etcd
systemctl start --no-block etcd
for _ in $(seq 150); do
  if etcdctl --command-timeout=2s endpoint health >/dev/null 2>&1; then
    rm -f /etc/default/etcd.joining
    exit 0
  fi
  sleep 0.2
done
systemctl status --no-pager etcd
exit 1
