# What all scripts share. Each runs as root, and given twice changes nothing the second time.
set -eu
umask 022
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL

changed=0
did() { changed=$((changed + 1)); printf 'lct changed %s\n' "$*"; }
fail() { printf 'lct error %s\n' "$*" >&2; exit 1; }

# put FILE MODE TEXT: writes the text and a line's end, whole or not at all. Never behind a pipe, whose end is a shell of its own that counts for itself.
put() {
  printf '%s\n' "$3" >"$1.lct-new" || fail "$1 cannot be written; room on its disk: $(df -h "${1%/*}" | awk 'NR == 2 {print $4 " of " $2}')"
  chmod "$2" "$1.lct-new"
  if [ -f "$1" ] && cmp -s "$1" "$1.lct-new" && [ "$(stat -c %a "$1")" = "$2" ]; then
    rm -f "$1.lct-new"
  else
    mv -f "$1.lct-new" "$1"
    did "$1"
  fi
}
