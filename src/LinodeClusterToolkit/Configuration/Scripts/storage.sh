# Filesystems, mounts and swap. A device that holds anything is never formatted. Behind it comes packages.sh.

# A volume shows up a moment after it was attached.
await_device() {
  for _ in $(seq 120); do
    [ -b "$1" ] && return 0
    sleep 0.5
  done
  fail "$1 did not show up within a minute"
}

# disk DEVICE FILESYSTEM LABEL MOUNT: an empty filesystem takes what the platform made; an empty mount mounts nothing.
disk() {
  await_device "$1"
  device=$(readlink -f "$1")
  # 2 says that nothing was found; anything else that is no type is somebody's data all the same.
  code=0
  type=$(blkid -p -o value -s TYPE "$device" 2>/dev/null) || code=$?
  if [ "$code" = 2 ] && [ -n "$2" ]; then
    make "$device" "$2" "$3"
    type=$2
  elif [ -z "$type" ]; then
    [ -z "$2" ] || fail "$1 is not empty and has no filesystem: it may hold a partition table or other data, and is left as it is"
    return 0
  elif [ -n "$2" ] && [ "$type" != "$2" ]; then
    fail "$1 holds $type, not $2; it is left as it is"
  fi

  uuid=$(blkid -p -o value -s UUID "$device")
  [ -n "$uuid" ] || fail "$1 has no UUID"
  if [ "$type" = swap ]; then
    entry "$uuid" none swap sw,nofail 0
    swap_on "$device"
  elif [ -n "$4" ]; then
    mkdir -p "$4"
    entry "$uuid" "$4" "$type" defaults,nofail,x-systemd.device-timeout=30 2
    mounted "$device" "$4"
  fi
}

# Tried rather than looked up: where several systems share a kernel, its list holds the others' devices too, under the same names.
swap_on() {
  if said=$(swapon "$1" 2>&1); then
    did "swap on $1"
    return 0
  fi
  case $said in *busy*) ;; *) fail "the kernel does not take $1 as swap: $said" ;; esac
}

make() {
  case $2 in
    xfs) needs mkfs.xfs xfsprogs; mkfs.xfs -q ${3:+-L "$(printf %.12s "$3")"} "$1" ;;
    btrfs) needs mkfs.btrfs btrfs-progs; mkfs.btrfs -q ${3:+-L "$3"} "$1" ;;
    ext3 | ext4) "mkfs.$2" -q -F ${3:+-L "$(printf %.16s "$3")"} "$1" ;;
    swap) mkswap ${3:+-L "$(printf %.16s "$3")"} "$1" >/dev/null ;;
    *) fail "no filesystem $2" ;;
  esac
  did "$2 on $1"
}

# entry UUID MOUNT TYPE OPTIONS PASS: one line in fstab for a mount point, by UUID, since devices may change their letters.
entry() {
  line="UUID=$1 $2 $3 $4 0 $5"
  grep -qxF "$line" /etc/fstab && return 0
  if [ "$2" = none ]; then
    kept=$(grep -v "^UUID=$1[[:space:]]" /etc/fstab || :)
  else
    kept=$(awk -v mount="$2" '$1 ~ /^#/ || $2 != mount' /etc/fstab)
  fi
  put /etc/fstab 644 "$(printf '%s\n%s' "$kept" "$line")"
  # The units made of fstab are made anew, so that what comes after a mount waits for this one too.
  systemctl daemon-reload >/dev/null 2>&1 || :
}

mounted() {
  there=$(findmnt -rno SOURCE --mountpoint "$2" 2>/dev/null || :)
  if [ -z "$there" ]; then
    mount "$1" "$2"
    did "mount of $2"
  elif [ "$(stat -c %t:%T "$(readlink -f "$there")" 2>/dev/null || echo "$there")" != "$(stat -c %t:%T "$1")" ]; then
    fail "$2 holds another mount: $there"
  fi
}

# leave MOUNT: what is mounted there is unmounted, now and for later boots.
leave() {
  if findmnt -rno SOURCE --mountpoint "$1" >/dev/null 2>&1; then
    said=$(umount "$1" 2>&1) || fail "$1 cannot be unmounted: $said"
    did "unmount of $1"
  fi
  if awk -v mount="$1" '$1 !~ /^#/ && $2 == mount { found = 1 } END { exit !found }' /etc/fstab; then
    put /etc/fstab 644 "$(awk -v mount="$1" '$1 ~ /^#/ || $2 != mount' /etc/fstab)"
    systemctl daemon-reload >/dev/null 2>&1 || :
  fi
}
