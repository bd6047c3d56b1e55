# Runs a playbook on the node itself, for the node itself, as root. Its packages.sh stands before it.
# Data: archive (file in the account's folder), account, playbook (its path in the archive), inventory, values, plugin, limit in seconds. Then: run
run() {
  # One with its whole path is for every boot, and stays.
  case $archive in /*) spent= ;; *) archive=$(getent passwd "$account" | cut -d : -f 6)/$archive spent=$archive ;; esac
  place=
  trap 'rm -rf ${spent:+"$spent"} ${place:+"$place"}' EXIT
  needs ansible-playbook ansible-core
  mkdir -p -m 711 /var/lib/lct /var/lib/lct/actions
  full="no room for the playbook: $(df -h /var/lib | awk 'NR == 2 {print $4 " of " $2 " left"}')"
  place=$(mktemp -d /var/lib/lct/actions/XXXXXXXX) || fail "$full"
  umask 077
  mkdir "$place/files" "$place/plugins" "$place/tmp"
  tar -xzf "$archive" -C "$place/files" --no-same-owner || fail "$full"
  printf '%s\n' "$inventory" >"$place/inventory.yaml" || fail "$full"
  printf '%s\n' "$values" >"$place/values.yaml" || fail "$full"
  printf '%s\n' "$plugin" >"$place/plugins/lct_results.py" || fail "$full"
  : >"$place/results"
  : >"$place/output"
  code=0
  (
    cd "$place/files/$(dirname "$playbook")"
    umask 022
    export HOME=/root USER=root LOGNAME=root LC_ALL=C.UTF-8 PYTHONUNBUFFERED=1 LCT_RESULTS="$place/results" \
      ANSIBLE_CALLBACK_PLUGINS="$place/plugins" ANSIBLE_CALLBACKS_ENABLED=lct_results ANSIBLE_STDOUT_CALLBACK=default \
      ANSIBLE_LOCAL_TEMP="$place/tmp" ANSIBLE_NOCOLOR=1 ANSIBLE_NOCOWS=1 ANSIBLE_RETRY_FILES_ENABLED=False ANSIBLE_DEPRECATION_WARNINGS=False \
      ANSIBLE_LOCALHOST_WARNING=False ANSIBLE_DISPLAY_ARGS_TO_STDOUT=False ANSIBLE_NO_TARGET_SYSLOG=True ANSIBLE_INVENTORY_ENABLED=yaml
    exec timeout --kill-after=10 "$limit" ansible-playbook -i "$place/inventory.yaml" -e "@$place/values.yaml" "$place/files/$playbook"
  ) </dev/null >"$place/output" 2>&1 || code=$?
  tail -c 300000 "$place/output"
  sed 's/^/lct result /' "$place/results" | tail -c 500000
  # What timeout itself ends with: 124, or 137 where it had to be killed.
  if [ "$code" = 124 ] || [ "$code" = 137 ]; then code=124; fi
  [ "$code" = 0 ] || exit "$code"
}
