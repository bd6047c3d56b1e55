# Volumes on a living node: grown, let go of, told of. Behind it comes storage.sh.

# places DEVICE: where it is mounted, the deepest first.
places() {
  number=$(printf '%d:%d' "0x$(stat -c %t "$1")" "0x$(stat -c %T "$1")")
  awk -v number="$number" '$3 == number {print length($5), $5}' /proc/self/mountinfo | sort -rn | cut -d' ' -f2- | sed 's/\\040/ /g'
}

# grow PATH GB: the filesystem on it takes all of it. A kernel that does not see the new size yet has to look again, at the latest when it boots.
grow() {
  await_device "$1"
  device=$(readlink -f "$1")
  for _ in $(seq 40); do
    [ $(($(blockdev --getsize64 "$device") >> 30)) -ge "$2" ] && break
    { echo 1 >"/sys/class/block/${device##*/}/device/rescan"; } 2>/dev/null || :
    sleep 0.5
  done
  if [ $(($(blockdev --getsize64 "$device") >> 30)) -lt "$2" ]; then
    did "reboot-needed"
    return 0
  fi

  type=$(blkid -p -o value -s TYPE "$device" 2>/dev/null) || :
  place=$(places "$device" | head -n 1)
  case $type in
    ext2 | ext3 | ext4) grow_ext "$device" ;;
    xfs) held "$device" "$place" xfs_growfs xfsprogs ;;
    btrfs) held "$device" "$place" btrfs btrfs-progs ;;
    swap) grow_swap "$device" ;;
  esac
}

# grown_at MOUNT: the same for what is mounted there, whatever the size of its disk has become.
grown_at() {
  source=$(findmnt -rno SOURCE --mountpoint "$1") || fail "nothing is mounted at $1"
  grow "${source%%\[*}" 0
}

# Mounted as it is where the kernel lets us; else unmounted for as long as it takes.
grow_ext() {
  at=$place
  if [ -n "$at" ] && said=$(resize2fs "$1" 2>&1); then
    case $said in *"othing to do"*) ;; *) did "$type grown at $at" ;; esac
    return 0
  fi
  if [ -n "$at" ]; then
    was=$(printf '%s' "$said" | grep '^resize2fs: ' | head -n 1)
    umount -- "$at" 2>/dev/null || fail "$at cannot grow while it is mounted (${was#resize2fs: }), nor be unmounted for it: used by $(users_of "$at")"
  fi
  code=0
  said=$(e2fsck -f -p "$1" 2>&1) || code=$?
  if [ "$code" -le 1 ]; then
    code=0
    said=$(resize2fs "$1" 2>&1) || code=$?
  fi
  [ -z "$at" ] || mount "$1" "$at" || fail "$at could not be mounted again"
  [ "$code" = 0 ] || fail "the filesystem on $1 does not grow: $(printf '%s' "$said" | tail -n 2)"
  case $said in *"othing to do"*) ;; *) did "$type grown${at:+ at $at, which was unmounted for it}" ;; esac
}

# held DEVICE PLACE PROGRAM PACKAGE: these grow where they are mounted, so that one that is not is mounted for it.
held() {
  needs "$3" "$4"
  at=$2
  if [ -z "$at" ]; then
    at=$(mktemp -d)
    mount "$1" "$at" || fail "$1 cannot be mounted, which it has to be to grow"
  fi
  before=$(stat -f -c %b "$at")
  if [ "$3" = btrfs ]; then btrfs filesystem resize max "$at" >/dev/null; else xfs_growfs "$at" >/dev/null; fi
  [ "$(stat -f -c %b "$at")" = "$before" ] || did "$type grown${2:+ at $2}"
  [ -n "$2" ] || { umount "$at"; rmdir "$at"; }
}

grow_swap() {
  label=$(blkid -p -o value -s LABEL "$1" || :)
  uuid=$(blkid -p -o value -s UUID "$1")
  active=0
  swapoff "$1" 2>/dev/null && active=1
  mkswap ${label:+-L "$label"} -U "$uuid" "$1" >/dev/null
  [ "$active" = 0 ] || swapon "$1"
  did "swap grown"
}

# let_go PATH: nothing uses it any more, and no boot waits for it.
let_go() {
  [ -b "$1" ] || return 0
  device=$(readlink -f "$1")
  swapoff "$device" 2>/dev/null && did "swap off" || :
  uuid=$(blkid -p -o value -s UUID "$device" 2>/dev/null) || :
  were=$(places "$device")
  printf '%s\n' "$were" | while read -r place; do
    [ -z "$place" ] || umount -- "$place" 2>/dev/null || fail "$place is in use and cannot be unmounted: $(users_of "$place")"
  done || exit 1
  for place in $were; do did "unmounted $place"; done
  [ -n "$uuid" ] || return 0
  # A copy beside its original has had its id: then the line is the other's.
  kept=$(awk -v uuid="UUID=$uuid" -v were="$were" -v shared="$(twins "$device" "$uuid")" '
    BEGIN { split(were, list); for (at in list) mine[list[at]] = 1 }
    !($1 == uuid && ($2 in mine || shared == ""))' /etc/fstab)
  if [ "$kept" != "$(cat /etc/fstab)" ]; then
    put /etc/fstab 644 "$kept"
    systemctl daemon-reload >/dev/null 2>&1 || :
  fi
}

# twins DEVICE UUID: other drives that hold a filesystem of this id.
twins() {
  for other in /dev/sd*; do
    [ "$other" = "$1" ] || [ ! -b "$other" ] || [ "$(blkid -p -o value -s UUID "$other" 2>/dev/null)" != "$2" ] || printf '%s ' "$other"
  done
}

# own_id PATH: a copy beside its original gets an id of its own, or it would be chance which of them is mounted where at the next boot.
own_id() {
  await_device "$1"
  device=$(readlink -f "$1")
  type=$(blkid -p -o value -s TYPE "$device" 2>/dev/null) || :
  uuid=$(blkid -p -o value -s UUID "$device" 2>/dev/null) || :
  [ -n "$uuid" ] && [ -z "$(places "$device")" ] && [ -n "$(twins "$device" "$uuid")" ] || return 0
  case $type in
    ext2 | ext3 | ext4)
      code=0
      e2fsck -f -p "$device" >/dev/null 2>&1 || code=$?
      [ "$code" -le 1 ] || fail "the filesystem on $1 has errors that e2fsck does not put right by itself"
      tune2fs -U random "$device" >/dev/null
      ;;
    xfs)
      # What its log holds has to be on it first, and that is done by mounting it.
      needs xfs_admin xfsprogs
      at=$(mktemp -d)
      mount -o nouuid "$device" "$at" && umount "$at"
      rmdir "$at"
      xfs_admin -U generate "$device" >/dev/null
      ;;
    btrfs) needs btrfstune btrfs-progs; btrfstune -f -u "$device" >/dev/null ;;
    swap) mkswap -U "$(cat /proc/sys/kernel/random/uuid)" "$device" >/dev/null ;;
    *) return 0 ;;
  esac
  did "an id of its own for the $type"
}

users_of() {
  for process in /proc/[0-9]*; do
    for link in "$process"/cwd "$process"/root "$process"/exe "$process"/fd/*; do
      case $(readlink "$link" 2>/dev/null) in
        "$1" | "$1"/*) printf '%s (%s) ' "$(cat "$process/comm" 2>/dev/null)" "${process##*/}"; break ;;
      esac
    done
  done | head -c 300
}

# written PATH: what was written is on it.
written() {
  device=$(readlink -f "$1")
  places "$device" | while read -r place; do sync -f -- "$place" || :; done
}
