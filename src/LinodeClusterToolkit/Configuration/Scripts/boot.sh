# Puts an action on the node that it does by itself at every boot, and ends as that action ended at this boot.
# Each has a folder under /etc/lct/boot.d; lct-boot.service runs them one after the other, also at boots the toolkit makes, so that none runs twice.
# How each ended stands in /run, which is gone with the boot.
# Data: number, wanted (numbers of all such actions), name, retries, text (the script); archive (file in the account's folder, or empty), account.
# Then: install; outcome
install() {
  command -v systemctl >/dev/null 2>&1 || fail "this image has no systemd, which runs what is to be done at every boot"
  umask 077
  mkdir -p /etc/lct/boot.d "/etc/lct/boot.d/$number"
  for place in /etc/lct/boot.d/*; do
    case " $wanted " in *" ${place##*/} "*) ;; *) rm -rf "$place"; did "$place" ;; esac
  done
  place=/etc/lct/boot.d/$number
  if [ -n "$archive" ]; then
    brought=$(getent passwd "$account" | cut -d : -f 6)/$archive
    cp "$brought" "$place/files.new" || fail "no room for the playbook: $(df -h /etc | awk 'NR == 2 {print $4 " of " $2 " left"}')"
    rm -f "$brought"
    mv -f "$place/files.new" "$place/files.tar.gz"
  fi
  put "$place/name" 600 "$name"
  put "$place/retries" 600 "$retries"
  put "$place/script" 600 "$text"
  put /etc/lct/boot 700 "$(cat <<'BOOT'
#!/bin/sh
# Runs what this host is to do at every boot, in order; what ended well at this boot is not run again. The first that fails ends it.
set -u
umask 077
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
log=/var/log/lct-boot.log
mkdir -p /run/lct-boot
[ "$(stat -c %s "$log" 2>/dev/null || echo 0)" -lt 1000000 ] || mv -f "$log" "$log.1"
for place in /etc/lct/boot.d/*; do
  [ -s "$place/script" ] || continue
  end=/run/lct-boot/${place##*/}
  [ "$(cat "$end.code" 2>/dev/null)" != 0 ] || continue
  rm -f "$end.code"
  left=$(cat "$place/retries") pause=2
  while :; do
    code=0
    /bin/sh "$place/script" </dev/null >"$end.out" 2>"$end.err" || code=$?
    { echo "$(date -u +%FT%TZ) $(cat "$place/name") ended with exit code $code"; cat "$end.out" "$end.err"; } >>"$log"
    [ "$code" != 0 ] && [ "$left" -gt 0 ] || break
    left=$((left - 1))
    sleep "$pause"
    pause=$((pause * 2))
    [ "$pause" -le 60 ] || pause=60
  done
  echo "$code" >"$end.new"
  mv -f "$end.new" "$end.code"
  [ "$code" = 0 ] || exit "$code"
done
BOOT
)"
  put /etc/systemd/system/lct-boot.service 644 "$(cat <<'UNIT'
[Unit]
Description=What this host's plan has done at every boot
Wants=network-online.target
After=network-online.target multi-user.target
ConditionPathExists=/etc/lct/boot
StartLimitIntervalSec=0

[Service]
Type=oneshot
TimeoutStartSec=infinity
ExecStart=/etc/lct/boot

[Install]
WantedBy=multi-user.target
UNIT
)"
  link=/etc/systemd/system/multi-user.target.wants/lct-boot.service
  if [ "$(readlink "$link")" != /etc/systemd/system/lct-boot.service ]; then
    mkdir -p -m 755 "${link%/*}"
    ln -sfn /etc/systemd/system/lct-boot.service "$link"
    did "$link"
    systemctl daemon-reload
  fi
}

# A start waits for one that is under way; that may be of a time when this action was not there yet, so there are two.
outcome() {
  end=/run/lct-boot/$number
  [ -s "$end.code" ] || systemctl start lct-boot.service >/dev/null 2>&1 || :
  [ -s "$end.code" ] || systemctl start lct-boot.service >/dev/null 2>&1 || :
  [ -s "$end.code" ] || fail "it did not run at this boot, because one before it failed; see /var/log/lct-boot.log"
  cat "$end.out"
  cat "$end.err" >&2
  code=$(cat "$end.code")
  # A failure is told once: who asks again wants it tried again.
  [ "$code" = 0 ] || { rm -f "$end.code"; exit "$code"; }
}
