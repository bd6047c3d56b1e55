# Changes which of two keys opens an account, line by line: what else stands in its file stays as it is, and so does a line's own limits.
# Root's file is changed where the old key stands in it. Keys are given by their base64 bodies, which hold nothing that awk takes for a sign.

# replace FILE TEXT: whole or not at all, with mode and owner as before, and on the disk before it counts.
replace() {
  ( umask 077; printf '%s\n' "$2" >"$1.lct-new" ) ||
    fail "$1 cannot be written; room on its disk: $(df -h "${1%/*}" | awk 'NR == 2 {print $4 " of " $2}')"
  chown "$(stat -c %u:%g "$1")" "$1.lct-new"
  chmod "$(stat -c %a "$1")" "$1.lct-new"
  sync "$1.lct-new" 2>/dev/null || sync
  mv -f "$1.lct-new" "$1"
  sync "${1%/*}" 2>/dev/null || sync
  did "$1"
}

# has FILE BODY
has() { awk -v body="$2" '{ for (i = 1; i <= NF; i++) if ($i == body) found = 1 } END { exit !found }' "$1"; }

# files ACCOUNT: that of the account, and root's.
files() {
  own=$(getent passwd "$1" | cut -d: -f6)/.ssh/authorized_keys
  [ -f "$own" ] || fail "$1 has no file of keys: $own"
  root=$(getent passwd root | cut -d: -f6)/.ssh/authorized_keys
  [ "$root" != "$own" ] && [ -f "$root" ] || root=
}

# add_key ACCOUNT TYPE OLD NEW: the new key beside the old one.
add_key() {
  files "$1"
  for file in "$own" $root; do
    if has "$file" "$4" || ! { [ "$file" = "$own" ] || has "$file" "$3"; }; then continue; fi
    text=$(awk -v type="$2" -v old="$3" -v new="$4" '
      { print }
      { at = index($0, old) }
      at && !/^[[:space:]]*#/ { print substr($0, 1, at - 1) new substr($0, at + length(old)); beside = 1 }
      END { if (!beside) print type " " new }' "$file")
    replace "$file" "$text"
  done
}

# drop_key ACCOUNT OLD NEW: takes the old key away, where the new one stands.
drop_key() {
  files "$1"
  has "$own" "$3" || fail "$own does not hold the new key; the old one stays"
  for file in "$own" $root; do
    has "$file" "$2" || continue
    replace "$file" "$(awk -v old="$2" '{ for (i = 1; i <= NF; i++) if ($i == old) next; print }' "$file")"
  done
}
